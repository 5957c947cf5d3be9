//go:build linux

package campaign

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"dalel/corpus"
	"dalel/indexer"
)

// faultCalls are the system calls that storing makes on files. A call that fails
// is one of the library's, or of the file that is read.
var faultCalls = []string{
	"openat", "write", "pwrite64", "fsync", "fdatasync", "renameat,renameat2", "unlinkat", "ftruncate", "mkdirat",
	"read", "pread64", "newfstatat,fstat", "getdents64", "fchmod,fchmodat", "close", "lseek", "flock", "mmap",
}

// faulted counts what became of processes in which one call failed.
type faulted struct {
	points, acked, refused, lost, visible, byHand, stopped, panics, unclear, notOn int
	files                                                                          map[string]int // calls that failed, by kind of file
}

func (f *faulted) String() string {
	return fmt.Sprintf("points=%d acknowledged=%d refused=%d lost=%d refused_but_visible=%d needing_a_hand=%d panics=%d unclear=%d not_going_on=%d not_opened=%d kinds_of_file=%d",
		f.points, f.acked, f.refused, f.lost, f.visible, f.byHand, f.panics, f.unclear, f.notOn, f.stopped, len(f.files))
}

// TestFaultsOfSingleCalls has strace fail the N-th call of each kind, for all N:
// with an error of the device, and as if the disk were full. The process is told
// no, says why, and goes on; the next one has all that was acknowledged, and
// nothing that was refused.
func TestFaultsOfSingleCalls(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip(noStrace)
	}
	stride := scale(0, 97, 1)
	if stride == 0 {
		t.Skip(byCampaigns)
	}
	tries := scale(0, 1, 3)
	sum := faulted{files: map[string]int{}}
	errnos := []string{"EIO", "ENOSPC"}
	for c, call := range faultCalls {
		for e, errno := range errnos[c%2*scale(0, 1, 0):][:scale(0, 1, 2)] { // in short by turns
			missed := 0 // one thread may have made fewer calls than before
			for n := 1 + (7*c+3*e)%min(stride, 9); missed < tries; n += stride {
				if !sum.round(t, call, errno, n) {
					missed++
				}
			}
		}
	}
	t.Logf("FAULTS of single calls: %v", &sum)
	for _, k := range slices.Sorted(maps.Keys(sum.files)) {
		t.Logf("  %-40s %d", k, sum.files[k])
	}
	if sum.points < scale(0, 10, 300) {
		t.Errorf("only %d calls failed", sum.points)
	}
}

// TestShortWrites limits how long a file may become: what is beyond is written
// in part, and then refused.
func TestShortWrites(t *testing.T) {
	sizes := []int{0, 1, 100, 5000, 20_000}
	if scale(0, 1, 1) == 1 {
		sizes = append(sizes, 10, 1000, 2000, 8000, 12_000, 30_000, 50_000)
	}
	if scale(0, 0, 1) == 1 {
		for s := 200; s < 60_000; s += 400 {
			sizes = append(sizes, s)
		}
	}
	sum := faulted{files: map[string]int{}}
	for i, size := range sizes {
		sum.examine(t, fmt.Sprintf("files of %d bytes", size), i%2 == 0, faultPlan{Most: size}, nil, "file too large")
	}
	t.Logf("FAULTS of short writes: %v", &sum)
}

