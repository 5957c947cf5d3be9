package pdf

import (
	"slices"
	"sort"
	"unicode/utf16"
)

// Limits of a CMap.
const (
	maxCMap       = 4 << 20 // bytes
	maxCMapRanges = 1 << 17
)

// codespace is a range of codes of one length.
type codespace struct {
	lo, hi uint32
	length int
}

// span maps the codes lo to hi to text, or to character identifiers.
type span struct {
	lo, hi uint32
	text   []uint16   // UTF-16 of lo; the last unit counts up
	list   [][]uint16 // or one text a code
	cid    uint32     // or the identifier of lo
}

// cmap is what a CMap stream says (ISO 32000-1, 9.7.5 and 9.10.3).
type cmap struct {
	spaces []codespace
	spans  []span // sorted by lo
}

// parseCMap reads a CMap. What it does not understand it passes over.
func parseCMap(b []byte) *cmap {
	m := &cmap{}
	l := &lexer{b: b}
	for {
		op, args, ok := l.next()
		if !ok || len(m.spans) > maxCMapRanges {
			break
		}
		m.section(string(op), args, l)
	}
	slices.SortStableFunc(m.spans, func(a, b span) int {
		switch {
		case a.lo < b.lo:
			return -1
		case a.lo > b.lo:
			return 1
		}
		return 0
	})
	return m
}

// section takes over the operands of an end… operator. A section may have
// more entries than operands are kept, so the begin… operator reads on by
// itself.
func (m *cmap) section(op string, _ []operand, l *lexer) {
	switch op {
	case "begincodespacerange":
		l.entries(2, func(a []operand) {
			if n := len(a[0].str); n >= 1 && n <= 4 {
				m.spaces = append(m.spaces, codespace{codeOf(a[0].str), codeOf(a[1].str), n})
			}
		})
	case "beginbfchar":
		l.entries(2, func(a []operand) { m.add(a[0], a[0], a[1]) })
	case "beginbfrange":
		l.entries(3, func(a []operand) { m.add(a[0], a[1], a[2]) })
	case "begincidchar":
		l.entries(2, func(a []operand) { m.add(a[0], a[0], a[1]) })
	case "begincidrange":
		l.entries(3, func(a []operand) { m.add(a[0], a[1], a[2]) })
	}
}

// entries calls f with every n operands up to the next operator.
func (l *lexer) entries(n int, f func([]operand)) {
	l.args, l.arrays = l.args[:0], l.arrays[:0]
	for l.i < len(l.b) {
		c := l.b[l.i]
		switch {
		case isSpace(c):
			l.i++
		case c == '%':
			l.skipComment()
		case isDelim(c):
			l.delimited(c)
		case c >= '0' && c <= '9' || c == '-':
			l.push(operand{kind: opNumber, num: parseNumber(l.word())})
		default:
			return
		}
		if len(l.arrays) == 0 && len(l.args) == n {
			f(l.args)
			l.args = l.args[:0]
		}
	}
}

func (m *cmap) add(lo, hi, to operand) {
	if lo.kind != opString || hi.kind != opString || len(m.spans) > maxCMapRanges {
		return
	}
	s := span{lo: codeOf(lo.str), hi: codeOf(hi.str)}
	if s.hi < s.lo {
		return
	}
	switch to.kind {
	case opString:
		s.text = units(to.str)
	case opNumber:
		s.cid = uint32(max(0, min(to.num, 1<<20)))
	case opArray:
		for _, x := range to.arr {
			s.list = append(s.list, units(x.str))
		}
	case opName:
		s.text = utf16.Encode([]rune(glyphText(string(to.str))))
	case opOther:
		return
	}
	m.spans = append(m.spans, s)
}

// codeOf returns the number that a code of up to four bytes is.
func codeOf(b []byte) (c uint32) {
	for _, x := range b {
		c = c<<8 | uint32(x)
	}
	return c
}

// units returns the UTF-16 code units of b. One byte is one unit.
func units(b []byte) []uint16 {
	if len(b) == 1 {
		return []uint16{uint16(b[0])}
	}
	u := make([]uint16, 0, len(b)/2)
	for ; len(b) > 1; b = b[2:] {
		u = append(u, uint16(b[0])<<8|uint16(b[1]))
	}
	return u
}

// find returns the span of a code. Of overlapping spans the one that begins
// last wins.
func (m *cmap) find(code uint32) (span, bool) {
	i := sort.Search(len(m.spans), func(i int) bool { return m.spans[i].lo > code })
	for k := i - 1; k >= 0 && k >= i-16; k-- {
		if code <= m.spans[k].hi {
			return m.spans[k], true
		}
	}
	return span{}, false
}

// text returns the text of a code.
func (m *cmap) text(code uint32) (string, bool) {
	s, ok := m.find(code)
	if !ok {
		return "", false
	}
	n := code - s.lo
	switch {
	case s.list != nil:
		if int(n) >= len(s.list) {
			return "", false
		}
		return string(utf16.Decode(s.list[n])), len(s.list[n]) > 0
	case len(s.text) == 0:
		return "", false
	}
	return string(utf16.Decode(countUp(s.text, n))), true
}

// countUp adds n to a text. A carry goes on to the unit before, though the
// standard wants ranges that need none; a surrogate pair counts as one.
func countUp(u []uint16, n uint32) []uint16 {
	if n == 0 {
		return u
	}
	u = slices.Clone(u)
	last := len(u) - 1
	if last > 0 && utf16.IsSurrogate(rune(u[last])) {
		r := utf16.DecodeRune(rune(u[last-1]), rune(u[last])) + rune(n)
		hi, lo := utf16.EncodeRune(r)
		u[last-1], u[last] = uint16(hi), uint16(lo)
		return u
	}
	sum := uint32(u[last]) + n
	u[last] = uint16(sum)
	if carry := sum >> 16; carry > 0 && last > 0 {
		u[last-1] += uint16(carry)
	}
	return u
}

// length returns how many bytes the next code has, by the code spaces; 0 when
// none fits.
func (m *cmap) length(s []byte) int {
	for n := 1; n <= min(4, len(s)); n++ {
		c := codeOf(s[:n])
		for _, r := range m.spaces {
			if r.length == n && inSpace(c, r) {
				return n
			}
		}
	}
	return 0
}

// inSpace compares byte by byte: a code space is a box, not an interval
// (Adobe Technical Note 5014).
func inSpace(c uint32, r codespace) bool {
	for k := range r.length {
		x, lo, hi := byte(c>>(8*k)), byte(r.lo>>(8*k)), byte(r.hi>>(8*k))
		if x < lo || x > hi {
			return false
		}
	}
	return true
}
