package pdf

import (
	"bytes"
	"math"
)

// Limits of a content stream.
const (
	maxOperands   = 64
	maxArrayDepth = 16
)

// operandKind is the type of an operand.
type operandKind uint8

const (
	opOther  operandKind = iota // a dictionary, true, false or null: no operator here needs one
	opNumber                    // num
	opName                      // str, without the slash
	opString                    // str, the bytes of a string
	opArray                     // arr
)

// operand is what stands before an operator.
type operand struct {
	kind operandKind
	num  float64
	str  []byte
	arr  []operand
}

// lexer splits a content stream into operators with their operands (ISO
// 32000-1, 7.8.2). Malformed tokens are skipped, never fatal.
type lexer struct {
	b      []byte
	i      int
	args   []operand
	arrays [][]operand // open arrays, innermost last
	pool   [][]operand // arrays of earlier operators, to be used again
	used   int         // how many of them this operator uses
}

// next returns the next operator, its operands, and whether there was one.
// The operands are valid until the following call. An inline image comes as
// the operator BI, without operands.
func (l *lexer) next() (op []byte, args []operand, ok bool) {
	l.args, l.arrays, l.used = l.args[:0], l.arrays[:0], 0
	for l.i < len(l.b) {
		c := l.b[l.i]
		switch {
		case isSpace(c):
			l.i++
		case c == '%':
			l.skipComment()
		case isDelim(c):
			l.delimited(c)
		case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
			l.push(operand{kind: opNumber, num: parseNumber(l.word())})
		default:
			w := l.word()
			if isConstant(w) {
				l.push(operand{})
				continue
			}
			if string(w) == "BI" {
				l.skipInlineImage()
				return w, nil, true
			}
			if len(l.arrays) > 0 {
				continue // a stray word inside an array; the array goes on
			}
			return w, l.args, true
		}
	}
	return nil, nil, false
}

func isConstant(w []byte) bool {
	return string(w) == "true" || string(w) == "false" || string(w) == "null"
}

// push adds an operand to the innermost open array, or to the operator's.
func (l *lexer) push(o operand) {
	if n := len(l.arrays); n > 0 {
		l.arrays[n-1] = append(l.arrays[n-1], o)
		return
	}
	if len(l.args) == maxOperands {
		l.args = append(l.args[:0], l.args[1:]...) // the last operands count
	}
	l.args = append(l.args, o)
}

// delimited reads a token that begins with a delimiter.
func (l *lexer) delimited(c byte) {
	switch c {
	case '/':
		l.i++
		l.push(operand{kind: opName, str: unescapeName(l.word())})
	case '(':
		l.i++
		l.push(operand{kind: opString, str: l.literal()})
	case '<':
		if l.i+1 < len(l.b) && l.b[l.i+1] == '<' {
			l.skipDict()
			l.push(operand{})
			return
		}
		l.hexString()
	case '[':
		if len(l.arrays) < maxArrayDepth {
			l.arrays = append(l.arrays, l.spare())
		}
		l.i++
	case ']':
		if n := len(l.arrays); n > 0 {
			a := l.arrays[n-1]
			l.arrays = l.arrays[:n-1]
			l.pool = append(l.pool[:l.used], a) // the slice may have grown
			l.used++
			l.push(operand{kind: opArray, arr: a})
		}
		l.i++
	default: // a stray closing delimiter
		l.i++
	}
}

// spare returns an empty array, if possible one of an earlier operator.
func (l *lexer) spare() []operand {
	if n := len(l.pool); n > l.used {
		a := l.pool[n-1]
		l.pool = l.pool[:n-1]
		return a[:0]
	}
	return nil
}

// word reads regular characters.
func (l *lexer) word() []byte {
	start := l.i
	for l.i < len(l.b) && !isSpace(l.b[l.i]) && !isDelim(l.b[l.i]) {
		l.i++
	}
	return l.b[start:l.i]
}

func (l *lexer) skipComment() {
	for l.i < len(l.b) && l.b[l.i] != '\n' && l.b[l.i] != '\r' {
		l.i++
	}
}

// skipDict passes over a dictionary with all that is nested in it.
func (l *lexer) skipDict() {
	depth := 0
	for l.i < len(l.b) {
		two := l.b[l.i:min(l.i+2, len(l.b))]
		switch {
		case string(two) == "<<":
			depth++
			l.i += 2
		case string(two) == ">>":
			depth--
			l.i += 2
			if depth == 0 {
				return
			}
		case two[0] == '(':
			l.i++
			l.literal()
		default:
			l.i++
		}
	}
}

