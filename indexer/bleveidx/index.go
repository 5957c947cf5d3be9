package bleveidx

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/indexer/internal/collect"
	"dalel/search"
)

const (
	// maxBatch limits the entries of one Bleve batch. Small ones index slower:
	// a thousand at a time takes half as long again as five thousand.
	maxBatch = 5000
	// maxBatchTerms limits the terms of a batch, which take about 150 bytes of
	// memory each while it is built. One entry may have more.
	maxBatchTerms = 2_000_000
	// stallLimit is how long a batch may take before the engine counts as dead.
	// Ordinary ones take seconds; a slow disk or a merge in its way, tens of them.
	stallLimit = 3 * time.Minute
	// lockTimeout is how long Open waits for another process to let go.
	lockTimeout = "300ms"
	// mergePasses limits Merge: one pass of Bleve's merges what its plan allows,
	// and two or three make one segment.
	mergePasses = 10
	// analysts turn terms into frequencies, beside the batch that is built.
	analysts = 2
)

// engineDir is the folder of Bleve's files.
const engineDir = "scorch"

// batchKey is the internal key of the number of the last batch.
var batchKey = []byte("dalel.batches")

// Index is a Bleve index. It is safe for concurrent use.
type Index struct {
	engine  *scorch.Scorch
	queue   *index.AnalysisQueue
	dir     string
	stall   time.Duration
	closed  atomic.Bool
	scratch sync.Pool // of *collect.Hits

	write   sync.Mutex // held by the writer
	batches *counter
	broken  error // why there can be no more writing

	mu  sync.Mutex // guards cur
	cur *view
}

var _ indexer.Backend = (*Index)(nil)

// Create makes an empty index in dir, which must not exist or be empty.
func Create(dir string) (*Index, error) {
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	x, err := start(dir, false)
	if err != nil {
		return nil, err
	}
	// The counter comes last: a folder without it is known to be unfinished.
	x.write.Lock()
	err = x.store(index.NewBatch())
	x.write.Unlock()
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return &corpus.Error{Op: "bleveidx.create", Subj: dir, Err: err}
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = errors.New("the folder is not empty")
	}
	if err != nil {
		return &corpus.Error{Op: "bleveidx.create", Subj: dir, Kind: corpus.ErrInvalid, Err: err}
	}
	return nil
}

// Open opens the index in dir and checks it. It returns corpus.ErrDamaged when
// it has to be built again, and corpus.ErrUnavailable when another process has it.
func Open(dir string) (*Index, error) {
	last, err := checkFiles(dir)
	if err != nil {
		return nil, err
	}
	// Without Bleve's workers: they would begin at once to merge segments, and
	// make good checksums of bad data.
	x, err := openChecked(dir, last)
	if err != nil {
		return nil, err
	}
	batches := x.batches.value
	if err := x.Close(); err != nil {
		return nil, damaged("bleveidx.open", dir, err)
	}
	count := &counter{path: filepath.Join(dir, counterName)}
	if err := count.unseal(batches); err != nil {
		return nil, &corpus.Error{Op: "bleveidx.open", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.Join(err, count.close())}
	}
	if x, err = start(dir, false); err != nil {
		return nil, errors.Join(err, count.close())
	}
	x.batches = count
	return x, nil
}

// OpenReadOnly is Open where nothing can be written.
func OpenReadOnly(dir string) (*Index, error) {
	last, err := checkFiles(dir)
	if err != nil {
		return nil, err
	}
	x, err := openChecked(dir, last)
	if err != nil {
		return nil, err
	}
	x.broken = &corpus.Error{Op: "bleveidx.write", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.New("nothing can be written there")}
	return x, nil
}

// checkFiles checks what stands beside the segments, and returns the number of
// the last batch.
func checkFiles(dir string) (last uint64, err error) {
	if _, err := os.Stat(dir); err != nil {
		return 0, &corpus.Error{Op: "bleveidx.open", Subj: dir, Kind: corpus.ErrNotFound, Err: err}
	}
	last, seal, err := readCounter(filepath.Join(dir, counterName))
	if err == nil {
		err = checkBolt(boltPath(dir))
	}
	if err == nil {
		err = checkSeal(boltPath(dir), seal)
	}
	if err != nil {
		return 0, damaged("bleveidx.open", dir, err)
	}
	return last, nil
}

