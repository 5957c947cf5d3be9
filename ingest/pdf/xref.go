package pdf

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Limits of a table of objects.
const (
	maxObjects    = 8_388_607 // ISO 32000-1 Annex C: indirect objects in a file
	maxSections   = 4096      // sections of one chain
	maxTrailer    = 64 << 10  // bytes of a dictionary that are looked at
	maxFieldWidth = 8         // bytes of a field of a cross-reference stream
)

var (
	objHead      = regexp.MustCompile(`^\s*(\d{1,10})\s+(\d{1,5})\s+obj`)
	xrefHead     = regexp.MustCompile(`^\s*xref\b`)
	numberInText = regexp.MustCompile(`\d+`)
)

// place says where an object is: at an offset, or in an object stream.
type place struct {
	off    int64
	gen    int
	stream int // number of the object stream; 0 if none
}

// table says where the objects of a file are. The object library never sees
// the file's own table: it trusts sizes, follows loops and has no way to stop.
type table struct {
	objects map[int]place
	free    map[int]bool      // freed by a later section
	trailer map[string]string // Root, Info, Encrypt and ID, as written
	pages   []int             // objects that say they are a page, in file order
	catalog int               // the last object that says it is the catalog

	pageCount int // the most pages that an object says there are
}

func newTable() *table {
	return &table{objects: map[int]place{}, free: map[int]bool{}, trailer: map[string]string{}}
}

// isXref reports whether a cross-reference section can begin at off.
func isXref(v *view, off int64) bool {
	b := v.bytes(off, 64)
	return xrefHead.Match(b) || objHead.Match(b)
}

// objectLimit is the highest object number that a file of this size can
// have. Two bytes an object is less than any object stream needs.
func objectLimit(v *view) int64 { return min(v.body/2+4096, maxObjects) }

// readTable reads the chain of cross-reference sections that begins at off.
// What an earlier section says of an object, a later one does not change:
// the chain goes back in time.
func readTable(ctx context.Context, v *view, off int64) (*table, error) {
	t, seen := newTable(), map[int64]bool{}
	for queue := []int64{off}; len(queue) > 0; {
		off, queue = queue[0], queue[1:]
		if seen[off] || len(seen) > maxSections {
			return nil, errors.New("the chain of cross-reference sections is a loop")
		}
		seen[off] = true
		dict, err := t.section(v, off)
		if err != nil {
			return nil, err
		}
		t.noteTrailer(dict, false)
		for _, key := range []string{"/XRefStm", "/Prev"} {
			if at, ok := intEntry(dict, key); ok {
				queue = append(queue, at)
			}
		}
	}
	return t, t.check(ctx, v)
}

// section reads one section and returns the text of its dictionary.
func (t *table) section(v *view, off int64) ([]byte, error) {
	head := v.bytes(off, maxTrailer)
	switch {
	case xrefHead.Match(head):
		at, err := t.plainSection(v, off)
		if err != nil {
			return nil, err
		}
		return dictText(v.bytes(at, maxTrailer)), nil
	case objHead.Match(head):
		dict := dictText(head)
		return dict, t.streamSection(v, off, dict)
	}
	return nil, errors.New("no cross-reference section where one should be")
}

// plainSection reads the subsections of a table and returns the offset after
// the word trailer.
func (t *table) plainSection(v *view, off int64) (int64, error) {
	w := wordReader{rd: bufio.NewReader(io.NewSectionReader(v, off, v.size()-off)), at: off}
	limit := objectLimit(v)
	if _, err := w.next(); err != nil { // the word xref
		return 0, err
	}
	for {
		word, err := w.next()
		if err != nil || word == "trailer" {
			return w.at, err
		}
		start, err1 := strconv.ParseInt(word, 10, 64)
		n, err2 := w.number()
		if err := errors.Join(err1, err2); err != nil {
			return 0, fmt.Errorf("malformed cross-reference table: %w", err)
		}
		if start < 0 || n < 0 || start > limit || n > limit || start+n > limit {
			return 0, fmt.Errorf("cross-reference table of %d objects from %d", n, start)
		}
		for i := range n {
			off, err1 := w.number()
			gen, err2 := w.number()
			kind, err3 := w.next()
			if err := errors.Join(err1, err2, err3); err != nil {
				return 0, fmt.Errorf("malformed cross-reference table: %w", err)
			}
			t.enter(int(start+i), place{off: off, gen: int(gen)}, kind == "n" && off > 0)
		}
	}
}

// enter notes an object unless a later section has said something of it.
func (t *table) enter(num int, p place, used bool) {
	if _, ok := t.objects[num]; ok || t.free[num] {
		return
	}
	if used {
		t.objects[num] = p
	} else {
		t.free[num] = true
	}
}

// streamSection reads a cross-reference stream (ISO 32000-1, 7.5.8).
func (t *table) streamSection(v *view, off int64, dict []byte) error {
	size, ok := intEntry(dict, "/Size")
	limit := objectLimit(v)
	if !ok || size > limit {
		return fmt.Errorf("cross-reference stream of %d objects", size)
	}
	widths := ints(entryText(dict, "/W"))
	if len(widths) < 3 || max(widths[0], widths[1], widths[2]) > maxFieldWidth {
		return errors.New("cross-reference stream without sensible fields")
	}
	index := ints(entryText(dict, "/Index"))
	if len(index) == 0 {
		index = []int64{0, size}
	}
	b := v.bytes(off, maxDecoded)
	raw := rawStream(b, bytes.Index(b, dict)+len(dict))
	data, err := decodeText(dict, raw, maxDecoded)
	row := int(widths[0] + widths[1] + widths[2])
	if row == 0 || len(data) < row {
		return errors.Join(errors.New("empty cross-reference stream"), err)
	}
	for i := 0; i+1 < len(index); i += 2 {
		for k := int64(0); k < index[i+1] && len(data) >= row; k++ {
			num := index[i] + k
			if num < 0 || num > limit {
				return fmt.Errorf("cross-reference stream has object %d", num)
			}
			t.streamEntry(int(num), data[:row], widths)
			data = data[row:]
		}
	}
	return nil
}

