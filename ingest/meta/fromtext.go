package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// The first page: what a document says about itself stands here. What it says
// later is about other documents.
const (
	pageParagraphs = 40
	pageBytes      = 8000
)

// shortLine is the longest line, in runes, that can be a title, a masthead or
// a line of place and date.
const shortLine = 300

// line is a paragraph of the first page.
type line struct {
	ord  int
	text string
	low  string // in lower case; the same length in bytes unless a letter is rare
	head bool
}

// reader recognises facts on a first page.
type reader struct {
	facts corpus.Facts
	lines []line
	kind  corpus.Kind
	at    int // line that told the kind; -1 if none
}

// FromText adds to facts what the text says about itself. Facts that were
// there already are stronger.
func FromText(facts corpus.Facts, t *corpus.Text) {
	r := &reader{facts: facts, lines: firstPage(t), at: -1}
	r.readKind()
	r.readNumbers()
	r.readDate()
	r.readCourt()
	r.readStatus()
	r.readTitle()
	r.readCategories(t)
}

func firstPage(t *corpus.Text) []line {
	var out []line
	size := 0
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if len(out) >= pageParagraphs || size > pageBytes {
			break
		}
		if p.Role == corpus.RoleFootnote || p.Role == corpus.RoleHeader && !isSymbolLine(p.Text) {
			continue
		}
		text := p.Text
		for len(text) > 4*shortLine || !utf8.ValidString(text) {
			text = text[:min(len(text)-1, 4*shortLine)]
		}
		size += len(text)
		out = append(out, line{p.Ord, text, strings.ToLower(text), p.Role == corpus.RoleHeading})
	}
	return out
}

func isSymbolLine(s string) bool { return len(s) < 80 && symbolRE.MatchString(s) }

// short reports whether a line can be more than running text.
func (l *line) short() bool { return utf8.RuneCountInString(l.text) <= shortLine }

// add puts a fact read in a line. Start and end are bytes into it.
func (r *reader) add(k corpus.Key, l *line, start, end int, confidence float64, value string) {
	Add(r.facts, k, corpus.Fact{
		Values: []string{value}, Origin: corpus.FromText,
		Para: l.ord, Start: start, End: end, Confidence: confidence,
	})
}

// find adds the first group of the first match in the short lines.
func (r *reader) find(k corpus.Key, re *lazyregexp.Regexp, confidence float64) bool {
	for i := range r.lines {
		l := &r.lines[i]
		if !l.short() {
			continue
		}
		if loc := re.FindStringSubmatchIndex(l.text); loc != nil {
			r.add(k, l, loc[2], loc[3], confidence, l.text[loc[2]:loc[3]])
			return true
		}
	}
	return false
}

var (
	symbolRE = lazyregexp.New(`\b((?:A|S|E|ST|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CED|CMW)/(?:[A-Za-z0-9.]+/)+[A-Za-z0-9.]*\d[A-Za-z0-9]*)`)
	// ownSymbolRE is a symbol that a line consists of: a masthead's.
	ownSymbolRE = lazyregexp.New(`^\s*((?:A|S|E|ST|CCPR|CAT|CEDAW|CERD|CRC|CRPD|CED|CMW)/(?:[A-Za-z0-9.]+/)+[A-Za-z0-9.]*\d[A-Za-z0-9]*)\s*$`)

	opinionRE = lazyregexp.New(`(?i)(?:opinion no\.?|мнение №|пікір №|№)\s?(\d{1,4}/\d{4})(?:\s*(?:пікір|concerning|в отношении)|[\s,.(]|$)`)
	textRE    = lazyregexp.New(`\b(P\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4})`)
	tabledRE  = lazyregexp.New(`\b((?:RC-)?B\d{1,2}[-\x{2011}]\d{4}/\d{4})`)
	caseRE    = lazyregexp.New(`(?:^|[^\d-])(\d{4}-\d\d-\d\d-\d-?[\p{L}\d]{0,3}/\d+|\d{15})(?:$|[^\d])`)
	appnoRE   = lazyregexp.New(`(?i)(?:applications? nos?\.?|жалоб[аы] №|заявление №)\s?(\d{1,5}/\d\d)`)
	actRE     = lazyregexp.New(`(?i)(?:№|N)\s?(\d[\dIVXІХ]*(?:-[\dIVXІХ]+)?)`)
)

