package main

import (
	"context"
	"io"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/search/export"
	"dalel/search/quote"
	"dalel/search/verify"
)

// desk is a Library as the pages of quotes and briefs see it.
type desk struct{ *indexer.Library }

func (d desk) Reading(ctx context.Context, prefix, at string) (*corpus.Document, error) {
	doc, err := document(ctx, d.Library, prefix)
	if err != nil || at == "" || strings.HasPrefix(doc.TextHash, at) {
		return doc, err
	}
	if doc.Text, err = d.TextVersion(ctx, doc.ID, at); err != nil {
		return nil, err
	}
	doc.TextHash = doc.Text.Hash()
	return doc, nil
}

func (d desk) Build(ctx context.Context, b *quote.Brief, opt export.Options, proofs bool) (*export.Bundle, error) {
	if !proofs {
		return export.Build(ctx, d.Library, nil, b, opt)
	}
	return export.Build(ctx, d.Library, ledger{d.Library}, b, opt)
}

func (d desk) Exported(ctx context.Context, b *export.Bundle, format, reason string) error {
	if d.ReadOnly() {
		return nil // a log that takes nothing is no reason to keep an export back
	}
	_, err := d.Note(ctx, store.EventExport, "", exportDetails(b, format, reason))
	return err
}

// exportDetails is what the log keeps of an export: of which documents, as what,
// and why. Names of briefs and queries stay out.
func exportDetails(b *export.Bundle, format, reason string) map[string]any {
	docs := []corpus.ID{}
	for _, w := range b.Works {
		docs = append(docs, w.Doc.ID)
	}
	details := map[string]any{"format": format, "quotes": len(b.Quotes()), "docs": docs}
	if reason != "" {
		details["reason"] = reason
	}
	return details
}

// files checks files that are handed in on the page.
type files struct{ *verifying }

func newFiles(e *env, lib *indexer.Library) files {
	empty := ""
	return files{&verifying{env: e, lib: lib, citing: citing{&empty, &empty}, timeout: time.Minute}}
}

func (f files) Check(ctx context.Context, in verify.File) (*verify.Report, error) {
	rep, ok, err := f.checker().File(ctx, in)
	if err != nil || ok {
		return rep, err
	}
	results, err := f.drafts().File(ctx, in)
	return &verify.Report{Results: results}, err
}

func (f files) WriteBack(ctx context.Context, w io.Writer, in verify.File, accept []int) (int, error) {
	d := f.drafts()
	results, err := d.File(ctx, in)
	if err != nil {
		return 0, err
	}
	chosen := map[int]bool{}
	for _, n := range accept {
		chosen[n] = true
	}
	return d.WriteBack(ctx, w, in, results, func(r *verify.Result) bool { return chosen[r.N] })
}
