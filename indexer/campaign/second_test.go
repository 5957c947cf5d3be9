package campaign

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
)

// hold opens a library, says so, and keeps it.
func hold(ctx context.Context, dir, url string) error {
	l, err := indexer.Open(ctx, dir, options())
	if err != nil {
		return err
	}
	l.Announce(ctx, url)
	fmt.Println("open")
	time.Sleep(time.Hour) // it is killed; to wait on a channel for nothing would be a deadlock to the runtime
	return l.Close()
}

// TestSecondProcess opens a library that another process has open, and again
// when that one was killed.
func TestSecondProcess(t *testing.T) {
	dir := filepath.Join(tempDir(t), "lib")
	fill(t, dir, 0, 4, 4)
	const url = "http://127.0.0.1:8765"
	tries := scale(1, 3, 20)
	var slowest, after time.Duration
	for range tries {
		cmd := child(t, "hold", dir, url)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "open\n" {
			t.Fatalf("the other process says %q, %v", line, err)
		}
		start := time.Now()
		_, err = indexer.Open(t.Context(), dir, quick())
		slowest = max(slowest, time.Since(start))
		want := fmt.Sprintf("in use by process %d; stop it, or ask it at %s", cmd.Process.Pid, url)
		if !errors.Is(err, corpus.ErrUnavailable) || !strings.Contains(err.Error(), want) {
			t.Errorf("Open = %v, want corpus.ErrUnavailable and %q", err, want)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		start = time.Now()
		l, err := indexer.Open(t.Context(), dir, quick())
		if err != nil {
			t.Fatalf("after the other process was killed: %v", err)
		}
		after = max(after, time.Since(start))
		_ = l.Close()
	}
	t.Logf("SECOND tries=%d slowest_message=%v slowest_open_after_a_kill=%v", tries, slowest.Round(time.Millisecond), after.Round(time.Millisecond))
	if most := 2 * time.Second; slowest > most {
		t.Errorf("the second process waits for %v, want at most %v", slowest, most)
	}
}
