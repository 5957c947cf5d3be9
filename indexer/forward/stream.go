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
// recognised in it (mentions.go). A stream of no tokens takes no bytes; others are
//
//	sizes  of rare and of marks, as varints
//	forms  the number of each token's form, two bytes each; rareForm for one that does not fit
//	caps   a bit for each token, the low ones first: the original begins with a capital letter
//	rare   the numbers that do not fit, as varints
//	marks  of tokens that are more than the word after the last one in the same sentence:
//	       a varint of the step from the token marked before, times 32, plus flags; and then
//	       what the flags say
//
// Numbers of one width can be looked through for some forms without reading
// the rest, which is what phrases do thousands of times in one search.
const (
	rareForm = math.MaxUint16

	flagSamePos      = 1 << iota / 2 // at the position of the token before
	flagPos                          // a varint follows: the step of the position
	flagNextSentence                 // the first token of the next sentence
	flagSentence                     // a varint follows: the step of the sentence
	flagInitial                      // one capital letter with a full stop behind it
	flagBits         = iota - 1
)

var errStream = errors.New("broken token stream")

// streamWriter writes streams. It is used again for the next one.
type streamWriter struct{ forms, caps, rare, marks []byte }

// append appends the stream of tokens to dst. intern gives the number of a
// token's form; first says that it is the first word of its sentence.
func (w *streamWriter) append(dst []byte, tokens []lang.Token, intern func(t *lang.Token, first bool) uint32) []byte {
	if len(tokens) == 0 {
		return dst
	}
	w.forms, w.rare, w.marks = w.forms[:0], w.rare[:0], w.marks[:0]
	w.caps = append(w.caps[:0], make([]byte, (len(tokens)+7)/8)...)
	pos, sentence, begin, marked := -1, 0, 0, -1
	for i := range tokens {
		t := &tokens[i]
		if i == 0 || t.Sentence != sentence {
			begin = t.Pos
		}
		w.form(intern(t, t.Pos == begin))
		if t.Cap {
			w.caps[i/8] |= 1 << (i % 8)
		}
		if flags := tokenFlags(t, pos, sentence); flags != 0 {
			w.mark(i-marked, flags, t.Pos-pos, t.Sentence-sentence)
			marked = i
		}
		pos, sentence = t.Pos, t.Sentence
	}
	dst = binary.AppendUvarint(dst, uint64(len(w.rare)))
	dst = binary.AppendUvarint(dst, uint64(len(w.marks)))
	return append(append(append(append(dst, w.forms...), w.caps...), w.rare...), w.marks...)
}

func (w *streamWriter) form(id uint32) {
	if id >= rareForm {
		w.rare = binary.AppendUvarint(w.rare, uint64(id))
		id = rareForm
	}
	w.forms = binary.LittleEndian.AppendUint16(w.forms, uint16(id))
}

func (w *streamWriter) mark(step int, flags uint32, pos, sentence int) {
	w.marks = binary.AppendUvarint(w.marks, uint64(step)<<flagBits|uint64(flags))
	if flags&flagPos != 0 {
		w.marks = binary.AppendVarint(w.marks, int64(pos))
	}
	if flags&flagSentence != 0 {
		w.marks = binary.AppendVarint(w.marks, int64(sentence))
	}
}

