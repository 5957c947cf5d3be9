// Package zip looks into ZIP archives. Names and sizes in them are claims by a
// stranger: names decide nothing but what people are told, sizes are counted
// while they come, and what inflates too well is refused.
package zip

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
)

// Limits of one archive. Text deflates to a tenth, seldom to a fiftieth; a
// bomb to a thousandth.
const (
	maxEntries = 20_000
	maxMember  = 512 << 20 // bytes of one member
	maxRatio   = 200
	smallSize  = 4 << 20 // what is smaller may have any ratio
)

// Container implements ingest.Container for ZIP archives.
type Container struct{}

// Files implements ingest.Container. Members come in the order of the
// archive's directory.
func (Container) Files(ctx context.Context, f ingest.File, dir string) iter.Seq2[ingest.File, error] {
	return func(yield func(ingest.File, error) bool) {
		local, err := os.Open(f.Local)
		if err != nil {
			yield(ingest.File{}, err)
			return
		}
		defer local.Close()
		z, err := ingest.OpenZip(local, f.Size)
		if err == nil {
			err = plausible(z, f.Size)
		}
		if err != nil {
			yield(ingest.File{}, &corpus.Error{Op: "zip", Subj: ingest.Printable(f.Name), Kind: corpus.ErrDamaged, Err: err})
			return
		}
		for _, m := range z.File {
			if ctx.Err() != nil {
				return
			}
			if !member(ctx, m, f.Name, dir, yield) {
				return
			}
		}
	}
}

var (
	errEntries = fmt.Errorf("the archive has more than %d entries", maxEntries)
	errOverlap = errors.New("entries of the archive overlap: it is a bomb")
	errRatio   = errors.New("it inflates too much: it may be a bomb")
	errLarge   = fmt.Errorf("larger than %d MiB", maxMember>>20)
	errName    = errors.New("its name in the archive leads outside the archive")
	errLocked  = errors.New("protected by a password")
)

// plausible refuses archives that only a program would make: too many entries,
// or more compressed bytes than the archive has, because entries share them.
func plausible(z *zip.Reader, size int64) error {
	if len(z.File) > maxEntries {
		return errEntries
	}
	left := uint64(max(size, 0))
	for _, m := range z.File {
		if m.CompressedSize64 > left {
			return errOverlap
		}
		left -= m.CompressedSize64
	}
	return nil
}

// member spools one member and yields it. It reports whether to go on.
func member(ctx context.Context, m *zip.File, outer, dir string, yield func(ingest.File, error) bool) bool {
	name := nameOf(m)
	base := path.Base(name)
	if m.FileInfo().IsDir() || strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || base == "Thumbs.db" || base == "desktop.ini" {
		return true
	}
	f := ingest.File{Name: outer + "!" + name}
	damaged := func(err error) error {
		return &corpus.Error{Op: "zip", Subj: ingest.Printable(f.Name), Kind: corpus.ErrDamaged, Err: err}
	}
	if err := acceptable(m, name); err != nil {
		return yield(f, damaged(err))
	}
	var err error
	f.Local, f.Size, err = spool(ctx, m, dir)
	if err != nil {
		return ctx.Err() == nil && yield(f, damaged(err))
	}
	return yield(f, nil)
}

// nameOf returns the name of a member with slashes. Old Windows programs wrote
// backslashes, and Russian letters in the DOS or Windows set.
func nameOf(m *zip.File) string {
	name := m.Name
	if !utf8.ValidString(name) {
		name = charset.Decode([]byte(name), charset.CP866).String
	}
	return strings.ReplaceAll(name, "\\", "/")
}

func acceptable(m *zip.File, name string) error {
	switch {
	case !safe(name):
		return errName
	case m.Mode()&os.ModeSymlink != 0:
		return &corpus.Error{Op: "zip", Subj: name, Kind: corpus.ErrUnsupported, Err: errors.New("a link is not followed")}
	case m.Flags&1 != 0: // APPNOTE.TXT 4.4.4, bit 0: encrypted
		return errLocked
	case m.UncompressedSize64 > maxMember:
		return errLarge
	case m.UncompressedSize64 > smallSize && m.UncompressedSize64/maxRatio > m.CompressedSize64:
		return errRatio
	}
	return nil
}

// safe reports whether a name stays inside the archive. Members are spooled
// under names of our own; this is for what people see, and later programs.
func safe(name string) bool {
	if name == "" || strings.ContainsRune(name, 0) || strings.HasPrefix(name, "/") {
		return false
	}
	if len(name) > 1 && name[1] == ':' { // a drive
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return false
		}
	}
	return true
}

// spool inflates a member into dir, never more than it may be.
func spool(ctx context.Context, m *zip.File, dir string) (local string, size int64, err error) {
	in, err := m.Open()
	if err != nil {
		return "", 0, err
	}
	defer in.Close() //nolint:errcheck // opened for reading
	out, err := os.CreateTemp(dir, "member-*")
	if err != nil {
		return "", 0, err
	}
	limit := int64(max(smallSize, maxRatio*m.CompressedSize64))
	limit = min(limit, maxMember)
	size, err = io.Copy(out, io.LimitReader(reader{ctx, in}, limit+1))
	if err == nil && size > limit {
		err = errRatio
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return "", 0, errors.Join(err, os.Remove(out.Name()))
	}
	return out.Name(), size, nil
}

// reader stops when its context does. It lives as long as one copy.
type reader struct {
	ctx context.Context //nolint:containedctx // io.Reader has no other way
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
