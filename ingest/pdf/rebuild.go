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

// maxExpanded is how many bytes object streams may expand to.
const maxExpanded = 256 << 20

var typeEntry = regexp.MustCompile(`/Type\s*/(\w+)`)

// rebuild replaces the table of objects by one that is made from the objects
// found in the file. It serves files whose own table is broken, cut off or
// hostile. It succeeds at most once. Why says what is wrong with the file.
func (d *document) rebuild(ctx context.Context, why string) error {
	if d.rebuilt {
		return errors.New("rebuilt before")
	}
	d.rebuilt = true
	if d.src.body > maxRebuild {
		return errors.New("too large to search for objects")
	}
	t, err := search(ctx, d.src)
	if err != nil {
		return err
	}
	if len(t.objects) == 0 {
		return errors.New("no objects found")
	}
	lossy := why != errWrongPlaces.Error() || !endsWell(d.src)
	old := *d
	for _, makeCatalog := range []bool{false, true} {
		if err = d.use(ctx, t, makeCatalog); err == nil {
			clear(d.fonts)
			d.salvaged, d.promised = lossy, min(t.pageCount, maxPages)
			if makeCatalog && lossy { // nothing says how many pages there were: one more stands for the end
				d.promised = min(max(t.pageCount, len(t.pages)+1), maxPages)
			}
			if d.salvaged {
				d.warnOnce("the file is damaged (" + why + "): what could be found in it was read, and more may be missing")
			}
			return nil
		}
	}
	d.src, d.rd, d.crypt = old.src, old.rd, old.crypt
	return err
}

// endsWell reports whether a file ends as its program meant it to. Wrong places
// in the table of such a file cost nothing: all objects are there.
func endsWell(v *view) bool {
	const tail = 1 << 10 // bytes; readers of the format look no further either
	b := v.bytes(max(0, v.body-tail), tail)
	return bytes.Contains(b, []byte("startxref")) && bytes.Contains(b, []byte("%%EOF"))
}

// search lists the objects of a file by looking for "12 0 obj". The last
// definition of an object counts, as in a file with updates.
func search(ctx context.Context, v *view) (*table, error) {
	b := v.bytes(0, v.body)
	t := newTable()
	limit := objectLimit(v)
	for at := 0; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k := bytes.Index(b[at:], []byte("obj"))
		if k < 0 {
			t.searchTrailers(b[at:])
			return t, nil
		}
		t.searchTrailers(b[at : at+k])
		at += k
		num, gen, start, ok := objectHead(b, at)
		at += len("obj")
		if ok && int64(num) < limit {
			t.objects[num] = place{off: int64(start), gen: gen}
			at = t.noteObject(b, num, at)
		}
	}
}

// searchTrailers notes the trailers in a part of the file that has no object.
func (t *table) searchTrailers(b []byte) {
	for {
		k := bytes.Index(b, []byte("trailer"))
		if k < 0 {
			return
		}
		b = b[k+len("trailer"):]
		t.noteTrailer(dictText(window(b, 0, maxTrailer)), true)
	}
}

// window returns at most n bytes of b from at.
func window(b []byte, at, n int) []byte { return b[min(at, len(b)):min(len(b), at+n)] }

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

// noteObject looks at the dictionary of an object for what leads to others,
// and returns where the search goes on: behind its stream, which may be a
// whole PDF file of its own.
func (t *table) noteObject(b []byte, num, at int) int {
	dict := dictText(window(b, at, maxTrailer))
	end := at + len(dict)
	if n, ok := intEntry(dict, "/Length"); ok && n < int64(len(b)-end) {
		if k := bytes.Index(window(b, end, 64), []byte("stream")); k >= 0 {
			after := window(b, end+k+len("stream")+int(n), 32)
			if bytes.Contains(after, []byte("endstream")) {
				end += k + int(n)
			}
		}
	}
	if bytes.Contains(dict, []byte("/Linearized")) { // ISO 32000-1, Annex F: the first object tells the number of pages
		t.notePageCount(dict, "/N")
	}
	m := typeEntry.FindSubmatch(dict)
	if m == nil {
		return end
	}
	switch string(m[1]) {
	case "Page":
		t.pages = append(t.pages, num)
	case "Pages":
		t.notePageCount(dict, "/Count")
	case "Catalog":
		t.catalog = num
	case "XRef":
		t.noteTrailer(dict, true)
	case "ObjStm":
		t.noteObjectStream(b, dict, num, at+len(dict))
	}
	return end
}

