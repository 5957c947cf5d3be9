package indexer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer/forward"
	"dalel/search"
)

// openIndex brings the index into step with the store: it opens it and applies
// the records that it lacks, or builds it again.
func (l *Library) openIndex(ctx context.Context) error {
	name := l.currentName()
	if l.purging() {
		name = "" // it holds words of removed documents; without it there is room for another
	}
	if err := l.tidyIndex(name); err != nil {
		return &corpus.Error{Op: "library.open", Subj: l.dir, Err: err}
	}
	if name != "" {
		g, err := l.openInStep(ctx, name)
		switch {
		case err == nil:
			l.gen = g
			return nil
		case ctx.Err() != nil || errors.Is(err, errLogCut):
			return err
		}
		l.opt.Log.WarnContext(ctx, "index is built again", "reason", err)
	}
	return l.rebuild(ctx, l.opt.Progress)
}

// errLogCut marks the one difference that building the index again would hide.
var errLogCut = errors.New("records are missing")

// openInStep opens a generation and applies the records that it lacks.
func (l *Library) openInStep(ctx context.Context, name string) (*generation, error) {
	g, err := l.openGeneration(name)
	if err != nil {
		return nil, err
	}
	if err := l.catchUp(ctx, g); err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

// catchUp applies the records after the forward store's log number, and checks
// that both halves agree.
func (l *Library) catchUp(ctx context.Context, g *generation) error {
	from, to := g.forward.Seq(), l.store.Seq()
	if from > to {
		return errors.Join(damagedLog(l.dir, to, from), errLogCut)
	}
	if from < to {
		if err := l.replay(ctx, g, from); err != nil {
			return err
		}
		if err := g.forward.Sync(to); err != nil {
			return err
		}
	}
	return g.agree(ctx)
}

// replay applies the records after number from. Records of texts are applied by
// taking the document out and putting it in as it is now: so it does not matter
// how far they had come.
func (l *Library) replay(ctx context.Context, g *generation, from uint64) error {
	texts, facts := map[corpus.ID]bool{}, map[corpus.ID]bool{}
	for rec, err := range l.store.Since(ctx, from) {
		if err != nil {
			return err
		}
		switch rec.Event {
		case store.EventIngest, store.EventReextract, store.EventRemove:
			texts[rec.Doc] = true
		case store.EventSource, store.EventFacts:
			facts[rec.Doc] = true
		case store.EventExport, store.EventVerify: // nothing to index
		}
	}
	for id := range texts {
		if err := g.takeOut(ctx, id); err != nil {
			return err
		}
	}
	var again []corpus.ID
	changed := map[corpus.ID]bool{}
	for _, id := range l.store.IDs() {
		if texts[id] {
			again = append(again, id)
		} else if facts[id] {
			changed[id] = true
		}
	}
	if err := l.addAll(ctx, g, again, func(int, int) {}); err != nil {
		return err
	}
	return l.setDocs(ctx, g, changed)
}

// takeOut removes a document from both halves, if it is there. The engine goes
// first: as long as the forward store has the document, we know its paragraphs.
func (g *generation) takeOut(ctx context.Context, ids ...corpus.ID) error {
	var paras []search.ParaNo
	for _, id := range ids {
		if first, end, ok := g.forward.Paras(id); ok {
			for p := first; p < end; p++ {
				paras = append(paras, p)
			}
		}
	}
	if len(paras) > 0 {
		if err := guard("engine.delete", func() error { return g.engine.Delete(ctx, paras...) }); err != nil {
			return err
		}
	}
	return g.forward.Remove(ctx, ids...)
}

// add puts documents into both halves; old readings of them are taken out
// before. The forward store keeps its log number: the caller advances it.
func (l *Library) add(ctx context.Context, g *generation, batch []*analyzed, work map[corpus.ID]string) error {
	docs := make([]forward.Doc, len(batch))
	var old []corpus.ID
	for i, a := range batch {
		a.doc.Work = work[a.doc.ID]
		people(g.people, a)
		docs[i] = forward.Doc{Doc: a.doc, Work: a.doc.Work, Streams: a.streams, Langs: a.langs, Mentions: a.mentions}
		if _, _, ok := g.forward.Paras(a.doc.ID); ok {
			old = append(old, a.doc.ID)
		}
	}
	if len(old) > 0 {
		if err := l.step("replace"); err != nil {
			return err
		}
		if err := g.takeOut(ctx, old...); err != nil {
			return err
		}
	}
	if err := keepPrints(g.dir, printsOf(batch)); err != nil {
		return err
	}
	if err := l.step("forward"); err != nil {
		return err
	}
	first, err := g.forward.Append(ctx, docs)
	if err != nil {
		return err
	}
	if err := l.step("forward.sync"); err != nil {
		return err
	}
	if err := g.forward.Sync(g.forward.Seq()); err != nil {
		return err
	}
	if err := l.step("engine"); err != nil {
		return err
	}
	return guard("engine.put", func() error { return g.engine.Put(ctx, entries(batch, first)...) })
}

// entries numbers the terms of a batch. Paragraphs without terms are entries
// too, so that the engine's count is the number of paragraphs.
func entries(batch []*analyzed, first []search.ParaNo) []Entry {
	var out []Entry
	for i, a := range batch {
		p := first[i]
		for _, terms := range a.terms {
			out = append(out, Entry{Para: p, Terms: terms})
			p++
		}
	}
	return out
}

// addAll reads, analyses and adds documents in batches. Those of the first
// batches may turn out to be of another work when the last have come: setDocs
// tells the forward store.
func (l *Library) addAll(ctx context.Context, g *generation, ids []corpus.ID, progress func(done, total int)) error {
	if err := l.loadWorks(ctx, g, ids); err != nil {
		return err
	}
	done := 0
	for batch, err := range ahead(l.readBatches(ctx, ids)) {
		if err != nil {
			return err
		}
		for _, a := range batch {
			l.works.Set(a.doc, a.print)
		}
		work := l.works.Assign(l.store.IDs()) // as far as is known by now
		if err := l.add(ctx, g, batch, work); err != nil {
			return err
		}
		done += len(batch)
		progress(done, len(ids))
	}
	return nil
}

// readBatches reads and analyses documents, as many at a time as make a batch.
func (l *Library) readBatches(ctx context.Context, ids []corpus.ID) iter.Seq2[[]*analyzed, error] {
	return func(yield func([]*analyzed, error) bool) {
		var (
			batch []*analyzed
			size  batchSize
		)
		for chunk := range slices.Chunk(ids, analyzeAhead) {
			more, err := inParallel(chunk, func(id corpus.ID) (*analyzed, error) { return l.analyze(ctx, id) })
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range more {
				size = size.plus(a.size())
			}
			batch = append(batch, more...)
			if !size.full() {
				continue
			}
			if !yield(batch, nil) {
				return
			}
			batch, size = nil, batchSize{}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// analyze reads a document from the store and analyses it.
func (l *Library) analyze(ctx context.Context, id corpus.ID) (*analyzed, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	doc, err := l.store.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	if doc.Text, err = l.store.Text(ctx, id); err != nil {
		return nil, err
	}
	return analyze(doc), nil
}

// setDocs tells the forward store of changed facts, and of the works of all
// documents where it has others.
func (l *Library) setDocs(ctx context.Context, g *generation, changed map[corpus.ID]bool) error {
	work, err := l.assignWorks(ctx, g)
	if err != nil {
		return err
	}
	view := g.forward.View()
	defer view.Release()
	for _, id := range l.store.IDs() {
		n, ok := g.forward.Find(id)
		if !ok {
			continue
		}
		if doc := view.Doc(n); !changed[id] && doc != nil && doc.Work == work[id] {
			continue
		}
		doc, err := l.store.Document(ctx, id)
		if err != nil {
			return err
		}
		doc.Work = work[id]
		if err := g.forward.SetDoc(ctx, doc, doc.Work); err != nil {
			return err
		}
	}
	return nil
}

// agree compares the paragraphs of both halves.
func (g *generation) agree(ctx context.Context) error {
	var n int
	err := guard("engine.count", func() (err error) {
		n, err = g.engine.Count(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if want := g.alive(); n != want {
		return &corpus.Error{
			Op: "library.index", Subj: g.name, Kind: corpus.ErrDamaged,
			Err: fmt.Errorf("the engine has %d paragraphs, the forward store %d", n, want),
		}
	}
	return nil
}

// alive counts the paragraphs of documents that are in the library.
func (g *generation) alive() int {
	view := g.forward.View()
	defer view.Release()
	_, docs := view.Size()
	n := 0
	for d := range docs {
		if no := search.DocNo(d); view.Alive(no) {
			first, end := view.Paras(no)
			n += int(end - first)
		}
	}
	return n
}

// rebuild makes a new generation and puts it in the place of the old one. The
// caller holds l.write, or has not published l yet.
func (l *Library) rebuild(ctx context.Context, progress func(done, total int)) error {
	wrap := func(err error) error {
		if err == nil {
			return nil
		}
		return &corpus.Error{Op: "library.reindex", Subj: l.dir, Err: err}
	}
	l.works = nil
	g, err := l.makeGeneration(ctx, progress)
	if err != nil {
		return wrap(err)
	}
	if err := g.agree(ctx); err != nil {
		return wrap(errors.Join(err, g.close()))
	}
	if err := l.install(ctx, g); err != nil {
		return wrap(err)
	}
	l.behind = nil
	if err := os.Remove(l.indexPath(purgeFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return wrap(err)
	}
	return nil
}

// purging reports whether the index may hold traces of a removed document.
func (l *Library) purging() bool {
	_, err := os.Lstat(l.indexPath(purgeFile))
	return err == nil
}

// Reindex builds the index anew from the texts of the library, and leaves the
// old one in use until it is done. Killed or cancelled, it changes nothing.
func (l *Library) Reindex(ctx context.Context, progress func(done, total int)) error {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return errClosed()
	}
	if progress == nil {
		progress = l.opt.Progress
	}
	return l.rebuild(ctx, progress)
}
