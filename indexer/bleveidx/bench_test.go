package bleveidx

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"dalel/indexer"
	"dalel/search"
)

// words makes entries of 90 terms out of a vocabulary in which few are frequent.
func words(from, n int) []indexer.Entry {
	rng := rand.New(rand.NewPCG(uint64(from), 1))
	list := make([]indexer.Entry, n)
	for i := range list {
		terms := make([]string, 90)
		for j := range terms {
			terms[j] = fmt.Sprintf("слов%d", int(math.Exp(rng.Float64()*11))) // up to 60,000
		}
		list[i] = indexer.Entry{
			Para: search.ParaNo(from + i), Terms: map[search.Field][]string{search.FieldRU: terms},
		}
	}
	return list
}

func BenchmarkPut(b *testing.B) {
	x, err := Create(filepath.Join(b.TempDir(), "ix"))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	const batch = 2000
	next := 0
	for b.Loop() {
		b.StopTimer()
		list := words(next, batch)
		next += batch
		b.StartTimer()
		if err := x.Put(b.Context(), list...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(next), "µs/paragraph")
}

func BenchmarkCandidates(b *testing.B) {
	x, err := Create(filepath.Join(b.TempDir(), "ix"))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	if err := x.Put(b.Context(), words(0, 10_000)...); err != nil {
		b.Fatal(err)
	}
	for _, term := range []string{"слов1", "слов50", "слов5000"} {
		b.Run(term, func(b *testing.B) {
			plan := search.Plan{Leaves: [][]search.Way{{{Field: search.FieldRU, Terms: []string{term}, Weight: 1}}}}
			n := 0
			for b.Loop() {
				n = 0
				for _, err := range x.Candidates(b.Context(), plan) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
			}
			b.ReportMetric(float64(n), "hits")
		})
	}
}
