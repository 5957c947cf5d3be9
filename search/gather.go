package search

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"dalel/corpus"
)

// posting is a paragraph that has a leaf, and what the leaf is worth there.
type posting struct {
	para  ParaNo
	score float32
}

// What one search may cost, beside MaxTime, so that a query made to be slow costs
// no more on a fast machine. The words of a question are some hundred thousand
// postings in a library of 100,000 paragraphs.
const (
	maxPostings = 8 << 20   // 64 MB of them
	maxTokens   = 400 << 20 // looked at in token streams: about a second
)

func costly() error { return &corpus.Error{Op: "search", Kind: corpus.ErrUnavailable, Err: ErrCostly} }

// checkEvery is how many cheap steps pass between two looks at the context.
const checkEvery = 1024

// gather asks the engine for all slots and turns them into postings of leaves,
// checking on token streams what words alone cannot tell. typed are the
// paragraphs with the very form typed, of a program of one word.
func gather(ctx context.Context, x Index, s *stream, p *program) (leaves [][]posting, typed []posting, err error) {
	slots, err := gatherSlots(ctx, x, s, p.slots)
	if err != nil {
		return nil, nil, err
	}
	if p.alone >= 0 {
		typed = slots[p.alone]
	}
	leaves = make([][]posting, len(p.leaves))
	for i := range p.leaves {
		found := resolve(p.leaves[i].op.candidates(), slots)
		if p.leaves[i].check {
			if found, err = checked(ctx, s, p.leaves[i].op, found); err != nil {
				return nil, nil, err
			}
		}
		leaves[i] = found
	}
	return leaves, typed, nil
}

func gatherSlots(ctx context.Context, x Index, s *stream, ways [][]Way) ([][]posting, error) {
	paras, _ := s.view.Size()
	room := maxPostings
	ends := make([]int, len(ways))
	start := len(s.scratch.postings)
	for c, err := range x.Candidates(ctx, Plan{Leaves: ways}) {
		if err != nil {
			return nil, err
		}
		if int(c.Para) < paras {
			if room--; room < 0 {
				return nil, costly()
			}
			s.scratch.postings = append(s.scratch.postings, posting{c.Para, c.Score})
			ends[c.Leaf] = len(s.scratch.postings)
		}
	}
	slots := make([][]posting, len(ways))
	for i, end := range ends {
		if end > start {
			slots[i], start = s.scratch.postings[start:end:end], end
		}
	}
	return slots, nil
}

// resolve answers a need with the postings of its slots. Scores add up.
func resolve(n need, slots [][]posting) []posting {
	if n.slot >= 0 {
		return slots[n.slot]
	}
	found := resolve(n.kids[0], slots)
	for _, k := range n.kids[1:] {
		if n.any {
			found = united(found, resolve(k, slots))
		} else {
			found = intersected(found, resolve(k, slots))
		}
	}
	return found
}

func intersected(a, b []posting) []posting {
	var out []posting
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].para < b[j].para:
			i++
		case a[i].para > b[j].para:
			j++
		default:
			out = append(out, posting{a[i].para, a[i].score + b[j].score})
			i++
			j++
		}
	}
	return out
}

func united(a, b []posting) []posting {
	out := make([]posting, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].para < b[j].para:
			out = append(out, a[i])
			i++
		case a[i].para > b[j].para:
			out = append(out, b[j])
			j++
		default:
			out = append(out, posting{a[i].para, max(a[i].score, b[j].score)})
			i++
			j++
		}
	}
	return append(append(out, a[i:]...), b[j:]...)
}

// checked keeps the candidates in whose token stream the operand occurs.
func checked(ctx context.Context, s *stream, op operand, candidates []posting) ([]posting, error) {
	if only := probeOf(op); only != nil {
		return checkedWords(ctx, s, op, only, candidates)
	}
	return s.check(ctx, candidates, func(p ParaNo) error { return s.load(p) }, op)
}

// minShare is how many candidates are worth a goroutine: some 100 µs of work.
const minShare = 512

// checkedWords is checked for an operand of words, which remembers nothing: all
// processors check at once, each so many in a row.
func checkedWords(ctx context.Context, s *stream, op operand, only FormProbe, candidates []posting) ([]posting, error) {
	for _, c := range candidates {
		if err := s.spend(c.para); err != nil {
			return nil, err
		}
	}
	shares := min(runtime.GOMAXPROCS(0), 1+len(candidates)/minShare)
	kept, errs := make([][]posting, shares), make([]error, shares)
	var all sync.WaitGroup
	for i := range shares {
		share := candidates[i*len(candidates)/shares : (i+1)*len(candidates)/shares]
		own := *s
		own.tokens, own.mentions, own.spare = nil, nil, nil
		all.Go(func() {
			defer caught(&errs[i])
			kept[i], errs[i] = own.check(ctx, share, func(p ParaNo) error { return own.tokensOf(p, only) }, op)
		})
	}
	all.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return nil, errs[i]
	}
	return slices.Concat(kept...), nil
}

