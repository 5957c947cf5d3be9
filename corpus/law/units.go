package law

import (
	"strings"
	"unicode/utf8"
)

// item is something that the grammar binds: a unit with its numbers, an act,
// or a document.
type item struct {
	start, end int // tokens
	unit       unit
	tongue     tongue
	values     []value
	back       bool // that same article
	self       bool // this article
	rule       bool // a rule or principle: counts only beside an act that has such
	plural     bool
	act        *mention // nil of a unit
	doc        string   // ID of a document
	among      []string // what it may be, where it is open
}

func (it *item) isAct() bool { return it.act != nil }

// unitAt reads a unit at token i, in whichever language it is.
func (s *scanner) unitAt(i int) (item, bool) {
	t := &s.ts[i]
	switch {
	case t.kind == isNumber:
		if it, ok := s.kazakhAt(i); ok {
			return it, true
		}
		return s.numberedFirst(i)
	case t.form == "§":
		return s.signed(i)
	case t.form == "«", t.form == `"`:
		return s.kazakhAt(i)
	case t.kind == isSign:
		return item{}, false
	}
	if w, ok := unitWords[t.form]; ok {
		return s.worded(i, w)
	}
	if w, ok := belowWords[t.form]; ok {
		return s.below(i, w)
	}
	for _, read := range []func(int) (item, bool){s.rule, s.kazakhAt, s.kazakhBack, s.ordinalFirst} {
		if it, ok := read(i); ok {
			return it, true
		}
	}
	return item{}, false
}

// signed reads "§ 4" that stands by itself.
func (s *scanner) signed(i int) (item, bool) {
	next, list := s.sections(i)
	it := item{start: i, end: next, unit: section, tongue: english}
	for _, sp := range list {
		v := value{text: sp.at[section], start: i, end: next}
		if len(sp.brackets) > 0 {
			v.subs = []spec{{brackets: sp.brackets}}
		}
		it.values = append(it.values, v)
	}
	return it, len(list) > 0
}

// rule reads a rule or a principle: Rule 43, принцип 11.
func (s *scanner) rule(i int) (item, bool) {
	l, ok := ruleWords[s.ts[i].form]
	if !ok {
		return item{}, false
	}
	vals, next := s.values(i+1, unitWord{article, l, true, false})
	it := item{start: i, end: next, unit: article, tongue: l, values: vals, rule: true}
	return it, len(vals) > 0 && isDigits(vals[0].text[:1])
}

// kazakhBack reads осы баптың, сол баптың.
func (s *scanner) kazakhBack(i int) (item, bool) {
	u, _, ok := kazakhUnit(s.ts[i].form)
	if !ok || u != article || i == 0 {
		return item{}, false
	}
	it := item{start: i - 1, end: i + 1, unit: article, tongue: kazakh, self: isSelf(s.ts[i-1].form), back: isSame(s.ts[i-1].form)}
	return it, it.self || it.back
}

// worded reads a unit whose word stands first: ст. 405, часть вторая.
func (s *scanner) worded(i int, w unitWord) (item, bool) {
	form := s.ts[i].form
	if form == "п" && s.ts[i].caps > 0 && !s.is(i+1, ".") || (form == "p" || form == "pt") && !s.isAfterArticle(i) {
		return item{}, false // an initial; a page
	}
	next := s.pastWord(i, &w)
	it := item{start: i, unit: w.unit, tongue: w.tongue, plural: w.plural}
	it.values, it.end = s.values(next, w)
	if s.is(i-1, "(") && it.unit != article {
		it.closeBracket(s)
	}
	if len(it.values) > 0 {
		it.unit = s.abbreviated(form, &it)
		return it, w.unit != article || w.tongue != russian || !s.isGazette(i)
	}
	return s.pointsBack(it, i)
}

// isAfterArticle reports whether token i stands right after an article, or after
// the comma behind one: "art. 405, pt. 2".
func (s *scanner) isAfterArticle(i int) bool {
	return s.atArticle > 0 && (s.atArticle == i || s.atArticle == i-1 && s.is(i-1, ","))
}

// abbreviated tells what the unit of a list is where its word means two.
func (s *scanner) abbreviated(form string, it *item) unit {
	switch {
	case form == "пп" && it.unit == subpoint:
		return s.manyPoints(it)
	case form == "п" && it.plural && it.unit == point && unitWords[s.formAt(it.end)].unit == point:
		return subpoint // п.п. «а», «б» п. 3
	}
	return it.unit
}

// closeBracket ends the numbers of a unit in a bracket where the bracket ends and
// the next article comes: "статьям 13 (пункты 1 и 2) и 39 (пункт 3)".
func (it *item) closeBracket(s *scanner) {
	for k := 1; k < len(it.values); k++ {
		v := &it.values[k]
		if s.is(it.values[k-1].end-1, ")") && (s.is(v.end, "(") || leading(v.text) > mostParts) {
			it.values, it.end = it.values[:k], it.values[k-1].end
			return
		}
	}
}

