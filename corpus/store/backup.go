package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"dalel/corpus"
)

// Copied is what a Backup has copied.
type Copied struct {
	Documents int
	Files     int
	Bytes     int64
	// Damaged are files that are missing or not what they were when they were
	// stored. They are not in the copy.
	Damaged []string
}

// Backup copies the library in the folder from to the folder to, which must be
// empty, while another process may use it: it takes no lock and changes
// nothing. The copy is the library as it was at one record of the log, and a
// library itself; whatever can be made again, such as the index, is not in it.
// The key that signs the log is.
//
// FORMAT is written last, so that a copy that was cut short is no library.
func Backup(ctx context.Context, from, to string) (Copied, error) {
	if !Exists(from) {
		return Copied{}, &corpus.Error{Op: "store.backup", Kind: corpus.ErrNotFound, Err: fmt.Errorf("no library at %s", from)}
	}
	b := &backup{sync: (*os.File).Sync}
	if err := b.run(ctx, from, to); err != nil {
		return Copied{}, &corpus.Error{Op: "store.backup", Subj: to, Err: err}
	}
	return b.done, nil
}

// backup is a Backup under way.
type backup struct {
	from, to *os.Root
	sync     syncFunc
	copied   map[string]int64 // size of each file of a document in the copy
	done     Copied
}

func (b *backup) run(ctx context.Context, from, to string) error {
	if err := apart(from, to); err != nil {
		return err
	}
	if err := os.MkdirAll(to, dirMode); err != nil {
		return err
	}
	var err error
	if b.from, err = os.OpenRoot(from); err != nil {
		return err
	}
	defer func() { _ = b.from.Close() }()
	if b.to, err = os.OpenRoot(to); err != nil {
		return err
	}
	defer func() { _ = b.to.Close() }()
	if err := b.begin(); err != nil {
		return err
	}
	for settled := false; !settled; {
		if settled, err = b.round(ctx); err != nil {
			return err
		}
	}
	return b.end()
}

// apart refuses a copy inside what is copied.
func apart(from, to string) error {
	from, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	rel, err := filepath.Rel(from, to)
	if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return fmt.Errorf("%w: the copy would lie in the library", corpus.ErrInvalid)
	}
	return nil
}

func (b *backup) begin() error {
	if err := checkFormat(b.from); err != nil {
		return err
	}
	entries, err := fs.ReadDir(b.to.FS(), ".")
	if err != nil {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("%w: the folder is not empty (%s)", corpus.ErrInvalid, entries[0].Name())
	}
	b.copied = map[string]int64{}
	for _, dir := range []string{"originals/sha256", "derived", "log", tmpDir} {
		if err := b.to.MkdirAll(dir, dirMode); err != nil {
			return err
		}
	}
	return nil
}

// round copies the library as of the last record that is in the log now. It is
// not settled when a document of it was removed meanwhile: then what was copied
// of it must go, and the next round does that.
func (b *backup) round(ctx context.Context) (settled bool, err error) {
	// The checkpoint is taken before the log, and so never speaks of more.
	for _, name := range []string{keyFile, noteFile} {
		if err := b.small(name); err != nil {
			return false, err
		}
	}
	s, err := b.snapshot()
	if err != nil {
		return false, err
	}
	b.done = Copied{Documents: len(s.docs.order)}
	if err := b.files(ctx, s); err != nil {
		return false, err
	}
	if err := b.user(ctx); err != nil {
		return false, err
	}
	return b.stands(s)
}

// moment is a library at one record.
type moment struct {
	docs  table
	files map[corpus.ID]map[string]string // of each document: file to the hash of it
	n     int
	head  string
}

// snapshot copies the log as it is now, and reads the copy.
func (b *backup) snapshot() (*moment, error) {
	src, err := b.from.Open(logFile)
	if err != nil {
		return nil, err
	}
	defer func() { _ = src.Close() }()
	dst, err := b.to.OpenFile(logFile, os.O_RDWR|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return nil, err
	}
	defer func() { _ = dst.Close() }()
	s := &moment{docs: newTable(), files: map[corpus.ID]map[string]string{}}
	l := &entryLog{head: noLink}
	take := l.take(s.apply)
	_, err = scanLines(src, func(line []byte) error { // the rest is a record being written
		if err := take(line); err != nil {
			return err
		}
		_, err := dst.Write(line)
		return err
	})
	if err == nil {
		err = b.sync(dst)
	}
	s.n, s.head = len(l.ends), l.head
	return s, err
}

