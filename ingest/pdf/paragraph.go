package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
)

// maxParagraph is how long a paragraph may grow, in bytes. Text without any
// sign of a paragraph is cut.
const maxParagraph = 64 << 10

// paragraph grows line by line.
type paragraph struct {
	role  corpus.Role
	label string
	text  string
	spans []corpus.PageSpan

	lines    int
	last     line    // the last line
	lead     float64 // distance of its last two lines; 0 if it has one
	bold     bool    // all of its lines are
	italic   bool    // all of its text is
	centred  bool
	repair   *repair // of the page it begins on; nil if none
	raw      string
	raised   bool // a note whose mark is raised
	maxSize  float64
	lastPage int
}

// bodyLine adds a line of the body to the open paragraph, or begins one.
func (a *assembler) bodyLine(p *page, l *line, table bool) {
	if table {
		a.push(&paragraph{role: corpus.RoleTable, label: label(l), text: l.text, spans: []corpus.PageSpan{p.span(0)}, repair: p.repair})
		a.body = nil
		return
	}
	if len(l.parts) == 0 {
		a.textLine(p, l)
		return
	}
	for i, part := range l.split() {
		if i > 0 {
			a.body = nil
		}
		a.textLine(p, &part)
	}
}

// textLine adds a line that is no row of a table.
func (a *assembler) textLine(p *page, l *line) {
	num := label(l)
	if b := a.body; b != nil && len(b.text)+len(l.text) < maxParagraph && !a.starts(p, l, num) {
		a.grow(b, p, l)
		return
	}
	if num != "" {
		a.labels = append(a.labels[max(0, len(a.labels)-8):], num)
	}
	a.body = newParagraph(p, l, num)
	a.push(a.body)
}

func newParagraph(p *page, l *line, num string) *paragraph {
	return &paragraph{
		role: corpus.RoleBody, label: num, text: l.text, spans: []corpus.PageSpan{p.span(0)}, lines: 1, last: *l,
		repair: p.repair, bold: l.bold, italic: l.italic, centred: isCentred(l), maxSize: l.size, lastPage: p.no,
	}
}

// grow appends a line.
func (a *assembler) grow(b *paragraph, p *page, l *line) {
	text, start := a.words.join(b.text, l.text)
	if p.no != b.lastPage {
		b.spans = append(b.spans, p.span(start))
		b.lead = 0
	} else if b.last.block == l.block {
		b.lead = b.last.y - l.y
	}
	b.text, b.last, b.lastPage = text, *l, p.no
	b.lines++
	b.italic = b.italic && l.italic
	b.bold, b.centred, b.maxSize = b.bold && l.bold, b.centred && isCentred(l), max(b.maxSize, l.size)
}

// noteLine adds a line of a footnote.
func (a *assembler) noteLine(p *page, l *line) {
	if a.note == nil || startsNote(l) && (l.mark != "" || !a.note.raised || a.notes.counts(a.note.label, l)) {
		a.note = newParagraph(p, l, noteMark(l))
		a.note.raised = l.mark != ""
		a.note.role = corpus.RoleFootnote
		a.push(a.note)
		return
	}
	a.grow(a.note, p, l)
}

// isCentred reports whether a line stands in the middle of its column with
// room on both sides. A place where many lines begin is an indent.
func isCentred(l *line) bool {
	const indent = 4 // lines
	if l.peers >= indent {
		return false
	}
	left, right := l.x0-l.left, l.right-l.x1
	return left > 2*l.size && right > 2*l.size && math.Abs(left-right) < 2*l.size
}

// starts decides whether a line begins a new paragraph.
func (a *assembler) starts(p *page, l *line, num string) bool {
	b, size := a.body, a.meter.bodySize()
	if p.no != b.lastPage || l.block != b.last.block {
		return a.startsAfterBreak(p, l, num)
	}
	prev := &b.last
	gap, lead := prev.y-l.y, a.lead(l)
	if a.breaks(l, gap, lead) || changesWeight(b, l) || leavesPart(prev, l) || leader.MatchString(prev.text) {
		return true
	}
	short := isShort(prev, l.left, l.right, size)
	switch {
	case num != "" || isBullet(l.text):
		return a.numberCounts(l, num, gap > 1.15*lead, short, size)
	case b.lines == 1 && b.label != "" && l.x0 > prev.x0:
		return false // a hanging indent
	}
	return startsByShape(prev, l, short, size)
}

