package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/ingest"
	"dalel/search/bagit"
	"dalel/search/export"
	"dalel/search/quote"
)

// bag is a bag that is being read into a library.
type bag struct {
	name string // as it was given
	dir  string // the folder: its own, or that it was unpacked to
	temp bool
}

// maxBag bounds what a bag in an archive unpacks to, in bytes.
const maxBag = 8 << 30

// bags parts bags from other paths. A bag that is not valid is not read at all:
// its originals may not be what its quotes were taken from.
func (r *reading) bags(paths []string) (bags []bag, rest []string, err error) {
	for _, p := range paths {
		b, err := openBag(p)
		if err != nil {
			return bags, nil, err
		}
		if b == nil {
			rest = append(rest, p)
			continue
		}
		bags = append(bags, *b)
		root, err := os.OpenRoot(b.dir)
		if err != nil {
			return bags, nil, err
		}
		err = bagit.Check(root.FS())
		_ = root.Close() // only read
		if err != nil {
			return bags, nil, fmt.Errorf("%s is a bag that does not hold what it says: %w", p, err)
		}
	}
	return bags, rest, nil
}

// openBag returns the bag at a path; nil if there is none.
func openBag(p string) (*bag, error) {
	fi, err := os.Stat(p)
	if err != nil {
		return nil, nil //nolint:nilnil // the pipeline says what is wrong with a path
	}
	if fi.IsDir() {
		if _, err := os.Stat(filepath.Join(p, "bagit.txt")); err == nil {
			return &bag{name: p, dir: p}, nil
		}
		return nil, nil //nolint:nilnil // a folder like others
	}
	z, err := zip.OpenReader(p)
	if err != nil {
		return nil, nil //nolint:nilnil // no archive
	}
	defer z.Close() //nolint:errcheck // only read
	for _, f := range z.File {
		if top, ok := strings.CutSuffix(f.Name, "bagit.txt"); ok && strings.Count(top, "/") <= 1 {
			dir, err := unpackBag(&z.Reader, top)
			return &bag{name: p, dir: dir, temp: true}, err
		}
	}
	return nil, nil //nolint:nilnil // an archive like others
}

// unpackBag writes a bag in an archive to a temporary folder.
func unpackBag(z *zip.Reader, top string) (string, error) {
	dir, err := os.MkdirTemp("", "dalel-bag-*")
	if err != nil {
		return "", err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return dir, err
	}
	defer root.Close()
	left := int64(maxBag)
	for _, f := range z.File {
		name, ok := strings.CutPrefix(f.Name, top)
		if !ok || name == "" || strings.HasSuffix(name, "/") {
			continue
		}
		if !fs.ValidPath(name) || strings.ContainsAny(name, `\:`) {
			return dir, &corpus.Error{Op: "bag", Subj: f.Name, Kind: corpus.ErrDamaged, Err: errors.New("a name that leads out of the bag")}
		}
		n, err := unpackOne(root, f, name, left)
		if err != nil {
			return dir, err
		}
		left -= n
	}
	return dir, nil
}

func unpackOne(root *os.Root, f *zip.File, name string, left int64) (n int64, err error) {
	in, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer in.Close() //nolint:errcheck // only read
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return 0, err
	}
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, err
	}
	defer closing(out, &err)
	n, err = io.Copy(out, io.LimitReader(in, left+1))
	if err == nil && n > left {
		err = &corpus.Error{Op: "bag", Subj: name, Kind: corpus.ErrUnsupported, Err: errors.New("the bag is too large")}
	}
	return n, err
}

// renaming is a library that learns of originals under the name of their bag,
// not of a temporary folder.
type renaming struct {
	*indexer.Library
	bags []bag
}

func (s renaming) rename(in *corpus.Ingested) {
	for _, b := range s.bags {
		if rest, ok := strings.CutPrefix(in.Source.Path, b.dir+string(filepath.Separator)); ok {
			in.Source.Path = filepath.Base(b.name) + "!" + filepath.ToSlash(rest)
			delete(in.Read, corpus.KeyFolder) // where a bag lay is no fact of a document
		}
	}
}

