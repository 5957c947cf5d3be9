package charset

import (
	_ "embed"

	"golang.org/x/text/encoding/charmap"
)

// The names of the sets.
const (
	UTF8    = "utf-8"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
	CP1251  = "windows-1251"
	KZ1048  = "kz-1048"
	PT154   = "ptcp154"
	KOI8R   = "koi8-r"
	CP866   = "ibm866"
	CP1252  = "windows-1252"
)

// The upper halves of the Kazakh sets, bytes 0x80 to 0xFF. golang.org/x/text
// has neither. KZ-1048 is STRK1048-2002; PT154 is the Asian Cyrillic set of
// ParaType. The test compares them with windows-1251.
const (
	kz1048High = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏ" +
		"ђ‘’“”•–—\ufffd™љ›њқһџ" +
		"\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү" +
		"°±Ііөµ¶·ё№ғ»әҢңү" + russianHigh
	pt154High = "ҖҒӮғ„…ҶҮҲүҠӢҢҚҺҸ" +
		"җ‘’“”•–—ҳҷҡӣңқһҹ" +
		"\u00a0ЎўЈӨҘҰ§Ё©Ә«¬ӯ®Ҝ" +
		"°ұІіҙө¶·ё№ә»јҪҫҝ" + russianHigh
	russianHigh = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
)

// table is what the bytes 0x80 to 0xFF stand for.
type table [128]rune

func fromString(s string) table {
	var t table
	i := 0
	for _, r := range s {
		t[i] = r
		i++
	}
	return t
}

func fromCharmap(m *charmap.Charmap) table {
	var t table
	for i := range t {
		t[i] = m.DecodeByte(byte(0x80 + i))
	}
	return t
}

// eightBit are the 8-bit sets, the more frequent first: a tie goes to it.
var eightBit = []struct {
	name string
	high table
}{
	{CP1251, fromCharmap(charmap.Windows1251)},
	{KZ1048, fromString(kz1048High)},
	{KOI8R, fromCharmap(charmap.KOI8R)},
	{CP866, fromCharmap(charmap.CodePage866)},
	{PT154, fromString(pt154High)},
	{CP1252, fromCharmap(charmap.Windows1252)},
}

// pairLetters are the letters of the table of pairs; blank is any other
// character.
const pairLetters = " абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһі"

// pairDigits has a line a first letter and a digit a second: 0 for pairs rarer
// than 1 in 100,000, 9 for the most frequent, each step a factor of about 2.3.
// Counted on Russian and Kazakh law, government news and the Universal
// Declaration of Human Rights, half and half.
//
//go:embed pairs.txt
var pairDigits string

// pairs holds pairDigits by letter numbers.
var pairs = parsePairs()

func parsePairs() [][]int8 {
	var rows [][]int8
	row := []int8{}
	for _, c := range []byte(pairDigits) {
		if c == '\n' {
			rows = append(rows, row)
			row = nil
			continue
		}
		row = append(row, int8(c-'0'))
	}
	return rows
}

// letterNo gives the number of a letter in the table of pairs, by code point.
var letterNo = numberLetters()

func numberLetters() map[rune]int {
	m := make(map[rune]int)
	n := 0
	for _, r := range pairLetters {
		m[r] = n
		n++
	}
	return m
}
