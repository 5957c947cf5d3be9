package pdf

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// noteSize is how small notes are against the body.
const noteSize = 0.93

var (
	noteStart = regexp.MustCompile(`^(\d{1,3}|\*{1,4}|[†‡])[.)/]?\s+\S`)
	slashNote = regexp.MustCompile(`^\d{1,3}/\s+\S`) // UN documents before 1995
	ruleText  = regexp.MustCompile(`^[_\s]{5,}$`)
	starStart = regexp.MustCompile(`^(\*{1,4}|[†‡])\S`)
	markDigit = regexp.MustCompile(`[⁰¹²³⁴⁵⁶⁷⁸⁹]+`)
)

// notes tells footnotes from the body, page by page.
type notes struct {
	last int    // number of the last note; 0 if none
	page int    // page of the last note
	text string // its last line
}

// split returns the body of a page and the lines of its footnotes. Notes are
// the last lines of a column that are smaller than the body, or stand under a
// short rule, from the first line that begins with a mark.
func (n *notes) split(p *page, ls []line, body float64) (text, foot []line) {
	marks := markSet(ls)
	for i := 0; i < len(ls); {
		j := i + 1
		for j < len(ls) && ls[j].block == ls[i].block {
			j++
		}
		at := n.zone(p, ls[i:j], body, marks)
		text = append(text, ls[i:i+at]...)
		foot = append(foot, ls[i+at:j]...)
		i = j
	}
	for i := range foot {
		if k, err := strconv.Atoi(noteMark(&foot[i])); err == nil {
			n.last = k
		}
		n.page, n.text = p.no, foot[i].text
	}
	return text, foot
}

// zone returns the index of the first line of notes in a column.
func (n *notes) zone(p *page, ls []line, body float64, marks map[string]bool) int {
	first := len(ls)
	for first > 0 && ls[first-1].size < noteSize*body {
		first--
	}
	rule := underRule(p, ls)
	if rule >= 0 && rule < first && (isNoteMark(ls[rule].mark) || slashNote.MatchString(ls[rule].text)) {
		first = rule
	}
	if first > 0 && first < len(ls) && n.goesOn(p, &ls[first], rule == first) {
		return first
	}
	for i := first; i < len(ls); i++ {
		l := &ls[i]
		if startsNote(l) && n.believes(l, marks, i == rule, first == 0) {
			return i
		}
	}
	return len(ls)
}

// goesOn reports whether a note of the page before goes on with a line.
func (n *notes) goesOn(p *page, l *line, ruled bool) bool {
	return n.page == p.no-1 && !startsNote(l) && (ruled || !endsSentence(n.text))
}

// believes reports whether what looks like a note is one: its mark is raised,
// or stands in the text above, or is the next. Where a whole page is small,
// only a raised mark counts.
func (n *notes) believes(l *line, marks map[string]bool, ruled, whole bool) bool {
	if l.mark != "" {
		return true
	}
	return !whole && (ruled && slashNote.MatchString(l.text) || marks[noteMark(l)] || n.follows(l) || strings.HasPrefix(l.text, "*"))
}

// follows reports whether the number of a note is the next one.
func (n *notes) follows(l *line) bool {
	k, err := strconv.Atoi(noteMark(l))
	return err == nil && n.last > 0 && k == n.last+1
}

// counts reports whether a line begins with the number after label.
func (*notes) counts(label string, l *line) bool {
	n, err := strconv.Atoi(label)
	k, err2 := strconv.Atoi(noteMark(l))
	return err == nil && err2 == nil && k == n+1
}

// startsNote reports whether a line can begin a note.
func startsNote(l *line) bool {
	return isNoteMark(l.mark) || noteStart.MatchString(l.text) || starStart.MatchString(l.text)
}

func isNoteMark(s string) bool {
	s = strings.Trim(s, " .)")
	return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789*†‡") == ""
}

// noteMark returns the mark a line begins with: "12" or "*".
func noteMark(l *line) string {
	if isNoteMark(l.mark) {
		return strings.Trim(l.mark, " .)")
	}
	if m := noteStart.FindStringSubmatch(l.text); m != nil {
		return m[1]
	}
	if m := starStart.FindStringSubmatch(l.text); m != nil {
		return m[1]
	}
	return ""
}

// markSet returns the raised numbers in the lines, as digits.
func markSet(ls []line) map[string]bool {
	set := map[string]bool{}
	for i := range ls {
		for _, m := range markDigit.FindAllStringIndex(ls[i].text, -1) {
			if m[0] > 0 { // after a word
				set[plainDigits(ls[i].text[m[0]:m[1]])] = true
			}
		}
	}
	return set
}

// plainDigits turns superscripts into digits.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		for i, x := range superscripts {
			if r == x {
				return rune('0' + i)
			}
		}
		return r
	}, s)
}

// underRule returns the index of the first line under the lowest short rule
// at the left edge of a column, -1 if there is none.
func underRule(p *page, ls []line) int {
	if len(ls) == 0 || ls[0].frame != 0 {
		return -1
	}
	width := ls[0].right - ls[0].left
	y := math.Inf(1)
	for _, r := range p.rules {
		w := r.x1 - r.x0
		if math.Abs(r.x0-ls[0].left) < 40 && w > 0.1*width && w < 0.6*width && r.y < y {
			y = r.y
		}
	}
	for i := range ls {
		if ls[i].y < y && !math.IsInf(y, 1) {
			return i
		}
	}
	return -1
}
