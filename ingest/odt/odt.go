// Package odt reads OpenDocument texts (ISO/IEC 26300): headings, lists with
// the numbers that a writer shows, tables, text boxes, and notes after the
// paragraph that refers to them. Text that a tracked change deleted is left
// out.
package odt

import (
	"context"
	"encoding/xml"
	"errors"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/meta"
	"dalel/ingest/number"
	"dalel/ingest/xmlpart"
)

// Extractor reads ODT files.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "odt@2" }

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	z, err := ingest.OpenZip(r, r.Size())
	if err != nil {
		return damaged(err)
	}
	if xmlpart.Has(z, "META-INF/manifest.xml") {
		var manifest struct {
			Encrypted []struct{} `xml:"file-entry>encryption-data"`
		}
		if err := xmlpart.Decode(z, "META-INF/manifest.xml", &manifest); err == nil && len(manifest.Encrypted) > 0 {
			return damaged(errors.New("protected by a password"))
		}
	}
	var about struct {
		Title string `xml:"meta>title"`
	}
	if err := xmlpart.Decode(z, "meta.xml", &about); err == nil && meta.GoodTitle(about.Title) {
		f := corpus.Fact{Values: []string{ingest.OneLine(about.Title)}, Origin: corpus.FromFile, Confidence: 0.6}
		if err := out.Fact(corpus.KeyTitle, f); err != nil {
			return err
		}
	}
	s := &story{ctx: ctx, out: out, styles: make(map[string][]level), ended: make(map[string]*counts)}
	if err := xmlpart.Scan(z, "styles.xml", &styleReader{styles: s.styles}); err != nil && !errors.Is(err, xmlpart.ErrNone) {
		if err := out.Warn("the styles could not be read: " + err.Error()); err != nil {
			return err
		}
	}
	if err := xmlpart.Scan(z, "content.xml", s); err != nil {
		return damaged(err)
	}
	h := &headReader{ctx: ctx, out: out, seen: map[string]bool{}}
	if err := xmlpart.Scan(z, "styles.xml", h); h.err != nil || ctx.Err() != nil {
		return err
	}
	return nil // that the styles are broken was told before
}

func damaged(err error) error {
	var ce *corpus.Error
	if errors.As(err, &ce) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &corpus.Error{Op: "odt.extract", Kind: corpus.ErrDamaged, Err: err}
}

// frame is a paragraph that is open. They nest: notes and text boxes are
// inside one.
type frame struct {
	text    strings.Builder
	heading int // level; 0 for text
	mark    string
	after   []corpus.Paragraph // notes and text boxes
}

// story reads the body.
type story struct {
	ctx     context.Context //nolint:containedctx // lives as long as one scan
	out     ingest.Emitter
	err     error
	styles  map[string][]level
	reader  styleReader // list styles stand in the body's part too
	body    bool        // inside office:text
	skip    int         // inside what is not text
	frames  []*frame
	lists   []*list
	ended   map[string]*counts // of the last list of each style
	item    bool               // the next paragraph is the first of a list item
	notes   []note
	rows    []*ingest.Row
	outline number.Outline
}

// note is a note that is open.
type note struct {
	mark strings.Builder
	cite bool // inside its mark
}

// skipped elements hold no text of the document.
var skipped = map[string]bool{"tracked-changes": true, "annotation": true, "annotation-end": true, "index-source": true, "forms": true}

// kinds are the bodies of the files that are read: texts, spreadsheets and
// presentations, which hold paragraphs and tables alike.
var kinds = map[string]bool{"text": true, "spreadsheet": true, "presentation": true}

// Start implements xmlpart.Handler.
func (s *story) Start(e xml.StartElement) {
	s.reader.styles = s.styles
	s.reader.Start(e)
	name := e.Name.Local
	switch {
	case kinds[name] && strings.HasSuffix(e.Name.Space, "office:1.0"):
		s.body = true
	case skipped[name]:
		s.skip++
	}
	if !s.body || s.skip > 0 {
		return
	}
	switch name {
	case "p", "h":
		s.open(e)
	case "list":
		s.lists = append(s.lists, s.newList(e))
	case "list-item":
		s.item = true
	case "table-row":
		s.rows = append(s.rows, new(ingest.Row))
	case "table-cell":
		if n := len(s.rows); n > 0 {
			s.rows[n-1].Cell()
		}
	case "note":
		s.notes = append(s.notes, note{})
	case "note-citation":
		s.cite(true)
	case "s", "tab", "line-break":
		s.write(" ") // how many does not matter: a run of blanks is one
	}
}

