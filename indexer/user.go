package indexer

import (
	"context"

	"dalel/corpus"
	"dalel/corpus/store"
)

// UserFile returns a file of the user's; see store.Dir.UserFile.
func (l *Library) UserFile(ctx context.Context, name string) ([]byte, error) {
	return l.store.UserFile(ctx, name)
}

// UserFiles lists files of the user's; see store.Dir.UserFiles.
func (l *Library) UserFiles(ctx context.Context, dir string) ([]string, error) {
	return l.store.UserFiles(ctx, dir)
}

// UpdateUserFile changes a file of the user's; see store.Dir.UpdateUserFile.
func (l *Library) UpdateUserFile(ctx context.Context, name string, change func([]byte) ([]byte, error)) error {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return errClosed()
	}
	return l.store.UpdateUserFile(ctx, name, change)
}

// Checkpoint signs the log as it is now; see store.Dir.Checkpoint.
func (l *Library) Checkpoint(ctx context.Context) (store.Signed, error) {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return store.Signed{}, errClosed()
	}
	return l.store.Checkpoint(ctx)
}

// CheckpointTexts signs the log up to the last change of a document; see
// store.Dir.CheckpointTexts.
func (l *Library) CheckpointTexts(ctx context.Context) (store.Signed, error) {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return store.Signed{}, errClosed()
	}
	return l.store.CheckpointTexts(ctx)
}

// SetLabel chooses the label of the library's key; see store.Dir.SetLabel.
func (l *Library) SetLabel(ctx context.Context, label string) error {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return errClosed()
	}
	return l.store.SetLabel(ctx, label)
}

// Prove proves that a text is in the log; see store.Dir.Prove.
func (l *Library) Prove(ctx context.Context, id corpus.ID, text string, size int64) (store.Proof, error) {
	return l.store.Prove(ctx, id, text, size)
}

// Holds checks the log against a checkpoint; see store.Dir.Holds.
func (l *Library) Holds(ctx context.Context, note []byte) error { return l.store.Holds(ctx, note) }

// Key returns what verifies the library's checkpoints.
func (l *Library) Key(ctx context.Context) (string, error) { return l.store.Key(ctx) }

// Has reports whether a document is in the library.
func (l *Library) Has(id corpus.ID) bool { return l.store.Has(id) }
