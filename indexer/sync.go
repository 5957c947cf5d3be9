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
	"dalel/corpus/works"
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
			if g.doubt != nil {
				l.renew()
			}
			return nil
		case ctx.Err() != nil || errors.Is(err, errLogCut):
			return err
		case isFull(err):
			return l.openAsIs(ctx, name, err)
		}
		l.opt.Log.WarnContext(ctx, "index is built again", "reason", err)
	} else if l.store.Len() > 0 {
		l.opt.Log.WarnContext(ctx, "index is built again", "reason", l.noIndex())
	}
	return l.rebuild(ctx, l.opt.Progress)
}

// openAsIs opens an index that cannot be brought into step now, because the disk
// is full: what is in it can be searched, and the next change brings the rest.
func (l *Library) openAsIs(ctx context.Context, name string, reason error) error {
	g, err := l.openGeneration(name)
	if err != nil {
		return errors.Join(reason, err)
	}
	l.opt.Log.WarnContext(ctx, "index lacks the last changes until there is space on the disk", "err", reason)
	l.conceal(ctx, g)
	l.gen, l.behind = g, reason
	return nil
}

// noIndex says why no index is named.
func (l *Library) noIndex() string {
	if l.purging() {
		return "a removal was cut short"
	}
	return "no index is named in " + currentFile
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
	strays := l.strays(g)
	if from < to || len(strays) > 0 {
		if err := l.replay(ctx, g, from, strays); err != nil {
			return err
		}
		if err := g.forward.Sync(to); err != nil {
			return err
		}
	}
	_, extra, err := g.differ(ctx)
	if err != nil {
		return err
	}
	// An old reading stays behind when a change is cut short.
	if err := g.discard(ctx, extra); err != nil {
		return err
	}
	return g.agree(ctx)
}

// replay applies the records after number from. Records of texts are applied by
// putting in the document as it is now, in the place of what the index has of
// it: so it does not matter how far they had come. So are further documents.
func (l *Library) replay(ctx context.Context, g *generation, from uint64, more []corpus.ID) error {
	texts, facts := map[corpus.ID]bool{}, map[corpus.ID]bool{}
	for _, id := range more {
		texts[id] = true
	}
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
		if l.store.Has(id) {
			continue // its reading replaces what the index has
		}
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
	if err := l.loadWorks(ctx, g, again); err != nil {
		return err
	}
	if err := l.addAll(ctx, g, again, l.works, func(int, int) {}); err != nil {
		return err
	}
	return l.setDocs(ctx, g, l.works, changed)
}

// takeOut removes a document from both halves, if it is there. The engine goes
// first: as long as the forward store has the document, we know its paragraphs.
func (g *generation) takeOut(ctx context.Context, ids ...corpus.ID) error {
	var paras []search.ParaNo
	for _, id := range ids {
		paras = append(paras, g.parasOf(id)...)
	}
	if err := g.discard(ctx, paras); err != nil {
		return err
	}
	return g.forward.Remove(ctx, ids...)
}

