package works

import (
	"hash/fnv"
	"slices"
)

// candidates finds, for a document, those that it may be one text with,
// without looking at all: documents are filed under what two versions of one
// text can hardly fail to share. It is made anew whenever a library is opened to
// be changed, of some sixty drawers a document, so it is kept in few pieces.
type candidates struct {
	under map[drawer]pile
	slips []slip // of all piles
	free  int32  // the first slip that is not in use; 0 for none

	votes   []int32 // by document; all zero between two calls of of
	touched []int32 // documents with votes
}

// drawer is the hash of what documents are filed under.
type drawer uint64

// pile is what lies in a drawer: its first slip, and how many there are.
type pile struct{ first, n int32 }

// slip is a document in a drawer. Slip 0 is none.
type slip struct{ doc, next int32 }

type drawerSort uint64

const (
	ofKey drawerSort = iota
	ofBand
	ofNumbers
)

// drawer makes the hashes of one sort others than those of another.
func (s drawerSort) drawer(hash uint64) drawer {
	return drawer((hash ^ uint64(s)*prime64) * 0x9e3779b97f4a7c15)
}

func newCandidates() candidates {
	return candidates{under: map[drawer]pile{}, slips: make([]slip, 1)}
}

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

// filed are the drawers of a document: those that alone make a candidate, and
// those of numbers.
type filed struct{ strong, numbers []drawer }

// drawers are what a document is filed under.
func drawers(e *entry) filed {
	var f filed
	for _, k := range e.keys.likely {
		h := fnv.New64a()
		_, _ = h.Write([]byte(k)) // a hash never fails to write
		f.strong = append(f.strong, ofKey.drawer(h.Sum64()))
	}
	if e.print == nil {
		return f
	}
	f.strong = slices.Grow(f.strong, len(e.print.Mins)/bandRows)
	for i := 0; i+bandRows <= len(e.print.Mins); i += bandRows {
		h := uint64(i)
		for _, v := range e.print.Mins[i : i+bandRows] {
			h = h*prime64 ^ uint64(v)
		}
		f.strong = append(f.strong, ofBand.drawer(h))
	}
	for _, m := range e.print.Marks {
		if len(f.numbers) == maxNumbers {
			break
		}
		d := ofNumbers.drawer(uint64(m.Numbers))
		if m.Numbers != 0 && !slices.Contains(f.numbers, d) {
			f.numbers = append(f.numbers, d)
		}
	}
	return f
}

// of returns the documents that may be one text with a document of so many
// paragraphs, in order.
func (c *candidates) of(f filed, paragraphs int) []int32 {
	for _, d := range f.strong {
		c.vote(d, enoughVotes)
	}
	for _, d := range f.numbers { // one number in common is chance; a band or a key is not
		c.vote(d, 1)
	}
	var out []int32
	for _, doc := range c.touched {
		if c.votes[doc] >= enoughVotes || paragraphs > 0 && paragraphs <= shortText {
			out = append(out, doc)
		}
		c.votes[doc] = 0
	}
	c.touched = c.touched[:0]
	slices.Sort(out)
	return out
}

func (c *candidates) vote(d drawer, weight int32) {
	p := c.under[d]
	if p.n > crowd {
		return
	}
	for at := p.first; at != 0; at = c.slips[at].next {
		doc := c.slips[at].doc
		if c.votes[doc] == 0 {
			c.touched = append(c.touched, doc)
		}
		c.votes[doc] += weight
	}
}

const (
	// enoughVotes is how many numbers two texts share that are looked at.
	enoughVotes = 3
	// shortText is how many paragraphs a text has that is looked at for one.
	shortText = 12
)

func (c *candidates) add(doc int32, f filed) {
	for len(c.votes) <= int(doc) {
		c.votes = append(c.votes, 0)
	}
	for d := range f.all {
		p := c.under[d]
		c.under[d] = pile{c.slip(doc, p.first), p.n + 1}
	}
}

// slip returns the number of a slip, one that was thrown away if there is one.
func (c *candidates) slip(doc, next int32) int32 {
	at := c.free
	if at == 0 {
		c.slips = append(c.slips, slip{})
		at = int32(len(c.slips) - 1)
	} else {
		c.free = c.slips[at].next
	}
	c.slips[at] = slip{doc, next}
	return at
}

func (c *candidates) drop(doc int32, f filed) {
	for d := range f.all {
		p := c.under[d]
		for link := &p.first; *link != 0; link = &c.slips[*link].next {
			at := *link
			if c.slips[at].doc != doc {
				continue
			}
			*link = c.slips[at].next
			c.slips[at].next, c.free = c.free, at
			p.n--
			break
		}
		if p.n > 0 {
			c.under[d] = p
		} else {
			delete(c.under, d)
		}
	}
}

// all yields the drawers of a document.
func (f filed) all(yield func(drawer) bool) {
	for _, list := range [][]drawer{f.strong, f.numbers} {
		for _, d := range list {
			if !yield(d) {
				return
			}
		}
	}
}
