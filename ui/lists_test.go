package ui_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/matrix"
	"dalel/ui"
)

// listName is a list that every fake library with documents has, and theList its address.
const (
	listName = "names"
	theList  = "/list?name=" + listName
)

const fourRows = "name,born,aka\nKonyrtauov,1981,\nNobody Else,,\n,,\n1981-03-14,,\n"

func now() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

func lists(f ui.Searcher, lib *fake) *matrix.Desk {
	if lib.list == "" {
		lib.list = fourRows
	}
	decode := func(b []byte) (string, int) { return strings.ToValidUTF8(string(b), "\ufffd"), 0 }
	return &matrix.Desk{Search: f, Counter: lib, Files: lib, Decode: decode, Clock: now}
}

func (f *fake) Together(_ context.Context, q string, scope search.Scope, _ search.Filter) ([]search.Count, error) {
	if !strings.Contains(q, "Konyrtauov") {
		return nil, f.fail
	}
	out := []search.Count{{Value: "KZ-UK-2014/405", Passages: 2}}
	if scope == search.InParagraph {
		out = append(out, search.Count{Value: "ICCPR/22", Passages: 1})
	}
	return out, f.fail
}

func with(c *http.Cookie) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(c) }
}

func TestAListIsAMatrix(t *testing.T) {
	n := page(t, server(t, specimens()), theList, http.StatusOK)
	if got := words(n, ".listed h2"); !slices.Equal(got, []string{"1 Konyrtauov born 1981", "2 Nobody Else", "3 (empty)", "4 1981-03-14"}) {
		t.Errorf("rows %q", got)
	}
	if got := words(n, ".listed .warn"); !slices.Equal(got, []string{"The row is empty.", "There are no letters in it: 1981-03-14"}) {
		t.Errorf("faults %q", got)
	}
	cells := all(n, ".cells > li")
	if len(cells) != 5 {
		t.Fatalf("%d passages of a row, want 5 and a link to the rest", len(cells))
	}
	if got := attr(all(cells[0], ".where a")[0], "href"); !strings.HasPrefix(got, "/doc/"+string(id(0))+"?q=name%3A%22Konyrtauov%22&at=") || !strings.Contains(got, "#o") {
		t.Errorf("a cell opens %q, want its paragraph", got)
	}
	if got := words(cells[0], "button"); !slices.Equal(got, []string{"Same person", "Another", "Unsure"}) {
		t.Errorf("decisions %q", got)
	}
	more := all(n, ".more-cells a")
	if len(more) != 1 || attr(more[0], "href") != theList+"&row=1" {
		t.Fatalf("the rest of the row is nowhere")
	}
	n = page(t, server(t, specimens()), theList+"&row=1", http.StatusOK)
	if got := len(all(n, ".cells > li")); got <= 5 {
		t.Errorf("a row alone has %d passages, want all", got)
	}
}

// deciding is a browser that may decide.
type deciding struct {
	t    *testing.T
	f    *fake
	s    *ui.Server
	c    *http.Cookie
	form string
}

func newDeciding(t *testing.T) *deciding {
	d := &deciding{t: t, f: specimens()}
	d.s = server(t, d.f)
	d.c = open(t, d.s)
	d.form = one1(t, d.s, d.c, "/lists")
	return d
}

// press presses a button of the first row's passage.
func (d *deciding) press(at string, cell, button int) *httptest.ResponseRecorder {
	d.t.Helper()
	n := parse(d.t, get(d.t, d.s, at, with(d.c)))
	b := all(all(n, ".cells > li")[cell], "button")[button]
	v := url.Values{"token": {d.form}, "row": {"1"}, "who": {"Konyrtauov"}, "decide": {attr(b, "value")}}
	return post(d.t, d.s, at, v, with(d.c))
}

// pressed lists what was decided of the passages on a page.
func (d *deciding) pressed(at string) []string {
	d.t.Helper()
	return words(parse(d.t, get(d.t, d.s, at, with(d.c))), `.cells button[aria-pressed="true"]`)
}

func TestDecisionsAreKept(t *testing.T) {
	d := newDeciding(t)
	w := d.press(theList, 0, 0)
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), theList+"#c1-"+id(0).Short()) {
		t.Fatalf("deciding = %d to %q", w.Code, w.Header().Get("Location"))
	}
	d.press(theList, 1, 1)
	if got := d.pressed(theList); !slices.Equal(got, []string{"Same person", "Another"}) {
		t.Errorf("decided %q", got)
	}
	if got := string(d.f.files[matrix.DecisionFile]); strings.Count(got, "\n") != 2 || !strings.Contains(got, `"at":"2026-11-22T09:00:00Z"`) || !strings.Contains(got, `"birth":1981`) {
		t.Errorf("kept %q", got)
	}
	n := parse(t, get(t, d.s, theList+"&only=undecided", with(d.c)))
	if got := len(all(n, `.cells button[aria-pressed="true"]`)); got != 0 || len(all(n, ".cells > li")) != 5 {
		t.Errorf("%d decided passages among the undecided", got)
	}
	d.press(theList, 0, 0)
	if got := d.pressed(theList); !slices.Equal(got, []string{"Another"}) {
		t.Errorf("a button pressed again leaves %q", got)
	}
}

