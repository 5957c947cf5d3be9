package docx

import (
	"context"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/number"
	"dalel/ingest/xmlpart"
)

// frame is a paragraph that is open. They nest: a text box is inside one.
type frame struct {
	text    strings.Builder
	style   string
	numID   string // of its own; "" if it has the style's
	level   int
	outline int // level of heading of its own, from 1; 0 if none
	notes   []corpus.Paragraph
	inside  []corpus.Paragraph // of text boxes: they come after it
}

// story reads a part that holds paragraphs: the body, a note, a header.
type story struct {
	doc     *document
	ctx     context.Context //nolint:containedctx // lives as long as one scan
	role    corpus.Role
	take    func(corpus.Paragraph)
	err     error
	frames  []*frame
	rows    []*ingest.Row
	deleted int // inside text that was deleted or moved away
	double  int // inside what is there for older programs
	raised  bool
	hidden  bool // the run is formatted as hidden: Word neither shows nor prints it
	inText  bool
	inProps int // inside the properties of a paragraph
	removed bool
	unseen  bool // hidden text was met
	outline number.Outline
}

// Start implements xmlpart.Handler.
func (s *story) Start(e xml.StartElement) {
	switch e.Name.Local {
	case "Fallback":
		s.double++
		return
	case "del", "moveFrom":
		if word(e.Name) {
			s.deleted++
			s.removed = true
		}
		return
	}
	if !word(e.Name) || s.double > 0 {
		return
	}
	switch e.Name.Local {
	case "p":
		s.frames = append(s.frames, &frame{level: -1})
	case "tr":
		s.rows = append(s.rows, new(ingest.Row))
	case "tc":
		if n := len(s.rows); n > 0 {
			s.rows[n-1].Cell()
		}
	case "r":
		s.raised, s.hidden = false, false
	}
	if n := len(s.frames); n > 0 {
		s.inside(s.frames[n-1], e)
	}
}

// inside takes an element of an open paragraph.
func (s *story) inside(f *frame, e xml.StartElement) {
	val := xmlpart.Attr(e, "val")
	switch e.Name.Local {
	case "pPr":
		s.inProps++
	case "pStyle":
		f.style = val
	case "outlineLvl":
		if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
			f.outline = n + 1
		}
	case "numId":
		f.numID = val
	case "ilvl":
		f.level, _ = strconv.Atoi(val)
	default:
		if s.inProps == 0 {
			s.run(f, e)
		}
	}
}

// run takes an element of a run: how it looks, or its text.
func (s *story) run(f *frame, e xml.StartElement) {
	val := xmlpart.Attr(e, "val")
	switch e.Name.Local {
	case "vertAlign":
		s.raised = val == "superscript"
	case "vanish":
		s.hidden = on(val)
		s.unseen = s.unseen || s.hidden
	default:
		if s.deleted == 0 && !s.hidden {
			s.character(f, e)
		}
	}
}

// character takes an element that stands for text.
func (s *story) character(f *frame, e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		s.inText = true
	case "tab", "br", "cr":
		f.text.WriteByte(' ')
	case "noBreakHyphen":
		f.text.WriteRune('\u2011')
	case "softHyphen":
		f.text.WriteRune('\u00ad')
	case "sym":
		f.text.WriteString(symbol(xmlpart.Attr(e, "char")))
	case "footnoteReference":
		s.reference(f, e, &s.doc.footnotes, "1")
	case "endnoteReference":
		s.reference(f, e, &s.doc.endnotes, "i")
	}
}

// symbol returns a character of a symbol font: its code is private use, or its
// code in the font plus F000 (17.3.3.30). Which sign that is depends on the
// font; a bullet stands for all that are no ASCII.
func symbol(char string) string {
	n, err := strconv.ParseUint(char, 16, 16)
	switch {
	case err != nil:
		return ""
	case n >= 0xF000:
		n -= 0xF000
	}
	if n == '-' || n == '(' || n == ')' || n == ' ' {
		return string(rune(n))
	}
	if n < 0x100 {
		return "•"
	}
	return string(rune(n))
}

// reference puts the mark of a note into the text, and the note after it.
func (s *story) reference(f *frame, e xml.StartElement, ns *notes, form string) {
	if s.role != corpus.RoleBody {
		return
	}
	texts := ns.byID[xmlpart.Attr(e, "id")]
	if custom := xmlpart.Attr(e, "customMarkFollows"); custom == "" || !on(custom) {
		ns.count++
		mark := ingest.Numeral(form, ns.count)
		printed := ingest.Superscript(mark)
		if printed == mark { // letters cannot be raised: the word before would swallow them
			printed = "[" + mark + "]"
		}
		f.text.WriteString(printed)
		for i, t := range texts {
			p := corpus.Paragraph{Role: corpus.RoleFootnote, Text: t}
			if i == 0 {
				p.Label, p.Text = mark, printed+" "+t
			}
			f.notes = append(f.notes, p)
		}
		return
	}
	for _, t := range texts {
		f.notes = append(f.notes, corpus.Paragraph{Role: corpus.RoleFootnote, Text: t})
	}
}

// End implements xmlpart.Handler.
func (s *story) End(name xml.Name) {
	switch {
	case name.Local == "Fallback":
		s.double = max(0, s.double-1)
		return
	case !word(name):
		return
	case name.Local == "del" || name.Local == "moveFrom":
		s.deleted = max(0, s.deleted-1)
		return
	case s.double > 0:
		return
	}
	switch name.Local {
	case "pPr":
		s.inProps = max(0, s.inProps-1)
	case "t":
		s.inText = false
	case "p":
		s.endParagraph()
	case "tr":
		s.endRow()
	}
}

