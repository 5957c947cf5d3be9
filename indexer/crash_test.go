package indexer_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
)

// TestMain lets the test binary be another process that uses a library.
func TestMain(m *testing.M) {
	switch os.Getenv("DALEL_TEST_CHILD") {
	case "hold":
		hold(os.Getenv("DALEL_TEST_LIB"))
	case "die":
		die(os.Getenv("DALEL_TEST_LIB"), os.Getenv("DALEL_TEST_STEP"))
	default:
		os.Exit(m.Run())
	}
}

// hold opens a library, says so, and keeps it until its input ends.
func hold(dir string) {
	l, err := indexer.Open(context.Background(), dir, options())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	l.Announce(context.Background(), "http://127.0.0.1:8765")
	fmt.Println("holding")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = l.Close() // also keeps the lock's file from being collected, and so closed, before
}

// die makes the changes that its input lists, and kills itself at a step. It
// prints each document that was acknowledged.
func die(dir, step string) {
	left, _ := strconv.Atoi(step)
	opt := options()
	opt.Step = func(string) error {
		left--
		if left == 0 {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		return nil
	}
	l, err := indexer.Create(context.Background(), dir, opt)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	in := json.NewDecoder(os.Stdin)
	for {
		var batch []corpus.Ingested
		if err := in.Decode(&batch); err != nil {
			break
		}
		out, err := l.PutAll(context.Background(), batch)
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		for _, o := range out {
			fmt.Println("stored", o.ID)
		}
	}
	fmt.Println("end")
}

// child starts the test binary as another process.
func child(t *testing.T, role, dir, step string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "DALEL_TEST_CHILD="+role, "DALEL_TEST_LIB="+dir, "DALEL_TEST_STEP="+step)
	return cmd
}

func TestASecondProcessIsToldWhoHoldsTheLibrary(t *testing.T) {
	l := newLibrary(t, options())
	_ = l.Close()
	cmd := child(t, "hold", l.Dir(), "")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "holding\n" {
		t.Fatalf("the other process says %q, %v", line, err)
	}
	start := time.Now()
	_, err = indexer.Open(t.Context(), l.Dir(), options())
	took := time.Since(start)
	want := fmt.Sprintf("in use by process %d; stop it, or ask it at http://127.0.0.1:8765", cmd.Process.Pid)
	if !errors.Is(err, corpus.ErrUnavailable) || !strings.Contains(err.Error(), want) || took > 5*time.Second {
		t.Errorf("Open = %v after %v, want corpus.ErrUnavailable and %q within 2 s", err, took, want)
	}
	_ = stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	reopen(t, l, options())
}

// TestAKillAtAnyStepLosesNothing kills a process at its first step, the next one
// at its second, and so on until one comes to its end. What a process was told
// to be stored is there, each document is there as a whole or not at all, and
// going on needs no repair by hand.
func TestAKillAtAnyStepLosesNothing(t *testing.T) {
	a, b, c := specimen(t, "a.txt", "слово а", "ещё а"), specimen(t, "b.txt", "слово б"), specimen(t, "c.txt", "слово в")
	better := a
	better.Text = &corpus.Text{Extractor: "text@2", Paragraphs: []corpus.Paragraph{{Ord: 1, Lang: "ru", Text: "слово лучше"}}}
	batches := [][]corpus.Ingested{{a, b}, {better, c}}
	var input strings.Builder
	for _, batch := range batches {
		if err := json.NewEncoder(&input).Encode(batch); err != nil {
			t.Fatal(err)
		}
	}
	for step := 1; ; step++ {
		dir := filepath.Join(tempDir(t), "lib")
		cmd := child(t, "die", dir, strconv.Itoa(step))
		cmd.Stdin = strings.NewReader(input.String())
		out, _ := cmd.Output()
		said := string(out)
		if strings.Contains(said, "error") {
			t.Fatalf("step %d: %s", step, said)
		}
		l, err := indexer.Create(t.Context(), dir, options())
		if err != nil {
			t.Fatalf("step %d: opening what the killed process left: %v", step, err)
		}
		for _, in := range []corpus.Ingested{a, b, c} {
			if strings.Contains(said, "stored "+string(in.ID)) {
				if _, err := l.Text(t.Context(), in.ID); err != nil {
					t.Errorf("step %d: %s was acknowledged: %v", step, in.Source.Path, err)
				}
			}
		}
		wantWhole(t, l, step)
		for _, batch := range batches {
			mustPut(t, l, batch...)
		}
		wantFound(t, l, "слово", "слово б", "слово в", "слово лучше")
		wantHealthy(t, l)
		_ = l.Close()
		if strings.Contains(said, "end") {
			break
		}
	}
}