// streamEntry reads one entry: its type, and two fields that depend on it.
func (t *table) streamEntry(num int, b []byte, widths []int64) {
	kind := int64(1)
	if widths[0] > 0 {
		kind = bigEndian(b[:widths[0]])
	}
	b = b[widths[0]:]
	second, third := bigEndian(b[:widths[1]]), bigEndian(b[widths[1]:widths[1]+widths[2]])
	switch kind {
	case 0:
		t.enter(num, place{}, false)
	case 1:
		t.enter(num, place{off: second, gen: int(third & 0xFFFF)}, second > 0)
	case 2:
		t.enter(num, place{stream: int(second & 0xFFFFFFF)}, second > 0)
	}
}

func bigEndian(b []byte) (n int64) {
	for _, c := range b {
		n = n<<8 | int64(c)
	}
	return n & (1<<62 - 1)
}

var errWrongPlaces = errors.New("the table of objects points to the wrong places")

// check makes sure that the objects are where the table says. One that is not
// discredits the table.
func (t *table) check(ctx context.Context, v *view) error {
	n := 0
	for num, p := range t.objects {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if p.stream > 0 {
			continue
		}
		m := objHead.FindSubmatch(v.bytes(p.off, 40))
		if m == nil || string(bytes.TrimLeft(m[1], "0")) != strconv.Itoa(num) {
			return errWrongPlaces
		}
	}
	return nil
}

// wordReader reads words between white space.
type wordReader struct {
	rd *bufio.Reader
	at int64
}

// next returns the next word, of at most 32 bytes. The word trailer may touch
// what follows.
func (r *wordReader) next() (string, error) {
	var w []byte
	for {
		c, err := r.rd.ReadByte()
		if err != nil {
			return "", fmt.Errorf("cross-reference table without an end: %w", err)
		}
		r.at++
		switch {
		case isSpace(c) && len(w) == 0:
		case isSpace(c):
			return string(w), nil
		case len(w) >= 32:
			return "", errors.New("malformed cross-reference table")
		default:
			if w = append(w, c); string(w) == "trailer" {
				return "trailer", nil
			}
		}
	}
}

func (r *wordReader) number() (int64, error) {
	w, err := r.next()
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(w, 10, 64)
}

// noteTrailer keeps the entries of a trailer that lead on. With replace a
// later one wins.
func (t *table) noteTrailer(dict []byte, replace bool) {
	for _, key := range []string{"Root", "Info", "Encrypt", "ID"} {
		if v := entryText(dict, "/"+key); v != "" && (replace || t.trailer[key] == "") {
			t.trailer[key] = v
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
		case b[i] == '(' && depth > 0:
			l := lexer{b: b, i: i + 1}
			l.literal()
			i = l.i - 1
		case depth == 0 && (bytes.HasPrefix(b[i:], []byte("stream")) || bytes.HasPrefix(b[i:], []byte("endobj"))):
			return b[:i]
		}
	}
	return b
}

var (
	referencePattern = regexp.MustCompile(`^\d+\s+\d+\s+R`)
	atomPattern      = regexp.MustCompile(`^(?:/[^\s/<>\[\]()]+|-?\d+)`)
)

// entryText returns the value of a key as written: a reference, a dictionary,
// an array, a name or an integer; "" if the key is not there. The key must not
// be the beginning of another.
func entryText(dict []byte, key string) string {
	for at := 0; ; {
		k := bytes.Index(dict[at:], []byte(key))
		if k < 0 {
			return ""
		}
		at += k + len(key)
		if at < len(dict) && !isSpace(dict[at]) && !isDelim(dict[at]) && (dict[at] < '0' || dict[at] > '9') && dict[at] != '-' {
			continue
		}
		return valueText(bytes.TrimLeft(dict[at:], "\x00\t\n\f\r "))
	}
}

func valueText(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("<<")):
		return string(dictText(b))
	case bytes.HasPrefix(b, []byte("[")):
		if e := arrayEnd(b); e > 0 {
			return string(b[:e])
		}
		return ""
	}
	if r := referencePattern.Find(b); r != nil {
		return string(r)
	}
	return string(atomPattern.Find(b))
}

// arrayEnd returns the length of the array that b begins with, 0 if it does
// not end.
func arrayEnd(b []byte) int {
	l := lexer{b: b}
	for l.i < len(b) {
		switch c := b[l.i]; c {
		case ']':
			if len(l.arrays) == 1 {
				return l.i + 1
			}
			l.delimited(c)
		case '(', '<', '[', '/', '>':
			l.delimited(c)
		default:
			l.i++
		}
	}
	return 0
}

// intEntry returns an integer in a dictionary.
func intEntry(dict []byte, key string) (int64, bool) {
	s := entryText(dict, key)
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// ints returns the numbers in the text of an array.
func ints(s string) []int64 {
	var out []int64
	for _, m := range numberInText.FindAllString(s, maxOperands*64) {
		n, err := strconv.ParseInt(m, 10, 64)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}
