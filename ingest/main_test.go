package ingest_test

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/docx"
	"dalel/ingest/extracttest"
	"dalel/ingest/html"
	"dalel/ingest/text"
)

// The test binary is its own worker, as dalel is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "extract-worker" {
		os.Exit(ingest.WorkerMain(context.Background(), os.Args[2:], os.Stdin, os.Stdout, formats(), nil))
	}
	os.Exit(m.Run())
}

func worker() *ingest.Worker {
	return &ingest.Worker{Command: []string{os.Args[0], "extract-worker"}, Timeout: 20 * time.Second}
}

// formats are the real extractors and some that misbehave.
func formats() ingest.Formats {
	return ingest.Formats{
		ingest.TypeText: text.Extractor{},
		ingest.TypeHTML: html.Extractor{},
		ingest.TypeDOCX: docx.Extractor{},
		"test/crash":    misbehaving(func() error { os.Exit(7); return nil }),
		"test/unpaged":  unpaged{},
		"test/panic":    misbehaving(func() error { panic("index out of range") }),
		"test/error":    misbehaving(func() error { return errors.New("broken table") }),
		"test/hang":     misbehaving(func() error { select {} }),
		"test/spin": misbehaving(func() error {
			for n := 0; ; n++ {
				runtime.KeepAlive(n)
			}
		}),
		"test/memory": misbehaving(fillMemory),
		"test/grab":   misbehaving(grabMemory),
		"test/good":   misbehaving(func() error { return nil }),
	}
}

// misbehaving emits two pages of four, then does something else.
type misbehaving func() error

func (misbehaving) Name() string { return "misbehaving@1" }

func (f misbehaving) Extract(_ context.Context, r ingest.Reader, out ingest.Emitter) error {
	b := make([]byte, r.Size())
	if _, err := r.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if c, ok := out.(ingest.PageCounter); ok {
		if err := c.PageCount(4); err != nil {
			return err
		}
	}
	for n := 1; n <= 2; n++ {
		p := corpus.Paragraph{Text: "SPECIMEN " + strings.Repeat("x", n), Pages: []corpus.PageSpan{{Page: n}}}
		if err := out.Paragraph(p); err != nil {
			return err
		}
		if err := out.Page(corpus.Page{No: n, Status: corpus.PageOK, Score: 1, Extractor: f.Name()}); err != nil {
			return err
		}
	}
	return f()
}

// unpaged emits a paragraph of a format without pages, then fails.
type unpaged struct{}

func (unpaged) Name() string { return "unpaged@1" }

func (unpaged) Extract(_ context.Context, _ ingest.Reader, out ingest.Emitter) error {
	return errors.Join(out.Paragraph(corpus.Paragraph{Text: "SPECIMEN that goes on"}), errors.New("broken part"))
}

func fillMemory() error {
	var all [][]byte
	for range 4096 {
		b := make([]byte, 1<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		all = append(all, b)
		time.Sleep(time.Millisecond)
	}
	return errors.New(string(all[0][:1]))
}

// grabMemory asks for more at once than any watch could notice in time.
func grabMemory() error {
	b := make([]byte, 137<<30)
	return errors.New(string(b[:1]))
}

// zipOf makes an archive of names and contents, in pairs.
func zipOf(t *testing.T, pairs ...string) string { return string(extracttest.Zip(t, pairs...)) }
