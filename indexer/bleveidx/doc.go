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
//
// # The same on OpenSearch
//
// Nothing here is peculiar to Bleve. An index for OpenSearch would have, for
// each of the fields kk, ru, en, names and refs:
//
//	"ru": {"type": "text", "analyzer": "terms", "index_options": "freqs", "norms": true, "store": false}
//
// where the analyzer "terms" is the tokenizer "pattern" on one character that
// no term has (U+001F), with no filters: the terms of an entry are sent joined
// by it. Settings: "_source": false, "dynamic": false, the similarity BM25 with
// k1 1.2 and b 0.75, "max_token_length" not below indexer.MaxTerm. The document's
// _id is the paragraph number; Put is _bulk index, Delete is _bulk delete, both
// with refresh=wait_for; both are idempotent there too. Each leaf of a plan is
//
//	{"dis_max": {"_name": "leaf0", "queries": [
//	  {"term": {"ru": {"value": "пытк", "boost": 1.0, "_name": "0.0"}}}, …]}}
//
// inside one bool/should; "matched_queries" with scores gives leaf and term of
// each candidate. Paging is by search_after on the paragraph number. Terms is a
// terms aggregation with "include", or the _terms_enum API. Norms there are
// rounded to one byte, so scores differ in the third digit, and indextest's
// exact scores would need a tolerance.
package bleveidx
