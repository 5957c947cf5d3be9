package law

import (
	"fmt"
	"strings"

	"dalel/corpus"
)

// mention is an act as it is named in a text.
type mention struct {
	key, edition string
	start, end   int  // tokens
	head         head // of an act that is only "the Law", "the Convention"
	kind         head // of any act that such a word announces
	tongue       tongue
	self         bool // this Law
	weak         bool // too short to stand for the act without an article: УК, CC
	opaque       bool // named, but not known here
	country      string
	code         string // the type, of a code without its country
	bound        bool   // an article has it
	said         string // the instrument, once the text up to here is resolved
}

// isVague reports whether m is only a general word for an act.
func (m *mention) isVague() bool { return m.key == "" && m.code == "" && !m.opaque }

// details are what stands beside the word for an act.
type details struct {
	country string
	title   string // key
	titled  bool
	date    corpus.Date
	year    string
	number  string
	issuer  issuer
	code    string // the code named in brackets
	federal bool
	end     int // token after the last detail
}

// maxDetails is how many tokens the details of an act may take.
const maxDetails = 120

// details reads what stands beside an act from token i on, in any order.
func (s *scanner) details(i int) details {
	d := details{end: i}
	for j := i; j < len(s.ts) && j-i < maxDetails; {
		next, whole := s.detail(&d, j)
		if next == j {
			break
		}
		j = next
		if whole {
			d.end = j
		}
	}
	return d
}

// detail reads one detail; whole is false of a word that only joins.
func (s *scanner) detail(d *details, j int) (next int, whole bool) {
	if next := s.namedDetail(d, j); next > j {
		return next, true
	}
	if next := s.numberDetail(d, j); next > j {
		return next, true
	}
	if by, after := s.issuerAt(j); after > j {
		if by != noIssuer {
			d.issuer = by
		}
		return after, true
	}
	switch f := s.ts[j].form; f {
	case "«", `"`:
		return s.quotedTitle(d, j)
	case "of", "the", "от", "dated", "for", "за", "штата":
		return j + 1, false
	case "'", "’":
		if s.is(j+1, "s") {
			return j + 2, false
		}
	case "-":
		return s.pastSuffix(j), false
	}
	return j, false
}

// namedDetail reads a country, a title without quotes, or the name of a code
// in brackets.
func (s *scanner) namedDetail(d *details, j int) int {
	if s.is(j, "(") && j+1 < len(s.ts) {
		if n, after := reg.match(s.ts, j+1); n != nil && n.sense == ofCode && s.is(after, ")") {
			d.code = n.key
			return after + 1
		}
		return j
	}
	n, after := reg.match(s.ts, j)
	switch {
	case n == nil:
	case n.sense == ofCountry && d.country == "":
		d.country = n.key
		return s.pastSuffix(after)
	case n.sense == ofTitle && !d.titled:
		d.title, d.titled = n.key, true
		return after
	}
	return j
}

// numberDetail reads a date, a number or a year.
func (s *scanner) numberDetail(d *details, j int) int {
	if date, after, ok := s.date(j); ok && d.date == "" {
		d.date = date
		return after
	}
	if number, after, ok := s.actNumber(j); ok && d.number == "" {
		d.number, d.federal = number, d.federal || s.is(after-1, "фз")
		return after
	}
	if year, after, ok := s.year(j); ok && d.year == "" {
		d.year = year
		return after
	}
	return j
}

// pastSuffix skips the ending that Kazakh and English hang on a name: ҚР-ның,
// Kazakhstan's.
func (s *scanner) pastSuffix(i int) int {
	if s.is(i, "-") && s.isGlued(i) && s.isGlued(i+1) && i+1 < len(s.ts) && s.ts[i+1].kind == isWord && len(s.ts[i+1].form) <= 12 && s.ts[i+1].caps == 0 {
		return i + 2
	}
	if s.is(i, "'", "’") && s.is(i+1, "s") && s.isGlued(i) {
		return i + 2
	}
	return i
}

