package law

import (
	"strconv"
	"strings"
)

// tongue is the language of a grammar.
type tongue uint8

const (
	russian tongue = iota
	kazakh
	english
)

// unitWord is a word for a unit.
type unitWord struct {
	unit   unit
	tongue tongue
	plural bool // announces a list
	short  bool // an abbreviation
}

// unitWords holds the words of Russian and English, in all their forms.
var unitWords = func() map[string]unitWord {
	m := map[string]unitWord{}
	put := func(w unitWord, forms string) {
		for f := range strings.FieldsSeq(forms) {
			m[f] = w
		}
	}
	put(unitWord{article, russian, false, false}, "статья статью статье статьей статьею")
	put(unitWord{article, russian, true, false}, "статьи статей статьям статьями статьях")
	put(unitWord{article, russian, false, true}, "ст стат")
	put(unitWord{article, russian, true, true}, "стст")
	put(unitWord{part, russian, false, false}, "часть частью")
	put(unitWord{part, russian, true, false}, "части частей частям частями частях")
	put(unitWord{part, russian, false, true}, "ч")
	put(unitWord{part, russian, true, true}, "чч")
	put(unitWord{point, russian, false, false}, "пункт пункта пункту пунктом пункте")
	put(unitWord{point, russian, true, false}, "пункты пунктов пунктам пунктами пунктах")
	put(unitWord{point, russian, false, true}, "п")
	put(unitWord{subpoint, russian, false, false}, "подпункт подпункта подпункту подпунктом подпункте подп")
	put(unitWord{subpoint, russian, true, false}, "подпункты подпунктов подпунктам подпунктами подпунктах")
	put(unitWord{subpoint, russian, true, true}, "пп ппп")
	put(unitWord{section, russian, false, false}, "параграф параграфа параграфу параграфом параграфе")
	put(unitWord{article, english, false, false}, "article")
	put(unitWord{article, english, true, false}, "articles")
	put(unitWord{article, english, false, true}, "art")
	put(unitWord{article, english, true, true}, "arts")
	put(unitWord{part, english, false, false}, "part")
	put(unitWord{part, english, true, false}, "parts")
	put(unitWord{point, english, false, false}, "paragraph para point clause")
	put(unitWord{point, english, true, false}, "paragraphs paras points clauses")
	put(unitWord{subpoint, english, false, false}, "subparagraph subpara subpoint subclause")
	put(unitWord{subpoint, english, true, false}, "subparagraphs subparas subpoints")
	put(unitWord{point, english, false, true}, "p")
	put(unitWord{part, english, false, true}, "pt")
	return m
}()

// ruleWords are units of instruments that have rules or principles in place
// of articles; they count only beside such an instrument.
var ruleWords = map[string]tongue{
	"rule": english, "rules": english, "principle": english, "principles": english,
	"правило": russian, "правила": russian, "правилу": russian, "правилом": russian, "правилам": russian,
	"принцип": russian, "принципа": russian, "принципу": russian, "принципом": russian, "принципы": russian, "принципам": russian,
}

// kazakhUnits are the stems of Kazakh words for units and what may follow
// them: after the first letters comes an ending or nothing. Longer stems
// stand first.
var kazakhUnits = []struct {
	stem string
	unit unit
}{
	{"тармақша", subpoint},
	{"тармақ", point},
	{"тармағ", point},
	{"бөлімше", noUnit}, // a branch office
	{"бөлік", part},
	{"бөліг", part},
	{"бөлім", part}, // the press says so for бөлік
	{"бабы", article},
	{"баб", article}, // бабтың: a common misspelling
	{"бап", article},
	{"параграф", section},
	{"абзац", noUnit},
	{"tarmaqsha", subpoint},
	{"tarmaqşa", subpoint},
	{"tarmaq", point},
	{"tarmag", point},
	{"bolik", part},
	{"bolig", part},
	{"bolim", part},
	{"baby", article},
	{"bap", article},
}

