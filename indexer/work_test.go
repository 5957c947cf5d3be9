package indexer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
)

// story is a text of some paragraphs whose words depend on seed; a mirror of it
// has another last paragraph.
func story(seed string, mirror bool) []string {
	var paras []string
	for i := range 12 {
		paras = append(paras, strings.Repeat(fmt.Sprintf("Суд %s заслушал свидетеля %d%s по делу, и тот сказал своё. ", seed, i, seed), 3))
	}
	if mirror {
		paras[len(paras)-1] = "Перепечатка: подписывайтесь на наш канал."
	}
	return paras
}

func wantWork(t *testing.T, l *indexer.Library, when string, first corpus.ID, ids ...corpus.ID) {
	t.Helper()
	for _, id := range ids {
		if doc, err := l.Document(t.Context(), id); err != nil || doc.Work != string(first) {
			t.Errorf("%s: %s is of the work %.8s, %v, want %s", when, doc.Path(), doc.Work, err, first.Short())
		}
	}
}

// Versions are found by what their texts are, whatever order they come in, and
// whatever has become of the file that keeps the prints of texts.
func TestWorksByText(t *testing.T) {
	opt := options()
	l := newLibrary(t, opt)
	a, other := specimen(t, "a.txt", story("первый", false)...), specimen(t, "other.txt", story("второй", false)...)
	mirror := specimen(t, "mirror.txt", story("первый", true)...)
	mustPut(t, l, a, other)
	mustPut(t, l, mirror)
	wantWork(t, l, "put apart", a.ID, a.ID, mirror.ID)
	wantWork(t, l, "another text", other.ID, other.ID)

	prints := func() string { return filepath.Join(l.Dir(), "index", generationName(t, l), "prints") }
	third := specimen(t, "third.txt", append(story("первый", true), "Третья запись.")...)
	for _, tt := range []struct {
		why   string
		told  bool // doctor tells of it
		spoil func([]byte) []byte
	}{
		{"as it was", false, func(b []byte) []byte { return b }},
		{"a write was cut short", true, func(b []byte) []byte { return b[:len(b)-5] }},
		{"a bit is another", true, func(b []byte) []byte { b = bytes.Clone(b); b[40] ^= 1; return b }},
		{"zeros after a power cut", true, func(b []byte) []byte { return append(bytes.Clone(b), make([]byte, 4096)...) }},
		{"empty", true, func([]byte) []byte { return nil }},
	} {
		_ = l.Close()
		b, err := os.ReadFile(prints())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(prints(), tt.spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		l = reopen(t, l, opt)
		told := false
		for f := range l.Doctor(t.Context(), false) {
			told = told || f.Damage
		}
		if told != tt.told {
			t.Errorf("%s: doctor tells of damage: %t, want %t", tt.why, told, tt.told)
		}
		mustPut(t, l, third)
		wantWork(t, l, tt.why, a.ID, a.ID, mirror.ID, third.ID)
		if again, err := os.ReadFile(prints()); err != nil || len(again) < len(b) {
			t.Errorf("%s: the file has %d bytes afterwards, %v, want %d or more", tt.why, len(again), err, len(b))
		}
		if err := l.Remove(t.Context(), third.ID); err != nil {
			t.Fatal(err)
		}
		wantWork(t, l, tt.why+", after a removal", a.ID, a.ID, mirror.ID)
	}
	if err := l.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	wantWork(t, l, "indexed again", a.ID, a.ID, mirror.ID)

	// What a person says of a document is stronger than its text.
	for id, symbol := range map[corpus.ID]string{a.ID: "A/HRC/WGAD/2099/931", mirror.ID: "A/HRC/WGAD/2099/932"} {
		if err := l.SetFacts(t.Context(), id, corpus.KeySymbol, []string{symbol}); err != nil {
			t.Fatal(err)
		}
	}
	wantWork(t, l, "symbols differ", mirror.ID, mirror.ID)
	wantWork(t, l, "symbols differ", a.ID, a.ID)
	wantHealthy(t, l)
}

// Removed documents leave no print behind: it would tell what they were like.
func TestRemovedPrints(t *testing.T) {
	l := newLibrary(t, options())
	a, b := specimen(t, "a.txt", story("первый", false)...), specimen(t, "b.txt", story("второй", false)...)
	mustPut(t, l, a, b)
	if err := l.Remove(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(l.Dir(), "index", generationName(t, l), "prints"))
	if err != nil || bytes.Contains(kept, []byte(a.ID)) || !bytes.Contains(kept, []byte(b.ID)) {
		t.Errorf("the prints are of a: %v, of b: %v; %v", bytes.Contains(kept, []byte(a.ID)), bytes.Contains(kept, []byte(b.ID)), err)
	}
}
