package indexer

import (
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/search"
)

// analysisVersion is part of what a generation was made with. Add one when
// tokens, folding, stems or the fields of a paragraph change: libraries then
// index themselves again. analysisGolden is the hash of what this version makes
// of a few texts; a test says when it is another, so that this number is not
// forgotten.
const (
	analysisVersion = 2
	analysisGolden  = "e4a0e62388f04b06"
)

// analyzed is a document with what the index needs of it. The slices have an
// element for each paragraph.
type analyzed struct {
	doc      *corpus.Document // with Text
	streams  [][]lang.Token   // nil for paragraphs that are not searched
	terms    []map[search.Field][]string
	mentions [][]corpus.Mention // references; persons come later, by people
	persons  [][]names.Person
	bytes    int64 // of text
}

// analyzer makes token streams and terms. It remembers stems, so it is worth
// keeping; it is not safe for concurrent use.
type analyzer struct {
	stemmer lang.Stemmer
	plain   bool // words alone: no references, no persons
}

// document analyses all paragraphs of a document.
func (a *analyzer) document(doc *corpus.Document) *analyzed {
	paras := doc.Text.Paragraphs
	out := &analyzed{
		doc:      doc,
		streams:  make([][]lang.Token, len(paras)),
		terms:    make([]map[search.Field][]string, len(paras)),
		mentions: make([][]corpus.Mention, len(paras)),
		persons:  make([][]names.Person, len(paras)),
	}
	r := reader{date: doc.Date()}
	for i := range paras {
		p := &paras[i]
		out.bytes += int64(len(p.Text))
		out.streams[i], out.terms[i] = a.paragraph(p)
		if out.streams[i] == nil || a.plain {
			continue
		}
		mentions, terms := r.references(p)
		out.mentions[i] = mentions
		if len(terms) > 0 {
			out.terms[i][search.FieldRefs] = terms
		}
		out.persons[i] = names.RecogniseTokens(p.Text, out.streams[i])
	}
	return out
}

// paragraph returns the words of a paragraph and its terms by field. Running
// heads have neither: they are kept for the eye, not for search.
func (a *analyzer) paragraph(p *corpus.Paragraph) ([]lang.Token, map[search.Field][]string) {
	if p.Role == corpus.RoleHeader {
		return nil, nil
	}
	const charsPerWord = 8 // bytes of Cyrillic text are twice its letters, words have about six
	tokens := lang.AppendTokens(make([]lang.Token, 0, len(p.Text)/charsPerWord+1), p.Text)
	if len(tokens) == 0 {
		return nil, nil
	}
	terms := map[search.Field][]string{}
	for _, f := range fieldsOf(p) {
		list := make([]string, 0, len(tokens))
		for i := range tokens {
			list = append(list, a.stemmer.Stems(tokens[i].Form, f.code)...)
		}
		terms[f.field] = list
	}
	return tokens, terms
}

// langField is a field and the language whose stems are in it.
type langField struct {
	field search.Field
	code  lang.Code
}

// fieldsOf returns the fields that a paragraph's stems go to. One of doubtful
// language goes to Kazakh and Russian, unless it is written in Latin letters.
func fieldsOf(p *corpus.Paragraph) []langField {
	kk, ru, en := langField{search.FieldKK, lang.KK}, langField{search.FieldRU, lang.RU}, langField{search.FieldEN, lang.EN}
	switch lang.Code(p.Lang) {
	case lang.KK:
		return []langField{kk}
	case lang.RU:
		return []langField{ru}
	case lang.EN:
		return []langField{en}
	case lang.Und:
	}
	if mostlyLatin(p.Text) {
		return []langField{en}
	}
	return []langField{kk, ru}
}

// mostlyLatin reports whether a text has more Latin letters than Cyrillic ones.
func mostlyLatin(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Latin, r):
			n++
		case unicode.Is(unicode.Cyrillic, r):
			n--
		}
	}
	return n > 0
}
