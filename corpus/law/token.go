package law

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// tokenKind tells the tokens of this package apart.
type tokenKind uint8

const (
	isWord tokenKind = iota
	isNumber
	isSign
)

// token is a word, a run of digits or one sign.
type token struct {
	start, end int    // bytes of the text
	form       string // folded word, ASCII digits, or the sign under its plain form
	kind       tokenKind
	caps       uint8 // capitals of the word, at most 3
	glued      bool  // no blank before it
}

// signs maps signs to the plain form that the grammar knows.
func plainSign(r rune) string {
	switch r {
	case '-', 0x2010, 0x2011, 0x2212:
		return "-"
	case '–', '—', 0x2012, 0x2015:
		return "–"
	case '«', '“', '„', '‹':
		return "«"
	case '»', '”', '›':
		return "»"
	case '"', '‟':
		return `"`
	case '(', '[':
		return "("
	case ')', ']':
		return ")"
	}
	if r < utf8.RuneSelf {
		return asciiSigns[r : r+1]
	}
	return string(r)
}

// asciiSigns lets a sign be a substring instead of an allocation.
var asciiSigns = func() string {
	b := make([]byte, utf8.RuneSelf)
	for i := range b {
		b[i] = byte(i)
	}
	return string(b)
}()

// class is what a rune is to the tokenizer.
type class uint8

const (
	blank class = iota
	letter
	digit
	silent // leaves no trace: soft hyphens, zero-width characters, emphasis marks, note numbers
	sign
)

func classOf(r rune) class {
	if r < classRunes {
		return classes[r]
	}
	return classify(r)
}

// classRunes covers Latin and Cyrillic, nearly all of our text.
const classRunes = 0x530

var classes = func() (t [classRunes]class) {
	for r := range rune(classRunes) {
		t[r] = classify(r)
	}
	return t
}()

// uppers are the capitals among the runes that classes covers.
var uppers = func() (t [classRunes]bool) {
	for r := range rune(classRunes) {
		t[r] = unicode.IsUpper(r)
	}
	return t
}()

func isUpper(r rune) bool {
	if r < classRunes {
		return uppers[r]
	}
	return unicode.IsUpper(r)
}

func classify(r rune) class {
	switch {
	case isSilent(r):
		return silent
	case r >= '0' && r <= '9':
		return digit
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		return letter
	case unicode.IsSpace(r):
		return blank
	}
	return sign
}

// isSilent reports whether a rune leaves no trace: marks of emphasis, soft
// hyphens, zero-width and direction marks, superscript numbers of notes.
func isSilent(r rune) bool {
	switch r {
	case '*', '_', 0xAD, 0xB2, 0xB3, 0xB9, 0xFEFF:
		return true
	}
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 || r >= 0x2070 && r <= 0x209C
}

// roughly is how many tokens a text may have: one for each blank, and two for
// each sign.
func roughly(text string) int {
	n := 8
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			n++
		case c < utf8.RuneSelf && !isLetterByte(c) && (c < '0' || c > '9'):
			n += 2
		}
	}
	return n
}

// tokenize cuts a text into tokens. Soft hyphens and the like are part of a
// word and absent from its form.
func tokenize(text string) []token {
	out := make([]token, 0, roughly(text))
	glued, low := false, false
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch classOf(r) {
		case blank:
			glued = false
			i += n
		case silent:
			i += n
		case digit:
			t := token{start: i, kind: isNumber, glued: glued}
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			t.end, t.form = i, text[t.start:i]
			out, glued = append(out, t), true
		case letter:
			t := wordAt(text, i)
			t.glued, glued = glued, true
			out, i = append(out, t), t.end
		case sign:
			t := token{start: i, end: i + n, form: plainSign(r), kind: isSign, glued: glued}
			if low && r == '“' { // „…“ closes with the sign that opens “…”
				t.form = "»"
			}
			low = r == '„' || low && t.form != "»"
			out, glued, i = append(out, t), true, i+n
		}
	}
	return out
}

// wordAt reads the word that starts at byte i.
func wordAt(text string, i int) token {
	t := token{start: i, kind: isWord}
	quiet := false
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch c := classOf(r); c {
		case letter:
			if t.caps < 3 && isUpper(r) {
				t.caps++
			}
			t.end = i + n
		case silent:
			quiet = true
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		i += n
	}
	word := text[t.start:t.end]
	if quiet {
		word = strings.Map(func(r rune) rune {
			if classOf(r) == silent {
				return -1
			}
			return r
		}, word)
	}
	t.form = lang.Fold(word)
	return t
}
