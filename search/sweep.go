package search

import (
	"context"
	"slices"
	"sort"

	"dalel/corpus"
)

// passage is a paragraph that matched.
type passage struct {
	para  ParaNo
	score float32
	tier  uint8 // of a name alone: exact spelling, case form, other script, weaker
}

// docEntry is a document with passages, or with the words apart.
type docEntry struct {
	doc      DocNo
	fails    uint32 // the filters it fails, a bit each; counted in facets only
	from, to int    // its passages
}

// found is what a sweep finds, documents and passages in the order they were stored.
type found struct {
	docs     []docEntry
	passages []passage
	apart    []DocNo
}

// sweep walks the postings document by document and judges each one's scopes.
type sweep struct {
	view    View
	prog    *program
	filter  *compiledFilter
	leaves  [][]posting
	any     bool // Request.Any
	cursors []int
	must    leafSet // without which no document is worth judging
	slim    bool    // no condition reads more of a paragraph than its leaves
	para    Para    // that is being judged, unless slim
	sheet   sheet
	apart   leafSet // of the document that is being judged as a whole
	found   found
}

// sheet is the paragraphs of one document with the leaves they have. All
// slices are by ordinal less one, but touched and scopes list only those met.
type sheet struct {
	first   ParaNo
	rows    []row
	scopes  []scopeRow
	touched []int
	joined  []int // scopes met, in order
	doc     leafSet
	best    bestOf // over the document
}

// bestOf adds up the best score of each leaf. Leaves come one after another.
type bestOf struct {
	sum  float32
	leaf int // the last leaf added, plus one
	best float32
}

func (b *bestOf) add(leaf int, score float32) {
	if b.leaf != leaf+1 {
		b.leaf, b.best = leaf+1, 0
	}
	if score > b.best {
		b.sum += score - b.best
		b.best = score
	}
}

type row struct {
	leaves leafSet
	score  float32
	met    bool
}

type scopeRow struct {
	leaves leafSet
	best   bestOf
	rows   []int
}

func (s *sweep) run(ctx context.Context) (*found, error) {
	s.cursors = make([]int, len(s.leaves))
	s.slim = len(s.filter.paras) == 0 && !s.prog.readsParas()
	if s.isPlain() {
		return s.runLeaf(ctx)
	}
	next, all := s.order()
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		doc, ok := next()
		if !ok {
			return &s.found, nil
		}
		first, end := s.view.Paras(doc)
		fails, ok := s.admits(doc)
		s.load(first, end, ok)
		if ok && all {
			s.sheet.meetAll(s.view, first, end)
		}
		if ok {
			s.judge(doc, fails)
		}
	}
}

// isPlain reports whether the program is one leaf, and nothing else decides.
func (s *sweep) isPlain() bool {
	root := s.prog.root
	return root != nil && root.isLeaf() && len(s.leaves) == 1 && s.slim && !s.any
}

// order returns what gives the documents that are worth judging; all says that
// their paragraphs are, whatever leaves they have.
func (s *sweep) order() (next func() (DocNo, bool), all bool) {
	root := s.prog.root
	if root == nil || root.mayHoldAlone() {
		return s.everyDocument(), true
	}
	if s.must = root.must(); s.must != (leafSet{}) {
		return s.nextWithAll, false
	}
	return s.next, false
}

// runLeaf is run for a program of one leaf: each of its postings is a passage.
func (s *sweep) runLeaf(ctx context.Context) (*found, error) {
	list := s.leaves[0]
	s.found.passages = slices.Grow(s.found.passages, len(list))
	for n := 0; len(list) > 0; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		doc := s.view.DocOf(list[0].para)
		_, end := s.view.Paras(doc)
		fails, ok := s.admits(doc)
		from := len(s.found.passages)
		for ; len(list) > 0 && list[0].para < end; list = list[1:] {
			if ok {
				s.found.passages = append(s.found.passages, passage{para: list[0].para, score: list[0].score})
			}
		}
		if ok {
			s.found.docs = append(s.found.docs, docEntry{doc, fails, from, len(s.found.passages)})
		}
	}
	return &s.found, nil
}

// everyDocument returns the documents one after another, for a query that may
// hold where none of its words stand.
func (s *sweep) everyDocument() func() (DocNo, bool) {
	_, docs := s.view.Size()
	d := DocNo(0)
	return func() (DocNo, bool) {
		for int(d) < docs && !s.view.Alive(d) {
			d++
		}
		d++
		return d - 1, int(d) <= docs
	}
}