// kazakhUnit reads a word as a Kazakh unit; plural tells баптар from бап.
func kazakhUnit(form string) (u unit, plural, ok bool) {
	if len(form) < len("bap") || form[0] != 'b' && form[0] != 't' && form[0] < 0x80 {
		return noUnit, false, false
	}
	if form[0] < 0x80 {
		form = plainLatin(form)
	}
	for _, k := range kazakhUnits {
		rest, found := strings.CutPrefix(form, k.stem)
		if !found || len(rest) > maxEnding {
			continue
		}
		if k.unit == article && !isArticleEnding(rest) {
			return noUnit, false, false
		}
		plural = strings.HasPrefix(rest, "тар") || strings.HasPrefix(rest, "тер") || strings.HasPrefix(rest, "лар") || strings.HasPrefix(rest, "tar") || strings.HasPrefix(rest, "lar")
		return k.unit, plural, k.unit != noUnit
	}
	return noUnit, false, false
}

// isArticleEnding reports whether what follows баб-, бап- is an ending of бап:
// баптың, бабына, баптары; not баптау (care), бабасы (forefather).
func isArticleEnding(rest string) bool {
	for _, bad := range []string{"тау", "тал", "ас", "ал", "тис"} {
		if strings.HasPrefix(rest, bad) {
			return false
		}
	}
	if rest == "" {
		return true
	}
	for _, good := range []string{
		"тың", "қа", "та", "тан", "ты", "пен", "тар", "ның", "на", "нда", "нан", "мен", "н", "ы", "ын", "ына", "тын",
		"tyn", "qa", "ta", "tan", "ty", "pen", "tar", "nyn", "na", "nda", "nan", "men", "n", "y", "tin", "tyñ",
	} {
		if strings.HasPrefix(rest, good) {
			return true
		}
	}
	return false
}

// plainLatin writes Kazakh in Latin letters without its marks, so that the
// alphabets of 2018 and 2021 and the press agree: bóligi, böligı.
func plainLatin(s string) string {
	if !hasHighByte(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'á', 'ä':
			return 'a'
		case 'ó', 'ö':
			return 'o'
		case 'ǵ', 'ğ':
			return 'g'
		case 'ń', 'ñ':
			return 'n'
		case 'ý', 'ú', 'ü', 'ū':
			return 'u'
		case 'ı':
			return 'i'
		case 'ş':
			return 's'
		}
		return r
	}, s)
}

func hasHighByte(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return true
		}
	}
	return false
}

// kazakhNumbers are the cardinals that compound numbers are made of.
var kazakhNumbers = map[string]int{
	"бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10,
	"жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90, "жүз": 100, "мың": 1000,
}

// kazakhOrdinals are the last words of ordinals: екінші, жүзінші.
var kazakhOrdinals = map[string]int{
	"бірінші": 1, "екінші": 2, "үшінші": 3, "төртінші": 4, "бесінші": 5, "алтыншы": 6, "жетінші": 7, "сегізінші": 8, "тоғызыншы": 9, "оныншы": 10,
	"жиырмасыншы": 20, "отызыншы": 30, "қырқыншы": 40, "қырығыншы": 40, "елуінші": 50, "алпысыншы": 60, "жетпісінші": 70, "сексенінші": 80,
	"тоқсаныншы": 90, "жүзінші": 100, "мыңыншы": 1000,
}

// kazakhNumber reads a number in words from token i. An ordinal ends it.
func kazakhNumber(ts []token, i int) (n, next int, ordinal bool) {
	for next = i; next < len(ts) && next-i < 6; next++ {
		v, ok := kazakhNumbers[ts[next].form]
		if !ok {
			v, ordinal = kazakhOrdinals[ts[next].form]
			ok = ordinal
		}
		if !ok || !extends(n, v) {
			break
		}
		n = compound(n, v)
		if ordinal {
			return n, next + 1, true
		}
	}
	return n, next, false
}

// extends reports whether v may follow n in a compound number: 300 60 6, 3 100.
func extends(n, v int) bool {
	switch {
	case n == 0:
		return true
	case v == 100:
		return n%1000 > 0 && n%1000 < 10
	case v == 1000:
		return n < 1000
	case v >= 100:
		return n%1000 == 0
	case v >= 10:
		return n%100 == 0
	}
	return n%10 == 0
}

func compound(n, v int) int {
	switch {
	case n > 0 && v == 100:
		return n - n%10 + n%10*100
	case n > 0 && v == 1000:
		return n * 1000
	}
	return n + v
}

