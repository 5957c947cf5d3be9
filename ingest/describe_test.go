package ingest

import (
	"testing"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// A paragraph whose language is a guess has that of its document.
func TestUnsureParagraphsHaveTheLanguageOfTheirDocument(t *testing.T) {
	const guess = "Opinion № 931 Қоңыртауов"
	if code, confidence := lang.Detect(guess); confidence >= sure {
		t.Fatalf("%q is %s for sure (%.2f): choose another", guess, code, confidence)
	}
	r := &reading{text: corpus.Text{Paragraphs: []corpus.Paragraph{
		{Text: "The Working Group considers that the detention of the two persons lacked any legal basis, and that it was arbitrary."},
		{Text: guess},
		{Text: "Сот сотталушылардың кінәсін толық растайды деп санайды."},
	}}}
	describe(r, "")
	for i, want := range []string{"en", "en", "kk"} {
		if got := r.text.Paragraphs[i].Lang; got != want {
			t.Errorf("paragraph %d is %s, want %s", i+1, got, want)
		}
	}
}
