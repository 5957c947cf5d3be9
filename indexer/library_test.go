package indexer_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/indexer/memidx"
	"dalel/search"
)

// fileEngine is memidx that writes all it has into a file at each change.
type fileEngine struct {
	*memidx.Index
	mu    sync.Mutex
	file  string
	paras map[search.ParaNo]map[search.Field][]string
	fault *fault
}

// fault makes engines fail.
type fault struct {
	mu    sync.Mutex
	put   error
	del   error
	panic bool
	puts  int // that fail
	paras int // lists of paragraphs that fail
}

// fails counts one failure down.
func (f *fault) fails(left *int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if *left == 0 {
		return nil
	}
	*left--
	return errInjected
}

func (f *fault) set(put error, panics bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.put, f.panic = put, panics
}

func (f *fault) check() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.panic {
		panic("assignment to entry in nil map")
	}
	return f.put
}

func (e *fileEngine) Put(ctx context.Context, entries ...indexer.Entry) error {
	if err := cmp.Or(e.fault.check(), e.fault.fails(&e.fault.puts)); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, n := range entries {
		e.paras[n.Para] = n.Terms
	}
	return errors.Join(e.Index.Put(ctx, entries...), e.save())
}

func (e *fileEngine) Paras(ctx context.Context) iter.Seq2[search.ParaNo, error] {
	if err := e.fault.fails(&e.fault.paras); err != nil {
		return func(yield func(search.ParaNo, error) bool) { yield(0, err) }
	}
	return e.Index.Paras(ctx)
}

func (e *fileEngine) Delete(ctx context.Context, paras ...search.ParaNo) error {
	if e.fault.del != nil {
		return e.fault.del
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, p := range paras {
		delete(e.paras, p)
	}
	return errors.Join(e.Index.Delete(ctx, paras...), e.save())
}

func (e *fileEngine) save() error {
	b, err := json.Marshal(e.paras)
	if err != nil {
		return err
	}
	temp := e.file + ".tmp"
	return errors.Join(os.WriteFile(temp, b, 0o600), os.Rename(temp, e.file))
}

func (f *fault) create(dir string) (indexer.Backend, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	e := &fileEngine{new(memidx.Index), sync.Mutex{}, filepath.Join(dir, "entries.json"), map[search.ParaNo]map[search.Field][]string{}, f}
	return e, e.save()
}

func (f *fault) open(dir string) (indexer.Backend, error) {
	e := &fileEngine{new(memidx.Index), sync.Mutex{}, filepath.Join(dir, "entries.json"), nil, f}
	b, err := os.ReadFile(e.file)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &e.paras); err != nil {
		return nil, err
	}
	var all []indexer.Entry
	for _, p := range slices.Sorted(maps.Keys(e.paras)) {
		all = append(all, indexer.Entry{Para: p, Terms: e.paras[p]})
	}
	return e, e.Index.Put(context.Background(), all...)
}

var testTime = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func options() indexer.Options {
	f := new(fault)
	return indexer.Options{
		Create: f.create, Open: f.open, Clock: func() time.Time { return testTime },
		Space: func(string) (uint64, error) { return 1 << 40, nil },
		Sync:  func(*os.File) error { return nil },
	}
}

