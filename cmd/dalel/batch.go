package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ingest/charset"
	"dalel/search/matrix"
)

var batchCmd = command{
	name:  "batch",
	args:  "[-lib DIR] [-json|-csv|-o FILE] [-n N] [-field query|name|article] [-any] FILE",
	short: "Search for every line of a list",
	long: `
FILE has one search a line, or is a CSV or XLSX table with a header in English,
Russian or Kazakh: the column of the field (query, name, article), else the
first, is searched for; a column id names the rows; of names, other names and the
year of birth are used; other columns are carried through with -csv and -o. A
row that cannot be searched says why in its place.

With -field name, what was decided of passages (dalel decisions, or the page) is
told, and passages of documents that came after a person's last decision are
marked as new. -o writes a table by the ending of its name: .csv, .xlsx or .json;
fill in its column decision and give it to dalel decisions import.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		asJSON, asCSV := fs.Bool("json", false, "one JSON object a line"), fs.Bool("csv", false, "a table: the rows with what was found")
		out := fs.String("o", "", "write the table to this `file`: .csv, .xlsx or .json")
		b := batch{}
		fs.IntVar(&b.n, "n", 20, "passages a row")
		fs.StringVar((*string)(&b.field), "field", "query", "what the rows are: query, name or article")
		fs.BoolVar(&b.any, "any", false, "plain words, any of which may match, best first")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 || howMany(*asJSON, *asCSV, *out != "") > 1 {
				fs.Usage()
				return errUsage
			}
			if b.n < 0 || !slices.Contains(matrix.Fields, b.field) {
				return &corpus.Error{Op: "batch", Kind: corpus.ErrInvalid, Err: errors.New("-n must not be negative, -field is query, name or article")}
			}
			list, err := readList(args[0], b.field)
			if err != nil {
				return err
			}
			if list.Damaged > 0 {
				fmt.Fprintf(e.stderr, "dalel: %d characters of the list could not be read\n", list.Damaged)
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				b.lib, b.list = lib, list
				switch {
				case *out != "":
					return b.toFile(ctx, e, *out)
				case *asJSON:
					return b.write(ctx, e, matrix.NewJSON(e.stdout))
				case *asCSV:
					w, err := matrix.NewCSV(e.stdout, list, false)
					if err != nil {
						return err
					}
					return b.write(ctx, e, w)
				}
				return b.write(ctx, e, rowPrinter{e.stdout})
			})
		}
	},
}

// howMany returns how many are true.
func howMany(flags ...bool) (n int) {
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}

// readList reads a list of a file.
func readList(path string, field matrix.Field) (*matrix.List, error) {
	b, err := readSmall(path)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	if ext := strings.ToLower(filepath.Ext(name)); ext != ".csv" && ext != ".tsv" && ext != ".xlsx" {
		name += ".lines" // anything else is plain lines
	}
	return matrix.Read(name, b, field, decodeList)
}

// readSmall reads a file that is no larger than a list.
func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, matrix.MaxBytes+1))
}

// decodeList reads a list in any character set of the region.
func decodeList(b []byte) (string, int) {
	t := charset.Decode(b, "")
	return t.String, t.Damaged
}

// batch is a list of searches under way.
type batch struct {
	lib   *indexer.Library
	list  *matrix.List
	field matrix.Field
	n     int
	any   bool
}

// write answers the rows in order, each as soon as it is answered: a list of
// names takes minutes, and what was found is kept when it is interrupted.
func (b *batch) write(ctx context.Context, e *env, w matrix.Writer) error {
	run := matrix.Run{Search: e.engine(b.lib), Limit: b.n, Any: b.any}
	if b.field == matrix.Name {
		ledger, broken, err := matrix.LoadDecisions(ctx, b.lib)
		if err != nil {
			return err
		}
		if broken > 0 {
			fmt.Fprintf(e.stderr, "dalel: %s cannot be read: %s\n", matrix.DecisionFile, counted(broken, "line"))
		}
		run.Ledger = ledger
	}
	err := run.Each(ctx, b.list, b.list.Rows, w.Write)
	return errors.Join(err, w.Close())
}

// toFile writes a table by the ending of its name.
func (b *batch) toFile(ctx context.Context, e *env, path string) (err error) {
	ext := strings.ToLower(filepath.Ext(path))
	if !slices.Contains([]string{".csv", ".xlsx", ".json", ".jsonl"}, ext) {
		return &corpus.Error{Op: "batch", Subj: path, Kind: corpus.ErrInvalid, Err: errors.New("-o writes .csv, .xlsx or .json")}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer closing(f, &err)
	var w matrix.Writer
	switch ext {
	case ".csv":
		w, err = matrix.NewCSV(f, b.list, true)
	case ".xlsx":
		w, err = matrix.NewXLSX(f, b.list)
	default:
		w = matrix.NewJSON(f)
	}
	if err != nil {
		return err
	}
	return b.write(ctx, e, w)
}

// rowPrinter prints a line a row, for people.
type rowPrinter struct{ out io.Writer }

func (p rowPrinter) Write(a *matrix.Answer) error {
	_, err := fmt.Fprintln(p.out, rowText(a))
	return err
}

func (rowPrinter) Close() error { return nil }

func rowText(a *matrix.Answer) string {
	if a.Error != "" {
		return cmp.Or(printable(a.Row.Text), fmt.Sprintf("row %d", a.No)) + ": " + printable(a.Error)
	}
	line := fmt.Sprintf("%s: %s in %s", printable(a.Row.Text), counted(a.Hits, "passage"), counted(a.Docs, "document"))
	if a.Decided > 0 {
		line += fmt.Sprintf(", %d decided", a.Decided)
	}
	if a.New > 0 {
		line += fmt.Sprintf(", %d new", a.New)
	}
	if len(a.Cells) > 0 {
		line += fmt.Sprintf("; first %s, paragraph ~%d", printable(a.Cells[0].Doc.Path()), a.Cells[0].Para.Ord)
	}
	return line
}
