package indexer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/corpus/works"
	"dalel/search"
)

const (
	dirMode  fs.FileMode = 0o700
	fileMode fs.FileMode = 0o600
)

// Options are what a Library needs from outside.
type Options struct {
	// Create makes an empty engine in a folder that does not exist yet; Open
	// opens what Create made. Both are required. Engine is its name: an index
	// made by another is built again.
	Create, Open func(dir string) (Backend, error)
	Engine       string
	// OpenReadOnly opens what Create made where nothing can be written; nil if
	// the engine cannot be used there.
	OpenReadOnly func(dir string) (Backend, error)
	Tool         string           // program and version, for the log
	Clock        func() time.Time // required
	Log          *slog.Logger     // nil for none
	// Later lets an index that a search finds damaged, or that another version
	// made, answer as well as it can while another is built. Without it such an
	// index is built again when the library is opened, or by Repair.
	Later bool
	// Progress is told how far the building of an index is, in documents. It
	// may be nil.
	Progress func(done, total int)
	// Space returns the free bytes on the disk of a folder; nil asks the system.
	Space func(dir string) (uint64, error)
	// Step and Sync are those of store.Options; the steps of the index are
	// announced too.
	Step func(name string) error
	Sync func(*os.File) error
}

func (o *Options) complete() error {
	if o.Create == nil || o.Open == nil || o.Clock == nil {
		return &corpus.Error{Op: "library.open", Kind: corpus.ErrInvalid, Err: errors.New("no engine or no clock")}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if o.Space == nil {
		o.Space = freeSpace
	}
	if o.Step == nil {
		o.Step = func(string) error { return nil }
	}
	if o.Sync == nil {
		o.Sync = (*os.File).Sync
	}
	return nil
}

// Library is a library with its index.
type Library struct {
	dir   string
	opt   Options
	lock  *lock // nil where none can be had
	store *store.Dir
	// readOnly says that nothing can be written to the library.
	readOnly bool

	queue queue

	life   context.Context //nolint:containedctx // of background tasks; it ends with Close
	die    context.CancelFunc
	tasks  sync.WaitGroup
	making sync.Mutex // held while an index is made beside the one in use

	write  sync.Mutex    // held for a whole change; guards what follows
	works  *works.Groups // nil until the first change
	behind error         // why the index lacks some records; nil if it does not
	closed bool

	mu    sync.Mutex // guards what follows
	gen   *generation
	stats *Stats // as of statsSeq
	seq   uint64 // of stats

	frozen   *moment     // what searches see during a change; nil for the index as it is
	searched atomic.Bool // somebody may search

	renewing   bool      // a task makes another index
	renewAfter time.Time // and not again before
}

// Create opens the library in dir, making an empty one if there is none.
func Create(ctx context.Context, dir string, opt Options) (*Library, error) {
	if err := opt.complete(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return nil, &corpus.Error{Op: "library.create", Subj: dir, Err: err}
	}
	return open(ctx, dir, opt, true)
}

// Open opens the library in dir. It repairs the index, or builds it anew, when
// it is not in step with the store. Where nothing can be written (a DVD, a
// folder of somebody else's), the library can be searched as it is.
func Open(ctx context.Context, dir string, opt Options) (*Library, error) {
	if err := opt.complete(); err != nil {
		return nil, err
	}
	if !store.Exists(dir) {
		_, err := store.Open(dir, store.Options{Clock: opt.Clock}) // says that there is none
		return nil, err
	}
	return open(ctx, dir, opt, false)
}

func open(ctx context.Context, dir string, opt Options, create bool) (*Library, error) {
	l := &Library{dir: dir, opt: opt}
	l.life, l.die = context.WithCancel(context.WithoutCancel(ctx))
	err := l.takeLock(ctx)
	if isReadOnly(err) && !create && opt.OpenReadOnly != nil {
		opt.Log.WarnContext(ctx, "nothing can be written to the library; it can be searched", "dir", dir)
		l.lock, err = shareLock(ctx, dir)
		l.readOnly = true
	}
	if err != nil {
		return nil, cannotWrite(dir, err)
	}
	if err := l.load(ctx, create); err != nil {
		return nil, cannotWrite(dir, errors.Join(err, l.shut()))
	}
	return l, nil
}

// takeLock locks the library, and leaves a note beside the lock. Not being able
// to may be the first sign of a medium that takes nothing: a lock can be had
// there all the same.
func (l *Library) takeLock(ctx context.Context) (err error) {
	if l.lock, err = takeLock(ctx, l.dir); err != nil {
		return err
	}
	if err := l.announce(ctx, ""); isReadOnly(err) {
		return errors.Join(err, l.lock.release(true))
	}
	return nil
}

// announce leaves a note beside the lock, if it can.
func (l *Library) announce(ctx context.Context, url string) error {
	if l.readOnly {
		return nil
	}
	err := l.lock.announce(url)
	if err != nil {
		l.opt.Log.WarnContext(ctx, "no note left beside the lock", "err", err)
	}
	return err
}

func (l *Library) load(ctx context.Context, create bool) (err error) {
	opt := store.Options{Tool: l.opt.Tool, Clock: l.opt.Clock, Log: l.opt.Log, Step: l.opt.Step, Sync: l.opt.Sync, ReadOnly: l.readOnly}
	if create && !store.Exists(l.dir) {
		l.store, err = store.Create(l.dir, opt)
	} else {
		l.store, err = store.Open(l.dir, opt)
	}
	if err != nil {
		return err
	}
	if l.readOnly {
		return l.openReadOnly(ctx)
	}
	return l.openIndex(ctx)
}

// openReadOnly opens the index as it is. What it lacks is told, and not shown.
func (l *Library) openReadOnly(ctx context.Context) error {
	g, err := l.openGeneration(l.currentName())
	if err != nil {
		return &corpus.Error{Op: "library.open", Subj: l.dir, Kind: corpus.ErrUnavailable, Err: fmt.Errorf(
			"the index has to be built again, and nothing can be written there; copy the folder to a disk of your own and name the copy with -lib: %w", err)}
	}
	l.gen, l.behind = g, errReadOnly
	if behind := l.store.Seq() - min(l.store.Seq(), g.forward.Seq()); behind > 0 || g.doubt != nil {
		l.opt.Log.WarnContext(ctx, "the index may lack something", "records", behind, "doubt", g.doubt)
	}
	l.conceal(ctx, g)
	return nil
}

// ReadOnly reports whether nothing can be written to the library.
func (l *Library) ReadOnly() bool { return l.readOnly }

// Close waits for the change that is under way and gives everything back.
// Nothing is lost without it.
func (l *Library) Close() error {
	l.die()
	l.tasks.Wait()
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return nil
	}
	return l.shut()
}

