// Package meta reads what a document says about itself: its kind, number,
// symbol, date, court and title, in Russian, Kazakh and English. It looks at
// the first page only, says where it read each fact and how sure it is, and
// invents nothing: what is not plain is left unknown.
//
// It also reads and writes the table of metadata by which people correct
// facts.
package meta
