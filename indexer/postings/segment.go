package postings

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"sync/atomic"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

const (
	segmentMagic = "dalelps1"
	footerSize   = 8 + 4 + 4 + len(segmentMagic) // place and length of meta, its checksum, magic
	chunkSize    = 8 << 10                       // bytes of lists that have a checksum together
	blockSize    = 1 << 10                       // bytes of a block of a dictionary, about
	maxMeta      = 1 << 30
)

var (
	errShort = errors.New("it is too short")
	errSum   = errors.New("checksum does not match")
	errMeta  = errors.New("broken meta")
	errDict  = errors.New("broken dictionary")
	errList  = errors.New("broken list")
)

// segment is a segment that is open. It is not changed by use.
type segment struct {
	no     uint32
	f      *os.File
	size   int64
	sum    uint32 // of meta
	paras  paraList
	fields map[search.Field]*field
	chunks []uint32 // checksums of the chunks of lists
	lists  int64    // length of the lists

	users  atomic.Int64 // states that have it
	doomed atomic.Bool  // to be deleted after the last use
}

// paraList are the paragraphs of a segment, ascending.
type paraList struct {
	first search.ParaNo
	n     int
	list  []search.ParaNo // nil if they are consecutive
}

func (p *paraList) at(local uint32) search.ParaNo {
	if p.list == nil {
		return p.first + local
	}
	return p.list[local]
}

// end returns the number after the last paragraph.
func (p *paraList) end() search.ParaNo { return p.at(uint32(p.n-1)) + 1 }

func (p *paraList) find(no search.ParaNo) (local uint32, ok bool) {
	if p.n == 0 || no < p.first || no >= p.end() {
		return 0, false
	}
	if p.list == nil {
		return no - p.first, true
	}
	i, ok := slices.BinarySearch(p.list, no)
	return uint32(i), ok
}

// field is what a segment has of one field.
type field struct {
	dict    []byte
	blocks  []uint32 // where each block begins in dict
	terms   int
	lengths []uint32 // terms of each paragraph; 0 if it has none in the field
}

// listRef says where a list is.
type listRef struct {
	df     uint32
	inline []byte // the list itself, if it is of one paragraph
	off    int64
	size   uint32
}

func segmentName(no uint32) string { return fmt.Sprintf("seg-%08d", no) }

// openSegment opens a segment and checks all of it but the lists.
func openSegment(path string, no uint32) (*segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, damaged(path, err)
	}
	s := &segment{no: no, f: f, fields: map[search.Field]*field{}}
	if err := s.load(); err != nil {
		return nil, errors.Join(damaged(path, err), f.Close())
	}
	return s, nil
}

func damaged(path string, err error) error {
	return &corpus.Error{Op: "postings", Subj: path, Kind: corpus.ErrDamaged, Err: err}
}

func (s *segment) load() error {
	info, err := s.f.Stat()
	if err != nil {
		return err
	}
	s.size = info.Size()
	if s.size < int64(len(segmentMagic)+footerSize) {
		return errShort
	}
	if magic, err := s.readAt(0, len(segmentMagic)); err != nil || string(magic) != segmentMagic {
		return errors.Join(err, errMeta)
	}
	footer, err := s.readAt(s.size-int64(footerSize), footerSize)
	if err != nil {
		return err
	}
	off, size := int64(binary.LittleEndian.Uint64(footer)), int64(binary.LittleEndian.Uint32(footer[8:]))
	s.sum = binary.LittleEndian.Uint32(footer[12:])
	if string(footer[16:]) != segmentMagic || off < int64(len(segmentMagic)) || size > maxMeta || off+size != s.size-int64(footerSize) {
		return errMeta
	}
	meta, err := s.readAt(off, int(size))
	if err != nil {
		return err
	}
	if wire.Checksum(meta) != s.sum {
		return errSum
	}
	return s.parse(&wire.Reader{B: meta}, off)
}

func (s *segment) readAt(off int64, n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := s.f.ReadAt(b, off)
	if errors.Is(err, io.EOF) {
		err = errShort
	}
	return b, err
}

