package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/html"
)

// Saved reads web pages that a browser saved as MIME (RFC 2557): the page, its
// address and the day it was saved.
type Saved struct{}

// Name returns engine and version.
func (Saved) Name() string { return "mhtml@1" }

// Extract implements ingest.Extractor.
func (Saved) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the page is larger than %d MiB", maxSize>>20))
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return damaged(err)
	}
	root, err := readParts(b)
	if err != nil {
		return err
	}
	page := firstPage(root, 0)
	if page == nil {
		return damaged(errors.New("no page in it"))
	}
	address := root.Header.Get("Snapshot-Content-Location")
	if address == "" {
		address = page.Header.Get("Content-Location")
	}
	if err := (html.Extractor{}).Extract(ctx, bytes.NewReader([]byte(decode(page))), out); err != nil {
		return err
	}
	return saved(out, strings.TrimSpace(address), root.Header.Get("Date"))
}

// firstPage returns the first part that is a page.
func firstPage(p *enmime.Part, depth int) *enmime.Part {
	for ; p != nil && depth < maxDepth; p = p.NextSibling {
		if kind := strings.ToLower(p.ContentType); kind == "text/html" || kind == "application/xhtml+xml" {
			return p
		}
		if found := firstPage(p.FirstChild, depth+1); found != nil {
			return found
		}
	}
	return nil
}

// saved emits where a page was saved from and when. The day of saving is a
// note: it is not that of the page.
func saved(out ingest.Emitter, address, date string) error {
	if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
		f := corpus.Fact{Values: []string{address}, Origin: corpus.FromFile, Confidence: 0.9}
		if err := out.Fact(corpus.KeyURL, f); err != nil {
			return err
		}
	}
	t, err := mail.ParseDate(date)
	if err != nil {
		return nil //nolint:nilerr // many browsers write none
	}
	note := corpus.Fact{Values: []string{"saved " + t.Format(time.DateOnly)}, Origin: corpus.FromFile, Confidence: 0.9}
	return out.Fact(corpus.KeyNote, note)
}