// readNumbers reads numbers and symbols, of the kinds that the document's kind
// can have.
func (r *reader) readNumbers() {
	switch r.kind {
	case corpus.WGADOpinion, corpus.Views, corpus.UNDocument:
		r.find(corpus.KeySymbol, symbolRE, 0.9)
	case corpus.Resolution, corpus.Motion, corpus.Other, corpus.Treaty:
		r.find(corpus.KeySymbol, ownSymbolRE, 0.8) // others cite symbols, and bear none
	default:
	}
	switch r.kind {
	case corpus.WGADOpinion:
		r.find(corpus.KeyNumber, opinionRE, 0.95)
	case corpus.Resolution, corpus.Motion:
		if !r.find(corpus.KeyNumber, textRE, 0.95) {
			r.find(corpus.KeyNumber, tabledRE, 0.9)
		}
	case corpus.Judgment:
		r.find(corpus.KeyCase, appnoRE, 0.95)
		r.find(corpus.KeyNumber, appnoRE, 0.9)
	case corpus.Statute, corpus.Regulation, corpus.NormativeResolution:
		r.actNumber()
	case corpus.Verdict, corpus.Ruling, corpus.Decision, corpus.Indictment, corpus.HearingRecord,
		corpus.Interrogation, corpus.ExpertReport, corpus.Appeal:
		r.find(corpus.KeyNumber, caseRE, 0.85)
		r.find(corpus.KeyCase, caseRE, 0.85)
	case corpus.Petition, corpus.Views, corpus.UNDocument, corpus.Treaty, corpus.Submission, corpus.News, corpus.Other:
	}
}

