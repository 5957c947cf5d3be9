package ingest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/metrics"
	"time"

	"dalel/corpus"
)

// Formats are the extractors by the media types they read.
type Formats map[string]Extractor

// Containers are the kinds of files that hold files, by media type.
type Containers map[string]Container

// WorkerMain is what a worker process runs: it reads the one document that is
// its standard input, with the extractor for the media type in args, and
// writes what it finds to out, a line each. It returns the exit code. The
// process limits itself before it looks at the document.
func WorkerMain(ctx context.Context, args []string, in *os.File, out io.Writer, formats Formats, boxes Containers) int {
	fs := flag.NewFlagSet("worker", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	mediaType := fs.String("type", "", "media type of the document")
	memory := fs.Uint64("memory", defaultMemory, "bytes of memory to use at most")
	timeout := fs.Duration("timeout", defaultTimeout, "time to take at most")
	unpack := fs.String("unpack", "", "folder to unpack a container into, instead of reading a document")
	local := fs.String("local", "", "path of the container")
	leaf := fs.Int("leaf", 0, "page to show, instead of reading the document")
	dpi := fs.Int("dpi", 100, "resolution of the page")
	s := newSender(out)
	if err := fs.Parse(args); err != nil {
		return finishWorker(s, err)
	}
	if err := limitProcess(*timeout); err != nil {
		return finishWorker(s, fmt.Errorf("limiting the worker: %w", err))
	}
	done := make(chan struct{})
	defer close(done)
	go watch(done, s, *memory) // ends with WorkerMain, and the process with it
	if *leaf > 0 {
		return finishWorker(s, leafFrom(ctx, in, *mediaType, *leaf, *dpi, formats, s))
	}
	if *unpack != "" {
		return finishWorker(s, unpackFrom(ctx, *local, *mediaType, *unpack, boxes, s))
	}
	return finishWorker(s, extractFrom(ctx, in, *mediaType, formats, s))
}

func finishWorker(s *sender, err error) int {
	if errors.Join(s.send(message{End: endingOf(err)}), s.flush()) != nil {
		return 1 // nobody listens
	}
	return 0
}

// extractFrom runs the extractor for mediaType over a file. A panic is damage:
// it costs what would have come after it.
func extractFrom(ctx context.Context, in *os.File, mediaType string, formats Formats, out Emitter) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &corpus.Error{Op: "ingest.extract", Kind: corpus.ErrDamaged, Err: fmt.Errorf("the reader failed: %v", r)}
		}
	}()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	x, ok := formats[mediaType]
	if !ok {
		return &corpus.Error{Op: "ingest.extract", Kind: corpus.ErrUnsupported, Err: fmt.Errorf("%s is not read", mediaType)}
	}
	return x.Extract(ctx, sized{in, info.Size()}, out)
}

// sized is a file as a Reader.
type sized struct {
	io.ReaderAt
	size int64
}

func (s sized) Size() int64 { return s.size }

// beat is how often a worker sends what it has and looks at its memory. Memory
// grows by at most about 1 GB a second.
const beat = 100 * time.Millisecond

// watch sends what was emitted, so that a process that is killed has told what
// it knew, and tells when it uses more memory than it may.
func watch(done <-chan struct{}, s *sender, memory uint64) {
	sample := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
		}
		metrics.Read(sample)
		if used := sample[0].Value.Uint64() - sample[1].Value.Uint64(); used > memory {
			_ = s.send(message{Heavy: used}) // the parent ends this process, or is gone
		}
		_ = s.flush()
	}
}
