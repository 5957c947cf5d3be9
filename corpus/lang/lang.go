// Package lang turns text of the three languages into words that can be
// compared: tokens with offsets into the original, one fold, stems for
// Kazakh, Russian and English, and the language of a paragraph. All functions
// are pure.
//
// A form is a folded word. Fold is the only way to make one, for the words of
// a text and for the words and patterns of a query alike. A stem is what the
// forms of one word have in common; it depends on the form and the language
// alone, so whoever needs many stems keeps them in a Stemmer.
package lang

// Code is a language: "kk", "ru", "en", or "und" when in doubt.
type Code string

// The languages.
const (
	KK  Code = "kk"
	RU  Code = "ru"
	EN  Code = "en"
	Und Code = "und"
)

// Token is one word of a text.
type Token struct {
	Start, End int    // bytes of the original text, end exclusive
	Form       string // folded exact form
	Pos        int    // from 0; the parts and the whole of a compound may share a position
	Sentence   int    // from 0
	Cap        bool   // the original begins with a capital letter
	Initial    bool   // one capital letter with a full stop behind it
	Joined     bool   // the whole of a compound; its parts follow, the first at the same Pos
}
