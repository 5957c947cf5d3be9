package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"dalel/corpus"
)

const (
	lockFile   = "LOCK"
	holderFile = "LOCK.json"

	// lockWait is how long a second process waits for the first: long enough
	// for commands run one after another, short enough to say so at once.
	lockWait = time.Second
	lockPoll = 50 * time.Millisecond
)

// holder says who holds the lock. It names no user and no host.
type holder struct {
	PID int    `json:"pid"`
	URL string `json:"url,omitempty"` // where to ask it, if it serves
}

// lock keeps other processes out of a library.
type lock struct {
	dir  string
	file *flock.Flock
}

// takeLock locks the library in dir, or says who holds it.
func takeLock(ctx context.Context, dir string) (*lock, error) {
	l := &lock{dir: dir, file: flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(fileMode))}
	waiting, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	ok, err := l.file.TryLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case ok:
		return l, nil
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, &corpus.Error{Op: "library.open", Subj: dir, Err: err}
	}
	return nil, &corpus.Error{Op: "library.open", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.New(l.inUse())}
}

// shareLock takes a lock that readers share, where a lock of one's own cannot
// be written. It is nil where there is no file to lock either: nobody can have
// written there since.
func shareLock(ctx context.Context, dir string) (*lock, error) {
	name := filepath.Join(dir, lockFile)
	if _, err := os.Stat(name); err != nil {
		return nil, nil //nolint:nilnil // no lock, and no need of one
	}
	l := &lock{dir: dir, file: flock.New(name, flock.SetFlag(os.O_RDONLY))}
	waiting, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	ok, err := l.file.TryRLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case ok:
		return l, nil
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, &corpus.Error{Op: "library.open", Subj: dir, Err: err}
	}
	return nil, &corpus.Error{Op: "library.open", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.New(l.inUse())}
}

// inUse tells in words who holds the lock.
func (l *lock) inUse() string {
	var h holder
	b, err := os.ReadFile(filepath.Join(l.dir, holderFile))
	if err == nil {
		err = json.Unmarshal(b, &h)
	}
	switch {
	case err != nil || h.PID == 0:
		return "the library is in use by another process; stop it"
	case h.URL != "":
		return fmt.Sprintf("the library is in use by process %d; stop it, or ask it at %s", h.PID, h.URL)
	default:
		return fmt.Sprintf("the library is in use by process %d; wait for it, or stop it", h.PID)
	}
}

// announce writes who we are, for those who wait. The lock holds without it,
// so a full disk is no reason not to go on.
func (l *lock) announce(url string) error {
	b, err := json.Marshal(holder{PID: os.Getpid(), URL: url})
	if err != nil {
		return err
	}
	// Not synced: it is of no use after a crash.
	return os.WriteFile(filepath.Join(l.dir, holderFile), append(b, '\n'), fileMode)
}

// isReadOnly reports whether an error says that nothing can be written.
func isReadOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// cannotWrite says what to do when a library lies where nothing can be written:
// opening it needs a lock, and may need to finish what was cut short.
func cannotWrite(dir string, err error) error {
	if !isReadOnly(err) {
		return err
	}
	return &corpus.Error{Op: "library.open", Subj: dir, Kind: corpus.ErrUnavailable, Err: fmt.Errorf(
		"nothing can be written there; copy the folder to a disk of your own and name the copy with -lib: %w", err)}
}

func (l *lock) release(shared bool) error {
	if !shared {
		_ = os.Remove(filepath.Join(l.dir, holderFile)) // the lock counts, not the note
	}
	return l.file.Unlock()
}
