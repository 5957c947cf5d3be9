package indexer

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
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
		tokens, langs := paragraph(p)
		terms := termsOf(tokens, langs)
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
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		paragraph(p)
	}
}
