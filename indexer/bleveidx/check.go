package bleveidx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The counter file tells the number of the last batch, and, once the index is
// closed, the checksum of root.bolt, which has none of its own: its seal. It is
// written in place: its bytes are within one sector.
const (
	counterName  = "batches"
	counterMagic = "dalelbx2"
	counterSize  = len(counterMagic) + 8 + 8 + 4
)

// sealed is set in a seal beside the 32 bits of the checksum.
const sealed = 1 << 32

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// counter is the open counter file.
type counter struct {
	path  string
	f     *os.File
	value uint64
}

func encodeBatchNo(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// set writes the number of a batch that has been stored. Only the first one,
// with which the index exists, need be safe: a number that is too low after a
// loss of power does no harm.
func (c *counter) set(n uint64) error {
	first := c.f == nil
	if err := c.write(n, 0); err != nil {
		return err
	}
	if first {
		return errors.Join(c.f.Sync(), syncDir(filepath.Dir(c.path)))
	}
	return nil
}

func (c *counter) write(n, seal uint64) error {
	if c.f == nil {
		f, err := os.OpenFile(c.path, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		c.f = f
	}
	b := append([]byte(counterMagic), encodeBatchNo(n)...)
	b = binary.BigEndian.AppendUint64(b, seal)
	b = binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	if _, err := c.f.WriteAt(b, 0); err != nil {
		return err
	}
	c.value = n
	return nil
}

// seal notes the checksum of root.bolt, which nobody has open.
func (c *counter) seal(bolt string) error {
	sum, err := fileSum(bolt)
	if err != nil {
		return err
	}
	return errors.Join(c.write(c.value, sealed|uint64(sum)), c.f.Sync())
}

// unseal takes the seal off, before root.bolt may change.
func (c *counter) unseal(n uint64) error { return errors.Join(c.write(n, 0), c.f.Sync()) }

func (c *counter) close() error {
	if c.f == nil {
		return nil
	}
	return c.f.Close()
}

// readCounter returns the number of the last batch, and the seal; 0 if there is none.
func readCounter(path string) (n, seal uint64, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, err
	}
	body := len(b) - 4
	if len(b) != counterSize || string(b[:len(counterMagic)]) != counterMagic ||
		binary.BigEndian.Uint32(b[body:]) != crc32.Checksum(b[:body], castagnoli) {
		return 0, 0, errors.New("the counter of batches is broken")
	}
	b = b[len(counterMagic):]
	return binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:]), nil
}

// checkSeal compares root.bolt with its seal. Without one the index was not
// closed, and what root.bolt says is tested against the segments and by the
// library, which knows the paragraphs.
func checkSeal(bolt string, seal uint64) error {
	if seal == 0 {
		return nil
	}
	sum, err := fileSum(bolt)
	if err == nil && sealed|uint64(sum) != seal {
		err = errors.New("root.bolt: checksum does not match")
	}
	return err
}

func fileSum(name string) (uint32, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	sum := crc32.New(castagnoli)
	_, err = io.Copy(sum, f)
	return sum.Sum32(), err
}

// check tests an index that has just been opened: that Bleve has come to the
// batch that was stored last, and that its segments are as they were written.
// It returns the number of the last batch.
func (x *Index) check(last uint64) (uint64, error) {
	v, err := x.view("bleveidx.open")
	if err != nil {
		return 0, err
	}
	defer v.release()
	key, err := v.snap.GetInternal(batchKey)
	if err != nil {
		return 0, err
	}
	if len(key) != 8 || binary.BigEndian.Uint64(key) < last {
		return 0, fmt.Errorf("batches before number %d are lost", last)
	}
	return binary.BigEndian.Uint64(key), v.check(func() error { return nil })
}

// check compares the segments with their checksums, until stop has an error.
func (v *view) check(stop func() error) error {
	for _, s := range v.segs {
		if err := stop(); err != nil {
			return err
		}
		if p, ok := s.snap.Segment().(segment.PersistedSegment); ok {
			if err := checkSegment(p.Path()); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkSegment compares a segment with the CRC-32 at its end.
func checkSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const foot = 4
	if info.Size() < foot {
		return fmt.Errorf("%s is cut off", filepath.Base(path))
	}
	sum := crc32.NewIEEE()
	buf := make([]byte, 1<<18)
	if _, err := io.CopyBuffer(sum, io.NewSectionReader(f, 0, info.Size()-foot), buf); err != nil {
		return err
	}
	var want [foot]byte
	if _, err := f.ReadAt(want[:], info.Size()-foot); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("%s: checksum does not match", filepath.Base(path))
	}
	return nil
}

// checkBolt tests that root.bolt is as long as it says. bbolt maps the file,
// and would be killed by a missing page. The layout of its two meta pages is
// that of bbolt 1.4: a page header of 16 bytes, then magic, version, page size
// and flags (4 bytes each), root bucket (16), free list, highest page,
// transaction and FNV-1a checksum (8 each).
func checkBolt(path string) error {
	const metaSize, header = 64, 16
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var need, newest uint64
	for _, off := range []int64{0, int64(os.Getpagesize())} {
		b := make([]byte, header+metaSize)
		if _, err := f.ReadAt(b, off); err != nil {
			return errors.New("root.bolt is cut off")
		}
		m := b[header:]
		sum := fnv.New64a()
		_, _ = sum.Write(m[:56]) // a hash never fails to write
		if sum.Sum64() != binary.NativeEndian.Uint64(m[56:]) {
			continue
		}
		if tx := binary.NativeEndian.Uint64(m[48:]); need == 0 || tx > newest {
			newest = tx
			need = binary.NativeEndian.Uint64(m[40:]) * uint64(binary.NativeEndian.Uint32(m[8:]))
		}
	}
	if need == 0 || uint64(info.Size()) < need {
		return fmt.Errorf("root.bolt has %d bytes, not %d", info.Size(), need)
	}
	return nil
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
