package cite

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/law"
)

// source gives the fields of a template out of the facts of a document.
type source struct {
	doc   *corpus.Document
	at    Place
	opt   Options
	style Style
	lang  string
	group group
	act   *law.Act // of a statute or treaty; nil if not recognised
	ed    *law.Edition
}

func newSource(d *corpus.Document, at Place, opt Options, lang string) *source {
	s := &source{doc: d, at: at, opt: opt, style: opt.Style, lang: lang, group: groupOf(d)}
	if s.group == gStatute || s.group == gTreaty {
		s.recogniseAct()
	}
	return s
}

// recogniseAct finds the registry's entry for an act by its title. A title may
// lack the word for what it is: «О противодействии экстремизму».
func (s *source) recogniseAct() {
	title := s.title()
	for _, t := range []string{title, "Закон РК " + lowerFirst(title), "«" + title + "» Заңы"} {
		for _, r := range law.Find(t, law.Context{Date: s.doc.Date()}) {
			if r.Kind != law.Document && s.setAct(r) {
				return
			}
		}
	}
}

func (s *source) setAct(r law.Ref) bool {
	for _, a := range law.Acts() {
		if r.Instrument == "" || a.Key != r.Instrument {
			continue
		}
		s.act = &a
		for i := range a.Editions {
			if e := &a.Editions[i]; e.Year == r.Edition || e.Adopted == s.doc.Date() || len(a.Editions) == 1 {
				s.ed = e
			}
		}
		return true
	}
	return false
}

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// field returns the value of a field of a template; "" if it is not known.
func (s *source) field(name string) string {
	if f, ok := fieldsOf[name]; ok {
		return f(s)
	}
	return s.resolution(name)
}

// fact is a field that is a fact, or the first of several that is known.
func fact(keys ...corpus.Key) func(*source) string {
	return func(s *source) string {
		for _, k := range keys {
			if v := s.doc.Value(k); v != "" {
				return v
			}
		}
		return ""
	}
}

// bodies is all bodies that speak in a document.
func bodies(s *source) string { return strings.Join(s.doc.Values(corpus.KeyBody), ", ") }

// fieldsOf are the fields of templates; those of resolutions are in organs.
var fieldsOf = map[string]func(*source) string{
	"title":     (*source).title,
	"act":       (*source).actName,
	"number":    fact(corpus.KeyNumber, corpus.KeySymbol),
	"symbol":    fact(corpus.KeySymbol),
	"case":      fact(corpus.KeyCase, corpus.KeyNumber),
	"app":       fact(corpus.KeyNumber, corpus.KeyCase),
	"url":       fact(corpus.KeyURL),
	"actno":     func(s *source) string { return first(s.doc.Value(corpus.KeyNumber), s.edition().Number) },
	"date":      func(s *source) string { return dateIn(s.date(), s.style, s.lang) },
	"dateof":    func(s *source) string { return dateOfKK(s.date()) },
	"year":      func(s *source) string { return year(s.date()) },
	"accessed":  func(s *source) string { return dateIn(s.captured(), s.style, s.lang) },
	"edition":   func(s *source) string { return dateIn(corpus.Date(s.at.Edition), s.style, s.lang) },
	"editionkk": func(s *source) string { return dativeKK(corpus.Date(s.at.Edition)) },
	"inforce":   func(s *source) string { return dateIn(s.treaty().inForce, s.style, s.lang) },
	"country":   (*source).country,
	"court":     (*source).court,
	"body":      bodies,
	"bodyif":    (*source).bodyUnlessTitled,
	"author":    func(s *source) string { return first(bodies(s), s.doc.Value(corpus.KeyCourt)) },
	"parties":   (*source).parties,
	"pin":       (*source).pin,
	"kind":      func(s *source) string { return pick(s.lang, kindWords[s.doc.Kind()]) },
	"short":     (*source).short,
	"note":      func(s *source) string { return s.opt.Note },
	"series":    func(s *source) string { return s.treaty().series },
	"seriesbb":  func(s *source) string { return strings.Replace(s.treaty().series, "UNTS", "U.N.T.S.", 1) },
	"abbr":      (*source).abbreviation,
}

// abbreviation of a treaty, as its key in the registry is.
func (s *source) abbreviation() string {
	if s.act == nil || s.group != gTreaty {
		return ""
	}
	return s.act.Key
}

