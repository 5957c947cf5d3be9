// Package search answers questions about a library.
//
// A query (package query) is compiled to leaves: words, phrases, wildcards,
// names. For each leaf the Index, an engine that knows terms but no
// positions, yields candidate paragraphs with their term scores; the Forward
// store gives their tokens, so that phrases, distances, sentences and exact
// forms are checked here; boolean logic, scopes, grouping by document, facets
// by work, totals and ranking are ours too. So every engine matches alike.
//
// Words are ANDed within a scope: a numbered paragraph with its lead-in and
// its bullets. Documents that have all the words, but apart, are counted
// beside. Facets count works, hits count passages, and nothing is capped.
package search
