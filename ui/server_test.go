package ui_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"dalel/ui"
)

const (
	addr = "127.0.0.1:8765"
	base = "http://" + addr
)

// server returns a server as it stands on a loopback address. The library is
// that of the searcher, if no other is given.
func server(t *testing.T, f ui.Searcher, lib ...*fake) *ui.Server {
	t.Helper()
	if len(lib) == 0 {
		return serverAt(t, f, f.(*fake), addr)
	}
	return serverAt(t, f, lib[0], addr)
}

func serverAt(t *testing.T, f ui.Searcher, lib *fake, addr string) *ui.Server {
	t.Helper()
	s, err := ui.New(ui.Config{Search: f, Library: lib, Reports: lib, Desk: lib, Checker: lib, Lists: lists(f, lib), Clock: now, Addr: addr, Rand: strings.NewReader(strings.Repeat("0123456789", 20)), Version: "0.0"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks for a page in English.
func get(t *testing.T, s http.Handler, path string, edit ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, base+path, http.NoBody)
	r.Header.Set("Accept-Language", "en")
	for _, e := range edit {
		e(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// page asks for a page, checks its status, and parses it.
func page(t *testing.T, s http.Handler, path string, status int) *html.Node {
	t.Helper()
	w := get(t, s, path)
	if w.Code != status {
		t.Fatalf("GET %s = %d, want %d: %.300s", path, w.Code, status, w.Body)
	}
	return parse(t, w)
}

func parse(t *testing.T, w *httptest.ResponseRecorder) *html.Node {
	t.Helper()
	n, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func all(n *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(n, cascadia.MustCompile(selector))
}

// words returns the text of what a selector finds, blanks folded.
func words(n *html.Node, selector string) []string {
	var out []string
	for _, found := range all(n, selector) {
		out = append(out, inner(found))
	}
	return out
}

func inner(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// one returns the text of what a selector finds, and fails unless it finds
// one thing.
func one(t *testing.T, n *html.Node, selector string) string {
	t.Helper()
	found := words(n, selector)
	if len(found) != 1 {
		t.Fatalf("%s finds %d things, want 1: %q", selector, len(found), found)
	}
	return found[0]
}

// open lets a browser in by the one-time address and returns its cookie.
func open(t *testing.T, s *ui.Server) *http.Cookie {
	t.Helper()
	w := get(t, s, s.OpenPath())
	cookies := w.Result().Cookies()
	if w.Code != http.StatusSeeOther || len(cookies) != 1 {
		t.Fatalf("opening the one-time address = %d with %d cookies, want 303 with 1", w.Code, len(cookies))
	}
	return cookies[0]
}

// pages lists an address of every page.
func pages() []string {
	doc := "/doc/" + string(id(0))
	return []string{
		"/", "/search?q=Konyrtauov+405", "/search?q=qqqq&kind=verdict&year=2021&voice=court&tag=x", "/search?q=405&apart=1", "/search?q=405&page=9",
		doc, doc + "?q=Konyrtauov&at=21", doc + "@00000000?at=p15", doc + "?at=p999", "/doc/" + string(id(1)), "/doc/" + string(id(2)), "/doc/" + string(id(3)),
		doc + "/facts", "/status", "/help", "/nothing", "/doc/ffffffff", "/search?q=a&from=yesterday",
		"/quote?doc=" + string(id(0)) + "&from=5", "/quote?doc=" + string(id(0)) + "&from=5&to=6&words=none+of+it", "/quote?doc=" + string(id(0)) + "&from=999",
		"/briefs", "/brief?name=" + theBrief, "/brief?name=none", "/brief/export?name=" + theBrief, "/export?q=Konyrtauov", "/verify",
		"/lists", theList, theList + "&row=1", theList + "&only=new", theList + "&only=undecided&from=3", "/list?name=none", "/list/articles?name=" + listName,
	}
}

func TestEveryPageInEveryLanguage(t *testing.T) {
	rawKey := regexp.MustCompile(`\b(count|doc|facts|kind|key|voice|error|zero|filter|note|status|why|sort|page|home|help|list|lists|fault|decision|together|scope)\.[a-z]`)
	for name, f := range map[string]*fake{"full": specimens(), "empty": {}} {
		s := server(t, f)
		for _, lang := range []string{"kk", "ru", "en"} {
			for _, path := range pages() {
				w := get(t, s, path, func(r *http.Request) { r.Header.Set("Accept-Language", lang) })
				if w.Code >= http.StatusInternalServerError {
					t.Fatalf("%s, %s: GET %s = %d", name, lang, path, w.Code)
				}
				n := parse(t, w)
				if got := attr(all(n, "html")[0], "lang"); got != lang {
					t.Errorf("%s: GET %s is in %q, want %q", name, path, got, lang)
				}
				if got := len(all(n, "h1")); got != 1 {
					t.Errorf("%s: GET %s has %d h1, want 1", name, path, got)
				}
				if found := rawKey.FindString(inner(all(n, "main")[0])); found != "" {
					t.Errorf("%s, %s: GET %s shows the key of a message: %s", name, lang, path, found)
				}
				checkLabels(t, path, n)
				checkIDs(t, path, n)
			}
		}
	}
}

// checkLabels wants a name on every control, for those who hear the page.
func checkLabels(t *testing.T, path string, n *html.Node) {
	t.Helper()
	for _, in := range all(n, "input, select") {
		if attr(in, "type") == "hidden" || attr(in, "aria-label") != "" || in.Parent.Data == "label" {
			continue
		}
		if id := attr(in, "id"); id == "" || len(all(n, fmt.Sprintf(`label[for=%q]`, id))) != 1 {
			t.Errorf("GET %s: the control %q has no label", path, attr(in, "name"))
		}
	}
	for _, a := range all(n, "a[href], button") {
		if inner(a) == "" && attr(a, "aria-label") == "" && len(all(a, "title")) == 0 {
			t.Errorf("GET %s: a link or button without words", path)
		}
	}
}

// checkIDs wants every id once, and what labels refer to.
func checkIDs(t *testing.T, path string, n *html.Node) {
	t.Helper()
	seen := map[string]bool{}
	for _, el := range all(n, "[id]") {
		if id := attr(el, "id"); seen[id] {
			t.Errorf("GET %s: the id %q stands twice", path, id)
		}
		seen[attr(el, "id")] = true
	}
	for _, el := range all(n, "[aria-labelledby]") {
		if id := attr(el, "aria-labelledby"); !seen[id] {
			t.Errorf("GET %s: aria-labelledby %q is not on the page", path, id)
		}
	}
}

// Links inside our pages must lead somewhere.
func TestLinksLeadSomewhere(t *testing.T) {
	s := server(t, specimens())
	tried := map[string]bool{}
	for _, from := range []string{"/", "/search?q=Konyrtauov+405", "/doc/" + string(id(0)) + "?q=Konyrtauov", "/status", "/help", "/person?name=Konyrtauov", "/article?key=KZ-UK-2014/405", "/cited?id=A/HRC/WGAD/2022/931", "/notheld", theList, "/list/articles?name=" + listName} {
		for _, a := range all(page(t, s, from, http.StatusOK), "a[href]") {
			path, fragment, _ := strings.Cut(attr(a, "href"), "#")
			if path == "" {
				path = from
			}
			if tried[path+"#"+fragment] {
				continue
			}
			tried[path+"#"+fragment] = true
			w := get(t, s, path)
			if w.Code != http.StatusOK && w.Code != http.StatusSeeOther {
				t.Errorf("%s links to %s = %d", from, path, w.Code)
			}
			if w.Code == http.StatusOK && fragment != "" && len(all(parse(t, w), fmt.Sprintf("[id=%q]", fragment))) != 1 {
				t.Errorf("%s links to %s#%s, which is not there", from, path, fragment)
			}
		}
	}
}

func TestLanguageAndTheme(t *testing.T) {
	s := server(t, specimens())
	w := get(t, s, "/?lang=kk")
	if got := attr(all(parse(t, w), "html")[0], "lang"); got != "kk" {
		t.Errorf("/?lang=kk is in %q", got)
	}
	if c := w.Result().Cookies(); len(c) != 1 || c[0].Value != "kk" || c[0].SameSite != http.SameSiteStrictMode || !c[0].HttpOnly {
		t.Errorf("/?lang=kk sets %v, want a strict cookie", c)
	}
	w = get(t, s, "/search?q=repost&lang=kk")
	if got := attr(all(parse(t, w), "html")[0], "lang"); got != "en" {
		t.Errorf("on the search page lang= is a filter, but the page is in %q", got)
	}
	w = get(t, s, "/help?ui=ru&theme=dark")
	n := parse(t, w)
	if got := attr(all(n, "html")[0], "data-theme"); got != "dark" {
		t.Errorf("theme=dark gives %q", got)
	}
	for _, a := range all(n, ".langs a") {
		if strings.Contains(attr(a, "href"), "theme=") {
			t.Errorf("the menu of languages keeps the theme in %q: a cookie has it", attr(a, "href"))
		}
	}
	if first := one(t, n, ".langs a:first-child"); first != "Қазақша" {
		t.Errorf("the menu begins with %q, want Kazakh", first)
	}
	w = get(t, s, "/", func(r *http.Request) {
		r.Header.Set("Cookie", "dalel_lang=><script>; dalel_theme=><script>")
	})
	if n := all(parse(t, w), "html")[0]; attr(n, "lang") != "en" || attr(n, "data-theme") != "" {
		t.Errorf("bad cookies are believed: %v", n.Attr)
	}
}

func TestStaticFiles(t *testing.T) {
	s := server(t, specimens())
	n := page(t, s, "/", http.StatusOK)
	for _, tag := range []string{"link[rel=stylesheet]", "link[rel=icon]", "script[src]"} {
		el := all(n, tag)
		if len(el) == 0 {
			t.Fatalf("no %s", tag)
		}
		for _, e := range el {
			w := get(t, s, attr(e, "href")+attr(e, "src"))
			if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
				t.Errorf("%s = %d, %q", tag, w.Code, w.Header())
			}
		}
	}
	for _, path := range []string{"/static/", "/static/none.js", "/static/../server.go", "/static/%2e%2e/server.go"} {
		if w := get(t, s, path); w.Code == http.StatusOK {
			t.Errorf("GET %s = 200", path)
		}
	}
}

// The whole of our script stays small enough to be read.
func TestScriptIsShort(t *testing.T) {
	s := server(t, specimens())
	var scripts []string
	for _, script := range all(page(t, s, "/", http.StatusOK), "script") {
		scripts = append(scripts, get(t, s, attr(script, "src")).Body.String())
	}
	js := strings.Join(scripts, "")
	js = strings.ReplaceAll(js, `fetch("/api/v1/cite?"`, "") // our own answer, for the clipboard
	if lines := strings.Count(js, "\n"); lines > 300 {
		t.Errorf("the script has %d lines, want at most 300", lines)
	}
	for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser", "fetch("} {
		if strings.Contains(js, bad) {
			t.Errorf("the script uses %s", bad)
		}
	}
}

func TestEscapesInAddresses(t *testing.T) {
	s := server(t, specimens())
	q := `Konyrtauov & "405"#?%`
	n := page(t, s, "/search?q="+url.QueryEscape(q), http.StatusOK)
	for _, a := range all(n, ".sorts a") {
		u, err := url.Parse(attr(a, "href"))
		if err != nil || u.Query().Get("q") != q {
			t.Errorf("a link of the page asks %q, want %q", u.Query().Get("q"), q)
		}
	}
}
