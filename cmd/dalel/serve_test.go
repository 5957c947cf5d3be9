package main

import (
	"context"
	"io"
	"path/filepath"
	"testing"
)

// stopper stops what writes to it.
type stopper struct {
	io.Writer
	stop context.CancelFunc
}

func (s stopper) Write(b []byte) (int, error) {
	s.stop()
	return s.Writer.Write(b)
}

// Scripts stop a server when they are done with it; that is no failure.
func TestAStoppedServerHasDoneItsJob(t *testing.T) {
	e, dir := testEnv(t), filepath.Join(t.TempDir(), "library")
	lib, err := e.createLibrary(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	e.stdout = stopper{e.stdout, stop} // it says where it serves, and is stopped
	if code := run(ctx, []string{"serve", "-lib", dir, "-addr", "127.0.0.1:0"}, e); code != exitOK {
		t.Errorf("a server that is stopped exits %d, want %d", code, exitOK)
	}
	if code := run(ctx, []string{"reindex", "-lib", dir}, e); code != exitInterrupted {
		t.Errorf("another command that is stopped exits %d, want %d", code, exitInterrupted)
	}
}
