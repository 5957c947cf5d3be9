package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// maxBatchBytes bounds a list of queries: 400 names are 20 KB, a pasted book is not a list.
const maxBatchBytes = 64 << 20

var batchCmd = command{
	name:  "batch",
	args:  "[-lib DIR] [-json|-csv] [-n N] [-field query|name|article] [-any] FILE",
	short: "Search for every line of a list",
	long: `
FILE has one search a line, or is a CSV or XLSX table with a header: the column
query, else name, else the first is searched for; a column id names the rows;
other columns are carried through with -csv. A row that cannot be searched says why in its place.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		asJSON, asCSV := fs.Bool("json", false, "one JSON object a line"), fs.Bool("csv", false, "a table: the rows with what was found")
		b := batch{}
		fs.IntVar(&b.n, "n", 20, "passages a row")
		fs.StringVar(&b.field, "field", "query", "what the rows are: query, name or article")
		fs.BoolVar(&b.any, "any", false, "plain words, any of which may match, best first")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 || (*asJSON && *asCSV) {
				fs.Usage()
				return errUsage
			}
			if b.n < 0 || (b.field != "query" && b.field != "name" && b.field != "article") {
				return &corpus.Error{Op: "batch", Kind: corpus.ErrInvalid, Err: errors.New("-n must not be negative, -field is query, name or article")}
			}
			table, err := readTable(args[0])
			if err != nil {
				return err
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				b.engine = e.engine(lib)
				switch {
				case *asJSON:
					return b.printJSON(ctx, e, table)
				case *asCSV:
					return b.printCSV(ctx, e, table)
				}
				return b.printText(ctx, e, table)
			})
		}
	},
}

// table is a list of searches: rows of cells, and which cell is searched for.
type table struct {
	header []string // nil for plain lines
	rows   [][]string
	query  int
	id     int // -1 if none
}

// readTable reads a list by its ending: .csv and .xlsx are tables, anything
// else is plain lines.
func readTable(path string) (*table, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxBatchBytes {
		return nil, &corpus.Error{Op: "batch", Subj: path, Kind: corpus.ErrInvalid, Err: fmt.Errorf("larger than %d MB", maxBatchBytes>>20)}
	}
	var rows [][]string
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		rows, err = readCSV(path)
	case ".xlsx":
		rows, err = readXLSX(path)
	default:
		return readLines(path)
	}
	if err != nil {
		return nil, &corpus.Error{Op: "batch", Subj: path, Kind: corpus.ErrInvalid, Err: err}
	}
	if len(rows) == 0 {
		return nil, &corpus.Error{Op: "batch", Subj: path, Kind: corpus.ErrInvalid, Err: errors.New("no header")}
	}
	t := &table{header: rows[0], rows: rows[1:], id: columnOf(rows[0], "id")}
	t.query = max(columnOf(rows[0], "query"), 0)
	if columnOf(rows[0], "query") < 0 {
		t.query = max(columnOf(rows[0], "name"), 0)
	}
	return t, nil
}

func columnOf(header []string, name string) int {
	for i, h := range header {
		if strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name) {
			return i
		}
	}
	return -1
}

func readLines(path string) (*table, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t := &table{id: -1}
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		t.rows = append(t.rows, []string{strings.TrimRight(line, "\r\n")})
	}
	return t, nil
}

func readCSV(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	buffered := bufio.NewReader(f)
	r := csv.NewReader(buffered)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	head, _ := buffered.Peek(4096) // a shorter file gives what there is
	line, _, _ := strings.Cut(string(head), "\n")
	if strings.Count(line, ";") > strings.Count(line, ",") {
		r.Comma = ';'
	}
	return r.ReadAll()
}

func readXLSX(path string) (rows [][]string, err error) {
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 4 * maxBatchBytes, UnzipXMLSizeLimit: maxBatchBytes})
	if err != nil {
		return nil, err
	}
	defer closing(f, &err)
	return f.GetRows(f.GetSheetName(0))
}

func (t *table) cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return row[i]
}

// batch is a list of searches under way.
type batch struct {
	engine *search.Engine
	field  string
	n      int
	any    bool
}

// search looks for one row. Its error is the row's, unless ctx is done.
func (b *batch) search(ctx context.Context, text string) (*search.Result, error) {
	q := text
	if b.field != "query" {
		q = b.field + `:"` + strings.ReplaceAll(text, `"`, " ") + `"`
	}
	return b.engine.Search(ctx, search.Request{Query: q, Any: b.any && b.field == "query", Limit: b.n})
}

// rowJSON is a row's answer as CLI.md promises it.
type rowJSON struct {
	ID    string    `json:"id"`
	Query string    `json:"query"`
	Error string    `json:"error"`
	Hits  int       `json:"hits"`
	Docs  int       `json:"docs"`
	Top   []topJSON `json:"top"`
}

