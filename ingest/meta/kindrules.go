package meta

import (
	"strings"
	"unicode"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// kindRule recognises a kind by a line of the first page.
type kindRule struct {
	kind       corpus.Kind
	re         *lazyregexp.Regexp
	title      bool // the line must be a heading or in capitals
	caps       bool // the line must be in capitals: in news, it is a word like others
	confidence float64
}

func rule(kind corpus.Kind, confidence float64, re string) kindRule {
	return kindRule{kind: kind, re: lazyregexp.New(`(?i)` + re), confidence: confidence}
}

func titleRule(kind corpus.Kind, confidence float64, re string) kindRule {
	r := rule(kind, confidence, re)
	r.title = true
	return r
}

func capsRule(kind corpus.Kind, confidence float64, re string) kindRule {
	r := rule(kind, confidence, re)
	r.caps = true
	return r
}

// The bodies that rules tell.
const (
	wgad       = "Working Group on Arbitrary Detention"
	parliament = "European Parliament"
)

// end stands for the end of a word: RE2's \b knows ASCII only.
const end = `(?:[^\p{L}]|$)`

// kindRules are tried in order on all lines of the first page, so the surer
// come first. Forms of documents: those of the UN, the European Parliament,
// PACE, the ECHR and the courts and laws of Kazakhstan, as printed.
var kindRules = []kindRule{
	rule(corpus.Petition, 0.9, `^(?:individual )?(?:petition|complaint|communication) (?:to|submitted)`+end),
	rule(corpus.Petition, 0.8, `^(?:петиция|обращение|индивидуальное сообщение|сообщение) (?:в рабочую группу|в комитет)`),
	rule(corpus.Petition, 0.8, `^.{0,80}жұмыс тобына.{0,40}(?:өтініш|шағым)`),
	rule(corpus.WGADOpinion, 0.98, `^opinions? adopted by the working group on arbitrary detention`),
	rule(corpus.WGADOpinion, 0.98, `^opinion no\.? ?\d{1,4}/\d{4}`),
	rule(corpus.WGADOpinion, 0.98, `^мнени[ея],? принят\p{L}+ рабочей группой по произвольным`),
	rule(corpus.WGADOpinion, 0.98, `^мнение № ?\d{1,4}/\d{4}`),
	rule(corpus.WGADOpinion, 0.9, `^(?:№ ?)?\d{1,4}/\d{4} пікір|^пікір № ?\d{1,4}/\d{4}`),
	rule(corpus.Views, 0.95, `^views adopted by the (?:human rights )?committee`),
	rule(corpus.Views, 0.95, `^соображения,? принятые комитетом`),
	rule(corpus.Motion, 0.95, `^(?:joint )?motion for a (?:european parliament )?resolution`),
	rule(corpus.Resolution, 0.95, `^european parliament resolution of`),
	rule(corpus.Resolution, 0.9, `^P\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4}`),
	rule(corpus.Resolution, 0.85, `^(?:резолюция|қарар|resolution) (?:№ ?)?\d{3,4} \(\d{4}\)`),
	rule(corpus.NormativeResolution, 0.95, `^нормативное постановление`),
	rule(corpus.NormativeResolution, 0.95, `нормативтік қаулысы\.?$`),
	rule(corpus.Judgment, 0.95, `^case of .{2,150} v\. `),
	rule(corpus.Judgment, 0.9, `^дело .{2,150} против `),
	titleRule(corpus.Indictment, 0.95, `^(?:обвинительный акт|обвинительное заключение|айыптау акт)`),
	titleRule(corpus.ExpertReport, 0.9, `^заключение (?:№ ?\S+ )?(?:эксперт|специалист|судебн|комплексн|психолог|комиссии эксперт)`),
	titleRule(corpus.ExpertReport, 0.9, `^(?:сот[ -]?\p{L}* )?(?:сарап|маман)\p{L}* қорытынды`),
	titleRule(corpus.HearingRecord, 0.95, `^протокол (?:\p{L}+ )?судебного`),
	titleRule(corpus.HearingRecord, 0.95, `сот отырысының хаттамасы`),
	titleRule(corpus.HearingRecord, 0.9, `^басты сот талқылауының хаттамасы`),
	titleRule(corpus.Interrogation, 0.95, `^протокол (?:\p{L}+ )?допроса|жауап алу хаттамасы`),
	titleRule(corpus.Appeal, 0.95, `^(?:апелляционная|кассационная|надзорная|частная) жалоба|^ходатайство о пересмотре`),
	titleRule(corpus.Appeal, 0.95, `^(?:апелляциялық|кассациялық|жеке) шағым`),
	capsRule(corpus.Verdict, 0.95, `^п ?р ?и ?г ?о ?в ?о ?р`+end),
	capsRule(corpus.Verdict, 0.95, `^ү ?к ?і ?м`+end),
	titleRule(corpus.Verdict, 0.9, `^приговор(?:\P{L}*$| именем| по (?:уголовному )?делу)`),
	titleRule(corpus.Verdict, 0.9, `^үкім\P{L}*$|^.{0,40} іс бойынша үкім`),
	rule(corpus.Regulation, 0.85, `^(?:постановление (?:правительства|акимата|акима)|приказ (?:и\.о\. )?министра)`),
	rule(corpus.Regulation, 0.85, `(?:үкіметінің|әкімдігінің|министрінің) .{0,60}(?:қаулысы|бұйрығы)\.?$`),
	capsRule(corpus.Ruling, 0.9, `^(?:частное )?(?:постановление|определение)`+end),
	capsRule(corpus.Ruling, 0.9, `^(?:жекеше )?(?:қаулы|ұйғарым)`+end),
	titleRule(corpus.Ruling, 0.85, `^(?:частное )?(?:постановление|определение)(?:\P{L}*$| об? | (?:апелляц|кассац|судебн)\p{L}+)`),
	titleRule(corpus.Ruling, 0.85, `^(?:қаулы|ұйғарым)\P{L}*$`),
	capsRule(corpus.Decision, 0.9, `^(?:решение|шешім)`+end),
	titleRule(corpus.Decision, 0.85, `^(?:решение|шешім)(?:\P{L}*$| именем| по (?:гражданскому )?делу)`),
	titleRule(corpus.Statute, 0.9, `^(?:конституционный )?закон республики`),
	titleRule(corpus.Statute, 0.9, `^(?:уголовный|уголовно-процессуальный|гражданский|административный|конституция)\S* (?:кодекс|республики)|^кодекс республики`),
	titleRule(corpus.Statute, 0.9, `^қазақстан республикасының .{0,80}(?:заңы|кодексі)\.?$`),
	titleRule(corpus.Treaty, 0.75, `^(?:the )?(?:international |european |optional |universal )*(?:convention|covenant|protocol|declaration) (?:on|for|against|to|of)`),
	titleRule(corpus.Treaty, 0.75, `^(?:международн\p{L}+ |европейск\p{L}+ |факультативн\p{L}+ |всеобщ\p{L}+ )*(?:конвенция|пакт|протокол к|декларация)`+end),
	rule(corpus.Submission, 0.8, `^.{0,100}(?:joint|individual|stakeholder|ngo|alternative|shadow) (?:submission|report) (?:to|for|on)`),
	rule(corpus.Submission, 0.8, `^.{0,60}submission (?:to|for) the (?:un|united nations|universal|human rights|committee|\d)`),
	rule(corpus.Submission, 0.8, `^(?:альтернативный|теневой|баламалы) (?:доклад|отчёт|отчет|баяндама)`),
}

// readKind finds the kind; Other is left unsaid.
func (r *reader) readKind() {
	defer r.country()
	bare := r.bareTitle()
	for _, k := range kindRules {
		for i := range r.lines[:bare+1] {
			if r.matches(k, i) {
				r.setKind(k.kind, i, k.confidence)
				return
			}
		}
	}
	r.kindBySymbol()
	if r.kind == "" {
		r.kind = corpus.Kind(firstOf(r.facts, corpus.KeyKind))
	}
}

// bareTitleRE is a line that is nothing but the name of an act of a court or
// an investigator.
var bareTitleRE = lazyregexp.New(`(?i)^\P{L}*(?:п ?р ?и ?г ?о ?в ?о ?р|ү ?к ?і ?м|(?:частное |жекеше )?(?:постановление|определение|қаулы|ұйғарым)|решение|шешім)\P{L}*$`)

// bareTitle returns the line after which nothing tells the kind: the first
// bare title, for the headings below it are of parts of the act. It is the
// last line if there is none.
func (r *reader) bareTitle() int {
	for i := range r.lines {
		if l := &r.lines[i]; (l.head || capitals(l.text)) && bareTitleRE.MatchString(l.text) {
			return i
		}
	}
	return len(r.lines) - 1
}

// matches reports whether a rule recognises line i. A title may go on in the
// next line: "ЗАКЛЮЧЕНИЕ" / "эксперта № 5".
func (r *reader) matches(k kindRule, i int) bool {
	l := &r.lines[i]
	if !l.short() || (k.title && !l.head || k.caps) && !capitals(l.text) {
		return false
	}
	text := strings.TrimLeftFunc(l.low, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '№' })
	if k.re.MatchString(text) {
		return true
	}
	return (k.title || k.caps) && i+1 < len(r.lines) && k.re.MatchString(text+" "+r.lines[i+1].low)
}