// tempDir is t.TempDir, in memory where there is such a place: these tests show
// an order of steps, and syncs of a real disk would take most of their time.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "dalel-test-") //nolint:usetesting // t.TempDir has no say in where
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func newLibrary(t *testing.T, opt indexer.Options) *indexer.Library {
	t.Helper()
	l, err := indexer.Create(t.Context(), filepath.Join(tempDir(t), "lib"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func reopen(t *testing.T, l *indexer.Library, opt indexer.Options) *indexer.Library {
	t.Helper()
	_ = l.Close()
	again, err := indexer.Open(t.Context(), l.Dir(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again
}

// specimen makes a document whose paragraphs are Russian.
func specimen(t *testing.T, name string, paras ...string) corpus.Ingested {
	t.Helper()
	body := []byte("SPECIMEN " + name + "\n" + strings.Join(paras, "\n"))
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	id, size, err := corpus.NewID(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	text := &corpus.Text{Extractor: "text@1"}
	for i, p := range paras {
		text.Paragraphs = append(text.Paragraphs, corpus.Paragraph{Ord: i + 1, Role: corpus.RoleBody, Lang: "ru", Text: p})
	}
	return corpus.Ingested{
		ID: id, Size: size, MediaType: "text/plain", File: file, Text: text,
		Source: corpus.Source{Path: "in/" + name}, Read: corpus.Facts{corpus.KeyTitle: {Values: []string{name}}},
	}
}

func mustPut(t *testing.T, l *indexer.Library, ins ...corpus.Ingested) []corpus.Outcome {
	t.Helper()
	out, err := l.PutAll(t.Context(), ins)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// find returns the texts of the paragraphs in which a search finds word, each
// with the first digits of its document.
func find(t *testing.T, l *indexer.Library, word string) []string {
	t.Helper()
	view := l.Forward().View()
	defer view.Release()
	engine := &search.Engine{Index: l.Index(), Forward: l.Forward(), Clock: func() time.Time { return testTime }}
	res, err := engine.Search(t.Context(), search.Request{Query: word, Limit: 1000})
	if err != nil {
		t.Fatalf("searching %s: %v", word, err)
	}
	var found []string
	for _, h := range res.Passages {
		found = append(found, h.Para.Text)
	}
	slices.Sort(found)
	return found
}

func wantFound(t *testing.T, l *indexer.Library, word string, want ...string) {
	t.Helper()
	if got := find(t, l, word); !slices.Equal(got, want) {
		t.Errorf("%s is found in %q, want %q", word, got, want)
	}
}

func wantHealthy(t *testing.T, l *indexer.Library) {
	t.Helper()
	for f, err := range l.Doctor(t.Context(), true) {
		t.Errorf("Doctor: %+v, %v", f, err)
	}
}

func generationName(t *testing.T, l *indexer.Library) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(l.Dir(), "index", "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

func TestWhatIsPutIsFound(t *testing.T) {
	l := newLibrary(t, options())
	a, b := specimen(t, "a.txt", "Суд вынес приговор.", "Адвокат возражал."), specimen(t, "b.txt", "Адвоката не пустили.")
	b.Text.Paragraphs = append(b.Text.Paragraphs, corpus.Paragraph{Ord: 2, Role: corpus.RoleHeader, Lang: "ru", Text: "Адвокат, стр. 7"})
	out, err := l.Put(t.Context(), a)
	if err != nil || out != (corpus.Outcome{Status: corpus.Stored, ID: a.ID}) {
		t.Fatalf("Put = %+v, %v", out, err)
	}
	mustPut(t, l, b)
	for range 2 {
		wantFound(t, l, "адвокат", "Адвокат возражал.", "Адвоката не пустили.")
		wantFound(t, l, "приговора", "Суд вынес приговор.")
		wantHealthy(t, l)
		doc, err := l.Document(t.Context(), b.ID)
		if err != nil || doc.Path() != "in/b.txt" || doc.Work != string(b.ID) || doc.TextHash != b.Text.Hash() {
			t.Errorf("Document = %+v, %v", doc, err)
		}
		if name := generationName(t, l); name != "g000001" {
			t.Errorf("generation %s, want the first: nothing calls for another", name)
		}
		l = reopen(t, l, options())
	}
}

func TestCopiesAndBetterReadings(t *testing.T) {
	l := newLibrary(t, options())
	in := specimen(t, "a.txt", "Старое чтение.")
	mustPut(t, l, in)
	moved := in
	moved.Source.Path, moved.Text = "copy/a.txt", nil
	if out := mustPut(t, l, moved); out[0].Status != corpus.Duplicate {
		t.Errorf("a copy is %+v, want a duplicate", out)
	}
	if known, err := l.Known(t.Context(), in.ID, "text@1"); !known || err != nil {
		t.Errorf("Known = %t, %v, want true", known, err)
	}
	if known, err := l.Known(t.Context(), in.ID, "text@2"); known || err != nil {
		t.Errorf("Known of a newer extractor = %t, %v, want false", known, err)
	}
	better := in
	better.Text = &corpus.Text{Extractor: "text@2", Paragraphs: []corpus.Paragraph{{Ord: 1, Lang: "ru", Text: "Новое чтение."}}}
	if out := mustPut(t, l, better); out[0].Status != corpus.Updated {
		t.Errorf("a better reading is %+v, want updated", out)
	}
	for range 2 {
		wantFound(t, l, "старое")
		wantFound(t, l, "новое", "Новое чтение.")
		wantHealthy(t, l)
		doc, err := l.Document(t.Context(), in.ID)
		if err != nil || len(doc.Sources) != 2 {
			t.Errorf("Sources = %+v, %v, want both", doc, err)
		}
		l = reopen(t, l, options())
	}
}

func TestABatchWithCopiesAndBadDocuments(t *testing.T) {
	l := newLibrary(t, options())
	a, b := specimen(t, "a.txt", "первый"), specimen(t, "b.txt", "второй")
	bad := specimen(t, "c.txt", "третий")
	bad.File += ".gone"
	newer := a
	newer.Text = &corpus.Text{Extractor: "text@2", Paragraphs: []corpus.Paragraph{{Ord: 1, Lang: "ru", Text: "первый, лучше"}}}
	out, err := l.PutAll(t.Context(), []corpus.Ingested{a, bad, b, newer, a})
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("PutAll = %v, want the missing file", err)
	}
	want := []corpus.Status{corpus.Stored, "", corpus.Stored, corpus.Updated, corpus.Duplicate}
	for i := range out {
		if out[i].Status != want[i] {
			t.Errorf("document %d is %q, want %q", i, out[i].Status, want[i])
		}
	}
	wantFound(t, l, "первый", "первый, лучше")
	wantFound(t, l, "второй", "второй")
	wantFound(t, l, "третий")
	wantHealthy(t, l)
}

func TestCorrectionsAreLoggedAndReachTheIndex(t *testing.T) {
	l := newLibrary(t, options())
	in := specimen(t, "a.txt", "слово")
	mustPut(t, l, in)
	if err := l.SetFacts(t.Context(), in.ID, corpus.KeyTitle, []string{"By hand"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		view := l.Forward().View()
		if got := view.Doc(0).Value(corpus.KeyTitle); got != "By hand" {
			t.Errorf("the index has the title %q, want the person's", got)
		}
		view.Release()
		wantHealthy(t, l)
		l = reopen(t, l, options())
	}
	log, err := os.ReadFile(filepath.Join(l.Dir(), "log", "entries.jsonl"))
	if err != nil || !bytes.Contains(log, []byte("By hand")) {
		t.Errorf("the correction is not in the log: %v", err)
	}
	if err := l.SetFacts(t.Context(), in.ID, "colour", []string{"red"}); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("an unknown fact: %v, want corpus.ErrInvalid", err)
	}
}

func TestRemoveLeavesNothing(t *testing.T) {
	l := newLibrary(t, options())
	gone, kept := specimen(t, "тайноеимя.txt", "тайноеслово"), specimen(t, "kept.txt", "оставшееся")
	mustPut(t, l, gone, kept)
	if err := l.Remove(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		wantFound(t, l, "тайноеслово")
		wantFound(t, l, "оставшееся", "оставшееся")
		wantHealthy(t, l)
		err := filepath.WalkDir(l.Dir(), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := os.ReadFile(name)
			if bytes.Contains(b, []byte("тайное")) {
				t.Errorf("%s holds it", name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		l = reopen(t, l, options())
	}
	if err := l.Remove(t.Context(), gone.ID); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("removing it again: %v, want corpus.ErrNotFound", err)
	}
}

// A full disk is when somebody removes something.
func TestRemoveOnAFullDisk(t *testing.T) {
	for _, tt := range []struct {
		put error
		why string
	}{
		{nil, "the index cannot be changed, but there is room for another"},
		{syscall.ENOSPC, "and no room for another"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			f, opt := new(fault), options()
			opt.Create, opt.Open = f.create, f.open
			l := newLibrary(t, opt)
			gone, kept := specimen(t, "gone.txt", "тайноеслово"), specimen(t, "kept.txt", "оставшееся")
			mustPut(t, l, gone, kept)
			f.put, f.del = tt.put, syscall.ENOSPC
			if err := l.Remove(t.Context(), gone.ID); !errors.Is(err, tt.put) {
				t.Errorf("Remove = %v, want %v", err, tt.put)
			}
			if _, err := l.Original(t.Context(), gone.ID); !errors.Is(err, corpus.ErrNotFound) {
				t.Errorf("the original: %v, want corpus.ErrNotFound", err)
			}
			f.put, f.del = nil, nil
			old := generationName(t, l)
			opt.Create = func(dir string) (indexer.Backend, error) {
				if _, err := os.Stat(filepath.Join(l.Dir(), "index", old)); err == nil && tt.put != nil {
					t.Error("the old index takes the room of the new one")
				}
				return f.create(dir)
			}
			l = reopen(t, l, opt)
			wantFound(t, l, "тайноеслово")
			wantFound(t, l, "оставшееся", "оставшееся")
			wantHealthy(t, l)
		})
	}
}

// The note beside the lock is for others; without it the library opens.
func TestOpensWithoutANoteBesideTheLock(t *testing.T) {
	l := newLibrary(t, options())
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(l.Dir(), "LOCK.json", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := indexer.Open(t.Context(), l.Dir(), options())
	if err != nil {
		t.Fatalf("Open = %v", err)
	}
	l.Announce(t.Context(), "http://127.0.0.1:8765")
	wantFound(t, l, "слово", "слово")
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestResolve(t *testing.T) {
	l := newLibrary(t, options())
	in := specimen(t, "a.txt", "слово")
	mustPut(t, l, in)
	if id, err := l.Resolve(t.Context(), in.ID.Short()); id != in.ID || err != nil {
		t.Errorf("Resolve = %s, %v", id, err)
	}
	if _, err := l.Resolve(t.Context(), "00000000"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Resolve of nothing: %v, want corpus.ErrNotFound", err)
	}
}

func TestNoLibrary(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	_, err := indexer.Open(t.Context(), dir, options())
	if !errors.Is(err, corpus.ErrNotFound) || !strings.Contains(err.Error(), "dalel ingest makes one") {
		t.Errorf("Open = %v, want corpus.ErrNotFound and what to do", err)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("Open made the folder")
	}
}

func TestAFullDiskStoresNothing(t *testing.T) {
	opt := options()
	free := uint64(300 << 20)
	opt.Space = func(string) (uint64, error) { return free, nil }
	l := newLibrary(t, opt)
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	free = 1 << 20
	in := specimen(t, "b.txt", "другое")
	_, err := l.Put(t.Context(), in)
	if !errors.Is(err, corpus.ErrUnavailable) || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("Put on a full disk: %v, want corpus.ErrUnavailable", err)
	}
	if _, err := l.Document(t.Context(), in.ID); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("the refused document: %v, want corpus.ErrNotFound", err)
	}
	var kinds []store.FindingKind
	for f, err := range l.Doctor(t.Context(), true) {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, f.Kind)
	}
	if !slices.Equal(kinds, []store.FindingKind{store.FindSpace}) {
		t.Errorf("Doctor tells of %v, want space", kinds)
	}
	wantFound(t, l, "слово", "слово")
	free = 1 << 30
	if _, err := l.Put(t.Context(), in); err != nil {
		t.Errorf("Put once there is space: %v", err)
	}
}

func TestAnEngineThatFailsOrPanics(t *testing.T) {
	for _, panics := range []bool{false, true} {
		f, opt := new(fault), options()
		opt.Create, opt.Open = f.create, f.open
		l := newLibrary(t, opt)
		mustPut(t, l, specimen(t, "a.txt", "слово первое"))
		f.set(errors.New("no space left"), panics)
		in := specimen(t, "b.txt", "слово второе")
		if _, err := l.Put(t.Context(), in); err == nil {
			t.Fatalf("panics=%t: Put says it is stored", panics)
		}
		wantFound(t, l, "первое", "слово первое")
		if _, err := l.Put(t.Context(), specimen(t, "c.txt", "слово третье")); !errors.Is(err, corpus.ErrUnavailable) {
			t.Errorf("panics=%t: Put while the engine is broken: %v, want corpus.ErrUnavailable", panics, err)
		}
		f.set(nil, false)
		mustPut(t, l, in, specimen(t, "d.txt", "слово четвёртое"))
		for range 2 {
			wantFound(t, l, "слово", "слово второе", "слово первое", "слово четвёртое")
			wantHealthy(t, l)
			l = reopen(t, l, opt)
		}
	}
}

// A change that fails, and is in the index when that was opened again, though not
// all of it could be checked, is not said to be refused.
func TestWhatCameInAfterAllIsNotRefused(t *testing.T) {
	f, opt := new(fault), options()
	opt.Create, opt.Open = f.create, f.open
	l := newLibrary(t, opt)
	mustPut(t, l, specimen(t, "a.txt", "слово первое"))
	f.puts, f.paras = 1, 1
	mustPut(t, l, specimen(t, "b.txt", "слово второе"))
	if f.puts+f.paras > 0 {
		t.Errorf("%d puts and %d lists have still to fail", f.puts, f.paras)
	}
	mustPut(t, l, specimen(t, "c.txt", "слово третье"))
	for range 2 {
		wantFound(t, l, "слово", "слово второе", "слово первое", "слово третье")
		wantHealthy(t, l)
		l = reopen(t, l, opt)
	}
}

func TestDamageIsHealedByAnotherGeneration(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(index string) error
		why  string
	}{
		{"no CURRENT", func(x string) error { return os.Remove(filepath.Join(x, "CURRENT")) }, "nothing says which to use"},
		{"bad CURRENT", func(x string) error { return os.WriteFile(filepath.Join(x, "CURRENT"), []byte("../../etc"), 0o600) }, "it is a file name"},
		{"no index", os.RemoveAll, "the index may be thrown away"},
		{"no engine", func(x string) error { return os.RemoveAll(filepath.Join(x, "g000001", "engine")) }, ""},
		{"engine damaged", func(x string) error {
			return os.WriteFile(filepath.Join(x, "g000001", "engine", "entries.json"), []byte("{"), 0o600)
		}, ""},
		{"engine lost paragraphs", func(x string) error {
			return os.WriteFile(filepath.Join(x, "g000001", "engine", "entries.json"), []byte("{}"), 0o600)
		}, "the counts do not agree"},
		{"forward damaged", func(x string) error { return os.Truncate(filepath.Join(x, "g000001", "forward", "state"), 3) }, ""},
		{"another analysis", func(x string) error {
			return os.WriteFile(filepath.Join(x, "g000001", "manifest.json"), []byte(`{"schema":1,"analysis":0}`), 0o600)
		}, "words are read otherwise now"},
		{"another schema", func(x string) error {
			return os.WriteFile(filepath.Join(x, "g000001", "manifest.json"), []byte(`{"schema":99,"analysis":1}`), 0o600)
		}, "made by a later version"},
		{"purge asked for", func(x string) error { return os.WriteFile(filepath.Join(x, "PURGE"), nil, 0o600) }, "a removal was cut short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLibrary(t, options())
			mustPut(t, l, specimen(t, "a.txt", "слово"), specimen(t, "b.txt", "другое"))
			_ = l.Close()
			if err := tt.harm(filepath.Join(l.Dir(), "index")); err != nil {
				t.Fatal(err)
			}
			opt := options()
			built := 0
			opt.Progress = func(done, total int) { built = done }
			l = reopen(t, l, opt)
			if built != 2 {
				t.Errorf("%d documents were indexed again, want 2: %s", built, tt.why)
			}
			wantFound(t, l, "слово", "слово")
			wantHealthy(t, l)
			built = 0
			reopen(t, l, opt)
			if built != 0 {
				t.Errorf("the second Open builds again")
			}
		})
	}
}

func TestACutLogIsNotHidden(t *testing.T) {
	l := newLibrary(t, options())
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	mustPut(t, l, specimen(t, "b.txt", "другое"))
	_ = l.Close()
	name := filepath.Join(l.Dir(), "log", "entries.jsonl")
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b[:bytes.IndexByte(b, '\n')+1], 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = indexer.Open(t.Context(), l.Dir(), options())
	if !errors.Is(err, corpus.ErrDamaged) || !strings.Contains(err.Error(), "record 1") || !strings.Contains(err.Error(), "record 2") {
		t.Errorf("Open = %v, want corpus.ErrDamaged with both numbers", err)
	}
}

// A search that is under way keeps the index it began with, and so does one that
// asks for the engine only after another index has taken its place.
func TestReindexBesideSearches(t *testing.T) {
	l := newLibrary(t, options())
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	view := l.Forward().View()
	old := generationName(t, l)
	if err := l.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if f, err := view.Paragraph(0); err != nil || f.Text != "слово" {
		t.Errorf("a view after Reindex: %+v, %v", f, err)
	}
	own, ok := view.(interface{ Index() search.Index })
	if !ok {
		t.Fatal("the view does not know its engine")
	}
	for term, err := range own.Index().Terms(t.Context(), search.FieldRU, "") {
		if err != nil || term.Text != "слово" {
			t.Errorf("the engine of the view has the term %q, %v", term.Text, err)
		}
	}
	if _, err := os.Stat(filepath.Join(l.Dir(), "index", old)); err != nil {
		t.Errorf("the old index while a search uses it: %v", err)
	}
	view.Release()
	view.Release()
	if _, err := os.Stat(filepath.Join(l.Dir(), "index", old)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the old index when nobody uses it: %v", err)
	}
	for range 2 {
		wantFound(t, l, "слово", "слово")
		wantHealthy(t, l)
		l = reopen(t, l, options())
	}
}

// Where CURRENT cannot be read, another index does not take the name, and so the
// place, of the one in use.
func TestReindexWhereCurrentCannotBeRead(t *testing.T) {
	var current string
	opt := options()
	opt.Step = func(name string) error {
		if name == "index.gen.rename" && current != "" {
			return os.WriteFile(current, []byte("g00"), 0o600)
		}
		return nil
	}
	l := newLibrary(t, opt)
	current = filepath.Join(l.Dir(), "index", "CURRENT")
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	view := l.Forward().View()
	if err := l.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if f, err := view.Paragraph(0); err != nil || f.Text != "слово" {
		t.Errorf("a view after Reindex: %+v, %v", f, err)
	}
	view.Release()
	mustPut(t, l, specimen(t, "b.txt", "другое слово"))
	for range 2 {
		wantFound(t, l, "слово", "другое слово", "слово")
		wantHealthy(t, l)
		l = reopen(t, l, options())
	}
}

// What is stored, corrected and removed while an index is built is in it.
func TestChangesWhileAnIndexIsBuilt(t *testing.T) {
	l := newLibrary(t, options())
	kept, gone := specimen(t, "kept.txt", "слово старое"), specimen(t, "gone.txt", "слово лишнее")
	mustPut(t, l, kept, gone)
	once := false
	err := l.Reindex(t.Context(), func(int, int) {
		if once {
			return
		}
		once = true
		mustPut(t, l, specimen(t, "new.txt", "слово новое"))
		wantFound(t, l, "слово", "слово лишнее", "слово новое", "слово старое")
		if err := l.SetFacts(t.Context(), kept.ID, corpus.KeyTitle, []string{"By hand"}); err != nil {
			t.Error(err)
		}
	})
	if err != nil || !once {
		t.Fatalf("Reindex = %v, progress told: %t", err, once)
	}
	for range 2 {
		wantFound(t, l, "слово", "слово лишнее", "слово новое", "слово старое")
		wantHealthy(t, l)
		view := l.Forward().View()
		if got := view.Doc(0).Value(corpus.KeyTitle); got != "By hand" {
			t.Errorf("the title is %q, want the person's", got)
		}
		view.Release()
		l = reopen(t, l, options())
	}
}

// An index that another version made answers while the right one is built,
// where there is time for that.
func TestAStaleIndexAnswersMeanwhile(t *testing.T) {
	l := newLibrary(t, options())
	mustPut(t, l, specimen(t, "a.txt", "слово"))
	_ = l.Close()
	stale := `{"schema":` + schemaOf(t, l) + `,"analysis":0,"tables":"x","engine":"` + options().Engine + `"}` + "\n"
	name := filepath.Join(l.Dir(), "index", generationName(t, l), "manifest.json")
	if err := os.WriteFile(name, []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	started, finish := make(chan struct{}), make(chan struct{})
	opt := options()
	opt.Later = true
	opt.Progress = func(int, int) { close(started); <-finish }
	l = reopen(t, l, opt)
	<-started
	wantFound(t, l, "слово", "слово")
	if l.Doubt() == nil {
		t.Error("nothing is told of the index that is in use")
	}
	wantNote(t, l, true)
	mustPut(t, l, specimen(t, "b.txt", "слово второе"))
	wantFound(t, l, "слово", "слово", "слово второе")
	close(finish)
	for l.Doubt() != nil {
		time.Sleep(time.Millisecond)
	}
	for range 2 {
		wantNote(t, l, false)
		wantFound(t, l, "слово", "слово", "слово второе")
		wantHealthy(t, l)
		l = reopen(t, l, options())
	}
}

// wantNote looks whether an answer says that the index is being made again.
func wantNote(t *testing.T, l *indexer.Library, want bool) {
	t.Helper()
	engine := search.Engine{Index: l.Index(), Forward: l.Forward(), Clock: time.Now}
	res, err := engine.Search(t.Context(), search.Request{Query: "слово", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	got := slices.ContainsFunc(res.Notes, func(n search.Note) bool { return n.Kind == search.NoteRebuilt })
	if got != want {
		t.Errorf("notes %+v; told that the index is being made again: %t, want %t", res.Notes, got, want)
	}
}

// schemaOf reads the version of the schema in the manifest of a library.
func schemaOf(t *testing.T, l *indexer.Library) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(l.Dir(), "index", generationName(t, l), "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Schema json.Number `json:"schema"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m.Schema.String()
}

// A text that is damaged costs its own document, not the index.
func TestADamagedTextIsLeftOut(t *testing.T) {
	l := newLibrary(t, options())
	a, b := specimen(t, "a.txt", "слово первое"), specimen(t, "b.txt", "слово второе")
	mustPut(t, l, a, b)
	if err := os.RemoveAll(filepath.Join(l.Dir(), "derived", string(a.ID))); err != nil {
		t.Fatal(err)
	}
	if err := l.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	wantFound(t, l, "слово", "слово второе")
	kinds := map[store.FindingKind]int{}
	for f, err := range l.Doctor(t.Context(), true) {
		if err != nil || f.Doc != a.ID {
			t.Errorf("Doctor: %+v, %v", f, err)
		}
		kinds[f.Kind]++
	}
	if kinds[store.FindDerived] != 1 || kinds[store.FindIndex] != 1 {
		t.Errorf("Doctor tells of %v, want the text and the index", kinds)
	}
}

func TestStats(t *testing.T) {
	l := newLibrary(t, options())
	a, b := specimen(t, "a.txt", "слово", "другое"), specimen(t, "b.txt", "слово")
	a.Text.Pages = []corpus.Page{{No: 1, Status: corpus.PageOK}, {No: 2, Status: corpus.PageUnread}, {No: 3, Status: corpus.PageDoubtful}}
	a.Read[corpus.KeyKind] = corpus.Fact{Values: []string{string(corpus.Verdict)}}
	a.Read[corpus.KeyLang] = corpus.Fact{Values: []string{"ru", "kk"}}
	c := specimen(t, "c.txt", "слово") // the same text as b
	if out := mustPut(t, l, a, b, c); out[0].Status != corpus.IsDoubtful {
		t.Errorf("outcome %+v, want doubtful", out[0])
	}
	s, err := l.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := strings.TrimSpace(fmt.Sprintln(s.Documents, s.Works, s.Paragraphs, s.Pages, s.Unread, s.Doubtful, s.Kinds, s.Languages, len(s.Recent), s.Recent[0].Path(), s.Gaps[0].Unread, s.Gaps[0].Doubtful))
	if want := "3 2 4 3 1 1 [{other 2} {verdict 1}] [{kk 1} {ru 1}] 3 in/c.txt [2] [3]"; got != want {
		t.Errorf("Stats = %s, want %s", got, want)
	}
	if err := l.SetFacts(t.Context(), a.ID, corpus.KeyKind, []string{"ruling"}); err != nil {
		t.Fatal(err)
	}
	if s, err = l.Stats(t.Context()); err != nil || s.Kinds[1].Value != "ruling" {
		t.Errorf("Stats after a correction = %+v, %v", s.Kinds, err)
	}
}

func TestWorks(t *testing.T) {
	l := newLibrary(t, options())
	ingested := func(name, text string, facts map[corpus.Key]string) corpus.Ingested {
		in := specimen(t, name, text)
		for k, v := range facts {
			in.Read[k] = corpus.Fact{Values: []string{v}}
		}
		return in
	}
	ru := ingested("ru", "мнение", map[corpus.Key]string{corpus.KeySymbol: "A/HRC/WGAD/2099/931"})
	en := ingested("en", "opinion", map[corpus.Key]string{corpus.KeySymbol: "А/НRC/wgad/2099/931/Rev.1"}) // Cyrillic А and Н
	pdf := ingested("pdf", "opinion", nil)                                                                // the text of en
	v1 := ingested("v1", "приговор", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyNumber: "1-931", corpus.KeyCourt: "Суд  Эталонска", corpus.KeyDate: "2099-01-02"})
	v2 := ingested("v2", "үкім", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyNumber: "1-931", corpus.KeyCourt: "суд эталонска", corpus.KeyDate: "2099-01-02"})
	v3 := ingested("v3", "другой", map[corpus.Key]string{corpus.KeyKind: "verdict", corpus.KeyNumber: "1-931", corpus.KeyCourt: "суд эталонска", corpus.KeyDate: "2099-05-02"})
	n1 := ingested("n1", "новость", map[corpus.Key]string{corpus.KeyNumber: "5"})
	n2 := ingested("n2", "заметка", map[corpus.Key]string{corpus.KeyNumber: "5"})
	mustPut(t, l, ru, en, pdf, v1, v2)
	mustPut(t, l, v3, n1, n2)
	check := func(want map[corpus.ID]corpus.ID) {
		t.Helper()
		for id, w := range want {
			if doc, err := l.Document(t.Context(), id); err != nil || doc.Work != string(w) {
				t.Errorf("%s is of the work %.8s, %v, want %s", doc.Path(), doc.Work, err, w.Short())
			}
		}
	}
	want := map[corpus.ID]corpus.ID{
		ru.ID: ru.ID, en.ID: ru.ID, pdf.ID: ru.ID, v1.ID: v1.ID, v2.ID: v1.ID, v3.ID: v3.ID, n1.ID: n1.ID, n2.ID: n2.ID,
	}
	check(want)
	// A correction moves en to another work, and pdf, which has its text, with it.
	if err := l.SetFacts(t.Context(), en.ID, corpus.KeySymbol, []string{"A/HRC/WGAD/2099/932"}); err != nil {
		t.Fatal(err)
	}
	want[en.ID], want[pdf.ID] = en.ID, en.ID
	check(want)
	l = reopen(t, l, options())
	check(want)
	// When the first of a work goes, the next gives it its name.
	if err := l.Remove(t.Context(), v1.ID); err != nil {
		t.Fatal(err)
	}
	delete(want, v1.ID)
	want[v2.ID] = v2.ID
	check(want)
	// A document that belongs to two works joins them.
	bridge := ingested("bridge", "opinion", map[corpus.Key]string{corpus.KeySymbol: "A/HRC/WGAD/2099/931(E)"})
	mustPut(t, l, bridge)
	want[en.ID], want[pdf.ID], want[bridge.ID] = ru.ID, ru.ID, ru.ID
	check(want)
	wantHealthy(t, l)
}
