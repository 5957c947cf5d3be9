package ingest

import (
	"cmp"
	"slices"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/ingest/meta"
	"dalel/ingest/number"
	"dalel/ingest/voice"
)

// describe fills in what follows from the text alone: numbers, headings,
// languages, facts and voices. It is pure, so that a text read twice is the same.
func describe(r *reading, folder string) {
	if r.facts == nil {
		r.facts = corpus.Facts{}
	}
	r.text.MarkSeen()
	number.Apply(r.text.Paragraphs)
	tieNotes(r.text.Paragraphs)
	languages(r)
	meta.FromText(r.facts, &r.text)
	doc := corpus.Document{Read: r.facts}
	voice.Apply(doc.Kind(), &r.text)
	meta.FromParts(r.facts, &r.text)
	if folder != "" {
		meta.Add(r.facts, corpus.KeyFolder, corpus.Fact{Values: []string{folder}, Origin: corpus.FromFile, Confidence: 1})
	}
}

// und is the language of a text in doubt.
const und = string(lang.Und)

const kazakh = string(lang.KK)

// shortText is the length under which a paragraph has the language of its
// document, when its own is in doubt, in bytes.
const shortText = 200

// sure is the confidence from which on a paragraph has the language that it
// seems to have.
const sure = 0.6

// languages sets the language of each paragraph, and of the document: those
// of at least a tenth of the text, most frequent first.
func languages(r *reading) {
	sizes := make(map[string]int)
	total := 0
	ps := r.text.Paragraphs
	unsure := make([]bool, len(ps))
	for i := range ps {
		if ps[i].Lang == "" {
			code, confidence := lang.Detect(ps[i].Text)
			ps[i].Lang, unsure[i] = string(code), confidence < sure
		}
		if ps[i].Lang != und && !unsure[i] {
			sizes[ps[i].Lang] += len(ps[i].Text)
			total += len(ps[i].Text)
		}
	}
	var langs []string
	for l, n := range sizes {
		if n*10 >= total {
			langs = append(langs, l)
		}
	}
	slices.SortFunc(langs, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	meta.Add(r.facts, corpus.KeyLang, corpus.Fact{Values: langs, Origin: corpus.FromText, Confidence: 0.9})
	own := r.facts[corpus.KeyLang].Values
	if len(own) == 0 {
		return
	}
	for i := range ps {
		guessed := ps[i].Lang != und && unsure[i]
		if guessed || ps[i].Lang == und && len(ps[i].Text) < shortText || own[0] == kazakh && shortRussian(&ps[i]) {
			ps[i].Lang = own[0]
		}
	}
}

// shortRussian reports a few Cyrillic words without a Kazakh letter, such as
// "5 бап": in a Kazakh document they are Kazakh.
func shortRussian(p *corpus.Paragraph) bool {
	return p.Lang == string(lang.RU) && len(p.Text) < shortText/3
}
