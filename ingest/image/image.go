// Package image reads photographs and scans of pages (PNG, JPEG, TIFF), by
// tesseract where it is installed. Without it the file is in the library with
// its pages unread, and is read when tesseract is there.
package image

import (
	"context"
	"errors"
	"fmt"
	stdimage "image"
	_ "image/jpeg" // formats whose size is told before they are opened
	_ "image/png"
	"io"
	"os"
	"path/filepath"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/ocr"
	"dalel/ingest/pdf"
)

// Limits of an image.
const (
	maxSize   = 256 << 20 // bytes
	maxPixels = 200e6
)

// Extractor reads images.
type Extractor struct {
	Recognise bool          // by tesseract, where it is installed
	Budget    time.Duration // for that; no limit when 0
}

var (
	_ ingest.Aided  = Extractor{}
	_ ingest.Leafer = Extractor{}
)

// Name returns engine and version; tesseract stands after it.
func (Extractor) Name() string { return "image@1" }

// Helpers implements ingest.Aided.
func (x Extractor) Helpers() []string {
	if e := ocr.Find(context.Background()); x.Recognise && e != nil {
		return []string{e.String()}
	}
	return nil
}

// Extract implements ingest.Extractor.
func (x Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the image is larger than %d MiB", maxSize>>20))
	}
	conf, format, err := stdimage.DecodeConfig(io.NewSectionReader(r, 0, r.Size()))
	switch {
	case errors.Is(err, stdimage.ErrFormat): // TIFF: tesseract tells
		conf.Width, conf.Height, format = 1, 1, "tiff"
	case err != nil:
		return damaged(err)
	case float64(conf.Width)*float64(conf.Height) > maxPixels:
		return damaged(fmt.Errorf("the image has %d x %d pixels: too many", conf.Width, conf.Height))
	}
	e := ocr.Find(ctx)
	if !x.Recognise || e == nil {
		return pdf.EmitImages([]ocr.Page{{Width: float64(conf.Width), Height: float64(conf.Height)}}, nil, out)
	}
	if h, ok := out.(ingest.Helped); ok {
		if err := h.Helper(e.String()); err != nil {
			return err
		}
	}
	if s, ok := out.(ingest.Patient); ok {
		if err := s.Slow(1); err != nil {
			return err
		}
	}
	limited, stop := ctx, context.CancelFunc(func() {})
	if x.Budget > 0 {
		limited, stop = context.WithTimeout(ctx, x.Budget)
	}
	defer stop()
	pages, err := read(limited, e, r, format)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil: // it stands in the register; dalel ingest reads it
		return pdf.EmitImages([]ocr.Page{{Width: float64(conf.Width), Height: float64(conf.Height)}}, nil, out)
	case err != nil:
		return damaged(err)
	}
	return pdf.EmitImages(pages, e, out)
}

// Leaf implements ingest.Leafer. Only images that browsers show are shown.
func (x Extractor) Leaf(ctx context.Context, r ingest.Reader, page, _ int) (*ingest.Leaf, error) {
	conf, format, err := stdimage.DecodeConfig(io.NewSectionReader(r, 0, r.Size()))
	if err != nil || page != 1 || r.Size() > maxShown || float64(conf.Width)*float64(conf.Height) > maxPixels {
		return nil, &corpus.Error{Op: "image.leaf", Kind: corpus.ErrUnsupported, Err: errors.New("this image cannot be shown")}
	}
	seen := ocr.Page{Width: float64(conf.Width), Height: float64(conf.Height)}
	e := ocr.Find(ctx)
	if !x.Recognise {
		e = nil
	}
	if e != nil {
		pages, err := read(ctx, e, r, format)
		if err != nil {
			return nil, damaged(err)
		}
		seen = pages[0]
	}
	leaf := pdf.ImageLeaf(&seen, e)
	leaf.Image, err = io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	return leaf, err
}

// maxShown is the longest image that is shown, in bytes.
const maxShown = 8 << 20

func read(ctx context.Context, e *ocr.Engine, r ingest.Reader, format string) ([]ocr.Page, error) {
	dir, err := os.MkdirTemp("", "dalel-image-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is in the system's temporary folder
	name := filepath.Join(dir, "original."+format)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(f, io.NewSectionReader(r, 0, r.Size()))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	pages, err := e.Read(ctx, name)
	if err == nil && len(pages) == 0 {
		err = errors.New("tesseract gave nothing")
	}
	return pages, err
}

func damaged(err error) error {
	return &corpus.Error{Op: "image.extract", Kind: corpus.ErrDamaged, Err: err}
}
