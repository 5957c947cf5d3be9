package zip

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dalel/ingest"
)

// archive makes a ZIP by calls on its writer.
func archive(t *testing.T, fill func(*zip.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	fill(z)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func put(t *testing.T, z *zip.Writer, h *zip.FileHeader, content string) {
	t.Helper()
	w, err := z.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
}

// read yields what Files does, a line each: name, size or error.
func read(ctx context.Context, t *testing.T, b []byte) (lines []string, dir string) {
	t.Helper()
	dir = t.TempDir()
	local := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(local, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f := ingest.File{Name: "a.zip", Local: local, Size: int64(len(b))}
	for m, err := range (Container{}).Files(ctx, f, dir) {
		if err != nil {
			lines = append(lines, fmt.Sprintf("%s: %v", strings.TrimPrefix(m.Name, "a.zip!"), err))
			continue
		}
		content, readErr := os.ReadFile(m.Local)
		if readErr != nil || int64(len(content)) != m.Size || filepath.Dir(m.Local) != dir {
			t.Errorf("%s is at %s with %d bytes, want %d: %v", m.Name, m.Local, len(content), m.Size, readErr)
		}
		lines = append(lines, fmt.Sprintf("%s %d", strings.TrimPrefix(m.Name, "a.zip!"), m.Size))
	}
	return lines, dir
}

func TestFiles(t *testing.T) {
	zeros := strings.Repeat("\x00", smallSize+1)
	for _, tt := range []struct {
		why  string
		in   []byte
		want []string // each must be in the line of the same place
	}{
		{"a plain archive", archive(t, func(z *zip.Writer) {
			put(t, z, &zip.FileHeader{Name: "dir/"}, "")
			put(t, z, &zip.FileHeader{Name: "dir/a.txt", Method: zip.Deflate}, "SPECIMEN")
			put(t, z, &zip.FileHeader{Name: "b.txt"}, "")
		}), []string{"dir/a.txt 8", "b.txt 0"}},
		{"Russian names of DOS", archive(t, func(z *zip.Writer) {
			put(t, z, &zip.FileHeader{Name: "\x8f\xe0\xa8\xa3\xae\xa2\xae\xe0 \xe1\xe3\xa4\xa0.txt", NonUTF8: true}, "x")
		}), []string{"Приговор суда.txt 1"}},
		{"a link", archive(t, func(z *zip.Writer) {
			h := &zip.FileHeader{Name: "link"}
			h.SetMode(0o777 | os.ModeSymlink)
			put(t, z, h, "/etc/passwd")
		}), []string{"a link is not followed"}},
		{"protected", archive(t, func(z *zip.Writer) {
			put(t, z, &zip.FileHeader{Name: "a.txt", Flags: 1}, "x")
		}), []string{"protected by a password"}},
		{"a bomb", archive(t, func(z *zip.Writer) {
			put(t, z, &zip.FileHeader{Name: "zeros", Method: zip.Deflate}, zeros)
			put(t, z, &zip.FileHeader{Name: "after", Method: zip.Deflate}, "SPECIMEN")
		}), []string{"it inflates too much", "after 8"}},
		{"a bomb that lies about its size", lie(archive(t, func(z *zip.Writer) {
			put(t, z, &zip.FileHeader{Name: "zeros", Method: zip.Deflate}, zeros)
		})), []string{"zeros: "}},
		{"entries that share their bytes", overlapping(t), []string{"entries of the archive overlap"}},
		{"too many entries", archive(t, func(z *zip.Writer) {
			for i := range maxEntries + 1 {
				put(t, z, &zip.FileHeader{Name: strconv.Itoa(i)}, "")
			}
		}), []string{"more than 20000 entries"}},
		{"a directory beyond measure", archive(t, func(z *zip.Writer) {
			for i := range 400 {
				put(t, z, &zip.FileHeader{Name: strconv.Itoa(i), Extra: make([]byte, 60_000)}, "")
			}
		}), []string{"too many entries"}},
		{"damage", []byte("PK\x03\x04 SPECIMEN"), []string{"not a valid zip file"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, _ := read(t.Context(), t, tt.in)
			if len(got) != len(tt.want) {
				t.Fatalf("got %d lines %.300q, want %d", len(got), got, len(tt.want))
			}
			for i := range got {
				if !strings.Contains(got[i], tt.want[i]) {
					t.Errorf("line %d is %q, want %q", i+1, got[i], tt.want[i])
				}
			}
		})
	}
}

// lie says in the directory that the first entry has 8 bytes.
func lie(b []byte) []byte {
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(b[at+24:], 8)
	return b
}

// overlapping makes two entries of the directory point at one content.
func overlapping(t *testing.T) []byte {
	content := strings.Repeat("SPECIMEN ", 1000)
	b := archive(t, func(z *zip.Writer) {
		put(t, z, &zip.FileHeader{Name: "aa"}, content)
	})
	dir := bytes.LastIndex(b, []byte("PK\x01\x02"))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	entry := bytes.Clone(b[dir:end])
	tail := bytes.Clone(b[end:])
	binary.LittleEndian.PutUint16(tail[8:], 2)
	binary.LittleEndian.PutUint16(tail[10:], 2)
	binary.LittleEndian.PutUint32(tail[12:], uint32(2*len(entry)))
	return append(append(b[:end], entry...), tail...)
}

func TestFilesStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, dir := read(ctx, t, archive(t, func(z *zip.Writer) {
		put(t, z, &zip.FileHeader{Name: "a.txt"}, "SPECIMEN")
	}))
	left, err := os.ReadDir(dir)
	if len(got) > 0 || len(left) > 0 || err != nil {
		t.Errorf("got %q and %d files, want nothing", got, len(left))
	}
}
