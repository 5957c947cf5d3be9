package search

import (
	"context"
	"errors"
	"iter"
	"slices"
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
	_, _, err := gatherSlots(t.Context(), endless{f}, &stream{view: f, scratch: new(scratch)}, make([][]Way, 1), false)
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

// A page that is pasted as a question has words that are everywhere. They say
// least, so those that are commonest by the time go, and the answer says so.
func TestAQuestionLeavesOutTheCommonestWords(t *testing.T) {
	const leaves = 4
	sizes := [leaves]int{30, 50, 10, 40}
	for _, tt := range []struct {
		name    string
		room    int
		dropped []int
	}{
		{"room for all", 130, nil},
		{"what is commonest by then goes, while another is read", 60, []int{1, 0}},
		{"and when a later one needs its room", 100, []int{1}},
	} {
		g := gathering{slots: make([][]posting, leaves), room: tt.room, question: true}
		for leaf, n := range sizes {
			for p := range n {
				if err := g.add(Candidate{Para: ParaNo(p), Leaf: leaf}); err != nil {
					t.Fatal(err)
				}
			}
		}
		g.end()
		if !slices.Equal(g.dropped, tt.dropped) {
			t.Errorf("%s: left out %v, want %v", tt.name, g.dropped, tt.dropped)
		}
		for leaf, n := range sizes {
			if slices.Contains(tt.dropped, leaf) {
				n = 0
			}
			if len(g.slots[leaf]) != n {
				t.Errorf("%s: leaf %d has %d postings, want %d", tt.name, leaf, len(g.slots[leaf]), n)
			}
		}
	}
	g := gathering{slots: make([][]posting, leaves), room: 60}
	var err error
	for p := 0; err == nil && p < 100; p++ {
		err = g.add(Candidate{Para: ParaNo(p)})
	}
	if !errors.Is(err, ErrCostly) {
		t.Errorf("a query that is no question: %v, want ErrCostly: each of its words must count", err)
	}
}

func TestWordsLeftOutAreTold(t *testing.T) {
	f := specimens()
	word, ok := f.Form("суд")
	if !ok {
		t.Fatal("the specimens lack the word")
	}
	p := &program{leaves: []leaf{{op: &wordOp{slot: 0, word: word}}, {op: &wordOp{slot: 1}}}}
	p.tellCommon(f, []int{0})
	p.tellCommon(f, []int{0})
	if want := []Note{{Kind: NoteCommon, Text: "суд"}}; !slices.Equal(p.notes, want) {
		t.Errorf("notes %+v, want %+v", p.notes, want)
	}
}

func TestWordsThatStandForTooManyAreCut(t *testing.T) {
	f := specimens()
	c := &compiler{view: f, forms: maxAllForms - 1}
	c.expanded("a*", []FormID{0, 1}, false, WhyWildcard)
	c.expanded("b*", []FormID{2}, false, WhyWildcard)
	if want := []Note{{Kind: NoteLimit, Text: "a*"}, {Kind: NoteLimit, Text: "b*"}}; !slices.Equal(c.prog.notes, want) {
		t.Errorf("notes %+v, want %+v", c.prog.notes, want)
	}
}

func TestLookingThroughTheVocabularyHasAnEnd(t *testing.T) {
	stop := looking(func() error { return nil })
	for range maxLooked / checkEvery {
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	}
	if err := stop(); !errors.Is(err, ErrCostly) {
		t.Errorf("forms without end: %v, want ErrCostly", err)
	}
}
