package search

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
)

// specimens is a library of invented texts, SPECIMEN all.
func specimens() *fake {
	under := func(ord int, text string) corpus.Paragraph {
		return corpus.Paragraph{Text: text, Role: corpus.RoleBody, Under: ord}
	}
	return newFake(
		doc("a-verdict", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyDate: "2021-05-14", corpus.KeyCourt: "Алматинский городской суд"},
			para("Суд установил, что задержанный содержался под стражей."),
			para("Адвокат заявил о пытках в СИЗО. Арест был незаконным."),
			para("Мирное собрание не было согласовано; штраф уплачен."),
			corpus.Paragraph{Text: "Пытки", Role: corpus.RoleHeading}),
		doc("b-submission", map[corpus.Key]string{corpus.KeyKind: "submission", corpus.KeyDate: "2023", corpus.KeyLang: "en"},
			para("2.7. The following activists were convicted:"),
			under(1, "Dauletiyar Konyrtauov, under Article 405(2), for a repost;"),
			under(1, "a journalist, whose bank account was blocked."),
			para("Torture was reported in the detention centre."),
			para("On8 June theformer leader was unableto attend."),
			para("It was possible. It was impossible. A direct or indirect inpossible.")),
		doc("c-ruling", map[corpus.Key]string{corpus.KeyKind: "ruling", corpus.KeyDate: "2022-03"},
			para("Сот азаптау арқылы алынған дәлелдемелерді жарамсыз деп таныды."),
			para("Адвокаттың шағымы қанағаттандырылды."),
			para("931 2022")),
		doc("d-copy", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyDate: "2021-05-14"},
			para("Адвокат прибыл поздно."),
			para("О мирных собраниях и о пытках сказано отдельно."),
			para("Мнение № 931/2022.")),
	)
}