// belowWords are English words that mean a place under an article only beside
// one: "section 2 of article 405", "article 3, item 39".
var belowWords = map[string]unitWord{
	"section": {part, english, false, false}, "sections": {part, english, true, false},
	"item": {point, english, false, false}, "items": {point, english, true, false},
}

// below reads such a word with its numbers.
func (s *scanner) below(i int, w unitWord) (item, bool) {
	list, next := s.values(i+1, w)
	if len(list) == 0 {
		return item{}, false
	}
	for k := range list {
		list[k].pointed = w.unit == point
	}
	at := next
	if s.is(at, "of") {
		at++
	}
	if s.is(at, "the") {
		at++
	}
	ahead := at > next && unitWords[s.formAt(at)].unit == article
	return item{start: i, end: next, unit: w.unit, tongue: english, plural: w.plural, values: list}, ahead || s.isAfterArticle(i)
}

// pointsBack reads an article that has no number: той же статьи, this article.
func (s *scanner) pointsBack(it item, i int) (item, bool) {
	if it.unit != article || i == 0 {
		return item{}, false
	}
	it.end = i + 1
	p := s.ts[i-1].form
	it.self = isSelf(p)
	it.back = isSame(p)
	if it.start = i - 1; p == "же" && i > 1 && isSame(s.ts[i-2].form) {
		it.start, it.back = i-2, true
	}
	return it, it.self || it.back
}

// pastWord returns the token after the word of a unit: after the full stop of
// an abbreviation, its second half (ст.ст., п.п., п/п), and "No.".
func (s *scanner) pastWord(i int, w *unitWord) int {
	form, next := s.ts[i].form, i+1
	for next-i < 6 {
		switch {
		case s.is(next, "."):
		case s.is(next, form) && w.short:
			w.plural = true
		case s.is(next, "/") && form == "п":
			w.unit = subpoint
		case s.is(next, "№"), w.tongue == english && s.is(next, "no", "nos"):
		default:
			return next
		}
		next++
	}
	return next
}

// manyPoints tells what пп. abbreviates: пункты before a part of a criminal
// code and with letters, подпункт elsewhere.
func (s *scanner) manyPoints(it *item) unit {
	if it.end >= len(s.ts) {
		return subpoint
	}
	switch above := unitWords[s.ts[it.end].form]; {
	case above.unit == part:
		return point
	case above.unit == article && !isDigits(it.values[0].text[:1]):
		return point
	}
	return subpoint
}

// isGazette reports whether "ст. 504" at token i is an item of a gazette:
// "САПП, 2013 г., № 34, ст. 504", "Ведомости, 1996, № 1 (ч. 1), ст. 3".
func (s *scanner) isGazette(i int) bool {
	if !s.is(i-1, ",") {
		return false
	}
	k := i - 2
	for low := k - 8; k > low && s.isIssue(k) && !s.is(k-1, "n", "no"); k-- {
		continue
	}
	if s.isNumber(k) || s.is(k, ".") {
		k--
	}
	if !s.is(k, "№", "n", "no") {
		return false
	}
	for j := k - 1; j > k-8 && j >= 0; j-- {
		if isGazetteName(s.ts[j].form) {
			return true
		}
	}
	k--
	for s.is(k, ",", ".", "г", "год", "года") {
		k--
	}
	return s.isNumber(k) && isYear(s.ts[k].form) && s.month(k-1) == 0
}

// isIssue reports whether token i may be of the number of an issue: 1 (ч. 1).
func (s *scanner) isIssue(i int) bool {
	return s.isNumber(i) || s.is(i, "-", "–", "(", ")", "ч", ".", "часть")
}

func isGazetteName(form string) bool {
	return form == "сапп" || strings.HasPrefix(form, "ведомост") || strings.HasPrefix(form, "собрани") || strings.HasPrefix(form, "бюллетен")
}

// numberedFirst reads "405-й статье", "по 405 статье", "2-я часть".
func (s *scanner) numberedFirst(i int) (item, bool) {
	n, next, ok := s.number(i)
	if !ok {
		return item{}, false
	}
	next, ordinal := s.pastOrdinal(next)
	if next >= len(s.ts) {
		return item{}, false
	}
	w, ok := unitWords[s.ts[next].form]
	if !ok || w.tongue != russian || w.short || s.isNumber(next+1) {
		return item{}, false
	}
	if !ordinal && (w.unit != article || w.plural || s.isTaken(i) || isCount(n)) {
		return item{}, false
	}
	v := value{text: n, start: i, end: next, exact: ordinal}
	it := item{start: i, end: next + 1, unit: w.unit, tongue: russian, values: []value{v}}
	if ordinal && w.plural {
		s.ordinalsBefore(&it)
	}
	return it, true
}

