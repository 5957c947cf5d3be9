package forward

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"dalel/corpus/lang"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

// The record of a paragraph in the tokens file is its stream, and then what was
// recognised in it (mentions.go). A stream is a sequence of tokens. A token is the varint of its form's number
// times two, plus one if a byte of flags follows: most tokens are the lower
// case word after the last one in the same sentence, and need none.
const (
	flagCap          = 1 << iota // the original begins with a capital letter
	flagSamePos                  // at the position of the token before
	flagPos                      // a varint follows: the step of the position
	flagNextSentence             // the first token of the next sentence
	flagSentence                 // a varint follows: the step of the sentence
	flagInitial                  // one capital letter with a full stop behind it
	flagsKnown       = 1<<iota - 1
)

var errStream = errors.New("broken token stream")

// appendStream appends the stream of tokens to dst. intern gives the number of
// a token's form; first says that it is the first word of its sentence.
func appendStream(dst []byte, tokens []lang.Token, intern func(t *lang.Token, first bool) uint32) []byte {
	pos, sentence, begin := -1, 0, 0
	for i := range tokens {
		t := &tokens[i]
		if i == 0 || t.Sentence != sentence {
			begin = t.Pos
		}
		id := uint64(intern(t, t.Pos == begin)) << 1
		flags := tokenFlags(t, pos, sentence)
		if flags == 0 {
			dst = binary.AppendUvarint(dst, id)
		} else {
			dst = append(binary.AppendUvarint(dst, id|1), flags)
		}
		if flags&flagPos != 0 {
			dst = binary.AppendVarint(dst, int64(t.Pos-pos))
		}
		if flags&flagSentence != 0 {
			dst = binary.AppendVarint(dst, int64(t.Sentence-sentence))
		}
		pos, sentence = t.Pos, t.Sentence
	}
	return dst
}

func tokenFlags(t *lang.Token, pos, sentence int) byte {
	var flags byte
	if t.Cap {
		flags |= flagCap
	}
	if t.Initial {
		flags |= flagInitial
	}
	switch t.Pos - pos {
	case 1:
	case 0:
		flags |= flagSamePos
	default:
		flags |= flagPos
	}
	switch t.Sentence - sentence {
	case 0:
	case 1:
		flags |= flagNextSentence
	default:
		flags |= flagSentence
	}
	return flags
}

// decodeStream appends those of the n tokens of a stream that only has to dst,
// all if it is nil, and returns what follows the stream in the record. All forms
// must be below forms, the size of the vocabulary.
func decodeStream(dst []search.Token, record []byte, n, forms int, only search.FormProbe) (tokens []search.Token, rest []byte, err error) {
	if n > len(record) { // a token has at least a byte
		return dst, nil, errStream
	}
	if only == nil {
		dst = slices.Grow(dst, n)
	}
	at := 0
	pos, sentence := int64(-1), int64(0)
	for range n {
		var v uint32
		if at+1 < len(record) && record[at+1] < 0x80 && record[at] >= 0x80 { // most numbers have two bytes
			v, at = uint32(record[at])&0x7f|uint32(record[at+1])<<7, at+2
		} else if v, at = wire.Short(record, at); at == 0 {
			return dst, nil, errStream
		}
		if int(v>>1) >= forms {
			return dst, nil, errStream
		}
		var flags byte
		if v&1 == 0 {
			pos++
			if only != nil && !only.Has(v>>1) {
				continue
			}
		} else {
			r := reader{wire.Reader{B: record, Pos: at}}
			flags = r.Byte()
			pos, sentence = r.steps(flags, pos, sentence)
			if r.Bad || flags > flagsKnown {
				return dst, nil, errStream
			}
			at = r.Pos
		}
		if only == nil || only.Has(v>>1) {
			dst = append(dst, search.Token{
				Exact: v >> 1, Pos: uint32(min(max(0, pos), math.MaxUint32)), Sentence: uint16(min(max(0, sentence), math.MaxUint16)),
				Cap: flags&flagCap != 0, Initial: flags&flagInitial != 0,
			})
		}
	}
	return dst, record[at:], nil
}

// steps returns the position and the sentence of a token with flags.
func (r *reader) steps(flags byte, pos, sentence int64) (newPos, newSentence int64) {
	switch {
	case flags&flagPos != 0:
		pos += r.Varint()
	case flags&flagSamePos == 0:
		pos++
	}
	switch {
	case flags&flagSentence != 0:
		sentence += r.Varint()
	case flags&flagNextSentence != 0:
		sentence++
	}
	return pos, sentence
}
