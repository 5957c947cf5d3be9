// Package indextest is the suite that every engine passes. It fixes what the
// comment of indexer.Backend leaves open: order, scores, cut terms, counts
// after deletion, and that a failure is an error and not an empty answer.
//
// Scores are BM25 with k1 = 1.2 and b = 0.75, where each field is a
// collection of its own:
//
//	idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
//	score = weight * idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean))
//
// N is the number of paragraphs that have any term in the field, df of those
// that have any term of the way, tf how often the paragraph has them, length the number of
// terms of the paragraph in the field and mean that of all N.
package indextest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// Reopener is an engine on disk: Reopen closes it and opens it again.
type Reopener interface {
	Reopen(t *testing.T) indexer.Backend
}

// Run runs the suite on engines that open gives, each of them empty.
func Run(t *testing.T, open func(t *testing.T) indexer.Backend) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, x indexer.Backend)
	}{
		{"an empty index has an empty answer", empty},
		{"a score worked out by hand", byHand},
		{"several terms are one word", ways},
		{"candidates by leaf and paragraph with the best way", candidates},
		{"fields are collections of their own", fields},
		{"put replaces and delete removes", replaceAndDelete},
		{"terms by prefix in byte order", terms},
		{"terms of any characters and lengths", oddTerms},
		{"the last of two entries counts", twice},
		{"a cancelled context ends everything", cancelled},
		{"a consumer may stop", stopped},
		{"nothing after close", closed},
		{"what was put is there after reopening", reopened},
		{"readers beside a writer", concurrent},
		{"ten thousand entries as computed from the formula", many},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := open(t)
			t.Cleanup(func() { _ = x.Close() })
			tt.test(t, x)
		})
	}
}

// entry makes an entry with Russian terms.
func entry(p search.ParaNo, terms string) indexer.Entry {
	return indexer.Entry{Para: p, Terms: map[search.Field][]string{search.FieldRU: strings.Fields(terms)}}
}

func ru(terms ...string) []search.Way {
	var ways []search.Way
	for _, term := range terms {
		ways = append(ways, search.Way{Field: search.FieldRU, Terms: []string{term}, Weight: 1})
	}
	return ways
}

func put(t *testing.T, x indexer.Backend, entries ...indexer.Entry) {
	t.Helper()
	if err := x.Put(t.Context(), entries...); err != nil {
		t.Fatalf("Put = %v", err)
	}
}

func collect(t *testing.T, x indexer.Backend, leaves ...[]search.Way) []search.Candidate {
	t.Helper()
	var got []search.Candidate
	for c, err := range x.Candidates(t.Context(), search.Plan{Leaves: leaves}) {
		if err != nil {
			t.Fatalf("Candidates: %v", err)
		}
		got = append(got, c)
	}
	return got
}

// paras returns the paragraphs that have a term.
func paras(t *testing.T, x indexer.Backend, term string) []search.ParaNo {
	t.Helper()
	var got []search.ParaNo
	for _, c := range collect(t, x, ru(term)) {
		got = append(got, c.Para)
	}
	return got
}

func wantParas(t *testing.T, x indexer.Backend, term string, want ...search.ParaNo) {
	t.Helper()
	if got := paras(t, x, term); !slices.Equal(got, want) {
		t.Errorf("paragraphs with %.40q = %v, want %v", term, got, want)
	}
}

// wantCount checks how many paragraphs there are, and that none comes twice.
func wantCount(t *testing.T, x indexer.Backend, want int) {
	t.Helper()
	if got, err := x.Count(t.Context()); err != nil || got != want {
		t.Errorf("Count = %d, %v, want %d", got, err, want)
	}
	seen := map[search.ParaNo]bool{}
	for p, err := range x.Paras(t.Context()) {
		if err != nil || seen[p] {
			t.Errorf("Paras yields %d, again: %t, %v", p, seen[p], err)
		}
		seen[p] = true
	}
	if len(seen) != want {
		t.Errorf("Paras yields %d paragraphs, want %d", len(seen), want)
	}
}

// vocabulary returns the Russian terms that begin with prefix.
func vocabulary(t *testing.T, x indexer.Backend, prefix string) []search.Term {
	t.Helper()
	var got []search.Term
	for term, err := range x.Terms(t.Context(), search.FieldRU, prefix) {
		if err != nil {
			t.Fatalf("Terms: %v", err)
		}
		got = append(got, term)
	}
	return got
}