// Documents that come after the last decision are new.
func TestWhatIsNewIsShown(t *testing.T) {
	d := newDeciding(t)
	if got := one(t, page(t, d.s, theList+"&only=new", http.StatusOK), "[role=status]"); got != "Nothing new since your last decisions." {
		t.Errorf("before any decision: %q", got)
	}
	d.press(theList, 0, 0)
	d.f.docs[2].Sources[0].Added = now().Add(time.Hour)
	n := parse(t, get(t, d.s, theList+"&only=new", with(d.c)))
	if got := words(n, ".cells .where"); len(got) != 1 || !strings.HasPrefix(got[0], "Joint submission") || !strings.HasSuffix(got[0], "new") {
		t.Errorf("new: %q", got)
	}
	if got := one(t, n, ".told .new"); got != "1 new since last time" {
		t.Errorf("the row says %q", got)
	}
}

func TestWhatCannotBeDecided(t *testing.T) {
	d := newDeciding(t)
	doc := opinion()
	ref := id(0).Short() + "@" + doc.Text.Hash()[:8] + "#~21"
	for _, tt := range []struct {
		why    string
		fields url.Values
		want   int
		says   string
	}{
		{"without the token", url.Values{"row": {"1"}, "who": {"Konyrtauov"}, "decide": {"same " + ref}}, http.StatusForbidden, ""},
		{"the list has changed under the page", url.Values{"row": {"2"}, "who": {"Konyrtauov"}, "decide": {"same " + ref}}, http.StatusConflict, "The list has been changed since."},
		{"a row that is no person", url.Values{"row": {"3"}, "who": {""}, "decide": {"same " + ref}}, http.StatusConflict, "no such person"},
		{"another text of the document", url.Values{"row": {"1"}, "who": {"Konyrtauov"}, "decide": {"same " + id(0).Short() + "@00000000#~21"}}, http.StatusConflict, "read anew"},
		{"no such paragraph", url.Values{"row": {"1"}, "who": {"Konyrtauov"}, "decide": {"same " + id(0).Short() + "#~999"}}, http.StatusConflict, "no such passage"},
		{"no such decision", url.Values{"row": {"1"}, "who": {"Konyrtauov"}, "decide": {"guilty " + ref}}, http.StatusBadRequest, ""},
		{"no such document", url.Values{"row": {"1"}, "who": {"Konyrtauov"}, "decide": {"same ffffffff#~1"}}, http.StatusNotFound, ""},
	} {
		if tt.want != http.StatusForbidden {
			tt.fields.Set("token", d.form)
		}
		w := post(t, d.s, theList, tt.fields, with(d.c))
		if w.Code != tt.want || tt.says != "" && !strings.Contains(one(t, parse(t, w), "[role=alert]"), tt.says) {
			t.Errorf("%s: %d, want %d and %q", tt.why, w.Code, tt.want, tt.says)
		}
	}
	if w := post(t, d.s, theList, url.Values{"token": {d.form}, "row": {"1"}, "who": {"Konyrtauov"}, "decide": {"same " + ref}}); w.Code != http.StatusForbidden {
		t.Errorf("without the cookie: %d", w.Code)
	}
	if got := len(d.f.files[matrix.DecisionFile]); got != 0 {
		t.Errorf("%d bytes of decisions are kept", got)
	}
}

