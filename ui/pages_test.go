package ui_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
	"dalel/ui"
)

func TestSearchPage(t *testing.T) {
	f := specimens()
	n := page(t, server(t, f), "/search?q=Konyrtauov+405&kind=wgad_opinion&kind=submission&from=2019&voice=body&in=reasoning", http.StatusOK)
	if got, want := one(t, n, "[role=status] h1"), "10 passages in 2 documents"; got != want {
		t.Errorf("count %q, want %q", got, want)
	}
	got := f.asked[0]
	if got.Query != "Konyrtauov 405" || !got.Group || !got.Facets || got.Limit != 20 || got.Offset != 0 || got.Sort != search.ByRelevance {
		t.Errorf("asked %+v", got)
	}
	if !slices.Equal(got.Filter.Facts[corpus.KeyKind], []string{"wgad_opinion", "submission"}) || got.Filter.From != "2019" ||
		!slices.Equal(got.Filter.Voices, []corpus.Voice{"body"}) || !slices.Equal(got.Filter.Sections, []corpus.SectionKind{"reasoning"}) {
		t.Errorf("filtered by %+v", got.Filter)
	}
	if got := one(t, n, ".work:nth-of-type(1) .passage:nth-of-type(1) .no"); got != "15pp. 3–4" {
		t.Errorf("the first passage has the number and page %q", got)
	}
	if got := one(t, n, ".work:nth-of-type(1) .passage:nth-of-type(1) .who b"); got != "Findings of the body" {
		t.Errorf("the first passage is said by %q", got)
	}
	if got := words(n, ".work:nth-of-type(1) .passage:nth-of-type(1) mark"); !slices.Equal(got, []string{"405", "Konyrtauov", "Konyrtauov", "405", "Konyrtauov"}) {
		t.Errorf("marked %q, in the text and in the reasons", got)
	}
	if got := attr(all(n, ".passage .words")[0], "lang"); got != "en" {
		t.Errorf("the passage is in %q for a reader's voice", got)
	}
	if got := attr(all(n, ".passage a.no")[0], "href"); got != "/doc/"+string(id(0))+"?q=Konyrtauov+405&at=21#o21" {
		t.Errorf("the passage opens %q", got)
	}
	if got := words(n, ".chips .on"); len(got) != 5 || got[0] != "Who is speaking: Findings of the body ×" {
		t.Errorf("filters that are on: %q", got)
	}
	if off := attr(all(n, ".chips .on a")[1], "href"); strings.Contains(off, "kind=wgad_opinion") || !strings.Contains(off, "kind=submission") {
		t.Errorf("taking one kind away leads to %q", off)
	}
	if got := words(n, ".chips .reference, .chips .name"); len(got) != 2 || !strings.Contains(got[0], "Criminal Code of Kazakhstan, art. 405 ×") {
		t.Errorf("how the query was read: %q", got)
	}
	for _, in := range all(n, `.masthead input[type=hidden]`) {
		if attr(in, "name") == "q" {
			t.Error("the search box sends the old query beside the new one")
		}
	}
	if got := len(all(n, `.masthead input[type=hidden]`)); got != 5 {
		t.Errorf("the search box keeps %d filters, want 5", got)
	}
}

func TestFacetsAndYears(t *testing.T) {
	n := page(t, server(t, specimens()), "/search?q=Konyrtauov&year=2022", http.StatusOK)
	if got := words(n, ".facets h3"); !slices.Contains(got, "Kind of document") || !slices.Contains(got, "Who is speaking") {
		t.Errorf("facets %q", got)
	}
	n = page(t, server(t, specimens()), "/search?q=repost", http.StatusOK)
	bars := all(n, ".bars a")
	if len(bars) != 2 || !strings.Contains(attr(bars[0], "href"), "year=2022") {
		t.Fatalf("%d bars, want 2 with links", len(bars))
	}
	if got := words(n, "details.table td"); !slices.Equal(got, []string{"1", "1"}) {
		t.Errorf("the table says %q", got)
	}
	for _, a := range all(n, ".bars a") {
		if attr(a, "tabindex") != "-1" {
			t.Error("a bar is reached by the keyboard inside an image")
		}
	}
}

