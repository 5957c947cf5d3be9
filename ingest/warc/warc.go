// Package warc reads archives of web pages (ISO 28500), as crawlers and browser
// extensions write them, and single files in gzip. Each page and each file that
// a server answered with is a document of its own, with its address and the
// moment it was captured.
package warc

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/textproto"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/ingest"
)

// Limits of one archive.
const (
	maxRecords = 200_000
	maxRecord  = 256 << 20 // bytes of a document
	maxTotal   = 4 << 30   // bytes of all
	maxHead    = 1 << 20   // bytes of a head
)

// Container gives the documents of a WARC file, or the file in a gzip one.
type Container struct{}

// Files implements ingest.Container.
func (Container) Files(ctx context.Context, f ingest.File, dir string) iter.Seq2[ingest.File, error] {
	return func(yield func(ingest.File, error) bool) {
		local, err := os.Open(f.Local)
		if err != nil {
			yield(ingest.File{}, err)
			return
		}
		defer local.Close()
		a := &archive{ctx: ctx, dir: dir, left: maxTotal, yield: yield}
		if err := a.open(local, f.Name); err != nil && !errors.Is(err, errStopped) {
			yield(ingest.File{}, damaged(err))
		}
	}
}

var (
	errStopped = errors.New("nobody takes more")
	errBomb    = errors.New("it inflates too much: it may be a bomb")
	errRecord  = errors.New("a record is broken")
)

func damaged(err error) error {
	return &corpus.Error{Op: "warc", Kind: corpus.ErrDamaged, Err: err}
}

// archive is one file being read.
type archive struct {
	ctx   context.Context //nolint:containedctx // lives as long as one reading
	dir   string
	left  int64
	pages int
	yield func(ingest.File, error) bool
}

func (a *archive) open(f *os.File, name string) error {
	in := bufio.NewReader(f)
	head, err := in.Peek(2)
	if err != nil {
		return err
	}
	var r io.Reader = in
	if head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in) // a WARC is a row of members, which this joins
		if err != nil {
			return err
		}
		inner := &counted{r: z, left: maxTotal}
		plain := bufio.NewReader(inner)
		if start, _ := plain.Peek(5); string(start) != "WARC/" {
			return a.single(plain, strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".gz"))
		}
		r = plain
	}
	return a.records(bufio.NewReader(r))
}

// counted fails where more comes than may.
type counted struct {
	r    io.Reader
	left int64
}

func (c *counted) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errBomb
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// single gives the one file of a gzip.
func (a *archive) single(r io.Reader, name string) error {
	if name == "" || name == "." {
		name = "1"
	}
	return a.give(ingest.File{Name: name}, r)
}

// give spools a document and hands it over.
func (a *archive) give(f ingest.File, r io.Reader) error {
	out, err := os.CreateTemp(a.dir, "record-*")
	if err != nil {
		return err
	}
	limit := min(maxRecord, a.left)
	f.Size, err = io.Copy(out, io.LimitReader(untilDone{a.ctx, r}, limit+1))
	if err == nil && f.Size > limit {
		err = errBomb
	}
	if err = errors.Join(err, out.Close()); err != nil {
		_ = os.Remove(out.Name()) // the folder goes with the run
		if a.ctx.Err() != nil {
			return a.ctx.Err()
		}
		if !a.yield(f, damaged(err)) {
			return errStopped
		}
		if errors.Is(err, errBomb) {
			return errStopped // what comes after it is more of the same
		}
		return nil
	}
	f.Local = out.Name()
	a.left -= f.Size
	if !a.yield(f, nil) {
		return errStopped
	}
	return nil
}

// untilDone is a reader that stops when its context does.
type untilDone struct {
	ctx context.Context //nolint:containedctx // io.Reader has no other way
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// records reads record after record.
func (a *archive) records(in *bufio.Reader) error {
	for range maxRecords {
		head, err := recordHead(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(head.Get("Content-Length"), 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("%w: its length", errRecord)
		}
		body := io.LimitReader(in, n)
		if err := a.record(head, body); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, untilDone{a.ctx, body}); err != nil {
			return err
		}
	}
	return fmt.Errorf("more than %d records", maxRecords)
}

// recordHead reads the version and the named fields of a record. io.EOF is the
// end of the archive.
func recordHead(in *bufio.Reader) (textproto.MIMEHeader, error) {
	for {
		line, err := shortLine(in)
		if err != nil {
			return nil, err
		}
		if line == "" {
			continue // between records
		}
		if !strings.HasPrefix(line, "WARC/") {
			return nil, fmt.Errorf("%w: it does not begin with its version", errRecord)
		}
		break
	}
	h := textproto.MIMEHeader{}
	for size := 0; size < maxHead; {
		line, err := shortLine(in)
		if err != nil {
			return nil, fmt.Errorf("%w: its head ends in the middle", errRecord)
		}
		if line == "" {
			return h, nil
		}
		size += len(line)
		if name, value, ok := strings.Cut(line, ":"); ok {
			h.Set(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return nil, fmt.Errorf("%w: its head is too long", errRecord)
}

// shortLine reads a line of at most the reader's buffer.
func shortLine(in *bufio.Reader) (string, error) {
	b, err := in.ReadSlice('\n')
	if err != nil && !(errors.Is(err, io.EOF) && len(b) > 0) {
		return "", err
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// record gives the document of a record, if it has one: what a server answered
// with, or a resource that was put in.
func (a *archive) record(h textproto.MIMEHeader, body io.Reader) error {
	address := strings.Trim(h.Get("WARC-Target-URI"), "<>")
	when, _ := time.Parse(time.RFC3339, h.Get("WARC-Date")) // zero if it has none
	f := ingest.File{URL: address, Time: when.UTC()}
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		f.URL = ""
	}
	kind := h.Get("Content-Type")
	switch h.Get("WARC-Type") {
	case "response":
		res, err := http.ReadResponse(bufio.NewReader(body), nil)
		if err != nil {
			return nil // an answer of another protocol, such as DNS
		}
		defer res.Body.Close() //nolint:errcheck // nothing is behind it but the archive
		if res.StatusCode != http.StatusOK {
			return nil
		}
		kind, body = res.Header.Get("Content-Type"), res.Body
		if res.Header.Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(body)
			if err != nil {
				return nil // what the server called gzip was none
			}
			body = z
		}
	case "resource", "conversion":
	default:
		return nil
	}
	if !document(kind) {
		return nil
	}
	a.pages++
	f.Name = memberName(address, a.pages)
	return a.give(f, body)
}

// document reports whether a media type may be of a document: pictures, fonts,
// scripts and styles of pages are none.
func document(kind string) bool {
	kind = strings.ToLower(kind)
	for _, part := range []string{"image/", "font", "javascript", "css", "audio/", "video/", "json", "octet-stream"} {
		if strings.Contains(kind, part) {
			return false
		}
	}
	return true
}

// memberName names a document by its address.
func memberName(address string, n int) string {
	if address == "" {
		address = strconv.Itoa(n)
	}
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == '\\' {
			return '_'
		}
		return r
	}, address)
	return name
}
