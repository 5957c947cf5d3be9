// Package strtab finds the numbers of strings: a hash table with open
// addressing that holds no strings, only their numbers in a list of the
// caller's. It takes 11 to 21 bytes a string, a fraction of a map.
package strtab

import (
	"hash/maphash"
	"math/bits"
)

// Table is the table. Make one with New.
type Table struct {
	seed  maphash.Seed
	slots []uint64 // 32 bits of the hash, then the number plus one; 0 if free
	used  int
}

// New returns an empty table.
func New() Table { return Table{seed: maphash.MakeSeed()} }

// Find returns the number of s in texts.
func (t *Table) Find(texts []string, s string) (uint32, bool) {
	if t.used == 0 {
		return 0, false
	}
	hash := maphash.String(t.seed, s) >> 32
	for i := t.slot(hash); ; i = (i + 1) & (len(t.slots) - 1) {
		v := t.slots[i]
		if v == 0 {
			return 0, false
		}
		if no := uint32(v) - 1; v>>32 == hash && texts[no] == s {
			return no, true
		}
	}
}

// slot returns the first slot to try: the length is a power of two.
func (t *Table) slot(hash uint64) int { return int(hash) & (len(t.slots) - 1) }

// Add adds a string that is not there, under a number.
func (t *Table) Add(s string, no uint32) {
	t.Grow(t.used + 1)
	t.put(maphash.String(t.seed, s)>>32<<32 | uint64(no+1))
	t.used++
}

func (t *Table) put(v uint64) {
	i := t.slot(v >> 32)
	for t.slots[i] != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = v
}

// Grow makes room for n strings, at three quarters full.
func (t *Table) Grow(n int) {
	if n <= len(t.slots)/4*3 {
		return
	}
	old := t.slots
	t.slots = make([]uint64, max(64, 1<<bits.Len(uint(n+n/3))))
	for _, v := range old {
		if v != 0 {
			t.put(v)
		}
	}
}

// Clear empties the table and keeps its memory.
func (t *Table) Clear() {
	clear(t.slots)
	t.used = 0
}
