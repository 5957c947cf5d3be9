package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/names"
	"dalel/ingest/lazyregexp"
)

// fieldName is the name of a field, and the fact that its value is.
type fieldName struct {
	re  *lazyregexp.Regexp
	key corpus.Key
}

// fields are the lines "State party: Kyrgyzstan" on the first page of views.
var fields = []fieldName{
	{lazyregexp.New(`(?i)^\W*(?:state party|государство-участник|қатысушы мемлекет)\s*:?\s*$`), corpus.KeyCountry},
	{lazyregexp.New(`(?i)^\W*(?:alleged victims?|предполагаем\p{L}+ (?:жертв\p{L}+|потерпевш\p{L}+)|жәбірленуші\p{L}*)\s*:?\s*$`), corpus.KeyParty},
	{lazyregexp.New(`(?i)^\W*(?:submitted by|communication submitted by|(?:сообщение )?представлен\p{L}*|хабарламаны ұсынған)\s*:?\s*$`), corpus.KeyParty},
	{lazyregexp.New(`(?i)^\W*(?:date of (?:adoption of )?(?:the )?(?:present )?(?:views|decision|opinion)|дата принятия (?:соображений|решения|мнения)|пікір қабылданған күн)\s*:?\s*$`), corpus.KeyAdopted},
}

// readFields reads lines of a name and a value, divided by a colon or in two
// cells of a table. The value may stand in the next line.
func (r *reader) readFields() {
	if r.kind != corpus.Views {
		return
	}
	defer r.columns()
	for i := range r.lines {
		l := &r.lines[i]
		name, rest, ok := strings.Cut(l.text, ":")
		if !ok || len(name) > 80 {
			continue
		}
		value, in := strings.TrimLeft(rest, " |"), l
		at := len(l.text) - len(value)
		if value == "" && i+1 < len(r.lines) && !strings.Contains(r.lines[i+1].text, ":") {
			in = &r.lines[i+1]
			at, value = 0, in.text
		}
		for _, f := range fields {
			if value != "" && f.re.MatchString(name) {
				r.field(f.key, in, at, value)
				break
			}
		}
	}
}

