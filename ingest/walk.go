package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"dalel/corpus"
)

// Source is what a run reads: files, folders with all that is in them, and
// archives, in this order. In a folder the order is that of the names' bytes.
type Source struct{ Paths []string }

// Limits of one archive, with all that is nested in it.
const (
	maxDepth    = 3
	maxMembers  = 20_000
	maxInflated = 4 << 30 // bytes on disk, over the run
	maxFile     = 512 << 20
)

// item is one file of a run, found but not read.
type item struct {
	name     string // for people
	local    string // where its bytes are
	folder   string // relative to what was named; "" if it was named itself
	modified time.Time
	size     int64
	media    string
	open     func() (*os.File, error)
	err      error // why it cannot be read
	spooled  bool  // local is a temporary file of ours
	encloses bool  // it is a document, and may hold no other files
	url      string
}

// walker finds the files of a Source. It stops when yield returns false.
type walker struct {
	containers map[string]Container
	formats    Formats // a container that is a document too is read as both
	spool      string
	yield      func(item) bool
	roots      []*os.Root // open until the run ends: files are opened through them
}

func (w *walker) close() {
	for _, r := range w.roots {
		_ = r.Close() // opened for reading
	}
}

func (w *walker) walk(ctx context.Context, src Source) {
	for _, p := range src.Paths {
		if ctx.Err() != nil || !w.named(ctx, filepath.Clean(p)) {
			return
		}
	}
}

// named reads a path that a person named. If it is a link, that is followed:
// links that were merely met are not.
func (w *walker) named(ctx context.Context, p string) bool {
	info, err := os.Stat(p)
	switch {
	case err != nil:
		return w.yield(item{name: p, err: unreadable(p, err)})
	case info.IsDir():
		return w.folder(ctx, p)
	case !info.Mode().IsRegular():
		return w.yield(item{name: p, err: irregular(p, info.Mode())})
	}
	open := func() (*os.File, error) { return os.Open(p) }
	return w.file(ctx, item{name: p, local: p, modified: info.ModTime().UTC(), open: open}, info.Size())
}

// folder walks through an os.Root: nothing outside of it is opened, even if
// the tree changes under our feet.
func (w *walker) folder(ctx context.Context, dir string) bool {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return w.yield(item{name: dir, err: unreadable(dir, err)})
	}
	w.roots = append(w.roots, root)
	more := true
	err = fs.WalkDir(root.FS(), ".", func(rel string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			more = false
		} else {
			more = w.entry(ctx, root, dir, rel, d, err)
		}
		if !more {
			return fs.SkipAll
		}
		if err != nil && d != nil && d.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	if err != nil && more {
		return w.yield(item{name: dir, err: unreadable(dir, err)})
	}
	return more
}

// entry takes one name of a folder. It reports whether to go on.
func (w *walker) entry(ctx context.Context, root *os.Root, dir, rel string, d fs.DirEntry, err error) bool {
	name := path.Join(filepath.ToSlash(dir), rel)
	switch {
	case err != nil:
		return w.yield(item{name: name, err: unreadable(name, err)})
	case d.IsDir(), junk(rel):
		return true
	case d.Type()&fs.ModeSymlink != 0:
		return w.yield(item{name: name, err: failure(name, corpus.ErrUnsupported, "a link is not followed: name its target")})
	case !d.Type().IsRegular():
		return w.yield(item{name: name, err: irregular(name, d.Type())})
	}
	info, err := d.Info()
	if err != nil {
		return w.yield(item{name: name, err: unreadable(name, err)})
	}
	it := item{
		name: name, local: filepath.Join(dir, filepath.FromSlash(rel)), folder: folderOf(rel),
		modified: info.ModTime().UTC(),
		open:     func() (*os.File, error) { return root.Open(filepath.FromSlash(rel)) },
	}
	return w.file(ctx, it, info.Size())
}

func folderOf(rel string) string {
	if dir := path.Dir(rel); dir != "." {
		return dir
	}
	return ""
}

// junk recognises files that systems leave in folders and archives. No person
// means them, so no line says that they were not read.
func junk(rel string) bool {
	base := path.Base(rel)
	return base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini" ||
		strings.HasPrefix(base, "._") || strings.HasPrefix(rel, "__MACOSX/")
}

// file tells the type of a file, and looks into archives.
func (w *walker) file(ctx context.Context, it item, size int64) bool {
	it.size = size
	it.media, it.err = w.sniff(it, size)
	box, ok := w.containers[it.media]
	if it.err != nil || !ok {
		return w.yield(it)
	}
	budget := &budget{members: maxMembers, bytes: maxInflated}
	return w.holder(ctx, box, it, size, 1, budget)
}

