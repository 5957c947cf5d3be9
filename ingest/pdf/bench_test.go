package pdf

import (
	"testing"
)

// BenchmarkExtract reads a file of 60 pages of text.
func BenchmarkExtract(b *testing.B) {
	lines := make([]string, 45)
	for i := range lines {
		lines[i] = sentence + " It goes on for a while."
	}
	contents := make([]string, 60)
	for i := range contents {
		contents[i] = column(50, 760, lines...)
	}
	data := pages(contents...)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		r, err := extract(data)
		if err != nil {
			b.Fatal(err)
		}
		n += len(r.pages)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}
