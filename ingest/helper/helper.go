// Package helper finds and runs programs that other people made: poppler,
// tesseract, antiword. They are used where they are installed and never
// required. They read hostile files too: a worker runs them, within its own
// limits on memory and with a limit of time for each run.
package helper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Program is a program that was found.
type Program struct {
	Name    string
	Path    string
	Version string // "5.3.0"; "0" if it does not say
}

// String names the program in the record of a text: "tesseract@5.3.0".
func (p *Program) String() string { return p.Name + "@" + p.Version }

// maxOutput bounds what a program may print, in bytes.
const maxOutput = 64 << 20

// asking is how long a program may take to tell its version.
const asking = 5 * time.Second

var version = regexp.MustCompile(`\d+(?:\.\d+)+`)

var found = struct {
	sync.Mutex
	programs map[string]*Program // nil where there is none
}{programs: map[string]*Program{}}

// Find looks for a program on the PATH, once in the life of a process; nil if
// there is none. Ask are the arguments that make it tell its version.
func Find(ctx context.Context, name string, ask ...string) *Program {
	found.Lock()
	defer found.Unlock()
	p, known := found.programs[name]
	if !known {
		p = look(ctx, name, ask)
		if ctx.Err() == nil {
			found.programs[name] = p
		}
	}
	return p
}

func look(ctx context.Context, name string, ask []string) *Program {
	path, err := exec.LookPath(name)
	if err != nil || !filepath.IsAbs(path) { // never a program of the folder we stand in
		return nil
	}
	p := &Program{Name: name, Path: path, Version: "0"}
	ctx, stop := context.WithTimeout(ctx, asking)
	defer stop()
	out, _ := command(ctx, path, ask).CombinedOutput() // some end in 1 and tell all the same
	if v := version.Find(out); v != nil {
		p.Version = string(v)
	}
	return p
}

// command prepares a program. When its context ends, so does the wait for
// what it left running.
func command(ctx context.Context, path string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...) //nolint:gosec // a program the user installed, with arguments that we made
	cmd.WaitDelay = time.Second
	return cmd
}

// ErrTime is the error of a program that took too long.
var ErrTime = errors.New("it took too long")

// Run runs a program for at most limit and returns what it printed. An error
// carries the first line of its complaint.
func (p *Program) Run(ctx context.Context, limit time.Duration, args ...string) ([]byte, error) {
	limited, stop := context.WithTimeoutCause(ctx, limit, ErrTime)
	defer stop()
	cmd := command(limited, p.Path, args)
	out := &bounded{left: maxOutput}
	complaint := &bounded{left: 1 << 10}
	cmd.Stdout, cmd.Stderr = out, complaint
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%s: %w", p.Name, context.Cause(limited))
	case out.over:
		return nil, fmt.Errorf("%s printed more than %d MiB", p.Name, maxOutput>>20)
	case err != nil:
		line, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		return nil, fmt.Errorf("%s: %w: %s", p.Name, err, line)
	}
	return out.Bytes(), nil
}

// bounded keeps the beginning of what is written to it.
type bounded struct {
	bytes.Buffer
	left int
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	n := min(len(p), b.left)
	b.left -= n
	b.over = b.over || n < len(p)
	_, _ = b.Buffer.Write(p[:n]) // a buffer never fails
	return len(p), nil
}

var _ io.Writer = (*bounded)(nil)
