// Package corpus defines the words that the rest of dalel speaks.
//
//   - A Document is one published file, named for ever by the SHA-256 of its
//     original bytes. It has facts (kind, title, date …), read from the file
//     or corrected by a person, one or more sources, and a text.
//   - A Text is one reading of an original by one version of an extractor:
//     its pages and its paragraphs in reading order.
//   - A Paragraph is the unit of index, of search and of citation. A passage
//     is a paragraph that matched a query.
//   - A Work is the set of documents that are one text: copies, language
//     versions, provisional and final. It is derived and never part of an ID.
//   - A Pinpoint is a place in the published original, as printed there.
//   - A Fact is one piece of metadata, with where it was read.
//
// Offsets are bytes in here and Unicode code points in everything that leaves
// the program. The package imports the standard library only.
package corpus
