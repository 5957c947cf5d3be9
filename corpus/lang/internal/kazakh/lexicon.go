package kazakh

import (
	_ "embed"
	"strings"
	"sync"
)

// The roots are the project's own list, written from knowledge of the
// language and law. Nothing in it was taken from a dictionary file or from the
// data that the stemmer is measured with.
//
//go:embed verbs.txt
var verbList string

//go:embed core.txt
var coreList string

//go:embed nominals.txt
var nominalList string

// The classes of a stem in the lexicon, as a set.
const (
	classNominal uint32 = 1 << iota // a noun, adjective, adverb or name
	classVerb                       // a verb
	classVoiced                     // a listed verb that is another one in a voice
	classFormed                     // a listed nominal that is also a form of another root
	classCore                       // one of the commonest verbs
)

// lexicon is the class of each listed stem.
var lexicon = sync.OnceValue(func() map[string]uint32 {
	m := map[string]uint32{}
	for w := range strings.FieldsSeq(nominalList) {
		m[Canonical(w)] |= classNominal
	}
	for w := range strings.FieldsSeq(verbList) {
		m[Canonical(w)] |= classVerb
	}
	for w := range strings.FieldsSeq(coreList) {
		m[Canonical(w)] |= classCore
	}
	for w := range strings.FieldsSeq(verbList) {
		if isFormOf(w, m, classVerb) {
			m[Canonical(w)] |= classVoiced
		}
	}
	for w := range strings.FieldsSeq(nominalList) {
		if isFormOf(w, m, classVerb|classNominal) {
			m[Canonical(w)] |= classFormed
		}
	}
	return m
})

// isFormOf reports whether a listed word reads as a form of another listed
// root of the given classes.
func isFormOf(word string, m map[string]uint32, classes uint32) bool {
	for _, r := range Parse(word) {
		want := classNominal
		if r.Verbal() {
			want = classVerb
		}
		if !r.Bare() && m[r.Stem]&classes&want != 0 && r.Stem != Canonical(word) {
			return true
		}
	}
	return false
}

// Class returns what the lexicon says about a stem: a set of classes.
func Class(stem string) uint32 { return lexicon()[stem] }

// Known returns the stem of a listed irregular form.
func Known(form string) (string, bool) {
	s, ok := known[form]
	return s, ok
}
