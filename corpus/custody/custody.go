// Package custody proves what stood in a library's log. The records of the log
// are the leaves of a hash tree (RFC 6962, section 2.1); a checkpoint is its
// size and root, signed with the library's key, in the form of C2SP
// tlog-checkpoint. Whoever has a checkpoint can check that a record was in the
// log then, and that a later log only adds to it.
//
// A key carries a label that its user chose: never the name of a person, of the
// system's account or of the computer.
package custody

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"dalel/corpus"
)

// Hash is a SHA-256 of the tree.
type Hash = tlog.Hash

// Tree is the hash tree of records, in memory: about 64 bytes a record. The
// zero value is the empty tree.
type Tree struct {
	hashes []tlog.Hash
	size   int64
}

// ReadHashes implements tlog.HashReader.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		if n < 0 || n >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("custody: no hash %d", n)
		}
		out[i] = t.hashes[n]
	}
	return out, nil
}

// Append adds the bytes of a record.
func (t *Tree) Append(record []byte) error {
	hashes, err := tlog.StoredHashes(t.size, record, t)
	if err != nil {
		return err
	}
	t.hashes = append(t.hashes, hashes...)
	t.size++
	return nil
}

// Size returns how many records there are.
func (t *Tree) Size() int64 { return t.size }

// Root returns the root hash of the first size records.
func (t *Tree) Root(size int64) (Hash, error) {
	if size < 0 || size > t.size {
		return Hash{}, fmt.Errorf("custody: the log has %d records, not %d", t.size, size)
	}
	return tlog.TreeHash(size, t)
}

// Prove returns the proof that record number index, from 0, is among the first
// size records.
func (t *Tree) Prove(index, size int64) ([]Hash, error) {
	if index < 0 || index >= size || size > t.size {
		return nil, fmt.Errorf("custody: no record %d among %d", index, size)
	}
	return tlog.ProveRecord(size, index, t)
}

// CheckRecord reports why a record is not number index of the log that a
// checkpoint is of; nil if it is.
func CheckRecord(c Checkpoint, index int64, record []byte, proof []Hash) error {
	if index < 0 || index >= c.Size {
		return fmt.Errorf("record %d is not among the %d of the checkpoint", index, c.Size)
	}
	return tlog.CheckRecord(proof, c.Size, c.Root, index, tlog.RecordHash(record))
}

// Checkpoint is a state of a log.
type Checkpoint struct {
	Label string // of the key that signs it
	Size  int64  // records
	Root  Hash
}

// Text returns the checkpoint as it is signed: label, size and root, a line each.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Label, c.Size, c.Root)
}

// parse reads what Text wrote.
func parse(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	const want = 4 // three lines, and the end of the last
	if len(lines) < want {
		return Checkpoint{}, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, errors.New("not a checkpoint: no size")
	}
	b, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(b) != len(Hash{}) {
		return Checkpoint{}, errors.New("not a checkpoint: no root")
	}
	return Checkpoint{Label: lines[0], Size: size, Root: Hash(b)}, nil
}

// NewKey makes an Ed25519 key with a label. The signer is a secret; the
// verifier is for everyone.
func NewKey(random io.Reader, label string) (signer, verifier string, err error) {
	if err := ValidLabel(label); err != nil {
		return "", "", err
	}
	return note.GenerateKey(random, label)
}

// ValidLabel reports why a label cannot be that of a key; nil if it can.
func ValidLabel(label string) error {
	const longest = 60
	switch {
	case label == "", len(label) > longest, strings.ContainsAny(label, "+ \t\n\r\u00a0"):
		return &corpus.Error{Op: "custody", Subj: label, Kind: corpus.ErrInvalid, Err: errors.New("a label is one word of at most 60 bytes, without +")}
	}
	return nil
}

// Verifier returns the public half of a signer.
func Verifier(signer string) (string, error) {
	s, err := note.NewSigner(signer)
	if err != nil {
		return "", err
	}
	const fields = 5 // PRIVATE, KEY, label, hash, data; the data may hold + itself
	parts := strings.SplitN(signer, "+", fields)
	if len(parts) != fields {
		return "", errors.New("custody: not a key")
	}
	pub, err := publicOf(parts[fields-1])
	if err != nil {
		return "", err
	}
	return note.NewEd25519VerifierKey(s.Name(), pub)
}

// Sign returns the signed note of a checkpoint.
func Sign(c Checkpoint, signer string) ([]byte, error) {
	s, err := note.NewSigner(signer)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: c.Text()}, s)
}

// Open returns the checkpoint of a note that was signed with the key of a
// verifier.
func Open(signed []byte, verifier string) (Checkpoint, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return Checkpoint{}, err
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := parse(n.Text)
	if err == nil && c.Label != v.Name() {
		err = errors.New("the checkpoint is of another log than its key")
	}
	return c, err
}
