package postings

import (
	"bytes"
	"context"
	"slices"

	"dalel/search"
)

// fanIn is how many segments of a size are merged into one: a paragraph is
// written again once for each eightfold growth of the library.
const fanIn = 8

// tier is the size of a segment: 0 below 64 paragraphs, 1 below 512, and so on.
func tier(paras int) (t int) {
	for n := paras / 64; n > 0; n /= fanIn {
		t++
	}
	return t
}

// mergeable returns the segments to be merged next: the last fanIn of a size,
// or a smaller one, that stand side by side; or one whose half is dead.
func mergeable(segs []held) (from, to int) {
	for i, h := range segs {
		if h.gone > 0 && 2*h.gone >= h.paras.n {
			return i, i + 1
		}
	}
	for t := 0; ; t++ {
		i := len(segs)
		for i > 0 && tier(segs[i-1].paras.n) <= t {
			i--
		}
		if len(segs)-i >= fanIn {
			return i, len(segs)
		}
		if i == 0 {
			return 0, 0
		}
	}
}

// merge merges some segments, if there are many. The caller holds x.write.
func (x *Index) merge(ctx context.Context) (merged bool, err error) {
	st, err := x.use("postings.merge")
	if err != nil {
		return false, err
	}
	defer func() { _ = st.release() }()
	from, to := mergeable(st.segs)
	if from == to || ctx.Err() != nil {
		return false, nil // the change is done; the next one merges
	}
	made, err := x.merged(st.segs[from:to])
	if err != nil {
		return false, err
	}
	return true, x.commit(slices.Replace(slices.Clone(st.segs), from, to, made...))
}

// merged writes segments as one; none if all their paragraphs are dead.
func (x *Index) merged(segs []held) ([]held, error) {
	m := newMerger(segs)
	if m.paras.n == 0 {
		return []held{}, nil
	}
	s, err := x.add(m.write)
	if err != nil {
		return nil, err
	}
	return []held{{segment: s}}, nil
}

// Settle merges all segments into one: a search reads each list in one piece.
func (x *Index) Settle(ctx context.Context) error {
	return x.change(ctx, "postings.settle", func(st *state) ([]held, error) {
		if len(st.segs) < 2 {
			return nil, nil
		}
		return x.merged(st.segs)
	})
}

// merger writes several segments as one, without their dead.
type merger struct {
	segs  []held
	paras paraList
	// locals has, for each segment and each of its paragraphs, the number in the
	// merged one; noLocal for the dead.
	locals [][]uint32
	sorted bool // each segment's paragraphs come after those of the one before
	buf    []byte
	list   []posting
}

const noLocal = ^uint32(0)

func newMerger(segs []held) *merger {
	m := &merger{segs: segs, sorted: true}
	var all []search.ParaNo
	for i := range segs {
		for local := range uint32(segs[i].paras.n) {
			if !segs[i].dead.has(local) {
				all = append(all, segs[i].paras.at(local))
			}
		}
	}
	m.sorted = slices.IsSorted(all)
	slices.Sort(all)
	for _, no := range all {
		m.paras.add(no)
	}
	for i := range segs {
		locals := make([]uint32, segs[i].paras.n)
		for local := range uint32(segs[i].paras.n) {
			locals[local] = noLocal
			if !segs[i].dead.has(local) {
				locals[local], _ = m.paras.find(segs[i].paras.at(local))
			}
		}
		m.locals = append(m.locals, locals)
	}
	return m
}

func (m *merger) write(path string) error {
	w, err := newWriter(path)
	if err != nil {
		return err
	}
	defer w.f.Close()
	var names []search.Field
	for i := range m.segs {
		for name := range m.segs[i].fields {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if err := m.field(w, name); err != nil {
			return err
		}
	}
	return w.finish(&m.paras)
}

func (m *merger) field(w *writer, name search.Field) error {
	lengths := make([]uint32, m.paras.n)
	cursors := make([]*cursor, len(m.segs))
	for i := range m.segs {
		f := m.segs[i].fields[name]
		if f == nil {
			continue
		}
		for local, n := range f.lengths {
			if to := m.locals[i][local]; to != noLocal {
				lengths[to] = n
			}
		}
		if cursors[i] = f.cursor(0); !cursors[i].next() {
			cursors[i] = nil
		}
	}
	w.field(name, lengths)
	for {
		term := lowest(cursors)
		if term == nil {
			return nil
		}
		if err := m.term(w, bytes.Clone(term), cursors); err != nil {
			return err
		}
	}
}

func lowest(cursors []*cursor) (term []byte) {
	for _, c := range cursors {
		if c != nil && (term == nil || bytes.Compare(c.term, term) < 0) {
			term = c.term
		}
	}
	return term
}

// term writes the lists of a term as one, and moves the cursors that have it on.
func (m *merger) term(w *writer, term []byte, cursors []*cursor) error {
	m.list = m.list[:0]
	for i, c := range cursors {
		if c == nil || !bytes.Equal(c.term, term) {
			continue
		}
		var b []byte
		var err error
		if b, m.buf, err = m.segs[i].bytes(c.ref, m.buf); err != nil {
			return err
		}
		start := len(m.list)
		if m.list, err = m.segs[i].decode(m.list, b, c.ref.df, m.segs[i].dead); err != nil {
			return err
		}
		for k := start; k < len(m.list); k++ {
			m.list[k].local = m.locals[i][m.list[k].local]
		}
		if !c.next() {
			if err := c.err(); err != nil {
				return damaged(m.segs[i].f.Name(), err)
			}
			cursors[i] = nil
		}
	}
	if len(m.list) == 0 {
		return nil
	}
	if !m.sorted {
		slices.SortFunc(m.list, func(a, b posting) int { return int(a.local) - int(b.local) })
	}
	list, next := make([]byte, 0, 2*len(m.list)), uint32(0)
	for _, p := range m.list {
		list = appendPosting(list, next, p.local, p.tf)
		next = p.local + 1
	}
	return w.term(term, len(m.list), list)
}