type topJSON struct {
	Path  string    `json:"path"`
	Doc   corpus.ID `json:"doc"`
	Para  int       `json:"para"`
	Page  int       `json:"page"`
	Label string    `json:"label"`
	Score float64   `json:"score"`
	Form  string    `json:"form"`
}

// each answers the rows, several at a time, and gives them on in order. A row
// that cannot be searched is answered with its error.
func (b *batch) each(ctx context.Context, t *table, do func(row []string, answer rowJSON) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	queue := make(chan chan rowJSON, runtime.GOMAXPROCS(0))
	wg.Go(func() {
		defer close(queue)
		for i := range t.rows {
			answer := make(chan rowJSON, 1)
			select {
			case queue <- answer:
			case <-ctx.Done():
				return
			}
			wg.Go(func() { answer <- b.answer(ctx, t, i) })
		}
	})
	i := 0
	for answer := range queue {
		r := <-answer
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := do(t.rows[i], r); err != nil {
			return err
		}
		i++
	}
	return ctx.Err()
}

// answer searches for row i.
func (b *batch) answer(ctx context.Context, t *table, i int) rowJSON {
	row := t.rows[i]
	r := rowJSON{ID: t.cell(row, t.id), Query: t.cell(row, t.query), Top: []topJSON{}}
	if t.id < 0 {
		r.ID = strconv.Itoa(i + 1)
	}
	res, err := b.search(ctx, r.Query)
	if err != nil {
		r.Error = err.Error()
		return r
	}
	r.Hits, r.Docs, r.Top = res.Hits, res.Docs, b.tops(res.Passages)
	return r
}

// tops lists passages. The score of a name is how well it agrees, from 0 to 1.
func (b *batch) tops(hits []search.Hit) []topJSON {
	out := make([]topJSON, len(hits))
	for i := range hits {
		h := &hits[i]
		score := h.Score
		if b.field == "name" {
			score = h.Likeness
		}
		out[i] = topJSON{h.Doc.Path(), h.Doc.ID, h.Para.Ord, h.Para.Page(), h.Para.Label, score, foundForm(h)}
	}
	return out
}

// foundForm is the words found in a passage, as they stand there.
func foundForm(h *search.Hit) string {
	var words []string
	seen := map[string]bool{}
	for _, m := range h.Matches {
		if w := h.Para.Text[m.Start:m.End]; !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// printJSON writes a row as soon as it is answered: a list of names takes
// minutes, and what was found is kept when it is interrupted.
func (b *batch) printJSON(ctx context.Context, e *env, t *table) error {
	out := jsonLines(e.stdout)
	return b.each(ctx, t, func(_ []string, r rowJSON) error { return out.Encode(r) })
}

func (b *batch) printText(ctx context.Context, e *env, t *table) error {
	return b.each(ctx, t, func(_ []string, r rowJSON) error {
		_, err := fmt.Fprintln(e.stdout, rowText(r))
		return err
	})
}

func rowText(r rowJSON) string {
	if r.Error != "" {
		return printable(r.Query) + ": " + r.Error
	}
	line := fmt.Sprintf("%s: %s in %s", printable(r.Query), counted(r.Hits, "passage"), counted(r.Docs, "document"))
	if len(r.Top) > 0 {
		line += fmt.Sprintf("; first %s, paragraph ~%d", printable(r.Top[0].Path), r.Top[0].Para)
	}
	return line
}

// printCSV prints the rows as they came, with what was found beside them.
func (b *batch) printCSV(ctx context.Context, e *env, t *table) error {
	w := csv.NewWriter(e.stdout)
	header := t.header
	if header == nil {
		header = []string{"query"}
	}
	if err := w.Write(append(safeCells(header), "hits", "docs", "error", "path", "doc", "para", "page", "label", "score", "form")); err != nil {
		return err
	}
	err := b.each(ctx, t, func(row []string, r rowJSON) error {
		for len(row) < len(header) {
			row = append(row, "")
		}
		base := append(safeCells(row[:len(header)]), strconv.Itoa(r.Hits), strconv.Itoa(r.Docs), safeCell(r.Error))
		if len(r.Top) == 0 {
			return w.Write(append(base, "", "", "", "", "", "", ""))
		}
		for _, h := range r.Top {
			cells := append(append([]string{}, base...), safeCell(h.Path), string(h.Doc), strconv.Itoa(h.Para), strconv.Itoa(h.Page),
				safeCell(h.Label), strconv.FormatFloat(h.Score, 'f', 4, 64), safeCell(h.Form))
			if err := w.Write(cells); err != nil {
				return err
			}
		}
		return nil
	})
	w.Flush()
	return errors.Join(err, w.Error())
}

func safeCells(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = safeCell(c)
	}
	return out
}

// safeCell keeps a spreadsheet from reading a cell as a formula
// (OWASP, CSV injection: = + - @ tab CR at the start).
func safeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
