package quote

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
)

// Odd is a place where the words of our text may not be those of the page: a
// reason to look at the picture, or to say [sic].
type Odd struct {
	Start, End int // bytes of the words
	Why        OddKind
}

// OddKind says what is odd. The values are stable.
type OddKind string

// What may be odd.
const (
	OddGlued    OddKind = "glued"    // two words without a blank: "theformer", "On8 June"
	OddScripts  OddKind = "scripts"  // Latin and Cyrillic letters in one word
	OddSign     OddKind = "sign"     // a character that nobody prints
	OddHyphen   OddKind = "hyphen"   // a hyphen of the end of a line, left inside a word
	OddRepeated OddKind = "repeated" // a word twice
)

// words are runs of letters and digits, with the signs that join them.
var wordRE = regexp.MustCompile(`[\p{L}\p{N}\p{M}]+(?:[-'’.][\p{L}\p{N}\p{M}]+)*`)

// Oddities returns what is odd in words of a text, in their order.
func Oddities(words string, t *corpus.Text) []Odd {
	var out []Odd
	vocabulary := vocabularyOf(t)
	last, lastEnd := "", 0
	for _, m := range wordRE.FindAllStringIndex(words, -1) {
		w := words[m[0]:m[1]]
		if why := oddWord(w, vocabulary); why != "" {
			out = append(out, Odd{m[0], m[1], why})
		} else if strings.EqualFold(w, last) && utf8.RuneCountInString(w) > 1 && strings.TrimSpace(words[lastEnd:m[0]]) == "" && !isNumber(w) {
			out = append(out, Odd{m[0], m[1], OddRepeated})
		}
		last, lastEnd = w, m[1]
	}
	for i, r := range words {
		if r == utf8.RuneError || r == '\u00ad' || unicode.Is(unicode.Co, r) || unicode.IsControl(r) && r != '\n' {
			out = append(out, Odd{i, i + utf8.RuneLen(r), OddSign})
		}
	}
	slices.SortFunc(out, func(a, b Odd) int { return a.Start - b.Start })
	return out
}

func isNumber(w string) bool { return strings.IndexFunc(w, unicode.IsLetter) < 0 }

// oddWord says what is odd about a word; "" if nothing.
func oddWord(w string, vocabulary map[string]int) OddKind {
	var latin, cyrillic, digitAfter, lowerUpper bool
	prev := rune(0)
	for _, r := range w {
		latin = latin || unicode.Is(unicode.Latin, r)
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		digitAfter = digitAfter || unicode.IsDigit(r) && unicode.IsLower(prev)
		lowerUpper = lowerUpper || unicode.IsUpper(r) && unicode.IsLower(prev)
		prev = r
	}
	switch {
	case latin && cyrillic:
		return OddScripts
	case digitAfter, lowerUpper && !strings.HasPrefix(w, "Mc") && !strings.HasPrefix(w, "Mac"):
		return OddGlued
	case glued(strings.ToLower(w), vocabulary):
		return OddGlued
	case brokenHyphen(strings.ToLower(w), vocabulary):
		return OddHyphen
	}
	return ""
}

// Small words that readers of PDFs lose the blank after, or before. Those that
// are also beginnings or endings of other words, as "in" and "by", are left out.
var (
	gluedBefore = []string{"the", "and", "that", "with", "from", "which"}
	gluedAfter  = []string{"to", "the", "and", "that", "of", "with", "from"}
)

// glued reports whether a word that stands once in the document is a small word
// and another word of the document without a blank.
func glued(w string, vocabulary map[string]int) bool {
	const least = 3 // letters of the other word
	if vocabulary[w] > 1 {
		return false
	}
	for _, small := range gluedBefore {
		if rest, ok := strings.CutPrefix(w, small); ok && len(rest) >= least && vocabulary[rest] > 0 {
			return true
		}
	}
	for _, small := range gluedAfter {
		if rest, ok := strings.CutSuffix(w, small); ok && len(rest) > least && vocabulary[rest] > 0 && vocabulary[small] > 0 {
			return true
		}
	}
	return false
}

// brokenHyphen reports whether a word with a hyphen stands without it elsewhere.
func brokenHyphen(w string, vocabulary map[string]int) bool {
	a, b, ok := strings.Cut(w, "-")
	return ok && a != "" && b != "" && vocabulary[w] <= 1 && vocabulary[a+b] > 1
}

// vocabularyOf counts the words of a text.
func vocabularyOf(t *corpus.Text) map[string]int {
	out := map[string]int{}
	for i := range t.Paragraphs {
		for _, w := range wordRE.FindAllString(t.Paragraphs[i].Text, -1) {
			out[strings.ToLower(w)]++
		}
	}
	return out
}

// Elsewhere returns the ordinals of the other paragraphs that have the words of
// a run, in the order of the text. Words of less than a dozen letters stand
// everywhere and are not looked for.
func Elsewhere(words string, at int, t *corpus.Text) []int {
	const least = 12
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) < least {
		return nil
	}
	var out []int
	for i := range t.Paragraphs {
		if t.Paragraphs[i].Ord != at && strings.Contains(t.Paragraphs[i].Text, words) {
			out = append(out, t.Paragraphs[i].Ord)
		}
	}
	return out
}