// mayHoldAlone reports whether an expression can hold for a paragraph that has
// none of its leaves: "kind:news -суд".
func (e *expr) mayHoldAlone() bool {
	switch e.kind {
	case opPred, opNot:
		return true
	case opAnd:
		return !slices.ContainsFunc(e.kids, func(k *expr) bool { return !k.mayHoldAlone() })
	case opOr:
		return slices.ContainsFunc(e.kids, (*expr).mayHoldAlone)
	case opLeaf, opDocument, opContext:
	}
	return false
}

// next returns the next document that any posting is in.
func (s *sweep) next() (doc DocNo, ok bool) {
	low := ^ParaNo(0)
	for i, p := range s.leaves {
		if s.cursors[i] < len(p) {
			low, ok = min(low, p[s.cursors[i]].para), true
		}
	}
	if !ok {
		return 0, false
	}
	return s.view.DocOf(low), true
}

// must returns the leaves without which an expression holds nowhere in a document.
func (e *expr) must() (all leafSet) {
	switch e.kind {
	case opLeaf:
		all.add(e.leaf)
	case opAnd, opDocument, opContext:
		for _, k := range e.kids {
			all.union(k.must())
		}
	case opOr:
		all = e.kids[0].must()
		for _, k := range e.kids[1:] {
			all.intersect(k.must())
		}
	case opNot, opPred:
	}
	return all
}

// nextWithAll is next for the documents that have all of s.must.
func (s *sweep) nextWithAll() (doc DocNo, ok bool) {
	for {
		high := ParaNo(0)
		for i, p := range s.leaves {
			if !s.must.has(i) {
				continue
			}
			if s.cursors[i] == len(p) {
				return 0, false
			}
			high = max(high, p[s.cursors[i]].para)
		}
		doc, ok = s.view.DocOf(high), true
		first, end := s.view.Paras(doc)
		for i, p := range s.leaves {
			at := reach(p, s.cursors[i], first)
			s.cursors[i] = at
			ok = ok && (!s.must.has(i) || at < len(p) && p[at].para < end)
		}
		if ok {
			return doc, true
		}
	}
}

// reach returns the place of the first posting that is not below a paragraph,
// from a place on. It gallops: what is sought is mostly near.
func reach(p []posting, from int, para ParaNo) int {
	step := 1
	for from+step < len(p) && p[from+step].para < para {
		from += step
		step *= 2
	}
	end := min(from+step, len(p))
	return from + sort.Search(end-from, func(i int) bool { return p[from+i].para >= para })
}

// admits reports whether a document is worth judging: it is in the library, meets the conditions
// of the query, and fails one filter at most.
func (s *sweep) admits(doc DocNo) (fails uint32, ok bool) {
	if !s.view.Alive(doc) {
		return 0, false
	}
	for i := range s.prog.preds {
		if p := &s.prog.preds[i]; p.doc != nil && !p.doc(doc) {
			return 0, false
		}
	}
	fails = s.filter.fails(doc)
	return fails, fails&(fails-1) == 0
}

// load moves the postings of one document onto the sheet.
func (s *sweep) load(first, end ParaNo, keep bool) {
	s.sheet.reset(first, int(end-first))
	for leaf, p := range s.leaves {
		i := s.cursors[leaf]
		for ; i < len(p) && p[i].para < end; i++ {
			if keep {
				s.sheet.add(s.view, leaf, p[i], !s.prog.leaves[leaf].negative)
			}
		}
		s.cursors[leaf] = i
	}
}

func (t *sheet) reset(first ParaNo, n int) {
	for _, i := range t.touched {
		t.rows[i] = row{}
	}
	for _, i := range t.joined {
		t.scopes[i] = scopeRow{rows: t.scopes[i].rows[:0]}
	}
	if len(t.rows) < n {
		t.rows, t.scopes = make([]row, n), make([]scopeRow, n)
	}
	t.first, t.touched, t.joined, t.doc, t.best = first, t.touched[:0], t.joined[:0], leafSet{}, bestOf{}
}

// meet notes that a paragraph is to be judged.
func (t *sheet) meet(v View, no ParaNo) (*row, *scopeRow) {
	i := int(no - t.first)
	r := &t.rows[i]
	si := int(v.ScopeOf(no)) - 1
	sc := &t.scopes[si]
	if !r.met {
		r.met = true
		t.touched = append(t.touched, i)
		if len(sc.rows) == 0 {
			t.joined = append(t.joined, si)
		}
		sc.rows = append(sc.rows, i)
	}
	return r, sc
}

// meetAll has all paragraphs judged, whatever leaves they have.
func (t *sheet) meetAll(v View, first, end ParaNo) {
	for p := first; p < end; p++ {
		if v.Para(p).Role != corpus.RoleHeader {
			t.meet(v, p)
		}
	}
}

