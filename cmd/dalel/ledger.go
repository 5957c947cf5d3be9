package main

import (
	"context"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search/export"
)

// ledger is the log of a library as exports see it.
type ledger struct{ lib *indexer.Library }

func (l ledger) Checkpoint(ctx context.Context) (export.Signed, error) {
	s, err := l.lib.CheckpointTexts(ctx)
	return export.Signed{Checkpoint: s.Checkpoint, Note: s.Note, Key: s.Key}, err
}

func (l ledger) Prove(ctx context.Context, id corpus.ID, text string, size int64) (export.Proof, error) {
	p, err := l.lib.Prove(ctx, id, text, size)
	return export.Proof{Index: p.Index, Record: p.Record, Hashes: p.Hashes}, err
}
