package meta

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// statuses are lines that tell the later history of an act.
var statuses = []struct {
	re     *lazyregexp.Regexp
	status string
}{
	{lazyregexp.New(`(?i)^\s*(утративш(?:ий|ая|ее) силу|күшін жойған|күші жойылған)\.?$`), corpus.StatusRepealed},
	{lazyregexp.New(`(?i)(утратил[оаи]? силу|күші жойылды)(?:$|[^\p{L}])`), corpus.StatusRepealed},
	{lazyregexp.New(`(?i)^\s*(новый|обновленный|обновлённый|жаңа|жаңартылған|қолданыстағы|действующий)\.?$`), corpus.StatusInForce},
	{lazyregexp.New(`(?i)(advance (?:unedited|edited) version|предварительная (?:не)?отредактированная (?:версия|копия)|алдын ала (?:редакцияланған|редакцияланбаған) нұсқа)`), corpus.StatusAdvance},
	{lazyregexp.New(`(?i)^\W*(this judgment will become final|this judgment is not final|настоящее постановление вступит в силу)`), corpus.StatusNotFinal},
	{lazyregexp.New(`(?i)^\W*(this judgment is final)`), corpus.StatusFinal},
}

// inForce are the notes at the end of an act of a court, by the word for it.
var inForce = []struct {
	kinds  []corpus.Kind
	re     *lazyregexp.Regexp
	status string
}{
	{[]corpus.Kind{corpus.Verdict}, lazyregexp.New(`(?i)((?:приговор(?: суда)?) не вступил в (?:законную )?силу|үкім (?:заңды )?күшіне енген жоқ)`), corpus.StatusNotFinal},
	{[]corpus.Kind{corpus.Verdict}, lazyregexp.New(`(?i)((?:приговор(?: суда)?) вступил в (?:законную )?силу|үкім (?:заңды )?күшіне енді)`), corpus.StatusFinal},
	{[]corpus.Kind{corpus.Decision}, lazyregexp.New(`(?i)(решение(?: суда)? не вступило в (?:законную )?силу|шешім (?:заңды )?күшіне енген жоқ)`), corpus.StatusNotFinal},
	{[]corpus.Kind{corpus.Decision}, lazyregexp.New(`(?i)(решение(?: суда)? вступило в (?:законную )?силу|шешім (?:заңды )?күшіне енді)`), corpus.StatusFinal},
	{[]corpus.Kind{corpus.Ruling}, lazyregexp.New(`(?i)((?:постановление|определение)(?: суда)? не вступило в (?:законную )?силу|(?:қаулы|ұйғарым) (?:заңды )?күшіне енген жоқ)`), corpus.StatusNotFinal},
	{[]corpus.Kind{corpus.Ruling}, lazyregexp.New(`(?i)((?:постановление|определение)(?: суда)? вступило в (?:законную )?силу|(?:қаулы|ұйғарым) (?:заңды )?күшіне енді)`), corpus.StatusFinal},
}

// statusWords are in every line that one of statuses matches.
var statusWords = []string{"силу", "жойыл", "жойған", "новый", "обновлен", "обновлён", "жаңа", "қолданыс", "действующий", "advance", "редактир", "нұсқа", "final"}

// has reports whether a line has one of some words. It saves expressions from
// being tried on most lines.
func (l *line) has(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(l.low, w) })
}

// endLines is how many lines at the end of a court's act may tell whether it
// is in force.
const endLines = 4

// readStatus looks at the first lines, where banks of laws and the UN print
// it, and for an act of a court at the last.
func (r *reader) readStatus() {
	if r.finalDay() {
		return
	}
	for i := range r.lines[:min(12, len(r.lines))] {
		if r.statusIn(&r.lines[i]) {
			return
		}
	}
	ps := r.text.Paragraphs
	for i := len(ps) - 1; i >= max(0, len(ps)-endLines); i-- {
		if ps[i].Role == corpus.RoleBody && r.inForceIn(&ps[i]) {
			return
		}
	}
}

// inForceIn reads whether the act of a court is in force, in one of its last
// lines. It speaks of other acts further up.
func (r *reader) inForceIn(p *corpus.Paragraph) bool {
	l := newLine(p)
	for _, s := range inForce {
		if !l.short || !slices.Contains(s.kinds, r.kind) {
			continue
		}
		if loc := s.re.FindStringSubmatchIndex(l.text); loc != nil {
			r.add(corpus.KeyStatus, &l, loc[2], loc[3], 0.9, s.status)
			return true
		}
	}
	return false
}