// actNumber reads the number of an act in the line that names the act and its
// date: "от 26 июня 2015 года № 931".
func (r *reader) actNumber() {
	for i := range r.lines {
		l := &r.lines[i]
		at, d := findDate(l.text)
		if d == "" || !l.short() || !actLine(l) {
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

// readDate reads the day of the document: in the masthead of the UN, beside
// the words that told the kind, or in a line of its own, with a place at most.
func (r *reader) readDate() {
	for i := range r.lines {
		l := &r.lines[i]
		if strings.Contains(l.low, "distr.:") || strings.Contains(l.low, "рассылка:") || strings.Contains(l.low, "original: ") {
			if r.dateIn(i, 4, 0.95) {
				return
			}
		}
	}
	if r.at >= 0 && r.kind != corpus.WGADOpinion && r.kind != corpus.Appeal && r.dateIn(r.at, 1, 0.9) {
		return
	}
	for i := range r.lines {
		l := &r.lines[i]
		if at, d := findDate(l.text); d != "" && (alone(l.text, at) || l.short() && handedIn.MatchString(l.text)) {
			r.add(corpus.KeyDate, l, at.start, at.end, 0.8, string(d))
			return
		}
	}
}

// dateIn takes the first date in n lines from i on.
func (r *reader) dateIn(i, n int, confidence float64) bool {
	for j := i; j < min(i+n, len(r.lines)); j++ {
		l := &r.lines[j]
		if at, d := findDate(l.text); d != "" && l.short() {
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

// Courts, in the nominative, as they name themselves at the head of an act.
var courtREs = []*lazyregexp.Regexp{
	lazyregexp.New(`(European Court of Human Rights)`),
	lazyregexp.New(`(Европейский [Сс]уд по правам человека)`),
	lazyregexp.New(`(Верховный Суд Республики Казахстан)`),
	lazyregexp.New(`(Қазақстан Республикасының Жоғарғы Соты)(?:[^\p{L}]|$)`),
	lazyregexp.New(`(\p{Lu}[\p{L}-]+ (?:(?:қаласының|ауданының|облысының|аудандық|қалалық|облыстық|мамандандырылған|ауданаралық|қылмыстық|істер|жөніндегі) ?)+(?:№ ?\d+ )?соты)(?:[^\p{L}]|$)`),
	lazyregexp.New(`(\p{Lu}[\p{L}-]+ (?:районный|городской|областной|межрайонный)(?: \p{L}+)? суд(?: № ?\d+)?)(?:[^\p{L}]|$)`),
	lazyregexp.New(`([Сс]уд № ?\d+ (?:города|района) \p{Lu}[\p{L}-]+)`),
}

// courtKinds are the kinds that a court speaks in.
var courtKinds = []corpus.Kind{
	corpus.Judgment, corpus.Verdict, corpus.Ruling, corpus.Decision, corpus.HearingRecord, corpus.NormativeResolution,
}

// courtBytes is how far into a long line a court may name itself: "Суд № 2
// города … в составе …".
const courtBytes = 160

func (r *reader) readCourt() {
	if !slices.Contains(courtKinds, r.kind) {
		return
	}
	for i := range r.lines {
		l := &r.lines[i]
		if r.supreme(l) {
			return
		}
		for _, re := range courtREs {
			loc := re.FindStringSubmatchIndex(l.text)
			if loc != nil && loc[2] <= courtBytes {
				r.add(corpus.KeyCourt, l, loc[2], loc[3], 0.7, l.text[loc[2]:loc[3]])
				return
			}
		}
	}
}

// supreme finds the Supreme Court in the name of its resolutions, where it
// stands in the genitive, and gives its name.
func (r *reader) supreme(l *line) bool {
	if r.kind != corpus.NormativeResolution || !l.short() {
		return false
	}
	for _, c := range []struct{ genitive, name string }{
		{"Верховного Суда Республики Казахстан", "Верховный Суд Республики Казахстан"},
		{"Қазақстан Республикасы Жоғарғы Сотының", "Қазақстан Республикасының Жоғарғы Соты"},
	} {
		if at := strings.Index(l.text, c.genitive); at >= 0 {
			r.add(corpus.KeyCourt, l, at, at+len(c.genitive), 0.9, c.name)
			return true
		}
	}
	return false
}

// statuses are lines that tell the later history of an act.
var statuses = []struct {
	re     *lazyregexp.Regexp
	status string
}{
	{lazyregexp.New(`(?i)^(утративш(?:ий|ая|ее) силу|күшін жойған)\.?$`), "repealed"},
	{lazyregexp.New(`(?i)^(новый|обновленный|обновлённый|жаңа|жаңартылған|қолданыстағы|действующий)\.?$`), "in_force"},
	{lazyregexp.New(`(?i)(advance (?:unedited|edited) version|предварительная (?:не)?отредактированная версия)`), "advance"},
}

func (r *reader) readStatus() {
	for i := range r.lines[:min(12, len(r.lines))] {
		l := &r.lines[i]
		for _, s := range statuses {
			if loc := s.re.FindStringSubmatchIndex(l.text); loc != nil && l.short() {
				r.add(corpus.KeyStatus, l, loc[2], loc[3], 0.9, s.status)
				return
			}
		}
	}
}

// categoryRE finds the categories of the Working Group that a detention falls
// under.
var (
	categoryRE  = lazyregexp.New(`(?i)(?:categor(?:y|ies)|категори\p{L}*|санат\p{L}*)\s+((?:[IV]+)(?:(?:\s*,\s*|\s+(?:and|и|және)\s+)[IV]+)*)|((?:[IV]+)(?:(?:\s*,\s*|\s+және\s+)[IV]+)*)\s+санат`)
	arbitraryRE = lazyregexp.New(`(?i)arbitrary|произвольн|ерікті|негізсіз`)
	romanRE     = lazyregexp.New(`[IV]+`)
)

// readCategories reads the disposition of an opinion, which stands in the last
// third of it.
func (r *reader) readCategories(t *corpus.Text) {
	if r.kind != corpus.WGADOpinion {
		return
	}
	for i := len(t.Paragraphs) - 1; i >= len(t.Paragraphs)*2/3; i-- {
		p := &t.Paragraphs[i]
		loc := categoryRE.FindStringIndex(p.Text)
		if loc == nil || p.Role == corpus.RoleFootnote || !arbitraryRE.MatchString(p.Text) {
			continue
		}
		values := romanRE.FindAllString(p.Text[loc[0]:loc[1]], -1)
		slices.Sort(values)
		Add(r.facts, corpus.KeyCategory, corpus.Fact{
			Values: slices.Compact(values), Origin: corpus.FromText, Para: p.Ord, Start: loc[0], End: loc[1], Confidence: 0.85,
		})
		return
	}
}

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
		if l := &r.lines[i]; l.head && l.short() && !symbolRE.MatchString(l.text) && utf8.RuneCountInString(l.text) >= 8 && sensible(l.text) {
			return i
		}
	}
	if len(r.lines) > 0 && utf8.RuneCountInString(r.lines[0].text) <= maxTitle {
		return 0
	}
	return -1
}
