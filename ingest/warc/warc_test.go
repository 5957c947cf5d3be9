package warc_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dalel/ingest"
	"dalel/ingest/warc"
)

func record(kind, uri, contentType, body string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2023-02-06T10:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, contentType, len(body), body)
}

func answer(status, contentType, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", status, contentType, len(body), body)
}

func zipped(t testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(p)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// files unpacks an archive and returns a line a document.
func files(t testing.TB, name string, b []byte) []string {
	t.Helper()
	local := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(local, b, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var out []string
	for f, err := range (warc.Container{}).Files(t.Context(), ingest.File{Name: name, Local: local, Size: int64(len(b))}, dir) {
		if err != nil {
			out = append(out, f.Name+": error "+err.Error())
			continue
		}
		body, err := os.ReadFile(f.Local)
		if err != nil || filepath.Dir(f.Local) != dir || int64(len(body)) != f.Size {
			t.Errorf("%s: %d bytes of %d: %v", f.Name, len(body), f.Size, err)
		}
		out = append(out, f.Name+"|"+f.URL+"|"+f.Time.Format("2006-01-02")+"|"+string(body[:min(len(body), 20)]))
	}
	return out
}

func TestRecords(t *testing.T) {
	all := []string{
		record("warcinfo", "", "application/warc-fields", "software: x"),
		record("request", "https://example.org/", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
		record("response", "https://example.org/news/1", "application/http; msgtype=response", answer("200 OK", "text/html", "<p>SPECIMEN</p>")),
		record("response", "https://example.org/a.png", "application/http; msgtype=response", answer("200 OK", "image/png", "x")),
		record("response", "https://example.org/gone", "application/http; msgtype=response", answer("404 Not Found", "text/html", "gone")),
		record("resource", "https://example.org/act.pdf", "application/pdf", "%PDF-1.7"),
	}
	want := []string{
		"https://example.org/news/1|https://example.org/news/1|2023-02-06|<p>SPECIMEN</p>",
		"https://example.org/act.pdf|https://example.org/act.pdf|2023-02-06|%PDF-1.7",
	}
	for name, b := range map[string][]byte{"a.warc": []byte(strings.Join(all, "")), "a.warc.gz": zipped(t, all...)} {
		if got := files(t, name, b); !slices.Equal(got, want) {
			t.Errorf("%s gives %q, want %q", name, got, want)
		}
	}
	if got, want := files(t, "үкім.txt.gz", zipped(t, "SPECIMEN")), []string{"үкім.txt||0001-01-01|SPECIMEN"}; !slices.Equal(got, want) {
		t.Errorf("one file in gzip gives %q, want %q", got, want)
	}
}

func TestBroken(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"no version", "HELLO\r\n", "does not begin with its version"},
		{"a length that is no number", "WARC/1.0\r\nContent-Length: x\r\n\r\n", "its length"},
		{"cut in its head", "WARC/1.0\r\nWARC-Type: response\r\n", "ends in the middle"},
	} {
		if got := files(t, "a.warc", []byte(tt.in)); len(got) != 1 || !strings.Contains(got[0], tt.want) {
			t.Errorf("%s: %q, want an error with %q", tt.why, got, tt.want)
		}
	}
}

func FuzzWARC(f *testing.F) {
	f.Add([]byte(record("resource", "https://example.org/", "text/plain", "x")))
	f.Add([]byte(record("response", "x", "application/http", answer("200 OK", "text/html", "x"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<20 {
			return
		}
		files(t, "a", b) // checks that members stay in their folder
	})
}
