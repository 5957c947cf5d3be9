package search

import (
	"errors"
	"slices"
	"time"

	"dalel/corpus"
)

// What one search may cost, so that a query made to be slow keeps nobody waiting
// and takes no more than 64 MB. The budgets count work, not time: the same query
// is answered, cut or refused alike on every machine. They are measured by
// "dalel bench -hostile" on 450,000 paragraphs (docs/campaigns.md), where what
// they allow takes about a second. A search that is cut says so in a Note, one that is
// refused in its error; none changes an answer without a word.
const (
	// maxPostings are 32 MB of them. The words of a pasted page are some millions in
	// a library of 450,000 paragraphs.
	maxPostings = 4 << 20
	// maxTokens may be looked at in token streams, to find phrases and distances.
	// A place that has to be compared with others counts as placeTokens.
	maxTokens   = 36 << 20
	placeTokens = 4
	// maxLooked forms of a library may be looked at, to find what words with * or ~
	// stand for: two dozen words that begin with * in a library of 700,000 forms.
	maxLooked = 16 << 20
	// maxAllForms is how many forms all words with * or ~ of a query may stand for.
	maxAllForms = 32 << 10
	// MaxTime is how long one search may take, whatever it is that takes so long.
	MaxTime = 10 * time.Second
)

// ErrCostly is why a search fails whose query asks for too much, in time, postings
// or tokens: to ask again does not help. The error's kind is corpus.ErrUnavailable.
var ErrCostly = errors.New("asks for too much at once; leave out common words, look for rarer ones in phrases and distances, and write more letters of words with * or ~")

func costly() error { return &corpus.Error{Op: "search", Kind: corpus.ErrUnavailable, Err: ErrCostly} }

// looking counts the forms that are looked at, which stop is asked about every
// checkEvery of them.
func looking(stop func() error) func() error {
	looked := 0
	return func() error {
		if looked += checkEvery; looked > maxLooked {
			return costly()
		}
		return stop()
	}
}

// tellCommon notes the words of a question that were left out.
func (p *program) tellCommon(v View, slots []int) {
	for i := range p.leaves {
		w, ok := p.leaves[i].op.(*wordOp)
		if !ok || !slices.Contains(slots, w.slot) {
			continue
		}
		n := Note{Kind: NoteCommon, Text: v.FormText(w.word)}
		if !slices.Contains(p.notes, n) {
			p.notes = append(p.notes, n)
		}
	}
}
