package postings

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
)

// Whatever a manifest says, it is refused, or it says the same when it is
// written again.
func FuzzManifest(f *testing.F) {
	f.Add((&manifest{next: 1}).encode())
	f.Add((&manifest{next: 9, entries: []entry{{no: 2, size: 300, sum: 7, dead: []uint32{0, 3, 4}}, {no: 8, size: 1, sum: 1}}}).encode())
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= 4 { // past the checksum, to what it protects
			b = slices.Clone(b)
			binary.LittleEndian.PutUint32(b[len(b)-4:], wire.Checksum(b[:len(b)-4]))
		}
		m, err := decodeManifest(b)
		if err != nil {
			return
		}
		again, err := decodeManifest(m.encode())
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%+v is read as %+v, %v", m, again, err)
		}
	})
}

// Whatever bytes stand for a list, it is refused, or its paragraphs ascend, are
// of the segment, and come out the same when they are written again.
func FuzzList(f *testing.F) {
	f.Add([]byte{0, 1, 2, 6}, uint32(3), 40)
	f.Add([]byte{0x80, 0x80, 0x01}, uint32(1), 1<<20)
	f.Fuzz(func(t *testing.T, b []byte, df uint32, paras int) {
		if paras < 0 || paras > 1<<20 {
			return
		}
		s := &segment{f: os.Stdin, paras: paraList{n: paras}}
		got, err := s.decode(nil, b, df, nil)
		if err != nil {
			if !errors.Is(err, corpus.ErrDamaged) {
				t.Errorf("%v, want corpus.ErrDamaged", err)
			}
			return
		}
		var list []byte
		next := uint32(0)
		for _, p := range got {
			if p.local < next || int(p.local) >= paras {
				t.Fatalf("paragraph %d after %d, of %d", p.local, next, paras)
			}
			list = appendPosting(list, next, p.local, p.tf)
			next = p.local + 1
		}
		again, err := s.decode(nil, list, uint32(len(got)), nil)
		if err != nil || !slices.Equal(again, got) || uint32(len(got)) != df {
			t.Errorf("%v (df %d) is read as %v, %v", got, df, again, err)
		}
	})
}

// Whatever stands in a segment whose checksum of meta is right, opening it and
// reading all of it ends, with an error or without, and within its size.
func FuzzSegment(f *testing.F) {
	x := create(f)
	put(f, x, specimens(0, 12)...)
	seed := files(f, x.dir)[segmentName(1)]
	path := filepath.Join(tempDir(f), "seg")
	f.Add(seed, 20, []byte{0xff, 0xff, 3})
	f.Add(seed, len(seed)-footerSize-4, []byte{9})
	f.Fuzz(func(t *testing.T, b []byte, at int, with []byte) {
		b = slices.Clone(b)
		if at >= 0 && at < len(b) {
			copy(b[at:], with)
		}
		mendMeta(b)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := openSegment(path, 1)
		if err == nil {
			err = s.check(t.Context())
			for _, fl := range s.fields {
				if len(fl.lengths) > len(b) || len(fl.dict) > len(b) {
					t.Errorf("%d lengths and %d bytes of dictionary in %d bytes", len(fl.lengths), len(fl.dict), len(b))
				}
			}
			_ = s.f.Close()
		}
		if err != nil && !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("%v, want corpus.ErrDamaged", err)
		}
	})
}

// mendMeta makes the checksum of meta right, where the footer says that there
// is any, so that what it protects is reached.
func mendMeta(b []byte) {
	if len(b) < len(segmentMagic)+footerSize {
		return
	}
	footer := b[len(b)-footerSize:]
	off, size := binary.LittleEndian.Uint64(footer), uint64(binary.LittleEndian.Uint32(footer[8:]))
	if off < uint64(len(b)) && off+size == uint64(len(b)-footerSize) {
		binary.LittleEndian.PutUint32(footer[12:], wire.Checksum(b[off:off+size]))
	}
}