// resolutionParts read the symbol of a resolution: A/RES/51/210, S/RES/1373 (2001).
var resolutionParts = regexp.MustCompile(`^(A|S|A/HRC|E)/RES/(\d+(?:/[0-9A-Z]+)?)(?:\s*\((\d{4})\))?`)

// organs that adopt resolutions, by the beginning of their symbols.
var organs = map[string]map[string]string{
	"A":     {"organun": "General Assembly", "organox": "UNGA", "organbb": "G.A.", "organru": "Генеральной Ассамблеи", "organkk": "Бас Ассамблеяның"},
	"S":     {"organun": "Security Council", "organox": "UNSC", "organbb": "S.C.", "organru": "Совета Безопасности", "organkk": "Қауіпсіздік Кеңесінің"},
	"A/HRC": {"organun": "Human Rights Council", "organox": "UNHRC", "organbb": "Human Rights Council", "organru": "Совета по правам человека", "organkk": "Адам құқықтары жөніндегі кеңестің"},
	"E":     {"organun": "Economic and Social Council", "organox": "ECOSOC", "organbb": "E.S.C.", "organru": "Экономического и Социального Совета", "organkk": "Экономикалық және Әлеуметтік Кеңестің"},
}

// resolution returns the fields of a resolution, which its symbol tells.
func (s *source) resolution(name string) string {
	m := resolutionParts.FindStringSubmatch(s.doc.Value(corpus.KeySymbol))
	if m == nil {
		return ""
	}
	if name == "resno" {
		if m[3] != "" {
			return m[2] + " (" + m[3] + ")"
		}
		return m[2]
	}
	return organs[m[1]][name]
}

// pin returns the pinpoint; "" where nothing printed leads to the words.
func (s *source) pin() string {
	unit := ""
	if s.act != nil {
		unit = s.act.Unit
	}
	return s.at.pin(s.style, s.lang, unit)
}

// court names the court. The Supreme Court of Kazakhstan has a name in each of
// our languages; other courts keep the one that the document gives.
func (s *source) court() string {
	c := s.doc.Value(corpus.KeyCourt)
	if s.group == gNormative && (strings.Contains(c, "Казахстан") || strings.Contains(c, "Қазақстан") || strings.Contains(c, "Kazakhstan")) {
		return ""
	}
	return c
}

// bodyUnlessTitled returns the body, unless the title begins with its name.
func (s *source) bodyUnlessTitled() string {
	body := bodies(s)
	if strings.HasPrefix(s.title(), body) {
		return ""
	}
	return body
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// marks of our own specimens, and of translations, that end a title.
var titleTail = regexp.MustCompile(`\s*\((?:SPECIMEN|ОБРАЗЕЦ|ҮЛГІ)[^)]*\)\s*$`)

// title returns the title as it can stand in a sentence.
func (s *source) title() string {
	return strings.TrimSpace(titleTail.ReplaceAllString(s.doc.Value(corpus.KeyTitle), ""))
}

// date is the document's, or that of the act's adoption.
func (s *source) date() corpus.Date {
	if d := s.doc.Date(); d.Valid() && (s.ed == nil || s.group == gTreaty || s.doc.Value(corpus.KeyNumber) != "") {
		return d
	}
	if s.ed != nil && s.ed.Adopted.Valid() {
		return s.ed.Adopted
	}
	return s.doc.Date()
}

func (s *source) edition() law.Edition {
	if s.ed == nil {
		return law.Edition{}
	}
	return *s.ed
}

func year(d corpus.Date) string {
	if !d.Valid() {
		return ""
	}
	return string(d[:4])
}

// captured is when the original was taken into the library, which is when its
// address was read: never today.
func (s *source) captured() corpus.Date {
	for _, src := range s.doc.Sources {
		if !src.Added.IsZero() {
			return corpus.Date(src.Added.UTC().Format("2006-01-02"))
		}
	}
	return ""
}

// The parties and the State of a decision stand in its title.
var (
	concerning = regexp.MustCompile(`(?:concerning|относительно|касающееся|в отношении|regarding)\s+(.+?)\s+\(([^()]+)\)`)
	kkParties  = regexp.MustCompile(`^(.+?)\s+\(([^()]+)\)\s*(?:туралы|жөніндегі)`)
	versus     = regexp.MustCompile(`(?i)^(?:case of |affaire |дело )?(.+?)\s+(?:v\.?|vs\.?|против|c\.)\s+(.+?)(?:\s*\(|$)`)
)

func (s *source) parties() string {
	title := s.title()
	if m := versus.FindStringSubmatch(title); m != nil && (s.group == gJudgment || s.group == gViews) {
		v := map[bool]string{true: " v ", false: " v. "}[s.style == OSCOLA]
		return caseName(m[1]) + v + caseName(m[2])
	}
	for _, re := range []*regexp.Regexp{concerning, kkParties} {
		if m := re.FindStringSubmatch(title); m != nil {
			return m[1]
		}
	}
	return ""
}

func (s *source) country() string {
	for _, re := range []*regexp.Regexp{concerning, kkParties} {
		if m := re.FindStringSubmatch(s.title()); m != nil && s.doc.Value(corpus.KeyCountry) == "" {
			return m[2]
		}
	}
	code := strings.ToUpper(s.doc.Value(corpus.KeyCountry))
	if w, ok := countries[code]; ok {
		return pick(s.lang, w)
	}
	return code
}

// caseName puts a name in capitals, as judgments print it, into small letters.
func caseName(s string) string {
	if strings.ToUpper(s) != s {
		return s
	}
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		if i > 0 && strings.Contains(" and of the v others и ", " "+w+" ") && w != "others" {
			continue
		}
		words[i] = capitalParts(w)
	}
	return strings.Join(words, " ")
}

