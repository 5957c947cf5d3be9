package ui

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/mux"

	"dalel/corpus"
	"dalel/search"
)

// Facsimile shows pages of originals as they look.
type Facsimile interface {
	// Page returns a page of a document as an image of mediaType, with marks on
	// it. It is corpus.ErrUnavailable when nothing is installed that draws.
	Page(ctx context.Context, d *corpus.Document, page int, marks []PageMark) (image []byte, mediaType string, err error)
	// Install returns the command that installs what draws pages and reads
	// scans on this platform; draws and reads tell which is there already.
	Install(ctx context.Context) (command string, draws, reads bool)
}

// PageMark is a run of a paragraph to be marked on a page, in bytes.
type PageMark struct {
	Para       *corpus.Paragraph
	Start, End int
}

// leaf is how a page of the original can be seen.
type leaf struct {
	Label    string
	URL      string // of the image; "" when nothing draws it
	Open     bool
	Original string // the file itself, at this page
}

// Seen reports whether a page was read from its image.
func (p *pageBreak) Seen() bool { return p.confidence > 0 }

// paged are the types of originals whose pages can be shown.
var paged = map[string]bool{"application/pdf": true, "image/png": true, "image/jpeg": true}

// leafOf returns how a page of a document can be seen; nil when it has no
// pages to show.
func leafOf(d *corpus.Document, q string, page int, label string, open, draws bool) *leaf {
	if !paged[d.MediaType] {
		return nil
	}
	l := &leaf{Label: label, Open: open}
	if d.MediaType == pdfType {
		l.Original = "/original/" + string(d.ID) + "/view#page=" + strconv.Itoa(page)
	}
	if draws || d.MediaType != pdfType {
		l.URL = "/doc/" + string(d.ID) + "/page/" + strconv.Itoa(page)
		if q != "" {
			l.URL += "?q=" + url.QueryEscape(q)
		}
	}
	return l
}

const pdfType = "application/pdf"

// pageImage answers with the image of a page, on which what the query found in
// the document is marked.
func (s *Server) pageImage(w http.ResponseWriter, r *http.Request) error {
	vars := mux.Vars(r)
	page, err := strconv.Atoi(vars["page"])
	if err != nil || s.facsimile == nil {
		return &corpus.Error{Op: "ui.page", Kind: corpus.ErrNotFound, Err: errors.New("no such page")}
	}
	d, err := s.library.Document(r.Context(), vars["id"])
	if err != nil {
		return err
	}
	if d.Text == nil || page < 1 || page > len(d.Text.Pages) || !paged[d.MediaType] {
		return &corpus.Error{Op: "ui.page", Kind: corpus.ErrNotFound, Err: errors.New("no such page")}
	}
	hits, err := s.hitsIn(r.Context(), d, r.URL.Query().Get("q"))
	if err != nil && r.Context().Err() != nil {
		return err
	}
	image, mediaType, err := s.facsimile.Page(r.Context(), d, page, marksOn(d, page, hits))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.Itoa(len(image)))
	_, err = w.Write(image) //nolint:gosec // an image that we drew, and sandboxed
	return err
}

// marksOn lists what was found on a page.
func marksOn(d *corpus.Document, page int, hits []search.Hit) []PageMark {
	hash := d.Text.Hash()
	var out []PageMark
	for i := range hits {
		h := &hits[i]
		if h.Text != "" && h.Text != hash || h.Para.Ord < 1 || h.Para.Ord > len(d.Text.Paragraphs) {
			continue
		}
		p := &d.Text.Paragraphs[h.Para.Ord-1]
		for _, m := range h.Matches {
			if m.Start >= 0 && m.Start < m.End && m.End <= len(p.Text) && p.PageAt(m.Start).Page == page {
				out = append(out, PageMark{p, m.Start, m.End})
			}
		}
	}
	return out
}

// viewOriginal hands out a PDF for the browser's own viewer, which can open it
// at a page. No other type is ever shown as it is.
func (s *Server) viewOriginal(w http.ResponseWriter, r *http.Request) error {
	d, err := s.library.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	if d.MediaType != pdfType {
		return &corpus.Error{Op: "ui.view", Kind: corpus.ErrNotFound, Err: errors.New("only PDF files are shown")}
	}
	f, err := s.library.Original(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	h := w.Header()
	h.Set("Content-Type", pdfType)
	h.Set("Content-Security-Policy", "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'none'")
	h.Set("Content-Disposition", "inline")
	http.ServeContent(w, r, "", sourceTime(d), f)
	return nil
}
