package works

import (
	"encoding/binary"
	"errors"
)

var errRecord = errors.New("works: broken print")

// AppendBinary appends the print to b, as UnmarshalBinary reads it.
func (p *Print) AppendBinary(b []byte) ([]byte, error) {
	b = binary.AppendUvarint(b, uint64(p.Words))
	b = binary.AppendUvarint(b, uint64(len(p.Lang)))
	b = append(b, p.Lang...)
	b = binary.AppendUvarint(b, uint64(len(p.Mins)))
	for _, v := range p.Mins {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	b = binary.AppendUvarint(b, uint64(len(p.Marks)))
	for _, m := range p.Marks {
		b = binary.LittleEndian.AppendUint16(b, m.Runes)
		b = binary.LittleEndian.AppendUint16(b, m.Label)
		b = binary.LittleEndian.AppendUint32(b, m.Numbers)
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary wrote. It keeps nothing of b.
func (p *Print) UnmarshalBinary(b []byte) error {
	const mark = 8 // bytes
	r := record{b: b}
	*p = Print{Words: r.count(maxWords), Lang: string(r.take(r.count(len(b))))}
	if n := r.count(permutations); n > 0 {
		p.Mins = make([]uint32, n)
		for i := range p.Mins {
			p.Mins[i] = r.uint32()
		}
	}
	if n := r.count(len(b) / mark); n > 0 {
		p.Marks = make([]Mark, n)
		for i := range p.Marks {
			low := r.uint32()
			p.Marks[i] = Mark{Runes: uint16(low), Label: uint16(low >> 16), Numbers: r.uint32()}
		}
	}
	if r.bad || len(r.b) > 0 {
		*p = Print{}
		return errRecord
	}
	return nil
}

// maxWords is more than a text may have.
const maxWords = 1 << 40

// record reads binary fields; after the first that is not there, only zeros.
type record struct {
	b   []byte
	bad bool
}

func (r *record) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *record) count(most int) int {
	n, size := binary.Uvarint(r.b)
	if r.bad || size <= 0 || n > uint64(most) {
		r.bad = true
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *record) uint32() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}
