package indexer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/search"
)

// checker is a Backend that can look for damage in its files.
type checker interface {
	Check(ctx context.Context) error
}

// Doctor yields what is wrong: in the store, in the index, and around them.
// full hashes every original. The error ends the stream.
func (l *Library) Doctor(ctx context.Context, full bool) iter.Seq2[store.Finding, error] {
	return func(yield func(store.Finding, error) bool) {
		for f, err := range l.store.Check(ctx, full) {
			if !yield(f, err) || err != nil {
				return
			}
		}
		for _, f := range slices.Concat(l.checkIndex(ctx), l.checkPlace()) {
			if !yield(f, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(store.Finding{}, err)
		}
	}
}

// checkIndex compares the index with the store. No change may happen
// meanwhile.
func (l *Library) checkIndex(ctx context.Context) []store.Finding {
	l.write.Lock()
	defer l.write.Unlock()
	g := l.current()
	var found []store.Finding
	tell := func(doc corpus.ID, format string, args ...any) {
		found = append(found, store.Finding{
			Kind: store.FindIndex, Damage: true, Doc: doc, File: filepath.ToSlash(filepath.Join(indexDir, g.name)),
			Detail: fmt.Sprintf(format, args...) + "; dalel reindex repairs it",
		})
	}
	if l.closed {
		tell("", "the library is closed")
		return found
	}
	if l.behind != nil && !l.readOnly {
		tell("", "the index lacks records: %v", l.behind)
	}
	if err := l.heed(g, g.forward.Check(ctx)); err != nil {
		tell("", "%v", err)
	}
	if c, ok := g.engine.(checker); ok {
		if err := l.heed(g, guard("engine.check", func() error { return c.Check(ctx) })); err != nil {
			tell("", "%v", err)
		}
	}
	if err := l.heed(g, g.agree(ctx)); err != nil {
		tell("", "%v", err)
	}
	if what := l.checkPrints(g); what != "" {
		tell("", "%s", what)
	}
	for _, d := range l.compare(ctx, g) {
		tell(d.doc, "%s", d.what)
	}
	return found
}

// checkPrints says what is wrong with the prints of a generation; "" for nothing.
// A change that needs them makes them again.
func (l *Library) checkPrints(g *generation) string {
	known, whole, err := readPrints(g.dir)
	if err != nil {
		return err.Error()
	}
	lacking := 0
	for _, id := range l.store.IDs() {
		p := known[id]
		if _, ok := g.forward.Find(id); ok && (p.print == nil || p.hash != l.store.TextHash(id)) {
			lacking++
		}
	}
	info, err := os.Stat(filepath.Join(g.dir, printsFile))
	switch {
	case lacking > 0:
		return fmt.Sprintf("%d documents lack the print by which versions of a text are found", lacking)
	case err == nil && info.Size() != whole:
		return fmt.Sprintf("%s: it is broken after %d bytes", printsFile, whole)
	}
	return ""
}

type difference struct {
	doc  corpus.ID
	what string
}

// compare looks at each document in the store and in the forward store.
func (l *Library) compare(ctx context.Context, g *generation) []difference {
	var diffs []difference
	view := g.forward.View()
	defer view.Release()
	ids := l.store.IDs()
	for _, id := range ids {
		if ctx.Err() != nil {
			return diffs
		}
		n, ok := g.forward.Find(id)
		switch {
		case !ok:
			diffs = append(diffs, difference{id, "the document is not in the index"})
		case view.TextHash(n) != l.store.TextHash(id):
			diffs = append(diffs, difference{id, "the index has another text of the document"})
		}
	}
	if extra := aliveDocs(view) - len(ids); extra > 0 {
		diffs = append(diffs, difference{"", fmt.Sprintf("the index has %d documents too many", extra)})
	}
	return diffs
}

func aliveDocs(view search.View) int {
	_, docs := view.Size()
	n := 0
	for d := range docs {
		if view.Alive(search.DocNo(d)) {
			n++
		}
	}
	return n
}

// syncFolders are names of folders that sync tools keep. Such a tool changes
// and locks files under a running program, and copies evidence elsewhere.
var syncFolders = []string{"dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "mobile documents", "yandex.disk", "yandexdisk", "nextcloud", "mega"}

// checkPlace looks at the disk and the folder that the library lies in.
func (l *Library) checkPlace() []store.Finding {
	var found []store.Finding
	var full *corpus.Error
	if err := l.needSpace(0); errors.As(err, &full) {
		found = append(found, store.Finding{Kind: store.FindSpace, Detail: full.Err.Error()})
	}
	abs, err := filepath.Abs(l.dir)
	if err != nil {
		return found
	}
	for part := range strings.SplitSeq(filepath.ToSlash(abs), "/") {
		if slices.Contains(syncFolders, strings.ToLower(part)) {
			found = append(found, store.Finding{
				Kind:   store.FindFolder,
				Detail: fmt.Sprintf("the library lies in %q, which a sync tool may change while dalel runs; move it, or stop the tool", part),
			})
		}
	}
	return found
}
