package lang

import "unicode/utf8"

// span is a part of a text in bytes, end exclusive.
type span struct{ start, end int }

// number emits atoms of which some hold digits: as one token, and by their
// parts too if a part is looked for by itself.
func (s *segment) number(from, to int) {
	parts := s.parts(from, to)
	s.whole(from, to, len(parts) > 0)
	for _, p := range parts {
		s.t.emit(p.start, p.end, false, false)
	}
	if len(parts) == 0 {
		s.t.pos++
	}
}

// parts returns the spans of the parts by which a number is found too; nil if
// it is one word. A day and its month stay together: neither is asked for
// alone, and "15" is to find article 15, not a date.
func (s *segment) parts(from, to int) []span {
	n := to - from
	switch {
	case n == 1:
		return s.pointDate(from)
	case n > maxParts:
		return nil
	case n == 3 && s.joins[from+1] == s.joins[from+2] && isDate(s.text(from), s.text(from+1), s.text(from+2)):
		if isYear(s.text(from)) {
			return s.cut(from, from+1, to)
		}
		return s.cut(from, to-1, to)
	case s.isOfYear(from, to):
		return s.cut(from, to-1, to)
	case n == 2 && s.joins[from+1] == '-' && s.isPair(from):
		return s.cut(from, from+1, to)
	case s.isNamed(from, to):
		var parts []span
		for i := from; i < to; i++ {
			parts = append(parts, s.span(i, i+1))
		}
		return parts
	}
	return nil
}

func (s *segment) text(i int) string { return s.t.text[s.atoms[i].start:s.atoms[i].end] }

func (s *segment) span(from, to int) span { return span{s.atoms[from].start, s.atoms[to-1].end} }

// cut returns the spans of the atoms before and after one.
func (s *segment) cut(from, at, to int) []span {
	return []span{s.span(from, at), s.span(at, to)}
}

// pointDate returns the parts of a date that is one atom: 15.05.2014,
// 2014.05.15, 05.2014.
func (s *segment) pointDate(i int) []span {
	var groups [3]span
	a, n := &s.atoms[i], 0
	groups[0].start = a.start
	for k := a.start; k < a.end; k++ {
		if s.t.text[k] != '.' {
			continue
		}
		groups[n].end = k
		if n++; n == len(groups) {
			return nil
		}
		groups[n].start = k + 1
	}
	groups[n].end = a.end
	at := func(k int) string { return s.t.text[groups[k].start:groups[k].end] }
	switch {
	case n == 1 && len(at(0)) == 2 && isUpTo(at(0), 12) && isYear(at(1)):
		return groups[:2]
	case n < 2 || !isDate(at(0), at(1), at(2)):
		return nil
	case isYear(at(0)):
		return []span{groups[0], {groups[1].start, groups[2].end}}
	}
	return []span{{groups[0].start, groups[1].end}, groups[2]}
}

// isOfYear reports whether atoms are a number and a year: 7/2014, 2-1234/2021,
// 2015/34. Without a year they are a fraction, or a resolution (53/144) of
// which no half is asked for.
func (s *segment) isOfYear(from, to int) bool {
	last := to - 1
	if s.joins[last] != '/' || !isDigits(s.text(last)) {
		return false
	}
	for i := from; i < last; i++ {
		if !isDigits(s.text(i)) || i > from && s.joins[i] != '-' {
			return false
		}
	}
	return isYear(s.text(last)) || last == from+1 && isYear(s.text(from))
}

// isPair reports whether two atoms with a hyphen are two years, or the number
// of a law with that of the parliament: 2014-2016, 210-VIII. Any other pair of
// numbers may be an article (12-2).
func (s *segment) isPair(from int) bool {
	a, b := s.text(from), s.text(from+1)
	return isYear(a) && isYear(b) || isDigits(a) && isRoman(b)
}

// isNamed reports whether atoms are words and a number: COVID-19. One letter
// is no word: Т-34.
func (s *segment) isNamed(from, to int) bool {
	for i := from; i < to-1; i++ {
		if !s.isWord(i) || s.joins[i+1] != '-' || utf8.RuneCountInString(s.text(i)) < 2 {
			return false
		}
	}
	return isDigits(s.text(to - 1))
}

// isDate reports whether three numbers are a day, a month and a year, or the
// other way round.
func isDate(a, b, c string) bool {
	if isYear(a) {
		a, c = c, a
	}
	return isUpTo(a, 31) && isUpTo(b, 12) && isYear(c)
}

// isYear reports whether s is a year of four digits. The 19th century is as
// far back as our documents look.
func isYear(s string) bool {
	return len(s) == 4 && isDigits(s) && (s[:2] == "18" || s[:2] == "19" || s[:2] == "20")
}

// isUpTo reports whether s is one digit or two, from 1 to most.
func isUpTo(s string, most int) bool {
	if len(s) > 2 || !isDigits(s) {
		return false
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n >= 1 && n <= most
}

// isDigits reports whether s is ASCII digits.
func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
