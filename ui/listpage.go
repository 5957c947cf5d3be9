package ui

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/matrix"
)

// listsPage is the data of the page of lists.
type listsPage struct {
	Lists   []listLine
	Title   string // of the list that could not be kept
	Text    string
	Problem string // why it could not, in words
}

// listLine is a list among others.
type listLine struct {
	matrix.Stored
	URL string
}

func (s *Server) listsForm(w http.ResponseWriter, r *http.Request) error {
	return s.showLists(w, r, http.StatusOK, listsPage{})
}

func (s *Server) showLists(w http.ResponseWriter, r *http.Request, status int, p listsPage) error {
	lists, err := s.lists.Lists(r.Context())
	if err != nil {
		return err
	}
	for _, l := range lists {
		p.Lists = append(p.Lists, listLine{l, listState{Name: l.Name}.URL()})
	}
	v := s.view(r, titled("lists.title"))
	v.Data = p
	return s.render(w, status, "lists", v)
}

// keepList keeps a list that was pasted or handed in as a file.
func (s *Server) keepList(w http.ResponseWriter, r *http.Request) error {
	p := listsPage{Title: oneLine(r.PostFormValue("title")), Text: r.PostFormValue("text")}
	name, b, err := formFile(r, "file")
	if err != nil {
		return err
	}
	if len(b) == 0 {
		name, b = "", []byte(p.Text)
	}
	kept, err := s.lists.Keep(r.Context(), first(p.Title, strings.TrimSuffix(name, path.Ext(name))), name, b)
	if fault := (*matrix.ListError)(nil); errors.As(err, &fault) {
		p.Problem = s.view(r, titled("lists.title")).Fault(fault)
		return s.showLists(w, r, http.StatusBadRequest, p)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, listState{Name: kept}.URL(), http.StatusSeeOther)
	return nil
}