// hexString reads "<...>"; one that is not closed is left out.
func (l *lexer) hexString() {
	end := bytes.IndexByte(l.b[l.i:], '>')
	if end < 0 {
		l.i = len(l.b)
		return
	}
	l.push(operand{kind: opString, str: unhex(l.b[l.i+1 : l.i+end])})
	l.i += end + 1
}

// literal reads a string after its opening parenthesis (ISO 32000-1,
// 7.3.4.2). Without escapes it is a part of the stream, not a copy.
func (l *lexer) literal() []byte {
	start, depth := l.i, 1
	for l.i < len(l.b) {
		switch l.b[l.i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.i++
				return l.b[start : l.i-1]
			}
		case '\\', '\r':
			return l.escaped(start, depth)
		}
		l.i++
	}
	return l.b[start:]
}

// escaped goes on with a string that has an escape or a carriage return.
func (l *lexer) escaped(start, depth int) []byte {
	out := bytes.Clone(l.b[start:l.i])
	for l.i < len(l.b) {
		c := l.b[l.i]
		l.i++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return out
			}
		case '\\':
			out = l.escape(out)
			continue
		case '\r': // an end of line counts as a line feed
			if l.i < len(l.b) && l.b[l.i] == '\n' {
				l.i++
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return out
}

// escape reads what follows a backslash.
func (l *lexer) escape(out []byte) []byte {
	if l.i >= len(l.b) {
		return out
	}
	c := l.b[l.i]
	l.i++
	if k := bytes.IndexByte([]byte("nrtbf"), c); k >= 0 {
		return append(out, "\n\r\t\b\f"[k])
	}
	switch {
	case c == '\r':
		if l.i < len(l.b) && l.b[l.i] == '\n' {
			l.i++
		}
		return out
	case c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	v := c - '0'
	for range 2 {
		if l.i >= len(l.b) || l.b[l.i] < '0' || l.b[l.i] > '7' {
			break
		}
		v = v*8 + l.b[l.i] - '0' // overflow is ignored, as the standard says
		l.i++
	}
	return append(out, v)
}

// skipInlineImage passes over the data of an inline image: from ID to the
// first EI that stands between white space and is followed by what looks
// like a content stream. Image data may contain the letters EI by chance.
func (l *lexer) skipInlineImage() {
	k := bytes.Index(l.b[l.i:], []byte("ID"))
	if k < 0 {
		l.i = len(l.b)
		return
	}
	for at := l.i + k + 2; ; {
		k = bytes.Index(l.b[at:], []byte("EI"))
		if k < 0 {
			l.i = len(l.b)
			return
		}
		end := at + k + 2
		if isSpace(l.b[end-3]) && (end == len(l.b) || isSpace(l.b[end])) && plainText(window(l.b, end, 12)) {
			l.i = end
			return
		}
		at = end
	}
}

func plainText(b []byte) bool {
	for _, c := range b {
		if c > 126 || c < 9 {
			return false
		}
	}
	return true
}

// unescapeName undoes #xx in a name.
func unescapeName(b []byte) []byte {
	if bytes.IndexByte(b, '#') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '#' && i+2 < len(b) {
			hi, ok1 := hexDigit(b[i+1])
			lo, ok2 := hexDigit(b[i+2])
			if ok1 && ok2 {
				out = append(out, hi<<4|lo)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// parseNumber reads a number as viewers do: garbage counts as its beginning,
// a minus inside ends it, and what overflows is 0.
func parseNumber(b []byte) float64 {
	sign, i := 1.0, 0
	for ; i < len(b) && (b[i] == '-' || b[i] == '+'); i++ {
		if b[i] == '-' {
			sign = -1
		}
	}
	v, i := digits(b, i)
	if i < len(b) && b[i] == '.' {
		frac, end := digits(b, i+1)
		v += frac / math.Pow10(end-i-1)
	}
	if math.IsNaN(v) || v > 1e15 {
		return 0
	}
	return sign * v
}

// digits reads a run of digits from b[i:] and returns where it ends.
func digits(b []byte, i int) (float64, int) {
	v := 0.0
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		v = v*10 + float64(b[i]-'0')
	}
	return v, i
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelim(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
