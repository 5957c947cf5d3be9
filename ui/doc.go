// Package ui is the page that people read: a web server on their own
// computer, its routes and handlers, and the same answers as JSON.
//
// Every page works without JavaScript, and its URL is its whole state. Pages
// are made by html/template from embedded files; words come from package i18n
// only. What a page needs from below it asks of two interfaces, Searcher and
// Library.
//
// The server answers to its own host names only, sends a strict content
// security policy with everything, and changes nothing without the token of
// this start. Documents are hostile: their text is escaped, their links are
// not made links, and originals are handed out as downloads only.
package ui
