package indexer

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"dalel/corpus"
	"dalel/corpus/works"
)

// printsFile keeps the prints of texts, by which versions are found, beside the
// index made of the same texts. It spares reading all texts before the first
// change of a library; whatever it lacks is made again.
//
// A record is the length of its payload and its CRC-32C, both uint32 little
// endian, then the payload: the ID of the document and the hash of its text,
// each with its length before it, and the print. Later records of a document
// replace earlier ones. What follows a broken record is not read.
const printsFile = "prints"

const printHead = 8 // bytes before the payload

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// printed is the print of a text, and whose it is.
type printed struct {
	id    corpus.ID
	hash  string // of the text
	print *works.Print
}

// appendPrint appends the record of a document.
func appendPrint(b []byte, p printed) ([]byte, error) {
	at := len(b)
	b = append(b, make([]byte, printHead)...)
	for _, s := range []string{string(p.id), p.hash} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b, err := p.print.AppendBinary(b)
	if err != nil {
		return nil, err
	}
	payload := b[at+printHead:]
	binary.LittleEndian.PutUint32(b[at:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(b[at+4:], crc32.Checksum(payload, castagnoli))
	return b, nil
}

// readPrints reads the records of a generation. It returns how many bytes of
// the file are whole records too.
func readPrints(dir string) (map[corpus.ID]printed, int64, error) {
	b, err := os.ReadFile(filepath.Join(dir, printsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	out := map[corpus.ID]printed{}
	read := int64(0)
	for len(b) >= printHead {
		size, sum := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
		if uint64(size) > uint64(len(b)-printHead) {
			break
		}
		payload := b[printHead : printHead+int(size)]
		p, ok := decodePrint(payload)
		if !ok || crc32.Checksum(payload, castagnoli) != sum {
			break
		}
		out[p.id] = p
		b = b[printHead+int(size):]
		read += printHead + int64(size)
	}
	return out, read, nil
}

func decodePrint(b []byte) (p printed, ok bool) {
	var parts [2]string
	for i := range parts {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return p, false
		}
		parts[i] = string(b[size : size+int(n)])
		b = b[size+int(n):]
	}
	p = printed{corpus.ID(parts[0]), parts[1], new(works.Print)}
	return p, p.print.UnmarshalBinary(b) == nil
}

// printsOf returns the prints of a batch.
func printsOf(batch []*analyzed) []printed {
	out := make([]printed, len(batch))
	for i, a := range batch {
		out[i] = printed{a.doc.ID, a.doc.TextHash, a.print}
	}
	return out
}

// keepPrints adds prints to the file of a generation. It is not synced: a print
// that a crash takes is made again.
func keepPrints(dir string, prints []printed) error {
	if len(prints) == 0 {
		return nil
	}
	var b []byte
	for _, p := range prints {
		var err error
		if b, err = appendPrint(b, p); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(filepath.Join(dir, printsFile), os.O_WRONLY|os.O_CREATE, fileMode)
	if err != nil {
		return err
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		if _, err = f.Write(b); err != nil {
			err = errors.Join(err, f.Truncate(end)) // half a record would hide later ones
		}
	}
	return errors.Join(err, f.Close())
}
