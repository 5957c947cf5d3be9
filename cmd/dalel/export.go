package main

import (
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
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/search"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

var exportCmd = command{
	name:  "export",
	args:  "[-lib DIR] -brief NAME | -query Q [-format FORMAT] -o FILE",
	short: "Write cited quotes of a brief, or of a search, into a file",
	long: `
FORMAT is docx (the default, or what the ending of FILE says), pdf, html, md, xlsx, csv,
ris, biblatex, csl, jsonld or bag. A Word file has no hidden data: its cards, which
dalel verify needs, go into FILE.cards.json beside it; -cards puts them inside.

A bag is a folder, or a zip archive when FILE ends in .zip. Originals go into it one by
one: -original DOC, as often as needed, or "all". What an original holds beside its text
(authors, tracked changes, mail headers) is listed first; -hidden lists it and ends.

What you should look at before publishing is told. What is not for publication is
exported only with a reason: -reason "…", which the log keeps.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		x := &exporting{citing: citeFlags(fs)}
		lib := libFlag(fs)
		fs.StringVar(&x.brief, "brief", "", "name of the brief")
		fs.StringVar(&x.query, "query", "", "export the passages of a search")
		fs.IntVar(&x.most, "n", 0, "of a search: at most so many passages; the export says so (default all)")
		fs.StringVar(&x.format, "format", "", "docx, pdf, html, md, xlsx, csv, ris, biblatex, csl, jsonld or bag")
		fs.StringVar(&x.out, "o", "", "file to write; it must not be there yet")
		fs.StringVar(&x.form, "form", "", "footnote or inline")
		fs.StringVar(&x.words, "words", "", "language of headings: en, ru or kk")
		fs.BoolVar(&x.cards, "cards", false, "of docx: the cards inside the file")
		fs.Var(&x.originals, "original", `of a bag: take this original along; "all" for each`)
		fs.BoolVar(&x.hidden, "hidden", false, "list what the originals hold beside their text, and end")
		fs.StringVar(&x.reason, "reason", "", "why what is not for publication goes out all the same")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 || (x.brief == "") == (x.query == "") || x.out == "" && !x.hidden {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				x.env, x.lib = e, lib
				return x.run(ctx)
			})
		}
	},
}

// words is a flag that may be given several times.
type words []string

func (w *words) String() string     { return strings.Join(*w, " ") }
func (w *words) Set(v string) error { *w = append(*w, v); return nil }

// exporting is one call of export.
type exporting struct {
	*env
	citing
	lib                                            *indexer.Library
	brief, query, format, out, form, words, reason string
	most                                           int
	cards, hidden                                  bool
	originals                                      words
}

func (x *exporting) run(ctx context.Context) error {
	one, limit, err := x.source(ctx)
	if err != nil {
		return err
	}
	opt := export.Options{Style: cite.Style(*x.style), Lang: *x.lang, Form: cite.Form(x.form), Words: x.words, Cap: limit}
	b, err := export.Build(ctx, x.lib, ledger{x.lib}, one, opt)
	if err != nil {
		return err
	}
	if x.hidden {
		return x.listHidden(ctx, b)
	}
	if err := x.check(b); err != nil {
		return err
	}
	name := x.formatName()
	if err := x.write(ctx, name, b); err != nil {
		return err
	}
	return x.noteExport(ctx, b, name)
}

// source returns the brief: the user's, or one made of the passages of a search.
func (x *exporting) source(ctx context.Context) (one *quote.Brief, limited export.Cap, err error) {
	if x.brief != "" {
		one, err = quote.Briefs{Files: x.lib}.Load(ctx, x.brief)
		return one, limited, err
	}
	limit := x.most
	if limit <= 0 {
		limit = int(^uint32(0) >> 1) // all: an export has no cap of its own
	}
	res, err := x.engine(x.lib).Search(ctx, search.Request{Query: x.query, Limit: limit})
	if err != nil {
		return nil, limited, err
	}
	one = &quote.Brief{Name: x.query}
	for i := range res.Passages {
		h := &res.Passages[i]
		q := quote.Whole(h.Doc.ID, h.Text, &h.Para)
		one.Add(quote.Item{Quote: &q})
	}
	return one, export.Cap{Shown: len(res.Passages), Of: res.Hits}, nil
}

// formatName is the format that was asked for, or what the ending of the file says.
func (x *exporting) formatName() string {
	if x.format != "" {
		return x.format
	}
	ext := filepath.Ext(x.out)
	for _, f := range export.Formats {
		if f.Ext == ext {
			return f.Name
		}
	}
	return "docx"
}

// check tells what to look at. Only what is not for publication needs a reason
// here; the page asks for one for every red line.
func (x *exporting) check(b *export.Bundle) error {
	restricted := false
	for _, i := range b.Check() {
		restricted = restricted || i.Why == export.IssueRestricted
		line := issueWords[string(i.Why)]
		if i.Text != "" {
			line += ": " + printable(i.Text)
		}
		fmt.Fprintf(x.stderr, "dalel: quote %d: %s\n", i.N, line)
	}
	if restricted && strings.TrimSpace(x.reason) == "" {
		return &corpus.Error{Op: "export", Kind: corpus.ErrInvalid, Err: errors.New(`some of it is not for publication; to go on say why: -reason "…"`)}
	}
	return nil
}

func (x *exporting) write(ctx context.Context, name string, b *export.Bundle) error {
	if name == "bag" {
		return x.writeBag(ctx, b)
	}
	f, ok := export.FormatNamed(name)
	if !ok {
		return &corpus.Error{Op: "export", Subj: name, Kind: corpus.ErrInvalid, Err: errors.New("no such format; dalel help export lists them")}
	}
	write := f.Write
	if name == "docx" && x.cards {
		write = export.DOCXWithCards
	}
	if err := writeNew(x.out, func(w io.Writer) error { return write(w, b) }); err != nil {
		return err
	}
	if name == "docx" && !x.cards || name == "pdf" || name == "ris" || name == "biblatex" {
		return writeNew(x.out+cardsExt, func(w io.Writer) error { return export.JSONLD(w, b) })
	}
	return nil
}

// cardsExt is added to the name of a file whose cards lie beside it.
const cardsExt = ".cards.json"

func (x *exporting) writeBag(ctx context.Context, b *export.Bundle) error {
	ids, err := x.chosen(b)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		if err := x.listHidden(ctx, b); err != nil {
			return err
		}
	}
	open := func(ctx context.Context, id corpus.ID) (io.ReadCloser, error) { return x.lib.Original(ctx, id) }
	files, err := b.BagFiles(ctx, ids, open)
	if err != nil {
		return err
	}
	if filepath.Ext(x.out) == ".zip" {
		return writeNew(x.out, func(w io.Writer) error { return bagit.WriteZip(w, "bag", export.BagInfo, files) })
	}
	if _, err := os.Lstat(x.out); err == nil {
		return &corpus.Error{Op: "export", Subj: x.out, Kind: corpus.ErrInvalid, Err: errors.New("it is there already; name another, or remove it")}
	}
	return bagit.WriteDir(x.out, export.BagInfo, files)
}

// chosen are the documents whose originals go along.
func (x *exporting) chosen(b *export.Bundle) ([]corpus.ID, error) {
	var ids []corpus.ID
	for _, w := range b.Works {
		id := w.Doc.ID
		if slices.ContainsFunc(x.originals, func(o string) bool { return o == "all" || corpus.ValidPrefix(o) && strings.HasPrefix(string(id), o) }) {
			ids = append(ids, id)
		}
	}
	for _, o := range x.originals {
		if o != "all" && !slices.ContainsFunc(ids, func(id corpus.ID) bool { return strings.HasPrefix(string(id), o) }) {
			return nil, &corpus.Error{Op: "export", Subj: o, Kind: corpus.ErrInvalid, Err: errors.New("no quote is from such a document")}
		}
	}
	return ids, nil
}

// listHidden tells what the originals hold beside their text.
func (x *exporting) listHidden(ctx context.Context, b *export.Bundle) error {
	for _, w := range b.Works {
		in, err := x.lib.Original(ctx, w.Doc.ID)
		if err != nil {
			return err
		}
		found, err := export.Hidden(in, w.Doc.Size, w.Doc.MediaType)
		_ = in.Close() // only read
		if err != nil {
			return err
		}
		for _, h := range found {
			fmt.Fprintf(x.stderr, "dalel: the original %s (%s) holds %s: %s\n", w.Doc.ID.Short(), printable(w.Doc.Value(corpus.KeyTitle)), h.What, printable(h.Text))
		}
	}
	return nil
}

// noteExport records in the log that something left.
func (x *exporting) noteExport(ctx context.Context, b *export.Bundle, format string) error {
	if x.lib.ReadOnly() {
		fmt.Fprintln(x.stderr, "dalel: nothing can be written to the library: the export is not in its log")
	} else if _, err := x.lib.Note(ctx, store.EventExport, "", exportDetails(b, format, x.reason)); err != nil {
		return err
	}
	fmt.Fprintf(x.stdout, "%s: %s from %s\n", x.out, counted(len(b.Quotes()), "quote"), counted(len(b.Works), "document"))
	return nil
}
