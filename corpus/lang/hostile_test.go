package lang

import (
	"strings"
	"testing"
	"time"
)

// TestHostileTexts holds that time grows with the length of a text, whatever
// it is made of: each takes far less than the limit.
func TestHostileTexts(t *testing.T) {
	const size, limit = 1 << 16, 10 * time.Second
	for _, unit := range []string{
		"a", "я", "-", "a-", "a/", "1-", "1(", "1(1)", "((", ".", "a.", "1.", "a.kz.", "'", "a'", "'s", "a's", "\u00ad", "a\u00ad", "\u200b", "\u0301",
		"a\u0301", "К", "Kк", "@", "ﬁ", "İ", "\xff", "http://", "«а»ның", "қ-ның", "1ж", "т.д. ", "\n", " ", "яю", "лар",
	} {
		text := strings.Repeat(unit, size/len(unit))
		done := make(chan int, 1)
		go func() {
			n := len(Tokens(text))
			Detect(text)
			Fold(text)
			done <- n
		}()
		select {
		case <-done:
		case <-time.After(limit):
			t.Fatalf("%q repeated takes more than %v", unit, limit)
		}
	}
}

// TestLongWordsAreCut holds that no form is longer than a word can be.
func TestLongWordsAreCut(t *testing.T) {
	for _, unit := range []string{"a", "қ", "1", "1-", "a/1/", "a\u00ad", "ﷺ"} {
		for _, tok := range Tokens(strings.Repeat(unit, 5000)) {
			if tok.End-tok.Start > maxSegment+2*maxAtom {
				t.Fatalf("%q repeated gives a word of %d bytes", unit, tok.End-tok.Start)
			}
		}
	}
}
