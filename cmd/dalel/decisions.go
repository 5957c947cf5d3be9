package main

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search/export"
	"dalel/search/matrix"
)

var decisionsCmd = command{
	name:  "decisions",
	args:  "[-lib DIR] list|set|import ...",
	short: "Same person, another or unsure: what was decided of passages",
	verbs: true,
	long: `
  decisions list                                all of them, as CSV
  decisions set [-born YEAR] NAME DOC#PARA V    V is same, another, unsure, or none to take it back
  decisions import FILE                         a table that dalel batch -field name -o wrote, with its
                                                column decision filled in (CSV or XLSX)

Decisions are lines of the file user/decisions.jsonl of the library. They hold for
the passage after a better extraction, and for its copies in the same work.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		born := fs.Int("born", 0, "the year of birth, where the list has it")
		return func(ctx context.Context, e *env, args []string) error {
			verb := first(args)
			if !(verb == "list" && len(args) == 1 || verb == "import" && len(args) == 2 || verb == "set" && len(args) == 4) {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				d := deciding{env: e, lib: lib, desk: e.desk(lib)}
				switch verb {
				case "import":
					return d.take(ctx, args[1])
				case "set":
					return d.set(ctx, *born, args[1], args[2], args[3])
				}
				return d.list(ctx)
			})
		}
	},
}

// desk is what keeps the lists and the decisions of a library.
func (e *env) desk(lib *indexer.Library) *matrix.Desk {
	engine := e.engine(lib)
	return &matrix.Desk{Search: engine, Counter: engine, Files: lib, Decode: decodeList, Clock: e.clock}
}

// deciding is one call of decisions.
type deciding struct {
	*env
	lib  *indexer.Library
	desk *matrix.Desk
}

func (d *deciding) list(ctx context.Context) error {
	ledger, broken, err := matrix.LoadDecisions(ctx, d.lib)
	if err != nil {
		return err
	}
	w := csv.NewWriter(d.stdout)
	if err := w.Write([]string{"name", "born", "id", "doc", "para", "page", "label", "decision", "at"}); err != nil {
		return err
	}
	for _, one := range ledger.All() {
		year := ""
		if one.Birth != 0 {
			year = strconv.Itoa(one.Birth)
		}
		err := w.Write([]string{
			export.Guard(one.Name), year, export.Guard(one.ID), string(one.Doc), strconv.Itoa(one.Para), strconv.Itoa(one.Page),
			export.Guard(one.Label), string(one.Verdict), one.At.Format(time.RFC3339),
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	if broken > 0 {
		fmt.Fprintf(d.stderr, "dalel: %s cannot be read: %s\n", matrix.DecisionFile, counted(broken, "line"))
	}
	return w.Error()
}

func (d *deciding) set(ctx context.Context, born int, name, passage, word string) error {
	var verdict matrix.Verdict
	if word != "none" {
		v, ok := matrix.ParseVerdict(word)
		if !ok {
			return &corpus.Error{Op: "decisions", Subj: word, Kind: corpus.ErrInvalid, Err: errors.New("a decision is same, another, unsure or none")}
		}
		verdict = v
	}
	ref, err := corpus.ParseRef(passage)
	if err != nil {
		return err
	}
	doc, err := document(ctx, d.lib, ref.Doc)
	if err != nil {
		return err
	}
	ord := ref.Ord
	if ords := doc.Text.Labelled(ref.Label); ord == 0 && ref.Label != "" && len(ords) == 1 {
		ord = ords[0]
	}
	list, err := matrix.Read("one.lines", []byte(name), matrix.Name, decodeList)
	if err != nil {
		return err
	}
	if len(list.Rows) != 1 {
		return &corpus.Error{Op: "decisions", Subj: name, Kind: corpus.ErrInvalid, Err: errors.New("a name is one line")}
	}
	list.Rows[0].Birth = born
	return d.desk.Decide(ctx, &list.Rows[0], doc, ord, verdict)
}

// take imports decisions from a table.
func (d *deciding) take(ctx context.Context, path string) error {
	b, err := readSmall(path)
	if err != nil {
		return err
	}
	in, err := d.desk.Import(ctx, shelf{d.lib}, filepath.Base(path), b)
	if err != nil {
		return err
	}
	for _, f := range in.Faults {
		fmt.Fprintf(d.stderr, "%s: row %d: %s\n", printable(filepath.Base(path)), f.Line, printable(f.Why.Error()))
	}
	fmt.Fprintf(d.stdout, "%s taken, %d stood already\n", counted(in.Decided, "decision"), in.Same)
	if len(in.Faults) > 0 {
		return errPartial
	}
	return nil
}
