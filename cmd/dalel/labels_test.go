package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest"
)

// Labels of real documents that are not part of the project, by the first
// digits of their hashes. A half of the documents was used to tune the rules,
// the other was only counted.
const (
	factLabels  = "../../ingest/meta/testdata/labels.tsv"
	voiceLabels = "../../ingest/voice/testdata/labels.tsv"
)

// readDocs is a Sink that keeps what was read, by the first digits of the ID.
type readDocs map[string]corpus.Ingested

const labelDigits = 16

func (d readDocs) Put(_ context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	d[string(in.ID)[:labelDigits]] = in
	return corpus.Outcome{Status: corpus.Stored, ID: in.ID}, nil
}

func (d readDocs) Known(context.Context, corpus.ID, string) (bool, error) { return false, nil }

// readReal reads the documents that DALEL_EVAL_DATA names; without it the test
// says that it did not run.
func readReal(t *testing.T) readDocs {
	t.Helper()
	dir := os.Getenv("DALEL_EVAL_DATA")
	if dir == "" {
		t.Skip("facts and voices of real documents are measured when DALEL_EVAL_DATA names the folder of the evaluation data; .ci/eval sets it, which .ci/run calls")
	}
	return readAll(t, filepath.Join(dir, "documents"), filepath.Join(dir, "real"))
}

func readAll(t *testing.T, paths ...string) readDocs {
	t.Helper()
	docs := readDocs{}
	r := reading{env: testEnv(t), timeout: workerTimeout}
	p, err := r.pipeline(docs)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), ingest.Source{Paths: paths}); err != nil {
		t.Fatal(err)
	}
	return docs
}

// labelRows reads a table of labels: the document, its half, and the rest.
func labelRows(t *testing.T, name string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(raw)) {
		if cols := strings.Split(strings.TrimRight(line, "\n"), "\t"); cols[0] != "doc" {
			rows = append(rows, cols)
		}
	}
	return rows
}

// tally counts labels: all, those with an answer, and right ones.
type tally struct{ all, given, right int }

func (c tally) share() (given, right float64) {
	return float64(c.given) / float64(max(c.all, 1)), float64(c.right) / float64(max(c.given, 1))
}

func (c tally) String() string {
	given, right := c.share()
	return fmt.Sprintf("%d labels, given %.3f, right where given %.3f", c.all, given, right)
}

// factScore compares read facts with labels. A label "-" says that the
// document has no such value; alternatives and lists are divided by |.
type factScore struct {
	found tally // of labels with a value
	wrong int   // values given that are not right, whether there is one or not
	said  int   // values given
}

func (s *factScore) add(read corpus.Fact, want string) (ok bool) {
	has := want != "-" && !strings.HasSuffix(want, "|-")
	wants := strings.Split(want, "|")
	right := len(read.Values) > 0
	for _, v := range read.Values {
		right = right && slices.ContainsFunc(wants, func(w string) bool { return strings.EqualFold(w, v) })
	}
	if has {
		s.found.all++
	}
	if len(read.Values) > 0 {
		s.said++
		if has {
			s.found.given++
		}
		switch {
		case !right:
			s.wrong++
		case has:
			s.found.right++
		}
	}
	return right || len(read.Values) == 0 && !has
}

func TestFactsOfRealDocuments(t *testing.T) {
	docs := readReal(t)
	for _, mode := range []struct {
		name    string
		headers bool
		docs    readDocs
	}{{"as ingested", true, docs}, {"from the text alone", false, withoutHeaders(t, docs)}} {
		measureFacts(t, mode.name, mode.headers, mode.docs)
	}
}