func (t *sheet) add(v View, leaf int, p posting, scores bool) {
	r, sc := t.meet(v, p.para)
	r.leaves.add(leaf)
	sc.leaves.add(leaf)
	t.doc.add(leaf)
	if !scores {
		return
	}
	r.score += p.score
	sc.best.add(leaf, p.score)
	t.best.add(leaf, p.score)
}

// judge finds the passages of the document on the sheet: in each scope that
// satisfies the query, the paragraphs that satisfy it alone, or the best one.
func (s *sweep) judge(doc DocNo, fails uint32) {
	from := len(s.found.passages)
	for _, si := range s.sheet.joined {
		s.judgeScope(&s.sheet.scopes[si], fails)
	}
	if to := len(s.found.passages); to > from {
		s.found.docs = append(s.found.docs, docEntry{doc, fails, from, to})
		return
	}
	if fails == 0 && s.isApart() {
		s.found.apart = append(s.found.apart, doc)
	}
}

func (s *sweep) judgeScope(sc *scopeRow, fails uint32) {
	before := len(s.found.passages)
	best, bestScore := -1, float32(-1)
	for _, i := range sc.rows {
		no := s.sheet.first + ParaNo(i)
		if !s.reads(no, fails) {
			continue
		}
		r := &s.sheet.rows[i]
		if s.prog.holds(verdict{&r.leaves, &sc.leaves, &s.sheet.doc, &s.para}) {
			s.found.passages = append(s.found.passages, passage{para: no, score: s.score(r)})
			continue
		}
		if r.score > bestScore && s.prog.holds(verdict{&sc.leaves, &sc.leaves, &s.sheet.doc, &s.para}) {
			best, bestScore = i, r.score
		}
	}
	if len(s.found.passages) == before && best >= 0 {
		no := s.sheet.first + ParaNo(best)
		s.found.passages = append(s.found.passages, passage{para: no, score: sc.best.sum * jointWeight})
	}
}

// score is what a paragraph is worth. Where any word may match, the rest of its
// document speaks for it too: a title tells what the paragraphs below it say.
func (s *sweep) score(r *row) float32 {
	if !s.any {
		return r.score
	}
	return r.score + contextWeight*(s.sheet.best.sum-r.score)
}

// reads makes a paragraph the one that is being judged, if it meets the conditions
// on paragraphs.
func (s *sweep) reads(no ParaNo, fails uint32) bool {
	if s.slim {
		return true
	}
	para := s.view.Para(no)
	if !s.passes(&para, fails) {
		return false
	}
	s.para = para
	return true
}

// passes reports whether a paragraph meets the conditions on paragraphs.
func (s *sweep) passes(p *Para, fails uint32) bool {
	for i := range s.prog.preds {
		if c := &s.prog.preds[i]; c.para != nil && !c.para(p) {
			return false
		}
	}
	return s.filter.passes(p, fails)
}

// isApart reports whether the document has all that the query asks for, if
// not in one scope.
func (s *sweep) isApart() bool {
	doc, met := &s.apart, false
	*doc = leafSet{}
	for _, i := range s.sheet.touched {
		if s.reads(s.sheet.first+ParaNo(i), 0) {
			doc.union(s.sheet.rows[i].leaves)
			met = true
		}
	}
	return met && s.prog.holds(verdict{doc, doc, doc, &s.para})
}

// readsParas reports whether a condition of the program is on paragraphs.
func (p *program) readsParas() bool {
	return slices.ContainsFunc(p.preds, func(c pred) bool { return c.para != nil }) || p.root != nil && p.root.readsParas()
}

func (e *expr) readsParas() bool {
	return e.kind == opPred || slices.ContainsFunc(e.kids, (*expr).readsParas)
}

// verdict is what an expression is judged on: the leaves that count for it,
// those that count against it, those of the whole document, and the paragraph.
type verdict struct {
	has, hasNot, doc *leafSet
	para             *Para
}

// holds reports whether a program's expression holds. Conditions alone leave none.
func (p *program) holds(v verdict) bool { return p.root == nil || p.root.holds(v) }

func (e *expr) holds(v verdict) bool {
	switch e.kind {
	case opLeaf:
		return v.has.has(e.leaf)
	case opPred:
		return e.pred.holds(v.para)
	case opNot:
		return !e.kids[0].holds(verdict{v.hasNot, v.hasNot, v.doc, v.para})
	case opOr:
		for _, k := range e.kids {
			if k.holds(v) {
				return true
			}
		}
		return false
	case opContext:
		return e.kids[0].holds(v) && e.kids[1].holds(verdict{v.doc, v.doc, v.doc, v.para})
	case opDocument:
		if !v.has.meets(e.uses) {
			return false
		}
		v = verdict{v.doc, v.doc, v.doc, v.para}
	case opAnd:
	}
	for _, k := range e.kids {
		if !k.holds(v) {
			return false
		}
	}
	return true
}
