package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"dalel/corpus"
)

// Pipeline reads a Source into a Sink.
type Pipeline struct {
	Formats    Formats              // what is read; the worker must have the same
	Runner     Runner               // how: Worker, or InProcess in tests
	Containers map[string]Container // archives, by media type
	Sink       Sink                 // called from one goroutine, Known from others
	Workers    int                  // documents read at once; 2 when 0
	Spool      string               // folder for members of archives while they are read; the system's when ""
	Log        *slog.Logger
	Clock      func() time.Time
	Progress   func(FileReport) // called after each file, in input order; may be nil
}

// job is one file on its way.
type job struct {
	item
	report FileReport
	in     corpus.Ingested
	short  bool // the reading stopped in the middle
	fatal  error
	done   chan struct{} // closed when the fields above are final
}

// Run reads all of src. Its error is nil when it came to the end, however many
// files could not be read: those are counted in the Report, and each has had
// its line. An error of the Sink ends the run, and so does the context, within
// a second; what was acknowledged stays, nothing else does.
func (p *Pipeline) Run(ctx context.Context, src Source) (*Report, error) {
	start := p.Clock()
	rep := &Report{Summary: true}
	err := p.each(ctx, src, func(ctx context.Context, jobs []*job) error {
		err := p.store(ctx, jobs)
		for _, j := range jobs {
			if j.report.Status == "" { // not stored: the error says why
				continue
			}
			rep.add(&j.report)
			if p.Progress != nil {
				p.Progress(j.report)
			}
		}
		return err
	})
	rep.Seconds = p.Clock().Sub(start).Round(time.Millisecond).Seconds()
	return rep, err
}

// Limits of what is read ahead of the sink: documents, and bytes of their
// originals. One document may be larger.
const (
	aheadJobs  = 32
	aheadBytes = 64 << 20
)

// each reads all files, some at once, and hands them to take in input order,
// as many together as are ready.
func (p *Pipeline) each(parent context.Context, src Source, take func(context.Context, []*job) error) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	spool, err := os.MkdirTemp(p.Spool, "dalel-ingest-*")
	if err != nil {
		return fmt.Errorf("ingest: making a folder for members of archives: %w", err)
	}
	defer os.RemoveAll(spool) //nolint:errcheck // what stays is in the system's temporary folder

	workers := p.Workers
	if workers <= 0 {
		workers = 2
	}
	// Queues and bytes are bounded: readers wait for the sink, the walk for
	// readers.
	queue, order := make(chan *job), make(chan *job, aheadJobs)
	room := newRoom(aheadBytes)
	w := &walker{containers: p.Containers, formats: p.Formats, spool: spool}
	w.yield = func(it item) bool {
		j := &job{item: it, done: make(chan struct{})}
		if !room.take(ctx, j.size) {
			return false
		}
		for _, c := range []chan<- *job{order, queue} {
			select {
			case c <- j:
			case <-ctx.Done():
				return false
			}
		}
		return true
	}
	defer w.close()
	var group sync.WaitGroup
	group.Go(func() {
		defer close(order)
		defer close(queue)
		w.walk(ctx, src)
	})
	for range workers {
		group.Go(func() {
			for j := range queue {
				p.read(ctx, j)
				close(j.done)
			}
		})
	}
	err = drain(ctx, order, room, take)
	cancel(nil)
	for range order { // let the walk end
	}
	group.Wait()
	if err == nil {
		err = parent.Err()
	}
	return err
}

// drain hands over jobs until there are no more, one fails, or ctx ends.
func drain(ctx context.Context, order <-chan *job, room *room, take func(context.Context, []*job) error) error {
	var next *job // came out of order while it was not ready
	for {
		jobs := ready(ctx, order, &next)
		if len(jobs) == 0 {
			return nil
		}
		err := take(ctx, jobs)
		for _, j := range jobs {
			j.drop()
			room.give(j.size)
		}
		if err != nil {
			return err
		}
	}
}

