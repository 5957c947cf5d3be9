package search

import (
	"cmp"
	"slices"

	"dalel/corpus/lang"
)

// matches finds the runs of a paragraph's text that the query found: its token
// stream says which tokens, the text analysed again says where they stand.
func (r *ranker) matches(no ParaNo, text string) ([]Match, error) {
	if err := r.stream.load(no); err != nil {
		return nil, err
	}
	tokens := lang.Tokens(text)
	if len(tokens) != len(r.stream.tokens) {
		return nil, nil // analysed by other rules; the index is about to be rebuilt
	}
	why := make([]Why, len(tokens))
	for i := range r.prog.leaves {
		if l := &r.prog.leaves[i]; !l.negative {
			r.mark(l.op, why)
		}
	}
	var out []Match
	for i, w := range why {
		if t := &tokens[i]; w != "" && (len(out) == 0 || out[len(out)-1].End <= t.Start) {
			out = append(out, Match{t.Start, t.End, t.Form, w})
		}
	}
	return out, nil
}

// mark notes for each token of the stream why the operand found it.
func (r *ranker) mark(op operand, why []Why) {
	words := op.words(nil)
	r.places = op.find(r.stream, r.places[:0])
	slices.SortFunc(r.places, func(a, b place) int { return cmp.Compare(a.tokens[0], b.tokens[0]) })
	next := 0 // each token is looked at once, however many places cover it
	for _, p := range r.places {
		for i := max(next, p.tokens[0]); i <= p.tokens[1]; i++ {
			next = i + 1
			for _, w := range words {
				if why[i] == "" && w.matches(r.stream, i) {
					why[i] = w.reason(r.view.FormText(r.stream.tokens[i].Exact))
				}
			}
		}
	}
}

// reason is why a form was found: the word as typed is exact whatever its stem.
func (w *wordOp) reason(form string) Why {
	if w.why == WhyStem && form == w.typed {
		return WhyExact
	}
	return w.why
}
