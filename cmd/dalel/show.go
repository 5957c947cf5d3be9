package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ingest"
)

var showCmd = command{
	name:  "show",
	args:  "[-lib DIR] [-json] DOC[#PARA]",
	short: "Print a document or a paragraph",
	long: `
DOC is 8 or more digits of a document's hash; PARA is ~17 (the 17th paragraph) or
p34 (the paragraph with the printed number 34).`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object a line")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 {
				fs.Usage()
				return errUsage
			}
			ref, err := corpus.ParseRef(args[0])
			if err != nil {
				return err
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				d, err := document(ctx, lib, ref.Doc)
				if err != nil {
					return err
				}
				return show(e, d, ref, *asJSON)
			})
		}
	},
}

func show(e *env, d *corpus.Document, ref corpus.Ref, asJSON bool) error {
	if ref.Text != "" && !strings.HasPrefix(d.TextHash, ref.Text) {
		return &corpus.Error{Op: "show", Subj: ref.Doc + "@" + ref.Text, Kind: corpus.ErrNotFound, Err: fmt.Errorf("the text in use is @%.8s", d.TextHash)}
	}
	paras := d.Text.Paragraphs
	if ref.Ord != 0 || ref.Label != "" {
		p, err := ref.Find(d.Text)
		if err != nil {
			return err
		}
		paras = []corpus.Paragraph{*p}
	}
	if asJSON {
		return showJSON(e, d, paras)
	}
	if ref.Ord == 0 && ref.Label == "" {
		printFacts(e, d)
	}
	page := 0
	for i := range paras {
		if p := paras[i].Page(); p != page {
			page = p
			fmt.Fprintf(e.stdout, "--- page %d ---\n", page)
		}
		fmt.Fprintln(e.stdout, printable(paras[i].Text))
	}
	return nil
}

func printFacts(e *env, d *corpus.Document) {
	fmt.Fprintf(e.stdout, "sha256: %s\ntext: %s\n", d.ID, d.TextHash)
	for _, s := range d.Sources {
		fmt.Fprintf(e.stdout, "source: %s\n", printable(s.Path))
	}
	for _, k := range corpus.Keys {
		values := d.Values(k)
		if len(values) == 0 {
			continue
		}
		origin := d.Read[k].Origin
		if _, ok := d.Corrected[k]; ok {
			origin = corpus.FromPerson
		}
		fmt.Fprintf(e.stdout, "%s: %s (%s)\n", k, printable(strings.Join(values, "; ")), origin)
	}
	fmt.Fprintln(e.stdout)
}

// docJSON is the facts of a document.
type docJSON struct {
	Doc     corpus.ID               `json:"doc"`
	Text    string                  `json:"text_sha256"`
	Size    int64                   `json:"size"`
	Type    string                  `json:"media_type"`
	Sources []corpus.Source         `json:"sources"`
	Facts   map[corpus.Key][]string `json:"facts"`
	Pages   []corpus.Page           `json:"pages"`
}

func newDocJSON(d *corpus.Document) docJSON {
	j := docJSON{Doc: d.ID, Text: d.TextHash, Size: d.Size, Type: d.MediaType, Sources: d.Sources, Facts: map[corpus.Key][]string{}, Pages: d.Text.Pages}
	for _, k := range corpus.Keys {
		if v := d.Values(k); len(v) > 0 {
			j.Facts[k] = v
		}
	}
	return j
}

func showJSON(e *env, d *corpus.Document, paras []corpus.Paragraph) error {
	out := jsonLines(e.stdout)
	if err := out.Encode(newDocJSON(d)); err != nil {
		return err
	}
	for i := range paras {
		if err := out.Encode(ingest.NewParaLine(d.Text, &paras[i])); err != nil {
			return err
		}
	}
	return nil
}
