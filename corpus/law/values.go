package law

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// value is one number of a unit, with what hangs on it: "5 § 1 (c)".
type value struct {
	text       string
	start, end int    // tokens
	subs       []spec // alternatives; none if nothing hangs on it
	split      bool   // the second of an attempt pair: 34-104
	exact      bool   // an ordinal or a hyphen says that the number is no count
}

// spec is a place under an article: one value for each of some units.
type spec struct {
	at [article + 1]string
	// brackets are values of units that the act decides: 405(2), 14 (3) (b).
	brackets []string
}

// scanner reads the tokens of one text.
type scanner struct {
	text string
	ts   []token
	// run is the token after a run of units that began with an article, and
	// atArticle the one after the last article; 0 if there is none.
	run, atArticle int
	many           bool // the word of the run is "articles": what follows "paragraph 3, and" is an article
}

// is reports whether token i has one of the forms.
func (s *scanner) is(i int, forms ...string) bool {
	return i >= 0 && i < len(s.ts) && slices.Contains(forms, s.ts[i].form)
}

// formAt returns the form of token i; "" if there is none.
func (s *scanner) formAt(i int) string {
	if i >= 0 && i < len(s.ts) {
		return s.ts[i].form
	}
	return ""
}

func (s *scanner) isNumber(i int) bool { return i >= 0 && i < len(s.ts) && s.ts[i].kind == isNumber }

func (s *scanner) isGlued(i int) bool { return i < len(s.ts) && s.ts[i].glued }

// Limits of what is read as a number: the codes have fewer than 2,000
// articles, and a list longer than maxList is none.
const (
	maxDigits = 5
	maxList   = 40
	maxRange  = 60
)

// number reads "405", "12-2", "20.3", "135a", and tells the end of a range.
func (s *scanner) number(i int) (text string, next int, ok bool) {
	if !s.isNumber(i) || len(s.ts[i].form) > maxDigits {
		return "", i, false
	}
	text, next = s.ts[i].form, i+1
	for s.is(next, "-", ".") && s.isNumber(next+1) && s.isGlued(next) && s.isGlued(next+1) && len(s.ts[next+1].form) <= 4 {
		if s.is(next, "-") && s.rises(text, s.ts[next+1].form) {
			break
		}
		if len(text)+1+len(s.ts[next+1].form) > maxPlace {
			return "", i, false
		}
		text += s.ts[next].form + s.ts[next+1].form
		next += 2
	}
	if l, ok := s.gluedLetter(next); ok {
		return text + l, next + 1, len(text)+len(l) <= maxPlace
	}
	return text, next, true
}

// rises reports whether "a-b" is a range rather than an article 12-2: added
// articles are numbered from 1 and stay below the number that they follow.
func (s *scanner) rises(a, b string) bool {
	if cut := strings.LastIndexAny(a, "-."); cut >= 0 {
		return false
	}
	return atoi(b) > atoi(a)
}

// gluedLetter reads the letter of "135a".
func (s *scanner) gluedLetter(i int) (string, bool) {
	if i >= len(s.ts) || !s.ts[i].glued || s.ts[i].kind != isWord || s.ts[i].caps > 0 || utf8.RuneCountInString(s.ts[i].form) != 1 {
		return "", false
	}
	f := s.ts[i].form
	return f, f[0] >= 'a' && f[0] <= 'z' && !s.is(i+1, "'", "’")
}

// letter reads «а», а), "а", (a) as the number of a point. A bare letter
// counts only before another unit, because в, с and и are words too.
func (s *scanner) letter(i int, l tongue) (text string, next int, ok bool) {
	open := s.is(i, "«", `"`, "(", "'")
	at := i
	if open {
		at++
	}
	if at >= len(s.ts) || s.ts[at].kind != isWord || utf8.RuneCountInString(s.ts[at].form) > 1 {
		return "", i, false
	}
	text, next = sameScript(s.ts[at].form, l), at+1
	if !isPlace(text) {
		return "", i, false
	}
	switch {
	case open && s.is(next, "»", `"`, ")", "'"), !open && s.is(next, ")"):
		return text, next + 1, true
	case open:
		return "", i, false
	}
	return text, next, s.isUnit(next)
}

// sameScript writes a letter of a point in the alphabet of its text: texts mix
// Latin a and Cyrillic а.
func sameScript(letter string, l tongue) string {
	from, to := "aceopxykm", "асеорхукм"
	if l == english {
		from, to = to, from
	}
	rs, out := []rune(from), []rune(to)
	r, _ := utf8.DecodeRuneInString(letter)
	for i := range rs {
		if rs[i] == r {
			return string(out[i])
		}
	}
	return letter
}