// shut closes whatever is open.
func (l *Library) shut() error {
	l.die()
	l.closed = true
	var errs []error
	if l.gen != nil {
		errs = append(errs, l.gen.close())
	}
	if l.store != nil {
		errs = append(errs, l.store.Close())
	}
	if l.lock != nil {
		errs = append(errs, l.lock.release(l.readOnly))
	}
	return errors.Join(errs...)
}

// errClosed is the answer to a change after Close.
func errClosed() error {
	return &corpus.Error{Op: "library", Kind: corpus.ErrUnavailable, Err: errors.New("the library is closed")}
}

// errReadOnly is the answer to a change where nothing can be written.
var errReadOnly = &corpus.Error{Op: "library", Kind: corpus.ErrUnavailable, Err: errors.New("nothing can be written to this library; copy its folder to a disk of your own")}

// Dir returns the folder of the library.
func (l *Library) Dir() string { return l.dir }

// Announce leaves word for other processes where this one answers. Where the
// note cannot be written, they wait without knowing for whom.
func (l *Library) Announce(ctx context.Context, url string) { _ = l.announce(ctx, url) }

// Index returns the engine for searches. A View of Forward has the engine that
// goes with it, which may be an older one.
func (l *Library) Index() search.Index { return engineOf{l} }

// Forward returns the forward store for searches.
func (l *Library) Forward() search.Forward {
	l.searched.Store(true)
	return forwardOf{l}
}

