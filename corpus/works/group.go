package works

import (
	"slices"

	"dalel/corpus"
)

// Groups knows the documents of a library and which of them are one text. It
// is not safe for concurrent use.
type Groups struct {
	docs  map[corpus.ID]*entry
	near  map[corpus.ID]map[corpus.ID]bool // documents whose texts agree
	index candidates
	byNo  []*entry // by the number that the index knows them by; nil for those forgotten
}

// entry is what is known of a document.
type entry struct {
	no    int32
	facts *corpus.Document // facts only
	keys  keys
	print *Print // nil if its text is not known
}

// NewGroups returns an empty Groups.
func NewGroups() *Groups {
	return &Groups{docs: map[corpus.ID]*entry{}, near: map[corpus.ID]map[corpus.ID]bool{}, index: newCandidates()}
}

// Set takes in a document, its text hash and the print of its text; or again,
// when they have changed. A nil Print leaves the one that was there.
func (g *Groups) Set(doc *corpus.Document, p *Print) {
	id, no := doc.ID, int32(len(g.byNo))
	if old := g.docs[id]; old != nil {
		no = old.no
		if p == nil {
			p = old.print
		}
		g.forget(id, old)
	}
	facts := *doc
	facts.Text = nil
	e := &entry{no: no, facts: &facts, keys: keysOf(doc), print: p}
	filed, paragraphs := drawers(e), 0
	if p != nil {
		paragraphs = len(p.Marks)
	}
	for _, no := range g.index.of(filed, paragraphs) {
		if o := g.byNo[no]; e.agrees(o) {
			g.tie(id, o.facts.ID)
		}
	}
	if int(no) == len(g.byNo) {
		g.byNo = append(g.byNo, nil)
	}
	g.docs[id], g.byNo[no] = e, e
	g.index.add(no, filed)
}

// Print returns the print of a document's text; nil if it is not known.
func (g *Groups) Print(id corpus.ID) *Print {
	if e := g.docs[id]; e != nil {
		return e.print
	}
	return nil
}

func (g *Groups) forget(id corpus.ID, e *entry) {
	g.index.drop(e.no, drawers(e))
	g.byNo[e.no] = nil
	for other := range g.near[id] {
		delete(g.near[other], id)
	}
	delete(g.near, id)
	delete(g.docs, id)
}

func (g *Groups) tie(a, b corpus.ID) {
	for _, p := range [][2]corpus.ID{{a, b}, {b, a}} {
		if g.near[p[0]] == nil {
			g.near[p[0]] = map[corpus.ID]bool{}
		}
		g.near[p[0]][p[1]] = true
	}
}

// Assign returns the work of each document; order is all of them, oldest
// first. Two documents are of one work when they share a sure key, or agree;
// and so are those that each is of one work with. A work is called by the ID
// of its first document, so that later ones do not rename it. Documents that
// are not in order are forgotten.
func (g *Groups) Assign(order []corpus.ID) map[corpus.ID]string {
	at := make(map[corpus.ID]int, len(order))
	for i, id := range order {
		at[id] = i
	}
	for id, e := range g.docs {
		if _, ok := at[id]; !ok {
			g.forget(id, e)
		}
	}
	u := newUnion(len(order))
	first := make(map[string]int, len(order)) // by key, the first document that has it
	for i, id := range order {
		e := g.docs[id]
		if e == nil {
			continue
		}
		for _, k := range e.keys.sure {
			if j, ok := first[k]; ok {
				u.join(i, j)
			} else {
				first[k] = i
			}
		}
		for other := range g.near[id] {
			u.join(i, at[other])
		}
	}
	out := make(map[corpus.ID]string, len(order))
	for i, id := range order {
		out[id] = string(order[u.find(i)])
	}
	return out
}

// union finds sets of things that are joined, each by its least.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(i, j int) {
	a, b := u.find(i), u.find(j)
	u[max(a, b)] = min(a, b)
}

// agrees reports whether two documents are one text by what their texts are,
// with or without a likely key in common.
func (e *entry) agrees(o *entry) bool {
	if e.print == nil || o.print == nil {
		return false
	}
	likely := slices.ContainsFunc(e.keys.likely, func(k string) bool { return slices.Contains(o.keys.likely, k) })
	if motionOf(e, o) {
		return likely
	}
	if apart(e.facts, o.facts) {
		return false
	}
	if e.print.Lang == o.print.Lang {
		return nearDuplicate(e.print, o.print, likely)
	}
	return translation(e.print, o.print, likely)
}

// motionOf reports whether one document is a motion and the other what was
// adopted: the texts differ, and their procedure is one. Two motions of
// different groups are two texts.
func motionOf(a, b *entry) bool {
	return a.facts.Kind() == corpus.Motion && b.facts.Kind() == corpus.Resolution ||
		a.facts.Kind() == corpus.Resolution && b.facts.Kind() == corpus.Motion
}

// Bounds of agreement. They stand far from what was measured on data of other
// texts (see the tests): the greatest resemblance of two texts that are not
// one was .12, the least of two that are .65; the greatest share of equal
// numbers in paragraphs of texts that are no translations was .33, of three
// paragraphs, the least of translations .50, of 48.
const (
	minResemblance = 0.55
	likelyResembl  = 0.25 // with a key in common
	minPaired      = 0.85
	likelyPaired   = 0.6
	minFit         = 0.9
	likelyFit      = 0.75
	minNumbers     = 0.45
	minCounted     = 5
	shortFit       = 0.98 // of texts with fewer numbers than that
	shortNumbers   = 0.7
)

// nearDuplicate reports whether two texts of one language are one, but for
// some words. A form letter with other names and numbers is another text.
func nearDuplicate(a, b *Print, likely bool) bool {
	r := resemblance(a, b)
	if likely {
		return r >= likelyResembl
	}
	if r < minResemblance {
		return false
	}
	s, ok := compare(a.Marks, b.Marks)
	return !ok || s.counted < minCounted || s.numbers >= minNumbers || s.paired < minPaired
}

// translation reports whether two texts of different languages are one: their
// paragraphs are as long and have the same numbers.
func translation(a, b *Print, likely bool) bool {
	s, ok := compare(a.Marks, b.Marks)
	switch {
	case !ok:
		return false
	case likely:
		return s.paired >= likelyPaired && s.fit >= likelyFit
	case s.paired < minPaired || s.fit < minFit:
		return false
	}
	agreed := s.numbers * float64(s.counted)
	if s.counted >= minCounted {
		return s.numbers >= minNumbers && agreed >= minCounted-1
	}
	// A short text has few numbers: every paragraph must be as long as it should,
	// and three of them have the same numbers, or all of them and all labels.
	if s.paired < 1 || s.fit < shortFit {
		return false
	}
	if agreed >= 3 && s.numbers >= shortNumbers {
		return true
	}
	return agreed >= 1 && s.numbers == 1 && s.named >= 3 && s.labels == 1
}
