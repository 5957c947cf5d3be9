package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"dalel/ingest"

	"github.com/ledongthuc/pdf"
)

// maxJunk is how many bytes may stand before the header, as viewers allow
// (ISO 32000-1 Annex H.3, note 13).
const maxJunk = 1024

// tailSize is how far from the end startxref is looked for, in bytes. Mail
// gateways and web servers append text to files.
const tailSize = 64 << 10

// header is what the object library insists on at offset 0.
const header = "%PDF-1.7\n"

var startxrefPattern = regexp.MustCompile(`startxref\s+(\d{1,15})`)

// document is an open PDF file.
type document struct {
	src      *view
	size     int64 // of the file
	rd       *pdf.Reader
	crypt    *crypt  // nil if the file is not encrypted
	starts   []start // where objects begin, sorted
	info     start   // the object of the file's properties
	rebuilt  bool    // a new table of objects was tried
	salvaged bool    // and is in use: the file is damaged
	promised int     // pages that a damaged file says it has; 0 if it does not say
	warnings []string
	told     int              // warnings that were emitted
	fonts    map[string]*font // by reference, as in "12 0 R"
	labels   []labelRange
	scratch  []glyph // room for the glyphs of a page

	boxes      bool        // keep the places of words
	recogniser *recogniser // nil when pages that are images are not read
}

// start says which object begins at an offset.
type start struct {
	off      int64
	num, gen int
}

// view shows a file to the object library in the form that it accepts,
// without changing a byte on disk: junk before the header is hidden, the
// header reads as version 1.7, and the file ends in a startxref that is ours.
type view struct {
	r    io.ReaderAt
	skip int64 // bytes hidden at the beginning
	body int64 // bytes shown of the file
	tail []byte
}

func (v *view) size() int64 { return v.body + int64(len(v.tail)) }

// ReadAt reads from the file as shown.
func (v *view) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= v.size() {
		return 0, io.EOF
	}
	n := 0
	if off < v.body {
		k := min(int64(len(p)), v.body-off)
		var err error
		n, err = v.r.ReadAt(p[:k], off+v.skip)
		if off < int64(len(header)) {
			copy(p[:n], header[off:])
		}
		if int64(n) < k {
			return n, err
		}
	}
	if n < len(p) {
		n += copy(p[n:], v.tail[max(0, off+int64(n)-v.body):])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// bytes returns up to n bytes from off.
func (v *view) bytes(off, n int64) []byte {
	if off < 0 || off >= v.size() || n <= 0 {
		return nil
	}
	b := make([]byte, min(n, v.size()-off))
	k, _ := v.ReadAt(b, off) // what could be read is enough
	return b[:k]
}

// pointTo makes the file end in a startxref to off. The end is longer than
// the 100 bytes in which the library looks for it.
func (v *view) pointTo(off int64, before []byte) {
	end := fmt.Sprintf("%s\nstartxref\n%d\n%%%%EOF\n", strings.Repeat(" ", 100), off)
	v.tail = append(append([]byte("\n"), before...), end...)
}

// open opens a file, through its own table of objects or one rebuilt from the
// objects found in it.
func open(ctx context.Context, r ingest.Reader) (*document, error) {
	v, err := findHeader(r)
	if err != nil {
		return nil, err
	}
	d := &document{src: v, size: r.Size(), fonts: map[string]*font{}}
	err = d.openAsIs(ctx)
	if err != nil && !errors.Is(err, errPassword) && !errors.Is(err, errEncryption) && ctx.Err() == nil {
		if rerr := d.rebuild(ctx, err.Error()); rerr != nil {
			err = fmt.Errorf("%w; %w", err, rerr)
		} else {
			err = nil
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errEncryption):
		return nil, unsupported(err)
	case err != nil:
		return nil, damaged(err)
	}
	d.labels = readLabels(d)
	return d, nil
}

// findHeader finds the header within the first KiB.
func findHeader(r ingest.Reader) (*view, error) {
	if r.Size() == 0 {
		return nil, damaged(errors.New("the file is empty"))
	}
	v := &view{r: r, body: r.Size()}
	head := make([]byte, min(maxJunk+8, r.Size()))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("pdf.extract: %w", err)
	}
	at := bytes.Index(head[:n], []byte("%PDF-"))
	if at < 0 {
		return nil, unsupported(errors.New("no PDF header"))
	}
	v.skip, v.body = int64(at), v.body-int64(at)
	return v, nil
}

// openAsIs opens the file through its own cross-reference table. Offsets
// count from the header, or from the start of the file when junk stands
// before the header.
func (d *document) openAsIs(ctx context.Context) error {
	tail := d.src.bytes(max(0, d.src.body-tailSize), tailSize)
	m := startxrefPattern.FindAllSubmatch(tail, -1)
	if m == nil {
		return errors.New("no startxref")
	}
	off, err := strconv.ParseInt(string(m[len(m)-1][1]), 10, 64)
	if err != nil {
		return fmt.Errorf("startxref: %w", err)
	}
	if !isXref(d.src, off) && d.src.skip > 0 {
		whole := &view{r: d.src.r, body: d.src.body + d.src.skip}
		if isXref(whole, off) {
			d.src = whole
		}
	}
	t, err := readTable(ctx, d.src, off)
	if err != nil {
		return err
	}
	return d.use(ctx, t, false)
}

// load hands the view to the object library. With pages the file must have a
// page tree.
func (d *document) load(pages bool) error {
	return safely(func() error {
		rd, err := pdf.NewReader(d.src, d.src.size())
		if err != nil {
			return err
		}
		if pages && rd.Trailer().Key("Root").Key("Pages").Kind() != pdf.Dict {
			return errors.New("no page tree")
		}
		d.rd = rd
		return nil
	})
}
