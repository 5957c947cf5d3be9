package search

import (
	"cmp"
	"context"
	"slices"

	"dalel/corpus"
	"dalel/corpus/law"
)

// citingKeys are the columns in which a document names others.
var citingKeys = []corpus.Key{KeyCites, KeyInstrument}

// Links are what ties a document to others: what it is cited as, what it cites,
// and who cites it.
type Links struct {
	Own     []string // keys under which others cite it
	Cites   []Link   // numbered documents first, then acts; in the order of their keys
	CitedBy []*corpus.Document
	// CitedWorks is how many works cite it, copies and language versions counted
	// once, its own work not.
	CitedWorks int
}

// Link is something that is cited, and the documents of the library that are it.
type Link struct {
	Key  string
	Held []*corpus.Document // facts only
}

// NotHeld is something that is cited and is not in the library.
type NotHeld struct {
	Key   string
	Works int // that cite it
	Docs  int
}

// linker answers who cites whom in one view.
type linker struct {
	view View
	held map[string][]DocNo // by key under which a document is cited
}

func newLinker(v View) *linker {
	l := &linker{view: v, held: map[string][]DocNo{}}
	own := v.Facet(KeyOwn)
	for d, values := range own.Of {
		if !v.Alive(DocNo(d)) {
			continue
		}
		for _, i := range values {
			for _, key := range wider(own.Values[i]) {
				l.held[key] = append(l.held[key], DocNo(d))
			}
		}
	}
	return l
}

// wider returns a key, and the key of an act without its edition: who cites УК
// РК cites one of the codes that were in force.
func wider(key string) []string {
	r, ok := law.ParseKey(key)
	if same := law.Identity(key); same != key {
		return []string{key, same}
	}
	if !ok || r.Edition == "" || len(law.Editions(r.Instrument)) == 0 {
		return []string{key}
	}
	return []string{key, r.Instrument}
}

// cited calls do for every document that names something, with what it names.
func (l *linker) cited(do func(key string, d DocNo)) {
	for _, k := range citingKeys {
		column := l.view.Facet(k)
		for d, values := range column.Of {
			if !l.view.Alive(DocNo(d)) {
				continue
			}
			for _, i := range values {
				do(column.Values[i], DocNo(d))
			}
		}
	}
}

// counts returns how many works cite each document, by number; its own work is
// not counted.
func (l *linker) counts() map[DocNo]int {
	type pair struct {
		of   DocNo
		work uint32
	}
	seen, out := map[pair]bool{}, map[DocNo]int{}
	l.cited(func(key string, d DocNo) {
		for _, of := range l.held[key] {
			p := pair{of, l.view.Work(d)}
			if p.work != l.view.Work(of) && !seen[p] {
				seen[p] = true
				out[of]++
			}
		}
	})
	return out
}

// docNo finds a document by its ID.
func docNo(v View, id corpus.ID) (DocNo, bool) {
	_, docs := v.Size()
	for d := range DocNo(docs) {
		if v.Alive(d) && v.ID(d) == id {
			return d, true
		}
	}
	return 0, false
}

// Links tells what a document cites and who cites it. A document that the index
// does not have has none.
func (e *Engine) Links(ctx context.Context, id corpus.ID) (*Links, error) {
	out := &Links{}
	err := e.report(ctx, string(id), func(_ context.Context, view View) error {
		no, ok := docNo(view, id)
		if !ok {
			return nil
		}
		l := newLinker(view)
		out.Own = valuesOf(view.Facet(KeyOwn), no)
		out.Cites = l.linksOf(no)
		out.CitedBy, out.CitedWorks = l.citersOf(no)
		return nil
	})
	return out, err
}

func valuesOf(c FacetColumn, d DocNo) (out []string) {
	if int(d) < len(c.Of) {
		for _, i := range c.Of[d] {
			out = append(out, c.Values[i])
		}
	}
	return out
}

