package works_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/works"
)

// text makes a text of paragraphs, in a language. A paragraph that begins with
// a number and a full stop has it as its label.
func text(lang string, paras ...string) *corpus.Text {
	t := &corpus.Text{}
	for i, p := range paras {
		para := corpus.Paragraph{Ord: i + 1, Role: corpus.RoleBody, Lang: lang, Text: p}
		if label, _, ok := strings.Cut(p, ". "); ok && strings.Trim(label, "0123456789") == "" {
			para.Label = label
		}
		t.Paragraphs = append(t.Paragraphs, para)
	}
	return t
}

// essay makes paragraphs of words that no other essay has, of different
// lengths; every third has a number.
func essay(lang, word string, n int) *corpus.Text {
	var paras []string
	for i := range n {
		words := make([]string, 8+(i*7)%23)
		for k := range words {
			words[k] = fmt.Sprintf("%s%c%c", word, 'a'+(i*5+k)%26, 'a'+(k*3+i)%26)
		}
		if i%3 == 0 {
			words[2] = strconv.Itoa(1900 + i*7)
		}
		paras = append(paras, fmt.Sprintf("%d. %s.", i+1, strings.Join(words, " ")))
	}
	return text(lang, paras...)
}

// doc makes a document with an ID that begins with a letter, and facts.
func doc(id string, t *corpus.Text, facts ...string) *corpus.Document {
	d := &corpus.Document{ID: corpus.ID(id + strings.Repeat("0", 64-len(id))), TextHash: t.Hash(), Text: t, Read: corpus.Facts{}}
	for _, f := range facts {
		k, v, _ := strings.Cut(f, "=")
		d.Read[corpus.Key(k)] = corpus.Fact{Values: strings.Split(v, "|")}
	}
	return d
}

