// Package export writes cited quotes into files for other people: Word with
// real footnotes, Markdown, HTML, PDF, tables, the formats of reference
// managers, Web Annotations, and bags that carry the originals.
//
// A Bundle is a brief, or the passages of a search, with everything resolved:
// the words, the citations, the cards. A format is a function that writes one.
//
// What every format keeps: the same bundle gives the same bytes; what a
// document holds never becomes markup, a script or a formula; nothing of the
// user's account, computer or folders is in it.
package export
