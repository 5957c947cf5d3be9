// Package docx reads Word documents (ISO/IEC 29500, transitional and strict):
// the body with its tables and text boxes, notes after the paragraph that
// refers to them, headings by style, and the automatic numbers, which are not
// in the text of the file and which lawyers cite. Text that a tracked change
// deleted is left out, and that is told.
package docx

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/meta"
	"dalel/ingest/xmlpart"
)

// Extractor reads DOCX files.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "docx@2" }

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	z, err := ingest.OpenZip(r, r.Size())
	if err != nil {
		return damaged(err)
	}
	d := &document{out: out, zip: z}
	if err := d.open(ctx); err != nil {
		return err
	}
	if err := d.properties(); err != nil {
		return err
	}
	if err := d.body(ctx); err != nil {
		return err
	}
	return d.runningHeads(ctx)
}

func damaged(err error) error {
	var ce *corpus.Error
	if errors.As(err, &ce) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &corpus.Error{Op: "docx.extract", Kind: corpus.ErrDamaged, Err: err}
}

// document is one file being read.
type document struct {
	out       ingest.Emitter
	zip       *zip.Reader
	main      string    // path of the main part
	core      string    // path of the properties; "" if none
	rels      relations // of the main part
	styles    styles
	numbering *numbering
	footnotes notes
	endnotes  notes
}

// open finds the parts: by their relations, never by their names.
func (d *document) open(ctx context.Context) error {
	root, err := d.relations("")
	if err != nil {
		return damaged(err)
	}
	d.main, d.core = root.first("officeDocument"), root.first("core-properties")
	if d.main == "" {
		return &corpus.Error{Op: "docx.extract", Kind: corpus.ErrUnsupported, Err: errors.New("no main part: this is no Word document")}
	}
	if d.rels, err = d.relations(d.main); err != nil {
		return damaged(err)
	}
	// A document reads well without its styles, numbers and notes; that they
	// are missing is told.
	for _, part := range []struct {
		kind string
		load func(string) error
	}{
		{"styles", d.loadStyles},
		{"numbering", d.loadNumbering},
		{"footnotes", func(name string) error { return d.loadNotes(ctx, name, "footnote", &d.footnotes) }},
		{"endnotes", func(name string) error { return d.loadNotes(ctx, name, "endnote", &d.endnotes) }},
	} {
		name := d.rels.first(part.kind)
		if name == "" {
			continue
		}
		if err := part.load(name); err != nil {
			status := corpus.PageDoubtful
			if strings.HasSuffix(part.kind, "notes") {
				status = corpus.PageUnread
			}
			if err := d.gap(status, fmt.Sprintf("the %s could not be read: %v", part.kind, err)); err != nil {
				return err
			}
		}
	}
	return nil
}

// gap tells of a part that could not be read. The file has no pages: the
// account of one stands for the part.
func (d *document) gap(status corpus.PageStatus, why string) error {
	return errors.Join(d.out.Warn(why), d.out.Page(corpus.Page{
		No: 1, Status: status, Extractor: Extractor{}.Name(), Warnings: []string{why},
	}))
}

// properties reads the title. The dates in there are those of the file, not
// of the act in it.
func (d *document) properties() error {
	if d.core == "" {
		return nil
	}
	var core struct {
		Title string `xml:"title"`
	}
	if err := xmlpart.Decode(d.zip, d.core, &core); err != nil || !meta.GoodTitle(core.Title) {
		return nil //nolint:nilerr // the title is a help, not a part of the text
	}
	f := corpus.Fact{Values: []string{ingest.OneLine(core.Title)}, Origin: corpus.FromFile, Confidence: 0.6}
	return d.out.Fact(corpus.KeyTitle, f)
}
