package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dalel/search"
)

// expectations is where the searches stand that a lawyer may edit; its README
// says how to read them. Files named later-* wait for their feature.
const expectations = "../../search/testdata/search"

// expectation is one block of such a file.
type expectation struct {
	file, title, query string
	wants              []want
}

// want is one line of a block.
type want struct {
	line string
	rank int // worst rank allowed; 0 for absent
	hits int // -1 unless the line counts them
	// outside counts the passages where the marks asked for do not hold; 0 if the
	// line does not count them.
	outside int
	doc     string
	para    string
	page    int
	text    string
	absent  bool
}

var wantLine = regexp.MustCompile(`^(?:<=(\d+)|(absent)) (\S+) (?:para (\S+)|page (\d+)|text "(.+)")$`)

func parseWant(line string) (want, error) {
	if n, ok := strings.CutPrefix(line, "outside "); ok {
		outside, err := strconv.Atoi(n)
		return want{line: line, hits: -1, outside: outside}, err
	}
	if n, ok := strings.CutPrefix(line, "hits "); ok {
		hits, err := strconv.Atoi(n)
		return want{line: line, hits: hits}, err
	}
	m := wantLine.FindStringSubmatch(line)
	if m == nil {
		return want{}, fmt.Errorf("cannot read %q", line)
	}
	w := want{line: line, hits: -1, doc: m[3], para: m[4], text: m[6], absent: m[2] != ""}
	w.rank, _ = strconv.Atoi(m[1]) // the pattern holds digits; "" is 0
	w.page, _ = strconv.Atoi(m[5])
	return w, nil
}

func readExpectations(t *testing.T) []expectation {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(expectations, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no expectations in %s: %v", expectations, err)
	}
	var all []expectation
	for _, f := range files {
		if strings.HasPrefix(filepath.Base(f), "later-") {
			continue
		}
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for block := range strings.SplitSeq(string(raw), "\n\n") {
			if e, ok := readBlock(t, filepath.Base(f), block); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

func readBlock(t *testing.T, file, block string) (e expectation, ok bool) {
	t.Helper()
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(block), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return e, false
	}
	if len(lines) < 3 {
		t.Fatalf("%s: a block has a title, a search and a passage: %q", file, block)
	}
	lang, query, ok := strings.Cut(lines[1], ": ")
	if !ok || !slices.Contains([]string{"kk", "ru", "en"}, lang) {
		t.Fatalf("%s: %s: the second line is a search, as in `kk: азаптау`, not %q", file, lines[0], lines[1])
	}
	e = expectation{file: file, title: lines[0], query: query}
	for _, line := range lines[2:] {
		w, err := parseWant(line)
		if err != nil {
			t.Fatalf("%s: %s: %v", file, e.title, err)
		}
		e.wants = append(e.wants, w)
	}
	return e, true
}

// is reports whether a passage is what a line names. A bullet is the numbered
// paragraph that it hangs under.
func (w *want) is(h *search.Hit, labels map[string]string) bool {
	if !strings.Contains(h.Doc.Path(), w.doc) {
		return false
	}
	switch {
	case w.para != "":
		label := h.Para.Label
		if h.Para.Under != 0 {
			label = labels[fmt.Sprint(h.Doc.ID, h.Para.Under)]
		}
		return label == w.para || h.Para.Label == w.para
	case w.page != 0:
		for _, s := range h.Para.Pages {
			if s.Page == w.page {
				return true
			}
		}
		return false
	}
	return strings.Contains(h.Para.Text, w.text)
}

// check returns what is wrong with an answer, "" if nothing.
func (w *want) check(res *search.Result, labels map[string]string) string {
	if w.outside > 0 {
		if res.Outside == nil || res.Outside.Hits != w.outside {
			return fmt.Sprintf("outside: %+v, want %d", res.Outside, w.outside)
		}
		return ""
	}
	if w.hits >= 0 {
		if res.Hits != w.hits {
			return fmt.Sprintf("%d passages, want %d", res.Hits, w.hits)
		}
		return ""
	}
	at := slices.IndexFunc(res.Passages, func(h search.Hit) bool { return w.is(&h, labels) }) + 1
	switch {
	case w.absent && at > 0:
		return fmt.Sprintf("found at rank %d", at)
	case w.absent || (at > 0 && at <= w.rank):
		return ""
	case at == 0:
		return fmt.Sprintf("not among %d passages", res.Hits)
	}
	return fmt.Sprintf("at rank %d", at)
}

// TestSearchesFindWhatALawyerExpects reads the specimens as a user would and
// runs every search of the expectations.
func TestSearchesFindWhatALawyerExpects(t *testing.T) {
	ctx := t.Context()
	engine, labels := specimenLibrary(ctx, t)
	t.Run("examples", func(t *testing.T) { examplesFindSomething(t, engine) })
	all := readExpectations(t)
	if len(all) < 60 {
		t.Fatalf("%d expectations, want 60 or more", len(all))
	}
	for _, e := range all {
		t.Run(e.file+"/"+e.title, func(t *testing.T) {
			res, err := engine.Search(ctx, search.Request{Query: e.query, Limit: 200})
			if err != nil {
				t.Fatalf("%s: %v", e.query, err)
			}
			for _, w := range e.wants {
				if wrong := w.check(res, labels); wrong != "" {
					t.Errorf("%s\n  %s: %s%s", e.query, w.line, wrong, firstFew(res))
				}
			}
		})
	}
}

// firstFew prints the best passages, to see what came instead.
func firstFew(res *search.Result) string {
	var b strings.Builder
	for i, h := range res.Passages[:min(5, len(res.Passages))] {
		text := []rune(h.Para.Text)
		fmt.Fprintf(&b, "\n    %d. %s para %q ~%d %.1f %s", i+1, h.Doc.Path(), h.Para.Label, h.Para.Ord, h.Score, string(text[:min(70, len(text))]))
	}
	return b.String()
}

// specimenLibrary reads the specimens into a library of their own. labels
// gives the printed numbers by document and ordinal.
func specimenLibrary(ctx context.Context, t *testing.T) (*search.Engine, map[string]string) {
	t.Helper()
	dir := t.TempDir()
	specimens, err := writeSpecimens(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	e := testEnv(t)
	lib, err := e.createLibrary(ctx, filepath.Join(dir, "library"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := lib.Close(); err != nil {
			t.Error(err)
		}
	})
	r := reading{env: e, timeout: workerTimeout}
	if err := r.into(ctx, lib, []string{specimens}); err != nil {
		t.Fatal(err)
	}
	engine := e.engine(lib)
	labels := map[string]string{}
	view := engine.Forward.View()
	defer view.Release()
	paras, _ := view.Size()
	for p := range paras {
		rec, err := view.Paragraph(search.ParaNo(p))
		if err != nil {
			t.Fatal(err)
		}
		labels[fmt.Sprint(view.ID(view.Para(search.ParaNo(p)).Doc), rec.Ord)] = rec.Label
	}
	return engine, labels
}
