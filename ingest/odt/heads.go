package odt

import (
	"context"
	"encoding/xml"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
)

// headReader emits the headers and footers of pages, which stand among the
// styles, once each.
type headReader struct {
	ctx    context.Context //nolint:containedctx // lives as long as one scan
	out    ingest.Emitter
	err    error
	inside int
	open   bool
	text   strings.Builder
	seen   map[string]bool
}

// isHead reports the elements that hold headers and footers (OpenDocument 1.3,
// part 3, 16.10 and 16.11), those of left and first pages too.
func isHead(name xml.Name) bool {
	return strings.HasSuffix(name.Space, "style:1.0") && (name.Local == "header" || name.Local == "footer" ||
		strings.HasPrefix(name.Local, "header-") && name.Local != "header-style" || strings.HasPrefix(name.Local, "footer-") && name.Local != "footer-style")
}

// Start implements xmlpart.Handler.
func (h *headReader) Start(e xml.StartElement) {
	switch {
	case isHead(e.Name):
		h.inside++
	case h.inside > 0 && (e.Name.Local == "p" || e.Name.Local == "h"):
		h.open = true
		h.text.Reset()
	case h.open && (e.Name.Local == "s" || e.Name.Local == "tab" || e.Name.Local == "line-break"):
		h.text.WriteByte(' ')
	}
}

// End implements xmlpart.Handler.
func (h *headReader) End(name xml.Name) {
	switch {
	case isHead(name):
		h.inside = max(0, h.inside-1)
	case h.open && (name.Local == "p" || name.Local == "h"):
		h.open = false
		text := ingest.OneLine(h.text.String())
		if text == "" || h.seen[text] || h.err != nil {
			return
		}
		h.seen[text] = true
		for _, piece := range ingest.SplitLong(text) {
			if h.err == nil {
				h.err = h.out.Paragraph(corpus.Paragraph{Role: corpus.RoleHeader, Text: piece})
			}
		}
	}
}

// Chars implements xmlpart.Handler.
func (h *headReader) Chars(b []byte) {
	if h.open {
		h.text.Write(b)
	}
}

// Failed implements xmlpart.Handler.
func (h *headReader) Failed() error {
	if h.err != nil {
		return h.err
	}
	return h.ctx.Err()
}
