package search

import (
	"context"
	"errors"
	"iter"
	"testing"

	"dalel/corpus"
)

// broken is a library that panics at a call, as code that reads damaged files
// may. It counts the views that were not released.
type broken struct {
	*fake
	at   string
	held int
}

func (b *broken) panicAt(call string) {
	if b.at == call {
		panic("assignment to entry in nil map")
	}
}

func (b *broken) View() View { b.held++; return b }
func (b *broken) Release()   { b.held-- }

func (b *broken) Candidates(ctx context.Context, p Plan) iter.Seq2[Candidate, error] {
	return func(yield func(Candidate, error) bool) {
		b.fake.Candidates(ctx, p)(func(c Candidate, err error) bool {
			more := yield(c, err)
			b.panicAt("Candidates")
			return more
		})
	}
}

func (b *broken) Tokens(p ParaNo, only FormProbe, dst []Token, enough func([]Token) bool) ([]Token, error) {
	b.panicAt("Tokens")
	return b.fake.Tokens(p, only, dst, enough)
}

func (b *broken) Paragraph(p ParaNo) (corpus.Paragraph, error) {
	b.panicAt("Paragraph")
	return b.fake.Paragraph(p)
}

func (b *broken) Facet(k corpus.Key) FacetColumn {
	b.panicAt("Facet")
	return b.fake.Facet(k)
}

func (b *broken) Doc(d DocNo) *corpus.Document {
	b.panicAt("Doc")
	return b.fake.Doc(d)
}

// A panic below a search is the error of that search, which lets go of what it
// held. The next one is answered.
func TestAPanicIsAnError(t *testing.T) {
	b := &broken{fake: newFake(&corpus.Document{ID: "a", Text: &corpus.Text{Paragraphs: []corpus.Paragraph{
		{Text: "Суд приговорил Марата Жыланбаева по статье 405 УК РК."}, {Text: "Адвокат Марата Жыланбаева возражал в суде."},
	}}})}
	e := b.engine()
	e.Index, e.Forward = b, b
	ask := func() error {
		_, err := e.Search(t.Context(), Request{Query: `"адвокат марата"`, Limit: 10, Facets: true})
		return err
	}
	for _, tt := range []struct {
		at   string
		what string
		ask  func() error
	}{
		{"Candidates", "Search", ask},
		{"Tokens", "Search", ask},
		{"Paragraph", "Search", ask},
		{"Facet", "Search", ask},
		{"Doc", "Search", ask},
		{"Candidates", "Person", func() error { _, err := e.Person(t.Context(), "Жыланбаев", Filter{}); return err }},
		{"Candidates", "Article", func() error { _, err := e.Article(t.Context(), "KZ-UK/405", Filter{}); return err }},
		{"Facet", "Links", func() error { _, err := e.Links(t.Context(), "a"); return err }},
	} {
		b.at = tt.at
		if err := tt.ask(); !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("%s, where %s panics: %v, want corpus.ErrDamaged", tt.what, tt.at, err)
		}
		if b.held != 0 {
			t.Errorf("%s, where %s panics: %d views are held", tt.what, tt.at, b.held)
		}
		b.at, b.held = "", 0
		if err := tt.ask(); err != nil {
			t.Errorf("%s after a panic: %v", tt.what, err)
		}
	}
}
