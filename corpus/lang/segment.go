package lang

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// segment is a run of atoms joined by hyphens, slashes and bracketed numbers.
type segment struct {
	t     *tokenizer
	atoms [16]atom // a longer run is cut
	joins [16]byte // the connector before each atom: '-', '/', '(' or 0
	n     int
}

// read collects the atoms from i on and returns where reading goes on.
func (s *segment) read(i int) int {
	first := i
	for {
		a := s.t.atom(i)
		s.atoms[s.n] = a
		s.n++
		next := a.end
		if a.possessive > 0 {
			return a.possessive
		}
		if next, ok := s.brackets(next); ok {
			s.atoms[s.n-1].end = next
		}
		next = s.atoms[s.n-1].end
		if s.n == len(s.atoms) || next-first > maxSegment {
			return next
		}
		join, width := s.connector(next)
		if join == 0 {
			return next
		}
		s.joins[s.n] = join
		i = next + width
	}
}

// brackets extends a number by the parts in brackets behind it: 405(2), 14(3)(d).
func (s *segment) brackets(i int) (end int, ok bool) {
	if !s.atoms[s.n-1].digits {
		return i, false
	}
	end = i
	for end < len(s.t.text) && s.t.text[end] == '(' {
		k := end + 1
		a := s.t.atom(k)
		if !isPartLabel(s.t.text[a.start:a.end]) || a.end >= len(s.t.text) || s.t.text[a.end] != ')' {
			break
		}
		last := &s.atoms[s.n-1]
		last.plain = last.plain && a.plain && (!a.letters || !last.letters) // two scripts may meet
		last.letters, last.capital = last.letters || a.letters, last.capital || a.capital
		last.latin, last.cyrillic = last.latin || a.latin, last.cyrillic || a.cyrillic
		end = a.end + 1
	}
	return end, end > i
}

// isPartLabel reports whether the text in brackets behind a number can name a
// part, a point or a sentence: digits, a letter, a small Roman numeral.
func isPartLabel(s string) bool {
	if s == "" || len(s) > 4 {
		return false
	}
	if utf8.RuneCountInString(s) == 1 {
		return true
	}
	digits := strings.Trim(s, "0123456789") == ""
	return digits || isRoman(s)
}

// isRoman reports whether s is a small Roman numeral in Latin letters.
func isRoman(s string) bool {
	return s != "" && strings.Trim(s, "ivxIVX") == ""
}

// connector returns what joins the atom behind i to the one before; 0 if nothing does.
func (s *segment) connector(i int) (join byte, width int) {
	r, n := s.t.rune(i)
	switch {
	case n == 0:
		return 0, 0
	case isHyphen(r):
		join = '-'
	case r == '/':
		join = '/'
	case s.t.digitBefore(i) && s.t.letterAt(i):
		return '+', 0 // 2016ж: the letters are a word of their own
	default:
		return 0, 0
	}
	next, _ := s.t.rune(i + n)
	switch classOf(next) {
	case classLower, classUpper, classDigit:
		return join, n
	default:
		return 0, 0
	}
}

func (t *tokenizer) digitBefore(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(t.text[:i])
	return classOf(r) == classDigit
}

// emit turns the atoms into tokens.
func (s *segment) emit() {
	for from := 0; from < s.n; {
		from = s.emitRun(from)
	}
}

// emitRun emits the longest run of atoms from one on that belong together.
func (s *segment) emitRun(from int) (next int) {
	to := s.reach(from, '/')
	if to > from+1 && s.hasDigit(from, to) && s.hasSlash(from, to) {
		return s.reference(from, to)
	}
	to = s.reach(from, '-')
	if to == from+1 && !s.atoms[from].digits {
		a := &s.atoms[from]
		s.t.emit(a.start, a.end, a.plain, a.capital)
		return to
	}
	if s.hasDigit(from, to) {
		return s.reference(from, to)
	}
	return s.compound(from, to)
}

// reach returns the end of the run from an atom on that is joined by hyphens,
// and by slashes too if join is one.
func (s *segment) reach(from int, join byte) int {
	to := from + 1
	for to < s.n && (s.joins[to] == '-' || s.joins[to] == join) {
		to++
	}
	return to
}

func (s *segment) hasDigit(from, to int) bool {
	for _, a := range s.atoms[from:to] {
		if a.digits {
			return true
		}
	}
	return false
}

func (s *segment) hasSlash(from, to int) bool {
	return slices.Contains(s.joins[from+1:to], '/')
}

