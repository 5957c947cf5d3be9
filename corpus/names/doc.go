// Package names knows when two spellings name one person: Марат Жыланбаев,
// Жыланбаевтың, Marat Zhylanbayev, ЖЫЛАНБАЕВ М., Schylanbajew. It covers
// Cyrillic (Kazakh, Russian, Ukrainian, Belarusian and their neighbours) and
// Latin (English, ICAO, ISO 9, German, French, Polish and Turkish habits, and
// the Kazakh alphabets of 2018 and 2021), and the case endings of running text.
//
// A word is read into sounds, in more than one way where its letters are
// ambiguous. Keys are the skeletons of the sounds: short, the same for nearly
// all spellings of a name, and so made for an index; they find candidates.
// MatchToken and Score decide between candidates, and say why in words.
//
// The table of Aliases is for what no rule can know: organisations, places and
// persons that have several names. All functions are pure.
package names
