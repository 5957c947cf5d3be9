package forward

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"slices"
	"sort"
	"strings"
	"sync"
)

// vocab numbers the exact forms in the order they were first seen, so frequent
// forms tend to have small numbers. It only grows.
type vocab struct {
	mu     sync.RWMutex
	table  formTable
	texts  []string // by number
	sorted []uint32 // the first len(sorted) numbers, in byte order of their forms
}

func (v *vocab) lookup(form string) (uint32, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.table.find(v.texts, form)
}

// add gives the next numbers to forms, which must be new.
func (v *vocab) add(forms []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.texts = append(v.texts, forms...)
	v.table.grow(len(v.texts))
	for i, f := range forms {
		v.table.add(f, uint32(len(v.texts)-len(forms)+i))
	}
}

// formTable finds the numbers of forms: a hash table with open addressing that
// holds no strings. It takes 11 to 21 bytes a form, a fraction of a map.
type formTable struct {
	seed  maphash.Seed
	slots []uint64 // 32 bits of the hash, then the number plus one; 0 if free
	used  int
}

func newVocab() *vocab { return &vocab{table: formTable{seed: maphash.MakeSeed()}} }

func (t *formTable) find(texts []string, form string) (uint32, bool) {
	if t.used == 0 {
		return 0, false
	}
	hash := maphash.String(t.seed, form) >> 32
	for i := t.slot(hash); ; i = (i + 1) & (len(t.slots) - 1) {
		s := t.slots[i]
		if s == 0 {
			return 0, false
		}
		if id := uint32(s) - 1; s>>32 == hash && texts[id] == form {
			return id, true
		}
	}
}

// slot returns the first slot to try: the length is a power of two.
func (t *formTable) slot(hash uint64) int { return int(hash) & (len(t.slots) - 1) }

// add adds a form that is not there. There must be room.
func (t *formTable) add(form string, id uint32) {
	t.put(maphash.String(t.seed, form)>>32<<32 | uint64(id+1))
	t.used++
}

func (t *formTable) put(s uint64) {
	i := t.slot(s >> 32)
	for t.slots[i] != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = s
}

// grow makes room for n forms, at three quarters full.
func (t *formTable) grow(n int) {
	if n <= len(t.slots)/4*3 {
		return
	}
	old := t.slots
	t.slots = make([]uint64, max(64, 1<<bits.Len(uint(n+n/3))))
	for _, s := range old {
		if s != 0 {
			t.put(s)
		}
	}
}

// all returns the forms by number. The slice is never written to again.
func (v *vocab) all() []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.texts
}

// order returns the numbers of all forms in byte order of the forms. It sorts
// those that came since the last call and merges them in.
func (v *vocab) order() []uint32 {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.sorted) == len(v.texts) {
		return v.sorted
	}
	v.sorted = mergeForms(v.texts, v.sorted, sortForms(v.texts, len(v.sorted)))
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

// from returns the part of order that begins with the first form not below prefix.
func from(order []uint32, texts []string, prefix string) []uint32 {
	return order[sort.Search(len(order), func(i int) bool { return texts[order[i]] >= prefix }):]
}
