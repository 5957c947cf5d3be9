package number

import (
	"strings"
	"unicode/utf8"
)

// List follows the numbers of a text line by line, to tell a line that begins
// a point from one that goes on and happens to begin with a number.
type List struct {
	last  map[style]mark
	ended bool // the line before could end a paragraph
}

// Begin tells that the next line begins a paragraph anyway.
func (l *List) Begin() { l.ended = true }

// Next takes the next line and reports whether it begins a point: its number
// is the next after the one before, or the first after a sentence or a colon.
func (l *List) Next(line string) bool {
	begins := false
	for _, m := range parse(line) {
		if l.begins(m) {
			if l.last == nil {
				l.last = make(map[style]mark)
			}
			l.last[m.style] = m
			begins = true
			break
		}
	}
	l.ended = endsSentence(line)
	return begins
}

func (l *List) begins(m mark) bool {
	before, counting := l.last[m.style]
	if counting && m.follows(before) && (m.style != decimal || !m.low) {
		return true
	}
	if m.style == decimal && m.low || m.empty {
		return false
	}
	if m.style == upper || m.style == roman {
		return m.value == 1 && m.wide
	}
	return l.ended && (m.value == 1 || m.wide) || m.value == 1 && m.wide
}

// endsSentence reports whether a line ends as a paragraph or a lead-in can.
func endsSentence(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \t\r»\"”)"))
	return strings.ContainsRune(".;:!?…", r)
}
