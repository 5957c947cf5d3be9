package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/meta"
)

// Limits of what one document may give. A statute book of 3,000 pages gives
// 10 MiB and 40,000 paragraphs.
const (
	maxText       = 64 << 20
	maxParagraphs = 1 << 20
	maxPages      = 20_000
	maxWarnings   = 100
)

var errTooMuch = errors.New("more text than a document can have")

// reading collects what an Extractor emits. It trusts nothing: an Extractor
// runs on hostile input.
type reading struct {
	text  corpus.Text
	facts corpus.Facts
	size  int // bytes of text so far
	count int // pages that there should be; 0 if unknown
	help  []string
}

// Helper implements Helped.
func (r *reading) Helper(program string) error {
	if len(r.help) < maxHelpers && !slices.Contains(r.help, program) {
		r.help = append(r.help, program)
	}
	return nil
}

// maxHelpers is how many programs may have a part in one text.
const maxHelpers = 2

// PageCount implements PageCounter.
func (r *reading) PageCount(n int) error {
	r.count = min(max(n, 0), maxPages)
	return nil
}

// Page implements Emitter.
func (r *reading) Page(p corpus.Page) error {
	if len(r.text.Pages) >= maxPages {
		return fmt.Errorf("%w: %d pages", errTooMuch, maxPages)
	}
	p.No = len(r.text.Pages) + 1 // every page is there once, in order
	r.text.Pages = append(r.text.Pages, p)
	return nil
}

// Paragraph implements Emitter.
func (r *reading) Paragraph(p corpus.Paragraph) error {
	if r.size += len(p.Text); r.size > maxText || len(r.text.Paragraphs) >= maxParagraphs {
		return fmt.Errorf("%w: %d MiB", errTooMuch, maxText>>20)
	}
	if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\n\r") {
		p.Text = strings.ToValidUTF8(strings.NewReplacer("\r", " ", "\n", " ").Replace(p.Text), "\ufffd")
	}
	if strings.TrimSpace(p.Text) == "" {
		return nil
	}
	if p.Role == "" {
		p.Role = corpus.RoleBody
	}
	for i := range p.Pages {
		p.Pages[i].Start = min(max(p.Pages[i].Start, 0), len(p.Text))
	}
	r.text.Paragraphs = append(r.text.Paragraphs, p)
	return nil
}

// Fact implements Emitter. A reader of files never speaks for a person.
func (r *reading) Fact(k corpus.Key, f corpus.Fact) error {
	if !k.Known() || f.Origin != corpus.FromHeader && f.Origin != corpus.FromText && f.Origin != corpus.FromFile {
		return nil
	}
	if r.facts == nil {
		r.facts = corpus.Facts{}
	}
	values := f.Values[:0:0]
	for _, v := range f.Values {
		if v = OneLine(v); v != "" && len(v) <= maxValue {
			values = append(values, v)
		}
	}
	f.Values = values
	meta.Add(r.facts, k, f)
	return nil
}

// maxValue is the longest value of a fact, in bytes.
const maxValue = 2000

// Warn implements Emitter.
func (r *reading) Warn(s string) error {
	if len(r.text.Warnings) < maxWarnings {
		r.text.Warnings = append(r.text.Warnings, OneLine(s))
	}
	return nil
}

// cutShort closes a reading that stopped in the middle: the pages that are
// missing are there, as unread. There is always one at least, also where the
// format has no pages: it is by unread pages that searches and doctor tell
// what they could not see. It reports whether anything was read at all.
func (r *reading) cutShort(extractor, reason string) bool {
	if len(r.text.Paragraphs) == 0 {
		return false
	}
	why := "not read to the end: " + reason
	_ = r.Warn(why) // never fails
	have := len(r.text.Pages)
	if have > 0 && have == r.count { // every page was begun: the last is not whole
		last := &r.text.Pages[have-1]
		last.Status, last.Warnings = corpus.PageUnread, append(last.Warnings, why)
		return true
	}
	for no := have + 1; no <= max(have+1, r.count); no++ {
		r.text.Pages = append(r.text.Pages, corpus.Page{
			No: no, Status: corpus.PageUnread, Extractor: extractor, Warnings: []string{why},
		})
	}
	return true
}

// paged reports whether the paragraphs stand on pages. Where they do not, the
// accounts of pages stand for what was not read, and are no pages to count.
func (r *reading) paged() bool {
	for i := range r.text.Paragraphs {
		if len(r.text.Paragraphs[i].Pages) > 0 {
			return true
		}
	}
	return len(r.text.Paragraphs) == 0
}
