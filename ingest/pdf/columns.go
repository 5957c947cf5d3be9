package pdf

import (
	"cmp"
	"math"
	"slices"
)

// Thresholds of columns, in mean font sizes.
const (
	gutterWidth  = 0.9 // least width of a gutter
	columnWidth  = 9.0 // least mean width of the lines on both sides: text, not cells
	columnLines  = 3   // least lines on both sides
	maxCutDepth  = 12
	maxGutters   = 24   // left edges that are tried
	maxColumnSeg = 4000 // segments in which columns are looked for
)

// inOrder returns the segments in reading order, in blocks: a block is a
// column, or what stands between columns. Full lines cut a page first; the
// stretches between them may have columns.
func inOrder(segs []segment) [][]segment {
	sortDown(segs)
	if len(segs) > maxColumnSeg {
		return [][]segment{segs}
	}
	return cutColumns(segs, 0)
}

// sortDown sorts from top to bottom, then from left to right. Baselines that
// differ by less than a third of a line count as one.
func sortDown(segs []segment) {
	slices.SortStableFunc(segs, func(a, b segment) int { return cmp.Compare(b.y, a.y) })
	for i := 0; i < len(segs); {
		j := i + 1
		for j < len(segs) && segs[i].y-segs[j].y < 0.3*min(segs[i].size, segs[j].size) {
			j++
		}
		slices.SortStableFunc(segs[i:j], func(a, b segment) int { return cmp.Compare(a.x0, b.x0) })
		i = j
	}
}

// cutColumns finds the best stretch with two columns, and cuts above, in and
// below it.
func cutColumns(segs []segment, depth int) [][]segment {
	if len(segs) < 2*columnLines || depth > maxCutDepth {
		return blocksOf(segs)
	}
	s := bestStretch(segs)
	if s.to == 0 {
		return blocksOf(segs)
	}
	var left, right []segment
	for _, g := range segs[s.from:s.to] {
		if g.x0 < s.x {
			left = append(left, g)
		} else {
			right = append(right, g)
		}
	}
	out := cutColumns(segs[:s.from:s.from], depth+1)
	out = append(out, cutColumns(left, depth+1)...)
	out = append(out, cutColumns(right, depth+1)...)
	return append(out, cutColumns(segs[s.to:], depth+1)...)
}

func blocksOf(segs []segment) [][]segment {
	if len(segs) == 0 {
		return nil
	}
	return [][]segment{segs}
}

// stretch is a part of a sorted list of segments that has a gutter at x.
type stretch struct {
	from, to int // to is 0 if there is none
	x        float64
	score    int // lines on the smaller side
}

// bestStretch tries the left edges that several segments share as the right
// side of a gutter.
func bestStretch(segs []segment) stretch {
	mean := 0.0
	for _, s := range segs {
		mean += s.size
	}
	mean /= float64(len(segs))
	var best stretch
	for _, x := range edges(segs, mean) {
		for _, s := range stretches(segs, x-0.1*mean, mean) {
			if s.score > best.score {
				best = s
			}
		}
	}
	return best
}

// edges returns the left edges that at least columnLines segments share, the
// most frequent first, without the leftmost.
func edges(segs []segment, mean float64) []float64 {
	xs := make([]float64, 0, len(segs))
	for _, s := range segs {
		xs = append(xs, s.x0)
	}
	slices.Sort(xs)
	type edge struct {
		x float64
		n int
	}
	var es []edge
	for _, x := range xs {
		if n := len(es); n > 0 && x-es[n-1].x < 0.5*mean {
			es[n-1].n++
			continue
		}
		es = append(es, edge{x, 1})
	}
	es = slices.DeleteFunc(es, func(e edge) bool { return e.n < columnLines || e.x-xs[0] < columnWidth/2*mean })
	slices.SortStableFunc(es, func(a, b edge) int { return cmp.Compare(b.n, a.n) })
	var out []float64
	for _, e := range es[:min(len(es), maxGutters)] {
		out = append(out, e.x)
	}
	return out
}

// stretches returns the parts of the list in which no segment crosses the
// gutter that ends at x, and which have lines of text on both sides. All
// segments of one baseline are in or out together.
func stretches(segs []segment, x, mean float64) []stretch {
	var out []stretch
	from := 0
	for i := 0; i <= len(segs); i++ {
		if i < len(segs) && !crosses(&segs[i], x, mean) {
			continue
		}
		to := i
		for to > from && i < len(segs) && sameRow(&segs[to-1], &segs[i]) {
			to--
		}
		if s, ok := judge(segs, from, to, x, mean); ok {
			out = append(out, s)
		}
		if from = i + 1; i < len(segs) {
			for from < len(segs) && sameRow(&segs[i], &segs[from]) {
				from++
			}
			i = max(i, from-1)
		}
	}
	return out
}

func sameRow(a, b *segment) bool { return math.Abs(a.y-b.y) < 0.3*min(a.size, b.size) }

// crosses reports whether a segment reaches into the gutter.
func crosses(s *segment, x, mean float64) bool {
	return s.x0 < x && s.x1 > x-gutterWidth*mean
}

// judge decides whether segs[from:to] is text in two columns. Lines above the
// second column's first and below both columns' last are left out.
func judge(segs []segment, from, to int, x, mean float64) (stretch, bool) {
	var n [2]int
	var width [2]float64
	first := [2]int{-1, -1}
	for i := from; i < to; i++ {
		side := 0
		if segs[i].x0 >= x {
			side = 1
		}
		if first[side] < 0 {
			first[side] = i
		}
		n[side]++
		width[side] += segs[i].x1 - segs[i].x0
	}
	for side := range n {
		if n[side] < columnLines || width[side] < columnWidth*mean*float64(n[side]) {
			return stretch{}, false
		}
	}
	return stretch{from: from, to: to, x: x, score: min(n[0], n[1])}, true
}
