package pdf

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// cffIndex makes an INDEX of short entries.
func cffIndex(entries ...string) []byte {
	if len(entries) == 0 {
		return []byte{0, 0}
	}
	out := []byte{byte(len(entries) >> 8), byte(len(entries)), 1}
	at := 1
	for _, e := range entries {
		out = append(out, byte(at))
		at += len(e)
	}
	out = append(out, byte(at))
	for _, e := range entries {
		out = append(out, e...)
	}
	return out
}

// compactFont makes a CFF font of two letters: code 65 is Ә, code 66 is A.
func compactFont() []byte {
	five := func(v int) string { return string([]byte{29, 0, 0, byte(v >> 8), byte(v)}) }
	strs, glyphs := cffIndex("afii10846", "uni04D8"), cffIndex("\x0e", "\x0e", "\x0e")
	head := append([]byte{1, 0, 4, 1}, cffIndex("F")...)
	const top = 5*3 + 3 // three operands of five bytes, and their operators
	start := len(head) + 2 + 1 + 2 + top + len(strs)
	charset, encoding, chars := start+2, start+2+5, start+2+5+4
	dict := five(charset) + "\x0f" + five(encoding) + "\x10" + five(chars) + "\x11"
	b := append(head, cffIndex(dict)...)
	b = append(b, strs...)
	b = append(b, 0, 0)                 // no subroutines
	b = append(b, 0, 0x01, 0x88, 0, 34) // charset: string 392, then A
	b = append(b, 0, 2, 65, 66)         // encoding
	return append(b, glyphs...)
}

func TestCompactFont(t *testing.T) {
	e := cffEncodingOf(compactFont())
	if e == nil || e[65] != "Ә" || e[66] != "A" || e[67] != "" {
		t.Fatalf("encoding %v", e)
	}
	for n := range compactFont() {
		cffEncodingOf(compactFont()[:n]) // must not panic
	}
}

// trueTypeFont makes a font whose codes 0xF041 and 0xF042 lead to glyphs 5 and
// 6, which are Қ and a by its Unicode table.
func trueTypeFont() []byte {
	be := binary.BigEndian
	var cmap []byte
	cmap = be.AppendUint16(cmap, 0)
	cmap = be.AppendUint16(cmap, 2)
	cmap = append(be.AppendUint16(be.AppendUint16(cmap, 3), 0), 0, 0, 0, 20)
	cmap = append(be.AppendUint16(be.AppendUint16(cmap, 3), 10), 0, 0, 0, 34)
	for _, v := range []uint16{6, 14, 0, 0xF041, 2, 5, 6} { // format 6: two codes
		cmap = be.AppendUint16(cmap, v)
	}
	cmap = append(cmap, 0, 12, 0, 0)
	for _, v := range []uint32{40, 0, 2, 0x61, 0x61, 6, 0x49A, 0x49A, 5} { // format 12: two groups
		cmap = be.AppendUint32(cmap, v)
	}
	b := []byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}
	b = append(b, "cmap\x00\x00\x00\x00"...)
	b = be.AppendUint32(be.AppendUint32(b, 28), uint32(len(cmap)))
	return append(b, cmap...)
}

func TestTrueTypeFont(t *testing.T) {
	b := trueTypeFont()
	if e := symbolicEncoding(b); e == nil || e[0x41] != "Қ" || e[0x42] != "a" || e[0x43] != "" {
		t.Errorf("encoding %v", e)
	}
	if m := cidTexts(b, nil); m[5] != "Қ" || m[6] != "a" || len(m) != 2 {
		t.Errorf("texts %v", m)
	}
	if m := cidTexts(b, []byte{0, 0, 0, 6}); m[1] != "a" || len(m) != 1 {
		t.Errorf("texts through a table %v", m)
	}
	for n := range b {
		symbolicEncoding(b[:n]) // must not panic
	}
}

func FuzzFontFiles(f *testing.F) {
	f.Add(compactFont())
	f.Add(trueTypeFont())
	f.Fuzz(func(t *testing.T, b []byte) {
		one, two := cffEncodingOf(b), cffEncodingOf(bytes.Clone(b))
		if (one == nil) != (two == nil) || one != nil && *one != *two {
			t.Error("two readings of a compact font differ")
		}
		if got := cidTexts(b, nil); len(got) > maxGlyphID {
			t.Errorf("%d glyphs", len(got))
		}
		symbolicEncoding(b)
	})
}