func (r *reader) setKind(kind corpus.Kind, i int, confidence float64) {
	l := &r.lines[i]
	r.kind, r.at = kind, i
	r.add(corpus.KeyKind, l, 0, len(l.text), confidence, string(kind))
	if own := firstOf(r.facts, corpus.KeyKind); own != "" {
		r.kind = corpus.Kind(own)
	}
	switch {
	case kind == corpus.WGADOpinion:
		r.add(corpus.KeyBody, l, 0, len(l.text), 0.9, wgad)
	case kind == corpus.Motion, kind == corpus.Resolution && !strings.Contains(l.low, "резолюция"):
		if r.mentions("european parliament") {
			r.add(corpus.KeyBody, l, 0, len(l.text), 0.9, parliament)
		}
	}
}

// kindBySymbol takes a paper with a symbol and the masthead of the UN for one
// of its documents.
func (r *reader) kindBySymbol() {
	if !r.mentions("united nations") && !r.mentions("general assembly") && !r.mentions("объединенных наций") &&
		!r.mentions("объединённых наций") && !r.mentions("distr.:") {
		return
	}
	for i := range r.lines[:min(8, len(r.lines))] {
		l := &r.lines[i]
		if !l.short() || !symbolRE.MatchString(l.text) {
			continue
		}
		kind := corpus.UNDocument
		if strings.Contains(l.text, "/WGAD/") {
			kind = corpus.WGADOpinion
		}
		r.setKind(kind, i, 0.8)
		r.at = -1 // a masthead is no title
		return
	}
}