func (s renaming) Put(ctx context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	s.rename(&in)
	return s.Library.Put(ctx, in)
}

func (s renaming) PutAll(ctx context.Context, ins []corpus.Ingested) ([]corpus.Outcome, error) {
	for i := range ins {
		s.rename(&ins[i])
	}
	return s.Library.PutAll(ctx, ins)
}

// importBags takes what a person corrected, and the briefs, out of bags whose
// originals are in the library by now.
func (r *reading) importBags(ctx context.Context, lib *indexer.Library, bags []bag) error {
	for _, b := range bags {
		root, err := os.OpenRoot(b.dir)
		if err != nil {
			return err
		}
		err = r.importBag(ctx, lib, root)
		_ = root.Close() // only read
		if err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
	}
	return nil
}

func (r *reading) importBag(ctx context.Context, lib *indexer.Library, root *os.Root) error {
	var docs []export.BagDocument
	if err := readJSON(root, export.BagDocuments, &docs); err != nil {
		return err
	}
	var edits []store.Edit
	for _, d := range docs {
		for _, k := range d.Corrected {
			if lib.Has(d.ID) && k.Known() {
				edits = append(edits, store.Edit{ID: d.ID, Key: k, Values: append([]string{}, d.Facts[k]...)})
			}
		}
	}
	if err := lib.SetAllFacts(ctx, edits); err != nil {
		return err
	}
	var in export.BagBriefFile
	if err := readJSON(root, export.BagBrief, &in); err != nil || in.Name == "" {
		return err
	}
	return r.importBrief(ctx, lib, &in)
}

// readJSON reads a file of a bag; a bag of somebody else's has none.
func readJSON(root *os.Root, name string, v any) error {
	b, err := root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return &corpus.Error{Op: "bag", Subj: name, Kind: corpus.ErrDamaged, Err: err}
	}
	return nil
}

// importBrief makes a brief of a bag's. Quotes of documents that did not come
// along, or that this dalel reads otherwise, are left out and told.
func (r *reading) importBrief(ctx context.Context, lib *indexer.Library, in *export.BagBriefFile) error {
	one := quote.Brief{Name: in.Name, Style: in.Style, Form: in.Form}
	left := 0
	for _, it := range in.Items {
		item := quote.Item{Heading: it.Heading, Words: it.Words, Quote: it.Quote}
		if it.Quote != nil {
			t, err := lib.TextVersion(ctx, it.Quote.Doc, it.Quote.Text)
			if err == nil {
				_, err = it.Quote.Resolve(t)
			}
			if err != nil {
				left++
				continue
			}
		}
		one.Add(item)
	}
	briefs := quote.Briefs{Files: lib}
	err := briefs.New(ctx, one)
	for n := 2; errors.Is(err, corpus.ErrInvalid) && n < 100; n++ {
		one.Name = fmt.Sprintf("%s %d", in.Name, n)
		err = briefs.New(ctx, one)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(r.stderr, "dalel: brief %q: %s", printable(one.Name), counted(one.Quotes(), "quote"))
	if left > 0 {
		fmt.Fprintf(r.stderr, "; %s left out, whose originals did not come along", counted(left, "quote"))
	}
	fmt.Fprintln(r.stderr)
	return nil
}

// unpacked removes what was unpacked.
func unpacked(bags []bag) {
	for _, b := range bags {
		if b.temp && b.dir != "" {
			_ = os.RemoveAll(b.dir) // in the system's temporary folder
		}
	}
}

// originalsOf are the folders of the originals in bags.
func originalsOf(bags []bag) []string {
	var out []string
	for _, b := range bags {
		dir := filepath.Join(b.dir, filepath.FromSlash(strings.TrimSuffix(export.BagOriginals, "/")))
		if fi, err := os.Stat(dir); err == nil && fi.IsDir() {
			out = append(out, dir)
		}
	}
	return out
}

var _ ingest.BatchSink = renaming{}
