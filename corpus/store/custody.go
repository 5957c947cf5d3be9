package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"dalel/corpus"
	"dalel/corpus/custody"
)

// Files of the log beside its entries. The key is a secret: with it, a log
// could be written anew. The note is the last checkpoint that was given out.
const (
	keyFile  = "log/key"
	noteFile = "log/checkpoint.note"
)

// Signed is a checkpoint of the log, signed.
type Signed struct {
	custody.Checkpoint
	Note []byte // the signed note
	Key  string // that verifies it
}

// Proof is the proof that a record is in the log.
type Proof struct {
	Index  int64  // of the record, from 0
	Record []byte // its bytes: it names no person
	Hashes []custody.Hash
}

// Checkpoint signs the log as it is now, and keeps the note: from then on Check
// tells when the log was written anew. The key is made when it is first needed.
func (d *Dir) Checkpoint(ctx context.Context) (Signed, error) {
	return d.sign(ctx, func() uint64 { return d.docs.seq })
}

// CheckpointTexts signs the log up to the last change of a document. Exports and
// verifications, which are recorded too, do not change it, so that two exports
// of one brief are the same bytes.
func (d *Dir) CheckpointTexts(ctx context.Context) (Signed, error) {
	return d.sign(ctx, func() uint64 { return d.docs.changed })
}

func (d *Dir) sign(ctx context.Context, upTo func() uint64) (Signed, error) {
	d.write.Lock()
	defer d.write.Unlock()
	s, err := d.checkpoint(ctx, upTo)
	if err != nil {
		return Signed{}, &corpus.Error{Op: "store.checkpoint", Err: err}
	}
	return s, nil
}

func (d *Dir) checkpoint(ctx context.Context, upTo func() uint64) (Signed, error) {
	signer, err := d.signer("")
	if err != nil {
		return Signed{}, err
	}
	key, err := custody.Verifier(signer)
	if err != nil {
		return Signed{}, fmt.Errorf("%w: %s: %w", corpus.ErrDamaged, keyFile, err)
	}
	tree, err := d.grow(ctx)
	if err != nil {
		return Signed{}, err
	}
	d.mu.RLock()
	size := int64(upTo())
	d.mu.RUnlock()
	root, err := tree.Root(size)
	if err != nil {
		return Signed{}, err
	}
	s := Signed{Checkpoint: custody.Checkpoint{Label: labelOf(key), Size: size, Root: root}, Key: key}
	if s.Note, err = custody.Sign(s.Checkpoint, signer); err != nil {
		return Signed{}, err
	}
	if d.opt.ReadOnly {
		return s, nil // it cannot be kept
	}
	if old, err := d.root.ReadFile(noteFile); err == nil {
		if c, err := custody.Open(old, key); err == nil && c.Size > size {
			return s, nil // a later state of the log is kept already
		}
	}
	return s, d.replace(noteFile, s.Note)
}

// labelOf returns the label in a verifier's key: what stands before the first +.
func labelOf(key string) string {
	for i, r := range key {
		if r == '+' {
			return key[:i]
		}
	}
	return key
}

// SetLabel makes a new key with a label of the user's choice, for checkpoints
// from now on. Earlier ones stay verifiable with the key that stands in the
// exports that carry them.
func (d *Dir) SetLabel(ctx context.Context, label string) error {
	d.write.Lock()
	defer d.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := custody.ValidLabel(label); err != nil {
		return err
	}
	if _, err := d.signer(label); err != nil {
		return &corpus.Error{Op: "store.label", Subj: label, Err: err}
	}
	return nil
}

