package law

import (
	"cmp"
	"strings"
	"unicode"

	"dalel/corpus/lang"
)

// short is how an instrument is named beside a number.
type short struct{ ru, kk, en string }

func (s short) in(l lang.Code) string { return pick(l, s.ru, s.kk, s.en) }

// pick chooses one of three wordings by language; English for others.
func pick(l lang.Code, ru, kk, en string) string {
	switch l {
	case lang.RU:
		return ru
	case lang.KK:
		return kk
	default:
		return en
	}
}

// countries are how codes say whose they are: УК РК, ҚР ҚК, Criminal Code of
// Kazakhstan.
var countryNames = map[string]short{
	"KZ": {"РК", "ҚР", "Kazakhstan"},
	"RU": {"РФ", "РФ", "Russia"},
	"KG": {"КР", "Қырғызстан", "Kyrgyzstan"},
	"UZ": {"Узбекистана", "Өзбекстан", "Uzbekistan"},
	"TJ": {"Таджикистана", "Тәжікстан", "Tajikistan"},
	"TM": {"Туркменистана", "Түрікменстан", "Turkmenistan"},
	"UA": {"Украины", "Украина", "Ukraine"},
	"BY": {"Беларуси", "Беларусь", "Belarus"},
	"SU": {"СССР", "КСРО", "the USSR"},
}

// Name names an instrument for a reader: УК РК (2014), ҚР ҚК (2014), Criminal
// Code of Kazakhstan (2014). key may also be that of a place in it. What the
// registry does not know is returned as it is.
func Name(key string, l lang.Code) string {
	r, ok := ParseKey(key)
	if !ok || r.Instrument == "" {
		return key
	}
	return withEdition(r, nameOf(r.Instrument, l))
}

func nameOf(instrument string, l lang.Code) string {
	if s, ok := reg.shorts[instrument]; ok && isShort(s.in(l)) {
		return s.in(l)
	}
	if a, ok := reg.act(instrument); ok {
		return pick(l, a.RU, a.KK, a.EN)
	}
	land, kind, _ := strings.Cut(instrument, "-")
	c, known := countryNames[land]
	if !known {
		c = short{land, land, land}
	}
	if a, ok := reg.act(kind); ok && reg.codes[kind] {
		s := reg.shorts[kind]
		name := pick(l, a.RU, a.KK, a.EN)
		if isShort(s.in(l)) {
			name = s.in(l)
		}
		return ofCountryName(name, c, l)
	}
	if name, ok := numbered(instrument, l, false); ok {
		return name
	}
	return instrument
}

// isShort reports whether a name stands by itself: an abbreviation, or any
// English one. The others are in the genitive.
func isShort(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) && unicode.IsLower(r) && !strings.Contains("КоАП ӘҚБтК", s) {
			return false
		}
	}
	return s != ""
}

func ofCountryName(name string, c short, l lang.Code) string {
	return pick(l, name+" "+c.ru, c.kk+" "+name, name+" of "+c.en)
}

// numberedNames are the acts that a key names by number: KZ-NPVS-11-2017.
var numberedNames = map[string]struct{ name, beside short }{
	"NPVS": {
		short{"Нормативное постановление Верховного Суда РК", "ҚР Жоғарғы Сотының нормативтік қаулысы", "Normative Resolution of the Supreme Court of Kazakhstan"},
		short{"НП ВС РК", "ҚР Жоғарғы Соты нормативтік қаулысының", "Normative Resolution of the Supreme Court of Kazakhstan"},
	},
	"GOV": {
		short{"Постановление Правительства РК", "ҚР Үкіметінің қаулысы", "Resolution of the Government of Kazakhstan"},
		short{"Постановления Правительства РК", "ҚР Үкіметі қаулысының", "Resolution of the Government of Kazakhstan"},
	},
	"LAW": {
		short{"Закон РК", "ҚР Заңы", "Law of Kazakhstan"},
		short{"Закона РК", "ҚР Заңының", "Law of Kazakhstan"},
	},
	"DECREE": {
		short{"Указ Президента РК", "ҚР Президентінің Жарлығы", "Decree of the President of Kazakhstan"},
		short{"Указа Президента РК", "ҚР Президенті Жарлығының", "Decree of the President of Kazakhstan"},
	},
}

// numbered names an act of Kazakhstan that its key names by number.
func numbered(instrument string, l lang.Code, genitive bool) (string, bool) {
	kind, number, ok := strings.Cut(strings.TrimPrefix(instrument, "KZ-"), "-")
	n, known := numberedNames[kind]
	if !ok || !known || !strings.HasPrefix(instrument, "KZ-") || number[0] < '0' || number[0] > '9' {
		return "", false
	}
	name := n.name
	if genitive {
		name = n.beside
	}
	if l == lang.EN {
		return name.en + " No. " + number, true
	}
	return name.in(l) + " № " + number, true
}

func withEdition(r Ref, name string) string {
	if r.Edition == "" {
		return name
	}
	return name + " (" + r.Edition + ")"
}

// act returns the row of the registry with a key.
func (r *registry) act(key string) (Act, bool) {
	i, ok := r.byKey[key]
	if !ok {
		return Act{}, false
	}
	return r.acts[i], true
}