func (s *moment) apply(l *line) error {
	if err := s.docs.apply(l); err != nil {
		return err
	}
	switch l.Event {
	case EventIngest:
		s.files[l.Doc] = map[string]string{originalName(l.Doc): string(l.Doc)}
	case EventRemove:
		delete(s.files, l.Doc)
	default:
	}
	if l.Text == "" || l.erased() || s.files[l.Doc] == nil {
		return nil
	}
	var det details
	if err := unmarshal(l, &det); err != nil {
		return err
	}
	if det.Text != nil && validExtractor(det.Text.Extractor) {
		s.files[l.Doc][textName(l.Doc, det.Text.Extractor, l.Text, det.Text.File)] = det.Text.File
	}
	return nil
}

// files brings the files of the documents in the copy to what s names.
func (b *backup) files(ctx context.Context, s *moment) error {
	named := map[string]bool{}
	for _, d := range s.docs.order {
		for name, sum := range s.files[d.id] {
			named[name] = true
			if err := b.file(ctx, name, sum); err != nil {
				return err
			}
		}
	}
	for name := range b.copied {
		if named[name] {
			continue
		}
		_ = b.to.Chmod(name, fileMode) // Windows deletes no read-only files
		if err := b.to.Remove(name); err != nil {
			return err
		}
		delete(b.copied, name)
	}
	slices.Sort(b.done.Damaged)
	return nil
}

// file copies one file, unless the copy has it, and checks its hash on the way.
func (b *backup) file(ctx context.Context, name, sum string) error {
	if size, ok := b.copied[name]; ok {
		b.done.Files++
		b.done.Bytes += size
		return nil
	}
	src, err := b.from.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		b.done.Damaged = append(b.done.Damaged, name)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	mode := fileMode
	if strings.HasPrefix(name, "originals/") {
		mode = originalMode
	}
	if err := b.to.MkdirAll(path.Dir(name), dirMode); err != nil {
		return err
	}
	size, same, err := b.write(ctx, name, src, sum, mode)
	switch {
	case err != nil:
		return err
	case !same:
		b.done.Damaged = append(b.done.Damaged, name)
		return b.to.Remove(tempCopy)
	}
	if err := b.to.Rename(tempCopy, name); err != nil {
		return err
	}
	b.copied[name] = size
	b.done.Files++
	b.done.Bytes += size
	return nil
}

// tempCopy is the file that is being copied.
const tempCopy = tmpDir + "/copy"

func (b *backup) write(ctx context.Context, name string, src io.Reader, sum string, mode fs.FileMode) (size int64, same bool, err error) {
	dst, err := b.to.OpenFile(tempCopy, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return 0, false, err
	}
	h := sha256.New()
	err = copyBytes(ctx, io.MultiWriter(dst, h), src)
	if err == nil {
		err = b.sync(dst)
	}
	if err == nil {
		var fi fs.FileInfo
		if fi, err = dst.Stat(); err == nil {
			size = fi.Size()
		}
	}
	if err = errors.Join(err, dst.Close()); err != nil {
		return 0, false, fmt.Errorf("%s: %w", name, err)
	}
	return size, hex.EncodeToString(h.Sum(nil)) == sum, nil
}

// small copies a file that is replaced whole when it changes, if there is one.
func (b *backup) small(name string) error {
	body, err := b.from.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := b.to.MkdirAll(path.Dir(name), dirMode); err != nil {
		return err
	}
	return writeSynced(b.to, name, body, b.sync)
}

// user copies the user's files anew.
func (b *backup) user(ctx context.Context) error {
	if err := b.to.RemoveAll(userDir); err != nil {
		return err
	}
	return fs.WalkDir(b.from.FS(), userDir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case !e.Type().IsRegular():
			return nil
		}
		return b.small(name)
	})
}

// stands reports whether the log still begins with s, and no document of s was
// removed since.
func (b *backup) stands(s *moment) (bool, error) {
	f, err := b.from.Open(logFile)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	ok := s.n == 0
	l := &entryLog{head: noLink}
	_, err = scanLines(f, l.take(func(n *line) error {
		switch {
		case n.Seq == uint64(s.n):
			ok = n.link == s.head
		case n.Seq > uint64(s.n) && n.Event == EventRemove && s.files[n.Doc] != nil:
			ok = false
		}
		return nil
	}))
	return ok, err
}

// end makes the copy durable and a library.
func (b *backup) end() error {
	if err := b.small(formatFile); err != nil {
		return err
	}
	return fs.WalkDir(b.to.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return syncDir(b.to, name, b.sync)
	})
}
