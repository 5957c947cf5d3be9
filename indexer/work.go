package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"

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
	for doc, err := range l.store.Documents(ctx) {
		if err != nil {
			return nil, err
		}
		p := known[doc.ID]
		if p.hash != doc.TextHash {
			p = printed{id: doc.ID, hash: doc.TextHash}
		}
		if p.print == nil && !later[doc.ID] {
			text, err := l.store.Text(ctx, doc.ID)
			switch {
			case err == nil:
				p.print = works.NewPrint(text)
				made = append(made, p)
			case !errors.Is(err, corpus.ErrDamaged): // doctor names those; they have no versions
				return nil, err
			}
		}
		groups.Set(doc, p.print)
	}
	if g == nil {
		return groups, nil
	}
	return groups, keepPrints(g.dir, made)
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
