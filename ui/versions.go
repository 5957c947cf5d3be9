package ui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/mux"

	"dalel/corpus"
	"dalel/corpus/works"
	"dalel/search"
	"dalel/search/query"
)

// version is another version of a text, as pages show it.
type version struct {
	search.Version
	URL    string // with the hits of the query, if it has any
	Beside string // address of the two side by side
}

func versionsOf(q string, shown *corpus.Document, list []search.Version) []version {
	var out []version
	for _, v := range list {
		out = append(out, version{v, docURL(v.Doc.ID, q), besideURL(shown.ID, v.Doc.ID)})
	}
	return out
}

// versions returns the other versions of the text of a document.
func (s *Server) versions(r *http.Request, q string, d *corpus.Document) ([]version, error) {
	list, err := s.reports.Versions(r.Context(), d.ID, reader(r))
	return versionsOf(q, d, list), err
}

// Differs says how a version differs from the one that is shown.
func (w words) Differs(v version) string {
	is := string(v.Is)
	if v.Is == works.Translation && v.Doc.Value(corpus.KeyOfficial) == "no" {
		is = "unofficial"
	}
	said := w.T("version."+is, "language", w.Language(v.Doc.Value(corpus.KeyLang)))
	switch v.Is {
	case works.Language, works.Translation, works.Original, works.Copy:
		return said
	default:
		return said + ", " + w.Language(v.Doc.Value(corpus.KeyLang))
	}
}

// Shown says what the version is that is shown, in what its others are not:
// final, in which language, the original or a translation.
func (w words) Shown(d *corpus.Document, others []version) string {
	var said []string
	add := func(is works.Difference) {
		if s := w.T("version." + string(is)); !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	for _, v := range others {
		switch v.Is {
		case works.Advance:
			add(works.Final)
		case works.Final:
			add(works.Advance)
		case works.Draft:
			add(works.Adopted)
		case works.Adopted:
			add(works.Draft)
		case works.Copy, works.Language, works.Translation, works.Original:
		}
	}
	code := d.Value(corpus.KeyLang)
	key := "version.language"
	switch original := d.Value(corpus.KeyOriginal); {
	case d.Value(corpus.KeyOfficial) == "no":
		key = "version.unofficial"
	case original != "" && original != code:
		key = "version.translation"
	case original == code && code != "":
		key = "version.original"
	}
	return strings.Join(append(said, w.T(key, "language", w.Language(code))), ", ")
}

// outside is what a search finds without the marks that found nothing.
type outside struct {
	Keys []corpus.Key
	Hits int
	URL  string
}

// markKeys are the filters that search.Outside leaves out, by their fields.
var markKeys = map[query.Field]corpus.Key{
	query.FieldIn: keyIn, query.FieldVoice: keyVoice, query.FieldCategory: corpus.KeyCategory, query.FieldStatus: corpus.KeyStatus,
}

func (s state) outside(o *search.Outside) *outside {
	if o == nil {
		return nil
	}
	out := &outside{Hits: o.Hits}
	s = s.asking(o.Query)
	for _, f := range o.Fields {
		out.Keys = append(out.Keys, markKeys[f])
		delete(s.Values, markKeys[f])
	}
	out.URL = s.URL()
	return out
}

// Keys names some facts.
func (w words) Keys(keys []corpus.Key) string {
	var said []string
	for _, k := range keys {
		said = append(said, w.Key(k))
	}
	return strings.Join(said, ", ")
}

// besidePage is the data of the page with two versions side by side.
type besidePage struct {
	A, B  *corpus.Document
	Swap  string
	Rows  []besideRow
	Parts []part
}

// besideRow is a place of the two texts; a side is nil where it has none.
type besideRow struct{ A, B *besideSide }

type besideSide struct {
	*corpus.Paragraph
	URL string
}

// besideSize is how many rows stand on one page.
const besideSize = 400

func besideURL(a, b corpus.ID) string { return "/doc/" + string(a) + "/beside/" + string(b) }

func (s *Server) beside(w http.ResponseWriter, r *http.Request) error {
	vars := mux.Vars(r)
	a, err := s.library.Document(r.Context(), vars["id"])
	if err != nil {
		return err
	}
	b, err := s.library.Document(r.Context(), vars["other"])
	if err != nil {
		return err
	}
	from, err := number(r.URL.Query().Get("from"), "from", 0, maxPage)
	if err != nil {
		return err
	}
	data := besidePage{A: a, B: b, Swap: besideURL(b.ID, a.ID)}
	if a.Text != nil && b.Text != nil {
		data.lay(works.Align(a.Text, b.Text), from)
	}
	v := s.view(r, func(w words) string { return w.T("beside.title") + " · " + w.DocTitle(a) })
	v.Data = data
	return s.render(w, http.StatusOK, "beside", v)
}

// lay lays out the rows of one page, and the way to the others.
func (p *besidePage) lay(rows []works.Row, from int) {
	left, right := sidesOf(p.A), sidesOf(p.B)
	all := make([]besideRow, len(rows))
	for i, row := range rows {
		all[i] = besideRow{left[row.A], right[row.B]}
	}
	from = from / besideSize * besideSize
	for at := 0; at < len(all) && len(all) > besideSize; at += besideSize {
		to := min(at+besideSize, len(all))
		p.Parts = append(p.Parts, part{
			From: strconv.Itoa(at + 1), To: strconv.Itoa(to), On: at == from,
			URL: besideURL(p.A.ID, p.B.ID) + "?from=" + strconv.Itoa(at),
		})
	}
	from = min(from, len(all))
	p.Rows = all[from:min(from+besideSize, len(all))]
}

func sidesOf(d *corpus.Document) map[int]*besideSide {
	out := make(map[int]*besideSide, len(d.Text.Paragraphs))
	for i := range d.Text.Paragraphs {
		p := &d.Text.Paragraphs[i]
		out[p.Ord] = &besideSide{p, passageURL(d.ID, "", p.Ord)}
	}
	return out
}