// formFile reads a file of a form: its name without folders, and its bytes, none
// if no file was chosen.
func formFile(r *http.Request, field string) (string, []byte, error) {
	in, head, err := r.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, &corpus.Error{Op: "ui.upload", Kind: corpus.ErrInvalid, Err: err}
	}
	defer func() { _ = in.Close() }() // only read
	b, err := io.ReadAll(in)
	return path.Base(strings.ReplaceAll(head.Filename, `\`, "/")), b, err
}

// The parts of a matrix that a reader may want alone.
const (
	onlyNew       = "new"
	onlyUndecided = "undecided"
)

// listState is what an address of a list holds.
type listState struct {
	Name string
	From int    // the first row that is looked at, from 1
	Only string // of the passages: new, undecided, or all for ""
	Row  int    // this row alone, all of its passages
	Page int    // of the passages of a row
}

func parseListState(r *http.Request) (st listState, err error) {
	q := r.URL.Query()
	st.Name = q.Get("name")
	if st.Only = q.Get("only"); st.Only != "" && st.Only != onlyNew && st.Only != onlyUndecided {
		return st, &inputError{Key: "only", Value: st.Only}
	}
	for _, n := range []struct {
		to   *int
		name string
	}{{&st.From, "from"}, {&st.Row, "row"}, {&st.Page, "page"}} {
		if *n.to, err = number(q.Get(n.name), n.name, 1, maxPage); err != nil {
			return st, err
		}
	}
	if q.Get("row") == "" {
		st.Row = 0
	}
	return st, nil
}

// URL returns the address of st.
func (st listState) URL() string {
	q := url.Values{"name": {st.Name}}
	if st.Only != "" {
		q.Set("only", st.Only)
	}
	for name, n := range map[string]int{"from": st.From, "page": st.Page} {
		if n > 1 {
			q.Set(name, strconv.Itoa(n))
		}
	}
	if st.Row > 0 {
		q.Set("row", strconv.Itoa(st.Row))
	}
	return "/list?" + q.Encode()
}

// wants reports whether a passage is shown.
func (st listState) wants(c *matrix.Cell) bool {
	switch st.Only {
	case onlyNew:
		return c.New
	case onlyUndecided:
		return c.Verdict == ""
	}
	return true
}

// How much of a matrix stands on one page: rows, passages of a row among others,
// passages of a row alone, and how many rows are looked up to find those rows.
const (
	listRows  = 25
	listCells = 5
	rowCells  = 50
	listReach = 500
)

// listPage is the data of the page of a list: a matrix, or a part of it.
type listPage struct {
	listState
	Total      int
	Rows       []listRow
	To         int // the last row that was looked at
	Choices    []choice
	Prev, Next string
	Here       string // the address of this page
	All        string // of a row alone: the list
	Articles   string
	Files      []pair // formats and where to get them
	Imported   *matrix.Imported
	Problem    string
}

// listRow is a row of a matrix.
type listRow struct {
	*matrix.Answer
	Query  string
	Person string // address of the page on the person
	Search string // of all passages, on the search page
	Cells  []listCell
	Left   int    // further passages
	More   string // where they are
}

// listCell is a passage of a matrix.
type listCell struct {
	passage
	Cell   *matrix.Cell
	Anchor string
	Score  int // how well the name agrees, in per cent
}

func (s *Server) list(w http.ResponseWriter, r *http.Request) error {
	return s.showList(w, r, http.StatusOK, listPage{})
}

func (s *Server) showList(w http.ResponseWriter, r *http.Request, status int, p listPage) error {
	st, err := parseListState(r)
	if err != nil {
		return err
	}
	l, err := s.lists.List(r.Context(), st.Name)
	if err != nil {
		return err
	}
	p.listState, p.Total, p.Here = st, len(l.Rows), st.URL()
	p.Articles = "/list/articles?name=" + url.QueryEscape(st.Name)
	for _, format := range []string{"xlsx", "csv", "json"} {
		p.Files = append(p.Files, pair{strings.ToUpper(format), "/list/file?format=" + format + "&name=" + url.QueryEscape(st.Name)})
	}
	if st.Row > 0 {
		err = s.oneRow(r.Context(), l, &p)
	} else {
		err = s.someRows(r.Context(), l, &p)
	}
	if err != nil {
		return err
	}
	v := s.view(r, func(words) string { return st.Name })
	for _, only := range []string{"", onlyUndecided, onlyNew} {
		name := v.T("list.only." + first(only, "all"))
		p.Choices = append(p.Choices, choice{name, listState{Name: st.Name, Only: only, Row: st.Row}.URL(), only == st.Only})
	}
	v.Data = p
	return s.render(w, status, "list", v)
}

// errEnough ends a look-up whose page is full.
var errEnough = errors.New("enough rows")

// someRows looks rows up until a page is full.
func (s *Server) someRows(ctx context.Context, l *matrix.List, p *listPage) error {
	from := min(max(p.From-1, 0), len(l.Rows))
	rows, limit := l.Rows[from:min(len(l.Rows), from+listRows)], listCells
	if p.Only != "" {
		rows, limit = l.Rows[from:min(len(l.Rows), from+listReach)], -1
	}
	p.To = from
	err := s.lists.LookUp(ctx, l, rows, limit, func(a *matrix.Answer) error {
		p.To = a.No
		if row := p.row(a, 0, listCells); p.Only == "" || len(row.Cells) > 0 {
			p.Rows = append(p.Rows, row)
		}
		if len(p.Rows) == listRows {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	at := p.listState
	if at.From = max(1, from+1-listRows); from > 0 && p.Only == "" {
		p.Prev = at.URL()
	}
	if at.From = p.To + 1; p.To < len(l.Rows) {
		p.Next = at.URL()
	}
	return nil
}

// oneRow looks one row up, and shows all of its passages page by page.
func (s *Server) oneRow(ctx context.Context, l *matrix.List, p *listPage) error {
	if p.Row > len(l.Rows) {
		return &inputError{Key: "row", Value: strconv.Itoa(p.Row)}
	}
	p.All, p.To = listState{Name: p.Name, From: p.Row}.URL(), p.Row
	return s.lists.LookUp(ctx, l, l.Rows[p.Row-1:p.Row], -1, func(a *matrix.Answer) error {
		row := p.row(a, (p.Page-1)*rowCells, rowCells)
		at := p.listState
		if at.Page = p.Page - 1; at.Page > 0 {
			p.Prev = at.URL()
		}
		if at.Page = p.Page + 1; row.Left > 0 {
			p.Next = at.URL()
		}
		p.Rows = append(p.Rows, row)
		return nil
	})
}

// row shows the passages of an answer that are wanted, some of them.
func (p *listPage) row(a *matrix.Answer, skip, most int) listRow {
	row := listRow{Answer: a, Query: matrix.QueryOf(matrix.Name, a.Row), Person: personURL(a.Text)}
	row.Search = searchURL([]pair{{"q", row.Query}})
	wanted := 0
	for i := range a.Cells {
		c := &a.Cells[i]
		if !p.wants(c) {
			continue
		}
		if wanted++; wanted > skip && len(row.Cells) < most {
			row.Cells = append(row.Cells, newListCell(a, c, row.Query))
		}
	}
	if p.Only == "" {
		wanted = max(wanted, a.Hits)
	}
	row.Left = max(0, wanted-skip-len(row.Cells))
	row.More = listState{Name: p.Name, Only: p.Only, Row: a.No}.URL()
	return row
}

func newListCell(a *matrix.Answer, c *matrix.Cell, query string) listCell {
	hit := search.Hit{Doc: c.Doc, Text: c.Text, Para: c.Para, Matches: c.Matches}
	out := listCell{passage: newPassage(query, &hit), Cell: c, Score: int(100*c.Score + 0.5)}
	out.Anchor = "c" + strconv.Itoa(a.No) + "-" + c.Doc.ID.Short() + "-" + strconv.Itoa(c.Para.Ord)
	return out
}

// changeList takes the forms of a list's page: what it does stands in do.
func (s *Server) changeList(w http.ResponseWriter, r *http.Request) error {
	st, err := parseListState(r)
	if err != nil {
		return err
	}
	to := st.URL()
	switch {
	case r.PostFormValue("decide") != "":
		var at string
		if at, err = s.decide(r, st); st.Only == "" {
			to += "#" + at
		} else {
			to += "#r" + r.PostFormValue("row") // the passage is shown no more
		}
	case r.PostFormValue("do") == "drop" && r.PostFormValue("sure") != "":
		err, to = s.lists.Drop(r.Context(), st.Name), "/lists"
	}
	if fault := (*matrix.ListError)(nil); errors.As(err, &fault) {
		p := listPage{Problem: s.view(r, titled("lists.title")).Fault(fault)}
		return s.showList(w, r, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // a path of ours
	return nil
}

// decide keeps a decision: "same DOC@T#~17" of the row whose number and text the
// form has. It returns the anchor of the passage.
func (s *Server) decide(r *http.Request, st listState) (anchor string, err error) {
	word, place, _ := strings.Cut(r.PostFormValue("decide"), " ")
	verdict, ok := matrix.ParseVerdict(word)
	at, err := corpus.ParseRef(place)
	if !ok && word != "none" || err != nil || at.Ord == 0 {
		return "", &inputError{Key: "decide", Value: word}
	}
	l, err := s.lists.List(r.Context(), st.Name)
	if err != nil {
		return "", err
	}
	no, _ := strconv.Atoi(r.PostFormValue("row")) // 0 is no row
	if no < 1 || no > len(l.Rows) || l.Rows[no-1].Text != r.PostFormValue("who") {
		return "", &matrix.ListError{Code: matrix.FaultChanged}
	}
	doc, err := s.library.Document(r.Context(), at.Doc)
	if err != nil {
		return "", err
	}
	if doc.Text == nil || !strings.HasPrefix(doc.Text.Hash(), at.Text) {
		return "", &matrix.ListError{Code: matrix.FaultMoved}
	}
	anchor = "c" + strconv.Itoa(no) + "-" + doc.ID.Short() + "-" + strconv.Itoa(at.Ord)
	return anchor, s.lists.Decide(r.Context(), &l.Rows[no-1], doc, at.Ord, verdict)
}

// importList takes decisions from a matrix that was filled in elsewhere.
func (s *Server) importList(w http.ResponseWriter, r *http.Request) error {
	name, b, err := formFile(r, "file")
	if err != nil {
		return err
	}
	in, err := s.lists.Import(r.Context(), s.library, name, b)
	if fault := (*matrix.ListError)(nil); errors.As(err, &fault) {
		p := listPage{Problem: s.view(r, titled("lists.title")).Fault(fault)}
		return s.showList(w, r, http.StatusBadRequest, p)
	}
	if err != nil {
		return err
	}
	return s.showList(w, r, http.StatusOK, listPage{Imported: &in})
}

// listFormats are the kinds of file that a matrix is handed out as.
var listFormats = map[string]struct {
	media string
	write func(w io.Writer, l *matrix.List) (matrix.Writer, error)
}{
	"csv":  {"text/csv; charset=utf-8", func(w io.Writer, l *matrix.List) (matrix.Writer, error) { return matrix.NewCSV(w, l, true) }},
	"xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", matrix.NewXLSX},
	"json": {"application/x-ndjson", func(w io.Writer, _ *matrix.List) (matrix.Writer, error) { return matrix.NewJSON(w), nil }},
}

// listFile hands a whole matrix out. It may be large and is sent as it is made:
// where that fails the connection is cut, so that no half is taken for the whole.
func (s *Server) listFile(w http.ResponseWriter, r *http.Request) error {
	name, ext := r.URL.Query().Get("name"), r.URL.Query().Get("format")
	format, ok := listFormats[ext]
	if !ok {
		return &inputError{Key: "format", Value: ext}
	}
	l, err := s.lists.List(r.Context(), name)
	if err != nil {
		return err
	}
	download(w, format.media, name, "."+ext)
	out, err := format.write(w, l)
	if err == nil {
		err = errors.Join(s.lists.LookUp(r.Context(), l, l.Rows, -1, out.Write), out.Close())
	}
	if err != nil {
		s.log.ErrorContext(r.Context(), "matrix not made", "err", quietly(err))
		panic(http.ErrAbortHandler)
	}
	return nil
}

// download sets the headers of a file that is handed out.
func download(w http.ResponseWriter, media, title, ext string) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="dalel`+ext+`"; filename*=UTF-8''`+strings.ReplaceAll(url.QueryEscape(fileTitle(title)), "+", "%20")+ext)
}