func TestWordsApart(t *testing.T) {
	n := page(t, server(t, specimens()), "/search?q=Konyrtauov+405", http.StatusOK)
	at := attr(all(n, ".told a")[0], "href")
	if got := one(t, n, ".told a:first-of-type"); got != "and 1 more document with the words apart" || !strings.Contains(at, "apart=1") {
		t.Errorf("offers %q at %q", got, at)
	}
	n = page(t, server(t, specimens()), at, http.StatusOK)
	if got := one(t, n, ".apart li a"); !strings.HasPrefix(got, "Joint submission") {
		t.Errorf("lists %q", got)
	}
}

// Nothing is said to be absent without what was not searched.
func TestNothingFound(t *testing.T) {
	n := page(t, server(t, specimens()), "/search?q=qqqq+zzzz&kind=verdict&year=2021", http.StatusOK)
	if got := one(t, n, "[role=status] h1"); got != "Nothing found in this collection" {
		t.Errorf("says %q", got)
	}
	got := one(t, n, ".zero")
	for _, want := range []string{"2 filters are on", "Drop the filter: Kind of document · Verdict", "Drop the filter: Year · 2021", "2 pages were not read", "Search for any of these words"} {
		if !strings.Contains(got, want) {
			t.Errorf("the zero page lacks %q: %q", want, got)
		}
	}
	if strings.Contains(got, "dalel statement") {
		t.Error("a statement is offered while a filter is on")
	}
	n = page(t, server(t, specimens()), "/search?q=qqqq+o%27zzzz", http.StatusOK)
	if got := one(t, n, ".zero code"); got != `dalel statement 'qqqq o'\''zzzz'` {
		t.Errorf("the command is %q", got)
	}
}

// A mark that nothing has explains more than the words beside it.
func TestNothingFoundForWantOfAMark(t *testing.T) {
	for _, tt := range []struct{ at, want, why string }{
		{"/search?q=qqqq+voice:expert", "No paragraph of this collection has this mark: Who is speaking · Expert", "in the query"},
		{"/search?q=qqqq&voice=expert&ui=ru", "Ни один абзац этой базы не имеет такой пометки: Чьи слова · Эксперт", "in the address, in Russian"},
		{"/search?q=qqqq&voice=expert&ui=kk", "Бұл қордың бірде-бір абзацында мұндай белгі жоқ: Кімнің сөзі · Сарапшы", "in Kazakh"},
		{"/search?q=qqqq+voice:source", "", "some paragraphs have it"},
		{"/search?q=qqqq+-voice:expert", "", "asked to be away"},
		{"/search?q=qqqq", "", "no mark"},
	} {
		n := page(t, server(t, specimens()), tt.at, http.StatusOK)
		if got := strings.Join(words(n, ".zero p.warn"), "|"); got != tt.want {
			t.Errorf("%s: says %q, want %q: %s", tt.at, got, tt.want, tt.why)
		}
	}
}

// Where nobody knows of any passage who is speaking, none of them says so.
func TestUnknownVoicesAreToldBesideKnownOnes(t *testing.T) {
	f := specimens()
	if got := words(page(t, server(t, f), "/search?q=Konyrtauov", http.StatusOK), ".passage .unsaid"); len(got) == 0 {
		t.Error("beside known voices, it is not told which are unknown")
	}
	for _, d := range f.docs {
		for i := range d.Text.Paragraphs {
			d.Text.Paragraphs[i].Voice = ""
		}
	}
	n := page(t, server(t, f), "/search?q=Konyrtauov", http.StatusOK)
	if got := words(n, ".passage .unsaid"); len(got) != 0 || len(all(n, ".passage")) == 0 {
		t.Errorf("without any voice, %d passages say that theirs is unknown", len(got))
	}
}

