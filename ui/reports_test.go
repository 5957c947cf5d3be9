package ui_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/search"
)

// docReports are the documents of the fake as reports list them.
func (f *fake) docReports() []search.DocReport {
	out := make([]search.DocReport, 0, len(f.docs)+1)
	for i, d := range f.docs {
		out = append(out, search.DocReport{Doc: facts(d), Passages: i + 1, First: 2, Father: []string{"", "Серікұлы"}[i%2]})
	}
	if len(out) > 1 {
		out[1].Party = true
	}
	return append(out, search.DocReport{Doc: facts(f.docs[0]), Party: true})
}

func (f *fake) Person(ctx context.Context, name string, _ search.Filter) (*search.PersonReport, error) {
	q := search.NameQuery(name)
	res, err := f.Search(ctx, search.Request{Query: "Konyrtauov", Facets: true})
	if err != nil {
		return nil, err
	}
	res.Notes = []search.Note{{Kind: search.NoteName, Text: name, Value: name, Start: 0, End: len(q)}, {Kind: search.NoteAlias, Text: name, Value: "Daniel Conrad"}}
	res.Spellings = []search.Spelling{{Name: name, Part: name, Form: "konyrtauov", Passages: 3, Score: 1}, {Name: name, Part: name, Form: "қоңыртауов", Passages: 2, Score: 0.8}}
	return &search.PersonReport{
		Result:  res,
		Written: []search.Count{{Value: "Mr. Konyrtauov", Passages: 3, Works: 1}, {Value: "Қоңыртауов Дәулетияр Серікұлы", Passages: 1, Works: 1}},
		Namesakes: []search.Namesake{
			{Passages: 3, Written: []string{"Mr. Konyrtauov"}, Docs: []corpus.ID{id(0)}},
			{Father: "Serikuly", Fathers: []string{"Serikuly", "Серікұлы"}, Passages: 1, Written: []string{"Қоңыртауов", "Қоңыртауов Дәулетияр Серікұлы"}, Docs: []corpus.ID{id(1)}},
		},
		Docs:     f.docReports(),
		Articles: []search.Count{{Value: "KZ-UK-2014/405", Passages: 2, Works: 2}},
	}, f.fail
}

func (f *fake) Article(ctx context.Context, key string, _ search.Filter) (*search.ArticleReport, error) {
	res, err := f.Search(ctx, search.Request{Query: "Konyrtauov", Facets: true})
	if err != nil {
		return nil, err
	}
	return &search.ArticleReport{
		Key: key, Result: res, Docs: f.docReports(),
		Places:   []search.Count{{Value: key, Passages: 2, Works: 1}, {Value: key + "/2", Passages: 4, Works: 2}},
		Together: []search.Count{{Value: "ICCPR/22", Passages: 1, Works: 1}},
		Persons:  []search.Count{{Value: "Dauletiyar Konyrtauov", Passages: 1, Works: 1}},
	}, f.fail
}

func (f *fake) Links(_ context.Context, of corpus.ID) (*search.Links, error) {
	if of != id(0) || len(f.docs) < 3 {
		return &search.Links{}, f.fail
	}
	return &search.Links{
		Own: []string{"A/HRC/WGAD/2022/931"},
		Cites: []search.Link{
			{Key: "A/HRC/WGAD/2021/930"}, {Key: "7520-21-00-1/118", Held: []*corpus.Document{facts(f.docs[1])}}, {Key: "ICCPR"},
		},
		CitedBy: []*corpus.Document{facts(f.docs[2])}, CitedWorks: 1,
	}, f.fail
}

func (f *fake) Versions(_ context.Context, of corpus.ID, _ string) ([]search.Version, error) {
	return f.versions[of], f.fail
}

func (f *fake) Held(_ context.Context, key string) ([]*corpus.Document, error) {
	if key == "A/HRC/WGAD/2022/931" {
		return []*corpus.Document{facts(f.docs[0])}, f.fail
	}
	return nil, f.fail
}

func (f *fake) NotHeld(context.Context) (documents, acts []search.NotHeld, err error) {
	return []search.NotHeld{{Key: "A/HRC/WGAD/2021/930", Works: 2, Docs: 3}}, []search.NotHeld{{Key: "ICCPR", Works: 1, Docs: 1}}, f.fail
}

