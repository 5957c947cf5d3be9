package forward

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

// Sizes of blocks before compression, in bytes. A passage costs the reading
// of one text block; small ones compress worse. Token blocks are read by the
// thousand when a phrase is checked: they stay in memory (keepTokens), and are
// not compressed, which would spare a third of them and cost ten times the
// reading.
const (
	textBlock  = 4 << 10
	tokenBlock = 32 << 10
)

// maxWords limits the different roles, sections, voices and languages.
const maxWords = 256

// Doc is a document on its way into the store.
type Doc struct {
	Doc     *corpus.Document // with Text
	Work    string           // what it is a version of; "" for itself
	Streams [][]lang.Token   // one for each paragraph; nil for those that are not searched
	Langs   [][]lang.Code    // that each paragraph is read as; nil for none
	// Mentions are what was recognised in each paragraph, by Start; nil for nothing.
	Mentions [][]corpus.Mention
}

// batch is the change that appends documents, before it is written.
type batch struct {
	t             *tables
	paras         int // numbers given out
	firsts        []search.ParaNo
	forms         []string // new ones
	formIDs       map[string]uint32
	uses          useCounter
	stems         newStems
	stem          func(form string, code lang.Code) []string
	numbers       []uint32 // of the forms of the paragraph that is being added
	ids           []string // new ones
	idNumbers     map[string]uint32
	words         []string // new ones
	texts, tokens blockBuilder
	docs          []byte // rows
	stream        streamWriter
}

func (s *Store) newBatch() *batch {
	n := len(s.t.paras)
	first := uint32(n)
	return &batch{
		t:       s.t,
		paras:   n,
		stem:    s.stem,
		formIDs: map[string]uint32{}, idNumbers: map[string]uint32{},
		texts:  blockBuilder{limit: textBlock, zip: s.zip, off: s.end.texts, first: first},
		tokens: blockBuilder{limit: tokenBlock, off: s.end.tokens, first: first},
	}
}

// add adds a document.
func (b *batch) add(d *Doc) error {
	if d.Doc == nil || d.Doc.Text == nil {
		return errors.New("document without text")
	}
	paras := d.Doc.Text.Paragraphs
	if len(d.Streams) != len(paras) {
		return fmt.Errorf("%d token streams for %d paragraphs", len(d.Streams), len(paras))
	}
	if len(paras) > math.MaxUint32-b.paras {
		return errors.New("paragraph numbers are used up")
	}
	id, err := parseDigest(string(d.Doc.ID))
	if err != nil {
		return err
	}
	text, err := parseDigest(d.Doc.Text.Hash())
	if err != nil {
		return err
	}
	if d.Langs != nil && len(d.Langs) != len(paras) {
		return fmt.Errorf("languages of %d paragraphs for %d", len(d.Langs), len(paras))
	}
	if d.Mentions != nil && len(d.Mentions) != len(paras) {
		return fmt.Errorf("mentions of %d paragraphs for %d", len(d.Mentions), len(paras))
	}
	unread, doubtful := d.Doc.Text.Unread()
	b.docs = append(append(b.docs, id[:]...), text[:]...)
	b.docs = binary.AppendUvarint(b.docs, uint64(unread))
	b.docs = binary.AppendUvarint(b.docs, uint64(doubtful))
	if b.docs, err = appendFacts(b.docs, d.Doc, d.Work); err != nil {
		return err
	}
	for _, values := range foundValues(d.Mentions) {
		b.docs = wire.AppendStrings(b.docs, values)
	}
	b.firsts = append(b.firsts, search.ParaNo(b.paras))
	return b.addParas(d)
}

func (b *batch) addParas(d *Doc) error {
	paras, streams := d.Doc.Text.Paragraphs, d.Streams
	b.docs = binary.AppendUvarint(b.docs, uint64(len(paras)))
	prev := 0
	for i := range paras {
		p := &paras[i]
		if p.Ord > math.MaxInt32 || p.Ord < 0 || p.Under > math.MaxInt32 || p.Under < 0 {
			return fmt.Errorf("impossible ordinal %d under %d", p.Ord, p.Under)
		}
		b.docs = binary.AppendVarint(b.docs, int64(p.Ord-prev-1))
		b.docs = binary.AppendVarint(b.docs, int64(p.Ord-p.Scope()))
		b.docs = binary.AppendUvarint(b.docs, uint64(len(streams[i])))
		for _, w := range []string{string(p.Role), string(p.Section), string(p.Voice), p.Lang} {
			code, err := b.word(w)
			if err != nil {
				return err
			}
			b.docs = append(b.docs, code)
		}
		prev = p.Ord
		var mentions []corpus.Mention
		if d.Mentions != nil {
			mentions = d.Mentions[i]
		}
		if err := b.addRecords(p, streams[i], mentions); err != nil {
			return err
		}
		if d.Langs != nil {
			b.stems.take(&b.t.vocab.stems, d.Langs[i], b.numbers)
		}
	}
	b.paras += len(paras)
	return nil
}

