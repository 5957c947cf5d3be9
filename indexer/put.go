package indexer

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"dalel/corpus"
	"dalel/corpus/store"
)

// Put stores a document and returns once it is durable and can be searched. An
// Ingested without a Text is a known document in a further place.
//
// Calls at the same time share their syncs: one of them stores what the others
// have brought meanwhile. So a caller with many small files is fastest with
// some dozens of goroutines in Put, or with PutAll. A single caller never waits
// for others to come.
//
// A batch that has begun is finished even if ctx ends. After an error nothing of
// the document is stored; only when the disk fails so badly that the log cannot
// be cut, the error says to open the library again, and the document may be in
// it. Storing it again is always safe.
func (l *Library) Put(ctx context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	l.queue.enter()
	p, err := l.prepare(ctx, in)
	if err != nil {
		l.queue.leave()
		return corpus.Outcome{}, err
	}
	if err := l.queue.wait(ctx, p); err != nil {
		return corpus.Outcome{}, err
	}
	if p.leads {
		l.lead(ctx)
	}
	<-p.done
	return p.outcome, p.err
}

// PutAll stores documents in batches, each synced once. It returns an outcome
// for each; the Status of one that was not stored is "", and the error joins
// the reasons. It stops at the first failure of the library itself.
func (l *Library) PutAll(ctx context.Context, ins []corpus.Ingested) ([]corpus.Outcome, error) {
	outcomes := make([]corpus.Outcome, len(ins))
	var errs []error
	start := 0
	for batch, err := range ahead(l.batches(ctx, ins)) {
		if err == nil {
			err = guard("library.put", func() error { return l.commit(context.WithoutCancel(ctx), batch) })
		}
		if err != nil {
			return outcomes, errors.Join(append(errs, err)...)
		}
		for i, p := range batch {
			outcomes[start+i] = p.outcome
			errs = append(errs, p.err)
		}
		start += len(batch)
	}
	return outcomes, errors.Join(errs...)
}

// pending is a document that waits to be stored.
type pending struct {
	in    corpus.Ingested
	ready *analyzed // nil if its text is not likely to be new
	size  batchSize
	leads bool          // its caller stores the next batch
	turn  chan struct{} // closed when it is to lead
	done  chan struct{} // closed when outcome and err are set

	outcome corpus.Outcome
	err     error
}

// prepare does what needs no lock: it analyses a text that is new.
func (l *Library) prepare(ctx context.Context, in corpus.Ingested) (*pending, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &pending{in: in, turn: make(chan struct{}), done: make(chan struct{}), size: batchSize{disk: in.Size}}
	better, err := l.store.Better(ctx, in.ID, in.Text)
	if err != nil || !better {
		return p, err
	}
	p.ready = analyze(&corpus.Document{ID: in.ID, Read: in.Read, Text: in.Text})
	p.size = p.ready.size().plus(batchSize{disk: in.Size})
	return p, nil
}

// batches prepares documents, as many at a time as make a batch.
func (l *Library) batches(ctx context.Context, ins []corpus.Ingested) iter.Seq2[[]*pending, error] {
	return func(yield func([]*pending, error) bool) {
		var (
			batch []*pending
			size  batchSize
		)
		for chunk := range slices.Chunk(ins, analyzeAhead) {
			more, err := inParallel(chunk, func(in corpus.Ingested) (*pending, error) { return l.prepare(ctx, in) })
			if err != nil {
				yield(nil, err)
				return
			}
			for _, p := range more {
				size = size.plus(p.size)
			}
			batch = append(batch, more...)
			if !size.full() {
				continue
			}
			if !yield(batch, nil) {
				return
			}
			batch, size = nil, batchSize{}
		}
		if len(batch) > 0 {
			yield(batch, nil)
		}
	}
}

// queue gathers documents of several callers into batches.
type queue struct {
	mu      sync.Mutex
	waiting []*pending
	coming  int           // callers that prepare a document
	arrived chan struct{} // closed when one of them has come; nil if nobody waits for it
	led     bool          // a caller leads
}

// enter announces a document, so that a leader may wait for it.
func (q *queue) enter() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.coming++
}

// leave takes the announcement back.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.came()
}

func (q *queue) came() {
	q.coming--
	if q.arrived != nil {
		close(q.arrived)
		q.arrived = nil
	}
}

