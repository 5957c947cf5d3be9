package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// glyph is one character that counts, and its bytes in the query.
type glyph struct {
	r          rune // ' ' for every kind of blank
	start, end int32
}

// blank ends every run of glyphs, so that looking one ahead is safe.
const blank = ' '

// glyphs decodes q: blanks become one, characters of no width are left out. A
// blank stands at the end.
func glyphs(q string) []glyph {
	g := make([]glyph, 0, utf8.RuneCountInString(q)+1)
	for i := 0; i < len(q); {
		r, size := utf8.DecodeRuneInString(q[i:])
		start := i
		i += size
		switch {
		case r == utf8.RuneError && size == 1, isBlank(r):
			if n := len(g); n > 0 && g[n-1].r == blank {
				continue
			}
			r = blank
		case isIgnorable(r):
			continue
		}

		g = append(g, glyph{r: r, start: int32(start), end: int32(i)})
	}

	return append(g, glyph{r: blank, start: int32(len(q)), end: int32(len(q))})
}

// text returns the characters of a run of glyphs.
func text(g []glyph) string {
	var b strings.Builder
	for _, c := range g {
		b.WriteRune(c.r)
	}
	return b.String()
}

// isBlank reports whether r separates words: spaces, control characters, and
// the marks that change the direction of writing (Unicode Bidi_Control).
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// isIgnorable reports whether r has no width and no meaning inside a word:
// soft hyphen, zero-width characters, byte order mark.
func isIgnorable(r rune) bool {
	return r == '\u00AD' || r >= '\u200B' && r <= '\u200D' || r == '\u2060' || r == '\uFEFF'
}

// isAlnum reports whether r can begin a word.
func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// isWordChar reports whether r can continue a word.
func isWordChar(r rune) bool { return isAlnum(r) || unicode.IsMark(r) }

// isDash reports whether r excludes a word that it stands before.
func isDash(r rune) bool { return strings.ContainsRune("-–—−", r) }

// isJoiner reports whether one r between two characters of a word keeps them
// together. An em dash does not: it stands between clauses.
func isJoiner(r rune) bool { return strings.ContainsRune("./-‐‑‒–−'’‘_@:", r) }

// closers holds the quotes that open, and what closes each.
var closers = map[rune]string{
	'"': `"`, '«': `»`, '“': `”`, '„': `“”`, '”': `”`, '‘': `’`,
}

// isQuote reports whether r is a quote that ends a word wherever it stands.
func isQuote(r rune) bool { return strings.ContainsRune(`"«»“”„‟`, r) }

// hasAlnum reports whether s has a letter or a digit.
func hasAlnum(s string) bool { return strings.ContainsFunc(s, isAlnum) }
