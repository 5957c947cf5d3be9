//go:build linux

package campaign

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dalel/corpus"
	"dalel/indexer"
)

// TestFullDisk fills small disks: once as the library watches its space, once
// as if another program took the space after the library had looked.
func TestFullDisk(t *testing.T) {
	if scale(0, 1, 1) == 0 {
		t.Skip(byCampaigns)
	}
	var sum fullSum
	for run := range scale(0, 1, 5) {
		for _, mb := range []int{16, 32, 64}[:scale(0, 1, 3)] {
			for _, blind := range []bool{false, true} {
				t.Run(fmt.Sprintf("%dMB/%d/blind=%t", mb, run, blind), func(t *testing.T) { fullDisk(t, mb, run, blind, &sum) })
			}
		}
	}
	t.Logf("FULLDISK runs=%d acknowledged=%d refused=%d lost=%d refused_but_visible=%d cpu_while_full=%.1f%% slowest_resume=%v",
		sum.runs, sum.acked, sum.refused, sum.lost, sum.visible, sum.cpu, sum.resume.Round(time.Millisecond))
}

type fullSum struct {
	runs, acked, refused, lost, visible int
	cpu                                 float64 // percent of one processor, the most
	resume                              time.Duration
}

func fullDisk(t *testing.T, mb, run int, blind bool, sum *fullSum) {
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	size := func(mb int) string { return fmt.Sprintf("size=%dm", mb) }
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, size(mb)); err != nil {
		t.Skipf("only root on Linux may mount a small disk to fill; .ci/run does where it is root: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(disk, unix.MNT_DETACH) })
	opt := options()
	if blind {
		opt.Space = func(string) (uint64, error) { return 1 << 40, nil }
	}
	l, err := indexer.Create(t.Context(), filepath.Join(disk, "lib"), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	src := t.TempDir()
	const each, refusals = 40, 12
	var acked, refused []int
	for first := run * 100_000; len(refused) < refusals*each; first += each {
		out, err := l.PutAll(t.Context(), documents(t, src, first, each))
		for i := range each {
			if err == nil || out[i].Status != "" {
				acked = append(acked, first+i)
			} else {
				refused = append(refused, first+i)
			}
		}
		if len(acked) > 100_000 {
			t.Fatal("the disk does not fill up")
		}
	}
	sum.runs++
	sum.acked, sum.refused = sum.acked+len(acked), sum.refused+len(refused)
	if len(acked) == 0 {
		t.Error("nothing could be stored at all")
	}
	sum.cpu = max(sum.cpu, idleCPU())
	check := func(when string) {
		lost, visible := searchable(t, l, acked), len(searchableOf(t, l, refused))
		if lost+visible > 0 {
			t.Errorf("%s: %d acknowledged documents are not found, %d refused ones are", when, lost, visible)
		}
		sum.lost, sum.visible = sum.lost+lost, sum.visible+visible
	}
	check("full")
	reopened(t, &l, opt)
	check("full, opened again")

	if err := unix.Mount("tmpfs", disk, "tmpfs", unix.MS_REMOUNT, size(4*mb+600)); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for {
		_, err := l.PutAll(t.Context(), documents(t, src, refused[0], each))
		if err == nil {
			break
		}
		if time.Since(start) > 10*time.Second {
			t.Fatalf("not resumed 10 s after space came back: %v", err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	sum.resume = max(sum.resume, time.Since(start))
	acked, refused = append(acked, refused[:each]...), refused[each:]
	check("with space again")
	for f, err := range l.Doctor(t.Context(), true) {
		if err != nil || f.Damage {
			t.Errorf("doctor: %+v, %v", f, err)
		}
	}
}

// TestReadOnlyMedium asks a library on a disk that takes nothing, as it was
// closed, and as a crash left it.
func TestReadOnlyMedium(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=64m"); err != nil {
		t.Skipf("only root on Linux may mount a small disk to fill; .ci/run does where it is root: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(disk, unix.MNT_DETACH) })
	dir := filepath.Join(disk, "lib")
	fill(t, dir, 0, 12, 4)
	list := queries(20, 12)
	l, err := indexer.Open(t.Context(), dir, quick())
	if err != nil {
		t.Fatal(err)
	}
	want := ask(t.Context(), l, list)
	_ = l.Close()
	log := filepath.Join(dir, "log", "entries.jsonl")
	for _, torn := range []string{"", `{"record":{"seq":`} {
		b, err := os.ReadFile(log)
		if err == nil {
			err = os.WriteFile(log, append(b, torn...), 0o600)
		}
		if err == nil {
			err = unix.Mount("tmpfs", disk, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		l, err := indexer.Open(t.Context(), dir, options())
		if err != nil {
			t.Fatalf("torn=%q: %v", torn, err)
		}
		if got := ask(t.Context(), l, list); !slices.Equal(got, want) || !l.ReadOnly() {
			t.Errorf("torn=%q: answers %q, want %q; read-only: %t", torn, got, want, l.ReadOnly())
		}
		for op, err := range map[string]error{
			"SetFacts": l.SetFacts(t.Context(), idOf(1), corpus.KeyTitle, []string{"x"}),
			"Remove":   l.Remove(t.Context(), idOf(1)), "Reindex": l.Reindex(t.Context(), nil),
		} {
			if !errors.Is(err, corpus.ErrUnavailable) {
				t.Errorf("%s = %v, want corpus.ErrUnavailable", op, err)
			}
		}
		for f, err := range l.Doctor(t.Context(), true) {
			if err != nil || f.Damage && torn == "" {
				t.Errorf("doctor: %+v, %v", f, err)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if err := unix.Mount("tmpfs", disk, "tmpfs", unix.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
	}
}

// reopened opens a library again, in place.
func reopened(t *testing.T, l **indexer.Library, opt indexer.Options) {
	t.Helper()
	dir := (*l).Dir()
	_ = (*l).Close()
	again, err := indexer.Open(t.Context(), dir, opt)
	if err != nil {
		t.Fatalf("opening on a full disk: %v", err)
	}
	*l = again
}

// idleCPU is how busy the process is while it does nothing, in percent.
func idleCPU() float64 {
	const span = 2 * time.Second
	before := cpuTime()
	time.Sleep(span)
	return 100 * float64(cpuTime()-before) / float64(span)
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // never fails for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// searchable returns how many of the documents are not found.
func searchable(t *testing.T, l *indexer.Library, docs []int) int {
	return len(docs) - len(searchableOf(t, l, docs))
}

// searchableOf returns the documents that are found, by their own words and by
// what all documents have.
func searchableOf(t *testing.T, l *indexer.Library, docs []int) []int {
	t.Helper()
	list := make([]string, len(docs))
	for i, d := range docs {
		list[i] = "=" + ownWord(d)
	}
	var found []int
	all := map[corpus.ID]bool{}
	for doc, err := range l.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all[doc.ID] = true
	}
	for i, a := range ask(t.Context(), l, list) {
		if strings.HasPrefix(a, failed) {
			t.Errorf("%s: %s", list[i], a)
		}
		if hit := strings.HasPrefix(a, "1 "); hit || all[idOf(docs[i])] {
			found = append(found, docs[i])
			if !hit {
				t.Errorf("document %d is listed and not found", docs[i])
			}
		}
	}
	return found
}