// quotedTitle reads «…», a known title or another one.
func (s *scanner) quotedTitle(d *details, j int) (int, bool) {
	end := s.closing(j)
	if end == j || d.titled || end-j < 3 {
		return j, false
	}
	d.titled = true
	for k := j + 1; k < min(j+4, end); k++ {
		if n, after := reg.match(s.ts, k); n != nil {
			if n.sense == ofTitle {
				d.title = n.key
				break
			}
			if n.sense == ofCountry {
				k = after - 1
			}
		}
	}
	return end, true
}

// date reads "23 января 2001 года", "2001 жылғы 23 қаңтардағы", "03.07.2014",
// "3 July 2014", "July 3, 2014".
func (s *scanner) date(i int) (corpus.Date, int, bool) {
	k := i
	if s.is(k, "от", "dated", "of") {
		k++
	}
	if !s.isNumber(k) && s.month(k) == 0 {
		return "", i, false
	}
	var y, m, d, next int
	switch {
	case s.month(k+1) > 0 && s.isNumber(k):
		y, m, d, next = s.int(k+2), s.month(k+1), s.int(k), k+3
	case s.month(k) > 0 && s.is(k+2, ","):
		y, m, d, next = s.int(k+3), s.month(k), s.int(k+1), k+4
	case s.is(k+1, "жылғы", "жылы", "жылдың", "ж"):
		y, m, d, next = s.int(k), s.month(k+3), s.int(k+2), k+4
	case s.is(k+1, ".") && s.is(k+3, "."):
		y, m, d, next = s.int(k+4), s.int(k+2), s.int(k), k+5
	}
	date := corpus.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	if y < 1900 || !date.Valid() {
		return "", i, false
	}
	for s.is(next, "года", "г", "году", "год", "ж") {
		next++
		if s.is(next, ".") && s.isGlued(next) {
			next++
		}
	}
	return date, next, true
}

// int returns the number at token i; 0 if there is none.
func (s *scanner) int(i int) int {
	if !s.isNumber(i) {
		return 0
	}
	return atoi(s.ts[i].form)
}

// month returns the month that token i names; 0 if none.
func (s *scanner) month(i int) int {
	if i < 0 || i >= len(s.ts) || s.ts[i].kind != isWord {
		return 0
	}
	return isMonth(s.ts[i].form)
}

// year reads "1997 года", "2014 жылғы", "(1997)", "of 1997", "1973" before a
// code in English.
func (s *scanner) year(i int) (string, int, bool) {
	open := s.is(i, "(")
	k := i
	if open || s.is(k, "от", "of") {
		k++
	}
	if !s.isNumber(k) || !isYear(s.ts[k].form) {
		return "", i, false
	}
	y := s.ts[k].form
	switch {
	case open && s.is(k+1, ")"):
		return y, k + 2, true
	case s.is(k+1, "года", "г", "жылғы", "жылы", "жылдың"):
		if s.is(k+2, ".") && s.isGlued(k+2) {
			return y, k + 3, true
		}
		return y, k + 2, true
	case k > i && !open:
		return y, k + 1, true
	}
	return "", i, false
}

// actNumber reads "№ 226-V ЗРК", "N 31", "No. 483-ІV", "184 ФЗ", "№ 184-ФЗ".
func (s *scanner) actNumber(i int) (string, int, bool) {
	k := i
	if s.is(k, "за") {
		k++
	}
	if !s.is(k, "№", "n", "no", "nо") {
		if s.isNumber(i) && s.is(i+1, "фз") {
			return s.ts[i].form, i + 2, true
		}
		return "", i, false
	}
	k++
	if s.is(k, ".") {
		k++
	}
	if !s.isNumber(k) {
		return "", i, false
	}
	number := s.ts[k].form
	k++
	if s.is(k, "-") && k+1 < len(s.ts) {
		if n := roman(&s.ts[k+1], s.text); n > 0 {
			number += "-" + romanForm(n)
			k += 2
		} else if s.is(k+1, "фз") {
			k += 2
		}
	}
	for s.is(k, "зрк", "қрз", "фз") {
		k++
	}
	return number, k, true
}

var romanForms = []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}

func romanForm(n int) string { return romanForms[min(max(n, 0), len(romanForms)-1)] }

