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
// paragraph that has it.
func (x *Index) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		st, err := x.use("postings.candidates")
		if err != nil {
			yield(search.Candidate{}, err)
			return
		}
		defer func() { _ = st.release() }()
		x.candidates(ctx, st, p, yield)
	}
}

func (x *Index) candidates(ctx context.Context, st *state, p search.Plan, yield func(search.Candidate, error) bool) {
	r, _ := x.readers.Get().(*leafReader)
	defer func() {
		r.clear() // also after a panic: the next search must not see what this one found
		x.readers.Put(r)
	}()
	r.state = st
	r.hits.Grow(st.size)
	for leaf, ways := range p.Leaves {
		if err := r.read(ctx, ways); err != nil {
			yield(search.Candidate{}, err)
			return
		}
		if !r.hits.Drain(leaf, yield) {
			return
		}
	}
}

// leafReader reads the lists of a leaf's terms. Its memory is that of the
// longest list, 8 bytes a posting, and is used again by the next search.
type leafReader struct {
	state *state
	hits  collect.Hits
	buf   []byte
	list  []posting
	ends  []int // of each segment's postings, in list
	sum   tally
}

func (r *leafReader) clear() {
	r.state = nil
	r.hits.Clear()
	r.sum.clear()
}

func (r *leafReader) read(ctx context.Context, ways []search.Way) error {
	for no := range ways {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.gather(ctx, ways[no].Field, indexer.HeldTerms(&ways[no])); err != nil {
			return err
		}
		r.score(&ways[no], uint32(no))
	}
	return nil
}

// gather reads the lists of some terms, which are in order, in all segments.
func (r *leafReader) gather(ctx context.Context, name search.Field, terms []string) error {
	r.list, r.ends = r.list[:0], r.ends[:0]
	for i := range r.state.segs {
		if err := ctx.Err(); err != nil {
			return err
		}
		h := &r.state.segs[i]
		if f := h.fields[name]; f != nil {
			if err := r.gatherFrom(h, f, terms); err != nil {
				return err
			}
		}
		r.ends = append(r.ends, len(r.list))
	}
	return nil
}

// gatherFrom reads the lists of some terms in one segment, and makes them one.
func (r *leafReader) gatherFrom(h *held, f *field, terms []string) error {
	start, lists := len(r.list), 0
	c := f.cursor(0)
	for _, term := range terms {
		ok, err := c.seek(term)
		if err != nil {
			return damaged(h.f.Name(), err)
		}
		if !ok {
			continue
		}
		switch lists++; {
		case lists == 2: // the first one was alone until now
			r.sum.grow(h.paras.n)
			r.sum.add(r.list[start:])
			fallthrough
		case lists > 2:
			r.list = r.list[:start]
		}
		if err := r.decode(h, c.ref); err != nil {
			r.sum.clear()
			return err
		}
		if lists > 1 {
			r.sum.add(r.list[start:])
		}
	}
	if lists > 1 {
		r.list = r.sum.drain(r.list[:start])
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

// tally adds up how often each paragraph of a segment has any of some terms.
type tally struct {
	tf  []uint32 // by paragraph; 0 between uses
	met []uint32
}

func (t *tally) grow(paras int) {
	if len(t.tf) < paras {
		t.tf = make([]uint32, paras)
	}
}

func (t *tally) add(list []posting) {
	for _, p := range list {
		if t.tf[p.local] == 0 {
			t.met = append(t.met, p.local)
		}
		t.tf[p.local] += p.tf
	}
}

// drain appends the sums to dst, in no order, and empties t.
func (t *tally) drain(dst []posting) []posting {
	for _, local := range t.met {
		dst = append(dst, posting{local, t.tf[local]})
	}
	t.clear()
	return dst
}

func (t *tally) clear() {
	for _, local := range t.met {
		t.tf[local] = 0
	}
	t.met = t.met[:0]
}

// score gives the postings that were gathered their scores.
func (r *leafReader) score(way *search.Way, no uint32) {
	if len(r.list) == 0 {
		return
	}
	sum := r.state.sums[way.Field]
	n, df := float64(sum.paras), float64(len(r.list))
	scale := way.Weight * math.Log(1+(n-df+0.5)/(df+0.5)) * (k1 + 1)
	perTerm := k1 * b * n / float64(sum.length)
	start := 0
	for i := range r.state.segs {
		h := &r.state.segs[i]
		if start == r.ends[i] {
			continue
		}
		lengths := h.fields[way.Field].lengths
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
		if err != nil {
			yield(search.Term{}, err)
			return
		}
		defer func() { _ = st.release() }()
		st.allTerms(ctx, name, prefix, yield)
	}
}

func (st *state) allTerms(ctx context.Context, name search.Field, prefix string, yield func(search.Term, error) bool) {
	if err := st.terms(ctx, name, prefix, func(t search.Term) bool { return yield(t, nil) }); err != nil {
		yield(search.Term{}, err)
	}
}

// snapshot is an Index as it was at one moment.
type snapshot struct {
	x *Index
	*state
}

// Snapshot returns the index as it is now, whatever is stored and deleted until
// done is called.
func (x *Index) Snapshot() (now search.Index, done func(), err error) {
	st, err := x.use("postings.snapshot")
	if err != nil {
		return nil, nil, err
	}
	return snapshot{x, st}, func() { _ = st.release() }, nil
}

func (s snapshot) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) { s.x.candidates(ctx, s.state, p, yield) }
}

func (s snapshot) Terms(ctx context.Context, name search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) { s.allTerms(ctx, name, prefix, yield) }
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
