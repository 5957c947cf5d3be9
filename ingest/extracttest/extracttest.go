// Package extracttest is what tests of extractors share: an Emitter that
// remembers, and the promises that hold for every extractor and every input.
package extracttest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest"
)

// Result is what an Extractor emitted.
type Result struct {
	Paragraphs []corpus.Paragraph
	Pages      []corpus.Page
	Facts      corpus.Facts
	Warnings   []string
}

// Page implements ingest.Emitter.
func (r *Result) Page(p corpus.Page) error { r.Pages = append(r.Pages, p); return nil }

// Paragraph implements ingest.Emitter.
func (r *Result) Paragraph(p corpus.Paragraph) error {
	r.Paragraphs = append(r.Paragraphs, p)
	return nil
}

// Fact implements ingest.Emitter.
func (r *Result) Fact(k corpus.Key, f corpus.Fact) error {
	if r.Facts == nil {
		r.Facts = corpus.Facts{}
	}
	r.Facts[k] = f
	return nil
}

// Warn implements ingest.Emitter.
func (r *Result) Warn(s string) error { r.Warnings = append(r.Warnings, s); return nil }

// Lines returns the paragraphs, a line each, with the role of those that are
// not body: "heading: Facts".
func (r *Result) Lines() []string {
	lines := make([]string, len(r.Paragraphs))
	for i, p := range r.Paragraphs {
		lines[i] = p.Text
		if p.Role != corpus.RoleBody {
			lines[i] = fmt.Sprintf("%s: %s", p.Role, p.Text)
		}
	}
	return lines
}

// Run extracts from bytes.
func Run(ctx context.Context, x ingest.Extractor, b []byte) (*Result, error) {
	r := &Result{}
	err := x.Extract(ctx, bytes.NewReader(b), r)
	return r, err
}

// MustRun extracts from bytes that are good.
func MustRun(t *testing.T, x ingest.Extractor, b []byte) *Result {
	t.Helper()
	r, err := Run(t.Context(), x, b)
	if err != nil {
		t.Fatalf("Extract: %v", err)
	}
	return r
}

// Check runs x twice on hostile bytes and fails the test when a promise is
// broken: paragraphs are clean lines of bounded length, and the same each time.
func Check(t *testing.T, x ingest.Extractor, b []byte) *Result {
	t.Helper()
	got, err := Run(t.Context(), x, b)
	again, errAgain := Run(t.Context(), x, b)
	if !reflect.DeepEqual(got, again) || (err == nil) != (errAgain == nil) {
		t.Errorf("two readings differ")
	}
	for _, p := range got.Paragraphs {
		switch {
		case !utf8.ValidString(p.Text):
			t.Errorf("%q is not UTF-8", p.Text)
		case strings.ContainsAny(p.Text, "\n\r\x00"):
			t.Errorf("%q is not one line", p.Text)
		case strings.TrimSpace(p.Text) != p.Text || p.Text == "":
			t.Errorf("%q is empty or has blanks around it", p.Text)
		case len(p.Text) > ingest.MaxParagraph+64:
			t.Errorf("a paragraph of %d bytes", len(p.Text))
		case p.Role == "":
			t.Errorf("%q has no role", p.Text)
		}
	}
	return got
}

// Zip makes an archive of names and contents in turn, for formats that are
// archives.
func Zip(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