func (s *scanner) isUnit(i int) bool {
	if i < len(s.ts) {
		_, ok := unitWords[s.ts[i].form]
		return ok
	}
	return false
}

// value reads one number of a unit after its word.
func (s *scanner) value(i int, w unitWord) (value, bool) {
	v := value{start: i}
	if n, next, ok := s.number(i); ok {
		v.text, v.end = n, next
		return s.closed(v, w), true
	}
	if w.unit != article {
		if l, next, ok := s.letter(i, w.tongue); ok {
			v.text, v.end = l, next
			return v, true
		}
		if n, ok := s.bracketed(i); ok {
			v.text, v.end = n, i+3
			return s.closed(v, w), true
		}
	}
	if i < len(s.ts) {
		if n := roman(&s.ts[i], s.text); n > 0 && (w.unit == article || w.unit == part && w.tongue == english) {
			v.text, v.end = itoa(n), i+1
			return s.closed(v, w), true
		}
	}
	if n := englishNumbers[s.formAt(i)]; n > 0 && w.tongue == english && w.unit != article {
		v.text, v.end = itoa(n), i+1
		return v, true
	}
	if w.tongue == russian && !w.short {
		if n, next := russianNumber(s.ts, i); n > 0 {
			v.text, v.end = itoa(n), next
			return v, true
		}
	}
	return v, false
}

// bracketed reads "(4)".
func (s *scanner) bracketed(i int) (string, bool) {
	if s.is(i, "(") && s.isNumber(i+1) && s.is(i+2, ")") && len(s.ts[i+1].form) <= 3 {
		return s.ts[i+1].form, true
	}
	return "", false
}

// closed takes in what is written right after a number: the bracket of "4)",
// the ending of "7-ю", the brackets and signs of "14 (3) (b)" and "6 § 1".
func (s *scanner) closed(v value, w unitWord) value {
	if s.is(v.end, ")") && (w.unit == point || w.unit == subpoint) {
		v.end++
	}
	if w.tongue == russian && s.is(v.end, "-") && s.isGlued(v.end) && s.isGlued(v.end+1) && v.end+1 < len(s.ts) &&
		s.ts[v.end+1].kind == isWord && len(s.ts[v.end+1].form) <= 6 {
		v.end += 2
	}
	if w.unit == part && w.tongue == russian {
		return v
	}
	if l, next, ok := s.looseLetter(v.end); ok && w.unit == point {
		v.subs, v.end = []spec{{brackets: []string{l}}}, next
		return v
	}
	v.subs, v.end = s.subs(v.end)
	return v
}

// looseLetter reads the letter of "п. 3 «а»" and "(пункт 3 b)".
func (s *scanner) looseLetter(i int) (string, int, bool) {
	if s.is(i, "«", `"`) {
		return s.letter(i, russian)
	}
	if i+1 < len(s.ts) && s.ts[i].kind == isWord && s.ts[i].caps == 0 && s.is(i+1, ")") && utf8.RuneCountInString(s.ts[i].form) == 1 && isPlace(s.ts[i].form) {
		return s.ts[i].form, i + 1, true
	}
	return "", i, false
}

// subs reads the places that hang on a number: (2), (b), § 1, §§ 1 and 3.
func (s *scanner) subs(i int) ([]spec, int) {
	if next, list := s.sections(i); len(list) > 0 {
		return list, next
	}
	now, next := s.brackets(spec{}, i)
	if next == i {
		return nil, i
	}
	return s.siblings([]spec{now}, next)
}

// brackets reads "(3)(b)" under a place.
func (s *scanner) brackets(now spec, i int) (spec, int) {
	for len(now.brackets) < maxBrackets {
		b, next, ok := s.bracket(i)
		if !ok {
			break
		}
		now.brackets = append(now.brackets, b)
		i = next
	}
	return now, i
}

// maxBrackets is how deep brackets nest under an article: 14 (3) (b) (i).
const maxBrackets = 3

// siblings reads further brackets on the level of the last: (a) and (b).
func (s *scanner) siblings(out []spec, i int) ([]spec, int) {
	depth := len(out[len(out)-1].brackets)
	for len(out) < maxList {
		at := i
		for s.is(at, ",", "-", "–") || at < len(s.ts) && isListWord(s.ts[at].form) {
			at++
		}
		ranges := s.is(at-1, "-", "–")
		if at == i || at > i+2 {
			break
		}
		b, next, ok := s.bracket(at)
		last := out[len(out)-1].brackets[depth-1]
		if !ok || isDigits(b) != isDigits(last) {
			break
		}
		numbers := []string{b}
		if ranges {
			numbers = append(between(last, b), b)
		}
		for _, n := range numbers {
			sp := out[len(out)-1]
			sp.brackets = append(append([]string{}, sp.brackets[:depth-1]...), n)
			out = append(out, sp)
		}
		i = next
	}
	return out, i
}

