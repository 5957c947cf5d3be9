package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/ingest/meta"
)

var metaCmd = command{
	name:  "meta",
	args:  "[-lib DIR] export [FILE.csv] | import FILE.csv",
	short: "Write the metadata of all documents as a table, or read it back corrected",
	long: `
A row names its document by id (8 or more digits of its hash) or by path. What differs
from what was read becomes a correction, kept beside it and logged; a cell that says
what was read takes an earlier correction back; an empty cell hides what was read.
A mistake in the table changes nothing at all. Several values of one cell are divided
by semicolons; a value with a semicolon of its own stands in quotation marks.
export never writes over a file.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			switch {
			case len(args) >= 1 && len(args) <= 2 && args[0] == "export":
				return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error { return e.exportMeta(ctx, lib, args[1:]) })
			case len(args) == 2 && args[0] == "import":
				return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error { return e.importMeta(ctx, lib, args[1]) })
			}
			fs.Usage()
			return errUsage
		}
	},
}

// exportMeta writes the table to a new file, or to standard output.
func (e *env) exportMeta(ctx context.Context, lib *indexer.Library, file []string) error {
	rows, err := metaRows(ctx, lib)
	if err != nil {
		return err
	}
	if len(file) == 0 {
		return meta.WriteTable(e.stdout, rows)
	}
	return writeNew(file[0], func(w io.Writer) error { return meta.WriteTable(w, rows) })
}

// writeNew writes a file that is not there yet: what a person may have
// corrected in it is not lost.
func writeNew(name string, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &corpus.Error{Op: "meta", Subj: name, Kind: corpus.ErrInvalid, Err: errors.New("the file is there already; name another, or remove it")}
	}
	if err != nil {
		return err
	}
	defer closing(f, &err)
	return write(f)
}

// metaRows is what is known of all documents.
func metaRows(ctx context.Context, lib *indexer.Library) ([]meta.Row, error) {
	var rows []meta.Row
	for d, err := range lib.Documents(ctx) {
		if err != nil {
			return nil, err
		}
		row := meta.Row{ID: string(d.ID), Path: d.Path(), Facts: corpus.Facts{}}
		for _, k := range corpus.Keys {
			if v := d.Values(k); len(v) > 0 {
				row.Facts[k] = corpus.Fact{Values: v}
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (e *env) importMeta(ctx context.Context, lib *indexer.Library, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, unknown, err := meta.ReadTable(f)
	if err != nil {
		return err
	}
	for _, column := range unknown {
		fmt.Fprintf(e.stderr, "dalel: column %q is not known and was left alone\n", printable(column))
	}
	edits, docs, err := corrections(ctx, lib, rows)
	if err != nil {
		return err
	}
	if err := lib.SetAllFacts(ctx, edits); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s of %s corrected\n", counted(len(edits), "fact"), counted(docs, "document"))
	return nil
}

// corrections compares a table with the library. The error lists all rows that
// name no document.
func corrections(ctx context.Context, lib *indexer.Library, rows []meta.Row) (edits []store.Edit, docs int, err error) {
	var all []*corpus.Document
	for d, err := range lib.Documents(ctx) {
		if err != nil {
			return nil, 0, err
		}
		all = append(all, d)
	}
	var wrong []error
	for _, row := range rows {
		d, err := named(&row, all)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		if more := differences(d, row.Facts); len(more) > 0 {
			edits, docs = append(edits, more...), docs+1
		}
	}
	if len(wrong) > 0 {
		return nil, 0, &corpus.Error{Op: "meta", Kind: corpus.ErrInvalid, Err: errors.Join(wrong...)}
	}
	return edits, docs, nil
}

// named finds the document of a row: by its ID, or by the end of a path that
// one document alone has.
func named(row *meta.Row, all []*corpus.Document) (*corpus.Document, error) {
	var found []*corpus.Document
	for _, d := range all {
		if row.ID != "" && strings.HasPrefix(string(d.ID), row.ID) || row.ID == "" && hasPath(d, row.Path) {
			found = append(found, d)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	name := row.ID
	if name == "" {
		name = row.Path
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("line %d: no document is called %q", row.Line, name)
	}
	return nil, fmt.Errorf("line %d: %d documents are called %q; name one by its id", row.Line, len(found), name)
}

func hasPath(d *corpus.Document, path string) bool {
	path = filepath.ToSlash(path)
	return slices.ContainsFunc(d.Sources, func(s corpus.Source) bool {
		have := filepath.ToSlash(s.Path)
		return have == path || strings.HasSuffix(have, "/"+path)
	})
}

// differences lists the corrections that make d say what a row says.
func differences(d *corpus.Document, facts corpus.Facts) []store.Edit {
	var edits []store.Edit
	for _, k := range corpus.Keys {
		f, asked := facts[k]
		if !asked || meta.Cell(k, f.Values) == meta.Cell(k, d.Values(k)) {
			continue
		}
		edit := store.Edit{ID: d.ID, Key: k, Values: append([]string{}, f.Values...)}
		if meta.Cell(k, f.Values) == meta.Cell(k, d.Read[k].Values) {
			edit.Values = nil // back to what was read
		}
		edits = append(edits, edit)
	}
	return edits
}
