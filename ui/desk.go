package ui

import (
	"context"
	"io"

	"dalel/corpus"
	"dalel/search/export"
	"dalel/search/quote"
	"dalel/search/verify"
)

// Desk is where quotes are made and kept: the briefs, the texts that quotes are
// taken from, and what becomes of them. A server without one only searches.
type Desk interface {
	quote.Files
	// Reading returns a document with the text whose hash begins with at, or the
	// text in use for "".
	Reading(ctx context.Context, prefix, at string) (*corpus.Document, error)
	// Build resolves a brief. With proofs, its cards are proven in the log.
	Build(ctx context.Context, b *quote.Brief, opt export.Options, proofs bool) (*export.Bundle, error)
	// Exported records that a bundle left, and why if there was a reason.
	Exported(ctx context.Context, b *export.Bundle, format, reason string) error
}

// Checker checks files that a person hands in.
type Checker interface {
	Check(ctx context.Context, f verify.File) (*verify.Report, error)
	// WriteBack writes a Word file with notes for the quotations accepted, by
	// their numbers, and returns how many.
	WriteBack(ctx context.Context, w io.Writer, f verify.File, accept []int) (int, error)
}
