package law

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// Own returns the keys under which other documents cite a document: its symbol
// and its number in the form that Find gives citations, each once, or the key of
// the act that it is. It is told by the document's facts, those corrected by a
// person first; there are none for a document without a number.
func Own(d *corpus.Document) []string {
	var out []string
	add := func(keys ...string) {
		for _, k := range keys {
			if k != "" && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	for _, s := range d.Values(corpus.KeySymbol) {
		add(documentIDs(s)...)
	}
	switch d.Kind() {
	case corpus.WGADOpinion:
		for _, n := range d.Values(corpus.KeyNumber) {
			add(documentIDs("opinion No. " + n)...)
		}
	case corpus.Views:
		for _, n := range d.Values(corpus.KeyNumber) {
			add(documentIDs(d.Value(corpus.KeyBody) + ", communication No. " + n)...)
		}
	case corpus.Judgment:
		for _, n := range append(d.Values(corpus.KeyCase), d.Values(corpus.KeyNumber)...) {
			add(documentIDs("application no. " + n)...)
		}
	case corpus.Resolution, corpus.Motion:
		for _, n := range d.Values(corpus.KeyNumber) {
			add(documentIDs(n)...)
			add(documentIDs("Parliamentary Assembly, Resolution " + n)...)
		}
	case corpus.Verdict, corpus.Ruling, corpus.Decision:
		for _, n := range append(d.Values(corpus.KeyCase), d.Values(corpus.KeyNumber)...) {
			add(documentIDs(n)...)
		}
	case corpus.NormativeResolution:
		if n, y := d.Value(corpus.KeyNumber), d.Date(); n != "" && y.Year() != 0 {
			add("KZ-NPVS-" + strings.ToUpper(latinCapitals(n)) + "-" + string(y[:4]))
		}
	case corpus.Statute, corpus.Treaty:
		add(ownAct(d))
	default:
	}
	return out
}

// documentIDs are the documents that a text names.
func documentIDs(text string) (ids []string) {
	for _, r := range Find(text, Context{}) {
		if r.Kind == Document {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// ownAct is the key of the act that a document is, by the day of its adoption
// or by its title.
func ownAct(d *corpus.Document) string {
	if key := reg.numbers[string(d.Date())]; key != "" && d.Date() != "" && d.Kind() == corpus.Statute {
		return key
	}
	title := d.Value(corpus.KeyTitle)
	for _, r := range Find(title, Context{Date: d.Date(), Lang: lang.Code(d.Value(corpus.KeyLang))}) {
		if r.Kind == Instrument {
			return r.Key()
		}
	}
	return ""
}
