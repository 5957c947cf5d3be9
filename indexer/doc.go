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
package indexer
