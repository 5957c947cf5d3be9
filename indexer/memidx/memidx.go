// Package memidx is an engine in memory, for tests: slow, and simple enough
// to be right. What it answers is what other engines have to answer.
package memidx

import (
	"context"
	"errors"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// BM25's usual parameters.
const (
	k1 = 1.2
	b  = 0.75
)

// Index is an engine in memory. Its zero value is empty and ready.
type Index struct {
	mu     sync.RWMutex
	paras  map[search.ParaNo]paragraph
	closed bool
}

var _ indexer.Backend = (*Index)(nil)

// paragraph is the terms of one paragraph, by field.
type paragraph map[search.Field]terms

type terms struct {
	freq   map[string]int
	length int
}

// Put stores entries.
func (x *Index) Put(ctx context.Context, entries ...indexer.Entry) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.usable(ctx, "memidx.put"); err != nil {
		return err
	}
	if x.paras == nil {
		x.paras = map[search.ParaNo]paragraph{}
	}
	for _, e := range entries {
		p := paragraph{}
		for field, list := range e.Terms {
			if t := count(list); t.length > 0 {
				p[field] = t
			}
		}
		x.paras[e.Para] = p
	}
	return nil
}

func count(list []string) terms {
	t := terms{freq: map[string]int{}}
	for _, term := range list {
		if term != "" {
			t.freq[indexer.CutTerm(term)]++
			t.length++
		}
	}
	return t
}

// count returns how often a paragraph has any of some terms.
func (t terms) count(of []string) (n int) {
	for _, term := range of {
		n += t.freq[term]
	}
	return n
}

// Delete removes paragraphs.
func (x *Index) Delete(ctx context.Context, paras ...search.ParaNo) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.usable(ctx, "memidx.delete"); err != nil {
		return err
	}
	for _, p := range paras {
		delete(x.paras, p)
	}
	return nil
}

// Count returns how many paragraphs there are.
func (x *Index) Count(ctx context.Context) (int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.paras), x.usable(ctx, "memidx.count")
}

// Paras yields the paragraphs that there are.
func (x *Index) Paras(ctx context.Context) iter.Seq2[search.ParaNo, error] {
	return func(yield func(search.ParaNo, error) bool) {
		x.mu.RLock()
		paras, err := slices.Collect(maps.Keys(x.paras)), x.usable(ctx, "memidx.paras")
		x.mu.RUnlock()
		if err != nil {
			yield(0, err)
			return
		}
		for _, p := range paras {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// Close ends the use of the index.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closed = true
	return nil
}

func (x *Index) usable(ctx context.Context, op string) error {
	if x.closed {
		return &corpus.Error{Op: op, Kind: corpus.ErrUnavailable, Err: errors.New("closed")}
	}
	return ctx.Err()
}

// Candidates yields, leaf by leaf, the paragraphs that have it.
func (x *Index) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		for leaf := range p.Leaves {
			found, err := x.leaf(ctx, p.Leaves[leaf])
			if err != nil {
				yield(search.Candidate{}, err)
				return
			}
			for _, c := range found {
				c.Leaf = leaf
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

// leaf returns the candidates of one leaf, by paragraph, with the best score
// of each; of equal ones the first way's.
func (x *Index) leaf(ctx context.Context, ways []search.Way) ([]search.Candidate, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	best := map[search.ParaNo]search.Candidate{}
	for i, way := range ways {
		if err := x.usable(ctx, "memidx.candidates"); err != nil {
			return nil, err
		}
		for para, score := range x.scores(&way) {
			if c, ok := best[para]; !ok || score > c.Score {
				best[para] = search.Candidate{Para: para, Score: score, Way: i}
			}
		}
	}
	list := make([]search.Candidate, 0, len(best))
	for _, para := range slices.Sorted(maps.Keys(best)) {
		list = append(list, best[para])
	}
	return list, nil
}

// scores returns BM25 times the weight for each paragraph that has a term of a
// way, as if they were one term.
// Paragraphs without any term in the field do not count for N nor for the
// mean length: each field is a collection of its own.
func (x *Index) scores(way *search.Way) map[search.ParaNo]float32 {
	held := indexer.HeldTerms(way)
	n, df, total := 0.0, 0.0, 0.0
	for _, p := range x.paras {
		if t, ok := p[way.Field]; ok {
			n++
			total += float64(t.length)
			if t.count(held) > 0 {
				df++
			}
		}
	}
	idf := math.Log(1 + (n-df+0.5)/(df+0.5))
	scores := map[search.ParaNo]float32{}
	for no, p := range x.paras {
		if tf := float64(p[way.Field].count(held)); tf > 0 {
			length := float64(p[way.Field].length) / (total / n)
			scores[no] = float32(way.Weight * idf * tf * (k1 + 1) / (tf + k1*(1-b+b*length)))
		}
	}
	return scores
}

// Terms yields the terms of a field that begin with prefix, in byte order.
func (x *Index) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) {
		paras, err := x.terms(ctx, f, prefix)
		if err != nil {
			yield(search.Term{}, err)
			return
		}
		for _, term := range slices.Sorted(maps.Keys(paras)) {
			if err := ctx.Err(); err != nil {
				yield(search.Term{}, err)
				return
			}
			if !yield(search.Term{Text: term, Paras: paras[term]}, nil) {
				return
			}
		}
	}
}

// terms counts the paragraphs of each term.
func (x *Index) terms(ctx context.Context, f search.Field, prefix string) (map[string]int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	paras := map[string]int{}
	for _, p := range x.paras {
		for term := range p[f].freq {
			if strings.HasPrefix(term, prefix) {
				paras[term]++
			}
		}
	}
	return paras, x.usable(ctx, "memidx.terms")
}
