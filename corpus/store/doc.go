// Package store is the library on disk: the originals, the texts read from
// them, and the log of all that was done. It is the truth; every index can be
// made again from it.
//
// # Layout, format 1
//
//	FORMAT                                   "dalel library\nformat 1\n"
//	originals/sha256/ab/<id>                 the bytes as published; mode 0400
//	derived/<id>/<extractor>/<t>-<s>.jsonl.zst   a text: one reading of an original
//	log/entries.jsonl                        the log
//	log/key                                  signs checkpoints of the log; a secret
//	log/checkpoint.note                      the last checkpoint that was given out
//	user/                                    files of the user's: briefs, decisions, lists
//	tmp/                                     files being written; emptied at open
//
// Directories have mode 0700, files 0600. Other names in the folder (index,
// LOCK) belong to other packages and are left alone. No file holds the
// name of the host or of the operating system's user.
//
// # Two kinds of files
//
// Originals and texts are written once, named for their content, and never
// changed: a temporary file is written, synced and renamed, and its directory
// synced. All that changes is in the log, which only grows. A document
// therefore is what the records about it say, read in order, and there is no
// second place that could disagree: a crash at any point leaves either the
// whole record or none. In memory a document is its ID and the numbers of its
// records, some 150 bytes; facts and sources are read from the log when asked
// for. Open reads the log once.
//
// # The log
//
// The log is a text file. A line is a record and its details, as one JSON
// object of exactly this form, and ends with a line feed:
//
//	{"record":{"seq":1,"time":"…","event":"ingest","doc":"<id>","text":"<T>","prev":"<link>","sum":"<hash>"},"link":"<link>","details":{…}}
//
// seq counts from 1. time is UTC. text is the SHA-256 of the canonical text T
// that the record brought, if any. sum is the SHA-256 of the bytes of the
// details. The link of a record is the SHA-256 of a zero byte and the bytes of
// its record object, which is the leaf hash of RFC 6962, section 2.1: the
// records can be the leaves of a hash tree as they are. prev is the link of the
// record before, 64 zeros for the first.
//
// The details hold what can name people: paths, titles, corrections. When a
// document is removed, the details of all records about it become null and its
// files are deleted. The records stay, so the chain still proves that they
// were there, but not what they said: details begin with a random salt, so
// that sum confirms no guess.
//
//	event      details, beside salt and tool, the program and version that made the record
//	ingest     {size, media_type, source, read, text}: a new document
//	reextract  {read, text}: a better reading of a known one; read replaces what was read before
//	source     {source}: a further place it was found in
//	facts      {key, values}: a correction; values null takes it back, [] hides what was read
//	remove     {}, without salt: the tombstone
//	export     free: what was exported, of which document
//	verify     free: what was verified
//
// text is {extractor, file, pages, paragraphs, unread, doubtful}; file is the
// SHA-256 of the stored file, the last two list page numbers.
//
// An incomplete last line is what a crash leaves of a record that nobody was
// told of; Open cuts it off with a warning. Anything else that does not fit is
// damage, and Open names the record.
//
// # Texts
//
// A text is a zstd frame of JSON lines: a head {format, doc, extractor, text,
// pages, paragraphs, warnings}, then the pages, then the paragraphs. <t> and
// <s> in its name are the first 16 digits of the hash of T and of the file. An
// earlier text stays when a better one is stored, so that a quote made from it
// can still be checked.
//
// # Who may open
//
// One process at a time; the caller keeps others out. A Dir may be used by
// several goroutines. Backup only reads and needs no turn.
package store
