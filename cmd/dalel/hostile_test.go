package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/ingest"
)

// zeros deflate to a thousandth: the stuff of bombs.
const bombSize = 16 << 20

func zipped(t *testing.T, files ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err == nil {
			_, err = io.WriteString(w, f[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// nested puts a file into a row of archives.
func nested(t *testing.T, depth int, name, content string) string {
	t.Helper()
	for range depth {
		content = zipped(t, [2]string{name, content})
		name = "in.zip"
	}
	return content
}

// manyEntries is an archive that says it has a million files: 47 bytes each in
// its directory, all of them the same.
func manyEntries() string {
	entry := make([]byte, 47)
	copy(entry, "PK\x01\x02")
	binary.LittleEndian.PutUint16(entry[28:], 1)
	entry[46] = 'a'
	dir := bytes.Repeat(entry, 1_000_000)
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], 0xFFFE)
	binary.LittleEndian.PutUint16(end[10:], 0xFFFE)
	binary.LittleEndian.PutUint32(end[12:], uint32(len(dir)))
	return "PK\x03\x04" + string(dir) + string(end)
}

// overlapping is an archive whose entries share their bytes.
func overlapping(t *testing.T) string {
	t.Helper()
	one := zipped(t, [2]string{"a.txt", strings.Repeat("SPECIMEN ", 4000)})
	at := strings.Index(one, "PK\x01\x02")
	end := strings.Index(one, "PK\x05\x06")
	const n = 500
	dir := strings.Repeat(one[at:end], n)
	tail := []byte(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], n)
	binary.LittleEndian.PutUint16(tail[10:], n)
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(dir)))
	return one[:at] + dir + string(tail)
}

func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hugePNG says it has 10 billion pixels.
func hugePNG() string {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")
	head := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 100_000), 100_000), 8, 2, 0, 0, 0)
	b.Write(head)
	b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(append([]byte("IHDR"), head...))))
	return b.String()
}

