package meta

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// readBody reads the body that a paper comes from: of an international one its
// name in the masthead, of a submission who hands it in.
func (r *reader) readBody() {
	switch r.kind {
	case corpus.WGADOpinion, corpus.Views, corpus.UNDocument, corpus.Resolution, corpus.Motion, corpus.Treaty, corpus.Other:
		r.organ()
	case corpus.Submission, corpus.Petition:
		r.handedInBy()
	case corpus.Statute, corpus.Regulation:
		r.issuedBy()
	default:
	}
}

// organ finds the body in the masthead. A line that begins with its name is
// surer than one that has it inside; the General Assembly stands above every
// organ under it, and counts last.
func (r *reader) organ() {
	if r.kind == corpus.Other && !r.ofTheUN() {
		return
	}
	if r.organOfSymbol() {
		return
	}
	if r.organIn(false) || r.organIn(true) || r.kind != corpus.WGADOpinion {
		return
	}
	// Old opinions name the Working Group in their first paragraph only.
	o := corpus.OrganNamed(wgad)
	for i := range r.lines {
		l := &r.lines[i]
		if at, n := placeOf(l, o); at >= 0 {
			r.add(corpus.KeyBody, l, at, at+n, 0.8, o.Name)
			return
		}
	}
}

// organIn looks for the body at the beginnings of the lines of the masthead,
// or inside its titles.
func (r *reader) organIn(inside bool) bool {
	lines := r.head()
	for i := range corpus.Organs {
		o := &corpus.Organs[i]
		if o.Court || r.kind == corpus.WGADOpinion && o.Name != wgad || r.kind == corpus.Views && !committee(o) {
			continue
		}
		for k := range lines {
			l := &lines[k]
			at, n := placeOf(l, o)
			if at < 0 || !l.short || at > 0 && (!inside || !l.head && k != r.at && r.kind != corpus.Views && r.kind != corpus.WGADOpinion) {
				continue
			}
			r.add(corpus.KeyBody, l, at, at+n, 0.9, o.Name)
			return true
		}
	}
	return false
}

// organsOf are the bodies by the beginnings of their symbols (United Nations
// Document Symbols, ST/LIB/SER.B/5).
var organsOf = []struct{ prefix, name string }{
	{"A/HRC/WGAD/", wgad},
	{"A/HRC/", "Human Rights Council"},
	{"A/RES/", "General Assembly"},
	{"S/RES/", "Security Council"},
	{"E/CN.4/", "Commission on Human Rights"},
	{"E/RES/", "Economic and Social Council"},
	{"CCPR/", "Human Rights Committee"},
	{"CAT/", "Committee against Torture"},
	{"CEDAW/", "Committee on the Elimination of Discrimination against Women"},
	{"CERD/", "Committee on the Elimination of Racial Discrimination"},
	{"CRPD/", "Committee on the Rights of Persons with Disabilities"},
	{"CRC/", "Committee on the Rights of the Child"},
	{"CED/", "Committee on Enforced Disappearances"},
	{"E/C.12/", "Committee on Economic, Social and Cultural Rights"},
}

// organOfSymbol tells the body from the symbol of the paper, where it was read.
func (r *reader) organOfSymbol() bool {
	f := r.facts[corpus.KeySymbol]
	if len(f.Values) == 0 || f.Para == 0 {
		return false
	}
	for _, o := range organsOf {
		if strings.HasPrefix(f.Values[0], o.prefix) {
			Add(r.facts, corpus.KeyBody, corpus.Fact{
				Values: []string{o.name}, Origin: f.Origin, Para: f.Para, Start: f.Start, End: f.End, Confidence: f.Confidence,
			})
			return true
		}
	}
	return false
}

// committee reports whether a body gives views on communications.
func committee(o *corpus.Organ) bool {
	return strings.Contains(o.Name, "Committee ") || strings.HasSuffix(o.Name, " Committee")
}

// placeOf returns where a line has the name of a body, in any language, and how
// long it is; -1 if nowhere.
func placeOf(l *line, o *corpus.Organ) (at, n int) {
	low := strings.ReplaceAll(l.low, "ё", "е")
	if len(low) != len(l.text) {
		return -1, 0
	}
	for _, name := range []string{o.Name, o.RU, o.KK} {
		name = strings.ToLower(name)
		if at := strings.Index(low, name); at >= 0 {
			return at, len(name)
		}
		// "принятые Комитетом по правам человека", "Рабочей группой по …"
		if at, n := inflected(low, name); at >= 0 {
			return at, n
		}
	}
	return -1, 0
}