// ordinalsBefore takes in the ordinals of a list that ends in the word of its
// unit: "по 174-й, 258-й и 405-й статьям".
func (s *scanner) ordinalsBefore(it *item) {
	for len(it.values) < maxList {
		at := it.start - 1
		if !s.is(at, ",", "и", "или") || !s.isNumber(at-3) || len(s.ts[at-3].form) > maxDigits {
			return
		}
		if next, ok := s.pastOrdinal(at - 2); !ok || next != at {
			return
		}
		it.start = at - 3
		it.values = append([]value{{text: s.ts[at-3].form, start: at - 3, end: at, exact: true}}, it.values...)
	}
}

// pastOrdinal returns the token after the ending of 405-й, if it stands at i.
func (s *scanner) pastOrdinal(i int) (next int, ok bool) {
	if s.is(i, "-") && s.isGlued(i) && s.isGlued(i+1) && i+1 < len(s.ts) && isRussianOrdinalEnding(s.ts[i+1].form) {
		return i + 2, true
	}
	return i, false
}

// isCount reports whether a number before статья may count articles: "3
// статьи", "21 статью".
func isCount(n string) bool { return n[len(n)-1] == '1' || atoi(n) < 5 }

// isTaken reports whether the number at i belongs to what stands before it.
func (s *scanner) isTaken(i int) bool {
	return i > 0 && (s.isUnit(i-1) || s.is(i-1, "№", ".") && !s.is(i-2, "г"))
}

func isRussianOrdinalEnding(form string) bool {
	switch form {
	case "й", "я", "ю", "го", "му", "м", "ая", "ой", "ую", "ый", "е", "ей", "ья", "ью":
		return true
	}
	return false
}

// ordinalFirst reads "второй части", "third paragraph".
func (s *scanner) ordinalFirst(i int) (item, bool) {
	n, next := russianNumber(s.ts, i)
	want := russian
	if n == 0 {
		n, next, want = englishOrdinals[s.ts[i].form], i+1, english
	}
	if n == 0 || next >= len(s.ts) {
		return item{}, false
	}
	w, ok := unitWords[s.ts[next].form]
	if !ok || w.tongue != want || w.short && want == russian || want == english && w.unit == article || s.isNumber(next+1) && !s.headsUnit(next+1) {
		return item{}, false
	}
	v := value{text: itoa(n), start: i, end: next, exact: true}
	return item{start: i, end: next + 1, unit: w.unit, tongue: want, values: []value{v}}, true
}

// headsUnit reports whether the number at i belongs to the word after it:
// второй части 405-й статьи.
func (s *scanner) headsUnit(i int) bool {
	_, ok := s.numberedFirst(i)
	return ok
}

// kazakhAt reads numbers and the Kazakh word for their unit after them.
func (s *scanner) kazakhAt(i int) (item, bool) {
	if i > 0 && s.is(i-1, "-") && s.isGlued(i-1) && s.isGlued(i) {
		return item{}, false // inside another number
	}
	it := item{start: i, tongue: kazakh}
	next := i
	if !s.startsKazakh(i) {
		return item{}, false
	}
	for len(it.values) < maxList {
		v, after, ok := s.kazakhValue(next)
		if !ok {
			return item{}, false
		}
		if len(it.values) > 0 && s.is(next-1, "-", "–") {
			for _, n := range between(it.values[len(it.values)-1].text, v.text) {
				it.values = append(it.values, value{text: n, start: it.values[len(it.values)-1].start, end: v.end})
			}
		}
		it.values = append(it.values, v)
		if u, plural, end, ok := s.kazakhWord(after); ok {
			it.unit, it.plural, it.end = s.secondB(u, i, after), plural, end
			return it, s.isReference(&it, after)
		}
		next = s.pastListSign(after)
		if next == after {
			return item{}, false
		}
	}
	return item{}, false
}

// secondB tells the unit of "405 б. 2 б.", both of which are written б.: the
// second is the part. The number begins at token i, its word is at token word.
func (s *scanner) secondB(u unit, i, word int) unit {
	if u == article && s.is(word, "б") && s.is(i-1, ".") && s.is(i-2, "б") {
		return part
	}
	return u
}

// startsKazakh reports cheaply whether a Kazakh place may start at token i.
func (s *scanner) startsKazakh(i int) bool {
	t := &s.ts[i]
	if t.kind == isWord {
		_, cardinal := kazakhNumbers[t.form]
		_, ordinal := kazakhOrdinals[t.form]
		return cardinal || ordinal || s.isGlued(i+1) && s.is(i+1, ")") && utf8.RuneCountInString(t.form) == 1
	}
	return true
}

