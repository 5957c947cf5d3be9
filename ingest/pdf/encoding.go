package pdf

import (
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/ledongthuc/pdf"
)

// encoding says what each code of a simple font means; "" is unknown.
type encoding [256]string

// standardHigh are the codes of Adobe's StandardEncoding from 0xA1 on
// (ISO 32000-1, annex D.2); "-" leaves one out.
const standardHigh = "¡ ¢ £ ⁄ ¥ ƒ § ¤ ' “ « ‹ › fi fl - – † ‡ · - ¶ • ‚ „ ” » … ‰ - ¿ - ` ´ ˆ ˜ ¯ ˘ ˙ ¨ - ˚ ¸ - ˝ ˛ ˇ — " +
	"- - - - - - - - - - - - - - - - Æ - ª - - - - Ł Ø Œ º - - - - - æ - - - ı - - ł ø œ ß"

// symbolCodes are the codes of the Symbol font from 0x41 on that are letters.
const symbolLetters = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"

func winAnsi() *encoding { return fromCharmap(charmap.Windows1252) }

func fromCharmap(c *charmap.Charmap) *encoding {
	e := new(encoding)
	for i := 0x20; i < 256; i++ {
		if r := c.DecodeByte(byte(i)); r != 0xFFFD {
			e[i] = string(r)
		}
	}
	if c == charmap.Windows1252 {
		e[0x7F], e[0x81], e[0x8D], e[0x8F], e[0x90], e[0x9D] = "•", "•", "•", "•", "•", "•" // annex D.2, note 3
	}
	e[0xAD] = map[bool]string{true: "-", false: e[0xAD]}[c == charmap.Windows1252] // WinAnsi shows a hyphen there
	return e
}

func standardEncoding() *encoding {
	e := new(encoding)
	for i := 0x20; i < 0x7F; i++ {
		e[i] = string(rune(i))
	}
	e['\''], e['`'] = "’", "‘"
	at := 0xA1
	for s := range strings.FieldsSeq(standardHigh) {
		if s != "-" {
			e[at] = s
		}
		at++
	}
	return e
}

func symbolEncoding() *encoding {
	e := new(encoding)
	for i := 0x20; i < 0x40; i++ {
		e[i] = string(rune(i))
	}
	upper, lower := e['A':'Z'+1], e['a':'z'+1]
	for i, r := range []rune(symbolLetters) {
		upper[i], lower[i] = string(r), strings.ToLower(string(r))
	}
	e[0x2D], e[0xB7], e[0xB3], e[0xA3], e[0xB1], e[0xB4] = "−", "•", "≥", "≤", "±", "×"
	e['V'], e['v'], e['j'], e['J'] = "ς", "ϖ", "φ", "ϑ"
	return e
}

// baseEncoding returns the encoding of a name, or nil.
func baseEncoding(n string) *encoding {
	switch n {
	case "WinAnsiEncoding":
		return winAnsi()
	case "MacRomanEncoding":
		return fromCharmap(charmap.Macintosh)
	case "StandardEncoding":
		return standardEncoding()
	}
	return nil
}

// simpleEncoding returns what the codes of a simple font mean by its
// /Encoding: a base and differences from it.
func (d *document) simpleEncoding(v pdf.Value) *encoding {
	enc := v.Key("Encoding")
	base := baseEncoding(enc.Name())
	if base == nil {
		base = baseEncoding(enc.Key("BaseEncoding").Name())
	}
	if base == nil {
		base = d.builtinEncoding(v)
	}
	diff := enc.Key("Differences")
	code := 0
	for i := range min(diff.Len(), 4096) {
		switch x := diff.Index(i); x.Kind() {
		case pdf.Integer:
			code = int(x.Int64())
		case pdf.Name:
			if code >= 0 && code < len(base) {
				base[code] = glyphText(x.Name())
			}
			code++
		default:
		}
	}
	return base
}

// symbolic returns the encoding of a TrueType font that the file calls symbolic
// (ISO 32000-1, 9.6.6.4), nil if it tells none.
func (d *document) symbolic(v pdf.Value) *encoding {
	const symbolicFlag = 1 << 2
	fd := v.Key("FontDescriptor")
	if fd.Key("Flags").Int64()&symbolicFlag == 0 || fd.Key("FontFile2").Kind() != pdf.Stream {
		return nil
	}
	b, _ := d.data(fd.Key("FontFile2"), maxFontFile)
	return symbolicEncoding(b)
}

// builtinEncoding returns the encoding that a font has by itself.
func (d *document) builtinEncoding(v pdf.Value) *encoding {
	base := v.Key("BaseFont").Name()
	switch {
	case strings.HasSuffix(base, "Symbol"):
		return symbolEncoding()
	case strings.HasSuffix(base, "ZapfDingbats"), v.Key("Subtype").Name() == "Type3":
		return new(encoding)
	case v.Key("Subtype").Name() == "TrueType":
		if e := d.symbolic(v); e != nil {
			return e
		}
		return winAnsi()
	}
	if file := v.Key("FontDescriptor").Key("FontFile3"); file.Kind() == pdf.Stream {
		if b, _ := d.data(file, maxFontFile); len(b) > 0 {
			if e := cffEncodingOf(b); e != nil {
				return e
			}
		}
	}
	if file := v.Key("FontDescriptor").Key("FontFile"); file.Kind() == pdf.Stream {
		if b, _ := d.data(file, maxFontFile); len(b) > 0 {
			if e := type1Encoding(b); e != nil {
				return e
			}
		}
	}
	return standardEncoding()
}
