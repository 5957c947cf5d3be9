package ui

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
)

// Long documents are shown in parts, so that a page of them stays quick.
const (
	wholeUpTo = 600 // paragraphs
	partSize  = 400
)

// reading is the data of a document's page.
type reading struct {
	Doc       *corpus.Document
	Hash      string // of the text
	Ref       string // DOC@T
	Moved     bool   // the address names another version of the text
	Query     string
	QueryErr  error // the query could not be read; the document is shown all the same
	Hits      []hitLink
	Current   int // index into Hits of the hit the page opens on; -1 if none
	Prev      string
	Next      string
	Wanted    string   // a printed number asked for that stands nowhere, or in several places
	Found     []choice // the places of Wanted
	Outline   []outlineItem
	Blocks    []block
	Parts     []part
	Facts     []factRow
	Gap       gap
	BackToAll string // the search that the reader came from
	Links     *docLinks
	Versions  []version

	leafOf       func(page int, label string, open bool) *leaf // nil if no page can be seen
	Install      string                                        // the command that installs what draws pages and reads scans
	Draws, Reads bool                                          // what is installed of it
}

// hitLink is a passage of the document that matches.
type hitLink struct {
	Ord   int
	Label string
	Page  string
	URL   string
}

// part is a run of paragraphs of a long document.
type part struct {
	From, To string // printed numbers, or ordinals with "~"
	URL      string
	On       bool
}

// gap is the account of the pages of one document.
type gap struct {
	Pages    int
	Unread   []corpus.Page
	Doubtful []corpus.Page
}

func (s *Server) document(w http.ResponseWriter, r *http.Request) error {
	vars := mux.Vars(r)
	d, err := s.library.Document(r.Context(), vars["id"])
	if err != nil {
		return err
	}
	if d.Text == nil {
		d.Text = new(corpus.Text)
	}
	q := strings.TrimSpace(r.URL.Query().Get("q"))
	data := reading{Doc: d, Hash: d.Text.Hash(), Query: q, Current: -1}
	data.Ref = d.ID.Short() + "@" + data.Hash[:8]
	data.Moved = vars["at"] != "" && !strings.HasPrefix(data.Hash, vars["at"][1:])
	ctx := r.Context()
	hits, err := s.hitsIn(ctx, d, q)
	if bad := (*query.Error)(nil); errors.As(err, &bad) {
		data.QueryErr = err
	} else if err != nil {
		return err
	}
	if s.facsimile != nil {
		_, draws, _ := s.facsimile.Install(ctx)
		data.leafOf = func(page int, label string, open bool) *leaf {
			return leafOf(d, q, page, label, open && q != "", draws)
		}
		data.Install, data.Draws, data.Reads = s.facsimile.Install(ctx)
	}
	data.open(r.URL.Query().Get("at"), hits)
	data.Facts = factRows(d)
	if data.Links, err = s.linksOf(ctx, d.ID); err != nil {
		return err
	}
	if data.Versions, err = s.versions(r, q, d); err != nil {
		return err
	}
	data.Gap = gapOf(d.Text)
	if q != "" {
		data.BackToAll = searchURL([]pair{{"q", q}})
	}
	v := s.view(r, named(d))
	v.Query, v.Data = q, data
	return s.render(w, http.StatusOK, "document", v)
}

// hitsIn returns the passages of one document that a query matches, in the
// order of the text. Every one of them: a document has no more passages than
// paragraphs.
func (s *Server) hitsIn(ctx context.Context, d *corpus.Document, q string) ([]search.Hit, error) {
	if q == "" || len(d.Text.Paragraphs) == 0 {
		return nil, nil
	}
	res, err := s.search.Search(ctx, search.Request{
		Query: q, Filter: search.Filter{Docs: []corpus.ID{d.ID}}, Limit: len(d.Text.Paragraphs),
	})
	if err != nil {
		return nil, err
	}
	hits := slices.Clone(res.Passages)
	slices.SortFunc(hits, func(a, b search.Hit) int { return a.Para.Ord - b.Para.Ord })
	return hits, nil
}

// open chooses the part of the text to show and lays it out.
func (v *reading) open(at string, hits []search.Hit) {
	paras := v.Doc.Text.Paragraphs
	ord := v.find(at)
	for _, h := range hits {
		l := hitLink{Ord: h.Para.Ord, Label: h.Para.Label, URL: passageURL(v.Doc.ID, v.Query, h.Para.Ord)}
		if len(h.Para.Pages) > 0 {
			l.Page = pageLabel(h.Para.Pages[0])
		}
		v.Hits = append(v.Hits, l)
	}
	v.Current = slices.IndexFunc(v.Hits, func(h hitLink) bool { return h.Ord == ord })
	v.neighbours(ord)
	from, to := 0, len(paras)
	if len(paras) > wholeUpTo {
		i := max(slices.IndexFunc(paras, func(p corpus.Paragraph) bool { return p.Ord == ord }), 0)
		from = i / partSize * partSize
		to = min(from+partSize, len(paras))
		v.Parts = parts(v.Doc.ID, v.Query, paras, from)
	}
	v.Outline = outline(v.Doc.ID, v.Query, paras)
	l := &layout{text: v.Doc.Text, hits: hits, hash: v.Hash, at: ord, ref: v.Ref}
	if v.leafOf != nil {
		on := v.pageOf(ord)
		l.leaf = func(page int, label string) *leaf { return v.leafOf(page, label, page == on) }
	}
	v.Blocks = l.blocks(from, to)
}

