package html

import (
	"strings"

	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/number"
)

// page builds paragraphs from the events of a page: elements that begin and
// end, and text between them. Counters tell what is open; they are never
// negative, whatever ends come.
type page struct {
	out     ingest.Emitter
	err     error  // the first of out; nothing is emitted after it
	main    bool   // the page marks its main part: the rest is around it
	article string // or it marks nothing, and this is the text of what is likely its main part, without blanks
	data    int    // inside data for programs
	apart   bool   // it marks articles: links outside of them are around them
	buf     strings.Builder
	links   int // bytes of buf that are links
	breaks  int // line breaks since the last text
	unseen  int
	clutter int
	inMain  int
	anchors int
	raised  int
	pre     int
	titles  int
	level   int // of the heading that is open; 0 if none
	lists   []list
	mark    string // of the list item that begins
	rows    []*ingest.Row
	facts   facts
	outline number.Outline
}

func newPage(out ingest.Emitter) *page { return &page{out: out} }

// start takes the beginning of an element.
func (p *page) start(tag string, attrs []html.Attribute) {
	switch tag {
	case "meta", "link":
		p.facts.element(tag, attrs)
		return
	case "br":
		p.lineBreak()
		return
	}
	if blocks[tag] {
		p.flush()
	}
	if void[tag] {
		return
	}
	p.count(tag, attrs, 1)
	if level := headingLevel(tag); level > 0 {
		p.level = level
	}
	switch tag {
	case "ul", "ol", "li":
		p.listItem(tag, attrs)
	case "tr":
		p.rows = append(p.rows, new(ingest.Row))
	case "td", "th":
		p.cell()
	}
}

// end takes the end of an element.
func (p *page) end(tag string, attrs []html.Attribute) {
	if void[tag] {
		return
	}
	if blocks[tag] {
		p.flush()
	}
	if tag == "a" && p.clutter > 0 {
		p.buf.WriteByte(' ') // menus set their links apart by style alone
	}
	p.count(tag, attrs, -1)
	if headingLevel(tag) > 0 {
		p.level = 0
	}
	switch tag {
	case "ul", "ol":
		p.lists = p.lists[:max(0, len(p.lists)-1)]
	case "li":
		p.mark = ""
	case "tr":
		p.endRow()
	}
}

// count keeps the counters of what is open.
func (p *page) count(tag string, attrs []html.Attribute, by int) {
	for _, c := range []struct {
		n  *int
		is bool
	}{
		{&p.unseen, unseen(tag, attrs)},
		{&p.clutter, clutter(tag, attrs)},
		{&p.inMain, principal(tag, attrs)},
		{&p.anchors, tag == "a"},
		{&p.raised, tag == "sup"},
		{&p.pre, tag == "pre"},
		{&p.titles, tag == "title"},
		{&p.data, tag == "script" && attr(attrs, "type") == "application/ld+json"},
	} {
		if c.is {
			*c.n = max(0, *c.n+by)
		}
	}
}

// maxBuffer bounds one paragraph before it is cut, in bytes.
const maxBuffer = 8 << 20

// text takes characters.
func (p *page) text(s string) {
	switch {
	case p.data > 0:
		p.facts.linked(s)
		return
	case p.unseen > 0:
		return
	case p.titles > 0:
		p.facts.title += s
		return
	case p.raised > 0:
		s = ingest.Superscript(s)
	}
	if p.pre > 0 {
		p.preformatted(s)
		return
	}
	p.write(s)
}

func (p *page) write(s string) {
	if strings.TrimSpace(s) != "" {
		if p.anchors > 0 {
			p.links += len(s)
		}
		p.breaks = 0
	}
	p.buf.WriteString(s)
	if p.buf.Len() > maxBuffer {
		p.flush()
	}
}

// preformatted takes text whose lines count: a blank one ends a paragraph.
func (p *page) preformatted(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			p.lineBreak()
		}
		p.write(line)
	}
}

// lineBreak is a blank; two of them end a paragraph, as old pages do.
func (p *page) lineBreak() {
	if p.unseen > 0 {
		return
	}
	p.buf.WriteByte(' ')
	if p.breaks++; p.breaks > 1 {
		p.flush()
	}
}

// flush ends a paragraph.
func (p *page) flush() {
	text := ingest.OneLine(p.buf.String())
	links := p.links
	p.buf.Reset()
	p.links, p.breaks = 0, 0
	if text == "" || p.err != nil {
		return
	}
	para := corpus.Paragraph{Role: corpus.RoleBody}
	if p.mark != "" && !number.Bullet(text) {
		text = p.mark + " " + text
	}
	p.mark = ""
	switch {
	case p.clutter > 0, p.main && p.inMain == 0, links*2 > len(text) && p.apart && p.inMain == 0, p.level == 0 && p.aside(text, links):
		para.Role = corpus.RoleHeader
	case p.level > 0:
		para.Role = corpus.RoleHeading
	}
	for _, piece := range ingest.SplitLong(text) {
		para.Text = piece
		p.add(para)
	}
}

// add emits a paragraph, or keeps it until its row of a table ends.
func (p *page) add(para corpus.Paragraph) {
	if n := len(p.rows); n > 0 && p.rows[n-1].Add(para) {
		return
	}
	p.emit(para)
}

func (p *page) emit(para corpus.Paragraph) {
	if p.err != nil {
		return
	}
	if para.Role == corpus.RoleHeading {
		p.outline.Heading(max(p.level, 1), para.Text)
		para.Path = p.outline.Above()
	} else {
		para.Path = p.outline.Path()
	}
	p.err = p.out.Paragraph(para)
}

// finish emits what is left.
func (p *page) finish() error {
	p.flush()
	for len(p.rows) > 0 {
		p.endRow()
	}
	if p.err != nil {
		return p.err
	}
	return p.facts.emit(p.out)
}
