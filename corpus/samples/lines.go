package samples

import "strings"

// face is one cut of the font.
type face string

// The faces, as fpdf calls styles.
const (
	roman  face = ""
	bold   face = "B"
	italic face = "I"
)

// piece is a run of letters in one face, size and height above the base line.
type piece struct {
	text string
	face face
	size float64 // points
	rise float64 // points
	wide float64 // points
	note int     // footnote that the piece marks; 0 if none
}

// line is one line of a paragraph: words with equal gaps.
type line struct {
	words [][]piece
	wide  float64 // of the words alone, without gaps
	last  bool    // of its paragraph
}

// notes returns the footnotes that are marked in the line, in order.
func (l line) notes() []int {
	var out []int
	for _, w := range l.words {
		for _, p := range w {
			if p.note != 0 {
				out = append(out, p.note)
			}
		}
	}
	return out
}

// measurer tells how wide a text is, in points.
type measurer func(text string, f face, size float64) float64

// breakLines fills lines no wider than measure with the words of spans. The
// first line is shorter by indent.
func breakLines(spans []span, base face, size, measure, indent float64, m measurer) []line {
	gap := m(" ", roman, size)
	var out []line
	var cur line
	room := measure - indent
	for _, w := range words(spans, base, size, m) {
		wide := wordWidth(w)
		if len(cur.words) > 0 && cur.wide+wide+gap*float64(len(cur.words)) > room {
			out = append(out, cur)
			cur, room = line{}, measure
		}
		cur.words = append(cur.words, w)
		cur.wide += wide
	}
	cur.last = true
	return append(out, cur)
}

// words cuts spans at spaces. A word may change its face inside, and a note
// mark belongs to the word before it.
func words(spans []span, base face, size float64, m measurer) [][]piece {
	var out [][]piece
	var cur []piece
	flush := func() {
		if len(cur) > 0 {
			out = append(out, cur)
			cur = nil
		}
	}
	for _, s := range spans {
		if s.note != 0 {
			mark := piece{text: itoa(s.note), face: base, size: size * 0.65, rise: size * 0.35, note: s.note}
			mark.wide = m(mark.text, mark.face, mark.size)
			cur = append(cur, mark)
			continue
		}
		f := base
		if s.italic {
			f = italic
		}
		for i, text := range strings.Split(s.text, " ") {
			if i > 0 {
				flush()
			}
			if text != "" {
				cur = append(cur, piece{text: text, face: f, size: size, wide: m(text, f, size)})
			}
		}
	}
	flush()
	return out
}

func wordWidth(w []piece) float64 {
	var sum float64
	for _, p := range w {
		sum += p.wide
	}
	return sum
}