func empty(t *testing.T, x indexer.Backend) {
	wantCount(t, x, 0)
	wantParas(t, x, "суд")
	if got := vocabulary(t, x, ""); len(got) > 0 {
		t.Errorf("Terms = %v, want none", got)
	}
	put(t, x)
	if err := x.Delete(t.Context(), 7); err != nil {
		t.Errorf("Delete of what is not there = %v", err)
	}
	put(t, x, indexer.Entry{Para: 1}, entry(2, "суд"))
	wantCount(t, x, 2)
	if got := collect(t, x); len(got) > 0 {
		t.Errorf("a plan without leaves gives %v", got)
	}
	if got := collect(t, x, nil, ru("суд")); len(got) != 1 || got[0].Leaf != 1 {
		t.Errorf("a leaf without terms before another: %v", got)
	}
}

// byHand has "суд" twice in a paragraph of 3 terms and not in another of 2, so
// N = 2, df = 1, mean = 2.5: idf = ln(1 + 1.5/1.5) = 0.693147;
// 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2.5)) = 4.4 / 3.38 = 1.301775;
// 0.693147 * 1.301775 = 0.902322.
func byHand(t *testing.T, x indexer.Backend) {
	put(t, x, entry(4, "суд решил суд"), entry(9, "решил отказать"))
	got := collect(t, x, ru("суд"))
	if len(got) != 1 || got[0].Para != 4 || !near(got[0].Score, 0.902322) {
		t.Errorf("Candidates = %+v, want paragraph 4 with 0.902322", got)
	}
	half := []search.Way{{Field: search.FieldRU, Terms: []string{"суд"}, Weight: 0.5}}
	if got := collect(t, x, half); len(got) != 1 || !near(got[0].Score, 0.451161) {
		t.Errorf("Candidates = %+v, want half the score", got)
	}
}

// ways asks for two forms of a word as one: the score is that of byHand, where
// the word stands twice in the same form.
func ways(t *testing.T, x indexer.Backend) {
	put(t, x, entry(4, "суд решил суду"), entry(9, "решил отказать"))
	put(t, x, indexer.Entry{Para: 11, Terms: map[search.Field][]string{search.FieldKK: {"суд"}}})
	way := search.Way{Field: search.FieldRU, Terms: []string{"суду", "суд", "", "судом", "суд"}, Weight: 1}
	if got := collect(t, x, []search.Way{way}); len(got) != 1 || got[0].Para != 4 || !near(got[0].Score, 0.902322) {
		t.Errorf("Candidates = %+v, want paragraph 4 with 0.902322", got)
	}
	all := search.Way{Field: search.FieldRU, Terms: []string{"суд", "решил", "отказать"}, Weight: 1}
	got := collect(t, x, []search.Way{{Field: search.FieldRU, Terms: []string{"нет"}, Weight: 1}, all})
	if len(got) != 2 || got[0].Para != 4 || got[1].Para != 9 || got[0].Way != 1 {
		t.Fatalf("Candidates = %+v, want paragraphs 4 and 9 by the second way", got)
	}
	// df = N = 2: idf = ln(1 + 0.5/2.5) = 0.182322; lengths 3 and 2, tf 2 and 2:
	// 0.182322 * 1.301775 = 0.237342 and 0.182322 * 4.4 / (2 + 1.2*(0.25+0.75*2/2.5)) = 0.265634.
	if !near(got[0].Score, 0.237342) || !near(got[1].Score, 0.265634) {
		t.Errorf("Candidates = %+v, want 0.237342 and 0.265634", got)
	}
	long := strings.Repeat("ә", indexer.MaxTerm)
	put(t, x, entry(20, long+"a"))
	cut := search.Way{Field: search.FieldRU, Terms: []string{long + "b", long + "c"}, Weight: 1}
	once := collect(t, x, []search.Way{{Field: search.FieldRU, Terms: []string{long}, Weight: 1}})
	if got := collect(t, x, []search.Way{cut}); len(got) != 1 || !slices.Equal(got, once) {
		t.Errorf("Candidates = %+v, want %+v: terms that are cut to the same count once", got, once)
	}
}

// near allows for float32 and for the order of operations.
func near(got float32, want float64) bool {
	return math.Abs(float64(got)-want) <= 1e-5*max(1, math.Abs(want))
}

