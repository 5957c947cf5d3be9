package law

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The forms of symbols, at the beginning of a piece of text. They come from
// the mastheads and notes of the bodies that use them.
var (
	unSymbol     = regexp.MustCompile(`^(?:A/(?:HRC|RES|CONF\.\d+|AC\.\d+|INF|DEC|CN\.\d+|ES-\d+|S-\d+|C\.\d|\d{2})|E/(?:CN\.\d+|C\.\d+|RES|ICEF|\d{4})|S/(?:RES|PRST|PV\.\d+|\d{4})|(?:CCPR|CAT|CEDAW|CERD|CRC|CRPD|CED|CMW|HRI|INT|ST|TD|DP|UNEP|DCPR)/[A-Z]+)(?:/[A-Za-z0-9.\-]+)*(?: ?\(\d{4}\))?`)
	epText       = regexp.MustCompile(`^P(\d{1,2})_TA(?:-PROV)?\((\d{4})\)(\d{4})`)
	epTabled     = regexp.MustCompile(`^(RC-)?B ?(\d{1,2})[-‑‐]0*(\d{1,4})/(\d{4})`)
	epProcedure  = regexp.MustCompile(`^(?:19|20)\d\d/\d{4}\([A-Z]{3}\)`)
	caseNumber   = regexp.MustCompile(`^\d{4}-\d\d-\d\d-\d[\p{L}]{0,3}/\d{1,6}`)
	hudocItem    = regexp.MustCompile(`^001-\d{4,6}\b`)
	neutralCite  = regexp.MustCompile(`^\[(\d{4})\] ECHR (\d+)`)
	unResolution = regexp.MustCompile(`^\d{1,4} ?[A-Z]? ?\([IVX]+\)`)
	paceNumber   = regexp.MustCompile(`^(\d{3,4}) ?\((\d{4})\)`)
	euAct        = regexp.MustCompile(`^(\d{4}/\d+/(?:JHA|EU|EC|EEC))`)
)

// maxSymbol is the longest symbol looked for, in bytes.
const maxSymbol = 80

// document is a numbered document at some tokens.
type document struct {
	id         string
	start, end int      // tokens
	among      []string // what an open number may be
}

// documentsAt reads the numbered documents that start at token i: a symbol, or
// a word such as "application" with its numbers.
func (s *scanner) documentsAt(i int) ([]document, int) {
	t := &s.ts[i]
	if t.kind != isWord {
		return s.numberedDocument(i)
	}
	if t.caps > 0 {
		if id, next := s.symbol(i); id != "" {
			return []document{{id: id, start: i, end: next}}, next
		}
	}
	if s.is(i, "no", "nos") && s.isVersus(i) {
		return s.numbersOf(i, application)
	}
	for _, k := range documentWords {
		if strings.HasPrefix(t.form, k.stem) && len(t.form) <= len(k.stem)+8 {
			if docs, next := s.numbersOf(i, k.of); len(docs) > 0 {
				return docs, next
			}
		}
	}
	return nil, i
}

// documentKind is what a number after a word is the number of.
type documentKind uint8

const (
	application documentKind = iota
	opinion
	communication
	resolution
	pace
	comment
	euDecision
)

var documentWords = []struct {
	stem string
	of   documentKind
}{
	{"application", application},
	{"appl", application},
	{"жалоб", application},
	{"заявлени", application},
	{"заява", application},
	{"шағым", application},
	{"өтініш", application},
	{"opinion", opinion},
	{"мнени", opinion},
	{"пікір", opinion},
	{"communication", communication},
	{"сообщени", communication},
	{"хабарлама", communication},
	{"resolution", resolution},
	{"резолюци", resolution},
	{"қарар", resolution},
	{"recommendation", pace},
	{"рекомендаци", pace},
	{"ұсыным", comment},
	{"doc", pace},
	{"comment", comment},
	{"замечани", comment},
	{"комментари", comment},
	{"ескерт", comment},
	{"түсініктеме", comment},
	{"directive", euDecision},
	{"decision", euDecision},
}

// symbol reads a symbol of the United Nations, the European Parliament or the
// Court at token i.
func (s *scanner) symbol(i int) (string, int) {
	piece := s.piece(i)
	if s.is(i+1, "/") && s.isGlued(i+1) {
		if m := unSymbol.FindString(latinCapitals(piece)); m != "" && strings.ContainsAny(m, "0123456789") {
			raw := piece[:runesPrefix(piece, utf8.RuneCountInString(m))]
			return strings.TrimRight(strings.ReplaceAll(m, " (", "("), ".-"), s.tokenAt(i, s.ts[i].start+len(strings.TrimRight(raw, ".-")))
		}
	}
	switch s.ts[i].form {
	case "p", "р":
		if m := epText.FindStringSubmatch(piece); m != nil {
			return "P" + m[1] + "_TA(" + m[2] + ")" + m[3], s.tokenAt(i, s.ts[i].start+len(m[0]))
		}
	case "b", "rc":
		if m := epTabled.FindStringSubmatch(piece); m != nil {
			id := m[1] + "B" + m[2] + "-" + strings.Repeat("0", 4-len(m[3])) + m[3] + "/" + m[4]
			return id, s.tokenAt(i, s.ts[i].start+len(m[0]))
		}
	}
	return "", i
}

