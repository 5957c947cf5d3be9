package ui

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

// briefURL is the address of a brief.
func briefURL(name string) string { return "/brief?name=" + url.QueryEscape(name) }

// exportURL is the address of the check before a brief is exported.
func exportURL(name string) string { return "/brief/export?name=" + url.QueryEscape(name) }

// briefLine is a brief in the list.
type briefLine struct {
	Name     string
	URL      string
	Quotes   int
	Withheld bool
}

func (s *Server) briefs(w http.ResponseWriter, r *http.Request) error {
	briefs := quote.Briefs{Files: s.desk}
	names, err := briefs.List(r.Context())
	if err != nil {
		return err
	}
	var lines []briefLine
	for _, name := range names {
		one, err := briefs.Load(r.Context(), name)
		if err != nil {
			return err
		}
		lines = append(lines, briefLine{name, briefURL(name), one.Quotes(), one.Withheld})
	}
	v := s.view(r, titled("briefs.title"))
	v.Data = lines
	return s.render(w, http.StatusOK, "briefs", v)
}

func (s *Server) newBrief(w http.ResponseWriter, r *http.Request) error {
	name := oneLine(r.PostFormValue("name"))
	v := s.view(r, titled("briefs.title"))
	err := quote.Briefs{Files: s.desk}.New(r.Context(), quote.Brief{Name: name, Style: defaultStyle(string(v.Lang))})
	if err != nil {
		return err
	}
	http.Redirect(w, r, briefURL(name), http.StatusSeeOther) //nolint:gosec // a path of ours, the name escaped
	return nil
}

// briefPage is the data of a brief.
type briefPage struct {
	Brief  *quote.Brief
	URL    string
	Export string // address of the check before an export
	Items  []briefItem
	Styles []cite.Style
	Langs  []string
}

// briefItem is an item with what is shown of it.
type briefItem struct {
	quote.Item
	Shown    string
	Lang     string
	Citation *cite.Citation
	Doc      *corpus.Document
	URL      string // of the passage
	First    bool
	Last     bool
	Broken   string // why the quote cannot be shown
}

func (s *Server) brief(w http.ResponseWriter, r *http.Request) error {
	one, err := quote.Briefs{Files: s.desk}.Load(r.Context(), r.FormValue("name"))
	if err != nil {
		return err
	}
	v := s.view(r, func(words) string { return one.Name })
	p := briefPage{Brief: one, URL: briefURL(one.Name), Export: exportURL(one.Name), Styles: cite.Styles}
	if one.Style.Known() {
		p.Langs = one.Style.Langs()
	}
	bundle, err := s.desk.Build(r.Context(), one, export.Options{}, false)
	for i, it := range one.Items {
		item := briefItem{Item: it, First: i == 0, Last: i == len(one.Items)-1}
		switch {
		case it.Quote == nil:
		case err != nil:
			item.Broken = causeOf(err)
		default:
			q := bundle.Items[i].Quote
			item.Shown, item.Citation, item.Doc = q.Shown, &q.Cite, q.Doc
			item.Lang = attrLang(q.Text.Paragraphs[q.Spans[0].Ord-1].Lang)
			item.URL = passageURL(q.Doc.ID, "", q.Spans[0].Ord)
		}
		p.Items = append(p.Items, item)
	}
	v.Data = p
	return s.render(w, http.StatusOK, "brief", v)
}

// changeBrief takes every form of a brief's page: what it does stands in do.
func (s *Server) changeBrief(w http.ResponseWriter, r *http.Request) error {
	name := r.FormValue("name")
	briefs := quote.Briefs{Files: s.desk}
	do, ok := briefChanges[r.PostFormValue("do")]
	if r.PostFormValue("do") == "delete" && r.PostFormValue("sure") != "" {
		if err := briefs.Remove(r.Context(), name); err != nil {
			return err
		}
		http.Redirect(w, r, "/briefs", http.StatusSeeOther)
		return nil
	}
	if !ok {
		http.Redirect(w, r, briefURL(name), http.StatusSeeOther) //nolint:gosec // a path of ours
		return nil
	}
	no, _ := strconv.Atoi(r.PostFormValue("no")) // 0 names no item, and Find says so
	if err := briefs.Change(r.Context(), name, func(b *quote.Brief) error { return do(b, no, r) }); err != nil {
		return err
	}
	http.Redirect(w, r, briefURL(name)+"#i"+strconv.Itoa(no), http.StatusSeeOther) //nolint:gosec // a path of ours
	return nil
}

// briefChanges are what a form of a brief's page can do.
var briefChanges = map[string]func(b *quote.Brief, no int, r *http.Request) error{
	"heading": func(b *quote.Brief, _ int, r *http.Request) error {
		if t := oneLine(r.PostFormValue("text")); t != "" {
			b.Add(quote.Item{Heading: t})
		}
		return nil
	},
	"words": func(b *quote.Brief, _ int, r *http.Request) error {
		if t := strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n")); t != "" {
			b.Add(quote.Item{Words: t})
		}
		return nil
	},
	"settings": func(b *quote.Brief, _ int, r *http.Request) error {
		if s := cite.Style(r.PostFormValue("style")); s.Known() {
			b.Style = s
		}
		b.Lang = ""
		if l := r.PostFormValue("clang"); slices.Contains(b.Style.Langs(), l) {
			b.Lang = l
		}
		b.Form = cite.Footnote
		if r.PostFormValue("form") == string(cite.Inline) {
			b.Form = cite.Inline
		}
		b.Withheld = r.PostFormValue("withheld") != ""
		return nil
	},
	"note": func(b *quote.Brief, no int, r *http.Request) error {
		it, err := b.Find(no)
		if err != nil {
			return err
		}
		it.Note = strings.TrimSpace(r.PostFormValue("note"))
		it.Tags = nil
		for t := range strings.SplitSeq(r.PostFormValue("tags"), ";") {
			if t = oneLine(t); t != "" {
				it.Tags = append(it.Tags, t)
			}
		}
		it.Withheld = r.PostFormValue("withheld") != ""
		return nil
	},
	"up":     func(b *quote.Brief, no int, _ *http.Request) error { return b.Move(no, place1(b, no)-1) },
	"down":   func(b *quote.Brief, no int, _ *http.Request) error { return b.Move(no, place1(b, no)+1) },
	"remove": func(b *quote.Brief, no int, _ *http.Request) error { return b.Delete(no) },
}

// place1 returns where an item stands, from 1.
func place1(b *quote.Brief, no int) int {
	return slices.IndexFunc(b.Items, func(it quote.Item) bool { return it.No == no }) + 1
}
