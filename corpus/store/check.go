package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"dalel/corpus"
)

// FindingKind says what a Finding is about. The values are printed by
// `doctor -json`.
type FindingKind string

// The kinds of findings. The last three come from package indexer.
const (
	FindLog         FindingKind = "log"         // the chain of records is broken
	FindOriginal    FindingKind = "original"    // an original is missing or not what it was
	FindDerived     FindingKind = "derived"     // a text is missing or not what it was
	FindPermissions FindingKind = "permissions" // others than the owner may read or change a file
	FindLeftover    FindingKind = "leftover"    // a file that no record names
	FindIndex       FindingKind = "index"       // the index is damaged or not up to date
	FindSpace       FindingKind = "space"       // the disk is nearly full
	FindFolder      FindingKind = "folder"      // the library lies in a bad place
)

// Finding is something that is wrong with a library.
type Finding struct {
	Kind FindingKind `json:"kind"`
	// Damage tells harm to evidence or to answers from mere untidiness.
	Damage bool      `json:"damage"`
	Doc    corpus.ID `json:"doc,omitempty"`
	File   string    `json:"file,omitempty"` // relative to the library
	Detail string    `json:"detail"`
}

// Check yields what is wrong with the library. It reads the log, every text,
// and the sizes of the originals; when full it hashes the originals too, and
// reads the texts through. The error ends the stream.
func (d *Dir) Check(ctx context.Context, full bool) iter.Seq2[Finding, error] {
	return func(yield func(Finding, error) bool) {
		c := &checking{dir: d, full: full, yield: yield, named: map[string]bool{}}
		for _, part := range []func(context.Context) error{c.log, c.checkpoint, c.documents, c.files} {
			if err := part(ctx); err != nil {
				if !errors.Is(err, errStop) {
					yield(Finding{}, &corpus.Error{Op: "store.check", Err: err})
				}
				return
			}
		}
	}
}

// errStop says that nobody listens any more.
var errStop = errors.New("stopped")

// checking is a Check under way.
type checking struct {
	dir   *Dir
	full  bool
	yield func(Finding, error) bool
	named map[string]bool // files that records name
}

func (c *checking) tell(f Finding) error {
	if !c.yield(f, nil) {
		return errStop
	}
	return nil
}

// log reads the log file anew, as Open does.
func (c *checking) log(context.Context) error {
	f, size, n, err := c.openLog()
	if err != nil {
		return c.tell(Finding{Kind: FindLog, Damage: true, File: logFile, Detail: err.Error()})
	}
	defer func() { _ = f.Close() }()
	again, docs := &entryLog{head: noLink}, newTable()
	tail, err := scanLines(io.LimitReader(f, size), again.take(docs.apply))
	switch {
	case err != nil:
	case len(tail) > 0 || len(again.ends) != n:
		err = fmt.Errorf("%d records are on disk, %d were read at open", len(again.ends), n)
	default:
		err = docs.check()
	}
	if err != nil {
		return c.tell(Finding{Kind: FindLog, Damage: true, File: logFile, Detail: err.Error()})
	}
	return nil
}

// openLog opens the log file as it is now, with its size and its records: a
// removal puts another file in its place.
func (c *checking) openLog() (f *os.File, size int64, n int, err error) {
	d := c.dir
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.log == nil {
		return nil, 0, 0, errClosed
	}
	f, err = d.root.Open(logFile)
	return f, d.log.size(), len(d.log.ends), err
}

func (c *checking) documents(ctx context.Context) error {
	for _, id := range c.dir.IDs() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.document(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// document tells what is wrong with a document. A removal that is under way
// looks like damage, so what is found is looked at again while nothing changes.
func (c *checking) document(ctx context.Context, id corpus.ID) error {
	found := c.lookAt(ctx, id)
	if len(found) > 0 {
		c.dir.write.Lock()
		found = c.lookAt(ctx, id)
		c.dir.write.Unlock()
	}
	for _, f := range found {
		if err := c.tell(f); err != nil {
			return err
		}
	}
	return nil
}

// lookAt finds what is wrong with a document; nothing, if it was removed.
func (c *checking) lookAt(ctx context.Context, id corpus.ID) []Finding {
	f, err := c.dir.fold(id)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return []Finding{{Kind: FindLog, Damage: true, Doc: id, File: logFile, Detail: err.Error()}}
	}
	var found []Finding
	if detail := c.original(ctx, f.doc); detail != "" {
		found = append(found, Finding{Kind: FindOriginal, Damage: true, Doc: id, File: originalName(id), Detail: detail})
	}
	return append(found, c.texts(id)...)
}

// original says what is wrong with an original; "" if nothing.
func (c *checking) original(ctx context.Context, doc *corpus.Document) string {
	name := originalName(doc.ID)
	c.named[name] = true
	fi, err := c.dir.root.Lstat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "the original is missing"
	case err != nil:
		return err.Error()
	case !fi.Mode().IsRegular():
		return "the original is not a file"
	case fi.Size() != doc.Size:
		return fmt.Sprintf("the original has %d bytes, not %d", fi.Size(), doc.Size)
	case !c.full:
		return ""
	}
	return c.hashOriginal(ctx, doc.ID)
}

