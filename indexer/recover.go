package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"

	"dalel/corpus"
	"dalel/search"
)

// follow applies to the index what the store has already, from record number
// seq. If that fails, the index is opened again, for its writers may be dead,
// and gets the records once more from the log. If that fails too, the records
// are taken back: a change that is refused leaves nothing behind.
func (l *Library) follow(ctx context.Context, seq uint64, apply func(*generation) error) error {
	g := l.current()
	if g.forward.Seq() == l.store.Seq() {
		return nil // nothing was new
	}
	defer l.freeze()()
	err := apply(g)
	if err == nil {
		err = settled(l.step("sync"))
	}
	if err == nil {
		err = settled(g.forward.Sync(l.store.Seq()))
	}
	if err == nil {
		return nil
	}
	l.opt.Log.WarnContext(ctx, "index not changed, it is opened again", "err", err)
	l.works = nil
	if err := l.reopen(ctx); err == nil {
		return nil
	}
	l.behind = err
	if s := (*settledError)(nil); errors.As(err, &s) {
		return l.attach() // the records are told again when there is space
	}
	kept, undo := l.takeBack(ctx, seq)
	if kept {
		return nil // it is in order but for a check, which the next change makes
	}
	return errors.Join(&corpus.Error{Op: "library.index", Kind: corpus.ErrUnavailable, Err: err}, undo)
}

// settledError is a failure after which everything new is in the index, and
// only what it replaces, or the account of it, is not in order.
type settledError struct{ error }

func (e *settledError) Unwrap() error { return e.error }

func settled(err error) error {
	if err == nil {
		return nil
	}
	return &settledError{err}
}

// takeBack undoes the records after number seq, in the store and in the index,
// unless the index has come to the end of the log all the same: then they are
// kept.
func (l *Library) takeBack(ctx context.Context, seq uint64) (kept bool, err error) {
	l.works = nil
	if err := l.attach(); err != nil { // there is no index now, and it is not known what it has
		return false, fmt.Errorf("open the library again, the change may be in it: %w", err)
	}
	g := l.current()
	if g.forward.Seq() > seq {
		return true, nil
	}
	if err := l.store.TakeBack(ctx, seq); err != nil {
		return false, err
	}
	l.conceal(ctx, g)
	return false, nil
}

// conceal keeps what was taken back out of sight, and earlier readings of those
// documents in it, until the next change can write so.
func (l *Library) conceal(ctx context.Context, g *generation) {
	strays := l.strays(g)
	if err := g.forward.Remove(ctx, strays...); err != nil {
		l.opt.Log.WarnContext(ctx, "index not cleared of what was refused; it is not shown", "err", err)
	}
	for _, id := range strays {
		if text := l.store.TextHash(id); text != "" {
			g.forward.Restore(id, text)
		}
	}
}

// attach opens the generation in use again, as it is on disk.
func (l *Library) attach() error {
	old := l.current()
	if err := old.close(); err != nil {
		l.opt.Log.Warn("index not closed", "err", err) // it failed before
	}
	g, err := l.openGeneration(old.name)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gen, l.stats = g, nil
	return nil
}

// reopen opens the generation in use again and brings it into step.
func (l *Library) reopen(ctx context.Context) error {
	if err := l.attach(); err != nil {
		return err
	}
	return guard("library.index", func() error { return l.catchUp(ctx, l.current()) })
}

// strays returns the documents that an index has and the store has not, or has
// with another text: of changes that were taken back.
func (l *Library) strays(g *generation) []corpus.ID {
	view := g.forward.View()
	defer view.Release()
	_, docs := view.Size()
	var ids []corpus.ID
	for d := range docs {
		no := search.DocNo(d)
		if !view.Alive(no) {
			continue
		}
		if id := view.ID(no); l.store.TextHash(id) != view.TextHash(no) {
			ids = append(ids, id)
		}
	}
	return ids
}

// ready prepares for a change: the index is in step, and it is known which
// documents are versions of one work.
func (l *Library) ready(ctx context.Context) error {
	if l.closed {
		return errClosed()
	}
	if l.readOnly {
		return errReadOnly
	}
	if l.behind != nil {
		if err := l.recover(ctx); err != nil {
			return &corpus.Error{Op: "library.index", Kind: corpus.ErrUnavailable, Err: err}
		}
		l.behind = nil
	}
	return l.loadWorks(ctx, l.current(), nil)
}

// recover brings an index that is behind into step again, or makes another if
// that one cannot be repaired.
func (l *Library) recover(ctx context.Context) error {
	l.works = nil
	if l.purging() {
		return l.purge(ctx)
	}
	defer l.freeze()()
	err := l.reopen(ctx)
	if err == nil || isFull(err) {
		return err
	}
	l.opt.Log.WarnContext(ctx, "index is built again", "reason", err)
	return l.rebuild(ctx, l.opt.Progress)
}

// isFull reports whether an error says that nothing more can be written: then
// another index cannot be made either.
func isFull(err error) bool {
	for _, e := range fullErrors {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.Is(err, os.ErrPermission)
}
