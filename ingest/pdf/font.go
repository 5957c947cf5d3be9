package pdf

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// maxFonts is how many fonts are kept while a file is read.
const maxFonts = 512

// replacement stands for a code that nobody can read.
const replacement = "\uFFFD"

// font turns codes into text and widths.
type font struct {
	bold    bool
	italic  bool
	scale   float64 // letter height for the font size; 1 but in Type 3 fonts
	warning string

	simple    bool
	texts     encoding          // of a simple font, ToUnicode and all
	widths    [256]float64      // of a simple font, in units of the font size
	toUnicode *cmap             // of a composite font, may be nil
	codes     *cmap             // its /Encoding, nil for two-byte identity
	ucs2      bool              // codes are UTF-16
	byFont    map[uint32]string // of a composite font without ToUnicode, by identifier
	cidWidths map[uint32]float64
	defWidth  float64
	seen      map[uint32]string // texts of codes met before
}

var resourceEntry = regexp.MustCompile(`/([^\s/<>\[\]()]+) (\d+ \d+) R`)

// fontNamed returns the font of a name in a resource dictionary. Fonts are
// kept by reference, which the library shows only in the printed form.
func (d *document) fontNamed(fonts pdf.Value, key string) (*font, error) {
	ref := ""
	for _, m := range resourceEntry.FindAllStringSubmatch(fonts.String(), 4096) {
		if m[1] == key {
			ref = m[2]
			break
		}
	}
	if f, ok := d.fonts[ref]; ok && ref != "" {
		return f, nil
	}
	v := fonts.Key(key)
	if v.Kind() != pdf.Dict {
		return nil, fmt.Errorf("no font %.40q", key)
	}
	f := d.newFont(v)
	if ref != "" {
		if len(d.fonts) >= maxFonts {
			clear(d.fonts)
		}
		d.fonts[ref] = f
	}
	return f, nil
}

// fallbackFont stands in for a font that cannot be read: its letters are
// unknown, yet they are counted.
func fallbackFont() *font {
	f := &font{simple: true, scale: 1}
	for i := range f.widths {
		f.widths[i] = 0.5
	}
	return f
}

// newFont reads a font dictionary.
func (d *document) newFont(v pdf.Value) *font {
	f := &font{scale: 1, seen: map[uint32]string{}}
	f.bold, f.italic = looks(v)
	var tu *cmap
	switch t := v.Key("ToUnicode"); t.Kind() {
	case pdf.Stream:
		if b, _ := d.data(t, maxCMap); len(b) > 0 {
			tu = parseCMap(b)
		}
	case pdf.Name:
		f.ucs2 = strings.HasPrefix(t.Name(), "Identity")
	default:
	}
	if tu != nil && len(tu.spans) == 0 {
		tu = nil
	}
	if v.Key("Subtype").Name() == "Type0" {
		d.composite(f, v, tu)
		return f
	}
	f.simple = true
	f.texts = *d.simpleEncoding(v)
	for c := range f.texts {
		if tu != nil {
			if s, ok := tu.text(uint32(c)); ok && strings.Trim(s, "\x00") != "" {
				f.texts[c] = s
			}
		}
		f.texts[c] = clean(f.texts[c])
	}
	f.simpleWidths(v)
	return f
}

// looks tells bold and italic by the name and the descriptor of a font.
func looks(v pdf.Value) (isBold, isItalic bool) {
	if v.Key("Subtype").Name() == "Type0" {
		v = v.Key("DescendantFonts").Index(0)
	}
	n := strings.ToLower(v.Key("BaseFont").Name())
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(n, w) })
	}
	fd := v.Key("FontDescriptor")
	const italicFlag, forceBold = 1 << 6, 1 << 18 // ISO 32000-1, table 123
	flags := fd.Key("Flags").Int64()
	return has("bold", "black", "heavy", "demi") || fd.Key("FontWeight").Float64() >= 600 || flags&forceBold != 0,
		has("italic", "oblique", "kursiv") || flags&italicFlag != 0
}

