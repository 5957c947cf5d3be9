package search

import (
	"encoding/binary"
	"iter"
	"sort"
	"strings"
)

// Lexicon is the exact forms of a library, in byte order. It has a copy of their
// texts, one behind the other: to go through texts that stand all over the memory
// takes twice the time.
type Lexicon struct {
	Order  []FormID // of all forms
	text   string   // the forms, in order
	ends   []uint32 // of each, in text
	shared []uint8  // the bytes that each begins with as the one before does, up to maxShared
}

// maxShared leaves a bit of each byte free, for eight of them to be compared at once.
const maxShared = 127

// NewLexicon makes a lexicon of forms in order; texts are by FormID.
func NewLexicon(texts []string, order []FormID) Lexicon {
	size := 0
	for _, id := range order {
		size += len(texts[id])
	}
	l := Lexicon{Order: order, ends: make([]uint32, len(order)), shared: make([]uint8, len(order))}
	all, before := make([]byte, 0, size), ""
	for i, id := range order {
		all = append(all, texts[id]...)
		l.ends[i] = uint32(len(all))
		l.shared[i] = uint8(min(sharedPrefix(before, texts[id]), maxShared))
		before = texts[id]
	}
	l.text = string(all)
	return l
}

// form returns the form at a place in Order.
func (l Lexicon) form(at int) string {
	start := uint32(0)
	if at > 0 {
		start = l.ends[at-1]
	}
	return l.text[start:l.ends[at]]
}

func sharedPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// place returns the place in Order of the first form that is not below text.
func (l Lexicon) place(text string) int {
	return sort.Search(len(l.Order), func(i int) bool { return l.form(i) >= text })
}

// pass returns the place of the first form behind another that does not begin
// with the same n bytes as that. Of forms that share more than maxShared bytes
// it may return one that does.
func (l Lexicon) pass(at, n int) int {
	const high, ones = 0x8080808080808080, 0x0101010101010101
	if at++; n > maxShared {
		return at
	}
	for at+8 <= len(l.shared) && ((binary.LittleEndian.Uint64(l.shared[at:])|high)-uint64(n)*ones)&high == high {
		at += 8
	}
	for at < len(l.shared) && int(l.shared[at]) >= n {
		at++
	}
	return at
}

// begin yields the forms that begin with prefix, in byte order.
func (l Lexicon) begin(prefix string) iter.Seq2[FormID, string] {
	return func(yield func(FormID, string) bool) {
		for at := l.place(prefix); at < len(l.Order); at++ {
			if text := l.form(at); !strings.HasPrefix(text, prefix) || !yield(l.Order[at], text) {
				return
			}
		}
	}
}
