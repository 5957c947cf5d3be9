package forward

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

var errFrame = errors.New("broken change")

// paraRow is what is held in memory of a paragraph: 20 bytes.
type paraRow struct {
	doc                        uint32
	ord, scope                 int32
	tokens                     uint32
	role, section, voice, lang uint8 // numbers of words
}

// speechRow is section and voice once more: they are counted for every passage of an
// answer, and two bytes of each paragraph stay in the processor's cache.
type speechRow struct{ section, voice uint8 }

// docRow is what is held in memory of a document.
type docRow struct {
	id, text         digest
	first, end       uint32 // paragraph numbers
	work             uint32
	from, to         int32 // days, yyyymmdd
	unread, doubtful int32 // pages
	json             jsonRef
	gone             bool
}

// column is one fact of all documents.
type column struct {
	values []string
	ords   map[string]uint32
	single [][]uint32 // by ordinal: the slice of documents that have this value alone
	of     [][]uint32 // by document
}

// tables is the content of the tables file, in memory. Slices that a snapshot
// may hold are only appended to; rows that change are copied first (own).
type tables struct {
	unzip         *zstd.Decoder
	vocab         *vocab
	docs          []docRow
	paras         []paraRow
	speech        []speechRow // by paragraph
	texts, tokens []blockRow
	uses          []search.FormUses // by form
	ids           []string          // of mentions, by number
	idNumbers     map[string]uint32
	words         []string // roles, sections, voices and languages, by number
	works         map[string]uint32
	byID          map[digest]uint32 // documents that are not gone
	columns       [len(factKeys) + len(foundKeys)]column

	unread, doubtful int    // pages of documents that are not gone
	tokenSum         uint64 // tokens of documents that are not gone
	streams          int    // paragraphs of them that have any

	shared bool // a snapshot holds docs, columns and uses
}

func newTables(unzip *zstd.Decoder) *tables {
	t := &tables{unzip: unzip, vocab: newVocab(), works: map[string]uint32{}, byID: map[digest]uint32{}, idNumbers: map[string]uint32{}}
	for i := range t.columns {
		t.columns[i].ords = map[string]uint32{}
	}
	return t
}

// apply makes the change that a payload tells of. The payload stands at off
// in the tables file.
func (t *tables) apply(payload []byte, off int64) error {
	r := &reader{wire.Reader{B: payload}}
	switch kind := frameKind(r.Byte()); kind {
	case frameAppend:
		t.applyAppend(r, off)
	case frameFacts:
		d := r.U32()
		row := r.facts(off)
		if r.Bad || d >= uint32(len(t.docs)) {
			return errFrame
		}
		t.own()
		t.setFacts(d, &row)
	case frameRemove:
		for range r.Count() {
			t.remove(r.U32())
		}
	default:
		return fmt.Errorf("unknown change %d", kind)
	}
	if r.Bad || r.Pos != len(payload) {
		return errFrame
	}
	return nil
}

func (t *tables) applyAppend(r *reader, off int64) {
	t.own()
	t.words = append(t.words, r.Strings()...)
	t.applyIDs(r.Strings())
	t.applyForms(r)
	t.applyUses(r)
	t.applyStems(r)
	paras := len(t.paras)
	t.texts = r.blockRows(t.texts, paras)
	t.tokens = r.blockRows(t.tokens, paras)
	for range r.Count() {
		t.addDoc(r, off)
		if r.Bad {
			return
		}
	}
	if rowsEnd(t.texts) != len(t.paras) || rowsEnd(t.tokens) != len(t.paras) {
		r.Fail()
	}
}

// applyForms reads new forms. They share one piece of memory, for there may be
// hundreds of thousands.
func (t *tables) applyForms(r *reader) {
	n := r.Uvarint()
	raw, err := t.unzip.DecodeAll(r.Bytes(r.Count()), nil)
	if err != nil || n > uint64(len(raw)) {
		r.Fail()
		return
	}
	all, backing := &reader{wire.Reader{B: raw}}, string(raw)
	list := make([]string, 0, n)
	for range n {
		k := all.Count()
		all.Bytes(k)
		list = append(list, backing[all.Pos-k:all.Pos])
	}
	if all.Bad || all.Pos != len(raw) {
		r.Fail()
		return
	}
	t.vocab.add(list)
}

func (t *tables) applyIDs(ids []string) {
	for _, id := range ids {
		t.idNumbers[id] = uint32(len(t.ids))
		t.ids = append(t.ids, id)
	}
}

// rowsEnd returns the number after the last paragraph of rows.
func rowsEnd(rows []blockRow) int {
	if len(rows) == 0 {
		return 0
	}
	last := rows[len(rows)-1]
	return int(last.first) + int(last.count)
}

// fileEnd returns the length of a file with these blocks.
func fileEnd(rows []blockRow) int64 {
	if len(rows) == 0 {
		return magicSize
	}
	last := rows[len(rows)-1]
	return last.off + int64(last.size)
}

