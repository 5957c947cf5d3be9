package search

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

// citing is a library in which documents cite each other, SPECIMEN all.
func citing() *fake {
	f := newFake(
		doc("opinion", map[corpus.Key]string{corpus.KeyKind: "wgad_opinion", corpus.KeyNumber: "931/2022", corpus.KeyDate: "2022-08-30"},
			para("Opinion No. 931/2022. Articles 9 and 14 of the ICCPR were violated. Mr. Konyrtauov was convicted under article 405 (2) of the Criminal Code of Kazakhstan.")),
		doc("opinion-ru", map[corpus.Key]string{corpus.KeyKind: "wgad_opinion", corpus.KeyNumber: "931/2022", corpus.KeyDate: "2022-08-30"},
			para("Мнение № 931/2022. Нарушены статьи 9 и 14 МПГПП.")),
		doc("appeal", map[corpus.Key]string{corpus.KeyKind: "appeal", corpus.KeyDate: "2023-01-10"},
			para("В мнении № 931/2022 сказано о пытках. Адвокат просит отменить приговор по ст. 405 УК РК. См. также мнение № 930/2021.")),
		doc("submission", map[corpus.Key]string{corpus.KeyKind: "submission", corpus.KeyDate: "2024"},
			para("See opinion No. 931/2022 and opinion No. 930/2021. Dauletiyar Konyrtauov was tried under article 405 of the Criminal Code."),
			para("The Covenant is silent.")),
		doc("code", map[corpus.Key]string{corpus.KeyKind: "statute", corpus.KeyDate: "2014-07-03", corpus.KeyTitle: "Уголовный кодекс Республики Казахстан"},
			para("Статья 405. Организация и участие")),
	)
	f.docs[0].Work, f.docs[1].Work = "w931", "w931"
	return f
}

func idsOf(docs []*corpus.Document) string {
	var out []string
	for _, d := range docs {
		out = append(out, string(d.ID))
	}
	return strings.Join(out, " ")
}

