package indexer

import (
	"errors"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// Limits of a batch. Engines are fastest with some thousand paragraphs at once
// (measured: twice as fast as with 200), and memory stays small.
const (
	batchParas = 5000
	batchBytes = 5 << 20
)

// batchSize measures what a batch costs.
type batchSize struct {
	paras int
	bytes int64 // of text
	disk  int64 // of original and text
}

func (s batchSize) full() bool { return s.paras >= batchParas || s.bytes >= batchBytes }

func (s batchSize) plus(o batchSize) batchSize {
	return batchSize{s.paras + o.paras, s.bytes + o.bytes, s.disk + o.disk}
}

func (a *analyzed) size() batchSize {
	return batchSize{paras: len(a.terms), bytes: a.bytes, disk: a.bytes}
}

// analyzeAhead is how many documents are analysed at a time.
const analyzeAhead = 16

// inParallel applies f to each element, on all processors, and returns the
// results in order.
func inParallel[T, R any](in []T, f func(T) (R, error)) ([]R, error) {
	var (
		wg   sync.WaitGroup
		out  = make([]R, len(in))
		errs = make([]error, len(in))
		next atomic.Int64
	)
	for range min(len(in), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(in); i = int(next.Add(1)) - 1 {
				out[i], errs[i] = f(in[i])
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

// ahead runs a stream one element ahead of its consumer, on a goroutine that
// ends before the stream does: the next batch is analysed while one is stored.
func ahead[T any](src iter.Seq2[T, error]) iter.Seq2[T, error] {
	type element struct {
		v   T
		err error
	}
	return func(yield func(T, error) bool) {
		var wg sync.WaitGroup
		defer wg.Wait()
		stop := make(chan struct{})
		defer close(stop)
		next := make(chan element)
		wg.Go(func() {
			defer close(next)
			for v, err := range src {
				select {
				case next <- element{v, err}:
				case <-stop:
					return
				}
			}
		})
		for e := range next {
			if !yield(e.v, e.err) {
				return
			}
		}
	}
}