// blockRows reads the rows of new blocks, which begin with paragraph first,
// and appends them to rows.
func (r *reader) blockRows(rows []blockRow, first int) []blockRow {
	off, para := fileEnd(rows), uint32(first)
	for range r.Count() {
		row := blockRow{off: off, first: para, count: r.U32(), size: r.U32(), raw: r.U32(), sum: r.U32()}
		if r.Bad || row.count == 0 || row.count > row.raw || row.raw > math.MaxInt32 {
			r.Fail()
			return rows
		}
		rows = append(rows, row)
		off += int64(row.size)
		para += row.count
	}
	return rows
}

// addDoc reads a document and its paragraphs.
func (t *tables) addDoc(r *reader, off int64) {
	row := docRow{first: uint32(len(t.paras))}
	copy(row.id[:], r.Bytes(len(row.id)))
	copy(row.text[:], r.Bytes(len(row.text)))
	row.unread, row.doubtful = r.I32(), r.I32()
	facts := r.facts(off)
	var found [len(foundKeys)][]string
	for i := range found {
		found[i] = r.Strings()
	}
	d := uint32(len(t.docs))
	ord := int32(0)
	for range r.Count() {
		ord += int32(r.Varint()) + 1
		p := paraRow{
			doc: d, ord: ord, scope: ord - int32(r.Varint()), tokens: r.U32(),
			role: t.word(r), section: t.word(r), voice: t.word(r), lang: t.word(r),
		}
		t.paras, t.speech = append(t.paras, p), append(t.speech, speechRow{p.section, p.voice})
	}
	if r.Bad {
		return
	}
	row.end = uint32(len(t.paras))
	if old, ok := t.byID[row.id]; ok {
		t.remove(old)
	}
	t.docs = append(t.docs, row)
	for i := range t.columns {
		t.columns[i].of = append(t.columns[i].of, nil)
	}
	t.byID[row.id] = d
	t.setFacts(d, &facts)
	for i := range found {
		c := &t.columns[len(factKeys)+i]
		c.of[d] = c.ordinals(found[i])
	}
	t.account(d, 1)
}

// word reads the number of a word that is known.
func (t *tables) word(r *reader) uint8 {
	w := r.Byte()
	if int(w) >= len(t.words) {
		r.Fail()
	}
	return w
}

// setFacts puts the facts of a document in place.
func (t *tables) setFacts(d uint32, f *factsRow) {
	row := &t.docs[d]
	row.from, row.to, row.json = f.from, f.to, f.json
	work, ok := t.works[f.work]
	if !ok {
		work = uint32(len(t.works))
		t.works[f.work] = work
	}
	row.work = work
	for i := range f.facets {
		t.columns[i].of[d] = t.columns[i].ordinals(f.facets[i])
	}
}

// ordinals returns the ordinals of values, which are numbered when new.
func (c *column) ordinals(values []string) []uint32 {
	if len(values) == 0 {
		return nil
	}
	list := make([]uint32, 0, len(values))
	for _, v := range values {
		ord, ok := c.ords[v]
		if !ok {
			ord = uint32(len(c.values))
			c.ords[v] = ord
			c.values = append(c.values, v)
			c.single = append(c.single, []uint32{ord})
		}
		list = append(list, ord)
	}
	if len(list) == 1 {
		return c.single[list[0]]
	}
	return list
}

// remove marks a document as gone. Its numbers are not given out again.
func (t *tables) remove(d uint32) {
	if d >= uint32(len(t.docs)) || t.docs[d].gone {
		return
	}
	t.own()
	t.docs[d].gone = true
	if t.byID[t.docs[d].id] == d {
		delete(t.byID, t.docs[d].id)
	}
	t.account(d, -1)
}

// restore brings back the last row of a document with a text.
func (t *tables) restore(id corpus.ID, text string) bool {
	key, err1 := parseDigest(string(id))
	hash, err2 := parseDigest(text)
	if _, known := t.byID[key]; known || err1 != nil || err2 != nil {
		return false
	}
	for d := len(t.docs) - 1; d >= 0; d-- {
		if row := &t.docs[d]; row.id == key && row.text == hash {
			t.own()
			t.docs[d].gone = false
			t.byID[key] = uint32(d)
			t.account(uint32(d), 1)
			return true
		}
	}
	return false
}

// account adds a document to the sums, or takes it off.
func (t *tables) account(d uint32, sign int) {
	row := &t.docs[d]
	t.unread += sign * int(row.unread)
	t.doubtful += sign * int(row.doubtful)
	for _, p := range t.paras[row.first:row.end] {
		if p.tokens > 0 {
			t.streams += sign
			t.tokenSum += uint64(sign) * uint64(p.tokens)
		}
	}
}

// own makes the rows of documents ours to change.
func (t *tables) own() {
	if !t.shared {
		return
	}
	t.shared = false
	t.docs, t.uses = slices.Clone(t.docs), slices.Clone(t.uses)
	for i := range t.columns {
		t.columns[i].of = slices.Clone(t.columns[i].of)
	}
}

// find returns the number of a document that is not gone.
func (t *tables) find(id corpus.ID) (uint32, bool) {
	key, err := parseDigest(string(id))
	if err != nil {
		return 0, false
	}
	d, ok := t.byID[key]
	return d, ok
}
