package samples

import (
	"bytes"
	"strings"

	"github.com/go-fonts/dejavu/dejavuserifcondensed"
	"github.com/go-fonts/dejavu/dejavuserifcondensedbold"
	"github.com/go-fonts/dejavu/dejavuserifcondenseditalic"
	"github.com/go-pdf/fpdf"
)

// The page is A4 and everything is in points.
const (
	pageWide, pageHigh = 595.28, 841.89
	top, bottom        = 86.0, 74.0 // margins of the text
	fontName           = "serif"
	noteSize           = 8.5
	noteLead           = 10.6
)

// look is what distinguishes the pages of one sort of document from another's.
type look struct {
	left, right float64 // margins
	size, lead  float64 // of the text: font size, and distance of base lines
	indent      float64 // of an unnumbered paragraph's first line
	justify     bool
	table       float64 // how much smaller tables are set than the text
}

// looks are named in the header of a text by "look:".
var looks = map[string]look{
	"un":  {left: 110, right: 82, size: 10.4, lead: 14.2, justify: true, table: 0.4},
	"act": {left: 85, right: 57, size: 11.2, lead: 16.2, indent: 28, table: 1.2},
	"ep":  {left: 98, right: 98, size: 11.6, lead: 18.2, table: 1.2},
	"ngo": {left: 71, right: 71, size: 10.6, lead: 14.8, table: 1.2},
}

// press prints one document.
type press struct {
	pdf     *fpdf.Fpdf
	doc     *document
	look    look
	page    int     // number of the page under work, from 1
	y       float64 // base line of the last line, from the top
	waiting []line  // lines of footnotes for this page's foot
	bare    bool    // the page carries a picture only
}

// renderPDF makes a PDF with running heads from the second page on, footnotes
// at the foot of the page that marks them, and page numbers.
func renderPDF(d *document) ([]byte, error) {
	p := &press{pdf: newPDF(d), doc: d, look: looks[d.head["look"]]}
	if p.look.size == 0 {
		p.look = looks["act"]
	}
	p.newPage()
	for i := range d.blocks {
		p.block(d.blocks, i)
	}
	p.endPage()
	var out bytes.Buffer
	err := p.pdf.Output(&out)
	return out.Bytes(), err
}

// newPDF opens a PDF whose bytes depend on the document alone.
func newPDF(d *document) *fpdf.Fpdf {
	pdf := fpdf.New("P", "pt", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.made())
	pdf.SetModificationDate(d.made())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(d.head["title"], true)
	pdf.SetProducer("dalel specimen", false)
	pdf.SetLang(d.head["lang"])
	pdf.AddUTF8FontFromBytes(fontName, string(roman), dejavuserifcondensed.TTF)
	pdf.AddUTF8FontFromBytes(fontName, string(bold), dejavuserifcondensedbold.TTF)
	pdf.AddUTF8FontFromBytes(fontName, string(italic), dejavuserifcondenseditalic.TTF)
	return pdf
}

// width measures text.
func (p *press) width(text string, s style) float64 {
	p.pdf.SetFont(fontName, string(s.face), s.size)
	return p.pdf.GetStringWidth(text)
}

// box returns the box of the page's whole width.
func (p *press) box() box {
	return box{
		x: p.look.left, measure: pageWide - p.look.left - p.look.right,
		lead: p.look.lead, justify: p.look.justify,
	}
}

// body is the style of the text.
func (p *press) body() style { return style{roman, p.look.size} }

// newPage begins a page and gives it its running head.
func (p *press) newPage() {
	p.pdf.AddPage()
	p.page++
	p.y = top
	p.bare = false
	head := p.doc.head["running"]
	if p.page == 1 || head == "" {
		return
	}
	left, right, _ := strings.Cut(head, "||")
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if p.page%2 == 1 && p.doc.head["look"] == "un" {
		left, right = right, left
	}
	small := style{bold, noteSize}
	p.text(p.look.left, top-34, left, small)
	p.text(pageWide-p.look.right-p.width(right, small), top-34, right, small)
	p.pdf.Line(p.look.left, top-28, pageWide-p.look.right, top-28)
	p.y = top + 4
}