// togetherPage is the data of the matrix of persons and articles.
type togetherPage struct {
	Name       string
	List       string // address of the list
	Scope      search.Scope
	Scopes     []choice
	Articles   []counted
	Left       int
	Rows       []togetherRow
	None       []string // persons without an article
	From, To   int
	Total      int
	Prev, Next string
}

// togetherRow is a person of it.
type togetherRow struct {
	Name, Person string
	Cells        []counted
}

// togetherRows is how many persons stand on one page of it.
const togetherRows = 100

func (s *Server) together(w http.ResponseWriter, r *http.Request) error {
	st, err := parseListState(r)
	if err != nil {
		return err
	}
	scope := search.Scope(first(r.URL.Query().Get("scope"), string(search.InSentence)))
	if scope != search.InSentence && scope != search.InParagraph {
		return &inputError{Key: "scope", Value: string(scope)}
	}
	l, err := s.lists.List(r.Context(), st.Name)
	if err != nil {
		return err
	}
	from := min(st.From-1, len(l.Rows))
	to := min(len(l.Rows), from+togetherRows)
	m, err := s.lists.Together(r.Context(), l.Rows[from:to], scope)
	if err != nil {
		return err
	}
	p := togetherPage{Name: st.Name, List: listState{Name: st.Name}.URL(), Scope: scope, Left: m.Left, From: from + 1, To: to, Total: len(l.Rows)}
	p.fill(m)
	v := s.view(r, titled("together.title"))
	for _, sc := range search.Scopes {
		p.Scopes = append(p.Scopes, choice{v.T("scope." + string(sc)), p.at(sc, p.From), sc == scope})
	}
	if from > 0 {
		p.Prev = p.at(scope, max(1, p.From-togetherRows))
	}
	if to < len(l.Rows) {
		p.Next = p.at(scope, to+1)
	}
	v.Data = p
	return s.render(w, http.StatusOK, "together", v)
}

