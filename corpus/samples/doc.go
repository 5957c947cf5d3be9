// Package samples makes the specimens: documents of our own making about one
// invented case, in the true formats of the field. They are what `dalel demo`
// shows and what tests of search and extraction read.
//
// Every person, organisation, court, place and number in them is invented;
// each says SPECIMEN on its face. Only instruments that everyone may cite (a
// code, a covenant, a general comment) are real, and none is quoted.
//
// The tree holds texts in a small markup (texts/*.txt, described at parse);
// the files are rendered when they are asked for: PDF, DOCX, HTML and plain
// text. What is under TryDir is not for the library. Rendering uses no clock and no chance, so that every run gives the
// same bytes and every specimen keeps its ID.
package samples
