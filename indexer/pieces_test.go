package indexer

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
)

func TestFieldsOfAParagraph(t *testing.T) {
	for _, tt := range []struct {
		lang string
		role corpus.Role
		text string
		want []search.Field
		why  string
	}{
		{"kk", corpus.RoleBody, "Сот үкімі", []search.Field{search.FieldKK}, ""},
		{"ru", corpus.RoleHeading, "Приговор суда", []search.Field{search.FieldRU}, "headings are searched"},
		{"en", corpus.RoleFootnote, "The judgment", []search.Field{search.FieldEN}, "footnotes are searched"},
		{"und", corpus.RoleBody, "Астана 2023", []search.Field{search.FieldKK, search.FieldRU}, "it may be either"},
		{"", corpus.RoleBody, "Астана", []search.Field{search.FieldKK, search.FieldRU}, "unknown is doubtful"},
		{"und", corpus.RoleBody, "A/HRC/WGAD", []search.Field{search.FieldEN}, "Latin letters"},
		{"fr", corpus.RoleBody, "Le tribunal", []search.Field{search.FieldEN}, "a language that we have no field for"},
		{"ru", corpus.RoleHeader, "Стр. 7", nil, "running heads are not searched"},
		{"ru", corpus.RoleBody, " … ", nil, "no words"},
	} {
		p := &corpus.Paragraph{Lang: tt.lang, Role: tt.role, Text: tt.text}
		tokens, words := new(analyzer).paragraph(p)
		terms := termsOf(words)
		var got []search.Field
		for _, f := range []search.Field{search.FieldKK, search.FieldRU, search.FieldEN} {
			if len(terms[f]) > 0 {
				got = append(got, f)
			}
		}
		if !slices.Equal(got, tt.want) || (len(tokens) > 0) != (len(tt.want) > 0) {
			t.Errorf("%s %s %q goes to %q with %d tokens, want %q: %s", tt.lang, tt.role, tt.text, got, len(tokens), tt.want, tt.why)
		}
	}
}

// TestTermsAreWhatAQueryAsksFor shows that a form's stems, as a query makes
// them, are among the terms of a paragraph that has the form.
func TestTermsAreWhatAQueryAsksFor(t *testing.T) {
	for _, tt := range []struct{ lang, text string }{
		{"kk", "Соттардың үкімдері күшіне енді"},
		{"ru", "Адвокаты обжаловали приговоры по ст. 405(2) УК"},
		{"en", "The courts' judgments in A/HRC/WGAD/2018/67"},
		{"und", "Жаңаөзен соты Human Rights"},
	} {
		tokens, words := new(analyzer).paragraph(&corpus.Paragraph{Lang: tt.lang, Text: tt.text})
		terms := termsOf(words)
		for _, w := range words {
			for _, token := range tokens {
				for _, stem := range lang.Stems(token.Form, w.Lang) {
					if !slices.Contains(terms[fieldsOf[w.Lang]], stem) {
						t.Errorf("%q has no term %q in %s", tt.text, stem, w.Lang)
					}
				}
			}
		}
	}
}

func TestPlainSymbol(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"A/HRC/WGAD/2099/931", "A/HRC/WGAD/2099/931", ""},
		{"a/hrc/wgad/2099/931/Rev.1", "A/HRC/WGAD/2099/931", "a revision is the same work"},
		{"A/HRC/WGAD/2099/931 (E)", "A/HRC/WGAD/2099/931", "the language, as the UN marks it"},
		{"A/HRC/WGAD/2099/931/Rev.2(R)", "A/HRC/WGAD/2099/931", "both"},
		{"A/HRC/WGAD/2099/931-RU", "A/HRC/WGAD/2099/931", "the language, as archives mark it"},
		{"А/НRС/WGAD/2099/931", "A/HRC/WGAD/2099/931", "Cyrillic А, Н and С"},
		{"A/HRC/40/1/Add.2", "A/HRC/40/1/ADD.2", "an addendum is another text"},
		{"P9_TA(2099)0931", "P9_TA(2099)0931", "a number in brackets is no language"},
		{"/Rev.1", "/REV.1", "nothing would be left"},
		{"", "", ""},
	} {
		if got := plainSymbol(tt.in); got != tt.want {
			t.Errorf("plainSymbol(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestGuardSeq(t *testing.T) {
	broken := func() iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			if yield(1, nil) {
				panic("broken")
			}
		}
	}
	var got []string
	for v, err := range guardSeq("op", broken) {
		got = append(got, fmt.Sprint(v, errors.Is(err, corpus.ErrDamaged)))
	}
	if want := []string{"1 false", "0 true"}; !slices.Equal(got, want) {
		t.Errorf("a stream that panics gives %v, want %v", got, want)
	}
	for v := range guardSeq("op", broken) {
		_ = v
		break // the consumer may stop
	}
	defer func() {
		if p := recover(); p != "mine" {
			t.Errorf("the consumer's panic became %v", p)
		}
	}()
	for range guardSeq("op", broken) {
		panic("mine")
	}
}

func TestAheadEndsWithItsConsumer(t *testing.T) {
	produced := 0
	src := func(yield func(int, error) bool) {
		for produced = range 100 {
			if !yield(produced, nil) {
				return
			}
		}
	}
	for v := range ahead(src) {
		if v == 3 {
			break
		}
	}
	if produced > 5 { // no race: ahead waits for its goroutine
		t.Errorf("%d elements were made for four", produced)
	}
}

func BenchmarkAnalyze(b *testing.B) {
	text := strings.Repeat("Адвокаты обжаловали приговор Эталонского районного суда, вынесенный по части второй статьи 405 Уголовного кодекса. ", 8)
	p := &corpus.Paragraph{Lang: "ru", Text: text}
	a := new(analyzer)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		a.paragraph(p)
	}
}

func BenchmarkAssignWorks(b *testing.B) {
	const docs = 10_000
	w := newWorks()
	var order []corpus.ID
	for i := range docs {
		doc := &corpus.Document{ID: corpus.ID(fmt.Sprintf("%064x", i)), TextHash: fmt.Sprintf("%064x", i), Read: corpus.Facts{
			corpus.KeySymbol: {Values: []string{fmt.Sprintf("A/HRC/WGAD/2099/%d", i/3)}},
		}}
		w.set(doc)
		order = append(order, doc.ID)
	}
	for b.Loop() {
		w.assign(order)
	}
}
