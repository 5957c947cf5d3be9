package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords is how many different words of a document are remembered to
// decide about hyphens.
const maxWords = 200_000

const softHyphen = "\u00ad"

// vocabulary counts the words of a document, with the hyphens inside them.
type vocabulary map[string]int

// add counts the words of a line, but for the last when a hyphen cuts it.
func (v vocabulary) add(s string) {
	ws := wordsOf(s)
	if n := len(ws); n > 0 && endsInHyphen(s) {
		ws = ws[:n-1]
	}
	for _, w := range ws {
		if _, ok := v[w]; ok || len(v) < maxWords {
			v[w]++
		}
	}
}

// wordsOf returns the words of s in lower case; hyphens belong to them.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '-' && r != '‑'
	})
}

func endsInHyphen(s string) bool {
	return strings.HasSuffix(s, "-") || strings.HasSuffix(s, "‐") || strings.HasSuffix(s, softHyphen)
}

// join appends line b to text a and returns where b begins in the result. A
// hyphen at the end of a line is undone when the joined word is likelier than
// the hyphenated one.
func (v vocabulary) join(a, b string) (text string, start int) {
	switch {
	case a == "":
		return b, 0
	case strings.HasSuffix(a, softHyphen):
		a = strings.TrimSuffix(a, softHyphen)
		return a + b, len(a)
	case endsInHyphen(a) && hyphenAfterLetter(a):
		if v.dropsHyphen(a, b) {
			_, n := utf8.DecodeLastRuneInString(a)
			a = a[:len(a)-n]
		}
		return a + b, len(a)
	case strings.HasSuffix(a, "/") && !strings.HasSuffix(a, " /"):
		return a + b, len(a) // a symbol or an address goes on
	}
	return a + " " + b, len(a) + 1
}

// hyphenAfterLetter reports whether the last hyphen of s ends a word.
func hyphenAfterLetter(s string) bool {
	_, n := utf8.DecodeLastRuneInString(s)
	r, _ := utf8.DecodeLastRuneInString(s[:len(s)-n])
	return unicode.IsLetter(r)
}

// dropsHyphen decides whether the hyphen between a and b only divides a word
// at the end of the line.
func (v vocabulary) dropsHyphen(a, b string) bool {
	first, _ := utf8.DecodeRuneInString(b)
	if !unicode.IsLower(first) {
		return false // New-York, СИЗО-1
	}
	wa, wb := wordsOf(a), wordsOf(b)
	if len(wa) == 0 || len(wb) == 0 {
		return true
	}
	left, right := strings.TrimRight(wa[len(wa)-1], "-"), wb[0]
	joined, kept := v[left+right], v[left+"-"+right]
	if joined > 0 || kept > 0 {
		return joined >= kept
	}
	return !russianHyphen(left, right)
}

// russianHyphen reports whether Russian spelling wants a hyphen: particles
// and prefixes of the rules of 1956, paragraphs 78 to 87.
func russianHyphen(left, right string) bool {
	switch right {
	case "то", "либо", "нибудь", "таки", "ка":
		return true
	}
	switch left {
	case "кое":
		return true
	case "из":
		return right == "за" || right == "под"
	case "по":
		return strings.HasSuffix(right, "ски") || strings.HasSuffix(right, "ому") || strings.HasSuffix(right, "ему")
	}
	return false
}
