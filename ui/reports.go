package ui

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/corpus/law"
	"dalel/search"
)

// Reporter reports on persons and articles, and tells who cites whom. A name or
// a key that cannot be read is corpus.ErrInvalid.
type Reporter interface {
	Person(ctx context.Context, name string, f search.Filter) (*search.PersonReport, error)
	Article(ctx context.Context, key string, f search.Filter) (*search.ArticleReport, error)
	Links(ctx context.Context, id corpus.ID) (*search.Links, error)
	// Versions returns the other versions of the text of a document.
	Versions(ctx context.Context, id corpus.ID, reader string) ([]search.Version, error)
	// Held lists the documents that are cited under a key, NotHeld what is cited
	// and is not in the library: numbered documents and acts.
	Held(ctx context.Context, key string) ([]*corpus.Document, error)
	NotHeld(ctx context.Context) (documents, acts []search.NotHeld, err error)
}

// overview is what reports have in common: how much was found, when, in what
// kinds of documents, and the way to the passages.
type overview struct {
	Query    string
	Result   *search.Result
	SearchAt string // all passages
	Years    *histogram
	Facets   []facet
	Notes    []note
	Docs     []docRow
	DocsLeft int // further documents, on the search page
}

// docRow is a document of a report.
type docRow struct {
	search.DocReport
	URL string // of its first passage
}

// reportDocs is how many documents a report lists; the rest is on the search page.
const reportDocs = 300

// reportFacets are the facets of a report, in order.
var reportFacets = []corpus.Key{corpus.KeyKind, corpus.KeyBody, corpus.KeyCourt, corpus.KeyCountry, corpus.KeyLang}

func newOverview(query string, res *search.Result, docs []search.DocReport) overview {
	st := state{Q: query, Page: 1, Sort: search.ByRelevance, Values: map[corpus.Key][]string{}}
	o := overview{Query: query, Result: res, SearchAt: st.URL(), Notes: st.notes(res.Notes)}
	for _, f := range res.Facets {
		if f.Key == keyYear {
			o.Years = years(f.Values, st)
		}
	}
	for _, f := range st.facets(res.Facets) {
		if slices.Contains(reportFacets, f.Key) {
			o.Facets = append(o.Facets, f)
		}
	}
	for i, d := range docs {
		if i == reportDocs {
			o.DocsLeft = len(docs) - i
			break
		}
		row := docRow{DocReport: d, URL: docURL(d.Doc.ID, query)}
		if d.First > 0 {
			row.URL = passageURL(d.Doc.ID, query, d.First)
		}
		o.Docs = append(o.Docs, row)
	}
	return o
}

// counted is a count with the address of what was counted.
type counted struct {
	search.Count
	URL string // the passages
	See string // the page on it
}

// personPage is the data of the page on a person.
type personPage struct {
	overview
	Name      string
	Spelt     []spelt
	Written   []counted
	Namesakes []namesake
	Articles  []counted
	Parties   []docRow // documents whose facts name the person as a party
}

// namesake is what one patronymic has of a name.
type namesake struct {
	search.Namesake
	URL string // the name with the patronymic
}

func (s *Server) person(w http.ResponseWriter, r *http.Request) error {
	name := strings.Join(strings.Fields(r.URL.Query().Get("name")), " ")
	if name == "" {
		return &inputError{Key: "name", Value: ""}
	}
	rep, err := s.reports.Person(r.Context(), name, search.Filter{})
	if err != nil {
		return err
	}
	q := search.NameQuery(name)
	data := personPage{overview: newOverview(q, rep.Result, rep.Docs), Name: firstNote(rep.Result, search.NoteName, name)}
	st := state{Q: q, Page: 1, Sort: search.ByRelevance, Values: map[corpus.Key][]string{}}
	data.Spelt = st.spelt(rep.Result)
	for _, c := range rep.Written {
		data.Written = append(data.Written, counted{Count: c, URL: searchURL([]pair{{"q", `"` + strings.ReplaceAll(c.Value, `"`, " ") + `"`}})})
	}
	for _, c := range rep.Articles {
		data.Articles = append(data.Articles, counted{
			Count: c, See: keyURL(c.Value), URL: searchURL([]pair{{"q", q + " /s " + search.ArticleQuery(c.Value)}}),
		})
	}
	for _, n := range rep.Namesakes {
		v := namesake{Namesake: n}
		if n.Father != "" && len(n.Written) > 0 {
			full := n.Written[0]
			for _, written := range n.Written {
				if strings.Contains(written, n.Father) {
					full = written
					break
				}
			}
			v.URL = personURL(full)
		}
		data.Namesakes = append(data.Namesakes, v)
	}
	for _, d := range data.Docs {
		if d.Party {
			data.Parties = append(data.Parties, d)
		}
	}
	v := s.view(r, func(words) string { return data.Name })
	v.Query, v.Data = q, data
	return s.render(w, http.StatusOK, "person", v)
}

