package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dalel/corpus"
)

// Limits of facts, which come out of hostile files.
const (
	maxValue  = 4096 // bytes of one value
	maxValues = 256  // values of one fact
)

// Edit is one correction. Values nil takes earlier corrections back; no values
// hides what was read.
type Edit struct {
	ID     corpus.ID
	Key    corpus.Key
	Values []string
}

// factDetails are those of a facts record.
type factDetails struct {
	Key    corpus.Key `json:"key"`
	Values []string   `json:"values"` // null takes back, [] hides
}

// SetFacts corrects a fact of a document; see SetAllFacts.
func (d *Dir) SetFacts(ctx context.Context, id corpus.ID, key corpus.Key, values []string) error {
	return d.SetAllFacts(ctx, []Edit{{id, key, values}})
}

// SetAllFacts makes corrections and syncs once: all of them, or none. What was
// read stays; what a person says wins over it. A correction that changes
// nothing is not recorded.
func (d *Dir) SetAllFacts(ctx context.Context, edits []Edit) error {
	d.write.Lock()
	defer d.write.Unlock()
	entries, err := d.planEdits(ctx, edits)
	if err != nil || len(entries) == 0 {
		return err
	}
	if _, err := d.record(entries); err != nil {
		return &corpus.Error{Op: "store.facts", Err: err}
	}
	return nil
}

func (d *Dir) planEdits(ctx context.Context, edits []Edit) ([]entry, error) {
	docs := map[corpus.ID]corpus.Facts{} // corrections as they will be
	var entries []entry
	for _, e := range edits {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		values, err := checkEdit(e)
		if err != nil {
			return nil, &corpus.Error{Op: "store.facts", Subj: string(e.ID), Kind: corpus.ErrInvalid, Err: err}
		}
		now, ok := docs[e.ID]
		if !ok {
			doc, err := d.Document(ctx, e.ID)
			if err != nil {
				return nil, err
			}
			now = doc.Corrected
			docs[e.ID] = now
		}
		old, had := now[e.Key]
		if had == (values != nil) && slices.Equal(old.Values, values) {
			continue
		}
		det := factDetails{e.Key, values}
		correct(now, det)
		entries = append(entries, entry{event: EventFacts, doc: e.ID, details: det})
	}
	return entries, nil
}

// correct applies a correction.
func correct(f corpus.Facts, det factDetails) {
	if det.Values == nil {
		delete(f, det.Key)
		return
	}
	f[det.Key] = corpus.Fact{Values: det.Values, Origin: corpus.FromPerson, Confidence: 1}
}

// checkEdit returns the values of e as they will be stored.
func checkEdit(e Edit) ([]string, error) {
	if !e.Key.Known() {
		return nil, fmt.Errorf("no fact is called %q", e.Key)
	}
	if e.Values == nil {
		return nil, nil
	}
	if len(e.Values) > maxValues {
		return nil, fmt.Errorf("%s: more than %d values", e.Key, maxValues)
	}
	values := make([]string, 0, len(e.Values))
	for _, v := range e.Values {
		v = strings.TrimSpace(cleanUTF8(v))
		switch {
		case len(v) > maxValue:
			return nil, fmt.Errorf("%s: a value of more than %d bytes", e.Key, maxValue)
		case e.Key == corpus.KeyDate && !corpus.Date(v).Valid():
			return nil, fmt.Errorf("%q is not a date; 2023-11-30, 2023-11 and 2023 are", v)
		case e.Key == corpus.KeyKind && !corpus.Kind(v).Known():
			return nil, fmt.Errorf("no kind is called %q", v)
		}
		values = append(values, v)
	}
	return values, nil
}

// clip keeps facts out of a file within the limits.
func clip(facts corpus.Facts) corpus.Facts {
	out := make(corpus.Facts, len(facts))
	for k, f := range facts {
		values := make([]string, 0, min(len(f.Values), maxValues))
		for _, v := range f.Values[:min(len(f.Values), maxValues)] {
			v = cleanUTF8(v)
			if len(v) > maxValue {
				v = strings.ToValidUTF8(v[:maxValue], "") // a cut rune goes
			}
			values = append(values, v)
		}
		f.Values = values
		out[k] = f
	}
	return out
}
