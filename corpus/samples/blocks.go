package samples

// headingSizes are the sizes of headings by level, in points.
var headingSizes = [4]float64{0, 14, 12, 10.8}

// block prints the i-th block on the page.
func (p *press) block(blocks []block, i int) {
	b := blocks[i]
	x, size, lead := p.look.left, p.look.size, p.look.lead
	switch b.kind {
	case breakPg:
		p.turn()
	case scan:
		p.picture(b)
	case heading:
		p.heading(b)
	case mast:
		p.mast(b, i+1 < len(blocks) && blocks[i+1].kind == mast)
	case row:
		p.row(b, p.columns(blocks, i))
	case centred, flush:
		p.ragged(b)
	case numbered:
		p.labelled(b, 30)
	case item:
		p.hanging(b.label, b.spans, x+30, 24)
	case bullet:
		p.hanging("•", b.spans, x+22, 14)
	case quote:
		in := p.box()
		in.x, in.measure, in.lead = in.x+32, in.measure-60, lead-1
		p.set(breakLines(b.spans, roman, size-0.6, in.measure, 0, p.width), in)
		p.y += lead / 2
	case plain:
		in := p.box()
		in.indent = p.look.indent
		p.set(breakLines(b.spans, roman, size, in.measure, in.indent, p.width), in)
		p.y += lead / 2
	}
}

// heading prints a heading, and turns the page when nothing would fit below.
// Headings of the third level are italic in papers of the United Nations.
func (p *press) heading(b block) {
	size, f := headingSizes[b.level], bold
	if b.level == 3 && p.doc.head["look"] == "un" {
		f = italic
	}
	if !p.room(size*1.3*2+p.look.lead*3, 0) {
		p.turn()
	}
	p.y += size * 0.6
	in := p.box()
	in.lead, in.justify = size*1.35, false
	p.set(breakLines(b.spans, f, size, in.measure, 0, p.width), in)
	p.y += size * 0.5
}

// labelled prints a numbered paragraph: the number, then the text from a tab
// stop on, and its further lines from the margin.
func (p *press) labelled(b block, tab float64) {
	in := p.box()
	in.indent = max(tab, p.width(b.label, roman, p.look.size)+8)
	lines := breakLines(b.spans, roman, p.look.size, in.measure, in.indent, p.width)
	// The first line may be pushed over the page by its footnotes: print it
	// first, then put the number beside it.
	p.set(lines[:1], in)
	p.text(in.x, p.y, b.label, roman, p.look.size)
	in.indent = 0
	p.set(lines[1:], in)
	p.y += p.look.lead / 2
}

// hanging prints a mark and beside it a paragraph that hangs from it.
func (p *press) hanging(mark string, spans []span, x, tab float64) {
	in := p.box()
	in.x, in.measure = x+tab, p.measure()-(x-p.look.left)-tab
	lines := breakLines(spans, roman, p.look.size, in.measure, 0, p.width)
	p.set(lines[:1], in)
	p.text(x, p.y, mark, roman, p.look.size)
	p.set(lines[1:], in)
	p.y += p.look.lead / 2
}

// ragged prints centred lines and lines flush right.
func (p *press) ragged(b block) {
	f, size := roman, p.look.size
	if b.kind == centred {
		f = bold
	}
	for _, l := range breakLines(b.spans, f, size, p.measure(), 0, p.width) {
		if !p.room(p.look.lead, 0) {
			p.turn()
		}
		p.y += p.look.lead
		slack := p.measure() - l.wide - p.width(" ", roman, size)*float64(len(l.words)-1)
		if b.kind == centred {
			slack /= 2
		}
		p.line(l, p.look.left+slack, p.y, 0, false)
	}
	p.y += p.look.lead / 3
}

// mast prints a line of a masthead: two columns, and a rule below the last.
func (p *press) mast(b block, more bool) {
	const rightColumn = 0.6 // of the measure, where the right side begins
	size := p.look.size - 0.6
	x := [2]float64{p.look.left, p.look.left + p.measure()*rightColumn}
	wide := [2]float64{p.measure()*rightColumn - 10, p.measure() * (1 - rightColumn)}
	deep := p.y
	for side, cell := range b.cells {
		y := p.y
		for _, l := range breakLines(cell, bold, size, wide[side], 0, p.width) {
			y += p.look.lead
			p.line(l, x[side], y, 0, false)
		}
		deep = max(deep, y)
	}
	p.y = deep
	if !more {
		p.pdf.Line(p.look.left, p.y+8, pageWide-p.look.right, p.y+8)
		p.y += p.look.lead
	}
}

// cellPad is the space between a cell's edge and its text, in points.
const cellPad = 4

// columns returns the widths of the columns of the table that the i-th block
// is a row of: in proportion to the longest cell, within bounds.
func (p *press) columns(blocks []block, i int) []float64 {
	first, end := i, i
	for first > 0 && blocks[first-1].kind == row {
		first--
	}
	for end < len(blocks) && blocks[end].kind == row {
		end++
	}
	var wide []float64
	var sum float64
	for _, b := range blocks[first:end] {
		for c, cell := range b.cells {
			if c == len(wide) {
				wide = append(wide, 0)
			}
			natural := p.width(textSpans(cell), roman, p.look.size) + 3*cellPad
			wide[c] = max(wide[c], min(natural, p.measure()/2))
		}
	}
	for _, w := range wide {
		sum += w
	}
	for c := range wide {
		wide[c] *= p.measure() / sum
	}
	return wide
}

// row prints a line of a table.
func (p *press) row(b block, wide []float64) {
	size, lead := p.look.size-1.2, p.look.lead-2.2
	cells := make([][]line, len(b.cells))
	deep := 1
	for i, c := range b.cells {
		cells[i] = breakLines(c, roman, size, wide[i]-2*cellPad, 0, p.width)
		deep = max(deep, len(cells[i]))
	}
	height := lead*float64(deep) + cellPad
	if !p.room(height, 0) {
		p.turn()
	}
	x := p.look.left
	for i, lines := range cells {
		p.pdf.Rect(x, p.y, wide[i], height, "D")
		for k, l := range lines {
			p.line(l, x+cellPad, p.y+lead*float64(k+1)-1, 0, false)
		}
		x += wide[i]
	}
	p.y += height
}
