package number

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// Lengths of headings, in runes. Titles of statutes are the longest.
const (
	longTitle    = 400 // of an article or a chapter
	longHeading  = 200 // with a mark or in capitals
	shortHeading = 80  // known by its shape alone
	longText     = 120 // a paragraph that a heading can introduce
)

// divisions are the parts of statutes and treaties that have names. The kinds
// are ranks in paths.
var divisions = []struct {
	rank int
	re   *lazyregexp.Regexp
}{
	{1, lazyregexp.New(`^#\s`)},
	{2, lazyregexp.New(`^##\s?[^#]`)},
	{3, lazyregexp.New(`^#{3,6}\s?[^#]`)},
	{1, lazyregexp.New(`(?i)^(?:раздел|часть|part|title|приложение|қосымша|annex|appendix)\s+[\dIVXLCІХA-C]+\b`)},
	{1, lazyregexp.New(`(?i)^[\dIVXLCІХ]+-?\s?бөлім(?:[\s.]|$)`)},
	{2, lazyregexp.New(`(?i)^(?:глава|chapter)\s+[\dIVXLCІХ]+`)},
	{2, lazyregexp.New(`(?i)^[\dIVXLCІХ]+-?\s?тарау(?:[\s.]|$)`)},
	{3, lazyregexp.New(`(?i)^(?:параграф|section)\s+[\dIVXLCІХ]+`)},
	{3, lazyregexp.New(`(?i)^\d+-?\s?параграф(?:[\s.]|$)`)},
	{4, lazyregexp.New(`(?i)^(?:статья|article)\s+\d+`)},
	{4, lazyregexp.New(`(?i)^\d{1,4}(?:-\d{1,3})?-?\s?бап(?:[\s.]|$)`)},
}

// Ranks of other headings in paths. A heading ends those of its own rank and
// of higher ones.
const (
	rankCaps    = 1
	rankRoman   = 2
	rankLetter  = 3
	rankDecimal = 4 // and one more a dot
	rankPlain   = 12
)

func division(t string) int {
	for _, d := range divisions {
		if d.re.MatchString(t) {
			return d.rank
		}
	}
	return 0
}

func (w *work) headings() {
	heads := make([]bool, len(w.ps))
	for i := range w.ps {
		heads[i] = w.ps[i].Role == corpus.RoleBody && w.heading(i)
	}
	for i, h := range heads { // judged by what was read, not by what was just found
		if h {
			w.ps[i].Role = corpus.RoleHeading
		}
	}
}

// heading decides whether a paragraph of the body is a heading.
func (w *work) heading(i int) bool {
	t := w.ps[i].Text
	n := utf8.RuneCountInString(t)
	rank := division(t)
	if n > longTitle || n > longHeading && rank == 0 || Bullet(t) || onlySymbols(t) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(t)
	switch {
	case strings.ContainsRune(";,", last):
		return false
	case strings.HasPrefix(t, "#"):
		return rank > 0
	case strings.ContainsRune(".:!?…", last):
		return false
	}
	return rank > 0 || allCaps(t) || w.byMark(i, n)
}

// byMark decides on a line of n runes by its mark, or that it has none.
func (w *work) byMark(i, n int) bool {
	switch w.marks[i].style {
	case roman, upper:
		return true
	case decimal, dotted:
		return w.hasParts(i) || n <= longText && w.introduces(i)
	case noStyle:
		return w.ps[i].Label == "" && n <= shortHeading && w.standsAlone(i)
	case bracket, sign, point, pointIn, letter, letterIn, romanIn:
	}
	return false
}

// hasParts reports whether a numbered line is followed by the first of its own
// parts: 2 by 2.1.
func (w *work) hasParts(i int) bool {
	if i+1 >= len(w.ps) {
		return false
	}
	next := w.marks[i+1]
	return next.style == dotted && next.prefix == w.marks[i].label
}

// introduces reports whether a short numbered line is the head of what comes
// and not a point of a list.
func (w *work) introduces(i int) bool {
	m := w.marks[i]
	if i+1 >= len(w.ps) {
		return false
	}
	if i > 0 && m.follows(w.marks[i-1]) || w.marks[i+1].follows(m) {
		return false
	}
	return w.isText(i + 1)
}

// standsAlone reports whether a short line without a full stop has text below
// it and no other short line above it.
func (w *work) standsAlone(i int) bool {
	first, _ := utf8.DecodeRuneInString(w.ps[i].Text)
	if !unicode.IsUpper(first) || i+1 >= len(w.ps) {
		return false
	}
	if i > 0 && w.ps[i-1].Role == corpus.RoleBody && !endsSentence(w.ps[i-1].Text) && w.marks[i-1].style == noStyle {
		return false
	}
	if i > 0 && strings.HasSuffix(w.ps[i-1].Text, ":") {
		return false
	}
	return w.isText(i+1) || w.marks[i+1].style.main() && w.marks[i+1].style != upper
}

// isText reports whether a paragraph is long enough to have a heading, and
// ends as sentences do.
func (w *work) isText(i int) bool {
	t := w.ps[i].Text
	return w.ps[i].Role == corpus.RoleBody && utf8.RuneCountInString(t) >= longText && endsSentence(t)
}

// allCaps reports whether at least four letters are capitals, and nine of ten
// of them: "CASE OF TLEUBAYEV v. SPECIMENLAND" has a small v.
func allCaps(t string) bool {
	caps, small := 0, 0
	for _, r := range t {
		switch {
		case unicode.IsUpper(r):
			caps++
		case unicode.IsLower(r):
			small++
		}
	}
	return caps >= 4 && small*9 <= caps
}

// rank returns the place of a heading in paths.
func (w *work) rank(i int) int {
	m := w.marks[i]
	if r := division(w.ps[i].Text); r > 0 {
		return r
	}
	switch m.style {
	case roman:
		return rankRoman
	case upper:
		return rankLetter
	case decimal, sign, bracket:
		return rankDecimal
	case dotted:
		return rankDecimal + strings.Count(m.label, ".")
	case noStyle, point, pointIn, letter, letterIn, romanIn:
	}
	if allCaps(w.ps[i].Text) {
		return rankCaps
	}
	return rankPlain
}

// paths sets Path. Where the extractor knew the levels of headings, its paths
// stand.
func (w *work) paths() {
	for i := range w.ps {
		if len(w.ps[i].Path) > 0 {
			return
		}
	}
	var o Outline
	for i := range w.ps {
		if w.ps[i].Role == corpus.RoleHeading {
			o.Heading(w.rank(i), w.ps[i].Text)
			w.ps[i].Path = o.above()
			continue
		}
		w.ps[i].Path = o.Path()
	}
}

// Outline keeps the headings above a place in a text.
type Outline struct {
	ranks []int
	texts []string
}

// Heading enters a heading of a rank: 1 for the outermost. It ends the
// headings of its own rank and of those further in.
func (o *Outline) Heading(rank int, text string) {
	at := len(o.ranks)
	for at > 0 && o.ranks[at-1] >= rank {
		at--
	}
	// New slices: paths that were given out stay as they are.
	o.ranks = append(append([]int{}, o.ranks[:at]...), rank)
	o.texts = append(append([]string{}, o.texts[:at]...), strings.TrimLeft(text, "# "))
}

// Path returns the headings above, outermost first; nil if there are none.
func (o *Outline) Path() []string { return o.texts }

// above returns the headings above the last heading.
func (o *Outline) above() []string {
	if len(o.texts) < 2 {
		return nil
	}
	return o.texts[:len(o.texts)-1]
}

// Above returns the headings above the heading entered last.
func (o *Outline) Above() []string { return o.above() }
