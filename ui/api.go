package ui

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
)

// The JSON of a search: what `dalel search -json` prints line by line, in one
// object. Offsets are Unicode code points.
type (
	apiResult struct {
		Passages []apiPassage `json:"passages"`
		Summary  apiSummary   `json:"summary"`
	}
	apiPassage struct {
		Rank    int                `json:"rank"`
		Doc     corpus.ID          `json:"doc"`
		Ref     string             `json:"ref"`
		Path    string             `json:"path"`
		Title   string             `json:"title"`
		Kind    corpus.Kind        `json:"kind"`
		Lang    string             `json:"lang"`
		Date    corpus.Date        `json:"date"`
		Page    int                `json:"page"`
		Para    int                `json:"para"`
		Label   string             `json:"label"`
		Section corpus.SectionKind `json:"section"`
		Voice   corpus.Voice       `json:"voice"`
		Status  []string           `json:"status,omitempty"`
		Seen    bool               `json:"seen,omitempty"`
		Score   float64            `json:"score"`
		Like    float64            `json:"likeness,omitempty"`
		Text    string             `json:"text"`
		Matches []apiMatch         `json:"matches"`
	}
	apiMatch struct {
		Start int        `json:"start"`
		End   int        `json:"end"`
		Term  string     `json:"term"`
		Why   search.Why `json:"why"`
	}
	apiSummary struct {
		Query    string                    `json:"query"`
		Hits     int                       `json:"hits"`
		Docs     int                       `json:"docs"`
		Works    int                       `json:"works"`
		Apart    int                       `json:"docs_apart"`
		Seconds  float64                   `json:"seconds"`
		Facets   map[corpus.Key][]apiValue `json:"facets,omitempty"`
		Notes    []apiNote                 `json:"notes"`
		Spelling []apiSpelling             `json:"spellings"`
		NoPart   int                       `json:"without_part,omitempty"`
		NoPartAs string                    `json:"without_part_query,omitempty"`
		Outside  *apiOutside               `json:"outside,omitempty"`
		NoNumber *apiUnnumbered            `json:"unnumbered,omitempty"`
		Unread   int                       `json:"unread_pages"`
		Doubtful int                       `json:"doubtful_pages"`
	}
	apiOutside struct {
		Marks []query.Field `json:"marks"`
		Query string        `json:"query"`
		Hits  int           `json:"hits"`
		Works int           `json:"works"`
	}
	apiUnnumbered struct {
		Query    string       `json:"query"`
		About    []apiConcern `json:"about"`
		Hits     int          `json:"hits"`
		Docs     int          `json:"docs"`
		Works    int          `json:"works"`
		Passages []apiPassage `json:"passages"`
	}
	apiConcern struct {
		Name   string       `json:"name"`
		Basis  search.Basis `json:"basis"`
		Source string       `json:"source,omitempty"`
	}
	apiValue struct {
		Value string   `json:"value"`
		Works int      `json:"works"`
		Names []string `json:"names,omitempty"`
	}
	apiNote struct {
		Kind  search.NoteKind `json:"kind"`
		Text  string          `json:"text"`
		Value string          `json:"value"`
		Query string          `json:"query,omitempty"`
		// Of a note on whom a document is about: how that is known.
		Basis  search.Basis `json:"basis,omitempty"`
		Source string       `json:"source,omitempty"`
	}
	apiSpelling struct {
		Name     string  `json:"name"`
		Part     string  `json:"part"`
		Form     string  `json:"form"`
		Passages int     `json:"passages"`
		Score    float64 `json:"score"`
		Why      string  `json:"why"`
	}
)

// api wraps a handler of programs' pages: an error becomes JSON.
func (s *Server) api(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil || r.Context().Err() != nil {
			return
		}
		s.apiError(w, r, err)
	})
}