// act reads an act that is named from token i on.
func (s *scanner) act(i int) (mention, bool) {
	if n, next := reg.match(s.ts, i); n != nil {
		switch n.sense {
		case ofAct:
			m := mention{key: n.key, start: i, end: s.pastSuffix(next)}
			return m, true
		case ofCode:
			return s.code(n, i, next, details{end: i}), true
		case ofCountry, ofTitle:
			return s.led(i)
		}
	}
	if s.is(i, "нп") && s.is(i+1, "вс") {
		return s.headed(headWord{resolutionHead, russian}, i, i+2, details{end: i, issuer: supremeCourt})
	}
	if w := heads[s.ts[i].form]; w.head != noHead {
		return s.headed(w, i, i+1, details{end: i})
	}
	if s.is(i, "«", `"`, "№", "n") || s.isNumber(i) {
		return s.led(i)
	}
	return mention{}, false
}

// led reads an act whose details stand before it: Kazakh, and "the Russian
// Family Code", "the 1973 Penal Code".
func (s *scanner) led(i int) (mention, bool) {
	d := s.details(i)
	if s.isNumber(i) && isYear(s.ts[i].form) && d.end == i {
		d.year, d.end = s.ts[i].form, i+1
	}
	if d.end == i {
		return mention{}, false
	}
	j := d.end
	for j < len(s.ts) && isAdjective(s.ts[j].form) {
		d.federal = d.federal || s.is(j, "federal") || strings.HasPrefix(s.ts[j].form, "федеральн")
		j++
	}
	if j >= len(s.ts) {
		return mention{}, false
	}
	if n, next := reg.match(s.ts, j); n != nil && n.sense == ofCode {
		return s.code(n, i, next, d), true
	} else if n != nil && n.sense == ofAct && !d.titled {
		return mention{key: n.key, start: i, end: next}, true
	}
	w, ok := s.headAfter(j, d)
	if !ok {
		return mention{}, false
	}
	return s.headed(w, i, j+1, d)
}

// headAfter reads the word for an act after its details. Russian puts it
// before them, but some words are Kazakh too.
func (s *scanner) headAfter(j int, d details) (headWord, bool) {
	w := heads[s.ts[j].form]
	if isShared(s.ts[j].form) {
		w.tongue = kazakh
	}
	return w, w.head != noHead && (w.tongue != russian || d.country != "" && !d.titled)
}

// isAdjective reports whether a word may stand between the details of an act
// and the word for it.
func isAdjective(form string) bool {
	switch form {
	case "new", "former", "federal", ",", "constitutional":
		return true
	}
	return strings.HasPrefix(form, "федеральн") || strings.HasPrefix(form, "нормативтік") || strings.HasPrefix(form, "конституциялық")
}

// isShared reports whether a head is a word of Russian and Kazakh alike.
func isShared(form string) bool {
	return form == "кодекс" || form == "стандарт" || form == "регламент" || form == "пакт"
}

// code makes a mention of a code out of its name and its details.
func (s *scanner) code(n *name, start, next int, d details) mention {
	m := mention{start: start, end: s.pastSuffix(next), code: n.key, weak: n.abbr && !n.bare}
	before := d
	after := s.details(m.end)
	if after.titled && !n.bare || after.issuer != noIssuer {
		after = details{end: m.end}
	}
	m.end = max(m.end, after.end)
	d = before.with(after)
	m.country = d.country
	if d.country != "" {
		m.weak = false
		m.key, m.code = d.country+"-"+n.key, ""
	}
	m.edition = editionBy("KZ-"+n.key, d)
	if m.edition != "" && m.key == "" {
		m.key, m.code = "KZ-"+n.key, ""
	}
	if m.key != "" && m.country != "KZ" && m.country != "" {
		m.edition = ""
	}
	return m
}

// with adds the details after an act to those before it.
func (d details) with(e details) details {
	if d.country == "" {
		d.country = e.country
	}
	if d.date == "" {
		d.date = e.date
	}
	if d.number == "" {
		d.number = e.number
	}
	if d.year == "" {
		d.year = e.year
	}
	if !d.titled {
		d.title, d.titled = e.title, e.titled
	}
	if d.issuer == noIssuer {
		d.issuer = e.issuer
	}
	d.federal = d.federal || e.federal
	if d.code == "" {
		d.code = e.code
	}
	return d
}

