package meta

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// Numbers as they are printed, by the documents that have them. What they
// stand for is told by package law.
var (
	symbolRE = lazyregexp.New(`\b((?:A|S|E|ST|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CED|CMW)/(?:[A-Za-z0-9.]+/)+[A-Za-z0-9.]*\d[A-Za-z0-9]*)`)
	// ownSymbolRE is a symbol that a line consists of: a masthead's.
	ownSymbolRE = lazyregexp.New(`^\s*((?:A|S|E|ST|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CED|CMW)/(?:[A-Za-z0-9.]+/)+[A-Za-z0-9.]*\d[A-Za-z0-9]*)\*{0,3}\s*$`)

	opinionRE       = lazyregexp.New(`(?i)(?:opinions? (?:no\.?|number)|мнени[ея] №|пікір №|№)\s?(\d{1,4}/\d{4})(?:\s*(?:пікір|concerning|в отношении)|[\s,.(:*]|$)`)
	communicationRE = lazyregexp.New(`(?i)(?:communications? nos?\.?|сообщени\p{L}+ №№?|№)\s?(\d{1,4}/\d{4})`)
	textRE          = lazyregexp.New(`\b(P\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4})`)
	tabledRE        = lazyregexp.New(`\b((?:RC-)?B\d{1,2}[-\x{2010}\x{2011}]\d{4}/\d{4})`)
	// procedureRE is a procedure of the European Parliament: 2019/2610(RSP).
	procedureRE = lazyregexp.New(`\((\d{4}/\d{4}[A-Z]?\([A-Z]{3}\))\)`)
	paceRE      = lazyregexp.New(`(?i)\b(?:resolution|recommendation|opinion|резолюция|рекомендация|қарар) (?:№ ?|no\.? ?)?(\d{3,4} \(\d{4}\))`)
	paceDocRE   = lazyregexp.New(`\bDoc\. (\d{4,5})\b`)
	sessionRE   = lazyregexp.New(`^\s*(\d{1,3}/\d{1,4})\.? \p{Lu}`)
	appnoRE     = lazyregexp.New(`(?i)(?:applications? nos?\.?|жалоб[аы] №№?|заявлени[ея] №№?|шағым №|№) ?(\d{1,5}/\d\d)(?:\D|$)`)
	moreAppsRE  = lazyregexp.New(`\b(\d{2,5}/\d\d)\b`)
	caseRE      = lazyregexp.New(`(?:^|[^\d-])(\d{4}-\d\d-\d\d-\d-?[\p{L}\d]{0,3}/\d+|\d{15})(?:$|[^\d])`)
	// russianCaseRE is the number of a case of a court of Russia: 1-123/2021, 22К-45/19.
	russianCaseRE = lazyregexp.New(`(?i)(?:дел[оау]|№)\s?№?\s?(\d{1,2}\p{L}{0,2}-\d{1,6}/(?:20)?\d\d)(?:\D|$)`)
	otherCaseRE   = lazyregexp.New(`(?i)(?:application|petition|case|suit|petição|petition[ion]*) (?:no\.?|n\.[ºo°]?|number) ?([A-Z\d][A-Z\d./-]*\d[A-Z\d./-]*)`)
	judgmentNoRE  = lazyregexp.New(`(?i)judge?ment no\.? ?([A-Z\d][A-Z\d./-]*\d)`)
	actRE         = lazyregexp.New(`(?i)(?:№|N)\s?(\d[\dIVXІХ/-]*\d|\d[\dIVXІХ]*(?:-[\dIVXІХ]+)?)`)
)

func isSymbolLine(s string) bool { return len(s) < 80 && symbolRE.MatchString(s) }

// readNumbers reads numbers and symbols, of the kinds that the document's kind
// can have.
func (r *reader) readNumbers() {
	r.readSymbol()
	switch r.kind {
	case corpus.WGADOpinion:
		r.find(corpus.KeyNumber, opinionRE, 0.95)
	case corpus.Views:
		r.communications()
	case corpus.Resolution, corpus.Motion:
		r.resolutionNumber()
	case corpus.Judgment:
		r.applications()
	case corpus.Statute, corpus.Regulation, corpus.NormativeResolution:
		r.actNumber()
	case corpus.Verdict, corpus.Ruling, corpus.Decision, corpus.Indictment, corpus.HearingRecord,
		corpus.Interrogation, corpus.ExpertReport, corpus.Appeal:
		r.caseNumber()
	case corpus.Petition, corpus.UNDocument, corpus.Treaty, corpus.Submission, corpus.News, corpus.Other:
	}
}

// readSymbol reads the symbol of a paper of the United Nations in its masthead:
// a line of its own, or beside the names of the organs. Other papers cite
// symbols and bear none.
func (r *reader) readSymbol() {
	switch r.kind {
	case corpus.WGADOpinion, corpus.Views, corpus.UNDocument, corpus.Resolution, corpus.Motion, corpus.Other, corpus.Treaty:
	default:
		return
	}
	if !r.ofTheUN() {
		return
	}
	lines := r.head()
	for i := range lines {
		if loc := ownSymbolRE.FindStringSubmatchIndex(lines[i].text); loc != nil {
			r.add(corpus.KeySymbol, &lines[i], loc[2], loc[3], 0.95, lines[i].text[loc[2]:loc[3]])
			return
		}
	}
	for i := range lines {
		l := &lines[i]
		if loc := symbolRE.FindStringSubmatchIndex(l.text); loc != nil && l.short && !citesRE.MatchString(l.text[:loc[2]]) {
			r.add(corpus.KeySymbol, l, loc[2], loc[3], 0.85, l.text[loc[2]:loc[3]])
			return
		}
	}
}

