// Package epub reads electronic books (EPUB 2 and 3): the chapters in the order
// of the spine, each as a web page.
package epub

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/html"
	"dalel/ingest/meta"
	"dalel/ingest/xmlpart"
)

// maxChapters is how many chapters are read.
const maxChapters = 5000

// Extractor reads EPUB files.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "epub@1" }

// contents is the package document (EPUB 3.3, 5).
type contents struct {
	Title string `xml:"metadata>title"`
	Date  string `xml:"metadata>date"`
	Items []struct {
		ID   string `xml:"id,attr"`
		Href string `xml:"href,attr"`
		Type string `xml:"media-type,attr"`
	} `xml:"manifest>item"`
	Spine []struct {
		ID string `xml:"idref,attr"`
	} `xml:"spine>itemref"`
}

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	z, err := ingest.OpenZip(r, r.Size())
	if err != nil {
		return damaged(err)
	}
	var box struct {
		Roots []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	if err := xmlpart.Decode(z, "META-INF/container.xml", &box); err != nil {
		return damaged(err)
	}
	if len(box.Roots) == 0 {
		return damaged(errors.New("no package document"))
	}
	var book contents
	if err := xmlpart.Decode(z, box.Roots[0].Path, &book); err != nil {
		return damaged(err)
	}
	if err := book.facts(out); err != nil {
		return err
	}
	return book.chapters(ctx, z, path.Dir(box.Roots[0].Path), out)
}

func damaged(err error) error {
	return &corpus.Error{Op: "epub.extract", Kind: corpus.ErrDamaged, Err: err}
}

func (c *contents) facts(out ingest.Emitter) error {
	var err error
	if meta.GoodTitle(c.Title) {
		err = out.Fact(corpus.KeyTitle, corpus.Fact{Values: []string{ingest.OneLine(c.Title)}, Origin: corpus.FromFile, Confidence: 0.8})
	}
	if d := meta.ParseDate(c.Date); d != "" {
		err = errors.Join(err, out.Fact(corpus.KeyDate, corpus.Fact{Values: []string{string(d)}, Origin: corpus.FromFile, Confidence: 0.6}))
	}
	return err
}

// chapters emits the chapters of the spine. One that cannot be read stands in
// the register.
func (c *contents) chapters(ctx context.Context, z *zip.Reader, dir string, out ingest.Emitter) error {
	href := map[string]string{}
	for _, it := range c.Items {
		href[it.ID] = it.Href
	}
	for i, ref := range c.Spine {
		if i == maxChapters {
			return gap(out, fmt.Sprintf("only the first %d chapters were read", maxChapters))
		}
		name, err := url.PathUnescape(href[ref.ID])
		if err == nil {
			name, _, _ = strings.Cut(name, "#")
			err = chapter(ctx, z, path.Join(dir, name), out)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if err := gap(out, fmt.Sprintf("chapter %d could not be read: %v", i+1, err)); err != nil {
				return err
			}
		}
	}
	return nil
}

// gap tells of a part that could not be read.
func gap(out ingest.Emitter, why string) error {
	return errors.Join(out.Warn(why), out.Page(corpus.Page{
		No: 1, Status: corpus.PageUnread, Extractor: Extractor{}.Name(), Warnings: []string{why},
	}))
}

func chapter(ctx context.Context, z *zip.Reader, name string, out ingest.Emitter) error {
	rc := xmlpart.Open(z, name)
	if rc == nil {
		return fmt.Errorf("%w: %s", xmlpart.ErrNone, name)
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	b, err := io.ReadAll(rc)
	if err != nil {
		return err
	}
	return html.Extractor{}.Extract(ctx, bytes.NewReader(b), textOnly{out})
}

// textOnly drops the facts of a chapter: the book has its own.
type textOnly struct{ ingest.Emitter }

func (textOnly) Fact(corpus.Key, corpus.Fact) error { return nil }
