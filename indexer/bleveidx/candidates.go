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
// paragraph that has it.
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
		for leaf, ways := range p.Leaves {
			err := guard(op, func() error { return v.leaf(ctx, ways, found) })
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

// leaf reads the postings of all ways of a leaf into found.
func (v *view) leaf(ctx context.Context, ways []search.Way, found *collect.Hits) error {
	r := wayReader{lists: make([]segment.PostingsList, len(v.segs)), sums: make([]sums, len(v.segs))}
	for no := range ways {
		df, err := r.gather(ctx, v, &ways[no])
		if err != nil {
			return err
		}
		if df == 0 {
			continue
		}
		s := newScorer(v.stats[string(ways[no].Field)], df, ways[no].Weight)
		for i := range r.sums {
			for n, sum := range r.sums[i] {
				found.Add(v.segs[i].paras[n], uint32(no), s.score(sum.tf, sum.norm))
			}
		}
	}
	return nil
}

// wayReader adds up the postings of the terms of a way. What it holds is used
// again for each term.
type wayReader struct {
	lists []segment.PostingsList
	it    segment.PostingsIterator
	sums  []sums // by segment
}

// sums holds, by the number of a paragraph in its segment, how often it has any
// of the terms, and its norm.
type sums map[uint64]sum

type sum struct {
	tf   uint64
	norm float64
}

// gather returns how many paragraphs have the way.
func (r *wayReader) gather(ctx context.Context, v *view, way *search.Way) (df int, err error) {
	for i := range r.sums {
		r.sums[i] = sums{}
	}
	dicts, err := v.dictionaries(string(way.Field))
	if err != nil {
		return 0, err
	}
	for _, term := range indexer.HeldTerms(way) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := v.postings(dicts, term, r.lists); err != nil {
			return 0, err
		}
		for i, list := range r.lists {
			if list.Count() == 0 {
				continue // zap's iterator of a list that was used before would fail
			}
			if r.it, err = r.sums[i].read(ctx, list, r.it); err != nil {
				return 0, err
			}
		}
	}
	for i := range r.sums {
		df += len(r.sums[i])
	}
	return df, nil
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

// postings looks up a term in all segments.
func (v *view) postings(dicts []segment.TermDictionary, term string, lists []segment.PostingsList) (err error) {
	for i, d := range dicts {
		lists[i], err = d.PostingsList([]byte(term), v.segs[i].snap.Deleted(), lists[i])
		if err != nil {
			return err
		}
	}
	return nil
}

// scorer computes weight * idf * tf * (k1+1) / (tf + k1 * (1 - b + b * length/mean)).
type scorer struct {
	scale, base, perTerm float64
}

func newScorer(st fieldStats, df int, weight float64) scorer {
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

// read adds the postings of a term. It returns the iterator, to be used again.
func (s sums) read(ctx context.Context, list segment.PostingsList, old segment.PostingsIterator) (segment.PostingsIterator, error) {
	it := list.Iterator(true, true, false, old)
	for n := 1; ; n++ {
		p, err := it.Next()
		if err != nil || p == nil {
			return it, err
		}
		s[p.Number()] = sum{s[p.Number()].tf + p.Frequency(), p.Norm()}
		if n%pollEvery == 0 && ctx.Err() != nil {
			return it, ctx.Err()
		}
	}
}