// russianOrdinals are the stems of ordinals.
var russianOrdinals = map[string]int{
	"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
	"одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17,
	"восемнадцат": 18, "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60,
	"семидесят": 70, "восьмидесят": 80, "девяност": 90, "сот": 100, "двухсот": 200, "трехсот": 300, "четырехсот": 400,
}

// englishNumbers are the numbers of a part or a paragraph that are written in
// words: part two.
var englishNumbers = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

var russianNumbers = map[string]int{
	"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90,
	"сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600,
}

var russianEndings = []string{"ого", "его", "ому", "ему", "ыми", "ими", "ьего", "ьему", "ьими", "ьей", "ьих", "ьим", "ьем", "ый", "ий", "ой", "ая", "ую", "ое", "ые", "ей", "ым", "им", "ом", "ых", "их", "ья", "ью", "ье", "ьи"}

// russianNumber reads an ordinal in words: второй, триста шестьдесят шестой.
func russianNumber(ts []token, i int) (n, next int) {
	for next = i; next < len(ts) && next-i < 4; next++ {
		form := ts[next].form
		if v, ok := russianNumbers[form]; ok && extends(n, v) {
			n += v
			continue
		}
		for _, e := range russianEndings {
			if stem, ok := strings.CutSuffix(form, e); ok {
				if v := russianOrdinals[stem]; v > 0 && extends(n, v) {
					return n + v, next + 1
				}
			}
		}
		break
	}
	return 0, i
}

var englishOrdinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}

// roman reads a Roman numeral in capitals; letters of both scripts are
// written for I, V and X.
func roman(t *token, text string) int {
	raw := text[t.start:t.end]
	if t.kind != isWord || len(raw) > 2*6 {
		return 0
	}
	n, last := 0, 100
	for _, r := range raw {
		v := 0
		switch r {
		case 'I', 'І':
			v = 1
		case 'V':
			v = 5
		case 'X', 'Х':
			v = 10
		default:
			return 0
		}
		if v > last {
			n -= 2 * last
		}
		n += v
		last = v
	}
	return max(n, 0)
}

// listWords join the numbers of a list.
func isListWord(form string) bool {
	switch form {
	case "и", "или", "либо", "and", "or", "және", "мен", "немесе", "пен", "бен", "men", "jáne", "jäne", "nemese":
		return true
	}
	return false
}

// isCounted reports whether a word counts things: a number before it is no
// article of a list.
func isCounted(form string) bool {
	switch form {
	case "г", "гг", "год", "года", "году", "лет", "месяц", "месяца", "месяцев", "дней", "дня", "день", "суток", "суткам", "сутки", "человек", "человека", "лиц", "мрп", "тенге", "тысяч", "тыс",
		"раз", "раза", "рублей", "процентов", "час", "часов", "часа", "мин", "млн", "млрд", "километров", "км",
		"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
		"ж", "жж", "жыл", "жылы", "жылғы", "жылдың", "жылдан", "айлық", "теңге", "адам", "күн", "күні", "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз",
		"years", "year", "months", "month", "days", "day", "people", "persons", "others", "states", "countries", "percent", "cent", "hours", "pages", "times",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december":
		return true
	}
	return false
}

func isMonth(form string) int {
	for _, m := range months[indexKey(form)] {
		if strings.HasPrefix(form, m.stem) && len(form) <= len(m.stem)+10 {
			return m.no
		}
	}
	return 0
}

type month struct {
	stem string
	no   int
}

// months are the beginnings of the names of months by their first runes.
var months = func() map[string][]month {
	m := map[string][]month{}
	for i, list := range monthNames {
		for stem := range strings.FieldsSeq(list) {
			m[indexKey(stem)] = append(m[indexKey(stem)], month{stem, i + 1})
		}
	}
	return m
}()

// monthNames are the beginnings of the names of months in the three languages.
var monthNames = [12]string{
	"январ қаңтар january qańtar", "феврал ақпан february aqpan", "март наурыз march naýryz", "апрел сәуір april sáýir", "май мая мамыр may mamyr", "июн маусым june maýsym",
	"июл шілде july shilde", "август тамыз august tamyz", "сентябр қыркүйек қыркүйег september qyrkúıek", "октябр қазан october qazan", "ноябр қараша november qarasha", "декабр желтоқсан december jeltoqsan",
}

func itoa(n int) string { return strconv.Itoa(n) }
