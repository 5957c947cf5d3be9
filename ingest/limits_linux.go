package ingest

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// Limits of a worker process. The address space is what Go reserves, not what
// it uses: under 2 GiB its runtime does not start every time.
const (
	limitSpace = 4 << 30
	limitFiles = 128     // helper programs open fonts and languages
	limitFile  = 1 << 30 // the longest file that a helper program may write
)

// limitProcess sets the limits of this process, for good.
func limitProcess(timeout time.Duration) error {
	seconds := uint64(timeout/time.Second) + 1
	set := func(which int, n uint64) error {
		return unix.Setrlimit(which, &unix.Rlimit{Cur: n, Max: n})
	}
	return errors.Join(
		set(unix.RLIMIT_AS, limitSpace),
		set(unix.RLIMIT_CPU, 2*seconds), // two threads may run
		set(unix.RLIMIT_NOFILE, limitFiles),
		set(unix.RLIMIT_FSIZE, limitFile),
		set(unix.RLIMIT_CORE, 0),
	)
}
