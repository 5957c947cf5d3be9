package export

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-fonts/dejavu/dejavuserifbold"
	"github.com/go-fonts/dejavu/dejavuserifitalic"
	"github.com/go-pdf/fpdf"

	"dalel/search/cite"
)

// Sizes of a page in millimetres and of letters in points.
const (
	pdfMargin = 25
	pdfIndent = 10
	pdfSize   = 11
	pdfSmall  = 9
	pdfLine   = 5.6
	pdfClose  = 4.6
)

// PDF writes an A4 file with the fonts in it. Its notes stand after the text.
func PDF(w io.Writer, b *Bundle) error {
	p := &pdf{f: fpdf.New("P", "mm", "A4", ""), b: b}
	fixed := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	p.f.SetCreationDate(fixed)
	p.f.SetModificationDate(fixed)
	p.f.SetCatalogSort(true)
	p.f.SetProducer("dalel", true)
	p.f.SetTitle(b.Title, true)
	p.f.SetLang(b.Lang)
	// Copies: the library writes into the fonts that it is given.
	p.f.AddUTF8FontFromBytes("serif", "", bytes.Clone(dejavuserif.TTF))
	p.f.AddUTF8FontFromBytes("serif", "B", bytes.Clone(dejavuserifbold.TTF))
	p.f.AddUTF8FontFromBytes("serif", "I", bytes.Clone(dejavuserifitalic.TTF))
	p.f.AddUTF8FontFromBytes("mono", "", bytes.Clone(dejavusansmono.TTF))
	p.f.SetMargins(pdfMargin, pdfMargin, pdfMargin)
	p.f.SetAutoPageBreak(true, pdfMargin)
	p.f.SetFooterFunc(func() {
		p.f.SetY(-15)
		p.f.SetFont("serif", "", pdfSmall)
		p.f.CellFormat(0, pdfLine, strconv.Itoa(p.f.PageNo()), "", 0, "C", false, 0, "")
	})
	p.f.AddPage()
	p.write()
	return p.f.Output(w)
}

type pdf struct {
	f *fpdf.Fpdf
	b *Bundle
}

func (p *pdf) write() {
	p.head(p.b.Title, pdfSize+3)
	if p.b.Note != "" {
		p.para(p.b.Note)
	}
	for _, it := range p.b.Items {
		switch {
		case it.Quote != nil:
			p.quote(it.Quote)
		case it.Heading != "":
			p.head(it.Heading, pdfSize+1)
		default:
			for line := range strings.SplitSeq(it.Words, "\n") {
				p.para(line)
			}
		}
	}
	if len(p.b.Works) == 0 {
		return
	}
	p.notes()
	p.exhibits()
	p.head(wCheck.in(p.b.Lang), pdfSize+1)
	for _, line := range p.b.checkLines() {
		p.para(line)
	}
}

func (p *pdf) head(text string, size float64) {
	p.f.Ln(pdfLine / 2)
	p.f.SetFont("serif", "B", size)
	p.f.MultiCell(0, pdfLine+1, text, "", "L", false)
	p.f.Ln(1)
}

func (p *pdf) para(text string) {
	p.f.SetFont("serif", "", pdfSize)
	p.f.MultiCell(0, pdfLine, text, "", "L", false)
	p.f.Ln(2)
}

func (p *pdf) quote(q *Quote) {
	opening, closing := p.b.marks()
	p.f.SetLeftMargin(pdfMargin + pdfIndent)
	p.f.SetRightMargin(pdfMargin + pdfIndent)
	p.f.SetX(pdfMargin + pdfIndent)
	p.style("")
	p.f.Write(pdfLine, opening)
	for i, r := range q.Runs {
		text := r.Text
		if i == len(q.Runs)-1 && !r.Emphasis {
			text, closing = text+closing, "" // so that no line begins with it
		}
		if r.Emphasis {
			p.style("I")
		}
		p.f.Write(pdfLine, text)
		p.style("")
	}
	p.f.Write(pdfLine, closing)
	if p.b.Form == cite.Inline {
		p.runs(append([]cite.Run{{Text: " "}}, q.Cite.Runs...), pdfLine)
	} else {
		p.f.SubWrite(pdfLine, strconv.Itoa(q.N), pdfSmall-2, 4, 0, "")
	}
	p.f.Ln(pdfLine + 2)
	if q.Translation != nil {
		p.f.Write(pdfLine, wTranslation.in(p.b.Lang)+": "+opening+q.Translation.Text+closing)
		p.f.Ln(pdfLine + 2)
	}
	p.f.SetLeftMargin(pdfMargin)
	p.f.SetRightMargin(pdfMargin)
	p.f.SetX(pdfMargin)
}

func (p *pdf) style(s string) { p.f.SetFont("serif", s, pdfSize) }

// runs writes a citation at the size in use.
func (p *pdf) runs(runs []cite.Run, height float64) {
	size, _ := p.f.GetFontSize()
	for _, r := range runs {
		style := ""
		if r.Italic {
			style = "I"
		}
		p.f.SetFont("serif", style, size)
		p.f.Write(height, r.Text)
	}
	p.f.SetFont("serif", "", size)
}

func (p *pdf) notes() {
	if p.b.Form == cite.Inline {
		return
	}
	p.head(wNotes.in(p.b.Lang), pdfSize+1)
	for _, q := range p.b.Quotes() {
		p.f.SetFont("serif", "", pdfSmall)
		p.runs(append([]cite.Run{{Text: strconv.Itoa(q.N) + ". "}}, q.Cite.Runs...), pdfClose)
		p.f.Ln(pdfClose + 1)
	}
}

func (p *pdf) exhibits() {
	p.head(wExhibits.in(p.b.Lang), pdfSize+1)
	for i, w := range p.b.Works {
		p.f.SetFont("serif", "", pdfSmall)
		p.runs(append([]cite.Run{{Text: strconv.Itoa(i+1) + ". "}}, w.Cite.Runs...), pdfClose)
		p.f.Ln(pdfClose)
		p.f.SetFont("mono", "", pdfSmall-2)
		p.f.Write(pdfClose, "SHA-256 "+string(w.Doc.ID))
		p.f.Ln(pdfClose + 1)
	}
}