// endPage prints the footnotes that wait and the number of the page.
func (p *press) endPage() {
	if n := len(p.waiting); n > 0 {
		y := pageHigh - bottom - noteLead*float64(n-1)
		p.pdf.Line(p.look.left, y-noteLead-1, p.look.left+120, y-noteLead-1)
		for _, l := range p.waiting {
			p.line(l, box{x: p.look.left}, y)
			y += noteLead
		}
		p.waiting = nil
	}
	foot := style{roman, 9}
	if job := p.doc.head["job"]; job != "" && p.page == 1 {
		p.text(p.look.left, pageHigh-38, job, foot)
	}
	if no := itoa(p.page); !p.bare && p.page > 1 {
		p.text((pageWide-p.width(no, foot))/2, pageHigh-38, no, foot)
	}
}

// turn ends the page and begins the next.
func (p *press) turn() {
	p.endPage()
	p.newPage()
}

// foot is the height that footnotes take, with some more of their lines.
func (p *press) foot(more int) float64 {
	n := len(p.waiting) + more
	if n == 0 {
		return 0
	}
	return noteLead*float64(n) + 10
}

// room reports whether a height still fits above the foot of the page.
func (p *press) room(height float64, moreNotes int) bool {
	return p.y+height+p.foot(moreNotes) <= pageHigh-bottom
}

// set prints the lines of a paragraph, with new pages where needed. A
// footnote goes to the page that its mark is on.
func (p *press) set(lines []line, in box) {
	for i, l := range lines {
		var notes []line
		for _, n := range l.notes() {
			notes = append(notes, p.note(n)...)
		}
		if !p.room(in.lead, len(notes)) {
			p.turn()
		}
		p.waiting = append(p.waiting, notes...)
		p.y += in.lead
		at := in
		if i == 0 {
			at.x, at.measure = in.x+in.indent, in.measure-in.indent
		}
		p.line(l, at, p.y)
	}
}

// note sets the lines of a footnote, with its number before the first.
func (p *press) note(n int) []line {
	small := style{roman, noteSize}
	mark := noteMark(n, small, p.width)
	mark.note = 0
	in := p.box()
	in.indent = mark.wide + 6
	lines := breakLines(p.doc.notes[n], small, in, p.width)
	first := &lines[0]
	first.words = append([][]piece{{mark}}, first.words...)
	first.wide += mark.wide
	return lines
}

// line prints one line. Words of a justified line are spread over the box;
// other lines are printed run by run, as word processors do.
func (p *press) line(l line, in box, y float64) {
	x, gap := in.x, l.gap
	spread := in.justify && !l.last && len(l.words) > 1
	if spread {
		gap = (in.measure - l.wide) / float64(len(l.words)-1)
	}
	for i := 0; i < len(l.words); i++ {
		if w := l.words[i]; len(w) > 1 || spread {
			for _, c := range w {
				p.text(x, y-c.rise, c.text, c.style)
				x += c.wide
			}
			x += gap
			continue
		}
		run, n := runOf(l.words[i:])
		p.text(x, y-run.rise, run.text, run.style)
		x += p.width(run.text, run.style) + gap
		i += n - 1
	}
}

// runOf joins the words at the beginning of ws that are of one style.
func runOf(ws [][]piece) (run piece, n int) {
	run = ws[0][0]
	for n = 1; n < len(ws); n++ {
		w := ws[n]
		if len(w) != 1 || w[0].style != run.style || w[0].rise != run.rise {
			break
		}
		run.text += " " + w[0].text
	}
	return run, n
}

// text prints a string with its base line at y.
func (p *press) text(x, y float64, text string, s style) {
	p.pdf.SetFont(fontName, string(s.face), s.size)
	p.pdf.Text(x, y, text)
}
