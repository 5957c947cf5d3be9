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

// checkEvery is how many cheap steps pass between two looks at the context.
const checkEvery = 1024

// gather asks the engine for all slots and turns them into postings of leaves,
// checking on token streams what words alone cannot tell. typed are the
// paragraphs with the very form typed, of a program of one word.
func gather(ctx context.Context, x Index, s *stream, p *program, question bool) (leaves [][]posting, typed []posting, err error) {
	slots, dropped, err := gatherSlots(ctx, x, s, p.slots, question)
	if err != nil {
		return nil, nil, err
	}
	p.tellCommon(s.view, dropped)
	if p.alone >= 0 {
		typed = slots[p.alone]
	}
	leaves = make([][]posting, len(p.leaves))
	for i := range p.leaves {
		need := p.leaves[i].op.candidates()
		found := resolve(need, slots)
		need.release(slots)
		if p.leaves[i].check {
			if found, err = checked(ctx, s, p.leaves[i].op, found); err != nil {
				return nil, nil, err
			}
		}
		leaves[i] = found
	}
	return leaves, typed, nil
}

// gatherSlots asks the engine for slots. Of a question, where any word may match,
// those with the most paragraphs are left out when there are too many postings;
// dropped says which.
func gatherSlots(ctx context.Context, x Index, s *stream, ways [][]Way, question bool) (slots [][]posting, dropped []int, err error) {
	g := gathering{slots: make([][]posting, len(ways)), now: s.scratch.postings[:0], room: maxPostings, question: question}
	paras, _ := s.view.Size()
	for c, err := range x.Candidates(ctx, Plan{Leaves: ways}) {
		if err == nil && int(c.Para) < paras {
			err = g.add(c)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	g.end()
	s.scratch.postings = g.now
	return g.slots, g.dropped, nil
}

// gathering is slots that are being filled. Candidates come leaf by leaf.
type gathering struct {
	slots    [][]posting
	leaf     int       // that the candidates are of
	now      []posting // of leaf
	room     int       // for postings
	question bool      // leaves may be left out
	dropped  []int
}

func (g *gathering) add(c Candidate) error {
	if c.Leaf != g.leaf {
		g.end()
		g.leaf = c.Leaf
	}
	if slices.Contains(g.dropped, g.leaf) {
		return nil
	}
	g.now = append(g.now, posting{c.Para, c.Score})
	if g.room--; g.room >= 0 {
		return nil
	}
	return g.drop()
}

// end puts what was found of a leaf into its slot, in the room that it needs.
func (g *gathering) end() {
	if len(g.now) > 0 {
		g.slots[g.leaf], g.now = slices.Clone(g.now), g.now[:0]
	}
}

// drop makes room by leaving out the leaf that most paragraphs have, of those that
// were read by now.
func (g *gathering) drop() error {
	g.end()
	most := 0
	for i := range g.slots {
		if len(g.slots[i]) > len(g.slots[most]) {
			most = i
		}
	}
	if !g.question || len(g.dropped)+1 >= len(g.slots) {
		return costly()
	}
	g.room += len(g.slots[most])
	g.now = append(g.now, g.slots[g.leaf]...) // it goes on, unless it is the one
	if most == g.leaf {
		g.now = g.now[:0]
	}
	g.slots[most], g.slots[g.leaf] = nil, nil
	g.dropped = append(g.dropped, most)
	return nil
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

// release gives up the slots of a need: each is one operand's alone.
func (n need) release(slots [][]posting) {
	if n.slot >= 0 {
		slots[n.slot] = nil
	}
	for _, k := range n.kids {
		k.release(slots)
	}
}

func intersected(a, b []posting) []posting {
	out := make([]posting, 0, min(len(a), len(b)))
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
	return s.check(ctx, candidates, s.load, func(c *posting) bool { return s.remembers(op, c) })
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
	shares := make([]checker, min(runtime.GOMAXPROCS(0), 1+len(candidates)/minShare))
	var all sync.WaitGroup
	for i := range shares {
		sh := &shares[i]
		sh.stream = stream{view: s.view, spent: s.spent}
		some := candidates[i*len(candidates)/len(shares) : (i+1)*len(candidates)/len(shares)]
		all.Go(func() { sh.check(ctx, some, op, only) })
	}
	all.Wait()
	var kept []posting
	before := s.spent
	for i := range shares {
		if err := shares[i].err; err != nil {
			return nil, err
		}
		s.spent += shares[i].spent - before
		kept = append(kept, shares[i].kept...)
	}
	if s.spent > maxTokens {
		return nil, costly()
	}
	return kept, nil
}

// checker checks the share of one of several goroutines.
type checker struct {
	stream
	kept []posting
	err  error
}

func (s *checker) check(ctx context.Context, candidates []posting, op operand, only FormProbe) {
	defer func() {
		if p := recover(); p != nil { // it would end the process
			s.err = &corpus.Error{Op: "search", Kind: corpus.ErrDamaged, Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	var enough func([]Token) bool
	if phrase, ok := op.(*phraseOp); ok {
		enough = s.endOf(phrase)
	}
	load := func(p ParaNo) error { return s.tokensOf(p, only, enough) }
	s.kept, s.err = s.stream.check(ctx, candidates, load, func(*posting) bool { return s.has(op) })
}

// maxTried is how many tokens of a phrase are looked at as soon as there is another one:
// each look is at all of them.
const maxTried = 16

// endOf reports of the tokens of a paragraph read so far whether a phrase is among
// them: the rest need not be read.
func (s *stream) endOf(phrase *phraseOp) func([]Token) bool {
	return func(so []Token) bool {
		s.tokens = so
		return len(so) >= len(phrase.parts) && len(so) <= maxTried && phrase.ends(s)
	}
}

// check keeps the candidates that have what is looked for, once they are loaded.
func (s *stream) check(ctx context.Context, candidates []posting, load func(ParaNo) error, has func(*posting) bool) (kept []posting, err error) {
	for i, c := range candidates {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := load(c.para); err != nil {
			return nil, err
		}
		if s.spent > maxTokens {
			return nil, costly()
		}
		if has(&c) {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// has reports whether an operand of words occurs in the paragraph.
func (s *stream) has(op operand) bool {
	if near, ok := op.(*nearOp); ok {
		return near.meets(s)
	}
	list := op.find(s, s.borrow())
	s.giveBack(list)
	return len(list) > 0
}

// remembers is has for an operand with names in it, which remember what they
// found and how well it agrees.
func (s *stream) remembers(op operand, c *posting) bool {
	list := op.find(s, s.borrow())
	s.giveBack(list)
	if len(list) == 0 {
		return false
	}
	if likeness, ok := keepNames(op, c.para); ok {
		c.score = nameWeight * likeness
	}
	return true
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
	return s.tokensOf(p, only, nil)
}

// spend counts the tokens of a paragraph as looked at.
func (s *stream) spend(p ParaNo) error {
	if s.spent += s.view.TokenCount(p); s.spent > maxTokens {
		return costly()
	}
	return nil
}

// tokensOf is loadOnly for a paragraph whose tokens are counted, up to those that
// are enough.
func (s *stream) tokensOf(p ParaNo, only FormProbe, enough func([]Token) bool) (err error) {
	s.no, s.read = p, false
	s.lang = langNumber(s.view.LangOf(p))
	s.tokens, err = s.view.Tokens(p, only, s.tokens[:0], enough)
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