// wantWhole checks that search finds exactly the texts that the store has.
func wantWhole(t *testing.T, l *indexer.Library, step int) {
	t.Helper()
	var want []string
	for doc, err := range l.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := l.Text(t.Context(), doc.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range text.Paragraphs {
			if strings.Contains(p.Text, "слово") {
				want = append(want, p.Text)
			}
		}
	}
	slices.Sort(want)
	if got := find(t, l, "слово"); !slices.Equal(got, want) {
		t.Errorf("step %d: search finds %q, the store has %q", step, got, want)
	}
	for f, err := range l.Doctor(t.Context(), true) {
		// Files of a document that was not acknowledged may be left.
		if err != nil || f.Damage {
			t.Errorf("step %d: Doctor: %+v, %v", step, f, err)
		}
	}
}

var errInjected = errors.New("injected")

// TestAFailureAtAnyStep fails, instead of killing, and goes on both in the same
// process and after opening again.
func TestAFailureAtAnyStep(t *testing.T) {
	old, fresh := specimen(t, "old.txt", "слово старое"), specimen(t, "new.txt", "слово новое")
	better := old
	better.Text = &corpus.Text{Extractor: "text@2", Paragraphs: []corpus.Paragraph{{Ord: 1, Lang: "ru", Text: "слово лучшее"}}}
	template := newLibrary(t, options())
	mustPut(t, template, old)
	_ = template.Close()
	put := func(in corpus.Ingested) func(l *indexer.Library) error {
		return func(l *indexer.Library) error { _, err := l.Put(t.Context(), in); return err }
	}
	for _, tt := range []struct {
		name   string
		change func(l *indexer.Library) error
		want   []string
	}{
		{"put", put(fresh), []string{"слово новое", "слово старое"}},
		{"update", put(better), []string{"слово лучшее"}},
		{"correct", func(l *indexer.Library) error {
			return l.SetFacts(t.Context(), old.ID, corpus.KeyNote, []string{"x"})
		}, []string{"слово старое"}},
		{"reindex", func(l *indexer.Library) error { return l.Reindex(t.Context(), nil) }, []string{"слово старое"}},
		{"remove", func(l *indexer.Library) error {
			if err := l.Remove(t.Context(), old.ID); !errors.Is(err, corpus.ErrNotFound) {
				return err
			}
			return nil
		}, nil},
	} {
		for _, again := range []string{"same process", "opened again"} {
			t.Run(tt.name+"/"+again, func(t *testing.T) {
				for n := int32(1); failAt(t, template.Dir(), n, again == "opened again", tt.change, tt.want); n++ {
				}
			})
		}
	}
}

