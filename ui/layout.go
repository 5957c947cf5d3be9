package ui

import (
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/search"
)

// layout turns paragraphs into what stands on the page.
type layout struct {
	text *corpus.Text
	hits []search.Hit
	hash string // of the text; hits on another version have other offsets
	at   int    // ordinal of the paragraph that the page opens on
	ref  string // DOC@T
	leaf func(page int, label string) *leaf
}

// block is a paragraph as it stands on the page, with the pages that begin
// before it.
type block struct {
	Para     *corpus.Paragraph // nil after the last: pages that end the document
	Breaks   []pageBreak
	ID       string // "o17"
	Tilde    string // "~17": the ordinal as a permalink writes it
	LabelID  string // "p34"; "" where the number stands a second time
	Number   string // as it is printed: "34."
	Level    int    // of a heading, from 2
	Segments []segment
	Hit      bool
	Current  bool   // the paragraph that was asked for
	Ref      string // DOC@T#~17
	NewVoice bool   // another speaker than the paragraph before
	FirstOf  bool   // the first of a run of footnotes
}

// pageBreak is where a page begins.
type pageBreak struct {
	Label    string
	Status   corpus.PageStatus
	Warnings []string
	Leaf     *leaf // how the page can be seen; nil if it cannot

	confidence float64 // of what was read from an image; 0 if the text is the file's
}

// blocks lays out the paragraphs [from, to).
func (l *layout) blocks(from, to int) []block {
	paras := l.text.Paragraphs
	matches := l.matches()
	page := 0
	if from > 0 {
		page = lastPage(&paras[from-1])
	}
	labels := firstLabels(paras)
	out := make([]block, 0, to-from+1)
	for i := from; i < to; i++ {
		b := l.block(&paras[i], matches)
		if b.LabelID != "" && labels[strings.ToLower(b.Para.Label)] != i {
			b.LabelID = ""
		}
		b.Breaks = l.breaks(page, b.Para.Page())
		page = max(page, lastPage(b.Para))
		b.NewVoice = speaks(b.Para) && b.Para.Voice != "" && voiceBefore(paras[:i]) != speaker(b.Para)
		b.FirstOf = b.Para.Role == corpus.RoleFootnote && (i == 0 || paras[i-1].Role != corpus.RoleFootnote)
		out = append(out, b)
	}
	if to == len(paras) {
		if n := len(l.text.Pages); n > page {
			out = append(out, block{Breaks: l.breaks(page, l.text.Pages[n-1].No)})
		}
	}
	return out
}

// matches returns what was found, by ordinal. A hit on another version of the
// text has other offsets and is not shown.
func (l *layout) matches() map[int][]search.Match {
	out := map[int][]search.Match{}
	for _, h := range l.hits {
		if h.Text == "" || h.Text == l.hash {
			out[h.Para.Ord] = h.Matches
		}
	}
	return out
}

// firstLabels returns where each printed number stands first. An anchor must
// be the only one of its name.
func firstLabels(paras []corpus.Paragraph) map[string]int {
	out := map[string]int{}
	for i := range paras {
		label := strings.ToLower(paras[i].Label)
		if _, seen := out[label]; !seen {
			out[label] = i
		}
	}
	return out
}

// voiceBefore returns who spoke last, past headings, notes and running heads.
func voiceBefore(paras []corpus.Paragraph) string {
	for i := len(paras) - 1; i >= 0; i-- {
		if speaks(&paras[i]) {
			return speaker(&paras[i])
		}
	}
	return ""
}

// speaks reports whether a paragraph is somebody's words.
func speaks(p *corpus.Paragraph) bool { return p.Role == corpus.RoleBody || p.Role == corpus.RoleTable }

func (l *layout) block(p *corpus.Paragraph, matches map[int][]search.Match) block {
	ord := strconv.Itoa(p.Ord)
	begin := labelEnd(p)
	m, hit := matches[p.Ord]
	b := block{
		Para: p, ID: "o" + ord, Tilde: "~" + ord, Hit: hit, Current: p.Ord == l.at && l.at != 0,
		Number: strings.TrimSpace(p.Text[:begin]), Level: min(len(p.Path)+2, 5),
		Segments: segments(p, m, []cut{{begin, len(p.Text)}}),
		Ref:      l.ref + "#~" + ord,
	}
	if p.Label != "" {
		b.LabelID = "p" + strings.Join(strings.Fields(p.Label), "_")
	}
	return b
}

// breaks lists the pages after one, up to another. Where pages have no
// paragraph at all they are listed too: that is where text is missing.
func (l *layout) breaks(after, upTo int) []pageBreak {
	var out []pageBreak
	for _, p := range l.text.Pages {
		if p.No > after && p.No <= upTo {
			b := pageBreak{Label: first(p.Label, strconv.Itoa(p.No)), Status: p.Status, Warnings: p.Warnings, confidence: p.Confidence}
			if l.leaf != nil {
				b.Leaf = l.leaf(p.No, b.Label)
			}
			out = append(out, b)
		}
	}
	return out
}

// lastPage returns the page a paragraph ends on; 0 if the original has none.
func lastPage(p *corpus.Paragraph) int {
	if len(p.Pages) == 0 {
		return 0
	}
	return p.Pages[len(p.Pages)-1].Page
}

// sourceTime returns when an original was last changed where it came from;
// zero when nobody knows.
func sourceTime(d *corpus.Document) time.Time {
	if len(d.Sources) == 0 {
		return time.Time{}
	}
	return d.Sources[0].Modified
}
