package postings

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// Index is an index of postings. It is safe for concurrent use.
type Index struct {
	dir     string
	readers sync.Pool // of *leafReader

	write  sync.Mutex // held by the writer; guards what follows
	next   uint32     // number of the next segment
	failed error      // after a failure that leaves the disk in doubt

	mu     sync.Mutex // guards what follows
	cur    *state
	closed bool
}

var _ indexer.Backend = (*Index)(nil)

// state is the segments at one moment. Nothing in it changes.
type state struct {
	segs  []held
	sums  map[search.Field]fieldSum
	count int // paragraphs that are not dead
	size  search.ParaNo
	users atomic.Int64
}

// held is a segment with its dead.
type held struct {
	*segment
	dead bitset
	gone int // how many
}

// fieldSum is what BM25 needs to know of a field.
type fieldSum struct {
	paras  int
	length uint64
}

// Create makes an empty index in dir, which must not exist or be empty.
func Create(dir string) (*Index, error) {
	fail := func(kind, err error) (*Index, error) {
		return nil, &corpus.Error{Op: "postings.create", Subj: dir, Kind: kind, Err: err}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(nil, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fail(nil, err)
	}
	if len(entries) > 0 {
		return fail(corpus.ErrInvalid, errors.New("the folder is not empty"))
	}
	if err := writeManifest(dir, &manifest{next: 1}); err != nil {
		return fail(nil, err)
	}
	return Open(dir)
}

// Open opens the index in dir as of its last change. It returns
// corpus.ErrDamaged when it has to be built again.
func Open(dir string) (*Index, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	x := &Index{dir: dir, next: m.next}
	x.readers.New = func() any { return new(leafReader) }
	var segs []held
	for i := range m.entries {
		h, err := openHeld(dir, &m.entries[i])
		if err != nil {
			return nil, errors.Join(err, closeAll(segs))
		}
		segs = append(segs, h)
	}
	x.cur = newState(segs)
	x.tidy()
	return x, nil
}

func openHeld(dir string, e *entry) (held, error) {
	path := filepath.Join(dir, segmentName(e.no))
	s, err := openSegment(path, e.no)
	if err != nil {
		return held{}, err
	}
	h := held{segment: s}
	if uint64(s.size) != e.size || s.sum != e.sum {
		return h, errors.Join(damaged(path, errors.New("it is not the one that was stored")), s.f.Close())
	}
	for _, d := range e.dead {
		if int(d) >= s.paras.n {
			return h, errors.Join(damaged(path, errManifest), s.f.Close())
		}
		h.kill(d)
	}
	return h, nil
}

// kill marks a paragraph as dead. The bits are h's own.
func (h *held) kill(local uint32) {
	if h.dead == nil {
		h.dead = make(bitset, (h.paras.n+63)/64)
	}
	if !h.dead.has(local) {
		h.dead.set(local)
		h.gone++
	}
}

func closeAll(segs []held) error {
	var errs []error
	for _, h := range segs {
		errs = append(errs, h.f.Close())
	}
	return errors.Join(errs...)
}

// newState makes a state of segments, and is its first user.
func newState(segs []held) *state {
	st := &state{segs: segs, sums: map[search.Field]fieldSum{}}
	st.users.Add(1)
	for i := range segs {
		h := &segs[i]
		h.users.Add(1)
		st.count += h.paras.n - h.gone
		if h.paras.n > 0 {
			st.size = max(st.size, h.paras.end())
		}
		for name, f := range h.fields {
			paras, length := f.sums(h.dead)
			sum := st.sums[name]
			st.sums[name] = fieldSum{sum.paras + paras, sum.length + length}
		}
	}
	return st
}

func (st *state) release() error {
	if st.users.Add(-1) != 0 {
		return nil
	}
	var errs []error
	for _, h := range st.segs {
		errs = append(errs, h.segment.release())
	}
	return errors.Join(errs...)
}

// use returns the state of now. Release it when done.
func (x *Index) use(op string) (*state, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, &corpus.Error{Op: op, Subj: x.dir, Kind: corpus.ErrUnavailable, Err: os.ErrClosed}
	}
	x.cur.users.Add(1)
	return x.cur, nil
}

// tidy deletes segments that no manifest names: of changes that were cut short.
func (x *Index) tidy() {
	files, err := os.ReadDir(x.dir)
	if err != nil {
		return // the next Open does it
	}
	for _, f := range files {
		used := slices.ContainsFunc(x.cur.segs, func(h held) bool { return segmentName(h.no) == f.Name() })
		if !used && strings.HasPrefix(f.Name(), "seg-") {
			_ = os.Remove(filepath.Join(x.dir, f.Name()))
		}
	}
}

// Put stores entries; those of paragraphs that are there replace them.
func (x *Index) Put(ctx context.Context, entries ...indexer.Entry) error {
	return x.change(ctx, "postings.put", func(st *state) ([]held, error) {
		if len(entries) == 0 {
			return nil, nil
		}
		b := newBuilder(entries)
		segs := st.without(b.paras.all())
		s, err := x.add(b.write)
		if err != nil {
			return nil, err
		}
		return append(segs, held{segment: s}), nil
	})
}

// Delete removes paragraphs. Those that are not there are passed over.
func (x *Index) Delete(ctx context.Context, paras ...search.ParaNo) error {
	return x.change(ctx, "postings.delete", func(st *state) ([]held, error) {
		segs := st.without(paras)
		gone := 0
		for i := range segs {
			gone += segs[i].gone - st.segs[i].gone
		}
		if gone == 0 {
			return nil, nil
		}
		return segs, nil
	})
}

