package ui

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/cite"
)

// results is the data of the search page.
type results struct {
	State      state
	Result     *search.Result
	Groups     []group
	Filters    []chip  // filters that are on
	Notes      []note  // how the query was read
	Names      []spelt // how the names asked for are written in what was found
	Bare       string  // address of the passages that have the article without the part
	Facets     []facet
	Years      *histogram
	Sorts      []choice
	Pages      pager
	Apart      []*corpus.Document // when the address asks for them
	ApartAt    string             // address that lists them
	Near       string             // address of the passages again
	AnyAt      string             // address of the same words, any of which may match
	BareAt     string             // address without filters
	From       string             // first and last day or year that the form shows
	To         string
	Keep       []pair      // parameters that the form of dates keeps
	None       []mark      // asked for, and no paragraph has them; told when nothing is found
	Unnumbered *unnumbered // what names the case of the document asked for without its number
	Outside    *outside    // what there is without the marks that found nothing
	// Statement is the command that says to others that nothing was found; "" if
	// something was, or a filter is on.
	Statement string
}

// unnumbered is what names the case of a document without its number. It is
// shown below what was found and is in none of the counts.
type unnumbered struct {
	*search.Unnumbered
	About  []concern
	Groups []group
	URL    string // all of it
}

// concern is a person whom a document is about, and where that stands.
type concern struct {
	search.Concern
	URL string // in the library; "" where it is not from there
}

// unnumbered makes the view of what is offered; nil of nothing.
func (s state) unnumbered(u *search.Unnumbered) *unnumbered {
	if u == nil {
		return nil
	}
	out := &unnumbered{Unnumbered: u, URL: s.asking(u.Query).URL()}
	for _, c := range u.About {
		v := concern{Concern: c}
		switch {
		case c.Ord > 0:
			v.URL = passageURL(c.Doc, "", c.Ord)
		case c.Doc != "":
			v.URL = docURL(c.Doc, "")
		}
		out.About = append(out.About, v)
	}
	for i := range u.Passages {
		h := u.Passages[i]
		n := len(out.Groups) - 1
		if n < 0 || out.Groups[n].Doc.ID != h.Doc.ID {
			out.Groups, n = append(out.Groups, newGroup(u.Query, search.Group{Doc: h.Doc})), n+1
		}
		g := &out.Groups[n]
		g.Passages, g.Hits = append(g.Passages, newPassage(u.Query, &h)), g.Hits+1
	}
	return out
}

// group is a work: the version that is shown with its passages, and the others.
type group struct {
	Doc      *corpus.Document
	Hits     int
	Passages []passage
	URL      string // of all its passages
	Versions []version
}

// passage is one hit as it is shown.
type passage struct {
	Para     *corpus.Paragraph
	Number   string // as printed; "" if none
	Place    string // of a bullet under a number: "para. 3.7, first bullet"; "" of others
	Page     string // as printed, or counted; "" if the original has none
	Spread   bool   // Page names two pages
	Segments []segment
	Reasons  []reason
	URL      string // opens the document at the passage
	Ref      string // permanent name: DOC@T#~17
	Voice    corpus.Voice
	Unsaid   bool // nobody knows who is speaking here, and of other passages it is known
}

// reason is why a run of text was marked.
type reason struct {
	Text string // as it stands in the passage
	Term string // what of the query it stands for
	Why  search.Why
}

// chip is a filter that is on, and the way out.
type chip struct {
	Key   corpus.Key
	Value string
	Off   string
	Names []string // of a person, as documents write it
}

// note is how a part of a query was read, and the way out.
type note struct {
	search.Note
	Off string // address of the query without this reading
	On  string // of a successor, address of the query for it
	See string // address of the page on what it was read as
}

// facet is a list of values with their counts.
type facet struct {
	Key  corpus.Key
	Top  []facetValue
	More []facetValue // the rest, folded away, never left out
	Left int          // of thousands, those too rare to be listed
}

// facetValue is one value; its address adds it as a filter or takes it away.
type facetValue struct {
	search.FacetValue
	URL string
	See string // the page on a person, an article or a cited document
}

