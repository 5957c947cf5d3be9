package search

import (
	"slices"

	"dalel/corpus/lang"
)

// The numbers of the languages that a paragraph is read as. One of doubtful
// language is read as all three.
const (
	readKK = iota
	readRU
	readEN
	readAll
	numLangs
)

// stemLangs are the languages that have stems, by number.
var stemLangs = [...]lang.Code{readKK: lang.KK, readRU: lang.RU, readEN: lang.EN}

// fieldsOf are the engine's fields of the languages, by number.
var fieldsOf = [...]Field{readKK: FieldKK, readRU: FieldRU, readEN: FieldEN}

// langNumber returns the number of a language.
func langNumber(code string) int {
	switch lang.Code(code) {
	case lang.KK:
		return readKK
	case lang.RU:
		return readRU
	case lang.EN:
		return readEN
	case lang.Und:
	}
	return readAll
}

// formSet is a set of forms. A few bits of each tell most others from them
// without a search.
type formSet struct {
	probe FormProbe // nil for the empty set
	ids   []FormID  // ascending
}

// newFormSet makes a set of forms, which it takes over.
func newFormSet(ids []FormID) formSet {
	if len(ids) == 0 {
		return formSet{}
	}
	slices.Sort(ids)
	s := formSet{ids: slices.Compact(ids)}
	s.probe = newFormProbe(len(s.ids))
	for _, id := range s.ids {
		s.probe.add(id)
	}
	return s
}

func (s *formSet) has(id FormID) bool {
	if s.probe == nil || !s.probe.Has(id) {
		return false
	}
	_, ok := slices.BinarySearch(s.ids, id)
	return ok
}

// withStems gives a word the forms that have its stems, in paragraphs of each
// language, and further forms in all of them, and asks the engine for them.
func (c *compiler) withStems(w *wordOp, stems [numLangs - 1][]string, more []FormID, weight float64) {
	var all []FormID
	var ways []Way
	for n, code := range stemLangs {
		ids := slices.Clone(more)
		for _, stem := range stems[n] {
			ids = c.view.StemForms(code, stem, ids)
		}
		all = append(all, ids...)
		w.sets[n] = newFormSet(ids)
		if len(ids) > 0 {
			ways = append(ways, Way{Field: fieldsOf[n], Terms: c.formTexts(w.sets[n].ids), Weight: weight})
		}
	}
	w.sets[readAll] = newFormSet(all)
	w.slot = c.waySlot(ways)
}

// withForms gives a word forms that it has in every language.
func (w *wordOp) withForms(ids []FormID) {
	set := newFormSet(ids)
	for n := range w.sets {
		w.sets[n] = set
	}
}

func (c *compiler) formTexts(ids []FormID) []string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = c.view.FormText(id)
	}
	return texts
}

// formIDs returns the numbers of those forms that the library has.
func (c *compiler) formIDs(forms []string) []FormID {
	var ids []FormID
	for _, f := range forms {
		if id, ok := c.view.Form(f); ok {
			ids = append(ids, id)
		}
	}
	return ids
}
