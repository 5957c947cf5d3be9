package charset

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sample is how many bytes of a text are looked at, at most. A set is plain
// from a page or two.
const sample = 64 << 10

// Text is a decoded text.
type Text struct {
	String  string // valid UTF-8, without a byte order mark
	Name    string // the set it was in
	Damaged int    // characters that could not be decoded; each is U+FFFD now
}

// Decode tells the set of b and decodes it. Declared is the set that the file
// names itself, or "".
func Decode(b []byte, declared string) Text {
	name, mark := detect(b, declared)
	b = b[mark:]
	switch name {
	case UTF16LE:
		return decode16(b, binary.LittleEndian, name)
	case UTF16BE:
		return decode16(b, binary.BigEndian, name)
	case UTF8:
		s := string(b)
		if utf8.ValidString(s) {
			return Text{String: s, Name: name}
		}
		bad := 0
		for _, r := range s { // a good U+FFFD counts too: the writer lost that character
			if r == utf8.RuneError {
				bad++
			}
		}
		return Text{String: strings.ToValidUTF8(s, "\ufffd"), Name: name, Damaged: bad}
	}
	return decode8(b, name)
}

// Detect returns the set of b.
func Detect(b []byte, declared string) string {
	name, _ := detect(b, declared)
	return name
}

func detect(b []byte, declared string) (name string, mark int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return UTF8, 3
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return UTF16LE, 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return UTF16BE, 2
	}
	b = b[:min(sample, len(b))]
	if name := unmarked16(b); name != "" {
		return name, 0
	}
	if mostlyUTF8(b) {
		return UTF8, 0
	}
	return best8(b, declared), 0
}

// unmarked16 recognises UTF-16 without a byte order mark: every other byte is
// 0 (Latin, blanks, digits) or 4 (Cyrillic), and the bytes beside them are not.
func unmarked16(b []byte) string {
	if len(b) < 4 {
		return ""
	}
	var high [2]int // bytes 0x00 and 0x04 at even and odd places
	units := len(b) / 2
	nul := false
	for i, c := range b[:units*2] {
		if c == 0 || c == 4 {
			high[i%2]++
		}
		nul = nul || c == 0
	}
	if !nul && high[0]+high[1] < units*9/10 {
		return ""
	}
	switch {
	case high[1] >= units*9/10 && high[0] < units/10+1:
		return UTF16LE
	case high[0] >= units*9/10 && high[1] < units/10+1:
		return UTF16BE
	}
	return ""
}

// mostlyUTF8 allows a few broken sequences: a page cut in the middle, a
// pasted byte. One in a hundred of the sequences may be broken.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) {
				break // cut by the sample
			}
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad == 0 || bad*100 <= good
}

func decode16(b []byte, order binary.ByteOrder, name string) Text {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	t := Text{Name: name, Damaged: len(b)}
	var sb strings.Builder
	for _, r := range utf16.Decode(units) {
		if r == utf8.RuneError {
			t.Damaged++
		}
		sb.WriteRune(r)
	}
	t.String = sb.String()
	return t
}

func decode8(b []byte, name string) Text {
	high := tableOf(name)
	t := Text{Name: name}
	var sb strings.Builder
	sb.Grow(len(b) + len(b)/2)
	for _, c := range b {
		r := decodeByte(high, c)
		if r == utf8.RuneError {
			t.Damaged++
		}
		sb.WriteRune(r)
	}
	t.String = sb.String()
	return t
}

// DecodeByte returns the character of one byte in an 8-bit set, for formats
// that escape bytes singly, such as RTF.
func DecodeByte(name string, c byte) rune { return decodeByte(tableOf(name), c) }

func decodeByte(high *table, c byte) rune {
	if c < utf8.RuneSelf {
		return rune(c)
	}
	return high[c-utf8.RuneSelf]
}

func tableOf(name string) *table {
	for i := range eightBit {
		if eightBit[i].name == name {
			return &eightBit[i].high
		}
	}
	return &eightBit[0].high
}

