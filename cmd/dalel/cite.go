package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search/cite"
	"dalel/search/quote"
)

var citeCmd = command{
	name:  "cite",
	args:  "[-lib DIR] [-style un|kz|gost|oscola|echr|bluebook] [-lang L] DOC#PARA",
	short: "Print the citation of a paragraph, with its pinpoint",
	long: `
The pinpoint is what the document prints, and keeps its kind: a paragraph never becomes
a page. A field that is not known shows as a gap, in brackets. What a reader must know
(whose words, an advance version, later history) stands in the citation; what you
should look at before publishing is told beside it.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object")
		c := citeFlags(fs)
		form := fs.String("form", "", "footnote, inline, short or ibid")
		note := fs.String("note", "", "for -form short: the number of the note with the full citation")
		sheet := fs.String("sheet", "", `place in a case file: "т. 2, л.д. 114"`)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 {
				fs.Usage()
				return errUsage
			}
			opt := cite.Options{Style: cite.Style(*c.style), Lang: *c.lang, Form: cite.Form(*form), Note: *note}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				return e.cite(ctx, lib, args[0], opt, *sheet, *asJSON)
			})
		}
	},
}

// citing are the flags of a citation.
type citing struct{ style, lang *string }

func citeFlags(fs *flag.FlagSet) citing {
	return citing{
		style: fs.String("style", "", "un, kz, gost, oscola, echr or bluebook (default un, or the brief's own)"),
		lang:  fs.String("lang", "", "language of the citation: en, ru or kk (default the document's, or the style's usual one)"),
	}
}

// citeJSON is a citation as CLI.md promises it.
type citeJSON struct {
	Citation string         `json:"citation"`
	Pinpoint string         `json:"pinpoint"`
	Style    cite.Style     `json:"style"`
	Lang     string         `json:"lang"`
	Source   string         `json:"source"` // of the form
	Warnings []cite.Warning `json:"warnings"`
	Ref      string         `json:"ref"`
}

func (e *env) cite(ctx context.Context, lib *indexer.Library, name string, opt cite.Options, sheet string, asJSON bool) error {
	if opt.Style == "" {
		opt.Style = cite.UN
	}
	d, p, err := paragraph(ctx, lib, name)
	if err != nil {
		return err
	}
	q := quote.Whole(d.ID, d.TextHash, p)
	q.Sheet = sheet
	x, err := q.Resolve(d.Text)
	if err != nil {
		return err
	}
	c, err := cite.Cite(d, x.Place(d.Text, d.Kind()), opt)
	if err != nil {
		return err
	}
	if asJSON {
		warnings := append([]cite.Warning{}, c.Warnings...)
		return jsonLines(e.stdout).Encode(citeJSON{
			Citation: c.String(), Pinpoint: c.Pin, Style: opt.Style, Lang: c.Lang, Source: c.Source, Warnings: warnings,
			Ref: corpus.Permalink(d.ID, d.TextHash, p.Ord),
		})
	}
	fmt.Fprintln(e.stdout, printable(c.String()))
	for _, w := range c.Warnings {
		fmt.Fprintln(e.stderr, "dalel: look at this before publishing:", issueWords[string(w)])
	}
	return nil
}

// issueWords say in words what to look at before publishing.
var issueWords = map[string]string{
	"voice":       "it is not known whose words these are",
	"party":       "these are a party's words; the citation says whose",
	"gap":         "a part of the citation is not known, and shows as a gap; dalel meta corrects it",
	"pin":         "no printed number or page leads to the words",
	"nested":      "the words stand in quotation marks there: they are somebody else's",
	"notfinal":    "the document is not final, or no longer holds",
	"edition":     "the edition of the act is not known",
	"mismatch":    "number and symbol of the document contradict each other",
	"translation": "this is a translation",
	"restricted":  "the document or the quote is not for publication",
	"doubtful":    "the page was read doubtfully",
	"odd":         "odd or glued words",
	"elsewhere":   "the same words stand in another paragraph too",
	"by_eye":      "nobody compared the words with the picture of the page",
}

// paragraph resolves DOC#PARA, in the text in use or the version that is named.
func paragraph(ctx context.Context, lib *indexer.Library, name string) (*corpus.Document, *corpus.Paragraph, error) {
	ref, err := corpus.ParseRef(name)
	if err != nil {
		return nil, nil, err
	}
	d, err := document(ctx, lib, ref.Doc)
	if err != nil {
		return nil, nil, err
	}
	if ref.Text != "" && !strings.HasPrefix(d.TextHash, ref.Text) {
		if d.Text, err = lib.TextVersion(ctx, d.ID, ref.Text); err != nil {
			return nil, nil, err
		}
		d.TextHash = d.Text.Hash()
	}
	if ref.Ord == 0 && ref.Label == "" {
		return nil, nil, &corpus.Error{Op: "reference", Subj: name, Kind: corpus.ErrInvalid, Err: fmt.Errorf("name a paragraph: %s#p34 or %s#~17", ref.Doc, ref.Doc)}
	}
	p, err := ref.Find(d.Text)
	return d, p, err
}
