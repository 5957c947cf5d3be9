//go:build unix

package ingest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/ingest"
)

// as is a Runner that reads every document as if it were of another type.
type as struct {
	ingest.Runner
	media string
}

func (a as) Run(ctx context.Context, doc *os.File, _ string, out ingest.Emitter) error {
	return a.Runner.Run(ctx, doc, a.media, out)
}

func TestRunKeepsPartsOfDocuments(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SPECIMEN"})
	sink := &memorySink{}
	var lines []ingest.FileReport
	p := pipeline(t, sink, &lines)
	p.Runner = as{worker(), "test/crash"}
	rep, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}})
	if err != nil || rep.Doubtful != 1 || rep.Missed() != 0 {
		t.Fatalf("report %+v, %v; want one doubtful document", rep, err)
	}
	l := lines[0]
	if l.Pages != 4 || l.Paragraphs != 2 || !strings.Contains(l.Reason, "2 of 4 pages not read") || !strings.Contains(l.Error, "crashed") {
		t.Errorf("line %+v, want 4 pages, 2 of them not read, and why", l)
	}
	for _, in := range sink.docs {
		if unread, _ := in.Text.Unread(); unread != 2 || in.Text.Pages[3].Status != corpus.PageUnread {
			t.Errorf("pages %+v, want the last two unread", in.Text.Pages)
		}
		if known, _ := sink.Known(t.Context(), in.ID, "text@1"); known {
			t.Error("a part passes for the whole: it would never be read again")
		}
	}
}

// A part without pages leaves a gap too: what is counted as unread is all
// that searches can tell.
func TestRunKeepsGapsWithoutPages(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SPECIMEN"})
	sink := &memorySink{}
	var lines []ingest.FileReport
	p := pipeline(t, sink, &lines)
	p.Runner = as{worker(), "test/unpaged"}
	if _, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	if l := lines[0]; l.Status != corpus.IsDoubtful || l.Reason != "not read to the end: broken part" {
		t.Errorf("line %+v, want doubtful and why, without a count of pages", l)
	}
	for _, in := range sink.docs {
		if unread, _ := in.Text.Unread(); unread != 1 || !strings.Contains(in.Text.Pages[0].Warnings[0], "broken part") {
			t.Errorf("pages %+v, want one that is unread and says why", in.Text.Pages)
		}
	}
}

func TestRunHangingDocument(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "SPECIMEN"})
	var lines []ingest.FileReport
	p := pipeline(t, &memorySink{}, &lines)
	p.Runner = as{worker(), "test/hang"}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := p.Run(ctx, ingest.Source{Paths: []string{dir}})
	if !errors.Is(err, context.DeadlineExceeded) || len(lines) != 0 {
		t.Errorf("Run = %v with lines %v, want the context's error and no line", err, lines)
	}
	if d := time.Since(start); d > 5*time.Second { // a second on a quiet machine, without the race detector
		t.Errorf("Run took %s after its context ended", d)
	}
}

func TestRunHugeText(t *testing.T) {
	name := filepath.Join(t.TempDir(), "huge.txt")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("SPECIMEN of 200 MB\n" + strings.Repeat("слово ", 4000)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(200<<20), f.Close()); err != nil {
		t.Fatal(err)
	}
	var lines []ingest.FileReport
	p := pipeline(t, &memorySink{}, &lines)
	p.Runner = worker()
	if _, err := p.Run(t.Context(), ingest.Source{Paths: []string{name}}); err != nil {
		t.Fatal(err)
	}
	if l := lines[0]; l.Status != corpus.Unreadable || !strings.Contains(l.Reason, "longer than 64 MiB: split it") {
		t.Errorf("line %+v, want a refusal that says what to do", l)
	}
}

func TestRunBatches(t *testing.T) {
	files := make(map[string]string)
	for _, n := range []string{"a", "b", "c", "d", "e", "f"} {
		files[n+".txt"] = "SPECIMEN " + n
	}
	dir := tree(t, files)
	sink := &batchSink{stop: 4}
	var lines []ingest.FileReport
	p := pipeline(t, sink, &lines)
	rep, err := p.Run(t.Context(), ingest.Source{Paths: []string{dir}})
	if err == nil || rep.Stored != 4 || len(lines) != 4 || len(sink.docs) != 4 {
		t.Errorf("%d counted, %d told, %d kept, %v; want 4 each and the error", rep.Stored, len(lines), len(sink.docs), err)
	}
}

// batchSink stores batches, until it is full.
type batchSink struct {
	memorySink
	stop int
}

func (s *batchSink) Put(ctx context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	if len(s.docs) >= s.stop {
		return corpus.Outcome{}, errors.New("disk full")
	}
	return s.memorySink.Put(ctx, in)
}

func (s *batchSink) PutAll(ctx context.Context, ins []corpus.Ingested) ([]corpus.Outcome, error) {
	outs := make([]corpus.Outcome, len(ins))
	for i, in := range ins {
		var err error
		if outs[i], err = s.Put(ctx, in); err != nil {
			return outs, err
		}
	}
	return outs, nil
}