func (s *Server) apiError(w http.ResponseWriter, r *http.Request, err error) {
	j := s.account(w, r, err)
	type place struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	var body struct {
		Error struct {
			Status  int    `json:"status"`
			Code    string `json:"code"`
			Message string `json:"message"`
			At      *place `json:"at,omitempty"`
		} `json:"error"`
	}
	e := &body.Error
	e.Status, e.Code = j.status, strings.TrimPrefix(j.key, "error.")
	e.Message = message(s.view(r, titled(j.key)).words, err)
	if bad := (*query.Error)(nil); errors.As(err, &bad) {
		e.Code = "query." + bad.Code
		points := corpus.CodePoints(bad.Query, bad.At.Start, bad.At.End)
		e.At = &place{points[0], points[1]}
	}
	if werr := writeJSON(w, j.status, body); werr != nil {
		s.log.ErrorContext(r.Context(), "answer not made", "err", werr)
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n')) // the reader may have gone
	return nil
}

// Numbers of passages that a program may ask for at once.
const (
	apiLimit    = 20
	apiMaxLimit = 1000
)

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	st, err := parseState(v)
	if err != nil {
		return err
	}
	req := st.request()
	req.Group, req.Facets = false, v.Get("facets") != ""
	if req.Limit, err = number(v.Get("n"), "n", apiLimit, apiMaxLimit); err != nil {
		return err
	}
	if req.Offset, err = number(v.Get("offset"), "offset", (st.Page-1)*req.Limit, maxPage*apiMaxLimit); err != nil {
		return err
	}
	req.After = v.Get("after")
	res, err := s.search.Search(r.Context(), req)
	if err != nil {
		return err
	}
	out := apiResult{Passages: make([]apiPassage, 0, len(res.Passages)), Summary: summary(res)}
	for i := range res.Passages {
		out.Passages = append(out.Passages, newAPIPassage(res.Rank+i, &res.Passages[i]))
	}
	return writeJSON(w, http.StatusOK, out)
}

func summary(res *search.Result) apiSummary {
	out := apiSummary{
		Query: res.Query, Hits: res.Hits, Docs: res.Docs, Works: res.Works, Apart: res.DocsApart,
		Seconds: res.Took.Seconds(), Notes: make([]apiNote, 0, len(res.Notes)),
		Spelling: make([]apiSpelling, 0, len(res.Spellings)), NoPart: res.WithoutPart, NoPartAs: res.WithoutPartQuery,
		Unread: res.Unread, Doubtful: res.Doubtful,
	}
	if o := res.Outside; o != nil {
		out.Outside = &apiOutside{o.Fields, o.Query, o.Hits, o.Works}
	}
	out.NoNumber = newAPIUnnumbered(res.Unnumbered)
	for _, sp := range res.Spellings {
		out.Spelling = append(out.Spelling, apiSpelling(sp))
	}
	for _, n := range res.Notes {
		out.Notes = append(out.Notes, apiNote{n.Kind, n.Text, n.Value, n.Query, n.Basis, n.Source})
	}
	for _, f := range res.Facets {
		if out.Facets == nil {
			out.Facets = map[corpus.Key][]apiValue{}
		}
		values := make([]apiValue, 0, len(f.Values))
		for _, v := range f.Values {
			values = append(values, apiValue{v.Value, v.Works, v.Names})
		}
		out.Facets[f.Key] = values
	}
	return out
}

// newAPIUnnumbered is what names the case of a document without its number.
func newAPIUnnumbered(u *search.Unnumbered) *apiUnnumbered {
	if u == nil {
		return nil
	}
	out := &apiUnnumbered{Query: u.Query, Hits: u.Hits, Docs: u.Docs, Works: u.Works}
	for _, c := range u.About {
		out.About = append(out.About, apiConcern{c.Name, c.Basis, c.Source})
	}
	for i := range u.Passages {
		out.Passages = append(out.Passages, newAPIPassage(i+1, &u.Passages[i]))
	}
	return out
}

