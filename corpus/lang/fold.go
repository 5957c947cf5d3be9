package lang

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which a word is compared: NFKC, without soft
// hyphens, zero-width characters and stress marks, in lower case by rune, ё as
// е, one apostrophe, one hyphen, and letters of the wrong script repaired
// (Latin i in a Cyrillic word, Cyrillic а in a Latin one). It is also the fold
// of a wildcard pattern: * and ? stay. Fold(Fold(s)) is Fold(s), and the
// result is valid UTF-8 whatever s is.
func Fold(word string) string {
	if isFolded(word) {
		return word
	}
	if s, ok := lowered(word); ok {
		return s
	}
	return foldAny(word)
}

// lowered folds a word of plain letters of one script, as nearly all are: only
// the capitals change.
func lowered(word string) (string, bool) {
	var room [48]byte
	out, scripts := room[:0], 0
	if len(word) > len(room) {
		return "", false
	}
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return "", false
			}
			out = append(out, c|0x20)
			scripts |= 1
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		if !isPlainCyrillic(r) {
			return "", false
		}
		out = utf8.AppendRune(out, lower(r))
		scripts |= 2
		i += n
	}
	return string(out), scripts != 3
}

// foldAny folds whatever there is.
func foldAny(word string) string {
	s := strings.ToValidUTF8(word, "\uFFFD")
	if !isPlain(s) {
		s = compose(s)
	}
	s = strings.Map(lower, repairScripts(s)) // capitals tell H (Н) from h (һ)
	s = repairScripts(s)                     // ё is a twin only as е
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return s
}

// isFolded reports, for ordinary words, that Fold has nothing to do.
func isFolded(s string) bool {
	scripts := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' || c == '`' {
				return false
			}
			if c >= 'a' && c <= 'z' {
				scripts |= 1
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isPlainCyrillic(r) || runeClasses[r] != classLower || r == 'ё' {
			return false
		}
		scripts |= 2
		i += n
	}
	return scripts != 3
}

// isPlainCyrillic reports whether a rune is a letter that NFKC and lower case
// leave at two bytes.
func isPlainCyrillic(r rune) bool {
	return r >= 0x400 && r < 0x530 && (r < 0x482 || r > 0x489)
}

// isPlain reports whether s has nothing that compose would change.
func isPlain(s string) bool {
	for _, r := range s {
		if r == '`' || r >= utf8.RuneSelf && !isPlainCyrillic(r) {
			return false
		}
	}
	return true
}

// compose brings a word to NFKC, apart from signs that NFKC would glue to it,
// and takes out what leaves no trace.
func compose(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case isSilent(r):
		case isApostrophe(r):
			b.WriteByte('\'')
		case isHyphen(r):
			b.WriteByte('-')
		case isSuperscript(r):
			b.WriteRune(r)
		default:
			if norm.NFKC.QuickSpanString(string(r)) == 0 {
				b.WriteString(norm.NFKC.String(string(r)))
			} else {
				b.WriteRune(r)
			}
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case isStress(r), isSilent(r):
			return -1
		case isApostrophe(r):
			return '\''
		case isHyphen(r):
			return '-'
		}
		return r
	}, norm.NFC.String(b.String()))
}

// twins pairs Latin letters with the Cyrillic ones that look like them, upper
// and lower case apart: H looks like Н, h like һ.
const (
	latinTwins    = "aceopxykmthbiəөABCEHKMOPTXYIƏƟh"
	cyrillicTwins = "асеорхукмтһвіәөАВСЕНКМОРТХУІӘӨһ"
)

// twinTables answer the other letter of a pair by rune.
var toCyrillic, toLatin = func() (map[rune]rune, map[rune]rune) {
	there, back := map[rune]rune{}, map[rune]rune{}
	latin, cyrillic := []rune(latinTwins), []rune(cyrillicTwins)
	for i, r := range latin {
		there[r], back[cyrillic[i]] = cyrillic[i], r
	}
	return there, back
}()

// repairScripts folds look-alikes to the script of the majority, part of a
// compound by part; a reference with slashes is one run.
func repairScripts(s string) string {
	if !mixesScripts(s) {
		return s
	}
	whole := strings.ContainsRune(s, '/')
	var b strings.Builder
	b.Grow(len(s))
	for start := 0; start < len(s); {
		end := start
		for end < len(s) {
			r, n := utf8.DecodeRuneInString(s[end:])
			if (r == '-' || r == '\'') && !whole {
				break
			}
			end += n
		}
		b.WriteString(repairRun(s[start:end]))
		if end < len(s) {
			b.WriteByte(s[end])
			end++
		}
		start = end
	}
	return b.String()
}

func mixesScripts(s string) bool {
	var latin, cyrillic bool
	for _, r := range s {
		if isLatin(r) {
			latin = true
		} else if isCyrillic(r) {
			cyrillic = true
		}
	}
	return latin && cyrillic
}

// repairRun folds a run to the script of most of its letters, or to the other
// one if only that way is open. Where neither is, the run stays as it is.
func repairRun(s string) string {
	latin, cyrillic := 0, 0
	cyrillicOpen, latinOpen := true, true
	for _, r := range s {
		switch {
		case isCyrillic(r):
			cyrillic++
			latinOpen = latinOpen && toLatin[r] != 0
		case isLatin(r):
			latin++
			cyrillicOpen = cyrillicOpen && toCyrillic[r] != 0
		}
	}
	switch {
	case latin == 0 || cyrillic == 0:
		return s
	case cyrillicOpen && (cyrillic >= latin || !latinOpen):
		return strings.Map(func(r rune) rune { return twin(toCyrillic, r) }, s)
	case latinOpen:
		return strings.Map(func(r rune) rune { return twin(toLatin, r) }, s)
	}
	return s
}

func twin(pairs map[rune]rune, r rune) rune {
	if t, ok := pairs[r]; ok {
		return t
	}
	return r
}
