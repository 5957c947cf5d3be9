package number

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/ingest/lazyregexp"
)

// style is the form of a mark. Only marks of one style make a sequence.
type style int

const (
	noStyle  style = iota
	decimal        // 12.  12-1.  12 bis.
	dotted         // 3.4.  140.89
	bracket        // [12]
	sign           // § 45
	roman          // III.
	upper          // A.  AB.
	point          // 1)
	pointIn        // (1)
	letter         // a)
	letterIn       // (a)
	romanIn        // (iv)  iv)
)

// main reports whether paragraphs of this style stand for themselves; the
// others hang on one that does.
func (s style) main() bool {
	switch s {
	case decimal, dotted, bracket, sign, roman, upper:
		return true
	case noStyle, point, pointIn, letter, letterIn, romanIn:
	}
	return false
}

// mark is a candidate for a number at the beginning of a paragraph.
type mark struct {
	style  style
	label  string // as printed
	prefix string // of a dotted number: "3" of "3.4"
	value  int    // place in its sequence, from 1
	dot    bool   // a dotted number ends with a dot too
	low    bool   // the text goes on with a small letter
	empty  bool   // nothing follows
	wide   bool   // two blanks or a tab follow: set off by hand
}

// follows reports whether m is the next after p in one sequence.
func (m mark) follows(p mark) bool {
	return m.style == p.style && m.prefix == p.prefix && m.value == p.value+1
}

// forms are the marks, the more special first. The first group is the label.
var forms = []struct {
	style style
	re    *lazyregexp.Regexp
}{
	{dotted, lazyregexp.New(`^(\d{1,4}(?:\.\d{1,4}){1,5})(\.?)(?:\s|$)`)},
	{decimal, lazyregexp.New(`^(\d{1,4}(?:-\d{1,3})?(?: (?:bis|ter|quater))?)\.(?:\s|$|\p{Lu})`)},
	{point, lazyregexp.New(`^(\d{1,3}(?:-\d{1,2})?\))\s*`)},
	{pointIn, lazyregexp.New(`^(\(\d{1,3}\))\s`)},
	{romanIn, lazyregexp.New(`^(\(?(?:x{0,3}(?:ix|iv|v?i{1,3})|x{1,3}|v|x{1,3}v)\))\s`)},
	{letter, lazyregexp.New(`^(\p{L}\))\s*`)},
	{letterIn, lazyregexp.New(`^(\(\p{L}\))\s`)},
	{bracket, lazyregexp.New(`^\[(\d{1,4})\]\s`)},
	{sign, lazyregexp.New(`^§{1,2}\s?(\d{1,4})\.?\s`)},
	{roman, lazyregexp.New(`^([IVXLCІХ]{1,7})\.\s`)},
	{upper, lazyregexp.New(`^(\p{Lu}{1,2})\.\s`)},
}

// initialsRE begins a line with the initials of a person: "Д. Ш. Қоңыртауов".
var initialsRE = lazyregexp.New(`^\p{Lu}\.\s?\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}\p{Ll}`)

// parse returns the marks that may begin s: more than one where letters read
// as Roman numbers too.
func parse(s string) []mark {
	var out []mark
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	if s == "" || !strings.ContainsRune("([§", rune(s[0])) && !wordStart(s) || initialsRE.MatchString(s) {
		return nil
	}
	for _, f := range forms {
		loc := f.re.FindStringSubmatchIndex(s)
		if loc == nil {
			continue
		}
		m := mark{style: f.style, label: s[loc[2]:loc[3]]}
		if f.style == dotted {
			m.dot = loc[4] < loc[5]
		}
		if !m.count() {
			continue
		}
		m.look(s[loc[3]:])
		out = append(out, m)
	}
	return out
}

func wordStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r) || unicode.IsLetter(r) || r == '§'
}

// look notes what comes after the label.
func (m *mark) look(rest string) {
	rest = strings.TrimLeft(rest, ".)]")
	text := strings.TrimLeftFunc(rest, unicode.IsSpace)
	m.wide = len(rest)-len(text) > 1
	m.empty = text == ""
	r, _ := utf8.DecodeRuneInString(text)
	m.low = unicode.IsLower(r)
}

// count sets the value of m and reports whether it has one.
func (m *mark) count() bool {
	switch m.style {
	case decimal, bracket, sign, point, pointIn:
		return m.countNumber()
	case dotted:
		if dateLike(m.label) {
			return false
		}
		at := strings.LastIndexByte(m.label, '.')
		m.prefix = m.label[:at]
		m.value, _ = strconv.Atoi(m.label[at+1:])
	case roman, romanIn:
		m.value = romanValue(m.label)
	case upper, letter, letterIn:
		m.value = letterValue(strings.Trim(m.label, "()"))
		if m.style != upper && cyrillic(m.label) {
			m.prefix = "cyr" // а) б) в) and a) b) c) are different lists
		}
	case noStyle:
	}
	return m.value > 0
}

// countNumber takes "12-1" and "12 bis" as the same place as 12: an inserted
// paragraph does not stop the count.
func (m *mark) countNumber() bool {
	digits := strings.TrimLeft(m.label, "(")
	end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		digits = digits[:end]
	}
	m.value, _ = strconv.Atoi(digits)
	return m.value > 0
}

// dateLike recognises 12.03.2019 and 12.03.19.
func dateLike(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return false
	}
	day, _ := strconv.Atoi(parts[0])
	month, _ := strconv.Atoi(parts[1])
	return day >= 1 && day <= 31 && len(parts[1]) == 2 && month >= 1 && month <= 12 &&
		(len(parts[2]) == 2 || len(parts[2]) == 4)
}

func cyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

// romanValue returns the value of a Roman number; 0 if it is none. Cyrillic
// І and Х stand for I and X in typed texts.
func romanValue(s string) int {
	s = strings.ToUpper(strings.NewReplacer("І", "I", "Х", "X", "(", "", ")", "").Replace(s))
	sum, before := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}[s[i]]
		if v < before {
			sum -= v
		} else {
			sum, before = sum+v, v
		}
	}
	if toRoman(sum) != s {
		return 0
	}
	return sum
}

func toRoman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}

// The alphabets of lettered points. Russian lists skip ё, й, ъ, ы and ь, and
// Kazakh ones keep or skip the Kazakh letters: a step over letters that may be
// skipped is handled by giving each list the alphabet without them.
const (
	latinLetters   = "abcdefghijklmnopqrstuvwxyz"
	russianLetters = "абвгдежзиклмнопрстуфхцчшщэюя"
)

// letterValue returns the place of a letter in its alphabet; of "AA" after
// "Z", 27. 0 if it is no letter that counts.
func letterValue(s string) int {
	s = strings.ToLower(s)
	for _, alphabet := range []string{latinLetters, russianLetters} {
		value, letters := 0, 0
		for _, r := range s {
			at := strings.IndexRune(alphabet, r)
			if at < 0 {
				value = 0
				break
			}
			value = value*utf8.RuneCountInString(alphabet) + utf8.RuneCountInString(alphabet[:at]) + 1
			letters++
		}
		if value > 0 && letters <= 2 {
			return value
		}
	}
	return 0
}

// bullets are the signs of points without a number.
const bullets = "-–—•·*‣◦▪●○■□►–"

// Bullet reports whether a line begins with the sign of a point and a blank.
func Bullet(line string) bool {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	r, n := utf8.DecodeRuneInString(line)
	if !strings.ContainsRune(bullets, r) || n == len(line) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(line[n:])
	return unicode.IsSpace(next) && strings.TrimSpace(line[n:]) != ""
}
