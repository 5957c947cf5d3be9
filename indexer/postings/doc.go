// Package postings is an engine of our own: inverted lists of the terms of
// paragraphs, and nothing else. It has neither positions nor texts, which the
// forward store keeps, and so it is small and quick to write.
//
// An index is a folder of segments, which never change once they are written,
// and a manifest that names those in use, all little-endian:
//
//	manifest       magic, next segment number, segments: number, size, checksum, paragraphs
//	               that are gone; CRC-32C. Replaced by a rename: it is the commit.
//	seg-00000001   magic, lists, dictionaries, meta, footer
//
// A segment numbers its paragraphs from 0, in their order. A list is, for each
// paragraph, the step from the one before, less one, times two, plus one if the
// term occurs more than once; then, if so, how often. Lists stand in the order of
// their terms. A dictionary has the terms of a field in byte order, in blocks
// whose terms share the beginnings of the ones before; a list of one paragraph
// stands in the dictionary itself. Meta has the paragraphs, how many terms each
// has in each field, where blocks begin, and checksums: of every chunk of the
// lists, and of the dictionaries. The footer says where meta is, and has its
// checksum.
//
// Meta and the dictionaries are read and checked when a segment is opened;
// chunks of lists whenever they are read. They are read with ReadAt, not mapped, so
// that a file that is cut off under us is an error and not the end of the process.
//
// Each Put makes a segment; eight of a size are merged into one, so that a
// library of any size has a few dozen at most. Paragraphs that were deleted or
// put again stay in their segment, marked in the manifest, until it is merged.
package postings