func (r *reader) statusIn(l *line) bool {
	if !l.has(statusWords) || !l.short && !noteWords.MatchString(l.text) {
		return false
	}
	for _, s := range statuses {
		loc := s.re.FindStringSubmatchIndex(l.text)
		if loc == nil || s.status == corpus.StatusRepealed && aboutPart.MatchString(l.low) {
			continue
		}
		r.add(corpus.KeyStatus, l, loc[2], loc[3], 0.9, s.status)
		if s.status == corpus.StatusRepealed {
			r.replacedBy(l)
		}
		return true
	}
	return false
}

// aboutPart is a note that a part of an act, not all of it, is repealed.
var aboutPart = lazyregexp.New(`стать[яиею]|пункт|абзац|бабы|тармағы|\d-бап|\d-тармақ`)

// replacedBy reads what repealed an act, in the note that says so.
func (r *reader) replacedBy(l *line) {
	for i := range r.lines {
		n := &r.lines[i]
		if n.ord < l.ord || n.ord > l.ord+6 || aboutPart.MatchString(n.low) {
			continue
		}
		loc := repealedBy.FindStringSubmatchIndex(n.text)
		if loc != nil {
			r.add(corpus.KeyReplacedBy, n, loc[2], loc[3], 0.8, n.text[loc[2]:loc[3]])
			return
		}
	}
}

var repealedBy = lazyregexp.New(`(?i)(?:утратил[оаи]? силу|күші жойылды).{0,160}?(?:№|N)\s?(\d[\dIVXІХ-]*)`)

// finalDay reads the day on which a judgment became final: FINAL above a date.
func (r *reader) finalDay() bool {
	if r.kind != corpus.Judgment {
		return false
	}
	for i := range r.lines[:max(0, len(r.lines)-1)] {
		l, next := &r.lines[i], &r.lines[i+1]
		if strings.TrimSpace(l.low) != "final" && strings.TrimSpace(l.low) != "вступило в силу" {
			continue
		}
		if finalDate.MatchString(next.text) {
			r.add(corpus.KeyStatus, l, 0, len(l.text), 0.9, corpus.StatusFinal)
			return true
		}
	}
	return false
}

var finalDate = lazyregexp.New(`^\s*\d{1,2}[./]\d{1,2}[./]\d{4}\s*$`)

// Lines that say that a text is a translation.
var (
	originalRE   = lazyregexp.New(`(?i)(?:original|оригинал|түпнұсқасы?)\s*:\s*(\p{L}+)`)
	translatedRE = lazyregexp.New(`(?i)(?:перевод|аударма)[^.;]{0,20}? с (казахского|русского|английского)|(қазақ|орыс|ағылшын) тілінен аударма|translat(?:ed|ion) from (?:the )?(kazakh|russian|english)`)
	unofficialRE = lazyregexp.New(`(?i)(неофициальный перевод|unofficial translation|non-official translation|бейресми аударма)`)
)

// originalWords are in every line that tells of an original.
var originalWords = []string{"original", "оригинал", "түпнұсқа", "перевод", "аударма", "translat", "бейресми"}

// noteMark is how many bytes may stand before what a note says.
const noteMark = 24

// languageNames are the languages as mastheads name them.
var languageNames = map[string]string{
	"english": "en", "английский": "en", "англ": "en", "английского": "en", "ағылшын": "en", "ағылшынша": "en",
	"russian": "ru", "русский": "ru", "русского": "ru", "орыс": "ru", "орысша": "ru",
	"kazakh": "kk", "казахский": "kk", "казахского": "kk", "қазақ": "kk", "қазақша": "kk",
}

// readOriginal reads whether a text is a translation: it names a language of
// the original that is not its own, or says so.
func (r *reader) readOriginal() {
	own := firstOf(r.facts, corpus.KeyLang)
	for i := range r.lines[:min(masthead, len(r.lines))] {
		l := &r.lines[i]
		if !l.short || !l.has(originalWords) {
			continue
		}
		for _, re := range []*lazyregexp.Regexp{originalRE, translatedRE} {
			loc := re.FindStringSubmatchIndex(l.text)
			for g := 2; g+1 < len(loc); g += 2 {
				if loc[g] < 0 {
					continue
				}
				code := languageNames[strings.ToLower(l.text[loc[g]:loc[g+1]])]
				if code != "" && code != own && own != "" {
					r.add(corpus.KeyOriginal, l, loc[g], loc[g+1], 0.9, code)
				}
			}
		}
	}
	for i := range r.text.Paragraphs[:min(masthead, len(r.text.Paragraphs))] {
		l := newLine(&r.text.Paragraphs[i]) // a note says it too
		// It begins the line: others speak of a translation that is annexed.
		if !l.short || !l.has(originalWords) {
			continue
		}
		if loc := unofficialRE.FindStringSubmatchIndex(l.text); loc != nil && loc[2] < noteMark {
			r.add(corpus.KeyOfficial, &l, loc[2], loc[3], 0.9, "no")
			return
		}
	}
}