func TestPersonPage(t *testing.T) {
	s := server(t, specimens())
	n := page(t, s, "/person?name=Konyrtauov&lang=en", http.StatusOK)
	if got := one(t, n, "h1"); got != "Konyrtauov" {
		t.Errorf("h1 %q", got)
	}
	if got := words(n, ".sakes b"); !slices.Equal(got, []string{"no patronymic", "Serikuly"}) {
		t.Errorf("namesakes %q", got)
	}
	kk := page(t, s, "/person?name=Konyrtauov&lang=kk", http.StatusOK)
	if got := words(kk, ".sakes b"); len(got) != 2 || got[1] != "Серікұлы" {
		t.Errorf("namesakes %q, want the patronymic in the reader's script", got)
	}
	if got := attr(all(n, ".sakes a")[0], "href"); got != "/person?name="+url.QueryEscape("Қоңыртауов Дәулетияр Серікұлы") {
		t.Errorf("a namesake leads to %s, want the name with the patronymic", got)
	}
	if got := words(n, "#parties ~ ul a"); len(got) != 2 {
		t.Errorf("documents of a party %q, want two", got)
	}
	if got := words(n, ".keys li"); len(got) != 1 || !strings.HasPrefix(got[0], "Criminal Code of Kazakhstan (2014), art. 405 Organising") {
		t.Errorf("articles %q: with their headings", got)
	}
	if got := words(n, ".docs li"); len(got) != 6 || !strings.Contains(got[5], "not named in the text") {
		t.Errorf("documents %q", got)
	}
	if got := one(t, n, "#together"); got != "Mentioned together" {
		t.Errorf("the articles are headed %q", got)
	}
	page(t, s, "/person", http.StatusBadRequest)
	page(t, s, "/person?name=+", http.StatusBadRequest)
}

func TestArticlePage(t *testing.T) {
	s := server(t, specimens())
	n := page(t, s, "/article?key=KZ-UK-2014/405&lang=ru", http.StatusOK)
	if got := one(t, n, "h1"); got != "ст. 405 УК РК (2014)" {
		t.Errorf("h1 %q", got)
	}
	if got := words(n, ".plainlist li"); len(got) != 1 || !strings.Contains(got[0], "ст. 337-1 УК РК (1997)") {
		t.Errorf("other edition %q: what it was; the Code of 1997 has no article 405", got)
	}
	old := page(t, s, "/article?key=KZ-UK-2014/174&lang=ru", http.StatusOK)
	if got := words(old, ".plainlist li"); len(got) != 2 || !strings.Contains(got[0], "ст. 164 УК РК (1997)") || !strings.Contains(got[1], "ст. 174 УК РК (1997)") {
		t.Errorf("other edition %q: what it was, and what its number meant", got)
	}
	if got := words(n, "#places ~ ul li"); len(got) != 2 || !strings.HasPrefix(got[1], "ч. 2 ст. 405 УК РК (2014)") {
		t.Errorf("places %q", got)
	}
	for path, want := range map[string]int{
		"/article?key=ч.+2+ст.+405+УК+РК": http.StatusOK, "/article?key=пытки": http.StatusBadRequest,
		"/article": http.StatusBadRequest, "/article?key=ICCPR": http.StatusBadRequest,
	} {
		page(t, s, path, want)
	}
}

func TestCitedPages(t *testing.T) {
	s := server(t, specimens())
	n := page(t, s, "/cited?id=A/HRC/WGAD/2022/931&lang=en", http.StatusOK)
	if got := words(n, ".recent a"); len(got) != 1 || !strings.Contains(got[0], "931/2022") {
		t.Errorf("held as %q", got)
	}
	n = page(t, s, "/cited?id=A/HRC/WGAD/2021/930&lang=en", http.StatusOK)
	if got := one(t, n, ".notice"); !strings.Contains(got, "not in the collection") {
		t.Errorf("of a document that is not held: %q", got)
	}
	n = page(t, s, "/notheld?lang=en", http.StatusOK)
	if got := words(n, "tbody th"); !slices.Equal(got, []string{"A/HRC/WGAD/2021/930", "ICCPR"}) {
		t.Errorf("not held %q", got)
	}
	n = page(t, s, "/doc/"+string(id(0))+"?lang=en", http.StatusOK)
	if got := words(n, ".ties li"); len(got) != 4 || got[1] != "A/HRC/WGAD/2021/930 not held" || got[2] != "7520-21-00-1/118" {
		t.Errorf("links of a document %q", got)
	}
	page(t, s, "/cited", http.StatusBadRequest)
	page(t, s, "/cited?id=x&page=zz", http.StatusBadRequest)
}

