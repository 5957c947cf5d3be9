package law

import (
	"regexp"
	"slices"
	"strings"
)

// The committees of the United Nations that read the treaties, and the series
// in which they print their general comments and general recommendations. An
// older comment has a symbol of another form; Identity knows those.
var committees = []committee{
	{code: "CCPR", series: "CCPR/C/GC/", comments: 37},
	{code: "CESCR", series: "E/C.12/GC/", comments: 27},
	{code: "CRC", series: "CRC/C/GC/", comments: 27},
	{code: "CAT", series: "CAT/C/GC/", comments: 4},
	{code: "CRPD", series: "CRPD/C/GC/", comments: 8},
	{code: "CMW", series: "CMW/C/GC/", comments: 6},
	{code: "CED", series: "CED/C/GC/", comments: 1},
	{code: "CEDAW", series: "CEDAW/C/GC/", comments: 40, recommends: true},
	{code: "CERD", series: "CERD/C/GC/", comments: 37, recommends: true},
}

type committee struct {
	code       string
	series     string
	comments   int  // how many there were by the end of 2025
	recommends bool // the comments are called general recommendations
}

// lastShared is the highest number of a general comment that more than one
// committee has: "general comment No. 35" is the Human Rights Committee's.
const lastShared = 27

// openComment begins the key of a general comment whose committee nothing tells.
const openComment = AnyInstrument + "/GC/"

// openRecommendation stands for openComment until the committee is looked for.
const openRecommendation = AnyInstrument + "/GR/"

func committeeOf(code string) *committee {
	i := slices.IndexFunc(committees, func(c committee) bool { return c.code == code })
	if i < 0 {
		return nil
	}
	return &committees[i]
}

// committeeNames are the words that tell the committees apart, the beginnings
// of them; the abbreviations are those of the treaties in Russian usage too.
var (
	committeeTopics = []struct {
		code  string
		words []string // English, Russian, Kazakh
	}{
		{"CAT", []string{"torture", "пыток", "азаптау"}},
		{"CRC", []string{"child", "ребенка", "бала"}},
		{"CEDAW", []string{"women", "женщин", "әйел"}},
		{"CERD", []string{"racial", "расовой", "нәсіл"}},
		{"CRPD", []string{"disabilit", "инвалид", "мүгедек"}},
		{"CED", []string{"disappear", "исчезнов", "жоғал"}},
		{"CMW", []string{"migrant", "мигрант", "көші"}},
		{"CESCR", []string{"economic", "экономическ", "экономикалық"}},
		{"CCPR", []string{"человека"}},
	}
	committeeAbbreviations = map[string]string{
		"ccpr": "CCPR", "cescr": "CESCR", "crc": "CRC", "cat": "CAT", "cedaw": "CEDAW", "cerd": "CERD", "crpd": "CRPD", "ced": "CED", "cmw": "CMW",
		"кпч": "CCPR", "кэскп": "CESCR", "кпр": "CRC", "кпп": "CAT", "клдж": "CEDAW", "клрд": "CERD", "кпи": "CRPD",
	}
)

// committeeReach is how many words beside "committee" may say which it is: the
// Committee on the Elimination of Discrimination against Women.
const committeeReach = 8

// isCommittee reports whether a word means a committee.
func isCommittee(form string) bool {
	return strings.HasPrefix(form, "committee") || strings.HasPrefix(form, "комитет")
}

// committeeAt tells which committee the word at token i names; "" if it names
// none of them. The European Committee for the Prevention of Torture is none.
func (s *scanner) committeeAt(i int) string {
	if s.is(i-1, "rights") && s.is(i-2, "human") {
		return "CCPR"
	}
	if s.kazakhRights(i) {
		return "CCPR"
	}
	after := s.topicAmong(i+1, i+1+committeeReach)
	if after == "CAT" && !s.is(i+1, "against", "против") {
		return ""
	}
	if after != "" && s.is(i+1, "on", "against", "по", "против") {
		return after
	}
	// Kazakh names it before: Азаптауға қарсы комитет, Бала құқықтары жөніндегі комитет.
	if before := s.topicAmong(max(0, i-committeeReach), i); s.is(i-1, "қарсы", "жөніндегі", "туралы") || s.is(i-1, "құқықтары") {
		return before
	}
	return ""
}

// kazakhRights reads Адам құқықтары жөніндегі комитет, Адам құқықтары комитеті.
func (s *scanner) kazakhRights(i int) bool {
	k := i - 1
	if s.is(k, "жөніндегі") {
		k--
	}
	return s.is(k, "құқықтары", "құқығы", "құқықтар") && s.is(k-1, "адам")
}

// topicAmong returns the committee whose topic is named first among the tokens
// from a to b, as far as a sign that ends the name.
func (s *scanner) topicAmong(a, b int) string {
	for k := a; k < min(b, len(s.ts)); k++ {
		t := &s.ts[k]
		if t.kind != isWord {
			if t.kind == isSign && t.form != "," {
				return ""
			}
			continue
		}
		for _, topic := range committeeTopics {
			if slices.ContainsFunc(topic.words, func(w string) bool { return strings.HasPrefix(t.form, w) }) {
				return topic.code
			}
		}
	}
	return ""
}

// commentSymbol is the symbol of a general comment.
var commentSymbol = regexp.MustCompile(`(CCPR/C|E/C\.12|CRC/C|CAT/C|CRPD/C|CMW/C|CED/C|CEDAW/C|CERD/C)/GC/(\d{1,2})\b`)

