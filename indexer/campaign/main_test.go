package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"dalel/indexer"
	"dalel/indexer/bleveidx"
	"dalel/indexer/postings"
)

// The environment of a child process: what it does, and to which library.
const (
	roleVar = "DALEL_ATTACK_ROLE"
	libVar  = "DALEL_ATTACK_LIB"
	argVar  = "DALEL_ATTACK_ARG"

	engineVar = "DALEL_ATTACK_ENGINE"
)

// TestMain lets the test binary be the process that is attacked.
func TestMain(m *testing.M) {
	role := roles[os.Getenv(roleVar)]
	if role == nil {
		os.Exit(m.Run())
	}
	if err := role(context.Background(), os.Getenv(libVar), os.Getenv(argVar)); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

// roles are what a child process can be.
var roles = map[string]func(ctx context.Context, dir, arg string) error{
	"write":  write,
	"hold":   hold,
	"faulty": faulty,
}

// child prepares a process in a role.
func child(t *testing.T, role, dir, arg string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), roleVar+"="+role, libVar+"="+dir, argVar+"="+arg)
	cmd.Stderr = os.Stderr
	return cmd
}

// scale chooses a number by DALEL_ATTACK.
func scale(taste, short, long int) int {
	switch os.Getenv("DALEL_ATTACK") {
	case "long":
		return long
	case "short":
		return short
	}
	return taste
}

// Why a test is left to .ci/campaigns.
const (
	byCampaigns = "it takes longer than a test may; .ci/campaigns, which .ci/run calls, sets DALEL_ATTACK and runs it"
	noStrace    = "strace is not here, or this is not Linux; .ci/run installs it and runs this"
)

// options are those of the program, with its engine, or with the one that
// DALEL_ATTACK_ENGINE names.
func options() indexer.Options {
	opt := indexer.Options{Clock: time.Now, Tool: "campaign", Log: slog.New(slog.DiscardHandler)}
	switch opt.Engine = os.Getenv(engineVar); opt.Engine {
	case "bleve":
		opt.Create = func(dir string) (indexer.Backend, error) { return bleveidx.Create(dir) }
		opt.Open = func(dir string) (indexer.Backend, error) { return bleveidx.Open(dir) }
		opt.OpenReadOnly = func(dir string) (indexer.Backend, error) { return bleveidx.OpenReadOnly(dir) }
	case "", "postings":
		opt.Engine = "postings"
		opt.Create = func(dir string) (indexer.Backend, error) { return postings.Create(dir) }
		opt.Open = func(dir string) (indexer.Backend, error) { return postings.Open(dir) }
		opt.OpenReadOnly = opt.Open
	default:
		panic("no engine is called " + opt.Engine)
	}
	return opt
}

// quick is options without syncs, for what does not depend on them: a killed
// process loses nothing that it has written.
func quick() indexer.Options {
	opt := options()
	opt.Sync = func(*os.File) error { return nil }
	return opt
}

// tempDir is a folder in memory where there is such a place.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "dalel-campaign-") //nolint:usetesting // t.TempDir has no say in where
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// copyTree copies a library, in the place of an older copy.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// fill makes a library of documents first … first+n-1.
func fill(t *testing.T, dir string, first, n, each int) {
	t.Helper()
	l, err := indexer.Create(t.Context(), dir, quick())
	if err != nil {
		t.Fatal(err)
	}
	src := filepath.Join(dir + ".src")
	for n > 0 {
		k := min(n, each)
		if _, err := l.PutAll(t.Context(), documents(t, src, first, k)); err != nil {
			t.Fatal(err)
		}
		first, n = first+k, n-k
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// write stores batches until it is killed: arg is a JSON plan. It prints what
// was acknowledged, a line a batch.
func write(ctx context.Context, dir, arg string) error {
	var p plan
	if err := json.Unmarshal([]byte(arg), &p); err != nil {
		return err
	}
	opt := options()
	opt.Step = p.step()
	l, err := indexer.Create(ctx, dir, opt)
	if err != nil {
		return err
	}
	fmt.Println("open")
	for first := p.First; first < p.First+p.Docs; first += p.Each {
		ins, err := makeDocuments(p.Source, first, p.Each)
		if err != nil {
			return err
		}
		if _, err := l.PutAll(ctx, ins); err != nil {
			return err
		}
		fmt.Println("ack", first, first+p.Each)
	}
	if err := l.Close(); err != nil {
		return err
	}
	fmt.Println("end")
	return nil
}

// plan is what a writing child does.
type plan struct {
	Source      string // folder of its files
	First, Docs int
	Each        int // documents a batch
	Kill        int // the step at which it kills itself; 0 for none
}

func (p plan) String() string {
	b, _ := json.Marshal(p) // numbers and a string
	return string(b)
}

// step returns the hook that kills the process.
func (p plan) step() func(string) error {
	left := p.Kill
	return func(string) error {
		if left--; left == 0 {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		return nil
	}
}
