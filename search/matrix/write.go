package matrix

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
	"dalel/search/export"
)

// found are the columns that a matrix adds to those of the list.
var found = []string{
	"hits", "docs", "error", "path", "doc", "para", "page", "label", "score", "form", "decision", "new", "birth", "title", "date", "ref", "passage",
}

// The columns among found that an import reads back.
const (
	colDecision = "decision"
	colDoc      = "doc"
	colRef      = "ref"
)

// passageLength is how much of a passage a matrix shows, in bytes around the
// words found: enough to decide by.
const passageLength = 600

// header is the first row of a matrix: the columns of the list, then ours. A
// column of the list that has a name of ours is called so no more.
func (l *List) header() []string {
	own := l.Header
	if own == nil {
		own = []string{string(l.Field)}
		for i := 1; i < l.width(); i++ {
			own = append(own, "column "+strconv.Itoa(i+1))
		}
	}
	out := make([]string, 0, len(own)+len(found))
	for _, h := range own {
		for _, f := range found {
			if strings.EqualFold(strings.TrimSpace(h), f) {
				h = "list " + strings.TrimSpace(h)
			}
		}
		out = append(out, h)
	}
	return append(out, found...)
}

func (l *List) width() int {
	n := len(l.Header)
	if n == 0 {
		for i := range l.Rows {
			n = max(n, len(l.Rows[i].Values))
		}
	}
	return n
}

// rowsOf are the rows of a matrix that an answer makes: one a cell, one for a
// row without any.
func (l *List) rowsOf(a *Answer) [][]string {
	own := make([]string, max(l.width(), 1))
	copy(own, a.Values)
	base := append(own, strconv.Itoa(a.Hits), strconv.Itoa(a.Docs), a.Error)
	if len(a.Cells) == 0 {
		return [][]string{append(base, make([]string, len(found)-3)...)}
	}
	out := make([][]string, len(a.Cells))
	for i := range a.Cells {
		out[i] = append(append([]string{}, base...), a.Cells[i].row()...)
	}
	return out
}

func (c *Cell) row() []string {
	isNew := ""
	if c.New {
		isNew = "new"
	}
	return []string{
		c.Doc.Path(), string(c.Doc.ID), strconv.Itoa(c.Para.Ord), strconv.Itoa(c.Para.Page()), c.Para.Label,
		strconv.FormatFloat(c.Score, 'f', 4, 64), c.Form, string(c.Verdict), isNew, string(c.Birth),
		c.Doc.Value(corpus.KeyTitle), string(c.Doc.Date()), corpus.Permalink(c.Doc.ID, c.Text, c.Para.Ord), c.passage(),
	}
}

// passage is the paragraph around the words found.
func (c *Cell) passage() string {
	text := c.Para.Text
	if len(text) > passageLength {
		from, to := 0, passageLength
		if len(c.Matches) > 0 {
			from = max(0, c.Matches[0].Start-passageLength/2)
			to = min(len(text), from+passageLength)
		}
		cut := strings.ToValidUTF8(text[from:to], "")
		if from > 0 {
			cut = "… " + cut
		}
		if to < len(text) {
			cut += " …"
		}
		text = cut
	}
	return strings.Join(strings.Fields(text), " ")
}

// Writer writes the answers of a list one after another. Close ends the file.
type Writer interface {
	Write(a *Answer) error
	Close() error
}

// NewCSV writes a matrix as CSV. mark says whether it begins with the mark that
// tells Excel it is UTF-8.
func NewCSV(w io.Writer, l *List, mark bool) (Writer, error) {
	if mark {
		if _, err := io.WriteString(w, export.BOM); err != nil {
			return nil, err
		}
	}
	out := &csvWriter{l, csv.NewWriter(w)}
	return out, out.row(l.header())
}

type csvWriter struct {
	list *List
	out  *csv.Writer
}

func (w *csvWriter) row(cells []string) error {
	guarded := make([]string, len(cells))
	for i, c := range cells {
		guarded[i] = export.Guard(c)
	}
	return w.out.Write(guarded)
}