// inflected finds a Russian or Kazakh name whose first words have other
// endings.
func inflected(low, name string) (at, n int) {
	head, rest, ok := strings.Cut(name, " по ")
	if !ok || strings.Count(head, " ") > 1 {
		return -1, 0
	}
	words := strings.Fields(head)
	at = strings.Index(low, " по "+rest)
	if at < 0 {
		return -1, 0
	}
	have := strings.Fields(low[:at])
	if len(have) < len(words) {
		return -1, 0
	}
	have = have[len(have)-len(words):]
	for i, w := range words {
		stem := []rune(w)
		if !strings.HasPrefix(have[i], string(stem[:max(3, len(stem)-2)])) {
			return -1, 0
		}
	}
	start := strings.LastIndex(low[:at], have[0])
	return start, at + len(" по "+rest) - start
}

// Who handed a submission in: the first organisation of the list.
var (
	submittedByRE = lazyregexp.New(`(?i:(?:submitted|prepared|presented|lodged|written)(?: jointly)? by|(?:submission|report) (?:of|by))(?:\s+the)?\s+((?:\p{Lu}[\p{L}\d’'.-]*|\p{Lu}+)(?:\s+(?:(?:of|for|and|the|on|in|de|pour|la)\s+)*(?:\p{Lu}[\p{L}\d’'.-]*))+)`)
	preparedRE    = lazyregexp.New(`(?i:(?:подготовлен\p{L}*|представлен\p{L}*|подан\p{L}*|внесен\p{L}*))\s+(?:\p{Ll}+\s+){0,3}[«"“]([^»"”]{3,80})[»"”]`)
	tabyndaganRE  = lazyregexp.New(`[«"“]([^»"”]{3,80})[»"”]\s+(?:\p{L}+\s+){0,3}(?:дайындаған|ұсынған|дайындады|ұсынды)`)
)

// handedInBy looks at the first lines, and the first paragraphs that say who
// prepared the paper.
func (r *reader) handedInBy() {
	for i := range r.lines[:min(masthead, len(r.lines))] {
		l := &r.lines[i]
		for _, re := range []*lazyregexp.Regexp{submittedByRE, preparedRE, tabyndaganRE} {
			loc := re.FindStringSubmatchIndex(l.text)
			if loc == nil {
				continue
			}
			name := firstOrganisation(l.text[loc[2]:loc[3]])
			r.add(corpus.KeyBody, l, loc[2], loc[2]+len(name), 0.7, name)
			return
		}
	}
}

// firstOrganisation cuts a list of organisations that "and" joins after its
// first: "Tobylgy Legal Watch and the Steppe Files Network".
func firstOrganisation(s string) string {
	if a, _, ok := strings.Cut(s, " and the "); ok {
		return a
	}
	if a, b, ok := strings.Cut(s, " and "); ok && strings.Contains(a, " ") && strings.Contains(b, " ") {
		return a
	}
	return s
}

// Authorities of Kazakhstan in the names of their acts, in the genitive, and
// how they call themselves.
var issuers = []struct {
	re   *lazyregexp.Regexp
	name string // "$1" stands for the group
}{
	{lazyregexp.New(`Постановление (Правительства Республики Казахстан)`), "Правительство Республики Казахстан"},
	{lazyregexp.New(`(Қазақстан Республикасы Үкіметінің)`), "Қазақстан Республикасының Үкіметі"},
	{lazyregexp.New(`(?i:постановление) (акимата \p{Lu}[\p{L}-]+ области)`), ""},
	{lazyregexp.New(`(\p{Lu}[\p{L}-]+ облысы) әкімдігінің`), ""},
}

// issuedBy reads the authority in the title of an act.
func (r *reader) issuedBy() {
	for i := range r.lines {
		l := &r.lines[i]
		if !l.short || noteWords.MatchString(l.text) {
			continue
		}
		for _, is := range issuers {
			loc := is.re.FindStringSubmatchIndex(l.text)
			if loc == nil {
				continue
			}
			name := is.name
			switch raw := l.text[loc[2]:loc[3]]; {
			case name != "":
			case strings.HasPrefix(raw, "акимата"):
				name = "Акимат" + strings.TrimPrefix(raw, "акимата")
			default:
				name = raw + "ның әкімдігі"
			}
			r.add(corpus.KeyBody, l, loc[2], loc[3], 0.7, name)
			return
		}
	}
}

