package search

import (
	"cmp"
	"slices"
	"sort"
)

// operand is something with a place in a token stream: a word, a phrase,
// two words near each other.
type operand interface {
	// find appends the places of the operand in a token stream, by start.
	find(s *stream, dst []place) []place
	// candidates says which slots a paragraph must have to be looked at.
	candidates() need
	// why says what made token i match, which stands in a place of the operand;
	// "" if it is no part of it.
	why(s *stream, i int) Why
	// typed reports whether token i, of a place of the operand, stands in the
	// very form that was typed.
	typed(s *stream, i int) bool
}

// place is a run of positions in one paragraph.
type place struct {
	first, last uint32 // positions
	sentence    uint16 // of the first position
	tokens      [2]int // first and last token, inclusive, for highlights
}

// need is a boolean over slots: all of the kids, or any of them.
type need struct {
	slot int // -1 when kids decide
	any  bool
	kids []need
}

// stream is the token stream of one paragraph, as an operand sees it.
type stream struct {
	no       ParaNo
	lang     int // number of the language it is read as
	tokens   []Token
	mentions []Mention // read when an operand asks for them
	read     bool      // mentions are those of no
	spent    int       // tokens that were looked at
	view     View
	scratch  *scratch  // of this search alone
	spare    [][]place // for operands that look at the places of others
}

// borrow returns an empty list of places, for giveBack.
func (s *stream) borrow() []place {
	n := len(s.spare)
	if n == 0 {
		return nil
	}
	list := s.spare[n-1]
	s.spare = s.spare[:n-1]
	return list[:0]
}

func (s *stream) giveBack(list []place) { s.spare = append(s.spare, list) }

// wordOp is one word: a set of forms, in paragraphs of each language.
type wordOp struct {
	slot    int
	sets    [numLangs]formSet
	word    FormID // the form as typed
	known   bool   // the library has it
	reason  Why    // what a match is shown as
	capital bool   // only with a capital: an abbreviation
}

func (w *wordOp) candidates() need { return need{slot: w.slot} }

func (w *wordOp) why(s *stream, i int) Why {
	if !w.matches(s, i) {
		return ""
	}
	if w.reason == WhyStem && w.typed(s, i) {
		return WhyExact // the word as typed is exact whatever its stem
	}
	return w.reason
}

func (w *wordOp) typed(s *stream, i int) bool { return w.known && s.tokens[i].Exact == w.word }

func (w *wordOp) find(s *stream, dst []place) []place {
	set := &w.sets[s.lang]
	for i := range s.tokens {
		if t := &s.tokens[i]; set.has(t.Exact) && (t.Cap || !w.capital) {
			dst = append(dst, place{t.Pos, t.Pos, t.Sentence, [2]int{i, i}})
		}
	}
	return dst
}

// matches reports whether token i of s is the word.
func (w *wordOp) matches(s *stream, i int) bool {
	return w.sets[s.lang].has(s.tokens[i].Exact) && (s.tokens[i].Cap || !w.capital)
}

// phraseOp is words side by side, each so many positions after the first.
type phraseOp struct {
	parts   []*wordOp
	offsets []uint32
}

func (p *phraseOp) why(s *stream, i int) Why {
	for _, w := range p.parts {
		if why := w.why(s, i); why != "" {
			return why
		}
	}
	return ""
}

func (p *phraseOp) typed(s *stream, i int) bool {
	return slices.ContainsFunc(p.parts, func(w *wordOp) bool { return w.typed(s, i) })
}

func (p *phraseOp) candidates() need {
	all := need{slot: -1}
	for _, w := range p.parts {
		all.kids = append(all.kids, w.candidates())
	}
	return all
}

func (p *phraseOp) find(s *stream, dst []place) []place {
	for i := range s.tokens {
		if last, ok := p.at(s, i); ok {
			t := &s.tokens[i]
			dst = append(dst, place{t.Pos, s.tokens[last].Pos, t.Sentence, [2]int{i, last}})
		}
	}
	return dst
}

// ends reports whether a place of the phrase ends at the last token.
func (p *phraseOp) ends(s *stream) bool {
	end := len(s.tokens) - 1
	if !p.parts[len(p.parts)-1].matches(s, end) {
		return false
	}
	for i := range s.tokens {
		if last, ok := p.at(s, i); ok && last == end {
			return true
		}
	}
	return false
}

