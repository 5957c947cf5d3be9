package search

import (
	"context"
	"errors"
	"iter"
	"testing"

	"dalel/corpus"
)

// endless is an index that never stops finding the first paragraph.
type endless struct{ Index }

func (endless) Candidates(context.Context, Plan) iter.Seq2[Candidate, error] {
	return func(yield func(Candidate, error) bool) {
		for yield(Candidate{}, nil) {
		}
	}
}

func TestASearchThatCostsTooMuchIsToldSo(t *testing.T) {
	f := specimens()
	_, err := gatherSlots(t.Context(), endless{f}, &stream{view: f, scratch: new(scratch)}, make([][]Way, 1))
	if !errors.Is(err, corpus.ErrUnavailable) || !errors.Is(err, ErrCostly) {
		t.Errorf("postings without end: %v, want ErrUnavailable", err)
	}
	s := &stream{view: f, spent: maxTokens - f.TokenCount(0)}
	if err := s.load(0); err != nil {
		t.Errorf("the last tokens that may be looked at: %v", err)
	}
	if err := s.load(0); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("tokens without end: %v, want ErrUnavailable", err)
	}
}
