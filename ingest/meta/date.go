package meta

import (
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// ParseDate reads a date that stands alone: "2023-11-30", "2023-11", "2023",
// an ISO time, "30.11.2023", "30 November 2023". Anything else is unknown, "".
func ParseDate(s string) corpus.Date {
	s = strings.TrimSpace(s)
	if d := corpus.Date(s); d.Valid() {
		return d
	}
	if len(s) > 10 && s[10] == 'T' {
		if d := corpus.Date(s[:10]); d.Valid() {
			return d
		}
	}
	if at, d := findDate(s); d != "" && at.start == 0 && at.end == len(s) {
		return d
	}
	return ""
}

type span struct{ start, end int }

// The ways of writing a day. In Kazakh the year comes first: "2014 жылғы 3
// шілде", and the month may carry a case ending, "3 шілдедегі".
var (
	dotDate   = lazyregexp.New(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`)
	dayFirst  = lazyregexp.New(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[»"”]?\s+(?:(?:day )?of\s+)?([a-zа-яёәғқңөұүһі]{3,9})\.?,?\s+(\d{4})(?:\s*(?:года|год|г\.))?`)
	monthDay  = lazyregexp.New(`(?i)\b([a-z]{3,9})\s+(\d{1,2}),\s+(\d{4})\b`)
	yearFirst = lazyregexp.New(`(?i)\b(\d{4})\s+(?:жылғы|жылдың|жылы|ж\.)\s+[«"“]?(\d{1,2})[»"”]?(?:\s*-\s*(?:ші|шы))?\s+([а-яёәғқңөұүһі]{3,14})`)
)

// findDate returns the first full date of s.
func findDate(s string) (span, corpus.Date) {
	at, best := span{len(s) + 1, 0}, corpus.Date("")
	for _, f := range []struct {
		re               *lazyregexp.Regexp
		day, month, year int
	}{{dotDate, 1, 2, 3}, {dayFirst, 1, 2, 3}, {monthDay, 2, 1, 3}, {yearFirst, 2, 3, 1}} {
		for _, loc := range f.re.FindAllStringSubmatchIndex(s, 8) {
			group := func(n int) string { return s[loc[2*n]:loc[2*n+1]] }
			d := makeDate(group(f.year), group(f.month), group(f.day))
			if d != "" && loc[0] < at.start {
				at, best = span{loc[0], loc[1]}, d
			}
		}
	}
	return at, best
}

func makeDate(year, month, day string) corpus.Date {
	m, err := strconv.Atoi(month)
	if err != nil {
		m = monthOf(month)
	}
	d, _ := strconv.Atoi(day)
	date := corpus.Date(fmt.Sprintf("%s-%02d-%02d", year, m, d))
	if !date.Valid() {
		return ""
	}
	return date
}

// monthNames are the beginnings of the names of months, which suffice in all
// case forms: en, ru, kk. "мая" and "май" share no more than "ма", and "март"
// begins so too, hence the order.
var monthNames = [12][]string{
	{"jan", "январ", "қаңтар"},
	{"feb", "феврал", "ақпан"},
	{"mar", "март", "наурыз"},
	{"apr", "апрел", "сәуір"},
	{"may", "май", "мая", "мамыр"},
	{"jun", "июн", "маусым"},
	{"jul", "июл", "шілде"},
	{"aug", "август", "тамыз"},
	{"sep", "сентябр", "қыркүйе"},
	{"oct", "октябр", "қазан"},
	{"nov", "ноябр", "қараша"},
	{"dec", "декабр", "желтоқсан"},
}

// monthOf returns the number of a month by its name; 0 if it is none.
func monthOf(name string) int {
	name = strings.ToLower(name)
	for i, names := range monthNames {
		for _, n := range names {
			if strings.HasPrefix(name, n) && plausible(name, n) {
				return i + 1
			}
		}
	}
	return 0
}

// englishMonths are the only words that an English month can be.
const englishMonths = " january february march april may june july august september october november december sept "

// plausible guards against words that begin as months do: "decision",
// "marker"; in Russian and Kazakh, "мартен" is rarer than a case ending.
func plausible(word, begin string) bool {
	if begin[0] < 0x80 {
		return word == begin || strings.Contains(englishMonths, " "+word+" ")
	}
	return len(word) <= len(begin)+2*6
}
