// Package collect gathers the postings of a leaf: of each paragraph the best
// score, and the paragraphs in order.
package collect

import (
	"math/bits"

	"dalel/search"
)

// Hits holds the best score of each paragraph of a leaf. It is as big as the
// library has paragraphs (8 bytes each), is used again and again, and all zero
// between uses. Setting bits and reading them in order is faster than sorting.
type Hits struct {
	bits   []uint64
	scores []float32
	ways   []uint32
	lo, hi int // words of bits that may have any set: from lo up to hi, exclusive
}

// Grow makes room for paragraphs below size.
func (h *Hits) Grow(size uint32) {
	if int(size) > len(h.scores) {
		room := int(size) + int(size)/8 + 64 // the library grows
		*h = Hits{bits: make([]uint64, (room+63)/64), scores: make([]float32, room), ways: make([]uint32, room)}
	}
	h.lo, h.hi = len(h.bits), 0
}

// Add notes a score; of two equal ones the first way's counts.
func (h *Hits) Add(p search.ParaNo, way uint32, score float32) {
	word, bit := int(p/64), uint64(1)<<(p%64)
	switch {
	case h.bits[word]&bit == 0:
		h.bits[word] |= bit
		h.lo, h.hi = min(h.lo, word), max(h.hi, word+1)
	case score <= h.scores[p]:
		return
	}
	h.scores[p], h.ways[p] = score, way
}

// Drain yields what was found, by paragraph, and empties h.
func (h *Hits) Drain(leaf int, yield func(search.Candidate, error) bool) bool {
	defer h.Clear()
	for word := h.lo; word < h.hi; word++ {
		for set := h.bits[word]; set != 0; set &= set - 1 {
			p := word*64 + bits.TrailingZeros64(set)
			c := search.Candidate{Para: search.ParaNo(p), Leaf: leaf, Score: h.scores[p], Way: int(h.ways[p])}
			if !yield(c, nil) {
				return false
			}
		}
	}
	return true
}

// Clear empties h.
func (h *Hits) Clear() {
	if h.lo < h.hi {
		clear(h.bits[h.lo:h.hi])
	}
	h.lo, h.hi = len(h.bits), 0
}