// parse reads meta, which begins at end in the file, and the dictionaries
// before it.
func (s *segment) parse(r *wire.Reader, end int64) error {
	s.parseParas(r)
	s.lists = int64(r.Uvarint())
	n := r.Count()
	if r.Bad || s.lists < 0 || s.lists > s.size || int64(n) != (s.lists+chunkSize-1)/chunkSize {
		return errMeta
	}
	s.chunks = make([]uint32, n)
	for i := range s.chunks {
		s.chunks[i] = r.Fixed32()
	}
	at := int64(len(segmentMagic)) + s.lists
	for range r.Count() {
		name := search.Field(r.String())
		size, sum := r.Uvarint(), r.U32()
		if r.Bad || size > uint64(end-at) {
			return errMeta
		}
		f, err := s.parseField(r, at, int(size), sum)
		if err != nil {
			return err
		}
		s.fields[name] = f
		at += int64(size)
	}
	if r.Bad || r.Pos != len(r.B) || at != end {
		return errMeta
	}
	return nil
}

func (s *segment) parseParas(r *wire.Reader) {
	runs := r.Count()
	next := search.ParaNo(0)
	for i := range runs {
		first, n := next+r.U32(), r.U32()
		if r.Bad || n == 0 || first < next || first+n < first || s.paras.n+int(n) > maxMeta {
			r.Fail()
			return
		}
		if i == 0 {
			s.paras.first = first
		}
		s.paras.n += int(n)
		if runs > 1 {
			for k := range n {
				s.paras.list = append(s.paras.list, first+k)
			}
		}
		next = first + n
	}
}

func (s *segment) parseField(r *wire.Reader, at int64, size int, sum uint32) (*field, error) {
	f := &field{terms: int(r.Uvarint())}
	var err error
	if f.dict, err = s.readAt(at, size); err != nil {
		return nil, err
	}
	if wire.Checksum(f.dict) != sum {
		return nil, errSum
	}
	f.blocks = make([]uint32, r.Count())
	pos := uint32(0)
	for i := range f.blocks {
		pos += r.U32()
		f.blocks[i] = pos
		if int(pos) >= size || i > 0 && pos <= f.blocks[i-1] {
			return nil, errMeta
		}
	}
	if s.paras.n > len(r.B)-r.Pos { // each has a byte at least
		return nil, errMeta
	}
	f.lengths = make([]uint32, s.paras.n)
	for i := range f.lengths {
		f.lengths[i] = r.U32()
	}
	return f, nil
}

// sums returns how many of the paragraphs that are not dead have a term of the
// field, and how many terms they have together.
func (f *field) sums(dead bitset) (paras int, length uint64) {
	for i, n := range f.lengths {
		if n > 0 && !dead.has(uint32(i)) {
			paras++
			length += uint64(n)
		}
	}
	return paras, length
}

// first returns the first term of a block.
func (f *field) first(block int) []byte {
	r := wire.Reader{B: f.dict, Pos: int(f.blocks[block])}
	r.Uvarint()
	r.Uvarint()
	return r.Bytes(r.Count())
}

// cursor goes through a dictionary, from a block on.
type cursor struct {
	f     *field
	r     wire.Reader
	block int // the next one
	off   int64
	term  []byte
	ref   listRef

	atTerm bool // seek has gone to term, and no further
}

func (f *field) cursor(block int) *cursor {
	c := &cursor{f: f, r: wire.Reader{B: f.dict}, block: block}
	if block < len(f.blocks) {
		c.r.Pos = int(f.blocks[block])
	} else {
		c.r.Pos = len(f.dict)
	}
	return c
}

