package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
)

// Runner reads one document into an Emitter. Its errors are those of
// Extractor, and the context's.
type Runner interface {
	Run(ctx context.Context, doc *os.File, mediaType string, out Emitter) error
}

// InProcess is a Runner without a process: for tests, and for text that we
// wrote ourselves. A fatal error of an extractor is fatal to the program.
type InProcess struct{ Formats Formats }

// Run implements Runner.
func (r InProcess) Run(ctx context.Context, doc *os.File, mediaType string, out Emitter) error {
	return extractFrom(ctx, doc, mediaType, r.Formats, out)
}

// Defaults of Worker.
const (
	defaultTimeout = 60 * time.Second
	defaultMemory  = 1 << 30
)

// Worker is a Runner that reads each document in a process of its own, with
// limits on time and memory.
type Worker struct {
	Command []string      // program and arguments that end in WorkerMain
	Env     []string      // more of its environment, as in os/exec
	Timeout time.Duration // for one document, and for each page that is recognised; 60 s when 0
	Memory  uint64        // bytes in use, for one document; 1 GiB when 0
}

var (
	errTimeout = errors.New("it took too long")
	errStop    = errors.New("stopped by the reader of its output")
)

// Run implements Runner.
func (w *Worker) Run(ctx context.Context, doc *os.File, mediaType string, out Emitter) error {
	return w.run(ctx, doc, mediaType, nil, func(m *message) error { return m.deliver(out) })
}

// limits returns the limits of w, or their defaults.
func (w *Worker) limits() (timeout time.Duration, memory uint64) {
	return cmp.Or(w.Timeout, defaultTimeout), cmp.Or(w.Memory, defaultMemory)
}

// run runs a worker on a document and hands its messages to take.
func (w *Worker) run(ctx context.Context, doc *os.File, mediaType string, more []string, take func(*message) error) error {
	timeout, memory := w.limits()
	tmp, err := os.MkdirTemp("", "dalel-worker-*") // of its own, so that nothing stays when it is ended
	if err != nil {
		return fmt.Errorf("ingest: a folder for a worker: %w", err)
	}
	defer os.RemoveAll(tmp) //nolint:errcheck // what stays is in the system's temporary folder
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := time.AfterFunc(timeout, func() { cancel(fmt.Errorf("%w (limit %s)", errTimeout, timeout)) })
	defer clock.Stop()

	args := append(append([]string{}, w.Command[1:]...),
		"-type", mediaType, "-timeout", timeout.String(), "-memory", strconv.FormatUint(memory, 10))
	cmd := exec.CommandContext(limited, w.Command[0], append(args, more...)...) //nolint:gosec // our own binary, and arguments that we made
	cmd.Env = append(environment(memory), "TMPDIR="+tmp, "TMP="+tmp, "TEMP="+tmp)
	cmd.Env = append(cmd.Env, w.Env...)
	cmd.Stdin = doc
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	var complaint head1k
	cmd.Stderr = &complaint
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("ingest: starting a worker: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("ingest: starting a worker: %w", err)
	}
	end, readErr := receive(stdout, func(m *message) error {
		if m.Slow > 0 { // recognising takes a program of its own, which is limited too
			clock.Reset(timeout + time.Duration(min(m.Slow, maxPages))*timeout)
			return nil
		}
		return take(m)
	})
	if readErr != nil {
		cancel(errStop) // it may go on writing for ever
	}
	waitErr := cmd.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return verdict(context.Cause(limited), end, readErr, waitErr, complaint.String())
}

// verdict says how a worker ended. Stopped is why its context did, if it did.
func verdict(stopped error, end *ending, readErr, waitErr error, complaint string) error {
	damaged := func(err error) error {
		return &corpus.Error{Op: "ingest.worker", Kind: corpus.ErrDamaged, Err: err}
	}
	switch {
	case end != nil:
		return end.error()
	case errors.Is(stopped, errTimeout):
		return damaged(stopped)
	case readErr != nil:
		return damaged(readErr)
	}
	line, _, _ := strings.Cut(complaint, "\n")
	if strings.Contains(complaint, "out of memory") || strings.Contains(complaint, "cannot allocate memory") {
		return damaged(errHeavy)
	}
	return damaged(fmt.Errorf("the reader crashed (%v) %s", waitErr, line)) //nolint:errorlint // nil when it ended without its last line
}

var errHeavy = errors.New("it needs too much memory")

// receive takes lines until the last; nil when the last did not come.
func receive(r io.Reader, take func(*message) error) (*ending, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	for lines.Scan() {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, nil //nolint:nilerr // half a line: the worker was stopped while it wrote
		}
		if m.End != nil {
			return m.End, nil
		}
		if m.Heavy > 0 {
			return nil, errHeavy
		}
		if err := take(&m); err != nil {
			return nil, err
		}
	}
	return nil, lines.Err()
}

// environment is what a worker sees of the world: where programs are, and
// how much memory to use before its collector works hard.
func environment(memory uint64) []string {
	env := []string{
		"GOMEMLIMIT=" + strconv.FormatUint(memory/4*3, 10),
		"GOMAXPROCS=2",
		"GOTRACEBACK=none",
		"OMP_THREAD_LIMIT=1",
		"LC_ALL=C.UTF-8",
		// A helper program that would fetch what a document links to finds nobody.
		"http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9", "ftp_proxy=http://127.0.0.1:9",
	}
	for _, name := range []string{"PATH", "SystemRoot", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// head1k keeps the first KiB of what is written to it.
type head1k struct{ b bytes.Buffer }

func (h *head1k) Write(p []byte) (int, error) {
	h.b.Write(p[:min(len(p), 1024-h.b.Len())])
	return len(p), nil
}

func (h *head1k) String() string { return h.b.String() }
