// Package quote holds the words that people choose from documents, and the
// briefs that they gather them in.
//
// A Quote is a list of pieces of one text version: words of it, and what the
// person put in to show a change, in square brackets: an omission […], an
// insertion [of], a [sic]. Shown, it is the pieces one after another; so what
// stands outside brackets is the document's, letter by letter.
//
// A Card is a quote as a stranger gets it: a Web Annotation with all that is
// needed to check the words against the original, and no more. Where a quote
// leaves words out, or its document is not for publication, the card has no
// words beside those quoted.
//
// A Brief is a user's folder of quotes, headings and notes. It is a plain JSON
// file in the library, so it survives every rebuild of the index.
//
// These are files, so offsets in them are Unicode code points.
package quote
