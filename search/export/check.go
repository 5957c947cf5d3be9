package export

import (
	"slices"

	"dalel/search/cite"
	"dalel/search/quote"
)

// Issue is something to look at before a quote is published.
type Issue struct {
	N    int       `json:"n"` // number of the quote
	Why  IssueKind `json:"why"`
	Red  bool      `json:"red"`             // going on needs a reason
	Text string    `json:"text,omitempty"`  // the words concerned
	At   []int     `json:"where,omitempty"` // ordinals of other paragraphs with the same words
}

// IssueKind says what is to be looked at: a warning of a citation, or one of
// these. The values are stable.
type IssueKind string

// What may be wrong with a quote beside its citation.
const (
	IssueRestricted IssueKind = "restricted" // not for publication
	IssueDoubtful   IssueKind = "doubtful"   // from a page that was read doubtfully
	IssueOdd        IssueKind = "odd"        // glued or odd words
	IssueElsewhere  IssueKind = "elsewhere"  // the same words stand in another paragraph too
	IssueByEye      IssueKind = "by_eye"     // not compared with the picture of the page
)

// red are the warnings of citations that need a reason: who says it, where it
// stands, and whether it still holds.
var red = []cite.Warning{cite.WarnVoice, cite.WarnGap, cite.WarnPin, cite.WarnNotFinal, cite.WarnMismatch, cite.WarnEdition}

// Check lists what is to be looked at before a bundle is published, in the
// order of its quotes.
func (b *Bundle) Check() []Issue {
	var out []Issue
	for _, q := range b.Quotes() {
		add := func(why IssueKind, isRed bool) { out = append(out, Issue{N: q.N, Why: why, Red: isRed}) }
		if q.Restricted {
			add(IssueRestricted, true)
		}
		if q.Doubtful(q.Text) {
			add(IssueDoubtful, true)
			if q.ByEye == "" {
				add(IssueByEye, false)
			}
		}
		for _, w := range q.Full.Warnings {
			add(IssueKind(w), slices.Contains(red, w))
		}
		out = append(out, q.words()...)
	}
	return out
}

// words lists odd words, and other places of the same words.
func (q *Quote) words() []Issue {
	var out []Issue
	for _, r := range q.Runs {
		if r.Ours() {
			continue
		}
		for _, o := range quote.Oddities(r.Text, q.Text) {
			out = append(out, Issue{N: q.N, Why: IssueOdd, Text: r.Text[o.Start:o.End]})
		}
		if at := quote.Elsewhere(r.Text, r.Para, q.Text); len(at) > 0 {
			out = append(out, Issue{N: q.N, Why: IssueElsewhere, Text: r.Text, At: at})
		}
	}
	return out
}

// Red reports whether an issue needs a reason to go on.
func Red(issues []Issue) bool {
	return slices.ContainsFunc(issues, func(i Issue) bool { return i.Red })
}
