package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// The first page: what a document says about itself stands here. What it says
// later is about other documents.
const (
	pageParagraphs = 40
	pageBytes      = 8000
)

// shortLine is the longest line, in runes, that can be a title, a masthead or
// a line of place and date.
const shortLine = 300

// line is a paragraph of the first page.
type line struct {
	ord  int
	text string
	low  string // in lower case; the same length in bytes unless a letter is rare
	bare string // the same, from its first letter or digit on
	head bool
	caps bool // it has no small letters to speak of

	// short reports whether it can be more than running text.
	short bool
}

// reader recognises facts on a first page.
type reader struct {
	facts corpus.Facts
	text  *corpus.Text
	lines []line
	kind  corpus.Kind
	at    int // line that told the kind; -1 if none
}

// FromText adds to facts what the first page says about itself. Facts that
// were there already are stronger.
func FromText(facts corpus.Facts, t *corpus.Text) {
	r := &reader{facts: facts, text: t, lines: firstPage(t), at: -1}
	r.readKind()
	r.readNumbers()
	r.readFields()
	r.readDate()
	r.readBody()
	r.readCourt()
	r.readCountry()
	r.readParties()
	r.readStatus()
	r.readOriginal()
	r.readTitle()
}

func firstPage(t *corpus.Text) []line {
	var out []line
	size := 0
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if len(out) >= pageParagraphs || size > pageBytes {
			break
		}
		if p.Role == corpus.RoleFootnote || p.Role == corpus.RoleHeader && !isSymbolLine(p.Text) {
			continue
		}
		l := newLine(p)
		l.caps = capitals(l.text)
		size += len(l.text)
		out = append(out, l)
	}
	return out
}

// newLine takes the beginning of a paragraph.
func newLine(p *corpus.Paragraph) line {
	text := p.Text
	for len(text) > 4*shortLine || !utf8.ValidString(text) {
		text = text[:min(len(text)-1, 4*shortLine)]
	}
	l := line{ord: p.Ord, text: text, low: strings.ToLower(text), head: p.Role == corpus.RoleHeading}
	l.bare = strings.TrimLeftFunc(l.low, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '№' })
	l.short = utf8.RuneCountInString(text) <= shortLine
	return l
}

// numbered reports whether a line is a numbered paragraph of running text.
func (l *line) numbered() bool { return !l.head && numberedStart.MatchString(l.text) }

var numberedStart = lazyregexp.New(`^\s*\d{1,3}(?:\.\d{1,3})?\.?\s+\p{Lu}.{40}`)

// add puts a fact read in a line. Start and end are bytes into it.
func (r *reader) add(k corpus.Key, l *line, start, end int, confidence float64, values ...string) {
	if k == corpus.KeyNumber || k == corpus.KeySymbol || k == corpus.KeyCase {
		values = slices.Clone(values)
		for i := range values {
			values[i] = plainHyphens.Replace(values[i])
		}
	}
	Add(r.facts, k, corpus.Fact{
		Values: values, Origin: corpus.FromText,
		Para: l.ord, Start: start, End: end, Confidence: confidence,
	})
}

// plainHyphens writes numbers as people type them.
var plainHyphens = strings.NewReplacer("\u2010", "-", "\u2011", "-")

// find adds the first group of the first match in the short lines.
func (r *reader) find(k corpus.Key, re *lazyregexp.Regexp, confidence float64) bool {
	for i := range r.lines {
		l := &r.lines[i]
		if !l.short {
			continue
		}
		if loc := re.FindStringSubmatchIndex(l.text); loc != nil {
			r.add(k, l, loc[2], loc[3], confidence, l.text[loc[2]:loc[3]])
			return true
		}
	}
	return false
}

// masthead is how many lines at the head of a paper its masthead has at most.
const masthead = 18

// head returns the lines before the first numbered paragraph, as far as a
// masthead reaches.
func (r *reader) head() []line {
	for i := range r.lines {
		if i == masthead || r.lines[i].numbered() {
			return r.lines[:i]
		}
	}
	return r.lines
}