// editionBy tells the edition of an instrument from its date, number or year.
func editionBy(key string, d details) string {
	for _, e := range reg.editions[key] {
		switch {
		case e.Year == "":
		case d.date != "" && string(d.date[:4]) == string(e.Adopted[:4]), d.year == e.Year, d.number == e.Number && d.number != "":
			return e.Year
		}
	}
	return ""
}

// headed makes a mention of an act that a word like закон announces.
func (s *scanner) headed(w headWord, start, next int, before details) (mention, bool) {
	m := mention{start: start, end: next, tongue: w.tongue, kind: w.head}
	d := before
	if w.tongue == kazakh {
		if d.issuer == noIssuer {
			d.issuer, m.start = s.issuerBefore(start)
		}
	} else {
		after := s.details(next)
		m.end = max(next, after.end)
		d = before.with(after)
	}
	m.country = d.country
	if start > 0 {
		prev := s.ts[start-1].form
		m.self = isSelf(prev)
		if strings.HasPrefix(prev, "федеральн") || prev == "federal" {
			d.federal, m.start = true, min(m.start, start-1)
		}
		if w.head == resolutionHead && (strings.HasPrefix(prev, "нормативн") || prev == "normative") {
			d.issuer = supremeCourt
		}
	}
	m.key, m.edition = keyOf(w.head, d)
	if m.key == "" {
		m.head = w.head
		m.opaque = d.says()
	}
	return m, true
}

// says reports whether the details name an act, if not one that is known.
func (d details) says() bool {
	return d.titled || d.date != "" || d.number != "" || d.issuer != noIssuer || d.country != "" && d.country != "KZ"
}

// issuerBefore reads the body that is named right before token i.
func (s *scanner) issuerBefore(i int) (by issuer, start int) {
	for back := i - 1; back >= max(0, i-2); back-- {
		if by, next := s.issuerAt(back); next == i {
			return by, back
		}
	}
	return noIssuer, i
}

// keyOf names an act by its title, its date or its number.
func keyOf(h head, d details) (key, edition string) {
	land := d.country
	if land == "" {
		land = "KZ"
	}
	year := d.year
	if d.date != "" {
		year = string(d.date[:4])
	}
	numbered := func(kind string) (string, string) {
		if d.number == "" || year == "" {
			return "", ""
		}
		return land + "-" + kind + "-" + d.number, year
	}
	switch h {
	case lawHead, codeHead:
		return keyOfLaw(h, land, d, numbered)
	case decreeHead:
		return numbered("DECREE")
	case resolutionHead:
		switch {
		case d.issuer == supremeCourt:
			return numbered("NPVS")
		case d.issuer == supremeCouncil && d.date != "":
			return land + "-VS-" + string(d.date), ""
		case d.issuer == government:
			return numbered("GOV")
		}
	case orderHead:
		return numbered("ORDER")
	default:
	}
	return "", ""
}

func keyOfLaw(h head, land string, d details, numbered func(string) (string, string)) (key, edition string) {
	if d.federal && (land == "RU" || d.country == "") {
		d.country = "RU"
		if d.number != "" && d.date != "" {
			return "RU-FZ-" + d.number, string(d.date[:4])
		}
		land = "RU"
	}
	if d.code != "" {
		return land + "-" + d.code, editionBy(land+"-"+d.code, d)
	}
	if d.title != "" {
		_, rest, _ := strings.Cut(d.title, "-")
		key = land + "-" + rest
		return key, editionBy(key, d)
	}
	if known, ok := reg.numbers[string(d.date)]; ok && land == "KZ" && !d.titled {
		r, _ := ParseKey(known)
		return r.Instrument, r.Edition
	}
	if h == codeHead {
		return "", ""
	}
	if key, edition = numbered("LAW"); key == "" && len(d.date) == len("2001-01-23") {
		key = land + "-LAW-" + string(d.date)
	}
	return key, edition
}
