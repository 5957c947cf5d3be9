package indexer

import (
	"context"
	"iter"
	"sync"

	"dalel/corpus"
	"dalel/search"
)

// engineOf is the search.Index of the generation in use.
type engineOf struct{ lib *Library }

func (e engineOf) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return func(yield func(search.Candidate, error) bool) {
		g := e.lib.hold()
		defer e.lib.drop(g)
		engineIn{e.lib, g}.Candidates(ctx, p)(yield)
	}
}

func (e engineOf) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return func(yield func(search.Term, error) bool) {
		g := e.lib.hold()
		defer e.lib.drop(g)
		engineIn{e.lib, g}.Terms(ctx, f, prefix)(yield)
	}
}

// engineIn is the search.Index of one generation, which the caller holds.
type engineIn struct {
	lib *Library
	gen *generation
}

func (e engineIn) Candidates(ctx context.Context, p search.Plan) iter.Seq2[search.Candidate, error] {
	return heeded(e, guardSeq("engine.candidates", func() iter.Seq2[search.Candidate, error] { return e.gen.engine.Candidates(ctx, p) }))
}

func (e engineIn) Terms(ctx context.Context, f search.Field, prefix string) iter.Seq2[search.Term, error] {
	return heeded(e, guardSeq("engine.terms", func() iter.Seq2[search.Term, error] { return e.gen.engine.Terms(ctx, f, prefix) }))
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

// forwardOf is the search.Forward of the generation in use.
type forwardOf struct{ lib *Library }

// View returns a snapshot. Its generation stays while it is held.
func (f forwardOf) View() search.View {
	g := f.lib.hold()
	return &heldView{View: g.forward.View(), lib: f.lib, gen: g}
}

// heldView is a View that keeps its generation in use.
type heldView struct {
	search.View
	lib  *Library
	gen  *generation
	done sync.Once
}

// Index returns the engine of the same generation.
func (v *heldView) Index() search.Index { return engineIn{v.lib, v.gen} }

// Release ends the use of the view; more than once does no harm.
func (v *heldView) Release() {
	v.done.Do(func() {
		v.View.Release()
		v.lib.drop(v.gen)
	})
}

// Tokens, Mentions and Paragraph read files, which may be damaged.

func (v *heldView) Tokens(p search.ParaNo, probe search.FormProbe, dst []search.Token) ([]search.Token, error) {
	dst, err := v.View.Tokens(p, probe, dst)
	return dst, v.lib.heed(v.gen, err)
}

func (v *heldView) Mentions(p search.ParaNo, dst []search.Mention) ([]search.Mention, error) {
	dst, err := v.View.Mentions(p, dst)
	return dst, v.lib.heed(v.gen, err)
}

func (v *heldView) Paragraph(p search.ParaNo) (corpus.Paragraph, error) {
	para, err := v.View.Paragraph(p)
	return para, v.lib.heed(v.gen, err)
}