func (w *csvWriter) Write(a *Answer) error {
	for _, row := range w.list.rowsOf(a) {
		if err := w.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (w *csvWriter) Close() error {
	w.out.Flush()
	return w.out.Error()
}

// NewXLSX writes a matrix as a workbook. Every cell is text, which no
// spreadsheet runs; the column of decisions offers the verdicts.
func NewXLSX(w io.Writer, l *List) (Writer, error) {
	f := excelize.NewFile()
	if err := f.SetDocProps(&excelize.DocProperties{Created: "1980-01-01T00:00:00Z", Modified: "1980-01-01T00:00:00Z"}); err != nil {
		return nil, err
	}
	sheet := f.GetSheetName(0)
	stream, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	out := &xlsxWriter{w: w, list: l, file: f, sheet: sheet, stream: stream}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return out, out.row(l.header())
}

type xlsxWriter struct {
	w      io.Writer
	list   *List
	file   *excelize.File
	sheet  string
	stream *excelize.StreamWriter
	rows   int
}

// mostRows is what a sheet holds (ECMA-376).
const mostRows = 1_048_576

var errRows = errors.New("a sheet of a workbook has 1,048,576 rows: write CSV, or divide the list")

func (x *xlsxWriter) row(cells []string) error {
	if x.rows++; x.rows > mostRows {
		return errRows
	}
	name, err := excelize.CoordinatesToCellName(1, x.rows)
	if err != nil {
		return err
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		values[i] = clip(c)
	}
	return x.stream.SetRow(name, values)
}

// clip cuts what a cell cannot hold: 32,767 characters (ECMA-376).
func clip(s string) string {
	const most = 32767
	if len(s) > most {
		return strings.ToValidUTF8(s[:most-4], "") + "…"
	}
	return s
}

func (x *xlsxWriter) Write(a *Answer) error {
	for _, row := range x.list.rowsOf(a) {
		if err := x.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (x *xlsxWriter) Close() (err error) {
	defer func() { err = errors.Join(err, x.file.Close()) }()
	column := 0
	for i, h := range x.list.header() {
		if h == colDecision {
			column = i + 1
		}
	}
	if name, err := excelize.ColumnNumberToName(column); err == nil && x.rows > 1 {
		offer := excelize.NewDataValidation(true)
		offer.Sqref = name + "2:" + name + strconv.Itoa(x.rows)
		if err := offer.SetDropList([]string{string(Same), string(Another), string(Unsure)}); err != nil {
			return err
		}
		if err := x.file.AddDataValidation(x.sheet, offer); err != nil {
			return err
		}
	}
	if err := x.stream.Flush(); err != nil {
		return err
	}
	return export.Rezip(x.w, x.file)
}

// AnswerJSON is an answer as CLI.md promises it.
type AnswerJSON struct {
	ID    string     `json:"id"`
	Query string     `json:"query"`
	Error string     `json:"error"`
	Hits  int        `json:"hits"`
	Docs  int        `json:"docs"`
	New   int        `json:"new,omitempty"`
	Top   []CellJSON `json:"top"`
}

// CellJSON is a passage of an answer.
type CellJSON struct {
	Path     string    `json:"path"`
	Doc      corpus.ID `json:"doc"`
	Ref      string    `json:"ref"`
	Para     int       `json:"para"`
	Page     int       `json:"page"`
	Label    string    `json:"label"`
	Score    float64   `json:"score"`
	Form     string    `json:"form"`
	Decision Verdict   `json:"decision,omitempty"`
	Moved    bool      `json:"moved,omitempty"`
	New      bool      `json:"new,omitempty"`
	Birth    Birth     `json:"birth,omitempty"`
}

// JSON is the answer as an object.
func (a *Answer) JSON() AnswerJSON {
	out := AnswerJSON{ID: a.ID, Query: a.Row.Text, Error: a.Error, Hits: a.Hits, Docs: a.Docs, New: a.New, Top: make([]CellJSON, len(a.Cells))}
	if out.ID == "" {
		out.ID = strconv.Itoa(a.No)
	}
	for i := range a.Cells {
		c := &a.Cells[i]
		out.Top[i] = CellJSON{
			c.Doc.Path(), c.Doc.ID, corpus.Permalink(c.Doc.ID, c.Text, c.Para.Ord), c.Para.Ord, c.Para.Page(), c.Para.Label,
			c.Score, c.Form, c.Verdict, c.Moved, c.New, c.Birth,
		}
	}
	return out
}

// NewJSON writes a matrix as one JSON object a line.
func NewJSON(w io.Writer) Writer {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return jsonWriter{enc}
}

type jsonWriter struct{ enc *json.Encoder }

func (w jsonWriter) Write(a *Answer) error { return w.enc.Encode(a.JSON()) }
func (w jsonWriter) Close() error          { return nil }