// group returns the works of documents, as the first letters of their IDs.
func group(docs ...*corpus.Document) string {
	g := works.NewGroups()
	var order []corpus.ID
	for _, d := range docs {
		g.Set(d, works.NewPrint(d.Text))
		order = append(order, d.ID)
	}
	byWork := map[string]string{}
	for id, w := range g.Assign(order) {
		byWork[w] += string(id[:1])
	}
	var out []string
	for _, letters := range byWork {
		l := strings.Split(letters, "")
		slices.Sort(l)
		out = append(out, strings.Join(l, ""))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// changed returns a text with some paragraphs of it replaced.
func changed(t *corpus.Text, every int, word string) *corpus.Text {
	out := &corpus.Text{Paragraphs: slices.Clone(t.Paragraphs)}
	other := essay(t.Paragraphs[0].Lang, word, len(t.Paragraphs))
	for i := 0; i < len(out.Paragraphs); i += every {
		out.Paragraphs[i].Text = other.Paragraphs[i].Text
	}
	return out
}

func TestWorks(t *testing.T) {
	en, ru, other := essay("en", "abc", 30), essay("ru", "щук", 30), essay("en", "xyz", 30)
	short := func(lang, word string) *corpus.Text {
		return text(lang, "SPECIMEN "+word, "1. "+word+" "+word+" 2014", "2. "+word, "3. "+word+" "+word+" "+word)
	}
	for _, tt := range []struct {
		why  string
		docs []*corpus.Document
		want string
	}{
		{"the same text", []*corpus.Document{doc("a", en), doc("b", en)}, "ab"},
		{"empty texts are nobody's copies", []*corpus.Document{doc("a", text("en")), doc("b", text("en"))}, "a b"},
		{"a mirror with other words in every tenth paragraph", []*corpus.Document{doc("a", en, "kind=news", "date=2021-11-25"), doc("b", changed(en, 10, "mno"), "kind=news", "date=2021-11-26")}, "ab"},
		{"half of the text is not enough", []*corpus.Document{doc("a", en), doc("b", changed(en, 2, "mno"))}, "a b"},
		{"other numbers keep like texts apart", []*corpus.Document{doc("a", en, "kind=wgad_opinion", "number=931/2022"), doc("b", changed(en, 10, "mno"), "kind=wgad_opinion", "number=932/2022")}, "a b"},
		{"editions of a law are not one text", []*corpus.Document{doc("a", en, "kind=statute", "date=2014-07-03"), doc("b", changed(en, 10, "mno"), "kind=statute", "date=2020-06-26")}, "a b"},
		{"advance and final have one symbol", []*corpus.Document{doc("a", en, "kind=wgad_opinion", "symbol=A/HRC/WGAD/2022/931"), doc("b", other, "kind=wgad_opinion", "symbol=A/HRC/WGAD/2022/931/Rev.1")}, "ab"},
		{"the number of an opinion is its symbol", []*corpus.Document{doc("a", en, "kind=wgad_opinion", "symbol=A/HRC/WGAD/2022/931"), doc("b", ru, "kind=wgad_opinion", "number=931/2022")}, "ab"},
		{"views with and without the session", []*corpus.Document{doc("a", en, "kind=views", "symbol=CCPR/C/130/D/9931/2021"), doc("b", ru, "kind=views", "number=9931/2021")}, "ab"},
		{"provisional and final reference of an adopted text", []*corpus.Document{doc("a", en, "kind=resolution", "number=P9_TA-PROV(2023)0931"), doc("b", other, "kind=resolution", "number=P9_TA(2023)0931")}, "ab"},
		{"a motion and what was adopted", []*corpus.Document{doc("a", en, "kind=motion", "number=B9-9931/2023", "case=2023/9931(RSP)"), doc("b", other, "kind=resolution", "number=P9_TA(2023)0931", "case=2023/9931(RSP)")}, "ab"},
		{"two motions are two texts", []*corpus.Document{doc("a", en, "kind=motion", "number=B9-9931/2023", "case=2023/9931(RSP)"), doc("b", other, "kind=motion", "number=B9-9932/2023", "case=2023/9931(RSP)")}, "a b"},
		{"a verdict and its translation have one case number and day", []*corpus.Document{doc("a", en, "kind=verdict", "number=9999-21-00-1/931", "date=2021-11-25", "court=A"), doc("b", other, "kind=verdict", "number=9999-21-00-1/931", "date=2021-11-25", "court=Б")}, "ab"},
		{"verdict and ruling of one case are two", []*corpus.Document{doc("a", en, "kind=verdict", "number=9999-21-00-1/931", "date=2021-11-25"), doc("b", other, "kind=ruling", "number=9999-21-00-1/931", "date=2022-02-17")}, "a b"},
		{"acts of one number and day by two authorities, whose texts differ", []*corpus.Document{doc("a", en, "kind=regulation", "number=315", "date=2012-09-03", "body=A"), doc("b", other, "kind=regulation", "number=315", "date=2012-09-03", "body=B")}, "a b"},
		{"a resolution of the Supreme Court in both languages", []*corpus.Document{doc("a", en, "kind=normative_resolution", "number=933", "date=2024-11-28", "court=Верховный Суд Республики Казахстан"), doc("b", ru, "kind=normative_resolution", "number=933", "date=2024-11-28", "court=Қазақстан Республикасының Жоғарғы Соты")}, "ab"},
		{"a translation without any number of its own", []*corpus.Document{doc("a", en), doc("b", ru)}, "ab"},
		{"another text of the same length is none", []*corpus.Document{doc("a", ru), doc("b", renumbered(en))}, "a b"},
		{"a short translation, all of whose numbers agree", []*corpus.Document{doc("a", short("ru", "щука")), doc("b", short("kk", "шортан"))}, "ab"},
		{"works that share a version are one", []*corpus.Document{doc("a", en, "symbol=A/HRC/99/1"), doc("b", other, "symbol=A/HRC/99/2"), doc("c", en, "symbol=A/HRC/99/2")}, "abc"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := group(tt.docs...); got != tt.want {
				t.Errorf("works are %q, want %q", got, tt.want)
			}
		})
	}
}

// renumbered returns a text with other numbers in its paragraphs.
func renumbered(t *corpus.Text) *corpus.Text {
	out := &corpus.Text{Paragraphs: slices.Clone(t.Paragraphs)}
	for i := range out.Paragraphs {
		out.Paragraphs[i].Text = strings.NewReplacer("19", "27", "20", "31").Replace(out.Paragraphs[i].Text)
	}
	return out
}

func TestGroupsFollowChanges(t *testing.T) {
	g := works.NewGroups()
	a, b := doc("a", essay("en", "abc", 30), "symbol=A/HRC/99/1"), doc("b", essay("en", "xyz", 30), "symbol=A/HRC/99/1")
	for _, d := range []*corpus.Document{a, b} {
		g.Set(d, works.NewPrint(d.Text))
	}
	if w := g.Assign([]corpus.ID{a.ID, b.ID}); w[b.ID] != string(a.ID) {
		t.Errorf("b is of %.8s, want a", w[b.ID])
	}
	b.Corrected = corpus.Facts{corpus.KeySymbol: {Values: []string{"A/HRC/99/2"}}}
	g.Set(b, nil)
	if w := g.Assign([]corpus.ID{a.ID, b.ID}); w[b.ID] != string(b.ID) {
		t.Errorf("after its symbol was corrected, b is of %.8s, want itself", w[b.ID])
	}
	if g.Print(b.ID) == nil {
		t.Error("a correction loses the print of a text")
	}
	g.Assign([]corpus.ID{b.ID})
	if g.Print(a.ID) != nil {
		t.Error("a removed document is remembered")
	}
}

func TestAlign(t *testing.T) {
	advance := text("en", "Opinion", "1. The first paragraph speaks of the Group.", "2. The second paragraph names the source.", "3. The third one is about the Government.")
	final := text("en", "Opinion", "1. The first paragraph speaks of the Group.", "2. A paragraph that came late, about a reply.", "3. The second paragraph names the source.", "4. The third one is about the Government.")
	russian := text("ru", "Мнение", "1. Первый пункт говорит о Группе подробно.", "2. Пункт, который пришёл поздно, об ответе.", "3. Второй пункт называет источник сведений.", "4. Третий говорит о Правительстве страны.")
	for _, tt := range []struct {
		why  string
		a, b *corpus.Text
		want []works.Row
	}{
		{"numbers shifted by one", advance, final, []works.Row{{1, 1}, {2, 2}, {0, 3}, {3, 4}, {4, 5}}},
		{"a translation by its numbers", final, russian, []works.Row{{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}}},
		{"nothing on one side", advance, &corpus.Text{}, []works.Row{{1, 0}, {2, 0}, {3, 0}, {4, 0}}},
	} {
		if got := works.Align(tt.a, tt.b); !slices.Equal(got, tt.want) {
			t.Errorf("%s: rows %v, want %v", tt.why, got, tt.want)
		}
	}
}

func TestVersionToShow(t *testing.T) {
	x := essay("en", "abc", 3)
	docs := map[string]*corpus.Document{
		"advance en":    doc("1", x, "kind=wgad_opinion", "lang=en", "status=advance"),
		"final en":      doc("2", x, "kind=wgad_opinion", "lang=en"),
		"final ru":      doc("3", x, "kind=wgad_opinion", "lang=ru", "original=en"),
		"unofficial ru": doc("4", x, "kind=wgad_opinion", "lang=ru", "original=en", "official=no"),
		"motion":        doc("5", x, "kind=motion", "lang=en"),
		"adopted":       doc("6", x, "kind=resolution", "lang=en"),
	}
	for _, tt := range []struct{ reader, want string }{
		{"en", "final en, final ru, unofficial ru, advance en"},
		{"ru", "final ru, unofficial ru, final en, advance en"},
		{"kk", "final en, final ru, unofficial ru, advance en"},
	} {
		names := []string{"advance en", "final en", "final ru", "unofficial ru"}
		slices.SortFunc(names, func(a, b string) int { return works.Compare(docs[a], docs[b], tt.reader) })
		if got := strings.Join(names, ", "); got != tt.want {
			t.Errorf("a reader of %s is shown %s, want %s", tt.reader, got, tt.want)
		}
	}
	if works.Compare(docs["motion"], docs["adopted"], "en") < 0 {
		t.Error("the motion is shown before what was adopted")
	}
	for _, tt := range []struct {
		version, shown string
		want           works.Difference
	}{
		{"advance en", "final en", works.Advance},
		{"final en", "advance en", works.Final},
		{"final ru", "final en", works.Translation},
		{"final en", "final ru", works.Original},
		{"motion", "adopted", works.Draft},
		{"adopted", "motion", works.Adopted},
		{"final en", "final en", works.Copy},
	} {
		if got := works.Differ(docs[tt.version], docs[tt.shown]); got != tt.want {
			t.Errorf("%s beside %s is %q, want %q", tt.version, tt.shown, got, tt.want)
		}
	}
}

// FuzzAlign checks that every paragraph of both versions stands in one row, in
// order.
func FuzzAlign(f *testing.F) {
	f.Add("1. a b\n2. c", "1. a b\n\n2. x\n3. c")
	f.Add("", "x\ny")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := text("en", strings.Split(a, "\n")...), text("ru", strings.Split(b, "\n")...)
		nextA, nextB := 1, 1
		for _, r := range works.Align(x, y) {
			if r.A != 0 && r.A != nextA || r.B != 0 && r.B != nextB || r.A == 0 && r.B == 0 {
				t.Fatalf("row %+v where %d and %d come next", r, nextA, nextB)
			}
			nextA, nextB = nextA+min(r.A, 1), nextB+min(r.B, 1)
		}
		if nextA != len(x.Paragraphs)+1 || nextB != len(y.Paragraphs)+1 {
			t.Errorf("%d and %d paragraphs stand in rows, want %d and %d", nextA-1, nextB-1, len(x.Paragraphs), len(y.Paragraphs))
		}
	})
}