func TestFiltersAloneBecomeAQuery(t *testing.T) {
	s := server(t, specimens())
	w := get(t, s, "/search?q=&kind=verdict&kind=ruling&year=2021&court=a%22b")
	want := `/search?q=` + url.QueryEscape(`(kind:"verdict" OR kind:"ruling") court:"a b" date:2021..2021`)
	if got := w.Header().Get("Location"); got != want {
		t.Errorf("leads to %q, want %q", got, want)
	}
	if got := get(t, s, "/search").Header().Get("Location"); got != "/" {
		t.Errorf("an empty search leads to %q, want the start page", got)
	}
	if _, err := query.Parse(`(kind:"verdict" OR kind:"ruling") date:2021..2021`); err != nil {
		t.Errorf("Parse: %v", err)
	}
}

func TestPaging(t *testing.T) {
	f := specimens()
	f.answer = &search.Result{Hits: 900, Docs: 500, Works: 450, Groups: []search.Group{{Doc: facts(f.docs[0]), Hits: 2}}}
	s := server(t, f)
	n := page(t, s, "/search?q=x&page=9&sort=-date", http.StatusOK)
	if got := one(t, n, ".pager"); got != "‹ previous1…7891011…23next ›" {
		t.Errorf("pages %q", got)
	}
	if got := attr(all(n, ".pager a[rel=next]")[0], "href"); got != "/search?q=x&sort=-date&page=10" {
		t.Errorf("the next page is %q", got)
	}
	if f.asked[0].Offset != 160 || f.asked[0].Sort != search.ByDateDown {
		t.Errorf("asked for %+v", f.asked[0])
	}
	f.answer.Groups = nil
	if got := one(t, page(t, s, "/search?q=x&page=99", http.StatusOK), ".past"); !strings.Contains(got, "no further results") {
		t.Errorf("past the end: %q", got)
	}
}

func TestDocumentPage(t *testing.T) {
	n := page(t, server(t, specimens()), "/doc/1b1e44d0?q=Konyrtauov&at=21", http.StatusOK)
	for _, anchor := range []string{"#o21 > p", `[id="~21"]`, "a#p15", "#o21.current.hit"} {
		if len(all(n, anchor)) != 1 {
			t.Errorf("%s is there %d times, want once", anchor, len(all(n, anchor)))
		}
	}
	if got := one(t, n, ".finder [role=status]"); got != "passage 14 of 15" {
		t.Errorf("says %q", got)
	}
	if got := attr(all(n, ".turn [rel=prev]")[0], "href"); !strings.HasSuffix(got, "#o18") {
		t.Errorf("the hit before is %q", got)
	}
	if got := one(t, n, "#p15"); got != "15." {
		t.Errorf("the number in the margin is %q", got)
	}
	if got := words(n, "#o21 .words"); !strings.HasPrefix(got[0], "The Working Group finds") {
		t.Errorf("the number stands in the text too: %.40q", got[0])
	}
	if got := words(n, "#o21 .leaf"); len(got) != 1 {
		t.Errorf("a page that begins inside a paragraph is marked %q", got)
	}
	if got := words(n, ".leafline"); !slices.Equal(got, []string{"page 1", "page 2: doubtful text", "page 3", "page 5: not read"}) {
		t.Errorf("pages %q", got)
	}
	if got := words(n, ".running"); !slices.Equal(got, []string{"A/HRC/WGAD/2022/931"}) {
		t.Errorf("running heads %q", got)
	}
	if got := words(n, ".outline li"); !slices.Contains(got, "Communication from the source 2–9") {
		t.Errorf("outline %q", got)
	}
	if got := words(n, ".para .who"); !slices.Equal(got, []string{"Source’s submission", "Government’s reply", "Findings of the body"}) {
		t.Errorf("speakers change to %q", got)
	}
	if got := one(t, n, "#pages"); !strings.Contains(got, "page 5: not read") || !strings.Contains(got, "a scan; no OCR installed") {
		t.Errorf("account of pages %q", got)
	}
	if got := one(t, n, ".prints"); !strings.Contains(got, string(id(0))) {
		t.Errorf("fingerprints %q", got)
	}
}