func (c *checking) hashOriginal(ctx context.Context, id corpus.ID) string {
	f, err := c.dir.root.Open(originalName(id))
	if err != nil {
		return err.Error()
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if err := copyBytes(ctx, h, f); err != nil {
		return err.Error()
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != string(id) {
		return "the original was changed: its hash is now " + got
	}
	return ""
}

// texts checks all texts of a document, those in use and earlier ones.
func (c *checking) texts(id corpus.ID) (found []Finding) {
	versions, err := c.dir.textVersions(id)
	if err != nil {
		return []Finding{{Kind: FindLog, Damage: true, Doc: id, File: logFile, Detail: err.Error()}}
	}
	for _, v := range versions {
		name := textName(id, v.info.Extractor, v.hash, v.info.File)
		c.named[name] = true
		if err := c.text(id, v); err != nil {
			found = append(found, Finding{Kind: FindDerived, Damage: true, Doc: id, File: name, Detail: err.Error()})
		}
	}
	return found
}

func (c *checking) text(id corpus.ID, v textVersion) error {
	if c.full {
		t, err := c.dir.readText(id, v.hash, v.info)
		if err == nil && t.Hash() != v.hash {
			err = errors.New("the text does not have the hash that the log has")
		}
		return err
	}
	b, err := c.dir.root.ReadFile(textName(id, v.info.Extractor, v.hash, v.info.File))
	if err == nil && sumOf(b) != v.info.File {
		err = errors.New("the text on disk is not the one that was stored")
	}
	return err
}

// textVersion is one text that the log has of a document.
type textVersion struct {
	hash string
	info Reading
}

// textVersions lists the texts of a document, oldest first.
func (d *Dir) textVersions(id corpus.ID) ([]textVersion, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.docs.byID[id]
	if s == nil || d.log == nil {
		return nil, notFound("text", id)
	}
	var all []textVersion
	for _, i := range s.records {
		l, err := d.log.read(int(i))
		if err != nil {
			return nil, &corpus.Error{Op: "store.text", Subj: string(id), Err: err}
		}
		if l.Text == "" {
			continue
		}
		var det details
		if err := unmarshal(&l, &det); err != nil {
			return nil, err
		}
		if det.Text == nil || !validExtractor(det.Text.Extractor) {
			return nil, fmt.Errorf("%w: log record %d names no text", corpus.ErrDamaged, l.Seq)
		}
		all = append(all, textVersion{l.Text, *det.Text})
	}
	return all, nil
}

// files walks the library for files that nothing names, and for modes that let
// others in.
func (c *checking) files(ctx context.Context) error {
	for _, name := range []string{".", formatFile, "log", logFile} {
		if err := c.mode(name); err != nil {
			return err
		}
	}
	for _, top := range []string{"originals", "derived", tmpDir} {
		err := fs.WalkDir(c.dir.root.FS(), top, func(name string, e fs.DirEntry, err error) error {
			if errors.Is(err, os.ErrNotExist) {
				return nil // removed meanwhile
			}
			if err != nil {
				return c.tell(Finding{Kind: FindLeftover, File: name, Detail: err.Error()})
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if e.IsDir() {
				return c.mode(name)
			}
			return c.file(name)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *checking) file(name string) error {
	if c.named[name] || c.dir.names(name) {
		return c.mode(name)
	}
	detail := "no record names this file; it is left of something that was cut short"
	if strings.HasPrefix(name, "originals/") {
		detail = "no record names this original: storing it was cut short, or records were cut off the log"
	}
	return c.tell(Finding{Kind: FindLeftover, File: name, Detail: detail})
}

// names reports whether a record names the file, or it is gone by now. It waits
// for a change that is under way, whose files no record names yet.
func (d *Dir) names(name string) bool {
	d.write.Lock()
	defer d.write.Unlock()
	if _, err := d.root.Lstat(name); errors.Is(err, os.ErrNotExist) {
		return true
	}
	return d.named(name)
}

// named is names for those who hold d.write.
func (d *Dir) named(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		id := corpus.ID(part)
		if !id.Valid() || !d.Has(id) {
			continue
		}
		versions, _ := d.textVersions(id) // a damaged record names nothing
		return name == originalName(id) || slices.ContainsFunc(versions, func(v textVersion) bool {
			return name == textName(id, v.info.Extractor, v.hash, v.info.File)
		})
	}
	return false
}

// mode checks that only the owner may read and nobody changes an original.
func (c *checking) mode(name string) error {
	if runtime.GOOS == "windows" {
		return nil // modes mean nothing there
	}
	fi, err := c.dir.root.Lstat(name)
	if err != nil {
		return nil //nolint:nilerr // missing files are told of elsewhere
	}
	most := fileMode
	switch {
	case fi.IsDir():
		most = dirMode
	case strings.HasPrefix(name, "originals/"):
		most = originalMode
	}
	if extra := fi.Mode().Perm() &^ most; extra != 0 {
		return c.tell(Finding{
			Kind: FindPermissions, File: path.Clean(name),
			Detail: fmt.Sprintf("the mode is %04o; it should be %04o", fi.Mode().Perm(), most),
		})
	}
	return nil
}