// noteObjectStream notes the objects inside an object stream.
func (t *table) noteObjectStream(b, dict []byte, num, at int) {
	data, err := decodeText(dict, rawStream(b, at), maxDecoded)
	if err != nil && len(data) == 0 {
		return // encrypted, or broken
	}
	for _, o := range splitObjects(dict, data) {
		t.objects[o.num] = place{stream: num}
		m := typeEntry.FindSubmatch(dictText(window(o.text, 0, 4096)))
		switch {
		case m == nil:
		case string(m[1]) == "Page":
			t.pages = append(t.pages, o.num)
		case string(m[1]) == "Pages":
			t.notePageCount(o.text, "/Count")
		case string(m[1]) == "Catalog":
			t.catalog = o.num
		}
	}
}

// notePageCount notes how many pages a dictionary says there are.
func (t *table) notePageCount(dict []byte, key string) {
	if n, ok := intEntry(dict, key); ok && n <= maxPages {
		t.pageCount = max(t.pageCount, int(n))
	}
}

// inner is an object inside an object stream.
type inner struct {
	num  int
	text []byte
}

// splitObjects cuts a decoded object stream into its objects (ISO 32000-1,
// 7.5.7): pairs of number and offset, then the objects.
func splitObjects(dict, data []byte) []inner {
	count, ok1 := intEntry(dict, "/N")
	first, ok2 := intEntry(dict, "/First")
	if !ok1 || !ok2 || first > int64(len(data)) {
		return nil
	}
	words := bytes.Fields(data[:first])
	body := data[first:]
	var out []inner
	var starts []int
	for i := 0; i+1 < len(words) && int64(i/2) < count; i += 2 {
		num, err1 := strconv.Atoi(string(words[i]))
		off, err2 := strconv.Atoi(string(words[i+1]))
		if err1 != nil || err2 != nil || num <= 0 || num > maxObjects || off < 0 || off > len(body) {
			continue
		}
		out = append(out, inner{num, body[off:]})
		starts = append(starts, off)
	}
	slices.Sort(starts)
	for i := range out {
		off := len(body) - len(out[i].text)
		k, _ := slices.BinarySearch(starts, off+1)
		if k < len(starts) {
			out[i].text = out[i].text[:starts[k]-off]
		}
	}
	return out
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

// use makes the library read the file through a table. An encrypted file is
// loaded twice: its key must be known before object streams are expanded.
func (d *document) use(ctx context.Context, t *table, makeCatalog bool) error {
	if ref := ints(t.trailer["Info"]); len(ref) == 2 {
		d.info = start{num: int(ref[0]), gen: int(ref[1])}
	}
	if t.trailer["Encrypt"] != "" {
		d.writeTable(t, nil, makeCatalog)
		if err := d.load(false); err != nil {
			return err
		}
		c, err := d.newCrypt()
		if err != nil {
			return err
		}
		d.crypt = c
	}
	expanded, err := d.expand(ctx, t)
	if err != nil {
		return err
	}
	d.writeTable(t, expanded, makeCatalog)
	return d.load(true)
}

// expand returns the objects of all object streams, in the order of their
// numbers.
func (d *document) expand(ctx context.Context, t *table) ([]inner, error) {
	streams := map[int]bool{}
	for _, p := range t.objects {
		if p.stream > 0 {
			streams[p.stream] = true
		}
	}
	var out []inner
	total := 0
	for _, num := range slices.Sorted(maps.Keys(streams)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, ok := t.objects[num]
		if !ok || p.stream > 0 {
			continue // an object stream is never inside another
		}
		b := d.src.bytes(p.off, min(maxDecoded, d.src.body-p.off))
		dict := dictText(window(b, 0, maxTrailer))
		raw := rawStream(b, len(dict))
		if n, ok := intEntry(dict, "/Length"); ok && n < int64(len(raw)) {
			raw = raw[:n]
		}
		raw, err := d.crypt.stream(num, p.gen, raw)
		if err != nil {
			continue
		}
		data, _ := decodeText(dict, raw, maxDecoded) // what could be read is enough
		for _, o := range splitObjects(dict, data) {
			if t.objects[o.num].stream == num {
				out = append(out, o)
				total += len(o.text)
			}
		}
		if total > maxExpanded {
			return nil, fmt.Errorf("%w: object streams of more than %d bytes", errLimit, maxExpanded)
		}
	}
	return out, nil
}

// writeTable puts the expanded objects and a cross-reference stream behind
// the file. With makeCatalog it also writes a catalog that has every page
// found.
func (d *document) writeTable(t *table, expanded []inner, makeCatalog bool) {
	var out bytes.Buffer
	base := d.src.body + 1 // pointTo begins the tail with a line feed
	here := func() int64 { return base + int64(out.Len()) }
	objects := make(map[int]place, len(t.objects))
	top := 0
	d.starts = d.starts[:0]
	for num, p := range t.objects {
		if top = max(top, num); p.stream == 0 {
			objects[num] = p
			d.starts = append(d.starts, start{p.off, num, p.gen})
		}
	}
	slices.SortFunc(d.starts, func(a, b start) int { return int(a.off - b.off) })
	for _, o := range expanded {
		objects[o.num] = place{off: here()}
		fmt.Fprintf(&out, "%d 0 obj\n", o.num)
		out.Write(o.text)
		out.WriteString("\nendobj\n")
	}
	root := t.trailer["Root"]
	if root == "" && t.catalog > 0 {
		root = fmt.Sprintf("%d %d R", t.catalog, t.objects[t.catalog].gen)
	}
	if makeCatalog {
		root = fmt.Sprintf("%d 0 R", top+1)
		objects[top+1] = place{off: here()}
		fmt.Fprintf(&out, "%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n", top+1, top+2)
		objects[top+2] = place{off: here()}
		fmt.Fprintf(&out, "%d 0 obj\n<</Type/Pages/Count %d/Kids[", top+2, len(t.pages))
		for _, p := range t.pages {
			fmt.Fprintf(&out, "%d %d R ", p, objects[p].gen)
		}
		out.WriteString("]>>\nendobj\n")
	}
	at := here()
	writeStream(&out, t, objects, top+3, root)
	d.src.pointTo(at, out.Bytes())
}

// hiddenEncrypt is the name under which the trailer keeps /Encrypt, so that
// the library does not decrypt: it knows few ways and has faults in one.
const hiddenEncrypt = "DalelEncrypt"

// writeStream writes a cross-reference stream object of size entries.
func writeStream(out *bytes.Buffer, t *table, objects map[int]place, size int, root string) {
	const entry = 1 + 8 + 4
	data := make([]byte, entry*size)
	for num, p := range objects {
		e := data[entry*num:]
		e[0] = 1
		binary.BigEndian.PutUint64(e[1:], uint64(p.off))
		binary.BigEndian.PutUint32(e[9:], uint32(p.gen))
	}
	fmt.Fprintf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 8 4]/Length %d/Root %s", size, size, len(data), root)
	for _, key := range []string{"Info", "Encrypt", "ID"} {
		s := t.trailer[key]
		if key == "Encrypt" {
			key = hiddenEncrypt
		}
		if s != "" {
			fmt.Fprintf(out, "/%s %s", key, s)
		}
	}
	out.WriteString(">>\nstream\n")
	out.Write(data)
	out.WriteString("\nendstream\nendobj\n")
}
