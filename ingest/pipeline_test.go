//go:build unix

package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	dalelzip "dalel/ingest/zip"
)

// memorySink keeps what it is given.
type memorySink struct {
	mu    sync.Mutex
	docs  map[corpus.ID]corpus.Ingested
	order []string
	fail  int // fail at the nth Put; never when 0
}

func (s *memorySink) Put(ctx context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return corpus.Outcome{}, err
	}
	if s.fail > 0 && len(s.order)+1 >= s.fail {
		return corpus.Outcome{}, errors.New("disk full")
	}
	if s.docs == nil {
		s.docs = make(map[corpus.ID]corpus.Ingested)
	}
	s.order = append(s.order, in.Source.Path)
	if _, ok := s.docs[in.ID]; ok {
		return corpus.Outcome{Status: corpus.Duplicate, ID: in.ID}, nil
	}
	if _, err := os.Stat(in.File); err != nil {
		return corpus.Outcome{}, err
	}
	s.docs[in.ID] = in
	if u, d := in.Text.Unread(); u+d > 0 {
		return corpus.Outcome{Status: corpus.IsDoubtful, ID: in.ID}, nil
	}
	return corpus.Outcome{Status: corpus.Stored, ID: in.ID}, nil
}

func (s *memorySink) Known(_ context.Context, id corpus.ID, extractor string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	in, ok := s.docs[id]
	return ok && in.Text.Extractor == extractor, nil
}

func pipeline(t *testing.T, sink ingest.Sink, lines *[]ingest.FileReport) *ingest.Pipeline {
	t.Helper()
	return &ingest.Pipeline{
		Formats: formats(), Runner: ingest.InProcess{Formats: formats()},
		Containers: map[string]ingest.Container{ingest.TypeZip: dalelzip.Container{}},
		Sink:       sink, Spool: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Clock:    func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		Progress: func(f ingest.FileReport) { *lines = append(*lines, f) },
	}
}

// tree writes files below a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func summary(lines []ingest.FileReport, dir string) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s %s %s\n", ingest.Printable(strings.TrimPrefix(l.Path, dir+"/")), l.Status, l.Reason)
	}
	return b.String()
}

