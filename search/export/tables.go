package export

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
)

// columns of a table of quotes.
var columns = []string{
	"n", "heading", "quote", "translation", "citation", "pinpoint", "title", "kind", "number", "date", "body", "voice",
	"page", "page_label", "paragraph_label", "url", "tags", "sha256", "text_sha256", "card",
}

// rows returns the quotes as a table, the header first.
func (b *Bundle) rows() ([][]string, error) {
	out := [][]string{columns}
	heading := ""
	for _, it := range b.Items {
		if it.Heading != "" {
			heading = it.Heading
		}
		if it.Quote == nil {
			continue
		}
		q := it.Quote
		card, err := json.Marshal(q.Card)
		if err != nil {
			return nil, err
		}
		translation, page := "", ""
		if q.Translation != nil {
			translation = q.Translation.Text
		}
		if q.Place.Page > 0 {
			page = strconv.Itoa(q.Place.Page)
		}
		d := q.Doc
		out = append(out, []string{
			strconv.Itoa(q.N), heading, q.Shown, translation, q.Cite.String(), q.Cite.Pin, d.Value(corpus.KeyTitle), string(d.Kind()),
			firstOf(d.Value(corpus.KeySymbol), d.Value(corpus.KeyNumber), d.Value(corpus.KeyCase)), string(d.Date()),
			firstOf(d.Value(corpus.KeyBody), d.Value(corpus.KeyCourt)), string(q.Place.Voice), page, q.Place.Printed, q.Place.Label,
			d.Value(corpus.KeyURL), strings.Join(q.Tags, "; "), string(d.ID), q.Card.Text, string(card),
		})
	}
	return out, nil
}

// Guard keeps a cell from being read as a formula: a spreadsheet runs what
// begins with one of these signs. Unguard takes the apostrophe away again.
func Guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r'", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Unguard returns what Guard was given.
func Unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// BOM tells Excel that a CSV file is UTF-8.
const BOM = "\ufeff"

// CSV writes a table, a row a quote.
func CSV(w io.Writer, b *Bundle) error {
	rows, err := b.rows()
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, BOM); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, row := range rows {
		for i := range row {
			row[i] = Guard(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// sheet is the name of the only sheet of a workbook.
const sheet = "quotes"

// XLSX writes the same table as a workbook. Every cell is text, which no
// spreadsheet runs.
func XLSX(w io.Writer, b *Bundle) error {
	rows, err := b.rows()
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // in memory
	if err := f.SetSheetName(f.GetSheetName(0), sheet); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Created: "1980-01-01T00:00:00Z", Modified: "1980-01-01T00:00:00Z"}); err != nil {
		return err
	}
	for i, row := range rows {
		for j, cell := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(sheet, name, clipCell(cell)); err != nil {
				return err
			}
		}
	}
	return Rezip(w, f)
}

// clipCell cuts what a workbook cannot hold: 32,767 characters a cell (ECMA-376).
// Only a card can be so long, and then it is left out whole.
func clipCell(cell string) string {
	const most = 32767
	if len(cell) > most && strings.HasPrefix(cell, "{") {
		return ""
	}
	return cell
}