// columns reads what readFields does not find where a page has all names of
// fields before all values, as PDF files without lines around a table have. The
// State party is the first State among the values, the day of adoption their
// last: the fields have one order (CCPR, CAT and CEDAW templates).
func (r *reader) columns() {
	first, last := -1, -1
	for i := range r.lines {
		name, value, ok := strings.Cut(r.lines[i].text, ":")
		if ok && strings.TrimSpace(value) == "" && slices.ContainsFunc(fields, func(f fieldName) bool { return f.re.MatchString(name) }) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	var day *line
	var at span
	var adopted corpus.Date
	for i := last + 1; i < len(r.lines) && !r.lines[i].numbered(); i++ {
		l := &r.lines[i]
		for _, loc := range stateWords.FindAllStringSubmatchIndex(l.text, 20) {
			if s, e, code := stateIn(l.text, loc[0], loc[1]); code != "" {
				r.add(corpus.KeyCountry, l, s, e, 0.7, code)
			}
		}
		for from := 0; ; {
			s, d := findDate(l.text[from:])
			if d == "" {
				break
			}
			if d >= adopted {
				day, at, adopted = l, span{from + s.start, from + s.end}, d
			}
			from += s.end
		}
	}
	if day != nil && r.labelled(corpus.KeyAdopted) {
		r.add(corpus.KeyAdopted, day, at.start, at.end, 0.7, string(adopted))
	}
}

// labelled reports whether the page has the name of a field.
func (r *reader) labelled(k corpus.Key) bool {
	return slices.ContainsFunc(r.lines, func(l line) bool {
		return slices.ContainsFunc(strings.Split(l.text, ":"), func(name string) bool {
			return slices.ContainsFunc(fields, func(f fieldName) bool { return f.key == k && f.re.MatchString(name) })
		})
	})
}

func (r *reader) field(k corpus.Key, l *line, at int, value string) {
	switch k { //nolint:exhaustive // the keys of fields
	case corpus.KeyCountry:
		if code := countryOf(value); code != "" {
			r.add(k, l, at, at+len(value), 0.95, code)
		}
	case corpus.KeyAdopted:
		if s, d := findDate(value); d != "" {
			r.add(k, l, at+s.start, at+s.end, 0.95, string(d))
		}
	case corpus.KeyParty:
		name, _, _ := strings.Cut(value, " (")
		name = strings.TrimRight(name, " .")
		if !strings.EqualFold(name, "the author") && !strings.EqualFold(name, "автор") && len(name) < shortLine && name != "" {
			r.add(k, l, at, at+len(name), 0.9, name)
		}
	}
}

// The State that an international body names, and the one in whose name a
// court speaks.
var (
	subjectRE    = lazyregexp.New(`(?i)(?:concerning|в отношении|қатысты)?\s*(.{3,240}?)\s*\(([\p{L}’' -]{4,50})\)`)
	courtStateRE = lazyregexp.New(`(?i)(?:именем (республики казахстан|российской федерации|украины|кыргызской республики|республики беларусь)|(қазақстан республикасының) атынан)`)
	versusRE     = lazyregexp.New(`(?i)^(?:case of|affaire|дело|"|«|in the case of)?\s*[«"“]?(.{2,140}?) (v\.|vs\.?|против|c\.) (?:the )?([\p{L}’' .-]{3,60}?)[»"”]?\s*(?:\(.*)?(?:[,.]|$)`)
	// kazakhActRE names the Republic in the name of one of its acts.
	kazakhActRE = lazyregexp.New(`(?i)республики казахстан|қазақстан республикас|уголовного кодекса рк|(?:^|\P{L})уп?к рк|(?:^|\P{L})ҚР ҚПК|(?:^|\P{L})ҚР ҚК`)
)

// readCountry reads the State that a document concerns.
func (r *reader) readCountry() {
	switch r.kind {
	case corpus.WGADOpinion, corpus.Petition, corpus.Motion, corpus.Resolution, corpus.Submission:
		if !r.namedState() && !r.governmentOf() {
			r.titleState()
		}
	case corpus.Judgment:
		r.respondent()
	case corpus.Statute, corpus.Regulation, corpus.NormativeResolution, corpus.Indictment, corpus.Interrogation, corpus.Appeal, corpus.ExpertReport:
		r.ownState(kazakhActRE)
	default:
		if !r.ownState(courtStateRE) && !r.courtState() && slices.Contains(courtKinds, r.kind) {
			r.ownState(caseRE)
		}
	}
}

// courtState reads the State in the name of its court.
func (r *reader) courtState() bool {
	f := r.facts[corpus.KeyCourt]
	if len(f.Values) == 0 || f.Para == 0 || !strings.Contains(f.Values[0], "Республики Казахстан") && !strings.Contains(f.Values[0], "Қазақстан Республикас") {
		return false
	}
	Add(r.facts, corpus.KeyCountry, corpus.Fact{
		Values: []string{"KZ"}, Origin: f.Origin, Para: f.Para, Start: f.Start, End: f.End, Confidence: f.Confidence,
	})
	return true
}

// namedState reads the State in brackets after the names: "concerning A and B
// (Kazakhstan)".
func (r *reader) namedState() bool {
	for i := range r.lines {
		l := &r.lines[i]
		if !l.short || l.numbered() {
			continue
		}
		for _, loc := range subjectRE.FindAllStringSubmatchIndex(l.text, 4) {
			if code := countryOf(l.text[loc[4]:loc[5]]); code != "" {
				r.add(corpus.KeyCountry, l, loc[4], loc[5], 0.9, code)
				return true
			}
		}
	}
	return false
}

// governmentRE is the State that a petition is directed against.
var governmentRE = lazyregexp.New(`(?i:\bv\. |against )(?i:the )?(?i:government of )(?i:the )?((?:Republic of )?\p{Lu}[\p{L}’']+(?: \p{Lu}[\p{L}’']+){0,3})`)

func (r *reader) governmentOf() bool {
	if r.kind != corpus.Petition {
		return false
	}
	for i := range r.lines[:min(masthead, len(r.lines))] {
		l := &r.lines[i]
		loc := governmentRE.FindStringSubmatchIndex(l.text)
		if loc == nil {
			continue
		}
		if at, end, code := stateIn(l.text, loc[2], loc[3]); code != "" {
			r.add(corpus.KeyCountry, l, at, end, 0.9, code)
			return true
		}
	}
	return false
}

// stateIn finds the name of a State at the end of a run of words with
// capitals: "Universal Periodic Review of Kazakhstan".
func stateIn(text string, start, end int) (at, to int, code string) {
	for at := start; at < end; {
		if code := countryOf(text[at:end]); code != "" {
			return at, end, code
		}
		space := strings.IndexByte(text[at:end], ' ')
		if space < 0 {
			break
		}
		at += space + 1
	}
	return 0, 0, ""
}

// stateWords are what can be the name of a State in a title: up to four words
// with capitals. In Russian and Kazakh titles Kazakhstan stands in any case.
var (
	stateWords = lazyregexp.New(`\p{Lu}[\p{L}’']+(?:(?: of| and| the)* \p{Lu}[\p{L}’']+){0,3}`)
	kazakhstan = lazyregexp.New(`Казахстан(?:а|е|у|ом)?(?:\P{L}|$)|Қазақстан(?:ның|ға|да|ды|нан|дан)?(?:\P{L}|$)`)
)

// titleState reads the State that a title speaks of: "on the situation in
// Kazakhstan".
func (r *reader) titleState() {
	for i := range r.lines[:min(masthead, len(r.lines))] {
		l := &r.lines[i]
		if !l.short || !l.head && i != r.at {
			continue
		}
		if loc := kazakhstan.FindStringIndex(l.text); loc != nil {
			r.add(corpus.KeyCountry, l, loc[0], loc[1], 0.8, "KZ")
			return
		}
		for _, loc := range stateWords.FindAllStringSubmatchIndex(l.text, 40) {
			if at, end, code := stateIn(l.text, loc[0], loc[1]); code != "" {
				r.add(corpus.KeyCountry, l, at, end, 0.8, code)
				return
			}
		}
	}
}

// respondent reads the State that a judgment is against.
func (r *reader) respondent() {
	for i := range r.lines {
		l := &r.lines[i]
		loc := versusRE.FindStringSubmatchIndex(l.text)
		if loc == nil || !l.short {
			continue
		}
		if code := countryOf(strings.TrimPrefix(strings.ToLower(l.text[loc[6]:loc[7]]), "republic of ")); code != "" {
			r.add(corpus.KeyCountry, l, loc[6], loc[7], 0.9, code)
			return
		}
	}
}

// ownState reads the State whose law or court speaks. The number of a case that
// caseRE finds is one of Kazakhstan.
func (r *reader) ownState(re *lazyregexp.Regexp) bool {
	for i := range r.lines {
		l := &r.lines[i]
		loc := re.FindStringSubmatchIndex(l.text)
		if loc == nil {
			continue
		}
		code := "KZ"
		if re == caseRE {
			r.add(corpus.KeyCountry, l, loc[2], loc[3], 0.85, code)
			return true
		}
		for g := 2; g+1 < len(loc); g += 2 {
			if loc[g] >= 0 {
				code = countryOf(l.text[loc[g]:loc[g+1]])
			}
		}
		if strings.HasPrefix(strings.ToLower(l.text[loc[0]:]), "именем республики казахстан") || code == "" {
			code = "KZ"
		}
		r.add(corpus.KeyCountry, l, loc[0], loc[1], 0.9, code)
		return true
	}
	return false
}

// Names of the accused at the head of an act of a criminal court: the family
// name in capitals, then given name and patronymic.
var accusedRE = lazyregexp.New(`(\p{Lu}{3,}(?:-\p{Lu}{3,})? \p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)`)

// readParties reads who a case is about and against, as printed.
func (r *reader) readParties() {
	switch r.kind {
	case corpus.WGADOpinion:
		r.subjects()
	case corpus.Judgment:
		r.sides()
	case corpus.Verdict, corpus.Indictment:
		r.accused()
	default:
	}
}

// subjects reads the persons that an opinion concerns.
func (r *reader) subjects() {
	for i := range r.lines {
		l := &r.lines[i]
		loc := concerningRE.FindStringSubmatchIndex(l.text)
		if loc == nil || !l.short || l.numbered() {
			continue
		}
		r.add(corpus.KeyParty, l, loc[2], loc[3], 0.85, people(l.text[loc[2]:loc[3]])...)
		return
	}
}

// concerningRE finds the names of a title: "concerning A, B and C (State)".
var concerningRE = lazyregexp.New(`(?i:concerning|в отношении)\s+(.{3,240}?)\s*\([\p{L}’' ()-]{4,60}\)`)

// people divides a list of names. What follows "and" without a capital is no
// name: "and 12 others".
func people(list string) []string {
	var out []string
	list = strings.NewReplacer(" and ", ", ", " и ", ", ", " және ", ", ", " пен ", ", ", " мен ", ", ").Replace(list)
	for n := range strings.SplitSeq(list, ",") {
		n = strings.TrimSpace(n)
		if n != "" && startsUpper(n) {
			out = append(out, nominative(n))
		}
	}
	return out
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// sides reads applicant and respondent of a judgment's title.
func (r *reader) sides() {
	for i := range r.lines {
		l := &r.lines[i]
		loc := versusRE.FindStringSubmatchIndex(l.text)
		if loc == nil || !l.short || l.numbered() || !capitals(l.text[loc[2]:loc[3]]) && !strings.Contains(l.low, "case of") {
			continue
		}
		r.add(corpus.KeyParty, l, loc[2], loc[7], 0.85, strings.TrimSpace(l.text[loc[2]:loc[3]]), strings.TrimSpace(l.text[loc[6]:loc[7]]))
		return
	}
}

// accused reads the defendants.
func (r *reader) accused() {
	var found []string
	var at *line
	start, end := 0, 0
	for i := range r.lines {
		l := &r.lines[i]
		if !accusedOf.MatchString(l.low) {
			continue
		}
		for _, loc := range accusedRE.FindAllStringSubmatchIndex(l.text, 40) {
			if at == nil {
				at, start, end = l, loc[2], loc[3]
			}
			found = append(found, nominative(l.text[loc[2]:loc[3]]))
		}
	}
	if at != nil {
		r.add(corpus.KeyParty, at, start, end, 0.8, unique(found)...)
	}
}

// nominative returns a name as it is in the nominative, if that is sure: an
// act has the accused in the genitive or accusative.
func nominative(name string) string {
	found := names.Recognise(name)
	if len(found) != 1 || found[0].Start != 0 || found[0].End != len(name) {
		return name
	}
	return found[0].Name.Nominative()
}

// accusedOf is what stands with the name of somebody accused.
var accusedOf = lazyregexp.New(`года рождения|по обвинению|обвиняем|подсудим|жылы туған|туған,|айыпталған|айыпталуш|сотталуш`)

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
