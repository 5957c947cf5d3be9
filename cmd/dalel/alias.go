package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"dalel/corpus"
	"dalel/corpus/names"
	"dalel/indexer"
	"dalel/search/alias"
)

var aliasCmd = command{
	name:  "alias",
	args:  "[-lib DIR] list|add|rm ...",
	short: "Keep the table of other names: ДВК = DCK = ҚДТ",
	verbs: true,
	long: `
  alias list [NAME]             your table, or all names of what is called NAME
  alias add [-type T] NAME...   names of one thing: org (default), place, person or form;
                                a name that the table has tells which thing is meant
  alias rm ID NAME              take a name of yours away

The table is the plain file user/aliases.tsv of the library and is read again when
it has changed. A person who has several names is found under each of them.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object a line")
		kind := fs.String("type", "org", strings.Join(names.AliasTypes, ", "))
		return func(ctx context.Context, e *env, args []string) error {
			verb := first(args)
			ok := verb == "list" && len(args) <= 2 || verb == "add" && len(args) >= 2 || verb == "rm" && len(args) == 3
			if !ok {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				a := aliasing{env: e, book: alias.New(lib), json: *asJSON}
				switch verb {
				case "add":
					return a.add(ctx, *kind, args[1:])
				case "rm":
					return a.remove(ctx, args[1], args[2])
				}
				return a.list(ctx, args[1:])
			})
		}
	},
}

// aliasing is one call of alias.
type aliasing struct {
	*env
	book *alias.Book
	json bool
}

func (a *aliasing) list(ctx context.Context, name []string) error {
	rows, faults, err := a.book.Rows(ctx)
	if err != nil {
		return err
	}
	if len(name) > 0 {
		rows = a.book.Table(ctx).Find(name[0])
	}
	if err := a.print(rows); err != nil {
		return err
	}
	for _, f := range faults {
		fmt.Fprintf(a.stderr, "%s: %s\n", alias.File, printable(f.Error()))
	}
	return nil
}

func (a *aliasing) print(rows []names.Alias) error {
	out := jsonLines(a.stdout)
	for i := range rows {
		r := &rows[i]
		if !a.json {
			fmt.Fprintf(a.stdout, "%s\t%s\t%s\t%s\t%s\n", printable(r.ID), r.Type, r.Lang, printable(r.Form), r.Kind)
			continue
		}
		row := map[string]any{"id": r.ID, "type": r.Type, "lang": r.Lang, "form": r.Form, "kind": r.Kind, "context": r.Context}
		if err := out.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

func (a *aliasing) add(ctx context.Context, kind string, forms []string) error {
	added, err := a.book.Add(ctx, kind, forms)
	if err != nil {
		return err
	}
	return a.print(added)
}

func (a *aliasing) remove(ctx context.Context, id, form string) error {
	rows, _, err := a.book.Rows(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.ID == id && r.Form == form {
			return a.book.Remove(ctx, r)
		}
	}
	return &corpus.Error{Op: "alias", Subj: form, Kind: corpus.ErrNotFound, Err: fmt.Errorf("%s has no such name in your table", id)}
}