// measureFacts prints and holds the figures of one way of reading.
func measureFacts(t *testing.T, mode string, headers bool, docs readDocs) {
	t.Helper()
	verbose := os.Getenv("DALEL_LABELS_SHOW")
	scores := map[string]*factScore{}
	score := func(k string) *factScore {
		if scores[k] == nil {
			scores[k] = &factScore{}
		}
		return scores[k]
	}
	missing := 0
	for _, row := range labelRows(t, factLabels) {
		doc, half, key, want := row[0], row[1], corpus.Key(row[2]), row[3]
		in, ok := docs[doc]
		if !ok {
			missing++
			continue
		}
		f := in.Read[key]
		if key == corpus.KeyKind && len(f.Values) == 0 && strings.Contains(want, string(corpus.Other)) {
			f.Values = []string{string(corpus.Other)} // nothing said, rightly
		}
		if key == corpus.KeyKind && len(f.Values) > 0 && f.Values[0] == string(corpus.Other) && !strings.Contains(want, string(corpus.Other)) {
			f.Values = nil // unknown, and said to be
		}
		group := "kinds"
		if key != corpus.KeyKind {
			group = "values"
		}
		for _, k := range []string{half + " " + group, "all " + group, "all " + string(key)} {
			if ok := score(k).add(f, want); !ok && verbose == half && k == half+" "+group {
				t.Logf("%s: %s: %s is %q, want %q", mode, filepath.Base(in.Source.Path), key, f.Values, want)
			}
		}
	}
	if missing > 0 {
		t.Errorf("%d labels are of documents that are not there", missing)
	}
	hold := func(what string, got, least float64) {
		if got < least {
			t.Errorf("%s: %s is %.3f, want %.3f", mode, what, got, least)
		}
	}
	kinds, values := score("all kinds"), score("all values")
	_, right := values.found.share()
	hold("share of values that are right", right, 0.98)
	hold("share of values that are not wrong", 1-float64(values.wrong)/float64(max(values.said, 1)), 0.99)
	if headers { // plain news without a header is nothing that a text says
		given, right := kinds.found.share()
		hold("share of kinds that are given and right", given*right, 0.97)
		given, _ = values.found.share()
		hold("share of values that are given", given, 0.95)
	}
	for _, k := range []string{"tune kinds", "held kinds", "all kinds", "tune values", "held values", "all values", "all number", "all symbol", "all date", "all body", "all court", "all case"} {
		if s := scores[k]; s != nil {
			t.Logf("%s: %s: %s; %d of %d values wrong", mode, k, s.found, s.wrong, s.said)
		}
	}
}

// withoutHeaders reads the texts again without the header lines before them.
func withoutHeaders(t *testing.T, docs readDocs) readDocs {
	t.Helper()
	dir := t.TempDir()
	for id, in := range docs {
		raw, err := os.ReadFile(in.File)
		if err != nil {
			t.Fatal(err)
		}
		name := id + filepath.Ext(in.File)
		if _, body, ok := bytes.Cut(raw, []byte("\n---\n")); ok && strings.HasSuffix(name, ".txt") {
			raw = body
		}
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := readDocs{}
	for _, in := range readAll(t, dir) {
		out[strings.TrimSuffix(filepath.Base(in.Source.Path), filepath.Ext(in.Source.Path))] = in
	}
	return out
}

// sumOf names a paragraph by its words, so that labels find it where a better
// extraction has moved it.
func sumOf(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:])[:8]
}

func TestVoicesOfRealDocuments(t *testing.T) {
	docs := readReal(t)
	verbose := os.Getenv("DALEL_LABELS_SHOW")
	voices, sections := map[string]*tally{"tune": {}, "held": {}, "all": {}}, map[string]*tally{"tune": {}, "held": {}, "all": {}}
	lost := 0
	for _, row := range labelRows(t, voiceLabels) {
		doc, half, sum, voice, section := row[0], row[1], row[3], row[4], row[5]
		p := labelled(docs[doc].Text, sum)
		if p == nil {
			lost++
			continue
		}
		for _, k := range []string{half, "all"} {
			voices[k].count(string(p.Voice), voice)
			if section != "-" {
				sections[k].count(string(p.Section), section)
			}
		}
		if verbose == half && p.Voice != corpus.Voice(voice) {
			t.Logf("%s ~%d: %q, want %q: %.120s", filepath.Base(docs[doc].Source.Path), p.Ord, p.Voice, voice, p.Text)
		}
	}
	for _, k := range []string{"tune", "held"} {
		if given, right := voices[k].share(); given < 0.95 || right < 0.95 {
			t.Errorf("voices, %s: given %.3f and right %.3f, want .95 of both", k, given, right)
		}
	}
	for _, k := range []string{"tune", "held", "all"} {
		t.Logf("voices, %s: %s", k, voices[k])
		t.Logf("sections, %s: %s", k, sections[k])
	}
	t.Logf("%d labelled paragraphs are read with other words now", lost)
	if most := 60; lost > most {
		t.Errorf("%d labelled paragraphs are not found, want at most %d", lost, most)
	}
}

func (c *tally) count(got, want string) {
	c.all++
	if got != "" {
		c.given++
	}
	if got == want {
		c.right++
	}
}

func labelled(t *corpus.Text, sum string) *corpus.Paragraph {
	if t == nil {
		return nil
	}
	for i := range t.Paragraphs {
		if sumOf(t.Paragraphs[i].Text) == sum {
			return &t.Paragraphs[i]
		}
	}
	return nil
}
