package indexer

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"dalel/corpus"
)

func TestCannotWrite(t *testing.T) {
	for _, tt := range []struct {
		err  error
		told bool
		why  string
	}{
		{&fs.PathError{Op: "open", Path: "LOCK", Err: syscall.EROFS}, true, "a DVD"},
		{&corpus.Error{Op: "store.open", Err: &fs.PathError{Op: "open", Path: "log", Err: syscall.EACCES}}, true, "somebody else's folder"},
		{corpus.ErrDamaged, false, "something else"},
		{nil, false, "nothing"},
	} {
		got := cannotWrite("lib", tt.err)
		if told := got != nil && strings.Contains(got.Error(), "copy the folder"); told != tt.told || !errors.Is(got, tt.err) {
			t.Errorf("cannotWrite(%v) = %v, advice wanted: %t: %s", tt.err, got, tt.told, tt.why)
		}
	}
}
