package bleveidx

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"dalel/corpus"
	"dalel/search"
)

// view is a snapshot of Bleve's and what we know of it. Everything in it is
// read-only, and shared by the searches that use the same snapshot.
type view struct {
	snap  *scorch.IndexSnapshot
	segs  []segmentView
	stats map[string]fieldStats // by field
	size  uint32                // above the highest paragraph number
}

// segmentView is a segment of a snapshot. What does not change in the life of
// a segment is taken over from snapshot to snapshot: paras always, stats as
// long as no more documents are deleted.
type segmentView struct {
	snap    *scorch.SegmentSnapshot
	paras   []search.ParaNo // by document number
	size    uint32          // above the highest of paras
	deleted uint64          // documents that are
	stats   map[string]fieldStats
}

// fieldStats is what BM25 needs of a field.
type fieldStats struct {
	docs   uint64 // paragraphs that have any term
	length uint64 // terms of all of them
}

// view returns the current snapshot. The caller releases it.
func (x *Index) view(op string) (*view, error) {
	if x.closed.Load() {
		return nil, x.closedError(op)
	}
	r, err := x.engine.Reader()
	if err != nil {
		return nil, damaged(op, x.dir, err)
	}
	snap, ok := r.(*scorch.IndexSnapshot)
	if !ok || snap == nil { // nil once it is closed
		return nil, x.closedError(op)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.cur != nil && x.cur.snap == snap {
		return x.cur, nil
	}
	var v *view
	err = guard(op, func() (err error) {
		v, err = newView(snap, x.cur)
		return err
	})
	if err != nil {
		return nil, errors.Join(x.wrap(op, err), snap.Close())
	}
	x.cur = v
	return v, nil
}

// release ends one use of the view.
func (v *view) release() {
	_ = v.snap.Close() // closing what was only read cannot lose anything
}

func newView(snap *scorch.IndexSnapshot, old *view) (*view, error) {
	known := map[uint64]*segmentView{}
	if old != nil {
		for i := range old.segs {
			known[old.segs[i].snap.Id()] = &old.segs[i]
		}
	}
	v := &view{snap: snap, stats: map[string]fieldStats{}}
	for _, s := range snap.Segments() {
		seg := segmentView{snap: s}
		if err := seg.load(known[s.Id()]); err != nil {
			return nil, err
		}
		for name, st := range seg.stats {
			sum := v.stats[name]
			v.stats[name] = fieldStats{sum.docs + st.docs, sum.length + st.length}
		}
		v.segs = append(v.segs, seg)
		v.size = max(v.size, seg.size)
	}
	return v, nil
}

// load fills in a segment, as far as it can from what was known before.
func (s *segmentView) load(old *segmentView) error {
	if d := s.snap.Deleted(); d != nil {
		s.deleted = d.GetCardinality()
	}
	if old != nil {
		s.paras, s.size = old.paras, old.size
		if s.deleted == old.deleted {
			s.stats = old.stats
			return nil
		}
	} else if err := s.loadParas(); err != nil {
		return err
	}
	return s.loadStats()
}

// loadParas reads the paragraph numbers of all documents of the segment.
func (s *segmentView) loadParas() error {
	dict, err := s.snap.Segment().Dictionary(numbersField)
	if err != nil {
		return err
	}
	list, err := dict.PostingsList([]byte(paraTerm), nil, nil)
	if err != nil {
		return err
	}
	n := s.snap.Segment().Count()
	if list.Count() != n {
		return fmt.Errorf("segment %d numbers %d of %d documents", s.snap.Id(), list.Count(), n)
	}
	s.paras = make([]search.ParaNo, 0, n)
	it := list.Iterator(true, false, false, nil)
	for p, err := it.Next(); ; p, err = it.Next() {
		if err != nil {
			return err
		}
		if p == nil {
			break
		}
		no := p.Frequency() - 1
		if p.Number() != uint64(len(s.paras)) || no >= math.MaxUint32 {
			return fmt.Errorf("segment %d: document %d has the number %d", s.snap.Id(), p.Number(), no)
		}
		s.paras = append(s.paras, search.ParaNo(no))
		s.size = max(s.size, uint32(no)+1)
	}
	if uint64(len(s.paras)) != n {
		return fmt.Errorf("segment %d numbers %d of %d documents", s.snap.Id(), len(s.paras), n)
	}
	return nil
}

// loadStats sums up the lengths of the fields, without what is deleted.
func (s *segmentView) loadStats() error {
	s.stats = map[string]fieldStats{}
	dict, err := s.snap.Segment().Dictionary(numbersField)
	if err != nil {
		return err
	}
	for _, name := range s.snap.Fields() {
		list, err := dict.PostingsList([]byte(name), s.snap.Deleted(), nil)
		if err != nil {
			return err
		}
		it := list.Iterator(true, false, false, nil)
		var st fieldStats
		for p, err := it.Next(); ; p, err = it.Next() {
			if err != nil {
				return err
			}
			if p == nil {
				break
			}
			st.docs++
			st.length += p.Frequency()
		}
		if st.docs > 0 {
			s.stats[name] = st
		}
	}
	return nil
}

// wrap makes corpus.ErrDamaged of an error of Bleve's. Errors of a context and
// our own stay as they are.
func (x *Index) wrap(op string, err error) error {
	var own *corpus.Error
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &own) {
		return err
	}
	return damaged(op, x.dir, err)
}