// Courts, in the nominative, as they name themselves at the head of an act.
var courtREs = []*lazyregexp.Regexp{
	lazyregexp.New(`((?:[Сс]удебная коллегия|[Кк]ассационная судебная коллегия|[Аа]пелляционная судебная коллегия) по \p{L}+ делам (?:\p{Lu}[\p{L}-]+ (?:областного|городского|краевого|районного) суда|Верховного [Сс]уда Республики Казахстан|[Сс]уда \p{Lu}[\p{L}-]+ области))`),
	lazyregexp.New(`(\p{Lu}[\p{L}-]+ (?:облыстық|қалалық) сотының [\p{L} ]{5,60}алқасы)(?:[^\p{L}]|$)`),
	lazyregexp.New(`(Верховный Суд Республики Казахстан)`),
	lazyregexp.New(`(Қазақстан Республикасының Жоғарғы Соты)(?:[^\p{L}]|$)`),
	lazyregexp.New(`(Қазақстан Республикасы Жоғарғы Сотының [\p{L} ]{5,60}алқасы)`),
	lazyregexp.New(`(\p{Lu}[\p{L}-]+ (?:(?:қаласының|қаласы|ауданының|облысының|облысы|\p{Lu}[\p{L}-]+|аудандық|қалалық|облыстық|мамандандырылған|ауданаралық|қылмыстық|істер|әкімшілік|жөніндегі) ?)+(?:№ ?\d+ )?соты)(?:[^\p{L}]|$)`),
	lazyregexp.New(`([Сс]пециализированный межрайонный (?:суд|экономический суд|следственный суд|административный суд)(?: по \p{L}+ делам)?(?: (?:города|области) \p{Lu}[\p{L}-]+| \p{Lu}[\p{L}-]+ области)?)`),
	lazyregexp.New(`(\p{Lu}[\p{L}-]+ (?:районный|городской|областной|межрайонный|краевой)(?: \p{Ll}+)? суд(?: № ?\d+)?(?: (?:города|г\.) ?\p{Lu}[\p{L}-]+| \p{Lu}[\p{L}-]+ (?:области|края))?)(?:[^\p{L}]|$)`),
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
	if r.kind == corpus.Judgment {
		r.international()
		return
	}
	for i := range r.lines {
		l := &r.lines[i]
		if r.supreme(l) {
			return
		}
		if r.panel(l) {
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

// panelRE is a panel of a court under the word for its act, in the genitive.
var panelRE = lazyregexp.New(`^\W*((?:кассационной |апелляционной )?судебной коллегии (по \p{L}+ делам (?:\p{Lu}[\p{L}-]+ (?:областного|городского|краевого) суда|Верховного [Сс]уда Республики Казахстан)))`)

func (r *reader) panel(l *line) bool {
	loc := panelRE.FindStringSubmatchIndex(l.text)
	if loc == nil || !l.short {
		return false
	}
	r.add(corpus.KeyCourt, l, loc[2], loc[3], 0.8, "Судебная коллегия "+l.text[loc[4]:loc[5]])
	return true
}

// international finds the court of a judgment. The European Court is the one
// that "sits" in judgments whose head names none.
func (r *reader) international() {
	for i := range corpus.Organs {
		o := &corpus.Organs[i]
		for k := range r.lines {
			if !o.Court {
				break
			}
			if at, n := placeOf(&r.lines[k], o); at >= 0 && at <= courtBytes {
				r.add(corpus.KeyCourt, &r.lines[k], at, at+n, 0.9, o.Name)
				return
			}
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		if loc := africanRE.FindStringIndex(l.text); loc != nil && l.short {
			r.add(corpus.KeyCourt, l, loc[0], loc[1], 0.8, "African Court on Human and Peoples’ Rights")
			return
		}
	}
}

var africanRE = lazyregexp.New(`(?i)african court on human and peoples.? rights|tribunal africano? dos direitos`)

// supreme finds the Supreme Court in the name of its resolutions, where it
// stands in the genitive, and gives its name.
func (r *reader) supreme(l *line) bool {
	if r.kind != corpus.NormativeResolution || !l.short {
		return false
	}
	for _, c := range []struct{ genitive, name string }{
		{"Верховного Суда Республики Казахстан", "Верховный Суд Республики Казахстан"},
		{"Қазақстан Республикасы Жоғарғы Сотының", "Қазақстан Республикасының Жоғарғы Соты"},
		{"Қазақстан Республикасының Жоғарғы Сотының", "Қазақстан Республикасының Жоғарғы Соты"},
	} {
		if at := strings.Index(l.text, c.genitive); at >= 0 {
			r.add(corpus.KeyCourt, l, at, at+len(c.genitive), 0.9, c.name)
			return true
		}
	}
	return false
}
