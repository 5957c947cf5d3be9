package ingest

import (
	"strings"

	"dalel/corpus"
)

// maxCell is the longest cell of a table of data, in bytes; longer ones are
// text that a table lays out.
const maxCell = 400

// Row is a row of a table. Its paragraphs wait until it is known whether it
// holds data or only lays out a page.
type Row struct{ cells [][]corpus.Paragraph }

// Cell begins the next cell.
func (r *Row) Cell() { r.cells = append(r.cells, nil) }

// Add puts a paragraph into the cell that is open; false if there is none.
func (r *Row) Add(p corpus.Paragraph) bool {
	last := len(r.cells) - 1
	if last < 0 {
		return false
	}
	r.cells[last] = append(r.cells[last], p)
	return true
}

// Paragraphs returns a row of data as one paragraph, its cells divided by " | ",
// and the paragraphs of any other row as they are.
func (r *Row) Paragraphs() []corpus.Paragraph {
	var all []corpus.Paragraph
	for _, c := range r.cells {
		all = append(all, c...)
	}
	if !r.data() {
		return all
	}
	row := corpus.Paragraph{Role: corpus.RoleTable, Path: all[0].Path}
	cells := make([]string, len(all))
	for i, p := range all {
		cells[i] = p.Text
		if p.Role == corpus.RoleHeader {
			row.Role = corpus.RoleHeader
		}
	}
	row.Text = strings.Join(cells, " | ")
	return []corpus.Paragraph{row}
}

// data reports whether the row has several cells of one short paragraph each.
func (r *Row) data() bool {
	filled := 0
	for _, c := range r.cells {
		if len(c) > 1 || len(c) == 1 && len(c[0].Text) > maxCell {
			return false
		}
		filled += len(c)
	}
	return filled > 1
}
