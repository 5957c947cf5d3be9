// Package bleveidx is the embedded engine: Bleve's index "scorch", used
// without the layers above it. A paragraph is one Bleve document. Its terms
// come ready-made, so Bleve analyses nothing; it keeps frequencies and lengths
// but neither positions nor texts, which are in indexer/forward. Postings are
// read segment by segment, scored with BM25 here and merged by paragraph.
//
// On disk an index is a folder:
//
//	scorch/   Bleve's files: root.bolt and the segments, *.zap
//	batches   magic, the number of the last batch that was stored, the seal, CRC-32C
//
// Bleve is not trusted. It writes checksums that it does not check, falls back
// to an older state without a word, and goes on without its background workers
// when they die. So Open checks every segment's CRC-32, the length that
// root.bolt must have, and that the last batch is there. When the index was
// closed, root.bolt must be what it was then: its checksum is the seal. When it
// was not, the library compares the paragraphs that it names with its own.
// Anything else is corpus.ErrDamaged, and the library builds the index again. A batch that takes
// too long, or after which Bleve has counted an error, makes the index refuse
// further writes. Panics, and faults of mapped files that were cut off, become
// corpus.ErrDamaged where a search runs; in Bleve's own goroutines they cannot
// be caught, therefore none of its calls that start some are used to search.
package bleveidx
