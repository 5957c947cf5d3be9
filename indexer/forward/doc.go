// Package forward is the store beside the engine: what search needs of a
// library besides postings. It holds the token stream and the whole record of
// every paragraph, the facts of every document with their facets as ordinals,
// and the vocabulary of exact forms. It can be rebuilt from the library's
// texts at any time, so it prefers saying "damaged" to guessing.
//
// A store is a folder of four files, all little-endian:
//
//	tables   magic, then frames: length (4 bytes), CRC-32C of the payload (4), payload.
//	         A frame is one change: documents appended, a document's facts set, documents removed.
//	tokens   token streams of paragraphs, in blocks
//	texts    records of paragraphs with their texts, in blocks of zstd
//	state    magic, sequence number, the lengths of the other three, CRC-32C
//
// The three data files are only ever appended to. The state file says how
// much of them counts; Sync makes the data safe and then replaces the state
// by a rename. Open cuts off what was written after the last Sync, reads the
// tables in one pass and checks every frame. Blocks of the other two files are
// read when asked for, each against the checksum that the tables have of it;
// they are read with ReadAt, not mapped, so that a file that is cut off under
// us is an error and not the end of the process.
//
// The same calls write the same bytes. The words of the package: a stream is
// the tokens of one paragraph; a record is the bytes of one paragraph in one
// of the two block files; a row is what the tables say of something.
package forward