// capitalParts gives each part of a compound name a capital: Al-Khalil, O’Keeffe.
func capitalParts(w string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := r
		if start {
			out = unicode.ToUpper(r)
		}
		start = !unicode.IsLetter(r)
		return out
	}, w)
}

// actName names an act in the language of the citation, if the registry knows
// it; by its own title otherwise.
func (s *source) actName() string {
	if s.act == nil {
		return s.title()
	}
	name := pick(s.lang, [3]string{s.act.EN, s.act.RU, s.act.KK})
	switch {
	case name == "":
		return s.title()
	case !strings.HasPrefix(s.act.Key, "KZ-"):
		return name
	case s.lang == "ru":
		return ofKazakhstanRU(name)
	case s.lang == "kk":
		return ofKazakhstanKK(name)
	case s.style == OSCOLA || s.style == Bluebook:
		return name // these name the country by themselves
	}
	if on, ok := strings.CutPrefix(name, "Law "); ok {
		return "Law of Kazakhstan " + on
	}
	return name + " of Kazakhstan"
}

// ofKazakhstanRU gives a law its full name, as the official database does.
func ofKazakhstanRU(name string) string {
	if about, ok := strings.CutPrefix(name, "Закон "); ok {
		return "Закон Республики Казахстан «" + capital(about) + "»"
	}
	return name + " Республики Казахстан"
}

// ofKazakhstanKK does the same in Kazakh, where what is owned takes an ending:
// кодекс, кодексі; Заң, Заңы; Конституция, Конституциясы.
func ofKazakhstanKK(name string) string {
	const whose = "Қазақстан Республикасының "
	if about, ok := strings.CutSuffix(name, " Заң"); ok {
		return whose + "«" + about + "» Заңы"
	}
	switch {
	case strings.HasSuffix(name, "кодекс"):
		name += "і"
	case strings.HasSuffix(name, "Конституция"):
		name += "сы"
	}
	return whose + name
}

// treatySeries are where treaties are published. Source: the United Nations
// Treaty Collection and the Council of Europe's Treaty Office, as commonly cited.
type treatySeries struct {
	series  string
	inForce corpus.Date
}

var treaties = map[string]treatySeries{
	"ICCPR": {"999 UNTS 171", "1976-03-23"}, "ICESCR": {"993 UNTS 3", "1976-01-03"}, "CAT": {"1465 UNTS 85", "1987-06-26"},
	"CRC": {"1577 UNTS 3", "1990-09-02"}, "CEDAW": {"1249 UNTS 13", "1981-09-03"}, "CERD": {"660 UNTS 195", "1969-01-04"},
	"ECHR": {"213 UNTS 221", "1953-09-03"}, "ICCPR-OP1": {"999 UNTS 302", "1976-03-23"}, "OPCAT": {"2375 UNTS 237", "2006-06-22"},
}

