package ui_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/works"
	"dalel/search"
	"dalel/search/query"
)

// translated is the opinion with its Russian translation and a motion that is
// no version of it.
func translated() (f *fake, of, other corpus.ID) {
	f = specimens()
	ru := *f.docs[0]
	ru.ID = id(7)
	ru.Read = corpus.Facts{
		corpus.KeyKind: fact(corpus.FromText, 1, "wgad_opinion"), corpus.KeyTitle: fact(corpus.FromText, 1, "Мнение № 931/2022"),
		corpus.KeyLang: fact(corpus.FromText, 0, "ru"), corpus.KeyOriginal: fact(corpus.FromText, 0, "en"), corpus.KeyOfficial: fact(corpus.FromText, 0, "no"),
	}
	ru.Text = text(0,
		corpus.Paragraph{Role: corpus.RoleHeading, Lang: "ru", Text: "Мнение № 931/2022 в отношении Даулетияра Коныртауова (Казахстан)"},
		corpus.Paragraph{Lang: "ru", Text: "1. Рабочая группа по произвольным задержаниям учреждена резолюцией 1991/42 Комиссии по правам человека. ОБРАЗЕЦ: все лица и дела вымышлены."})
	f.docs = append(f.docs, &ru)
	of, other = f.docs[0].ID, ru.ID
	f.versions = map[corpus.ID][]search.Version{of: {{Doc: facts(&ru), Hits: 1, Is: works.Translation}}, other: {{Doc: facts(f.docs[0]), Is: works.Original}}}
	return f, of, other
}

// A page says which version it shows, and leads to the others.
func TestVersionsAreTold(t *testing.T) {
	f, of, other := translated()
	s := server(t, f)
	n := page(t, s, "/doc/"+string(of), http.StatusOK)
	if got, want := one(t, n, ".titlepage .versions"), "Shown: English. Also: unofficial translation, Russian (side by side)"; got != want {
		t.Errorf("document says %q, want %q", got, want)
	}
	n = page(t, s, "/doc/"+string(other), http.StatusOK)
	if got, want := one(t, n, ".titlepage .versions"), "Shown: unofficial translation, Russian. Also: original, English (side by side)"; got != want {
		t.Errorf("translation says %q, want %q", got, want)
	}
	hit := f.docs[0].Text.Paragraphs[1]
	f.answer = &search.Result{Hits: 2, Docs: 2, Works: 1, Groups: []search.Group{{Doc: facts(f.docs[0]), Hits: 1, Best: []search.Hit{{Doc: facts(f.docs[0]), Para: hit}}, Versions: f.versions[of]}}}
	n = page(t, s, "/search?q=arbitrary", http.StatusOK)
	if got, want := one(t, n, ".work .versions"), "Shown: English. Also: unofficial translation, Russian (1 passage)"; got != want {
		t.Errorf("search says %q, want %q", got, want)
	}
	if r := f.asked[len(f.asked)-1]; r.Reader != "en" {
		t.Errorf("the search was asked for the reader of %q, want en: the page is in English", r.Reader)
	}
}

// Opposite paragraphs of two versions stand in one row, and all of both stand
// somewhere.
func TestVersionsSideBySide(t *testing.T) {
	f, of, other := translated()
	n := page(t, server(t, f), "/doc/"+string(of)+"/beside/"+string(other), http.StatusOK)
	found := false
	for _, row := range all(n, "tbody tr") {
		cells := words(row, "td")
		if len(cells) != 2 {
			t.Fatalf("a row of %d cells", len(cells))
		}
		if strings.Contains(cells[0], "1991/42") {
			found = strings.Contains(cells[1], "резолюцией 1991/42")
		}
	}
	if !found {
		t.Error("paragraph 1 does not stand beside its translation")
	}
	if got := len(all(n, "td.missing")); got == 0 {
		t.Error("paragraphs without an opposite are not told")
	}
	langs := []string{}
	for _, cell := range all(n, "td[lang]") {
		if l := attr(cell, "lang"); !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	if !slices.Equal(langs, []string{"en", "ru"}) {
		t.Errorf("languages of cells %q, want en and ru", langs)
	}
	if w := get(t, server(t, f), "/doc/"+string(of)+"/beside/ffffffff"); w.Code != http.StatusNotFound {
		t.Errorf("beside nothing: status %d", w.Code)
	}
}

// A search that finds nothing tells what its marks hide, with the way there.
func TestWhatMarksHideIsTold(t *testing.T) {
	f := specimens()
	f.answer = &search.Result{Outside: &search.Outside{Fields: []query.Field{query.FieldIn, query.FieldVoice}, Query: "пытки", Hits: 3, Works: 2}}
	n := page(t, server(t, f), "/search?q="+"%D0%BF%D1%8B%D1%82%D0%BA%D0%B8+in:operative&voice=court&kind=verdict", http.StatusOK)
	if got, want := one(t, n, ".zero .offer"), "Without the mark “Part of the document, Who is speaking”: 3 passages"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if got, want := attr(all(n, ".zero .offer a")[0], "href"), "/search?q=%D0%BF%D1%8B%D1%82%D0%BA%D0%B8&kind=verdict"; got != want {
		t.Errorf("leads to %s, want %s: the other filters stay", got, want)
	}
}

// A passage that a program read from an image says so.
func TestPassagesFromImagesAreTold(t *testing.T) {
	f := specimens()
	p := f.docs[0].Text.Paragraphs[4]
	p.Pages = []corpus.PageSpan{{Page: 2, Seen: true}}
	f.answer = &search.Result{Hits: 1, Docs: 1, Works: 1, Groups: []search.Group{{Doc: facts(f.docs[0]), Hits: 1, Best: []search.Hit{{Doc: facts(f.docs[0]), Para: p}}}}}
	n := page(t, server(t, f), "/search?q=source", http.StatusOK)
	if got := one(t, n, ".passage .who .seen"); got != "read from an image" {
		t.Errorf("says %q", got)
	}
}
