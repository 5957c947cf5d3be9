package meta

import (
	"slices"

	"dalel/corpus"
)

// strength orders the origins of facts, weakest first.
var strength = []corpus.Origin{
	corpus.FromText, corpus.FromFile, corpus.FromHeader, corpus.FromTable, corpus.FromPerson,
}

// Add puts a fact among others: the stronger origin wins, and of equals the
// one that was there. A fact without values is none.
func Add(facts corpus.Facts, k corpus.Key, f corpus.Fact) {
	if len(f.Values) == 0 {
		return
	}
	old, ok := facts[k]
	if ok && slices.Index(strength, f.Origin) <= slices.Index(strength, old.Origin) {
		return
	}
	facts[k] = f
}

// FromText adds what the text says about itself.
func FromText(facts corpus.Facts, t *corpus.Text) {}
