package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"dalel/corpus"
)

// syncers is how many files are synced at once. A file system gathers syncs
// that wait together; beyond eight we measured no gain.
const syncers = 8

// fileJob is one write-once file to be stored.
type fileJob struct {
	name string // in the library, with slashes
	mode fs.FileMode
	fill func(context.Context, *os.File) error
	err  error    // of this file alone; the others go on
	with *fileJob // if that one fails, this one is not stored either; may be nil
}

func (j *fileJob) failed() bool { return j.err != nil || j.with != nil && j.with.err != nil }

// writeFiles stores the files of jobs durably: when it returns, each job
// without an error has its file. A job's own failure (the source is not what
// it was said to be) is left in the job; a failure of the library is returned.
func (d *Dir) writeFiles(ctx context.Context, jobs []*fileJob) error {
	temps := make([]string, len(jobs))
	for i := range jobs {
		temps[i] = d.tempName()
	}
	defer func() {
		for _, t := range temps {
			_ = d.root.Remove(t) // those that were renamed are gone already
		}
	}()
	if err := d.step("files"); err != nil {
		return err
	}
	if err := d.writeTemps(ctx, jobs, temps); err != nil {
		return err
	}
	if err := d.step("rename"); err != nil {
		return err
	}
	var done []string
	for i, j := range jobs {
		if j.failed() {
			continue
		}
		if err := d.root.MkdirAll(path.Dir(j.name), dirMode); err != nil {
			return err
		}
		if err := d.root.Rename(temps[i], j.name); err != nil {
			return err
		}
		done = append(done, j.name)
	}
	if err := d.step("syncdirs"); err != nil {
		return err
	}
	return d.syncParents(done)
}

// writeTemps fills and syncs the temporary files, several at a time.
func (d *Dir) writeTemps(ctx context.Context, jobs []*fileJob, temps []string) error {
	var (
		wg   sync.WaitGroup
		sem  = make(chan struct{}, syncers)
		errs = make([]error, len(jobs))
	)
	for i, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		sem <- struct{}{}
		wg.Go(func() {
			defer func() { <-sem }()
			errs[i] = d.writeTemp(ctx, temps[i], j)
		})
	}
	wg.Wait()
	return errors.Join(ctx.Err(), errors.Join(errs...))
}

// errSource marks a failure to read what is to be stored, as opposed to a
// failure of the library's own disk.
var errSource = errors.New("source")

func (d *Dir) writeTemp(ctx context.Context, temp string, j *fileJob) error {
	f, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	err = j.fill(ctx, f)
	if errors.Is(err, errSource) {
		j.err = err
		return f.Close()
	}
	if err == nil && j.mode != fileMode {
		err = f.Chmod(j.mode)
	}
	if err == nil {
		err = d.opt.Sync(f)
	}
	return errors.Join(err, f.Close())
}

func (d *Dir) tempName() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.temps++
	return fmt.Sprintf("%s/%d", tmpDir, d.temps)
}

// syncParents makes the names of files durable: every folder above them, each
// once, deepest first.
func (d *Dir) syncParents(names []string) error {
	seen := map[string]bool{}
	for _, n := range names {
		for dir := path.Dir(n); !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
		}
	}
	dirs := make([]string, 0, len(seen))
	for dir := range seen {
		dirs = append(dirs, dir)
	}
	slices.SortFunc(dirs, func(a, b string) int {
		if n := strings.Count(b, "/") - strings.Count(a, "/"); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, dir := range dirs {
		if err := syncDir(d.root, dir, d.opt.Sync); err != nil {
			return err
		}
	}
	return nil
}

// writeSynced writes a small file and syncs it.
func writeSynced(root *os.Root, name string, b []byte, sync syncFunc) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = sync(f)
	}
	return errors.Join(err, f.Close())
}

// originalName is where the original of id lies.
func originalName(id corpus.ID) string {
	return "originals/sha256/" + string(id[:2]) + "/" + string(id)
}

// derivedDir is where all texts of id lie.
func derivedDir(id corpus.ID) string { return "derived/" + string(id) }

// shown is how many digits of a hash stand in the name of a text.
const shown = 16

// textName is where the text with hash T of id lies, whose file has the given
// sum.
func textName(id corpus.ID, extractor, text, sum string) string {
	return derivedDir(id) + "/" + extractor + "/" + text[:min(shown, len(text))] + "-" + sum[:min(shown, len(sum))] + ".jsonl.zst"
}

// validExtractor reports whether name can be the name of a folder on every
// system: "pdftext@1".
func validExtractor(name string) bool {
	const maxName = 64
	if name == "" || len(name) > maxName || !isAlnum(name[0]) || !isAlnum(name[len(name)-1]) {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !isAlnum(c) && !strings.ContainsRune("@+-_.", rune(c)) {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }
