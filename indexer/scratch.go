package indexer

import (
	"context"
	"errors"
	"iter"
	"path/filepath"

	"dalel/corpus"
	"dalel/indexer/forward"
	"dalel/search"
)

// Scratch is an index without a library: it is filled once and asked, for
// measuring. It is made by the same steps as the index of a Library.
type Scratch struct {
	forward *forward.Store
	engine  Backend
}

// NewScratch makes an index of docs, with their texts, in the folder dir, which
// must not hold one. The documents are not stored, and nothing is recognised in
// them.
func NewScratch(ctx context.Context, dir string, docs iter.Seq2[*corpus.Document, error], opt Options) (_ *Scratch, err error) {
	s := &Scratch{}
	if s.forward, err = forward.Create(filepath.Join(dir, forwardDir)); err != nil {
		return nil, err
	}
	if s.engine, err = opt.Create(filepath.Join(dir, engineDir)); err != nil {
		return nil, errors.Join(err, s.forward.Close())
	}
	if err = s.fill(ctx, docs); err == nil {
		err = errors.Join(settle(ctx, s.engine), s.forward.Sync(1))
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenScratch opens an index that NewScratch made in the folder dir.
func OpenScratch(dir string, opt Options) (*Scratch, error) {
	f, err := forward.Open(filepath.Join(dir, forwardDir))
	if err != nil {
		return nil, err
	}
	e, err := opt.Open(filepath.Join(dir, engineDir))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Scratch{forward: f, engine: e}, nil
}

func (s *Scratch) fill(ctx context.Context, docs iter.Seq2[*corpus.Document, error]) error {
	analyze := func(d *corpus.Document) (*analyzed, error) { return analyzeWords(d), nil }
	var (
		chunk []*corpus.Document
		paras int
	)
	flush := func() error {
		batch, err := inParallel(chunk, analyze)
		chunk, paras = chunk[:0], 0
		if err != nil || len(batch) == 0 {
			return err
		}
		return s.add(ctx, batch)
	}
	for d, err := range docs {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		chunk, paras = append(chunk, d), paras+len(d.Text.Paragraphs)
		if paras >= batchParas {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

func (s *Scratch) add(ctx context.Context, batch []*analyzed) error {
	docs := make([]forward.Doc, len(batch))
	for i, a := range batch {
		docs[i] = forward.Doc{Doc: a.doc, Work: string(a.doc.ID), Streams: a.streams, Langs: a.langs}
	}
	first, err := s.forward.Append(ctx, docs)
	if err != nil {
		return err
	}
	return guard("engine.put", func() error { return s.engine.Put(ctx, entries(batch, first)...) })
}

// Index returns the engine for searches.
func (s *Scratch) Index() search.Index { return s.engine }

// Forward returns the forward store for searches.
func (s *Scratch) Forward() search.Forward { return s.forward }

// Close gives everything back. The files stay.
func (s *Scratch) Close() error {
	return errors.Join(guard("engine.close", s.engine.Close), s.forward.Close())
}
