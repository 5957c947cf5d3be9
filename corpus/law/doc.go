// Package law finds references to statutes, treaties and numbered documents
// in Russian, Kazakh and English text, however they are written, and gives
// each of them one key.
//
// An instrument is a code, law, treaty or set of rules: KZ-UK, ICCPR. Some
// were replaced as a whole under the same name; an edition is one of those,
// named by the year of its adoption. A reference names an instrument and a
// place in it: article, part, point, subpoint or §. Its key prints as
// KZ-UK-2014/405/2, or KZ-UK/405/2 while the edition is unknown; the possible
// editions are then the candidates of the reference. An article whose act
// nothing tells is */405.
//
// The units of the three languages are: часть, бөлік, part; пункт, тармақ,
// paragraph; подпункт, тармақша, subparagraph; §. Acts differ in the unit
// right under an article: a code of crimes has parts, a law has points, and
// "405(2)" or a journalist's "тармақ" is read as the unit that the act has.
//
// Find reads a text in one pass: tokens, then acts and places as they are
// written (a unit with its list of numbers), then clusters of them that only
// commas, conjunctions and glosses join, in which each place finds its
// article and each article its act. It takes time in proportion to the text.
// What stays in doubt is left out or stays open; it is not guessed.
//
// All functions are pure but for the Memory that a caller hands to Find.
package law
