package postings

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"dalel/indexer"
	"dalel/search"
)

// However paragraphs come, go and come again, an index answers as one that was
// made of the rest in one go, and stays a handful of files.
func TestMergesChangeNoAnswer(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for round := range 4 {
		x, has := create(t), map[search.ParaNo]search.ParaNo{} // whose words a paragraph has
		for range 120 {
			if r.IntN(4) == 0 {
				var gone []search.ParaNo
				for range r.IntN(20) {
					gone = append(gone, search.ParaNo(r.IntN(600)))
					delete(has, gone[len(gone)-1])
				}
				if err := x.Delete(t.Context(), gone...); err != nil {
					t.Fatal(err)
				}
				continue
			}
			var batch []indexer.Entry
			for range 1 + r.IntN(1+r.IntN(60)) {
				p, words := search.ParaNo(r.IntN(600)), search.ParaNo(r.IntN(5000))
				e := specimen(words)
				e.Para = p
				batch, has[p] = append(batch, e), words
			}
			put(t, x, batch...)
		}
		var whole []indexer.Entry
		for p, words := range has {
			e := specimen(words)
			e.Para = p
			whole = append(whole, e)
		}
		y := create(t)
		put(t, y, whole...)
		if got, want := mustAll(t, x), mustAll(t, y); !slices.Equal(got, want) {
			t.Errorf("round %d: other answers than an index made in one go", round)
		}
		if err := x.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if n := len(x.cur.segs); n > 3*fanIn {
			t.Errorf("round %d: %d segments", round, n)
		}
		if list, err := os.ReadDir(x.dir); err != nil || len(list) != len(x.cur.segs)+1 {
			t.Errorf("round %d: %d files for %d segments, %v", round, len(list), len(x.cur.segs), err)
		}
	}
}

// A search that began before a merge ends with the files it began with.
func TestASearchOutlivesAMerge(t *testing.T) {
	x := create(t)
	put(t, x, specimens(0, 40)...)
	plan := search.Plan{Leaves: [][]search.Way{{{Field: search.FieldRU, Terms: []string{"ru0"}, Weight: 1}}, {{Field: search.FieldKK, Terms: []string{"kk0"}, Weight: 1}}}}
	var want []search.Candidate
	for c, err := range x.Candidates(t.Context(), plan) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, c)
	}
	var got []search.Candidate
	for c, err := range x.Candidates(t.Context(), plan) {
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 { // everything changes while the first one is looked at
			for p := range search.ParaNo(20) {
				put(t, x, specimens(100+p, 101+p)...)
			}
			if err := x.Delete(t.Context(), slices.Collect(func(yield func(search.ParaNo) bool) {
				for p := range search.ParaNo(40) {
					_ = yield(p)
				}
			})...); err != nil {
				t.Fatal(err)
			}
		}
		got = append(got, c)
	}
	if !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("a search under way has %v, want %v", got, want)
	}
}

func TestSettledIsOneSegmentWithTheSameAnswers(t *testing.T) {
	x := create(t)
	for p := search.ParaNo(0); p < 40; p += 8 {
		put(t, x, specimens(p, p+8)...)
	}
	if err := x.Delete(t.Context(), 3, 17); err != nil {
		t.Fatal(err)
	}
	before, err := all(t, x)
	if err != nil || len(x.cur.segs) < 2 {
		t.Fatalf("%d segments, %v", len(x.cur.segs), err)
	}
	for range 2 { // one that is settled stays so
		if err := x.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		after, err := all(t, x)
		if err != nil || !slices.Equal(after, before) || len(x.cur.segs) != 1 || x.cur.segs[0].gone != 0 {
			t.Errorf("%d segments, %v, another answer: %v", len(x.cur.segs), err, !slices.Equal(after, before))
		}
	}
	if err := x.Delete(t.Context(), seq(0, 40)...); err != nil {
		t.Fatal(err)
	}
	if err := x.Settle(t.Context()); err != nil || len(x.cur.segs) != 0 {
		t.Errorf("of nothing: %d segments, %v", len(x.cur.segs), err)
	}
}

// seq lists the numbers from first up to end.
func seq(first, end search.ParaNo) (out []search.ParaNo) {
	for p := first; p < end; p++ {
		out = append(out, p)
	}
	return out
}

// Readers and writers do not meet; the files of what nobody reads are gone.
func TestReadersBesideMerges(t *testing.T) {
	x := create(t)
	put(t, x, specimens(0, 8)...)
	var stop atomic.Bool
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for !stop.Load() {
				if _, err := all(t, x); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for p := search.ParaNo(8); p < 120; p += 2 {
		put(t, x, specimens(p, p+2)...)
		if err := x.Delete(t.Context(), p-8); err != nil {
			t.Error(err)
		}
	}
	stop.Store(true)
	wg.Wait()
	if list, err := os.ReadDir(x.dir); err != nil || len(list) != len(x.cur.segs)+1 {
		t.Errorf("%d files for %d segments, %v", len(list), len(x.cur.segs), err)
	}
}

// batch is n paragraphs as long as real ones, whose words are as unequal.
func batch(first search.ParaNo, n int) []indexer.Entry {
	r := rand.New(rand.NewPCG(uint64(first), 9))
	z := rand.NewZipf(r, 1.1, 4, 40_000)
	out := make([]indexer.Entry, n)
	for i := range out {
		terms := make([]string, 120)
		for j := range terms {
			terms[j] = fmt.Sprintf("слово%d", z.Uint64())
		}
		out[i] = indexer.Entry{Para: first + search.ParaNo(i), Terms: map[search.Field][]string{search.FieldRU: terms}}
	}
	return out
}

// BenchmarkPut stores 500 paragraphs of 120 words at a time, merges included.
func BenchmarkPut(b *testing.B) {
	const n = 500
	entries := batch(0, n)
	x := create(b)
	next := search.ParaNo(0)
	for b.Loop() {
		for i := range entries {
			entries[i].Para = next
			next++
		}
		put(b, x, entries...)
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "paragraphs/s")
}

// BenchmarkMerge writes eight segments of 500 paragraphs as one.
func BenchmarkMerge(b *testing.B) {
	x := create(b)
	for i := range search.ParaNo(fanIn - 1) {
		put(b, x, batch(500*i, 500)...)
	}
	st, err := x.use("")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = st.release() }()
	name := x.dir + ".merged"
	for b.Loop() {
		m := newMerger(st.segs)
		if err := m.write(name); err != nil {
			b.Fatal(err)
		}
		if err := os.Remove(name); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen opens 20,000 paragraphs.
func BenchmarkOpen(b *testing.B) {
	x := create(b)
	for i := range search.ParaNo(10) {
		put(b, x, batch(2000*i, 2000)...)
	}
	for b.Loop() {
		y, err := Open(x.dir)
		if err != nil {
			b.Fatal(err)
		}
		if err := y.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCandidates asks for a common word, a rare one, and one in many forms,
// in 20,000 paragraphs.
func BenchmarkCandidates(b *testing.B) {
	x := create(b)
	for i := range search.ParaNo(10) {
		put(b, x, batch(2000*i, 2000)...)
	}
	forms := make([]string, 20)
	for i := range forms {
		forms[i] = fmt.Sprintf("слово%d", 100+i)
	}
	for _, tt := range []struct {
		name  string
		terms []string
	}{{"common", []string{"слово3"}}, {"rare", []string{"слово30000"}}, {"forms", forms}} {
		b.Run(tt.name, func(b *testing.B) {
			plan := search.Plan{Leaves: [][]search.Way{{{Field: search.FieldRU, Terms: tt.terms, Weight: 1}}}}
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
