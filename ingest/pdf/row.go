package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Thresholds of rows, in font sizes.
const (
	sameBaseline = 0.22 // difference of baselines within a row
	raisedSize   = 0.85 // a raised mark is smaller than this
	raisedMin    = 0.10 // and its baseline is higher by this much
	raisedMax    = 0.75
	loweredMax   = 0.40  // subscripts: lower by at most this
	markReach    = 0.6   // gap between a word and its mark
	noteTab      = 10.0  // gap between a mark and the note it begins: the indent of a first line
	maxMark      = 8     // glyphs of a mark
	maxRaise     = 20000 // runs on a page in which marks are looked for
)

// run is a string of glyphs shown together.
type run struct {
	glyphs  []glyph
	x0, x1  float64
	y, size float64
	visible int // glyphs that are no blanks
}

// row is a set of runs on one baseline, from everywhere on the page.
type row struct {
	y, size float64
	runs    []run
}

// runs cuts the glyphs of a direction where the number of the run changes.
func (d direction) runs() []run {
	var out []run
	for i := 0; i < len(d.glyphs); {
		j := i + 1
		for j < len(d.glyphs) && d.glyphs[j].run == d.glyphs[i].run {
			j++
		}
		out = append(out, newRun(d.glyphs[i:j]))
		i = j
	}
	return out
}

func newRun(gs []glyph) run {
	r := run{glyphs: gs, x0: math.Inf(1), x1: math.Inf(-1), y: gs[0].y0, size: gs[0].size}
	for i := range gs {
		if gs[i].x1 < gs[i].x0 {
			gs[i].x0, gs[i].x1 = gs[i].x1, gs[i].x0
		}
		r.x0, r.x1 = min(r.x0, gs[i].x0), max(r.x1, gs[i].x1)
		if gs[i].text != " " {
			r.visible++
		}
	}
	return r
}

// rows puts runs with one baseline together. Sorting by place, not by the
// order of painting, is what repairs files whose letters come from two fonts
// painted one after the other: Kazakh text from word processors.
func rows(runs []run) []row {
	const cell = 4 // points; rows are found by their cell
	cells := map[int][]int{}
	var out []row
	last := -1
	for _, r := range runs {
		tol := sameBaseline * r.size
		at := -1
		if last >= 0 && (math.Abs(out[last].y-r.y) <= tol || continues(&out[last], &r)) {
			at = last
		} else {
			k, reach := int(math.Floor(r.y/cell)), int(tol/cell)+1
			best := tol
			for c := k - min(reach, 8); c <= k+min(reach, 8); c++ {
				for _, i := range cells[c] {
					if dy := math.Abs(out[i].y - r.y); dy <= best {
						best, at = dy, i
					}
				}
			}
		}
		if at < 0 {
			at = len(out)
			k := int(math.Floor(r.y / cell))
			cells[k] = append(cells[k], at)
			out = append(out, row{y: r.y, size: r.size})
		}
		out[at].runs = append(out[at].runs, r)
		last = at
	}
	for i := range out {
		var s sizes
		for _, r := range out[i].runs {
			s.add(r.size, r.visible)
		}
		out[i].size = s.main()
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(b.y, a.y) })
	return out
}

// continues reports whether a run goes on where the last run of a row ended,
// on its very baseline: that of the row may be a little off.
func continues(to *row, r *run) bool {
	prev := &to.runs[len(to.runs)-1]
	return math.Abs(prev.y-r.y) < 0.05*r.size && math.Abs(r.x0-prev.x1) < r.size
}

// sizes counts glyphs by size. Sizes that hardly differ are one.
type sizes []struct {
	size float64
	n    int
}

func (s *sizes) add(size float64, n int) {
	const most = 16 // sizes; a row with more is a drawing
	for i := range *s {
		if t := &(*s)[i]; math.Abs(t.size-size) < 0.05*t.size {
			t.n += n
			return
		}
	}
	if len(*s) < most {
		*s = append(*s, struct {
			size float64
			n    int
		}{size, n})
	}
}