func TestFactsShowWhereTheyCameFrom(t *testing.T) {
	n := page(t, server(t, specimens()), "/doc/"+string(id(1)), http.StatusOK)
	got := strings.Join(words(n, ".rows > div"), "|")
	for _, want := range []string{"Date 17 May 2021Corrected by a person; Read: 14 May 2021", "Court Алматы қ. № 2 аудандық сотыread in the text", "Status under appealfrom a table"} {
		if !strings.Contains(got, want) {
			t.Errorf("facts lack %q: %s", want, got)
		}
	}
}

func TestUncertainFactsSaySo(t *testing.T) {
	f := specimens()
	date := f.docs[0].Read[corpus.KeyDate]
	date.Confidence = 0.3
	f.docs[0].Read[corpus.KeyDate] = date
	n := page(t, server(t, f), "/doc/"+string(id(0)), http.StatusOK)
	if got := strings.Join(words(n, ".rows > div"), "|"); !strings.Contains(got, "30 August 2022read in the text; uncertain|") || strings.Count(got, "uncertain") != 1 {
		t.Errorf("facts %s", got)
	}
}

func TestPlacesInADocument(t *testing.T) {
	f := specimens()
	f.docs = append(f.docs, long(1500))
	twice := long(30)
	twice.ID, twice.Text.Paragraphs[8].Label = id(8), "3"
	f.docs = append(f.docs, twice)
	s, doc := server(t, f), "/doc/"+string(id(9))
	for _, tt := range []struct {
		path string
		want string
		why  string
	}{
		{doc, "#o1", "the first part"},
		{doc + "?at=900", "#o900.current", "an ordinal in the third part"},
		{doc + "?at=~1500", "#o1500.current", "with the sign of ordinals"},
		{doc + "?at=p801", "#p801", "a printed number"},
		{doc + "?q=witness&at=401", "#o401.hit", "a hit at the beginning of a part"},
		{doc + "?at=99999", "#o1", "an ordinal that is not there"},
		{doc + "?at=p99999", ".notice", "a number that is not there is told"},
		{doc + "?at=%F0%9F", "#o1", "nonsense"},
		{doc + "@00000000", ".notice", "another version of the text is told"},
		{"/doc/" + string(id(8)) + "?at=p3", `.notice a[href$="#o9"]`, "a number in two places is not chosen among"},
	} {
		n := page(t, s, tt.path, http.StatusOK)
		if len(all(n, tt.want)) != 1 {
			t.Errorf("GET %s has no %s: %s", tt.path, tt.want, tt.why)
		}
		if got := len(all(n, ".para")); got > 600 {
			t.Errorf("GET %s has %d paragraphs", tt.path, got)
		}
	}
	n := page(t, s, doc+"?at=900", http.StatusOK)
	if got := words(n, ".reading .parts > *"); !slices.Equal(got, []string{"1–400", "401–800", "801–1200", "1201–1500"}) {
		t.Errorf("parts %q", got)
	}
}

// A query that cannot be read does not hide the document.
func TestDocumentWithABadQuery(t *testing.T) {
	f := specimens()
	s := server(t, &failing{fake: f, err: badQuery()}, f)
	n := page(t, s, "/doc/1b1e44d0?q=%22open", http.StatusOK)
	if got := one(t, n, ".finder .warn"); got != "The query cannot be read" {
		t.Errorf("says %q", got)
	}
	if len(all(n, "#o21")) != 1 {
		t.Error("the text is not shown")
	}
}

