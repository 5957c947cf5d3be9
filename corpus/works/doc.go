// Package works tells which documents are one text: copies and mirrors,
// advance and final versions, a motion and what was adopted, translations. It
// compares what documents say of themselves, and short prints of their texts;
// it never reads two texts side by side to do so. It also sets two versions of
// one text side by side, paragraph by paragraph, and chooses the version that
// a reader is shown.
//
// All functions are pure.
//
// A document has keys: names that only versions of one text share. Where a key
// may be shared by chance, as the number and day of an act are, the prints of
// the texts must agree too. Documents without any key are compared by their
// prints alone: word for word within a language, by the shape of the text (how
// long its paragraphs are, which numbers stand in them) across languages.
// Facts that contradict each other keep documents apart, whatever their texts.
package works
