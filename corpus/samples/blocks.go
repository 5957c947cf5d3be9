package samples

// headingSizes are the sizes of headings by level, in points.
var headingSizes = [5]float64{0, 14, 12, 10.8, 10.4}

// Measures of a page, in points.
const (
	numberTab = 30 // from a printed number to its text, at least
	cellPad   = 4  // between the edge of a table cell and its text
)

// block prints the i-th block on the page.
func (p *press) block(blocks []block, i int) {
	b := blocks[i]
	switch b.kind {
	case breakPg:
		p.turn()
	case scan:
		p.picture(b)
	case heading:
		p.heading(b)
	case mast:
		p.mast(blocks, i)
	case row:
		p.row(b, p.columns(blocks, i))
	case centred, flush:
		p.ragged(b)
	case numbered:
		p.labelled(b)
	case item:
		p.hanging(b.label, b.spans, numberTab, 24)
	case bullet:
		p.hanging("•", b.spans, 22, 14)
	case quote:
		p.quote(b)
	case plain:
		in := p.box()
		in.indent = p.look.indent
		p.set(breakLines(b.spans, p.body(), in, p.width), in)
		p.y += p.look.lead / 2
	}
}

// heading prints a heading, and turns the page when nothing would fit below.
// Headings of the fourth level are italic, as in papers of the United Nations.
func (p *press) heading(b block) {
	st := style{bold, headingSizes[b.level]}
	if b.level == 4 {
		st.face = italic
	}
	if !p.room(st.size*1.3*2+p.look.lead*3, 0) {
		p.turn()
	}
	p.y += st.size * 0.6
	in := p.box()
	in.lead, in.justify = st.size*1.35, false
	p.set(breakLines(b.spans, st, in, p.width), in)
	p.y += st.size * 0.5
}

// labelled prints a numbered paragraph: the number, then the text from a tab
// stop on, and its further lines from the margin.
func (p *press) labelled(b block) {
	in := p.box()
	in.indent = max(numberTab, p.width(b.label, p.body())+8)
	lines := breakLines(b.spans, p.body(), in, p.width)
	// The first line may be pushed over the page by its footnotes: print it
	// first, then put the number beside it.
	p.set(lines[:1], in)
	p.text(in.x, p.y, b.label, p.body())
	in.indent = 0
	p.set(lines[1:], in)
	p.y += p.look.lead / 2
}

// hanging prints a mark and beside it a paragraph that hangs from it.
func (p *press) hanging(mark string, spans []span, shift, tab float64) {
	in := p.box()
	in.x, in.measure = in.x+shift+tab, in.measure-shift-tab
	lines := breakLines(spans, p.body(), in, p.width)
	p.set(lines[:1], in)
	p.text(in.x-tab, p.y, mark, p.body())
	p.set(lines[1:], in)
	p.y += p.look.lead / 2
}

// quote prints a paragraph set in from both margins.
func (p *press) quote(b block) {
	in := p.box()
	in.x, in.measure, in.lead = in.x+32, in.measure-60, in.lead-1
	st := p.body()
	st.size -= 0.6
	p.set(breakLines(b.spans, st, in, p.width), in)
	p.y += p.look.lead / 2
}

// ragged prints centred lines and lines flush right.
func (p *press) ragged(b block) {
	st := p.body()
	if b.kind == centred {
		st.face = bold
	}
	in := p.box()
	for _, l := range breakLines(b.spans, st, in, p.width) {
		slack := in.measure - l.natural()
		if b.kind == centred {
			slack /= 2
		}
		at := in
		at.x, at.justify = in.x+slack, false
		p.set([]line{l}, at)
	}
	p.y += p.look.lead * 0.6
}

// mast prints the i-th block, a line of a masthead: two columns, the first
// line bold, and a rule below the last.
func (p *press) mast(blocks []block, i int) {
	const rightColumn = 0.6 // of the measure, where the right side begins
	st := style{roman, p.look.size - 0.6}
	if i == 0 || blocks[i-1].kind != mast {
		st.face = bold
	}
	whole := p.box()
	sides := [2]box{
		{x: whole.x, measure: whole.measure*rightColumn - 10},
		{x: whole.x + whole.measure*rightColumn, measure: whole.measure * (1 - rightColumn)},
	}
	deep := p.y
	for side, cell := range blocks[i].cells {
		y := p.y
		for _, l := range breakLines(cell, st, sides[side], p.width) {
			y += p.look.lead
			p.line(l, sides[side], y)
		}
		deep = max(deep, y)
	}
	p.y = deep
	if i+1 == len(blocks) || blocks[i+1].kind != mast {
		p.pdf.Line(whole.x, p.y+8, whole.x+whole.measure, p.y+8)
		p.y += p.look.lead
	}
}

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
	measure := p.box().measure
	var wide []float64
	for _, b := range blocks[first:end] {
		for c, cell := range b.cells {
			if c == len(wide) {
				wide = append(wide, 0)
			}
			natural := p.width(textSpans(cell), p.body()) + 3*cellPad
			wide[c] = max(wide[c], min(natural, measure/2))
		}
	}
	var sum float64
	for _, w := range wide {
		sum += w
	}
	for c := range wide {
		wide[c] *= measure / sum
	}
	return wide
}

// row prints a line of a table.
func (p *press) row(b block, wide []float64) {
	st := style{roman, p.look.size - p.look.table}
	lead := p.look.lead - 2.2
	cells := make([][]line, len(b.cells))
	deep := 1
	for i, c := range b.cells {
		cells[i] = breakLines(c, st, box{measure: wide[i] - 2*cellPad}, p.width)
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
			p.line(l, box{x: x + cellPad}, p.y+lead*float64(k+1)-1)
		}
		x += wide[i]
	}
	p.y += height
}
