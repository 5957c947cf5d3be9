package campaign

import (
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
)

// A search in the midst of a change is answered as before it, at each of its
// steps: documents that are read again are never missing, new ones never there
// in part.
func TestSearchesInTheMidstOfAChange(t *testing.T) {
	dir := filepath.Join(tempDir(t), "lib")
	fill(t, dir, 0, 12, 12)
	list := queries(30, 12)
	for i := range 12 {
		list = append(list, "="+ownWord(i))
	}
	var l *indexer.Library
	var want []string
	var steps, others atomic.Int32
	opt := quick()
	opt.Step = func(name string) error {
		if l == nil || want == nil {
			return nil
		}
		steps.Add(1)
		if got := ask(t.Context(), l, list); !slices.Equal(got, want) {
			others.Add(1)
			t.Errorf("at the step %s the answers are others", name)
		}
		return nil
	}
	l, err := indexer.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	again := documents(t, dir+".src", 0, 6)
	for i := range again {
		text := *again[i].Text
		text.Extractor = "text@2"
		text.Paragraphs = append(slices.Clone(text.Paragraphs), corpus.Paragraph{
			Ord: len(text.Paragraphs) + 1, Role: corpus.RoleBody, Lang: "ru", Text: "SPECIMEN ещё", Pages: []corpus.PageSpan{{Page: 1}},
		})
		again[i].Text = &text
	}
	want = ask(t.Context(), l, list)
	before := want
	if _, err := l.PutAll(t.Context(), append(again, documents(t, dir+".src", 50, 3)...)); err != nil {
		t.Fatal(err)
	}
	want = nil
	if n := steps.Load(); n < 5 {
		t.Errorf("searches at %d steps, want some", n)
	}
	if after := ask(t.Context(), l, list); slices.Equal(after, before) {
		t.Error("the answers are the same after the change")
	}
}
