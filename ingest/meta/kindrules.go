package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// rule makes a rule for lines in lower case.
func rule(kind corpus.Kind, confidence float64, re string) kindRule {
	return kindRule{kind: kind, re: lazyregexp.New(re), confidence: confidence}
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

// wgad is the body of opinions.
const wgad = "Working Group on Arbitrary Detention"

// end stands for the end of a word: RE2's \b knows ASCII only.
const end = `(?:[^\p{L}]|$)`

// kindRules are tried in order on all lines of the first page, so the surer
// come first. Forms of documents: those of the UN, the European Parliament,
// PACE, the ECHR and the courts and laws of Kazakhstan, as printed.
var kindRules = []kindRule{
	rule(corpus.Petition, 0.9, `^(?:individual )?(?:petition|complaint|communication) (?:submitted )?to`+end),
	rule(corpus.Petition, 0.8, `^(?:петиция|обращение|индивидуальное сообщение|сообщение) (?:в рабочую группу|в комитет)`),
	rule(corpus.Petition, 0.8, `^.{0,80}жұмыс тобына.{0,40}(?:өтініш|шағым)`),
	rule(corpus.WGADOpinion, 0.98, `^opinions? adopted by the working group on arbitrary detention`),
	rule(corpus.WGADOpinion, 0.98, `^opinion (?:no\.?|number) ?\d{1,4}/\d{4}`),
	rule(corpus.WGADOpinion, 0.98, `^мнени[ея],? принят\p{L}+ рабочей группой по произвольным`),
	rule(corpus.WGADOpinion, 0.98, `^мнение № ?\d{1,4}/\d{4}`),
	rule(corpus.WGADOpinion, 0.9, `^(?:№ ?)?\d{1,4}/\d{4} пікір|^пікір № ?\d{1,4}/\d{4}|негізсіз ұстау жөніндегі жұмыс тобы қабылдаған пікір`),
	rule(corpus.Views, 0.95, `^(?:views|opinion|decision)s? (?:of|adopted by) the (?:human rights |[\p{L}, ]{0,60})?committee.{0,160}(?:communication|optional protocol|article (?:22|14|5))`),
	rule(corpus.Views, 0.95, `^views (?:of|adopted by) the (?:human rights )?committee`),
	rule(corpus.Views, 0.95, `^(?:соображения|решение|мнение),? (?:принят\p{L}+ )?комитет\p{L}*.{0,160}сообщени`),
	rule(corpus.Views, 0.95, `^соображения,? принят\p{L}+ комитетом|^соображения комитета`),
	rule(corpus.Views, 0.9, `комитет\p{L}* .{0,80}хабарлама.{0,60}(?:пікір|шешім)|комитет қабылдаған пікір`),
	rule(corpus.Motion, 0.95, `^(?:joint )?motion for a (?:european parliament )?(?:resolution|recommendation)`),
	rule(corpus.Motion, 0.9, `^проект (?:резолюции|рекомендации)|^қарар жобасы`),
	rule(corpus.Resolution, 0.95, `^european parliament resolution of`),
	rule(corpus.Resolution, 0.9, `^p\d{1,2}_ta(?:-prov)?\(\d{4}\)\d{4}`),
	rule(corpus.Resolution, 0.85, `^(?:резолюция|рекомендация|қарар|resolution|recommendation) (?:№ ?)?\d{3,4} \(\d{4}\)`),
	rule(corpus.Resolution, 0.85, `^(?:resolution adopted by|резолюция,? принят\p{L}+) `),
	rule(corpus.NormativeResolution, 0.95, `^нормативное постановление`),
	rule(corpus.NormativeResolution, 0.95, `нормативтік қаулысы\.?$`),
	rule(corpus.Judgment, 0.95, `^case of .{2,150} v\. `),
	rule(corpus.Judgment, 0.9, `^in the case of .{2,150} v\.? `),
	rule(corpus.Judgment, 0.9, `^дело .{2,150} против `),
	rule(corpus.Judgment, 0.9, `^in the court of justice of the |^(?:the )?(?:european|african|inter-american|east african) court (?:of|on) (?:human|justice)`),
	titleRule(corpus.Judgment, 0.8, `^.{0,60}african court on human`),
	titleRule(corpus.Indictment, 0.95, `^(?:обвинительный акт|обвинительное заключение|айыптау акт|протокол обвинения)`),
	titleRule(corpus.ExpertReport, 0.8, `^.{0,60} заключение судебн\S+ экспертиз`), // a line of the masthead run together with the title
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
	capsRule(corpus.Ruling, 0.9, `^(?:частное |апелляционное |кассационное )?(?:п ?о ?с ?т ?а ?н ?о ?в ?л ?е ?н ?и ?е|о ?п ?р ?е ?д ?е ?л ?е ?н ?и ?е)`+end),
	capsRule(corpus.Ruling, 0.9, `^(?:жекеше |апелляциялық |кассациялық )?(?:қ ?а ?у ?л ?ы|ұйғарым)`+end),
	titleRule(corpus.Ruling, 0.85, `^(?:частное |апелляционное |кассационное )?(?:постановление|определение)(?:\P{L}*$| об? | (?:апелляц|кассац|судебн)\p{L}+)`),
	titleRule(corpus.Ruling, 0.85, `^(?:қаулы|ұйғарым)\P{L}*$`),
	capsRule(corpus.Decision, 0.9, `^(?:заочное )?(?:р ?е ?ш ?е ?н ?и ?е|ш ?е ?ш ?і ?м)`+end),
	titleRule(corpus.Decision, 0.85, `^(?:решение|шешім)(?:\P{L}*$| именем| по (?:гражданскому )?делу)`),
	titleRule(corpus.Statute, 0.9, `^(?:конституционный )?закон республики`),
	titleRule(corpus.Statute, 0.9, `^(?:уголовный|уголовно-процессуальный|гражданский|административный|конституция)\S* (?:кодекс|республики)|^кодекс республики`),
	titleRule(corpus.Statute, 0.9, `^қазақстан республикасының .{0,80}(?:заңы|кодексі)\.?$`),
	titleRule(corpus.Treaty, 0.75, `^(?:the )?(?:international |european |optional |universal )*(?:convention|covenant|protocol|declaration) (?:on|for|against|to|of)`),
	titleRule(corpus.Treaty, 0.75, `^(?:международн\p{L}+ |европейск\p{L}+ |факультативн\p{L}+ |всеобщ\p{L}+ )*(?:конвенция|пакт|протокол к|декларация)`+end),
	titleRule(corpus.Treaty, 0.75, `^адам құқықтарының жалпыға.{0,20} декларациясы|^(?:\p{L}+ ){1,8}(?:конвенция|пакт|декларация)(?:сы|ісі)?$`),
	rule(corpus.Submission, 0.8, `^.{0,100}(?:joint|individual|stakeholder|ngo|alternative|shadow|civil society) (?:submission|report) (?:to|for|on|by)`),
	rule(corpus.Submission, 0.8, `^.{0,60}submission (?:to|for) the (?:un|united nations|universal|human rights|committee|\d)`),
	rule(corpus.Submission, 0.8, `^(?:совместн\p{L}+ )?(?:альтернативный|теневой|баламалы) (?:доклад|отчёт|отчет|баяндама)|^(?:совместный )?доклад (?:коалиции )?(?:нпо|неправительственн)|үеұ.{0,40}баяндамасы`),
}

// proseRules recognise a kind by what running text says of itself, where no
// title told it.
var proseRules = []kindRule{
	rule(corpus.Submission, 0.7, `(?:^|[.\d\s])this (?:joint |individual |written )?(?:submission|report) (?:was|is|has been) (?:jointly )?(?:prepared|submitted|made|presented|drafted)`),
	rule(corpus.Submission, 0.7, `^(?:\d[\d.]* )?настоящ\p{L}+ (?:совместн\p{L}+ )?(?:доклад|обзор|материал) (?:подготовлен|представлен)|^(?:\d[\d.]* )?осы (?:бірлескен )?баяндама`),
	rule(corpus.Statute, 0.7, `^(?:сноска\. (?:статья|заголовок статьи) \d|ескерту\. \d[\d-]*-бап)`),
	rule(corpus.Statute, 0.6, `^(?:статья|article) \d+(?:-\d+)?\. \p{L}|^\d+(?:-\d+)?-бап\. \p{L}`),
	rule(corpus.News, 0.6, `^[\p{L} .-]{3,40}[.,] ?(?:\d{1,2} \p{L}+\.? )?(?:казинформ|қазақпарат|тасс|риа новости|интерфакс|reuters|ap|afp)`+end),
	rule(corpus.News, 0.6, `(?:сообщает|сообщил\p{L}*|передаёт|передает|пишет|информирует) (?:«[^»]{2,40}»|“[^”]{2,40}”|"[^"]{2,40}"|корр\.|корреспондент|агентство|портал|издание|радио|пресс-служба|риа|тасс|ria|интерфакс|рбк|газета)|со ссылкой на (?:источник|пресс|агентств|«)|деп хабарла(?:йды|ды)|деп жазады`),
}

// readKind finds the kind; Other is left unsaid.
func (r *reader) readKind() {
	bare := r.bareTitle()
	for _, k := range kindRules {
		for i := range r.lines[:bare+1] {
			if r.matches(k, i) {
				r.setKind(k.kind, i, k.confidence)
				return
			}
		}
	}
	if r.kindBySymbol(); r.kind == "" {
		r.kind = corpus.Kind(firstOf(r.facts, corpus.KeyKind))
	}
	if r.kind == "" {
		r.kindByProse()
	}
}

// proseLines is how far down a document may say what it is.
const proseLines = 12

func (r *reader) kindByProse() {
	for _, k := range proseRules {
		for i := range r.lines[:min(proseLines, len(r.lines))] {
			l := &r.lines[i]
			if loc := k.re.FindStringIndex(strings.TrimLeft(l.low, "> ")); loc != nil {
				r.setKind(k.kind, i, k.confidence)
				r.at = -1 // a sentence is no title
				return
			}
		}
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
		if l := &r.lines[i]; (l.head || l.caps) && bareTitleRE.MatchString(l.text) {
			return i
		}
	}
	return len(r.lines) - 1
}

// matches reports whether a rule recognises line i. A title may go on in the
// next line: "ЗАКЛЮЧЕНИЕ" / "эксперта № 5".
func (r *reader) matches(k kindRule, i int) bool {
	l := &r.lines[i]
	title := l.head || i == 0 && r.bareLine(l) // the first line is a title without being set as one
	if !l.short || (k.title && !title || k.caps) && !l.caps {
		return false
	}
	if k.re.MatchString(l.bare) {
		return true
	}
	return (k.title || k.caps) && i+1 < len(r.lines) && k.re.MatchString(l.bare+" "+r.lines[i+1].low)
}

// bareLine reports whether a line is a few words without an end.
func (r *reader) bareLine(l *line) bool {
	const few = 80
	return len(r.lines) > 1 && utf8.RuneCountInString(l.text) <= few && !strings.ContainsAny(l.text, ".;:,!?\"«»“”")
}

func (r *reader) setKind(kind corpus.Kind, i int, confidence float64) {
	l := &r.lines[i]
	r.kind, r.at = kind, i
	r.add(corpus.KeyKind, l, 0, len(l.text), confidence, string(kind))
	if own := firstOf(r.facts, corpus.KeyKind); own != "" {
		r.kind = corpus.Kind(own)
	}
}

// kindBySymbol takes a paper with a symbol and the masthead of the UN for one
// of its documents.
// kindOfSymbol tells the kind from the parts of a symbol (United Nations
// Document Symbols, ST/LIB/SER.B/5): /RES/ is a resolution, /L. a draft, /D/
// views on a communication.
func kindOfSymbol(s string) corpus.Kind {
	symbol := symbolRE.FindString(s)
	switch {
	case strings.Contains(symbol, "/WGAD/"):
		return corpus.WGADOpinion
	case strings.Contains(symbol, "/RES/"):
		return corpus.Resolution
	case strings.Contains(symbol, "/D/") && !strings.HasPrefix(symbol, "A/"):
		return corpus.Views
	case strings.Contains(symbol, "/L."):
		return corpus.Motion
	}
	return corpus.UNDocument
}

func (r *reader) kindBySymbol() {
	if !r.mentions("united nations", "nations unies", "general assembly", "объединенных наций", "объединённых наций", "біріккен ұлттар", "distr.") {
		return
	}
	for i := range r.lines[:min(8, len(r.lines))] {
		l := &r.lines[i]
		if !l.short || !symbolRE.MatchString(l.text) {
			continue
		}
		kind := kindOfSymbol(l.text)
		r.setKind(kind, i, 0.8)
		r.at = -1 // a masthead is no title
		return
	}
}

// mentions reports whether a short line of the head has one of the words.
func (r *reader) mentions(words ...string) bool {
	for i := range r.lines[:min(16, len(r.lines))] {
		l := &r.lines[i]
		if l.short && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(l.low, w) }) {
			return true
		}
	}
	return false
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
