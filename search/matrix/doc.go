// Package matrix looks a list up in a library: persons or articles in rows, and
// for each of them the passages that have it. It reads lists as people keep
// them (lines, CSV, XLSX; in the character sets of the region; the header in
// three languages), answers row by row, remembers what a reader decided of a
// passage, and writes the answer as CSV, XLSX or JSON.
//
//   - A List is rows with their cells; a row that cannot be looked up has a
//     Fault in words and the rest goes on.
//   - An Answer is a row with its Cells: passages, with the spelling that
//     matched, how well it agrees, and the reader's decision.
//   - A Decision says of a listed person and a passage: same person, another, or
//     unsure. Decisions are lines of a plain file of the library. They hold for
//     the passage after a better extraction of the same paragraph, and for its
//     copies in other versions of the work.
package matrix
