package ingest_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/docx"
	"dalel/ingest/pdf"
)

// The measures of this file are those that extract_eval.py does not take. They
// read real documents, which are no part of the project: DALEL_EVAL_DATA names
// the folder of the evaluation data.
func realFiles(t *testing.T, pattern string) []string {
	t.Helper()
	dir := os.Getenv("DALEL_EVAL_DATA")
	if dir == "" {
		t.Skip("measured when DALEL_EVAL_DATA names the folder of the evaluation data; .ci/eval sets it, which .ci/run calls")
	}
	files, err := filepath.Glob(filepath.Join(dir, "real", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s among the real files: %v", pattern, err)
	}
	return files
}

// read is a real document as `extract -json` gives it.
type read struct {
	name  string
	paras []ingest.ParaLine
	pages []corpus.Page
	ref   string // the text that another program reads
}

func extractReal(t *testing.T, file string) read {
	t.Helper()
	r := read{name: filepath.Base(file)}
	p := pipeline(t, nil, new([]ingest.FileReport))
	p.Formats = ingest.Formats{ingest.TypePDF: pdf.Extractor{}, ingest.TypeDOCX: docx.Extractor{}}
	p.Runner = ingest.InProcess{Formats: p.Formats}
	_, err := p.Extract(context.WithoutCancel(t.Context()), ingest.Source{Paths: []string{file}}, func(line any) error {
		switch l := line.(type) {
		case ingest.ParaLine:
			r.paras = append(r.paras, l)
		case corpus.Page:
			r.pages = append(r.pages, l)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	r.ref = string(b)
	return r
}

// lettersOf returns the letters of s alone, in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

// TestFloorParagraphs counts the labelled paragraphs of more than 60 letters
// that are paragraphs of ours, letter by letter.
func TestFloorParagraphs(t *testing.T) {
	floors := map[string]float64{"ohchr": 0.98, "plan": 0.98, "cejil": 0.95, "ihrda": 0.88}
	found, all := map[string]int{}, map[string]int{}
	for _, labels := range realFiles(t, "*.paragraphs.json") {
		b, err := os.ReadFile(labels)
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		r := extractReal(t, strings.TrimSuffix(labels, ".paragraphs.json"))
		have := map[string]bool{}
		for _, p := range r.paras {
			have[lettersOf(p.Text)] = true
		}
		kind, _, _ := strings.Cut(r.name, "_")
		for _, w := range want {
			if s := lettersOf(w); len([]rune(s)) > 60 {
				all[kind]++
				if have[s] {
					found[kind]++
				} else {
					t.Logf("%s: not a paragraph: %.90s", r.name, w)
				}
			}
		}
	}
	for kind, floor := range floors {
		share := float64(found[kind]) / float64(max(1, all[kind]))
		t.Logf("%s: %d of %d paragraphs exact: %.3f", kind, found[kind], all[kind], share)
		if share < floor {
			t.Errorf("%s: %.3f of the paragraphs are exact, want %.2f", kind, share, floor)
		}
	}
}

var (
	printedLine = regexp.MustCompile(`(?m)^\s*(\d{1,4})\.(?:\s|$)`)
	plainNumber = regexp.MustCompile(`^\d{1,4}$`)
)

// TestFloorNumbers counts the numbers of the run 1..n at the beginnings of
// lines of United Nations documents that number a paragraph of ours. A number
// out of the run is wrong.
func TestFloorNumbers(t *testing.T) {
	found, all, wrong := 0, 0, 0
	for _, file := range realFiles(t, "*.pdf") {
		if name := filepath.Base(file); !strings.HasPrefix(name, "g") && !strings.HasPrefix(name, "ohchr") {
			continue
		}
		r := extractReal(t, file)
		n := 0
		for _, m := range printedLine.FindAllStringSubmatch(r.ref, -1) {
			if k, _ := strconv.Atoi(m[1]); k == n+1 {
				n = k
			}
		}
		have := map[int]int{}
		for _, p := range r.paras {
			if k, err := strconv.Atoi(p.Label); err == nil && plainNumber.MatchString(p.Label) && p.Role == corpus.RoleBody {
				have[k]++
			}
		}
		missing := []int{}
		for k := 1; k <= n; k++ {
			if have[k] == 0 {
				missing = append(missing, k)
			}
		}
		bad := []int{}
		for k := range have {
			if k > n {
				bad = append(bad, k)
			}
		}
		slices.Sort(bad)
		t.Logf("%s: 1..%d, missing %v, out of the run %v", r.name, n, missing, bad)
		all, found, wrong = all+n, found+n-len(missing), wrong+len(bad)
	}
	t.Logf("%d of %d numbers, %d wrong", found, all, wrong)
	if share := float64(found) / float64(all); share < 4205.0/4219 || wrong > 0 {
		t.Errorf("%.4f of the numbers and %d wrong ones, want %.4f and none", share, wrong, 4205.0/4219)
	}
}

var documentSymbol = regexp.MustCompile(`\b[A-Z]{1,4}(?:/[A-Z0-9][\w.]*)+`)

// TestFloorSymbols holds that the symbol in the masthead of a United Nations
// document is one word of ours.
func TestFloorSymbols(t *testing.T) {
	intact, all := 0, 0
	for _, file := range realFiles(t, "*.pdf") {
		if name := filepath.Base(file); !strings.HasPrefix(name, "g") && !strings.HasPrefix(name, "ohchr") {
			continue
		}
		r := extractReal(t, file)
		first, _, _ := strings.Cut(r.ref, "\f")
		symbol := documentSymbol.FindString(first)
		if symbol == "" {
			t.Errorf("%s: no symbol on the first page of the reference", r.name)
			continue
		}
		all++
		ok := slices.ContainsFunc(r.paras, func(p ingest.ParaLine) bool {
			return p.Page == 1 && slices.Contains(strings.FieldsFunc(p.Text, func(c rune) bool { return unicode.IsSpace(c) || c == '*' || c == '|' }), symbol)
		})
		if ok {
			intact++
		} else {
			t.Errorf("%s: the symbol %s is not intact on its first page", r.name, symbol)
		}
	}
	t.Logf("%d of %d symbols intact", intact, all)
}

var raisedNumber = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]+`)

// TestFloorNotes counts the numbered notes that are tied to their marks. What
// there should be is every number that is raised in the text or begins a note:
// a mark without its note and a note without its mark both count as lost.
func TestFloorNotes(t *testing.T) {
	tied, all := 0, 0
	for _, file := range realFiles(t, "*.pdf") {
		r := extractReal(t, file)
		want, have := map[string]bool{}, map[string]bool{}
		for _, p := range r.paras {
			if p.Role == corpus.RoleFootnote && plainNumber.MatchString(p.Label) {
				want[p.Label] = true
				have[p.Label] = have[p.Label] || p.Anchor != nil
			}
			if p.Role == corpus.RoleBody || p.Role == corpus.RoleHeading {
				for _, m := range raisedNumber.FindAllString(p.Text, -1) {
					want[norm.NFKC.String(m)] = true
				}
			}
		}
		var missing []string
		for k := range want {
			if !have[k] {
				missing = append(missing, k)
			}
		}
		slices.Sort(missing)
		t.Logf("%s: %d notes, not tied %v", r.name, len(want), missing)
		tied, all = tied+len(want)-len(missing), all+len(want)
	}
	t.Logf("%d of %d notes tied: %.3f", tied, all, float64(tied)/float64(max(1, all)))
	if float64(tied) < 0.97*float64(all) || all < 500 {
		t.Errorf("%d of %d notes are tied to their marks, want 0.97", tied, all)
	}
}

// TestFloorScores counts the pages of good text that are called bad.
func TestFloorScores(t *testing.T) {
	bad, all := 0, 0
	for _, file := range realFiles(t, "*.pdf") {
		r := extractReal(t, file)
		pages := strings.Split(r.ref, "\f")
		for i, p := range r.pages {
			if i >= len(pages) || len([]rune(lettersOf(pages[i]))) < 20 {
				continue
			}
			all++
			if p.Status != corpus.PageOK {
				bad++
				t.Logf("%s, page %d: %s, score %.3f %v", r.name, p.No, p.Status, p.Score, p.Warnings)
			}
		}
	}
	t.Logf("%d of %d good pages called bad", bad, all)
	if bad*100 > all {
		t.Errorf("%d of %d good pages are called bad, want 1 %%", bad, all)
	}
}