// citesRE ends what stands before a symbol that is cited.
var citesRE = lazyregexp.New(`(?i)(?:\(|\bsee|\bresolution|\bdecision|\bdocument|\breport|\bin|\bof|резолюци\p{L}+|документ\p{L}*|доклад\p{L}*|см\.)\s*$`)

// ofTheUN reports whether the paper has the masthead of the United Nations.
func (r *reader) ofTheUN() bool {
	switch r.kind {
	case corpus.WGADOpinion, corpus.Views, corpus.UNDocument:
		return true
	default:
		return r.mentions("united nations", "nations unies", "general assembly", "объединенных наций", "объединённых наций", "distr.", "рассылка:", "біріккен ұлттар")
	}
}

// communications reads the numbers of the communications that views are on.
func (r *reader) communications() {
	for i := range r.lines {
		l := &r.lines[i]
		loc := communicationRE.FindStringSubmatchIndex(l.text)
		if loc == nil || !l.short || l.numbered() {
			continue
		}
		numbers := []string{l.text[loc[2]:loc[3]]}
		for _, m := range nextNumberRE.FindAllStringSubmatchIndex(l.text[loc[3]:], -1) {
			numbers = append(numbers, l.text[loc[3]+m[2]:loc[3]+m[3]])
		}
		r.add(corpus.KeyNumber, l, loc[2], loc[3], 0.95, numbers...)
		return
	}
}

// nextNumberRE is a further number of a list.
var nextNumberRE = lazyregexp.New(`(?:,|and|и|және)\s*(?:No\.\s*|№\s*)?(\d{1,4}/\d{4})`)

// resolutionNumber reads the number of a resolution or a motion, and the
// procedure that both belong to.
func (r *reader) resolutionNumber() {
	r.find(corpus.KeyCase, procedureRE, 0.9)
	for _, f := range []struct {
		re         *lazyregexp.Regexp
		confidence float64
	}{{textRE, 0.95}, {tabledRE, 0.9}, {paceRE, 0.9}, {paceDocRE, 0.8}} {
		if r.find(corpus.KeyNumber, f.re, f.confidence) {
			return
		}
	}
	if len(r.facts[corpus.KeySymbol].Values) > 0 {
		r.find(corpus.KeyNumber, sessionRE, 0.8)
	}
}

// applications reads the numbers of the applications that a judgment is on.
func (r *reader) applications() {
	for i := range r.lines {
		l := &r.lines[i]
		loc := appnoRE.FindStringSubmatchIndex(l.text)
		if loc == nil || !l.short && i > masthead {
			continue
		}
		end := loc[3]
		numbers := []string{l.text[loc[2]:loc[3]]}
		if rest, _, closed := strings.Cut(l.text[end:], ")"); closed && len(rest) < shortLine {
			for _, n := range moreAppsRE.FindAllString(rest, -1) {
				if !slices.Contains(numbers, n) {
					numbers = append(numbers, n)
				}
			}
			end += len(rest)
		}
		r.add(corpus.KeyCase, l, loc[2], end, 0.95, numbers...)
		r.add(corpus.KeyNumber, l, loc[2], loc[3], 0.9, numbers[0])
		return
	}
	r.find(corpus.KeyNumber, judgmentNoRE, 0.8)
	r.find(corpus.KeyCase, otherCaseRE, 0.8)
}

// caseNumber reads the number of a court's case. The record of a hearing has it
// in its first sentence, which names all who are present.
func (r *reader) caseNumber() {
	if r.kind == corpus.HearingRecord {
		for i := range r.lines[:min(masthead, len(r.lines))] {
			l := &r.lines[i]
			if loc := caseRE.FindStringSubmatchIndex(l.text); loc != nil {
				r.add(corpus.KeyNumber, l, loc[2], loc[3], 0.8, l.text[loc[2]:loc[3]])
				r.add(corpus.KeyCase, l, loc[2], loc[3], 0.8, l.text[loc[2]:loc[3]])
				return
			}
		}
	}
	for _, re := range []*lazyregexp.Regexp{caseRE, russianCaseRE} {
		if r.find(corpus.KeyNumber, re, 0.85) && r.find(corpus.KeyCase, re, 0.85) {
			return
		}
	}
}

// actNumber reads the number of an act in the line that names the act and its
// date: "от 26 июня 2015 года № 931".
func (r *reader) actNumber() {
	for i := range r.lines {
		l := &r.lines[i]
		at, d := findDate(l.text)
		if d == "" || !l.short || !actLine(l) {
			continue
		}
		rest := l.text[at.end:]
		if loc := actRE.FindStringSubmatchIndex(rest); loc != nil {
			r.add(corpus.KeyNumber, l, at.end+loc[2], at.end+loc[3], 0.9, rest[loc[2]:loc[3]])
			r.add(corpus.KeyDate, l, at.start, at.end, 0.95, string(d))
			return
		}
	}
}

// actWords name acts; a note on an amendment names acts too.
var (
	actWords  = lazyregexp.New(`(?i)^(?:закон|кодекс|нормативное постановление|постановление|приказ|правила|решение|қазақстан республикас|.{0,60}(?:заңы|кодексі|қаулысы|бұйрығы|шешімі))`)
	noteWords = lazyregexp.New(`(?i)^\W*(?:сноска|примечание|ескерту|footnote|note)`)
)

func actLine(l *line) bool { return actWords.MatchString(l.text) && !noteWords.MatchString(l.text) }
