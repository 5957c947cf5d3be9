package voice

import (
	"strings"

	"dalel/corpus"
)

// speaker is somebody whom sentences have as their subject.
type speaker struct {
	voice   corpus.Voice
	names   *set   // in the nominative: "the applicant", "арыз иесі"
	views   *set   // whole openings: "in the applicant's view"
	verbs   *verbs // what the speaker must be saying; nil if the name is enough
	account bool   // its statements stand out even in a narrative of the court
	begins  bool   // only at the beginning of a clause
}

// verbs are words of saying. Russian and English have them after the subject;
// Kazakh at the end of the sentence.
type verbs struct {
	after  *set // soon after the subject
	final  *set // at the end of the first sentence
	never  *set // between subject and verb: another verb ends the search
	reach  int  // words between, if more than maxBetween
	anyhow *set // sayings that begin with such a verb: "is of the view"
}

// maxSubject is how far into a sentence its subject may begin, in words: "As
// concerned the possibility to enforce the order, the Government noted".
const maxSubject = 24

// maxView is how far into a sentence "in the applicant's view" may stand.
const maxView = 4

// maxBetween is how many words may stand between subject and verb: names,
// "in his turn", "допрошенный под псевдонимом".
const maxBetween = 7

// opening is what the first sentence of a paragraph tells.
type opening struct {
	voice   corpus.Voice
	account bool
}

// opened finds who the first sentence has as its speaker.
func (f *form) opened(l *line) (opening, bool) {
	ws := l.words[:l.sentence]
	for at := range min(len(ws), maxSubject) {
		for i := range f.speakers {
			s := &f.speakers[i]
			if at <= maxView && s.views.has(ws[at:]) {
				return opening{s.voice, s.account}, true
			}
			n, ok := s.names.match(ws[at:])
			if !ok || s.begins && !l.clause(at) || oblique(ws, at) {
				continue
			}
			introduces := l.colon && at <= 1 && len(ws) == len(l.words) // "The Agent of the Government, at the hearing:"
			if s.verbs == nil || introduces || s.verbs.in(ws[at+n:]) {
				return opening{s.voice, s.account}, true
			}
		}
	}
	return opening{}, false
}

// clause reports whether a clause begins with word at, or with the article
// before it.
func (l *line) clause(at int) bool {
	if at > 0 && l.words[at-1] == "the" {
		at--
	}
	return at == 0 || l.commas[at-1] || leadIn(l.words[:at])
}

// leadWords are what days and occasions consist of, before the subject: "On 20
// May 2022 the Working Group", "By decision of 4 August the Committee".
var leadWords = phrases(`
	on|by|at|in|of|its|the|a|same|that|day|date|session|decision|letter|note|verbale|moreover|furthermore|however|therefore|lastly|finally|accordingly|consequently|thus|first|firstly|second|secondly|also|whereas;
	jan*|feb*|mar*|apr*|may|jun*|jul*|aug*|sep*|oct*|nov*|dec*;
	вместе|тем|при|этом|с|в|на|от|года|году|г|решением|своей|сессии|письмом|том|тот|же|день|далее|кроме|того|однако|поэтому|таким|образом|январ*|феврал*|март*|апрел*|мая|июн*|июл*|август*|сентябр*|октябр*|ноябр*|декабр*;
	жылғы|жылы|күні|қаңтар*|ақпан*|наурыз*|сәуір*|мамыр*|маусым*|шілде*|тамыз*|қыркүйек*|қазан*|қараша*|желтоқсан*|сондай-ақ|алайда|осылайша;
`)

// leadIn reports whether words before a subject only say when or how.
func leadIn(ws []string) bool {
	for i, w := range ws {
		if !strings.ContainsAny(w, "0123456789") && !leadWords.has(ws[i:i+1]) {
			return false
		}
	}
	return true
}

// obliques stand before a name that is not the subject: "before the
// Commission", "neither the applicant nor the Government".
var obliques = phrases(`before|by|of|to|from|with|against|for|between|upon|on|neither|nor|and|that|as|like|than|without|на|от|к|с|по|у|для|против|между;`)

// oblique reports whether the word at is governed by the word before it.
func oblique(ws []string, at int) bool {
	switch {
	case at > 0 && ws[at-1] == "the":
		at--
	case at > 1 && ws[at-2] == "the": // "upon the Irish Government"
		at -= 2
	}
	return at > 0 && obliques.has(ws[at-1:])
}

// in reports whether the words after a subject have a verb of saying.
func (v *verbs) in(rest []string) bool {
	for i := range min(len(rest), max(v.reach, maxBetween)+1) {
		if v.anyhow.has(rest[i:]) {
			return true
		}
		if v.never.has(rest[i:]) {
			break
		}
		if v.after.has(rest[i:]) {
			return true
		}
	}
	for i := max(0, len(rest)-maxFinal); i < len(rest); i++ {
		if v.final.has(rest[i:]) {
			return true
		}
	}
	return false
}

// maxFinal is how many words the verb of a Kazakh sentence may have with it:
// "жауап беруден бас тартты".
const maxFinal = 4

// goesOn begins a paragraph that has the subject of the one before: pronouns,
// and what they follow.
var goesOn = phrases(`
	that; [furthermore|moreover|lastly|finally|additionally|secondly|thirdly|also] he|she|they;
	in his|her|their view|opinion|submission|words; in addition he|she|they; he|she|they;
	[также|кроме|далее|при] [того|этом] он|она|они; по его|ее|их мнению|словам|утверждению;
	[сондай-ақ|сонымен|одан] [қатар|бірге|әрі] ол|олар; ол|олар; оның|олардың айтуынша|пікірінше|сөзінше|уәжінше;
`)

// continues reports whether a line goes on from the one before.
func (l *line) continues() bool {
	return goesOn.has(l.words) || !l.upper && !l.bullet && !l.quote
}
