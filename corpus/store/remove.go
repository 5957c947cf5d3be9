package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"dalel/corpus"
)

// Remove deletes a document: its original, its texts, and all details that the
// log has about it. A record without details and a tombstone stay.
//
// The tombstone is written first, so a removal that was cut short is finished
// by FinishRemovals, and when the library is opened next.
func (d *Dir) Remove(ctx context.Context, id corpus.ID) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if !d.Has(id) {
		return notFound("remove", id)
	}
	if _, err := d.record([]entry{{event: EventRemove, doc: id, details: struct{}{}}}); err != nil {
		return &corpus.Error{Op: "store.remove", Subj: string(id), Err: err}
	}
	if err := d.finishRemovals(); err != nil {
		return &corpus.Error{Op: "store.remove", Subj: string(id), Err: err}
	}
	return nil
}

// FinishRemovals deletes what a Remove that failed has left.
func (d *Dir) FinishRemovals(ctx context.Context) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.finishRemovals(); err != nil {
		return &corpus.Error{Op: "store.remove", Err: err}
	}
	return nil
}

// finishRemovals deletes whatever is left of documents that have a tombstone.
func (d *Dir) finishRemovals() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.log == nil {
		return errClosed
	}
	for id := range d.docs.gone {
		if err := d.deleteFiles(id); err != nil {
			return err
		}
	}
	return d.eraseDetails()
}

func (d *Dir) deleteFiles(id corpus.ID) error {
	name := originalName(id)
	if _, err := d.root.Lstat(name); err == nil {
		if err := d.step("remove.original"); err != nil {
			return err
		}
		_ = d.root.Chmod(name, fileMode) // Windows deletes no read-only files
		if err := d.root.Remove(name); err != nil {
			return err
		}
		if err := d.syncParents([]string{name}); err != nil {
			return err
		}
	}
	if _, err := d.root.Lstat(derivedDir(id)); err == nil {
		if err := d.step("remove.derived"); err != nil {
			return err
		}
		if err := d.root.RemoveAll(derivedDir(id)); err != nil {
			return err
		}
		return syncDir(d.root, "derived", d.opt.Sync)
	}
	return nil
}

// eraseDetails writes the log anew, without the details of removed documents,
// and puts it in the place of the old one. The caller holds d.mu.
func (d *Dir) eraseDetails() error {
	if len(d.docs.unerased) == 0 {
		return nil
	}
	if err := d.step("remove.erase"); err != nil {
		return err
	}
	temp := tmpDir + "/entries.jsonl"
	ends, err := d.copyErased(temp, d.tombstones())
	if err != nil {
		_ = d.root.Remove(temp)
		return err
	}
	if err := d.step("remove.rename"); err != nil {
		return err
	}
	return d.swapLog(temp, ends)
}

// tombstones returns, for each document to be erased, how many records of the
// log are to be searched for it: all, or those before it was stored again.
func (d *Dir) tombstones() map[corpus.ID]int {
	upTo := map[corpus.ID]int{}
	for id := range d.docs.unerased {
		upTo[id] = len(d.log.ends)
		if s := d.docs.byID[id]; s != nil {
			upTo[id] = int(s.records[0])
		}
	}
	return upTo
}

func (d *Dir) copyErased(temp string, upTo map[corpus.ID]int) (ends []int64, err error) {
	f, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriter(f)
	var end int64
	i := 0
	_, err = scanLines(io.NewSectionReader(d.log.f, 0, d.log.size()), func(b []byte) error {
		l, err := parseLine(bytes.TrimSuffix(b, []byte{'\n'}))
		if err != nil {
			return err
		}
		if n, ok := upTo[l.Doc]; ok && i < n && l.Event != EventRemove {
			b = appendLine(nil, &l, []byte(erased))
		}
		i++
		end += int64(len(b))
		ends = append(ends, end)
		_, err = w.Write(b)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = d.opt.Sync(f)
	}
	return ends, errors.Join(err, f.Close())
}

// swapLog puts the new log in place. Windows renames no open file, so the old
// one is closed first.
func (d *Dir) swapLog(temp string, ends []int64) error {
	if err := d.log.f.Close(); err != nil {
		return err
	}
	renamed := d.root.Rename(temp, logFile)
	f, err := d.root.OpenFile(logFile, os.O_RDWR, 0)
	if err != nil {
		d.log.failed = errClosed
		return errors.Join(renamed, err)
	}
	d.log.f = f
	if renamed != nil {
		return renamed
	}
	d.log.ends = ends
	clear(d.docs.unerased)
	return syncDir(d.root, "log", d.opt.Sync)
}
