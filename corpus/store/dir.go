package store

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"dalel/corpus"
	"dalel/corpus/custody"
)

// Format is the version of the layout that this package writes. It reads this
// one and every earlier one.
const Format = 1

const (
	formatFile  = "FORMAT"
	formatTitle = "dalel library"
	logFile     = "log/entries.jsonl"
	tmpDir      = "tmp"

	dirMode      fs.FileMode = 0o700
	fileMode     fs.FileMode = 0o600
	originalMode fs.FileMode = 0o400
)

// Options are what a Dir needs from outside.
type Options struct {
	Clock func() time.Time // the time of records; required
	Rand  io.Reader        // salts; nil for crypto/rand
	Tool  string           // program and version that make the records, such as "dalel 1.0"; "" leaves it out
	Log   *slog.Logger     // warnings, such as a torn log; nil for none
	// Step, if not nil, is called before each step of a change, with its name.
	// An error stops the change there. It exists for tests of failure.
	Step func(name string) error
	// ReadOnly opens a library where nothing can be written: nothing is repaired,
	// and every change is refused.
	ReadOnly bool
	// Sync replaces (*os.File).Sync: tests make it fail, or leave it out where
	// it only costs time.
	Sync func(*os.File) error
}

// syncFunc makes a file or folder durable.
type syncFunc func(*os.File) error

// complete fills in what was left out.
func (o Options) complete() Options {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Sync == nil {
		o.Sync = (*os.File).Sync
	}
	return o
}

// Dir is a library on disk.
type Dir struct {
	root  *os.Root
	opt   Options
	codec *codec

	write sync.Mutex   // held for a whole change
	mu    sync.RWMutex // guards what follows
	log   *entryLog
	docs  table
	tree  *custody.Tree // of the log, as far as it was asked for
	temps int
}

// Exists reports whether path holds a library, or may hold one: where that cannot
// be told, Open says why.
func Exists(path string) bool {
	_, err := os.Lstat(filepath.Join(path, formatFile))
	return !errors.Is(err, fs.ErrNotExist)
}

// Create makes an empty library in the folder path, which may exist if it
// holds nothing, and opens it.
func Create(path string, opt Options) (*Dir, error) {
	if Exists(path) {
		return nil, &corpus.Error{Op: "store.create", Subj: path, Kind: corpus.ErrInvalid, Err: errors.New("there is a library already")}
	}
	if err := makeLayout(path, opt.complete().Sync); err != nil {
		return nil, &corpus.Error{Op: "store.create", Subj: path, Err: err}
	}
	return Open(path, opt)
}

// makeLayout writes FORMAT last: without it the folder is not yet a library,
// and Create can be repeated.
func makeLayout(path string, sync syncFunc) error {
	if err := os.MkdirAll(path, dirMode); err != nil {
		return err
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := refuseForeign(root); err != nil {
		return err
	}
	if err := lostFormat(path); err != nil {
		return err
	}
	for _, dir := range []string{"originals/sha256", "derived", "log", tmpDir} {
		if err := root.MkdirAll(dir, dirMode); err != nil {
			return err
		}
	}
	if err := writeSynced(root, logFile, nil, sync); err != nil {
		return err
	}
	temp := filepath.Join(tmpDir, formatFile)
	if err := writeSynced(root, temp, []byte(formatHead(Format)), sync); err != nil {
		return err
	}
	for _, dir := range []string{"originals/sha256", "originals", "derived", "log", tmpDir} {
		if err := syncDir(root, dir, sync); err != nil {
			return err
		}
	}
	if err := root.Rename(temp, formatFile); err != nil {
		return err
	}
	return syncDir(root, ".", sync)
}

// lostFormat tells a library that has lost its FORMAT from a folder without one.
// To make a library there would begin its log anew.
func lostFormat(path string) error {
	fi, err := os.Lstat(filepath.Join(path, logFile))
	if err == nil && fi.Size() == 0 || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		return err
	}
	return fmt.Errorf("%w: %s is missing, but there is a log; nothing is written over it; restore the file from a backup",
		corpus.ErrDamaged, formatFile)
}

// own are the names that may stand in a folder that is to become a library:
// ours, left by a Create that was cut short, and those of the packages above.
var own = map[string]bool{"originals": true, "derived": true, "log": true, tmpDir: true, "index": true, "user": true, "LOCK": true, "LOCK.json": true}