func badQuery() error {
	return &corpus.Error{Op: "query", Subj: `a "open`, Kind: corpus.ErrInvalid, Err: &query.Error{
		Query: `a "open`, At: query.Span{Start: 2, End: 7}, Code: query.CodeNoCloseQuote, Args: []string{`"`},
	}}
}

// failing searches with an error, on a library that works.
type failing struct {
	*fake
	err error
}

func (f *failing) Search(context.Context, search.Request) (*search.Result, error) { return nil, f.err }

func TestErrorsInWords(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
		say    string
		lang   string
	}{
		{badQuery(), 400, "There is no closing \".", "en"},
		{badQuery(), 400, "Жабатын \" тырнақшасы жоқ.", "kk"},
		{badQuery(), 400, "Нет закрывающей кавычки \".", "ru"},
		{&corpus.Error{Op: "x", Kind: corpus.ErrNotFound}, 404, "There is no such document", "en"},
		{&corpus.Error{Op: "x", Kind: corpus.ErrUnavailable}, 503, "Busy at the moment", "en"},
		{&corpus.Error{Op: "search", Kind: corpus.ErrUnavailable, Err: search.ErrCostly}, 422, "тым көп нәрсені", "kk"},
		{context.DeadlineExceeded, 503, "Сейчас занято", "ru"},
		{errors.New("disk: secret path"), 500, "An error in the program", "en"},
	} {
		f := specimens()
		var log strings.Builder
		s, err := ui.New(ui.Config{Search: &failing{f, tt.err}, Library: f, Reports: f, Addr: addr, Log: slog.New(slog.NewTextHandler(&log, nil))})
		if err != nil {
			t.Fatal(err)
		}
		w := get(t, s, "/search?q=a", func(r *http.Request) { r.Header.Set("Accept-Language", tt.lang) })
		body := inner(parse(t, w))
		if w.Code != tt.status || !strings.Contains(body, tt.say) {
			t.Errorf("%v: %d %.300q, want %d %q", tt.err, w.Code, body, tt.status, tt.say)
		}
		if strings.Contains(body, "secret") {
			t.Errorf("the page tells the text of the error")
		}
		if (w.Header().Get("Retry-After") != "") != (tt.status == 503) {
			t.Errorf("%v: Retry-After %q", tt.err, w.Header().Get("Retry-After"))
		}
		if (log.Len() > 0) != (tt.status >= 500) || strings.Contains(log.String(), "open") {
			t.Errorf("%v: the log says %q; queries are not logged", tt.err, log.String())
		}
	}
}

func TestBadQueryMarksThePlace(t *testing.T) {
	f := specimens()
	n := page(t, server(t, &failing{f, badQuery()}, f), "/search?q=a+%22open", http.StatusBadRequest)
	if got := one(t, n, ".place mark"); got != `"open` {
		t.Errorf("marks %q", got)
	}
	if got := attr(all(n, "#q")[0], "value"); got != `a "open` {
		t.Errorf("the search box holds %q", got)
	}
}

// The form of dates lets a reader type them the wrong way round.
func TestDatesTheWrongWayRound(t *testing.T) {
	s := server(t, specimens())
	for lang, want := range map[string]string{"en": "2023 is after 2019.", "ru": "2023 позже, чем 2019.", "kk": "2023 2019 күнінен кейін."} {
		if got := one(t, page(t, s, "/search?q=a&from=2023&to=2019&ui="+lang, http.StatusBadRequest), ".lead"); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	page(t, s, "/search?q=a&from=2023-05&to=2023", http.StatusOK)
}

func TestBadAddresses(t *testing.T) {
	s := server(t, specimens())
	for _, path := range []string{
		"/search?q=a&page=0", "/search?q=a&page=-1", "/search?q=a&page=99999999999999999999", "/search?q=a&sort=up",
		"/search?q=a&from=2023-13", "/search?q=a&year=soon", "/search?q=a" + tags(60),
		"/api/v1/search?q=a&n=-1", "/api/v1/search?q=a&n=1e9", "/api/v1/search?q=a&offset=-5",
	} {
		if w := get(t, s, path); w.Code != http.StatusBadRequest {
			t.Errorf("GET %.60s = %d, want 400", path, w.Code)
		}
	}
}

func tags(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("&tag=" + strconv.Itoa(i))
	}
	return b.String()
}

