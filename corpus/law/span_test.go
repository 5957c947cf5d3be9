package law

import (
	"slices"
	"strings"
	"testing"
)

// standAround are words that a member of a list, or a word such as "the
// Covenant", shares with others and that stand outside its own span.
var standAround = [][2]string{
	{},
	{"ст. "},
	{"Article "},
	{"№ "},
	{"application no. "},
	{"п. "},
	{"rule "},
	{"ч. "},
	{"article 1 of the "},
	{"статья 1 "},
	{"", "-бабы"},
	{"", " бабы"},
	{"opinion No. "},
	{"communication No. "},
	{"", " Генеральной Ассамблеи"},
}

// readsAgain reports whether the text of a span is read as the same reference,
// with what the text around it has told.
func readsAgain(text string, r Ref) bool {
	var told Memory
	Find(text, Context{Memory: &told})
	for _, around := range standAround {
		again := Find(around[0]+text[r.Start:r.End]+around[1], Context{Memory: &told})
		if slices.ContainsFunc(again, func(c Ref) bool { return sameReference(c, r) }) {
			return true
		}
	}
	return false
}

// sameReference leaves out what only the words around can tell: the act of an
// article whose act stands elsewhere, and with it whether "(2)" is a part or a
// point; the committee of a communication or a general comment.
func sameReference(a, b Ref) bool {
	switch b.Kind {
	case Document:
		mark := "/D/"
		if strings.Contains(b.ID, "/GC/") {
			mark = "/GC/"
		}
		return a.Kind == Document && afterLast(a.ID, mark) == afterLast(b.ID, mark)
	case Instrument:
		return a.Instrument == b.Instrument
	case Statute:
	}
	return a.Article == b.Article && slices.Equal(numbersIn(a), numbersIn(b))
}

func afterLast(s, mark string) string { return s[strings.LastIndex(s, mark)+1:] }

func numbersIn(r Ref) []string {
	return slices.DeleteFunc([]string{r.Part, r.Paragraph, r.Point, r.Subpoint}, func(n string) bool { return n == "" })
}

func TestSpansEndWhereTheReferenceEnds(t *testing.T) {
	for _, tt := range []struct{ text, want, why string }{
		{"(Мнение № 931/2022, п. 48)", "Мнение № 931/2022, п. 48", "the bracket was opened before the reference"},
		{"согласно подпункту 4) пункта 2 статьи 9 Закона «Об адвокатской деятельности и юридической помощи» (далее)", "подпункту 4) пункта 2 статьи 9 Закона «Об адвокатской деятельности и юридической помощи»", "the bracket of a number stays"},
		{"Article 405 (2)", "Article 405 (2)", "brackets of its own stay"},
		{"(see article 405 (2))", "article 405 (2)", "one of its own, one not"},
		{"ҚК 256–258-баптары", "ҚК 256|256–258|258-баптары", "a number within a range stands in the range"},
		{"ст. 256-258 УК РК", "ст. 256|256-258|258 УК РК", "in Russian"},
		{"по ст. 34-104 УК", "ст. 34|ст. 34-104 УК", "the two of an attempt pair"},
		{"Федерального закона от 4 мая 2011 г. № 99-ФЗ", "Федерального закона от 4 мая 2011 г. № 99-ФЗ", "the law begins with its adjective"},
		{"General Assembly resolution 60/147", "General Assembly resolution 60/147", "the body is part of the name"},
		{"осы баптың 2-тармағы", "осы баптың 2-тармағы", "this article"},
	} {
		var got []string
		for _, r := range Find(tt.text, Context{}) {
			got = append(got, tt.text[r.Start:r.End])
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("%q\n got %s\nwant %s: %s", tt.text, s, tt.want, tt.why)
		}
	}
}
