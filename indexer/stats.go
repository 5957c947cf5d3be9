package indexer

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dalel/corpus"
	"dalel/search"
)

// recentDocs is how many documents Stats lists as added last.
const recentDocs = 10

// Stats tells what is in a library, and what of it was not read.
type Stats struct {
	Documents  int
	Works      int // copies and language versions counted once
	Paragraphs int
	Pages      int
	Unread     int                // pages that were not read
	Doubtful   int                // pages read doubtfully
	Gaps       []Gap              // the documents that have such pages, oldest first
	Kinds      []Count            // documents by kind, most frequent first
	Languages  []Count            // documents by language, most frequent first
	Recent     []*corpus.Document // added last, newest first; facts only
}

// Gap is a document that has pages which were not read, or read doubtfully.
type Gap struct {
	Doc      *corpus.Document // facts only
	Pages    int              // of the original
	Unread   []int            // page numbers, ascending
	Doubtful []int
}

// Count is a value of a fact and the documents that have it.
type Count struct {
	Value string
	N     int
}

// Stats counts what is in the library. The answer is kept until something
// changes; callers do not change it.
func (l *Library) Stats(ctx context.Context) (Stats, error) {
	seq := l.store.Seq()
	l.mu.Lock()
	kept, at := l.stats, l.seq
	l.mu.Unlock()
	if kept != nil && at == seq {
		return *kept, nil
	}
	s, err := l.count(ctx)
	if err != nil {
		return Stats{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stats, l.seq = &s, seq
	return s, nil
}

func (l *Library) count(ctx context.Context) (Stats, error) {
	var s Stats
	kinds, languages := map[string]int{}, map[string]int{}
	for doc, err := range l.Documents(ctx) {
		if err != nil {
			return Stats{}, err
		}
		r, err := l.store.Reading(ctx, doc.ID)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // removed meanwhile
		}
		if err != nil {
			return Stats{}, err
		}
		s.Documents++
		s.Pages += r.Pages
		s.Paragraphs += r.Paragraphs
		s.Unread += len(r.Unread)
		s.Doubtful += len(r.Doubtful)
		if len(r.Unread)+len(r.Doubtful) > 0 {
			s.Gaps = append(s.Gaps, Gap{doc, r.Pages, r.Unread, r.Doubtful})
		}
		kinds[string(doc.Kind())]++
		for _, v := range doc.Values(corpus.KeyLang) {
			languages[v]++
		}
		s.Recent = append(s.Recent, doc)
		if len(s.Recent) >= 2*recentDocs { // keep the memory small
			s.Recent = slices.Delete(s.Recent, 0, recentDocs)
		}
	}
	s.Kinds, s.Languages = counts(kinds), counts(languages)
	slices.Reverse(s.Recent)
	s.Recent = s.Recent[:min(recentDocs, len(s.Recent))]
	s.Works = l.countWorks()
	return s, nil
}

// counts sorts by number, then by value.
func counts(m map[string]int) []Count {
	out := make([]Count, 0, len(m))
	for v, n := range m {
		out = append(out, Count{v, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func (l *Library) countWorks() int {
	view := forwardOf{l}.View()
	defer view.Release()
	_, docs := view.Size()
	works := map[uint32]bool{}
	for d := range docs {
		if no := search.DocNo(d); view.Alive(no) {
			works[view.Work(no)] = true
		}
	}
	return len(works)
}