// seeURL is the page on a value; "" where there is none.
func seeURL(k corpus.Key, value string) string {
	switch k {
	case search.KeyPerson:
		return personURL(value)
	case search.KeyArticle, search.KeyCites:
		return keyURL(value)
	default:
		return ""
	}
}

// choice is one of a few links; the one that is on is not a link.
type choice struct {
	Name string
	URL  string
	On   bool
}

// shownValues is how many values of a facet stand unfolded.
const shownValues = 7

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) error {
	st, err := parseState(r.URL.Query())
	if err != nil {
		return err
	}
	if to, ok := st.respelt(r.URL.Query()); ok {
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a path of ours, with the query escaped
		return nil
	}
	if st.Q == "" {
		to := "/"
		if q := st.asQuery(); q != "" {
			to = st.bare().asking(q).URL()
		}
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a path of ours, with the query escaped
		return nil
	}
	req := st.request()
	req.Reader = reader(r)
	res, err := s.search.Search(r.Context(), req)
	if err != nil {
		return err
	}
	data := newResults(st, res)
	if st.Apart {
		if data.Apart, err = s.apart(r.Context(), st, res); err != nil {
			return err
		}
		data.Pages = st.pager(len(res.Apart))
	}
	if res.Hits == 0 {
		data.Statement = statement(st, len(data.Filters))
		if data.None, err = s.unmarked(r.Context(), st); err != nil {
			return err
		}
	}
	v := s.view(r, func(w words) string { return first(st.Q, w.T("search.title")) })
	s.placeBullets(r.Context(), &data, string(v.Lang))
	v.Query, v.Hidden, v.Data = st.Q, st.hidden(), data
	return s.render(w, http.StatusOK, "search", v)
}

// statement is the command that states to others that nothing was found; "" where
// a filter is on, for then only a part was searched.
func statement(st state, filters int) string {
	if filters > 0 || st.Q == "" {
		return ""
	}
	return "dalel statement '" + strings.ReplaceAll(st.Q, "'", `'\''`) + "'"
}

func newResults(st state, res *search.Result) results {
	data := results{
		State: st, Result: res,
		Filters: st.chips(), Notes: st.notes(res.Notes), Sorts: st.sorts(),
		Pages: st.pager(res.Works), BareAt: st.bare().URL(),
		ApartAt: st.fresh().withApart(true).URL(), Near: st.fresh().URL(),
		Keep: st.between("", "").pairs(),
	}
	data.Names = st.spelt(res)
	if res.WithoutPart > 0 && res.WithoutPartQuery != "" {
		data.Bare = st.asking(res.WithoutPartQuery).URL()
	}
	from, to := st.span()
	data.From, data.To = string(from), string(to)
	if !st.Any && len(strings.Fields(st.Q)) > 1 {
		anyState := st.fresh()
		anyState.Any = true
		data.AnyAt = anyState.URL()
	}
	for _, g := range res.Groups {
		data.Groups = append(data.Groups, newGroup(st.Q, g))
	}
	data.Outside = st.outside(res.Outside)
	data.Unnumbered = st.unnumbered(res.Unnumbered)
	for _, f := range res.Facets {
		if f.Key == keyYear {
			data.Years = years(f.Values, st)
		}
	}
	data.Facets = st.facets(res.Facets)
	data.nameChips(res.Facets)
	data.tellUnsaid()
	return data
}

// nameChips gives the filters on persons the names that documents write.
func (d *results) nameChips(facets []search.Facet) {
	for _, f := range facets {
		for _, v := range f.Values {
			for i := range d.Filters {
				if c := &d.Filters[i]; c.Key == f.Key && c.Value == v.Value {
					c.Names = v.Names
				}
			}
		}
	}
}

// tellUnsaid marks the passages of which it is not known who is speaking, if
// it is known of any passage found. Where no document has voices, to say so of
// each passage would tell nothing.
func (d *results) tellUnsaid() {
	voiced := slices.ContainsFunc(d.Facets, func(f facet) bool { return f.Key == keyVoice })
	for _, g := range d.Groups {
		voiced = voiced || slices.ContainsFunc(g.Passages, func(p passage) bool { return p.Voice != "" })
	}
	for _, g := range d.Groups {
		for i := range g.Passages {
			g.Passages[i].Unsaid = voiced && g.Passages[i].Voice == ""
		}
	}
}