// pageOf returns the page that a paragraph starts on; 0 if there is none.
func (v *reading) pageOf(ord int) int {
	for i := range v.Doc.Text.Paragraphs {
		if p := &v.Doc.Text.Paragraphs[i]; p.Ord == ord {
			return p.Page()
		}
	}
	return 0
}

// find returns the ordinal of the paragraph that an address asks for: "17",
// "~17" and "o17" are ordinals, "p34" is a printed number. It is 0 when there
// is none; a printed number that stands in several places is never chosen
// among.
func (v *reading) find(at string) int {
	if label, ok := strings.CutPrefix(at, "p"); ok {
		ords := v.Doc.Text.Labelled(strings.ReplaceAll(label, "_", " "))
		if len(ords) == 1 {
			return ords[0]
		}
		v.Wanted = label
		for _, o := range ords {
			v.Found = append(v.Found, choice{Name: "#~" + strconv.Itoa(o), URL: passageURL(v.Doc.ID, v.Query, o)})
		}
		return 0
	}
	n, err := strconv.Atoi(strings.TrimLeft(at, "~o"))
	if err != nil {
		return 0
	}
	return n
}

// neighbours sets the links to the hits before and after a paragraph.
func (v *reading) neighbours(ord int) {
	for _, h := range v.Hits {
		if h.Ord < ord {
			v.Prev = h.URL
		}
		if h.Ord > ord && v.Next == "" {
			v.Next = h.URL
		}
	}
}

// parts lists the parts of a long document.
func parts(id corpus.ID, q string, paras []corpus.Paragraph, on int) []part {
	var out []part
	for from := 0; from < len(paras); from += partSize {
		to := min(from+partSize, len(paras))
		out = append(out, part{
			From: printed(paras[from:to], false), To: printed(paras[from:to], true),
			URL: passageURL(id, q, paras[from].Ord), On: from == on,
		})
	}
	return out
}

// printed returns the first or the last printed number of paragraphs; an
// ordinal when none is printed.
func printed(paras []corpus.Paragraph, last bool) string {
	var labels []string
	for i := range paras {
		if paras[i].Label != "" {
			labels = append(labels, paras[i].Label)
		}
	}
	p := paras[0]
	if last {
		p = paras[len(paras)-1]
	}
	switch {
	case len(labels) == 0:
		return "~" + strconv.Itoa(p.Ord)
	case last:
		return labels[len(labels)-1]
	}
	return labels[0]
}

func gapOf(t *corpus.Text) gap {
	g := gap{Pages: len(t.Pages)}
	for _, p := range t.Pages {
		switch p.Status {
		case corpus.PageUnread:
			g.Unread = append(g.Unread, p)
		case corpus.PageDoubtful:
			g.Doubtful = append(g.Doubtful, p)
		case corpus.PageOK:
		}
	}
	return g
}

// outlineItem is a line of the outline: a heading, with the numbers of the
// paragraphs under it.
type outlineItem struct {
	Text  string
	Level int // from 1
	First string
	Last  string
	Voice corpus.Voice
	URL   string
}

// outline lists the headings of a text. Where there are none it lists the
// numbered paragraphs, some at a time.
func outline(id corpus.ID, q string, paras []corpus.Paragraph) []outlineItem {
	var out []outlineItem
	for i := range paras {
		p := &paras[i]
		switch {
		case p.Role == corpus.RoleHeading:
			out = append(out, outlineItem{
				Text: p.Text, Level: min(len(p.Path)+1, 4), Voice: p.Voice, URL: passageURL(id, q, p.Ord),
			})
		case numbered(p) && len(out) > 0:
			item := &out[len(out)-1]
			item.Last = p.Label
			if item.First == "" {
				item.First = p.Label
			}
			if item.Voice == "" {
				item.Voice = p.Voice
			}
		}
	}
	if len(out) == 0 {
		return numbers(id, q, paras)
	}
	return out
}

// numbered reports whether a paragraph has a number of its own; a bullet
// counts under the number above it.
func numbered(p *corpus.Paragraph) bool {
	return p.Label != "" && p.Role == corpus.RoleBody && p.Under == 0
}

// numbers lists numbered paragraphs by tens.
func numbers(id corpus.ID, q string, paras []corpus.Paragraph) []outlineItem {
	var out []outlineItem
	n := 0
	for i := range paras {
		p := &paras[i]
		if !numbered(p) {
			continue
		}
		if n%10 == 0 {
			out = append(out, outlineItem{Level: 1, First: p.Label, URL: passageURL(id, q, p.Ord)})
		}
		out[len(out)-1].Last = p.Label
		n++
	}
	return out
}

// original hands out the bytes of a document, as a download only: whatever
// it holds must not run in a page of ours.
func (s *Server) original(w http.ResponseWriter, r *http.Request) error {
	d, err := s.library.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	f, err := s.library.Original(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", disposition(d))
	h.Set("Etag", `"`+string(d.ID)+`"`)
	http.ServeContent(w, r, "", sourceTime(d), f)
	return nil
}

// disposition names the download: by its hash for old programs, by its own
// name for the rest (RFC 6266).
func disposition(d *corpus.Document) string {
	name := d.Path()
	name = name[strings.LastIndexAny(name, `/\!`)+1:]
	plain := d.ID.Short()
	if i := strings.LastIndexByte(name, '.'); i >= 0 && safeExt(name[i+1:]) {
		plain += name[i:]
	}
	if name == "" {
		name = plain
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

func safeExt(ext string) bool {
	const longest = 5
	return ext != "" && len(ext) <= longest &&
		!strings.ContainsFunc(ext, func(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') })
}