// refuseForeign keeps a library from being made in a folder of other things.
func refuseForeign(root *os.Root) error {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !own[e.Name()] {
			return fmt.Errorf("%w: the folder is not empty (%s)", corpus.ErrInvalid, e.Name())
		}
	}
	return nil
}

// Open opens the library in the folder path. The error is ErrNotFound when
// there is none, ErrUnsupported when a newer dalel made it, and ErrDamaged when
// its log is broken.
func Open(path string, opt Options) (*Dir, error) {
	if opt.Clock == nil {
		return nil, &corpus.Error{Op: "store.open", Subj: path, Kind: corpus.ErrInvalid, Err: errors.New("no clock")}
	}
	opt = opt.complete()
	if !Exists(path) {
		if err := lostFormat(path); err != nil {
			return nil, &corpus.Error{Op: "store.open", Subj: path, Err: err}
		}
		return nil, &corpus.Error{
			Op: "store.open", Kind: corpus.ErrNotFound,
			Err: fmt.Errorf("no library at %s; dalel ingest makes one", path),
		}
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, &corpus.Error{Op: "store.open", Subj: path, Err: err}
	}
	d := &Dir{root: root, opt: opt}
	if err := d.load(); err != nil {
		_ = d.Close()
		return nil, &corpus.Error{Op: "store.open", Subj: path, Err: err}
	}
	return d, nil
}

// load brings the state into memory and finishes what a crash cut short.
func (d *Dir) load() error {
	if err := checkFormat(d.root); err != nil {
		return err
	}
	if !d.opt.ReadOnly {
		if err := d.sweep(); err != nil {
			return err
		}
	}
	var err error
	if d.codec, err = newCodec(); err != nil {
		return err
	}
	d.docs = newTable()
	open := openLog
	if d.opt.ReadOnly {
		open = openLogReadOnly
	}
	l, warn, err := open(d.root, d.opt.Sync, d.docs.apply)
	if err != nil {
		return err
	}
	d.log = l
	if warn != "" {
		d.opt.Log.Warn("log repaired", "detail", warn)
	}
	if err := d.docs.check(); err != nil || d.opt.ReadOnly {
		return err
	}
	return d.finishRemovals()
}

// formatHead is what FORMAT says of a version.
func formatHead(n int) string { return fmt.Sprintf("%s\nformat %d\n", formatTitle, n) }

// checkFormat reads FORMAT.
func checkFormat(root *os.Root) error {
	b, err := root.ReadFile(formatFile)
	if err != nil {
		return err
	}
	title, rest, _ := strings.Cut(string(b), "\n")
	version, found := strings.CutPrefix(strings.TrimSuffix(rest, "\n"), "format ")
	n, err := strconv.Atoi(version)
	switch {
	case title != formatTitle || !found || err != nil || n < 1 || string(b) != formatHead(n):
		return fmt.Errorf("%w: %s is not one of dalel's", corpus.ErrDamaged, formatFile)
	case n > Format:
		return fmt.Errorf("%w: the library has format %d, this dalel reads up to %d; a newer dalel is needed",
			corpus.ErrUnsupported, n, Format)
	}
	return nil
}

// sweep deletes what an earlier process left half written.
func (d *Dir) sweep() error {
	if err := d.root.RemoveAll(tmpDir); err != nil {
		return err
	}
	return d.root.Mkdir(tmpDir, dirMode)
}

// Close gives the files back. Nothing is lost without it.
func (d *Dir) Close() error {
	d.write.Lock()
	defer d.write.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	var err error
	if d.log != nil {
		err = errors.Join(d.log.close(), d.codec.close())
		d.log = nil
	}
	return errors.Join(err, d.root.Close())
}

// step announces a step of a change.
func (d *Dir) step(name string) error {
	if d.opt.Step == nil {
		return nil
	}
	return d.opt.Step("store." + name)
}

// errReadOnly is the answer to a change where nothing can be written.
var errReadOnly = fmt.Errorf("%w: nothing can be written there", corpus.ErrUnavailable)

// errClosed is returned by a Dir that was closed.
var errClosed = fmt.Errorf("%w: the library is closed", corpus.ErrUnavailable)