// lead returns the distance at which the next line of the paragraph is
// expected, in points.
func (a *assembler) lead(l *line) float64 {
	if a.body.lead > 0 {
		return a.body.lead
	}
	return a.meter.leading() * max(1, l.size/a.meter.bodySize())
}

// breaks reports whether space, size or place keep a line apart from the one
// before. A paragraph of two lines tells its own distance, and less is needed.
func (a *assembler) breaks(l *line, gap, lead float64) bool {
	prev := &a.body.last
	space := 1.35
	if a.body.lead > 0 {
		space = 1.22
	}
	return gap > space*lead+1 || gap < -l.size ||
		gap < 0.3*l.size && l.x0 < prev.x1 || // printed over each other
		math.Abs(prev.size-l.size) > 0.12*a.meter.bodySize()
}

// isShort reports whether a line ends well before the right edge.
func isShort(l *line, left, right, size float64) bool {
	return l.x1 < right-0.12*(right-left) && l.x1 < right-2*size
}

// leavesPart reports whether a line begins beside or under another part: what
// goes on begins at the same place.
func leavesPart(prev, l *line) bool {
	return l.open || prev.open && math.Abs(l.x0-prev.x0) > 0.5*l.size
}

// changesWeight reports whether a bold line ends here, or one begins: a
// heading without space around it.
func changesWeight(b *paragraph, l *line) bool {
	if b.last.bold == l.bold {
		return false
	}
	if l.bold {
		return endsSentence(b.text) || b.last.x1 < b.last.right-0.3*(b.last.right-b.last.left)
	}
	return b.bold && (b.last.x1 < b.last.right-0.15*(b.last.right-b.last.left)) && !startsLower(l.text)
}

// numberCounts decides whether a number at the start of a line numbers a
// paragraph: the line before ends a sentence or leaves room, and the shape of
// the lines or the sequence speaks for it.
func (a *assembler) numberCounts(l *line, num string, wide, short bool, size float64) bool {
	prev := &a.body.last
	moved := math.Abs(l.x0-prev.x0) > 0.5*size
	next := a.isNext(num) || isFirst(num) && (wide || moved)
	if !endsItem(prev.text) && !(short && (wide || next)) && !(wide && next) {
		return false
	}
	return next || !isWeak(num) && (wide || short || moved)
}

// isNext reports whether a number follows one of the last ones.
func (a *assembler) isNext(num string) bool {
	for _, old := range a.labels {
		if successor(old, num) {
			return true
		}
	}
	return false
}

// startsByShape reports whether indents and short lines tell a new paragraph.
func startsByShape(prev, l *line, short bool, size float64) bool {
	indent := l.x0 - prev.x0
	farShort := prev.x1 < l.right-0.25*(l.right-l.left)
	if farShort && isCentred(prev) != isCentred(l) {
		return true
	}
	if indent > 0.8*size && prev.x1 < l.right-6*size && !isCentred(l) {
		return true
	}
	if !endsSentence(prev.text) || startsLower(l.text) {
		return false
	}
	return farShort || indent > 0.8*size && indent < 6*size || short && indent < -0.8*size
}

// startsAfterBreak decides it across a page or column break: a sentence that
// is not finished goes on.
func (a *assembler) startsAfterBreak(p *page, l *line, num string) bool {
	b, size := a.body, a.meter.bodySize()
	prev, newPage := &b.last, p.no != b.lastPage
	short := isShort(prev, prev.left, prev.right, size)
	switch {
	case p.no > b.lastPage+1, isCentred(prev), math.Abs(prev.size-l.size) > 0.12*size, b.otherWeight(l):
		return true
	case num != "" || isBullet(l.text):
		return short || a.isNext(num) || endsItem(prev.text) && (!isPoint(num) || isFirst(num))
	case startsLower(l.text):
		return false
	case endsSentence(prev.text):
		return short || l.x0 > l.left+0.8*size || !newPage
	}
	return short || !newPage && prev.x1 < prev.right-size
}

// otherWeight reports whether a line differs from a bold paragraph, or is bold
// after the end of a sentence.
func (b *paragraph) otherWeight(l *line) bool {
	return b.bold && !l.bold || l.bold && !b.bold && endsSentence(b.last.text)
}