func candidates(t *testing.T, x indexer.Backend) {
	put(t, x, entry(300, "пытк суд"), entry(2, "арест пытк"), entry(70000, "арест арест суд"))
	put(t, x, entry(5, "жалоб"), entry(1, "пытк"))
	leaves := [][]search.Way{ru("арест", "пытк"), ru("неизвестн"), ru("суд")}
	leaves[0][1].Weight = 0.01 // so that the first term is better where both are
	got := collect(t, x, leaves...)
	type key struct {
		para      search.ParaNo
		leaf, way int
	}
	var keys []key
	for _, c := range got {
		keys = append(keys, key{c.Para, c.Leaf, c.Way})
	}
	want := []key{{1, 0, 1}, {2, 0, 0}, {300, 0, 1}, {70000, 0, 0}, {300, 2, 0}, {70000, 2, 0}}
	if !slices.Equal(keys, want) {
		t.Errorf("Candidates = %v, want %v", keys, want)
	}
	if got := collect(t, x, ru("суд", "суд")); len(got) != 2 || got[0].Way != 0 {
		t.Errorf("the first of equal terms counts: %v", got)
	}
}

func fields(t *testing.T, x indexer.Backend) {
	for p := range search.ParaNo(20) {
		put(t, x, entry(p, "сот другой текст"))
	}
	put(t, x, indexer.Entry{Para: 100, Terms: map[search.Field][]string{
		search.FieldKK: {"сот", "үкім", "сот"}, search.FieldRefs: {"KZ-UK", "KZ-UK/405"},
	}}, indexer.Entry{Para: 101, Terms: map[search.Field][]string{search.FieldKK: {"үкім", "шығар"}}})
	kk := []search.Way{{Field: search.FieldKK, Terms: []string{"сот"}, Weight: 1}}
	if got := collect(t, x, kk); len(got) != 1 || got[0].Para != 100 || !near(got[0].Score, 0.902322) {
		t.Errorf("Candidates = %+v, want the score of a collection of two", got)
	}
	refs := []search.Way{{Field: search.FieldRefs, Terms: []string{"KZ-UK/405"}, Weight: 1}}
	if got := collect(t, x, refs); len(got) != 1 || got[0].Para != 100 {
		t.Errorf("Candidates = %+v, want paragraph 100", got)
	}
	both := []search.Way{refs[0], {Field: search.FieldRU, Terms: []string{"другой"}, Weight: 1}}
	if got := collect(t, x, both); len(got) != 21 {
		t.Errorf("%d candidates of a leaf over two fields, want 21", len(got))
	}
}

