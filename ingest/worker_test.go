package ingest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/ingest"
)

// collector is an Emitter that counts.
type collector struct {
	count, pages, paras int
	facts               corpus.Facts
	texts               []string
}

func (c *collector) PageCount(n int) error  { c.count = n; return nil }
func (c *collector) Page(corpus.Page) error { c.pages++; return nil }
func (c *collector) Warn(string) error      { return nil }
func (c *collector) Paragraph(p corpus.Paragraph) error {
	c.paras++
	c.texts = append(c.texts, p.Text)
	return nil
}

func (c *collector) Fact(k corpus.Key, f corpus.Fact) error {
	if c.facts == nil {
		c.facts = corpus.Facts{}
	}
	c.facts[k] = f
	return nil
}

func specimen(t *testing.T, content string) *os.File {
	t.Helper()
	name := filepath.Join(t.TempDir(), "specimen")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWorkerKeepsWhatCameBefore(t *testing.T) {
	for _, tt := range []struct {
		media, want, why string
		linux            bool
	}{
		{"test/good", "", "nothing goes wrong", false},
		{"test/error", "broken table", "an error is told in its own words", false},
		{"test/panic", "the reader failed: index out of range", "a panic is damage", false},
		{"test/crash", "the reader crashed (exit status 7)", "the process is gone, the pages are here", false},
		{"test/hang", "it took too long", "a goroutine that waits for ever", false},
		{"test/spin", "it took too long", "a loop that never looks at its context", false},
		{"test/memory", "it needs too much memory", "memory grows and grows", false},
		{"test/grab", "it needs too much memory", "one allocation of 137 GB cannot be recovered from", true},
	} {
		t.Run(tt.media, func(t *testing.T) {
			if tt.linux && (runtime.GOOS != "linux" || underRace) {
				t.Skip("memory is limited by rlimits: on Linux, and not under the race detector; .ci/run runs it without that")
			}
			t.Parallel()
			w := worker()
			if strings.HasPrefix(tt.want, "it took") {
				w.Timeout = time.Second
			}
			w.Memory = 128 << 20
			var c collector
			err := w.Run(t.Context(), specimen(t, "bytes"), tt.media, &c)
			if c.pages != 2 || c.paras != 2 || c.count != 4 {
				t.Errorf("kept %d pages and %d paragraphs of %d, want 2 and 2 of 4", c.pages, c.paras, c.count)
			}
			if tt.want == "" {
				if err != nil {
					t.Errorf("Run = %v, want no error", err)
				}
				return
			}
			if !errors.Is(err, corpus.ErrDamaged) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Run = %v, want damage: %q: %s", err, tt.want, tt.why)
			}
		})
	}
}

func TestWorkerUnknownType(t *testing.T) {
	var c collector
	err := worker().Run(t.Context(), specimen(t, "bytes"), "image/png", &c)
	if !errors.Is(err, corpus.ErrUnsupported) {
		t.Errorf("Run = %v, want corpus.ErrUnsupported", err)
	}
}

func TestWorkerStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	var c collector
	err := worker().Run(ctx, specimen(t, "bytes"), "test/spin", &c)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Run = %v, want the error of the context", err)
	}
	if d := time.Since(start); d > 5*time.Second { // a second on a quiet machine, without the race detector
		t.Errorf("Run took %s after its context ended", d)
	}
}

func TestWorkerHidesTheEnvironment(t *testing.T) {
	t.Setenv("DALEL_SECRET", "x")
	for _, v := range ingest.WorkerEnvironment() {
		if strings.HasPrefix(v, "DALEL_") || strings.HasPrefix(v, "HOME=") {
			t.Errorf("the worker sees %s", v)
		}
	}
}

func BenchmarkWorker(b *testing.B) {
	name := filepath.Join(b.TempDir(), "specimen")
	if err := os.WriteFile(name, []byte("SPECIMEN\n\n1. The Working Group finds nothing.\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		var c collector
		if err := worker().Run(b.Context(), f, ingest.TypeText, &c); err != nil || c.paras != 2 {
			b.Fatal(err, c.paras)
		}
		f.Close()
	}
}
