package ui_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/search"
)

// attacks are strings that run as script where they are not escaped for the
// place they stand in.
var attacks = []string{
	`<script>alert(1)</script>`,
	`"><script>alert(1)</script>`,
	`'><img src=x onerror=alert(1)>`,
	`" onmouseover="alert(1)" x="`,
	`' onfocus='alert(1)' autofocus='`,
	`javascript:alert(1)`,
	` javascript:alert(1)//`,
	`data:text/html,<script>alert(1)</script>`,
	`</title><script>alert(1)</script>`,
	`</textarea><script>alert(1)</script>`,
	`<svg/onload=alert(1)>`,
	`<svg><animate onbegin=alert(1) attributeName=x>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
	`<!--<img src="--><img src=x onerror=alert(1)//">`,
	`<style>*{background:url(//evil.example)}</style>`,
	`<base href="//evil.example/">`,
	`<meta http-equiv="refresh" content="0;url=//evil.example">`,
	`{{.Data}}{{template "main"}}`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	"\u2028<script>alert(1)</script>\u2029",
	"`${alert(1)}`",
	`x" style="background:url(//evil.example)`,
	"\x00<script>alert(1)</script>",
	"\xff\xfe<script>",
}

// poisoned returns a library whose every text is an attack.
func poisoned(a string) *fake {
	d := opinion()
	for k := range d.Read {
		d.Read[k] = corpus.Fact{Values: []string{a, a + a}, Origin: corpus.Origin(a), Para: 2}
	}
	for _, k := range corpus.Keys {
		d.Corrected[k] = corpus.Fact{Values: []string{a}, Origin: corpus.FromPerson}
	}
	d.Sources = []corpus.Source{{Path: a, URL: a}}
	d.MediaType, d.Work = a, a
	d.Text.Extractor, d.Text.Warnings = a, []string{a}
	for i := range d.Text.Pages {
		p := &d.Text.Pages[i]
		p.Label, p.Warnings, p.Status, p.Extractor = a, []string{a}, corpus.PageStatus(a), a
	}
	for i := range d.Text.Paragraphs {
		p := &d.Text.Paragraphs[i]
		p.Text, p.Label, p.Lang, p.Path = a+" Konyrtauov "+a, a, a, []string{a}
		p.Voice, p.Section = corpus.Voice(a), corpus.SectionKind(a)
		p.Pages = []corpus.PageSpan{{Page: i + 1, Label: a}, {Page: i + 2, Label: a, Start: 3}}
		if i%2 == 0 { // without a number and a page that take the attack apart
			p.Label, p.Pages = "", p.Pages[:1]
		}
	}
	h := search.Hit{Doc: facts(d), Text: d.Text.Hash(), Para: d.Text.Paragraphs[4], Matches: []search.Match{
		{Start: 0, End: len(a), Term: a, Why: search.Why(a)}, {Start: -1, End: 9}, {Start: 5, End: 1 << 30}, {Start: 4, End: 2},
	}}
	var facets []search.Facet
	for _, k := range append([]corpus.Key{"year", "voice", "in", search.KeyPerson, search.KeyArticle, search.KeyInstrument, search.KeyCites}, corpus.Keys...) {
		facets = append(facets, search.Facet{Key: k, Values: []search.FacetValue{{Value: a, Works: 1, Names: []string{a}}, {Value: "2020", Works: 1}, {Value: "2022", Works: 1}}})
	}
	return &fake{docs: []*corpus.Document{d}, answer: &search.Result{
		Query: a, Hits: 50, Docs: 50, Works: 1, DocsApart: 1, Apart: []corpus.ID{d.ID}, Facets: facets, Unread: 1,
		Notes:     []search.Note{{Kind: search.NoteName, Text: a, Value: a + a, Query: a + a}, {Kind: search.NoteKind(a), Text: a}},
		Groups:    []search.Group{{Doc: facts(d), Hits: 9, Best: []search.Hit{h}}},
		Spellings: []search.Spelling{{Name: a + a, Part: a, Form: a, Passages: 1}}, WithoutPart: 1, WithoutPartQuery: a,
		Unnumbered: &search.Unnumbered{Query: a, About: []search.Concern{{Name: a, Basis: search.Basis(a), Source: a}}, Hits: 1, Docs: 1, Works: 1, Passages: []search.Hit{h}},
		Passages:   []search.Hit{h},
	}}
}

func TestAttacksAreInert(t *testing.T) {
	for _, a := range attacks {
		s := server(t, poisoned(a))
		e := url.QueryEscape(a)
		doc := "/doc/" + string(id(0))
		for _, path := range []string{
			"/", "/search?q=" + e, "/search?q=x&kind=" + e + "&tag=" + e + "&voice=" + e + "&court=" + e, "/search?q=x&apart=1&folder=" + e,
			"/search?q=x&from=" + e, "/search?q=x&sort=" + e, "/search?q=x&page=" + e, "/search?q=x&any=" + e,
			doc, doc + "?q=" + e, doc + "?q=x&at=3", doc + "?at=p" + e, doc + "?ui=" + e + "&theme=" + e, doc + "/facts", "/person?name=" + e, "/article?key=" + e, "/cited?id=" + e, "/list?name=" + e, theList, theList + "&row=1", theList + "&row=3", "/list/articles?name=" + listName, "/notheld?x=" + e, "/search?q=x&name.of=" + e + "&name.from=0&name.to=1&name.all=" + e, "/status?x=" + e, "/help?" + e + "=" + e, "/" + url.PathEscape(a),
		} {
			w := get(t, s, path)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%q: GET %s = %d", a, path, w.Code)
			}
			n := parse(t, w)
			checkInert(t, a, path, n)
			if path == "/search?q="+e || path == doc+"?q="+e {
				if got := words(n, ".words mark"); !slices.Contains(got, strings.Join(strings.Fields(clean(a)), " ")) {
					t.Errorf("%q: GET %s does not show it as it is: %q", a, path, got)
				}
			}
		}
	}
}

// clean returns what HTML can hold of a text: no NUL.
func clean(a string) string { return strings.ReplaceAll(a, "\x00", "\ufffd") }

// checkInert wants no element and no attribute on a page but those that our
// templates have.
func checkInert(t *testing.T, a, path string, n *html.Node) {
	t.Helper()
	for el := range n.Descendants() {
		if el.Type == html.CommentNode && !strings.HasPrefix(el.Data, " ") {
			t.Errorf("%q: GET %s: a comment %q", a, path, el.Data)
		}
		if el.Type != html.ElementNode {
			continue
		}
		switch el.Data {
		case "style", "iframe", "img", "object", "embed", "base", "math", "animate", "textarea", "template", "noscript":
			t.Errorf("%q: GET %s: an element %s", a, path, el.Data)
		case "script":
			if el.FirstChild != nil || !strings.HasPrefix(attr(el, "src"), "/static/") {
				t.Errorf("%q: GET %s: a script", a, path)
			}
		case "meta":
			if attr(el, "http-equiv") != "" {
				t.Errorf("%q: GET %s: a meta that acts", a, path)
			}
		}
		for _, at := range el.Attr {
			checkAttr(t, a, path, at)
		}
	}
}

func checkAttr(t *testing.T, a, path string, at html.Attribute) {
	t.Helper()
	if strings.HasPrefix(at.Key, "on") || at.Key == "style" || at.Key == "srcdoc" {
		t.Errorf("%q: GET %s: the attribute %s=%q", a, path, at.Key, at.Val)
	}
	switch at.Key {
	case "href", "src", "action", "formaction", "xlink:href":
		if !strings.HasPrefix(at.Val, "/") && !strings.HasPrefix(at.Val, "#") || strings.HasPrefix(at.Val, "//") {
			t.Errorf("%q: GET %s: an address that is not ours: %q", a, path, at.Val)
		}
	}
}

// The policy allows no inline script or style; the templates must not try.
func TestTemplatesHaveNothingInline(t *testing.T) {
	files := os.DirFS("templates")
	names, err := fs.Glob(files, "*.html")
	if err != nil || len(names) == 0 {
		t.Fatalf("templates: %v, %v", names, err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		z := html.NewTokenizer(strings.NewReader(string(b)))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			if tok.Data == "style" && tok.Type == html.StartTagToken {
				t.Errorf("%s: a style element", name)
			}
			for _, at := range tok.Attr {
				if at.Key == "style" || strings.HasPrefix(at.Key, "on") {
					t.Errorf("%s: inline %s=%q", name, at.Key, at.Val)
				}
				if (at.Key == "href" || at.Key == "src") && strings.Contains(at.Val, "//") {
					t.Errorf("%s: a request to elsewhere: %q", name, at.Val)
				}
			}
		}
	}
}

func TestPolicyIsStrict(t *testing.T) {
	policy := get(t, server(t, specimens()), "/nothing").Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %q", want)
		}
	}
	for _, bad := range []string{"unsafe", "data:", "http", "*"} {
		if strings.Contains(policy, bad) {
			t.Errorf("the policy has %q", bad)
		}
	}
}

