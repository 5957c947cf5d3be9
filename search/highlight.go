package search

import (
	"cmp"
	"slices"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// matches finds the runs of a paragraph's text that the query found: its token
// stream says which tokens, the text analysed again, up to the last of them, says
// where they stand.
func (r *ranker) matches(no ParaNo, text string) ([]Match, error) {
	if err := r.stream.load(no); err != nil {
		return nil, err
	}
	why, last := r.marked()
	mem := r.stream.scratch
	tokens := lang.AppendFirst(mem.words[:0], text, last+1)
	mem.words = tokens
	var out []Match
	for i := 0; i <= last; i++ {
		if why[i] == "" {
			continue
		}
		if i >= len(tokens) || tokens[i].Form != r.stream.form(i) {
			return nil, nil // analysed by other rules; the index is about to be rebuilt
		}
		m := Match{tokens[i].Start, tokens[i].End, tokens[i].Form, why[i]}
		if why[i] == WhyArticle || why[i] == WhyDocument {
			i = r.reference(&m, i)
		}
		if len(out) == 0 || out[len(out)-1].End <= m.Start {
			out = append(out, m)
		}
	}
	return out, nil
}

// marked returns why the query found each token of the stream, and the last one
// that it found; -1 if none.
func (r *ranker) marked() (why []Why, last int) {
	mem := r.stream.scratch
	n := len(r.stream.tokens)
	why = slices.Grow(mem.why[:0], n)[:n]
	mem.why = why
	clear(why)
	for i := range r.prog.leaves {
		if l := &r.prog.leaves[i]; !l.negative {
			r.mark(l.op, why)
		}
	}
	for last = n - 1; last >= 0 && why[last] == ""; last-- {
	}
	return why, last
}

// reference makes a Match of token i that of the whole reference it stands in,
// and returns the last token of it.
func (r *ranker) reference(m *Match, i int) (last int) {
	for _, ref := range r.stream.mentioned() {
		if ref.Kind != corpus.MentionPerson && ref.First <= i && i < ref.After {
			m.Start, m.End, m.Term = ref.Start, ref.End, ref.ID
			return ref.After - 1
		}
	}
	return i
}

// mark notes for each token of the stream why the operand found it.
func (r *ranker) mark(op operand, why []Why) {
	r.places = op.find(r.stream, r.places[:0])
	slices.SortFunc(r.places, func(a, b place) int { return cmp.Compare(a.tokens[0], b.tokens[0]) })
	next := 0 // each token is looked at once, however many places cover it
	for _, p := range r.places {
		for i := max(next, p.tokens[0]); i <= p.tokens[1]; i++ {
			next = i + 1
			if why[i] == "" {
				why[i] = op.why(r.stream, i)
			}
		}
	}
}
