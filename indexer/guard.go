package indexer

import (
	"fmt"
	"iter"
	"runtime/debug"

	"dalel/corpus"
)

// guard runs f and turns a panic into an error. Engines map files: reading one
// that was cut off under us is a fault, which becomes a panic here instead of
// the end of the process.
func guard(op string, f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = panicked(op, p)
		}
	}()
	return f()
}

func panicked(op string, p any) error {
	return &corpus.Error{Op: op, Kind: corpus.ErrDamaged, Err: fmt.Errorf("the engine panicked: %v", p)}
}

// guardSeq is guard for a stream. A panic of the consumer is not the engine's
// and goes on.
func guardSeq[T any](op string, open func() iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		consuming := false
		defer func() {
			if consuming {
				return
			}
			if p := recover(); p != nil {
				var none T
				yield(none, panicked(op, p))
			}
		}()
		for v, err := range open() {
			consuming = true
			more := yield(v, err)
			consuming = false
			if !more {
				return
			}
		}
	}
}
