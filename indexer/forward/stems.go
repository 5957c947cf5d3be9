package forward

import (
	"encoding/binary"
	"math/bits"

	"dalel/corpus/lang"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

// stemLangs numbers the languages that have stems. The order is part of the
// format.
var stemLangs = [...]lang.Code{lang.KK, lang.RU, lang.EN}

func langNumber(c lang.Code) int {
	for i, l := range stemLangs {
		if l == c {
			return i
		}
	}
	return -1
}

// stemTable finds the forms of a stem in a language: a hash table of chains
// that holds hashes of 64 bits in place of the stems. It guards itself as vocab
// does, and only grows.
type stemTable struct {
	heads []uint32 // by the low bits of the hash: the first pair, plus one
	pairs []stemPair
	known [len(stemLangs)]bitset // forms whose stems are there
}

// stemPair is a stem and one of its forms.
type stemPair struct {
	hash uint64
	form uint32
	next uint32 // the next pair of the chain, plus one
}

// bitset is a set of small numbers.
type bitset []uint64

func (b bitset) has(i uint32) bool { return int(i/64) < len(b) && b[i/64]>>(i%64)&1 == 1 }

func (b *bitset) add(i uint32) {
	if n := int(i/64) + 1; n > len(*b) {
		*b = append(*b, make([]uint64, n-len(*b))...)
	}
	(*b)[i/64] |= 1 << (i % 64)
}

// stemHash is FNV-1a (Fowler, Noll, Vo) of a stem, begun with its language.
func stemHash(code int, stem string) uint64 {
	h := uint64(14695981039346656037) + uint64(code)
	for i := range len(stem) {
		h = (h ^ uint64(stem[i])) * 1099511628211
	}
	return h ^ h>>29 // the low bits choose the chain
}

func (t *stemTable) add(code int, stem string, form uint32) {
	if len(t.pairs) >= len(t.heads) {
		t.grow()
	}
	hash := stemHash(code, stem)
	head := &t.heads[hash&uint64(len(t.heads)-1)]
	t.pairs = append(t.pairs, stemPair{hash, form, *head})
	*head = uint32(len(t.pairs))
}

func (t *stemTable) grow() {
	t.heads = make([]uint32, max(1024, 1<<bits.Len(uint(2*len(t.pairs)))))
	for i := range t.pairs {
		head := &t.heads[t.pairs[i].hash&uint64(len(t.heads)-1)]
		t.pairs[i].next, *head = *head, uint32(i+1)
	}
}

// forms appends the forms of a stem that are below limit, in descending order.
func (t *stemTable) forms(dst []search.FormID, code int, stem string, limit int) []search.FormID {
	if len(t.heads) == 0 {
		return dst
	}
	hash := stemHash(code, stem)
	for at := t.heads[hash&uint64(len(t.heads)-1)]; at != 0; at = t.pairs[at-1].next {
		if p := &t.pairs[at-1]; p.hash == hash && int(p.form) < limit {
			dst = append(dst, p.form)
		}
	}
	return dst
}

// newStems gathers the forms that are new in a language: their stems are not
// known yet.
type newStems struct {
	seen  [len(stemLangs)]bitset
	forms [len(stemLangs)][]uint32
}

// take notes the forms of a paragraph's tokens, in the languages it is read as.
func (n *newStems) take(t *stemTable, langs []lang.Code, forms []uint32) {
	for _, l := range langs {
		code := langNumber(l)
		if code < 0 {
			continue
		}
		for _, form := range forms {
			if !t.known[code].has(form) && !n.seen[code].has(form) {
				n.seen[code].add(form)
				n.forms[code] = append(n.forms[code], form)
			}
		}
	}
}

// append writes the stems: for each language how many forms, and of each the
// number, how many stems, and for each stem how much of the form it begins with
// and the rest of it. text gives the text of a form.
func (n *newStems) append(dst []byte, stem func(string, lang.Code) []string, text func(uint32) string) []byte {
	for code, l := range stemLangs {
		dst = binary.AppendUvarint(dst, uint64(len(n.forms[code])))
		last := uint32(0)
		for _, form := range n.forms[code] {
			dst = binary.AppendVarint(dst, int64(form)-int64(last))
			last = form
			whole := text(form)
			stems := stem(whole, l)
			dst = binary.AppendUvarint(dst, uint64(len(stems)))
			for _, stem := range stems {
				shared := 0
				for shared < len(stem) && shared < len(whole) && stem[shared] == whole[shared] {
					shared++
				}
				dst = binary.AppendUvarint(dst, uint64(len(whole)-shared))
				dst = wire.AppendString(dst, stem[shared:])
			}
		}
	}
	return dst
}

// applyStems reads the stems of a batch. The forms are known by then.
func (t *tables) applyStems(r *reader) {
	raw, err := t.unzip.DecodeAll(r.Bytes(r.Count()), nil)
	if err != nil {
		r.Fail()
		return
	}
	all := &reader{wire.Reader{B: raw}}
	t.vocab.mu.Lock()
	defer t.vocab.mu.Unlock()
	var stem []byte
	for code := range stemLangs {
		form := int64(0)
		for range all.Count() {
			form += all.Varint()
			count := all.Count()
			if all.Bad || form < 0 || form >= int64(len(t.vocab.texts)) {
				r.Fail()
				return
			}
			whole := t.vocab.texts[form]
			for range count {
				cut := all.Uvarint()
				rest := all.Bytes(all.Count())
				if cut > uint64(len(whole)) {
					r.Fail()
					return
				}
				stem = append(append(stem[:0], whole[:len(whole)-int(cut)]...), rest...)
				t.vocab.stems.add(code, string(stem), uint32(form))
			}
			t.vocab.stems.known[code].add(uint32(form))
		}
	}
	if all.Bad || all.Pos != len(raw) {
		r.Fail()
	}
}

// StemForms appends the forms that have a stem in a language to dst.
func (v *view) StemForms(code lang.Code, stem string, dst []search.FormID) []search.FormID {
	n := langNumber(code)
	if n < 0 {
		return dst
	}
	v.vocab.mu.RLock()
	defer v.vocab.mu.RUnlock()
	return v.vocab.stems.forms(dst, n, stem, len(v.forms))
}
