package bleveidx

import (
	"context"
	"iter"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"dalel/search"
)

// termsAhead is how many terms are read before they are yielded.
const termsAhead = 256

// Terms yields the terms of a field that begin with prefix, in byte order.
func (x *Index) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) {
		const op = "bleveidx.terms"
		v, err := x.view(op)
		if err != nil {
			yield(search.Term{}, err)
			return
		}
		defer v.release()
		m := &termMerger{view: v}
		err = guard(op, func() error { return m.open(string(f), prefix) })
		var ahead []search.Term
		for more := true; more && err == nil; {
			err = guard(op, func() (err error) {
				ahead, more, err = m.next(ahead[:0])
				return err
			})
			for _, t := range ahead {
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					break
				}
				if !yield(t, nil) {
					return
				}
			}
		}
		if err == nil {
			err = ctx.Err()
		}
		if err := x.wrap(op, err); err != nil {
			yield(search.Term{}, err)
		}
	}
}

// termMerger merges the vocabularies of the segments.
type termMerger struct {
	view    *view
	cursors []termCursor
	list    segment.PostingsList // used again and again
}

// termCursor is a place in the vocabulary of one segment.
type termCursor struct {
	seg  *segmentView
	dict segment.TermDictionary
	it   segment.DictionaryIterator
	cur  *index.DictEntry // nil at the end
}

func (m *termMerger) open(field, prefix string) error {
	dicts, err := m.view.dictionaries(field)
	if err != nil {
		return err
	}
	start, end := []byte(prefix), prefixEnd(prefix)
	for i, d := range dicts {
		c := termCursor{seg: &m.view.segs[i], dict: d, it: vocabulary(d, start, end)}
		if c.cur, err = c.it.Next(); err != nil {
			return err
		}
		if c.cur != nil {
			m.cursors = append(m.cursors, c)
		}
	}
	return nil
}

// vocabulary iterates over the terms from start up to end, without counts if it can.
func vocabulary(d segment.TermDictionary, start, end []byte) segment.DictionaryIterator {
	type omitter interface {
		AutomatonIteratorOmitCount(a segment.Automaton, start, end []byte) segment.DictionaryIterator
	}
	if o, ok := d.(omitter); ok {
		return o.AutomatonIteratorOmitCount(nil, start, end)
	}
	return d.AutomatonIterator(nil, start, end)
}

// prefixEnd returns the first key after all that begin with prefix; nil if
// there is none.
func prefixEnd(prefix string) []byte {
	end := []byte(prefix)
	for len(end) > 0 {
		last := len(end) - 1
		if end[last]++; end[last] != 0 {
			return end
		}
		end = end[:last]
	}
	return nil
}

// next appends the next terms to dst. The last ones are at hand when more is false.
func (m *termMerger) next(dst []search.Term) (terms []search.Term, more bool, err error) {
	for len(dst) < termsAhead {
		if len(m.cursors) == 0 {
			return dst, false, nil
		}
		t, err := m.term()
		if err != nil {
			return dst, false, err
		}
		if t.Paras > 0 { // terms of deleted paragraphs stay until a merge
			dst = append(dst, t)
		}
	}
	return dst, true, nil
}

// term takes the lowest term off the cursors.
func (m *termMerger) term() (search.Term, error) {
	low := m.cursors[0].cur.Term
	for _, c := range m.cursors[1:] {
		low = min(low, c.cur.Term)
	}
	t := search.Term{Text: low}
	kept := m.cursors[:0]
	for _, c := range m.cursors {
		if c.cur.Term == low {
			n, err := m.count(&c)
			if err != nil {
				return t, err
			}
			t.Paras += int(n)
			if c.cur, err = c.it.Next(); err != nil {
				return t, err
			}
		}
		if c.cur != nil {
			kept = append(kept, c)
		}
	}
	m.cursors = kept
	return t, nil
}

// count returns how many paragraphs have the term of a cursor. The count that
// comes with the vocabulary includes deleted ones, and is 1 for every term
// behind one that a single paragraph has (zapx 17.2.3 does not reset it).
func (m *termMerger) count(c *termCursor) (uint64, error) {
	list, err := c.dict.PostingsList([]byte(c.cur.Term), c.seg.snap.Deleted(), m.list)
	if err != nil {
		return 0, err
	}
	m.list = list
	return list.Count(), nil
}
