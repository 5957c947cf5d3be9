package pdf

import "strings"

// isoAdobe are the names of the first standard strings of CFF, from 1 on
// (Adobe Technical Note 5176, appendix A). Those that follow are of expert
// fonts.
const isoAdobe = "space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright asterisk plus comma " +
	"hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at " +
	"A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore quoteleft " +
	"a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde exclamdown cent sterling fraction " +
	"yen florin section currency quotesingle quotedblleft guillemotleft guilsinglleft guilsinglright fi fl endash dagger " +
	"daggerdbl periodcentered paragraph bullet quotesinglbase quotedblbase quotedblright guillemotright ellipsis perthousand " +
	"questiondown grave acute circumflex tilde macron breve dotaccent dieresis ring cedilla hungarumlaut ogonek caron emdash " +
	"AE ordfeminine Lslash Oslash OE ordmasculine ae dotlessi lslash oslash oe germandbls onesuperior logicalnot mu trademark " +
	"Eth onehalf plusminus Thorn onequarter divide brokenbar degree thorn threequarters twosuperior registered minus eth " +
	"multiply threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute Ecircumflex Edieresis " +
	"Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis Ograve Otilde Scaron Uacute Ucircumflex " +
	"Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex adieresis agrave aring atilde ccedilla eacute ecircumflex " +
	"edieresis egrave iacute icircumflex idieresis igrave ntilde oacute ocircumflex odieresis ograve otilde scaron uacute " +
	"ucircumflex udieresis ugrave yacute ydieresis zcaron"

// standardStrings is how many strings CFF has without its own.
const standardStrings = 391

// Operators of a Top DICT (Technical Note 5176, table 9).
const (
	cffCharset     = 15
	cffEncoding    = 16
	cffCharStrings = 17
	cffROS         = 12<<8 | 30 // it is a CID font: its glyphs have no names
)

// cff reads the parts of a compact font that tell what its codes mean.
type cff struct {
	b       []byte
	strings [][]byte
	top     map[int][]int
}

// cffEncodingOf returns the encoding of a compact font; nil when it has none
// that can be read.
func cffEncodingOf(b []byte) *encoding {
	f := &cff{b: b}
	if len(b) < 4 {
		return nil
	}
	_, at := f.index(int(b[2])) // names
	tops, at := f.index(at)
	if len(tops) == 0 || at == 0 {
		return nil
	}
	f.strings, _ = f.index(at)
	f.top = cffDict(tops[0])
	if _, cid := f.top[cffROS]; cid {
		return nil
	}
	glyphs, _ := f.index(f.first(cffCharStrings))
	names := f.charset(len(glyphs))
	switch at := f.first(cffEncoding); at {
	case 0:
		return standardEncoding()
	case 1: // expert
		return nil
	default:
		return f.encoding(at, names)
	}
}

// first returns the operand of an operator; 0 when it is missing.
func (f *cff) first(op int) int {
	if v := f.top[op]; len(v) > 0 {
		return v[0]
	}
	return 0
}

// byteAt returns a byte, 0 beyond the end.
func (f *cff) byteAt(i int) int {
	if i < 0 || i >= len(f.b) {
		return 0
	}
	return int(f.b[i])
}

func (f *cff) word(i int) int { return f.byteAt(i)<<8 | f.byteAt(i+1) }

// index reads an INDEX and returns its entries and where it ends; 0 when it is
// broken.
func (f *cff) index(at int) (entries [][]byte, end int) {
	n, size := f.word(at), f.byteAt(at+2)
	if n == 0 {
		return nil, at + 2
	}
	data := at + 3 + (n+1)*size - 1
	if at <= 0 || size < 1 || size > 4 || data >= len(f.b) {
		return nil, 0
	}
	offset := func(i int) int {
		v := 0
		for k := range size {
			v = v<<8 | f.byteAt(at+3+i*size+k)
		}
		return data + v
	}
	for i := range n {
		from, to := offset(i), offset(i+1)
		if from < data || to < from || to > len(f.b) {
			return nil, 0
		}
		entries = append(entries, f.b[from:to])
	}
	return entries, offset(n)
}

