package search

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/search/query"
)

// pred is a condition on a document, or on a paragraph of it.
type pred struct {
	doc  func(DocNo) bool // nil when the paragraph decides
	para func(*Para) bool // nil when the document decides
}

// holds reports whether the condition holds for a paragraph.
func (p *pred) holds(para *Para) bool {
	return (p.doc == nil || p.doc(para.Doc)) && (p.para == nil || p.para(para))
}

// factFields are the fields that ask for a fact of the document, and whether a
// part of the value is enough.
var factFields = map[query.Field]struct {
	key  corpus.Key
	part bool
}{
	query.FieldKind:     {corpus.KeyKind, false},
	query.FieldCourt:    {corpus.KeyCourt, true},
	query.FieldBody:     {corpus.KeyBody, true},
	query.FieldCountry:  {corpus.KeyCountry, false},
	query.FieldCategory: {corpus.KeyCategory, false},
	query.FieldStatus:   {corpus.KeyStatus, false},
	query.FieldFolder:   {corpus.KeyFolder, true},
	query.FieldTag:      {corpus.KeyTag, false},
}

// condition compiles a field that asks for a fact; ok is false for a field
// that asks for words.
func (c *compiler) condition(m *query.Match) (p *pred, ok bool, err error) {
	if f, is := factFields[m.Field]; is {
		return &pred{doc: docWith(c.view, f.key, func(v string) bool { return factIs(v, m.Text, f.part) || f.part && organIs(v, m.Text) })}, true, nil
	}
	switch m.Field { //nolint:exhaustive // the others ask for words
	case query.FieldDate:
		from, to, err := query.DateRange(m.Text)
		return &pred{doc: docBetween(c.view, from, to)}, true, err
	case query.FieldLang:
		return &pred{para: func(p *Para) bool { return p.Lang == m.Text }}, true, nil
	case query.FieldVoice:
		return &pred{para: func(p *Para) bool { return string(p.Voice) == m.Text }}, true, nil
	case query.FieldTerms, query.FieldAs: // words to the compiler, which has heard them
		return &pred{}, true, nil
	case query.FieldPerson:
		asked := names.NewExpander(m.Text)
		return &pred{doc: docWith(c.view, KeyPerson, func(v string) bool {
			group, _ := PersonOf(v)
			score, _ := asked.Mention(strings.Fields(group))
			return score >= names.Same
		})}, true, nil
	case query.FieldIn:
		return &pred{para: func(p *Para) bool { return string(p.Section) == m.Text }}, true, nil
	}
	return nil, false, nil
}

// factIs compares a value of a fact with what was asked for, after the fold.
func factIs(value, asked string, part bool) bool {
	v, a := foldWords(value), foldWords(asked)
	if part {
		return strings.Contains(v, a)
	}
	return v == a
}

// organIs compares a body or court with a name of it in any language: a
// document has the English one.
func organIs(value, asked string) bool {
	o := corpus.OrganNamed(value)
	return o != nil && slices.ContainsFunc([]string{o.RU, o.KK}, func(name string) bool { return factIs(name, asked, true) })
}

// foldWords is the folded words of a text, joined by blanks.
func foldWords(s string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lang.Fold(w))
	}
	return b.String()
}

// docWith is true for the documents that have a wanted value of a fact. The
// values are compared once, not for each document.
func docWith(v View, key corpus.Key, wanted func(string) bool) func(DocNo) bool {
	column := v.Facet(key)
	ok := make([]bool, len(column.Values))
	for i, value := range column.Values {
		ok[i] = wanted(value)
	}
	return func(d DocNo) bool {
		if int(d) >= len(column.Of) {
			return false
		}
		return slices.ContainsFunc(column.Of[d], func(i uint32) bool { return ok[i] })
	}
}

// docBetween is true for the documents whose date may lie between two dates,
// inclusive. An unknown date lies nowhere.
func docBetween(v View, from, to corpus.Date) func(DocNo) bool {
	lo, _ := from.Days()
	_, hi := to.Days()
	if to == "" {
		hi = 9999_12_31
	}
	return func(d DocNo) bool {
		first, last := v.Days(d)
		return last != 0 && last >= lo && first <= hi
	}
}
