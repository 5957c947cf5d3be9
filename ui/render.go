package ui

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/matrix"
	"dalel/ui/i18n"
)

// handler answers a request, or returns why it cannot.
type handler func(w http.ResponseWriter, r *http.Request) error

// view is what every template gets. The words are methods of it.
type view struct {
	words
	Title   string // of the page, before the name of the product
	Query   string // in the search box
	Hidden  []pair // filters that the search box keeps
	Theme   string // "light" or "dark"; "" follows the system
	Here    string // path and query of this page, without language and theme
	Home    bool   // the start page has no search box in its head
	Form    string // the token for forms; "" when this browser may not change anything
	Version string
	Desk    bool // quotes can be made
	Check   bool // files can be checked
	Lists   bool // lists are kept
	Data    any  // of the page
}

// pair is a name and a value, for hidden fields and links.
type pair struct{ Name, Value string }

// Link returns the address of this page with one parameter set.
func (v view) Link(name, value string) string {
	path, query, _ := strings.Cut(v.Here, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	values.Set(name, value)
	return path + "?" + values.Encode()
}

// Langs lists the languages of the menu.
func (v view) Langs() []i18n.Lang { return i18n.Langs }

// Asset returns the address of a static file.
func (r *renderer) Asset(name string) string { return "/static/" + name + "?v=" + r.version }

// renderer holds the parsed templates and the static files.
type renderer struct {
	pages   map[string]*template.Template
	static  http.Handler
	version string // of the static files: changes when one of them does
}

func newRenderer() (*renderer, error) {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	r := &renderer{pages: map[string]*template.Template{}}
	if r.version, err = fingerprint(files); err != nil {
		return nil, err
	}
	r.static = http.StripPrefix("/static/", staticServer(files))
	base, err := template.New("").Funcs(r.funcs()).
		ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"home", "search", "document", "facts", "status", "help", "error", "person", "article", "cited", "notheld", "beside", "quote", "briefs", "brief", "export", "verify", "lists", "list", "together"} {
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if r.pages[name], err = t.ParseFS(templateFiles, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// item is what a template in a loop gets: the view, and the thing.
type item struct {
	View view
	Item any
	Key  corpus.Key // of a facet's value
}

// funcs are the functions of the templates.
func (r *renderer) funcs() template.FuncMap {
	return template.FuncMap{
		"asset": r.Asset,
		"args": func(v view, thing any, key ...corpus.Key) item {
			it := item{View: v, Item: thing}
			if len(key) > 0 {
				it.Key = key[0]
			}
			return it
		},
		"docURL":     docURL,
		"hint":       hint,
		"inc":        func(n int) int { return n + 1 },
		"langAttr":   attrLang,
		"pageLabel":  func(p corpus.Page) string { return first(p.Label, strconv.Itoa(p.No)) },
		"quoteAt":    quoteAt,
		"spans":      spans,
		"tone":       tone,
		"verdicts":   func() []matrix.Verdict { return matrix.Verdicts },
		"whys":       func() []search.Why { return whys },
		"unlabelled": func(p *corpus.Paragraph) string { return p.Text[labelEnd(p):] },
	}
}

// fingerprint returns 12 hex digits of the hash of all files.
func fingerprint(files fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, path)
		_, _ = h.Write(b) // a hash never fails to write
		return err
	})
	return hex.EncodeToString(h.Sum(nil))[:12], err
}

// staticServer serves the static files and no folders. They tell nothing
// about the library and change their address with their content.
func staticServer(files fs.FS) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if info, err := fs.Stat(files, r.URL.Path); err != nil || info.IsDir() {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		server.ServeHTTP(w, r)
	})
}

// render makes a page in full before the first byte of it is sent.
func (s *Server) render(w http.ResponseWriter, status int, name string, v view) error {
	var b bytes.Buffer
	if err := s.views.pages[name].ExecuteTemplate(&b, "layout", v); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(v.Lang))
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the reader may have gone
	return nil
}

// page wraps a handler of people's pages: an error becomes a page in words.
func (s *Server) page(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		choices := s.choose(w, r)
		r = r.WithContext(context.WithValue(r.Context(), choicesKey{}, choices))
		if err := h(w, r); err != nil {
			s.errorPage(w, r, err)
		}
	})
}

// choices are what a reader chose for all pages.
type choices struct {
	lang  i18n.Lang
	theme string
}

type choicesKey struct{}

// The cookies that keep choices, and how long.
const (
	langCookie   = "dalel_lang"
	themeCookie  = "dalel_theme"
	choiceMaxAge = 365 * 24 * time.Hour
)

// choose reads language and theme from the address, where they also set the
// cookie, then from the cookies, then from what the browser asks for. On the
// search page lang= is a filter, so the menu says ui= everywhere.
func (s *Server) choose(w http.ResponseWriter, r *http.Request) choices {
	q := r.URL.Query()
	lang := i18n.Lang(q.Get("ui"))
	if !lang.Known() && r.URL.Path != "/search" {
		lang = i18n.Lang(q.Get("lang"))
	}
	if lang.Known() {
		remember(w, langCookie, string(lang))
	} else if lang = i18n.Lang(cookieValue(r, langCookie)); !lang.Known() {
		lang = i18n.Choose(r.Header.Get("Accept-Language"))
	}
	theme := q.Get("theme")
	switch theme {
	case "light", "dark", "auto":
		remember(w, themeCookie, theme)
	default:
		theme = cookieValue(r, themeCookie)
	}
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	return choices{lang: lang, theme: theme}
}

func remember(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(choiceMaxAge.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

func cookieValue(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// reader is the language of the person who asked.
func reader(r *http.Request) string {
	c, _ := r.Context().Value(choicesKey{}).(choices)
	return string(c.lang)
}

// view begins the view of a page.
func (s *Server) view(r *http.Request, title func(words) string) view {
	c, _ := r.Context().Value(choicesKey{}).(choices)
	if !c.lang.Known() {
		c.lang = i18n.EN
	}
	v := view{words: words{s.words[c.lang]}, Theme: c.theme, Version: s.version, Desk: s.desk != nil, Check: s.checker != nil, Lists: s.lists != nil}
	v.Title = title(v.words)
	if s.guard.trusted(r) {
		v.Form = s.guard.form
	}
	here := *r.URL
	q := here.Query()
	q.Del("ui")
	q.Del("theme")
	if here.Path != "/search" {
		q.Del("lang")
	}
	v.Here = here.EscapedPath()
	if len(q) > 0 {
		v.Here += "?" + q.Encode()
	}
	return v
}

// titled is a title that is a message.
func titled(key string) func(words) string {
	return func(w words) string { return w.T(key) }
}

// named is a title that is a document's.
func named(d *corpus.Document) func(words) string {
	return func(w words) string { return w.DocTitle(d) }
}
