package bagit_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"dalel/corpus"
	"dalel/search/bagit"
)

func files() []bagit.File {
	return []bagit.File{
		bagit.Bytes("data/quotes/001.txt", []byte("Қазақстан")), bagit.Bytes("data/a b%.txt", []byte("x")),
		bagit.Bytes("VERIFY.txt", []byte("sha256sum -c manifest-sha256.txt")),
	}
}

func TestWrittenBagsAreValid(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bag")
	if err := bagit.WriteDir(dir, []bagit.Info{{Label: "Bag-Software-Agent", Value: "dalel"}}, files()); err != nil {
		t.Fatal(err)
	}
	if err := bagit.Check(os.DirFS(dir)); err != nil {
		t.Error(err)
	}
	if err := bagit.WriteDir(dir, nil, files()); err == nil {
		t.Error("a bag is written over another")
	}
	var a, b bytes.Buffer
	for _, w := range []*bytes.Buffer{&a, &b} {
		if err := bagit.WriteZip(w, "bag", nil, files()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two archives of the same files differ")
	}
}

// good is a bag of RFC 8493 written by hand.
func good() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	const sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" // sha256 of x
	return fstest.MapFS{
		"bagit.txt":           file("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
		"bag-info.txt":        file("Payload-Oxum: 1.1\n"),
		"manifest-sha256.txt": file(sum + "  data/x.txt\n"),
		"data/x.txt":          file("x"),
	}
}

func TestCheck(t *testing.T) {
	if err := bagit.Check(good()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		why    string
		change func(fstest.MapFS)
		want   string
	}{
		{"a byte of the payload", func(b fstest.MapFS) { b["data/x.txt"].Data = []byte("y") }, "changed"},
		{"a file that nobody listed", func(b fstest.MapFS) { b["data/y.txt"] = b["data/x.txt"] }, "not listed"},
		{"a file that is gone", func(b fstest.MapFS) { delete(b, "data/x.txt") }, "missing"},
		{"no declaration", func(b fstest.MapFS) { delete(b, "bagit.txt") }, "no bag"},
		{"a declaration with a mark before it", func(b fstest.MapFS) { b["bagit.txt"].Data = append([]byte("\ufeff"), b["bagit.txt"].Data...) }, "declaration"},
		{"no manifest", func(b fstest.MapFS) { delete(b, "manifest-sha256.txt") }, "no manifest"},
		{"a manifest of an unknown kind", func(b fstest.MapFS) { b["manifest-crc32.txt"] = b["manifest-sha256.txt"] }, "not known"},
		{"a name that leads out", func(b fstest.MapFS) {
			b["manifest-sha256.txt"].Data = append(b["manifest-sha256.txt"].Data, "00  data/../../etc/passwd\n"...)
		}, "leads out"},
		{"a name from the root", func(b fstest.MapFS) {
			b["manifest-sha256.txt"].Data = append(b["manifest-sha256.txt"].Data, "00  /etc/passwd\n"...)
		}, "leads out"},
		{"a drive letter", func(b fstest.MapFS) {
			b["manifest-sha256.txt"].Data = append(b["manifest-sha256.txt"].Data, "00  data/C:\\x\n"...)
		}, "leads out"},
		{"a file twice", func(b fstest.MapFS) { d := b["manifest-sha256.txt"]; d.Data = append(d.Data, d.Data...) }, "twice"},
		{"a line of nonsense", func(b fstest.MapFS) {
			b["manifest-sha256.txt"].Data = append(b["manifest-sha256.txt"].Data, "nonsense\n"...)
		}, "no entry"},
		{"another size", func(b fstest.MapFS) { b["bag-info.txt"].Data = []byte("Payload-Oxum: 2.1\n") }, "bag-info"},
		{"a file that is elsewhere", func(b fstest.MapFS) {
			b["fetch.txt"] = &fstest.MapFile{Data: []byte("http://x.example/y - data/y.txt\n")}
		}, "not here"},
		{"a tag file that was changed", func(b fstest.MapFS) {
			b["tagmanifest-sha256.txt"] = &fstest.MapFile{Data: []byte(strings.Repeat("0", 64) + "  bag-info.txt\n")}
		}, "changed"},
		{"a link", func(b fstest.MapFS) { b["data/l"] = &fstest.MapFile{Mode: fs.ModeSymlink} }, "plain file"},
	} {
		b := good()
		tt.change(b)
		err := bagit.Check(b)
		if !errors.Is(err, corpus.ErrDamaged) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want an error with %q", tt.why, err, tt.want)
		}
	}
}

// FuzzCheck checks that no manifest makes a bag valid that lists other bytes.
func FuzzCheck(f *testing.F) {
	f.Add("00  data/x.txt\n")
	f.Fuzz(func(t *testing.T, manifest string) {
		b := good()
		want := string(b["manifest-sha256.txt"].Data)
		b["manifest-sha256.txt"].Data = []byte(manifest)
		if err := bagit.Check(b); err == nil && !strings.Contains(strings.ToLower(manifest), want[:64]) {
			t.Errorf("%q is the manifest of a valid bag", manifest)
		}
	})
}
