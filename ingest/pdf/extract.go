package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/ocr"
)

// engine names the reading. It changes whenever the text of some file may.
const engine = "pdftext@2"

// Extractor reads PDF files. Its zero value is ready to use.
type Extractor struct {
	Recognise bool          // read pages that are images, where the programs are installed
	Budget    time.Duration // for that, in one file; no limit when 0
}

var _ ingest.Aided = Extractor{}

// Helpers implements ingest.Aided.
func (x Extractor) Helpers() []string {
	ctx := context.Background()
	if e := ocr.Find(ctx); x.Recognise && e != nil && ocr.Renderer(ctx) != nil {
		return []string{e.String()}
	}
	return nil
}

// Name returns engine and version.
func (Extractor) Name() string { return engine }

// Extract emits the text of a PDF file. It returns corpus.ErrUnsupported for
// bytes that are no PDF and for encryption it cannot undo, and
// corpus.ErrDamaged for a PDF without readable pages or one that needs a
// password.
func (x Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	d, err := open(ctx, r)
	if err != nil {
		return err
	}
	if x.Recognise {
		d.recogniser = newRecogniser(ctx, out, x.Budget)
		defer d.recogniser.close()
	}
	if err := emitFacts(d, out); err != nil {
		return err
	}
	var pages []pageRef
	if err := safely(func() (err error) { // the object reader panics on what it cannot parse
		pages, err = d.listPages(ctx)
		return err
	}); err != nil {
		return err
	}
	if err := d.tell(out); err != nil {
		return err
	}
	if c, ok := out.(ingest.PageCounter); ok {
		if err := c.PageCount(len(pages)); err != nil {
			return err
		}
	}
	return errors.Join(readPages(ctx, d, pages, out), d.tell(out))
}

// tell emits the warnings that are new.
func (d *document) tell(out ingest.Emitter) error {
	for ; d.told < len(d.warnings); d.told++ {
		if err := out.Warn(d.warnings[d.told]); err != nil {
			return err
		}
	}
	return nil
}

// readPages reads the pages in order and hands them to the assembler, which
// emits what it is sure of.
func readPages(ctx context.Context, d *document, pages []pageRef, out ingest.Emitter) error {
	a := newAssembler(out, len(pages))
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := readPage(ctx, d, pages, i)
		if err != nil {
			return err
		}
		if err := d.recogniser.read(ctx, d, p); err != nil {
			return err
		}
		if err := a.add(p); err != nil {
			return err
		}
	}
	return a.close()
}

// readPage reads page i. What goes wrong becomes a warning of the page; only
// a cancelled context is an error. A page that breaks the object layer is
// tried once more after the cross-reference table has been rebuilt.
func readPage(ctx context.Context, d *document, pages []pageRef, i int) (*page, error) {
	p, err := tryPage(ctx, d, &pages[i])
	if err != nil && d.rebuild(ctx, err.Error()) == nil {
		if again, lerr := d.listPages(ctx); lerr == nil && len(again) == len(pages) {
			copy(pages, again)
			p, err = tryPage(ctx, d, &pages[i])
		}
	}
	if cerr := ctx.Err(); cerr != nil {
		return nil, cerr
	}
	if err != nil {
		p.warn("page could not be read to its end: " + err.Error())
	}
	p.no, p.given, p.salvaged = i+1, d.pageLabel(i), d.salvaged
	return p, nil
}

// tryPage interprets one page and lays out its lines. It returns what was
// read even with an error.
func tryPage(ctx context.Context, d *document, ref *pageRef) (p *page, err error) {
	p = &page{width: ref.width(), height: ref.height(), boxes: d.boxes}
	if ref.lost {
		p.lost = true
		return p, nil
	}
	in := newInterp(ctx, d, ref, p)
	err = safely(in.page)
	if errors.Is(err, errLimit) {
		p.warn(err.Error())
		err = nil
	}
	p.layout(in.glyphs)
	d.scratch = in.glyphs[:0]
	return p, err
}

// safely turns a panic of the object library into an error.
func safely(f func() error) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%v", x)
		}
	}()
	return f()
}

// damaged returns an error about a broken file.
func damaged(err error) error {
	return &corpus.Error{Op: "pdf.extract", Kind: corpus.ErrDamaged, Err: err}
}

// unsupported returns an error about a file that is not for this package.
func unsupported(err error) error {
	return &corpus.Error{Op: "pdf.extract", Kind: corpus.ErrUnsupported, Err: err}
}