func TestDocumentsCiteEachOther(t *testing.T) {
	e := citing().engine()
	links, err := e.Links(t.Context(), "opinion")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(links.Own, " "); got != "A/HRC/WGAD/2022/931" {
		t.Errorf("own keys %q", got)
	}
	if got := idsOf(links.CitedBy); got != "submission appeal" || links.CitedWorks != 2 {
		t.Errorf("cited by %s (%d works), want the submission and the appeal, newest first; its own translation does not count", got, links.CitedWorks)
	}
	var cites []string
	for _, l := range links.Cites {
		cites = append(cites, l.Key+"="+idsOf(l.Held))
	}
	if got := strings.Join(cites, ", "); got != "ICCPR=, KZ-UK-2014=code" {
		t.Errorf("cites %s: not itself, and the code that is held", got)
	}
	documents, acts, err := e.NotHeld(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []NotHeld{{"A/HRC/WGAD/2021/930", 2, 2}}; !reflect.DeepEqual(documents, want) {
		t.Errorf("not held %v, want %v", documents, want)
	}
	if want := []NotHeld{{"ICCPR", 1, 2}}; !reflect.DeepEqual(acts, want) {
		t.Errorf("acts not held %v, want %v: two versions are one work, and the code is held", acts, want)
	}
	held, err := e.Held(t.Context(), "KZ-UK")
	if err != nil || idsOf(held) != "code" {
		t.Errorf("Held(KZ-UK) = %s, %v; the code of an edition is one of the code", idsOf(held), err)
	}
}

func TestSortByHowOftenCited(t *testing.T) {
	res, err := citing().engine().Search(t.Context(), Request{Query: "kind:wgad_opinion OR kind:appeal OR kind:statute", Limit: 9, Sort: ByCited, Group: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range res.Groups {
		got = append(got, string(g.Doc.ID))
	}
	if want := "code opinion appeal"; strings.Join(got, " ") != want {
		t.Errorf("order %v, want %s: the code is cited by three works, the opinion by two, and its translation is no work of its own", got, want)
	}
}

func TestAnArticleReport(t *testing.T) {
	r, err := citing().engine().Article(t.Context(), "KZ-UK-2014/405", Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Count{{"KZ-UK-2014/405", 2, 2}, {"KZ-UK-2014/405/2", 1, 1}}; !reflect.DeepEqual(r.Places, want) {
		t.Errorf("places %v, want %v", r.Places, want)
	}
	if want := []Count{{"ICCPR/14", 1, 1}, {"ICCPR/9", 1, 1}}; !reflect.DeepEqual(r.Together, want) {
		t.Errorf("together %v, want %v: in the paragraphs that have the article", r.Together, want)
	}
	var docs []string
	for _, d := range r.Docs {
		docs = append(docs, fmt.Sprint(d.Doc.ID, d.Passages))
	}
	if got := strings.Join(docs, " "); got != "submission1 appeal1 opinion1" {
		t.Errorf("documents %s, newest first", got)
	}
	if _, err := citing().engine().Article(t.Context(), "пытки", Filter{}); err == nil {
		t.Error("a report on no article")
	}
}

func TestAPersonReport(t *testing.T) {
	f := newFake(
		doc("verdict", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyDate: "2021-11-25", corpus.KeyParty: "Коныртауов Даулетияр Шахпанович"},
			para("Даулетияр Шахпанович Коныртауов осужден по ч. 2 ст. 405 УК РК. Статья 258 УК РК упомянута отдельно."),
			para("Свидетель Даулетияр Енсепович Коныртауов, полный тёзка, допрошен."),
			para("Коныртауову Д. Ш. разъяснены права.")),
		doc("submission", map[corpus.Key]string{corpus.KeyKind: "submission", corpus.KeyDate: "2023"},
			para("Dauletiyar Konyrtauov was released."), para("Dauletiyar Konyrtauov spoke.")),
		doc("order", map[corpus.Key]string{corpus.KeyParty: "Д. Ш. Коныртауов"}, para("Подсудимый явился.")),
		doc("other", nil, para("Марат Жынгылбеков выступил.")))
	r, err := f.engine().Person(t.Context(), "Даулетияр Коныртауов", Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Count{"Dauletiyar Konyrtauov", 2, 1}); len(r.Written) != 4 || r.Written[0] != want {
		t.Errorf("written %v, want four ways, %v first", r.Written, want)
	}
	var sakes []string
	for _, n := range r.Namesakes {
		sakes = append(sakes, fmt.Sprintf("%s:%d", n.Father, n.Passages))
	}
	slices.Sort(sakes)
	if got := strings.Join(sakes, " "); got != ":2 Енсепович:1 Шахпанович:2" {
		t.Errorf("namesakes %s: the initial Ш. belongs to Шахпанович", got)
	}
	if want := []Count{{"KZ-UK-2014/405", 1, 1}}; !reflect.DeepEqual(r.Articles, want) {
		t.Errorf("articles %v, want %v: of the same sentence only", r.Articles, want)
	}
	var docs []string
	for _, d := range r.Docs {
		docs = append(docs, fmt.Sprintf("%s %d %v", d.Doc.ID, d.Passages, d.Party))
	}
	if got := strings.Join(docs, "; "); got != "submission 2 false; verdict 3 true; order 0 true" {
		t.Errorf("documents %s: a party's document is offered even where the name does not stand", got)
	}
}

// A communication has a number and, once it is decided, a symbol; a general
// comment may be named without its committee. They are one document.
func TestNumbersOfOneDocumentAreOne(t *testing.T) {
	e := newFake(
		doc("number", nil, para("SPECIMEN. The Human Rights Committee, communication No. 9947/2023, found a violation.")),
		doc("symbol", nil, para("SPECIMEN. See CCPR/C/142/D/9947/2023, para. 7.4.")),
		doc("symbol-too", nil, para("SPECIMEN. И CCPR/C/142/D/9947/2023.")),
		doc("comment", nil, para("SPECIMEN. The Committee against Torture, general comment No. 3, para. 2.")),
		doc("open", nil, para("SPECIMEN. See general comment No. 3.")),
	).engine()
	for _, tt := range []struct{ query, want, why string }{
		{"cites:CCPR/C/142/D/9947/2023", "number#1 symbol#1 symbol-too#1", "the symbol finds the number"},
		{`cites:"communication No. 9947/2023"`, "number#1 symbol#1 symbol-too#1", "the number finds the symbol"},
		{"cites:CAT/C/GC/3", "comment#1", "a comment without its committee is not counted for one"},
		{`cites:"general comment No. 3"`, "comment#1 open#1", "who does not say which asks for any"},
	} {
		res, err := e.Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
		} else if got := places(res); got != tt.want {
			t.Errorf("%s finds %q, want %q: %s", tt.query, got, tt.want, tt.why)
		}
	}
	documents, _, err := e.NotHeld(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if want := []NotHeld{{"CCPR/C/142/D/9947/2023", 3, 3}, {"*/GC/3", 1, 1}, {"CAT/C/GC/3", 1, 1}}; !reflect.DeepEqual(documents, want) {
		t.Errorf("not held %v, want %v: number and symbol stand once, as most write them", documents, want)
	}
}
