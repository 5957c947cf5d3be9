package number

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// Apply numbers ps from 1 and fills Label, Under and Path, and the role of
// headings. Labels and paths that an extractor knew already stand.
func Apply(ps []corpus.Paragraph) {
	w := &work{ps: ps, marks: make([]mark, len(ps))}
	w.running()
	w.number()
	w.headings()
	w.hang()
	w.paths()
}

// work is one document being numbered.
type work struct {
	ps    []corpus.Paragraph
	marks []mark // the accepted one of each paragraph; style noStyle if none
}

func eligible(r corpus.Role) bool { return r == corpus.RoleBody || r == corpus.RoleHeading }

func (w *work) number() {
	found := make([][]mark, len(w.ps))
	for i := range w.ps {
		w.ps[i].Ord = i + 1
		if eligible(w.ps[i].Role) {
			found[i] = parse(head(w.ps[i].Text))
		}
	}
	next := successors(found)
	last := make(map[seq]mark)
	for i := range w.ps {
		for _, m := range found[i] {
			before, counting := last[m.seq()]
			continues := counting && m.follows(before)
			if w.ps[i].Label == "" && !accept(m, continues, next[i][m.style]) {
				continue
			}
			last[m.seq()] = m
			w.marks[i] = m
			break
		}
	}
	w.glued()
	w.label()
}

// headLen is how many bytes of a paragraph are looked at for a mark.
const headLen = 80

func head(s string) string { return s[:min(headLen, len(s))] }

// seq names the sequence that a mark belongs to.
type seq struct {
	style  style
	prefix string
}

func (m mark) seq() seq { return seq{m.style, m.prefix} }

// lookAhead is how far apart, in paragraphs, two numbers of one sequence may
// stand. A point of a judgment can have 200 paragraphs of quotation.
const lookAhead = 400

// successors tells, for each paragraph and style, whether the next number of
// its sequence comes later.
func successors(found [][]mark) []map[style]bool {
	out := make([]map[style]bool, len(found))
	type place struct {
		seq
		value int
	}
	later := make(map[place]int)
	for i := len(found) - 1; i >= 0; i-- {
		for _, m := range found[i] {
			at, ok := later[place{m.seq(), m.value + 1}]
			if ok && at-i <= lookAhead {
				if out[i] == nil {
					out[i] = make(map[style]bool)
				}
				out[i][m.style] = true
			}
		}
		for _, m := range found[i] {
			later[place{m.seq(), m.value}] = i
		}
	}
	return out
}

// accept decides whether a candidate is a number. Continues: it is the next of
// a sequence. Goes on: the next of its sequence comes later.
func accept(m mark, continues, goesOn bool) bool {
	switch m.style {
	case decimal:
		return continues || m.value <= lastYear && m.number(goesOn)
	case dotted:
		return continues || m.dotted(goesOn)
	case roman, upper:
		return continues || goesOn && (m.value == 1 || m.low)
	case point, pointIn, letter, letterIn, romanIn, bracket, sign:
		return true
	case noStyle:
	}
	return false
}

// lastYear is the last number that is no year: from 1000 on, only a sequence
// tells.
const lastYear = 999

// number tells "12. Text" from "5. марта".
func (m mark) number(goesOn bool) bool {
	return !m.low && !m.empty || m.value == 1 && goesOn
}

// dotted tells "3.4. Text" and "140.1 Text" from "3.5 million".
func (m mark) dotted(goesOn bool) bool {
	if m.empty {
		return goesOn && !m.low
	}
	return m.dot || !m.low && (goesOn || m.value == 1)
}

// gluedNumber is a dotted number that lost the line end before it: "Download
// submission1.1. This Submission".
var gluedNumber = lazyregexp.New(`^[^\d]{1,60}\p{L}(\d{1,3}(?:\.\d{1,3})+)\.\s+\p{Lu}`)

// glued finds numbers inside the first words, where the sequence goes on from
// them in the next few paragraphs and has no other beginning.
func (w *work) glued() {
	const near = 12
	for i := range w.ps {
		if w.marks[i].style != noStyle || w.ps[i].Role != corpus.RoleBody {
			continue
		}
		loc := gluedNumber.FindStringSubmatchIndex(w.ps[i].Text)
		if loc == nil {
			continue
		}
		m := mark{style: dotted, label: w.ps[i].Text[loc[2]:loc[3]], dot: true}
		if !m.count() {
			continue
		}
		for _, n := range w.marks[i+1 : min(len(w.marks), i+near)] {
			if n.follows(m) {
				w.marks[i] = m
				break
			}
		}
	}
}

// label writes the labels. Where a document counts its paragraphs with "1)"
// only, that is their number.
func (w *work) label() {
	counts := false
	for _, m := range w.marks {
		counts = counts || m.style.main()
	}
	for i, m := range w.marks {
		if m.style == noStyle || w.ps[i].Label != "" {
			continue
		}
		w.ps[i].Label = m.label
		if !counts && m.style == point {
			w.marks[i].style = decimal
			w.ps[i].Label = strings.TrimSuffix(m.label, ")")
		}
	}
}

// hang sets Under: bullets, points and continuation lines belong to the
// numbered paragraph above them, until a heading.
func (w *work) hang() {
	above := -1
	for i := range w.ps {
		p := &w.ps[i]
		switch {
		case p.Role == corpus.RoleHeading:
			above = -1
		case p.Role != corpus.RoleBody:
		case w.marks[i].style.main() || w.marks[i].style == noStyle && p.Label != "":
			above = i
		case above >= 0 && w.hangs(i, above):
			p.Under = w.ps[above].Ord
		}
	}
}

// hangs reports whether paragraph i belongs to the numbered one above. Plain
// text does only when the numbering goes on after it: what follows the last
// number may be anything.
func (w *work) hangs(i, above int) bool {
	t := w.ps[i].Text
	first, _ := utf8.DecodeRuneInString(t)
	return w.marks[i].style != noStyle || Bullet(t) || unicode.IsLower(first) || w.goesOn(i, w.marks[above])
}

// goesOn reports whether the next numbered paragraph before the next heading
// is the next of m's sequence.
func (w *work) goesOn(i int, m mark) bool {
	for j := i + 1; j < min(len(w.ps), i+lookAhead); j++ {
		switch {
		case w.ps[j].Role == corpus.RoleHeading:
			return false
		case w.marks[j].style.main():
			return w.marks[j].follows(m)
		}
	}
	return false
}
