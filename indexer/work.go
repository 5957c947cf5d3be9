package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"dalel/corpus"
	"dalel/corpus/works"
)

// loadWorks learns of all documents what tells which are versions of one text,
// unless that is known. The texts of those that are coming are not read here.
func (l *Library) loadWorks(ctx context.Context, g *generation, coming []corpus.ID) error {
	if l.works != nil {
		return nil
	}
	groups, err := l.readWorks(ctx, g, coming)
	if err == nil {
		l.works = groups
	}
	return err
}

// readWorks is loadWorks for an index that is made aside.
func (l *Library) readWorks(ctx context.Context, g *generation, coming []corpus.ID) (*works.Groups, error) {
	known, err := openPrints(g)
	if err != nil {
		return nil, err
	}
	later := make(map[corpus.ID]bool, len(coming))
	for _, id := range coming {
		later[id] = true
	}
	groups := works.NewGroups()
	var made []printed
	for chunk := range slices.Chunk(l.store.IDs(), worksAhead) {
		read, err := inParallel(chunk, func(id corpus.ID) (of, error) { return l.readWork(ctx, id, known[id], !later[id]) })
		if err != nil {
			return nil, err
		}
		for _, w := range read {
			if w.doc == nil {
				continue // removed meanwhile
			}
			groups.Set(w.doc, w.print)
			if w.made {
				made = append(made, printed{w.doc.ID, w.doc.TextHash, w.print})
			}
		}
	}
	if g == nil {
		return groups, nil
	}
	return groups, keepPrints(g.dir, made)
}

// worksAhead is how many documents are read at a time.
const worksAhead = 256

// of is what tells which are versions of a document.
type of struct {
	doc   *corpus.Document // facts only
	print *works.Print     // nil if it is not known
	made  bool             // the print is new
}

// readWork reads the facts of a document. Its print is the known one, if that is
// of the text in use; else it is made, if it is wanted.
func (l *Library) readWork(ctx context.Context, id corpus.ID, known printed, wanted bool) (w of, err error) {
	if err := ctx.Err(); err != nil {
		return w, err
	}
	w.doc, err = l.store.Document(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return of{}, nil
	}
	if err != nil {
		return w, err
	}
	if known.print != nil && known.hash == w.doc.TextHash {
		w.print = known.print
		return w, nil
	}
	if !wanted {
		return w, nil
	}
	text, err := l.store.Text(ctx, id)
	switch {
	case err == nil:
		w.print, w.made = works.NewPrint(text), true
	case errors.Is(err, corpus.ErrDamaged): // doctor names those; they have no versions
	case !l.store.Has(id):
		return of{}, nil
	default:
		return w, err
	}
	return w, nil
}

// openPrints reads the prints of a generation, and cuts off what a crash left
// unfinished at their end, so that more can be added.
func openPrints(g *generation) (map[corpus.ID]printed, error) {
	if g == nil {
		return nil, nil
	}
	known, whole, err := readPrints(g.dir)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(g.dir, printsFile)
	if info, err := os.Stat(name); err == nil && info.Size() > whole {
		return known, os.Truncate(name, whole)
	}
	return known, nil
}

// assignWorks returns the work of each document.
func (l *Library) assignWorks(ctx context.Context, g *generation) (map[corpus.ID]string, error) {
	if err := l.loadWorks(ctx, g, nil); err != nil {
		return nil, err
	}
	return l.works.Assign(l.store.IDs()), nil
}

// moveWorks takes changed documents into account and returns the work of every
// document, and the further documents whose work is another now.
func (l *Library) moveWorks(
	ctx context.Context, g *generation, docs []*analyzed,
) (work map[corpus.ID]string, others []corpus.ID, err error) {
	before, err := l.assignWorks(ctx, g)
	if err != nil {
		return nil, nil, err
	}
	changed := map[corpus.ID]bool{}
	for _, a := range docs {
		changed[a.doc.ID] = true
		l.works.Set(a.doc, a.print)
	}
	ids := l.store.IDs()
	work = l.works.Assign(ids)
	for _, id := range ids {
		if !changed[id] && work[id] != before[id] {
			others = append(others, id)
		}
	}
	return work, others, nil
}