func tokenFlags(t *lang.Token, pos, sentence int) uint32 {
	var flags uint32
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

// streamParts are the parts of a stream, and what follows it in the record.
type streamParts struct{ forms, caps, rare, marks, rest []byte }

// splitStream finds the parts of a stream of n tokens.
func splitStream(record []byte, n int) (p streamParts, err error) {
	if n == 0 {
		return streamParts{rest: record}, nil
	}
	rare, at := wire.Short(record, 0)
	marks, at := wire.Short(record, at)
	need := uint64(2*n+(n+7)/8) + uint64(rare) + uint64(marks)
	if at < 2 || n > len(record) || need > uint64(len(record)-at) {
		return p, errStream
	}
	b := record[at:]
	p.forms, b = b[:2*n], b[2*n:]
	p.caps, b = b[:(n+7)/8], b[(n+7)/8:]
	p.rare, b = b[:rare], b[rare:]
	p.marks, p.rest = b[:marks], b[marks:]
	return p, nil
}

// decodeStream appends those of the n tokens of a stream that only has to dst,
// all if it is nil, until those it has are enough. All forms must be below forms,
// the size of the vocabulary.
func decodeStream(dst []search.Token, record []byte, n, forms int, only search.FormProbe, enough func([]search.Token) bool) ([]search.Token, error) {
	parts, err := splitStream(record, n)
	if err != nil {
		return dst, err
	}
	if only == nil {
		dst = slices.Grow(dst, n)
	}
	m, rare := newMarks(parts.marks), 0
	for i, list := 0, parts.forms; len(list) >= 2; i, list = i+1, list[2:] {
		id := uint32(binary.LittleEndian.Uint16(list))
		if only != nil && id != rareForm && !only.Has(id) {
			continue
		}
		if id == rareForm {
			if id, rare = wire.Short(parts.rare, rare); rare == 0 {
				return dst, errStream
			}
			if only != nil && !only.Has(id) {
				continue
			}
		}
		flags, ok := m.at(i)
		if !ok || int(id) >= forms {
			return dst, errStream
		}
		t := m.token(i, id)
		t.Cap, t.Initial = parts.caps[i/8]>>(i%8)&1 == 1, flags&flagInitial != 0
		if dst = append(dst, t); enough != nil && enough(dst) {
			break
		}
	}
	return dst, nil
}

// marks says where the tokens of a stream stand, in their order.
type marks struct {
	list     []byte
	pos      int    // in list; 0 before anything is read, and after what is broken
	next     int    // the token that is marked next
	flags    uint32 // of that token
	shift    int64  // of the position, from the number of the token
	sentence int64
}

func newMarks(list []byte) marks {
	m := marks{list: list, next: math.MaxInt}
	if len(list) > 0 {
		m.next = -1
		m.read()
	}
	return m
}

// read reads which token is marked next; false if that is broken.
func (m *marks) read() bool {
	if m.pos == len(m.list) {
		m.next = math.MaxInt
		return true
	}
	v, pos := wire.Short(m.list, m.pos)
	if v>>flagBits == 0 {
		pos = 0
	}
	m.next, m.flags, m.pos = m.next+int(v>>flagBits), v&(1<<flagBits-1), pos
	return pos > 0
}

// at goes on to token i, and returns its flags; ok is false if the marks are
// broken.
func (m *marks) at(i int) (flags uint32, ok bool) {
	for m.next <= i {
		at := m.next
		flags = m.flags
		if !m.take(flags) || !m.read() {
			return 0, false
		}
		if at == i {
			return flags, true
		}
	}
	return 0, true
}

// take takes in what a mark says of the position and the sentence; false if that
// is broken.
func (m *marks) take(flags uint32) bool {
	switch {
	case flags&flagPos != 0:
		m.shift += m.step() - 1
	case flags&flagSamePos != 0:
		m.shift--
	}
	switch {
	case flags&flagSentence != 0:
		m.sentence += m.step()
	case flags&flagNextSentence != 0:
		m.sentence++
	}
	return m.pos > 0
}

// step reads a number that may be negative, as binary.AppendVarint writes it.
func (m *marks) step() int64 {
	v, n := binary.Varint(m.list[m.pos:])
	if n <= 0 || m.pos == 0 {
		m.pos = 0
		return 0
	}
	m.pos += n
	return v
}

// token is token i, which at has come to, but for what is noted of its letters.
func (m *marks) token(i int, form uint32) search.Token {
	return search.Token{
		Exact: form, Pos: uint32(min(max(0, int64(i)+m.shift), math.MaxUint32)), Sentence: uint16(min(max(0, m.sentence), math.MaxUint16)),
	}
}
