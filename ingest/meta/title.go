package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// minTitle is the shortest title that says enough alone, in runes: "ҮКІМ"
// does not.
const minTitle = 25

// maxTitle is the longest title, in runes.
const maxTitle = 250

// readTitle takes the line that told the kind, with the heading after it when
// it is one word, or else the first heading.
func (r *reader) readTitle() {
	if r.kind == corpus.UNDocument && r.readUNTitle() {
		return
	}
	at := r.at
	if at < 0 {
		at = r.firstHeading()
	}
	if r.kind == corpus.WGADOpinion {
		at = r.opinionTitle(at)
	}
	if at < 0 {
		return
	}
	l := &r.lines[at]
	title := strings.TrimLeft(l.text, "# ")
	if !sensible(title) {
		return
	}
	if utf8.RuneCountInString(title) < minTitle && at+1 < len(r.lines) {
		if next := &r.lines[at+1]; sensible(next.text) && (next.head || utf8.RuneCountInString(next.text) < maxTitle/2) {
			title += " " + next.text
		}
	}
	if n := []rune(title); len(n) > maxTitle {
		title = strings.TrimSpace(string(n[:maxTitle-1])) + "…"
	}
	confidence := 0.5
	if r.at >= 0 {
		confidence = 0.7
	}
	r.add(corpus.KeyTitle, l, 0, len(l.text), confidence, title)
}

// opinionNo begins the title of an opinion, under that of the session's opinions.
var opinionNo = lazyregexp.New(`^(?:opinion (?:no\.?|number)|мнение №|пікір №|№) ?\d{1,4}/\d{4}|^\d{1,4}/\d{4}.{0,3} пікір`)

// opinionTitle returns the line of an opinion that has its number and names.
func (r *reader) opinionTitle(otherwise int) int {
	for i := range r.lines {
		if l := &r.lines[i]; l.short && opinionNo.MatchString(l.bare) {
			return i
		}
	}
	return otherwise
}

// unMasthead is a line of the masthead of a UN document: the names of the
// organisation and its organs, distribution, language, session, place and
// agenda item, before the title (Editorial Manual, "Masthead").
var (
	unMasthead = lazyregexp.New(`(?i)^\W*(?:united|nations?|nations unies|united nations|организация объединенных наций|біріккен ұлттар ұйымы|general assembly|assemblée générale|генеральная ассамблея|бас ассамблея|human rights council|совет по правам человека|адам құқықтары кеңесі|general|distr\b.*|рассылка.*|original:.*|working group on the universal periodic review.*|рабочая группа по универсальному периодическому обзору.*|[\p{L}-]+ (?:session|сессия)|geneva.*|женева.*|agenda item.*|пункт \d+ повестки дня.*|\p{L})\W*$`)
	unHeading  = lazyregexp.New(`^(?:[IVX]+\.|[A-Z]\.|\d+\.)\s`)
)

// maxUNTitle is how many lines the title of a UN document has at most: agenda
// item, report, country.
const maxUNTitle = 3

// readUNTitle joins the headings between the masthead and the first numbered
// heading.
func (r *reader) readUNTitle() bool {
	var parts []string
	var first *line
	for i := range r.lines {
		l := &r.lines[i]
		if first == nil && (!l.head || unMasthead.MatchString(l.text) || symbolRE.MatchString(l.text)) {
			continue
		}
		if !l.head || unHeading.MatchString(l.text) || len(parts) == maxUNTitle {
			break
		}
		if first == nil {
			first = l
		}
		parts = append(parts, strings.TrimRight(l.text, "*†¹²³ "))
	}
	if first == nil {
		return false
	}
	title := strings.Join(parts, ". ")
	if n := []rune(title); len(n) > maxTitle {
		title = strings.TrimSpace(string(n[:maxTitle-1])) + "…"
	}
	r.add(corpus.KeyTitle, first, 0, len(first.text), 0.6, title)
	return true
}

// numberedText begins a numbered paragraph of running text; a numbered heading
// has no full stop at its end.
var numberedText = lazyregexp.New(`^\s*\d{1,3}\.\s.*[.;:]\s*$`)

// sensible reports whether a line can be a title: it says something in
// letters, and is no numbered paragraph.
func sensible(s string) bool {
	lost := strings.Count(s, "\ufffd")
	return lost*10 <= utf8.RuneCountInString(s) && !numberedText.MatchString(s) && strings.ContainsFunc(s, unicode.IsLetter)
}

// firstHeading returns the first heading that is a title and not a masthead;
// else the first line, if it is short; else -1.
func (r *reader) firstHeading() int {
	for i := range r.lines {
		if l := &r.lines[i]; l.head && l.short && !symbolRE.MatchString(l.text) && utf8.RuneCountInString(l.text) >= 8 && sensible(l.text) {
			return i
		}
	}
	if len(r.lines) > 0 && utf8.RuneCountInString(r.lines[0].text) <= maxTitle {
		return 0
	}
	return -1
}