// holder takes a file that holds files: an archive, or a document that
// encloses others, which is read itself first.
func (w *walker) holder(ctx context.Context, box Container, it item, size int64, depth int, left *budget) bool {
	if _, document := w.formats[it.media]; !document {
		defer it.drop()
		return w.archive(ctx, box, it, size, depth, left)
	}
	it.encloses = true
	if !it.spooled {
		return w.yield(it) && w.archive(ctx, box, it, size, depth, left)
	}
	// Who takes the document removes it: the enclosed files need it longer.
	kept := it
	kept.local += "-kept"
	if err := os.Link(it.local, kept.local); err != nil {
		return w.yield(it) && w.yield(item{name: it.name + "!", err: unreadable(it.name, err)})
	}
	defer kept.drop()
	return w.yieldOrDrop(it) && w.archive(ctx, box, kept, size, depth, left)
}

func (w *walker) sniff(it item, size int64) (string, error) {
	if size > maxFile {
		return "", failure(it.name, corpus.ErrDamaged, fmt.Sprintf("the file is larger than %d MiB", maxFile>>20))
	}
	f, err := it.open()
	if err != nil {
		return "", unreadable(it.name, err)
	}
	defer f.Close()
	return Sniff(it.name, f, size)
}

// budget is what one archive may still give, with all that is nested in it.
type budget struct {
	members int
	bytes   int64
}

var errBomb = errors.New("the archive holds more than an archive may: unpack it yourself")

func (b *budget) take(size int64) error {
	b.members--
	b.bytes -= size
	if b.members < 0 || b.bytes < 0 {
		return errBomb
	}
	return nil
}

// archive yields the members of an archive. An archive is no document: only
// one that is empty, or could not be read, has a line of its own.
func (w *walker) archive(ctx context.Context, box Container, it item, size int64, depth int, left *budget) bool {
	if depth > maxDepth {
		it.err = failure(it.name, corpus.ErrUnsupported, fmt.Sprintf("archives are nested deeper than %d", maxDepth))
		return w.yield(it)
	}
	members := 0
	for f, err := range box.Files(ctx, File{Name: it.name, Local: it.local, Size: size, Type: it.media}, w.spool) {
		if ctx.Err() != nil {
			return false
		}
		if err != nil && f.Name == "" {
			if it.encloses { // the document has a line of its own
				it.name += "!"
			}
			return w.yield(item{name: it.name, err: asDamage(it.name, err)})
		}
		if members++; !w.member(ctx, it, f, err, depth, left) {
			return false
		}
		if left.members < 0 || left.bytes < 0 {
			return true // told by member
		}
	}
	if members == 0 && !it.encloses {
		return w.yield(item{name: it.name, err: failure(it.name, corpus.ErrDamaged, "the archive is empty")})
	}
	return true
}

// member takes one file of an archive.
func (w *walker) member(ctx context.Context, outer item, f File, err error, depth int, left *budget) bool {
	in := item{name: f.Name, local: f.Local, size: f.Size, modified: outer.modified, spooled: true, folder: memberFolder(outer, f.Name)}
	if err == nil {
		err = left.take(f.Size)
	}
	if err != nil {
		in.err = asDamage(f.Name, err)
		return w.yieldOrDrop(in)
	}
	in.url = f.URL
	if !f.Time.IsZero() {
		in.modified = f.Time.UTC()
	}
	in.open = func() (*os.File, error) { return os.Open(f.Local) }
	in.media, in.err = w.sniff(in, f.Size)
	box, ok := w.containers[in.media]
	if in.err != nil || !ok {
		return w.yieldOrDrop(in)
	}
	return w.holder(ctx, box, in, f.Size, depth+1, left)
}

// memberFolder places a member below its archive: "cases/2019.zip/appeals".
func memberFolder(outer item, name string) string {
	inner := path.Dir(strings.TrimPrefix(name, outer.name+"!"))
	return path.Join(outer.folder, path.Base(filepath.ToSlash(outer.name)), inner)
}

// yieldOrDrop yields an item, or removes its bytes if nobody wants it.
func (w *walker) yieldOrDrop(it item) bool {
	if w.yield(it) {
		return true
	}
	it.drop()
	return false
}

// drop removes the bytes of a spooled item. What is left over goes with the
// folder of the run.
func (it *item) drop() {
	if it.spooled && it.local != "" {
		_ = os.Remove(it.local)
	}
}

func failure(name string, kind error, reason string) error {
	return &corpus.Error{Op: "ingest", Subj: Printable(name), Kind: kind, Err: errors.New(reason)}
}

func irregular(name string, mode fs.FileMode) error {
	return failure(name, corpus.ErrUnsupported, "not an ordinary file: "+mode.Type().String())
}

// unreadable says why the system did not give a file, without the path.
func unreadable(name string, err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	}
	return &corpus.Error{Op: "ingest", Subj: Printable(name), Kind: corpus.ErrDamaged, Err: err}
}

// asDamage keeps the kind of err, or calls it damage.
func asDamage(name string, err error) error {
	if errors.Is(err, corpus.ErrUnsupported) || errors.Is(err, corpus.ErrDamaged) {
		return err
	}
	return &corpus.Error{Op: "ingest", Subj: Printable(name), Kind: corpus.ErrDamaged, Err: err}
}
