package search

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Weights of the ranking beyond BM25. They act on the best rankDepth passages
// by BM25; beyond that depth the order is BM25's own. Each is held by search expectations
// (search/testdata/search).
const (
	rankDepth     = 300
	contextWeight = 0.7  // what the rest of a document says, where any word may match
	jointWeight   = 0.8  // words met in a numbered paragraph and its bullets, not in one of them
	closeWeight   = 0.5  // all words side by side, against far apart
	formWeight    = 0.15 // all words in the very form typed
	askedWeight   = 0.5  // the same, where any word may match: MRR@10 on questions rises by .01 (KazQAD, dev half)
	inOrder       = 0.1  // the closest words stand in the order typed
	minLift       = 0.5
)

// ranker scores passages and keeps the best.
type ranker struct {
	view   View
	prog   *program
	stream *stream
	any    bool      // Request.Any
	only   FormProbe // the forms that the program's words look at; nil for all
	typed  []posting // paragraphs with the very form typed, of a program of one word
	docs   func(DocNo) float32
	names  bool // the program asks for names alone
	places []place
	spots  []spot
}

func newRanker(s *stream, p *program, typed []posting, anyWord bool) ranker {
	all := &anyOp{}
	for i := range p.leaves {
		all.kids = append(all.kids, p.leaves[i].op)
	}
	return ranker{view: s.view, prog: p, stream: s, any: anyWord, only: probeOf(all), typed: typed, docs: docLifts(s.view), names: p.namesOnly()}
}

// spot is one place of one leaf in a passage.
type spot struct {
	leaf        int
	first, last uint32
}

// lift scores the best passages again, by what they are and where their words
// stand, and scales the rest down, so that the order of the whole stays one.
func (r *ranker) lift(ctx context.Context, all []passage, order []int) error {
	lifted := make([]float32, len(order))
	for n, i := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		lift, err := r.liftOf(all[i].para)
		if err != nil {
			return err
		}
		lifted[n] = all[i].score * max(minLift, lift)
	}
	for i := range all {
		all[i].score *= minLift
	}
	for n, i := range order {
		all[i].score = lifted[n]
	}
	return nil
}

func (r *ranker) liftOf(no ParaNo) (float32, error) {
	if r.prog.word() != nil {
		return r.liftOfWord(no), nil
	}
	if err := r.stream.loadOnly(no, r.only); err != nil {
		return 0, err
	}
	r.spots = r.spots[:0]
	leaves, typed := 0, 0
	for i := range r.prog.leaves {
		l := &r.prog.leaves[i]
		if l.negative {
			continue
		}
		r.places = l.op.find(r.stream, r.places[:0])
		if len(r.places) == 0 {
			continue
		}
		leaves++
		if r.asTyped(l.op) {
			typed++
		}
		for _, p := range r.places {
			r.spots = append(r.spots, spot{i, p.first, p.last})
		}
	}
	para := r.view.Para(no)
	is := liftFor(&para, r.names) * r.docs(para.Doc)
	if r.any { // a question's words are no phrase; that they are many ranks them
		return is * (1 + askedWeight*share(typed, len(r.prog.leaves))), nil
	}
	return is * (1 + r.closeness(leaves)) * (1 + formWeight*share(typed, leaves)), nil
}

// liftOfWord is liftOf for a program of one word: where it stands does not count.
func (r *ranker) liftOfWord(no ParaNo) float32 {
	para := r.view.Para(no)
	lift, weight := liftFor(&para, r.names)*r.docs(para.Doc), float32(formWeight)
	if r.any {
		weight = askedWeight
	}
	if _, typed := slices.BinarySearchFunc(r.typed, no, func(p posting, no ParaNo) int { return cmp.Compare(p.para, no) }); typed {
		lift *= 1 + weight
	}
	return lift
}

func share(n, of int) float32 {
	if of == 0 {
		return 0
	}
	return float32(n) / float32(of)
}

// asTyped reports whether a place of the operand begins in the form typed.
func (r *ranker) asTyped(op operand) bool {
	return slices.ContainsFunc(r.places, func(p place) bool { return op.typed(r.stream, p.tokens[0]) })
}

