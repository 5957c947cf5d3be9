package corpus_test

import (
	"testing"

	"dalel/corpus"
)

func TestMarkSeen(t *testing.T) {
	text := &corpus.Text{
		Pages: []corpus.Page{{No: 1, Status: corpus.PageOK}, {No: 2, Status: corpus.PageOK, Confidence: 0.9}},
		Paragraphs: []corpus.Paragraph{
			{Ord: 1, Text: "SPECIMEN", Pages: []corpus.PageSpan{{Page: 1}}},
			{Ord: 2, Text: "over two pages", Pages: []corpus.PageSpan{{Page: 1}, {Page: 2, Start: 5}}},
			{Ord: 3, Text: "without pages"},
		},
	}
	hash := text.Hash()
	text.MarkSeen()
	for i, want := range []bool{false, true, false} {
		if got := text.Paragraphs[i].Seen(); got != want {
			t.Errorf("paragraph %d: seen %t, want %t", i+1, got, want)
		}
	}
	if !text.Paragraphs[1].Pages[1].Seen || text.Paragraphs[1].Pages[0].Seen {
		t.Error("the second page was read from its image, not the first")
	}
	if text.Hash() != hash {
		t.Error("how a page was read is no part of the text's name")
	}
}
