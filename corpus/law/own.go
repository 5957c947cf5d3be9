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
	var keys []string
	for _, s := range d.Values(corpus.KeySymbol) {
		keys = append(keys, documentIDs(s)...)
	}
	switch d.Kind() {
	case corpus.NormativeResolution:
		if n, y := d.Value(corpus.KeyNumber), d.Date(); n != "" && y.Year() != 0 {
			keys = append(keys, "KZ-NPVS-"+strings.ToUpper(latinCapitals(n))+"-"+string(y[:4]))
		}
	case corpus.Statute, corpus.Treaty:
		keys = append(keys, ownAct(d))
	default:
		for _, n := range slices.Concat(d.Values(corpus.KeyCase), d.Values(corpus.KeyNumber)) {
			for _, as := range citedAs[d.Kind()] {
				keys = append(keys, documentIDs(strings.NewReplacer("BODY", d.Value(corpus.KeyBody), "NUMBER", n).Replace(as))...)
			}
		}
	}
	var out []string
	for _, k := range keys {
		if k != "" && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// citedAs is how others cite the number of a document, by its kind.
var citedAs = map[corpus.Kind][]string{
	corpus.WGADOpinion: {"opinion No. NUMBER"},
	corpus.Views:       {"BODY, communication No. NUMBER"},
	corpus.Judgment:    {"application no. NUMBER"},
	corpus.Resolution:  {"NUMBER", "Parliamentary Assembly, Resolution NUMBER"},
	corpus.Motion:      {"NUMBER"},
	corpus.Verdict:     {"NUMBER"},
	corpus.Ruling:      {"NUMBER"},
	corpus.Decision:    {"NUMBER"},
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
