package search

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"dalel/corpus"
	"dalel/corpus/works"
)

// Version is a further version of a work, with what it has of a query; those
// without any come last.
type Version struct {
	Doc  *corpus.Document // facts only
	Hits int              // passages in the document
	Is   works.Difference // how it differs from the version that is shown
}

// work is the documents with passages that are versions of one text.
type work struct {
	docs  []docEntry // the one that is shown first
	top   passage    // the best of all
	first DocNo      // that top stands in
}

// byWork returns documents by their works, those of one in the order they have.
func byWork(v View, docs []docEntry) []docEntry {
	order := func(a, b docEntry) int { return cmp.Compare(v.Work(a.doc), v.Work(b.doc)) }
	if !slices.IsSortedFunc(docs, order) { // they mostly are: works are numbered as they come
		docs = slices.Clone(docs)
		slices.SortStableFunc(docs, order)
	}
	return docs
}

// worksIn yields the documents of each work together.
func worksIn(v View, docs []docEntry) iter.Seq[[]docEntry] {
	docs = byWork(v, docs)
	return func(yield func([]docEntry) bool) {
		for from := 0; from < len(docs); {
			work, to := v.Work(docs[from].doc), from+1
			for to < len(docs) && v.Work(docs[to].doc) == work {
				to++
			}
			if !yield(docs[from:to:to]) {
				return
			}
			from = to
		}
	}
}

// worksOf puts the documents that were found together by works.
func (a *answer) worksOf(p []passage) []work {
	out := make([]work, 0, len(a.docs))
	for docs := range worksIn(a.view, a.docs) {
		w := work{docs: docs}
		for _, d := range docs {
			for i := d.from; i < d.to; i++ {
				if x := &p[i]; i == docs[0].from || x.tier < w.top.tier || x.tier == w.top.tier && x.score > w.top.score {
					w.top, w.first = *x, d.doc
				}
			}
		}
		out = append(out, w)
	}
	return out
}

// near is how good the best passage of a version must be, of the best of its
// work, to be shown: a query is asked in one language, and a translation that
// has a word of it by chance does not answer it.
const near = 0.5

// choose puts the version first that is shown: of those that answer the query
// as well, the final one, in the reader's language, the original.
func (a *answer) choose(w *work, p []passage) {
	if len(w.docs) == 1 {
		return
	}
	facts := make(map[DocNo]*corpus.Document, len(w.docs))
	answers := make(map[DocNo]bool, len(w.docs))
	for _, d := range w.docs {
		facts[d.doc] = a.view.Doc(d.doc)
		answers[d.doc] = slices.ContainsFunc(p[d.from:d.to], func(x passage) bool {
			return x.tier == w.top.tier && x.score >= near*w.top.score
		})
	}
	w.docs = slices.Clone(w.docs)
	slices.SortStableFunc(w.docs, func(x, y docEntry) int {
		if c := boolsCompare(answers[y.doc], answers[x.doc]); c != 0 {
			return c
		}
		return works.Compare(facts[x.doc], facts[y.doc], a.req.Reader)
	})
}

func boolsCompare(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// silent returns the versions of works that have no passages, by work: they
// are told too, for the reader may know their language better.
func (a *answer) silent(all []work, order []int) map[uint32][]docEntry {
	_, docs := a.view.Size()
	highest := uint32(0)
	for _, i := range order {
		highest = max(highest, a.view.Work(all[i].first))
	}
	asked, has := make([]bool, highest+1), make([]bool, docs) // by work; by document
	for _, i := range order {
		asked[a.view.Work(all[i].first)] = true
		for _, d := range all[i].docs {
			has[d.doc] = true
		}
	}
	out := map[uint32][]docEntry{}
	for d := range DocNo(docs) {
		if n := a.view.Work(d); n <= highest && asked[n] && !has[d] && a.view.Alive(d) {
			out[n] = append(out[n], docEntry{doc: d})
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(x, y docEntry) int { return works.Compare(a.view.Doc(x.doc), a.view.Doc(y.doc), a.req.Reader) })
	}
	return out
}

// Versions returns the other versions of the work of a document, the one to
// show first before the rest, each with how it differs from the document. A
// document that the index does not have has none.
func (e *Engine) Versions(ctx context.Context, id corpus.ID, reader string) ([]Version, error) {
	var out []Version
	err := e.report(ctx, string(id), func(_ context.Context, view View) error {
		no, ok := docNo(view, id)
		if !ok {
			return nil
		}
		_, docs := view.Size()
		for d := range DocNo(docs) {
			if d != no && view.Work(d) == view.Work(no) && view.Alive(d) {
				doc := view.Doc(d)
				out = append(out, Version{Doc: doc, Is: works.Differ(doc, view.Doc(no))})
			}
		}
		slices.SortFunc(out, func(x, y Version) int { return works.Compare(x.Doc, y.Doc, reader) })
		return nil
	})
	return out, err
}

// groups fetches works offset … offset+limit, each as the version that is
// shown with its best passages.
func (a *answer) groups(ctx context.Context, p []passage) ([]Group, error) {
	all := a.worksOf(p)
	by := a.order()
	if by != nil {
		for i := range all {
			a.choose(&all[i], p) // the day is that of the version shown
		}
	}
	order := best(len(all), saturating(a.req.Offset, a.req.Limit), func(x, y int) int {
		if by != nil {
			if c := by(all[x].docs[0].doc, all[y].docs[0].doc); c != 0 {
				return c
			}
		}
		return a.byTop(&all[x], &all[y])
	})
	order = order[min(a.req.Offset, len(order)):]
	silent := a.silent(all, order)
	var groups []Group
	for _, i := range order {
		a.choose(&all[i], p)
		g, err := a.group(ctx, all[i].docs[0], p)
		if err != nil {
			return nil, err
		}
		g.Score = float64(all[i].top.score)
		for _, d := range append(all[i].docs[1:], silent[a.view.Work(all[i].first)]...) {
			doc := a.view.Doc(d.doc)
			g.Versions = append(g.Versions, Version{Doc: doc, Hits: d.to - d.from, Is: works.Differ(doc, g.Doc)})
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// byTop orders works by the best passage of each; ties as byScore.
func (a *answer) byTop(x, y *work) int {
	switch {
	case x.top.tier != y.top.tier:
		return cmp.Compare(x.top.tier, y.top.tier)
	case x.top.score != y.top.score:
		return cmp.Compare(y.top.score, x.top.score)
	}
	return cmp.Or(a.newest(x.first, y.first), a.view.CompareIDs(x.first, y.first))
}
