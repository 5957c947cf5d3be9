package postings

import (
	"bytes"
	"context"
	"iter"
	"math"
	"sort"

	"dalel/indexer"
	"dalel/indexer/internal/collect"
	"dalel/search"
)

// BM25's usual parameters.
const (
	k1 = 1.2
	b  = 0.75
)

// pollEvery is how many cheap steps pass between two looks at the context.
const pollEvery = 4096

// Candidates yields, leaf by leaf and within a leaf by ascending Para, every
// paragraph that has a term of the leaf.
func (x *Index) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		st, err := x.use("postings.candidates")
		if err != nil {
			yield(search.Candidate{}, err)
			return
		}
		defer func() { _ = st.release() }()
		found, _ := x.scratch.Get().(*collect.Hits)
		defer x.scratch.Put(found)
		found.Grow(st.size)
		r := &leafReader{state: st, hits: found}
		for leaf, refs := range p.Leaves {
			if err := r.read(ctx, refs); err != nil {
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

// leafReader reads the lists of a leaf's terms.
type leafReader struct {
	state *state
	hits  *collect.Hits
	buf   []byte
	list  []posting
	ends  []int // of each segment's postings, in list
}

func (r *leafReader) read(ctx context.Context, refs []search.TermRef) error {
	for no, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if ref.Text == "" {
			continue
		}
		if err := r.gather(ref.Field, indexer.CutTerm(ref.Text)); err != nil {
			return err
		}
		r.score(ref, uint32(no))
	}
	return nil
}

// gather reads the lists of a term in all segments.
func (r *leafReader) gather(name search.Field, term string) error {
	r.list, r.ends = r.list[:0], r.ends[:0]
	for i := range r.state.segs {
		h := &r.state.segs[i]
		if f := h.fields[name]; f != nil {
			ref, ok, err := f.find(term)
			if err != nil {
				return damaged(h.f.Name(), err)
			}
			if ok {
				if err := r.decode(h, ref); err != nil {
					return err
				}
			}
		}
		r.ends = append(r.ends, len(r.list))
	}
	return nil
}

func (r *leafReader) decode(h *held, ref listRef) error {
	list, buf, err := h.bytes(ref, r.buf)
	r.buf = buf
	if err != nil {
		return err
	}
	r.list, err = h.decode(r.list, list, ref.df, h.dead)
	return err
}

// score gives the postings that were gathered their scores.
func (r *leafReader) score(ref search.TermRef, no uint32) {
	if len(r.list) == 0 {
		return
	}
	sum := r.state.sums[ref.Field]
	n, df := float64(sum.paras), float64(len(r.list))
	scale := ref.Weight * math.Log(1+(n-df+0.5)/(df+0.5)) * (k1 + 1)
	perTerm := k1 * b * n / float64(sum.length)
	start := 0
	for i := range r.state.segs {
		h := &r.state.segs[i]
		if start == r.ends[i] {
			continue
		}
		lengths := h.fields[ref.Field].lengths
		for _, p := range r.list[start:r.ends[i]] {
			tf := float64(p.tf)
			score := scale * tf / (tf + k1*(1-b) + perTerm*float64(lengths[p.local]))
			r.hits.Add(h.paras.at(p.local), no, float32(score))
		}
		start = r.ends[i]
	}
}

// Terms yields the terms of a field that begin with prefix, in byte order, with
// the paragraphs that have them and are not dead.
func (x *Index) Terms(ctx context.Context, name search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) {
		st, err := x.use("postings.terms")
		if err == nil {
			defer func() { _ = st.release() }()
			err = st.terms(ctx, name, prefix, func(t search.Term) bool { return yield(t, nil) })
		}
		if err != nil {
			yield(search.Term{}, err)
		}
	}
}

func (st *state) terms(ctx context.Context, name search.Field, prefix string, yield func(search.Term) bool) error {
	r := &leafReader{state: st}
	cursors := make([]*cursor, len(st.segs))
	for i := range st.segs {
		if f := st.segs[i].fields[name]; f != nil {
			cursors[i] = f.from(prefix)
		}
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		term := bytes.Clone(lowest(cursors))
		if term == nil || !bytes.HasPrefix(term, []byte(prefix)) {
			return nil
		}
		r.list = r.list[:0]
		for i, c := range cursors {
			if c == nil || !bytes.Equal(c.term, term) {
				continue
			}
			if err := r.decode(&st.segs[i], c.ref); err != nil {
				return err
			}
			if !c.next() {
				cursors[i] = nil
			}
		}
		if len(r.list) > 0 && !yield(search.Term{Text: string(term), Paras: len(r.list)}) {
			return nil
		}
	}
}

// from returns a cursor at the first term that is not below prefix; nil if
// there is none.
func (f *field) from(prefix string) *cursor {
	i := sort.Search(len(f.blocks), func(i int) bool { return string(f.first(i)) >= prefix }) - 1
	c := f.cursor(max(0, i))
	for c.next() {
		if string(c.term) >= prefix {
			return c
		}
	}
	return nil
}
