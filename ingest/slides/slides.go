// Package slides reads presentations of PowerPoint (ISO/IEC 29500-1, 19): a
// slide is a page; its notes come after it.
package slides

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/meta"
	"dalel/ingest/xmlpart"
)

// maxSlides is how many slides are read.
const maxSlides = 5000

// Extractor reads PPTX files.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "pptx@1" }

// Extract implements ingest.Extractor.
func (x Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	z, err := ingest.OpenZip(r, r.Size())
	if err != nil {
		return damaged(err)
	}
	names, err := inOrder(z)
	if err != nil {
		return damaged(err)
	}
	if c, ok := out.(ingest.PageCounter); ok {
		if err := c.PageCount(len(names)); err != nil {
			return err
		}
	}
	if err := title(z, out); err != nil {
		return err
	}
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.slide(ctx, z, i+1, name, out); err != nil {
			return err
		}
	}
	return nil
}

func damaged(err error) error {
	return &corpus.Error{Op: "slides.extract", Kind: corpus.ErrDamaged, Err: err}
}

// relation is where a part leads to.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations reads where a part leads to, by the last word of the kind and by
// its name; none when it leads nowhere.
func relations(z *zip.Reader, part string) (byID map[string]string, byKind map[string]string) {
	dir, base := path.Split(part)
	var raw struct {
		List []relation `xml:"Relationship"`
	}
	byID, byKind = map[string]string{}, map[string]string{}
	if xmlpart.Decode(z, dir+"_rels/"+base+".rels", &raw) != nil {
		return byID, byKind
	}
	for _, r := range raw.List {
		target := path.Join(dir, r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = path.Clean(r.Target[1:])
		}
		byID[r.ID], byKind[path.Base(r.Type)] = target, target
	}
	return byID, byKind
}

// inOrder returns the slides as they are shown.
func inOrder(z *zip.Reader) ([]string, error) {
	_, root := relations(z, "")
	main := root["officeDocument"]
	if main == "" {
		return nil, errors.New("no presentation in it")
	}
	var show struct {
		Slides []struct {
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sldIdLst>sldId"`
	}
	if err := xmlpart.Decode(z, main, &show); err != nil {
		return nil, err
	}
	ids, _ := relations(z, main)
	var names []string
	for _, s := range show.Slides[:min(len(show.Slides), maxSlides)] {
		for _, a := range s.Attrs {
			if a.Name.Local == "id" && a.Name.Space != "" {
				names = append(names, ids[a.Value])
			}
		}
	}
	return names, nil
}

func title(z *zip.Reader, out ingest.Emitter) error {
	_, root := relations(z, "")
	var core struct {
		Title string `xml:"title"`
	}
	if xmlpart.Decode(z, root["core-properties"], &core) != nil || !meta.GoodTitle(core.Title) {
		return nil //nolint:nilerr // the title is a help, not a part of the text
	}
	return out.Fact(corpus.KeyTitle, corpus.Fact{Values: []string{ingest.OneLine(core.Title)}, Origin: corpus.FromFile, Confidence: 0.6})
}

// slide emits one slide with its notes, and its account.
func (x Extractor) slide(ctx context.Context, z *zip.Reader, no int, name string, out ingest.Emitter) error {
	page := corpus.Page{No: no, Status: corpus.PageOK, Score: 1, Extractor: x.Name(), Warnings: []string{}}
	_, kinds := relations(z, name)
	for i, part := range []string{name, kinds["notesSlide"]} {
		if part == "" {
			continue
		}
		s := &shapes{ctx: ctx, page: no, out: out}
		err := xmlpart.Scan(z, part, s)
		if s.err != nil {
			return s.err
		}
		if err != nil {
			page.Status = corpus.PageUnread
			page.Warnings = append(page.Warnings, fmt.Sprintf("the slide could not be read: %v", err))
		}
		if i == 0 && s.pictures > 0 && s.letters < fewLetters && page.Status == corpus.PageOK {
			page.Status = corpus.PageDoubtful
			page.Warnings = append(page.Warnings, "the slide is an image with little text; what the image says was not read")
		}
	}
	return out.Page(page)
}

// fewLetters is the text, in bytes, of a slide that is but a picture.
const fewLetters = 60

// shapes reads the shapes of a slide or of its notes.
type shapes struct {
	ctx      context.Context //nolint:containedctx // lives as long as one scan
	out      ingest.Emitter
	err      error
	page     int
	kind     string // of the shape: "title", "sldNum"
	text     strings.Builder
	inText   bool
	rows     []*ingest.Row
	pictures int
	letters  int
}

// Start implements xmlpart.Handler.
func (s *shapes) Start(e xml.StartElement) {
	switch e.Name.Local {
	case "sp":
		s.kind = ""
	case "ph":
		s.kind = xmlpart.Attr(e, "type")
	case "pic":
		s.pictures++
	case "t":
		s.inText = true
	case "br", "tab":
		s.text.WriteByte(' ')
	case "tr":
		s.rows = append(s.rows, new(ingest.Row))
	case "tc":
		if n := len(s.rows); n > 0 {
			s.rows[n-1].Cell()
		}
	}
}

// End implements xmlpart.Handler.
func (s *shapes) End(name xml.Name) {
	switch name.Local {
	case "t":
		s.inText = false
	case "p":
		s.paragraph()
	case "tr":
		n := len(s.rows)
		if n == 0 {
			return
		}
		r := s.rows[n-1]
		s.rows = s.rows[:n-1]
		for _, p := range r.Paragraphs() {
			p.Pages = []corpus.PageSpan{{Page: s.page}}
			s.add(p)
		}
	}
}

// Chars implements xmlpart.Handler.
func (s *shapes) Chars(b []byte) {
	if s.inText {
		s.text.Write(b)
	}
}

// Failed implements xmlpart.Handler.
func (s *shapes) Failed() error {
	if s.err != nil {
		return s.err
	}
	return s.ctx.Err()
}

func (s *shapes) paragraph() {
	text := ingest.OneLine(s.text.String())
	s.text.Reset()
	s.letters += len(text)
	p := corpus.Paragraph{Role: corpus.RoleBody, Pages: []corpus.PageSpan{{Page: s.page}}}
	switch s.kind {
	case "title", "ctrTitle":
		p.Role = corpus.RoleHeading
	case "sldNum", "ftr", "hdr", "dt":
		p.Role = corpus.RoleHeader
	}
	for _, piece := range ingest.SplitLong(text) {
		if p.Text = piece; piece != "" {
			s.add(p)
		}
	}
}

// add gives a paragraph to the cell around it, or away.
func (s *shapes) add(p corpus.Paragraph) {
	if n := len(s.rows); n > 0 && s.rows[n-1].Add(p) || s.err != nil {
		return
	}
	s.err = s.out.Paragraph(p)
}
