package search

import (
	"iter"
	"sort"
	"strings"
)

// Lexicon is the exact forms of a library.
type Lexicon struct {
	Texts []string // by FormID
	Order []FormID // all of them, in byte order of their texts
}

// place returns the place in Order of the first form that is not below text,
// from a place on. It gallops, since what is sought is mostly near.
func (l Lexicon) place(from int, text string) int {
	step := 1
	for from+step < len(l.Order) && l.Texts[l.Order[from+step]] < text {
		from += step
		step *= 2
	}
	end := min(from+step, len(l.Order))
	return from + sort.Search(end-from, func(i int) bool { return l.Texts[l.Order[from+i]] >= text })
}

// begin yields the forms that begin with prefix, in byte order.
func (l Lexicon) begin(prefix string) iter.Seq2[FormID, string] {
	return func(yield func(FormID, string) bool) {
		for _, id := range l.Order[l.place(0, prefix):] {
			if text := l.Texts[id]; !strings.HasPrefix(text, prefix) || !yield(id, text) {
				return
			}
		}
	}
}

// after returns the least string that is above all that begin with prefix; ""
// if there is none.
func after(prefix string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1})
		}
	}
	return ""
}