// add puts documents into both halves. The forward store keeps its log number:
// the caller advances it. Old readings of the documents leave the engine last:
// should the new ones not get in, they are still there to be asked.
func (l *Library) add(ctx context.Context, g *generation, batch []*analyzed, work map[corpus.ID]string) error {
	docs := make([]forward.Doc, len(batch))
	var old []search.ParaNo
	for i, a := range batch {
		a.doc.Work = work[a.doc.ID]
		people(g.people, a)
		docs[i] = forward.Doc{Doc: a.doc, Work: a.doc.Work, Streams: a.streams, Langs: a.langs, Mentions: a.mentions}
		old = append(old, g.parasOf(a.doc.ID)...)
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
	if err := guard("engine.put", func() error { return g.engine.Put(ctx, entries(batch, first)...) }); err != nil {
		return err
	}
	if err := l.step("replace"); err != nil {
		return settled(err)
	}
	return settled(g.discard(ctx, old))
}

// parasOf returns the paragraphs of a document.
func (g *generation) parasOf(id corpus.ID) []search.ParaNo {
	var paras []search.ParaNo
	if first, end, ok := g.forward.Paras(id); ok {
		for p := first; p < end; p++ {
			paras = append(paras, p)
		}
	}
	return paras
}

// discard takes paragraphs out of the engine.
func (g *generation) discard(ctx context.Context, paras []search.ParaNo) error {
	if len(paras) == 0 {
		return nil
	}
	return guard("engine.delete", func() error { return g.engine.Delete(ctx, paras...) })
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
func (l *Library) addAll(ctx context.Context, g *generation, ids []corpus.ID, groups *works.Groups, progress func(done, total int)) error {
	done := 0
	for batch, err := range ahead(l.readBatches(ctx, ids)) {
		if err != nil {
			return err
		}
		for _, a := range batch {
			groups.Set(a.doc, a.print)
		}
		work := groups.Assign(l.store.IDs()) // as far as is known by now
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
			more, err := inParallel(chunk, func(id corpus.ID) (*analyzed, error) { return l.analyzeOrSkip(ctx, id) })
			if err != nil {
				yield(nil, err)
				return
			}
			for _, a := range more {
				if a != nil {
					size = size.plus(a.size())
					batch = append(batch, a)
				}
			}
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

// analyzeOrSkip is analyze; nil for a document that was removed meanwhile, and
// for one whose text is damaged: the others can be searched without it, and
// doctor names it.
func (l *Library) analyzeOrSkip(ctx context.Context, id corpus.ID) (*analyzed, error) {
	a, err := l.analyze(ctx, id)
	switch {
	case err == nil:
		return a, nil
	case !l.store.Has(id):
		return nil, nil //nolint:nilnil // nothing to index, and nothing wrong
	case errors.Is(err, corpus.ErrDamaged):
		l.opt.Log.WarnContext(ctx, "document not indexed", "doc", id, "err", err)
		return nil, nil //nolint:nilnil // told
	}
	return nil, err
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
func (l *Library) setDocs(ctx context.Context, g *generation, groups *works.Groups, changed map[corpus.ID]bool) error {
	work := groups.Assign(l.store.IDs())
	view := g.forward.View()
	defer view.Release()
	for _, id := range l.store.IDs() {
		n, ok := g.forward.Find(id)
		if !ok {
			continue
		}
		if no, ok := g.forward.Work(work[id]); !changed[id] && ok && no == view.Work(n) {
			continue
		}
		doc, err := l.store.Document(ctx, id)
		if err != nil {
			if !l.store.Has(id) {
				continue // removed meanwhile
			}
			return err
		}
		doc.Work = work[id]
		if err := g.forward.SetDoc(ctx, doc, doc.Work); err != nil {
			return err
		}
	}
	return nil
}

// agree compares the paragraphs of both halves, each by its number: what an
// engine says of itself may be damaged, and two wrongs may add up to the right
// count.
func (g *generation) agree(ctx context.Context) error {
	missing, extra, err := g.differ(ctx)
	if err == nil && missing+len(extra) > 0 {
		err = &corpus.Error{
			Op: "library.index", Subj: g.name, Kind: corpus.ErrDamaged,
			Err: fmt.Errorf("the engine lacks %d paragraphs of the forward store, and has %d others", missing, len(extra)),
		}
	}
	return err
}

// differ returns how many paragraphs the engine lacks, and those that it has
// too many. One that it has twice is both: it cannot be told which is right.
func (g *generation) differ(ctx context.Context) (missing int, extra []search.ParaNo, err error) {
	view := g.forward.View()
	defer view.Release()
	want := aliveParas(view)
	seen := make([]bool, len(want))
	err = guard("engine.paras", func() error {
		for p, err := range g.engine.Paras(ctx) {
			switch {
			case err != nil:
				return err
			case int(p) >= len(want) || !want[p]:
				extra = append(extra, p)
			case seen[p]:
				missing++
			default:
				seen[p] = true
			}
		}
		return nil
	})
	for p := range want {
		if want[p] && !seen[p] {
			missing++
		}
	}
	return missing, extra, err
}

// aliveParas tells of each paragraph number whether its document is in the library.
func aliveParas(view search.View) []bool {
	paras, docs := view.Size()
	alive := make([]bool, paras)
	for d := range docs {
		if no := search.DocNo(d); view.Alive(no) {
			first, end := view.Paras(no)
			for p := first; p < end; p++ {
				alive[p] = true
			}
		}
	}
	return alive
}

// purging reports whether the index may hold traces of a removed document.
func (l *Library) purging() bool {
	_, err := os.Lstat(l.indexPath(purgeFile))
	return err == nil
}
