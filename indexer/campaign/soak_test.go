package campaign

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// think is how long a reader looks at an answer.
const think = 250 * time.Millisecond

// soaked is a library in use by many at once.
type soaked struct {
	lib    *indexer.Library
	docs   int // those that stay, from number 0
	src    string
	engine *search.Engine

	searches, changes atomic.Int64
	slowest           atomic.Int64 // search, in ns
	seen              []measure
}

// measure is what the process holds between two changes.
type measure struct {
	heap  float64 // MB, after a collection
	files int     // open descriptors; 0 where that is not told
}

// TestSoak has 4 writers and 16 readers use one library for a time. Run it under
// the race detector. Documents come, are read again, are corrected and go, and
// the index is made again now and then; meanwhile those that stay are found, each
// once, by every search. Memory and descriptors stay what they were.
func TestSoak(t *testing.T) {
	const readers = 16
	s := &soaked{docs: 30, src: filepath.Join(tempDir(t), "src")}
	dir := filepath.Join(tempDir(t), "lib")
	fill(t, dir, 0, s.docs, 20)
	var err error
	if s.lib, err = indexer.Open(t.Context(), dir, quick()); err != nil {
		t.Fatal(err)
	}
	s.engine = &search.Engine{Index: s.lib.Index(), Forward: s.lib.Forward(), Clock: time.Now}
	ctx, stop := context.WithTimeout(t.Context(), time.Duration(scale(2, 20, 600))*time.Second)
	defer stop()
	var users sync.WaitGroup
	for i, write := range []func(context.Context, int) error{s.comeAndGo, s.readAgain, s.correct, s.remake} {
		users.Go(func() {
			for round := 0; ctx.Err() == nil; round++ {
				if err := write(context.WithoutCancel(ctx), round); err != nil { // what has begun comes to its end
					t.Errorf("writer %d: %v", i, err)
					return
				}
				s.changes.Add(1)
			}
		})
	}
	for i := range readers {
		users.Go(func() { s.read(ctx, t, i) })
	}
	users.Wait()
	for f, err := range s.lib.Doctor(t.Context(), true) {
		if err != nil || f.Damage {
			t.Errorf("doctor: %+v, %v", f, err)
		}
	}
	if err := s.lib.Close(); err != nil {
		t.Error(err)
	}
	s.report(t)
}

// comeAndGo stores documents and, some rounds later, removes them together: the
// index is made again each time, so that it holds no word of them.
func (s *soaked) comeAndGo(ctx context.Context, round int) error {
	const each, rounds, first = 2, 10, 1000
	ins, err := makeDocuments(s.src, first+each*(round%rounds), each)
	if err != nil {
		return err
	}
	if _, err := s.lib.PutAll(ctx, ins); err != nil || round%rounds < rounds-1 {
		return err
	}
	var ids []corpus.ID
	for i := range each * rounds {
		ids = append(ids, idOf(first+i))
	}
	return s.lib.Remove(ctx, ids...)
}

// readAgain stores documents that are there with the text of another extractor,
// which finds the same words.
func (s *soaked) readAgain(ctx context.Context, round int) error {
	ins, err := makeDocuments(s.src, round%s.docs, 1)
	if err != nil {
		return err
	}
	text := *ins[0].Text
	text.Extractor = "text@" + strconv.Itoa(2+round%2)
	text.Paragraphs = append(slices.Clone(text.Paragraphs), corpus.Paragraph{
		Ord: len(text.Paragraphs) + 1, Role: corpus.RoleBody, Lang: "ru", Text: fmt.Sprint("SPECIMEN чтение ", round%2), Pages: []corpus.PageSpan{{Page: 1}},
	})
	ins[0].Text = &text
	_, err = s.lib.PutAll(ctx, ins)
	return err
}

// correct changes facts of documents.
func (s *soaked) correct(ctx context.Context, round int) error {
	return s.lib.SetFacts(ctx, idOf(round%s.docs), corpus.KeyNote, []string{"SPECIMEN " + strconv.Itoa(round)})
}

