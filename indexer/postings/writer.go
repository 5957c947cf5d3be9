package postings

import (
	"bufio"
	"encoding/binary"
	"errors"
	"os"

	"dalel/indexer/internal/wire"
	"dalel/search"
)

// writer writes a segment: fields in order, their terms in byte order, then
// finish. The lists go to the file at once; the dictionaries wait in memory.
type writer struct {
	f      *os.File
	w      *bufio.Writer
	chunk  []byte // of the lists, not yet full
	chunks []uint32
	off    int64 // length of the lists
	fields []fieldOut
}

// fieldOut is a field that is being written, or was.
type fieldOut struct {
	name    search.Field
	dict    []byte
	blocks  []int
	terms   int
	last    []byte // the term before
	lengths []uint32
}

func newWriter(path string) (*writer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	w := &writer{f: f, w: bufio.NewWriterSize(f, 1<<16), chunk: make([]byte, 0, chunkSize)}
	_, err = w.w.WriteString(segmentMagic)
	return w, err
}

// field begins a field.
func (w *writer) field(name search.Field, lengths []uint32) {
	w.fields = append(w.fields, fieldOut{name: name, lengths: lengths})
}

// term writes the list of a term, of df paragraphs.
func (w *writer) term(term []byte, df int, list []byte) error {
	f := &w.fields[len(w.fields)-1]
	if n := len(f.blocks); n == 0 || len(f.dict)-f.blocks[n-1] >= blockSize {
		f.blocks = append(f.blocks, len(f.dict))
		f.dict = binary.AppendUvarint(f.dict, uint64(w.off))
		f.last = f.last[:0]
	}
	shared := 0
	for shared < len(f.last) && shared < len(term) && f.last[shared] == term[shared] {
		shared++
	}
	f.dict = binary.AppendUvarint(f.dict, uint64(shared))
	f.dict = binary.AppendUvarint(f.dict, uint64(len(term)-shared))
	f.dict = append(f.dict, term[shared:]...)
	f.dict = binary.AppendUvarint(f.dict, uint64(df))
	f.last = append(f.last[:shared], term[shared:]...)
	f.terms++
	if df == 1 {
		f.dict = append(f.dict, list...)
		return nil
	}
	f.dict = binary.AppendUvarint(f.dict, uint64(len(list)))
	return w.list(list)
}

// list writes a list, chunk by chunk.
func (w *writer) list(b []byte) error {
	w.off += int64(len(b))
	for len(b) > 0 {
		n := min(len(b), chunkSize-len(w.chunk))
		w.chunk, b = append(w.chunk, b[:n]...), b[n:]
		if len(w.chunk) == chunkSize {
			if err := w.flushChunk(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) flushChunk() error {
	if len(w.chunk) == 0 {
		return nil
	}
	w.chunks = append(w.chunks, wire.Checksum(w.chunk))
	_, err := w.w.Write(w.chunk)
	w.chunk = w.chunk[:0]
	return err
}

// finish writes the rest and makes the file safe.
func (w *writer) finish(paras *paraList) error {
	if err := w.flushChunk(); err != nil {
		return err
	}
	place := int64(len(segmentMagic)) + w.off
	for i := range w.fields {
		if _, err := w.w.Write(w.fields[i].dict); err != nil {
			return err
		}
		place += int64(len(w.fields[i].dict))
	}
	meta := w.meta(paras)
	footer := binary.LittleEndian.AppendUint64(nil, uint64(place))
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(meta)))
	footer = binary.LittleEndian.AppendUint32(footer, wire.Checksum(meta))
	for _, b := range [][]byte{meta, footer, []byte(segmentMagic)} {
		if _, err := w.w.Write(b); err != nil {
			return err
		}
	}
	return errors.Join(w.w.Flush(), w.f.Sync())
}

func (w *writer) meta(paras *paraList) []byte {
	b := appendParas(nil, paras)
	b = binary.AppendUvarint(b, uint64(w.off))
	b = binary.AppendUvarint(b, uint64(len(w.chunks)))
	for _, sum := range w.chunks {
		b = binary.LittleEndian.AppendUint32(b, sum)
	}
	b = binary.AppendUvarint(b, uint64(len(w.fields)))
	for i := range w.fields {
		f := &w.fields[i]
		b = wire.AppendString(b, string(f.name))
		b = binary.AppendUvarint(b, uint64(len(f.dict)))
		b = binary.AppendUvarint(b, uint64(wire.Checksum(f.dict)))
		b = binary.AppendUvarint(b, uint64(f.terms))
		b = binary.AppendUvarint(b, uint64(len(f.blocks)))
		last := 0
		for _, at := range f.blocks {
			b = binary.AppendUvarint(b, uint64(at-last))
			last = at
		}
		for _, n := range f.lengths {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

// appendParas writes paragraphs as runs: the step from the end of the last one,
// and how many.
func appendParas(b []byte, p *paraList) []byte {
	type run struct{ first, n search.ParaNo }
	var runs []run
	for i := range p.n {
		no := p.at(uint32(i))
		if k := len(runs) - 1; k >= 0 && runs[k].first+runs[k].n == no {
			runs[k].n++
			continue
		}
		runs = append(runs, run{no, 1})
	}
	b = binary.AppendUvarint(b, uint64(len(runs)))
	next := search.ParaNo(0)
	for _, r := range runs {
		b = binary.AppendUvarint(b, uint64(r.first-next))
		b = binary.AppendUvarint(b, uint64(r.n))
		next = r.first + r.n
	}
	return b
}

// appendPosting appends a posting to a list; next is the paragraph after the
// last one of the list.
func appendPosting(list []byte, next, local, tf uint32) []byte {
	step := uint64(local-next) << 1
	if tf == 1 {
		return binary.AppendUvarint(list, step)
	}
	return binary.AppendUvarint(binary.AppendUvarint(list, step|1), uint64(tf))
}
