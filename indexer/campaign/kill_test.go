package campaign

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// killed counts what became of killed processes.
type killed struct {
	kills, acked, lost, byHand, rebuilt int
	slowest                             time.Duration // from opening to the first answer
}

func (k *killed) String() string {
	return fmt.Sprintf("kills=%d acknowledged=%d lost=%d needing_a_hand=%d built_again=%d slowest_first_answer=%v",
		k.kills, k.acked, k.lost, k.byHand, k.rebuilt, k.slowest.Round(time.Millisecond))
}

// TestKillsAtRandom kills a process that stores documents at any time: while
// the library is being made, while it grows, while segments are merged.
func TestKillsAtRandom(t *testing.T) {
	var sum killed
	r := rand.New(rand.NewPCG(5, 5))
	rounds, life := scale(6, 24, 400), scale(3, 8, 20)
	for sum.kills < rounds {
		a := attack{dir: filepath.Join(tempDir(t), "lib"), sum: &sum}
		for range life { // kills of one library
			delay := time.Duration(r.IntN(700)) * time.Millisecond
			if r.IntN(5) == 0 {
				delay = time.Duration(r.IntN(60)) * time.Millisecond
			}
			a.round(t, plan{Each: 1 + r.IntN(40)}, func(cmd *exec.Cmd) { time.Sleep(delay); _ = cmd.Process.Kill() })
		}
		_ = os.RemoveAll(a.dir)
	}
	t.Logf("KILLS at random: %v", &sum)
}

// TestKillsAtSteps kills a process at each step of its changes in turn.
func TestKillsAtSteps(t *testing.T) {
	var sum killed
	stride := scale(9, 3, 1)
	for step := 1; ; step += stride {
		a := attack{dir: filepath.Join(tempDir(t), "lib"), sum: &sum}
		done := a.round(t, plan{Each: 3, Docs: 9, Kill: step}, func(*exec.Cmd) {})
		_ = os.RemoveAll(a.dir)
		if done {
			break
		}
	}
	t.Logf("KILLS at steps: %v", &sum)
}

// TestKillsAtSystemCalls has strace kill a process at a system call.
func TestKillsAtSystemCalls(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil || runtime.GOOS != "linux" {
		t.Skip(noStrace)
	}
	calls := []string{"write", "pwrite64", "fsync", "fdatasync", "openat", "renameat,renameat2", "unlinkat", "ftruncate", "mkdirat"}
	each := scale(0, 1, 14)
	if each == 0 {
		t.Skip(byCampaigns)
	}
	var sum killed
	r := rand.New(rand.NewPCG(8, 8))
	for _, call := range calls {
		for range each {
			a := attack{dir: filepath.Join(tempDir(t), "lib"), sum: &sum}
			if r.IntN(2) == 0 {
				a.round(t, plan{Each: 5, Docs: 10}, func(*exec.Cmd) {})
			}
			a.trace = []string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", call, 1+r.IntN(40))}
			a.round(t, plan{Each: 4, Docs: 24}, func(*exec.Cmd) {})
			_ = os.RemoveAll(a.dir)
		}
	}
	t.Logf("KILLS at system calls: %v", &sum)
}

// TestKillsOfABigLibrary measures how soon many documents answer again.
func TestKillsOfABigLibrary(t *testing.T) {
	docs := scale(0, 1000, 10_000)
	if docs == 0 {
		t.Skip(byCampaigns)
	}
	dir := filepath.Join(tempDir(t), "lib")
	fill(t, dir, 0, docs, 500)
	var sum killed
	a := attack{dir: dir, sum: &sum, next: docs}
	for i := range docs {
		a.acked = append(a.acked, i)
	}
	r := rand.New(rand.NewPCG(6, 6))
	for range scale(0, 2, 20) {
		delay := time.Duration(500+r.IntN(2500)) * time.Millisecond
		a.round(t, plan{Each: 1 + r.IntN(100)}, func(cmd *exec.Cmd) { time.Sleep(delay); _ = cmd.Process.Kill() })
	}
	t.Logf("KILLS of %d documents: %v", docs, &sum)
	if most := 3 * time.Second; sum.slowest > most {
		t.Errorf("the first answer took %v, want at most %v", sum.slowest, most)
	}
}

