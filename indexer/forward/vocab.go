package forward

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"dalel/indexer/internal/strtab"
	"dalel/search"
)

// vocab numbers the exact forms in the order they were first seen, so frequent
// forms tend to have small numbers. It only grows.
type vocab struct {
	mu     sync.RWMutex
	table  strtab.Table
	texts  []string // by number
	stems  stemTable
	sorted search.Lexicon // of the forms at the time of the last question
}

func (v *vocab) lookup(form string) (uint32, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.table.Find(v.texts, form)
}

// add gives the next numbers to forms, which must be new.
func (v *vocab) add(forms []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.texts = append(v.texts, forms...)
	v.table.Grow(len(v.texts))
	for i, f := range forms {
		v.table.Add(f, uint32(len(v.texts)-len(forms)+i))
	}
}

func newVocab() *vocab { return &vocab{table: strtab.New()} }

// all returns the forms by number. The slice is never written to again.
func (v *vocab) all() []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.texts
}

// lexicon returns all forms in byte order. It sorts those that came since the
// last call and merges them in.
func (v *vocab) lexicon() search.Lexicon {
	v.mu.Lock()
	defer v.mu.Unlock()
	if known := v.sorted.Order; len(known) < len(v.texts) {
		v.sorted = search.NewLexicon(v.texts, mergeForms(v.texts, known, sortForms(v.texts, len(known))))
	}
	return v.sorted
}

// sortForms returns the numbers from first on, in byte order of their forms.
// It compares the first sixteen bytes as two numbers, which spares most look-ups.
func sortForms(texts []string, first int) []uint32 {
	type keyed struct {
		high, low uint64
		id        uint32
	}
	list := make([]keyed, 0, len(texts)-first)
	for i, text := range texts[first:] {
		high, low := sortKey(text)
		list = append(list, keyed{high, low, uint32(first + i)})
	}
	slices.SortFunc(list, func(a, b keyed) int {
		switch {
		case a.high != b.high:
			return cmp.Compare(a.high, b.high)
		case a.low != b.low:
			return cmp.Compare(a.low, b.low)
		}
		return strings.Compare(texts[a.id], texts[b.id])
	})
	ids := make([]uint32, len(list))
	for i, k := range list {
		ids[i] = k.id
	}
	return ids
}

// sortKey returns the first sixteen bytes of s as numbers that sort like them.
func sortKey(s string) (high, low uint64) {
	var b [16]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
}

// mergeForms merges two sorted lists of numbers into a new one.
func mergeForms(texts []string, a, b []uint32) []uint32 {
	if len(a) == 0 {
		return b
	}
	out := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if texts[a[0]] < texts[b[0]] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
