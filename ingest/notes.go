package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// tieNotes finds, for each note with a mark, where that mark stands in the
// text: Anchor. A mark is raised digits, "[iv]" or stars after a word, or the
// "1/" of United Nations documents before 1995. Of several equal marks a note
// takes the first that has none yet on its own page; else the first after the
// mark of the note before it, as notes at the end of a document do.
func tieNotes(ps []corpus.Paragraph) {
	slashed := false
	var marks []noteMark
	for i := range ps {
		p := &ps[i]
		switch p.Role {
		case corpus.RoleFootnote:
			slashed = slashed || strings.HasPrefix(p.Text, p.Label+"/")
		case corpus.RoleBody, corpus.RoleHeading, corpus.RoleTable:
			marks = appendMarks(marks, p)
		case corpus.RoleHeader:
		}
	}
	byLabel := map[string][]int{}
	for i, m := range marks {
		if m.slash && !slashed {
			continue
		}
		byLabel[m.label] = append(byLabel[m.label], i)
	}
	last := -1
	for i := range ps {
		p := &ps[i]
		if p.Role != corpus.RoleFootnote || p.Label == "" {
			continue
		}
		at := choose(marks, byLabel[p.Label], last, p.Page())
		if at < 0 {
			continue
		}
		m := &marks[at]
		m.used, last = true, at
		p.Anchor = &corpus.Anchor{Para: m.para, Start: m.start, End: m.end}
	}
}

// noteMark is a mark in the text that refers to a note.
type noteMark struct {
	label            string
	para, start, end int // ordinal of the paragraph, bytes of its text
	page             int
	slash            bool // "1/": a mark only in documents whose notes begin so
	used             bool
}

// choose returns which of the candidates a note is tied to; -1 if none.
func choose(marks []noteMark, candidates []int, last, page int) int {
	after, first := -1, -1
	for _, k := range candidates {
		m := &marks[k]
		if m.used {
			continue
		}
		if page > 0 && m.page == page {
			return k
		}
		if after < 0 && k > last && (page == 0 || m.page <= page) {
			after = k
		}
		if first < 0 {
			first = k
		}
	}
	if after >= 0 {
		return after
	}
	return first
}

// appendMarks appends the marks of a paragraph.
func appendMarks(marks []noteMark, p *corpus.Paragraph) []noteMark {
	prev := ' '
	for off := 0; off < len(p.Text); {
		r, n := utf8.DecodeRuneInString(p.Text[off:])
		label, size, slash := "", 0, false
		if beginsMark(r) {
			label, size, slash = markAt(p.Text[off:], prev)
		}
		if size == 0 {
			prev = r
			off += n
			continue
		}
		marks = append(marks, noteMark{
			label: label, para: p.Ord, start: off, end: off + size, page: p.PageAt(off).Page, slash: slash,
		})
		off += size
		prev = '0'
	}
	return marks
}

// beginsMark reports whether a mark may begin with a rune; nearly none does.
func beginsMark(r rune) bool {
	return r >= '0' && r <= '9' || r == '*' || r == '[' || r >= utf8.RuneSelf && strings.ContainsRune(raisedSet+"†‡", r)
}

// markAt returns the mark that s begins with, after the letter prev; size is 0
// if there is none.
func markAt(s string, prev rune) (label string, size int, slash bool) {
	if digits := raisedDigits(s); digits != "" {
		return digits, len(Superscript(digits)), false
	}
	if slashMark.MatchString(s) && !unicode.IsDigit(prev) && prev != '/' {
		end := strings.IndexByte(s, '/')
		return s[:end], end + 1, true
	}
	if !unicode.IsLetter(prev) && !unicode.IsPunct(prev) || prev == '*' {
		return "", 0, false
	}
	if m := starMark.FindString(s); m != "" {
		return m, len(m), false
	}
	if m := bracketMark.FindString(s); m != "" {
		return strings.Trim(m, "[]"), len(m), false
	}
	return "", 0, false
}

// Marks that are not raised: a digit after the slash would make it the number
// of a resolution.
var (
	slashMark   = lazyregexp.New(`^\d{1,3}/(?:\D|$)`)
	starMark    = lazyregexp.New(`^(?:\*{1,4}|†{1,2}|‡{1,2})`)
	bracketMark = lazyregexp.New(`^\[(?:\d{1,3}|[ivxlc]{1,8})\]`)
)

// raisedDigits returns the raised digits that s begins with, as digits.
func raisedDigits(s string) string {
	var b strings.Builder
	for _, r := range s {
		i := strings.IndexRune(raisedSet, r)
		if i < 0 || b.Len() > 3 {
			break
		}
		b.WriteByte(byte('0' + len([]rune(raisedSet[:i]))))
	}
	return b.String()
}

const raisedSet = "⁰¹²³⁴⁵⁶⁷⁸⁹"
