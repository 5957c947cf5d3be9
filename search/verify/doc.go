// Package verify checks quotes. It reads the words that really stand in a file,
// and never takes a card's word for them.
//
// Of our own exports, each quote goes through six steps to one verdict: the
// original has the hash of the card; read again by the same extractor it gives
// the same text; the words are that text's, letter by letter; they stand on the
// page and in the paragraph that the citation says; the record of the text is in
// the signed log; and, where it is installed, pdftotext finds the words too.
//
// In a text that somebody else wrote it finds quotations, names, articles and
// numbers of documents, and says of each whether it stands in the collection,
// nearly, or not in this collection. A Word file can be written back with notes
// for the quotes that were found, everything else in it untouched.
package verify