func (b *batch) addRecords(p *corpus.Paragraph, stream []lang.Token, mentions []corpus.Mention) error {
	if err := checkMentions(mentions, len(p.Text)); err != nil {
		return err
	}
	err := b.texts.add(func(dst []byte) []byte { return appendParagraph(dst, p) })
	if err != nil {
		return err
	}
	b.numbers = b.numbers[:0]
	return b.tokens.add(func(dst []byte) []byte {
		return appendMentions(b.stream.append(dst, stream, b.use), mentions, stream, b.idNumber)
	})
}

// use counts a token and returns the number of its form.
func (b *batch) use(t *lang.Token, first bool) uint32 {
	id := b.form(t.Form)
	b.uses.count(id, t.Cap, first)
	b.numbers = append(b.numbers, id)
	return id
}

// idNumber returns the number of a mention's ID, which is new when neither the
// tables nor the batch have it.
func (b *batch) idNumber(id string) uint32 {
	if no, ok := b.t.idNumbers[id]; ok {
		return no
	}
	if no, ok := b.idNumbers[id]; ok {
		return no
	}
	no := uint32(len(b.t.ids) + len(b.ids))
	id = strings.Clone(id)
	b.idNumbers[id] = no
	b.ids = append(b.ids, id)
	return no
}

// form returns the number of a form, which is new when the vocabulary and the
// batch do not have it.
func (b *batch) form(form string) uint32 {
	v := b.t.vocab
	// Only the one writer changes the vocabulary, so it needs no lock to read it.
	if id, ok := v.table.Find(v.texts, form); ok {
		return id
	}
	if id, ok := b.formIDs[form]; ok {
		return id
	}
	id := uint32(len(v.texts) + len(b.forms))
	form = strings.Clone(form) // the caller's may be a piece of a whole text
	b.formIDs[form] = id
	b.forms = append(b.forms, form)
	return id
}

// word returns the number of a role, section, voice or language.
func (b *batch) word(w string) (byte, error) {
	for i, known := range b.t.words {
		if known == w {
			return byte(i), nil
		}
	}
	for i, known := range b.words {
		if known == w {
			return byte(len(b.t.words) + i), nil
		}
	}
	n := len(b.t.words) + len(b.words)
	if n == maxWords {
		return 0, fmt.Errorf("more than %d roles, sections, voices and languages", maxWords)
	}
	b.words = append(b.words, strings.Clone(w))
	return byte(n), nil
}

// finish ends the blocks and returns the frame of the change.
func (b *batch) finish() ([]byte, error) {
	if len(b.t.vocab.texts)+len(b.forms) > math.MaxUint32/2 { // a stream has one bit of flags
		return nil, errors.New("form numbers are used up")
	}
	b.texts.flush()
	b.tokens.flush()
	frame := wire.AppendStrings(newFrame(frameAppend), b.words)
	frame = wire.AppendStrings(frame, b.ids)
	frame = b.appendForms(frame)
	frame = b.uses.append(frame)
	frame = b.appendStems(frame)
	frame = appendBlockRows(frame, b.texts.rows)
	frame = appendBlockRows(frame, b.tokens.rows)
	frame = binary.AppendUvarint(frame, uint64(len(b.firsts)))
	frame = append(frame, b.docs...)
	return frame, endFrame(frame)
}

// appendForms writes the new forms: their number, and all of them compressed.
func (b *batch) appendForms(dst []byte) []byte {
	var all []byte
	for _, s := range b.forms {
		all = wire.AppendString(all, s)
	}
	zipped := b.texts.zip.EncodeAll(all, nil)
	dst = binary.AppendUvarint(dst, uint64(len(b.forms)))
	dst = binary.AppendUvarint(dst, uint64(len(zipped)))
	return append(dst, zipped...)
}

// appendStems writes the stems of forms, compressed.
func (b *batch) appendStems(dst []byte) []byte {
	known := b.t.vocab.texts
	all := b.stems.append(nil, b.stem, func(form uint32) string {
		if int(form) < len(known) {
			return known[form]
		}
		return b.forms[int(form)-len(known)]
	})
	zipped := b.texts.zip.EncodeAll(all, nil)
	return append(binary.AppendUvarint(dst, uint64(len(zipped))), zipped...)
}

func appendBlockRows(dst []byte, rows []blockRow) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(rows)))
	for _, r := range rows {
		for _, v := range []uint32{r.count, r.size, r.raw, r.sum} {
			dst = binary.AppendUvarint(dst, uint64(v))
		}
	}
	return dst
}