// Len returns how many documents there are.
func (l *Library) Len() int { return l.store.Len() }

// Known reports whether a document need not be read again.
func (l *Library) Known(ctx context.Context, id corpus.ID, extractor string) (bool, error) {
	return l.store.Known(ctx, id, extractor)
}

// Resolve returns the document whose ID begins with prefix. It is ErrNotFound if
// there is none and ErrInvalid, naming them, if there are several.
func (l *Library) Resolve(_ context.Context, prefix string) (corpus.ID, error) {
	return l.store.Resolve(prefix)
}

// Document returns the facts and sources of a document, without its text.
func (l *Library) Document(ctx context.Context, id corpus.ID) (*corpus.Document, error) {
	doc, err := l.store.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	doc.Work = l.workOf(id)
	return doc, nil
}

// Documents yields all documents, without their texts, in the order they were
// first stored.
func (l *Library) Documents(ctx context.Context) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		for doc, err := range l.store.Documents(ctx) {
			if err == nil {
				doc.Work = l.workOf(doc.ID)
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// Text returns the text in use of a document.
func (l *Library) Text(ctx context.Context, id corpus.ID) (*corpus.Text, error) {
	return l.store.Text(ctx, id)
}

// TextVersion returns the latest text of a document whose hash begins with
// prefix.
func (l *Library) TextVersion(ctx context.Context, id corpus.ID, prefix string) (*corpus.Text, error) {
	return l.store.TextVersion(ctx, id, prefix)
}

// Original opens the original bytes of a document.
func (l *Library) Original(ctx context.Context, id corpus.ID) (io.ReadSeekCloser, error) {
	return l.store.Original(ctx, id)
}

// Note records an export or a verification in the log; see store.Dir.Note.
func (l *Library) Note(ctx context.Context, ev store.Event, id corpus.ID, details any) (store.Record, error) {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return store.Record{}, errClosed()
	}
	return l.store.Note(ctx, ev, id, details)
}

// workOf returns the work of a document as the index has it.
func (l *Library) workOf(id corpus.ID) string {
	g := l.hold()
	defer l.drop(g)
	fwd := g.forward
	view := fwd.View()
	defer view.Release()
	if n, ok := fwd.Find(id); ok {
		if doc := view.Doc(n); doc != nil && doc.Work != "" {
			return doc.Work
		}
	}
	return string(id)
}

// step announces a step of a change to the index.
func (l *Library) step(name string) error { return l.opt.Step("index." + name) }

// Space that must stay free on the disk, in bytes: room for the engine to merge
// all segments into one, which writes the index a second time, within limits.
const (
	leastReserve = 2 << 20
	mostReserve  = 256 << 20
)

// needSpace refuses a change when the disk is nearly full, before anything of
// it is stored.
func (l *Library) needSpace(bytes int64) error {
	const times = 2 // the original and its text, then the index
	free, err := l.opt.Space(l.dir)
	if err != nil {
		l.opt.Log.Warn("free space not known", "err", err)
		return nil
	}
	need := uint64(max(0, bytes))*times + min(max(leastReserve, l.indexSize()), mostReserve)
	if free < need {
		return &corpus.Error{
			Op: "library.put", Subj: filepath.Base(l.dir), Kind: corpus.ErrUnavailable,
			Err: fmt.Errorf("disk full: %d MB are free, %d MB are needed; what is stored can be searched", free>>20, need>>20),
		}
	}
	return nil
}

// indexSize returns the bytes of the index in use.
func (l *Library) indexSize() uint64 {
	var sum uint64
	_ = filepath.WalkDir(l.current().dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if fi, err := e.Info(); err == nil { // files come and go
				sum += uint64(fi.Size())
			}
		}
		return nil
	})
	return sum
}