// piece returns the text from token i on, as long as a symbol may be.
func (s *scanner) piece(i int) string {
	rest := s.text[s.ts[i].start:]
	if len(rest) > maxSymbol {
		rest = rest[:maxSymbol]
	}
	return rest
}

// tokenAt returns the first token from i on that starts at byte end or later.
func (s *scanner) tokenAt(i, end int) int {
	for i < len(s.ts) && s.ts[i].start < end {
		i++
	}
	return i
}

// latinCapitals writes a symbol in Latin letters and plain hyphens, rune by
// rune: А/HRC typed with a Cyrillic А.
func latinCapitals(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'А':
			return 'A'
		case 'В':
			return 'B'
		case 'С':
			return 'C'
		case 'Е':
			return 'E'
		case 'Н':
			return 'H'
		case 'К':
			return 'K'
		case 'М':
			return 'M'
		case 'О':
			return 'O'
		case 'Р':
			return 'P'
		case 'Т':
			return 'T'
		case 'Х':
			return 'X'
		case 0x2010, 0x2011:
			return '-'
		case 0xA0:
			return ' '
		}
		return r
	}, s)
}

// runesPrefix returns the length in bytes of the first n runes.
func runesPrefix(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// numberedDocument reads a document whose number stands first: a case, an
// item of HUDOC, "№ 47056/11 шағым".
func (s *scanner) numberedDocument(i int) ([]document, int) {
	if id := s.numberSymbol(i); id != "" {
		next := s.tokenAt(i, s.ts[i].start+len(id))
		return []document{{id: id, start: i, end: next}}, next
	}
	k := i
	if s.is(k, "№") {
		k++
	}
	if d, next := s.kazakhComment(i, k); d != nil {
		return d, next
	}
	if k > i && s.isVersus(i) {
		if docs, next := s.numbersOf(i, application); len(docs) > 0 {
			return docs, next
		}
	}
	numbers, next := s.slashedList(k)
	if len(numbers) == 0 {
		return nil, i
	}
	if s.is(next, "-", "–") && s.isGlued(next) {
		next++
	}
	of, ok := s.kazakhDocument(next)
	if !ok {
		return nil, i
	}
	var docs []document
	for _, n := range numbers {
		if id := s.identity(of, n.id, i); id != "" {
			docs = append(docs, document{id: id, start: n.start, end: n.end})
		}
	}
	if len(docs) == 0 {
		return nil, i
	}
	docs[0].start, docs[len(docs)-1].end = i, next+1
	return docs, next + 1
}

// versusReach is how many tokens before a number may name the parties.
const versusReach = 16

// isVersus reports whether a number at token i stands behind the name of a case
// of the European Court: "Saadi v. Italy [GC], no. 37201/06". The Court cites its
// own judgments so.
func (s *scanner) isVersus(i int) bool {
	for k := i - 1; k >= max(0, i-versusReach); k-- {
		if s.is(k, "v", "vs", "против") {
			return true
		}
		if s.ts[k].kind == isSign && s.is(k, ";", "«", "№") {
			return false
		}
	}
	return false
}

// kazakhComment reads "№ 35 жалпы ескертпе", whose number is at token k.
func (s *scanner) kazakhComment(i, k int) ([]document, int) {
	if !s.isNumber(k) || len(s.ts[k].form) > 2 || !s.is(k+1, "жалпы") && !s.is(k+1, "-") {
		return nil, i
	}
	next := k + 1
	for s.is(next, "-", "ші", "шы", "жалпы", "тәртіптегі") {
		next++
	}
	switch f := s.formAt(next); {
	case strings.HasPrefix(f, "ескерт"), strings.HasPrefix(f, "түсініктеме"):
		return []document{{id: openComment + strings.TrimLeft(s.ts[k].form, "0"), start: i, end: next + 1}}, next + 1
	case strings.HasPrefix(f, "ұсыным"):
		return []document{{id: openRecommendation + strings.TrimLeft(s.ts[k].form, "0"), start: i, end: next + 1}}, next + 1
	}
	return nil, i
}

// numberSymbol reads a symbol that begins with a number or a bracket.
func (s *scanner) numberSymbol(i int) string {
	if s.is(i, "(") && s.text[s.ts[i].start] == '[' {
		return neutralCite.FindString(s.piece(i))
	}
	if !s.isNumber(i) || len(s.ts[i].form) < 3 || !s.is(i+1, "-", "/") || !s.isGlued(i+1) {
		return ""
	}
	piece := s.piece(i)
	for _, re := range []*regexp.Regexp{caseNumber, hudocItem, epProcedure} {
		if m := re.FindString(piece); m != "" {
			return m
		}
	}
	return ""
}

// kazakhDocument reads the Kazakh word for a document after its number.
func (s *scanner) kazakhDocument(i int) (documentKind, bool) {
	if i >= len(s.ts) {
		return 0, false
	}
	for _, w := range documentWords {
		if w.of <= communication && w.stem[0] >= 0x80 && strings.HasPrefix(s.ts[i].form, w.stem) {
			return w.of, true
		}
	}
	return 0, false
}

// slashedList reads "№ 16/2017 және № 67/2018".
func (s *scanner) slashedList(i int) (list []document, next int) {
	for next = i; len(list) < maxList; {
		n, end := s.slashed(next)
		if n == "" {
			break
		}
		list = append(list, document{id: n, start: next, end: end})
		at := s.pastListSign(end)
		if at > end && s.is(at, "№") {
			at++
		}
		if at == end || !s.isNumber(at) {
			return list, end
		}
		next = at
	}
	if len(list) > 0 {
		next = list[len(list)-1].end
	}
	return list, next
}

// slashed reads "47056/11", "67/2018".
func (s *scanner) slashed(i int) (string, int) {
	if s.isNumber(i) && s.is(i+1, "/") && s.isNumber(i+2) && s.isGlued(i+1) && s.isGlued(i+2) && len(s.ts[i].form) <= 6 && len(s.ts[i+2].form) <= 4 {
		return s.ts[i].form + "/" + s.ts[i+2].form, i + 3
	}
	return "", i
}

// numbersOf reads the numbers after a word for a document.
func (s *scanner) numbersOf(i int, of documentKind) ([]document, int) {
	k := i + 1
	for k < len(s.ts) && k < i+12 && s.is(k, ".", "№", "n", "no", "nos", "(", "general", "генеральной", "ассамблеи", "совета", "оон", "общего", "порядка", "безопасности", "по", "правам", "человека", "бас", "framework", "council", "eu", ")", "wgad",
		"рабочей", "группы", "произвольным", "задержаниям", "рг", "ргпз", "of", "the", "un", "working", "group", "on", "arbitrary", "detention") {
		k++
	}
	switch of {
	case resolution, pace:
		if docs, next := s.commentAt(i, k); of == pace && len(docs) > 0 {
			return docs, next
		}
		return s.resolutionAt(i, k, of)
	case comment:
		return s.commentAt(i, k)
	case euDecision:
		if m := euAct.FindString(s.pieceOr(k)); m != "" {
			next := s.tokenAt(k, s.ts[k].start+len(m))
			return []document{{id: "EU/" + m, start: i, end: next}}, next
		}
		return nil, i
	default:
	}
	var docs []document
	for start := i; len(docs) < maxList; {
		n, next := s.slashed(k)
		id := ""
		if n != "" {
			id = s.identity(of, n, i)
		}
		if id == "" {
			break
		}
		docs = append(docs, document{id: id, start: start, end: next})
		k = s.pastListSign(next)
		if s.is(k, "№") {
			k++
		}
		start = k
		if k == next {
			break
		}
	}
	if len(docs) == 0 {
		return nil, i
	}
	return docs, docs[len(docs)-1].end
}

func (s *scanner) pieceOr(k int) string {
	if k >= len(s.ts) {
		return ""
	}
	return s.piece(k)
}

// lastOpinion is the highest number of an opinion of the Working Group on
// Arbitrary Detention that is read: three digits. It adopts about 90 in a year.
const lastOpinion = 999

// identity gives the canonical symbol of a numbered document; "" if the number
// is not one of that kind.
func (s *scanner) identity(of documentKind, n string, at int) string {
	a, b, _ := strings.Cut(n, "/")
	switch of {
	case application:
		if len(b) == 2 {
			return "ECHR/" + n
		}
	case opinion:
		if isYear(b) && atoi(a) > 0 && atoi(a) <= lastOpinion {
			return "A/HRC/WGAD/" + b + "/" + strings.TrimLeft(a, "0")
		}
	case communication:
		if isYear(b) {
			return s.committee(at) + "/C/D/" + n
		}
	default:
	}
	return ""
}

// near is how many tokens around a number may say whose it is.
const near = 14

// committee tells which committee a communication went to: by words beside it,
// or because the document has named but one.
func (s *scanner) committee(at int) string {
	for k := max(0, at-near); k < min(len(s.ts), at+near); k++ {
		switch f := s.ts[k].form; {
		case strings.HasPrefix(f, "пыток"), f == "torture", strings.HasPrefix(f, "азаптау"), f == "cat":
			return "CAT"
		case f == "cedaw", f == "женщин", f == "women":
			return "CEDAW"
		case f == "crpd", f == "инвалидов", f == "disabilities":
			return "CRPD"
		case f == "cerd", f == "расовой", f == "racial":
			return "CERD"
		}
	}
	for code := range s.named {
		if len(s.named) == 1 && code != "CESCR" && code != subcommittee {
			return code
		}
	}
	return "CCPR"
}

// resolutionAt reads "resolution 60/147", "217 A (III)", "1526 (2006)".
func (s *scanner) resolutionAt(i, k int, of documentKind) ([]document, int) {
	if k >= len(s.ts) || !s.isNumber(k) {
		return nil, i
	}
	done := func(id string, next int) ([]document, int) {
		return []document{{id: id, start: s.bodyBefore(i), end: next}}, next
	}
	said := s.around(i, k)
	piece := s.piece(k)
	if m := paceNumber.FindStringSubmatch(piece); m != nil {
		next := s.tokenAt(k, s.ts[k].start+len(m[0]))
		kind := "RES"
		if of == pace {
			kind = "REC"
		}
		if said == "S" {
			return done("S/RES/"+m[1]+"("+m[2]+")", next)
		}
		return done("PACE/"+kind+"/"+m[1]+"("+m[2]+")", next)
	}
	if of == pace {
		if s.is(i, "doc") && len(s.ts[k].form) >= 4 && len(s.ts[k].form) <= 5 {
			return done("PACE/DOC/"+s.ts[k].form, k+1)
		}
		return nil, i
	}
	if m := unResolution.FindString(piece); m != "" {
		return done("A/RES/"+m, s.tokenAt(k, s.ts[k].start+len(m)))
	}
	if id, next := s.sessionResolution(k, said); id != "" && !epProcedure.MatchString(piece) {
		return done(id, next)
	}
	return nil, i
}

// sessionResolution reads "60/147": a session and a number, of the General
// Assembly or the Human Rights Council.
func (s *scanner) sessionResolution(k int, said string) (id string, next int) {
	n, next := s.slashed(k)
	session, _, _ := strings.Cut(n, "/")
	switch {
	case n == "" || said == "S":
		return "", k
	case said == "A" || said == "" && atoi(session) > 62:
		return "A/RES/" + n, next
	}
	return "A/HRC/RES/" + n, next
}

// bodyBefore returns the token at which the name of the body begins that stands
// right before a resolution: General Assembly, Human Rights Council.
func (s *scanner) bodyBefore(i int) int {
	for _, name := range [][]string{{"general", "assembly"}, {"security", "council"}, {"human", "rights", "council"}, {"economic", "and", "social", "council"}} {
		at := i - len(name)
		if at >= 0 && !slices.ContainsFunc(name, func(w string) bool { at++; return s.ts[at-1].form != w }) {
			return i - len(name)
		}
	}
	return i
}

// around tells whose resolution it is from the words beside it: the General
// Assembly (A), the Security Council (S), the Human Rights Council (H).
func (s *scanner) around(i, k int) string {
	said := ""
	for j := max(0, i-6); j < min(len(s.ts), k+9); j++ {
		switch f := s.ts[j].form; {
		case strings.HasPrefix(f, "assembl"), strings.HasPrefix(f, "ассамбле"):
			return "A"
		case f == "security", f == "безопасности", f == "қауіпсіздік":
			return "S"
		case f == "council", strings.HasPrefix(f, "совет"), strings.HasPrefix(f, "кеңес"):
			said = "H"
		}
	}
	return said
}

// commentAt reads "general comment No. 34", "замечание общего порядка № 34",
// "general recommendation No. 19". The committee is looked for later.
func (s *scanner) commentAt(i, k int) ([]document, int) {
	before := s.is(i-1, "general") || i > 0 && (strings.HasPrefix(s.ts[i-1].form, "общ") || s.is(i-1, "жалпы"))
	if !s.isNumber(k) || len(s.ts[k].form) > 2 || !before && !s.is(i+1, "общего") {
		return nil, i
	}
	id := openComment
	if f := s.ts[i].form; strings.HasPrefix(f, "recommend") || strings.HasPrefix(f, "рекоменд") || strings.HasPrefix(f, "ұсыным") {
		id = openRecommendation
	}
	next := k + 1
	if s.is(next, "(") && s.isNumber(next+1) && s.is(next+2, ")") {
		next += 3
	}
	if before {
		i--
	}
	return []document{{id: id + strings.TrimLeft(s.ts[k].form, "0"), start: i, end: next}}, next
}