// BenchmarkPrint makes the print of a text of 600 paragraphs.
func BenchmarkPrint(b *testing.B) {
	t := essay("en", "abc", 600)
	size := 0
	for i := range t.Paragraphs {
		size += len(t.Paragraphs[i].Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		works.NewPrint(t)
	}
}

// BenchmarkLoad takes in a library of 3,000 documents.
func BenchmarkLoad(b *testing.B) {
	docs := make([]*corpus.Document, 3000)
	prints := make([]*works.Print, len(docs))
	for i := range docs {
		docs[i] = doc(fmt.Sprintf("%06x", i), essay("en", fmt.Sprintf("w%dx", i), 40))
		prints[i] = works.NewPrint(docs[i].Text)
	}
	for b.Loop() {
		g := works.NewGroups()
		for i := range docs {
			g.Set(docs[i], prints[i])
		}
	}
}

// BenchmarkSet takes a document into a library of 2,000.
func BenchmarkSet(b *testing.B) {
	g := works.NewGroups()
	for i := range 2000 {
		d := doc(fmt.Sprintf("%06x", i), essay("en", fmt.Sprintf("w%dx", i), 40))
		g.Set(d, works.NewPrint(d.Text))
	}
	d := doc("f", essay("en", "w7x", 40))
	p := works.NewPrint(d.Text)
	for b.Loop() {
		g.Set(d, p)
	}
}

// A print does not change with capitals, with the way a letter is encoded, with
// punctuation around words or with how the lines are broken.
func TestPrintsAreOfFoldedWords(t *testing.T) {
	plain := strings.Repeat("жылғы 12 мамырда сот отырысында айыпталушы мен қорғаушының өтінішін бас тартып қалдырды ещё раз й ", 5)
	want := works.NewPrint(text("kk", plain))
	for _, tt := range []struct{ text, why string }{
		{strings.ToUpper(plain), "capitals"},
		{strings.ReplaceAll(plain, "і", "i"), "Latin i in Kazakh words"},
		{strings.ReplaceAll(plain, "й", "и\u0306"), "a letter in two runes"},
		{strings.ReplaceAll(plain, "ё", "е"), "ё written е"},
		{strings.ReplaceAll(plain, " сот ", " «сот», "), "punctuation around a word"},
		{strings.ReplaceAll(plain, " сот", "\n\u00a0 сот"), "line ends and unbreakable spaces"},
	} {
		got := works.NewPrint(text("kk", tt.text))
		if !slices.Equal(got.Mins, want.Mins) || got.Words != want.Words || got.Marks[0].Numbers != want.Marks[0].Numbers {
			t.Errorf("%s: another print, of %d words; want %d", tt.why, got.Words, want.Words)
		}
	}
	if got := works.NewPrint(text("kk", strings.ReplaceAll(plain, "12", "13"))); slices.Equal(got.Mins, want.Mins) || got.Marks[0].Numbers == want.Marks[0].Numbers {
		t.Error("another day has the same print")
	}
}
