package forward

import (
	"encoding/binary"
	"slices"
	"sync"

	"dalel/corpus/names"
	"dalel/search"
)

// useCounter counts how the forms of a batch are written.
type useCounter struct {
	uses    []search.FormUses // by form
	touched []uint32          // forms that were counted
}

func (c *useCounter) count(form uint32, capital, first bool) {
	if int(form) >= len(c.uses) {
		c.uses = append(c.uses, make([]search.FormUses, int(form)+1-len(c.uses))...)
	}
	u := &c.uses[form]
	if *u == (search.FormUses{}) {
		c.touched = append(c.touched, form)
	}
	switch {
	case !capital:
		u.Lower++
	case first:
		u.First++
	default:
		u.Inside++
	}
}

// append writes the counts: how many, then step of the form and three numbers each.
func (c *useCounter) append(dst []byte) []byte {
	slices.Sort(c.touched)
	dst = binary.AppendUvarint(dst, uint64(len(c.touched)))
	last := uint32(0)
	for _, f := range c.touched {
		u := &c.uses[f]
		for _, v := range []uint32{f - last, u.Inside, u.First, u.Lower} {
			dst = binary.AppendUvarint(dst, uint64(v))
		}
		last = f
	}
	return dst
}

// applyUses adds the counts of a batch. The forms are known by then.
func (t *tables) applyUses(r *reader) {
	t.uses = append(t.uses, make([]search.FormUses, len(t.vocab.texts)-len(t.uses))...)
	form := uint64(0)
	for range r.Count() {
		form += uint64(r.U32())
		inside, first, lower := r.U32(), r.U32(), r.U32()
		if r.Bad || form >= uint64(len(t.uses)) {
			r.Fail()
			return
		}
		u := &t.uses[form]
		u.Inside, u.First, u.Lower = u.Inside+inside, u.First+first, u.Lower+lower
	}
}

// nameKeys finds forms by the keys of package names. It is made when first
// asked for, and goes on where it stopped when forms have come since: keys are
// not stored, so that their rules may change without another index.
type nameKeys struct {
	mu    sync.Mutex
	seen  *search.FormUses // first of the uses that were gone through last
	done  []bool           // by form
	byKey map[string][]search.FormID
}

// forms returns the forms of a view that have a key, by number.
func (k *nameKeys) forms(texts []string, uses []search.FormUses, key string) []search.FormID {
	if len(uses) == 0 {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.seen != &uses[0] || len(k.done) < len(uses) {
		k.extend(texts, uses)
	}
	var out []search.FormID
	for _, f := range k.byKey[key] {
		if int(f) < len(uses) && capital(uses[f]) { // a later view may know more
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

func (k *nameKeys) extend(texts []string, uses []search.FormUses) {
	if k.byKey == nil {
		k.byKey = map[string][]search.FormID{}
	}
	k.seen = &uses[0]
	k.done = append(k.done, make([]bool, max(0, len(uses)-len(k.done)))...)
	for f := range uses {
		if k.done[f] || !capital(uses[f]) {
			continue
		}
		k.done[f] = true
		for _, key := range names.Keys(texts[f]) {
			k.byKey[key] = append(k.byKey[key], search.FormID(f))
		}
	}
}

func capital(u search.FormUses) bool { return u.Inside > 0 || u.First > 0 }