func (r *reader) mentions(words string) bool {
	for i := range r.lines[:min(16, len(r.lines))] {
		if l := &r.lines[i]; l.short() && strings.Contains(l.low, words) {
			return true
		}
	}
	return false
}

// The State that an international body names, and the one in whose name a
// court speaks.
var (
	namedStateRE = lazyregexp.New(`(?i)\((?:kazakhstan|казахстан|қазақстан)\)`)
	courtStateRE = lazyregexp.New(`(?i)именем республики казахстан|қазақстан республикасының атынан`)
)

func (r *reader) country() {
	re := courtStateRE
	if r.kind == corpus.WGADOpinion || r.kind == corpus.Views {
		re = namedStateRE
	}
	for i := range r.lines {
		l := &r.lines[i]
		if loc := re.FindStringIndex(l.text); loc != nil && l.short() {
			r.add(corpus.KeyCountry, l, loc[0], loc[1], 0.9, "KZ")
			return
		}
	}
}

func firstOf(facts corpus.Facts, k corpus.Key) string {
	if v := facts[k].Values; len(v) > 0 {
		return v[0]
	}
	return ""
}

// capitals reports whether a line has no small letters to speak of.
func capitals(s string) bool {
	big, small := 0, 0
	for _, c := range s {
		switch {
		case unicode.IsUpper(c):
			big++
		case unicode.IsLower(c):
			small++
		}
	}
	return big >= 3 && small*4 <= big
}
