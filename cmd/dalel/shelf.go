package main

import (
	"context"
	"io"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ui"
)

// shelf is a Library as the page sees it.
type shelf struct{ lib *indexer.Library }

func (s shelf) Document(ctx context.Context, prefix string) (*corpus.Document, error) {
	return document(ctx, s.lib, prefix)
}

func (s shelf) Original(ctx context.Context, id corpus.ID) (io.ReadSeekCloser, error) {
	return s.lib.Original(ctx, id)
}

func (s shelf) Correct(ctx context.Context, id corpus.ID, k corpus.Key, values []string) error {
	return s.lib.SetFacts(ctx, id, k, values)
}

func (s shelf) Stats(ctx context.Context) (ui.Stats, error) {
	in, err := s.lib.Stats(ctx)
	if err != nil {
		return ui.Stats{}, err
	}
	out := ui.Stats{
		Documents: in.Documents, Works: in.Works, Paragraphs: in.Paragraphs, Pages: in.Pages,
		Unread: in.Unread, Doubtful: in.Doubtful, Recent: in.Recent, LastAdded: lastAdded(in.Recent),
		Kinds: counts(in.Kinds), Languages: counts(in.Languages),
	}
	for _, g := range in.Gaps {
		out.Gaps = append(out.Gaps, ui.Gap(g))
	}
	return out, nil
}

func counts(in []indexer.Count) []ui.Count {
	out := make([]ui.Count, len(in))
	for i, c := range in {
		out[i] = ui.Count(c)
	}
	return out
}

func lastAdded(recent []*corpus.Document) (last time.Time) {
	for _, d := range recent {
		for _, s := range d.Sources {
			if s.Added.After(last) {
				last = s.Added
			}
		}
	}
	return last
}