// ligatures are U+FB00 to U+FB06, spelled out.
var ligatures = [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}

// clean spells out ligatures, drops control characters, and gives the
// letters of symbol fonts in the private use area their plain codes.
func clean(s string) string {
	if len(s) == 1 && s[0] > ' ' && s[0] < 0x7F {
		return s
	}
	var sb strings.Builder
	for _, r := range s {
		switch {
		case r >= 0xFB00 && r <= 0xFB06:
			sb.WriteString(ligatures[r-0xFB00])
		case r >= 0xF020 && r <= 0xF07E:
			sb.WriteRune(symbolRune(r - 0xF000))
		case r >= 0xF080 && r <= 0xF0FF:
			sb.WriteString("•") // bullets and arrows of Symbol and Wingdings
		case isBlankRune(r):
			sb.WriteByte(' ')
		case unicode.IsControl(r) && r < 0x80, r == 0xFEFF, r == 0x200B:
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF:
			sb.WriteString(replacement)
		default:
			sb.WriteRune(r)
		}
	}
	return sb.String()
}

// isBlankRune reports whether r shows nothing but takes room.
func isBlankRune(r rune) bool { return unicode.IsSpace(r) && r != 0x85 || r == 0x2060 }

// symbolRune returns what a letter of a symbol font with a private code says.
// Letters and digits are those of the bar code of UN documents, which is a
// picture of the job number: private use, so that it is dropped later.
func symbolRune(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '*' {
		return r + 0xF000
	}
	return r
}

// simpleWidths reads the widths of a simple font.
func (f *font) simpleWidths(v pdf.Value) {
	unit := 0.001
	if v.Key("Subtype").Name() == "Type3" {
		unit = f.type3(v)
	}
	fd := v.Key("FontDescriptor")
	missing := fd.Key("MissingWidth").Float64()
	ws, first := v.Key("Widths"), int(v.Key("FirstChar").Int64())
	std := standardWidths(v.Key("BaseFont").Name())
	for c := range f.widths {
		w := missing
		switch {
		case c >= first && c-first < ws.Len():
			w = ws.Index(c - first).Float64()
		case ws.Len() == 0 && std != nil:
			w = std[c]
		case ws.Len() == 0 && missing == 0:
			w = 520 // about the mean of Latin text
		}
		f.widths[c] = bounded(w * unit)
	}
}

// bounded keeps absurd widths from moving the pen out of the world.
func bounded(w float64) float64 {
	if math.IsNaN(w) || math.Abs(w) > 100 {
		return 0
	}
	return w
}

// type3 returns the unit of the widths of a Type 3 font and sets its scale:
// how high its letters are for a font size of 1.
func (f *font) type3(v pdf.Value) float64 {
	m, ok := matrixValue(v.Key("FontMatrix"))
	if !ok {
		return 0.001
	}
	if box := v.Key("FontBBox"); box.Len() == 4 {
		h := math.Abs(box.Index(3).Float64()-box.Index(1).Float64()) * math.Hypot(m[2], m[3])
		if h > 0 {
			f.scale = h
		}
	}
	if f.scale == 1 && math.Abs(m[3]) > 0.1 {
		f.scale = 10 * math.Abs(m[3])
	}
	return m[0]
}

// composite reads a Type 0 font with its descendant.
func (d *document) composite(f *font, v pdf.Value, tu *cmap) {
	f.toUnicode = tu
	desc := v.Key("DescendantFonts").Index(0)
	switch enc := v.Key("Encoding"); enc.Kind() {
	case pdf.Stream:
		if b, _ := d.data(enc, maxCMap); len(b) > 0 {
			f.codes = parseCMap(b)
		}
	case pdf.Name:
		n := enc.Name()
		switch {
		case strings.HasPrefix(n, "Identity"):
		case strings.Contains(n, "UCS2"), strings.Contains(n, "UTF16"):
			f.ucs2 = true
		default:
			f.warning = fmt.Sprintf("a font uses the character map %.40s, which is not read", n)
		}
	default:
	}
	f.defWidth = 1
	if dw := desc.Key("DW"); dw.Kind() == pdf.Integer || dw.Kind() == pdf.Real {
		f.defWidth = bounded(dw.Float64() / 1000)
	}
	f.cidWidths = readCIDWidths(desc.Key("W"))
	if tu == nil && !f.ucs2 {
		f.byFont = d.fontTexts(desc)
	}
}

