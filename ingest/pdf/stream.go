package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// maxDecoded is how many bytes one page may decode to, and any one stream.
const maxDecoded = 64 << 20

// errLimit marks that a limit was reached: what came before it is kept, and
// the page says so.
var errLimit = errors.New("limit reached")

// data returns the decoded bytes of a stream, at most limit of them. With an
// error it returns what could be decoded.
//
// The object library trusts /Length, knows two filters and one predictor, and
// gives no access to the stored bytes. They are read here instead, at the
// offset that a stream's printed form ends with.
func (d *document) data(v pdf.Value, limit int) (b []byte, err error) {
	if v.Kind() != pdf.Stream {
		return nil, errors.New("no stream")
	}
	err = safely(func() (err error) {
		raw, err := d.stored(v)
		if err != nil {
			return err
		}
		b, err = decode(raw, v.Key("Filter"), v.Key("DecodeParms"), limit)
		return err
	})
	return b, err
}

// readUpTo reads at most limit bytes, and keeps what came before an error.
func readUpTo(r io.Reader, limit int) ([]byte, error) {
	var buf bytes.Buffer
	n, err := io.Copy(&buf, io.LimitReader(r, int64(limit)+1))
	if n > int64(limit) {
		return buf.Bytes()[:limit], fmt.Errorf("%w: a stream of more than %d bytes", errLimit, limit)
	}
	return buf.Bytes(), err
}

// stored returns the bytes of a stream as they stand in the file, decrypted.
func (d *document) stored(v pdf.Value) ([]byte, error) {
	s := v.String()
	off, err := strconv.ParseInt(s[strings.LastIndexByte(s, '@')+1:], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("offset of a stream: %w", err)
	}
	b := d.between(off, v.Key("Length").Int64())
	if d.crypt == nil || v.Key("Type").Name() == "XRef" {
		return b, nil
	}
	i, _ := slices.BinarySearchFunc(d.starts, off, func(s start, off int64) int { return cmp.Compare(s.off, off) })
	if i == 0 {
		return nil, errors.New("a stream of no object")
	}
	return d.crypt.stream(d.starts[i-1].num, d.starts[i-1].gen, b)
}

// between returns the bytes of a stream. Its /Length is believed when the word
// endstream follows; otherwise that word is looked for.
func (d *document) between(off, n int64) []byte {
	if n > 0 && n < d.src.body && off+n <= d.src.body {
		after := d.src.bytes(off+n, 16)
		if bytes.HasPrefix(bytes.TrimLeft(after, "\r\n\t "), []byte("endstream")) {
			return d.src.bytes(off, n)
		}
	}
	b := d.src.bytes(off, min(maxDecoded, max(0, d.src.body-off)))
	if e := bytes.Index(b, []byte("endstream")); e >= 0 {
		return bytes.TrimRight(b[:e], "\r\n")
	}
	if n > 0 && n < int64(len(b)) {
		b = b[:n]
	}
	return b
}
