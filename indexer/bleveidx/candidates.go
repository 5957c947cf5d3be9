package bleveidx

import (
	"context"
	"iter"
	"math"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"dalel/indexer"
	"dalel/indexer/internal/collect"
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
		found, _ := x.scratch.Get().(*collect.Hits)
		defer x.scratch.Put(found)
		found.Grow(v.size)
		for leaf, refs := range p.Leaves {
			err := guard(op, func() error { return v.leaf(ctx, refs, found) })
			if err := x.wrap(op, err); err != nil {
				found.Clear()
				yield(search.Candidate{}, err)
				return
			}
			if !found.Drain(leaf, yield) {
				return
			}
		}
	}
}

// leaf reads the postings of all terms of a leaf into found.
func (v *view) leaf(ctx context.Context, refs []search.TermRef, found *collect.Hits) error {
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
			if it, err = read(ctx, found, &v.segs[i], list, it, no, s); err != nil {
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

// read adds the postings of a term in a segment. It returns the iterator, to
// be used again.
func read(ctx context.Context, h *collect.Hits, seg *segmentView, list segment.PostingsList,
	old segment.PostingsIterator, term int, s scorer,
) (segment.PostingsIterator, error) {
	it := list.Iterator(true, true, false, old)
	for n := 1; ; n++ {
		p, err := it.Next()
		if err != nil || p == nil {
			return it, err
		}
		h.Add(seg.paras[p.Number()], uint32(term), s.score(p.Frequency(), p.Norm()))
		if n%pollEvery == 0 && ctx.Err() != nil {
			return it, ctx.Err()
		}
	}
}