// fontTexts returns what the identifiers of a descendant font mean by its own
// tables; nil when it has none.
func (d *document) fontTexts(desc pdf.Value) map[uint32]string {
	file := desc.Key("FontDescriptor").Key("FontFile2")
	if file.Kind() != pdf.Stream {
		return nil
	}
	b, _ := d.data(file, maxFontFile)
	var toGlyph []byte
	if m := desc.Key("CIDToGIDMap"); m.Kind() == pdf.Stream {
		toGlyph, _ = d.data(m, 2*maxGlyphID)
	}
	return cidTexts(b, toGlyph)
}

// readCIDWidths reads both forms of /W (ISO 32000-1, 9.7.4.3).
func readCIDWidths(w pdf.Value) map[uint32]float64 {
	m := map[uint32]float64{}
	const maxCID = 1 << 16
	for i := 0; i+1 < w.Len() && len(m) <= maxCID; {
		first, n := w.Index(i).Int64(), w.Index(i+1)
		if first < 0 || first > maxCID {
			break
		}
		if n.Kind() == pdf.Array {
			for k := range min(n.Len(), maxCID) {
				m[uint32(first)+uint32(k)] = bounded(n.Index(k).Float64() / 1000)
			}
			i += 2
			continue
		}
		width := bounded(w.Index(i+2).Float64() / 1000)
		for c := first; c <= min(n.Int64(), maxCID); c++ {
			m[uint32(c)] = width
		}
		i += 3
	}
	return m
}

// next returns the first code of a string and its length in bytes.
func (f *font) next(s []byte) (code uint32, n int) {
	switch {
	case f.simple:
		n = 1
	case f.codes != nil && len(f.codes.spaces) > 0:
		if n = f.codes.length(s); n == 0 {
			n = min(len(s), f.codes.spaces[0].length)
		}
	default:
		n = min(len(s), 2)
	}
	return codeOf(s[:n]), n
}

// width returns the advance of a code, in units of the font size.
func (f *font) width(code uint32) float64 {
	if f.simple {
		return f.widths[code&0xFF]
	}
	code = f.identifier(code)
	if w, ok := f.cidWidths[code]; ok {
		return w
	}
	return f.defWidth
}

// identifier returns the character identifier of a code.
func (f *font) identifier(code uint32) uint32 {
	if f.codes != nil {
		if s, ok := f.codes.find(code); ok && s.text == nil && s.list == nil {
			return s.cid + code - s.lo
		}
	}
	return code
}

// decode returns the text of a code of n bytes.
func (f *font) decode(code uint32, n int) string {
	if f.simple {
		if s := f.texts[code&0xFF]; s != "" {
			return s
		}
		if code&0xFF == ' ' {
			return " "
		}
		return replacement
	}
	if s, ok := f.seen[code]; ok {
		return s
	}
	s := f.compositeText(code, n)
	if len(f.seen) < 1<<16 {
		f.seen[code] = s
	}
	return s
}

func (f *font) compositeText(code uint32, n int) string {
	if f.toUnicode != nil {
		if s, ok := f.toUnicode.text(code); ok {
			return clean(strings.Trim(s, "\x00"))
		}
	}
	if s, ok := f.byFont[f.identifier(code)]; ok {
		return clean(s)
	}
	if f.ucs2 && n == 2 && code != 0 && utf8.ValidRune(rune(code)) {
		return clean(string(rune(code)))
	}
	return replacement
}
