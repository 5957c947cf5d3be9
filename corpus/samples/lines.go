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

// style is a face in a size, in points.
type style struct {
	face face
	size float64
}

// piece is a run of letters in one style.
type piece struct {
	style
	text string
	rise float64 // above the base line, in points
	wide float64 // points
	note int     // footnote that the piece marks; 0 if none
}

// line is one line of a paragraph: words with equal gaps.
type line struct {
	words [][]piece
	wide  float64 // of the words alone, without gaps
	gap   float64 // between two words, at least
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

// natural is the width of the line when its gaps are as small as they may be.
func (l line) natural() float64 { return l.wide + l.gap*float64(max(0, len(l.words)-1)) }

// box is where the lines of a paragraph stand, in points.
type box struct {
	x, measure float64
	indent     float64 // of the first line
	lead       float64 // distance of base lines
	justify    bool
}

// measurer tells how wide a text is, in points.
type measurer func(text string, s style) float64

// breakLines fills the lines of a box with the words of spans.
func breakLines(spans []span, base style, in box, m measurer) []line {
	fresh := line{gap: m(" ", style{roman, base.size})}
	cur := fresh
	room := in.measure - in.indent
	var out []line
	for _, w := range words(spans, base, m) {
		wide := wordWidth(w)
		if len(cur.words) > 0 && cur.natural()+cur.gap+wide > room {
			out = append(out, cur)
			cur, room = fresh, in.measure
		}
		cur.words = append(cur.words, w)
		cur.wide += wide
	}
	cur.last = true
	return append(out, cur)
}

// words cuts spans at spaces. A word may change its face inside, and a note
// mark belongs to the word before it.
func words(spans []span, base style, m measurer) [][]piece {
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
			cur = append(cur, noteMark(s.note, base, m))
			continue
		}
		st := base
		if s.italic {
			st.face = italic
		}
		for i, text := range strings.Split(s.text, " ") {
			if i > 0 {
				flush()
			}
			if text != "" {
				cur = append(cur, piece{text: text, style: st, wide: m(text, st)})
			}
		}
	}
	flush()
	return out
}

// noteMark is the number of a footnote, small and raised.
func noteMark(n int, base style, m measurer) piece {
	small := style{base.face, base.size * 0.65}
	return piece{text: itoa(n), style: small, rise: base.size * 0.35, wide: m(itoa(n), small), note: n}
}

func wordWidth(w []piece) float64 {
	var sum float64
	for _, p := range w {
		sum += p.wide
	}
	return sum
}
