package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dalel/indexer"
)

// After an update of dalel, what serves answers from the index of the version
// before, and builds another beside it. A command that ends builds it first.
func TestServingDoesNotWaitForAnotherIndex(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lib")
	text := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(text, []byte("SPECIMEN: показания свидетеля.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), []string{"ingest", "-lib", dir, text}, testEnv(t)); code != 0 {
		t.Fatalf("ingest ends with %d", code)
	}
	stale := func() {
		t.Helper()
		files, _ := filepath.Glob(filepath.Join(dir, "index", "g*", "manifest.json"))
		if len(files) != 1 {
			t.Fatalf("manifests %v, want one", files)
		}
		b, err := os.ReadFile(files[0])
		if err == nil {
			err = os.WriteFile(files[0], regexp.MustCompile(`"analysis":\d+`).ReplaceAll(b, []byte(`"analysis":0`)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const meanwhile = "meanwhile the old one answers"
	for _, tt := range []struct {
		name string
		open func(*env, func(*indexer.Library) error) error
		want bool
	}{
		{"serve", func(e *env, do func(*indexer.Library) error) error { return e.serving(t.Context(), dir, do) }, true},
		{"search", func(e *env, do func(*indexer.Library) error) error { return e.withLibrary(t.Context(), dir, do) }, false},
	} {
		stale()
		var log strings.Builder
		e := testEnv(t)
		e.log = slog.New(slog.NewTextHandler(&log, nil))
		if err := tt.open(e, func(*indexer.Library) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), meanwhile); got != tt.want {
			t.Errorf("%s: the log says %q; the old index answers: %t, want %t", tt.name, log.String(), got, tt.want)
		}
	}
}