func TestListsAreKeptAndDeleted(t *testing.T) {
	d := newDeciding(t)
	w := upload(t, d.s, d.c, "/lists", `C:\lists\Активисты.csv`, "ФИО;Заметка\nКоныртауов Даулетияр;x\n", "token", d.form)
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || at != "/list?name="+url.QueryEscape("Активисты") {
		t.Fatalf("a file = %d to %q", w.Code, at)
	}
	w = upload(t, d.s, d.c, "/lists", "", "", "token", d.form, "title", "Pasted", "text", "Konyrtauov\nNobody")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/list?name=Pasted" {
		t.Errorf("pasted = %d to %q", w.Code, w.Header().Get("Location"))
	}
	if got := words(page(t, d.s, "/lists", http.StatusOK), ".brieflist li"); !slices.Equal(got, []string{"Pasted 2 rows", "names 4 rows", "Активисты 1 row"}) {
		t.Errorf("lists %q", got)
	}
	w = upload(t, d.s, d.c, "/lists", "bad.xlsx", "no workbook", "token", d.form, "title", "X")
	if w.Code != http.StatusBadRequest || !strings.Contains(one(t, parse(t, w), "[role=alert]"), "The table cannot be read") {
		t.Errorf("no workbook: %d", w.Code)
	}
	w = upload(t, d.s, d.c, "/lists", "", "", "token", d.form, "text", "Konyrtauov <b>")
	if n := parse(t, w); w.Code != http.StatusBadRequest || !strings.Contains(one(t, n, "[role=alert]"), "needs a name") || one(t, n, "textarea") != "Konyrtauov <b>" {
		t.Errorf("without a name: %d; what was pasted must still stand there", w.Code)
	}
	if w = upload(t, d.s, d.c, "/lists", "", "", "title", "Y", "text", "Konyrtauov"); w.Code != http.StatusForbidden {
		t.Errorf("without the token: %d", w.Code)
	}
	w = post(t, d.s, at, url.Values{"token": {d.form}, "do": {"drop"}, "sure": {"on"}}, with(d.c))
	if w.Code != http.StatusSeeOther || get(t, d.s, at).Code != http.StatusNotFound {
		t.Errorf("a deleted list: %d, then %d", w.Code, get(t, d.s, at).Code)
	}
	if got := one(t, parse(t, get(t, d.s, at)), "h1"); got != "There is no such list" {
		t.Errorf("says %q", got)
	}
}

// A matrix leaves as a file, is filled in, and comes back.
func TestMatricesLeaveAndComeBack(t *testing.T) {
	d := newDeciding(t)
	for format, begins := range map[string]string{"csv": "\ufeffname,born,aka,hits", "json": `{"id":"1"`, "xlsx": "PK"} {
		w := get(t, d.s, "/list/file?name="+listName+"&format="+format)
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), begins) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") ||
			w.Header().Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
			t.Errorf("%s = %d %.40q %v", format, w.Code, w.Body, w.Header())
		}
	}
	if w := get(t, d.s, "/list/file?name="+listName+"&format=exe"); w.Code != http.StatusBadRequest {
		t.Errorf("another format = %d", w.Code)
	}
	filled := "name,born,ref,decision\nKonyrtauov,1981," + corpus.Permalink(id(0), opinion().Text.Hash(), 21) + ",тот же\nKonyrtauov,1981,ffffffff#~1,same\n"
	w := upload(t, d.s, d.c, "/list/import?name="+listName, "filled.csv", filled, "token", d.form)
	n := parse(t, w)
	if got := one(t, n, "[role=status]"); w.Code != http.StatusOK || !strings.HasPrefix(got, "1 decision taken.") || !strings.Contains(got, "Row 3: The document is not in the collection.") {
		t.Errorf("imported = %d %q", w.Code, got)
	}
	if got := d.pressed(theList + "&row=1"); !slices.Equal(got, []string{"Same person"}) {
		t.Errorf("decided %q", got)
	}
	w = upload(t, d.s, d.c, "/list/import?name="+listName, "names.csv", "name\nx\n", "token", d.form)
	if w.Code != http.StatusBadRequest || !strings.Contains(one(t, parse(t, w), "[role=alert]"), "needs the columns") {
		t.Errorf("no matrix: %d", w.Code)
	}
}

func TestPersonsAndArticles(t *testing.T) {
	s := server(t, specimens())
	n := page(t, s, "/list/articles?name="+listName, http.StatusOK)
	if got := one(t, n, "h1"); got != "Mentioned together" {
		t.Errorf("headed %q", got)
	}
	if got := words(n, ".grid th"); !slices.Equal(got, []string{"Person", "Criminal Code of Kazakhstan (2014), art. 405", "Konyrtauov"}) {
		t.Errorf("heads %q", got)
	}
	if got := attr(all(n, ".grid td a")[0], "href"); got != "/search?q="+url.QueryEscape(`(name:"Konyrtauov") /s article:"KZ-UK-2014/405"`) {
		t.Errorf("a count opens %q: the same sentence by default", got)
	}
	n = page(t, s, "/list/articles?name="+listName+"&scope=paragraph", http.StatusOK)
	if got := attr(all(n, ".grid td a")[1], "href"); got != "/search?q="+url.QueryEscape(`(name:"Konyrtauov") article:"ICCPR/22"`) {
		t.Errorf("a count of paragraphs opens %q", got)
	}
	page(t, s, "/list/articles?name="+listName+"&scope=country", http.StatusBadRequest)
}
