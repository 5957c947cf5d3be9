package indexer

import (
	"bytes"
	"context"
	"encoding/json"
	"path"
	"slices"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/search/quote"
)

// Traces are what a removal found of documents outside the store and the index.
type Traces struct {
	Briefs []string // briefs that lost quotes
	Files  []string // files of the user's that lost lines: decisions, lists
	Left   []string // files of the user's that still have a title of theirs
	// Exports is how many exports had something of the documents. They are out
	// of reach.
	Exports int
}

// byLine are the files of the user's that hold one thing a line.
var byLine = []string{".jsonl", ".tsv", ".csv", ".txt"}

// forget takes documents out of the user's files. It comes before the removal
// itself: when it is cut short, the documents are still there to be removed.
// The caller holds l.write.
func (l *Library) forget(ctx context.Context, ids []corpus.ID) (Traces, error) {
	var t Traces
	for _, id := range ids {
		if !l.store.Has(id) {
			continue // the removal says so
		}
		doc, err := l.store.Document(ctx, id)
		if err != nil {
			return t, err
		}
		briefs, err := quote.Briefs{Files: l.store}.Forget(ctx, id)
		if err != nil {
			return t, err
		}
		t.Briefs = append(t.Briefs, briefs...)
		if err := l.forgetLines(ctx, doc, &t); err != nil {
			return t, err
		}
	}
	t.Briefs, t.Files, t.Left = unique(t.Briefs), unique(t.Files), unique(t.Left)
	var err error
	t.Exports, err = l.exportsOf(ctx, ids)
	return t, err
}

func unique(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}

// forgetLines drops the lines that name a document, and looks for its title.
func (l *Library) forgetLines(ctx context.Context, doc *corpus.Document, t *Traces) error {
	files, err := l.store.UserFiles(ctx, ".")
	if err != nil {
		return err
	}
	name, title := []byte(doc.ID.Short()), []byte(doc.Value(corpus.KeyTitle))
	for _, f := range files {
		if slices.Contains(byLine, path.Ext(f)) {
			dropped := false
			err := l.store.UpdateUserFile(ctx, f, func(b []byte) ([]byte, error) {
				var kept []byte
				kept, dropped = dropLines(b, name)
				return kept, nil
			})
			if err != nil {
				return err
			}
			if dropped {
				t.Files = append(t.Files, f)
			}
		}
		b, err := l.store.UserFile(ctx, f)
		if err != nil {
			return err
		}
		if bytes.Contains(b, name) || len(title) > 0 && bytes.Contains(b, title) {
			t.Left = append(t.Left, f)
		}
	}
	return nil
}

// dropLines returns b without the lines that hold a name.
func dropLines(b, name []byte) (kept []byte, dropped bool) {
	kept = []byte{}
	for line := range bytes.Lines(b) {
		if bytes.Contains(line, name) {
			dropped = true
			continue
		}
		kept = append(kept, line...)
	}
	return kept, dropped
}

// exportsOf counts the exports that had something of documents.
func (l *Library) exportsOf(ctx context.Context, ids []corpus.ID) (int, error) {
	n := 0
	for note, err := range l.store.Notes(ctx, store.EventExport) {
		if err != nil {
			return n, err
		}
		var det struct {
			Docs []corpus.ID `json:"docs"`
		}
		if json.Unmarshal(note.Details, &det) != nil {
			continue // of another form: it names no documents
		}
		if slices.ContainsFunc(det.Docs, func(id corpus.ID) bool { return slices.Contains(ids, id) }) {
			n++
		}
	}
	return n, nil
}
