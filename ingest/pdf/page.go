package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPageWarnings is how many different warnings one page may give.
const maxPageWarnings = 8

// page is what was read of one page, before it becomes paragraphs.
type page struct {
	no            int
	label         string // as printed
	given         string // as the file's page labels have it
	width, height float64
	lines         []line // in reading order
	rules         []rule
	warnings      []string

	lost      bool    // not in the file, which says there is one
	salvaged  bool    // from a file that is damaged
	broken    bool    // a part of the content could not be decoded
	strokes   int     // lines and curves drawn; rectangles do not count
	images    int     //
	imageArea float64 // of the largest image, as a share of the page
	glyphs    int     // codes shown
	unknown   int     // of these, without text
	private   int     // in the private use area: dropped
	hidden    int     // drawn invisibly
	own       int     // letters outside of running heads
	ocr       float64 // confidence of what was read from the image; 0 if the text is the file's
	engine    string  // the program that read it
	repair    *repair // of its text; nil if none
	boxes     bool    // the places of words are kept
}

// line is a line of text as a reader sees it.
type line struct {
	x0, x1, y   float64
	left, right float64 // edges of the column it stands in
	block       int     // number of that column on the page
	peers       int     // lines of the column that begin at the same place
	text        string
	mark        string    // the raised mark it begins with
	cells       []float64 // left edges of its parts with wide gaps between
	starts      []float64 // left edges of its segments: cells, and words with a tab's gap between
	tab         float64   // from its beginning to its second segment; 0 if it has one
	parts       []part    // where it is cut by gaps as in mastheads and forms
	open        bool      // it is such a part
	frame       int       // degrees that the text is turned by
	words       []wordBox // none unless they are asked for
	look
}

// look is the type of most of a text.
type look struct {
	size         float64
	bold, italic bool
}

// part says where a part of a line ends, and the next one begins.
type part struct {
	end           int     // bytes of the text
	x1, x0        float64 // end of the one, beginning of the other
	before, after look
}

// split cuts a line into its parts.
func (l *line) split() []line {
	out := make([]line, 0, len(l.parts)+1)
	rest := *l
	rest.parts, rest.open = nil, true
	from := 0
	for _, p := range l.parts {
		left := rest
		left.text, left.x1, left.tab, left.look = l.text[from:p.end], p.x1, 0, p.before
		out = append(out, left)
		rest.text, rest.x0, rest.mark, rest.tab, from = strings.TrimLeft(l.text[p.end:], " "), p.x0, "", 0, p.end+1
		rest.look = p.after
	}
	return append(out, rest)
}

// warn notes a warning once.
func (p *page) warn(s string) {
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "") + "…"
	}
	if len(p.warnings) < maxPageWarnings && !slices.Contains(p.warnings, s) {
		p.warnings = append(p.warnings, s)
	}
}

// addImage counts an image, which fills the unit square of m.
func (p *page) addImage(m matrix) {
	p.images++
	if a := p.width * p.height; a > 0 && m.finite() {
		p.imageArea = max(p.imageArea, min(1, m.area()/a))
	}
}

func (p *page) addRules(rules []rule) {
	if len(p.rules)+len(rules) <= maxRules {
		p.rules = append(p.rules, rules...)
	}
}

// layout turns glyphs into lines in reading order.
func (p *page) layout(glyphs []glyph) {
	glyphs = p.count(glyphs)
	for _, f := range frames(glyphs) {
		segs := f.segments(p.boxes)
		if len(segs) == 0 {
			continue
		}
		block := 0
		if n := len(p.lines); n > 0 {
			block = p.lines[n-1].block + 1
		}
		p.lines = append(p.lines, joinLines(inOrder(segs), f.angle, block)...)
	}
}

// count counts the glyphs and leaves out those that are not on the page and
// those of the private use area: logos and the bar code of UN documents.
func (p *page) count(glyphs []glyph) []glyph {
	const margin = 2 // points; letters may touch the edge
	kept := glyphs[:0]
	for _, g := range glyphs {
		if max(g.x0, g.x1) < -margin || min(g.x0, g.x1) > p.width+margin || g.y0 < -margin || g.y0 > p.height+margin || g.size < 0.5 {
			continue
		}
		r, n := utf8.DecodeRuneInString(g.text)
		if n == len(g.text) && (r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000) {
			p.private++
			continue
		}
		if r != ' ' {
			p.glyphs++
			if r == utf8.RuneError {
				p.unknown++
			}
			if g.style&hidden != 0 {
				p.hidden++
			}
		}
		kept = append(kept, g)
	}
	return kept
}

// letters counts the letters of s.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
