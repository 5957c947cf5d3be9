package postings

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
)

const (
	manifestName  = "manifest"
	manifestMagic = "dalelpm1"
)

// entry is what the manifest says of a segment.
type entry struct {
	no   uint32
	size uint64
	sum  uint32
	dead []uint32 // paragraphs of the segment that are gone, ascending
}

// manifest names the segments in use.
type manifest struct {
	next    uint32 // number of the next segment
	entries []entry
}

func (m *manifest) encode() []byte {
	b := []byte(manifestMagic)
	b = binary.AppendUvarint(b, uint64(m.next))
	b = binary.AppendUvarint(b, uint64(len(m.entries)))
	for i := range m.entries {
		e := &m.entries[i]
		b = binary.AppendUvarint(b, uint64(e.no))
		b = binary.AppendUvarint(b, e.size)
		b = binary.LittleEndian.AppendUint32(b, e.sum)
		b = binary.AppendUvarint(b, uint64(len(e.dead)))
		next := uint32(0)
		for _, d := range e.dead {
			b = binary.AppendUvarint(b, uint64(d-next))
			next = d + 1
		}
	}
	return binary.LittleEndian.AppendUint32(b, wire.Checksum(b))
}

var errManifest = errors.New("broken manifest")

func decodeManifest(b []byte) (*manifest, error) {
	n := len(b) - 4
	if n < len(manifestMagic) || string(b[:len(manifestMagic)]) != manifestMagic {
		return nil, errManifest
	}
	if wire.Checksum(b[:n]) != binary.LittleEndian.Uint32(b[n:]) {
		return nil, errSum
	}
	r := &wire.Reader{B: b[:n], Pos: len(manifestMagic)}
	m := &manifest{next: r.U32()}
	for range r.Count() {
		e := entry{no: r.U32(), size: r.Uvarint(), sum: r.Fixed32()}
		next := uint32(0)
		for range r.Count() {
			next += r.U32()
			e.dead = append(e.dead, next)
			next++
		}
		m.entries = append(m.entries, e)
	}
	if r.Bad || r.Pos != n {
		return nil, errManifest
	}
	return m, nil
}

// writeManifest replaces the manifest of dir: the commit of a change.
func writeManifest(dir string, m *manifest) error {
	name := filepath.Join(dir, manifestName)
	temp := name + ".new"
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(m.encode())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	if err := os.Rename(temp, name); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes the names in dir safe. Windows has no such call and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// readManifest reads the manifest of dir. It is ErrNotFound where there is no
// folder, ErrDamaged where there is one without a manifest that can be read.
func readManifest(dir string) (*manifest, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, &corpus.Error{Op: "postings.open", Subj: dir, Kind: corpus.ErrNotFound, Err: err}
	}
	name := filepath.Join(dir, manifestName)
	b, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &corpus.Error{Op: "postings.open", Subj: name, Kind: corpus.ErrUnavailable, Err: err}
	}
	var m *manifest
	if err == nil {
		m, err = decodeManifest(b)
	}
	if err != nil {
		return nil, damaged(name, err)
	}
	return m, nil
}
