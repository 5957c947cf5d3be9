package indexer

import (
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/corpus/works"
	"dalel/search"
)

// analysisVersion is part of what a generation was made with. Add one when
// tokens, folding, stems, the fields of a paragraph or the references that are
// recognised change: libraries then index themselves again. analysisGolden is
// the hash of what this version makes of a few texts; a test says when it is
// another, so that this number is not forgotten.
const (
	analysisVersion = 5
	analysisGolden  = "2f62a97f042a497e"
)

// analyzed is a document with what the index needs of it. The slices have an
// element for each paragraph.
type analyzed struct {
	doc      *corpus.Document // with Text
	streams  [][]lang.Token   // nil for paragraphs that are not searched
	terms    []map[search.Field][]string
	langs    [][]lang.Code      // that each paragraph is read as
	mentions [][]corpus.Mention // references; persons come later, by people
	persons  [][]names.Person
	print    *works.Print
	bytes    int64 // of text
}

// analyze reads the words of all paragraphs of a document, and what they name.
func analyze(doc *corpus.Document) *analyzed {
	out := analyzeWords(doc)
	out.print = works.NewPrint(doc.Text)
	r := reader{date: doc.Date()}
	for i := range doc.Text.Paragraphs {
		if out.streams[i] == nil {
			continue
		}
		p := &doc.Text.Paragraphs[i]
		mentions, terms := r.references(p)
		out.mentions[i] = mentions
		if len(terms) > 0 {
			out.terms[i][search.FieldRefs] = terms
		}
		out.persons[i] = names.RecogniseTokens(p.Text, out.streams[i])
	}
	return out
}

// analyzeWords reads the words of all paragraphs of a document.
func analyzeWords(doc *corpus.Document) *analyzed {
	paras := doc.Text.Paragraphs
	out := &analyzed{
		doc:      doc,
		streams:  make([][]lang.Token, len(paras)),
		terms:    make([]map[search.Field][]string, len(paras)),
		langs:    make([][]lang.Code, len(paras)),
		mentions: make([][]corpus.Mention, len(paras)),
		persons:  make([][]names.Person, len(paras)),
	}
	for i := range paras {
		p := &paras[i]
		out.bytes += int64(len(p.Text))
		out.streams[i], out.langs[i] = paragraph(p)
		out.terms[i] = termsOf(out.streams[i], out.langs[i])
	}
	return out
}

// paragraph returns the tokens of a paragraph and the languages that they are
// read as. Running heads have neither: they are kept for the eye, not for search.
func paragraph(p *corpus.Paragraph) ([]lang.Token, []lang.Code) {
	if p.Role == corpus.RoleHeader {
		return nil, nil
	}
	const charsPerWord = 8 // bytes of Cyrillic text are twice its letters, words have about six
	tokens := lang.AppendTokens(make([]lang.Token, 0, len(p.Text)/charsPerWord+1), p.Text)
	if len(tokens) == 0 {
		return nil, nil
	}
	return tokens, langsOf(p)
}

// fieldsOf are the engine's fields of the languages.
var fieldsOf = map[lang.Code]search.Field{lang.KK: search.FieldKK, lang.RU: search.FieldRU, lang.EN: search.FieldEN}

// termsOf returns the terms of a paragraph by field.
func termsOf(tokens []lang.Token, langs []lang.Code) map[search.Field][]string {
	if len(tokens) == 0 {
		return nil
	}
	forms := make([]string, len(tokens))
	for i := range tokens {
		forms[i] = tokens[i].Form
	}
	terms := make(map[search.Field][]string, len(langs)+1)
	for _, code := range langs {
		terms[fieldsOf[code]] = forms
	}
	return terms
}

// langsOf returns the languages that a paragraph's words are read as. One of
// doubtful language is read as Kazakh and Russian, unless it is written in Latin
// letters.
func langsOf(p *corpus.Paragraph) []lang.Code {
	switch code := lang.Code(p.Lang); code {
	case lang.KK, lang.RU, lang.EN:
		return []lang.Code{code}
	case lang.Und:
	}
	if mostlyLatin(p.Text) {
		return []lang.Code{lang.EN}
	}
	return []lang.Code{lang.KK, lang.RU}
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