// firstNote returns what the first note of a kind was read as.
func firstNote(res *search.Result, kind search.NoteKind, otherwise string) string {
	for _, n := range res.Notes {
		if n.Kind == kind {
			return n.Value
		}
	}
	return otherwise
}

// articlePage is the data of the page on an article.
type articlePage struct {
	overview
	Key       string
	Article   string // the key of the article, where Key is a part of it
	Places    []counted
	Together  []counted
	Persons   []counted
	Before    []successor // what the article was, or became, in the other edition
	SameNo    []successor // the same number in the other editions
	OpenURL   string      // the page on the article whatever the edition
	OpenCount int
}

// successor is an article of another edition.
type successor struct {
	Key, Relation string
	URL           string
}

func (s *Server) article(w http.ResponseWriter, r *http.Request) error {
	asked := strings.TrimSpace(r.URL.Query().Get("key"))
	refs, ok := law.ParseQuery("article:" + asked)
	if !ok || len(refs) == 0 || refs[0].Article == "" {
		return &inputError{Key: "key", Value: asked}
	}
	key := refs[0].Key()
	rep, err := s.reports.Article(r.Context(), key, search.Filter{})
	if err != nil {
		return err
	}
	q := search.ArticleQuery(key)
	data := articlePage{overview: newOverview(q, rep.Result, rep.Docs), Key: key}
	if _, article := law.ArticleOf(key); article != key {
		data.Article = article
	}
	for _, c := range rep.Places {
		data.Places = append(data.Places, counted{Count: c, See: keyURL(c.Value), URL: searchURL([]pair{{"q", search.ArticleQuery(c.Value)}})})
	}
	for _, c := range rep.Together {
		data.Together = append(data.Together, counted{Count: c, See: keyURL(c.Value), URL: searchURL([]pair{{"q", q + " " + search.ArticleQuery(c.Value)}})})
	}
	for _, c := range rep.Persons {
		data.Persons = append(data.Persons, counted{Count: c, See: personURL(c.Value), URL: searchURL([]pair{{"q", search.NameQuery(c.Value) + " /s " + q}})})
	}
	data.editions(refs[0])
	v := s.view(r, func(w words) string { return w.Say(key) })
	v.Query, v.Data = q, data
	return s.render(w, http.StatusOK, "article", v)
}

// editions tells what the article is in the other editions of its code.
func (p *articlePage) editions(ref law.Ref) {
	_, article := law.ArticleOf(p.Key)
	for _, s := range law.Successors(article) {
		p.Before = append(p.Before, successor{s.Key, s.Relation, keyURL(s.Key)})
	}
	for _, e := range law.Editions(ref.Instrument) {
		if e.Year == ref.Edition {
			continue
		}
		other := law.Ref{Kind: law.Statute, Instrument: ref.Instrument, Edition: e.Year, Article: ref.Article}.Key()
		if law.MayExist(other) && !slices.ContainsFunc(p.Before, func(s successor) bool { return s.Key == other }) {
			p.SameNo = append(p.SameNo, successor{Key: other, URL: keyURL(other)})
		}
	}
}

