// Package indexer owns the order in which a document becomes part of a
// library, and keeps the index in step with it.
//
// # The order
//
// A Library puts together the store (package store: the truth), the forward
// store (package forward) and an engine (a Backend). A document is taken in by
// these steps:
//
//	original and text, synced          store
//	record in the log, synced          store
//	token streams and facts, synced    forward, still marked with the old log number
//	terms, durable                     engine
//	forward marked with the log number
//	acknowledged
//
// So the forward store never says of itself that it has come further than the
// engine, and the engine never has a paragraph whose number could be given out
// again. After a crash, the records after the forward store's log number are
// applied again: their documents are taken out of the index, and put in anew if
// they are still in the library. When the counts do not agree after that, or
// anything is damaged, the index is built again from the texts.
//
// # Generations
//
//	index/CURRENT                  name of the generation in use: "g000001\n"
//	index/g000001/manifest.json    the versions that it was made with
//	index/g000001/forward/         package forward
//	index/g000001/engine/          the engine's own
//	index/tmp-…                    a generation that is being made; deleted at open
//	index/PURGE                    a document was removed, whose traces the next generation leaves behind
//
// A generation is made aside, renamed, and then named in CURRENT; the old one
// answers until then. It is made again when the version of the schema or of
// the analysis has changed.
//
// # Who may open
//
// One process: it holds LOCK, and LOCK.json says which it is and where to ask
// it. Within the process a Library may be used by any number of goroutines.
//
// # A cluster as the engine
//
// A Backend gets terms ready-made, so nothing in it is peculiar to the engines
// here. On OpenSearch an index would have, for each of the fields kk, ru, en and
// refs:
//
//	"ru": {"type": "text", "analyzer": "terms", "search_analyzer": "way",
//	       "index_options": "freqs", "norms": true, "store": false}
//
// The analyzer "terms" is the tokenizer "pattern" on one character that no term
// has (U+001F), with no filters: the terms of an Entry are sent joined by it.
// "way" is the tokenizer "keyword" with the filter "pattern_capture", pattern
// "([^\u001f]+)", preserve_original false: all terms of a Way are then at one
// position, which Lucene scores as one term, with the frequencies added up (it
// takes the greatest document frequency of them, not that of all together).
// Settings: "_source": false, "dynamic": false, the similarity BM25 with k1 1.2
// and b 0.75, terms up to MaxTerm. The _id is the paragraph number; Put is _bulk
// index and Delete _bulk delete, both with refresh=wait_for; both are idempotent
// there too. Each leaf of a plan is
//
//	{"dis_max": {"_name": "leaf0", "queries": [
//	  {"match": {"ru": {"query": "пытка\u001fпытки\u001fпыток", "boost": 1.0, "_name": "0.0"}}}, …]}}
//
// inside one bool/should; "matched_queries" with scores gives leaf and way of
// each candidate. Paging is by search_after on the paragraph number. Terms is a
// terms aggregation with "include", or the _terms_enum API. Norms there are
// rounded to one byte, so scores differ in the third digit. Keys of names, if
// they are to be looked up there, are one more such field. Package indextest
// holds what all engines have in common; memidx is the simplest that passes.
package indexer