// main returns the size that most glyphs have; of equals the larger.
func (s sizes) main() float64 {
	best, most := 0.0, -1
	for _, t := range s {
		if t.n > most || t.n == most && t.size > best {
			best, most = t.size, t.n
		}
	}
	return best
}

// raise moves short small runs that stand a little above or below a row, next
// to one of its words, into that row: note marks, ordinals, exponents. Type
// of two sizes on one baseline is left alone: the symbols of UN documents.
func raise(rs []row) []row {
	total := 0
	for _, r := range rs {
		total += len(r.runs)
	}
	if total > maxRaise {
		return rs
	}
	for i := range rs {
		kept := rs[i].runs[:0:0]
		for _, r := range rs[i].runs {
			host := -1
			if r.visible > 0 && r.visible <= maxMark {
				host = findHost(rs, i, r)
			}
			if host < 0 {
				kept = append(kept, r)
				continue
			}
			if r.y > rs[host].y {
				for k := range r.glyphs {
					r.glyphs[k].style |= raised
				}
			}
			rs[host].runs = append(rs[host].runs, r)
		}
		rs[i].runs = kept
	}
	return slices.DeleteFunc(rs, func(r row) bool { return len(r.runs) == 0 })
}

// findHost returns the row that a small run of row i belongs to, or -1. Rows
// are sorted from top to bottom.
func findHost(rs []row, i int, r run) int {
	const lines = 12 // rows on either side that are looked at
	for k := max(0, i-lines); k < min(len(rs), i+lines+1); k++ {
		h := &rs[k]
		dy := r.y - h.y
		if k == i || r.size > raisedSize*h.size || dy > raisedMax*h.size || dy < -loweredMax*h.size || math.Abs(dy) < raisedMin*h.size {
			continue
		}
		if touches(h, r) {
			return k
		}
	}
	return -1
}

// touches reports whether a mark stands right after a run of the row, or
// leads the row.
func touches(h *row, r run) bool {
	leads := true
	for _, w := range h.runs {
		if w.visible == 0 || w.glyphs[0].style&raised != 0 {
			continue
		}
		if gap := r.x0 - trimmedEnd(w); w.size > r.size && gap > -0.3*h.size && gap < markReach*h.size {
			return true
		}
		if w.x0 < r.x1-0.3*h.size {
			leads = false
		}
	}
	if !leads || r.y < h.y {
		return false
	}
	for _, w := range h.runs {
		if w.visible > 0 && w.x0-r.x1 < noteTab*h.size {
			return true
		}
	}
	return false
}

// trimmedEnd returns where the last visible glyph of a run ends.
func trimmedEnd(r run) float64 {
	end := r.x0
	for _, g := range r.glyphs {
		if g.text != " " {
			end = max(end, g.x1)
		}
	}
	return end
}

// maxLayers is how many texts may be printed over each other in one row, and
// maxMerge how many glyphs a row may have to be looked at so closely.
const (
	maxLayers = 8
	maxMerge  = 20000
)