// closeness is the bonus for the shortest run of text that has a place of
// every leaf met: closeWeight when they stand side by side, falling with the
// words between them.
func (r *ranker) closeness(leaves int) float32 {
	if leaves < 2 {
		return 0
	}
	slices.SortFunc(r.spots, func(a, b spot) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.leaf, b.leaf)) })
	window, ordered := shortestWindow(r.spots, leaves, len(r.prog.leaves))
	bonus := closeWeight * float32(leaves) / float32(max(window, leaves))
	if ordered {
		bonus += inOrder
	}
	return bonus
}

// shortestWindow returns the length in positions of the shortest run of spots
// that has all leaves met, and whether they stand in the order of the query.
func shortestWindow(spots []spot, leaves, all int) (length int, ordered bool) {
	counts := make([]int, all)
	met, from, bestFrom, bestTo := 0, 0, 0, -1
	length = 1 << 30
	for to, s := range spots {
		if counts[s.leaf]++; counts[s.leaf] == 1 {
			met++
		}
		for met == leaves {
			if n := int(s.last) - int(spots[from].first) + 1; n < length {
				length, bestFrom, bestTo = n, from, to
			}
			if counts[spots[from].leaf]--; counts[spots[from].leaf] == 0 {
				met--
			}
			from++
		}
	}
	return length, slices.IsSortedFunc(spots[bestFrom:bestTo+1], func(a, b spot) int { return cmp.Compare(a.leaf, b.leaf) })
}

// bestPassages is best for passages in an order by tier and score: most of them
// are below the worst of the best by those alone.
func bestPassages(p []passage, k int, less func(a, b int) int) []int {
	return bestBut(len(p), k, less, func(i, worst int) bool {
		return p[i].tier > p[worst].tier || p[i].tier == p[worst].tier && p[i].score < p[worst].score
	})
}

// key is a number that is less for the better of two passages, by tier and score.
func (p *passage) key() uint64 {
	score := math.Float32bits(p.score)
	if score>>31 == 0 { // as numbers, the bits of negative ones are turned round
		score |= 1 << 31
	} else {
		score = ^score
	}
	return uint64(p.tier)<<32 | uint64(^score)
}

// nth returns the key that has n others before it in order, of keys of five
// bytes. It counts byte by byte, in time linear in the number of keys.
func nth(keys []uint64, n int) (key uint64) {
	mask := uint64(0)
	for shift := 32; shift >= 0; shift -= 8 {
		var counts [256]int
		for _, k := range keys {
			if k&mask == key {
				counts[byte(k>>shift)]++
			}
		}
		digit := 0
		for ; n >= counts[digit]; digit++ {
			n -= counts[digit]
		}
		key |= uint64(digit) << shift
		mask |= 0xff << shift
	}
	return key
}

// best returns the indexes of the k best of n things, best first, by a total
// order.
func best(n, k int, less func(a, b int) int) []int {
	return bestBut(n, k, less, func(i, worst int) bool { return false })
}

// bestBut is best with a quick look at what is surely worse than the worst of the
// best.
func bestBut(n, k int, less func(a, b int) int, worse func(i, worst int) bool) []int {
	k = min(k, n)
	if k <= 0 {
		return nil
	}
	heap := make([]int, 0, k) // the worst of the best on top
	for i := range n {
		switch {
		case len(heap) < k:
			heap = append(heap, i)
			siftUp(heap, less)
		case worse(i, heap[0]):
		case less(i, heap[0]) < 0:
			heap[0] = i
			siftDown(heap, less)
		}
	}
	slices.SortFunc(heap, less)
	return heap
}

func siftUp(h []int, less func(a, b int) int) {
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if less(h[i], h[up]) <= 0 {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func siftDown(h []int, less func(a, b int) int) {
	for i := 0; ; {
		kid := 2*i + 1
		if kid >= len(h) {
			return
		}
		if kid+1 < len(h) && less(h[kid+1], h[kid]) > 0 {
			kid++
		}
		if less(h[kid], h[i]) <= 0 {
			return
		}
		h[i], h[kid] = h[kid], h[i]
		i = kid
	}
}
