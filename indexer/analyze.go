package indexer

import (
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/corpus/works"
	"dalel/indexer/forward"
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
	words    [][]forward.Words
	mentions [][]corpus.Mention // references; persons come later, by people
	persons  [][]names.Person
	print    *works.Print
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
		words:    make([][]forward.Words, len(paras)),
		mentions: make([][]corpus.Mention, len(paras)),
		persons:  make([][]names.Person, len(paras)),
		print:    works.NewPrint(doc.Text),
	}
	r := reader{date: doc.Date()}
	for i := range paras {
		p := &paras[i]
		out.bytes += int64(len(p.Text))
		out.streams[i], out.words[i] = a.paragraph(p)
		out.terms[i] = termsOf(out.words[i])
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

// paragraph returns the tokens of a paragraph and their stems by language.
// Running heads have neither: they are kept for the eye, not for search.
func (a *analyzer) paragraph(p *corpus.Paragraph) ([]lang.Token, []forward.Words) {
	if p.Role == corpus.RoleHeader {
		return nil, nil
	}
	const charsPerWord = 8 // bytes of Cyrillic text are twice its letters, words have about six
	tokens := lang.AppendTokens(make([]lang.Token, 0, len(p.Text)/charsPerWord+1), p.Text)
	if len(tokens) == 0 {
		return nil, nil
	}
	var words []forward.Words
	for _, code := range langsOf(p) {
		w := forward.Words{Lang: code, Stems: make([]string, 0, len(tokens)), Counts: make([]uint8, len(tokens))}
		for i := range tokens {
			stems := a.stemmer.Stems(tokens[i].Form, code)
			w.Stems, w.Counts[i] = append(w.Stems, stems...), uint8(len(stems))
		}
		words = append(words, w)
	}
	return tokens, words
}

// fieldsOf are the engine's fields for the stems of each language.
var fieldsOf = map[lang.Code]search.Field{lang.KK: search.FieldKK, lang.RU: search.FieldRU, lang.EN: search.FieldEN}

// termsOf returns the terms of a paragraph by field.
func termsOf(words []forward.Words) map[search.Field][]string {
	if len(words) == 0 {
		return nil
	}
	terms := make(map[search.Field][]string, len(words)+1)
	for _, w := range words {
		terms[fieldsOf[w.Lang]] = w.Stems
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
