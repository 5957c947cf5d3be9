package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"dalel/corpus"
)

// Seq returns the number of the last record; 0 if there is none.
func (d *Dir) Seq() uint64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.docs.seq
}

// Len returns how many documents there are.
func (d *Dir) Len() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return len(d.docs.order)
}

// Has reports whether the document is in the library.
func (d *Dir) Has(id corpus.ID) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.docs.byID[id] != nil
}

// TextHash returns the hash of the text in use of a document; "" if the
// document is not in the library.
func (d *Dir) TextHash(id corpus.ID) string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if s := d.docs.byID[id]; s != nil {
		return s.text
	}
	return ""
}

// Known reports whether the document is in the library, read by this extractor
// or a later version of it, without pages that could not be read.
func (d *Dir) Known(_ context.Context, id corpus.ID, extractor string) (bool, error) {
	if !d.Has(id) {
		return false, nil
	}
	f, err := d.fold(id)
	if err != nil {
		return false, err
	}
	return sufficient(f.info, extractor), nil
}

// Better reports whether Put would store t, because the document is new or t
// is a better reading of it.
func (d *Dir) Better(_ context.Context, id corpus.ID, t *corpus.Text) (bool, error) {
	if t == nil || !d.Has(id) {
		return t != nil, nil
	}
	f, err := d.fold(id)
	return err == nil && better(f.info, readingOf(t)), err
}

// Document returns the facts and sources of a document, without its text.
func (d *Dir) Document(_ context.Context, id corpus.ID) (*corpus.Document, error) {
	f, err := d.fold(id)
	if err != nil {
		return nil, err
	}
	return f.doc, nil
}

// Reading returns the account of the text in use of a document.
func (d *Dir) Reading(_ context.Context, id corpus.ID) (Reading, error) {
	f, err := d.fold(id)
	return f.info, err
}

// folded is a document as its records tell it.
type folded struct {
	doc  *corpus.Document
	info Reading // of the text in use
}

// fold reads the records of a document in order.
func (d *Dir) fold(id corpus.ID) (folded, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.docs.byID[id]
	if s == nil || d.log == nil {
		return folded{}, notFound("document", id)
	}
	f := folded{doc: &corpus.Document{ID: id, TextHash: s.text, Corrected: corpus.Facts{}}}
	for _, i := range s.records {
		l, err := d.log.read(int(i))
		if err == nil {
			err = f.apply(&l)
		}
		if err != nil {
			return folded{}, &corpus.Error{Op: "store.document", Subj: string(id), Err: err}
		}
	}
	return f, nil
}

func notFound(verb string, id corpus.ID) error {
	return &corpus.Error{Op: "store." + verb, Subj: string(id), Kind: corpus.ErrNotFound, Err: errors.New("no such document")}
}

// apply takes one record into account.
func (f *folded) apply(l *line) error {
	if l.Event == EventFacts {
		var det factDetails
		if err := unmarshal(l, &det); err != nil {
			return err
		}
		correct(f.doc.Corrected, det)
		return nil
	}
	var det details
	if err := unmarshal(l, &det); err != nil {
		return err
	}
	if l.Event == EventIngest {
		f.doc.Size, f.doc.MediaType = det.Size, det.MediaType
	}
	if det.Source != nil {
		f.doc.Sources = append(f.doc.Sources, *det.Source)
	}
	if det.Text != nil {
		f.doc.Read, f.info = det.Read, *det.Text
	}
	return nil
}

func unmarshal(l *line, v any) error {
	if err := json.Unmarshal(l.details, v); err != nil {
		return fmt.Errorf("%w: log record %d: %w", corpus.ErrDamaged, l.Seq, err)
	}
	return nil
}

// Text returns the text in use of a document: the last that was stored. It is
// checked against the log, so it is never silently another.
func (d *Dir) Text(_ context.Context, id corpus.ID) (*corpus.Text, error) {
	f, err := d.fold(id)
	if err != nil {
		return nil, err
	}
	return d.readText(id, f.doc.TextHash, f.info)
}

// TextVersion returns the latest text of a document whose hash begins with
// prefix: the T of DOC@T#PARA.
func (d *Dir) TextVersion(_ context.Context, id corpus.ID, prefix string) (*corpus.Text, error) {
	versions, err := d.textVersions(id)
	if err != nil {
		return nil, err
	}
	for _, v := range slices.Backward(versions) {
		if strings.HasPrefix(v.hash, prefix) {
			return d.readText(id, v.hash, v.info)
		}
	}
	return nil, &corpus.Error{
		Op: "store.text", Subj: string(id), Kind: corpus.ErrNotFound,
		Err: fmt.Errorf("no text of it begins with %q", prefix),
	}
}

