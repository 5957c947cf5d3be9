package corpus

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// CodePoints returns how many Unicode code points of text stand before each of
// the byte offsets. Offsets are bytes inside the program and code points in all
// that leaves it. The text is walked once, however many offsets there are, and
// fastest when they ascend. An offset outside the text counts as its nearer
// end; one inside a code point as the place before it.
func CodePoints(text string, offsets ...int) []int {
	out := make([]int, len(offsets))
	order := make([]int, len(offsets))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(offsets[a], offsets[b]) })
	at, points := 0, 0
	for _, i := range order {
		off := boundary(text, offsets[i])
		if off > at {
			points += utf8.RuneCountInString(text[at:off])
			at = off
		}
		out[i] = points
	}
	return out
}

// boundary returns the place in text, at or before off, where a code point
// begins.
func boundary(text string, off int) int {
	off = max(0, min(off, len(text)))
	for range utf8.UTFMax - 1 {
		if off == 0 || off == len(text) || utf8.RuneStart(text[off]) {
			break
		}
		off--
	}
	return off
}
