package meta

import (
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// readDate reads the day of the document: in the masthead of the UN, beside
// the words that told the kind, or in a line of its own, with a place at most.
func (r *reader) readDate() {
	if r.ofTheUN() && r.mastheadDate() || r.adoptedOn() || r.deliberated() {
		return
	}
	if r.at >= 0 && r.kind != corpus.WGADOpinion && r.kind != corpus.Views && r.kind != corpus.Appeal && r.dateIn(r.at, 1, 0.9) {
		return
	}
	if !r.dateAlone() && r.kind == corpus.Treaty {
		r.testimonium()
	}
}

// dateAlone takes a day in a line of its own, or in one that says who handed the
// paper in.
func (r *reader) dateAlone() bool {
	for i := range r.lines {
		l := &r.lines[i]
		if r.sent(l) {
			continue
		}
		if at, d := findDate(l.text); d != "" && (alone(l.text, at) || l.short && handedIn.MatchString(l.text)) {
			r.add(corpus.KeyDate, l, at.start, at.end, 0.8, string(d))
			return true
		}
	}
	return false
}

// mastheadDate takes the day that stands under the symbol and the distribution,
// above the name of the organ. The days of the session are another.
func (r *reader) mastheadDate() bool {
	lines := r.head()
	for i := range lines {
		l := &lines[i]
		at, d := findDate(l.text)
		switch {
		case d == "" || !l.short || inRange(l.text, at) || r.sent(l):
		case sessionWords.MatchString(l.low) && !distribution.MatchString(l.low) && !symbolRE.MatchString(l.text):
		case alone(l.text, at), distribution.MatchString(l.low), symbolRE.MatchString(l.text):
			r.add(corpus.KeyDate, l, at.start, at.end, 0.95, string(d))
			return true
		}
	}
	return false
}

// sent reports whether a line of an opinion tells when the communication went to
// the Government.
func (r *reader) sent(l *line) bool {
	return r.kind == corpus.WGADOpinion && sentWords.MatchString(l.low)
}

var (
	sentWords    = lazyregexp.New(`communication|сообщени|хабарлама`)
	sessionWords = lazyregexp.New(`session|сессия|сессии|meeting|geneva,|женева,`)
	distribution = lazyregexp.New(`distr\.|рассылка|original:|оригинал:|general assembly|генеральная ассамблея`)
)

// inRange reports whether a date ends a span of days: "4–15 November 2019".
func inRange(s string, at span) bool {
	before := strings.TrimRight(s[:at.start], " ")
	for _, dash := range []string{"-", "–", "—", " to", " and", " по", " и"} {
		if b, ok := strings.CutSuffix(before, dash); ok {
			b = strings.TrimRight(b, " ")
			return b != "" && (b[len(b)-1] >= '0' && b[len(b)-1] <= '9' || len(dash) > 3)
		}
	}
	return false
}

// adoptedOn reads the day on which a text was adopted, where the first page
// says so in a line: "Text adopted by the Assembly on 17 November 2006";
// "Принята резолюцией … от 10 декабря 1948 года".
func (r *reader) adoptedOn() bool {
	if r.kind != corpus.Resolution && r.kind != corpus.Treaty && r.kind != corpus.Motion {
		return false
	}
	for i := range r.lines {
		l := &r.lines[i]
		if at, d := findDate(l.text); d != "" && l.short && adoptedWords.MatchString(l.low) {
			r.add(corpus.KeyDate, l, at.start, at.end, 0.9, string(d))
			return true
		}
	}
	return false
}

var adoptedWords = lazyregexp.New(`^(?:origin\s*[-–—]\s*)?(?:text )?(?:adopted|opened for signature)|^(?:принят|утвержден|провозглашен)|^қабылданған|қабылдаған|european parliament resolution of`)

// deliberated reads the day of a judgment whose masthead has none: the last on
// which the court deliberated.
func (r *reader) deliberated() bool {
	if r.kind != corpus.Judgment {
		return false
	}
	for i := range r.lines {
		if at, d := findDate(r.lines[i].text); d != "" && alone(r.lines[i].text, at) {
			return false
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		if !strings.HasPrefix(l.low, "having deliberated in private on") {
			continue
		}
		if at, d := findDate(l.text); d != "" {
			r.add(corpus.KeyDate, l, at.start, at.end, 0.7, string(d))
			return true
		}
	}
	return false
}

// dateIn takes the first date in n lines from i on.
func (r *reader) dateIn(i, n int, confidence float64) bool {
	for j := i; j < min(i+n, len(r.lines)); j++ {
		l := &r.lines[j]
		if at, d := findDate(l.text); d != "" && l.short {
			r.add(corpus.KeyDate, l, at.start, at.end, confidence, string(d))
			return true
		}
	}
	return false
}

// handedIn begins a line that says who handed a paper in, and when.
var handedIn = lazyregexp.New(`(?i)^(?:submitted|lodged|prepared) (?:by|on)|^(?:представлен|подан|подготовлен)\p{L}* `)

// maxBeside is how many runes may stand beside the date of a line that is a
// date: a town, a sitting, "Done at".
const maxBeside = 48

// alone reports whether a line is a date with a few words beside it, at its
// beginning or end, and no sentence.
func alone(s string, at span) bool {
	before, after := strings.TrimSpace(s[:at.start]), strings.TrimSpace(s[at.end:])
	if utf8.RuneCountInString(before)+utf8.RuneCountInString(after) > maxBeside || noteWords.MatchString(s) {
		return false
	}
	return before == "" || after == "" || after == "."
}

// testimonium reads the day on which a treaty was made, at its end: "Done at
// Rome this 4th day of November 1950".
func (r *reader) testimonium() {
	ps := r.text.Paragraphs
	for i := len(ps) - 1; i >= len(ps)*2/3; i-- {
		if !doneAt.MatchString(ps[i].Text) {
			continue
		}
		l := newLine(&ps[i])
		if at, d := findDate(l.text); d != "" {
			r.add(corpus.KeyDate, &l, at.start, at.end, 0.8, string(d))
			return
		}
	}
}

var doneAt = lazyregexp.New(`(?i)\bdone (?:at|in) \p{L}+|совершено в |жасалды`)