// kazakhValue reads one number: 405, 12-2, 4), 2-ші, екінші, «а».
func (s *scanner) kazakhValue(i int) (value, int, bool) {
	if i >= len(s.ts) {
		return value{}, i, false
	}
	v := value{start: i}
	if n, next, ok := s.number(i); ok {
		v.text = n
		if s.is(next, ")") {
			next++
			v.exact, v.pointed = true, true
		}
		if s.is(next, "-", "–") && next+1 < len(s.ts) && isOrdinalEnding(s.ts[next+1].form) {
			next, v.exact = next+2, true
		}
		v.end = next
		return v, next, true
	}
	if n, next, ordinal := kazakhNumber(s.ts, i); n > 0 {
		v.text, v.end, v.exact = itoa(n), next, ordinal
		return v, next, true
	}
	if l, next, ok := s.letter(i, kazakh); ok {
		v.text, v.end, v.exact = l, next, true
		return v, next, true
	}
	return value{}, i, false
}

// isOrdinalEnding reports whether a word is the ending of 2-ші, 91-інші.
func isOrdinalEnding(form string) bool {
	switch form {
	case "ші", "шы", "інші", "ыншы", "нші", "ншы", "сыншы", "сінші", "іншi", "ınshi", "inshi", "nshi", "shi", "yn", "ynshy", "nshy", "shy":
		return true
	}
	return false
}

// pastListSign returns the token after ",", "және" or a dash.
func (s *scanner) pastListSign(i int) int {
	next := i
	if s.is(next, ",", "-", "–") {
		next++
	}
	if next < len(s.ts) && isListWord(s.ts[next].form) {
		next++
	}
	return next
}

// kazakhWord reads the word for a unit, after a hyphen or a blank, also where
// the end of a line has left a hyphen in it: 3-тар-мағына.
func (s *scanner) kazakhWord(i int) (u unit, plural bool, next int, ok bool) {
	if s.is(i, "-", "–") {
		i++
	}
	if i >= len(s.ts) || s.ts[i].kind != isWord {
		return noUnit, false, i, false
	}
	if u, plural, ok = kazakhUnit(s.ts[i].form); ok {
		return u, plural, i + 1, true
	}
	if s.is(i, "б") && s.is(i+1, ".") { // 330-1 б.
		return article, false, i + 2, true
	}
	if s.is(i+1, "-") && s.isGlued(i+1) && s.isGlued(i+2) && i+2 < len(s.ts) {
		if u, plural, ok = kazakhUnit(s.ts[i].form + s.ts[i+2].form); ok {
			return u, plural, i + 3, true
		}
	}
	return noUnit, false, i, false
}

// mostCounted is the greatest number before a bare "бабы" that is read as a
// count: "кодекстің 3 бабы" is three articles, "заңның 27 бабы" article 27.
const mostCounted = 12

// isReference reports whether numbers and their unit name a place and do not
// count: only a hyphen, a bracket, an ordinal or a place below tells.
func (s *scanner) isReference(it *item, word int) bool {
	last := it.values[len(it.values)-1]
	for _, v := range it.values {
		if it.unit == article && v.text[0] > '9' {
			return false // articles have numbers
		}
	}
	if last.exact || s.is(word, "-", "–") {
		return true
	}
	if s.ts[word].form[0] < 0x80 {
		return false // "3 baby"
	}
	if s.ts[last.start].kind == isWord {
		return false // "үш бабы": a cardinal in words
	}
	if it.unit == article {
		return s.isNoCount(it, word)
	}
	return s.isKazakhPlace(it.start - 1)
}

// isNoCount reports whether an article's number without a hyphen is too great
// for a count, or what stands around it says that it is none.
func (s *scanner) isNoCount(it *item, word int) bool {
	last := it.values[len(it.values)-1]
	if it.start == 0 && it.end == len(s.ts) {
		return true // a heading: "3 бап"
	}
	if atoi(last.text) > mostCounted || !isDigits(last.text) || len(it.values) > 1 {
		return true
	}
	return s.kazakhFollows(it.end) || s.is(it.end, "сәйкес") || s.is(word, "б") && s.is(word+1, ".")
}

// kazakhFollows reports whether a Kazakh unit with its number stands at i.
func (s *scanner) kazakhFollows(i int) bool {
	v, next, ok := s.kazakhValue(i)
	if !ok || v.text == "" {
		return false
	}
	_, _, _, ok = s.kazakhWord(next)
	return ok
}

// isKazakhPlace reports whether the word at i is a Kazakh unit or act, which
// "2 тармағы" may belong to.
func (s *scanner) isKazakhPlace(i int) bool {
	if i < 0 {
		return false
	}
	if s.is(i, ".") && s.is(i-1, "б") {
		return true
	}
	if _, _, ok := kazakhUnit(s.ts[i].form); ok {
		return true
	}
	return heads[s.ts[i].form].tongue == kazakh && isHead(s.ts[i].form) != noHead
}
