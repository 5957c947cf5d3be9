package meta

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// Row is a line of a table of metadata: a document, by ID or by path, and its
// facts.
type Row struct {
	ID    string // an ID or the beginning of one; "" if the path names the document
	Path  string
	Facts corpus.Facts // of the columns that the table has; an empty cell is a fact without values
	Line  int          // of the table, from 1; the header is line 1
}

// The columns that name a document.
const (
	columnID   = "id"
	columnPath = "path"
)

// valueSep divides the values of one cell. A value that holds a semicolon, or
// begins with a quotation mark, stands in quotation marks inside the cell, and
// those within it are doubled, as CSV has it for whole cells:
//
//	Suspect; "Article 405; part 2"; "The ""Alga"" case"
//
// Quotation marks that are not closed before the next semicolon or the end of
// the cell belong to the value.
const valueSep = "; "

// maxTable is the longest table, in bytes; maxErrors the most mistakes told.
const (
	maxTable  = 64 << 20
	maxErrors = 20
)

// ReadTable reads a table of metadata: CSV with a header, divided by commas,
// semicolons or tabs, with or without a byte order mark. A column that is not
// there leaves its facts alone; an empty cell says that there is no value.
// Columns that are not known are ignored and named in unknown. The error lists
// mistakes by line and column, and then no row is to be used.
func ReadTable(r io.Reader) (rows []Row, unknown []string, err error) {
	b, err := io.ReadAll(io.LimitReader(r, maxTable+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("meta: reading the table: %w", err)
	case len(b) > maxTable:
		return nil, nil, tableError(fmt.Errorf("the table is longer than %d MiB", maxTable>>20))
	case !utf8.Valid(b):
		return nil, nil, tableError(errors.New("the table is not UTF-8: save it as CSV UTF-8"))
	}
	text := strings.TrimPrefix(string(b), "\ufeff")
	c := csv.NewReader(strings.NewReader(text))
	c.Comma = separator(text)
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	t := &table{csv: c}
	if err := t.header(); err != nil {
		return nil, nil, tableError(err)
	}
	if err := t.read(); err != nil {
		return nil, t.unknown, tableError(err)
	}
	return t.rows, t.unknown, nil
}

func tableError(err error) error {
	return &corpus.Error{Op: "meta.table", Kind: corpus.ErrInvalid, Err: err}
}

// separator returns what divides the columns of the first line. Spreadsheets
// write semicolons where the comma is the decimal sign.
func separator(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t'} {
		if n := strings.Count(line, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// table is a table being read.
type table struct {
	csv     *csv.Reader
	columns []string
	unknown []string
	rows    []Row
	errs    []error
}

func (t *table) header() error {
	record, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the table is empty")
	}
	if err != nil {
		return err
	}
	named := false
	for i, name := range record {
		name = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(t.columns, name) && name != "" {
			return fmt.Errorf("line 1, column %d: %q is there twice", i+1, name)
		}
		t.columns = append(t.columns, name)
		named = named || name == columnID || name == columnPath
		if name != "" && name != columnID && name != columnPath && !corpus.Key(name).Known() {
			t.unknown = append(t.unknown, name)
		}
	}
	if !named {
		return errors.New("line 1: no column id or path says which document a line is about")
	}
	return nil
}

func (t *table) read() error {
	for len(t.errs) < maxErrors {
		record, err := t.csv.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.errs = append(t.errs, err)
			break
		}
		line, _ := t.csv.FieldPos(0)
		if row, ok := t.row(line, record); ok {
			t.rows = append(t.rows, row)
		}
	}
	return errors.Join(t.errs...)
}

// row reads one line. Lines without a word are passed over.
func (t *table) row(line int, record []string) (Row, bool) {
	row := Row{Facts: corpus.Facts{}, Line: line}
	empty := true
	for i, cell := range record {
		cell = strings.TrimSpace(cell)
		empty = empty && cell == ""
		if i >= len(t.columns) {
			if cell != "" {
				t.mistake(line, i, "there are more cells than columns")
			}
			break
		}
		switch name := t.columns[i]; {
		case name == columnID:
			row.ID = strings.ToLower(cell)
		case name == columnPath:
			row.Path = cell
		case corpus.Key(name).Known():
			row.Facts[corpus.Key(name)] = corpus.Fact{Values: t.values(line, i, corpus.Key(name), cell), Origin: corpus.FromTable}
		}
	}
	if empty {
		return row, false
	}
	switch {
	case row.ID == "" && row.Path == "":
		t.mistake(line, 0, "no id and no path")
	case row.ID != "" && !corpus.ValidPrefix(row.ID):
		t.mistake(line, slices.Index(t.columns, columnID), fmt.Sprintf("%q is no id: it has 8 to 64 digits from 0 to f", row.ID))
	}
	return row, true
}

func (t *table) mistake(line, column int, what string) {
	t.errs = append(t.errs, fmt.Errorf("line %d, column %d: %s", line, column+1, what))
}

// values divides and checks a cell.
func (t *table) values(line, column int, k corpus.Key, cell string) []string {
	if cell == "" {
		return nil
	}
	if !multiple(k) {
		v, err := checked(k, cell)
		if err != nil {
			t.mistake(line, column, err.Error())
		}
		return []string{v}
	}
	var out []string
	for _, part := range split(cell) {
		v, err := checked(k, part)
		if err != nil {
			t.mistake(line, column, err.Error())
		}
		out = append(out, v)
	}
	return out
}

// split divides a cell into its values.
func split(cell string) []string {
	var out []string
	for cell = strings.TrimSpace(cell); cell != ""; cell = strings.TrimSpace(cell) {
		value, rest, ok := unquote(cell)
		if !ok {
			value, rest, _ = strings.Cut(cell, ";")
			value = strings.TrimSpace(value)
		}
		if value != "" {
			out = append(out, value)
		}
		cell = rest
	}
	return out
}

// unquote reads the quoted value that a cell begins with, and returns what
// comes after it and the semicolon.
func unquote(cell string) (value, rest string, ok bool) {
	inside, ok := strings.CutPrefix(cell, `"`)
	if !ok {
		return "", "", false
	}
	var b strings.Builder
	for {
		before, after, closed := strings.Cut(inside, `"`)
		b.WriteString(before)
		if !closed {
			return "", "", false
		}
		if inside, ok = strings.CutPrefix(after, `"`); ok {
			b.WriteByte('"')
			continue
		}
		after = strings.TrimSpace(after)
		rest, ok = strings.CutPrefix(after, ";")
		return b.String(), rest, ok || after == ""
	}
}

// Cell returns the values of a fact as a table has them in one cell. Two lists
// of values with the same cell are the same to a person who edits tables.
func Cell(k corpus.Key, values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		if multiple(k) && (strings.Contains(v, ";") || strings.HasPrefix(v, `"`) || strings.TrimSpace(v) != v) {
			v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		out[i] = v
	}
	// Package csv reads CR LF as LF, and the blanks around a cell are no part of it.
	return strings.TrimSpace(strings.ReplaceAll(strings.Join(out, valueSep), "\r\n", "\n"))
}

// multiple reports whether a fact may have several values. Titles and notes
// have semicolons of their own.
func multiple(k corpus.Key) bool {
	switch k {
	case corpus.KeyTitle, corpus.KeyNote, corpus.KeyURL, corpus.KeyLicence, corpus.KeyDate, corpus.KeyKind, corpus.KeyWithheld:
		return false
	default:
		return true
	}
}

// checked checks the values that programs act on.
func checked(k corpus.Key, v string) (string, error) {
	switch k {
	case corpus.KeyKind:
		if kind := corpus.Kind(strings.ToLower(v)); kind.Known() {
			return string(kind), nil
		}
		if kind := KindOf(v); kind != corpus.Other {
			return string(kind), nil
		}
		return v, fmt.Errorf("%q is no kind of document; kinds are %s", v, kindList())
	case corpus.KeyDate:
		if d := ParseDate(v); d != "" {
			return string(d), nil
		}
		return v, fmt.Errorf("%q is no date: write 2023-11-30, 2023-11 or 2023", v)
	case corpus.KeyLang:
		if v = strings.ToLower(v); v == "kk" || v == "ru" || v == "en" {
			return v, nil
		}
		return v, fmt.Errorf("%q is no language: write kk, ru or en", v)
	case corpus.KeyWithheld:
		if v = strings.ToLower(v); v == "yes" || v == "no" {
			return v, nil
		}
		return v, fmt.Errorf("%q: write yes or no", v)
	default:
		return v, nil
	}
}

func kindList() string {
	names := make([]string, len(corpus.Kinds))
	for i, k := range corpus.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// WriteTable writes a table that ReadTable reads: id, path and all keys, with
// a byte order mark, without which spreadsheets take UTF-8 for something else.
func WriteTable(w io.Writer, rows []Row) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return fmt.Errorf("meta: writing the table: %w", err)
	}
	c := csv.NewWriter(b)
	record := []string{columnID, columnPath}
	for _, k := range corpus.Keys {
		record = append(record, string(k))
	}
	if err := c.Write(record); err != nil {
		return fmt.Errorf("meta: writing the table: %w", err)
	}
	for _, row := range rows {
		record = append(record[:0], row.ID, row.Path)
		for _, k := range corpus.Keys {
			record = append(record, Cell(k, row.Facts[k].Values))
		}
		if err := c.Write(record); err != nil {
			return fmt.Errorf("meta: writing the table: %w", err)
		}
	}
	c.Flush()
	if err := errors.Join(c.Error(), b.Flush()); err != nil {
		return fmt.Errorf("meta: writing the table: %w", err)
	}
	return nil
}
