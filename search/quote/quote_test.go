package quote_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
	"dalel/search/quote"
)

func sample() *corpus.Text {
	return &corpus.Text{Extractor: "test@1", Paragraphs: []corpus.Paragraph{
		{Ord: 1, Label: "47", Text: "47. The Group notes the delay. It was unableto accept it.", Pages: []corpus.PageSpan{{Page: 8, Label: "7"}}},
		{Ord: 2, Role: corpus.RoleHeader, Text: "A/HRC/WGAD/2022/931"},
		{Ord: 3, Label: "48", Text: "48. Топ г-н Қоңыртауовтың екі түн бойы ұрылғанын анықтады.", Pages: []corpus.PageSpan{{Page: 8, Label: "7"}, {Page: 9, Label: "8", Start: 40}}},
		{Ord: 4, Text: "The Group was unable to say more; the delay was long."},
	}}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, typed, shown string
		first, last        int
		wrong              bool
	}{
		{name: "a whole paragraph", typed: "The Group notes the delay. It was unableto accept it.", shown: "The Group notes the delay. It was unableto accept it.", first: 1, last: 1},
		{name: "some words", typed: "notes the delay", shown: "notes the delay", first: 1, last: 1},
		{name: "an omission", typed: "The Group [...] was unableto accept it.", shown: "The Group […] was unableto accept it.", first: 1, last: 1},
		{name: "an insertion", typed: "The Group notes [with regret] the delay", shown: "The Group notes [with regret] the delay", first: 1, last: 1},
		{name: "a changed letter", typed: "[t]he Group notes", shown: "[t]he Group notes", first: 1, last: 1},
		{name: "sic", typed: "It was unableto [sic] accept it.", shown: "It was unableto [sic] accept it.", first: 1, last: 1},
		{name: "sic at the end", typed: "It was unableto [sic]", shown: "It was unableto [sic]", first: 1, last: 1},
		{name: "across paragraphs and a running head", typed: "It was unableto accept it.\n48. Топ г-н", shown: "It was unableto accept it.\n48. Топ г-н", first: 1, last: 3},
		{name: "across, without the number in the margin", typed: "It was unableto accept it.\nТоп г-н", shown: "It was unableto accept it.\n48. Топ г-н", first: 1, last: 3},
		{name: "across, with words left out", typed: "It was unableto accept it.\nг-н", first: 1, last: 3, wrong: true},
		{name: "across with an omission", typed: "The Group […] Топ г-н", shown: "The Group […] Топ г-н", first: 1, last: 3},
		{name: "emphasis is not shown as asterisks", typed: "The Group *notes* the delay", shown: "The Group notes the delay", first: 1, last: 1},
		{name: "omissions at the ends are no omissions", typed: "[…] notes the delay […]", shown: "notes the delay", first: 1, last: 1},
		{name: "other blanks", typed: "The  Group\nnotes", shown: "The Group notes", first: 1, last: 1},
		{name: "a word that is not there", typed: "The Group notes no delay", first: 1, last: 1, wrong: true},
		{name: "a letter of another alphabet", typed: "Tһe Group", first: 1, last: 1, wrong: true},
		{name: "words left out without a mark", typed: "The Group*the delay*", first: 1, last: 1, wrong: true},
		{name: "nothing", typed: " […] ", first: 1, last: 1, wrong: true},
		{name: "in another order", typed: "the delay […] The Group notes", first: 1, last: 1, wrong: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := sample()
			pieces, err := quote.Parse(tt.typed, text, tt.first, tt.last, 0)
			if tt.wrong {
				if !errors.Is(err, corpus.ErrInvalid) {
					t.Errorf("Parse(%q) = %v, %v; want corpus.ErrInvalid", tt.typed, pieces, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			x, err := quote.Quote{Pieces: pieces}.Resolve(text)
			if err != nil || x.Shown != tt.shown {
				t.Errorf("shown %q, %v; want %q", x.Shown, err, tt.shown)
			}
			again, err := quote.Parse(x.Typed(), text, tt.first, tt.last, 0)
			if err != nil || !reflect.DeepEqual(again, pieces) {
				t.Errorf("%q is read as %v, %v; want %v", x.Typed(), again, err, pieces)
			}
		})
	}
}

// The second of two places is chosen by where the person was.
func TestParseNear(t *testing.T) {
	text := &corpus.Text{Paragraphs: []corpus.Paragraph{{Ord: 1, Text: "the delay, and the delay again"}}}
	pieces, err := quote.Parse("the delay", text, 1, 1, 15)
	if err != nil || pieces[0].Start != 15 {
		t.Errorf("%v, %v", pieces, err)
	}
}

// What a tampered file may hold is refused.
func TestResolveRefuses(t *testing.T) {
	for _, tt := range []struct {
		why    string
		pieces []quote.Piece
	}{
		{"no words", nil},
		{"outside the text", []quote.Piece{{Para: 9, Start: 0, End: 3}}},
		{"outside the paragraph", []quote.Piece{{Para: 1, Start: 0, End: 999}}},
		{"the wrong way round", []quote.Piece{{Para: 1, Start: 5, End: 2}}},
		{"swapped", []quote.Piece{{Para: 1, Start: 10, End: 15}, {Show: " […] "}, {Para: 1, Start: 4, End: 9}}},
		{"a gap without a mark", []quote.Piece{{Para: 1, Start: 4, End: 9}, {Para: 1, Start: 12, End: 15}}},
		{"paragraphs without a mark", []quote.Piece{{Para: 1, Start: 4, End: 9}, {Para: 3, Start: 0, End: 5}}},
		{"words of ours outside brackets", []quote.Piece{{Para: 1, Start: 4, End: 9}, {Show: " not "}, {Para: 1, Start: 9, End: 15}}},
		{"brackets that close early", []quote.Piece{{Para: 1, Start: 4, End: 9}, {Show: "[a] not [b]"}, {Para: 1, Start: 9, End: 15}}},
	} {
		if _, err := (quote.Quote{Pieces: tt.pieces}).Resolve(sample()); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v, want corpus.ErrInvalid", tt.why, err)
		}
	}
}