// ready waits for the next job, and returns it with those after it that are
// ready too; none at the end. The first that is not ready is left in next.
func ready(ctx context.Context, order <-chan *job, next **job) []*job {
	var jobs []*job
	for len(jobs) < aheadJobs {
		j := *next
		*next = nil
		if j == nil && len(jobs) == 0 {
			j = <-order // closed when ctx ends
		} else if j == nil {
			select {
			case j = <-order:
			default:
			}
		}
		if j == nil {
			return jobs
		}
		select {
		case <-j.done:
			jobs = append(jobs, j)
			continue
		default:
		}
		if len(jobs) > 0 {
			*next = j
			return jobs
		}
		select {
		case <-j.done:
			jobs = append(jobs, j)
		case <-ctx.Done():
			return nil
		}
	}
	return jobs
}

// store puts what was read into the sink and completes the reports. The report
// of a document that was not stored has no status.
func (p *Pipeline) store(ctx context.Context, jobs []*job) error {
	var batch []*job
	for _, j := range jobs {
		switch {
		case j.fatal != nil:
			return errors.Join(p.put(ctx, batch), j.fatal)
		case j.report.Read():
			batch = append(batch, j)
		default:
			p.Log.InfoContext(ctx, "file not read", "file", Printable(j.name), "reason", j.report.Reason)
		}
	}
	return p.put(ctx, batch)
}

// put stores documents: together, if the sink can.
func (p *Pipeline) put(ctx context.Context, batch []*job) error {
	for _, j := range batch {
		j.report.Status = ""
	}
	if all, ok := p.Sink.(BatchSink); ok && len(batch) > 1 {
		ins := make([]corpus.Ingested, len(batch))
		for i, j := range batch {
			ins[i] = j.in
		}
		outcomes, err := all.PutAll(ctx, ins)
		first := ""
		for i, j := range batch {
			if i < len(outcomes) && outcomes[i].Status != "" {
				j.acknowledge(outcomes[i])
			} else if first == "" {
				first = j.name
			}
		}
		if err != nil {
			return fmt.Errorf("ingest: storing %s: %w", Printable(first), err)
		}
		return nil
	}
	for _, j := range batch {
		out, err := p.Sink.Put(ctx, j.in)
		if err != nil {
			return fmt.Errorf("ingest: storing %s: %w", Printable(j.name), err)
		}
		j.acknowledge(out)
	}
	return nil
}

// acknowledge completes the report of a document that is in the library.
func (j *job) acknowledge(out corpus.Outcome) {
	j.report.ID, j.report.Status = out.ID, out.Status
	if j.short && (out.Status == corpus.Stored || out.Status == corpus.Updated) {
		j.report.Status = corpus.IsDoubtful
	}
	if j.report.Status != corpus.IsDoubtful {
		j.report.Reason = ""
	}
}

// read opens, hashes and reads one file.
func (p *Pipeline) read(ctx context.Context, j *job) {
	j.report = FileReport{Path: j.name, Warnings: []string{}}
	if j.err == nil {
		j.err = p.readDocument(ctx, j)
	}
	if j.err == nil {
		return
	}
	j.report.Status = corpus.Unreadable
	if errors.Is(j.err, corpus.ErrUnsupported) {
		j.report.Status = corpus.Unsupported
	}
	j.report.Reason, j.report.Error = cause(j.err), j.err.Error()
}

func (p *Pipeline) readDocument(ctx context.Context, j *job) error {
	x, ok := p.Formats[j.media]
	if !ok {
		return failure(j.name, corpus.ErrUnsupported, j.media+" is not read")
	}
	f, err := j.open()
	if err != nil {
		return unreadable(j.name, err)
	}
	defer f.Close()
	id, size, err := corpus.NewID(untilDone{ctx, f})
	if err != nil {
		return unreadable(j.name, err)
	}
	j.in = corpus.Ingested{
		ID: id, Size: size, MediaType: j.media, File: j.local,
		Source: corpus.Source{Path: j.name, URL: j.url, Added: p.Clock().UTC(), Modified: j.modified},
	}
	j.report.ID = id
	known := false
	if p.Sink != nil {
		if known, err = p.Sink.Known(ctx, id, bestName(x)); err != nil {
			j.fatal = fmt.Errorf("ingest: looking for %s: %w", Printable(j.name), err)
			return nil
		}
	}
	if known {
		j.report.Status = corpus.Duplicate
		return nil
	}
	return p.extract(ctx, j, f, x.Name())
}

