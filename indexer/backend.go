package indexer

import (
	"context"

	"dalel/search"
)

// Entry is one paragraph on its way into an engine: terms ready-made, no text.
type Entry struct {
	Para  search.ParaNo
	Terms map[search.Field][]string // a term stands as often as it occurs
}

// Backend is an engine that can also be written. Put and Delete are idempotent
// and durable when they return; a search that starts afterwards sees them.
type Backend interface {
	search.Index
	Put(ctx context.Context, entries ...Entry) error
	Delete(ctx context.Context, paras ...search.ParaNo) error
	// Count returns how many paragraphs the engine holds.
	Count(ctx context.Context) (int, error)
	Close() error
}