func (s *source) treaty() treatySeries {
	if s.act == nil {
		return treatySeries{}
	}
	return treaties[s.act.Key]
}

// kindWords name kinds of documents at the beginning of a citation.
var kindWords = map[corpus.Kind][3]string{
	corpus.WGADOpinion: {"opinion", "мнение", "пікір"}, corpus.Petition: {"petition", "обращение", "өтініш"},
	corpus.Views: {"Views", "соображения", "пікір"}, corpus.UNDocument: {"document", "документ", "құжат"},
	corpus.Judgment: {"judgment", "постановление", "шешім"}, corpus.Verdict: {"verdict", "приговор", "үкім"},
	corpus.Ruling: {"ruling", "постановление", "қаулы"}, corpus.Decision: {"decision", "решение", "шешім"},
	corpus.NormativeResolution: {"normative resolution", "нормативное постановление", "нормативтік қаулы"},
	corpus.Indictment:          {"indictment", "обвинительный акт", "айыптау актісі"},
	corpus.ExpertReport:        {"expert report", "заключение эксперта", "сарапшының қорытындысы"},
	corpus.HearingRecord:       {"record of the hearing", "протокол судебного заседания", "сот отырысының хаттамасы"},
	corpus.Interrogation:       {"record of interrogation", "протокол допроса", "жауап алу хаттамасы"},
	corpus.Appeal:              {"appeal", "жалоба", "шағым"}, corpus.Resolution: {"resolution", "резолюция", "қарар"},
	corpus.Motion: {"motion for a resolution", "проект резолюции", "қарар жобасы"}, corpus.Statute: {"law", "закон", "заң"},
	corpus.Regulation: {"regulation", "нормативный правовой акт", "нормативтік құқықтық акт"}, corpus.Treaty: {"treaty", "договор", "шарт"},
	corpus.Submission: {"submission", "доклад", "баяндама"}, corpus.News: {"news", "новость", "жаңалық"}, corpus.Other: {"document", "документ", "құжат"},
}

// short returns the name that a document has after it was cited in full.
func (s *source) short() string {
	switch s.group {
	case gWGAD:
		if s.style == OSCOLA || s.style == Bluebook || s.style == ECHR {
			return first(s.parties(), s.title())
		}
		n := first(s.doc.Value(corpus.KeyNumber), gap("number", s.lang))
		return pick(s.lang, [3]string{"opinion No. " + n, "мнение № " + n, "№ " + n + " пікір"})
	case gViews, gJudgment:
		return first(s.parties(), s.title(), gap("parties", s.lang))
	case gStatute, gTreaty:
		if s.act != nil && s.group == gTreaty && s.lang == "en" {
			return s.act.Key
		}
		return first(s.actName(), gap("title", s.lang))
	case gCourt, gCaseFile:
		return s.shortAct()
	case gNormative:
		n := first(s.doc.Value(corpus.KeyNumber), gap("number", s.lang))
		return pick(s.lang, [3]string{"Normative Resolution No. " + n, "нормативное постановление № " + n, "№ " + n + " нормативтік қаулы"})
	default:
	}
	if n := first(s.doc.Value(corpus.KeySymbol), s.doc.Value(corpus.KeyNumber)); n != "" {
		return n
	}
	return first(s.quotedTitle(), gap("title", s.lang))
}

// shortAct names an act of a court or a paper of a case by kind and date.
func (s *source) shortAct() string {
	kind, date := pick(s.lang, kindWords[s.doc.Kind()]), dateIn(s.doc.Date(), s.style, s.lang)
	if date == "" {
		return kind
	}
	switch s.lang {
	case "ru":
		return kind + " от " + date
	case "kk":
		return dateOfKK(s.doc.Date()) + " " + kind
	}
	return kind + " of " + date
}

func (s *source) quotedTitle() string {
	t := s.title()
	if t == "" {
		return ""
	}
	switch {
	case s.lang != "en":
		return "«" + t + "»"
	case s.style == OSCOLA:
		return "‘" + t + "’"
	}
	return "“" + t + "”"
}