// caught turns a panic of a goroutine, which would end the process, into an
// error.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = &corpus.Error{Op: "search", Kind: corpus.ErrDamaged, Err: fmt.Errorf("panic: %v", p)}
	}
}

// check keeps the candidates in which the operand occurs, once they are loaded.
func (s *stream) check(ctx context.Context, candidates []posting, load func(ParaNo) error, op operand) (kept []posting, err error) {
	var places []place
	for i, c := range candidates {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := load(c.para); err != nil {
			return nil, err
		}
		if places = op.find(s, places[:0]); len(places) == 0 {
			continue
		}
		if likeness, ok := keepNames(op, c.para); ok {
			c.score = nameWeight * likeness
		}
		kept = append(kept, c)
	}
	return kept, nil
}

// nameWeight is what a name is worth in ranking: as much as a rare word
// (BM25 gives one that is in 1 of 1,000 paragraphs about this).
const nameWeight = 7

// keepNames has the names in an operand remember what they found in a
// paragraph, and returns how well the best of them agrees; ok is false if the
// operand is more than names.
func keepNames(op operand, p ParaNo) (likeness float32, ok bool) {
	switch op := op.(type) {
	case *nameOp:
		if op.best > 0 {
			op.keep(p)
		}
		return float32(op.best), true
	case *anyOp:
		ok = true
		for _, k := range op.kids {
			l, is := keepNames(k, p)
			likeness, ok = max(likeness, l), ok && is
		}
		return likeness, ok
	case *nearOp:
		keepNames(op.left, p)
		keepNames(op.right, p)
	}
	return 0, false
}

// load reads the token stream of a paragraph.
func (s *stream) load(p ParaNo) (err error) { return s.loadOnly(p, nil) }

// loadOnly reads the tokens of a paragraph that are in a probe.
func (s *stream) loadOnly(p ParaNo, only FormProbe) error {
	if err := s.spend(p); err != nil {
		return err
	}
	return s.tokensOf(p, only)
}

// spend counts the tokens of a paragraph as looked at.
func (s *stream) spend(p ParaNo) error {
	if s.spent += s.view.TokenCount(p); s.spent > maxTokens {
		return costly()
	}
	return nil
}

// tokensOf is loadOnly for a paragraph whose tokens are counted.
func (s *stream) tokensOf(p ParaNo, only FormProbe) (err error) {
	s.no, s.read = p, false
	s.lang = langNumber(s.view.LangOf(p))
	s.tokens, err = s.view.Tokens(p, only, s.tokens[:0])
	return err
}

// probeOf returns the forms that an operand of words looks at; nil if it looks
// at more than words: at names or references.
func probeOf(op operand) FormProbe {
	words, ok := wordsIn(op, nil)
	if !ok {
		return nil
	}
	n := 0
	for _, w := range words {
		n += len(w.sets[readAll].ids)
	}
	probe := newFormProbe(n)
	for _, w := range words {
		for _, id := range w.sets[readAll].ids {
			probe.add(id)
		}
	}
	return probe
}

// wordsIn appends the words of an operand to dst; ok is false if it is more than
// words.
func wordsIn(op operand, dst []*wordOp) (words []*wordOp, ok bool) {
	switch op := op.(type) {
	case *wordOp:
		return append(dst, op), true
	case *phraseOp:
		return append(dst, op.parts...), true
	case *anyOp:
		for _, k := range op.kids {
			if dst, ok = wordsIn(k, dst); !ok {
				return nil, false
			}
		}
		return dst, true
	case *nearOp:
		if dst, ok = wordsIn(op.left, dst); !ok {
			return nil, false
		}
		return wordsIn(op.right, dst)
	}
	return nil, false
}

// form returns the form of token i.
func (s *stream) form(i int) string { return s.view.FormText(s.tokens[i].Exact) }

// mentioned returns what was recognised in the paragraph. It is read from the
// same record as the tokens, so an error has been told by then.
func (s *stream) mentioned() []Mention {
	if !s.read {
		s.mentions, _ = s.view.Mentions(s.no, s.mentions[:0])
		s.read = true
	}
	return s.mentions
}
