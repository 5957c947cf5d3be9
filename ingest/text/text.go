// Package text reads plain text. A blank line ends a paragraph; where there is
// none, every line is one. Bullets, and the points of a list that counts on,
// are paragraphs of their own. Lines of metadata before a line "---" are facts
// and no paragraphs.
package text

import (
	"context"
	"fmt"
	"io"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
)

// maxSize is the longest text, in bytes: some 30,000 pages. It is held in
// memory whole.
const maxSize = 64 << 20

// Extractor reads plain text in any of the character sets of package charset.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "text@1" }

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return &corpus.Error{
			Op: "text.extract", Kind: corpus.ErrDamaged,
			Err: fmt.Errorf("the text is longer than %d MiB: split it", maxSize>>20),
		}
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return &corpus.Error{Op: "text.extract", Kind: corpus.ErrDamaged, Err: err}
	}
	t := charset.Decode(b, "")
	if t.Damaged > 0 {
		if err := out.Warn(fmt.Sprintf("%d characters could not be decoded from %s", t.Damaged, t.Name)); err != nil {
			return err
		}
	}
	lines := splitLines(t.String)
	facts, body := header(lines)
	for _, kf := range facts {
		if err := out.Fact(kf.key, kf.fact); err != nil {
			return err
		}
	}
	return emit(ctx, body, out)
}

// Emit gives the paragraphs of a text that was decoded elsewhere: the body of
// a letter, the output of a program.
func Emit(ctx context.Context, s string, out ingest.Emitter) error {
	return emit(ctx, splitLines(s), out)
}

func emit(ctx context.Context, lines []string, out ingest.Emitter) error {
	for p := range paragraphs(lines) {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := ingest.OneLine(p)
		if s == "" {
			continue
		}
		pieces := ingest.SplitLong(s)
		if len(pieces) > 1 {
			if err := out.Warn(fmt.Sprintf("a paragraph of %d bytes was cut into %d", len(s), len(pieces))); err != nil {
				return err
			}
		}
		for _, piece := range pieces {
			if err := out.Paragraph(corpus.Paragraph{Role: corpus.RoleBody, Text: piece}); err != nil {
				return err
			}
		}
	}
	return nil
}

// splitLines splits at LF, CR LF, and CR where there is no LF (old Macs). A
// form feed begins a page, and so a line.
func splitLines(s string) []string {
	if !strings.Contains(s, "\n") {
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Split(s, "\n")
}

// blank reports whether a line shows nothing.
func blank(line string) bool { return ingest.OneLine(line) == "" }
