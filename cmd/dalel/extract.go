package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"time"

	"dalel/corpus"
	"dalel/ingest"
)

var extractCmd = command{
	name:  "extract",
	args:  "[-json] FILE...",
	short: "Print the text of files as ingest would read it, without a library",
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		asJSON := fs.Bool("json", false, "one JSON object a page, a paragraph, a file")
		timeout := fs.Duration("timeout", time.Minute, "for one document, and for each page that is recognised")
		recognise := fs.Bool("ocr", true, "read pages that are images, if tesseract is installed")
		ocrTime := fs.Duration("ocr-time", 10*time.Second, "for the images of one document; 0 is no limit")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) == 0 {
				fs.Usage()
				return errUsage
			}
			r := reading{env: e, timeout: *timeout, recognise: *recognise, ocrTime: *ocrTime}
			return r.extract(ctx, args, *asJSON)
		}
	},
}

func (r *reading) extract(ctx context.Context, paths []string, asJSON bool) error {
	p, err := r.pipeline(nil)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(r.stdout)
	out := jsonLines(w)
	rep, err := p.Extract(ctx, ingest.Source{Paths: paths}, func(line any) error {
		if asJSON {
			return out.Encode(line)
		}
		return printExtracted(w, line)
	})
	if ferr := w.Flush(); err == nil {
		err = ferr
	}
	if err == nil && rep.Missed() > 0 {
		return errPartial
	}
	return err
}

// printExtracted prints paragraphs as text, and what could not be read.
func printExtracted(w *bufio.Writer, line any) (err error) {
	switch l := line.(type) {
	case corpus.Page:
		if l.Status != corpus.PageOK {
			_, err = fmt.Fprintf(w, "[page %d: %s]\n", l.No, l.Status)
		}
	case ingest.ParaLine:
		_, err = fmt.Fprintln(w, printable(l.Text))
	case ingest.SummaryLine:
		if l.Reason != "" {
			_, err = fmt.Fprintf(w, "[%s: %s: %s]\n", ingest.Printable(l.Path), l.Status, printable(l.Reason))
		}
	}
	return err
}
