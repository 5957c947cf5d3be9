package store

import (
	"fmt"
	"slices"
	"strings"

	"dalel/corpus"
)

// table is what is known of the documents in memory.
type table struct {
	order []*docState // live documents, in the order they were first stored
	byID  map[corpus.ID]*docState
	gone  map[corpus.ID]bool // removed and not stored again
	// unerased are removed documents whose details still stand in the log: the
	// removal was cut short.
	unerased map[corpus.ID]bool
	seq      uint64
	changed  uint64 // the last record that changed a document
}

// docState is one live document: where in the log to read about it.
type docState struct {
	id      corpus.ID
	text    string   // hash of the text in use
	records []uint32 // its records since it was stored, from 0, in order
	plain   bool     // some of its records have details
	erased  uint64   // number of a record without details; 0 if none
}

func newTable() table {
	return table{byID: map[corpus.ID]*docState{}, gone: map[corpus.ID]bool{}, unerased: map[corpus.ID]bool{}}
}

// apply takes a record into account. It refuses records that make no sense
// after those before: the log was put together by hand.
func (t *table) apply(l *line) error {
	s := t.byID[l.Doc]
	switch l.Event {
	case EventIngest:
		if s != nil || !l.Doc.Valid() {
			return fmt.Errorf("document %q cannot be stored here", l.Doc)
		}
		s = t.add(l.Doc)
	case EventReextract, EventSource, EventFacts:
		if s == nil {
			return fmt.Errorf("document %q is not in the library", l.Doc)
		}
	case EventRemove:
		t.remove(l.Doc)
	case EventExport, EventVerify:
	default:
		return fmt.Errorf("unknown event %q", l.Event)
	}
	if s != nil && l.Event != EventRemove {
		s.apply(l)
	}
	t.seq = l.Seq
	if l.Event != EventExport && l.Event != EventVerify {
		t.changed = l.Seq
	}
	return nil
}

func (s *docState) apply(l *line) {
	if l.erased() {
		s.erased = l.Seq
	} else {
		s.plain = true
	}
	if l.Event == EventExport || l.Event == EventVerify {
		return // nothing about the document changes
	}
	s.records = append(s.records, uint32(l.Seq-1))
	if l.Text != "" {
		s.text = l.Text
	}
}

func (t *table) add(id corpus.ID) *docState {
	s := &docState{id: id}
	t.byID[id] = s
	t.order = append(t.order, s)
	delete(t.gone, id)
	return s
}

func (t *table) remove(id corpus.ID) {
	if s := t.byID[id]; s != nil {
		delete(t.byID, id)
		t.order = slices.DeleteFunc(t.order, func(o *docState) bool { return o == s })
		if s.plain {
			t.unerased[id] = true
		}
	}
	t.gone[id] = true
}

// check looks for details that were erased without a tombstone.
func (t *table) check() error {
	for _, s := range t.order {
		if s.erased != 0 {
			return fmt.Errorf("%w: log record %d: its details are gone, but the document was not removed", corpus.ErrDamaged, s.erased)
		}
	}
	return nil
}

// withPrefix returns the documents whose ID begins with prefix, sorted.
func (t *table) withPrefix(prefix string) []corpus.ID {
	var ids []corpus.ID
	for id := range t.byID {
		if strings.HasPrefix(string(id), prefix) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
