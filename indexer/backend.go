package indexer

import (
	"context"
	"iter"
	"slices"
	"unicode/utf8"

	"dalel/search"
)

// MaxTerm is the longest term that engines hold, in bytes. Longer ones are
// cut by CutTerm, in entries and in plans alike, so that they still match.
const MaxTerm = 1024

// CutTerm returns the part of a term that engines hold: at most MaxTerm bytes
// of whole characters, if they are UTF-8.
func CutTerm(term string) string {
	if len(term) <= MaxTerm {
		return term
	}
	n := MaxTerm
	for n > MaxTerm-utf8.UTFMax && !utf8.RuneStart(term[n]) {
		n--
	}
	return term[:n]
}

// HeldTerms returns the terms of a way as engines hold them: cut, in byte order,
// each once.
func HeldTerms(w *search.Way) []string {
	held := make([]string, 0, len(w.Terms))
	for _, term := range w.Terms {
		if term != "" {
			held = append(held, CutTerm(term))
		}
	}
	slices.Sort(held)
	return slices.Compact(held)
}

// Entry is one paragraph on its way into an engine: terms ready-made, no text.
type Entry struct {
	Para  search.ParaNo
	Terms map[search.Field][]string // a term stands as often as it occurs
}

// Backend is an engine that can also be written. Put and Delete are idempotent
// and durable when they return; a search that starts afterwards sees them. Put
// replaces a paragraph that is there; of two entries of one paragraph the last
// counts. Empty terms are passed over, and the terms of a Way are taken as
// HeldTerms gives them. Package indextest holds what else all
// engines have in common, BM25 among it.
type Backend interface {
	search.Index
	Put(ctx context.Context, entries ...Entry) error
	Delete(ctx context.Context, paras ...search.ParaNo) error
	// Count returns how many paragraphs the engine holds.
	Count(ctx context.Context) (int, error)
	// Paras yields the paragraphs the engine holds, in any order; one that it
	// holds twice comes twice. The error ends the stream.
	Paras(ctx context.Context) iter.Seq2[search.ParaNo, error]
	Close() error
}

// Settler is a Backend that can bring what it holds into an order in which it is
// found sooner. It costs about as much as to write everything once more, so it is
// done where everything has just been written.
type Settler interface {
	Settle(ctx context.Context) error
}

// settle settles an engine that can be settled.
func settle(ctx context.Context, b Backend) error {
	if s, ok := b.(Settler); ok {
		return guard("engine.settle", func() error { return s.Settle(ctx) })
	}
	return nil
}