func replaceAndDelete(t *testing.T, x indexer.Backend) {
	for range 3 { // again and again the same
		put(t, x, entry(1, "суд"), entry(2, "суд реш"), entry(3, "реш"))
	}
	wantCount(t, x, 3)
	wantParas(t, x, "суд", 1, 2)
	put(t, x, entry(2, "арест"))
	wantCount(t, x, 3)
	wantParas(t, x, "суд", 1)
	wantParas(t, x, "арест", 2)
	for range 2 {
		if err := x.Delete(t.Context(), 1, 99); err != nil {
			t.Errorf("Delete = %v", err)
		}
	}
	wantCount(t, x, 2)
	wantParas(t, x, "суд")
	if got, want := vocabulary(t, x, ""), []search.Term{{Text: "арест", Paras: 1}, {Text: "реш", Paras: 1}}; !slices.Equal(got, want) {
		t.Errorf("Terms = %v, want %v: those that are gone do not count", got, want)
	}
	put(t, x, entry(1, "суд решил суд"), entry(2, "решил отказать"))
	if err := x.Delete(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	if got := collect(t, x, ru("суд")); len(got) != 1 || !near(got[0].Score, 0.902322) {
		t.Errorf("Candidates = %+v, want a score that what is gone has no part in", got)
	}
}

func terms(t *testing.T, x indexer.Backend) {
	put(t, x, entry(1, "сот соттар ёлка zeta"), entry(2, "сот соттың"))
	put(t, x, entry(3, "сот судья"), entry(4, "соң"))
	for _, tt := range []struct {
		prefix, want, why string
	}{
		{"сот", "сот 3 соттар 1 соттың 1", "a word begins with itself"},
		{"", "zeta 1 сот 3 соттар 1 соттың 1 соң 1 судья 1 ёлка 1", "bytes: ң comes after т, ё after с"},
		{"со", "сот 3 соттар 1 соттың 1 соң 1", "letters of one block and of another"},
		{"соттарға", "", "longer than any word"},
		{"q", "", "none"},
	} {
		var got []string
		for _, term := range vocabulary(t, x, tt.prefix) {
			got = append(got, term.Text, strconv.Itoa(term.Paras))
		}
		if want := strings.Fields(tt.want); !slices.Equal(got, want) {
			t.Errorf("Terms(%q) = %v, want %v: %s", tt.prefix, got, want, tt.why)
		}
	}
}

func oddTerms(t *testing.T, x indexer.Backend) {
	long := strings.Repeat("ә", 40<<10) // longer than most engines take, and cut inside a character
	odd := []string{"A/HRC/WGAD/2018/67", "KZ-UK-2014/405/2/p3", "ä\x00b", "\x00", "\xff\xfe", strings.Repeat("\x80", indexer.MaxTerm+9), "🙂", "a b", long, long + "x"}
	var entries []indexer.Entry
	for i, term := range odd {
		entries = append(entries, indexer.Entry{
			Para: search.ParaNo(i), Terms: map[search.Field][]string{search.FieldRU: {term, "", "also"}},
		})
	}
	put(t, x, entries...)
	for i, term := range odd[:len(odd)-2] {
		wantParas(t, x, term, search.ParaNo(i))
	}
	n := search.ParaNo(len(odd))
	wantParas(t, x, long, n-2, n-1)
	wantParas(t, x, long+"y", n-2, n-1)
	wantParas(t, x, "")
	for _, term := range vocabulary(t, x, "") {
		if len(term.Text) > indexer.MaxTerm || term.Text == "" {
			t.Errorf("a term of %d bytes", len(term.Text))
		}
	}
}

func twice(t *testing.T, x indexer.Backend) {
	put(t, x, entry(1, "первый"), entry(1, "второй"))
	wantCount(t, x, 1)
	wantParas(t, x, "первый")
	wantParas(t, x, "второй", 1)
}

func cancelled(t *testing.T, x indexer.Backend) {
	var entries []indexer.Entry
	for p := range search.ParaNo(3000) {
		entries = append(entries, entry(p, fmt.Sprintf("суд w%05d", p)))
	}
	put(t, x, entries...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := x.Put(ctx, entry(1, "a")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want context.Canceled", err)
	}
	if err := x.Delete(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Delete = %v, want context.Canceled", err)
	}
	var last error
	for _, last = range x.Candidates(ctx, search.Plan{Leaves: [][]search.Way{ru("суд")}}) {
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("Candidates end with %v, want context.Canceled", last)
	}
	last = nil
	for _, last = range x.Terms(ctx, search.FieldRU, "") {
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("Terms end with %v, want context.Canceled", last)
	}
	midway(t, x)
}

// midway cancels while terms are being read.
func midway(t *testing.T, x indexer.Backend) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range x.Terms(ctx, search.FieldRU, "w") {
		if n++; n == 10 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || n > 2000 {
		t.Errorf("Terms end after %d with %v, want context.Canceled soon", n, last)
	}
}

func stopped(t *testing.T, x indexer.Backend) {
	put(t, x, entry(1, "а суд"), entry(2, "б суд"), entry(3, "в суд"))
	plan := search.Plan{Leaves: [][]search.Way{ru("суд"), ru("а")}}
	for c, err := range x.Candidates(t.Context(), plan) {
		if err != nil || c.Para == 2 {
			break
		}
	}
	for term, err := range x.Terms(t.Context(), search.FieldRU, "") {
		if err != nil || term.Paras != 1 {
			t.Errorf("the first term is %v, %v, want one of one paragraph", term, err)
		}
		break
	}
	wantParas(t, x, "а", 1) // and nothing is left over from the one that stopped
	wantParas(t, x, "суд", 1, 2, 3)
}

func closed(t *testing.T, x indexer.Backend) {
	put(t, x, entry(1, "суд"))
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatalf("Close = %v", err)
		}
	}
	_, countErr := x.Count(t.Context())
	var candErr, termErr, parasErr error
	for _, parasErr = range x.Paras(t.Context()) {
	}
	for _, candErr = range x.Candidates(t.Context(), search.Plan{Leaves: [][]search.Way{ru("суд")}}) {
	}
	for _, termErr = range x.Terms(t.Context(), search.FieldRU, "") {
	}
	for op, err := range map[string]error{
		"Put": x.Put(t.Context(), entry(1, "a")), "Delete": x.Delete(t.Context(), 1),
		"Count": countErr, "Paras": parasErr, "Candidates": candErr, "Terms": termErr,
	} {
		if !errors.Is(err, corpus.ErrUnavailable) {
			t.Errorf("%s = %v, want corpus.ErrUnavailable", op, err)
		}
	}
}