// attack is a library whose writers are killed.
type attack struct {
	dir   string
	trace []string // flags of strace, or none
	next  int      // number of the next document
	acked []int    // numbers of documents that were acknowledged
	sum   *killed
}

// round starts a writer, lets kill happen, and examines what is left. It
// reports whether the writer came to its end.
func (a *attack) round(t *testing.T, p plan, kill func(*exec.Cmd)) (done bool) {
	t.Helper()
	p.Source, p.First = a.dir+".src", a.next
	if p.Docs == 0 {
		p.Docs = 100_000 // until it is killed
	}
	cmd := child(t, "write", a.dir, p.String())
	if len(a.trace) > 0 {
		cmd.Args = slices.Concat([]string{"strace"}, a.trace, cmd.Args)
		cmd.Path, _ = exec.LookPath("strace")
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go kill(cmd)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		var first, end int
		switch {
		case strings.HasPrefix(line, "error"):
			t.Errorf("the writer: %s", line)
		case line == "end":
			done = true
		default:
			if n, _ := fmt.Sscanf(line, "ack %d %d", &first, &end); n == 2 {
				for i := first; i < end; i++ {
					a.acked = append(a.acked, i)
				}
				a.next = end
			}
		}
	}
	_ = cmd.Wait()
	if !done {
		a.sum.kills++
	}
	a.examine(t)
	return done
}

// examine opens the library as the next process would and counts what is lost.
func (a *attack) examine(t *testing.T) {
	t.Helper()
	a.sum.acked = max(a.sum.acked, len(a.acked))
	heard := new(listener)
	opt := quick()
	opt.Log = slog.New(heard)
	start := time.Now()
	l, err := indexer.Open(t.Context(), a.dir, opt)
	if errors.Is(err, corpus.ErrNotFound) && len(a.acked) == 0 {
		return // killed before there was a library
	}
	if err != nil {
		a.sum.byHand++
		t.Errorf("after a kill: %v", err)
		a.acked, a.next = nil, a.next+1000
		_ = os.RemoveAll(a.dir)
		return
	}
	defer func() { _ = l.Close() }()
	first := ask(t.Context(), l, []string{vocabulary()[0]})
	a.sum.slowest = max(a.sum.slowest, time.Since(start))
	if strings.Contains(heard.text(), "built again") {
		a.sum.rebuilt++
		t.Logf("built again: %s", heard.text())
	}
	if strings.HasPrefix(first[0], failed) {
		t.Errorf("the first answer: %s", first[0])
	}
	a.count(t, l)
}

// count looks for each document that was acknowledged, in the store and by its
// own word, and checks that no document is there in part.
func (a *attack) count(t *testing.T, l *indexer.Library) {
	t.Helper()
	engine := &search.Engine{Index: l.Index(), Forward: l.Forward(), Clock: time.Now}
	look := a.acked
	if newest := 400; len(look) > newest { // the newest are in danger
		look = look[len(look)-newest:]
	}
	for _, i := range look {
		if _, err := l.Text(t.Context(), idOf(i)); err != nil {
			a.sum.lost++
			t.Errorf("document %d was acknowledged: %v", i, err)
			continue
		}
		res, err := engine.Search(t.Context(), search.Request{Query: "=" + ownWord(i), Limit: 2})
		if err != nil || res.Hits != 1 || res.Passages[0].Doc.ID != idOf(i) {
			a.sum.lost++
			t.Errorf("document %d was acknowledged and is not found: %v", i, err)
		}
	}
	if l.Len() < len(a.acked) {
		t.Errorf("%d documents are there, %d were acknowledged", l.Len(), len(a.acked))
	}
	all, err := engine.Search(t.Context(), search.Request{Query: "kind:verdict OR kind:other OR kind:news", Group: true})
	if err != nil || all.Docs != l.Len() {
		t.Errorf("%d documents are found of %d: %v", all.Docs, l.Len(), err)
	}
	for f, err := range l.Doctor(context.WithoutCancel(t.Context()), false) {
		if err != nil || f.Damage {
			t.Errorf("doctor: %+v, %v", f, err)
		}
	}
}