// FuzzParse checks that whatever is read as a quote shows the document's words
// outside brackets, in their order.
func FuzzParse(f *testing.F) {
	f.Add("The Group […] was [sic] *unableto*")
	f.Add("It was unableto accept it.\n48. Топ")
	f.Fuzz(func(t *testing.T, typed string) {
		text := sample()
		pieces, err := quote.Parse(typed, text, 1, 4, 0)
		if err != nil {
			return
		}
		x, err := quote.Quote{Pieces: pieces}.Resolve(text)
		if err != nil {
			t.Fatalf("%q is read, but not resolved: %v", typed, err)
		}
		for _, r := range x.Runs {
			if r.Ours() && r.Text != "\n" && !strings.HasPrefix(strings.TrimSpace(r.Text), "[") {
				t.Errorf("%q shows %q as ours", typed, r.Text)
			}
			if !r.Ours() && !strings.Contains(text.Paragraphs[r.Para-1].Text, r.Text) {
				t.Errorf("%q quotes %q, which is not there", typed, r.Text)
			}
		}
	})
}

func TestOddities(t *testing.T) {
	text := sample()
	words := "It was unableto accept On8 June the the delay. Поlitics and Mc\u00adDonald"
	var got []string
	for _, o := range quote.Oddities(words, text) {
		got = append(got, words[o.Start:o.End]+"="+string(o.Why))
	}
	want := []string{"unableto=glued", "On8=glued", "the=repeated", "Поlitics=scripts", "\u00ad=sign"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestElsewhere(t *testing.T) {
	text := sample()
	text.Paragraphs[3].Text = "The Group notes the delay. Once more."
	if got := quote.Elsewhere("The Group notes the delay.", 1, text); !slices.Equal(got, []int{4}) {
		t.Errorf("%v", got)
	}
}

func document() *corpus.Document {
	return &corpus.Document{
		ID: corpus.ID(strings.Repeat("ab", 32)), MediaType: "application/pdf", Size: 10,
		Sources: []corpus.Source{{Path: "/home/asel/secret/opinion.pdf", Added: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}},
		Read: corpus.Facts{
			corpus.KeyKind: {Values: []string{"wgad_opinion"}}, corpus.KeyTitle: {Values: []string{"Opinion No. 931/2022 concerning D. K. (Kazakhstan)"}},
			corpus.KeyNumber: {Values: []string{"931/2022"}}, corpus.KeySymbol: {Values: []string{"A/HRC/WGAD/2022/931"}}, corpus.KeyLang: {Values: []string{"en"}},
		},
	}
}

// A card gives the words beside a quote only where nothing was to be left out.
func TestCardContext(t *testing.T) {
	d, text := document(), sample()
	for _, tt := range []struct {
		typed      string
		restricted bool
		context    bool
		why        string
	}{
		{"notes the delay", false, true, "plain words"},
		{"notes the delay", true, false, "a document that is not for publication"},
		{"The Group […] delay", false, false, "the omission may hide a name"},
		{"[t]he Group notes", false, false, "so may an insertion"},
	} {
		pieces, err := quote.Parse(tt.typed, text, 1, 1, 0)
		if err != nil {
			t.Fatal(err)
		}
		x, err := quote.Quote{Doc: d.ID, Text: text.Hash(), Pieces: pieces}.Resolve(text)
		if err != nil {
			t.Fatal(err)
		}
		opt := x.Options(cite.UN, "en", cite.Footnote)
		c, err := cite.Cite(d, x.Place(text, d.Kind()), opt)
		if err != nil {
			t.Fatal(err)
		}
		card := quote.NewCard(x, d, text, c, opt, tt.restricted)
		for _, target := range card.Target {
			s := target.Selector[1]
			if got := s.Prefix != "" || s.Suffix != ""; got != tt.context {
				t.Errorf("%q: prefix %q, suffix %q: %s", tt.typed, s.Prefix, s.Suffix, tt.why)
			}
		}
		if len(card.Target) > 1 && card.Fragment() != "" {
			t.Errorf("%q: fragment %q", tt.typed, card.Fragment())
		}
		if b, err := quote.MarshalCards(quote.NewCards("", "", []quote.Card{card})); err != nil || strings.Contains(string(b), "asel") || strings.ContainsAny(string(b), "<>&") {
			t.Errorf("%s, %v: a path, or markup", b, err)
		}
	}
}

// Positions are code points of the whole text.
func TestCardPositions(t *testing.T) {
	d, text := document(), sample()
	pieces, err := quote.Parse("Қоңыртауовтың", text, 3, 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	x, err := quote.Quote{Doc: d.ID, Pieces: pieces}.Resolve(text)
	if err != nil {
		t.Fatal(err)
	}
	card := quote.NewCard(x, d, text, cite.Citation{}, cite.Options{}, false)
	var whole strings.Builder
	if _, err := text.WriteTo(&whole); err != nil {
		t.Fatal(err)
	}
	runes := []rune(whole.String())
	sel := card.Target[0].Selector
	if got := string(runes[*sel[0].Start:*sel[0].End]); got != "Қоңыртауовтың" || sel[1].Exact != got {
		t.Errorf("%q at %d to %d", got, *sel[0].Start, *sel[0].End)
	}
	if card.Target[0].Page != 8 || card.Place.Label != "48" {
		t.Errorf("%+v", card.Target[0])
	}
}

// memory is Files in memory.
type memory map[string][]byte

func (m memory) UserFile(_ context.Context, name string) ([]byte, error) { return m[name], nil }

func (m memory) UserFiles(_ context.Context, dir string) ([]string, error) {
	var out []string
	for name := range m {
		if strings.HasPrefix(name, dir+"/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (m memory) UpdateUserFile(_ context.Context, name string, change func([]byte) ([]byte, error)) error {
	b, err := change(m[name])
	if err != nil {
		return err
	}
	if m[name] = b; b == nil {
		delete(m, name)
	}
	return nil
}

func TestBriefs(t *testing.T) {
	ctx, files := t.Context(), memory{}
	b := quote.Briefs{Files: files}
	name := "Жалоба Қ/1: ч. 2"
	if err := b.New(ctx, quote.Brief{Name: name, Style: cite.KZ}); err != nil {
		t.Fatal(err)
	}
	if err := b.New(ctx, quote.Brief{Name: name}); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("a second brief of the name: %v", err)
	}
	doc := document().ID
	err := b.Change(ctx, name, func(one *quote.Brief) error {
		one.Add(quote.Item{Heading: "Пытки"})
		one.Add(quote.Item{Quote: &quote.Quote{Doc: doc, Pieces: []quote.Piece{{Para: 1, End: 3}}}, Note: "ask her"})
		one.Add(quote.Item{Words: "Own words."})
		return one.Move(3, 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	one, err := b.Load(ctx, name)
	if err != nil || one.Items[0].Words != "Own words." || one.Items[2].No != 2 || one.Quotes() != 1 {
		t.Fatalf("%+v, %v", one, err)
	}
	touched, err := b.Forget(ctx, doc)
	if err != nil || !slices.Equal(touched, []string{name}) {
		t.Errorf("touched %v, %v", touched, err)
	}
	for file, in := range files {
		if strings.Contains(string(in), string(doc)) || strings.Contains(string(in), "ask her") {
			t.Errorf("%s still tells of the removed document: %s", file, in)
		}
	}
	if names, err := b.List(ctx); err != nil || !slices.Equal(names, []string{name}) {
		t.Errorf("%v, %v", names, err)
	}
	if err := b.Remove(ctx, name); err != nil || len(files) != 0 {
		t.Errorf("%v, %v", files, err)
	}
	if _, err := b.Load(ctx, name); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("a brief that is gone: %v", err)
	}
}

// No name of a brief leaves the folder, or is the file of another.
func FuzzFileNames(f *testing.F) {
	for _, s := range []string{"../x", "a/b", "A", "..", "CON", "a%2Fb", "қ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		files := memory{}
		if err := (quote.Briefs{Files: files}).New(t.Context(), quote.Brief{Name: name}); err != nil {
			return
		}
		for file := range files {
			rest := strings.TrimSuffix(strings.TrimPrefix(file, "briefs/"), ".json")
			if strings.ContainsAny(rest, "/\\:.\x00") || !utf8.ValidString(rest) || rest == "" {
				t.Errorf("%q is kept in %q", name, file)
			}
		}
	})
}