// places prints the passages of an answer as "doc#ord".
func places(res *Result) string {
	var out []string
	for _, h := range res.Passages {
		out = append(out, fmt.Sprintf("%s#%d", h.Doc.ID, h.Para.Ord))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestSearchFindsWhatTheQuerySays(t *testing.T) {
	for _, tt := range []struct{ query, want, why string }{
		{"пытки terms:off", "a-verdict#2 a-verdict#4 d-copy#2", "any form of the word, headings too"},
		{"пытки", "a-verdict#2 a-verdict#4 b-submission#4 c-ruling#1 d-copy#2", "a legal term finds its English and Kazakh names"},
		{"=пытки", "a-verdict#4", "an exact word is no term"},
		{"адвокат арест", "a-verdict#2", "both words in one paragraph"},
		{"адвокат пытки", "a-verdict#2", "d-copy has them apart"},
		{"собрание OR арест", "a-verdict#2 a-verdict#3 d-copy#2", "either"},
		{"собрание -штраф", "d-copy#2", "without"},
		{`"мирное собрание"`, "a-verdict#3", "these forms in this order; мирных собраний is another form"},
		{"мирное собрание", "a-verdict#3 d-copy#2", "any forms"},
		{"собр*", "a-verdict#3 d-copy#2", "wildcard over exact forms"},
		{"шт?аф*", "a-verdict#3", "both wildcards in one word"},
		{"Konyrtauev~1", "b-submission#2", "one letter away"},
		{"пытках w/2 СИЗО", "a-verdict#2", "within two words"},
		{"пытках w/1 СИЗО", "", "в stands between"},
		{"СИЗО pre/5 пытках", "", "ordered the other way"},
		{"адвокат /s СИЗО", "a-verdict#2", "one sentence"},
		{"СИЗО /s арест", "", "two sentences of one paragraph"},
		{"адвокат /d штраф", "a-verdict#2 a-verdict#3", "one document: the paragraphs that have either"},
		{"активист OR activists convicted journalist", "b-submission#1", "the numbered paragraph and its bullets are one scope"},
		{"405", "b-submission#2", "a number finds the article with its part"},
		{"405(2)", "b-submission#2", "one token"},
		{"931/2022", "d-copy#3", "not 931 beside 2022"},
		{"2022", "c-ruling#3 d-copy#3", "a part of a number and year is found"},
		{`"№ 931/2022"`, "d-copy#3", "in a phrase too"},
		{"kind:ruling -адвокат", "c-ruling#1 c-ruling#3", "a condition, and what must not be there"},
		{"kind:submission OR штраф", "a-verdict#3 b-submission#1 b-submission#2 b-submission#3 b-submission#4 b-submission#5 b-submission#6", "a condition or a word"},
		{"kind:ruling -kind:ruling", "", "a contradiction"},
		{"possible", "b-submission#6", "impossible is another word"},
		{"former leader", "b-submission#5", "a word stuck to its neighbour is found"},
		{"unable 8 June", "b-submission#5", "on either side, and a number too"},
		{"азаптау дәлелдеме", "c-ruling#1", "Kazakh forms"},
		{"kind:ruling адвокат", "c-ruling#2", "a condition on the document"},
		{"date:2022 адвокат", "c-ruling#2", "2022-03 lies in 2022"},
		{"date:2021..2022-02 адвокат", "a-verdict#2 d-copy#1", "2022-03 does not"},
		{"court:алматинский адвокат", "a-verdict#2", "a part of the court's name is enough"},
		{`name:"Konyrtauov Dauletiyar"`, "b-submission#2", "parts of a name in any order"},
		{"пытки адвокат штраф", "", "nowhere together"},
	} {
		t.Run(tt.query, func(t *testing.T) {
			res, err := specimens().engine().Search(t.Context(), Request{Query: tt.query, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			if got := places(res); got != tt.want {
				t.Errorf("found %q, want %q: %s", got, tt.want, tt.why)
			}
			if res.Hits != len(res.Passages) {
				t.Errorf("Hits = %d, %d passages shown", res.Hits, len(res.Passages))
			}
		})
	}
}

func TestDocumentsWithTheWordsApartAreCounted(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "адвокат собрание", Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if res.Hits != 0 || res.DocsApart != 2 || !slices.Equal(res.Apart, []corpus.ID{"a-verdict", "d-copy"}) {
		t.Errorf("hits %d, apart %d %v; want 0, 2 [a-verdict d-copy]", res.Hits, res.DocsApart, res.Apart)
	}
}

func TestHighlightsSayWhy(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "пытки СИЗО -штраф", Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range res.Passages[0].Matches {
		got = append(got, res.Passages[0].Para.Text[m.Start:m.End]+" "+string(m.Why))
	}
	if want := []string{"пытках stem", "СИЗО exact"}; !slices.Equal(got, want) {
		t.Errorf("matches %q, want %q", got, want)
	}
}

func TestTermsAreToldWithAWayOut(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "torture", Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(res.Notes, func(n Note) bool { return n.Kind == NoteTerm })
	if i < 0 || !strings.Contains(res.Notes[i].Value, "пытки") {
		t.Fatalf("notes %+v: none tells the Russian name", res.Notes)
	}
	if res.Passages[0].Doc.ID != "b-submission" {
		t.Errorf("first is %s, want the passage in the words typed", res.Passages[0].Doc.ID)
	}
	out, err := specimens().engine().Search(t.Context(), Request{Query: res.Notes[i].Query, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if got := places(out); got != "b-submission#4" {
		t.Errorf("the way out finds %q, want the English passage alone", got)
	}
}

func TestFacetsCountWorksAndIgnoreTheirOwnFilter(t *testing.T) {
	f := specimens()
	f.docs[3].Work, f.docs[0].Work = "one", "one"
	res, err := f.engine().Search(t.Context(), Request{
		Query: "адвокат", Limit: 20, Facets: true,
		Filter: Filter{Facts: map[corpus.Key][]string{corpus.KeyKind: {"ruling"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if res.Docs != 1 || res.Hits != 1 {
		t.Errorf("docs %d, hits %d; want 1, 1: the filter is on", res.Docs, res.Hits)
	}
	i := slices.IndexFunc(res.Facets, func(f Facet) bool { return f.Key == corpus.KeyKind })
	if i < 0 {
		t.Fatal("no facet of kinds")
	}
	want := []FacetValue{{Value: "ruling", Works: 1, On: true}, {Value: "verdict", Works: 1}}
	if !reflect.DeepEqual(res.Facets[i].Values, want) {
		t.Errorf("kinds %v, want %v: the verdict and its copy are one work, and its own filter does not hide it", res.Facets[i].Values, want)
	}
}

func TestCloseWordsRankFirst(t *testing.T) {
	far := "Пытки описаны подробно, хотя многие иные обстоятельства дела остались вне внимания следствия и проверки, в том числе СИЗО"
	f := newFake(doc("far", nil, para(far)), doc("near", nil, para("О пытках в СИЗО сказано в жалобе, но многие иные обстоятельства дела остались вне внимания следствия и проверки")))
	res, err := f.engine().Search(t.Context(), Request{Query: "пытки СИЗО", Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Passages[0].Doc.ID; got != "near" {
		t.Errorf("first is %s, want near: the words stand side by side there", got)
	}
}

func TestGroupsShowTheBestPassageFirst(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "пытки terms:off", Limit: 1, Group: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Groups) != 1 || res.Docs != 2 {
		t.Fatalf("%d groups of %d documents, want 1 of 2", len(res.Groups), res.Docs)
	}
	for _, h := range res.Groups[0].Best {
		if h.Score > res.Groups[0].Best[0].Score {
			t.Errorf("#%d scores more than the first", h.Para.Ord)
		}
	}
}

func TestPagesOfAnAnswerDoNotOverlap(t *testing.T) {
	e := specimens().engine()
	all, err := e.Search(t.Context(), Request{Query: "адвокат OR пытки OR собрание OR torture", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for i := range all.Passages {
		one, err := e.Search(t.Context(), Request{Query: "адвокат OR пытки OR собрание OR torture", Offset: i, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := places(one), places(&Result{Passages: all.Passages[i : i+1]}); got != want {
			t.Errorf("passage %d alone is %s, in the list %s", i, got, want)
		}
	}
}

func TestAfterGoesOnBehindAPassage(t *testing.T) {
	f := specimens()
	for i, d := range f.docs {
		d.ID, d.TextHash = corpus.ID(fmt.Sprintf("%08x", i+0xabc)), "0123456789"
	}
	e := f.engine()
	for _, sort := range []Sort{ByRelevance, ByDateDown, ByCited} {
		req := Request{Query: "адвокат OR пытки OR собрание OR torture", Sort: sort, Limit: 100}
		all, err := e.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		for i := range all.Passages {
			last := &all.Passages[i]
			req.After, req.Limit = corpus.Permalink(last.Doc.ID, last.Text, last.Para.Ord), 2
			two, err := e.Search(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			rest := all.Passages[i+1 : min(i+3, len(all.Passages))]
			if got, want := places(two), places(&Result{Passages: rest}); got != want || two.Rank != i+2 || two.Hits != all.Hits {
				t.Errorf("%s: after passage %d come %s from rank %d, want %s", sort, i, got, two.Rank, want)
			}
		}
	}
	for _, after := range []string{"c-ruling", "0123456789abcdef@01234567#~9", "#"} {
		_, err := e.Search(t.Context(), Request{Query: "адвокат", After: after, Limit: 1})
		if !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("After %q: %v, want ErrInvalid", after, err)
		}
	}
}

func TestDatesOrderPassages(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "адвокат", Sort: ByDateDown, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Passages[0].Doc.ID; got != "c-ruling" {
		t.Errorf("newest is %s, want c-ruling", got)
	}
}

func TestBadRequestsAreSentences(t *testing.T) {
	for _, tt := range []struct {
		req Request
		why string
	}{
		{Request{Query: "", Limit: 1}, "nothing asked"},
		{Request{Query: "№ —", Limit: 1}, "no words"},
		{Request{Query: "-пытки", Limit: 1}, "negatives alone"},
		{Request{Query: "пытки", Limit: -1}, "a negative limit"},
		{Request{Query: "...", Any: true, Limit: 1}, "no words in plain mode"},
	} {
		if _, err := specimens().engine().Search(t.Context(), tt.req); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%+v: %v, want invalid: %s", tt.req, err, tt.why)
		}
	}
}

func TestAnyFindsBestFirst(t *testing.T) {
	res, err := specimens().engine().Search(t.Context(), Request{Query: "Были ли пытки в СИЗО и что сказал адвокат?", Any: true, Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Passages) == 0 || res.Passages[0].Para.Ord != 2 || res.Passages[0].Doc.ID != "a-verdict" {
		t.Errorf("found %s, want a-verdict#2 first", places(res))
	}
}

// TestLongParagraphsTakeTimeInProportion searches a paragraph of 60,000 words
// for what it has in the worst order. Quadratic work would take minutes.
func TestLongParagraphsTakeTimeInProportion(t *testing.T) {
	const n = 20_000
	text := strings.Repeat("каша ", n) + strings.Repeat("икра ", n) + strings.Repeat("рыба ", n)
	f := newFake(doc("long", nil, para(text)))
	for _, q := range []string{"каша рыба", "каша /s рыба", "каша w/100 икра", `"каша каша каша"`, "каша OR икра OR рыба"} {
		start := time.Now()
		if _, err := f.engine().Search(t.Context(), Request{Query: q, Limit: 1}); err != nil {
			t.Errorf("%s: %v", q, err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %v", q, took)
		}
	}
}