// cffDict reads a DICT: operands, then their operator. Real numbers are of no
// use here and read as 0.
func cffDict(b []byte) map[int][]int {
	const escape, lastOperator = 12, 21
	out := map[int][]int{}
	var args []int
	for len(b) > 0 {
		c := int(b[0])
		switch {
		case c == escape && len(b) > 1:
			out[escape<<8|int(b[1])], args, b = args, nil, b[2:]
		case c <= lastOperator:
			out[c], args, b = args, nil, b[1:]
		default:
			v, n := cffNumber(b)
			args, b = append(args, v), b[min(n, len(b)):]
		}
	}
	return out
}

// cffNumber reads an operand and returns how many bytes it has (Technical Note
// 5176, table 3).
func cffNumber(b []byte) (v, n int) {
	at := func(k int) int {
		if k < len(b) {
			return int(b[k])
		}
		return 0
	}
	switch c := at(0); {
	case c == 28:
		return int(int16(at(1)<<8 | at(2))), 3
	case c == 29:
		return int(int32(at(1)<<24 | at(2)<<16 | at(3)<<8 | at(4))), 5
	case c == 30: // half bytes, up to one that is F
		for n = 1; n < len(b) && b[n]&0x0F != 0x0F && b[n]>>4 != 0x0F; n++ {
		}
		return 0, n + 1
	case c >= 32 && c <= 246:
		return c - 139, 1
	case c >= 247 && c <= 250:
		return (c-247)*256 + at(1) + 108, 2
	case c >= 251 && c <= 254:
		return -(c-251)*256 - at(1) - 108, 2
	}
	return 0, 1
}

// name returns the name of a string identifier.
func (f *cff) name(sid int) string {
	if sid >= standardStrings && sid-standardStrings < len(f.strings) {
		return string(f.strings[sid-standardStrings])
	}
	if names := strings.Fields(isoAdobe); sid >= 1 && sid <= len(names) {
		return names[sid-1]
	}
	return ""
}

// charset returns the string identifiers of the glyphs.
func (f *cff) charset(glyphs int) []int {
	out := make([]int, 1, glyphs+1) // the first is .notdef
	at := f.first(cffCharset)
	if at <= 2 { // the predefined ones; ISOAdobe counts as glyphs do
		for g := 1; g < glyphs; g++ {
			out = append(out, g)
		}
		return out
	}
	form := f.byteAt(at)
	at++
	for len(out) < glyphs && at < len(f.b) {
		sid, left := f.word(at), 0
		at += 2
		switch form {
		case 1:
			left = f.byteAt(at)
			at++
		case 2:
			left = f.word(at)
			at += 2
		}
		for k := 0; k <= left && len(out) < glyphs; k++ {
			out = append(out, sid+k)
		}
	}
	return out
}

// encoding reads an encoding of the font's own.
func (f *cff) encoding(at int, charset []int) *encoding {
	e := new(encoding)
	set := func(code, sid int) {
		if code < len(e) {
			e[code] = glyphText(f.name(sid))
		}
	}
	form, n := f.byteAt(at), f.byteAt(at+1)
	at += 2
	glyph := 1
	for range n {
		code, left := f.byteAt(at), 0
		at++
		if form&0x7F == 1 {
			left = f.byteAt(at)
			at++
		}
		for k := 0; k <= left; k++ {
			if glyph < len(charset) {
				set(code+k, charset[glyph])
			}
			glyph++
		}
	}
	if form&0x80 != 0 { // further codes of the same glyphs
		n := f.byteAt(at)
		for k := range n {
			set(f.byteAt(at+1+3*k), f.word(at+2+3*k))
		}
	}
	return e
}
