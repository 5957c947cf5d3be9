package pdf

import (
	"unicode/utf8"
)

// maxGlyphID bounds the glyphs of a font, and maxCodes the codes that lead to
// them: the ranges of a hostile one overlap.
const (
	maxGlyphID = 1 << 16
	maxCodes   = 1 << 18
)

// trueType reads the parts of a TrueType font that tell what its glyphs mean:
// the tables cmap and post (ISO/IEC 14496-22).
type trueType struct{ b []byte }

func (f trueType) u16(i int) int {
	if i < 0 || i+2 > len(f.b) {
		return 0
	}
	return int(f.b[i])<<8 | int(f.b[i+1])
}

func (f trueType) u32(i int) int { return f.u16(i)<<16 | f.u16(i+2) }

// table returns where a table begins and how long it is; 0 if there is none.
func (f trueType) table(tag string) (at, size int) {
	for k := range min(f.u16(4), 64) {
		rec := 12 + 16*k
		if rec+16 > len(f.b) {
			return 0, 0
		}
		if string(f.b[rec:rec+4]) == tag {
			at, size = f.u32(rec+8), f.u32(rec+12)
			if at < 0 || at >= len(f.b) {
				return 0, 0
			}
			return at, min(size, len(f.b)-at)
		}
	}
	return 0, 0
}

// subtable returns where a cmap of a platform and encoding begins; 0 if none.
func (f trueType) subtable(platform, encoding int) int {
	at, _ := f.table("cmap")
	if at == 0 {
		return 0
	}
	for k := range min(f.u16(at+2), 64) {
		rec := at + 4 + 8*k
		if f.u16(rec) == platform && f.u16(rec+2) == encoding {
			return at + f.u32(rec+4)
		}
	}
	return 0
}

// each calls do with every code of a cmap and its glyph.
func (f trueType) each(at int, do func(code, glyph int)) {
	left := maxCodes
	switch f.u16(at) {
	case 0:
		for c := range 256 {
			if at+6+c < len(f.b) {
				do(c, int(f.b[at+6+c]))
			}
		}
	case 4:
		f.segments(at, do)
	case 6:
		first := f.u16(at + 6)
		for k := range f.u16(at + 8) {
			do(first+k, f.u16(at+10+2*k))
		}
	case 12:
		for k := range min(f.u32(at+12), maxGlyphID) {
			rec := at + 16 + 12*k
			first, last, glyph := f.u32(rec), f.u32(rec+4), f.u32(rec+8)
			for c := first; c <= last && left > 0; c++ {
				do(c, glyph+c-first)
				left--
			}
			if rec+12 > len(f.b) || left == 0 {
				return
			}
		}
	}
}

// segments reads a cmap of format 4.
func (f trueType) segments(at int, do func(code, glyph int)) {
	n, left := f.u16(at+6)/2, maxCodes
	ends, starts := at+14, at+16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	for k := range n {
		first, last := f.u16(starts+2*k), f.u16(ends+2*k)
		delta, offset := f.u16(deltas+2*k), f.u16(offsets+2*k)
		for c := first; c <= last && c < 0xFFFF && left > 0; c++ {
			left--
			glyph := c + delta
			if offset != 0 {
				if glyph = f.u16(offsets + 2*k + offset + 2*(c-first)); glyph != 0 {
					glyph += delta
				}
			}
			do(c, glyph&0xFFFF)
		}
	}
}

// glyphTexts returns what the glyphs of a font mean, by its own table of Unicode
// or by the names of its glyphs. Of several characters of a glyph the first
// counts.
func glyphTexts(b []byte) map[int]string {
	f := trueType{b}
	out := map[int]string{}
	for _, p := range [][2]int{{3, 10}, {3, 1}, {0, 4}, {0, 3}, {0, 1}, {0, 0}} {
		at := f.subtable(p[0], p[1])
		if at == 0 {
			continue
		}
		f.each(at, func(code, glyph int) {
			if _, known := out[glyph]; !known && glyph > 0 && glyph < maxGlyphID && utf8.ValidRune(rune(code)) && code >= ' ' && (code < 0xE000 || code > 0xF8FF) {
				out[glyph] = string(rune(code))
			}
		})
		if len(out) > 0 {
			return out
		}
	}
	f.postNames(out)
	return out
}

// postNames adds what the names of glyphs mean (post, version 2).
func (f trueType) postNames(out map[int]string) {
	at, size := f.table("post")
	if at == 0 || f.u32(at) != 0x00020000 {
		return
	}
	n := f.u16(at + 32)
	var names []string
	for i := at + 34 + 2*n; i < at+size; {
		l := int(f.b[i])
		if i+1+l > len(f.b) {
			break
		}
		names = append(names, string(f.b[i+1:i+1+l]))
		i += 1 + l
	}
	const macintosh = 258 // names that every font has
	for g := range n {
		k := f.u16(at+34+2*g) - macintosh
		if k >= 0 && k < len(names) {
			if s := glyphText(names[k]); s != "" {
				out[g] = s
			}
		}
	}
}

// symbolicEncoding returns the encoding of a symbolic TrueType font without
// one of its own in the file: its codes lead to glyphs, and those have a
// meaning. Nil when it tells nothing.
func symbolicEncoding(b []byte) *encoding {
	f := trueType{b}
	at := f.subtable(3, 0)
	if at == 0 {
		at = f.subtable(1, 0)
	}
	if at == 0 {
		return nil
	}
	texts := glyphTexts(b)
	e := new(encoding)
	found := false
	f.each(at, func(code, glyph int) {
		if code >= 0xF000 && code <= 0xF0FF {
			code -= 0xF000
		}
		if s := texts[glyph]; s != "" && code >= 0 && code < len(e) {
			e[code], found = s, true
		}
	})
	if !found {
		return nil
	}
	return e
}

// cidTexts returns what the identifiers of a TrueType font with two-byte codes
// mean, by the font itself: for files that do not say. ToGlyph is the table
// from identifiers to glyphs, nil where they are the same.
func cidTexts(b, toGlyph []byte) map[uint32]string {
	texts := glyphTexts(b)
	out := make(map[uint32]string, len(texts))
	if toGlyph == nil {
		for g, s := range texts {
			out[uint32(g)] = s
		}
		return out
	}
	for cid := 0; 2*cid+1 < len(toGlyph) && cid < maxGlyphID; cid++ {
		if s := texts[int(toGlyph[2*cid])<<8|int(toGlyph[2*cid+1])]; s != "" {
			out[uint32(cid)] = s
		}
	}
	return out
}
