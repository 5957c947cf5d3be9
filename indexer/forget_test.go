package indexer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dalel/corpus/store"
	"dalel/search/quote"
)

// A removal reaches briefs, decisions and lists, and names what it leaves.
func TestRemoveReachesTheUsersFiles(t *testing.T) {
	l := newLibrary(t, options())
	ctx := t.Context()
	gone, kept := specimen(t, "gone.txt", "тайноеслово"), specimen(t, "kept.txt", "оставшееся")
	mustPut(t, l, gone, kept)
	if err := l.SetFacts(ctx, gone.ID, "title", []string{"Показания Саурбека"}); err != nil {
		t.Fatal(err)
	}
	briefs := quote.Briefs{Files: l}
	if err := briefs.New(ctx, quote.Brief{Name: "Жалоба"}); err != nil {
		t.Fatal(err)
	}
	err := briefs.Change(ctx, "Жалоба", func(b *quote.Brief) error {
		for _, in := range []quote.Quote{{Doc: gone.ID, Pieces: []quote.Piece{{Para: 1, End: 3}}}, {Doc: kept.ID, Pieces: []quote.Piece{{Para: 1, End: 3}}}} {
			b.Add(quote.Item{Quote: &in, Note: "note"})
		}
		b.Add(quote.Item{Words: "См. Показания Саурбека."})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := fmt.Sprintf("{\"doc\":%q,\"same\":true}\n{\"doc\":%q,\"same\":true}\n", gone.ID, kept.ID)
	if err := l.UpdateUserFile(ctx, "decisions.jsonl", func([]byte) ([]byte, error) { return []byte(lines), nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Note(ctx, store.EventExport, "", map[string]any{"docs": []string{string(gone.ID)}}); err != nil {
		t.Fatal(err)
	}
	traces, err := l.RemoveAll(ctx, gone.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(traces.Briefs, []string{"Жалоба"}) || !slices.Equal(traces.Files, []string{"decisions.jsonl"}) || traces.Exports != 1 {
		t.Errorf("%+v", traces)
	}
	if !slices.Equal(traces.Left, []string{"briefs/Жалоба.json"}) {
		t.Errorf("left: %v, want the brief whose own words have the title", traces.Left)
	}
	files, err := l.UserFiles(ctx, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := l.UserFile(ctx, f)
		if err != nil || strings.Contains(string(b), string(gone.ID)) || !strings.Contains(string(b), string(kept.ID)) {
			t.Errorf("%s, %v: %s", f, err, b)
		}
	}
}