// failAt makes step n of a change fail and reports whether it came to that. The
// change may succeed by another way.
func failAt(t *testing.T, template string, n int32, crash bool, change func(*indexer.Library) error, want []string) bool {
	t.Helper()
	dir := filepath.Join(tempDir(t), "lib")
	if err := os.CopyFS(dir, os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	var count atomic.Int32
	opt := options()
	opt.Step = func(string) error {
		if count.Add(1) == n {
			return errInjected
		}
		return nil
	}
	count.Store(-1000) // opening is not what is to fail
	l, err := indexer.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	count.Store(0)
	err = change(l)
	fired := count.Load() >= n
	if fired && err != nil && !errors.Is(err, errInjected) {
		t.Fatalf("step %d failed, the change says %v", n, err)
	}
	count.Store(1000)
	if got := find(t, l, "слово"); err == nil && !slices.Equal(got, want) {
		t.Errorf("step %d: the change is said to be made; found %q, want %q", n, got, want)
	}
	if crash {
		_ = l.Close()
		if l, err = indexer.Open(t.Context(), dir, opt); err != nil {
			t.Fatalf("step %d: %v", n, err)
		}
		wantWhole(t, l, int(n))
	}
	if err := change(l); err != nil {
		t.Errorf("step %d: once more: %v", n, err)
	}
	if got := find(t, l, "слово"); !slices.Equal(got, want) {
		t.Errorf("step %d: found %q, want %q", n, got, want)
	}
	wantWhole(t, l, int(n))
	return fired
}

// TestWhatIsRefusedIsNotThere fails at a step and all that come after, as a full
// disk does, until there is space again.
func TestWhatIsRefusedIsNotThere(t *testing.T) {
	old, fresh := specimen(t, "old.txt", "слово старое"), specimen(t, "new.txt", "слово новое")
	better := old
	better.Text = &corpus.Text{Extractor: "text@2", Paragraphs: []corpus.Paragraph{{Ord: 1, Lang: "ru", Text: "слово лучшее"}}}
	for n := int32(1); ; n++ {
		var count atomic.Int32
		opt := options()
		opt.Step = func(string) error {
			if count.Add(1) >= n {
				return errInjected
			}
			return nil
		}
		count.Store(-1000)
		l := newLibrary(t, opt)
		mustPut(t, l, old)
		count.Store(0)
		_, err := l.PutAll(t.Context(), []corpus.Ingested{better, fresh})
		made := count.Load() < n
		count.Store(-1000)
		if made && err == nil {
			break
		}
		if err == nil { // told to be stored, though the account of it is not in order
			wantFound(t, l, "слово", "слово лучшее", "слово новое")
			l = reopen(t, l, opt)
			wantFound(t, l, "слово", "слово лучшее", "слово новое")
			wantHealthy(t, l)
			continue
		}
		for _, how := range []string{"in the same process", "opened again"} {
			if got := find(t, l, "слово"); !slices.Equal(got, []string{"слово старое"}) {
				t.Errorf("step %d, %s: found %q, want what was there before", n, how, got)
			}
			if l.Len() != 1 {
				t.Errorf("step %d, %s: %d documents", n, how, l.Len())
			}
			l = reopen(t, l, opt)
		}
		mustPut(t, l, better, fresh)
		wantFound(t, l, "слово", "слово лучшее", "слово новое")
		wantHealthy(t, l)
	}
}

func TestManyAtOnce(t *testing.T) {
	const writers, each = 8, 5
	l := newLibrary(t, options())
	var ins [writers][]corpus.Ingested
	for w := range writers {
		for i := range each {
			ins[w] = append(ins[w], specimen(t, fmt.Sprintf("%d-%d.txt", w, i), fmt.Sprintf("слово %d %d", w, i)))
		}
	}
	stop := make(chan struct{})
	var writing, reading sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for _, in := range ins[w] {
				if _, err := l.Put(t.Context(), in); err != nil {
					t.Error(err)
				}
				found := find(t, l, "слово")
				if want := in.Text.Paragraphs[0].Text; !slices.Contains(found, want) {
					t.Errorf("%q was acknowledged and is not found", want)
				}
			}
		})
	}
	reading.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := l.Stats(t.Context()); err != nil {
				t.Error(err)
			}
			find(t, l, "слово")
		}
	})
	reading.Go(func() {
		if err := l.Reindex(t.Context(), nil); err != nil {
			t.Error(err)
		}
	})
	reading.Go(func() {
		in := specimen(t, "x.txt", "прочее")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.Put(ctx, in); !errors.Is(err, context.Canceled) {
			t.Errorf("Put of a cancelled context = %v, want context.Canceled", err)
		}
	})
	writing.Wait()
	close(stop)
	reading.Wait()
	if n := l.Len(); n != writers*each {
		t.Errorf("%d documents, want %d", n, writers*each)
	}
	wantHealthy(t, l)
}

func TestPutsAtTheSameTimeShareABatch(t *testing.T) {
	const callers = 16
	var syncs atomic.Int32
	opt := options()
	opt.Step = func(name string) error {
		if name == "store.log.sync" {
			syncs.Add(1)
		}
		return nil
	}
	l := newLibrary(t, opt)
	var ins []corpus.Ingested
	for i := range callers {
		ins = append(ins, specimen(t, strconv.Itoa(i), fmt.Sprintf("слово %d", i)))
	}
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			if _, err := l.Put(t.Context(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := syncs.Load(); n > callers/2 {
		t.Errorf("%d documents took %d batches", callers, n)
	}
	if l.Len() != callers {
		t.Errorf("%d documents, want %d", l.Len(), callers)
	}
}
