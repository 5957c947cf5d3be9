package indexer

import (
	"context"
	"iter"
	"sync"

	"dalel/corpus"
	"dalel/search"
)

// engineOf is the search.Index of the moment.
type engineOf struct{ lib *Library }

func (e engineOf) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		m := e.lib.moment()
		defer e.lib.leave(m)
		engineIn{e.lib, m}.Candidates(ctx, p)(yield)
	}
}

func (e engineOf) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) {
		m := e.lib.moment()
		defer e.lib.leave(m)
		engineIn{e.lib, m}.Terms(ctx, f, prefix)(yield)
	}
}

// engineIn is the search.Index of a moment, which the caller has not left.
type engineIn struct {
	lib *Library
	*moment
}

func (e engineIn) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return heeded(e, guardSeq("engine.candidates", func() iter.Seq2[search.Candidate, error] { return e.engine.Candidates(ctx, p) }))
}

func (e engineIn) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return heeded(e, guardSeq("engine.terms", func() iter.Seq2[search.Term, error] { return e.engine.Terms(ctx, f, prefix) }))
}

// heeded has the library learn of the error that ends a stream.
func heeded[T any](e engineIn, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			if !yield(v, e.lib.heed(e.gen, err)) {
				return
			}
		}
	}
}

// forwardOf is the search.Forward of the moment.
type forwardOf struct{ lib *Library }

// View returns a snapshot. Its generation stays while it is held.
func (f forwardOf) View() search.View {
	m := f.lib.moment()
	return &heldView{View: m.forward, in: engineIn{f.lib, m}}
}

// heldView is a View that keeps its moment in use.
type heldView struct {
	search.View
	in   engineIn
	done sync.Once
}

// Index returns the engine of the same moment.
func (v *heldView) Index() search.Index { return v.in }

// Doubt tells why the index of the view is to be made again; see Library.Doubt.
func (v *heldView) Doubt() error {
	v.in.lib.mu.Lock()
	defer v.in.lib.mu.Unlock()
	return v.in.gen.doubt
}

// Release ends the use of the view; more than once does no harm.
func (v *heldView) Release() { v.done.Do(func() { v.in.lib.leave(v.in.moment) }) }

// Tokens, Mentions and Paragraph read files, which may be damaged.

func (v *heldView) Tokens(p search.ParaNo, only search.FormProbe, dst []search.Token, enough func([]search.Token) bool) ([]search.Token, error) {
	dst, err := v.View.Tokens(p, only, dst, enough)
	return dst, v.in.lib.heed(v.in.gen, err)
}

func (v *heldView) Mentions(p search.ParaNo, dst []search.Mention) ([]search.Mention, error) {
	dst, err := v.View.Mentions(p, dst)
	return dst, v.in.lib.heed(v.in.gen, err)
}

func (v *heldView) Paragraph(p search.ParaNo) (corpus.Paragraph, error) {
	para, err := v.View.Paragraph(p)
	return para, v.in.lib.heed(v.in.gen, err)
}
