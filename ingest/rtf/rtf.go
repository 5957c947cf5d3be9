// Package rtf reads Rich Text Format (version 1.9): text in Unicode escapes
// and in the character set of each font, lists with the numbers that the
// writer left for older readers, tables, and notes after the paragraph that
// refers to them.
package rtf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"dalel/corpus"
	"dalel/ingest"
)

// maxSize is the longest file, in bytes: pictures are in it as digits.
const maxSize = 256 << 20

// maxGroups is how deep groups may nest.
const maxGroups = 512

// Extractor reads RTF files.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "rtf@1" }

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the file is larger than %d MiB", maxSize>>20))
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return damaged(err)
	}
	d := newDocument(out)
	if err := d.read(ctx, b); err != nil {
		return err
	}
	return d.finish()
}

func damaged(err error) error {
	return &corpus.Error{Op: "rtf.extract", Kind: corpus.ErrDamaged, Err: err}
}

var errGroups = errors.New("groups are nested too deep")

// read runs through the bytes: groups, control words, control symbols, text.
func (d *document) read(ctx context.Context, b []byte) error {
	for i := 0; i < len(b) && d.err == nil; {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		switch c := b[i]; c {
		case '{':
			if len(d.stack) >= maxGroups {
				return damaged(errGroups)
			}
			d.stack = append(d.stack, d.state)
			d.state.first = true
			i++
		case '}':
			d.closeGroup()
			i++
		case '\\':
			i = d.control(b, i+1)
		case '\r', '\n':
			i++
		default:
			d.char(c)
			i++
		}
	}
	return d.err
}

// control reads a control word or symbol that begins at i, after the
// backslash, and returns where the text goes on.
func (d *document) control(b []byte, i int) int {
	if i >= len(b) {
		return i
	}
	if !isLetter(b[i]) {
		return d.symbol(b, i)
	}
	start := i
	for i < len(b) && isLetter(b[i]) && i-start < 32 {
		i++
	}
	word := string(b[start:i])
	value, digits, i := parameter(b, i)
	if word == "bin" { // raw bytes follow
		return min(len(b), i+max(0, value))
	}
	d.word(word, value, digits > 0)
	d.state.first = false
	return i
}

// parameter reads the number after a control word, and the blank that ends it.
func parameter(b []byte, i int) (value, digits, next int) {
	negative := i < len(b) && b[i] == '-'
	if negative {
		i++
	}
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		if digits++; digits <= 9 {
			value = value*10 + int(b[i]-'0')
		}
	}
	if negative {
		value = -value
	}
	if i < len(b) && b[i] == ' ' {
		i++
	}
	return value, digits, i
}

// symbol reads a control symbol and returns where the text goes on.
func (d *document) symbol(b []byte, i int) int {
	switch b[i] {
	case '\'':
		if i+2 < len(b) {
			if hi, lo := hex(b[i+1]), hex(b[i+2]); hi >= 0 && lo >= 0 {
				d.char(byte(hi<<4 | lo))
				return i + 3
			}
		}
	case '*':
		d.state.optional = true
		return i + 1
	case '~':
		d.rune(' ')
	case '_':
		d.rune('\u2011')
	case '-':
		d.rune('\u00ad')
	case '\r', '\n':
		d.endParagraph()
	case '\\', '{', '}':
		d.char(b[i])
	}
	return i + 1
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