// newGroup makes the view of one work.
func newGroup(q string, g search.Group) group {
	out := group{Doc: g.Doc, Hits: g.Hits, URL: docURL(g.Doc.ID, q), Versions: versionsOf(q, g.Doc, g.Versions)}
	for i := range g.Best {
		out.Passages = append(out.Passages, newPassage(q, &g.Best[i]))
	}
	return out
}

func newPassage(q string, h *search.Hit) passage {
	p := &h.Para
	out := passage{
		Para: p, Number: p.Label, Voice: p.Voice,
		Segments: segments(p, h.Matches, snippet(p, h.Matches)),
		URL:      passageURL(h.Doc.ID, q, p.Ord),
		Ref:      permalink(h.Doc.ID, h.Text, p.Ord),
	}
	if n := len(p.Pages); n > 0 {
		out.Page = pageLabel(p.Pages[0])
		if last := pageLabel(p.Pages[n-1]); last != out.Page {
			out.Page, out.Spread = out.Page+"–"+last, true
		}
	}
	seen := map[reason]bool{}
	for _, m := range sound(p.Text, h.Matches) {
		r := reason{Text: p.Text[m.Start:m.End], Term: m.Term, Why: m.Why}
		if !seen[r] {
			seen[r] = true
			out.Reasons = append(out.Reasons, r)
		}
	}
	return out
}

// pageLabel returns the page as printed; as counted when nothing is printed.
func pageLabel(p corpus.PageSpan) string {
	return first(p.Label, strconv.Itoa(p.Page))
}

// docURL returns the address of a document with the hits of a query.
func docURL(id corpus.ID, q string) string {
	if q == "" {
		return "/doc/" + string(id)
	}
	return "/doc/" + string(id) + "?q=" + url.QueryEscape(q)
}

// passageURL returns the address of a document at a paragraph. The ordinal
// stands twice: the server needs it to choose the part, the browser to scroll.
func passageURL(id corpus.ID, q string, ord int) string {
	n := strconv.Itoa(ord)
	u := docURL(id, q)
	if strings.Contains(u, "?") {
		return u + "&at=" + n + "#o" + n
	}
	return u + "?at=" + n + "#o" + n
}

// permalink names a paragraph of one text version for ever: DOC@T#~17.
func permalink(id corpus.ID, text string, ord int) string {
	ref := id.Short()
	if len(text) >= 8 {
		ref += "@" + text[:8]
	}
	return ref + "#~" + strconv.Itoa(ord)
}

// placeBullets says where the bullets of an answer stand. What cannot be told, of a
// text that is another by now, stays without.
func (s *Server) placeBullets(ctx context.Context, data *results, lang string) {
	groups := data.Groups
	if data.Unnumbered != nil {
		groups = slices.Concat(groups, data.Unnumbered.Groups)
	}
	for _, g := range groups {
		var doc *corpus.Document
		for i := range g.Passages {
			p := &g.Passages[i]
			if p.Para.Under == 0 || p.Number != "" {
				continue
			}
			if doc == nil {
				d, err := s.library.Document(ctx, string(g.Doc.ID))
				if err != nil || d.Text == nil {
					break
				}
				doc = d
			}
			if permalink(doc.ID, doc.TextHash, p.Para.Ord) == p.Ref {
				p.Place = cite.Bullet(doc, p.Para, lang)
			}
		}
	}
}