func (s *story) open(e xml.StartElement) {
	f := &frame{}
	if e.Name.Local == "h" {
		f.heading = 1
		if n, err := strconv.Atoi(xmlpart.Attr(e, "outline-level")); err == nil && n > 0 && n < 10 {
			f.heading = n
		}
	}
	if s.item && len(s.notes) == 0 {
		f.mark = s.next()
		s.item = false
	}
	s.frames = append(s.frames, f)
}

func (s *story) cite(open bool) {
	if n := len(s.notes); n > 0 {
		s.notes[n-1].cite = open
		if !open && len(s.frames) > 0 {
			s.frames[len(s.frames)-1].text.WriteString(raised(s.notes[n-1].mark.String()))
		}
	}
}

// raised returns the mark of a note as it stands in the text.
func raised(mark string) string {
	if up := ingest.Superscript(mark); up != mark {
		return up
	}
	return "[" + mark + "]"
}

// End implements xmlpart.Handler.
func (s *story) End(name xml.Name) {
	s.reader.End(name)
	if skipped[name.Local] {
		s.skip = max(0, s.skip-1)
		return
	}
	if !s.body || s.skip > 0 {
		return
	}
	switch name.Local {
	case "p", "h":
		s.close()
	case "list":
		s.lists = s.lists[:max(0, len(s.lists)-1)]
	case "list-item":
		s.item = false
	case "table-row":
		s.endRow()
	case "note":
		s.notes = s.notes[:max(0, len(s.notes)-1)]
	case "note-citation":
		s.cite(false)
	}
}

// Chars implements xmlpart.Handler.
func (s *story) Chars(b []byte) {
	if s.body && s.skip == 0 {
		s.write(string(b))
	}
}

func (s *story) write(text string) {
	if n := len(s.notes); n > 0 && s.notes[n-1].cite {
		s.notes[n-1].mark.WriteString(text)
		return
	}
	if n := len(s.frames); n > 0 {
		s.frames[n-1].text.WriteString(text)
	}
}

// Failed implements xmlpart.Handler.
func (s *story) Failed() error {
	if s.err != nil {
		return s.err
	}
	return s.ctx.Err()
}

// close ends a paragraph. One inside another (a note, a text box) comes after
// the one around it.
func (s *story) close() {
	n := len(s.frames)
	if n == 0 {
		return
	}
	f := s.frames[n-1]
	s.frames = s.frames[:n-1]
	all := append(s.paragraphs(f), f.after...)
	if n > 1 {
		s.frames[n-2].after = append(s.frames[n-2].after, all...)
		return
	}
	for _, p := range all {
		s.add(p)
	}
}

func (s *story) paragraphs(f *frame) []corpus.Paragraph {
	text := ingest.OneLine(f.text.String())
	if text == "" {
		return nil
	}
	p := corpus.Paragraph{Role: corpus.RoleBody}
	switch n := len(s.notes); {
	case n > 0:
		p.Role = corpus.RoleFootnote
		if mark := ingest.OneLine(s.notes[n-1].mark.String()); mark != "" {
			p.Label, text = mark, raised(mark)+" "+text
			s.notes[n-1].mark.Reset() // only its first paragraph shows it
		}
	case f.heading > 0:
		p.Role = corpus.RoleHeading
	}
	if f.mark != "" {
		text = f.mark + " " + text
	}
	var out []corpus.Paragraph
	for _, piece := range ingest.SplitLong(text) {
		p.Text = piece
		if p.Role == corpus.RoleHeading {
			s.outline.Heading(f.heading, p.Text)
			p.Path = s.outline.Above()
		} else {
			p.Path = s.outline.Path()
		}
		out = append(out, p)
	}
	return out
}

func (s *story) endRow() {
	n := len(s.rows)
	if n == 0 {
		return
	}
	r := s.rows[n-1]
	s.rows = s.rows[:n-1]
	for _, p := range r.Paragraphs() {
		s.add(p)
	}
}

// add gives a paragraph to the cell around it, or out.
func (s *story) add(p corpus.Paragraph) {
	if n := len(s.rows); n > 0 && p.Role != corpus.RoleFootnote && s.rows[n-1].Add(p) {
		return
	}
	if s.err == nil {
		s.err = s.out.Paragraph(p)
	}
}
