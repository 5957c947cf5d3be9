package pdf

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
	"regexp"

	"github.com/ledongthuc/pdf"
)

// decode applies the filters of a stream in turn. With an error it returns
// what the failing filter gave, which is often most of the text.
func decode(b []byte, filter, parms pdf.Value, limit int) ([]byte, error) {
	if filter.Kind() != pdf.Array {
		if filter.Kind() == pdf.Null {
			return cut(b, limit)
		}
		return decodeOne(b, filter.Name(), parms, limit)
	}
	var errs []error
	for i := range min(filter.Len(), 8) {
		var err error
		if b, err = decodeOne(b, filter.Index(i).Name(), parms.Index(i), limit); err != nil {
			errs = append(errs, err)
		}
	}
	return b, errors.Join(errs...)
}

func cut(b []byte, limit int) ([]byte, error) {
	if len(b) > limit {
		return b[:limit], fmt.Errorf("%w: a stream of more than %d bytes", errLimit, limit)
	}
	return b, nil
}

// decodeOne applies one filter, by its name or its abbreviation (ISO 32000-1
// tables 6 and 94).
func decodeOne(b []byte, name string, parms pdf.Value, limit int) ([]byte, error) {
	switch name {
	case "FlateDecode", "Fl":
		out, err := inflate(b, limit)
		return unpredict(out, predictorOf(parms), err)
	case "LZWDecode", "LZW":
		early := parms.Key("EarlyChange").Kind() != pdf.Integer || parms.Key("EarlyChange").Int64() != 0
		out, err := unLZW(b, early, limit)
		return unpredict(out, predictorOf(parms), err)
	case "ASCIIHexDecode", "AHx":
		return unhex(b), nil
	case "ASCII85Decode", "A85":
		return un85(b, limit)
	case "RunLengthDecode", "RL":
		return unRunLength(b, limit)
	case "Crypt":
		return b, nil // the identity filter: the file is not encrypted
	}
	return nil, fmt.Errorf("stream with the unsupported filter %.32q", name)
}

// inflate decodes zlib data, with a broken checksum or without a header too.
func inflate(b []byte, limit int) ([]byte, error) {
	body := b
	if len(b) > 2 && b[0]&0x0f == 8 && (int(b[0])<<8|int(b[1]))%31 == 0 {
		body = b[2:]
	}
	out, err := readUpTo(flate.NewReader(bytes.NewReader(body)), limit)
	if err != nil && len(out) == 0 && len(b) > 2 {
		out, err = readUpTo(flate.NewReader(bytes.NewReader(b[2:])), limit)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) && len(out) > 0 {
		return out, fmt.Errorf("stream cut off: %w", err)
	}
	return out, err
}

