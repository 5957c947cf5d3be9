package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/custody"
)

func TestUserFiles(t *testing.T) {
	d := newDir(t)
	ctx := t.Context()
	set := func(name, text string) error {
		return d.UpdateUserFile(ctx, name, func([]byte) ([]byte, error) {
			if text == "" {
				return nil, nil
			}
			return []byte(text), nil
		})
	}
	for _, name := range []string{"briefs/Б.json", "briefs/a.json", "decisions.jsonl"} {
		if err := set(name, name); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.UserFiles(ctx, "briefs"); err != nil || !slices.Equal(got, []string{"briefs/a.json", "briefs/Б.json"}) {
		t.Errorf("%v, %v", got, err)
	}
	if err := set("briefs/a.json", ""); err != nil {
		t.Fatal(err)
	}
	if b, err := d.UserFile(ctx, "briefs/a.json"); b != nil || err != nil {
		t.Errorf("a removed file: %q, %v", b, err)
	}
	if b, err := d.UserFile(ctx, "decisions.jsonl"); err != nil || string(b) != "decisions.jsonl" {
		t.Errorf("%q, %v", b, err)
	}
	for _, bad := range []string{"../log/key", "/x", "a/../../x", "", ".", `a\b`, "c:x", "a\x00"} {
		if err := set(bad, "x"); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%q: %v, want corpus.ErrInvalid", bad, err)
		}
	}
	stop := errors.New("stop")
	if err := d.UpdateUserFile(ctx, "x", func([]byte) ([]byte, error) { return []byte("x"), stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
	if b, _ := d.UserFile(ctx, "x"); b != nil {
		t.Error("a change that failed is stored")
	}
}

func TestCheckpointProvesTexts(t *testing.T) {
	d := newDir(t)
	ctx := t.Context()
	var ids []corpus.ID
	for i := range 9 {
		ids = append(ids, mustPut(t, d, specimen(t, strconv.Itoa(i), fmt.Sprintf("document %d", i))).ID)
	}
	s, err := d.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(s.Note), os.Getenv("HOME")) {
		t.Error("the note names a folder")
	}
	c, err := custody.Open(s.Note, s.Key)
	if err != nil || c.Size != 9 {
		t.Fatalf("%v, %v", c, err)
	}
	mustPut(t, d, specimen(t, "later", "a later one"))
	for _, id := range ids {
		p, err := d.Prove(ctx, id, d.TextHash(id), c.Size)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(p.Record, []byte(id)) || custody.CheckRecord(c, p.Index, p.Record, p.Hashes) != nil {
			t.Errorf("%s is not proven", id.Short())
		}
	}
	if err := d.Remove(ctx, ids[3]); err != nil {
		t.Fatal(err)
	}
	if err := d.Holds(ctx, s.Note); err != nil {
		t.Errorf("after a removal: %v", err)
	}
	if f := findings(t, d, false); len(f) > 0 {
		t.Errorf("%+v", f)
	}
}

// A log that was written anew, whole and in order, does not hold what was signed.
func TestCheckTellsAForgedLog(t *testing.T) {
	dir := t.TempDir()
	make1 := func(words ...string) []byte {
		sub := filepath.Join(dir, words[0])
		d, err := Create(sub, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			mustPut(t, d, specimen(t, w, w))
		}
		if _, err := d.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(sub, logFile))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	make1("one", "two", "three")
	forged := make1("other", "two", "three")
	for _, tt := range []struct {
		why string
		log []byte
	}{
		{"records of another library", forged},
		{"records were cut off", forged[:bytes.IndexByte(forged, '\n')+1]},
	} {
		if err := os.WriteFile(filepath.Join(dir, "one", logFile), tt.log, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(filepath.Join(dir, "one"), testOptions())
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for f, err := range d.Check(t.Context(), false) {
			told = told || err == nil && f.Kind == FindLog && f.File == noteFile
		}
		if !told {
			t.Errorf("%s: nothing is told", tt.why)
		}
		_ = d.Close()
	}
}

func TestSetLabel(t *testing.T) {
	d := newDir(t)
	if err := d.SetLabel(t.Context(), "steppe-files"); err != nil {
		t.Fatal(err)
	}
	s, err := d.Checkpoint(t.Context())
	if err != nil || !strings.HasPrefix(s.Key, "steppe-files+") {
		t.Errorf("%v, %v", s.Key, err)
	}
	if err := d.SetLabel(t.Context(), "two words"); !errors.Is(err, corpus.ErrInvalid) {
		t.Error(err)
	}
	fi, err := fs.Stat(d.root.FS(), keyFile)
	if err != nil || fi.Mode().Perm() != fileMode {
		t.Errorf("the key: %v, %v", fi.Mode(), err)
	}
}