// layers returns the glyphs of a row from left to right. Texts printed over
// each other come apart: two stamps on one line are two lines.
func (r *row) layers() [][]glyph {
	slices.SortStableFunc(r.runs, func(a, b run) int {
		if ua, ub := isUnderline(a), isUnderline(b); ua != ub {
			if ub {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.x0, b.x0)
	})
	n := 0
	for _, x := range r.runs {
		n += len(x.glyphs)
	}
	var ls [][]glyph
	for _, x := range r.runs {
		if isUnderline(x) && overlapsAny(ls, x) {
			continue
		}
		ls = addRun(ls, x, n <= maxMerge)
	}
	for i := range ls {
		slices.SortStableFunc(ls[i], func(a, b glyph) int { return cmp.Compare(a.x0, b.x0) })
		ls[i] = dropUnderlines(ls[i])
	}
	return ls
}

// addRun puts a run into the first layer where it covers nothing.
func addRun(ls [][]glyph, x run, careful bool) [][]glyph {
	for i, l := range ls {
		if end := l[len(l)-1].x1; !careful || x.x0 >= end-0.3*x.size {
			ls[i] = append(l, x.glyphs...)
			return ls
		}
		same, over := compare(l, x)
		if same > 0 && same >= over && same*10 >= x.visible*8 {
			embolden(l, x)
			return ls
		}
		if over*10 <= x.visible*2 || i+1 == maxLayers {
			ls[i] = insert(l, x.glyphs)
			return ls
		}
	}
	return append(ls, slices.Clone(x.glyphs))
}

// insert merges glyphs into a layer that is sorted by place.
func insert(l, gs []glyph) []glyph {
	l = append(l, gs...)
	slices.SortStableFunc(l, func(a, b glyph) int { return cmp.Compare(a.x0, b.x0) })
	return l
}

// compare counts the glyphs of a run that lie on glyphs of a layer: on the
// same letter at the same place, and on any.
func compare(l []glyph, x run) (same, over int) {
	for _, g := range x.glyphs {
		if g.text == " " {
			continue
		}
		i, _ := slices.BinarySearchFunc(l, g.x0-2*g.size, func(a glyph, at float64) int { return cmp.Compare(a.x0, at) })
		hit, twin := false, false
		for ; i < len(l) && l[i].x0 < g.x1; i++ {
			if l[i].text == " " || l[i].text == "_" {
				continue
			}
			if l[i].text == g.text && math.Abs(l[i].x0-g.x0) < 0.2*g.size {
				twin = true
			}
			common := min(l[i].x1, g.x1) - max(l[i].x0, g.x0)
			if common > 0.4*min(l[i].x1-l[i].x0, g.x1-g.x0) && common > 0.05*g.size {
				hit = true
			}
		}
		if twin {
			same++
		}
		if hit {
			over++
		}
	}
	return same, over
}

// embolden marks the part of a layer that was printed twice.
func embolden(l []glyph, x run) {
	for i := range l {
		if l[i].x0 >= x.x0-0.2*x.size && l[i].x1 <= x.x1+0.2*x.size {
			l[i].style |= bold
		}
	}
}

// isUnderline reports whether a run is a line made of underscores.
func isUnderline(x run) bool {
	for _, g := range x.glyphs {
		if strings.Trim(g.text, "_ ") != "" {
			return false
		}
	}
	return x.visible > 0
}

func overlapsAny(ls [][]glyph, x run) bool {
	for _, l := range ls {
		for _, g := range l {
			if g.text != " " && g.text != "_" && g.x0 < x.x1 && g.x1 > x.x0 {
				return len(x.glyphs) > 3
			}
		}
	}
	return false
}

// dropUnderlines leaves out underscores that lie under letters.
func dropUnderlines(l []glyph) []glyph {
	if !slices.ContainsFunc(l, func(g glyph) bool { return g.text == "_" }) {
		return l
	}
	return slices.DeleteFunc(slices.Clone(l), func(g glyph) bool {
		if g.text != "_" {
			return false
		}
		mid := (g.x0 + g.x1) / 2
		i, _ := slices.BinarySearchFunc(l, mid-2*g.size, func(a glyph, at float64) int { return cmp.Compare(a.x0, at) })
		for ; i < len(l) && l[i].x0 < mid; i++ {
			if l[i].text != "_" && l[i].text != " " && l[i].x1 > mid {
				return true
			}
		}
		return false
	})
}

// superscripts are the raised forms of digits: a raised 2 in the text stays
// apart from the digits beside it and can be told from them.
var superscripts = [...]rune{'⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'}

// shown returns the text of a glyph; raised digits become superscripts.
func (g *glyph) shown() string {
	if g.style&raised == 0 || len(g.text) != 1 || g.text[0] < '0' || g.text[0] > '9' {
		return g.text
	}
	return string(superscripts[g.text[0]-'0'])
}

// isBlank reports whether a glyph shows nothing.
func (g *glyph) isBlank() bool { return strings.TrimLeft(g.text, " ") == "" }
