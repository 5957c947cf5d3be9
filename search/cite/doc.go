// Package cite writes citations: what a footnote says about where words stand.
//
// A citation is made from a Source (the facts of a document), a Place (the
// pinpoint of the words, as printed) and a template. Templates are plain data:
// one for each style, language and group of kinds, each with the source of its
// form, or "by analogy with …" where no authority gives one. They are our own,
// because the styles of reference managers turn paragraphs into pages and drop
// symbols and dates.
//
// Rules that hold for every style: a pinpoint keeps its kind; an ordinal, which
// nobody else can count to, never stands in a citation; a field that is not
// known shows as a gap; and what a reader must know before relying on the words
// (whose they are, a translation, an advance version, later history) stands in
// the citation.
package cite
