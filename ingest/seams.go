package ingest

import (
	"context"
	"io"
	"iter"
	"time"

	"dalel/corpus"
)

// File is one file to read. Its bytes are on the local disk: members of
// archives are spooled there first.
type File struct {
	Name  string // for people and for corpus.Source: a path; "outer.zip!inner.pdf" for a member
	Local string // path of the bytes
	Size  int64
	Type  string    // media type, sniffed from the bytes
	URL   string    // where it was published, if the container says
	Time  time.Time // when it was captured or sent, if the container says; else zero
}

// Reader is the content of a File, as extractors see it.
type Reader interface {
	io.ReaderAt
	Size() int64
}

// Emitter takes what an Extractor finds, as it finds it, so that what came
// before a crash is kept. An error ends the extraction: the output limit was
// reached, or nobody listens any more.
type Emitter interface {
	// Page gives the account of a page, after its paragraphs. Pages come in
	// order.
	Page(corpus.Page) error
	// Paragraph gives the next paragraph in reading order. Ord, Lang, Under,
	// Path, Section and Voice are filled in later; a paragraph may start on an
	// earlier page than the last Page that was emitted.
	Paragraph(corpus.Paragraph) error
	// Fact gives a piece of metadata found in the file.
	Fact(corpus.Key, corpus.Fact) error
	// Warn tells something about the whole document, in words.
	Warn(string) error
}

// PageCounter is an Emitter that wants to know how many pages there are before
// the first comes: after a crash, the pages that were not read are then known.
type PageCounter interface {
	PageCount(n int) error
}

// Helped is an Emitter that wants to know which helper programs gave text,
// such as "tesseract@5.3.0": they belong to the name of the text version.
type Helped interface {
	Helper(program string) error
}

// Patient is an Emitter that gives more time to slow steps: n pages are about
// to be recognised, each of which may take as long as a document.
type Patient interface {
	Slow(n int) error
}

// Extractor reads one format. It returns corpus.ErrUnsupported for bytes of
// another format and corpus.ErrDamaged for broken ones. It reads no more than
// it is given: no network, no other files. It runs in a worker process.
type Extractor interface {
	// Name returns engine and version, "pdftext@1": it names the text version.
	Name() string
	Extract(ctx context.Context, r Reader, out Emitter) error
}

// Aided is an Extractor that helper programs make better where they are
// installed.
type Aided interface {
	Extractor
	// Helpers returns the programs found, as Helped names them.
	Helpers() []string
}

// Container is a file that holds files: a zip archive, a mail. Where an
// Extractor has the same media type, the file is a document with others
// enclosed: a letter and its attachments.
type Container interface {
	// Files yields the members, spooled into dir, each to a file of its own
	// that the caller removes. An error with the Name of a member concerns that
	// member only; one without ends the stream.
	Files(ctx context.Context, f File, dir string) iter.Seq2[File, error]
}

// Sink is where a read file goes. Put returns once it is safe on disk. An
// Ingested without a Text is one that Known knew: only its source is new.
type Sink interface {
	Put(ctx context.Context, in corpus.Ingested) (corpus.Outcome, error)
	// Known reports whether the original is in the library, read as well as
	// this extractor can, with the helper programs after its name
	// ("pdftext@1+tesseract@5.3.0"): then it need not be read again.
	Known(ctx context.Context, id corpus.ID, extractor string) (bool, error)
}

// BatchSink is a Sink that stores several documents at the cost of one. The
// outcomes are in the order of the documents; when there is an error, those
// with a Status were stored nevertheless.
type BatchSink interface {
	Sink
	PutAll(ctx context.Context, ins []corpus.Ingested) ([]corpus.Outcome, error)
}
