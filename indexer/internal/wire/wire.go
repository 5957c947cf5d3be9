// Package wire reads and writes the numbers and strings of the files of an
// index, and the checksums over them.
package wire

import (
	"encoding/binary"
	"hash/crc32"
)

// castagnoli is the polynomial of CRC-32C, which processors compute.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Checksum is the CRC-32C of b.
func Checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// AppendString appends a string after its length.
func AppendString(dst []byte, s string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(s)))
	return append(dst, s...)
}

// AppendStrings appends strings after their number.
func AppendStrings(dst []byte, list []string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	for _, s := range list {
		dst = AppendString(dst, s)
	}
	return dst
}

// Reader takes values off B. After the first one that does not fit, Bad is set
// and everything is zero.
type Reader struct {
	B   []byte
	Pos int
	Bad bool
}

// Uvarint reads a number.
func (r *Reader) Uvarint() uint64 {
	// Most numbers are small: this path is the speed of Open.
	if r.Pos < len(r.B) && r.B[r.Pos] < 0x80 {
		r.Pos++
		return uint64(r.B[r.Pos-1])
	}
	v, n := binary.Uvarint(r.B[r.Pos:])
	if n <= 0 {
		r.Fail()
		return 0
	}
	r.Pos += n
	return v
}

// Short decodes the number that begins at b[at], and says where the next one
// begins. It is for loops over long lists: a number of at most 28 bits costs no
// call. next is 0 if the number does not fit 32 bits, or b ends.
func Short(b []byte, at int) (v uint32, next int) {
	if at+4 <= len(b) {
		v = uint32(b[at])
		if v < 0x80 {
			return v, at + 1
		}
		v = v&0x7f | uint32(b[at+1])<<7
		if b[at+1] < 0x80 {
			return v, at + 2
		}
		v = v&0x3fff | uint32(b[at+2])<<14
		if b[at+2] < 0x80 {
			return v, at + 3
		}
		v = v&0x1fffff | uint32(b[at+3])<<21
		if b[at+3] < 0x80 {
			return v, at + 4
		}
	}
	return long(b, at)
}

func long(b []byte, at int) (v uint32, next int) {
	if at > len(b) {
		return 0, 0
	}
	w, n := binary.Uvarint(b[at:])
	if n <= 0 || w > 1<<32-1 {
		return 0, 0
	}
	return uint32(w), at + n
}

// U32 reads a number that must fit 32 bits.
func (r *Reader) U32() uint32 {
	v := r.Uvarint()
	if v > 1<<32-1 {
		r.Fail()
		return 0
	}
	return uint32(v)
}

// Fixed32 reads a number of four bytes.
func (r *Reader) Fixed32() uint32 {
	b := r.Bytes(4)
	if r.Bad {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

// I32 reads a number that must fit 31 bits.
func (r *Reader) I32() int32 {
	v := r.Uvarint()
	if v > 1<<31-1 {
		r.Fail()
		return 0
	}
	return int32(v)
}

// Count reads the number of things that follow, each at least one byte long.
func (r *Reader) Count() int {
	v := r.Uvarint()
	if v > uint64(len(r.B)-r.Pos) {
		r.Fail()
		return 0
	}
	return int(v)
}

// Varint reads a number that may be negative.
func (r *Reader) Varint() int64 {
	v, n := binary.Varint(r.B[r.Pos:])
	if n <= 0 {
		r.Fail()
		return 0
	}
	r.Pos += n
	return v
}

// Byte reads a byte.
func (r *Reader) Byte() byte {
	if r.Pos >= len(r.B) {
		r.Fail()
		return 0
	}
	r.Pos++
	return r.B[r.Pos-1]
}

// Bytes returns the next n bytes, in place.
func (r *Reader) Bytes(n int) []byte {
	if n < 0 || n > len(r.B)-r.Pos {
		r.Fail()
		return nil
	}
	r.Pos += n
	return r.B[r.Pos-n : r.Pos]
}

// String reads a string after its length.
func (r *Reader) String() string { return string(r.Bytes(r.Count())) }

// Strings reads strings after their number.
func (r *Reader) Strings() []string {
	n := r.Count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.String()
	}
	return list
}

// Fail marks what is read as broken.
func (r *Reader) Fail() {
	r.Bad = true
	r.Pos = len(r.B)
}
