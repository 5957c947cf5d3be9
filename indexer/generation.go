package indexer

import (
	"bytes"
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
const schemaVersion = 7

// generation is an index that is open.
type generation struct {
	name    string // "g000001"
	dir     string
	forward *forward.Store
	engine  Backend
	people  *names.Groups // of the persons that are counted; guarded by Library.write

	doubt   error // why another is to be made; guarded by Library.mu, as the rest
	users   int   // views and streams
	retired bool  // another took its place
}

func (g *generation) close() error {
	return errors.Join(guard("engine.close", g.engine.Close), g.forward.Close())
}

// manifest says what a generation was made with.
type manifest struct {
	Schema   int    `json:"schema"`
	Analysis int    `json:"analysis"`
	Tables   string `json:"tables"`
	Engine   string `json:"engine"`
}

// wanted is the manifest of what this program makes.
func (l *Library) wanted() manifest {
	return manifest{schemaVersion, analysisVersion, tablesVersion(), l.opt.Engine}
}

func (m manifest) encode() []byte {
	b, _ := json.Marshal(m) // numbers and a string
	return append(b, '\n')
}

// check reports why an index is not the one that m is of, by its manifest:
// errStale if it can be asked all the same.
func (m manifest) check(b []byte) error {
	var is manifest
	if err := json.Unmarshal(b, &is); err != nil {
		return fmt.Errorf("%w: %s: %w", corpus.ErrDamaged, manifestFile, err)
	}
	switch {
	case is.Schema != m.Schema || is.Engine != m.Engine:
		return errSchema
	case !bytes.Equal(b, is.encode()):
		return fmt.Errorf("%w: %s is not as it was written", corpus.ErrDamaged, manifestFile)
	case is != m:
		return errStale
	}
	return nil
}

// An index may be whole, but not what is needed.
var (
	errStale  = errors.New("made by another version, which read words in another way")
	errSchema = errors.New("made by another version, in another form")
)

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
	name, whole := strings.CutSuffix(string(b), "\n")
	if err != nil || !whole || genNumber(name) == 0 {
		return ""
	}
	return name
}

func (l *Library) indexPath(name string) string { return filepath.Join(l.dir, indexDir, name) }

// openGeneration opens the index called name, as it is: a stale one only if
// another may be made meanwhile.
func (l *Library) openGeneration(name string) (*generation, error) {
	dir := l.indexPath(name)
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, err
	}
	stale := l.wanted().check(b)
	if stale != nil && (!l.opt.Later && !l.readOnly || !errors.Is(stale, errStale)) {
		return nil, stale
	}
	fwd, eng := forward.Open, l.opt.Open
	if l.readOnly {
		fwd, eng = forward.OpenReadOnly, l.opt.OpenReadOnly
	}
	g, err := l.openStores(name, dir, fwd, eng)
	if err == nil && stale != nil {
		g.doubt = stale
	}
	return g, err
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

// install makes g the generation in use. The old one is closed and deleted once
// no search holds a View of it.
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
	l.mu.Lock()
	old := l.gen
	l.gen, l.stats = g, nil
	if old != nil {
		old.retired = true
	}
	idle := old != nil && old.users == 0
	l.mu.Unlock()
	if err := l.step("gen.delete"); err != nil {
		return err
	}
	if idle {
		l.bury(ctx, old)
	}
	return nil
}

// hold returns the generation in use, which stays until drop.
func (l *Library) hold() *generation {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gen.users++
	return l.gen
}

// drop ends one use of a generation.
func (l *Library) drop(g *generation) {
	l.mu.Lock()
	g.users--
	last := g.users == 0 && g.retired
	l.mu.Unlock()
	if last {
		l.bury(l.life, g)
	}
}

// bury deletes a generation that nobody uses any more. If it cannot, the next
// Open does.
func (l *Library) bury(ctx context.Context, g *generation) {
	if err := errors.Join(g.close(), os.RemoveAll(g.dir)); err != nil {
		l.opt.Log.WarnContext(ctx, "old index not deleted", "err", err)
	}
}

func (l *Library) current() *generation {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gen
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