// Key returns what verifies the library's checkpoints; "" if none was made yet.
func (d *Dir) Key(context.Context) (string, error) {
	b, err := d.root.ReadFile(keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return custody.Verifier(string(b))
}

// signer returns the library's key, making one if there is none or if another
// label is wanted.
func (d *Dir) signer(label string) (string, error) {
	b, err := d.root.ReadFile(keyFile)
	switch {
	case err == nil && label == "":
		return string(b), nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return "", err
	case label == "":
		var salt [4]byte
		if _, err := io.ReadFull(d.opt.Rand, salt[:]); err != nil {
			return "", err
		}
		label = "library-" + hex.EncodeToString(salt[:])
	}
	signer, _, err := custody.NewKey(d.opt.Rand, label)
	if err != nil {
		return "", err
	}
	return signer, d.replace(keyFile, []byte(signer))
}

// grow brings the hash tree up to date with the log.
func (d *Dir) grow(ctx context.Context) (*custody.Tree, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.log == nil {
		return nil, errClosed
	}
	if d.tree == nil {
		d.tree = new(custody.Tree)
	}
	for i := int(d.tree.Size()); i < len(d.log.ends); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, err := d.log.read(i)
		if err != nil {
			return nil, err
		}
		if err := d.tree.Append(l.raw); err != nil {
			return nil, err
		}
	}
	return d.tree, nil
}

// Prove returns the proof that the record which brought a text of a document is
// in the log that a checkpoint of size records is of.
func (d *Dir) Prove(ctx context.Context, id corpus.ID, text string, size int64) (Proof, error) {
	fail := func(err error) (Proof, error) {
		return Proof{}, &corpus.Error{Op: "store.prove", Subj: string(id), Err: err}
	}
	tree, err := d.grow(ctx)
	if err != nil {
		return fail(err)
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.docs.byID[id]
	if s == nil || d.log == nil {
		return Proof{}, notFound("prove", id)
	}
	for _, i := range s.records {
		l, err := d.log.read(int(i))
		if err != nil {
			return fail(err)
		}
		if l.Text != text || int64(i) >= size {
			continue
		}
		hashes, err := tree.Prove(int64(i), size)
		if err != nil {
			return fail(err)
		}
		return Proof{Index: int64(i), Record: l.raw, Hashes: hashes}, nil
	}
	return fail(fmt.Errorf("%w: no record brought the text %.8s", corpus.ErrNotFound, text))
}

// replace writes a small file whole, in the place of an older one.
func (d *Dir) replace(name string, b []byte) error {
	if d.opt.ReadOnly {
		return errReadOnly
	}
	temp := d.tempName()
	if err := writeSynced(d.root, temp, b, d.opt.Sync); err != nil {
		_ = d.root.Remove(temp)
		return err
	}
	if err := d.root.Rename(temp, name); err != nil {
		_ = d.root.Remove(temp)
		return err
	}
	return d.syncParents([]string{name})
}

// checkpoint compares the log with the last checkpoint that was given out.
func (c *checking) checkpoint(ctx context.Context) error {
	note, err := c.dir.root.ReadFile(noteFile)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = c.dir.holds(ctx, note)
	}
	if err != nil {
		return c.tell(Finding{Kind: FindLog, Damage: true, File: noteFile, Detail: err.Error()})
	}
	return nil
}

// Holds reports why the log is not one that only added to what a checkpoint of
// it says; nil if it is.
func (d *Dir) Holds(ctx context.Context, note []byte) error {
	if err := d.holds(ctx, note); err != nil {
		return &corpus.Error{Op: "store.checkpoint", Kind: corpus.ErrDamaged, Err: err}
	}
	return nil
}

func (d *Dir) holds(ctx context.Context, note []byte) error {
	key, err := d.Key(ctx)
	if err != nil {
		return err
	}
	c, err := custody.Open(note, key)
	if err != nil {
		return fmt.Errorf("the checkpoint is not signed with this library's key: %w", err)
	}
	tree, err := d.grow(ctx)
	if err != nil {
		return err
	}
	root, err := tree.Root(c.Size)
	if err != nil {
		return fmt.Errorf("records were cut off the log: %w", err)
	}
	if root != c.Root {
		return fmt.Errorf("the first %d records of the log are not those that were signed", c.Size)
	}
	return nil
}
