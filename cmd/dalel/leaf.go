package main

import (
	"context"
	"os"
	"runtime"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ingest"
	"dalel/ingest/facsimile"
	"dalel/ingest/ocr"
	"dalel/ui"
)

// pages shows the pages of a library's originals.
type pages struct {
	lib  *indexer.Library
	desk *facsimile.Desk
}

func newPages(lib *indexer.Library) (ui.Facsimile, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return pages{lib, &facsimile.Desk{Worker: &ingest.Worker{Command: []string{self, workerCommand}}}}, nil
}

func (p pages) Page(ctx context.Context, d *corpus.Document, page int, marks []ui.PageMark) (image []byte, mediaType string, err error) {
	f, err := p.lib.Original(ctx, d.ID)
	if err != nil {
		return nil, "", err
	}
	defer f.Close() //nolint:errcheck // only read
	file, ok := f.(*os.File)
	if !ok {
		return nil, "", ingest.ErrNoRenderer
	}
	image, err = p.desk.Page(ctx, d, file, page, passages(page, marks))
	return image, "image/jpeg", err
}

// passages cuts the marked paragraphs to what stands on a page.
func passages(page int, marks []ui.PageMark) []facsimile.Passage {
	var out []facsimile.Passage
	for _, m := range marks {
		from, to := 0, len(m.Para.Text)
		for _, s := range m.Para.Pages {
			if s.Page <= page {
				from = s.Start
			} else {
				to = min(to, s.Start)
			}
		}
		span := ingest.Span{Start: max(m.Start, from) - from, End: min(m.End, to) - from}
		out = append(out, facsimile.Passage{Text: m.Para.Text[from:to], Spans: []ingest.Span{span}})
	}
	return out
}

func (pages) Install(ctx context.Context) (command string, draws, reads bool) {
	draws = ocr.Renderer(ctx) != nil
	return ocr.Advice(runtime.GOOS), draws, draws && ocr.Find(ctx) != nil
}

// toReadScans returns the command that installs what reads scanned pages here;
// "" when it is there.
func toReadScans(ctx context.Context) string {
	command, _, reads := pages{}.Install(ctx)
	if reads {
		return ""
	}
	return command
}
