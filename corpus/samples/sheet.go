package samples

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	_ "embed"
)

// xlsxParts holds every part of a workbook of one sheet but its rows.
//
//go:embed xlsx.tmpl
var xlsxParts string

// renderXLSX makes a workbook of one sheet: each row of a table is a row, any
// other block a row of one cell.
func renderXLSX(d *document) ([]byte, error) {
	var b strings.Builder
	for i, row := range d.rows() {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for c, cell := range row {
			fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, string(rune('A'+c)), i+1, escape(cell))
		}
		b.WriteString("</row>")
	}
	return zipParts(d, xlsxParts, map[string]string{
		"Title": escape(d.head["title"]), "Sheet": escape(d.head["sheet"]),
		"Date": d.made().Format("2006-01-02T15:04:05Z"), "Rows": b.String(),
	})
}

// renderCSV makes a table divided by commas.
func renderCSV(d *document) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(d.rows()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (d *document) rows() [][]string {
	var out [][]string
	for _, blk := range d.blocks {
		if blk.kind != row {
			out = append(out, []string{textSpans(blk.spans)})
			continue
		}
		cells := make([]string, len(blk.cells))
		for i, c := range blk.cells {
			cells[i] = textSpans(c)
		}
		out = append(out, cells)
	}
	return out
}
