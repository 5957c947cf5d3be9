package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"dalel/corpus"
)

// Note records an event that changes no document: an export, a verification.
// id may be "" when the event is about several; its details then name them by
// ID only, because details that name documents in words would outlive them.
func (d *Dir) Note(ctx context.Context, ev Event, id corpus.ID, details any) (Record, error) {
	d.write.Lock()
	defer d.write.Unlock()
	if err := ctx.Err(); err != nil {
		return Record{}, err
	}
	if ev != EventExport && ev != EventVerify {
		return Record{}, &corpus.Error{Op: "store.note", Kind: corpus.ErrInvalid, Err: fmt.Errorf("event %q", ev)}
	}
	if id != "" && !d.Has(id) {
		return Record{}, notFound("note", id)
	}
	if details == nil {
		details = struct{}{}
	}
	lines, err := d.record([]entry{{event: ev, doc: id, details: details}})
	if err != nil {
		return Record{}, &corpus.Error{Op: "store.note", Err: err}
	}
	return lines[0].Record, nil
}

// Noted is an event that Note recorded.
type Noted struct {
	Record
	Details json.RawMessage // null when its document was removed
}

// Notes yields the events of one kind that Note recorded, oldest first.
func (d *Dir) Notes(ctx context.Context, ev Event) iter.Seq2[Noted, error] {
	return func(yield func(Noted, error) bool) {
		end := d.Seq()
		for i := range end {
			if err := ctx.Err(); err != nil {
				yield(Noted{}, err)
				return
			}
			l, err := d.recordAt(i)
			if err == nil && l.Event != ev {
				continue
			}
			if !yield(Noted{l.Record, l.details}, err) || err != nil {
				return
			}
		}
	}
}
