package ui

import (
	"cmp"
	"slices"
	"strconv"

	"dalel/corpus"
	"dalel/search"
)

// The chart of works by year, in units of its own view box.
const (
	chartWidth  = 240
	chartHeight = 60
	chartBars   = 36 // more years than that share bars of 5, 10, 20 … years
	namedBars   = 6
	widest      = 22 // a chart of two years is not two walls
	minBar      = 3  // a year with one work must be seen beside one with thousands
)

// histogram is the chart of works by year. The template draws it as SVG and
// repeats it as a table.
type histogram struct {
	Width, Height int
	Bars          []bar
	First, Last   string // years at its ends
	Each          bool   // few enough bars to name each below it
}

// bar is one year, or a few.
type bar struct {
	X, Y, W, H int    // of the bar
	From, To   string // years; the same when it is one
	Works      int
	On         bool   // the filter asks for it
	URL        string // toggles that filter
}

// Years prints the years of a bar.
func (b bar) Years() string {
	if b.From == b.To {
		return b.From
	}
	return b.From + "–" + b.To
}

// years draws a facet of years. A chart of fewer than two bars tells nothing,
// and there is none.
func years(values []search.FacetValue, s state) *histogram {
	counts := map[int]int{}
	for _, v := range values {
		if y := corpus.Date(v.Value).Year(); y != 0 {
			counts[y] += v.Works
		}
	}
	if len(counts) == 0 {
		return nil
	}
	low, high := 10000, 0
	for y := range counts {
		low, high = min(low, y), max(high, y)
	}
	step := 1
	for _, step = range []int{1, 5, 10, 20, 50, 100, 500} {
		if (high-low)/step < chartBars {
			break
		}
	}
	low -= low % step
	n := (high-low)/step + 1
	if n < 2 {
		return nil
	}
	h := &histogram{Width: chartWidth, Height: chartHeight}
	for i := range n {
		h.Bars = append(h.Bars, s.bar(low+i*step, step, counts))
	}
	h.place()
	h.Each = n <= namedBars
	h.First, h.Last = h.Bars[0].From, h.Bars[n-1].To
	return h
}

// bar counts the works of the years from first on.
func (s state) bar(first, step int, counts map[int]int) bar {
	b := bar{From: strconv.Itoa(first), To: strconv.Itoa(first + step - 1)}
	for y := first; y < first+step; y++ {
		b.Works += counts[y]
	}
	from, to := s.span()
	lo, _ := from.Days()
	_, hi := to.Days()
	first1, _ := corpus.Date(b.From).Days()
	_, last := corpus.Date(b.To).Days()
	b.On = (from != "" || to != "") && lo <= first1 && (hi == 0 || last <= hi)
	switch {
	case b.On && (b.From == s.Year || b.From == string(from) && b.To == string(to)):
		b.URL = s.between("", "").URL()
	case step == 1:
		b.URL = s.between("", "").toggle(keyYear, b.From).URL()
	default:
		b.URL = s.between(corpus.Date(b.From), corpus.Date(b.To)).URL()
	}
	return b
}

// place gives each bar its place and height.
func (h *histogram) place() {
	most := slices.MaxFunc(h.Bars, func(a, b bar) int { return cmp.Compare(a.Works, b.Works) }).Works
	n := len(h.Bars)
	for i := range h.Bars {
		b := &h.Bars[i]
		left, right := i*h.Width/n, (i+1)*h.Width/n
		b.W = min(max(right-left-2, 2), widest)
		b.X = left + (right-left-b.W)/2
		if b.Works > 0 {
			b.H = max(b.Works*h.Height/most, minBar)
		}
		b.Y = h.Height - b.H
	}
}
