package query

import (
	"strings"
	"unicode/utf8"
)

// ParseAny reads q as plain words, any of which may match: an Or of Words, a
// Word if there is one only, nil if there is none. It reads no operator and
// refuses nothing, so a pasted paragraph is a query. A word counts once, and
// what is beyond MaxAnyBytes is not read: callers who care compare len(q).
func ParseAny(q string) Node {
	q = q[:runeStart(q, MaxAnyBytes)]
	l := newLexer(q)
	var words []Node
	seen := map[string]bool{}
	for l.i < len(l.g) {
		if !isAlnum(l.g[l.i].r) {
			l.i++
			continue
		}
		begin := l.i
		l.i = wordEnd(l.g, begin, false)
		for _, w := range plainOnly(text(l.g[begin:l.i])) {
			if key := strings.ToLower(w); !seen[key] {
				seen[key] = true
				words = append(words, &Word{Text: w, At: l.span(begin, l.i)})
			}
		}
	}
	if len(words) < 2 {
		return first(words)
	}
	return &Or{Kids: words, At: around(words)}
}

// plainOnly returns the words to look for where an operator was typed: in lower
// case, and without its slash, so that they print as words.
func plainOnly(s string) []string {
	if k, _ := operator(s); k == tokEnd {
		return []string{s}
	}
	return strings.Split(strings.ToLower(s), "/")
}

// runeStart returns the start of the character that byte i of s is in, at most
// len(s).
func runeStart(s string, i int) int {
	if i >= len(s) {
		return len(s)
	}
	for back := range utf8.UTFMax {
		if back <= i && utf8.RuneStart(s[i-back]) {
			return i - back
		}
	}
	return i // not UTF-8 anyway
}