// round fails call number n. It reports whether there was such a call.
func (f *faulted) round(t *testing.T, call, errno string, n int) (fired bool) {
	t.Helper()
	told := map[string]string{"EIO": "input/output error", "ENOSPC": "no space left on device"}[errno]
	trace := []string{"-f", "-qq", "-y", "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, errno, n)}
	return f.examine(t, fmt.Sprintf("%s of call %d of %s", errno, n, call), n%2 == 0, faultPlan{}, trace, told)
}

// faultPlan is what a process does in which a call fails.
type faultPlan struct {
	Source string
	First  int
	Most   int // bytes a file may have; 0 for no limit, -1 for none
}

const faultBatch, faultBatches = 3, 3

// faulty stores batches, corrects, makes the index again, removes, and stores
// once more. It prints what became of each.
func faulty(ctx context.Context, dir, arg string) error {
	var p faultPlan
	if err := json.Unmarshal([]byte(arg), &p); err != nil {
		return err
	}
	if p.Most > 0 {
		signal.Ignore(syscall.SIGXFSZ)
		most := uint64(p.Most)
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			return err
		}
	}
	said := func(what string, err error) {
		if err != nil {
			what = "no " + what + ": " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Println(what)
	}
	l, err := indexer.Create(ctx, dir, options())
	said("open", err)
	if err != nil {
		return nil //nolint:nilerr // it was told
	}
	put := func(first int) {
		ins, err := makeDocuments(p.Source, first, faultBatch)
		out := make([]corpus.Outcome, len(ins))
		if err == nil {
			out, err = l.PutAll(ctx, ins)
		}
		for i := range faultBatch { // one may be refused for itself: its file could not be read
			if i < len(out) && out[i].Status != "" {
				said(fmt.Sprintf("put %d", first+i), nil)
			} else {
				said(fmt.Sprintf("put %d", first+i), err)
			}
		}
	}
	for i := range faultBatches {
		put(p.First + i*faultBatch)
	}
	said("correct", l.SetFacts(ctx, idOf(p.First+1), corpus.KeyTitle, []string{"SPECIMEN by hand"}))
	said("reindex", l.Reindex(ctx, nil))
	said(fmt.Sprintf("remove %d", p.First), l.Remove(ctx, idOf(p.First)))
	put(p.First + faultBatches*faultBatch)
	said("close", l.Close())
	return nil
}

var (
	putLine     = regexp.MustCompile(`^(no )?put (\d+)(?:: (.*))?$`)
	injectedArg = regexp.MustCompile(`(?m)^(?:\d+ +)?([a-z0-9]+)\((.*)\(INJECTED\)`)
)

// examine runs such a process, and opens the library as the next one would.
func (f *faulted) examine(t *testing.T, what string, old bool, p faultPlan, trace []string, told string) (fired bool) {
	t.Helper()
	dir := filepath.Join(tempDir(t), "lib")
	defer func() { _ = os.RemoveAll(filepath.Dir(dir)) }()
	p.Source = dir + ".src"
	kept := []int{}
	if old {
		fill(t, dir, 500, 4, 2)
		kept = append(kept, 500, 501, 502, 503)
	}
	b, _ := json.Marshal(p) // numbers and a string
	cmd := child(t, "faulty", dir, string(b))
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	log := dir + ".trace"
	if trace != nil {
		cmd.Args = slices.Concat([]string{"strace", "-o", log}, trace, cmd.Args)
		cmd.Path, _ = exec.LookPath("strace")
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, runErr := cmd.Output()
	if trace != nil {
		traced, _ := os.ReadFile(log)
		hit := injectedArg.FindAllStringSubmatch(string(traced), -1)
		if len(hit) == 0 {
			return false
		}
		for _, h := range hit {
			f.files[h[1]+" "+fileKind(h[2], dir)]++
		}
		if !slices.ContainsFunc(hit, func(h []string) bool { return strings.Contains(h[2], filepath.Dir(dir)) }) {
			return true // not a file of ours: of the runtime, or the pipe that is printed to
		}
	}
	f.points++
	if s := stderr.String(); runErr != nil || strings.Contains(s, "panic") || strings.Contains(s, "fatal error") {
		f.panics++
		t.Errorf("%s: the process ends with %v: %.2000s", what, runErr, s)
	}
	before := *f
	acked, refused := f.read(t, what, string(out), told)
	f.acked, f.refused = f.acked+len(acked), f.refused+len(refused)
	f.next(t, what, dir, append(acked, kept...), refused)
	if f.lost+f.visible+f.byHand+f.unclear+f.notOn > before.lost+before.visible+before.byHand+before.unclear+before.notOn {
		t.Logf("%s: it said:\n%s", what, out)
	}
	return true
}

// read takes the lines of a process apart, and looks whether each refusal says
// why.
func (f *faulted) read(t *testing.T, what, out, told string) (acked, refused []int) {
	t.Helper()
	failed := false
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if rest, no := strings.CutPrefix(line, "no "); no {
			failed = failed || strings.HasPrefix(rest, "open")
			gone := len(refused) > 0 && strings.Contains(rest, "no such document") // it was refused before
			if strings.Contains(rest, "panic") || !gone && !strings.Contains(rest, told) && !strings.Contains(rest, "open the library again") {
				f.unclear++
				t.Errorf("%s: it does not say why: %s", what, line)
			}
		}
		m := putLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		var no int
		_, _ = fmt.Sscan(m[2], &no) // digits
		switch {
		case m[1] == "":
			acked = append(acked, no)
		case strings.Contains(m[3], "open the library again"): // it may be there, and it was said so
		default:
			refused = append(refused, no)
		}
	}
	if failed {
		f.stopped++
	}
	// The removed one may be gone, or not: a removal that is cut short is finished later.
	return slices.DeleteFunc(acked, func(i int) bool { return i == 0 }), refused
}

// next opens the library as the next process would, looks for what was
// acknowledged and what was refused, and stores more.
func (f *faulted) next(t *testing.T, what, dir string, acked, refused []int) {
	t.Helper()
	l, err := indexer.Create(t.Context(), dir, quick())
	if err != nil {
		f.byHand++
		t.Errorf("%s: the next process cannot open the library: %v", what, err)
		return
	}
	defer func() { _ = l.Close() }()
	if lost := searchable(t, l, acked); lost > 0 {
		f.lost += lost
		t.Errorf("%s: %d acknowledged documents are not found", what, lost)
	}
	if seen := searchableOf(t, l, refused); len(seen) > 0 {
		f.visible += len(seen)
		t.Errorf("%s: %d refused documents are found", what, len(seen))
	}
	_, err = l.PutAll(t.Context(), documents(t, dir+".src", 900, 2))
	if err != nil || searchable(t, l, []int{900, 901}) > 0 {
		f.notOn++
		t.Errorf("%s: the next process cannot go on: %v", what, err)
	}
	for d, err := range l.Doctor(t.Context(), true) {
		if err != nil || d.Damage {
			f.byHand++
			t.Errorf("%s: doctor: %+v, %v", what, d, err)
		}
	}
}

var numbers = regexp.MustCompile(`[0-9a-f]{16,}(-[0-9a-f]+)*|\d+`)

// fileKind names the file that the arguments of a call are about, without what
// is another in every run.
func fileKind(args, dir string) string {
	parts := strings.SplitN(args, dir+"/", 2)
	if len(parts) < 2 {
		return "elsewhere"
	}
	name, _, _ := strings.Cut(parts[1], ">")
	name, _, _ = strings.Cut(name, `"`)
	if rest := regexp.MustCompile(`^>, "([^"]*)"`).FindStringSubmatch(strings.TrimPrefix(parts[1], name)); rest != nil {
		name += "/" + rest[1]
	}
	return numbers.ReplaceAllString(name, "#")
}
