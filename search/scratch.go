package search

import "dalel/corpus/lang"

// scratch is the memory of a search that the next one uses again: a search of
// a common word would else leave megabytes behind.
type scratch struct {
	stemmer  lang.Stemmer // what one search learned serves the next
	postings []posting    // of all leaves, one after another
	found    found
	keys     []uint64     // of the passages
	words    []lang.Token // of the text that is being marked
	why      []Why
}

// Limits of what is kept, of some 2 MB each.
const (
	maxKeptPostings = 1 << 18
	maxKeptWords    = 1 << 15
)

// begin returns a stream over a view with the memory of an earlier search.
func (e *Engine) begin(view View) *stream {
	s, ok := e.scratch.Get().(*scratch)
	if !ok {
		s = new(scratch)
	}
	return &stream{view: view, scratch: s}
}

// end gives the memory of a stream to a later search. Nothing of the answer may
// stand in it.
func (e *Engine) end(t *stream) {
	s := t.scratch
	s.postings = s.postings[:0]
	if cap(s.postings) > maxKeptPostings || cap(s.found.passages) > maxKeptPostings {
		s.postings, s.found, s.keys = nil, found{}, nil
	}
	if cap(s.words) > maxKeptWords {
		s.words, s.why = nil, nil
	}
	clear(s.words[:cap(s.words)]) // they hold on to the text
	e.scratch.Put(s)
}

// empty returns the same memory with nothing found in it.
func (f *found) empty() found {
	return found{f.docs[:0], f.passages[:0], f.apart[:0]}
}