func reopened(t *testing.T, x indexer.Backend) {
	r, ok := x.(Reopener)
	if !ok {
		t.Skip("memory is gone when it is closed; the engines on disk run this")
	}
	put(t, x, entry(1, "суд решил суд"), entry(2, "решил отказать"), entry(3, "суд"))
	if err := x.Delete(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	y := r.Reopen(t)
	t.Cleanup(func() { _ = y.Close() })
	wantCount(t, y, 2)
	if got := collect(t, y, ru("суд")); len(got) != 1 || !near(got[0].Score, 0.902322) {
		t.Errorf("Candidates = %+v, want what was put", got)
	}
	put(t, y, entry(4, "отказать"))
	wantParas(t, y, "отказать", 2, 4)
}

func concurrent(t *testing.T, x indexer.Backend) {
	const writes, readers, reads = 10, 3, 100 // limited: readers that never rest would keep the writer waiting
	var wg sync.WaitGroup
	for range readers {
		wg.Go(func() {
			for range reads {
				if err := consistent(t.Context(), x); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range search.ParaNo(writes) {
		put(t, x, entry(2*i, "пара суд"), entry(2*i+1, "пара арест"))
		wantParas(t, x, "пара", until(2*i+2)...)
	}
	wg.Wait()
}

func until(n search.ParaNo) []search.ParaNo {
	var list []search.ParaNo
	for p := range n {
		list = append(list, p)
	}
	return list
}

// consistent checks that each batch, of two paragraphs, is seen whole, and in order.
func consistent(ctx context.Context, x indexer.Backend) error {
	next := search.ParaNo(0)
	for c, err := range x.Candidates(ctx, search.Plan{Leaves: [][]search.Way{ru("пара")}}) {
		if err != nil {
			return err
		}
		if c.Para != next {
			return fmt.Errorf("paragraph %d, want %d", c.Para, next)
		}
		next++
	}
	if next%2 != 0 {
		return fmt.Errorf("half a batch: %d paragraphs", next)
	}
	return nil
}

// many compares with a second computation of the formula, over a vocabulary
// with common and rare terms, after replacements and deletions.
func many(t *testing.T, x indexer.Backend) {
	const size, batch = 10_000, 1500
	next := sequence()
	texts := map[search.ParaNo][]string{}
	write := func(from, to int) {
		var entries []indexer.Entry
		for p := from; p < to; p++ {
			words := make([]string, 1+int(30*next()))
			for i := range words {
				words[i] = "w" + strconv.Itoa(int(200*math.Pow(next(), 3)))
			}
			no := search.ParaNo(p)
			texts[no] = words
			entries = append(entries, indexer.Entry{Para: no, Terms: map[search.Field][]string{search.FieldRU: words}})
		}
		put(t, x, entries...)
	}
	for from := 0; from < size; from += batch {
		write(from, min(from+batch, size))
	}
	write(2000, 2400) // again, with other words
	var gone []search.ParaNo
	for p := search.ParaNo(100); p < size; p += 37 {
		gone = append(gone, p)
		delete(texts, p)
	}
	if err := x.Delete(t.Context(), gone...); err != nil {
		t.Fatal(err)
	}
	wantCount(t, x, len(texts))
	for _, term := range []string{"w0", "w7", "w60", "w199"} {
		want := formula(texts, term)
		got := collect(t, x, ru(term))
		if len(got) != len(want) {
			t.Errorf("%s: %d candidates, want %d", term, len(got), len(want))
		}
		for _, c := range got {
			if !near(c.Score, want[c.Para]) {
				t.Fatalf("%s: score of %d = %v, want %v", term, c.Para, c.Score, want[c.Para])
			}
		}
		if !slices.IsSortedFunc(got, func(a, b search.Candidate) int { return int(a.Para) - int(b.Para) }) {
			t.Errorf("%s: not by ascending paragraph", term)
		}
	}
}

// sequence returns a generator of numbers from 0 up to 1, the same each time:
// the linear congruential one of Numerical Recipes.
func sequence() func() float64 {
	state := uint32(1)
	return func() float64 {
		state = state*1664525 + 1013904223
		return float64(state) / (1 << 32)
	}
}

// formula computes BM25 as the package comment has it.
func formula(texts map[search.ParaNo][]string, term string) map[search.ParaNo]float64 {
	total, tf := 0, map[search.ParaNo]float64{}
	for p, words := range texts {
		total += len(words)
		for _, w := range words {
			if w == term {
				tf[p]++
			}
		}
	}
	n, df := float64(len(texts)), float64(len(tf))
	mean := float64(total) / n
	scores := maps.Clone(tf)
	for p, f := range tf {
		norm := 1.2 * (0.25 + 0.75*float64(len(texts[p]))/mean)
		scores[p] = math.Log(1+(n-df+0.5)/(df+0.5)) * f * 2.2 / (f + norm)
	}
	return scores
}
