package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// maxRebuild is the size of the largest file that is searched for objects,
// in bytes. It is held in memory while it is searched.
const maxRebuild = 256 << 20

var (
	typeEntry  = regexp.MustCompile(`/Type\s*/(\w+)`)
	countEntry = regexp.MustCompile(`/N\s+(\d+)`)
	firstEntry = regexp.MustCompile(`/First\s+(\d+)`)
)

// place says where an object is: at an offset, or in an object stream.
type place struct {
	off    int64
	gen    int
	stream int // number of the object stream; 0 if none
}

// salvage is what a search of the whole file found.
type salvage struct {
	objects map[int]place
	pages   []int             // objects that say they are a page, in file order
	catalog int               // the last object that says it is the catalog
	trailer map[string]string // Root, Info, Encrypt and ID, as written
}

// rebuild replaces the table of objects by one that is made from the objects
// found in the file. It serves files whose own table is broken, cut off or
// hostile. It succeeds at most once.
func (d *document) rebuild(ctx context.Context) error {
	if d.rebuilt {
		return errors.New("rebuilt before")
	}
	d.rebuilt = true
	if d.src.body > maxRebuild {
		return errors.New("too large to search for objects")
	}
	s, err := search(ctx, d.src)
	if err != nil {
		return err
	}
	if len(s.objects) == 0 {
		return errors.New("no objects found")
	}
	old := *d.src
	for _, makeCatalog := range []bool{false, true} {
		d.src.writeTable(s, makeCatalog)
		if err = d.load(); err == nil {
			clear(d.fonts)
			return nil
		}
	}
	*d.src = old
	return err
}

// search lists the objects of a file by looking for "12 0 obj". The last
// definition of an object counts, as in a file with updates.
func search(ctx context.Context, v *view) (*salvage, error) {
	b := v.bytes(0, v.body)
	s := &salvage{objects: map[int]place{}, trailer: map[string]string{}}
	limit := objectLimit(v)
	for at := 0; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k := bytes.Index(b[at:], []byte("obj"))
		t := bytes.Index(b[at:], []byte("trailer"))
		if t >= 0 && (k < 0 || t < k) {
			at += t + len("trailer")
			s.noteTrailer(dictText(window(b, at, maxTrailer)))
			continue
		}
		if k < 0 {
			return s, nil
		}
		at += k
		num, gen, start, ok := objectHead(b, at)
		at += len("obj")
		if ok && int64(num) < limit {
			s.objects[num] = place{off: int64(start), gen: gen}
			s.noteObject(b, num, at)
		}
	}
}

// window returns at most n bytes of b from at.
func window(b []byte, at, n int) []byte { return b[at:min(len(b), at+n)] }

// objectHead reads the two numbers before the word obj at b[at:], backwards.
func objectHead(b []byte, at int) (num, gen, start int, ok bool) {
	gen, i, ok := numberBefore(b, at)
	if !ok {
		return 0, 0, 0, false
	}
	num, start, ok = numberBefore(b, i)
	return num, gen, start, ok && num > 0 && gen < 1<<16
}

// numberBefore reads the number that ends before b[at:], and white space
// between.
func numberBefore(b []byte, at int) (n, start int, ok bool) {
	end := at
	for end > 0 && isSpace(b[end-1]) {
		end--
	}
	start = end
	for start > 0 && end-start < 8 && b[start-1] >= '0' && b[start-1] <= '9' {
		start--
	}
	if start == end || end == at {
		return 0, 0, false
	}
	n, err := strconv.Atoi(string(b[start:end]))
	return n, start, err == nil
}

// noteObject looks at the dictionary of an object for what leads to others.
func (s *salvage) noteObject(b []byte, num, at int) {
	dict := dictText(window(b, at, maxTrailer))
	m := typeEntry.FindSubmatch(dict)
	if m == nil {
		return
	}
	switch string(m[1]) {
	case "Page":
		s.pages = append(s.pages, num)
	case "Catalog":
		s.catalog = num
	case "XRef":
		s.noteTrailer(dict)
	case "ObjStm":
		s.noteObjectStream(b, dict, num, at+len(dict))
	}
}

