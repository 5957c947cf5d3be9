package kazakh

import "unicode/utf8"

// WeightSlots is the size of the table of weights. Features are hashed into
// it: a feature is a kind of fact and up to three small values. Collisions are
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
	factRival
	factShorter
	factRank
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

// maxSlots is about the most features that a reading has.
const maxSlots = 44

// Features appends to dst, for each reading of one word, its slots.
func Features(readings []Reading, k Knowledge, dst [][]uint32) [][]uint32 {
	facts := make([]stemFacts, len(readings))
	for i := range readings {
		facts[i] = readings[i].look(k)
	}
	all := make([]uint32, 0, maxSlots*len(readings)) // one piece of memory for all
	for i := range readings {
		start := len(all)
		all = readings[i].own(&facts[i], all)
		all = readings[i].compared(i, readings, facts, all)
		dst = append(dst, all[start:len(all):len(all)])
	}
	return dst
}

// stemFacts is what is known about the stem of a reading.
type stemFacts struct {
	own, other, alone, class uint32 // own: support with endings of the reading's kind
	listed                   uint32 // the lexicon has the stem as this kind: 1 as a form of another root, 2, 3 as a core verb
}

func (c *Reading) look(k Knowledge) stemFacts {
	nominal, verbal, alone := k.Support(c.Stem)
	f := stemFacts{own: nominal, other: verbal, alone: alone, class: k.Class(c.Stem)}
	is, formed := f.class&classNominal, f.class&classFormed
	if c.Verbal() {
		f.own, f.other = verbal, nominal
		is, formed = f.class&classVerb, f.class&classVoiced
	}
	switch {
	case is == 0:
	case formed != 0:
		f.listed = 1
	case c.Verbal() && f.class&classCore != 0:
		f.listed = 3
	default:
		f.listed = 2
	}
	return f
}

// group is the kind of a reading, verbs with and without nominal endings as one.
func (c *Reading) group() uint32 {
	if c.kind == kindNominal {
		return uint32(kindVerb)
	}
	return uint32(c.kind)
}

// own adds the features of the reading by itself.
func (c *Reading) own(f *stemFacts, dst []uint32) []uint32 {
	group := c.group()
	size := uint32(min(c.runes, 7))
	dst = append(dst,
		hash(factKind, uint32(c.kind), 0, 0),
		hash(factLength, group, size, f.listed),
		hash(factSyllables, group, syllables(c.Stem), f.listed),
		hash(factTail, group, uint32(min(c.tail, 9)), 0),
		hash(factRepair, uint32(c.fixed), group, 0),
	)
	dst = c.letters(group, f.listed, dst)
	dst = c.endings(f.listed, dst)
	return c.known(f, group, dst)
}

// compared adds what sets the reading apart from the other ones of the word.
func (c *Reading) compared(i int, readings []Reading, facts []stemFacts, dst []uint32) []uint32 {
	var shorter, longer, best, listedShorter, listedLonger uint32
	f := &facts[i]
	for j := range readings {
		if j == i || readings[j].Stem == c.Stem {
			continue
		}
		best = max(best, facts[j].own)
		mark := facts[j].listed
		if mark > 0 && readings[j].Verbal() {
			mark += 4
		}
		if readings[j].runes < c.runes {
			shorter = max(shorter, facts[j].own)
			listedShorter = max(listedShorter, mark)
		} else {
			longer = max(longer, facts[j].own)
			listedLonger = max(listedLonger, mark)
		}
	}
	group := c.group()
	return append(dst,
		hash(factRival, group, f.listed, listedShorter<<8|listedLonger),
		hash(factRival, group, f.listed, listedShorter<<8|255),
		hash(factRival, group, f.listed, listedLonger|255<<8),
		hash(factShorter, group, f.listed, 100*difference(f.own, shorter)+difference(f.own, longer)),
		hash(factRank, group, f.listed, difference(f.own, best)),
	)
}

// difference is a-b, from -4 to 4, as a small number.
func difference(a, b uint32) uint32 {
	return uint32(min(max(int(a)-int(b), -4), 4) + 4)
}

// letters adds the last letters of the stem.
func (c *Reading) letters(group, listed uint32, dst []uint32) []uint32 {
	s := c.Stem
	a, n := utf8.DecodeLastRuneInString(s)
	s = s[:len(s)-n]
	b, n := utf8.DecodeLastRuneInString(s)
	s = s[:len(s)-n]
	d, _ := utf8.DecodeLastRuneInString(s)
	dst = append(dst, hash(factLast, group, uint32(a), listed))
	if listed > 1 {
		return dst
	}
	return append(dst,
		hash(factLast2, group, uint32(a), uint32(b)),
		hash(factLast3, group, uint32(a)<<16|uint32(b), uint32(d)),
	)
}

// endings adds the chain: each ending, each pair, the whole, and the first
// with the sound before it.
func (c *Reading) endings(listed uint32, dst []uint32) []uint32 {
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
		hash(factChain, whole, uint32(min(c.runes, 4)), 1+listed),
		hash(factPair, before, 99, 0),
		hash(factFirst, first, uint32(last), 0),
		hash(factFirst, first, uint32(min(c.runes, 5)), 1<<20+listed),
	)
}

// known adds what is known about the stem.
func (c *Reading) known(f *stemFacts, group uint32, dst []uint32) []uint32 {
	size := uint32(min(c.runes, 5))
	return append(dst,
		hash(factSupport, group, f.own, size),
		hash(factSupport, group, f.own, 99),
		hash(factOther, group, f.other, 0),
		hash(factOther, group, f.own, 100+f.other),
		hash(factAlone, group, f.alone, 0),
		hash(factAlone, group, f.alone, 100+min(f.own, 6)),
		hash(factLexicon, group, f.class, size),
		hash(factLexicon, group, f.class, 99),
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
