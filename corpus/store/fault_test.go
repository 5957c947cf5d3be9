package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"dalel/corpus"
)

var errInjected = errors.New("injected")

// faults makes the n-th step or sync of d fail, and reports whether it came to
// that.
func faults(d *Dir, n int32) (fired *atomic.Bool) {
	var count atomic.Int32
	fired = new(atomic.Bool)
	fail := func() error {
		if count.Add(1) == n {
			fired.Store(true)
			return errInjected
		}
		return nil
	}
	d.opt.Step = func(string) error { return fail() }
	d.opt.Sync = func(*os.File) error { return fail() }
	d.log.sync = d.opt.Sync
	return fired
}

// TestAFailureAtAnyStepLosesNothing fails at the first step, then at the
// second, and so on until the change goes through. Whatever was there before
// is there after, the change is there as a whole or not at all, and making it
// again works, both in the same process and after opening again.
func TestAFailureAtAnyStepLosesNothing(t *testing.T) {
	old, fresh := specimen(t, "old.txt", "secretword"), specimen(t, "new.txt", "fresh")
	text := *old.Text
	text.Extractor = "text@2"
	newer := old
	newer.Text = &text
	for _, tt := range []struct {
		name   string
		change func(d *Dir) error
		done   func(d *Dir) bool
	}{
		{"put", func(d *Dir) error { _, err := d.Put(t.Context(), fresh); return err }, func(d *Dir) bool { return d.Has(fresh.ID) }},
		{"update", func(d *Dir) error { _, err := d.Put(t.Context(), newer); return err }, func(d *Dir) bool {
			known, err := d.Known(t.Context(), old.ID, "text@2")
			return known && err == nil
		}},
		{"correct", func(d *Dir) error { return d.SetFacts(t.Context(), old.ID, corpus.KeyNote, []string{"x"}) }, func(d *Dir) bool {
			doc, err := d.Document(t.Context(), old.ID)
			return err == nil && doc.Value(corpus.KeyNote) == "x"
		}},
		{"remove", func(d *Dir) error {
			err := d.Remove(t.Context(), old.ID)
			if errors.Is(err, corpus.ErrNotFound) { // the tombstone was written the first time
				return d.FinishRemovals(t.Context())
			}
			return err
		}, func(d *Dir) bool { return !d.Has(old.ID) }},
	} {
		for _, crash := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/crash=%t", tt.name, crash), func(t *testing.T) {
				for n := int32(1); ; n++ {
					d := newDir(t)
					mustPut(t, d, old)
					fired := faults(d, n)
					err := tt.change(d)
					if !fired.Load() {
						break
					}
					if !errors.Is(err, errInjected) {
						t.Fatalf("step %d failed, the change says %v", n, err)
					}
					if crash {
						d = reopen(t, d)
					}
					if !tt.done(d) {
						if _, err := d.Text(t.Context(), old.ID); err != nil {
							t.Errorf("step %d: the old document: %v", n, err)
						}
					}
					d.opt, d.log.sync = testOptions(), testOptions().Sync
					d.opt = d.opt.complete()
					if err := tt.change(d); err != nil || !tt.done(d) {
						t.Errorf("step %d: again: %v, done %t", n, err, tt.done(d))
					}
					d = reopen(t, d)
					if !tt.done(d) {
						t.Errorf("step %d: it was done, and after opening again it is not", n)
					}
					if tt.name == "remove" && len(grep(t, d.root.Name(), "secret")) > 0 {
						t.Errorf("step %d: left: %v", n, grep(t, d.root.Name(), "secret"))
					}
					for _, f := range findings(t, d, true) {
						t.Errorf("step %d: %+v", n, f)
					}
				}
			})
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	const writers, each = 4, 6
	d := newDir(t)
	var ins [writers][]corpus.Ingested
	for w := range writers {
		for i := range each {
			ins[w] = append(ins[w], specimen(t, fmt.Sprintf("%d-%d.txt", w, i), "text", fmt.Sprint(w, i)))
		}
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for _, in := range ins[w] {
				if _, err := d.Put(t.Context(), in); err != nil {
					t.Error(err)
				}
				if err := d.SetFacts(t.Context(), in.ID, corpus.KeyTag, []string{"t"}); err != nil {
					t.Error(err)
				}
				if _, err := d.Text(t.Context(), in.ID); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for doc, err := range d.Documents(t.Context()) {
				if err != nil || doc.Size == 0 {
					t.Error(doc, err)
				}
			}
			for f, err := range d.Check(t.Context(), true) {
				t.Error(f, err)
			}
		})
	}
	wg.Go(func() {
		in := specimen(t, "x.txt", "removed and stored again")
		for range each {
			if _, err := d.Put(t.Context(), in); err != nil {
				t.Error(err)
			}
			if err := d.Remove(t.Context(), in.ID); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	d = reopen(t, d)
	if d.Len() != writers*each {
		t.Errorf("%d documents, want %d", d.Len(), writers*each)
	}
}

// TestFormat1 reads a library that format 1 wrote. Its files are never written
// anew: a later version has to read them as they are.
func TestFormat1(t *testing.T) {
	src := filepath.Join("testdata", "format1")
	if os.Getenv("DALEL_NEW_FIXTURE") != "" {
		writeFixture(t, src)
	}
	path := filepath.Join(t.TempDir(), "lib")
	if err := os.CopyFS(path, os.DirFS(src)); err != nil {
		t.Fatal(err)
	}
	tighten(t, path)
	d, err := Open(path, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	const id = corpus.ID("f5d0e332e3a6046a6ffde0dbf26a4ad47cf90410b46d77784a76a012c7e5392a")
	doc, err := d.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := d.Text(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Value(corpus.KeyTitle) != "By hand" || len(doc.Sources) != 2 || text.Extractor != "text@2" ||
		text.Paragraphs[1].Text != "Екінші абзац." || d.Seq() != 6 || d.Len() != 1 {
		t.Errorf("the library reads as %+v, %+v, %d records, %d documents", doc, text, d.Seq(), d.Len())
	}
	for _, f := range findings(t, d, true) {
		t.Errorf("%+v", f)
	}
}

func writeFixture(t *testing.T, path string) {
	d, err := Create(path, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	in, gone := specimen(t, "a.txt", "Первый абзац.", "Екінші абзац."), specimen(t, "b.txt", "removed")
	mustPut(t, d, in)
	mustPut(t, d, gone)
	text := *in.Text
	text.Extractor = "text@2"
	in.Text, in.Source.Path = &text, "copy/a.txt"
	mustPut(t, d, in)
	if err := d.SetFacts(t.Context(), in.ID, corpus.KeyTitle, []string{"By hand"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
}

// tighten gives a copied library the modes that version control does not keep.
func tighten(t *testing.T, path string) {
	t.Helper()
	err := filepath.WalkDir(path, func(name string, e os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return os.Chmod(name, dirMode)
		case strings.Contains(name, "originals"):
			return os.Chmod(name, originalMode)
		default:
			return os.Chmod(name, fileMode)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// FuzzLog reads any bytes as a log: never a panic, and each line that is
// accepted is one that we would write, byte for byte.
func FuzzLog(f *testing.F) {
	good, err := os.ReadFile(filepath.Join("testdata", "format1", logFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte(lineHead + `{}` + lineLink + lineMid + erased + lineEnd + "\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		docs := newTable()
		l := &entryLog{head: noLink}
		var again []byte
		_, err := scanLines(bytes.NewReader(b), l.take(func(n *line) error {
			if err := docs.apply(n); err != nil {
				return err
			}
			again = appendLine(again, n, n.details)
			return nil
		}))
		if err != nil && !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("scanLines = %v, want corpus.ErrDamaged or nil", err)
		}
		if !bytes.HasPrefix(b, again) || int64(len(again)) != l.size() {
			t.Errorf("%q is read, and would be written as %q", b, again)
		}
		for _, s := range docs.order {
			if len(s.records) == 0 || int(s.records[len(s.records)-1]) >= len(l.ends) {
				t.Errorf("document %s has the records %d of %d", s.id, s.records, len(l.ends))
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	const docs = 10_000
	path := filepath.Join(b.TempDir(), "lib")
	d, err := Create(path, testOptions())
	if err != nil {
		b.Fatal(err)
	}
	var entries []entry
	for i := range docs {
		det := details{
			Size: 1, MediaType: "text/plain", Source: &corpus.Source{Path: fmt.Sprintf("in/%d.txt", i), Added: testTime},
			Text: &Reading{Extractor: "text@1"}, Read: corpus.Facts{},
		}
		for _, k := range corpus.Keys[:8] {
			det.Read[k] = corpus.Fact{Values: []string{strings.Repeat("слово ", 4)}, Origin: corpus.FromText, Para: 3, Start: 4, End: 70}
		}
		entries = append(entries, entry{event: EventIngest, doc: corpus.ID(fmt.Sprintf("%064x", i)), text: noLink, details: det})
	}
	if _, err := d.record(entries); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(d.log.size())
	_ = d.Close()
	for b.Loop() {
		d, err := Open(path, testOptions())
		if err != nil {
			b.Fatal(err)
		}
		_ = d.Close()
	}
}