// Chars implements xmlpart.Handler.
func (s *story) Chars(b []byte) {
	n := len(s.frames)
	if !s.inText || n == 0 || s.double > 0 {
		return
	}
	text := string(b)
	if s.raised {
		text = ingest.Superscript(text)
	}
	s.frames[n-1].text.WriteString(text)
}

// Failed implements xmlpart.Handler.
func (s *story) Failed() error {
	if s.err != nil {
		return s.err
	}
	return s.ctx.Err()
}

func (s *story) endParagraph() {
	n := len(s.frames)
	if n == 0 {
		return
	}
	f := s.frames[n-1]
	s.frames = s.frames[:n-1]
	all := s.paragraphs(f)
	if n > 1 { // in a text box: after the paragraph around it
		s.frames[n-2].inside = append(s.frames[n-2].inside, all...)
		return
	}
	for _, p := range all {
		s.add(p)
	}
}

// paragraphs makes what a frame holds: itself, its notes, its text boxes. An
// empty paragraph is counted, as Word does, and not kept.
func (s *story) paragraphs(f *frame) []corpus.Paragraph {
	text := oneLine(f.text.String())
	p := corpus.Paragraph{Role: s.role}
	level := f.outline
	if level == 0 {
		level = s.doc.styles.heading(f.style)
	}
	if level > 0 && s.role == corpus.RoleBody {
		p.Role = corpus.RoleHeading
	}
	if mark := s.doc.mark(f); mark != "" && text != "" {
		text = mark + " " + text
	}
	var out []corpus.Paragraph
	for _, piece := range ingest.SplitLong(text) {
		if p.Text = piece; piece != "" {
			s.place(&p, level)
			out = append(out, p)
		}
	}
	for i := range f.notes {
		f.notes[i].Path = s.outline.Path()
	}
	return append(append(out, f.notes...), f.inside...)
}

// place sets the headings above a paragraph. Without styles of headings,
// nothing is known, and they are found from the text.
func (s *story) place(p *corpus.Paragraph, level int) {
	if p.Role == corpus.RoleHeading {
		s.outline.Heading(level, p.Text)
		p.Path = s.outline.Above()
		return
	}
	p.Path = s.outline.Path()
}

// mark returns the automatic number of a paragraph. List 0 is none.
func (d *document) mark(f *frame) string {
	numID, level := d.styles.numbering(f.style)
	if f.numID != "" {
		numID = f.numID
	}
	if f.level >= 0 {
		level = f.level
	}
	if numID == "" || numID == "0" {
		return ""
	}
	return d.numbering.next(numID, level)
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

// add gives a paragraph to the cell around it, or away.
func (s *story) add(p corpus.Paragraph) {
	if n := len(s.rows); n > 0 && p.Role != corpus.RoleFootnote && s.rows[n-1].Add(p) {
		return
	}
	s.take(p)
}

// body emits the main part. What came before damage is kept.
func (d *document) body(ctx context.Context) error {
	s := &story{doc: d, ctx: ctx, role: corpus.RoleBody}
	s.take = func(p corpus.Paragraph) {
		if s.err == nil {
			s.err = d.out.Paragraph(p)
		}
	}
	if err := xmlpart.Scan(d.zip, d.main, s); err != nil {
		return damaged(err)
	}
	if s.removed && s.err == nil {
		s.err = d.out.Warn("text that tracked changes deleted is left out")
	}
	if s.unseen && s.err == nil {
		s.err = d.out.Warn("text formatted as hidden is left out")
	}
	return s.err
}

// notes are the footnotes or endnotes of a document.
type notes struct {
	byID  map[string][]string
	count int // references so far
}

// loadNotes reads the paragraphs of each note.
func (d *document) loadNotes(ctx context.Context, name, element string, ns *notes) error {
	h := &noteReader{element: element, notes: make(map[string][]string)}
	h.story = story{doc: d, ctx: ctx, role: corpus.RoleFootnote}
	h.take = func(p corpus.Paragraph) { h.notes[h.id] = append(h.notes[h.id], p.Text) }
	err := xmlpart.Scan(d.zip, name, h)
	ns.byID = h.notes
	return err
}

// noteReader is a story that knows which note it is in.
type noteReader struct {
	story
	element string
	id      string
	notes   map[string][]string
}

func (h *noteReader) Start(e xml.StartElement) {
	if e.Name.Local == h.element && word(e.Name) {
		h.id = xmlpart.Attr(e, "id")
	}
	h.story.Start(e)
}

// runningHeads emits the headers and footers of pages, once each.
func (d *document) runningHeads(ctx context.Context) error {
	for _, r := range d.rels {
		if r.kind != "header" && r.kind != "footer" {
			continue
		}
		s := &story{doc: d, ctx: ctx, role: corpus.RoleHeader}
		s.take = func(p corpus.Paragraph) {
			if s.err == nil {
				p.Role = corpus.RoleHeader
				s.err = d.out.Paragraph(p)
			}
		}
		err := xmlpart.Scan(d.zip, r.target, s)
		if s.err != nil {
			return s.err
		}
		if err != nil {
			if err := d.gap(corpus.PageUnread, fmt.Sprintf("a %s could not be read: %v", r.kind, err)); err != nil {
				return err
			}
		}
	}
	return nil
}
