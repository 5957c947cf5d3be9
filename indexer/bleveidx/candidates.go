package bleveidx

import (
	"context"
	"iter"
	"math"
	"math/bits"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"dalel/indexer"
	"dalel/search"
)

// BM25's usual parameters.
const (
	k1 = 1.2
	b  = 0.75
)

// pollEvery is how many postings are read between two looks at the context:
// about a third of a millisecond.
const pollEvery = 4096

// Candidates yields, leaf by leaf and within a leaf by ascending Para, every
// paragraph that has a term of the leaf.
func (x *Index) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		const op = "bleveidx.candidates"
		v, err := x.view(op)
		if err != nil {
			yield(search.Candidate{}, err)
			return
		}
		defer v.release()
		found, _ := x.scratch.Get().(*hits)
		defer x.scratch.Put(found)
		found.grow(v.size)
		for leaf, refs := range p.Leaves {
			err := guard(op, func() error { return v.leaf(ctx, refs, found) })
			if err := x.wrap(op, err); err != nil {
				found.clear()
				yield(search.Candidate{}, err)
				return
			}
			if !found.drain(leaf, yield) {
				return
			}
		}
	}
}

// leaf reads the postings of all terms of a leaf into found.
func (v *view) leaf(ctx context.Context, refs []search.TermRef, found *hits) error {
	lists := make([]segment.PostingsList, len(v.segs)) // used again for each term
	var it segment.PostingsIterator
	var field search.Field
	var dicts []segment.TermDictionary
	for no, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if ref.Field != field || dicts == nil {
			var err error
			if dicts, err = v.dictionaries(string(ref.Field)); err != nil {
				return err
			}
			field = ref.Field
		}
		df, err := v.postings(dicts, indexer.CutTerm(ref.Text), lists)
		if err != nil {
			return err
		}
		if df == 0 {
			continue
		}
		s := newScorer(v.stats[string(ref.Field)], df, ref.Weight)
		for i, list := range lists {
			if list.Count() == 0 {
				continue // zap's iterator of a list that was used before would fail
			}
			if it, err = found.read(ctx, &v.segs[i], list, it, no, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *view) dictionaries(field string) ([]segment.TermDictionary, error) {
	dicts := make([]segment.TermDictionary, len(v.segs))
	for i := range v.segs {
		d, err := v.segs[i].snap.Segment().Dictionary(field)
		if err != nil {
			return nil, err
		}
		dicts[i] = d
	}
	return dicts, nil
}

// postings looks up a term in all segments, and returns how many paragraphs have it.
func (v *view) postings(dicts []segment.TermDictionary, term string, lists []segment.PostingsList) (df uint64, err error) {
	if term == "" {
		return 0, nil
	}
	for i, d := range dicts {
		lists[i], err = d.PostingsList([]byte(term), v.segs[i].snap.Deleted(), lists[i])
		if err != nil {
			return 0, err
		}
		df += lists[i].Count()
	}
	return df, nil
}

// scorer computes weight * idf * tf * (k1+1) / (tf + k1 * (1 - b + b * length/mean)).
type scorer struct {
	scale, base, perTerm float64
}

func newScorer(st fieldStats, df uint64, weight float64) scorer {
	n, have := float64(st.docs), float64(df)
	idf := math.Log(1 + (n-have+0.5)/(have+0.5))
	mean := float64(st.length) / n
	return scorer{scale: weight * idf * (k1 + 1), base: k1 * (1 - b), perTerm: k1 * b / mean}
}

// score takes the norm of a posting: zap gives one over the root of the length.
func (s *scorer) score(tf uint64, norm float64) float32 {
	f := float64(tf)
	return float32(s.scale * f / (f + s.base + s.perTerm/(norm*norm)))
}

// hits holds the best score of each paragraph of a leaf. It is as big as the
// library has paragraphs (8 bytes each), is used again and again, and all zero
// between uses. Setting bits and reading them in order is faster than sorting.
type hits struct {
	bits   []uint64
	scores []float32
	terms  []uint32
	lo, hi int // words of bits that may have any set: from lo up to hi, exclusive
}

// grow makes room for paragraphs below size.
func (h *hits) grow(size uint32) {
	if int(size) > len(h.scores) {
		room := int(size) + int(size)/8 + 64 // the library grows
		*h = hits{bits: make([]uint64, (room+63)/64), scores: make([]float32, room), terms: make([]uint32, room)}
	}
	h.lo, h.hi = len(h.bits), 0
}

// read adds the postings of a term in a segment. It returns the iterator, to
// be used again.
func (h *hits) read(ctx context.Context, seg *segmentView, list segment.PostingsList,
	old segment.PostingsIterator, term int, s scorer,
) (segment.PostingsIterator, error) {
	it := list.Iterator(true, true, false, old)
	for n := 1; ; n++ {
		p, err := it.Next()
		if err != nil || p == nil {
			return it, err
		}
		h.add(seg.paras[p.Number()], uint32(term), s.score(p.Frequency(), p.Norm()))
		if n%pollEvery == 0 && ctx.Err() != nil {
			return it, ctx.Err()
		}
	}
}

// add notes a score; of two equal ones the first term's counts.
func (h *hits) add(p search.ParaNo, term uint32, score float32) {
	word, bit := int(p/64), uint64(1)<<(p%64)
	switch {
	case h.bits[word]&bit == 0:
		h.bits[word] |= bit
		h.lo, h.hi = min(h.lo, word), max(h.hi, word+1)
	case score <= h.scores[p]:
		return
	}
	h.scores[p], h.terms[p] = score, term
}

// drain yields what was found, by paragraph, and empties h.
func (h *hits) drain(leaf int, yield func(search.Candidate, error) bool) bool {
	defer h.clear()
	for word := h.lo; word < h.hi; word++ {
		for set := h.bits[word]; set != 0; set &= set - 1 {
			p := word*64 + bits.TrailingZeros64(set)
			c := search.Candidate{Para: search.ParaNo(p), Leaf: leaf, Score: h.scores[p], TermNo: int(h.terms[p])}
			if !yield(c, nil) {
				return false
			}
		}
	}
	return true
}

func (h *hits) clear() {
	if h.lo < h.hi {
		clear(h.bits[h.lo:h.hi])
	}
	h.lo, h.hi = len(h.bits), 0
}
