package ingest

import (
	"context"
	"unicode/utf8"

	"dalel/corpus"
)

// ParaLine is a line a paragraph of `extract -json`. Offsets are code points.
type ParaLine struct {
	Para    int                `json:"para"`
	Page    int                `json:"page"`
	Pages   []corpus.PageSpan  `json:"pages"`
	Label   string             `json:"label"`
	Role    corpus.Role        `json:"role"`
	Section corpus.SectionKind `json:"section"`
	Voice   corpus.Voice       `json:"voice"`
	Lang    string             `json:"lang"`
	Under   int                `json:"under,omitempty"`
	Path    []string           `json:"path,omitempty"`
	Text    string             `json:"text"`
	Raw     string             `json:"raw,omitempty"`    // what the file says, where the text is a repair
	Anchor  *corpus.Anchor     `json:"anchor,omitempty"` // of a note: where its mark stands
}

// SummaryLine is the last line of a file of `extract -json`.
type SummaryLine struct {
	Summary    bool                  `json:"summary"`
	Path       string                `json:"path"`
	Status     corpus.Status         `json:"status"`
	Reason     string                `json:"reason"`
	Kind       corpus.Kind           `json:"kind"`
	Pages      int                   `json:"pages"`
	Paragraphs int                   `json:"paragraphs"`
	Meta       map[corpus.Key]string `json:"meta"` // the first value of each fact
	Warnings   []string              `json:"warnings"`
	Error      string                `json:"error"`
}

// Extract reads src as Run does, without a library, and gives the lines of
// `extract -json` in order: corpus.Page, ParaLine, and a SummaryLine a file.
// An error of emit ends it. The Report counts the files.
func (p *Pipeline) Extract(ctx context.Context, src Source, emit func(line any) error) (*Report, error) {
	alone := *p
	alone.Sink = nil
	start := p.Clock()
	rep := &Report{Summary: true}
	err := alone.each(ctx, src, func(_ context.Context, jobs []*job) error {
		for _, j := range jobs {
			rep.add(&j.report)
			if err := j.lines(emit); err != nil {
				return err
			}
		}
		return nil
	})
	rep.Seconds = p.Clock().Sub(start).Seconds()
	return rep, err
}

func (j *job) lines(emit func(line any) error) error {
	if t := j.in.Text; t != nil {
		for _, page := range t.Pages {
			if page.Warnings == nil {
				page.Warnings = []string{}
			}
			if err := emit(page); err != nil {
				return err
			}
		}
		for i := range t.Paragraphs {
			if err := emit(NewParaLine(t, &t.Paragraphs[i])); err != nil {
				return err
			}
		}
	}
	line := SummaryLine{
		Summary: true, Path: j.report.Path, Status: j.report.Status, Reason: j.report.Reason, Kind: j.report.Kind,
		Pages: j.report.Pages, Paragraphs: j.report.Paragraphs, Meta: map[corpus.Key]string{},
		Warnings: j.report.Warnings, Error: j.report.Error,
	}
	for k, f := range j.in.Read {
		if len(f.Values) > 0 {
			line.Meta[k] = f.Values[0]
		}
	}
	return emit(line)
}

// NewParaLine returns the line of a paragraph of t, with offsets in code points.
func NewParaLine(t *corpus.Text, p *corpus.Paragraph) ParaLine {
	pages := make([]corpus.PageSpan, len(p.Pages))
	for i, s := range p.Pages {
		s.Start = utf8.RuneCountInString(p.Text[:s.Start])
		pages[i] = s
	}
	return ParaLine{
		Para: p.Ord, Page: p.Page(), Pages: pages, Label: p.Label, Role: p.Role, Section: p.Section,
		Voice: p.Voice, Lang: p.Lang, Under: p.Under, Path: p.Path, Text: p.Text, Raw: p.Raw, Anchor: p.Anchor.CodePoints(t),
	}
}