// What names the case of a document without its number stands under what was
// found, or before "nothing found", and says how that is known.
func TestTheCaseWithoutTheNumberIsShownApart(t *testing.T) {
	f := specimens()
	d := f.docs[0]
	hit := search.Hit{Doc: facts(d), Text: d.Text.Hash(), Para: d.Text.Paragraphs[1]}
	f.answer = &search.Result{Unnumbered: &search.Unnumbered{
		Query: `about:"A/HRC/WGAD/2022/931"`, Hits: 7, Docs: 1, Works: 1, Passages: []search.Hit{hit, hit},
		About: []search.Concern{
			{Name: "Dauletiyar Konyrtauov", Basis: search.ByDocument, Source: "x", Doc: d.ID},
			{Name: "Assemgul Shildebek", Basis: search.ByPassage, Source: "y", Doc: d.ID, Ord: 2},
			{Name: "Zhomart Sarybidai", Basis: search.ByTable, Source: "https://steppe-files.example/9"},
		},
	}}
	s := server(t, f)
	for path, title := range map[string]string{
		"/search?ui=en&q=cites:A/HRC/WGAD/2022/931": "Not counted: 7 passages name the case without its number",
		"/search?ui=ru&q=cites:A/HRC/WGAD/2022/931": "Не в счёте: 7 фрагментов называют дело без номера",
		"/search?ui=kk&q=cites:A/HRC/WGAD/2022/931": "Есепке кірмейді: 7 үзіндіде іс нөмірсіз аталған",
		"/cited?ui=en&id=A/HRC/WGAD/2022/931":       "Not counted: 7 passages name the case without its number",
	} {
		n := page(t, s, path, http.StatusOK)
		if got := one(t, n, ".unnumbered > h2"); got != title {
			t.Errorf("%s: heading %q, want %q", path, got, title)
		}
		if got := words(n, ".unnumbered .passage"); len(got) != 2 {
			t.Errorf("%s: %d passages, want 2", path, len(got))
		}
		if got := words(n, ".unnumbered .note b"); !slices.Equal(got, []string{"Dauletiyar Konyrtauov", "Assemgul Shildebek", "Zhomart Sarybidai"}) {
			t.Errorf("%s: about %q", path, got)
		}
	}
	n := page(t, s, "/search?ui=en&q=cites:A/HRC/WGAD/2022/931", http.StatusOK)
	if got := words(n, ".unnumbered .note small"); len(got) != 3 || got[2] != "by the table that comes with the program: https://steppe-files.example/9" {
		t.Errorf("bases %q", got)
	}
	body := get(t, s, "/api/v1/search?q=cites:A/HRC/WGAD/2022/931").Body.String()
	for _, want := range []string{`"hits":0`, `"unnumbered":{"query":"about:\"A/HRC/WGAD/2022/931\""`, `{"name":"Assemgul Shildebek","basis":"passage","source":"y"}`, `"hits":7`} {
		if !strings.Contains(body, want) {
			t.Errorf("the API does not say %s: %s", want, body)
		}
	}
}

