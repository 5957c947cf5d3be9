package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Span is a part of a text, in bytes.
type Span struct{ Start, End int }

// Mark returns where spans of a passage stand on a leaf: boxes as those of its
// words, one a line. Passage is the part of a paragraph that stands on the
// page. Only letters and digits are compared: blanks, hyphens at line ends and
// raised digits differ between a text and a page. A span that is not found
// gives nothing.
func (l *Leaf) Mark(passage string, spans []Span) [][4]float64 {
	page, text := l.stream(), streamOf(passage)
	at := find(page.runes, text.runes, 0)
	var out [][4]float64
	for _, s := range spans {
		from, to := text.index(s.Start), text.index(s.End)
		if from >= to {
			continue
		}
		start := at + from
		if at < 0 { // the passage is broken up on the page: its words are looked for alone
			if start = find(page.runes, text.runes[from:to], 0); start < 0 {
				continue
			}
		}
		out = append(out, l.boxes(page, start, start+to-from)...)
	}
	return out
}

// stream is the letters and digits of a text, and where each comes from: the
// byte of a passage, or the word of a leaf.
type stream struct {
	runes []rune
	from  []int
}

func (s *stream) add(text string, from func(off int) int) {
	for off, r := range text {
		for _, c := range norm.NFKD.String(string(r)) {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				s.runes = append(s.runes, unicode.ToLower(c))
				s.from = append(s.from, from(off))
			}
		}
	}
}

func streamOf(text string) *stream {
	s := &stream{}
	s.add(text, func(off int) int { return off })
	return s
}

func (l *Leaf) stream() *stream {
	s := &stream{}
	for i := range l.Words {
		s.add(l.Words[i].Text, func(int) int { return i })
	}
	return s
}

// index returns how many runes of the stream come from before a byte.
func (s *stream) index(off int) int {
	n := 0
	for n < len(s.from) && s.from[n] < off {
		n++
	}
	return n
}

// find returns where part begins in all, from on; -1 if nowhere.
func find(all, part []rune, from int) int {
	if len(part) == 0 || from > len(all) {
		return -1
	}
	text := string(all[from:])
	i := strings.Index(text, string(part))
	if i < 0 {
		return -1
	}
	return from + len([]rune(text[:i]))
}

// boxes returns the boxes of the runes [start, end) of a page: words of one
// line that follow each other have one. Of a word that is marked in part, that
// part is.
func (l *Leaf) boxes(page *stream, start, end int) [][4]float64 {
	var out [][4]float64
	for i := start; i < min(end, len(page.from)); {
		w := page.from[i]
		first, last := i, i
		for first > 0 && page.from[first-1] == w {
			first--
		}
		for last < len(page.from) && page.from[last] == w {
			last++
		}
		box := l.Words[w].Box
		width, n := box[2]-box[0], float64(last-first)
		box[2] = box[0] + width*float64(min(end, last)-first)/n
		box[0] += width * float64(i-first) / n
		if k := len(out) - 1; k >= 0 && joins(out[k], box) {
			out[k][2] = box[2]
			out[k][1], out[k][3] = min(out[k][1], box[1]), max(out[k][3], box[3])
		} else {
			out = append(out, box)
		}
		i = last
	}
	return out
}

// joins reports whether a box follows another on one line.
func joins(a, b [4]float64) bool {
	height := a[3] - a[1]
	mid := (b[1] + b[3]) / 2
	return mid > a[1] && mid < a[3] && b[0] >= a[0] && b[0]-a[2] < 1.5*height
}
