package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Gaps within a row, in sizes of the larger neighbour. Measured on files of
// TeX, Word, LibreOffice and Chromium.
const (
	wordGap    = 0.16 // a blank
	segmentGap = 0.9  // a new segment: a column, a cell, a tab
	cellGap    = 1.8  // a new cell; justified lines have gaps of more than segmentGap
	openGap    = 6.0  // two texts that only stand on one height
)

// segment is a stretch of a row without a wide gap.
type segment struct {
	x0, x1, y float64
	text      string
	mark      string // raised text it begins with
	words     []wordBox
	look
}

// segments returns the segments of a direction, row by row.
func (d direction) segments(boxes bool) []segment {
	var out []segment
	rs := raise(rows(d.runs()))
	for i := range rs {
		for _, l := range rs[i].layers() {
			out = splitLayer(out, l, &rs[i], boxes)
		}
	}
	return out
}

// splitLayer cuts the glyphs of one line into segments.
func splitLayer(out []segment, gs []glyph, r *row, boxes bool) []segment {
	b := builder{row: r, boxes: boxes}
	for i := range gs {
		g := &gs[i]
		if g.isBlank() {
			b.blank = append(b.blank, i)
			continue
		}
		if b.last != nil {
			gap, sz := g.x0-b.end, max(g.size, b.last.size)
			switch {
			case gap > segmentGap*sz:
				out = b.flush(out)
			case b.isGap(gs, g, gap, sz):
				b.text.WriteByte(' ')
				b.fresh = true
			}
		}
		b.add(g)
	}
	return b.flush(out)
}

// builder writes the text of a segment.
type builder struct {
	row      *row
	text     strings.Builder
	x0, end  float64
	last     *glyph
	blank    []int // blanks since the last visible glyph
	glyphs   int
	sizes    sizes
	boldest  int // bold glyphs
	slanted  int // italic ones
	mark     strings.Builder
	markDone bool
	boxes    bool // the places of words are kept
	fresh    bool // a word begins
	words    []wordBox
}

// isGap reports whether there is a blank between the last glyph and g. A
// blank inside a shown string counts always. One from another string counts
// only where there is room: cells padded with blanks reach into the next.
func (b *builder) isGap(gs []glyph, g *glyph, gap, sz float64) bool {
	if gap > wordGap*sz && (g.style&raised == 0 || b.last.style&raised != 0) {
		return true // a mark may stand further off
	}
	for _, i := range b.blank {
		s := &gs[i]
		if s.run == g.run && s.run == b.last.run {
			return true
		}
		if mid := (s.x0 + s.x1) / 2; mid > b.end-0.05*sz && mid < g.x0+0.05*sz && gap > 0.05*sz {
			return true
		}
	}
	return gap > 2*wordGap*sz
}

// add writes a visible glyph.
func (b *builder) add(g *glyph) {
	if b.last == nil {
		b.x0, b.end = g.x0, g.x1
	}
	if b.last != nil && g.text == b.last.text && math.Abs(g.x0-b.last.x0) < 0.1*g.size {
		return // printed twice
	}
	t := g.shown()
	if !b.markDone {
		if g.style&raised != 0 {
			b.mark.WriteString(g.text)
		} else {
			b.markDone = true
		}
	}
	b.text.WriteString(t)
	if b.boxes {
		b.keepWord(g, t, b.fresh)
	}
	b.fresh = false
	b.end = max(b.end, g.x1)
	b.last, b.blank = g, b.blank[:0]
	b.glyphs++
	b.sizes.add(g.size, 1)
	if g.style&bold != 0 {
		b.boldest++
	}
	if g.style&italic != 0 {
		b.slanted++
	}
}

// flush ends the segment.
func (b *builder) flush(out []segment) []segment {
	if b.glyphs > 0 {
		mark := ""
		if b.mark.Len() > 0 {
			mark = b.mark.String()
		}
		out = append(out, segment{
			x0: b.x0, x1: b.end, y: b.row.y, text: b.text.String(), mark: mark, words: b.words,
			look: look{b.sizes.main(), 2*b.boldest > b.glyphs, b.slanted == b.glyphs},
		})
	}
	*b = builder{row: b.row, boxes: b.boxes}
	return out
}

// joinLines joins the segments of each block that stand on one baseline.
// Blocks are numbered from first.
func joinLines(blocks [][]segment, frame, first int) []line {
	var out []line
	for n, segs := range blocks {
		start := len(out)
		for _, s := range segs {
			if k := len(out) - 1; k >= start && sameLine(&out[k], &s) {
				extend(&out[k], &s)
				continue
			}
			out = append(out, line{
				x0: s.x0, x1: s.x1, y: s.y, block: first + n, text: s.text,
				mark: s.mark, cells: []float64{s.x0}, starts: []float64{s.x0}, frame: frame, words: s.words, look: s.look,
			})
		}
		setEdges(out[start:])
	}
	return out
}

func sameLine(l *line, s *segment) bool {
	return math.Abs(l.y-s.y) < 0.35*min(l.size, s.size) && s.x0 > l.x0 && s.x0 > l.x1-0.3*s.size
}

// extend appends a segment to the line it stands on.
func extend(l *line, s *segment) {
	if utf8.RuneCountInString(s.text) > utf8.RuneCountInString(l.text) {
		l.size, l.bold = s.size, s.bold
	}
	l.italic = l.italic && s.italic
	if l.tab == 0 {
		l.tab = s.x0 - l.x0
	}
	gap := s.x0 - l.x1
	l.starts = append(l.starts, s.x0)
	if gap > cellGap*s.size {
		l.cells = append(l.cells, s.x0)
	}
	if gap > openGap*s.size && !startsLower(s.text) {
		l.parts = append(l.parts, part{len(l.text), l.x1, s.x0, l.look, s.look})
	}
	if gap > 0.5*wordGap*s.size {
		l.text += " "
	}
	l.text += s.text
	l.words = append(l.words, s.words...)
	l.x1 = max(l.x1, s.x1)
}

// setEdges gives the lines of a block its left and right edge, and counts how
// many lines begin where a line begins.
func setEdges(ls []line) {
	lefts, rights := make([]float64, 0, len(ls)), make([]float64, 0, len(ls))
	for i := range ls {
		lefts, rights = append(lefts, ls[i].x0), append(rights, -ls[i].x1)
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	left, right := outermost(lefts), -outermost(rights)
	for i := range ls {
		l := &ls[i]
		l.left, l.right = min(left, l.x0), max(right, l.x1)
		from, _ := slices.BinarySearch(lefts, l.x0-1.5)
		to, _ := slices.BinarySearch(lefts, l.x0+1.5)
		l.peers = to - from
	}
}

// outermost returns the first of sorted places that some lines share, so that
// a number in the margin is no edge; the very first when none do.
func outermost(xs []float64) float64 {
	need := min(4, (len(xs)+2)/3)
	for i := range xs {
		j, _ := slices.BinarySearch(xs, xs[i]+3)
		if j-i >= need {
			return xs[i]
		}
	}
	return xs[0]
}
