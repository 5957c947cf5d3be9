package store

import (
	"context"
	"fmt"

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