func TestCorrectingFacts(t *testing.T) {
	at := "/doc/" + string(id(1)) + "/facts"
	form := func(edit map[string]string) url.Values {
		v := url.Values{"kind": {"verdict"}, "title": {"Алматы қаласы № 2 аудандық сотының үкімі"}, "date": {"2021-05-17"}, "tag": {""}, "status": {"appealed"}}
		for k, s := range edit {
			v.Set(k, s)
		}
		return v
	}
	for _, tt := range []struct {
		why  string
		edit map[string]string
		want []string
		code int
	}{
		{"nothing changed", nil, nil, 303},
		{"a new value", map[string]string{"kind": "ruling"}, []string{`2c3f7611 kind ["ruling"] false`}, 303},
		{"several values", map[string]string{"tag": " a b; ; c "}, []string{`2c3f7611 tag ["a b" "c"] false`}, 303},
		{"what was read again", map[string]string{"date": "2021-05-14"}, []string{`2c3f7611 date [] true`}, 303},
		{"the button to go back", map[string]string{"revert": "date", "kind": "ruling"}, []string{`2c3f7611 date [] true`}, 303},
		{"emptied", map[string]string{"title": ""}, []string{`2c3f7611 title [] false`}, 303},
		{"a kind that is none", map[string]string{"kind": "poem"}, nil, 400},
		{"a date that is none", map[string]string{"date": "spring"}, nil, 400},
		{"a country that is none", map[string]string{"country": "Kazakhstan"}, nil, 400},
		{"a control character", map[string]string{"note": "a\x07b"}, nil, 400},
		{"a key that nobody may set", map[string]string{"lang": "xx", "url": "y"}, nil, 303},
		{"too much", map[string]string{"note": strings.Repeat("x", 100_000)}, nil, 413},
	} {
		t.Run(tt.why, func(t *testing.T) {
			f := specimens()
			s := server(t, f)
			c := open(t, s)
			n := parse(t, get(t, s, at, cookie(c)))
			v := form(tt.edit)
			v.Set("token", attr(all(n, "#correct input[name=token]")[0], "value"))
			w := post(t, s, at, v, cookie(c))
			if w.Code != tt.code || !slices.Equal(f.corrected, tt.want) {
				t.Errorf("%d %q, want %d %q: %.200s", w.Code, f.corrected, tt.code, tt.want, w.Body)
			}
			if tt.code == http.StatusBadRequest && len(all(parse(t, w), ".field.wrong")) != 1 {
				t.Error("the form does not say which field")
			}
		})
	}
}

