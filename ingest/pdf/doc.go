// Package pdf reads PDF files: text with its pages, paragraphs, printed
// numbers, notes and running heads, and an honest account of every page.
//
// A third-party library parses objects and nothing else: it is shown a file
// whose table of objects was read here (xref.go) or made anew (rebuild.go),
// and streams are decrypted and decoded here (crypt.go, filter.go). Everything
// between a content stream and a paragraph is done here too, in stages: a
// content stream is split into operators (lexer.go), which move a pen and show
// strings (interp.go) in fonts (font.go, cmap.go, encoding.go, widths.go). The
// glyphs become rows and lines (row.go, lines.go), lines are put into reading
// order (columns.go), running heads and notes are set apart (runninghead.go,
// footnote.go), and the rest is joined to paragraphs (paragraph.go,
// hyphen.go). Each page is scored (score.go).
//
// Words used here: a glyph is one shown character code with its place; a run
// is a string of glyphs shown together; a segment is a stretch of a line
// without a wide gap; a line is what a reader takes for one. Lengths are in
// points of an upright page, y grows upwards. Nothing depends on the order of
// a Go map, so that two readings of one file give the same text.
//
// Files are hostile: sizes, depths and loops have limits, a panic of the
// object library ends a page and not the file, and a page that gave no
// letters is never called well read unless it is blank.
package pdf