// Say writes what a key points at as people of a language cite it:
// "ч. 2 ст. 405 УК РК (2014)", "ҚР ҚК (2014) 405-бабының 2-бөлігі",
// "Criminal Code of Kazakhstan (2014), art. 405(2)". The number of a document
// is said as it is, with the court or committee that a number alone does not
// tell.
func Say(key string, l lang.Code) string {
	r, ok := ParseKey(key)
	if !ok {
		return sayDocument(key, l)
	}
	name := ""
	if r.Instrument != "" {
		name = withEdition(r, beside(r.Instrument, l))
	}
	if r.Kind == Instrument {
		return Name(key, l)
	}
	switch l {
	case lang.RU:
		return strings.TrimSpace(sayRussian(r) + " " + name)
	case lang.KK:
		return strings.TrimSpace(name + " " + sayKazakh(r))
	default:
		return strings.TrimPrefix(name+", "+sayEnglish(r), ", ")
	}
}

// beside is the name of an instrument as it stands beside a number: in the
// genitive, where it takes one.
func beside(instrument string, l lang.Code) string {
	if s, ok := reg.shorts[instrument]; ok {
		return s.in(l)
	}
	land, kind, _ := strings.Cut(instrument, "-")
	if s, ok := reg.shorts[kind]; ok {
		c, known := countryNames[land]
		if !known {
			c = short{land, land, land}
		}
		return ofCountryName(s.in(l), c, l)
	}
	if name, ok := numbered(instrument, l, true); ok {
		return name
	}
	name := nameOf(instrument, l)
	if l == lang.KK && strings.HasSuffix(name, "Заң") {
		return strings.TrimSuffix(name, "Заң") + "Заңның"
	}
	if l == lang.RU {
		if rest, ok := strings.CutPrefix(name, "Закон "); ok {
			return "Закона " + rest
		}
	}
	return name
}

// sayRussian counts from the smallest place up: пп. 1) п. 3 ст. 9.
func sayRussian(r Ref) string {
	var parts []string
	add := func(mark, v string) {
		if v != "" {
			parts = append(parts, mark+v)
		}
	}
	letter := func(v string) string {
		if isDigits(v) {
			return v
		}
		return "«" + v + "»"
	}
	if r.Subpoint != "" {
		add("пп. ", letter(r.Subpoint))
	}
	if r.Point != "" {
		add("п. ", numberOr(r.Point, letter))
	}
	add("§ ", r.Paragraph)
	add("ч. ", r.Part)
	add("ст. ", r.Article)
	return strings.Join(parts, " ")
}

// numberOr leaves numbers as they are: 2-1, 12.
func numberOr(v string, letter func(string) string) string {
	if v[0] >= '0' && v[0] <= '9' {
		return v
	}
	return letter(v)
}

// sayKazakh counts from the article down; all but the last are in the genitive.
func sayKazakh(r Ref) string {
	type place struct{ v, last, of string }
	var out []string
	var all []place
	for _, p := range []place{
		{r.Article, "-бабы", "-бабының"},
		{r.Part, "-бөлігі", "-бөлігінің"},
		{r.Paragraph, "-параграфы", "-параграфының"},
		{r.Point, "-тармағы", "-тармағының"},
		{r.Subpoint, ") тармақшасы", ") тармақшасының"},
	} {
		if p.v != "" {
			all = append(all, p)
		}
	}
	for i, p := range all {
		if i < len(all)-1 {
			out = append(out, p.v+p.of)
		} else {
			out = append(out, p.v+p.last)
		}
	}
	return strings.Join(out, " ")
}

// sayEnglish puts what is below an article in brackets: art. 14(3)(b).
func sayEnglish(r Ref) string {
	var b strings.Builder
	if r.Article != "" {
		b.WriteString("art. " + r.Article)
	} else {
		b.WriteString("para. ")
	}
	for _, v := range []string{r.Part, r.Paragraph, r.Point, r.Subpoint} {
		switch {
		case v == "":
		case r.Paragraph == v && v != "":
			b.WriteString(" § " + v)
		case strings.HasSuffix(b.String(), "para. "):
			b.WriteString(v)
		default:
			b.WriteString("(" + v + ")")
		}
	}
	return b.String()
}

// sayDocument names a document by its number.
func sayDocument(id string, l lang.Code) string {
	if n, ok := strings.CutPrefix(id, "ECHR/"); ok {
		return pick(l, "жалоба № "+n+" (ЕСПЧ)", "№ "+n+" шағым (АҚЕС)", "application no. "+n+" (ECtHR)")
	}
	if n, ok := strings.CutPrefix(id, "PACE/RES/"); ok {
		return pick(l, "резолюция ПАСЕ "+n, "ЕКПА-ның "+n+" қарары", "PACE Resolution "+n)
	}
	if n, ok := strings.CutPrefix(id, openComment); ok {
		return pick(l, "замечание общего порядка № "+n+" (комитет не назван)", "№ "+n+" жалпы ескертпе (комитеті аталмаған)", "general comment No. "+n+" (committee not named)")
	}
	if committee, n, ok := strings.Cut(id, "/C/D/"); ok {
		return pick(l, "сообщение № "+n+" ("+committee+")", "№ "+n+" хабарлама ("+committee+")", "communication No. "+n+" ("+committee+")")
	}
	return id
}

// Heading returns the heading of an article in a language: as the act has it,
// shortened, or the subject in our words where the act has no headings. key may
// name a place below the article. It is "" for an article that the table does
// not have.
func Heading(key string, l lang.Code) string {
	_, article := ArticleOf(key)
	h, ok := reg.headings[article]
	if !ok {
		return ""
	}
	return cmp.Or(h.in(l), h.ru)
}
