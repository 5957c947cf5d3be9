package search

import (
	"encoding/binary"
	"iter"
	"sort"
	"strings"
)

// Lexicon is the exact forms of a library.
type Lexicon struct {
	Texts  []string // by FormID
	Order  []FormID // all of them, in byte order of their texts
	Shared []uint8  // by place in Order: the bytes that a form begins with as the one before does, up to maxShared
}

// maxShared leaves a bit of each byte free, for eight of them to be compared at once.
const maxShared = 127

// NewLexicon makes a lexicon of forms in order.
func NewLexicon(texts []string, order []FormID) Lexicon {
	l := Lexicon{texts, order, make([]uint8, len(order))}
	before := ""
	for i, id := range order {
		l.Shared[i] = uint8(min(sharedPrefix(before, texts[id]), maxShared))
		before = texts[id]
	}
	return l
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
	return sort.Search(len(l.Order), func(i int) bool { return l.Texts[l.Order[i]] >= text })
}

// pass returns the place of the first form behind another that does not begin
// with the same n bytes as that. Of forms that share more than maxShared bytes
// it may return one that does.
func (l Lexicon) pass(at, n int) int {
	const high, ones = 0x8080808080808080, 0x0101010101010101
	if at++; n > maxShared {
		return at
	}
	for at+8 <= len(l.Shared) && ((binary.LittleEndian.Uint64(l.Shared[at:])|high)-uint64(n)*ones)&high == high {
		at += 8
	}
	for at < len(l.Shared) && int(l.Shared[at]) >= n {
		at++
	}
	return at
}

// begin yields the forms that begin with prefix, in byte order.
func (l Lexicon) begin(prefix string) iter.Seq2[FormID, string] {
	return func(yield func(FormID, string) bool) {
		for _, id := range l.Order[l.place(prefix):] {
			if text := l.Texts[id]; !strings.HasPrefix(text, prefix) || !yield(id, text) {
				return
			}
		}
	}
}