func TestRunReportsEveryFile(t *testing.T) {
	dir := tree(t, map[string]string{
		"b/opinion.txt":    "SPECIMEN\n\n1. The Working Group finds.\n",
		"a.txt":            "SPECIMEN\n\nҮкім шығарылды.\n",
		"copy.txt":         "SPECIMEN\n\nҮкім шығарылды.\n",
		"empty.txt":        "",
		"blank.txt":        " \n\n \n",
		"README.md":        "# SPECIMEN\n",
		"table.tsv":        "a\tb\n",
		"scan.png":         "\x89PNG\r\n\x1a\n0000",
		"binary.txt":       "\x00\x01\x02\x03\xff\x00\x07\x00",
		"text.pdf":         "This SPECIMEN is text with the wrong ending.\n",
		"locked.docx":      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00",
		"old.doc":          "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00",
		"new\nline.txt":    "SPECIMEN with a strange name\n",
		".DS_Store":        "\x00\x00\x00\x01Bud1",
		"b/truncated.zip":  "PK\x03\x04 not an archive",
		"b/report.pdf.exe": "MZ\x90\x00",
	})
	if err := os.Symlink("a.txt", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	mkfifo(t, filepath.Join(dir, "pipe"))
	var lines []ingest.FileReport
	rep, err := pipeline(t, &memorySink{}, &lines).Run(t.Context(), ingest.Source{Paths: []string{dir, filepath.Join(dir, "missing.txt")}})
	if err != nil {
		t.Fatal(err)
	}
	want := `README.md unsupported Markdown is not read: save it as text, HTML or DOCX
a.txt stored 
b/opinion.txt stored 
b/report.pdf.exe unsupported a program is not read
b/truncated.zip unreadable zip: not a valid zip file
binary.txt unsupported binary data of no format that is read
blank.txt unreadable no text in it
copy.txt duplicate 
empty.txt unreadable the file is empty
link.txt unsupported a link is not followed: name its target
locked.docx unreadable protected by a password
loop unsupported a link is not followed: name its target
"new\nline.txt" stored 
old.doc unsupported application/msword is not read
pipe unsupported not an ordinary file: p---------
scan.png unsupported image/png is not read
table.tsv unsupported a table with tabs is not read: save it as CSV or XLSX
text.pdf stored 
missing.txt unreadable no such file or directory
`
	got := strings.ReplaceAll(summary(lines, dir), `"`+dir+`/new`, `"new`)
	if got != want {
		t.Errorf("lines:\n%s\nwant:\n%s", got, want)
	}
	if rep.Stored != 4 || rep.Duplicate != 1 || rep.Missed() != 14 {
		t.Errorf("report %+v, want 4 stored, 1 duplicate and 14 missed", rep)
	}
}

func TestRunNoPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything; .ci/run runs it as another user too")
	}
	dir := tree(t, map[string]string{"a.txt": "SPECIMEN", "shut/b.txt": "SPECIMEN"})
	if err := os.Chmod(filepath.Join(dir, "a.txt"), 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "shut"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "shut"), 0o700) })
	var lines []ingest.FileReport
	if _, err := pipeline(t, &memorySink{}, &lines).Run(t.Context(), ingest.Source{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	want := "a.txt unreadable permission denied\nshut unreadable permission denied\n"
	if got := summary(lines, dir); got != want {
		t.Errorf("lines:\n%s\nwant:\n%s", got, want)
	}
}

func TestRunIsDeterministic(t *testing.T) {
	files := make(map[string]string)
	for i := range 40 {
		files[fmt.Sprintf("f%02d.txt", i)] = fmt.Sprintf("SPECIMEN %d\n\n1. One.\n\n2. Two.\n", i)
	}
	dir := tree(t, files)
	var first []string
	for range 3 {
		sink := &memorySink{}
		var lines []ingest.FileReport
		p := pipeline(t, sink, &lines)
		p.Workers = 5
		if _, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}}); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = sink.order
		}
		if len(first) != 40 || !slices.IsSorted(sink.order) || !slices.Equal(first, sink.order) {
			t.Fatalf("order of the sink differs: %v", sink.order)
		}
	}
}