// citedPage is the data of the page on a cited document: who cites it, with the
// sentences.
type citedPage struct {
	ID     string
	Held   []*corpus.Document
	Query  string
	Result *search.Result
	Groups []group
	Pages  pager
	All    string // the search for the same
	// Unnumbered is what names the case of the document without its number.
	Unnumbered *unnumbered
}

func (s *Server) cited(w http.ResponseWriter, r *http.Request) error {
	id := strings.TrimSpace(r.URL.Query().Get("id"))
	if id == "" {
		return &inputError{Key: "id", Value: ""}
	}
	page, err := number(r.URL.Query().Get("page"), "page", 1, maxPage)
	if err != nil {
		return err
	}
	page = max(page, 1)
	data := citedPage{ID: id, Query: `cites:"` + strings.ReplaceAll(id, `"`, "") + `"`}
	if data.Held, err = s.reports.Held(r.Context(), id); err != nil {
		return err
	}
	st := state{Q: data.Query, Page: page, Sort: search.ByDateDown, Values: map[corpus.Key][]string{}}
	if data.Result, err = s.search.Search(r.Context(), st.request()); err != nil {
		return err
	}
	for _, g := range data.Result.Groups {
		out := newGroup(data.Query, g)
		for i := range g.Best {
			h := &g.Best[i]
			out.Passages[i].Segments = segments(&h.Para, h.Matches, sentencesOf(&h.Para, h.Matches))
		}
		data.Groups = append(data.Groups, out)
	}
	data.Pages = st.pager(data.Result.Works)
	data.Pages.each(func(n int) string { return keyURL(id) + "&page=" + strconv.Itoa(n) })
	data.All = st.URL()
	if page == 1 {
		data.Unnumbered = st.unnumbered(data.Result.Unnumbered)
	}
	v := s.view(r, func(w words) string { return w.T("cited.title", "id", w.Say(id)) })
	v.Query, v.Data = data.Query, data
	return s.render(w, http.StatusOK, "cited", v)
}

// notHeldPage is the data of the page on what is cited and not in the library.
type notHeldPage struct {
	Documents, Acts []missing
	Left            int // further ones, cited less
}

type missing struct {
	search.NotHeld
	URL string
}

// missingShown is how many missing documents the page lists.
const missingShown = 500

func (s *Server) notHeld(w http.ResponseWriter, r *http.Request) error {
	documents, acts, err := s.reports.NotHeld(r.Context())
	if err != nil {
		return err
	}
	var data notHeldPage
	list := func(all []search.NotHeld) (out []missing) {
		for i, n := range all {
			if i == missingShown {
				data.Left += len(all) - i
				break
			}
			m := missing{NotHeld: n, URL: keyURL(n.Key)}
			if m.URL == "" {
				m.URL = searchURL([]pair{{"q", search.ArticleQuery(n.Key)}})
			}
			out = append(out, m)
		}
		return out
	}
	data.Documents, data.Acts = list(documents), list(acts)
	v := s.view(r, titled("notheld.title"))
	v.Data = data
	return s.render(w, http.StatusOK, "notheld", v)
}

// docLinks are the links of a document's page.
type docLinks struct {
	*search.Links
	Documents, Acts []docLink
	CitedAt         string // the page on who cites it
}

type docLink struct {
	search.Link
	URL string // the document, if it is held and is one; else the page on who cites it
}

// linksOf returns the links of a document.
func (s *Server) linksOf(ctx context.Context, id corpus.ID) (*docLinks, error) {
	links, err := s.reports.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &docLinks{Links: links}
	for _, l := range links.Cites {
		v := docLink{Link: l, URL: keyURL(l.Key)}
		if len(l.Held) > 0 {
			v.URL = docURL(l.Held[0].ID, "")
		}
		if _, isAct := law.ParseKey(l.Key); isAct {
			out.Acts = append(out.Acts, v)
		} else {
			out.Documents = append(out.Documents, v)
		}
	}
	for _, own := range links.Own {
		if u := keyURL(own); u != "" && out.CitedAt == "" && len(links.CitedBy) > 0 {
			out.CitedAt = u
		}
	}
	return out, nil
}
