package store

import (
	"context"
	"fmt"
	"io"

	"dalel/corpus"
)

// TakeBack undoes the records after number seq, and deletes the files that they
// brought. It is for a caller that made them, could not go on, and has told
// nobody: a full disk has room for nothing else. A removal cannot be taken back.
func (d *Dir) TakeBack(ctx context.Context, seq uint64) error {
	d.write.Lock()
	defer d.write.Unlock()
	lost, err := d.cutLog(seq)
	if err != nil {
		return &corpus.Error{Op: "store.takeback", Err: err}
	}
	for _, name := range lost {
		if ctx.Err() == nil && !d.named(name) {
			_ = d.root.Remove(name) // what stays is a file that no record names
		}
	}
	return nil
}

// cutLog cuts the log after record number seq, reads the rest anew, and returns
// the files that the cut records named.
func (d *Dir) cutLog(seq uint64) (files []string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.log == nil:
		return nil, errClosed
	case seq >= uint64(len(d.log.ends)):
		return nil, nil
	}
	for i := int(seq); i < len(d.log.ends); i++ {
		l, err := d.log.read(i)
		if err != nil {
			return nil, err
		}
		switch l.Event {
		case EventRemove:
			return nil, fmt.Errorf("%w: record %d cannot be taken back", corpus.ErrInvalid, l.Seq)
		case EventIngest:
			files = append(files, originalName(l.Doc))
			fallthrough
		case EventReextract:
			var det details
			if err := unmarshal(&l, &det); err != nil {
				return nil, err
			}
			if det.Text != nil {
				files = append(files, textName(l.Doc, det.Text.Extractor, l.Text, det.Text.File))
			}
		case EventSource, EventFacts, EventExport, EventVerify:
		}
	}
	old := d.log
	d.log = &entryLog{f: old.f, sync: old.sync, head: noLink}
	d.docs, d.tree = newTable(), nil
	end := int64(0)
	if seq > 0 {
		end = old.ends[seq-1]
	}
	if _, err := scanLines(io.NewSectionReader(old.f, 0, end), d.log.take(d.docs.apply)); err != nil {
		return nil, err
	}
	if err := d.log.rewriteTail(end, nil); err != nil {
		d.log.failed = fmt.Errorf("%w: the log could not be cut; open the library again: %w", corpus.ErrUnavailable, err)
		return nil, d.log.failed
	}
	return files, nil
}