// remake makes the index again, looks at everything, and measures.
func (s *soaked) remake(ctx context.Context, round int) error {
	if err := s.lib.Reindex(ctx, nil); err != nil {
		return err
	}
	for f, err := range s.lib.Doctor(ctx, false) {
		if err == nil && f.Damage {
			err = fmt.Errorf("%w: doctor: %+v", corpus.ErrDamaged, f)
		}
		if err != nil {
			return err
		}
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	const mb = 1 << 20
	files, _ := os.ReadDir("/proc/self/fd")
	s.seen = append(s.seen, measure{float64(m.HeapAlloc) / mb, len(files)})
	return nil
}

// read searches: for documents that stay, which are found, and for all else.
func (s *soaked) read(ctx context.Context, t *testing.T, no int) {
	r := rand.New(rand.NewPCG(uint64(no), 21))
	list := queries(60, s.docs)
	for ctx.Err() == nil {
		i := r.IntN(s.docs)
		res, err := s.search(ctx, search.Request{Query: "=" + ownWord(i), Limit: 5, Facets: i%2 == 0, Group: i%3 == 0})
		switch {
		case err != nil && ctx.Err() == nil:
			t.Errorf("a search for document %d: %v", i, err)
		case err == nil && res.Docs != 1:
			t.Errorf("document %d is found %d times", i, res.Docs)
		}
		q := list[r.IntN(len(list))]
		if _, err := s.search(ctx, search.Request{Query: q, Limit: 20, Facets: true}); err != nil && ctx.Err() == nil {
			t.Errorf("%v: %s: %v", time.Now().Format(time.TimeOnly), q, err)
		}
		time.Sleep(think) // else writers wait for a processor, not for each other
		if t.Failed() {
			return
		}
	}
}

// search searches, and notes how long that took.
func (s *soaked) search(ctx context.Context, req search.Request) (*search.Result, error) {
	start := time.Now()
	defer func() {
		s.searches.Add(1)
		took := int64(time.Since(start))
		for old := s.slowest.Load(); took > old && !s.slowest.CompareAndSwap(old, took); old = s.slowest.Load() {
		}
	}()
	return s.engine.Search(ctx, req)
}

// report compares the second quarter of the measures with the last one: the
// first warms up. The middle one of each counts.
func (s *soaked) report(t *testing.T) {
	t.Helper()
	n := len(s.seen)
	if n == 0 {
		t.Logf("SOAK searches=%d changes=%d", s.searches.Load(), s.changes.Load())
		t.Fatal("the index was not made again even once")
	}
	middle := func(m []measure) measure {
		heaps, files := []float64{}, []int{}
		for _, x := range m {
			heaps, files = append(heaps, x.heap), append(files, x.files)
		}
		slices.Sort(heaps)
		slices.Sort(files)
		return measure{heaps[len(heaps)/2], files[len(files)/2]}
	}
	before, after := middle(s.seen[n/4:n/2+1]), middle(s.seen[n*3/4:])
	t.Logf("SOAK searches=%d slowest=%v changes=%d measures=%d heap_before=%.1fMB heap_after=%.1fMB files_before=%d files_after=%d",
		s.searches.Load(), time.Duration(s.slowest.Load()).Round(time.Millisecond), s.changes.Load(), n, before.heap, after.heap, before.files, after.files)
	// 16 readers are not always at the same place: searches under way hold some
	// hundred KB each, and a few descriptors.
	const enough, moreHeap, readersHeap, moreFiles = 8, 1.1, 4, 8 // readersHeap in MB
	if n >= enough && (after.heap > moreHeap*before.heap+readersHeap || after.files > before.files+moreFiles) {
		t.Errorf("the process has grown from %+v to %+v", before, after)
	}
	if s.searches.Load() == 0 || s.changes.Load() < 4 {
		t.Error("nothing has happened")
	}
}
