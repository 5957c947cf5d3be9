package bleveidx

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// Beside the fields of an entry a document has two of our own: _id, by which
// Bleve finds what a batch replaces, and numbersField. The latter abuses
// frequencies as numbers: the term paraTerm "occurs" one time more often than
// the paragraph's number says, and a term that is the name of a field as often as
// the field has terms. One pass over paraTerm's postings gives the numbers of
// all documents of a segment, ten times faster than reading their _id; one over
// a field's gives how many documents have it and how long they are.
const (
	idField      = "_id"
	numbersField = "_numbers"
	paraTerm     = "#"
)

// docID returns the _id of a paragraph: its number, so that ids sort like numbers.
func docID(p search.ParaNo) string {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], p)
	return string(b[:])
}

// document hands an entry to Bleve.
type document struct {
	id     string
	fields []index.Field
}

var _ index.Document = (*document)(nil)

func newDocument(e *indexer.Entry) (*document, error) {
	d := &document{id: docID(e.Para), fields: make([]index.Field, 0, len(e.Terms)+2)}
	numbers := &field{name: numbersField, length: 1, freqs: make(index.TokenFrequencies, len(e.Terms)+1)}
	setFrequency(numbers.freqs, paraTerm, int(e.Para)+1)
	d.fields = append(d.fields, &field{name: idField, id: d.id}, numbers)
	for _, name := range slices.Sorted(maps.Keys(e.Terms)) {
		if name == "" || name[0] == '_' || name[0] == '#' {
			return nil, &corpus.Error{Op: "bleveidx.put", Subj: string(name), Kind: corpus.ErrInvalid, Err: errors.New("no name for a field")}
		}
		f := newField(string(name), e.Terms[name])
		if f.length > 0 {
			setFrequency(numbers.freqs, f.name, f.length)
			d.fields = append(d.fields, f)
		}
	}
	return d, nil
}

func setFrequency(freqs index.TokenFrequencies, term string, n int) {
	tf := new(index.TokenFreq)
	tf.SetFrequency(n)
	freqs[term] = tf
}

// newField drops empty terms.
func newField(name string, terms []string) *field {
	f := &field{name: name, terms: terms, length: len(terms)}
	for _, term := range terms {
		if term == "" {
			f.length--
		}
	}
	return f
}

func (d *document) ID() string { return d.id }

// Size is an estimate for Bleve's statistics, in bytes.
func (d *document) Size() int {
	n := 0
	for _, f := range d.fields {
		n += 64 * (1 + f.AnalyzedLength())
	}
	return n
}

func (d *document) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                         { return false }
func (d *document) NumPlainTextBytes() uint64                  { return 0 }
func (d *document) AddIDField()                                {} // it has one
func (d *document) StoredFieldsBytes() uint64                  { return uint64(len(d.id)) }
func (d *document) Indexed() bool                              { return true }

// field is one field of a document: its terms and how often each occurs.
type field struct {
	name   string
	id     string // of idField
	terms  []string
	length int
	freqs  index.TokenFrequencies
}

var _ index.Field = (*field)(nil)

func (f *field) Name() string             { return f.name }
func (f *field) Value() []byte            { return []byte(f.id) }
func (f *field) ArrayPositions() []uint64 { return nil }
func (f *field) EncodedFieldType() byte   { return 't' } // text

// Options are: indexed; with frequencies, which is the default; _id is stored as well.
func (f *field) Options() index.FieldIndexingOptions {
	if f.name == idField {
		return index.IndexField | index.StoreField
	}
	return index.IndexField
}

// Analyze counts the terms. Bleve calls it in a worker of its own.
func (f *field) Analyze() {
	switch {
	case f.freqs != nil:
	case f.name == idField:
		f.freqs = make(index.TokenFrequencies, 1)
		f.length = 1
		setFrequency(f.freqs, f.id, 1)
	default:
		f.freqs = frequencies(f.terms)
	}
}

// frequencies counts terms, with one piece of memory for all counts.
func frequencies(terms []string) index.TokenFrequencies {
	freqs := make(index.TokenFrequencies, len(terms))
	counts := make([]index.TokenFreq, 0, len(terms))
	for _, term := range terms {
		if term == "" {
			continue
		}
		term = indexer.CutTerm(term)
		tf, ok := freqs[term]
		if !ok {
			counts = append(counts, index.TokenFreq{})
			tf = &counts[len(counts)-1]
			freqs[term] = tf
		}
		tf.SetFrequency(tf.Frequency() + 1)
	}
	return freqs
}

func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
