package pdf

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Limits of a cross-reference table. The object library allocates whatever
// the file asks for.
const (
	maxObjects    = 8_388_607 // ISO 32000-1 Annex C: indirect objects in a file
	maxSections   = 4096      // sections of one chain
	maxTrailer    = 64 << 10  // bytes of a trailer dictionary that are looked at
	maxFieldWidth = 8         // bytes of a field of a cross-reference stream
)

var (
	objHead      = regexp.MustCompile(`^\s*(\d{1,10})\s+(\d{1,5})\s+obj`)
	xrefHead     = regexp.MustCompile(`^\s*xref\b`)
	sizeEntry    = regexp.MustCompile(`/Size\s*(\d+)`)
	prevEntry    = regexp.MustCompile(`/Prev\s*(\d+)`)
	indexEntry   = regexp.MustCompile(`/Index\s*\[([\d\s]*)\]`)
	widthsEntry  = regexp.MustCompile(`/W\s*\[([\d\s]*)\]`)
	numberInText = regexp.MustCompile(`\d+`)
)

// isXref reports whether a cross-reference section can begin at off.
func isXref(v *view, off int64) bool {
	b := v.bytes(off, 64)
	return xrefHead.Match(b) || objHead.Match(b)
}

// objectLimit is the highest object number that a file of this size can
// have. Two bytes an object is less than any object stream needs.
func objectLimit(v *view) int64 { return min(v.body/2+4096, maxObjects) }

// guardXref walks the chain of cross-reference sections as the library will,
// and refuses what would make it allocate without bound or never return.
func guardXref(v *view, off int64) error {
	seen := map[int64]bool{}
	for range maxSections {
		if seen[off] {
			return errors.New("the chain of cross-reference sections is a loop")
		}
		seen[off] = true
		dict, err := sectionDict(v, off)
		if err != nil {
			return err
		}
		if err := guardNumbers(dict, objectLimit(v)); err != nil {
			return err
		}
		m := prevEntry.FindSubmatch(dict)
		if m == nil {
			return nil
		}
		if off, err = strconv.ParseInt(string(m[1]), 10, 64); err != nil {
			return fmt.Errorf("/Prev: %w", err)
		}
	}
	return errors.New("too many cross-reference sections")
}

// sectionDict returns the text of the dictionary that ends or heads the
// section at off.
func sectionDict(v *view, off int64) ([]byte, error) {
	head := v.bytes(off, maxTrailer)
	switch {
	case xrefHead.Match(head):
		at, err := skipTable(v, off)
		if err != nil {
			return nil, err
		}
		return dictText(v.bytes(at, maxTrailer)), nil
	case objHead.Match(head):
		return dictText(head), nil
	}
	return nil, errors.New("no cross-reference section where one should be")
}

// skipTable reads the subsections of a table and returns the offset after
// the word trailer.
func skipTable(v *view, off int64) (int64, error) {
	rd := bufio.NewReader(io.NewSectionReader(v, off, v.size()-off))
	limit, at := objectLimit(v), off
	next := func() (string, error) {
		word, n, err := readWord(rd)
		at += int64(n)
		return word, err
	}
	if _, err := next(); err != nil { // the word xref
		return 0, err
	}
	for {
		word, err := next()
		if err != nil {
			return 0, err
		}
		if word == "trailer" {
			return at, nil
		}
		start, err1 := strconv.ParseInt(word, 10, 64)
		word, err = next()
		n, err2 := strconv.ParseInt(word, 10, 64)
		if err := errors.Join(err, err1, err2); err != nil {
			return 0, fmt.Errorf("malformed cross-reference table: %w", err)
		}
		if start < 0 || n < 0 || start > limit || n > limit || start+n > limit {
			return 0, fmt.Errorf("cross-reference table of %d objects from %d", n, start)
		}
		for range 3 * n {
			if _, err := next(); err != nil {
				return 0, err
			}
		}
	}
}

// readWord reads the next word between white space, of at most 32 bytes, and
// the number of bytes consumed. The word trailer may touch what follows.
func readWord(rd *bufio.Reader) (string, int, error) {
	var w []byte
	for n := 0; ; n++ {
		c, err := rd.ReadByte()
		if err != nil {
			return "", n, fmt.Errorf("cross-reference table without an end: %w", err)
		}
		switch {
		case isSpace(c) && len(w) == 0:
		case isSpace(c):
			return string(w), n + 1, nil
		case len(w) >= 32:
			return "", n, errors.New("malformed cross-reference table")
		default:
			w = append(w, c)
			if string(w) == "trailer" {
				return "trailer", n + 1, nil
			}
		}
	}
}

// dictText cuts b at the end of the first dictionary in it.
func dictText(b []byte) []byte {
	depth := 0
	for i := 0; i+1 < len(b); i++ {
		switch {
		case b[i] == '<' && b[i+1] == '<':
			depth++
			i++
		case b[i] == '>' && b[i+1] == '>':
			depth--
			i++
			if depth <= 0 {
				return b[:i+1]
			}
		case depth == 0 && bytes.HasPrefix(b[i:], []byte("stream")):
			return b[:i]
		}
	}
	return b
}

// guardNumbers looks at the entries that the library takes as sizes.
func guardNumbers(dict []byte, limit int64) error {
	for _, m := range sizeEntry.FindAllSubmatch(dict, -1) {
		if n, err := strconv.ParseInt(string(m[1]), 10, 64); err != nil || n > limit {
			return fmt.Errorf("/Size %s is absurd", m[1])
		}
	}
	if m := indexEntry.FindSubmatch(dict); m != nil {
		if err := guardIndex(m[1], limit); err != nil {
			return err
		}
	}
	if m := widthsEntry.FindSubmatch(dict); m != nil {
		for _, s := range numberInText.FindAll(m[1], 16) {
			if n, err := strconv.Atoi(string(s)); err != nil || n > maxFieldWidth {
				return fmt.Errorf("/W %s is absurd", s)
			}
		}
	}
	return nil
}

// guardIndex checks the pairs of first object and count.
func guardIndex(list []byte, limit int64) error {
	var total int64
	nums := numberInText.FindAll(list, -1)
	for i, s := range nums {
		n, err := strconv.ParseInt(string(s), 10, 64)
		if err != nil || n > limit {
			return fmt.Errorf("/Index %s is absurd", s)
		}
		if i%2 == 1 {
			first, _ := strconv.ParseInt(string(nums[i-1]), 10, 64) // checked one round before
			if total += n; total > 2*limit || first+n > limit {
				return errors.New("/Index is absurd")
			}
		}
	}
	return nil
}