// linksOf lists what a document names, but for itself and its other versions.
func (l *linker) linksOf(no DocNo) (out []Link) {
	for _, k := range citingKeys {
		keys := valuesOf(l.view.Facet(k), no)
		slices.SortFunc(keys, law.Compare)
		for _, key := range keys {
			link := Link{Key: key}
			itself := false
			for _, d := range l.held[key] {
				itself = itself || l.view.Work(d) == l.view.Work(no)
				link.Held = append(link.Held, l.view.Doc(d))
			}
			if !itself {
				out = append(out, link)
			}
		}
	}
	return out
}

// citersOf lists the documents that cite one, newest first, and counts their works.
func (l *linker) citersOf(no DocNo) (docs []*corpus.Document, works int) {
	seen, counted := map[DocNo]bool{}, map[uint32]bool{}
	l.cited(func(key string, d DocNo) {
		work := l.view.Work(d)
		if seen[d] || work == l.view.Work(no) || !slices.Contains(l.held[key], no) {
			return
		}
		seen[d], counted[work] = true, true
		docs = append(docs, l.view.Doc(d))
	})
	slices.SortFunc(docs, func(a, b *corpus.Document) int {
		return cmp.Or(cmp.Compare(b.Date(), a.Date()), cmp.Compare(a.ID, b.ID))
	})
	return docs, len(counted)
}

// Held lists the documents of the library that are cited under a key.
func (e *Engine) Held(ctx context.Context, key string) (docs []*corpus.Document, err error) {
	err = e.report(ctx, key, func(_ context.Context, view View) error {
		for _, d := range newLinker(view).held[key] {
			docs = append(docs, view.Doc(d))
		}
		return nil
	})
	return docs, err
}

// NotHeld lists what documents cite that the library does not have: the cited
// most often first, numbered documents and acts apart.
func (e *Engine) NotHeld(ctx context.Context) (documents, acts []NotHeld, err error) {
	err = e.report(ctx, "", func(_ context.Context, view View) error {
		l := newLinker(view)
		for i, k := range citingKeys {
			list := l.missing(k)
			if i == 0 {
				documents = list
			} else {
				acts = list
			}
		}
		return nil
	})
	return documents, acts, err
}

// missing lists what the documents name in a column and the library does not
// have. What several numbers are one document's stands once, under the one that
// most documents write.
func (l *linker) missing(k corpus.Key) []NotHeld {
	type cited struct {
		key   string
		works map[uint32]bool
		docs  map[DocNo]bool
		most  int // documents that write key
	}
	column := l.view.Facet(k)
	docs := make([][]DocNo, len(column.Values))
	for d, values := range column.Of {
		if !l.view.Alive(DocNo(d)) {
			continue
		}
		for _, i := range values {
			docs[i] = append(docs[i], DocNo(d))
		}
	}
	all := map[string]*cited{}
	for i, key := range column.Values {
		same := law.Identity(key)
		if len(docs[i]) == 0 || len(l.held[key]) > 0 || len(l.held[same]) > 0 {
			continue
		}
		c := all[same]
		if c == nil {
			c = &cited{works: map[uint32]bool{}, docs: map[DocNo]bool{}}
			all[same] = c
		}
		for _, d := range docs[i] {
			c.works[l.view.Work(d)], c.docs[d] = true, true
		}
		if len(docs[i]) > c.most || len(docs[i]) == c.most && law.Compare(key, c.key) < 0 {
			c.key, c.most = key, len(docs[i])
		}
	}
	var out []NotHeld
	for _, c := range all {
		out = append(out, NotHeld{c.key, len(c.works), len(c.docs)})
	}
	slices.SortFunc(out, func(a, b NotHeld) int { return cmp.Or(cmp.Compare(b.Works, a.Works), law.Compare(a.Key, b.Key)) })
	return out
}

// citedMost orders documents by how many works cite them, most first.
func (a *answer) citedMost(x, y DocNo) int {
	if a.cited == nil {
		a.cited = newLinker(a.view).counts()
	}
	return cmp.Compare(a.cited[y], a.cited[x])
}
