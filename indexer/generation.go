package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/corpus/names"
	"dalel/indexer/forward"
	"dalel/search"
)

const (
	indexDir     = "index"
	currentFile  = "CURRENT"
	purgeFile    = "PURGE"
	manifestFile = "manifest.json"
	forwardDir   = "forward"
	engineDir    = "engine"
	tempPrefix   = "tmp-"
)

// schemaVersion is part of what a generation was made with: add one when the
// layout of a generation changes.
const schemaVersion = 4

// generation is an index that is open.
type generation struct {
	name    string // "g000001"
	dir     string
	forward *forward.Store
	engine  Backend
	people  *names.Groups // of the persons that are counted; guarded by Library.write
}

func (g *generation) close() error {
	return errors.Join(guard("engine.close", g.engine.Close), g.forward.Close())
}

// manifest says what a generation was made with.
type manifest struct {
	Schema   int    `json:"schema"`
	Analysis int    `json:"analysis"`
	Engine   string `json:"engine"`
}

// errStale says that an index is whole, but not what is needed.
var errStale = errors.New("made by another version")

var genName = regexp.MustCompile(`^g\d{6,}$`)

// genNumber returns the number in the name of a generation; 0 if it is none.
func genNumber(name string) int {
	if !genName.MatchString(name) {
		return 0
	}
	n, _ := strconv.Atoi(name[1:]) // too many digits: then it is not ours, and 0
	return n
}

// currentName returns the name of the generation in use; "" if there is none.
func (l *Library) currentName() string {
	b, err := os.ReadFile(l.indexPath(currentFile))
	name := strings.TrimSuffix(string(b), "\n")
	if err != nil || genNumber(name) == 0 {
		return ""
	}
	return name
}

func (l *Library) indexPath(name string) string { return filepath.Join(l.dir, indexDir, name) }

// openGeneration opens the index called name, as it is.
func (l *Library) openGeneration(name string) (*generation, error) {
	dir := l.indexPath(name)
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	if m != (manifest{schemaVersion, analysisVersion, l.opt.Engine}) {
		return nil, errStale
	}
	return l.openStores(name, dir, forward.Open, l.opt.Open)
}

// openStores opens or creates both halves of a generation.
func (l *Library) openStores(
	name, dir string, fwd func(string) (*forward.Store, error), eng func(string) (Backend, error),
) (*generation, error) {
	f, err := fwd(filepath.Join(dir, forwardDir))
	if err != nil {
		return nil, err
	}
	g := &generation{name: name, dir: dir, forward: f, people: knownPeople(f)}
	err = guard("engine.open", func() (err error) {
		g.engine, err = eng(filepath.Join(dir, engineDir))
		return err
	})
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return g, nil
}