func TestCorrectingNeedsTheToken(t *testing.T) {
	f := specimens()
	s := server(t, f)
	c := open(t, s)
	at := "/doc/" + string(id(1)) + "/facts"
	token := attr(all(parse(t, get(t, s, at, cookie(c))), "#correct input[name=token]")[0], "value")
	if token == "" || token == c.Value {
		t.Fatalf("the token of the form is %q: there must be one, and not that of the cookie", token)
	}
	if got := attr(all(parse(t, get(t, s, at)), "#correct input[name=token]")[0], "value"); got != "" {
		t.Error("a browser that was not let in gets the token")
	}
	good := url.Values{"token": {token}, "kind": {"ruling"}}
	for _, tt := range []struct {
		why  string
		form url.Values
		edit func(*http.Request)
		want int
	}{
		{"no cookie", good, func(*http.Request) {}, 403},
		{"no token", url.Values{"kind": {"ruling"}}, cookie(c), 403},
		{"another token", url.Values{"token": {c.Value}, "kind": {"ruling"}}, cookie(c), 403},
		{"the token in the address only", url.Values{"kind": {"ruling"}}, both(cookie(c), func(r *http.Request) { r.URL.RawQuery = "token=" + token }), 403},
		{"another site", good, both(cookie(c), header("Sec-Fetch-Site", "cross-site")), 403},
		{"another port", good, both(cookie(c), header("Sec-Fetch-Site", "same-site")), 403},
		{"an old browser on another site", good, both(cookie(c), func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Origin", "http://evil.example")
		}), 403},
		{"an old browser that says nothing", good, both(cookie(c), func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }), 403},
		{"a wrong cookie", good, cookie(&http.Cookie{Name: c.Name, Value: "x"}), 403},
		{"DNS rebinding", good, both(cookie(c), host("evil.example")), 421},
		{"JSON", good, both(cookie(c), header("Content-Type", "application/json")), 403},
	} {
		if w := post(t, s, at, tt.form, tt.edit); w.Code != tt.want || len(f.corrected) > 0 {
			t.Errorf("%s: %d, corrected %q, want %d and nothing", tt.why, w.Code, f.corrected, tt.want)
		}
	}
	if w := post(t, s, at, good, cookie(c)); w.Code != http.StatusSeeOther || len(f.corrected) == 0 {
		t.Errorf("as it should be: %d, corrected %q", w.Code, f.corrected)
	}
}

func TestEmptyCollection(t *testing.T) {
	n := page(t, server(t, &fake{}), "/", http.StatusOK)
	if got := one(t, n, ".empty"); !strings.Contains(got, "dalel ingest FOLDER") {
		t.Errorf("an empty collection says %q", got)
	}
	if len(all(n, ".tries")) != 0 {
		t.Error("it offers queries that find nothing")
	}
}