// apart fetches the facts of one page of the documents that have the words
// apart.
func (s *Server) apart(ctx context.Context, st state, res *search.Result) ([]*corpus.Document, error) {
	ids := res.Apart
	ids = ids[min((st.Page-1)*pageSize, len(ids)):]
	ids = ids[:min(pageSize, len(ids))]
	out := make([]*corpus.Document, 0, len(ids))
	for _, id := range ids {
		d, err := s.library.Document(ctx, string(id))
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// chips lists the filters that are on.
func (s state) chips() []chip {
	var out []chip
	for _, k := range filterKeys {
		for _, value := range s.Values[k] {
			out = append(out, chip{Key: k, Value: value, Off: s.toggle(k, value).URL()})
		}
	}
	if s.Year != "" {
		out = append(out, chip{Key: keyYear, Value: s.Year, Off: s.between("", "").URL()})
	}
	if s.From != "" {
		out = append(out, chip{Key: "from", Value: string(s.From), Off: s.between("", s.To).URL()})
	}
	if s.To != "" {
		out = append(out, chip{Key: "to", Value: string(s.To), Off: s.between(s.From, "").URL()})
	}
	if s.Any {
		all := s.fresh()
		all.Any = false
		out = append(out, chip{Key: "any", Off: all.URL()})
	}
	return out
}

// notes lists how the query was read. Filters of the address have chips of
// their own; those inside the query are told here.
func (s state) notes(notes []search.Note) []note {
	var out []note
	for _, n := range notes {
		v := note{Note: n}
		switch {
		case n.Query == "" || n.Query == s.Q:
		case n.Kind == search.NoteSuccessor:
			v.On = s.asking(n.Query).URL()
		default:
			v.Off = s.asking(n.Query).URL()
		}
		switch n.Kind { //nolint:exhaustive // the others have no pages
		case search.NoteName:
			v.See = personURL(n.Value)
		case search.NoteRef, search.NoteSuccessor:
			v.See = keyURL(n.Value)
		}
		out = append(out, v)
	}
	return out
}

func (s state) facets(all []search.Facet) []facet {
	var out []facet
	for _, k := range filterKeys {
		i := slices.IndexFunc(all, func(f search.Facet) bool { return f.Key == k })
		if i < 0 || len(all[i].Values) == 0 {
			continue
		}
		f := facet{Key: k, Left: all[i].Left}
		for n, v := range all[i].Values {
			v.On = v.On || slices.Contains(s.Values[k], v.Value)
			fv := facetValue{v, s.toggle(k, v.Value).URL(), seeURL(k, v.Value)}
			if n < shownValues || v.On {
				f.Top = append(f.Top, fv)
			} else {
				f.More = append(f.More, fv)
			}
		}
		out = append(out, f)
	}
	return out
}

func (s state) sorts() []choice {
	var out []choice
	for _, by := range []search.Sort{search.ByRelevance, search.ByDateDown, search.ByDate, search.ByCited} {
		out = append(out, choice{string(by), s.sorted(by).URL(), s.Sort == by})
	}
	return out
}

// hidden lists what the search box keeps: the filters and the order.
func (s state) hidden() []pair {
	s = s.fresh()
	s.Q = ""
	return s.pairs()
}

// pager is the way through pages of results.
type pager struct {
	Page, Last int
	Prev, Next string
	Pages      []choice // "" as a name is a gap
}

// each gives the links other addresses, by the number of the page.
func (p *pager) each(url func(page int) string) {
	if p.Prev != "" {
		p.Prev = url(p.Page - 1)
	}
	if p.Next != "" {
		p.Next = url(p.Page + 1)
	}
	for i := range p.Pages {
		if n, err := strconv.Atoi(p.Pages[i].Name); err == nil {
			p.Pages[i].URL = url(n)
		}
	}
}

// pager makes the links to the pages of so many things: the first, the last,
// and those around this one.
func (s state) pager(things int) pager {
	p := pager{Page: s.Page, Last: max((things+pageSize-1)/pageSize, 1)}
	if p.Page > 1 {
		p.Prev = s.at(min(p.Page-1, p.Last)).URL()
	}
	if p.Page < p.Last {
		p.Next = s.at(p.Page + 1).URL()
	}
	near := []int{1, p.Last}
	for n := max(p.Page-2, 1); n <= min(p.Page+2, p.Last); n++ {
		near = append(near, n)
	}
	slices.Sort(near)
	last := 0
	for _, n := range slices.Compact(near) {
		if n > last+1 {
			p.Pages = append(p.Pages, choice{})
		}
		p.Pages = append(p.Pages, choice{strconv.Itoa(n), s.at(n).URL(), n == p.Page})
		last = n
	}
	return p
}