// at reports whether the phrase begins at token i, and its last token.
func (p *phraseOp) at(s *stream, i int) (last int, ok bool) {
	if !p.parts[0].matches(s, i) {
		return 0, false
	}
	last = i
	for n, w := range p.parts[1:] {
		at, ok := w.atPosition(s, last+1, s.tokens[i].Pos+p.offsets[n+1])
		if !ok {
			return 0, false
		}
		last = at
	}
	return last, true
}

// atPosition finds the word among the tokens from k on that stand at position pos.
func (w *wordOp) atPosition(s *stream, k int, pos uint32) (token int, ok bool) {
	for ; k < len(s.tokens) && s.tokens[k].Pos <= pos; k++ {
		if s.tokens[k].Pos == pos && w.matches(s, k) {
			return k, true
		}
	}
	return 0, false
}

// anyOp is the places of any of its kids.
type anyOp struct{ kids []operand }

func (a *anyOp) candidates() need {
	n := need{slot: -1, any: true}
	for _, k := range a.kids {
		n.kids = append(n.kids, k.candidates())
	}
	return n
}

func (a *anyOp) why(s *stream, i int) Why {
	for _, k := range a.kids {
		if why := k.why(s, i); why != "" {
			return why
		}
	}
	return ""
}

func (a *anyOp) typed(s *stream, i int) bool {
	return slices.ContainsFunc(a.kids, func(k operand) bool { return k.typed(s, i) })
}

func (a *anyOp) find(s *stream, dst []place) []place {
	for _, k := range a.kids {
		dst = k.find(s, dst)
	}
	sortPlaces(dst)
	return dst
}

// nearOp is two operands within some words of each other, or in one sentence.
type nearOp struct {
	left, right operand
	distance    uint32 // in words; ignored when sentence
	ordered     bool
	sentence    bool
}

func (n *nearOp) candidates() need {
	return need{slot: -1, kids: []need{n.left.candidates(), n.right.candidates()}}
}

func (n *nearOp) find(s *stream, dst []place) []place {
	n.pairs(s, func(p place) bool {
		dst = append(dst, p)
		return true
	})
	sortPlaces(dst)
	return dst
}

// meets reports whether find would find anything.
func (n *nearOp) meets(s *stream) (met bool) {
	n.pairs(s, func(place) bool {
		met = true
		return false
	})
	return met
}

// pairs yields the places of the operand, as long as more are wanted.
func (n *nearOp) pairs(s *stream, yield func(place) bool) {
	left := n.left.find(s, s.borrow())
	defer func() { s.giveBack(left) }()
	if len(left) == 0 {
		return
	}
	right := n.right.find(s, s.borrow())
	defer func() { s.giveBack(right) }()
	s.spent += placeTokens * (len(left) + len(right))
	for _, l := range left {
		// Only the nearest neighbour on either side can be close enough first,
		// so a paragraph of one word a million times stays linear.
		after := sort.Search(len(right), func(i int) bool { return right[i].first > l.last })
		if after < len(right) && n.together(l, right[after]) && !yield(cover(l, right[after])) {
			return
		}
		before := sort.Search(len(right), func(i int) bool { return right[i].first >= l.first }) - 1
		if before >= 0 && n.together(l, right[before]) && !yield(cover(l, right[before])) {
			return
		}
	}
}

func (n *nearOp) why(s *stream, i int) Why { return cmp.Or(n.left.why(s, i), n.right.why(s, i)) }

func (n *nearOp) typed(s *stream, i int) bool { return n.left.typed(s, i) || n.right.typed(s, i) }

// together reports whether two places satisfy the distance. The distance is
// the number of positions from the end of one to the start of the other: words
// side by side are within 1. A word is never near itself.
func (n *nearOp) together(l, r place) bool {
	if l.tokens[0] <= r.tokens[1] && r.tokens[0] <= l.tokens[1] {
		return false
	}
	if n.sentence {
		return l.sentence == r.sentence
	}
	if r.first > l.last {
		return r.first-l.last <= n.distance
	}
	if n.ordered || l.first <= r.last {
		return false
	}
	return l.first-r.last <= n.distance
}

func cover(l, r place) place {
	if r.first < l.first {
		l, r = r, l
	}
	return place{l.first, max(l.last, r.last), l.sentence, [2]int{min(l.tokens[0], r.tokens[0]), max(l.tokens[1], r.tokens[1])}}
}

func sortPlaces(p []place) {
	slices.SortFunc(p, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
	})
}
