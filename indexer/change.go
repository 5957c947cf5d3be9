package indexer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dalel/corpus"
	"dalel/corpus/store"
)

// SetFacts corrects a fact of a document; see SetAllFacts.
func (l *Library) SetFacts(ctx context.Context, id corpus.ID, key corpus.Key, values []string) error {
	return l.SetAllFacts(ctx, []store.Edit{{ID: id, Key: key, Values: values}})
}

// SetAllFacts makes corrections, all or none. Values nil goes back to what was
// read; no values hide it.
func (l *Library) SetAllFacts(ctx context.Context, edits []store.Edit) error {
	l.write.Lock()
	defer l.write.Unlock()
	if err := l.ready(ctx); err != nil {
		return err
	}
	seq := l.store.Seq()
	if err := l.store.SetAllFacts(ctx, edits); err != nil {
		return err
	}
	ids := make([]corpus.ID, len(edits))
	for i, e := range edits {
		ids[i] = e.ID
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	ctx = context.WithoutCancel(ctx) // the store has it already
	return l.follow(ctx, seq, func(g *generation) error {
		docs := make([]*analyzed, len(ids))
		for i, id := range ids {
			doc, err := l.store.Document(ctx, id)
			if err != nil {
				return err
			}
			docs[i] = &analyzed{doc: doc}
		}
		work, others, err := l.moveWorks(ctx, g, docs)
		if err != nil {
			return err
		}
		return l.setFacts(ctx, g, work, append(others, ids...))
	})
}

// setFacts tells the forward store of the facts of documents.
func (l *Library) setFacts(ctx context.Context, g *generation, work map[corpus.ID]string, ids []corpus.ID) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
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

// Remove deletes documents for good: originals, texts, facts, and every trace
// in the index, which is built again because engines keep deleted words on disk
// for a while. The log keeps a tombstone with the ID, the time, and nothing
// else. From the first step on the documents are not found any more; a Remove
// that is cut short is finished by the next change, or the next Open.
func (l *Library) Remove(ctx context.Context, ids ...corpus.ID) error {
	_, err := l.RemoveAll(ctx, ids...)
	return err
}

// RemoveAll is Remove, and tells what it found in the user's files.
func (l *Library) RemoveAll(ctx context.Context, ids ...corpus.ID) (Traces, error) {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return Traces{}, errClosed()
	}
	if l.readOnly {
		return Traces{}, errReadOnly
	}
	traces, err := l.forget(ctx, ids)
	if err != nil { // the evidence itself goes all the same
		err = &corpus.Error{Op: "library.remove", Err: fmt.Errorf("files of the user's may still tell of it: %w", err)}
	}
	return traces, errors.Join(l.removeAll(ctx, ids), err)
}

func (l *Library) removeAll(ctx context.Context, ids []corpus.ID) error {
	var unfinished error
	if l.purging() {
		unfinished = l.purge(ctx) // on a full disk there may be room after this removal
	}
	for _, id := range ids {
		if !l.store.Has(id) {
			none := &corpus.Error{Op: "library.remove", Subj: string(id), Kind: corpus.ErrNotFound, Err: errors.New("no such document")}
			return errors.Join(none, unfinished)
		}
	}
	if len(ids) == 0 {
		return unfinished
	}
	if err := l.remove(ctx, ids); err != nil {
		l.behind = err
		return err
	}
	return nil
}

// remove deletes from the store even if the index cannot be changed: on a full
// disk that is what makes room for another index.
func (l *Library) remove(ctx context.Context, ids []corpus.ID) error {
	err := l.writeFile(l.indexPath(purgeFile), nil)
	if err == nil {
		err = l.syncFolder(l.indexPath(""))
	}
	if err == nil {
		err = l.step("remove")
	}
	if err != nil {
		return &corpus.Error{Op: "library.remove", Err: err}
	}
	if err := l.current().takeOut(ctx, ids...); err != nil {
		l.opt.Log.WarnContext(ctx, "index not changed, it is built again", "err", err)
	}
	for _, id := range ids {
		if err := l.store.Remove(ctx, id); err != nil {
			return err
		}
	}
	return l.purge(ctx)
}

// purge finishes removals: in the store, and by another generation.
func (l *Library) purge(ctx context.Context) error {
	if err := l.store.FinishRemovals(ctx); err != nil {
		return err
	}
	return l.rebuild(ctx, l.opt.Progress)
}