// bracket reads "(2)", "(b)", "(iii)".
func (s *scanner) bracket(i int) (string, int, bool) {
	if !s.is(i, "(") || i+2 >= len(s.ts) || !s.is(i+2, ")") {
		return "", i, false
	}
	t := &s.ts[i+1]
	switch {
	case t.kind == isNumber && len(t.form) <= 2:
		return t.form, i + 3, true
	case t.kind == isWord && (utf8.RuneCountInString(t.form) == 1 || isSmallRoman(t.form)):
		l := sameScript(t.form, english)
		return l, i + 3, isPlace(l)
	}
	return "", i, false
}

func isSmallRoman(s string) bool {
	return len(s) <= 4 && strings.Trim(s, "ivx") == ""
}

// sections reads "§ 1", "§§ 1 (f), 2 and 4".
func (s *scanner) sections(i int) (next int, list []spec) {
	if s.is(i, ",") && s.is(i+1, "§") {
		i++
	}
	if !s.is(i, "§") {
		return i, nil
	}
	many := s.is(i+1, "§")
	next = i + 1
	if many {
		next++
	}
	for len(list) < maxList {
		at := next
		if len(list) > 0 {
			if at = s.pastListSign(next); at == next {
				break
			}
		}
		n, after, ok := s.number(at)
		if !ok {
			break
		}
		if len(list) > 0 && s.is(at-1, "-", "–") {
			for _, m := range between(list[len(list)-1].at[section], n) {
				list = append(list, sectionOf(m))
			}
		}
		sp, after := s.brackets(sectionOf(n), after)
		list, next = append(list, sp), after
		if len(sp.brackets) > 0 {
			list, next = s.siblings(list, next)
		}
		if !many {
			break
		}
	}
	return next, list
}

func sectionOf(n string) (sp spec) {
	sp.at[section] = n
	return sp
}

// between lists the numbers inside a range: 256, 258 gives 257; 233-1, 233-4
// gives 233-2, 233-3; a, c gives b. A range that is too long gives nothing.
func between(a, b string) []string {
	head := ""
	if i := strings.LastIndexByte(a, '-'); i >= 0 && strings.HasPrefix(b, a[:i+1]) {
		head = a[:i+1]
	}
	if len(a) == 1 && len(b) == 1 && a[0] >= 'a' && b[0] <= 'z' && a[0] < b[0] {
		var letters []string
		for l := a[0] + 1; l < b[0]; l++ {
			letters = append(letters, string(rune(l)))
		}
		return letters
	}
	lo, hi := atoi(a[len(head):]), atoi(b[len(head):])
	if lo == 0 || hi <= lo || hi-lo > maxRange {
		return nil
	}
	var out []string
	for n := lo + 1; n < hi; n++ {
		out = append(out, head+itoa(n))
	}
	return out
}

// values reads the list of numbers after the word of a unit.
func (s *scanner) values(i int, w unitWord) ([]value, int) {
	v, ok := s.value(i, w)
	if !ok || isYearOf(s, v) {
		return nil, i
	}
	list, next := append(make([]value, 0, usualList), v), v.end
	for len(list) < maxList {
		more, after := s.another(list, next, w)
		if len(more) == len(list) {
			break
		}
		list, next = more, after
	}
	return list, next
}

// usualList is the room for numbers that a list begins with.
const usualList = 2

// isYearOf reports whether the number is a year: "статьи 2014 года".
func isYearOf(s *scanner, v value) bool {
	return isYear(v.text) && s.is(v.end, "г", "года", "году", "год", "жылғы", "жылы", "ж")
}

// another appends the next numbers to a list: after a comma, a conjunction, a
// gloss, or the dash of a range.
func (s *scanner) another(list []value, i int, w unitWord) ([]value, int) {
	last := &list[len(list)-1]
	if s.is(i, "-", "–") {
		if more, next := s.rangeEnd(list, i, w); len(more) > len(list) {
			return more, next
		}
	}
	at := i
	if w.unit == article {
		at = s.pastGloss(at)
	}
	sep := at
	if s.is(at, ",") {
		at++
	}
	if at < len(s.ts) && isListWord(s.ts[at].form) {
		at++
	}
	if at == sep || s.nextArticle(last, i, w) {
		return list, i
	}
	v, ok := s.value(at, w)
	if !ok || !s.belongs(v, w) || s.startsArticle(last, v, w) {
		return list, i
	}
	return append(list, v), v.end
}