// best8 returns the 8-bit set that makes the likeliest text of b.
func best8(b []byte, declared string) string {
	declared = canonical(declared)
	best, top := CP1251, 0.0
	latin := mostlyLatin(b)
	for i := range eightBit {
		s := score(b, &eightBit[i].high, latin)
		if eightBit[i].name == declared {
			s += tieBreak
		}
		if i == 0 || s > top {
			best, top = eightBit[i].name, s
		}
	}
	return best
}

// Weights of the score, in steps of the table of pairs a character.
const (
	tieBreak    = 0.05 // a declared set wins when two are as good
	badPoint    = -15  // a control character or a hole in the set
	capInside   = -4   // a capital after a small letter: сОт
	mixedPair   = -9   // a Cyrillic letter beside a Latin one
	oddSymbol   = -6   // box drawing, currency signs and the like
	strayLetter = -20  // a Cyrillic letter that begins a word in a Latin text
	rarePair    = -2   // a pair of Cyrillic letters that the table does not have
	latinEdge   = 2    // a Latin letter beside a quote, a dash or a blank
	latinAccent = 4    // é inside a Latin word: about a common pair
)

// mostlyLatin reports whether the letters of b are ASCII and the bytes above
// 0x7F few: quotes, dashes and signs of sections, not words.
func mostlyLatin(b []byte) bool {
	letters, above := 0, 0
	for _, c := range b {
		switch {
		case c >= utf8.RuneSelf:
			above++
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			letters++
		}
	}
	return letters > 8*above
}

// score is the mean likelihood of the bytes of b above 0x7F and their
// neighbours when high decodes them.
func score(b []byte, high *table, latin bool) float64 {
	sum, n := 0, 0
	before := ' '
	wasHigh := false
	for _, c := range b {
		r := decodeByte(high, c)
		isHigh := c >= utf8.RuneSelf
		if isHigh || wasHigh {
			sum += pairScore(before, r)
			if latin && isCyrillic(r) && !isCyrillic(before) {
				sum += strayLetter
			}
			n++
		}
		if isHigh {
			sum += runeScore(before, r)
		}
		before, wasHigh = r, isHigh
	}
	return float64(sum) / float64(max(n, 1))
}

func runeScore(before, r rune) int {
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		return badPoint
	case unicode.IsUpper(r) && unicode.IsLower(before):
		return capInside
	case unicode.IsLetter(r), strings.ContainsRune("«»„“”‘’…–—№§°\u00a0\u00ad©•", r):
		return 0
	}
	return oddSymbol
}

func pairScore(a, b rune) int {
	la, lb := unicode.ToLower(a), unicode.ToLower(b)
	switch {
	case isLatin(la) && isLatin(lb):
		return latinAccent
	case isLatin(la) && isCyrillic(lb), isCyrillic(la) && isLatin(lb):
		return mixedPair
	case isLatin(la) || isLatin(lb):
		return latinEdge
	}
	na, oka := letterNo[la]
	nb, okb := letterNo[lb]
	if unicode.IsLetter(la) && !oka || unicode.IsLetter(lb) && !okb || pairs[na][nb] == 0 {
		return rarePair
	}
	return int(pairs[na][nb])
}

func isLatin(r rune) bool    { return unicode.Is(unicode.Latin, r) }
func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// canonical maps the names that pages use to those of this package.
func canonical(name string) string {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "windows-1251", "cp1251", "win-1251", "1251":
		return CP1251
	case "kz-1048", "kz1048", "strk1048-2002", "rk1048":
		return KZ1048
	case "ptcp154", "pt154", "cp154", "csptcp154", "cyrillic-asian":
		return PT154
	case "koi8-r", "koi8r", "koi8-u":
		return KOI8R
	case "ibm866", "cp866", "866":
		return CP866
	case "windows-1252", "cp1252", "iso-8859-1", "latin1":
		return CP1252
	}
	return ""
}

// maxWord bounds a text that NewReader decodes, in bytes.
const maxWord = 1 << 20

// NewReader decodes a short text, such as an encoded word of a letter's head,
// whose set is declared. A set that is not known is told from the text.
func NewReader(declared string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxWord))
	if err != nil {
		return nil, err
	}
	if name := canonical(declared); name != "" && !utf8.Valid(b) {
		return strings.NewReader(decode8(b, name).String), nil
	}
	return strings.NewReader(Decode(b, declared).String), nil
}