// noteObjectStream adds the objects inside an object stream.
func (s *salvage) noteObjectStream(b, dict []byte, num, at int) {
	raw := rawStream(b, at)
	n, first := countEntry.FindSubmatch(dict), firstEntry.FindSubmatch(dict)
	if n == nil || first == nil || raw == nil {
		return
	}
	if bytes.Contains(dict, []byte("/FlateDecode")) {
		raw, _ = inflate(raw, maxDecoded) // what could be read is enough
	}
	count, _ := strconv.Atoi(string(n[1]))
	head, _ := strconv.Atoi(string(first[1]))
	if head > len(raw) || head < 0 {
		return
	}
	words := bytes.Fields(raw[:head])
	for i := 0; i+1 < len(words) && i/2 < count; i += 2 {
		id, err1 := strconv.Atoi(string(words[i]))
		off, err2 := strconv.Atoi(string(words[i+1]))
		if err1 != nil || err2 != nil || id <= 0 || id >= maxObjects || off < 0 || head+off > len(raw) {
			continue
		}
		s.objects[id] = place{stream: num}
		m := typeEntry.FindSubmatch(dictText(window(raw, head+off, 4096)))
		switch {
		case m == nil:
		case string(m[1]) == "Page":
			s.pages = append(s.pages, id)
		case string(m[1]) == "Catalog":
			s.catalog = id
		}
	}
}

// rawStream returns the bytes between the words stream and endstream after
// b[at:].
func rawStream(b []byte, at int) []byte {
	k := bytes.Index(window(b, at, 64), []byte("stream"))
	if k < 0 {
		return nil
	}
	at += k + len("stream")
	if at < len(b) && b[at] == '\r' {
		at++
	}
	if at < len(b) && b[at] == '\n' {
		at++
	}
	end := bytes.Index(b[at:], []byte("endstream"))
	if end < 0 {
		return b[at:]
	}
	return b[at : at+end]
}

// noteTrailer keeps the entries of a trailer; later ones win.
func (s *salvage) noteTrailer(dict []byte) {
	for _, key := range []string{"Root", "Info", "Encrypt", "ID"} {
		if v := entryText(dict, "/"+key); v != "" {
			s.trailer[key] = v
		}
	}
}

var referencePattern = regexp.MustCompile(`^\d+\s+\d+\s+R`)

// entryText returns the value of a key as written: a reference, a
// dictionary or an array without arrays in it.
func entryText(dict []byte, key string) string {
	k := bytes.Index(dict, []byte(key))
	if k < 0 {
		return ""
	}
	rest := bytes.TrimLeft(dict[k+len(key):], "\x00\t\n\f\r ")
	switch {
	case bytes.HasPrefix(rest, []byte("<<")):
		return string(dictText(rest))
	case bytes.HasPrefix(rest, []byte("[")):
		if e := bytes.IndexByte(rest, ']'); e > 0 {
			return string(rest[:e+1])
		}
	}
	return string(referencePattern.Find(rest))
}

// writeTable puts a cross-reference stream for the objects of s behind the
// file. With makeCatalog it also writes a catalog that has every page found.
func (v *view) writeTable(s *salvage, makeCatalog bool) {
	top := slices.Max(slices.Collect(maps.Keys(s.objects)))
	var out bytes.Buffer
	base := v.body + 1 // pointTo begins the tail with a line feed
	objects := maps.Clone(s.objects)
	root := s.trailer["Root"]
	if root == "" && s.catalog > 0 {
		root = fmt.Sprintf("%d %d R", s.catalog, s.objects[s.catalog].gen)
	}
	if makeCatalog {
		root = fmt.Sprintf("%d 0 R", top+1)
		objects[top+1] = place{off: base}
		fmt.Fprintf(&out, "%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n", top+1, top+2)
		objects[top+2] = place{off: base + int64(out.Len())}
		fmt.Fprintf(&out, "%d 0 obj\n<</Type/Pages/Count %d/Kids[", top+2, len(s.pages))
		for _, p := range s.pages {
			fmt.Fprintf(&out, "%d %d R ", p, s.objects[p].gen)
		}
		out.WriteString("]>>\nendobj\n")
	}
	at := base + int64(out.Len())
	out.Write(tableStream(s, objects, top+3, root))
	v.pointTo(at, out.Bytes())
}

// tableStream returns a cross-reference stream object of size entries.
func tableStream(s *salvage, objects map[int]place, size int, root string) []byte {
	const entry = 1 + 8 + 4
	data := make([]byte, entry*size)
	for num, p := range objects {
		e := data[entry*num:]
		switch {
		case p.stream > 0:
			e[0] = 2
			binary.BigEndian.PutUint64(e[1:], uint64(p.stream))
		default:
			e[0] = 1
			binary.BigEndian.PutUint64(e[1:], uint64(p.off)) //nolint:gosec // offsets are not negative
			binary.BigEndian.PutUint32(e[9:], uint32(p.gen)) //nolint:gosec // checked to be below 1<<16
		}
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 8 4]/Length %d/Root %s", size, size, len(data), root)
	for _, key := range []string{"Info", "Encrypt", "ID"} {
		if t := s.trailer[key]; t != "" {
			fmt.Fprintf(&out, "/%s %s", key, t)
		}
	}
	out.WriteString(">>\nstream\n")
	out.Write(data)
	out.WriteString("\nendstream\nendobj\n")
	return out.Bytes()
}
