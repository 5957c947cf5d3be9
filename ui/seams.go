package ui

import (
	"context"
	"io"
	"time"

	"dalel/corpus"
	"dalel/search"
)

// Searcher answers questions. A query that cannot be read is a *query.Error;
// other failures carry the kinds of package corpus.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Result, error)
}

// Library gives documents and takes corrections. Implementations are safe for
// concurrent use.
type Library interface {
	// Document returns the document whose ID begins with prefix, with its
	// text. It is corpus.ErrNotFound when there is none, and
	// corpus.ErrInvalid when there are several.
	Document(ctx context.Context, prefix string) (*corpus.Document, error)
	// Original returns the bytes of a document as they were added.
	Original(ctx context.Context, id corpus.ID) (io.ReadSeekCloser, error)
	// Correct sets a fact of a document. Nil goes back to what was read; a
	// list without values hides it.
	Correct(ctx context.Context, id corpus.ID, k corpus.Key, values []string) error
	// Stats returns what is in the library, and what of it was not read.
	Stats(ctx context.Context) (Stats, error)
}

// Stats tells what is in a library.
type Stats struct {
	Documents  int
	Works      int // copies and language versions counted once
	Paragraphs int
	Pages      int
	Unread     int // pages that were not read
	Doubtful   int // pages read doubtfully
	NotStored  int // files that were offered and could not be read at all
	Gaps       []Gap
	Kinds      []Count // most frequent first
	Languages  []Count // most frequent first
	Recent     []*corpus.Document
	LastAdded  time.Time // zero when nothing was added yet
}

// Gap is a document that has pages which were not read, or read doubtfully.
type Gap struct {
	Doc      *corpus.Document // facts only
	Pages    int              // of the original
	Unread   []int            // page numbers, ascending
	Doubtful []int
}

// Count is a value of a fact and the documents that have it.
type Count struct {
	Value string
	N     int
}
