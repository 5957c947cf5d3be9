package bleveidx

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/indexer/indextest"
	"dalel/search"
)

// reopener adds Reopen to an index.
type reopener struct{ *Index }

func (r reopener) Reopen(t *testing.T) indexer.Backend {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := Open(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	return reopener{x}
}

func newIndex(t *testing.T) *Index {
	t.Helper()
	x, err := Create(filepath.Join(t.TempDir(), "engine"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) indexer.Backend { return reopener{newIndex(t)} })
}

// entries makes n entries of which each has a term of its own and a common one.
func entries(from, n int) []indexer.Entry {
	var list []indexer.Entry
	for p := from; p < from+n; p++ {
		list = append(list, indexer.Entry{Para: search.ParaNo(p), Terms: map[search.Field][]string{
			search.FieldRU: {"суд", fmt.Sprintf("w%d", p), fmt.Sprintf("m%d", p%7)},
		}})
	}
	return list
}

func put(t *testing.T, x *Index, list []indexer.Entry) {
	t.Helper()
	if err := x.Put(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
}

// answers prints what an index says, or its error.
func answers(t *testing.T, x *Index) (string, error) {
	t.Helper()
	var b strings.Builder
	n, err := x.Count(t.Context())
	if err != nil {
		return "", err
	}
	fmt.Fprintln(&b, n)
	plan := search.Plan{Leaves: [][]search.Way{
		{{Field: search.FieldRU, Terms: []string{"суд"}, Weight: 1}},
		{{Field: search.FieldRU, Terms: []string{"m3"}, Weight: 1}, {Field: search.FieldRU, Terms: []string{"w5"}, Weight: 2}},
	}}
	for c, err := range x.Candidates(t.Context(), plan) {
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, c)
	}
	for term, err := range x.Terms(t.Context(), search.FieldRU, "") {
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, term)
	}
	return b.String(), nil
}

func mustAnswer(t *testing.T, x *Index) string {
	t.Helper()
	s, err := answers(t, x)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// firstDiff returns the first line in which two answers differ.
func firstDiff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is %q, want %q", i, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		return fmt.Sprintf("%d lines, want %d", len(g), len(w))
	}
	return ""
}

func TestMergeChangesNoAnswer(t *testing.T) {
	x := newIndex(t)
	for i := range 6 {
		put(t, x, entries(100*i, 100))
	}
	put(t, x, entries(150, 20)) // again
	if err := x.Delete(t.Context(), 3, 250, 599); err != nil {
		t.Fatal(err)
	}
	want := mustAnswer(t, x)
	if err := x.Merge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := firstDiff(mustAnswer(t, x), want); diff != "" {
		t.Errorf("after Merge: %s", diff)
	}
	v, err := x.view("test")
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	if len(v.segs) != 1 {
		t.Errorf("%d segments, want one", len(v.segs))
	}
}

func TestBatchSize(t *testing.T) {
	big := indexer.Entry{Terms: map[search.Field][]string{search.FieldRU: make([]string, maxBatchTerms/2+1)}}
	small := entries(0, maxBatch+5)
	for _, tt := range []struct {
		in   []indexer.Entry
		want int
		why  string
	}{
		{small, maxBatch, "as many as a batch takes"},
		{small[:7], 7, "all there are"},
		{[]indexer.Entry{big, big}, 1, "two big ones are too many terms"},
		{[]indexer.Entry{small[0], big, big}, 2, "up to the limit"},
	} {
		if got := batchSize(tt.in); got != tt.want {
			t.Errorf("batchSize = %d, want %d: %s", got, tt.want, tt.why)
		}
	}
}

func TestPutMoreThanABatch(t *testing.T) {
	x := newIndex(t)
	put(t, x, entries(0, maxBatch+1))
	if n, err := x.Count(t.Context()); err != nil || n != maxBatch+1 {
		t.Errorf("Count = %d, %v, want %d", n, err, maxBatch+1)
	}
}

