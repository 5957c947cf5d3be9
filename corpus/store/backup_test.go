package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"dalel/corpus"
)

// openCopy opens a copy and fails when anything at all is wrong with it.
func openCopy(t *testing.T, path string) *Dir {
	t.Helper()
	d, err := Open(path, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if found := findings(t, d, true); len(found) > 0 {
		t.Fatalf("the copy: %v", found)
	}
	return d
}

func TestBackup(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "Слова.")
	mustPut(t, d, in)
	ctx := context.Background()
	if err := d.UpdateUserFile(ctx, "briefs/a.json", func([]byte) ([]byte, error) { return []byte("{}"), nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(tempDir(t), "copy")
	got, err := Backup(ctx, d.root.Name(), to)
	if err != nil || got.Documents != 1 || got.Files != 2 || len(got.Damaged) > 0 {
		t.Fatalf("Backup = %+v, %v", got, err)
	}
	c := openCopy(t, to)
	if b, err := c.UserFile(ctx, "briefs/a.json"); err != nil || string(b) != "{}" {
		t.Errorf("the brief: %q, %v", b, err)
	}
	if len(c.IDs()) != 1 {
		t.Errorf("the copy has %d documents", len(c.IDs()))
	}
}

func TestBackupRefuses(t *testing.T) {
	d := newDir(t)
	from := d.root.Name()
	full := tempDir(t)
	if err := os.WriteFile(filepath.Join(full, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		want     error
	}{
		{from, full, corpus.ErrInvalid},
		{from, from, corpus.ErrInvalid},
		{from, filepath.Join(from, "copy"), corpus.ErrInvalid},
		{tempDir(t), filepath.Join(tempDir(t), "copy"), corpus.ErrNotFound},
	} {
		if _, err := Backup(context.Background(), c.from, c.to); !errors.Is(err, c.want) {
			t.Errorf("from %s to %s: %v", c.from, c.to, err)
		}
	}
}

// TestBackupNamesDamage: the rest is copied, and what is damaged is named and
// left out.
func TestBackupNamesDamage(t *testing.T) {
	d := newDir(t)
	a, b := specimen(t, "a.txt", "Слова."), specimen(t, "b.txt", "Другие.")
	mustPut(t, d, a)
	mustPut(t, d, b)
	name := originalName(a.ID)
	overwrite(t, filepath.Join(d.root.Name(), name), []byte("forged"))
	to := filepath.Join(tempDir(t), "copy")
	got, err := Backup(context.Background(), d.root.Name(), to)
	if err != nil || len(got.Damaged) != 1 || got.Damaged[0] != name {
		t.Fatalf("Backup = %+v, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(to, name)); !errors.Is(err, os.ErrNotExist) {
		t.Error("a forged original was copied")
	}
}

// TestBackupWhileWriting: every copy made while documents come and go is a
// library with nothing wrong, and nothing that was removed before it began.
func TestBackupWhileWriting(t *testing.T) {
	d := newDir(t)
	ctx := context.Background()
	removed := specimen(t, "gone.txt", "Удалено.")
	mustPut(t, d, removed)
	if err := d.Remove(ctx, removed.ID); err != nil {
		t.Fatal(err)
	}
	const docs = 60
	ins := make([]corpus.Ingested, docs)
	for i := range ins {
		ins[i] = specimen(t, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Абзац %d.", i))
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i, in := range ins {
			if _, err := d.Put(ctx, in); err != nil {
				t.Error(err)
			}
			if i%3 == 2 {
				if err := d.Remove(ctx, ins[i-1].ID); err != nil {
					t.Error(err)
				}
			}
		}
	})
	const copies = 20
	for i := range copies {
		before := d.Seq()
		to := filepath.Join(tempDir(t), "copy")
		b := &backup{sync: func(*os.File) error { return nil }}
		if err := b.run(ctx, d.root.Name(), to); err != nil || len(b.done.Damaged) > 0 {
			t.Fatalf("copy %d: %+v, %v", i, b.done, err)
		}
		got := b.done
		c := openCopy(t, to)
		if n := len(c.IDs()); n != got.Documents || c.Seq() < before {
			t.Errorf("copy %d has %d documents and %d records, told of %d; %d records before", i, n, c.Seq(), got.Documents, before)
		}
		if found := grep(t, to, "Удалено."); len(found) > 0 {
			t.Errorf("copy %d has what was removed: %v", i, found)
		}
	}
	wg.Wait()
}