func TestRunEndsWhenTheSinkIsFull(t *testing.T) {
	files := make(map[string]string)
	for i := range 30 {
		files[fmt.Sprintf("f%02d.txt", i)] = fmt.Sprintf("SPECIMEN %d\n", i)
	}
	dir := tree(t, files)
	sink := &memorySink{fail: 4}
	var lines []ingest.FileReport
	rep, err := pipeline(t, sink, &lines).Run(t.Context(), ingest.Source{Paths: []string{dir}})
	if err == nil || !strings.Contains(err.Error(), "storing") || !strings.Contains(err.Error(), "f03.txt: disk full") {
		t.Errorf("Run = %v, want the error of the sink and its file", err)
	}
	if rep.Stored != 3 || len(lines) != 3 || len(sink.docs) != 3 {
		t.Errorf("%d counted, %d told, %d kept; want 3 each", rep.Stored, len(lines), len(sink.docs))
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	files := make(map[string]string)
	for i := range 200 {
		files[fmt.Sprintf("f%03d.txt", i)] = fmt.Sprintf("SPECIMEN %d\n", i)
	}
	dir := tree(t, files)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sink := &memorySink{}
	var lines []ingest.FileReport
	p := pipeline(t, sink, &lines)
	p.Progress = func(f ingest.FileReport) { lines = append(lines, f); cancel() }
	start := time.Now()
	_, err := p.Run(ctx, ingest.Source{Paths: []string{dir}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want context.Canceled", err)
	}
	if len(sink.docs) != len(lines) || len(lines) == 0 || len(lines) > 100 {
		t.Errorf("%d kept and %d told, want the same few", len(sink.docs), len(lines))
	}
	if d := time.Since(start); d > 5*time.Second { // a second on a quiet machine, without the race detector
		t.Errorf("Run took %s to stop", d)
	}
}

func TestRunArchives(t *testing.T) {
	deep := zipOf(t, "d.txt", "SPECIMEN d")
	for range 3 {
		deep = zipOf(t, "in.zip", deep)
	}
	dir := tree(t, map[string]string{
		"cases.zip": zipOf(t,
			"2019/a.txt", "SPECIMEN a", "../up.txt", "SPECIMEN up", "/root.txt", "SPECIMEN root",
			`win\b.txt`, "SPECIMEN b", "nul\x00.txt", "SPECIMEN nul", "new\nline.txt", "SPECIMEN n",
			"__MACOSX/a.txt", "SPECIMEN m", "inner.zip", zipOf(t, "c.txt", "SPECIMEN c"), "x.md", "# x",
			"C:/d.txt", "SPECIMEN drive"),
		"bomb.zip":  zipOf(t, "zeros.txt", strings.Repeat("0", 20<<20), "ok.txt", "SPECIMEN ok"),
		"deep.zip":  deep,
		"empty.zip": zipOf(t),
		"named.txt": zipOf(t, "e.txt", "SPECIMEN e"),
	})
	var lines []ingest.FileReport
	sink := &memorySink{}
	p := pipeline(t, sink, &lines)
	if _, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	want := `bomb.zip!zeros.txt unreadable it inflates too much: it may be a bomb
bomb.zip!ok.txt stored 
cases.zip!2019/a.txt stored 
cases.zip!../up.txt unreadable its name in the archive leads outside the archive
cases.zip!/root.txt unreadable its name in the archive leads outside the archive
cases.zip!win/b.txt stored 
"cases.zip!nul\x00.txt" unreadable its name in the archive leads outside the archive
"cases.zip!new\nline.txt" stored 
cases.zip!inner.zip!c.txt stored 
cases.zip!x.md unsupported Markdown is not read: save it as text, HTML or DOCX
cases.zip!C:/d.txt unreadable its name in the archive leads outside the archive
deep.zip!in.zip!in.zip!in.zip unsupported archives are nested deeper than 3
empty.zip unreadable the archive is empty
named.txt!e.txt stored 
`
	if got := strings.ReplaceAll(summary(lines, dir), `"`+dir+`/`, `"`); got != want {
		t.Errorf("lines:\n%s\nwant:\n%s", got, want)
	}
	for _, in := range sink.docs {
		if strings.HasSuffix(in.Source.Path, "a.txt") && in.Read[corpus.KeyFolder].Values[0] != "cases.zip/2019" {
			t.Errorf("folder of %s is %v, want cases.zip/2019", in.Source.Path, in.Read[corpus.KeyFolder].Values)
		}
	}
	left, err := os.ReadDir(p.Spool)
	if err != nil || len(left) != 0 {
		t.Errorf("%d things left in the spool (%v), want none", len(left), err)
	}
}

func TestRunAgain(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SPECIMEN a", "b.txt": "SPECIMEN b"})
	sink := &memorySink{}
	var lines []ingest.FileReport
	p := pipeline(t, sink, &lines)
	for range 2 {
		if _, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}}); err != nil {
			t.Fatal(err)
		}
	}
	want := "a.txt stored \nb.txt stored \na.txt duplicate \nb.txt duplicate \n"
	if got := summary(lines, dir); got != want {
		t.Errorf("lines:\n%s\nwant:\n%s", got, want)
	}
}

func TestExtractLines(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "title: SPECIMEN\ntype: ngo_guide\n---\n1. One.\n\n2. Two:\n\n- three\n"})
	var lines []ingest.FileReport
	p := pipeline(t, nil, &lines)
	var got []any
	rep, err := p.Extract(t.Context(), ingest.Source{Paths: []string{dir}}, func(l any) error { got = append(got, l); return nil })
	if err != nil || rep.Stored != 1 || len(got) != 4 {
		t.Fatalf("Extract gave %d lines, %+v, %v", len(got), rep, err)
	}
	if p, ok := got[2].(ingest.ParaLine); !ok || p.Para != 3 || p.Under != 2 || p.Label != "" {
		t.Errorf("third paragraph %+v, want a bullet under paragraph 2", got[2])
	}
	s, ok := got[3].(ingest.SummaryLine)
	if !ok || s.Paragraphs != 3 || s.Meta[corpus.KeyTitle] != "SPECIMEN" || s.Kind != corpus.Other {
		t.Errorf("summary %+v", got[3])
	}
}
