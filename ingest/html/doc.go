// Package html reads web pages. All text of a page is kept; what stands in its
// navigation and footer gets the role of running heads, which are not
// searched. Items of lists get their mark, as a browser shows it; rows of
// tables of data are paragraphs, cells of tables that only lay a page out are
// not.
//
// A page that is nested too deep for a tree is read token by token.
package html