func TestPutRefusesFieldsOfOurOwn(t *testing.T) {
	x := newIndex(t)
	for _, name := range []search.Field{"", "_id", numbersField, "#"} {
		err := x.Put(t.Context(), indexer.Entry{Terms: map[search.Field][]string{name: {"a"}}})
		if !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("Put of field %q = %v, want corpus.ErrInvalid", name, err)
		}
	}
}

// copyDir copies an index that is closed.
func copyDir(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

// closedIndex returns the folder of an index, and its answers.
func closedIndex(t *testing.T) (dir, want string) {
	t.Helper()
	x := newIndex(t)
	put(t, x, entries(0, 40))
	put(t, x, entries(40, 30))
	want = mustAnswer(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return x.dir, want
}

func segments(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, engineDir, "*.zap"))
	if err != nil || len(list) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	return list
}

// TestFlippedBitsAreFoundAtOpen flips bits of the segments, one at a time. A
// segment that the index does not use any more may have them.
func TestFlippedBitsAreFoundAtOpen(t *testing.T) {
	dir, want := closedIndex(t)
	found := 0
	for _, name := range segments(t, dir) {
		good, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(good); i += len(good)/19 + 1 {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << (i % 8)
			spoiled := copyDir(t, dir)
			if err := os.WriteFile(filepath.Join(spoiled, engineDir, filepath.Base(name)), bad, 0o600); err != nil {
				t.Fatal(err)
			}
			x, err := Open(spoiled)
			if errors.Is(err, corpus.ErrDamaged) {
				found++
				continue
			}
			if err != nil {
				t.Fatalf("Open = %v, want corpus.ErrDamaged", err)
			}
			if diff := firstDiff(mustAnswer(t, x), want); diff != "" {
				t.Errorf("byte %d of %d was not found: %s", i, len(good), diff)
			}
			_ = x.Close()
		}
	}
	if found == 0 {
		t.Error("no flipped bit was found")
	}
}

func each(names []string, do func(string) error) error {
	var errs []error
	for _, name := range names {
		errs = append(errs, do(name))
	}
	return errors.Join(errs...)
}

// TestDamagedFolders breaks an index as kills, full disks and tools that keep
// folders in step do. None may give a short answer, hang or panic.
func TestDamagedFolders(t *testing.T) {
	dir, want := closedIndex(t)
	for _, tt := range []struct {
		why   string
		spoil func(dir string) error
	}{
		{"segments are gone", func(dir string) error { return each(segments(t, dir), os.Remove) }},
		{"segments are cut off", func(dir string) error {
			return each(segments(t, dir), func(name string) error { return os.Truncate(name, 99) })
		}},
		{"segments are empty", func(dir string) error {
			return each(segments(t, dir), func(name string) error { return os.Truncate(name, 0) })
		}},
		{"root.bolt is gone", func(dir string) error { return os.Remove(filepath.Join(dir, engineDir, "root.bolt")) }},
		{"root.bolt is cut off", func(dir string) error { return os.Truncate(filepath.Join(dir, engineDir, "root.bolt"), 9000) }},
		{"root.bolt is empty", func(dir string) error { return os.Truncate(filepath.Join(dir, engineDir, "root.bolt"), 0) }},
		{"root.bolt has another bit where Bleve does not look", func(dir string) error {
			b, err := os.ReadFile(boltPath(dir))
			if err != nil {
				return err
			}
			b[len(b)-1] ^= 1 // the end of a page is seldom used
			return os.WriteFile(boltPath(dir), b, 0o600)
		}},
		{"all files of Bleve are gone", func(dir string) error { return os.RemoveAll(filepath.Join(dir, engineDir)) }},
		{"creation did not come to its end", func(dir string) error { return os.Remove(filepath.Join(dir, counterName)) }},
		{"the counter is cut off", func(dir string) error { return os.Truncate(filepath.Join(dir, counterName), 7) }},
		{"a batch is lost", func(dir string) error {
			c := counter{path: filepath.Join(dir, counterName)}
			return errors.Join(c.set(99), c.close())
		}},
		{"nothing but the folder", func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, engineDir)), os.Remove(filepath.Join(dir, counterName)))
		}},
	} {
		bad := copyDir(t, dir)
		if err := tt.spoil(bad); err != nil {
			t.Fatal(err)
		}
		x, err := Open(bad)
		if err == nil {
			_ = x.Close()
		}
		if !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("%s: Open = %v, want corpus.ErrDamaged", tt.why, err)
		}
	}
	x, err := Open(copyDir(t, dir))
	if err != nil {
		t.Fatalf("the copy that was not spoiled: %v", err)
	}
	defer x.Close()
	if diff := firstDiff(mustAnswer(t, x), want); diff != "" {
		t.Errorf("the copy: %s", diff)
	}
}

