package forward

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"sort"

	"github.com/klauspost/compress/zstd"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
)

// maxRecord limits the record of one paragraph, in bytes.
const maxRecord = 1 << 28

var (
	errBlock = errors.New("broken block")
	errSum   = errors.New("checksum does not match")
)

// blockRow is what the tables know of a block.
type blockRow struct {
	off   int64  // in its file
	first uint32 // paragraph number of the first record
	count uint32 // records
	size  uint32 // bytes in the file
	raw   uint32 // bytes before compression
	sum   uint32 // CRC-32C of the bytes in the file
}

// block is a block that has been read: the records of consecutive paragraphs.
type block struct {
	first uint32
	ends  []uint32 // of each record, in data
	data  []byte
}

// record returns the bytes of paragraph p, in place; nil if it is not in b.
func (b *block) record(p uint32) ([]byte, bool) {
	if b == nil || p < b.first || p-b.first >= uint32(len(b.ends)) {
		return nil, false
	}
	i := p - b.first
	start := uint32(0)
	if i > 0 {
		start = b.ends[i-1]
	}
	return b.data[start:b.ends[i]], true
}

// parseBlock splits the raw bytes of a block: the lengths of its records,
// then the records.
func parseBlock(row blockRow, raw []byte) (*block, error) {
	r := reader{wire.Reader{B: raw}}
	b := &block{first: row.first, ends: make([]uint32, row.count)}
	end := uint64(0)
	for i := range b.ends {
		end += uint64(r.U32())
		b.ends[i] = uint32(end)
		if end > uint64(len(raw)) {
			return nil, errBlock
		}
	}
	b.data = raw[r.Pos:]
	if r.Bad || end != uint64(len(b.data)) {
		return nil, errBlock
	}
	return b, nil
}

// blockBuilder collects records and cuts them into blocks.
type blockBuilder struct {
	limit int           // raw bytes that end a block
	zip   *zstd.Encoder // nil for blocks that are not compressed

	off   int64 // of out, in the file
	first uint32
	lens  []byte
	count uint32
	data  []byte
	out   []byte // finished blocks
	rows  []blockRow
}

// add adds the record of the next paragraph, which write appends to its argument.
func (b *blockBuilder) add(write func([]byte) []byte) error {
	start := len(b.data)
	b.data = write(b.data)
	n := len(b.data) - start
	if n > maxRecord {
		return fmt.Errorf("paragraph of %d bytes", n)
	}
	b.lens = binary.AppendUvarint(b.lens, uint64(n))
	b.count++
	if len(b.data) >= b.limit {
		b.flush()
	}
	return nil
}

// flush ends the block.
func (b *blockBuilder) flush() {
	if b.count == 0 {
		return
	}
	start := len(b.out)
	raw := append(b.lens, b.data...)
	if b.zip == nil {
		b.out = append(b.out, raw...)
	} else {
		b.out = b.zip.EncodeAll(raw, b.out)
	}
	stored := b.out[start:]
	b.rows = append(b.rows, blockRow{
		off:   b.off + int64(start),
		first: b.first,
		count: b.count,
		size:  uint32(len(stored)),
		raw:   uint32(len(raw)),
		sum:   wire.Checksum(stored),
	})
	b.first += b.count
	b.lens, b.data, b.count = raw[:0], b.data[:0], 0
}

// blockFile reads blocks, and keeps those that were read last.
type blockFile struct {
	f     *os.File
	unzip *zstd.Decoder // nil for blocks that are not compressed
	kept  *cache[int64, *block]
}

// record returns the record of paragraph p, in place. The block that it was
// found in is returned as well: it often has the next one.
func (f *blockFile) record(rows []blockRow, p uint32) ([]byte, *block, error) {
	i := sort.Search(len(rows), func(i int) bool { return rows[i].first > p }) - 1
	if i < 0 || p-rows[i].first >= rows[i].count {
		return nil, nil, &corpus.Error{Op: "forward.read", Kind: corpus.ErrNotFound, Err: fmt.Errorf("no paragraph %d", p)}
	}
	b, ok := f.kept.get(rows[i].off)
	if !ok {
		var err error
		if b, err = f.read(rows[i]); err != nil {
			return nil, nil, err
		}
		f.kept.put(rows[i].off, b, cap(b.data)+4*len(b.ends))
	}
	rec, _ := b.record(p)
	return rec, b, nil
}

// read reads and checks a block.
func (f *blockFile) read(row blockRow) (*block, error) {
	stored := make([]byte, row.size)
	if _, err := f.f.ReadAt(stored, row.off); err != nil {
		return nil, f.damaged(err)
	}
	if wire.Checksum(stored) != row.sum {
		return nil, f.damaged(errSum)
	}
	raw := stored
	if f.unzip != nil {
		var err error
		if raw, err = f.unzip.DecodeAll(stored, make([]byte, 0, row.raw)); err != nil {
			return nil, f.damaged(err)
		}
	}
	b, err := parseBlock(row, raw)
	if err != nil {
		return nil, f.damaged(err)
	}
	return b, nil
}

func (f *blockFile) damaged(err error) error {
	return &corpus.Error{Op: "forward.read", Subj: f.f.Name(), Kind: corpus.ErrDamaged, Err: err}
}