func TestOriginalsAreDownloads(t *testing.T) {
	f := specimens()
	f.docs[0].Sources[0].Path = "a.zip!папка/үкім \"1\"\r\nX: y.html"
	w := get(t, server(t, f), "/original/"+string(id(0)))
	h := w.Header()
	if w.Code != http.StatusOK || w.Body.String() != "<script>alert(1)</script>" {
		t.Fatalf("original = %d %q", w.Code, w.Body)
	}
	if got := h.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" {
		t.Errorf("policy %q", got)
	}
	if h.Get("Content-Type") != "application/octet-stream" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X") != "" {
		t.Errorf("headers %v", h)
	}
	want := `attachment; filename="1b1e44d0.html"; filename*=UTF-8''%D2%AF%D0%BA%D1%96%D0%BC%20%221%22%0D%0AX%3A%20y.html`
	if got := h.Get("Content-Disposition"); got != want {
		t.Errorf("disposition %s\nwant        %s", got, want)
	}
	w = get(t, server(t, f), "/original/"+string(id(0)), func(r *http.Request) { r.Header.Set("Range", "bytes=1-6") })
	if w.Code != http.StatusPartialContent || w.Body.String() != "script" {
		t.Errorf("a part of it = %d %q", w.Code, w.Body)
	}
}