// wait puts p into the queue, and returns when it leads or is stored.
func (q *queue) wait(ctx context.Context, p *pending) error {
	q.mu.Lock()
	q.came()
	q.waiting = append(q.waiting, p)
	if !q.led {
		q.led, p.leads = true, true
		q.mu.Unlock()
		return nil
	}
	q.mu.Unlock()
	select {
	case <-p.turn:
		p.leads = true
	case <-p.done:
	case <-ctx.Done():
		if q.drop(p) {
			return ctx.Err()
		}
		p.leads = isClosed(p.turn) // too late: it is being stored, or leads
	}
	return nil
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// drop takes p out of the queue, unless it was taken into a batch or was made
// to lead.
func (q *queue) drop(p *pending) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, w := range q.waiting {
		if w == p && !isClosed(p.turn) {
			q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// gather is how long a leader waits for callers that are preparing a document.
const gather = 50 * time.Millisecond

// take returns the next batch. It gives callers that have announced a document
// a moment to bring it.
func (q *queue) take() []*pending {
	timer := time.NewTimer(gather)
	defer timer.Stop()
	for late := false; ; {
		q.mu.Lock()
		n, full := q.fits()
		if full || late || q.coming == 0 {
			defer q.mu.Unlock()
			batch := slices.Clone(q.waiting[:n])
			q.waiting = slices.Delete(q.waiting, 0, n)
			return batch
		}
		if q.arrived == nil {
			q.arrived = make(chan struct{})
		}
		arrived := q.arrived
		q.mu.Unlock()
		select {
		case <-arrived:
		case <-timer.C:
			late = true
		}
	}
}

// fits returns how many of those that wait make a batch, and whether it is full.
func (q *queue) fits() (n int, full bool) {
	var size batchSize
	for n < len(q.waiting) && !size.full() {
		size = size.plus(q.waiting[n].size)
		n++
	}
	return n, size.full()
}

// next hands the lead to the first that waits.
func (q *queue) next() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		q.led = false
		return
	}
	close(q.waiting[0].turn)
}

// lead stores one batch, whose first is the leader's own document.
func (l *Library) lead(ctx context.Context) {
	batch := l.queue.take()
	defer l.queue.next()
	defer func() {
		for _, p := range batch {
			close(p.done)
		}
	}()
	err := guard("library.put", func() error { return l.commit(context.WithoutCancel(ctx), batch) })
	if err != nil {
		for _, p := range batch {
			p.outcome, p.err = corpus.Outcome{}, err
		}
	}
}

// commit stores a batch and brings the index into step. An error is one of the
// library; the failure of one document is left in it.
func (l *Library) commit(ctx context.Context, batch []*pending) error {
	l.write.Lock()
	defer l.write.Unlock()
	if l.closed {
		return errClosed()
	}
	var size batchSize
	ins := make([]corpus.Ingested, len(batch))
	for i, p := range batch {
		ins[i], size = p.in, size.plus(p.size)
	}
	if err := l.needSpace(size.disk); err != nil {
		return err
	}
	if err := l.ready(ctx); err != nil {
		return err
	}
	seq := l.store.Seq()
	results, err := l.store.PutAll(ctx, ins)
	if err != nil {
		return err
	}
	for i, r := range results {
		batch[i].outcome, batch[i].err = r.Outcome, r.Err
		if r.Err != nil {
			batch[i].outcome = corpus.Outcome{}
		}
	}
	return l.follow(ctx, seq, func(g *generation) error { return l.indexBatch(ctx, g, batch, results) })
}

// indexBatch takes the new texts and sources of a batch into the index.
func (l *Library) indexBatch(ctx context.Context, g *generation, batch []*pending, results []store.Result) error {
	latest := map[corpus.ID]int{} // by document, the result whose text is in use
	changed := map[corpus.ID]bool{}
	for i, r := range results {
		switch {
		case r.Err != nil:
		case r.Text:
			latest[r.ID] = i
		case r.Source:
			changed[r.ID] = true
		}
	}
	var add []*analyzed
	for i, p := range batch {
		if at, ok := latest[results[i].ID]; !ok || at != i {
			continue
		}
		a, err := l.complete(ctx, p)
		if err != nil {
			return err
		}
		add = append(add, a)
		delete(changed, a.doc.ID)
	}
	work, others, err := l.moveWorks(ctx, g, add)
	if err != nil {
		return err
	}
	if len(add) > 0 {
		if err := l.add(ctx, g, add, work); err != nil {
			return err
		}
	}
	for id := range changed {
		others = append(others, id)
	}
	return settled(l.setFacts(ctx, g, work, others))
}

// complete gives an analysed document the facts that the store now has of it.
func (l *Library) complete(ctx context.Context, p *pending) (*analyzed, error) {
	doc, err := l.store.Document(ctx, p.in.ID)
	if err != nil {
		return nil, err
	}
	doc.Text = p.in.Text
	// It was a copy when it was prepared, and is not any more; or a person has
	// corrected its date, by which references are read.
	if p.ready == nil || p.ready.doc.Date() != doc.Date() {
		return analyze(doc), nil
	}
	p.ready.doc = doc
	return p.ready, nil
}
