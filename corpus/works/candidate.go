package works

import (
	"hash/fnv"
	"slices"

	"dalel/corpus"
)

// candidates finds, for a document, those that it may be one text with,
// without looking at all: documents are filed under what two versions of one
// text can hardly fail to share.
type candidates struct {
	under map[drawer][]corpus.ID
}

// drawer is the hash of what documents are filed under.
type drawer struct {
	sort drawerSort
	hash uint64
}

type drawerSort uint8

const (
	ofKey drawerSort = iota
	ofBand
	ofNumbers
)

func newCandidates() candidates { return candidates{under: map[drawer][]corpus.ID{}} }

// Documents are filed under bands of their least hashes: two texts that
// resemble each other by .55 share one of 32 bands of 4 with a probability of
// .96.
const (
	bandRows = 4
	// crowd is how many documents may be filed under one thing before it says
	// nothing: the year 2014, a preamble that a thousand papers have.
	crowd = 64
	// maxNumbers bounds the paragraphs with numbers that a document is filed
	// under.
	maxNumbers = 200
)

// drawers are what a document is filed under.
func drawers(e *entry) []drawer {
	out := make([]drawer, 0, 64)
	for _, k := range e.keys.likely {
		h := fnv.New64a()
		_, _ = h.Write([]byte(k)) // a hash never fails to write
		out = append(out, drawer{ofKey, h.Sum64()})
	}
	if e.print == nil {
		return out
	}
	for i := 0; i+bandRows <= len(e.print.Mins); i += bandRows {
		h := uint64(i)
		for _, v := range e.print.Mins[i : i+bandRows] {
			h = h*1_099_511_628_211 ^ uint64(v)
		}
		out = append(out, drawer{ofBand, h})
	}
	seen := map[uint32]bool{}
	for _, m := range e.print.Marks {
		if m.Numbers != 0 && !seen[m.Numbers] && len(seen) < maxNumbers {
			seen[m.Numbers] = true
			out = append(out, drawer{ofNumbers, uint64(m.Numbers)})
		}
	}
	return out
}

// of returns the documents that e may be one text with, in order.
func (c *candidates) of(e *entry) []corpus.ID {
	votes := map[corpus.ID]int{}
	for _, d := range drawers(e) {
		ids := c.under[d]
		if len(ids) > crowd {
			continue
		}
		weight := 1
		if d.sort != ofNumbers { // one number in common is chance; a band or a key is not
			weight = enoughVotes
		}
		for _, id := range ids {
			votes[id] += weight
		}
	}
	var out []corpus.ID
	for id, n := range votes {
		if n >= enoughVotes || e.print != nil && len(e.print.Marks) <= shortText {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

const (
	// enoughVotes is how many numbers two texts share that are looked at.
	enoughVotes = 3
	// shortText is how many paragraphs a text has that is looked at for one.
	shortText = 12
)

func (c *candidates) add(id corpus.ID, e *entry) {
	for _, d := range drawers(e) {
		c.under[d] = append(c.under[d], id)
	}
}

func (c *candidates) drop(id corpus.ID, e *entry) {
	for _, d := range drawers(e) {
		if rest := slices.DeleteFunc(c.under[d], func(x corpus.ID) bool { return x == id }); len(rest) > 0 {
			c.under[d] = rest
		} else {
			delete(c.under, d)
		}
	}
}
