package postings

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// specimen makes the entry of a paragraph, of words that depend on its number.
func specimen(p search.ParaNo) indexer.Entry {
	r := rand.New(rand.NewPCG(uint64(p), 1))
	e := indexer.Entry{Para: p, Terms: map[search.Field][]string{}}
	for _, f := range []search.Field{search.FieldRU, search.FieldKK, search.FieldRefs} {
		for range r.IntN(12) {
			e.Terms[f] = append(e.Terms[f], fmt.Sprintf("%s%d", f, r.IntN(1+r.IntN(90))))
		}
	}
	return e
}

func specimens(from, to search.ParaNo) []indexer.Entry {
	var out []indexer.Entry
	for p := from; p < to; p++ {
		out = append(out, specimen(p))
	}
	return out
}

// tempDir is a folder in memory, where syncs cost nothing, if there is such a place.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "dalel-postings-") //nolint:usetesting // t.TempDir has no say in where
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func create(t testing.TB) *Index {
	t.Helper()
	x, err := Create(filepath.Join(tempDir(t), "engine"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func put(t testing.TB, x *Index, entries ...indexer.Entry) {
	t.Helper()
	if err := x.Put(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
}

// all returns everything that an index can be asked, or the first error.
func all(t testing.TB, x *Index) (said []string, err error) {
	t.Helper()
	for _, f := range []search.Field{search.FieldRU, search.FieldKK, search.FieldRefs} {
		for term, err := range x.Terms(t.Context(), f, "") {
			if err != nil {
				return nil, err
			}
			said = append(said, fmt.Sprint(f, term))
			plan := search.Plan{Leaves: [][]search.Way{{{Field: f, Terms: []string{term.Text}, Weight: 1}}}}
			for c, err := range x.Candidates(t.Context(), plan) {
				if err != nil {
					return nil, err
				}
				said = append(said, fmt.Sprint(c))
			}
		}
	}
	return said, nil
}

func mustAll(t testing.TB, x *Index) []string {
	t.Helper()
	said, err := all(t, x)
	if err != nil || len(said) == 0 {
		t.Fatalf("%d answers, %v", len(said), err)
	}
	return said
}

// scarred makes an index with several segments, one of them merged, and with
// paragraphs that are gone.
func scarred(t testing.TB) *Index {
	t.Helper()
	x := create(t)
	for p := range search.ParaNo(10) {
		put(t, x, specimens(4*p, 4*p+4)...)
	}
	put(t, x, specimens(38, 80)...)
	if err := x.Delete(t.Context(), 3, 50); err != nil {
		t.Fatal(err)
	}
	if n := len(x.cur.segs); n < 3 {
		t.Fatalf("%d segments, want some", n)
	}
	return x
}

// files reads the files of an index.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range list {
		if out[f.Name()], err = os.ReadFile(filepath.Join(dir, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// restore makes dir have files and nothing else.
func restore(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Every bit of every file is under a checksum, and each of them is looked at:
// by Open, by Check, or by the search that reads what it covers.
func TestDamageIsFound(t *testing.T) {
	x := scarred(t)
	want := mustAll(t, x)
	good, dir := files(t, x.dir), filepath.Join(tempDir(t), "bad")
	try := func(what, name string, b []byte) {
		t.Helper()
		bad := maps.Clone(good)
		if bad[name] = b; b == nil {
			delete(bad, name)
		}
		restore(t, dir, bad)
		y, err := Open(dir)
		if err != nil {
			if !errors.Is(err, corpus.ErrDamaged) {
				t.Errorf("%s of %s: Open = %v, want corpus.ErrDamaged", what, name, err)
			}
			return
		}
		defer y.Close()
		if err := y.Check(t.Context()); !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("%s of %s: Check = %v, want corpus.ErrDamaged", what, name, err)
		}
		if got, err := all(t, y); err == nil && !slices.Equal(got, want) {
			t.Errorf("%s of %s: other answers without a word", what, name)
		}
	}
	for name, b := range good {
		const ends = 64 // bytes at both ends that are all tried
		for i := range b {
			if i > ends && i < len(b)-ends && i%7 != 0 {
				continue
			}
			c := slices.Clone(b)
			c[i] ^= 1 << (i / 7 % 8)
			try(fmt.Sprint("flip of byte ", i), name, c)
		}
		for n := 0; n < len(b); n += 1 + len(b)/50 {
			try(fmt.Sprint("cut to ", n), name, b[:n:n])
		}
		for at := 0; at < len(b); at += 512 {
			c := slices.Clone(b)
			clear(c[at:min(at+512, len(c))])
			if !slices.Equal(b, c) {
				try(fmt.Sprint("zeros at ", at), name, c)
			}
		}
		try("more at the end", name, append(slices.Clone(b), 0))
		try("deletion", name, nil)
	}
	// A whole file in the place of another.
	for name := range good {
		for other, b := range good {
			if name != other {
				try(other+" in the place", name, b)
			}
		}
	}
}

// A file that is damaged while it is in use is an error of the searches that
// read it.
func TestDamageUnderASearch(t *testing.T) {
	x := scarred(t)
	want := mustAll(t, x)
	for name, b := range files(t, x.dir) {
		path := filepath.Join(x.dir, name)
		if err := os.Truncate(path, int64(len(b)/3)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := all(t, x); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("searches in files that were cut: %d answers of %d, %v, want corpus.ErrDamaged", len(got), len(want), err)
	}
	if err := x.Check(t.Context()); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Check = %v, want corpus.ErrDamaged", err)
	}
}

// A crash between the segment and the manifest leaves a segment that nobody
// names, or a manifest that is not in use yet: the change has not happened.
func TestOrphans(t *testing.T) {
	x := scarred(t)
	before, want := files(t, x.dir), mustAll(t, x)
	put(t, x, specimens(100, 140)...)
	after := files(t, x.dir)
	for _, tt := range []struct {
		why  string
		left func(map[string][]byte)
	}{
		{"the segment is whole, the manifest is the old one", func(f map[string][]byte) {
			maps.Copy(f, after)
			f[manifestName] = before[manifestName]
		}},
		{"the segment is half written", func(f map[string][]byte) { f["seg-00000099"] = []byte(segmentMagic + "x") }},
		{"the new manifest was not renamed", func(f map[string][]byte) {
			maps.Copy(f, after)
			f[manifestName], f[manifestName+".new"] = before[manifestName], after[manifestName]
		}},
		{"the new manifest is half written", func(f map[string][]byte) { f[manifestName+".new"] = after[manifestName][:9] }},
	} {
		dir, state := filepath.Join(tempDir(t), "engine"), maps.Clone(before)
		tt.left(state)
		restore(t, dir, state)
		y, err := Open(dir)
		if err != nil {
			t.Errorf("%s: %v", tt.why, err)
			continue
		}
		if got := mustAll(t, y); !slices.Equal(got, want) {
			t.Errorf("%s: the answers are not those before the change", tt.why)
		}
		for name := range files(t, dir) {
			if _, ok := before[name]; !ok && strings.HasPrefix(name, "seg-") {
				t.Errorf("%s: %s is still there", tt.why, name)
			}
		}
		put(t, y, specimens(100, 140)...)
		if got := mustAll(t, y); !slices.Equal(got, mustAll(t, x)) {
			t.Errorf("%s: the same change has another outcome", tt.why)
		}
		_ = y.Close()
	}
}

// A change that cannot be committed leaves neither a trace nor an open file.
func TestARefusedChange(t *testing.T) {
	x := scarred(t)
	want := mustAll(t, x)
	blocked := filepath.Join(x.dir, manifestName+".new")
	if err := os.Mkdir(blocked, 0o700); err != nil {
		t.Fatal(err)
	}
	before := openFiles(t)
	for range 3 {
		if err := x.Put(t.Context(), specimens(200, 300)...); err == nil {
			t.Fatal("Put where no manifest can be written says that all is well")
		}
	}
	if err := x.Delete(t.Context(), 1); err == nil {
		t.Error("Delete after a failure says that all is well")
	}
	if after := openFiles(t); after > before {
		t.Errorf("%d files are open, %d were", after, before)
	}
	if got := mustAll(t, x); !slices.Equal(got, want) {
		t.Error("what was refused is seen")
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	_ = x.Close()
	y, err := Open(x.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer y.Close()
	if got := mustAll(t, y); !slices.Equal(got, want) {
		t.Error("opened again, what was refused is seen")
	}
	put(t, y, specimens(200, 300)...)
}

// openFiles counts the files that this process has open, where that can be told.
func openFiles(t *testing.T) int {
	t.Helper()
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// A consumer that panics leaves nothing to the next search.
func TestAPanicLeavesNothingBehind(t *testing.T) {
	x := scarred(t)
	want := mustAll(t, x)
	plan := search.Plan{Leaves: [][]search.Way{{{Field: search.FieldRU, Terms: []string{"ru0", "ru1"}, Weight: 1}}}}
	met := 0
	func() {
		defer func() { _ = recover() }()
		for range x.Candidates(t.Context(), plan) {
			if met++; met == 2 {
				panic("mine")
			}
		}
	}()
	if met != 2 {
		t.Fatalf("the consumer met %d candidates", met)
	}
	if got := mustAll(t, x); !slices.Equal(got, want) {
		t.Error("the answers are others after a panic")
	}
}
