// Package meta reads what a document says about itself, in Russian, Kazakh and
// English: its kind, number, symbol, date, body, court, parties and title from
// the first page; what was decided, on which articles, and what it ends from
// the parts that decide. It says where it read each fact and how sure it is,
// and invents nothing: what is not plain is left unknown.
//
// It also reads and writes the table of metadata by which people correct
// facts.
package meta