func newAPIPassage(rank int, h *search.Hit) apiPassage {
	d, p := h.Doc, &h.Para
	ref := string(d.ID) + "#~" + strconv.Itoa(p.Ord)
	if len(h.Text) >= 8 {
		ref = string(d.ID) + "@" + h.Text[:8] + "#~" + strconv.Itoa(p.Ord)
	}
	out := apiPassage{
		Rank: rank, Doc: d.ID, Ref: ref, Path: d.Path(), Title: d.Value(corpus.KeyTitle), Kind: d.Kind(),
		Lang: p.Lang, Date: d.Date(), Page: p.Page(), Para: p.Ord, Label: p.Label, Section: p.Section,
		Voice: p.Voice, Status: d.Values(corpus.KeyStatus), Seen: p.Seen(), Score: h.Score, Like: h.Likeness, Text: p.Text, Matches: make([]apiMatch, 0, len(h.Matches)),
	}
	offsets := make([]int, 0, 2*len(h.Matches))
	for _, m := range h.Matches {
		offsets = append(offsets, m.Start, m.End)
	}
	points := corpus.CodePoints(p.Text, offsets...)
	for i, m := range h.Matches {
		out.Matches = append(out.Matches, apiMatch{points[2*i], points[2*i+1], m.Term, m.Why})
	}
	return out
}

// The JSON of a document.
type (
	apiDocument struct {
		Doc        corpus.ID       `json:"doc"`
		Ref        string          `json:"ref"`
		Text       string          `json:"text_sha256"`
		Size       int64           `json:"size"`
		MediaType  string          `json:"media_type"`
		Work       string          `json:"work,omitempty"`
		Sources    []corpus.Source `json:"sources"`
		Read       corpus.Facts    `json:"read"`
		Corrected  corpus.Facts    `json:"corrected"`
		Extractor  string          `json:"extractor"`
		Warnings   []string        `json:"warnings"`
		Pages      []corpus.Page   `json:"pages"`
		Paragraphs []apiParagraph  `json:"paragraphs"`
	}
	apiParagraph struct {
		Para    int                `json:"para"`
		Page    int                `json:"page"`
		Pages   []corpus.PageSpan  `json:"pages"`
		Label   string             `json:"label"`
		Role    corpus.Role        `json:"role"`
		Section corpus.SectionKind `json:"section"`
		Voice   corpus.Voice       `json:"voice"`
		Lang    string             `json:"lang"`
		Text    string             `json:"text"`
	}
)

func (s *Server) apiDocument(w http.ResponseWriter, r *http.Request) error {
	d, err := s.library.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	if d.Text == nil {
		d.Text = new(corpus.Text)
	}
	hash := d.Text.Hash()
	out := apiDocument{
		Doc: d.ID, Ref: string(d.ID) + "@" + hash[:8], Text: hash, Size: d.Size, MediaType: d.MediaType,
		Work: d.Work, Sources: d.Sources, Read: inPoints(d.Text, d.Read), Corrected: d.Corrected,
		Extractor: d.Text.Extractor, Warnings: d.Text.Warnings, Pages: d.Text.Pages,
		Paragraphs: make([]apiParagraph, 0, len(d.Text.Paragraphs)),
	}
	for i := range d.Text.Paragraphs {
		out.Paragraphs = append(out.Paragraphs, newAPIParagraph(&d.Text.Paragraphs[i]))
	}
	return writeJSON(w, http.StatusOK, out)
}

func newAPIParagraph(p *corpus.Paragraph) apiParagraph {
	pages := append([]corpus.PageSpan{}, p.Pages...) // [] in JSON, not null
	starts := make([]int, len(pages))
	for i := range pages {
		starts[i] = pages[i].Start
	}
	for i, n := range corpus.CodePoints(p.Text, starts...) {
		pages[i].Start = n
	}
	return apiParagraph{
		Para: p.Ord, Page: p.Page(), Pages: pages, Label: p.Label, Role: p.Role,
		Section: p.Section, Voice: p.Voice, Lang: p.Lang, Text: p.Text,
	}
}

// inPoints returns facts with the spans they were read from in code points.
func inPoints(t *corpus.Text, facts corpus.Facts) corpus.Facts {
	out := make(corpus.Facts, len(facts))
	for k, f := range facts {
		for i := range t.Paragraphs {
			if p := &t.Paragraphs[i]; p.Ord == f.Para {
				points := corpus.CodePoints(p.Text, f.Start, f.End)
				f.Start, f.End = points[0], points[1]
				break
			}
		}
		out[k] = f
	}
	return out
}
