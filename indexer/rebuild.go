package indexer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dalel/corpus"
	"dalel/indexer/forward"
)

// Reindex builds the index anew from the texts of the library. The old one
// answers until it is done, and takes in what is stored meanwhile. Killed or
// cancelled, it changes nothing.
func (l *Library) Reindex(ctx context.Context, progress func(done, total int)) error {
	if progress == nil {
		progress = l.opt.Progress
	}
	l.making.Lock()
	defer l.making.Unlock()
	return l.failed(l.reindex(ctx, progress))
}

func (l *Library) reindex(ctx context.Context, progress func(done, total int)) error {
	d, err := l.draftNow()
	if err != nil {
		return err
	}
	if err := l.fill(ctx, d, progress); err != nil {
		return err
	}
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return errors.Join(errClosed(), os.RemoveAll(d.dir))
	}
	return l.adopt(ctx, d)
}

// failed tells of a failure to build an index.
func (l *Library) failed(err error) error {
	if err == nil {
		return nil
	}
	return &corpus.Error{Op: "library.reindex", Subj: l.dir, Err: err}
}

// rebuild is Reindex for those who hold l.write, or have not published l yet.
func (l *Library) rebuild(ctx context.Context, progress func(done, total int)) error {
	l.works = nil
	d, err := l.draft()
	if err == nil {
		err = l.fill(ctx, d, progress)
	}
	if err == nil {
		err = l.adopt(ctx, d)
	}
	if err != nil {
		return l.failed(err)
	}
	l.behind = nil
	if err := os.Remove(l.indexPath(purgeFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return l.failed(err)
	}
	return nil
}

// draft is an index that is being made aside.
type draft struct {
	dir string
	seq uint64 // the log number that it is made as of
	ids []corpus.ID
}

// draftNow plans an index of what the library has now.
func (l *Library) draftNow() (*draft, error) {
	l.write.Lock()
	defer l.write.Unlock()
	switch {
	case l.closed:
		return nil, errClosed()
	case l.readOnly:
		return nil, errReadOnly
	}
	return l.draft()
}

// draft is draftNow for those who hold l.write.
func (l *Library) draft() (*draft, error) {
	if err := l.step("gen.make"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(l.indexPath(""), tempPrefix)
	return &draft{dir: dir, seq: l.store.Seq(), ids: l.store.IDs()}, err
}

// fill makes both halves of a draft, closes them and syncs the folders. It
// needs no lock: documents that change meanwhile are in the records after the
// draft's number.
func (l *Library) fill(ctx context.Context, d *draft, progress func(done, total int)) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(d.dir))
		}
	}()
	g, err := l.openStores("", d.dir, forward.Create, l.opt.Create)
	if err != nil {
		return err
	}
	groups, err := l.readWorks(ctx, g, d.ids)
	if err == nil {
		err = l.addAll(ctx, g, d.ids, groups, progress)
	}
	if err == nil {
		err = l.setDocs(ctx, g, groups, nil)
	}
	if err == nil {
		err = settle(ctx, g.engine)
	}
	if err == nil {
		err = g.forward.Sync(d.seq)
	}
	if err := errors.Join(err, g.close()); err != nil {
		return err
	}
	if err := l.writeFile(filepath.Join(d.dir, manifestFile), l.wanted().encode()); err != nil {
		return err
	}
	return l.syncTree(d.dir)
}

// adopt gives a draft its name, brings it into step and puts it in the place of
// the index in use. The caller holds l.write.
func (l *Library) adopt(ctx context.Context, d *draft) error {
	if err := l.step("gen.rename"); err != nil {
		return errors.Join(err, os.RemoveAll(d.dir))
	}
	name, err := l.nextName()
	if err == nil {
		err = l.rename(d.dir, l.indexPath(name))
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(d.dir))
	}
	g, err := l.openInStep(ctx, name)
	if err != nil {
		return err
	}
	return l.install(ctx, g)
}

// nextName returns the name of the next generation: one that nothing has, whatever
// CURRENT says, for it may not be readable.
func (l *Library) nextName() (string, error) {
	entries, err := os.ReadDir(l.indexPath(""))
	if err != nil {
		return "", err
	}
	last := 0
	for _, e := range entries {
		last = max(last, genNumber(e.Name()))
	}
	return fmt.Sprintf("g%06d", last+1), nil
}

// retryAfter is how long after another index could not be made it is tried
// again.
const retryAfter = 10 * time.Second

// heed notes that an index was found to be damaged, and has another made. It
// returns err.
func (l *Library) heed(g *generation, err error) error {
	if err == nil || !errors.Is(err, corpus.ErrDamaged) {
		return err
	}
	l.mu.Lock()
	if l.gen != g { // it was exchanged meanwhile
		l.mu.Unlock()
		return err
	}
	if g.doubt == nil {
		g.doubt = err
	}
	l.mu.Unlock()
	if l.opt.Later {
		l.renew()
	}
	return err
}

// renew has another index made beside the one in use, unless that is under way
// or has just failed.
func (l *Library) renew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.readOnly || l.renewing || l.life.Err() != nil || l.opt.Clock().Before(l.renewAfter) {
		return
	}
	l.renewing = true
	reason := l.gen.doubt
	l.tasks.Go(func() {
		l.opt.Log.WarnContext(l.life, "index is built again, meanwhile the old one answers", "reason", reason)
		err := l.Reindex(l.life, l.opt.Progress)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.renewing = false
		if err != nil && l.life.Err() == nil {
			l.renewAfter = l.opt.Clock().Add(retryAfter)
			l.opt.Log.WarnContext(l.life, "index not built", "err", err)
		}
	})
}

// Doubt tells why the index in use is to be made again: it was found to be
// damaged, or a version of dalel made it that read words in another way. Until
// then answers may lack something. It is nil in ordinary times.
func (l *Library) Doubt() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gen == nil {
		return nil
	}
	return l.gen.doubt
}

// Repair makes the index again if there is a doubt about it.
func (l *Library) Repair(ctx context.Context, progress func(done, total int)) error {
	doubt := l.Doubt()
	if doubt == nil {
		return nil
	}
	l.opt.Log.WarnContext(ctx, "index is built again", "reason", doubt)
	return l.Reindex(ctx, progress)
}
