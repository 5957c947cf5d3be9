package campaign

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
)

// TestDamage harms a library at rest in many ways, each time another copy of
// it. All harm is found when the library is opened or by doctor; no query is
// answered otherwise than before without a word; harm to the index heals.
func TestDamage(t *testing.T) {
	dir := tempDir(t)
	good, bad := filepath.Join(dir, "good"), filepath.Join(dir, "bad")
	docs := scale(30, 30, 60)
	makeGood(t, good, docs)
	list := queries(scale(20, 60, 200), docs)
	files := filesOf(t, good)
	want := reference(t, good, bad, list)

	r := rand.New(rand.NewPCG(1, 2))
	var sum damageSum
	for _, kind := range []struct {
		name string
		n    int
		harm func(*rand.Rand, string) error
	}{
		{"flip", scale(4, 30, 500), flipBit},
		{"page", scale(2, 8, 100), zeroPage},
		{"cut", scale(2, 8, 100), cut},
		{"delete", scale(2, 6, 20), func(_ *rand.Rand, f string) error { return os.Remove(f) }},
	} {
		for range kind.n {
			group := fileGroups[r.IntN(len(fileGroups))]
			of := slices.DeleteFunc(slices.Clone(files), func(f string) bool { return groupOf(f) != group })
			if len(of) == 0 {
				t.Fatalf("no file of the kind %s", group)
			}
			file := of[r.IntN(len(of))]
			copyTree(t, good, bad)
			if err := kind.harm(r, filepath.Join(bad, file)); err != nil {
				t.Fatal(err)
			}
			if sameFile(filepath.Join(good, file), filepath.Join(bad, file)) {
				continue // the page was zero before
			}
			sum.add(t, kind.name+" "+file, examine(t, bad, list, want))
		}
	}
	t.Logf("DAMAGE harms=%d found_at_open=%d found_by_doctor=%d unseen=%d silent_answers=%d index_harms=%d healed=%d originals_named=%d",
		sum.harms, sum.open, sum.doctor, sum.unseen, sum.silent, sum.index, sum.healed, sum.named)
}