// tidyIndex deletes what was cut short: generations that are not in use.
func (l *Library) tidyIndex(current string) error {
	if err := os.MkdirAll(filepath.Join(l.dir, indexDir), dirMode); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(l.dir, indexDir))
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, tempPrefix) || genNumber(name) > 0 && name != current {
			if err := os.RemoveAll(l.indexPath(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeGeneration builds an index aside, from the texts of the library, and
// opens it under its own name. CURRENT is not changed yet.
func (l *Library) makeGeneration(ctx context.Context, progress func(done, total int)) (*generation, error) {
	name := fmt.Sprintf("g%06d", genNumber(l.currentName())+1)
	temp, dir := l.indexPath(tempPrefix+name), l.indexPath(name)
	for _, old := range []string{temp, dir} {
		if err := os.RemoveAll(old); err != nil {
			return nil, err
		}
	}
	if err := l.step("gen.make"); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(temp, dirMode); err != nil {
		return nil, err
	}
	if err := l.fillGeneration(ctx, temp, progress); err != nil {
		return nil, errors.Join(err, os.RemoveAll(temp))
	}
	if err := l.step("gen.rename"); err != nil {
		return nil, err
	}
	if err := l.rename(temp, dir); err != nil {
		return nil, err
	}
	return l.openGeneration(name)
}

// fillGeneration makes both halves in dir, closes them and syncs the folders.
func (l *Library) fillGeneration(ctx context.Context, dir string, progress func(done, total int)) error {
	g, err := l.openStores("", dir, forward.Create, l.opt.Create)
	if err != nil {
		return err
	}
	seq := l.store.Seq()
	err = l.addAll(ctx, g, l.store.IDs(), progress)
	if err == nil {
		err = l.setDocs(ctx, g, nil)
	}
	if err == nil {
		err = g.forward.Sync(seq)
	}
	if err := errors.Join(err, g.close()); err != nil {
		return err
	}
	b, err := json.Marshal(manifest{schemaVersion, analysisVersion, l.opt.Engine})
	if err != nil {
		return err
	}
	if err := l.writeFile(filepath.Join(dir, manifestFile), append(b, '\n')); err != nil {
		return err
	}
	return l.syncTree(dir)
}

// install makes g the generation in use, once no search holds a View of the old
// one, and deletes that.
func (l *Library) install(ctx context.Context, g *generation) error {
	if err := l.step("gen.current"); err != nil {
		return errors.Join(err, g.close())
	}
	temp := l.indexPath(tempPrefix + currentFile)
	err := l.writeFile(temp, []byte(g.name+"\n"))
	if err == nil {
		err = l.rename(temp, l.indexPath(currentFile))
	}
	if err != nil {
		return errors.Join(err, g.close())
	}
	old, err := l.swap(ctx, g)
	if err != nil {
		return err
	}
	if err := l.step("gen.delete"); err != nil {
		return err
	}
	if old != nil {
		err = old.close()
		err = errors.Join(err, os.RemoveAll(old.dir))
	}
	if err := errors.Join(err, l.tidyIndex(g.name)); err != nil {
		l.opt.Log.Warn("old index not deleted", "err", err) // the next Open does it
	}
	return nil
}

// swap waits until no View is held, so that a search never sees the engine of
// one generation and the forward store of another.
func (l *Library) swap(ctx context.Context, g *generation) (old *generation, err error) {
	for {
		l.mu.Lock()
		if l.views == 0 {
			old, l.gen, l.stats = l.gen, g, nil
			l.mu.Unlock()
			return old, nil
		}
		if l.idle == nil {
			l.idle = make(chan struct{})
		}
		idle := l.idle
		l.mu.Unlock()
		select {
		case <-idle:
		case <-ctx.Done():
			// CURRENT names g already: the next Open uses it. Until then the old
			// one, which is as good, goes on.
			return nil, errors.Join(ctx.Err(), g.close())
		}
	}
}

func (l *Library) current() *generation {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gen
}

// forwardOf is the search.Forward of the generation in use.
type forwardOf struct{ lib *Library }

// View returns a snapshot. The generation is not exchanged while it is held.
func (f forwardOf) View() search.View {
	f.lib.mu.Lock()
	defer f.lib.mu.Unlock()
	f.lib.views++
	return &heldView{View: f.lib.gen.forward.View(), lib: f.lib}
}

// heldView is a View that keeps its generation in use.
type heldView struct {
	search.View
	lib  *Library
	done bool // guarded by lib.mu
}

// Release ends the use of the view; more than once does no harm.
func (v *heldView) Release() {
	v.View.Release()
	v.lib.mu.Lock()
	defer v.lib.mu.Unlock()
	if v.done {
		return
	}
	v.done = true
	v.lib.views--
	if v.lib.views == 0 && v.lib.idle != nil {
		close(v.lib.idle)
		v.lib.idle = nil
	}
}

// writeFile writes a small file and syncs it.
func (l *Library) writeFile(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err == nil {
		err = l.opt.Sync(f)
	}
	return errors.Join(err, f.Close())
}

// rename moves a file or folder within index/, durably.
func (l *Library) rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return l.syncFolder(filepath.Join(l.dir, indexDir))
}

// syncFolder makes the names in a folder durable. Windows has no such call and
// journals names by itself.
func (l *Library) syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(l.opt.Sync(f), f.Close())
}

// syncTree makes the names in a folder and all folders below durable. The files
// were synced by those who wrote them.
func (l *Library) syncTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return l.syncFolder(name)
	})
}

// damagedLog is returned when the index has seen more records than the log has.
func damagedLog(dir string, log, index uint64) error {
	return &corpus.Error{Op: "library.open", Subj: dir, Kind: corpus.ErrDamaged, Err: fmt.Errorf(
		"the log ends at record %d, but the index has seen record %d: records were cut off; restore %s from a backup, or delete the folder %s to go on without them",
		log, index, "log/entries.jsonl", indexDir)}
}