func TestSpellingsAreTakenAwayByAPlainForm(t *testing.T) {
	f := specimens()
	f.answer = &search.Result{
		Hits: 5, Docs: 1, WithoutPart: 6, WithoutPartQuery: `article:="KZ-UK-2014/405"`,
		Notes: []search.Note{
			{Kind: search.NoteName, Text: "Марат Жыланбаев -jilanbaev", Value: "Марат Жыланбаев", Start: 6, End: 61},
			{Kind: search.NoteSuccessor, Text: "KZ-UK-2014/405", Value: "KZ-UK-1997/337-1", Query: "article:KZ-UK-1997/337-1"},
			{Kind: search.NoteDistant, Text: "x"},
			{Kind: search.NoteAlias, Text: "ДВК", Value: "DCK", Query: "ДВК as:words"},
		},
		Spellings: []search.Spelling{
			{Name: "Марат Жыланбаев", Part: "Жыланбаев", Form: "жыланбаева", Passages: 3, Score: 0.97},
			{Name: "Марат Жыланбаев", Part: "Жыланбаев", Form: "zhylanbaev", Passages: 1, Score: 0.8},
		},
	}
	s := server(t, f)
	q := `пытки name:"Марат Жыланбаев -jilanbaev"`
	f.answer.Notes[0].Start, f.answer.Notes[0].End = len("пытки "), len(q)
	n := page(t, s, "/search?lang=en&ui=en&q="+url.QueryEscape(q), http.StatusOK)
	if got := words(n, ".spelt label"); !slices.Equal(got, []string{"Жыланбаева 3", "Zhylanbaev 1", "Jilanbaev"}) {
		t.Errorf("spellings %q", got)
	}
	if got := words(n, ".chips li"); len(got) != 5 || !strings.HasPrefix(got[1], "In the other edition: Criminal Code of Kazakhstan (1997), art. 337-1") || got[3] != "Other names: ДВК DCK ×" {
		t.Errorf("chips %q", got)
	}
	if got := one(t, n, ".told p a"); got != "and 6 more passages that name the article without the part" {
		t.Errorf("without the part: %q", got)
	}
	form := url.Values{"q": {q}, "kind": {"news"}, "name.of": {"Марат Жыланбаев"}, "name.all": {"жыланбаева", "zhylanbaev", "jilanbaev", `x" OR суд`}}
	form.Set("name.from", "11")
	for _, tt := range []struct {
		keep []string
		want string
		why  string
	}{
		{[]string{"жыланбаева"}, `пытки name:"Марат Жыланбаев -zhylanbaev -jilanbaev"`, "two are taken away; what is no form is not believed"},
		{[]string{"жыланбаева", "zhylanbaev", "jilanbaev"}, `пытки name:"Марат Жыланбаев"`, "all are given back"},
		{nil, `пытки name:"Марат Жыланбаев"`, "nothing ticked asks for all"},
	} {
		form["name.keep"] = tt.keep
		form.Set("name.to", strconv.Itoa(len(q)))
		w := get(t, s, "/search?"+form.Encode())
		to, err := url.Parse(w.Header().Get("Location"))
		if w.Code != http.StatusSeeOther || err != nil || to.Query().Get("q") != tt.want || to.Query().Get("kind") != "news" {
			t.Errorf("keeping %q leads to %d %s, want %s: %s", tt.keep, w.Code, to.Query(), tt.want, tt.why)
		}
	}
	form.Set("name.from", "12") // inside a letter
	if w := get(t, s, "/search?"+form.Encode()); w.Code != http.StatusSeeOther {
		t.Errorf("a place inside a letter = %d", w.Code)
	}
}

// A bullet has no number of its own. The page says which one it is, in the
// reader's words, and says nothing of a text that has become another since.
func TestBulletsSayWhereTheyStand(t *testing.T) {
	f := specimens()
	list := text(0,
		corpus.Paragraph{Text: "7. SPECIMEN. The following persons were detained:"},
		corpus.Paragraph{Text: "• Zhomart Sarybidai, for a repost;", Under: 1},
		corpus.Paragraph{Text: "• Assemgul Shildebek, for a placard.", Under: 1},
	)
	d := &corpus.Document{ID: id(77), Read: facts(f.docs[0]).Read, Text: list, TextHash: list.Hash()}
	f.docs = append(f.docs, d)
	hit := func(i int, hash string) search.Hit {
		return search.Hit{Doc: facts(d), Text: hash, Para: list.Paragraphs[i]}
	}
	s := server(t, f)
	for _, tt := range []struct {
		lang, hash string
		want       []string
		why        string
	}{
		{"en", list.Hash(), []string{"para. 7, second bullet"}, "the numbered paragraph has its number beside it"},
		{"ru", list.Hash(), []string{"п. 7, второй элемент перечня"}, "in Russian"},
		{"kk", list.Hash(), []string{"7-т., тізімнің екінші элементі"}, "in Kazakh"},
		{"en", strings.Repeat("0", 64), nil, "the text is another by now"},
	} {
		f.answer = &search.Result{Hits: 2, Docs: 1, Works: 1, Groups: []search.Group{{Doc: facts(d), Hits: 2, Best: []search.Hit{hit(2, tt.hash), hit(0, tt.hash)}}}}
		n := page(t, s, "/search?q=x&ui="+tt.lang, http.StatusOK)
		if got := words(n, ".passage .place"); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.why, got, tt.want)
		}
	}
}
