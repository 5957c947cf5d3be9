package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"dalel/corpus"
	"dalel/corpus/samples"
)

// specimens are read once for all tests, which do not change them.
var specimens struct {
	once  sync.Once
	docs  map[string]corpus.Ingested
	files map[string]samples.File
}

// specimensRead are the specimens as read, by name, and what their authors say.
func specimensRead(t *testing.T) (docs map[string]corpus.Ingested, files map[string]samples.File) {
	t.Helper()
	specimens.once.Do(func() { specimens.docs, specimens.files = readSpecimens(t) })
	if len(specimens.docs) == 0 {
		t.Fatal("the specimens were not read; the first test that wanted them tells why")
	}
	return specimens.docs, specimens.files
}

func readSpecimens(t *testing.T) (docs map[string]corpus.Ingested, files map[string]samples.File) {
	t.Helper()
	dir := t.TempDir()
	if err := samples.Write(t.Context(), dir, (*samples.File).ForLibrary); err != nil {
		t.Fatal(err)
	}
	docs, files = map[string]corpus.Ingested{}, map[string]samples.File{}
	for f, err := range samples.Files() {
		if err != nil {
			t.Fatal(err)
		}
		if f.ForLibrary() {
			files[f.Name] = f
		}
	}
	for _, in := range readAll(t, dir) {
		name, err := filepath.Rel(dir, in.Source.Path)
		if err != nil {
			t.Fatal(err)
		}
		docs[filepath.ToSlash(name)] = in
	}
	return docs, files
}

// factsTold are the facts that specimens are asked for. A fact of these that an
// author does not give is one that the document does not have.
var factsTold = []corpus.Key{
	corpus.KeyNumber, corpus.KeySymbol, corpus.KeyDate, corpus.KeyAdopted, corpus.KeyBody, corpus.KeyCourt, corpus.KeyCase,
	corpus.KeyCountry, corpus.KeyCharge, corpus.KeyOutcome, corpus.KeyCategory, corpus.KeyViolated, corpus.KeyStatus,
	corpus.KeyReplaces, corpus.KeyReplacedBy, corpus.KeyOriginal, corpus.KeyOfficial,
}

// What specimens say of themselves is read as their authors mean it.
func TestFactsOfSpecimens(t *testing.T) {
	docs, files := specimensRead(t)
	var kinds, values factScore
	for name, f := range files {
		in := docs[name]
		if in.Text == nil {
			t.Errorf("%s was not read", name)
			continue
		}
		kind := in.Read[corpus.KeyKind]
		if len(kind.Values) == 0 {
			kind.Values = []string{string(corpus.Other)}
		}
		if !kinds.add(kind, string(f.Kind)) {
			t.Logf("%s: kind is %q, want %s", name, kind.Values, f.Kind)
		}
		for _, key := range factsTold {
			want := "-"
			if v := f.Facts[key]; len(v) > 0 {
				want = strings.Join(v, "|")
			}
			fact := in.Read[key]
			if !values.add(fact, want) {
				t.Logf("%s: %s is %q, want %s", name, key, fact.Values, want)
			}
			if want != "-" && len(fact.Values) > 0 && !complete(fact.Values, f.Facts[key]) {
				t.Logf("%s: %s is %q, want all of %s", name, key, fact.Values, want)
			}
			wantSpan(t, name, in, key, fact)
		}
	}
	for what, s := range map[string]*factScore{"kinds": &kinds, "values": &values} {
		given, right := s.found.share()
		t.Logf("%s: %s; %d of %d values wrong", what, s.found, s.wrong, s.said)
		if given < 0.95 || right < 0.99 || s.wrong > 0 {
			t.Errorf("%s: given %.3f, right %.3f, %d wrong, want .95, .99 and none", what, given, right, s.wrong)
		}
	}
}

func complete(got, want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool {
		return !slices.ContainsFunc(got, func(g string) bool { return strings.EqualFold(g, w) })
	})
}

// wantSpan checks that a value that comes from the text says where it stands.
func wantSpan(t *testing.T, name string, in corpus.Ingested, key corpus.Key, f corpus.Fact) {
	t.Helper()
	if len(f.Values) == 0 || f.Origin != corpus.FromText {
		return
	}
	i := slices.IndexFunc(in.Text.Paragraphs, func(p corpus.Paragraph) bool { return p.Ord == f.Para })
	if i < 0 || f.Start < 0 || f.End <= f.Start || f.End > len(in.Text.Paragraphs[i].Text) || f.Confidence <= 0 || f.Confidence > 1 {
		t.Errorf("%s: %s %q stands in paragraph %d at %d to %d with confidence %.2f", name, key, f.Values, f.Para, f.Start, f.End, f.Confidence)
	}
}

// lettersOf returns the letters and digits of a paragraph without note marks
// and its printed number, by which an author's paragraph is found again.
func lettersOf(s, label string) string {
	s = strings.TrimPrefix(s, label)
	for i := range 30 {
		s = strings.ReplaceAll(s, "["+strconv.Itoa(i)+"]", "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) && unicode.IsPrint(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Whose words the paragraphs of specimens hold is read as their authors mean it.
func TestVoicesOfSpecimens(t *testing.T) {
	docs, files := specimensRead(t)
	asked := []corpus.Kind{corpus.WGADOpinion, corpus.Views, corpus.Judgment, corpus.Verdict, corpus.Ruling, corpus.Resolution, corpus.Motion, corpus.NormativeResolution}
	verbose := os.Getenv("DALEL_LABELS_SHOW") == "specimens"
	var voices, sections, others tally
	lost := 0
	for name, f := range files {
		for _, said := range f.Said {
			p := paragraphOf(docs[name].Text, said.Text)
			if p == nil {
				lost++
				t.Logf("%s: not found: %.60s", name, said.Text)
				continue
			}
			if !slices.Contains(asked, f.Kind) {
				others.count(string(p.Voice), string(said.Voice))
			} else {
				voices.count(string(p.Voice), string(said.Voice))
				if said.Section != "" {
					sections.count(string(p.Section), string(said.Section))
				}
			}
			if p.Voice != said.Voice || said.Section != "" && p.Section != said.Section {
				if verbose {
					t.Logf("%s ~%d: %q %q, want %q %q: %.90s", name, p.Ord, p.Voice, p.Section, said.Voice, said.Section, p.Text)
				}
			}
		}
	}
	for what, c := range map[string]tally{"voices": voices, "sections": sections, "voices in other kinds": others} {
		given, right := c.share()
		t.Logf("%s: %s", what, c)
		if given < 0.95 || right < 0.98 {
			t.Errorf("%s: given %.3f, right %.3f, want .95 and .98", what, given, right)
		}
	}
	if lost > 0 {
		t.Errorf("%d paragraphs of specimens are not found in what was read", lost)
	}
}

func paragraphOf(t *corpus.Text, said string) *corpus.Paragraph {
	const letters = 120 // bytes, enough to know a paragraph by; its end may stand on another page
	want := lettersOf(said, "")
	for i := range t.Paragraphs {
		if lettersOf(t.Paragraphs[i].Text, "") == want {
			return &t.Paragraphs[i]
		}
	}
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		got := lettersOf(p.Text, "")
		n := min(letters, len(want), len(got))
		if n > 30 && (strings.Contains(got, want[:n]) || strings.HasPrefix(want, lettersOf(p.Label, "")+got[:n])) {
			return p
		}
	}
	return nil
}
