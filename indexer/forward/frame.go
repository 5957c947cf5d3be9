package forward

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"dalel/indexer/internal/wire"
)

// frameHead is the length and the checksum before a payload, in bytes.
const frameHead = 8

// maxFrame limits a payload, so that a broken length cannot exhaust memory.
const maxFrame = 1 << 30

// frameKind is the first byte of a payload.
type frameKind byte

const (
	frameAppend frameKind = 1 + iota
	frameFacts
	frameRemove
)

// newFrame begins a frame; endFrame fills in its head.
func newFrame(kind frameKind) []byte {
	return append(make([]byte, frameHead, 1<<10), byte(kind))
}

func endFrame(frame []byte) error {
	payload := frame[frameHead:]
	if len(payload) > maxFrame {
		return fmt.Errorf("a change of %d bytes is too big", len(payload))
	}
	binary.LittleEndian.PutUint32(frame, uint32(len(payload)))
	binary.LittleEndian.PutUint32(frame[4:], wire.Checksum(payload))
	return nil
}

// readFrames calls apply for every payload of the tables up to size, with the
// payload's place in the file. apply does not keep the payload.
func readFrames(f *os.File, size int64, apply func(payload []byte, off int64) error) error {
	const readAhead = 1 << 20
	r := bufio.NewReaderSize(io.NewSectionReader(f, magicSize, size-magicSize), readAhead)
	var buf []byte
	for off := int64(magicSize); off < size; {
		var head [frameHead]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return err
		}
		n := int64(binary.LittleEndian.Uint32(head[:]))
		if n == 0 || n > maxFrame || off+frameHead+n > size {
			return errors.New("impossible length of a frame")
		}
		if int64(cap(buf)) < n {
			buf = make([]byte, n)
		}
		buf = buf[:n]
		if _, err := io.ReadFull(r, buf); err != nil {
			return err
		}
		if wire.Checksum(buf) != binary.LittleEndian.Uint32(head[4:]) {
			return errSum
		}
		if err := apply(buf, off+frameHead); err != nil {
			return err
		}
		off += frameHead + n
	}
	return nil
}