// next goes to the next term; false at the end, or where the dictionary is broken.
func (c *cursor) next() bool {
	if c.r.Bad || c.r.Pos >= len(c.r.B) {
		return false
	}
	if c.block < len(c.f.blocks) && c.r.Pos == int(c.f.blocks[c.block]) {
		c.off, c.block = int64(c.r.Uvarint()), c.block+1
	}
	shared := c.r.U32()
	suffix := c.r.Bytes(c.r.Count())
	if int(shared) > len(c.term) {
		c.r.Fail()
		return false
	}
	c.term = append(c.term[:shared], suffix...)
	c.ref = listRef{df: c.r.U32()}
	if c.ref.df == 1 {
		start := c.r.Pos
		if c.r.Uvarint()&1 == 1 {
			c.r.Uvarint()
		}
		c.ref.inline = c.r.B[min(start, c.r.Pos):c.r.Pos]
	} else {
		c.ref.off, c.ref.size = c.off, c.r.U32()
		c.off += int64(c.ref.size)
	}
	return !c.r.Bad
}

// seek goes on to a term that is above those it was sent to before, and reports
// whether the field has it.
func (c *cursor) seek(term string) (ok bool, err error) {
	if c.atTerm && string(c.term) >= term {
		return string(c.term) == term, nil
	}
	if c.block < len(c.f.blocks) && string(c.f.first(c.block)) <= term {
		rest := len(c.f.blocks) - c.block
		*c = *c.f.cursor(c.block - 1 + sort.Search(rest, func(i int) bool { return string(c.f.first(c.block+i)) > term }))
	}
	for c.next() {
		if string(c.term) >= term {
			c.atTerm = true
			return string(c.term) == term, nil
		}
	}
	return false, c.err()
}

func (c *cursor) err() error {
	if c.r.Bad {
		return errDict
	}
	return nil
}

// bytes returns a list, checked against the checksums of its chunks. It may
// stand in buf, which is returned as it has grown.
func (s *segment) bytes(ref listRef, buf []byte) (list, grown []byte, err error) {
	if ref.df == 1 {
		return ref.inline, buf, nil
	}
	if ref.off < 0 || ref.off+int64(ref.size) > s.lists {
		return nil, buf, damaged(s.f.Name(), errDict)
	}
	first, last := ref.off/chunkSize, (ref.off+int64(ref.size)+chunkSize-1)/chunkSize
	n := int(min(last*chunkSize, s.lists) - first*chunkSize)
	buf = slices.Grow(buf[:0], n)[:n]
	if _, err := s.f.ReadAt(buf, int64(len(segmentMagic))+first*chunkSize); err != nil {
		return nil, buf, damaged(s.f.Name(), err)
	}
	for i := first; i < last; i++ {
		from := (i - first) * chunkSize
		if wire.Checksum(buf[from:min(from+chunkSize, int64(n))]) != s.chunks[i] {
			return nil, buf, damaged(s.f.Name(), errSum)
		}
	}
	start := ref.off - first*chunkSize
	return buf[start : start+int64(ref.size)], buf, nil
}

// posting is a paragraph of a segment, and how often it has the term.
type posting struct{ local, tf uint32 }

// decode appends the postings of a list whose paragraphs are not dead.
func (s *segment) decode(dst []posting, list []byte, df uint32, dead bitset) ([]posting, error) {
	dst = slices.Grow(dst, int(min(df, uint32(len(list)))))
	local, at := uint32(0), 0
	for range df {
		v, next := wire.Short(list, at)
		tf := uint32(1)
		if v&1 == 1 && next > 0 {
			tf, next = wire.Short(list, next)
		}
		at = next
		local += v >> 1
		if next == 0 || int(local) >= s.paras.n {
			return dst, damaged(s.f.Name(), errList)
		}
		if dead == nil || !dead.has(local) {
			dst = append(dst, posting{local, tf})
		}
		local++
	}
	return dst, nil
}

// release gives up one use; the last one closes the file, and deletes it if it
// was merged.
func (s *segment) release() error {
	if s.users.Add(-1) != 0 {
		return nil
	}
	err := s.f.Close()
	if s.doomed.Load() {
		err = errors.Join(err, os.Remove(s.f.Name()))
	}
	return err
}

// bitset is a set of paragraphs of a segment; nil is empty.
type bitset []uint64

func (b bitset) has(i uint32) bool { return int(i/64) < len(b) && b[i/64]>>(i%64)&1 == 1 }

func (b bitset) set(i uint32) { b[i/64] |= 1 << (i % 64) }