// openChecked opens Bleve's index for reading and checks it.
func openChecked(dir string, last uint64) (*Index, error) {
	x, err := start(dir, true)
	if err != nil {
		return nil, err
	}
	err = guard("bleveidx.open", func() (err error) {
		x.batches.value, err = x.check(last)
		return err
	})
	if err != nil {
		return nil, errors.Join(damaged("bleveidx.open", dir, err), x.Close())
	}
	return x, nil
}

// boltPath is where Bleve says which segments there are.
func boltPath(dir string) string { return filepath.Join(dir, engineDir, "root.bolt") }

// start opens Bleve's index, or makes one.
func start(dir string, readOnly bool) (*Index, error) {
	x := &Index{
		dir: dir, stall: stallLimit,
		batches: &counter{path: filepath.Join(dir, counterName)},
		queue:   index.NewAnalysisQueue(analysts),
	}
	x.scratch.New = func() any { return new(collect.Hits) }
	err := guard("bleveidx.open", func() error {
		engine, err := scorch.NewScorch(scorch.Name, map[string]any{
			"path":         filepath.Join(dir, engineDir),
			"bolt_timeout": lockTimeout,
			"read_only":    readOnly,
		}, x.queue)
		if err != nil {
			return err
		}
		var ok bool
		if x.engine, ok = engine.(*scorch.Scorch); !ok {
			return fmt.Errorf("scorch is a %T", engine)
		}
		return x.engine.Open()
	})
	if err == nil {
		return x, nil
	}
	x.queue.Close()
	if err.Error() == "timeout" { // bbolt's ErrTimeout: the file is locked
		return nil, &corpus.Error{Op: "bleveidx.open", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.New("in use by another process")}
	}
	return nil, damaged("bleveidx.open", dir, err)
}