func wordWith(t *testing.T, document string) string {
	t.Helper()
	return zipped(t, [2]string{"[Content_Types].xml", ""},
		[2]string{"_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>`},
		[2]string{"word/document.xml", document})
}

// badFiles are what a stranger may send, and what must be said of each.
func badFiles(t *testing.T) map[string]string {
	t.Helper()
	zeros := strings.Repeat("\x00", bombSize)
	letter := "From: a@example.org\r\nTo: b@example.org\r\nSubject: SPECIMEN\r\nMIME-Version: 1.0\r\n"
	var deepMail strings.Builder
	deepMail.WriteString(letter)
	for i := range 2000 {
		fmt.Fprintf(&deepMail, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	const doctype = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>`
	return map[string]string{
		"bomb.zip":              zipped(t, [2]string{"a.txt", zeros}),
		"nested.zip":            nested(t, 6, "a.txt", "SPECIMEN"),
		"inside.zip":            nested(t, 2, "a.txt", "SPECIMEN text of a file inside archives."),
		"overlap.zip":           overlapping(t),
		"million.zip":           manyEntries(),
		"escape.zip":            zipped(t, [2]string{"../../escaped.txt", "SPECIMEN"}, [2]string{"/etc/escaped.txt", "SPECIMEN"}, [2]string{`C:\escaped.txt`, "SPECIMEN"}, [2]string{`a\..\..\escaped.txt`, "SPECIMEN"}),
		"cut.zip":               zipped(t, [2]string{"a.txt", "SPECIMEN"})[:40],
		"bomb.gz":               gzipped(t, zeros),
		"bomb.docx":             wordWith(t, "<x>"+zeros),
		"entities.docx":         wordWith(t, doctype+`<x>&b;&c;</x>`),
		"deep.docx":             wordWith(t, strings.Repeat("<a>", 100_000)),
		"entities.epub":         zipped(t, [2]string{"mimetype", ingest.TypeEPUB}, [2]string{"META-INF/container.xml", doctype + "<x>&b;</x>"}),
		"bomb.xlsx":             zipped(t, [2]string{"[Content_Types].xml", ""}, [2]string{"xl/workbook.xml", zeros}),
		"empty.pptx":            zipped(t, [2]string{"[Content_Types].xml", ""}, [2]string{"ppt/presentation.xml", ""}),
		"deep.html":             "<!doctype html>" + strings.Repeat("<div>", 5000) + "SPECIMEN text under many elements",
		"line.txt":              strings.Repeat("SPECIMEN бір жол ", 3_200_000),
		"deep.eml":              deepMail.String(),
		"heads.eml":             letter + strings.Repeat("X: y\r\n", 200_000) + "\r\ntext",
		"noboundary.eml":        letter + "Content-Type: multipart/mixed\r\n\r\nSPECIMEN text without a boundary",
		"cut.msg":               "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500) + "_\x00_\x00p\x00r\x00o\x00p\x00e\x00r\x00t\x00i\x00e\x00s\x00_\x00v\x00e\x00r\x00s\x00i\x00o\x00n\x001\x00.\x000\x00",
		"lies.warc":             "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999\r\nContent-Type: text/plain\r\n\r\nx",
		"huge.png":              hugePNG(),
		"size.pdf":              "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 9999999999/Root 1 0 R>>\nstartxref\n50\n%%EOF",
		"loop.pdf":              "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R/Prev 0>>\nstartxref\n9\n%%EOF",
		"polyglot.pdf":          "%PDF-1.7\n<html><script>alert(1)</script><p>SPECIMEN</p></html>" + zipped(t, [2]string{"a.txt", "SPECIMEN"}),
		"picture.gif":           "GIF89a=1;alert(1)//",
		"page.pdf":              "<!doctype html><p>SPECIMEN: a page that is called PDF.</p>",
		"letter.docx":           letter + "\r\nSPECIMEN: a letter that is called a document.",
		"koi8.txt":              "\xf0\xd2\xc9\xc7\xcf\xd7\xcf\xd2 \xd3\xd5\xc4\xc1 \xcf\xd3\xd4\xc1\xd7\xc9\xd4\xd8 \xc2\xc5\xda \xc9\xda\xcd\xc5\xce\xc5\xce\xc9\xd1",
		"utf16.txt":             "S\x00P\x00E\x00C\x00I\x00M\x00E\x00N\x00 \x00a\x00b\x00c\x00",
		"empty.pdf":             "",
		"binary.doc":            "\x01\x02\x03\x00\x00\xff\xfe\x80" + strings.Repeat("\x00\x01", 500),
		"quotes.csv":            `"` + strings.Repeat(`""",`, 100_000),
		"name\nwith\x1b[2J.txt": "SPECIMEN: a name that could steer a terminal.",
	}
}

// TestBadFiles reads what a stranger may send: each file has a status, bombs and
// escapes are told as such, nothing is written beside, and nothing hangs.
func TestBadFiles(t *testing.T) {
	root := t.TempDir()
	dir, spool := filepath.Join(root, "in"), filepath.Join(root, "tmp")
	files := badFiles(t)
	for _, d := range []string{dir, spool} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TMPDIR", spool)
	r := reading{env: testEnv(t), timeout: workerTimeout}
	p, err := r.pipeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]ingest.SummaryLine{}
	start := time.Now()
	_, err = p.Extract(t.Context(), ingest.Source{Paths: []string{dir}}, func(line any) error {
		if s, ok := line.(ingest.SummaryLine); ok {
			name, _, _ := strings.Cut(filepath.Base(strings.Split(s.Path, "!")[0]), "!")
			got[name] = append(got[name], s)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files in %s", len(files), time.Since(start).Round(time.Millisecond))
	all := []corpus.Status{corpus.Stored, corpus.IsDoubtful, corpus.Unreadable, corpus.Unsupported}
	for name := range files {
		for _, s := range got[name] {
			if !slices.Contains(all, s.Status) || s.Status != corpus.Stored && s.Reason == "" {
				t.Errorf("%q is %q for %q", s.Path, s.Status, s.Reason)
			}
		}
		if len(got[name]) == 0 {
			t.Errorf("%q has no status", name)
		}
	}
	checkBad(t, got)
	left, err := fs.Glob(os.DirFS(root), "*")
	if tmp, _ := os.ReadDir(spool); err != nil || len(left) != 2 || len(tmp) != 0 {
		t.Errorf("beside the files there are %v, and in the temporary folder %v", left, tmp)
	}
}

// checkBad compares what is said of single files.
func checkBad(t *testing.T, got map[string][]ingest.SummaryLine) {
	t.Helper()
	for _, tt := range []struct {
		name   string
		status corpus.Status
		reason string
	}{
		{"bomb.zip", corpus.Unreadable, "bomb"},
		{"nested.zip", corpus.Unsupported, "nested deeper"},
		{"inside.zip", corpus.Stored, ""},
		{"overlap.zip", corpus.Unreadable, "overlap"},
		{"million.zip", corpus.Unreadable, "too many entries"},
		{"escape.zip", corpus.Unreadable, "outside the archive"},
		{"bomb.docx", corpus.Unreadable, "bomb"},
		{"entities.docx", corpus.Unreadable, "names for text"},
		{"deep.docx", corpus.Unreadable, "nested deeper"},
		{"deep.html", corpus.Stored, ""},
		{"line.txt", corpus.Unreadable, "longer than"},
		{"noboundary.eml", corpus.Stored, ""},
		{"huge.png", corpus.Unreadable, "too many"},
		{"picture.gif", corpus.Unsupported, "image"},
		{"page.pdf", corpus.Stored, ""},
		{"letter.docx", corpus.Stored, ""},
		{"koi8.txt", corpus.Stored, ""},
		{"utf16.txt", corpus.Stored, ""},
	} {
		for _, s := range got[tt.name] {
			if s.Status != tt.status || !strings.Contains(s.Reason, tt.reason) {
				t.Errorf("%q is %s for %q; want %s, %q", s.Path, s.Status, s.Reason, tt.status, tt.reason)
			}
		}
	}
}