func (p *paraList) all() []search.ParaNo {
	list := make([]search.ParaNo, p.n)
	for i := range list {
		list[i] = p.at(uint32(i))
	}
	return list
}

// without returns the segments with further paragraphs dead.
func (st *state) without(paras []search.ParaNo) []held {
	segs := slices.Clone(st.segs)
	copied := make([]bool, len(segs))
	for _, no := range paras {
		for i := range segs {
			local, ok := segs[i].paras.find(no)
			if !ok || segs[i].dead.has(local) {
				continue
			}
			if !copied[i] {
				segs[i].dead, copied[i] = slices.Clone(segs[i].dead), true
			}
			segs[i].kill(local)
		}
	}
	return segs
}

// add writes a segment with a new number and opens it.
func (x *Index) add(write func(path string) error) (*segment, error) {
	no := x.next
	x.next++
	path := filepath.Join(x.dir, segmentName(no))
	if err := write(path); err != nil {
		return nil, errors.Join(err, os.Remove(path))
	}
	return openSegment(path, no)
}

// change makes other segments of those there are, and merges them when there
// are many. Nothing is changed if build returns none.
func (x *Index) change(ctx context.Context, op string, build func(*state) ([]held, error)) error {
	x.write.Lock()
	defer x.write.Unlock()
	st, err := x.use(op)
	if err != nil {
		return err
	}
	defer func() { _ = st.release() }() // it was only read from
	if err := errors.Join(ctx.Err(), x.failed); err != nil {
		return err
	}
	segs, err := build(st)
	if err == nil && segs != nil {
		err = x.commit(segs)
	}
	for err == nil {
		var merged bool
		if merged, err = x.merge(ctx); !merged {
			break
		}
	}
	if err != nil {
		return &corpus.Error{Op: op, Subj: x.dir, Err: err}
	}
	return nil
}

// commit makes segments the ones in use.
func (x *Index) commit(segs []held) error {
	m := &manifest{next: x.next}
	for i := range segs {
		h := &segs[i]
		e := entry{no: h.no, size: uint64(h.size), sum: h.sum}
		for local := range uint32(h.paras.n) {
			if h.dead.has(local) {
				e.dead = append(e.dead, local)
			}
		}
		m.entries = append(m.entries, e)
	}
	if err := writeManifest(x.dir, m); err != nil {
		// It is not known which of the two manifests the disk has.
		x.failed = err
		return errors.Join(err, closeAll(x.unused(segs)))
	}
	next := newState(segs)
	x.mu.Lock()
	old := x.cur
	x.cur = next
	x.mu.Unlock()
	for _, h := range old.segs {
		if !slices.ContainsFunc(segs, func(n held) bool { return n.segment == h.segment }) {
			h.doomed.Store(true)
		}
	}
	return old.release()
}

// unused returns the segments that are not in use.
func (x *Index) unused(segs []held) []held {
	return slices.DeleteFunc(slices.Clone(segs), func(h held) bool {
		return slices.ContainsFunc(x.cur.segs, func(c held) bool { return c.segment == h.segment })
	})
}

// Count returns how many paragraphs there are.
func (x *Index) Count(ctx context.Context) (int, error) {
	st, err := x.use("postings.count")
	if err != nil {
		return 0, err
	}
	defer func() { _ = st.release() }()
	return st.count, ctx.Err()
}

// Paras yields the paragraphs there are, segment by segment.
func (x *Index) Paras(ctx context.Context) iter.Seq2[search.ParaNo, error] {
	return func(yield func(search.ParaNo, error) bool) {
		st, err := x.use("postings.paras")
		if err != nil {
			yield(0, err)
			return
		}
		defer func() { _ = st.release() }()
		for i := range st.segs {
			h := &st.segs[i]
			for local := range uint32(h.paras.n) {
				if !h.dead.has(local) && !yield(h.paras.at(local), nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(0, err)
		}
	}
}

// Close ends the use of the index. Searches that are under way go on.
func (x *Index) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return x.cur.release()
}

// Check reads everything and returns corpus.ErrDamaged for the first thing
// that is not as it was written.
func (x *Index) Check(ctx context.Context) error {
	st, err := x.use("postings.check")
	if err != nil {
		return err
	}
	defer func() { _ = st.release() }()
	for _, h := range st.segs {
		again, err := openSegment(h.f.Name(), h.no)
		if err != nil {
			return err
		}
		err = again.check(ctx)
		if err := errors.Join(err, again.f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// check reads all lists.
func (s *segment) check(ctx context.Context) error {
	var buf []byte
	var list []posting
	for name, f := range s.fields {
		c, n := f.cursor(0), 0
		last := ""
		for c.next() {
			if n++; n%pollEvery == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if n > 1 && cmp.Compare(string(c.term), last) <= 0 {
				return damaged(s.f.Name(), errDict)
			}
			last = string(c.term)
			var b []byte
			var err error
			if b, buf, err = s.bytes(c.ref, buf); err != nil {
				return err
			}
			if list, err = s.decode(list[:0], b, c.ref.df, nil); err != nil {
				return err
			}
		}
		if err := c.err(); err != nil || n != f.terms {
			return damaged(s.f.Name(), errors.Join(err, errDict, errors.New(string(name))))
		}
	}
	return nil
}
