package cite

import (
	"fmt"
	"slices"

	"dalel/corpus"
)

// Style is a way of writing citations. Its values are those of `cite -style`.
type Style string

// The styles.
const (
	UN       Style = "un"
	OSCOLA   Style = "oscola"
	Bluebook Style = "bluebook"
	ECHR     Style = "echr"
	GOST     Style = "gost"
	KZ       Style = "kz"
)

// Styles lists the styles, in the order of menus.
var Styles = []Style{UN, KZ, GOST, OSCOLA, ECHR, Bluebook}

// Form is what a citation is for.
type Form string

// The forms.
const (
	Footnote Form = "footnote" // the first time, in a note
	Inline   Form = "inline"   // in brackets in the running text
	Short    Form = "short"    // a later note on a document cited before
	Ibid     Form = "ibid"     // the note right after one on the same document
)

// Forms lists the forms.
var Forms = []Form{Footnote, Inline, Short, Ibid}

// langsOf lists the languages that each style is written in, the usual first.
var langsOf = map[Style][]string{
	UN: {"en", "ru", "kk"}, OSCOLA: {"en"}, Bluebook: {"en"}, ECHR: {"en"}, GOST: {"ru", "kk"}, KZ: {"ru", "kk"},
}

// Langs lists the languages that a style is written in, the usual one first.
func (s Style) Langs() []string { return langsOf[s] }

// Known reports whether s is one of Styles.
func (s Style) Known() bool { return slices.Contains(Styles, s) }

// Lang returns the language to cite a document in: the wanted one, if the style
// is written in it; for no wish, the document's own, or the style's usual one.
func (s Style) Lang(wanted, doc string) (string, error) {
	langs := s.Langs()
	switch {
	case len(langs) == 0:
		return "", &corpus.Error{Op: "cite", Subj: string(s), Kind: corpus.ErrInvalid, Err: fmt.Errorf("no such style; there are %v", Styles)}
	case slices.Contains(langs, wanted):
		return wanted, nil
	case wanted != "":
		return "", &corpus.Error{Op: "cite", Subj: string(s), Kind: corpus.ErrInvalid, Err: fmt.Errorf("this style is written in %v, not in %q", langs, wanted)}
	case slices.Contains(langs, doc):
		return doc, nil
	}
	return langs[0], nil
}