// trimMarks cuts note marks and closing quotes from the end of a line.
func trimMarks(s string) string {
	return strings.TrimRight(s, " ⁰¹²³⁴⁵⁶⁷⁸⁹*†‡»”\"’'")
}

// initial ends a line that ends in the initial of a name or an abbreviation
// that wants a word or a number after it.
var initial = regexp.MustCompile(`(?:^|[\s(«„“"])(?:\p{Lu}|[Aa]rts?|[Nn]os?|[Pp]aras?|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|v|vs|ст|ч|п|пп|г|гг|им|т|см|ср|др|ред|рис|б|бб|қ)\.$`)

// endsSentence reports whether a line ends where a sentence may end.
func endsSentence(s string) bool {
	t := trimMarks(s)
	r, _ := utf8.DecodeLastRuneInString(t)
	return strings.ContainsRune(".!?:;…", r) && !initial.MatchString(t[max(0, len(t)-24):])
}

// endsItem reports whether an item of a list may end here.
func endsItem(s string) bool {
	if endsSentence(s) {
		return true
	}
	t := trimMarks(s)
	for _, w := range []string{",", " and", " or", " и", " или", " және", " немесе"} {
		if strings.HasSuffix(t, w) {
			return true
		}
	}
	r, _ := utf8.DecodeLastRuneInString(t)
	return r == ')' || r == ']' || unicode.IsDigit(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// finish settles the role of a paragraph; false if nothing is left of it.
func (b *paragraph) finish(body float64) bool {
	b.mend()
	b.text = strings.TrimSpace(strings.TrimSuffix(b.text, softHyphen))
	if b.text == "" {
		return false
	}
	if b.role == corpus.RoleBody && b.isHeading(body) {
		b.role = corpus.RoleHeading
	}
	return true
}

// symbol is that of a UN document: large type, and no heading.
var symbol = regexp.MustCompile(`^[A-Z]{1,5}(?:/[\w.()*-]+){1,8}$`)

// isHeading goes by type and shape: short, without a full stop, and bold,
// italic, large, centred or in capitals.
func (b *paragraph) isHeading(body float64) bool {
	const (
		most     = 240 // characters of a heading
		mostCaps = 120 // of one in capitals
		mostStop = 60  // of one with a full stop
	)
	n := utf8.RuneCountInString(b.text)
	if n > most || b.lines > 4 || letters(b.text) < 3 || isBullet(b.text) || symbol.MatchString(b.text) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(trimMarks(b.text))
	switch {
	case last == ';', last == ',', last == '.' && n > mostStop:
		return false
	case b.bold, b.centred, b.maxSize > 1.12*body:
		return true
	case b.italic && b.lines <= 2 && last != '.':
		return true
	}
	return n < mostCaps && isCapitals(b.text)
}

// isCapitals reports whether s has at least four letters, all capitals.
func isCapitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 4
}

func (b *paragraph) result() corpus.Paragraph {
	return corpus.Paragraph{Pages: b.spans, Label: b.label, Role: b.role, Text: b.text, Raw: b.raw}
}

// tableLines tells which lines are rows of a table: at least three cells, and
// a neighbour in the column with as many that begin at the same places. Rows
// beside them whose cells are full, with narrow gaps, are told by the places.
func tableLines(ls []line) []bool {
	out := make([]bool, len(ls))
	for i := 1; i < len(ls); i++ {
		if ls[i].block == ls[i-1].block && aligned(ls[i-1].cells, ls[i].cells) {
			out[i-1], out[i] = true, true
		}
	}
	spread := func(from, to int) {
		if out[from] && !out[to] && ls[from].block == ls[to].block && math.Abs(ls[from].y-ls[to].y) < rowGap*ls[from].size {
			out[to] = aligned(ls[from].starts, ls[to].starts)
		}
	}
	for i := 1; i < len(ls); i++ {
		spread(i-1, i)
	}
	for i := len(ls) - 1; i > 0; i-- {
		spread(i, i-1)
	}
	return out
}

// rowGap is the largest distance of the rows of a table with one line each, in
// sizes of letters.
const rowGap = 3

// aligned reports whether two rows have at least three cells, of which two
// beside the first begin at the same places.
func aligned(a, b []float64) bool {
	if len(a) < 3 || len(b) < 3 {
		return false
	}
	n := 0
	for _, x := range a[1:] {
		for _, y := range b[1:] {
			if math.Abs(x-y) < 4 {
				n++
				break
			}
		}
	}
	return n >= 2
}