func (d *Dir) readText(id corpus.ID, hash string, info Reading) (*corpus.Text, error) {
	fail := func(kind, err error) error {
		return &corpus.Error{Op: "store.text", Subj: string(id), Kind: kind, Err: err}
	}
	if !validExtractor(info.Extractor) {
		return nil, fail(corpus.ErrDamaged, fmt.Errorf("extractor name %q", info.Extractor))
	}
	b, err := d.root.ReadFile(textName(id, info.Extractor, hash, info.File))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fail(corpus.ErrDamaged, err)
	}
	if err != nil {
		return nil, fail(nil, err)
	}
	if sumOf(b) != info.File {
		return nil, fail(corpus.ErrDamaged, errors.New("the text on disk is not the one that was stored"))
	}
	t, head, err := d.unpack(b)
	if err == nil && (head.Doc != id || head.Text != hash) {
		err = errors.New("the text on disk belongs to another document")
	}
	if err != nil {
		return nil, fail(corpus.ErrDamaged, err)
	}
	return t, nil
}

// unpack keeps Close from closing the codec meanwhile.
func (d *Dir) unpack(b []byte) (*corpus.Text, textHead, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.log == nil {
		return nil, textHead{}, errClosed
	}
	return d.codec.unpack(b)
}

// Original opens the original bytes of a document. It does not hash them;
// Check does.
func (d *Dir) Original(_ context.Context, id corpus.ID) (io.ReadSeekCloser, error) {
	if !d.Has(id) {
		return nil, notFound("original", id)
	}
	f, err := d.root.Open(originalName(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, &corpus.Error{Op: "store.original", Subj: string(id), Kind: corpus.ErrDamaged, Err: errors.New("the original is missing")}
	}
	if err != nil {
		return nil, &corpus.Error{Op: "store.original", Subj: string(id), Err: err}
	}
	return f, nil
}

// Resolve returns the document whose ID begins with prefix, of 8 digits or
// more. It is ErrNotFound if there is none, and ErrInvalid, naming the
// candidates, if there are several.
func (d *Dir) Resolve(prefix string) (corpus.ID, error) {
	prefix = strings.ToLower(prefix)
	if !corpus.ValidPrefix(prefix) {
		return "", &corpus.Error{
			Op: "store.resolve", Subj: prefix, Kind: corpus.ErrInvalid,
			Err: errors.New("a document is named by 8 to 64 hex digits of its hash"),
		}
	}
	d.mu.RLock()
	ids := d.docs.withPrefix(prefix)
	d.mu.RUnlock()
	switch len(ids) {
	case 0:
		return "", &corpus.Error{Op: "store.resolve", Subj: prefix, Kind: corpus.ErrNotFound, Err: errors.New("no such document")}
	case 1:
		return ids[0], nil
	default:
		return "", &corpus.Error{Op: "store.resolve", Subj: prefix, Kind: corpus.ErrInvalid, Err: ambiguous(ids)}
	}
}

func ambiguous(ids []corpus.ID) error {
	const most = 10
	var b strings.Builder
	for _, id := range ids[:min(most, len(ids))] {
		b.WriteString(" " + string(id))
	}
	if len(ids) > most {
		b.WriteString(" …")
	}
	return fmt.Errorf("%d documents begin so:%s", len(ids), b.String())
}

// Documents yields all documents, without their texts, in the order they were
// first stored. One that is removed meanwhile is passed over.
func (d *Dir) Documents(ctx context.Context) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		for _, id := range d.IDs() {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			doc, err := d.Document(ctx, id)
			if errors.Is(err, corpus.ErrNotFound) {
				continue
			}
			if !yield(doc, err) || err != nil {
				return
			}
		}
	}
}

// IDs returns all documents in the order they were first stored.
func (d *Dir) IDs() []corpus.ID {
	d.mu.RLock()
	defer d.mu.RUnlock()
	ids := make([]corpus.ID, len(d.docs.order))
	for i, s := range d.docs.order {
		ids[i] = s.id
	}
	return ids
}

// Since yields the records after number seq, oldest first, up to the last one
// at the time of the call.
func (d *Dir) Since(ctx context.Context, seq uint64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for end := d.Seq(); seq < end; seq++ {
			if err := ctx.Err(); err != nil {
				yield(Record{}, err)
				return
			}
			l, err := d.recordAt(seq)
			if !yield(l.Record, err) || err != nil {
				return
			}
		}
	}
}

// recordAt returns record number i, from 0.
func (d *Dir) recordAt(i uint64) (line, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.log == nil {
		return line{}, errClosed
	}
	l, err := d.log.read(int(i))
	if err != nil {
		return l, &corpus.Error{Op: "store.log", Err: err}
	}
	return l, nil
}