// commentOf gives a general comment its committee: the one whose symbol or name
// stands in its sentence, the only one that has so many comments, the only one
// that the document has named. It stays open where none tells, among several.
func (f *finder) commentOf(d document) (id string, among []string) {
	kind, n := openComment, strings.TrimPrefix(d.id, openComment)
	if n == d.id {
		kind, n = openRecommendation, strings.TrimPrefix(d.id, openRecommendation)
	}
	from, to := f.around(d.start), f.sentenceFrom(d.end)
	for _, m := range commentSymbol.FindAllStringSubmatch(latinCapitals(f.text[f.ts[from].start:f.ts[to-1].end]), -1) {
		if m[2] == n {
			return m[1] + "/GC/" + n, nil
		}
	}
	if code := f.nearestCommittee(from, to, d.start); code != "" {
		return committeeOf(code).series + n, nil
	}
	if kind == openComment && atoi(n) > lastShared {
		return committeeOf("CCPR").series + n, nil
	}
	list := commentCandidates(kind + n)
	for code := range f.mem.committees {
		if c := committeeOf(code); len(f.mem.committees) == 1 && c != nil && slices.Contains(list, c.series+n) {
			return c.series + n, nil
		}
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return openComment + n, list
}

// nearestCommittee returns the committee named nearest to token at.
func (f *finder) nearestCommittee(from, to, at int) (found string) {
	best := to - from + 1
	for k := from; k < to; k++ {
		code := ""
		switch t := &f.ts[k]; {
		case t.kind != isWord:
			continue
		case t.caps >= 2 && committeeAbbreviations[t.form] != "":
			code = committeeAbbreviations[t.form]
		case isCommittee(t.form):
			code = f.committeeAt(k)
		}
		if gap := max(k-at, at-k); code != "" && gap < best {
			found, best = code, gap
		}
	}
	return found
}

// sentenceReach is how many tokens of a sentence are read on either side.
const sentenceReach = 40

// around returns where the sentence of token i begins, or what is read of it.
func (f *finder) around(i int) int {
	from := max(0, i-sentenceReach)
	for k := i - 1; k >= from; k-- {
		if f.endsSentence(k) {
			return k + 1
		}
	}
	return from
}

// sentenceFrom returns the token after the sentence that token i is in.
func (f *finder) sentenceFrom(i int) int {
	to := min(len(f.ts), i+sentenceReach)
	for k := i; k < to; k++ {
		if f.endsSentence(k) {
			return k + 1
		}
	}
	return to
}

// commentCandidates lists the general comments that an open number may be.
func commentCandidates(id string) (list []string) {
	n, recommended := strings.TrimPrefix(id, openComment), false
	if n == id {
		n, recommended = strings.TrimPrefix(id, openRecommendation), true
	}
	if n == id {
		return nil
	}
	for _, c := range committees {
		if c.recommends == recommended && atoi(n) <= c.comments {
			list = append(list, c.series+n)
		}
	}
	return list
}

// oldComments are symbols that general comments had before the series, as their
// mastheads print them.
var oldComments = map[string]string{
	"CCPR/C/21/Rev.1/Add.6": "CCPR/C/GC/24", "CCPR/C/21/Rev.1/Add.7": "CCPR/C/GC/25", "CCPR/C/21/Rev.1/Add.9": "CCPR/C/GC/27",
	"CCPR/C/21/Rev.1/Add.10": "CCPR/C/GC/28", "CCPR/C/21/Rev.1/Add.11": "CCPR/C/GC/29", "CCPR/C/21/Rev.1/Add.12": "CCPR/C/GC/30",
	"CCPR/C/21/Rev.1/Add.13": "CCPR/C/GC/31",
	"E/C.12/1999/5":          "E/C.12/GC/12", "E/C.12/1999/10": "E/C.12/GC/13", "E/C.12/2000/4": "E/C.12/GC/14", "E/C.12/2002/11": "E/C.12/GC/15",
	"CRC/GC/2003/4": "CRC/C/GC/4", "CRC/GC/2003/5": "CRC/C/GC/5", "CRC/GC/2005/6": "CRC/C/GC/6",
}

// decided is the symbol of a decision on a communication, which has the session
// in it: CCPR/C/122/D/2291/2013.
var decided = regexp.MustCompile(`^(CCPR|CAT|CEDAW|CRC|CRPD|CERD|CED)/C/\d{1,3}/D/(\d{1,4}/\d{4})$`)

// Identity returns the key that the symbols and numbers of one document share:
// "communication No. 2291/2013" and CCPR/C/122/D/2291/2013, general comment No.
// 31 and CCPR/C/21/Rev.1/Add.13. It is the key itself for all others.
func Identity(key string) string {
	if m := decided.FindStringSubmatch(key); m != nil {
		return m[1] + "/C/D/" + m[2]
	}
	if rev, ok := strings.CutSuffix(key, "/Rev.1"); ok && commentSymbol.MatchString(rev) {
		return rev
	}
	if key, ok := oldComments[key]; ok {
		return key
	}
	return key
}

// asked returns the keys under which a document is indexed: its own, the one
// that its symbols and numbers share, and that of a general comment whose
// committee a text leaves open.
func asked(key string) []string {
	out := []string{key}
	if same := Identity(key); same != key {
		out = append(out, same)
	}
	if m := commentSymbol.FindStringSubmatch(out[len(out)-1]); m != nil && m[0] == out[len(out)-1] {
		out = append(out, openComment+m[2])
	}
	return out
}