// TestCheckFindsWhatOpenHasNotSeen harms a segment under an open index.
func TestCheckFindsWhatOpenHasNotSeen(t *testing.T) {
	x := newIndex(t)
	put(t, x, entries(0, 50))
	if err := x.Check(t.Context()); err != nil {
		t.Fatalf("Check of an index that is whole = %v", err)
	}
	name := segments(t, x.dir)[0]
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Skip("the system locks mapped files, as Windows does; Linux, where .ci/run runs, lets them be damaged")
	}
	if err := x.Check(t.Context()); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Check = %v, want corpus.ErrDamaged", err)
	}
}

func TestOpenNothingAndCreateOverSomething(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, corpus.ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open = %v, want corpus.ErrNotFound", err)
	}
	dir, _ := closedIndex(t)
	if _, err := Create(dir); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("Create = %v, want corpus.ErrInvalid", err)
	}
}

func TestOpenTwice(t *testing.T) {
	x := newIndex(t)
	if _, err := Open(x.dir); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("Open of an open index = %v, want corpus.ErrUnavailable", err)
	}
}

// TestDeadWorkersEndWriting kills Bleve's introducer, without which a batch
// waits for ever.
func TestDeadWorkersEndWriting(t *testing.T) {
	x := newIndex(t)
	put(t, x, entries(0, 5))
	want := mustAnswer(t, x)
	x.stall = 50 * time.Millisecond
	release := make(chan struct{})
	err := x.watch(func() error { <-release; return nil })
	close(release)
	if !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("a batch without end = %v, want corpus.ErrUnavailable", err)
	}
	if err := x.Put(t.Context(), entries(9, 1)...); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("Put after that = %v, want corpus.ErrUnavailable", err)
	}
	if diff := firstDiff(mustAnswer(t, x), want); diff != "" {
		t.Errorf("searching after that: %s", diff)
	}
}

func TestPanicsBecomeErrors(t *testing.T) {
	err := guard("test", func() error {
		var list []int
		return fmt.Errorf("%d", list[len(os.Args)]) // out of range
	})
	if !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("guard = %v, want corpus.ErrDamaged", err)
	}
}

// TestSegmentCutUnderAnOpenIndex cuts the mapped segment short. There is only
// one, so that Bleve's merger, which has no guard, does not touch it as well.
func TestSegmentCutUnderAnOpenIndex(t *testing.T) {
	x := newIndex(t)
	put(t, x, entries(0, 500))
	put(t, x, entries(500, 500))
	if err := x.Merge(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range segments(t, x.dir) {
		if err := os.Truncate(name, 0); err != nil {
			t.Skip("the system locks mapped files, as Windows does; Linux, where .ci/run runs, lets them be damaged")
		}
	}
	if s, err := answers(t, x); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("answers = %q, %v, want corpus.ErrDamaged", s, err)
	}
}

func TestPrefixEnd(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"a", "b", "the next letter"},
		{"a\xff", "b", "a byte that has no next one is dropped"},
		{"\xff\xff", "", "no end"},
		{"", "", "everything"},
	} {
		if got := prefixEnd(tt.in); !slices.Equal(got, []byte(tt.want)) {
			t.Errorf("prefixEnd(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}
