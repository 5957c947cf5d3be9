package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxParagraph is the longest paragraph, in bytes. The longest of a statute is
// under 50,000; a file of one line of 100 MB is cut, with a warning.
const MaxParagraph = 256 << 10

// OneLine returns s as the text of a paragraph: valid UTF-8, one line, runs of
// white space made one blank, no white space at the ends and no control
// characters. Letters are left as they are: spelling is evidence.
func OneLine(s string) string {
	if clean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case isBlank(r):
			blank = b.Len() > 0
			continue
		case unicode.IsControl(r), r == '\ufeff', r == '\u200b', r == '\u2060':
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r) // a broken byte becomes U+FFFD
	}
	return b.String()
}

// isBlank reports white space. Tabs and line ends are; so are a no-break space
// and U+2028, which would be invisible differences between equal words.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' }

// clean reports whether OneLine would return s itself, for the common case.
func clean(s string) bool {
	before := ' '
	for _, r := range s {
		if r < ' ' || r == utf8.RuneError || r >= 0x7f && (unicode.IsControl(r) || isBlank(r)) ||
			r == '\ufeff' || r == '\u200b' || r == '\u2060' || r == ' ' && before == ' ' {
			return false
		}
		before = r
	}
	return before != ' ' || s == ""
}

// SplitLong cuts s at blanks into pieces of at most MaxParagraph bytes.
func SplitLong(s string) []string {
	var parts []string
	for len(s) > MaxParagraph {
		at := strings.LastIndexByte(s[:MaxParagraph], ' ')
		if at <= 0 {
			at = MaxParagraph
			for !utf8.RuneStart(s[at]) {
				at--
			}
		}
		parts = append(parts, s[:at])
		s = strings.TrimPrefix(s[at:], " ")
	}
	return append(parts, s)
}