// at is the address of the same matrix in another scope or from another row.
func (p *togetherPage) at(scope search.Scope, from int) string {
	q := url.Values{"name": {p.Name}}
	if scope != search.InSentence {
		q.Set("scope", string(scope))
	}
	if from > 1 {
		q.Set("from", strconv.Itoa(from))
	}
	return "/list/articles?" + q.Encode()
}

// fill makes the rows, each count with the way to its passages.
func (p *togetherPage) fill(m *matrix.Together) {
	for _, key := range m.Articles {
		p.Articles = append(p.Articles, counted{Count: search.Count{Value: key}, See: keyURL(key)})
	}
	operator := " /s "
	if p.Scope == search.InParagraph {
		operator = " "
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		if !r.Any {
			p.None = append(p.None, r.Text)
			continue
		}
		row := togetherRow{Name: r.Text, Person: personURL(r.Text)}
		for k, n := range r.Counts {
			c := counted{Count: search.Count{Value: m.Articles[k], Passages: n}}
			if n > 0 {
				c.URL = searchURL([]pair{{"q", "(" + r.Query + ")" + operator + search.ArticleQuery(m.Articles[k])}})
			}
			row.Cells = append(row.Cells, c)
		}
		p.Rows = append(p.Rows, row)
	}
}

// Fault says in the reader's language why a list, a row or a decision cannot be
// taken.
func (w words) Fault(f *matrix.ListError) string { return w.T("fault."+string(f.Code), "what", f.Arg) }

// Decision names a decision; the address of its button has the same word.
func (w words) Decision(v matrix.Verdict) string { return w.T("decision." + string(v)) }