// Put stores entries, each for good when it returns.
func (x *Index) Put(ctx context.Context, entries ...indexer.Entry) error {
	x.write.Lock()
	defer x.write.Unlock()
	for len(entries) > 0 {
		n := batchSize(entries)
		batch := index.NewBatch()
		for i := range entries[:n] {
			d, err := newDocument(&entries[i])
			if err != nil {
				return err
			}
			batch.Update(d)
		}
		if err := x.apply(ctx, batch); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return x.usable(ctx)
}

// batchSize returns how many of the entries the next batch takes.
func batchSize(entries []indexer.Entry) int {
	terms := 0
	for i := range entries[:min(len(entries), maxBatch)] {
		for _, list := range entries[i].Terms {
			terms += len(list)
		}
		if terms > maxBatchTerms {
			return max(1, i)
		}
	}
	return min(len(entries), maxBatch)
}

// Delete removes paragraphs.
func (x *Index) Delete(ctx context.Context, paras ...search.ParaNo) error {
	x.write.Lock()
	defer x.write.Unlock()
	for chunk := range slices.Chunk(paras, maxBatch) {
		batch := index.NewBatch()
		for _, p := range chunk {
			batch.Delete(docID(p))
		}
		if err := x.apply(ctx, batch); err != nil {
			return err
		}
	}
	return x.usable(ctx)
}

// apply stores a batch, if nothing speaks against it.
func (x *Index) apply(ctx context.Context, batch *index.Batch) error {
	if err := x.usable(ctx); err != nil {
		return err
	}
	return x.store(batch)
}

// store stores a batch, which cannot be called off once it has begun. The
// caller holds write.
func (x *Index) store(batch *index.Batch) error {
	next := x.batches.value + 1
	batch.SetInternal(batchKey, encodeBatchNo(next))
	if err := x.watch(func() error { return x.engine.Batch(batch) }); err != nil {
		return err
	}
	// Bleve syncs its files, but not the folder that names them.
	if err := syncDir(filepath.Join(x.dir, engineDir)); err != nil {
		return x.breakWith(err)
	}
	if err := x.batches.set(next); err != nil {
		return x.breakWith(err)
	}
	return nil
}

// watch runs a batch, which may never return: it waits for background workers,
// and these may have died. Then the goroutine is given up, and with it all
// writing; the library opens the index again.
func (x *Index) watch(batch func() error) error {
	done := make(chan error, 1)
	go func() { done <- guard("bleveidx.write", batch) }()
	stall := time.NewTimer(x.stall)
	defer stall.Stop()
	select {
	case err := <-done:
		if err == nil && x.asyncErrors() > 0 {
			err = errors.New("a background worker has met an error")
		}
		if err != nil {
			return x.breakWith(err)
		}
		return nil
	case <-stall.C:
		return x.breakWith(fmt.Errorf("no answer to a batch in %v", x.stall))
	}
}

// asyncErrors counts what went wrong in Bleve's background workers.
func (x *Index) asyncErrors() uint64 {
	stats, ok := x.engine.Stats().(*scorch.Stats)
	if !ok {
		return 0
	}
	return atomic.LoadUint64(&stats.TotOnErrors)
}

// breakWith ends all writing. A batch that failed may be stored later on: only
// opening the index again tells.
func (x *Index) breakWith(err error) error {
	x.broken = &corpus.Error{Op: "bleveidx.write", Subj: x.dir, Kind: corpus.ErrUnavailable, Err: err}
	return x.broken
}

// usable reports why nothing can be written. The caller holds write.
func (x *Index) usable(ctx context.Context) error {
	if x.closed.Load() {
		return x.closedError("bleveidx.write")
	}
	if x.broken != nil {
		return x.broken
	}
	return ctx.Err()
}

func (x *Index) closedError(op string) error {
	return &corpus.Error{Op: op, Subj: x.dir, Kind: corpus.ErrUnavailable, Err: os.ErrClosed}
}

// Count returns how many paragraphs the engine holds.
func (x *Index) Count(ctx context.Context) (int, error) {
	v, err := x.view("bleveidx.count")
	if err != nil {
		return 0, err
	}
	defer v.release()
	n, err := v.snap.DocCount()
	if err != nil {
		return 0, damaged("bleveidx.count", x.dir, err)
	}
	return int(n), ctx.Err()
}

// Check compares every segment in use with its checksum.
func (x *Index) Check(ctx context.Context) error {
	v, err := x.view("bleveidx.check")
	if err != nil {
		return err
	}
	defer v.release()
	return x.wrap("bleveidx.check", v.check(ctx.Err))
}

// Paras yields the paragraphs that the engine holds, segment by segment.
func (x *Index) Paras(ctx context.Context) iter.Seq2[search.ParaNo, error] {
	return func(yield func(search.ParaNo, error) bool) {
		v, err := x.view("bleveidx.paras")
		if err != nil {
			yield(0, err)
			return
		}
		defer v.release()
		for i := range v.segs {
			gone := v.segs[i].snap.Deleted()
			for n, p := range v.segs[i].paras {
				if (gone == nil || !gone.Contains(uint32(n))) && !yield(p, nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			yield(0, err)
		}
	}
}

// Merge makes one segment of all, which answers prefixes and words faster. It
// is for the end of a bulk load: the whole index is written again. What is
// deleted in an index of one segment stays in its file.
func (x *Index) Merge(ctx context.Context) error {
	x.write.Lock()
	defer x.write.Unlock()
	for range mergePasses {
		if err := x.usable(ctx); err != nil {
			return err
		}
		v, err := x.view("bleveidx.merge")
		if err != nil {
			return err
		}
		segments := len(v.segs)
		v.release()
		if segments <= 1 {
			return nil
		}
		if err := x.merge(ctx); err != nil {
			return err
		}
	}
	return nil
}

// merge makes one pass. It waits as long as the merger lives, for a big index
// takes minutes.
func (x *Index) merge(ctx context.Context) error {
	done := make(chan error, 1)
	go func() {
		done <- guard("bleveidx.merge", func() error { return x.engine.ForceMerge(ctx, nil) })
	}()
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		select {
		case err := <-done:
			if err != nil && ctx.Err() == nil {
				return x.breakWith(err)
			}
			return errors.Join(err, ctx.Err())
		case <-beat.C:
			if x.asyncErrors() > 0 {
				return x.breakWith(errors.New("the merger has met an error"))
			}
		}
	}
}

// Close ends the use of the index. Searches that run may end with an error.
func (x *Index) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	if x.closed.Swap(true) {
		return nil
	}
	x.broken = x.closedError("bleveidx.write")
	done := make(chan error, 1)
	go func() { done <- guard("bleveidx.close", x.engine.Close) }()
	stall := time.NewTimer(x.stall)
	defer stall.Stop()
	select {
	case err := <-done:
		x.queue.Close()
		if err == nil && x.batches.f != nil {
			err = x.batches.seal(boltPath(x.dir))
		}
		return errors.Join(err, x.batches.close())
	case <-stall.C:
		return errors.Join(fmt.Errorf("bleveidx: no end in %v", x.stall), x.batches.close())
	}
}