// extract reads the text of a document and completes it.
func (p *Pipeline) extract(ctx context.Context, j *job, f *os.File, engine string) error {
	r := &reading{text: corpus.Text{Extractor: engine}}
	err := p.Runner.Run(ctx, f, j.media, r)
	r.text.Extractor = withHelpers(engine, r.help)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, corpus.ErrUnsupported):
		return err
	case err != nil:
		if j.short = r.cutShort(engine, cause(err)); !j.short {
			return asDamage(j.name, err)
		}
		// A part is another version of the text, so that the next run tries
		// again.
		r.text.Extractor += partial
		j.report.Error = err.Error()
	case len(r.text.Paragraphs) == 0 && len(r.text.Pages) == 0:
		return failure(j.name, corpus.ErrDamaged, "no text in it")
	}
	return p.complete(j, r)
}

// withHelpers returns the name of a text version: the extractor, and the
// programs that helped it.
func withHelpers(engine string, programs []string) string {
	return strings.Join(append([]string{engine}, slices.Sorted(slices.Values(programs))...), "+")
}

// bestName returns the name of the text version that x gives where every
// helper program that is installed has a part in it.
func bestName(x Extractor) string {
	if a, ok := x.(Aided); ok {
		return withHelpers(x.Name(), a.Helpers())
	}
	return x.Name()
}

// partial marks the extractor of a text that is not whole.
const partial = "+partial"

// complete numbers and describes what was read, and fills the report.
func (p *Pipeline) complete(j *job, r *reading) (err error) {
	defer func() { // our own rules on hostile text: a mistake costs one file
		if bug := recover(); bug != nil {
			err = failure(j.name, corpus.ErrDamaged, fmt.Sprintf("describing it failed: %v", bug))
		}
	}()
	describe(r, j.folder)
	if u := r.facts[corpus.KeyURL].Values; len(u) > 0 && j.in.Source.URL == "" {
		j.in.Source.URL = u[0]
	}
	j.in.Read, j.in.Text = r.facts, &r.text
	d := corpus.Document{Read: r.facts}
	rep := &j.report
	rep.Status, rep.Kind, rep.Lang = corpus.Stored, d.Kind(), d.Value(corpus.KeyLang)
	rep.Pages, rep.Paragraphs = len(r.text.Pages), len(r.text.Paragraphs)
	rep.Warnings = append(rep.Warnings, r.text.Warnings...)
	unread, doubtful := r.text.Unread()
	if unread+doubtful > 0 || j.short {
		rep.Status = corpus.IsDoubtful
		rep.Reason = doubt(r, unread, doubtful, j.short)
	}
	return nil
}

// doubt says in words why a document is doubtful.
func doubt(r *reading, unread, doubtful int, short bool) string {
	var parts []string
	if !r.paged() {
		for i := range r.text.Pages {
			parts = append(parts, r.text.Pages[i].Warnings...)
		}
		return strings.Join(slices.Compact(parts), "; ")
	}
	if n := len(r.text.Warnings); short && n > 0 {
		parts = append(parts, r.text.Warnings[n-1])
	} else if n > 0 {
		parts = append(parts, r.text.Warnings[0])
	}
	if unread > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d pages not read", unread, len(r.text.Pages)))
	}
	if hasPictures(r.text.Pages) {
		parts = append(parts, "pictures of text need it recognised first")
	}
	if doubtful > 0 {
		parts = append(parts, fmt.Sprintf("%d pages read badly", doubtful))
	}
	return strings.Join(parts, "; ")
}

// hasPictures reports whether a page was not read for being a picture.
func hasPictures(pages []corpus.Page) bool {
	return slices.ContainsFunc(pages, func(p corpus.Page) bool {
		return p.Status == corpus.PageUnread &&
			slices.ContainsFunc(p.Warnings, func(w string) bool { return strings.Contains(w, "image") })
	})
}

// untilDone is a reader that stops when its context does. It lives as long as
// one call.
type untilDone struct {
	ctx context.Context //nolint:containedctx // io.Reader has no other way
	r   io.Reader
}

func (u untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}
