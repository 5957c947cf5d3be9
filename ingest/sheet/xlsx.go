package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
	"dalel/ingest"
)

// maxUnzipped bounds what a spreadsheet inflates to, and maxInMemory what of it
// is held in memory, in bytes.
const (
	maxUnzipped = 512 << 20
	maxInMemory = 32 << 20
)

// XLSX reads spreadsheets of Excel. Cells come as they are shown; a sheet
// begins with its name.
type XLSX struct{}

// Name returns engine and version.
func (XLSX) Name() string { return "xlsx@1" }

// Extract implements ingest.Extractor.
func (XLSX) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if _, err := ingest.OpenZip(r, r.Size()); err != nil {
		return damaged(err)
	}
	book, err := excelize.OpenReader(io.NewSectionReader(r, 0, r.Size()),
		excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxInMemory})
	if err != nil {
		return damaged(err)
	}
	defer book.Close() //nolint:errcheck // temporary files go with the worker
	for _, name := range book.GetSheetList() {
		if err := sheet(ctx, book, name, out); err != nil {
			return err
		}
	}
	return nil
}

func sheet(ctx context.Context, book *excelize.File, name string, out ingest.Emitter) error {
	if visible, err := book.GetSheetVisible(name); err == nil && !visible {
		if err := out.Warn(fmt.Sprintf("sheet %q is hidden in the file; it was read", name)); err != nil {
			return err
		}
	}
	if title := ingest.OneLine(name); title != "" {
		if err := out.Paragraph(corpus.Paragraph{Role: corpus.RoleHeading, Text: title}); err != nil {
			return err
		}
	}
	rows, err := book.Rows(name)
	if err != nil {
		return unreadSheet(out, name, err)
	}
	defer rows.Close() //nolint:errcheck // reading is over
	for n := 0; rows.Next(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if n == maxRows {
			return tooLong(out)
		}
		cells, err := rows.Columns()
		if err != nil {
			return unreadSheet(out, name, err)
		}
		if err := emitRow(cells, out); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return unreadSheet(out, name, err)
	}
	return nil
}

// unreadSheet tells that a sheet was not read to its end.
func unreadSheet(out ingest.Emitter, name string, err error) error {
	why := fmt.Sprintf("sheet %q could not be read to its end: %v", name, err)
	return errors.Join(out.Warn(why), out.Page(corpus.Page{No: 1, Status: corpus.PageUnread, Extractor: XLSX{}.Name(), Warnings: []string{why}}))
}
