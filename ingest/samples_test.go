//go:build unix

package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/samples"
	"dalel/ingest"
	"dalel/ingest/pdf"
	"dalel/ingest/sheet"
)

// TestSpecimens reads the specimens and compares what was read with what
// their author says. Scans are read as far as they can be.
func TestSpecimens(t *testing.T) {
	dir := t.TempDir()
	want := make(map[string]samples.File)
	for f, err := range samples.Files() {
		if err != nil {
			t.Fatal(err)
		}
		if f.Kind == "" || strings.HasPrefix(f.Name, samples.TryDir) {
			continue
		}
		name := filepath.Join(dir, strings.ReplaceAll(f.Name, "/", "_"))
		if err := os.WriteFile(name, f.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		want[name] = f
	}
	p := pipeline(t, nil, new([]ingest.FileReport))
	p.Formats[ingest.TypePDF], p.Formats[ingest.TypeCSV], p.Formats[ingest.TypeXLSX] = pdf.Extractor{}, sheet.CSV{}, sheet.XLSX{}
	p.Runner = ingest.InProcess{Formats: p.Formats}
	_, err := p.Extract(t.Context(), ingest.Source{Paths: []string{dir}}, func(line any) error {
		s, ok := line.(ingest.SummaryLine)
		if !ok {
			return nil
		}
		f := want[s.Path]
		scan := strings.Contains(f.Name, "-skan-")
		if ext := filepath.Ext(f.Name); ext == ".csv" || ext == ".xlsx" { // a table does not say its day
			f.Date = ""
		}
		if scan { // what it is stands in pictures
			f.Kind, f.Date = s.Kind, corpus.Date(s.Meta[corpus.KeyDate])
		}
		if (s.Status != corpus.Stored) != scan || s.Kind != f.Kind || s.Meta[corpus.KeyLang] != f.Lang || corpus.Date(s.Meta[corpus.KeyDate]) != f.Date {
			t.Errorf("%s is %s: %s, %s, %s; want %s, %s, %s", f.Name, s.Status,
				s.Kind, s.Meta[corpus.KeyLang], s.Meta[corpus.KeyDate], f.Kind, f.Lang, f.Date)
		}
		return nil
	})
	if err != nil || len(want) < 20 {
		t.Errorf("%d specimens read: %v", len(want), err)
	}
}