func TestStartPage(t *testing.T) {
	n := page(t, server(t, specimens()), "/", http.StatusOK)
	if got := one(t, n, ".holdings"); got != "5 documents · 41 paragraphs · 10 pages1 page was not read" {
		t.Errorf("holdings %q", got)
	}
	if len(all(n, "#q[autofocus]")) != 1 || len(all(n, ".tries a")) != 5 || len(all(n, ".recent a")) != 5 {
		t.Error("the search box, the examples or the recent documents are missing")
	}
	for _, a := range all(n, ".tries a") {
		u, err := url.Parse(attr(a, "href"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := query.Parse(u.Query().Get("q")); err != nil {
			t.Errorf("the example %q does not parse: %v", inner(a), err)
		}
	}
}

// Every query of the help page is one that the program reads.
func TestHelpParses(t *testing.T) {
	s := server(t, specimens())
	for _, lang := range []string{"kk", "ru", "en"} {
		n := page(t, s, "/help?ui="+lang, http.StatusOK)
		examples := all(n, ".examples a")
		if len(examples) < 25 {
			t.Errorf("%s: %d examples", lang, len(examples))
		}
		for _, a := range examples {
			u, err := url.Parse(attr(a, "href"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := query.Parse(u.Query().Get("q")); err != nil {
				t.Errorf("%s: the example %q does not parse: %v", lang, inner(a), err)
			}
		}
	}
}

func TestStatusPage(t *testing.T) {
	n := page(t, server(t, specimens()), "/status", http.StatusOK)
	if got := words(n, "tbody td"); !slices.Equal(got, []string{"5", "2", "5"}) {
		t.Errorf("the register says %q: pages not read, doubtful, in all", got)
	}
	if got := words(n, "tfoot td"); !slices.Equal(got, []string{"1", "1", "10"}) {
		t.Errorf("in all %q", got)
	}
}

func TestAPISearch(t *testing.T) {
	s := server(t, specimens())
	w := get(t, s, "/api/v1/search?q=%D2%9B%D0%BE%D2%A3%D1%8B%D1%80%D1%82%D0%B0%D1%83%D0%BE%D0%B2&facets=1&n=50")
	var got struct {
		Passages []struct {
			Rank    int
			Doc     string
			Ref     string
			Para    int
			Text    string
			Matches []struct {
				Start, End int
				Term, Why  string
			}
		}
		Summary map[string]any
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v: %.200s", w.Code, err, w.Body)
	}
	if len(got.Passages) == 0 || got.Passages[0].Rank != 1 || !strings.HasPrefix(got.Passages[0].Ref, string(id(1))+"@") {
		t.Fatalf("passages %+v", got.Passages)
	}
	for _, p := range got.Passages {
		for _, m := range p.Matches {
			if run := string([]rune(p.Text)[m.Start:m.End]); !strings.HasPrefix(strings.ToLower(run), "қоңыр") {
				t.Errorf("the offsets give %q: they are not code points", run)
			}
		}
	}
	for _, k := range []string{"query", "hits", "docs", "works", "docs_apart", "seconds", "facets", "unread_pages", "notes"} {
		if _, ok := got.Summary[k]; !ok {
			t.Errorf("the summary lacks %q", k)
		}
	}
	if w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("type %q", w.Header().Get("Content-Type"))
	}
}

func TestAPIErrors(t *testing.T) {
	f := specimens()
	s := server(t, &failing{f, badQuery()}, f)
	for path, want := range map[string]string{
		"/api/v1/search?q=x":   `{"error":{"status":400,"code":"query.no_close_quote","message":"There is no closing \".","at":{"start":2,"end":7}}}`,
		"/api/v1/nothing":      `{"error":{"status":404,"code":"page","message":"There is no such page"}}`,
		"/api/v1/doc/ffffffff": `{"error":{"status":404,"code":"document","message":"There is no such document"}}`,
		"/api/v1/search?n=x":   `{"error":{"status":400,"code":"input","message":"n: the value “x” cannot be."}}`,
	} {
		if got := strings.TrimSpace(get(t, s, path).Body.String()); got != want {
			t.Errorf("GET %s\n got %s\nwant %s", path, got, want)
		}
	}
}

func TestAPIDocument(t *testing.T) {
	f := specimens()
	w := get(t, server(t, f), "/api/v1/doc/1b1e44d0")
	var got struct {
		Doc, Ref   string
		Paragraphs []struct {
			Para  int
			Text  string
			Pages []struct{ Page, Start int }
		}
		Pages []struct{ Status string }
		Read  map[string]struct{ Values []string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Doc != string(id(0)) || len(got.Paragraphs) != len(f.docs[0].Text.Paragraphs) || len(got.Pages) != 5 || got.Read["kind"].Values[0] != "wgad_opinion" {
		t.Errorf("document %+v", got)
	}
	for _, p := range got.Paragraphs {
		for _, pg := range p.Pages {
			if pg.Start > utf8.RuneCountInString(p.Text) {
				t.Errorf("page %d of paragraph %d begins past its end", pg.Page, p.Para)
			}
		}
	}
}

// slow is a library that answers when it is let.
type slow struct {
	*fake
	started, let chan struct{}
}

func (s *slow) Search(context.Context, search.Request) (*search.Result, error) {
	s.started <- struct{}{}
	<-s.let
	return &search.Result{}, nil
}

func TestTooManyAtOnce(t *testing.T) {
	f := &slow{specimens(), make(chan struct{}), make(chan struct{})}
	s := server(t, f, f.fake)
	const seats = 64
	var wg sync.WaitGroup
	for range seats {
		wg.Go(func() { get(t, s, "/search?q=x") })
		<-f.started
	}
	for _, path := range []string{"/search?q=x", "/api/v1/search?q=x", "/help"} {
		w := get(t, s, path)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("GET %s when all seats are taken = %d, want 503", path, w.Code)
		}
	}
	close(f.let)
	wg.Wait()
	if w := get(t, s, "/help"); w.Code != http.StatusOK {
		t.Errorf("afterwards = %d, want 200", w.Code)
	}
}
