package forward

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
)

// The files of a store, and what they begin with.
const (
	tablesName = "tables"
	tokensName = "tokens"
	textsName  = "texts"
	stateName  = "state"

	tablesMagic = "dalelft3"
	tokensMagic = "dalelfo2"
	textsMagic  = "dalelfx1"
	stateMagic  = "dalelfs1"
	magicSize   = 8
)

// state says how much of the data files counts.
type state struct {
	seq                   uint64
	tables, tokens, texts int64 // bytes
}

// stateSize is the length of the state file: magic, four numbers, checksum.
const stateSize = magicSize + 4*8 + 4

func (s state) encode() []byte {
	b := append(make([]byte, 0, stateSize), stateMagic...)
	for _, v := range []uint64{s.seq, uint64(s.tables), uint64(s.tokens), uint64(s.texts)} {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return binary.LittleEndian.AppendUint32(b, wire.Checksum(b))
}

func decodeState(b []byte) (state, error) {
	if len(b) != stateSize || string(b[:magicSize]) != stateMagic {
		return state{}, errors.New("not a state file of this version")
	}
	body, sum := b[:stateSize-4], b[stateSize-4:]
	if wire.Checksum(body) != binary.LittleEndian.Uint32(sum) {
		return state{}, errSum
	}
	var v [4]uint64
	for i := range v {
		v[i] = binary.LittleEndian.Uint64(b[magicSize+8*i:])
	}
	s := state{v[0], int64(v[1]), int64(v[2]), int64(v[3])}
	if s.tables < magicSize || s.tokens < magicSize || s.texts < magicSize {
		return state{}, errors.New("impossible lengths")
	}
	return s, nil
}

// writeState replaces the state file of dir.
func writeState(dir string, s state) error {
	tmp := filepath.Join(dir, stateName+".new")
	if err := writeSynced(tmp, s.encode()); err != nil {
		return err
	}
	if err := os.Rename(tmp, filepath.Join(dir, stateName)); err != nil {
		return err
	}
	return syncDir(dir)
}

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
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

// readState reads the state file of dir. A folder without one is a store
// whose creation did not end.
func readState(dir string) (state, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return state{}, &corpus.Error{Op: "forward.open", Subj: dir, Kind: corpus.ErrNotFound, Err: err}
	}
	name := filepath.Join(dir, stateName)
	b, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return state{}, damaged(dir, errors.New("no state file"))
	case err != nil:
		return state{}, &corpus.Error{Op: "forward.open", Subj: name, Kind: corpus.ErrUnavailable, Err: err}
	}
	s, err := decodeState(b)
	if err != nil {
		return state{}, damaged(name, err)
	}
	return s, nil
}

// openData opens a data file and cuts off what is behind size, if it may.
func openData(dir, name, magic string, size int64, readOnly bool) (*os.File, error) {
	path, flag := filepath.Join(dir, name), os.O_RDWR
	if readOnly {
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(path, flag, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, damaged(path, err)
	}
	if err != nil {
		return nil, &corpus.Error{Op: "forward.open", Subj: path, Kind: corpus.ErrUnavailable, Err: err}
	}
	if err := trim(f, magic, size, readOnly); err != nil {
		return nil, errors.Join(damaged(path, err), f.Close())
	}
	return f, nil
}

func trim(f *os.File, magic string, size int64, readOnly bool) error {
	head := make([]byte, magicSize)
	if _, err := f.ReadAt(head, 0); err != nil {
		return err
	}
	if string(head) != magic {
		return errors.New("not a file of this version")
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < size {
		return fmt.Errorf("%d bytes, want %d", info.Size(), size)
	}
	if info.Size() > size && !readOnly {
		return f.Truncate(size)
	}
	return nil
}

func damaged(subj string, err error) error {
	return &corpus.Error{Op: "forward.open", Subj: subj, Kind: corpus.ErrDamaged, Err: err}
}
