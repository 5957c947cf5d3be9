// Package sheet reads tables: comma-separated text in any character set, and
// spreadsheets. A row is a paragraph, its cells divided by " | ".
package sheet

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
)

// Limits of a table.
const (
	maxSize = 64 << 20 // bytes of text
	maxRows = 500_000
	maxCols = 1000
)

// CSV reads comma-separated text (RFC 4180), with whatever sign divides its
// cells.
type CSV struct{}

// Name returns engine and version.
func (CSV) Name() string { return "csv@1" }

// Extract implements ingest.Extractor.
func (CSV) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the table is larger than %d MiB: split it", maxSize>>20))
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return damaged(err)
	}
	t := charset.Decode(b, "")
	if t.Damaged > 0 {
		if err := out.Warn(fmt.Sprintf("%d characters could not be decoded from %s", t.Damaged, t.Name)); err != nil {
			return err
		}
	}
	in := csv.NewReader(strings.NewReader(t.String))
	in.Comma, in.LazyQuotes, in.FieldsPerRecord, in.ReuseRecord = divider(t.String), true, -1, true
	return rows(ctx, in, out)
}

func rows(ctx context.Context, in *csv.Reader, out ingest.Emitter) error {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if n == maxRows {
			return tooLong(out)
		}
		if err != nil {
			if err := out.Warn("a row could not be read: " + err.Error()); err != nil {
				return err
			}
			continue
		}
		if err := emitRow(cells, out); err != nil {
			return err
		}
	}
}

// tooLong tells that a table has more rows than are read.
func tooLong(out ingest.Emitter) error {
	why := fmt.Sprintf("only the first %d rows were read", maxRows)
	return errors.Join(out.Warn(why), out.Page(corpus.Page{No: 1, Status: corpus.PageUnread, Warnings: []string{why}}))
}

// emitRow emits the cells that are not empty.
func emitRow(cells []string, out ingest.Emitter) error {
	var kept []string
	for _, c := range cells[:min(len(cells), maxCols)] {
		if c = ingest.OneLine(c); c != "" {
			kept = append(kept, c)
		}
	}
	for _, piece := range ingest.SplitLong(strings.Join(kept, " | ")) {
		if piece == "" {
			continue
		}
		if err := out.Paragraph(corpus.Paragraph{Role: corpus.RoleTable, Text: piece}); err != nil {
			return err
		}
	}
	return nil
}

// divider returns the sign between cells: the one that divides the first lines
// into most cells, and each into as many.
func divider(s string) rune {
	const lines = 20
	best, most := ',', 0
	for _, sign := range []rune{',', ';', '\t', '|'} {
		in := csv.NewReader(strings.NewReader(s))
		in.Comma, in.LazyQuotes = sign, true // the first row says how many cells there are
		score := 0
		for range lines {
			cells, err := in.Read()
			if err != nil {
				break
			}
			score += len(cells) - 1
		}
		if score > most {
			best, most = sign, score
		}
	}
	return best
}

func damaged(err error) error {
	return &corpus.Error{Op: "sheet.extract", Kind: corpus.ErrDamaged, Err: err}
}