// nextArticle reports whether the list goes on with an article, in the way of
// the United Nations: "articles 19, paragraph 3, and 21", "articles 14,
// paragraphs 1 and 3, and 26". Its separator is at i.
func (s *scanner) nextArticle(last *value, i int, w unitWord) bool {
	if w.unit == article || w.tongue != english || !s.many || s.run == 0 || !s.is(i, ",") {
		return false
	}
	return !w.plural || s.is(last.start-1, "and")
}

// startsArticle reports whether a number after a point is the next article of
// a list: "ст.ст. 188 ч. 3 п. 1), 190 ч. 2".
func (s *scanner) startsArticle(last *value, v value, w unitWord) bool {
	if w.unit == article || s.run == 0 || s.run > last.start || last.start-s.run > 3 || v.end >= len(s.ts) {
		return false
	}
	return unitWords[s.ts[v.end].form].unit == part
}

// rangeEnd appends 257 and 258 for "–258" after 256. A number far above, written with a hyphen,
// is the crime itself after the article on attempts: 34-104.
func (s *scanner) rangeEnd(list []value, i int, w unitWord) ([]value, int) {
	last := list[len(list)-1]
	v, ok := s.value(i+1, w)
	if !ok || len(last.subs) > 0 {
		return list, i
	}
	lo, hi := atoi(last.text), atoi(v.text)
	if lo > 0 && hi > lo+attemptGap && s.is(i, "-") && s.isGlued(i) && w.unit == article && lo <= lastGeneral {
		v.split = true
		return append(list, v), v.end
	}
	inner := between(last.text, v.text)
	if len(inner) == 0 && hi != lo+1 && !strings.Contains(v.text, "-") {
		return list, i
	}
	for _, n := range inner {
		list = append(list, value{text: n, start: last.start, end: v.end}) // 257 stands in "256-258", and nowhere else
	}
	return append(list, v), v.end
}

// The articles on attempt, preparation and complicity stand at the beginning
// of every criminal code; the crimes follow at a distance.
const (
	lastGeneral = 35
	attemptGap  = 45
)

// belongs reports whether a number after a separator is one more of the list,
// and not the beginning of something else: "ст. 5, 12 мая".
func (s *scanner) belongs(v value, w unitWord) bool {
	n := v.end
	if n >= len(s.ts) {
		return true
	}
	if isYearOf(s, v) || isCounted(s.ts[n].form) || s.is(n, "%", "/", ":") {
		return false
	}
	if _, _, ok := kazakhUnit(s.ts[n].form); ok || s.is(n, "-") && s.isGlued(n) && n+1 < len(s.ts) && s.ts[n+1].kind == isWord {
		return false
	}
	if w.plural || s.ts[n].kind != isWord {
		return true
	}
	return s.isUnit(n) || isJoin(s.ts[n].form) || s.startsName(n)
}

// startsName reports whether a code or act is named at token i.
func (s *scanner) startsName(i int) bool {
	n, _ := reg.match(s.ts, i)
	return n != nil || isHead(s.ts[i].form) != noHead
}

// maxGloss is the longest explanation, in tokens, that may stand between a
// number and what it belongs to.
const maxGloss = 60

// pastGloss returns the token after an explanation in brackets or quotes that
// starts at i, and i if there is none. An explanation has no reference in it.
func (s *scanner) pastGloss(i int) int {
	end := s.closing(i)
	if end == i {
		return i
	}
	for k := i + 1; k < end-1; k++ {
		if w, ok := unitWords[s.ts[k].form]; ok && (s.isNumber(k+1) || s.is(k+1, ".") && s.isNumber(k+2)) && w.unit != noUnit {
			return i
		}
	}
	return end
}

// closing returns the token after the bracket or quote that closes the one at
// i; i if none does.
func (s *scanner) closing(i int) int {
	if i >= len(s.ts) {
		return i
	}
	var open, shut string
	switch s.ts[i].form {
	case "(":
		open, shut = "(", ")"
	case "«":
		open, shut = "«", "»"
	case `"`:
		open, shut = "", `"`
	default:
		return i
	}
	depth := 0
	for k := i; k < len(s.ts) && k < i+maxGloss; k++ {
		switch f := s.ts[k].form; {
		case f == open:
			depth++
		// “…" is seen too.
		case f == shut && k > i, open == "«" && f == `"`:
			if depth--; depth <= 0 {
				return k + 1
			}
		}
	}
	return i
}