// unhex decodes pairs of hex digits up to ">"; anything else is skipped and
// an odd last digit counts as followed by 0.
func unhex(b []byte) []byte {
	out := make([]byte, 0, len(b)/2+1)
	half, have := byte(0), false
	for _, c := range b {
		if c == '>' {
			break
		}
		x, ok := hexDigit(c)
		switch {
		case !ok:
		case have:
			out, have = append(out, half<<4|x), false
		default:
			half, have = x, true
		}
	}
	if have {
		out = append(out, half<<4)
	}
	return out
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// un85 decodes base 85 up to "~>".
func un85(b []byte, limit int) ([]byte, error) {
	b = bytes.TrimPrefix(bytes.TrimSpace(b), []byte("<~"))
	if e := bytes.IndexByte(b, '~'); e >= 0 {
		b = b[:e]
	}
	clean := make([]byte, 0, len(b))
	for _, c := range b {
		if c >= '!' && c <= 'u' || c == 'z' {
			clean = append(clean, c)
		}
	}
	return readUpTo(ascii85.NewDecoder(bytes.NewReader(clean)), limit)
}

// unRunLength decodes ISO 32000-1, 7.4.5.
func unRunLength(b []byte, limit int) ([]byte, error) {
	var out []byte
	for i := 0; i < len(b) && b[i] != 128; {
		n := int(b[i])
		i++
		if n < 128 {
			end := min(i+n+1, len(b))
			out = append(out, b[i:end]...)
			i = end
		} else if i < len(b) {
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
		if len(out) > limit {
			return cut(out, limit)
		}
	}
	return out, nil
}

// lzwEntry is a string of the LZW table: one byte after an earlier string.
type lzwEntry struct {
	prefix, length int
	last, first    byte
}

// unLZW decodes ISO 32000-1, 7.4.4: codes of 9 to 12 bits, high bits first.
// With early the code length grows one code early, which is the default.
func unLZW(b []byte, early bool, limit int) ([]byte, error) {
	const clearCode, endCode = 256, 257
	var table [4096]lzwEntry
	for i := range 256 {
		table[i] = lzwEntry{prefix: -1, length: 1, last: byte(i), first: byte(i)}
	}
	slack := 0
	if early {
		slack = 1
	}
	var out []byte
	bits := bitReader{r: bufio.NewReader(bytes.NewReader(b))}
	next, width, prev := 258, 9, -1
	for {
		code, err := bits.read(width)
		if err != nil || code == endCode { // data that is cut off gives what came before
			return out, nil //nolint:nilerr // as said
		}
		if code == clearCode {
			next, width, prev = 258, 9, -1
			continue
		}
		if code > next || code == next && prev < 0 {
			return out, errors.New("broken LZW stream")
		}
		if prev >= 0 && next < len(table) {
			table[next] = follow(&table, prev, code, next)
			next++
		}
		out = appendString(out, &table, code)
		prev = code
		if len(out) > limit {
			return cut(out, limit)
		}
		for width < 12 && next+slack >= 1<<width {
			width++
		}
	}
}

// follow returns the entry that the codes prev and code make: the string of
// prev and the first byte of that of code, which may be the entry itself.
func follow(table *[4096]lzwEntry, prev, code, next int) lzwEntry {
	p := table[prev]
	last := p.first
	if code < next {
		last = table[code].first
	}
	return lzwEntry{prefix: prev, length: p.length + 1, last: last, first: p.first}
}

// appendString appends the string of a code to out.
func appendString(out []byte, table *[4096]lzwEntry, code int) []byte {
	n := table[code].length
	at := len(out)
	out = append(out, make([]byte, n)...)
	for i := at + n - 1; i >= at && code >= 0; i-- {
		out[i] = table[code].last
		code = table[code].prefix
	}
	return out
}

type bitReader struct {
	r    *bufio.Reader
	acc  uint32
	have int
}

func (b *bitReader) read(n int) (int, error) {
	for b.have < n {
		c, err := b.r.ReadByte()
		if err != nil {
			return 0, err
		}
		b.acc = b.acc<<8 | uint32(c)
		b.have += 8
	}
	b.have -= n
	return int(b.acc>>b.have) & (1<<n - 1), nil
}

// predictor says how rows were changed before they were compressed.
type predictor struct{ kind, colors, bits, columns int }

func predictorOf(parms pdf.Value) predictor {
	get := func(key string, def int) int {
		if v := parms.Key(key); v.Kind() == pdf.Integer && v.Int64() > 0 && v.Int64() < 1<<20 {
			return int(v.Int64())
		}
		return def
	}
	return predictor{get("Predictor", 1), get("Colors", 1), get("BitsPerComponent", 8), get("Columns", 1)}
}

// unpredict undoes a predictor (ISO 32000-1, 7.4.4.4). err is that of the
// filter before it, and is passed on.
func unpredict(b []byte, p predictor, err error) ([]byte, error) {
	if p.kind <= 1 {
		return b, err
	}
	if p.colors > 64 || p.bits > 16 {
		return b, errors.New("absurd predictor")
	}
	step, row := max(1, p.colors*p.bits/8), (p.colors*p.bits*p.columns+7)/8
	if p.kind == 2 {
		if p.bits == 8 {
			undoTIFF(b, step, row)
		}
		return b, err
	}
	return undoPNG(b, step, row), err
}

var filterName = regexp.MustCompile(`/(\w+)`)

// decodeText decodes a stream whose dictionary is known as text only: that of
// a table of objects or of an object stream.
func decodeText(dict, b []byte, limit int) ([]byte, error) {
	filter := entryText(dict, "/Filter")
	if referencePattern.MatchString(filter) {
		return nil, errors.New("a filter by reference")
	}
	var errs []error
	for _, m := range filterName.FindAllStringSubmatch(filter, 8) {
		if m[1] != "FlateDecode" && m[1] != "Fl" {
			var err error
			if b, err = decodeOne(b, m[1], pdf.Value{}, limit); err != nil {
				errs = append(errs, err)
			}
			continue
		}
		parms := []byte(entryText(dict, "/DecodeParms"))
		get := func(key string, def int) int {
			if n, ok := intEntry(parms, key); ok && n > 0 && n < 1<<20 {
				return int(n)
			}
			return def
		}
		out, err := inflate(b, limit)
		p := predictor{get("/Predictor", 1), get("/Colors", 1), get("/BitsPerComponent", 8), get("/Columns", 1)}
		if b, err = unpredict(out, p, err); err != nil {
			errs = append(errs, err)
		}
	}
	return b, errors.Join(errs...)
}

// undoTIFF adds each component to the one before it in the row.
func undoTIFF(b []byte, step, row int) {
	for ; len(b) >= row; b = b[row:] {
		for i := step; i < row; i++ {
			b[i] += b[i-step]
		}
	}
}

// undoPNG undoes the filters of PNG rows, each led by its type.
func undoPNG(b []byte, step, row int) []byte {
	out := make([]byte, 0, len(b))
	prev := make([]byte, row)
	for len(b) > 1 {
		kind := b[0]
		cur := make([]byte, row)
		n := copy(cur, b[1:])
		b = b[1+n:]
		undoRow(kind, cur, prev, step)
		out = append(out, cur[:n]...)
		prev = cur
	}
	return out
}

// undoRow undoes one PNG row filter (RFC 2083, section 6).
func undoRow(kind byte, cur, prev []byte, step int) {
	for i := range cur {
		var left, corner int
		if i >= step {
			left, corner = int(cur[i-step]), int(prev[i-step])
		}
		up := int(prev[i])
		switch kind {
		case 1:
			cur[i] += byte(left)
		case 2:
			cur[i] += byte(up)
		case 3:
			cur[i] += byte((left + up) / 2)
		case 4:
			cur[i] += byte(paeth(left, up, corner))
		}
	}
}

// paeth returns the neighbour nearest to left + up - corner.
func paeth(left, up, corner int) int {
	p := left + up - corner
	dl, du, dc := abs(p-left), abs(p-up), abs(p-corner)
	switch {
	case dl <= du && dl <= dc:
		return left
	case du <= dc:
		return up
	}
	return corner
}

func abs(n int) int { return max(n, -n) }
