package kazakh

import "unicode/utf8"

// Features are hashed: a feature is a kind of fact and up to three small
// values, and its weight stands in a table of WeightSlots. Collisions are
// rare enough to be learned around.
const WeightSlots = 1 << 16

// fact is a kind of feature.
type fact uint32

const (
	factKind fact = iota + 1
	factEnding
	factPair
	factChain
	factFirst
	factLength
	factSyllables
	factLast
	factLast2
	factLast3
	factTail
	factRepair
	factSupport
	factOther
	factAlone
	factLexicon
	factNames
	factRest
)

// hash mixes a feature into a slot (FNV-1a over 32-bit words, then folded).
func hash(f fact, a, b, c uint32) uint32 {
	h := uint64(14695981039346656037)
	for _, v := range [4]uint32{uint32(f), a, b, c} {
		h = (h ^ uint64(v)) * 1099511628211
		h ^= h >> 29
	}
	return uint32(h>>32^h) & (WeightSlots - 1)
}

// Knowledge is what is known about stems apart from the word at hand.
type Knowledge interface {
	// Support returns how many words of plain text look like the stem with
	// nominal and with verbal endings, and how often it stands alone: each as
	// a power of two, from 0.
	Support(stem string) (nominal, verbal, alone uint32)
	// Class returns what the lexicon says: a set of classNoun, classVerb.
	Class(stem string) uint32
}

// Features appends the slots of a reading to dst.
func (c *Reading) Features(k Knowledge, dst []uint32) []uint32 {
	group := uint32(c.kind)
	if c.kind == kindNominal {
		group = uint32(kindVerb)
	}
	size := uint32(min(c.runes, 7))
	dst = append(dst,
		hash(factKind, uint32(c.kind), 0, 0),
		hash(factLength, group, size, 0),
		hash(factSyllables, group, syllables(c.Stem), 0),
		hash(factTail, group, uint32(min(c.tail, 9)), 0),
		hash(factRepair, uint32(c.fixed), group, 0),
	)
	dst = c.letters(group, dst)
	dst = c.endings(dst)
	return c.known(k, group, dst)
}

// letters adds the last letters of the stem.
func (c *Reading) letters(group uint32, dst []uint32) []uint32 {
	s := c.Stem
	a, n := utf8.DecodeLastRuneInString(s)
	s = s[:len(s)-n]
	b, n := utf8.DecodeLastRuneInString(s)
	s = s[:len(s)-n]
	d, _ := utf8.DecodeLastRuneInString(s)
	return append(dst,
		hash(factLast, group, uint32(a), 0),
		hash(factLast2, group, uint32(a), uint32(b)),
		hash(factLast3, group, uint32(a)<<16|uint32(b), uint32(d)),
	)
}

// endings adds the chain: each ending, each pair, the whole, and the first
// with the sound before it.
func (c *Reading) endings(dst []uint32) []uint32 {
	if c.n == 0 {
		return dst
	}
	whole := uint32(0)
	before := uint32(0)
	for _, k := range c.chain[:c.n] {
		e := endingNames[k]
		dst = append(dst, hash(factEnding, e, 0, 0), hash(factPair, before, e, 0))
		before = e
		whole = whole*61 + e
	}
	first := uint32(c.chain[0])
	last, _ := utf8.DecodeLastRuneInString(c.Stem)
	return append(dst,
		hash(factChain, whole, 0, 0),
		hash(factChain, whole, uint32(min(c.runes, 4)), 1),
		hash(factPair, before, 99, 0),
		hash(factFirst, first, uint32(last), 0),
		hash(factFirst, first, uint32(min(c.runes, 5)), 1<<20),
	)
}

// known adds what is known about the stem.
func (c *Reading) known(k Knowledge, group uint32, dst []uint32) []uint32 {
	size := uint32(min(c.runes, 5))
	nominal, verbal, alone := k.Support(c.Stem)
	class := k.Class(c.Stem)
	own, other := nominal, verbal
	if group == uint32(kindVerb) {
		own, other = verbal, nominal
	}
	return append(dst,
		hash(factSupport, group, own, size),
		hash(factSupport, group, own, 99),
		hash(factOther, group, other, 0),
		hash(factOther, group, own, 100+other),
		hash(factAlone, group, alone, 0),
		hash(factAlone, group, alone, 100+min(own, 6)),
		hash(factLexicon, group, class, size),
		hash(factLexicon, group, class, 99),
	)
}

func syllables(s string) uint32 {
	n := uint32(0)
	for _, r := range s {
		if isVowel(r) {
			n++
		}
	}
	return min(n, 4)
}

// endingNames numbers the names of endings, by row.
var endingNames = func() []uint32 {
	out := make([]uint32, len(endings))
	seen := map[string]uint32{}
	for i, e := range endings {
		n, ok := seen[e.name]
		if !ok {
			n = uint32(len(seen) + 1)
			seen[e.name] = n
		}
		out[i] = n
	}
	return out
}()