// makeGood makes a library with all kinds of records: documents that were read
// again, corrected, removed.
func makeGood(t *testing.T, dir string, docs int) {
	t.Helper()
	fill(t, dir, 0, docs, docs/6)
	l, err := indexer.Open(t.Context(), dir, quick())
	if err != nil {
		t.Fatal(err)
	}
	again := documents(t, dir+".src", docs/3, docs/6)
	for i := range again {
		text := *again[i].Text
		text.Extractor = "text@2"
		again[i].Text = &text
	}
	if _, err := l.PutAll(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if err := l.SetFacts(t.Context(), idOf(1), corpus.KeyTitle, []string{"SPECIMEN by hand"}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

var fileGroups = []string{"engine", "forward", "manifest", "log", "derived", "original", "format"}

// groupOf tells what a file of a library is.
func groupOf(name string) string {
	switch {
	case strings.Contains(name, "/engine/"):
		return "engine"
	case strings.Contains(name, "/forward/"):
		return "forward"
	case strings.HasPrefix(name, "index/"):
		return "manifest"
	case name == "FORMAT":
		return "format"
	case name == "log/entries.jsonl":
		return "log"
	case strings.HasPrefix(name, "derived/"):
		return "derived"
	case strings.HasPrefix(name, "originals/"):
		return "original"
	}
	return ""
}

func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if fi, err := e.Info(); err == nil && fi.Size() > 0 {
				out = append(out, name)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func change(file string, edit func([]byte) []byte) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.Chmod(file, 0o600); err != nil { // originals are read-only
		return err
	}
	return os.WriteFile(file, edit(b), 0o600)
}

func flipBit(r *rand.Rand, file string) error {
	return change(file, func(b []byte) []byte {
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		return b
	})
}

func zeroPage(r *rand.Rand, file string) error {
	const page = 4096
	return change(file, func(b []byte) []byte {
		at := r.IntN((len(b)+page-1)/page) * page
		clear(b[at:min(at+page, len(b))])
		return b
	})
}

func cut(r *rand.Rand, file string) error {
	return change(file, func(b []byte) []byte { return b[:r.IntN(len(b))] })
}

func sameFile(a, b string) bool {
	x, err1 := os.ReadFile(a)
	y, err2 := os.ReadFile(b)
	return errors.Join(err1, err2) == nil && bytes.Equal(x, y)
}

// reference is the answers of the library before any harm.
func reference(t *testing.T, good, bad string, list []string) []string {
	t.Helper()
	copyTree(t, good, bad)
	e := examine(t, bad, list, nil)
	if e.atOpen || e.byDoctor {
		t.Fatalf("the library is damaged before any harm was done: %s", e.detail)
	}
	for i, a := range e.answers {
		if strings.HasPrefix(a, failed) {
			t.Fatalf("%s: %s", list[i], a)
		}
	}
	return e.answers
}

// examined is what became of a harmed library.
type examined struct {
	atOpen, byDoctor bool
	opened           bool
	named            bool // doctor names a document
	silent           int  // answers that are others, without an error
	answers          []string
	later            bool // after a repair all answers are as they were
	detail           string
}

// examine opens a library, asks it, and has doctor look at it.
func examine(t *testing.T, dir string, list, want []string) examined {
	t.Helper()
	var e examined
	heard := new(listener)
	opt := quick()
	opt.Log = slog.New(heard)
	l, err := indexer.Open(t.Context(), dir, opt)
	if err != nil {
		e.atOpen, e.detail = true, err.Error()
		return e
	}
	e.opened = true
	e.answers = ask(t.Context(), l, list)
	e.atOpen, e.detail = heard.any(), heard.text()
	for i := range want {
		if e.answers[i] != want[i] && !strings.HasPrefix(e.answers[i], failed) {
			e.silent++
		}
	}
	for f, err := range l.Doctor(t.Context(), true) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Damage {
			e.byDoctor, e.detail = true, e.detail+" "+string(f.Kind)+": "+f.Detail
			e.named = e.named || f.Doc != ""
		}
	}
	if err := l.Repair(t.Context(), nil); err != nil {
		e.detail += " repair: " + err.Error()
	}
	if want != nil {
		e.later = slices.Equal(ask(t.Context(), l, list), want)
	}
	if err := l.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	return e
}

// listener hears the warnings of a library.
type listener struct {
	mu   sync.Mutex
	said []string
}

func (l *listener) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }
func (l *listener) WithAttrs([]slog.Attr) slog.Handler               { return l }
func (l *listener) WithGroup(string) slog.Handler                    { return l }

func (l *listener) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	said := r.Message
	r.Attrs(func(a slog.Attr) bool {
		said += " " + a.String()
		return true
	})
	l.said = append(l.said, said)
	return nil
}

func (l *listener) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.said) > 0
}

func (l *listener) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.said, "; ")
}

// damageSum counts what became of all harms.
type damageSum struct {
	harms, open, doctor, unseen, silent, index, healed, named int
}

func (s *damageSum) add(t *testing.T, what string, e examined) {
	t.Helper()
	s.harms++
	file := what[strings.IndexByte(what, ' ')+1:]
	group := groupOf(file)
	switch {
	case e.atOpen:
		s.open++
	case e.byDoctor:
		s.doctor++
	default:
		s.unseen++
		t.Errorf("%s: nobody has seen it", what)
	}
	if e.silent > 0 {
		s.silent += e.silent
		t.Errorf("%s: %d answers are others, without a word (%s)", what, e.silent, e.detail)
	}
	switch group {
	case "engine", "forward", "manifest":
		s.index++
		if e.opened && e.later {
			s.healed++
		} else {
			t.Errorf("%s: the index has not healed: %s", what, e.detail)
		}
	case "original":
		if e.named {
			s.named++
		} else {
			t.Errorf("%s: doctor does not name the original: %s", what, e.detail)
		}
	}
}