// reference emits atoms of which some hold digits as a number, up to a word
// that hangs on one by a hyphen: 405-бабы, 46/2023-хат, 12-2-баптың.
func (s *segment) reference(from, to int) (next int) {
	end := to
	for i := from + 1; i < to; i++ {
		if s.joins[i] == '-' && s.atoms[i-1].digits && s.isWord(i) {
			end = i
			break
		}
	}
	s.number(from, end)
	if end < to && s.isEnding(end) {
		end++
	}
	return end
}

// isWord reports whether an atom is a word, not a part of a number.
func (s *segment) isWord(i int) bool {
	a := &s.atoms[i]
	return a.letters && !a.digits && !isRoman(s.t.text[a.start:a.end])
}

// isEnding reports whether an atom is an inflection of the number before it.
func (s *segment) isEnding(i int) bool {
	a := &s.atoms[i]
	if i+1 < s.n && s.joins[i+1] == '-' {
		return false
	}
	word := s.t.form(a.start, a.end, a.plain, a.capital)
	return isCaseEnding(word) || isOrdinalEnding(word)
}

// compound emits words joined by hyphens: the joined form, then the parts.
func (s *segment) compound(from, to int) (next int) {
	end := to
	if s.hasCaseEnding(to - 1) {
		end--
	}
	if end-from > 1 && end-from <= maxParts {
		s.whole(from, end, true)
	}
	for i := from; i < end; i++ {
		a := &s.atoms[i]
		s.t.emit(a.start, a.end, a.plain, a.capital)
	}
	return to
}

// whole appends one token of several atoms at the present position.
func (s *segment) whole(from, to int, joined bool) {
	start, end := s.atoms[from].start, s.atoms[to-1].end
	plain, capital, latin, cyrillic := true, false, false, false
	for _, a := range s.atoms[from:to] {
		plain, capital = plain && a.plain, capital || a.capital
		latin, cyrillic = latin || a.latin, cyrillic || a.cyrillic
	}
	// Two scripts may have to be repaired; beyond U+0800 stands a hyphen
	// that is not the ASCII one.
	plain = plain && (!latin || !cyrillic) && strings.IndexFunc(s.t.text[start:end], func(r rune) bool { return r >= 0x800 }) < 0
	s.t.add(Token{Start: start, End: end, Joined: joined, Form: s.t.form(start, end, plain, capital)})
}

// hasCaseEnding reports whether an atom, behind a hyphen, is the Kazakh case
// ending of the one before. Endings that are words of their own elsewhere
// (сын, дар, на) are taken for endings after abbreviations and Latin letters only.
func (s *segment) hasCaseEnding(i int) bool {
	a, before := &s.atoms[i], &s.atoms[i-1]
	word := s.t.form(a.start, a.end, a.plain, a.capital)
	if !isCaseEnding(word) {
		return false
	}
	if strings.ContainsAny(word, "ңғқіг") {
		return true
	}
	name := s.t.text[before.start:before.end]
	short := utf8.RuneCountInString(name) <= 3 && utf8.RuneCountInString(word) <= 2
	return before.latin || short || isAllCapitals(name)
}

// isAllCapitals reports whether a word of two letters or more has no small one.
func isAllCapitals(word string) bool {
	return utf8.RuneCountInString(word) > 1 && !strings.ContainsFunc(word, func(r rune) bool { return classOf(r) == classLower })
}

// isCaseEnding reports whether a word is a Kazakh case ending, as written
// behind a hyphen after an abbreviation, a number or a foreign name.
func isCaseEnding(word string) bool {
	switch word {
	case "ның", "нің", "дың", "дің", "тың", "тің",
		"ны", "ні", "ды", "ді", "ты", "ті",
		"ға", "ге", "қа", "ке", "на", "не",
		"да", "де", "та", "те", "нда", "нде",
		"дан", "ден", "тан", "тен", "нан", "нен",
		"мен", "бен", "пен",
		"дағы", "дегі", "тағы", "тегі", "ндағы", "ндегі",
		"сы", "сі", "сының", "сінің", "сына", "сіне", "сында", "сінде", "сынан", "сінен", "сын", "сін",
		"лар", "лер", "дар", "дер", "тар", "тер":
		return true
	}
	return false
}

// isOrdinalEnding reports whether a word, behind a hyphen after a number, only
// says its order or case: 7-го, 2-й, 3-ші.
func isOrdinalEnding(word string) bool {
	switch word {
	case "й", "я", "е", "ю", "х", "м", "го", "му", "ми", "ти", "ой", "ей", "ый", "ий", "ая", "яя", "ое", "ее",
		"ые", "ие", "ых", "их", "ым", "им", "ом", "ем", "ую", "юю", "ого", "его", "ому", "ему", "ыми", "ими",
		"ші", "шы", "інші", "ыншы", "нші", "ншы", "st", "nd", "rd", "th":
		return true
	}
	return false
}
