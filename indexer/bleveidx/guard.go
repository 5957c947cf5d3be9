package bleveidx

import (
	"fmt"
	"runtime/debug"

	"dalel/corpus"
)

// guard runs a call into Bleve and makes an error of a panic: of a broken
// segment, or of a mapped file that was cut off under us.
func guard(op string, call func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			err = &corpus.Error{Op: op, Kind: corpus.ErrDamaged, Err: fmt.Errorf("panic: %v", r)}
		}
	}()
	return call()
}

func damaged(op, subj string, err error) error {
	return &corpus.Error{Op: op, Subj: subj, Kind: corpus.ErrDamaged, Err: err}
}
