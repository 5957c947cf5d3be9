package names

import (
	"strings"
	"unicode/utf8"
)

// ending is the language of a case ending that was taken off.
type ending uint8

const (
	noEnding ending = iota
	kazakhEnding
	russianEnding
	englishEnding
)

// minBase is the fewest letters that a case ending leaves.
const minBase = 3

// maxBases bounds the ways to take an ending off.
const maxBases = 5

// bases are the words that a token of running text may be a case form of; the
// token itself is the first.
type bases struct {
	text [maxBases]string
	kind [maxBases]ending
	n    int
}

func (b *bases) add(text string, kind ending) {
	if b.n == maxBases {
		return
	}
	for i := range b.n {
		if b.text[i] == text {
			return
		}
	}
	b.text[b.n], b.kind[b.n] = text, kind
	b.n++
}

// of collects the bases of a folded token. Russian endings of vowels alone stay
// on: they leave no trace in a key.
func (b *bases) of(form string) {
	b.n = 0
	b.add(form, noEnding)
	if first, _ := utf8.DecodeRuneInString(form); !isCyrillic(first) {
		b.latin(form)
		return
	}
	if stem, ok := cutKazakh(form); ok {
		b.add(stem, kazakhEnding)
		if stem, ok := cutPlural(stem); ok {
			b.add(stem, kazakhEnding)
		}
	}
	if stem, ok := cutPlural(form); ok {
		b.add(stem, kazakhEnding)
	}
	if stem, ok := cutRussian(form); ok {
		b.add(stem, russianEnding)
	}
}

// latin collects the bases of a Latin token: the plural and the possessive of
// English, and Kazakh in Latin letters where its endings are unmistakable.
func (b *bases) latin(form string) {
	form = strings.TrimSuffix(form, "'")
	if s, ok := strings.CutSuffix(form, "'s"); ok {
		b.add(s, englishEnding)
		return
	}
	b.add(form, englishEnding)
	if s, ok := strings.CutSuffix(form, "s"); ok && endsInAny(s, "ov", "ev", "sky", "skiy") {
		b.add(s, englishEnding)
	}
	if stem, ok := cutLatinKazakh(form); ok {
		b.add(stem, kazakhEnding)
	}
}

func endsInAny(s string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// sort is what the last letter of a Kazakh stem asks of an ending.
type sort uint8

const (
	afterVowel sort = 1 << iota
	afterNasal
	afterVoiced    // р л й у з ж ғ
	afterVoiceless // and б в г д, which close Russian names
)

// sortsOf says what kind of stem a stem is. Names in -в and -д take either
// series in print: Қонаевтың, Қонаевдың.
func sortsOf(stem string) sort {
	last, _ := utf8.DecodeLastRuneInString(stem)
	switch {
	case strings.ContainsRune("бвгд", last):
		return afterVoiced | afterVoiceless
	case strings.ContainsRune("мнң", last):
		return afterNasal
	case strings.ContainsRune("пфкқтсшщчцхһ", last):
		return afterVoiceless
	case strings.ContainsRune("уюи", last): // vowels, and consonants too
		return afterVowel | afterVoiced
	case strings.ContainsRune("аәеёоөұүыіэя", last):
		return afterVowel
	case last == 'ь' || last == 'ъ':
		return afterVowel | afterNasal | afterVoiced | afterVoiceless
	}
	return afterVoiced
}

// suffix is a Kazakh case ending and the stems it follows. Harmony of vowels
// is not asked for: names in -ев and -ов do not keep it.
type suffix struct {
	text  string
	after sort
}

// kazakhCases are the case endings, the longer first.
var kazakhCases = []suffix{
	{"нікі", afterVowel | afterNasal},
	{"дікі", afterVoiced},
	{"тікі", afterVoiceless},
	{"дағы", afterVowel | afterNasal | afterVoiced},
	{"дегі", afterVowel | afterNasal | afterVoiced},
	{"тағы", afterVoiceless},
	{"ның", afterVowel | afterNasal},
	{"нің", afterVowel | afterNasal},
	{"дың", afterVoiced},
	{"дің", afterVoiced},
	{"тың", afterVoiceless},
	{"тің", afterVoiceless},
	{"дан", afterVowel | afterVoiced},
	{"ден", afterVowel | afterVoiced},
	{"тан", afterVoiceless},
	{"тен", afterVoiceless},
	{"нан", afterVowel | afterNasal},
	{"нен", afterVowel | afterNasal},
	{"мен", afterVowel | afterNasal | afterVoiced},
	{"бен", afterVoiced},
	{"пен", afterVoiceless},
	{"нда", afterVowel},
	{"нде", afterVowel},
	{"ға", afterVowel | afterNasal | afterVoiced},
	{"ге", afterVowel | afterNasal | afterVoiced},
	{"қа", afterVoiceless},
	{"ке", afterVoiceless},
	{"ны", afterVowel},
	{"ні", afterVowel},
	{"ды", afterNasal | afterVoiced},
	{"ді", afterNasal | afterVoiced},
	{"ты", afterVoiceless},
	{"ті", afterVoiceless},
	{"да", afterVowel | afterNasal | afterVoiced},
	{"де", afterVowel | afterNasal | afterVoiced},
	{"та", afterVoiceless},
	{"те", afterVoiceless},
	{"на", afterVowel},
	{"не", afterVowel},
}

var kazakhPlurals = []suffix{
	{"лар", afterVowel | afterVoiced},
	{"лер", afterVowel | afterVoiced},
	{"дар", afterNasal | afterVoiced},
	{"дер", afterNasal | afterVoiced},
	{"тар", afterVoiceless},
	{"тер", afterVoiceless},
}

func cutKazakh(form string) (string, bool) {
	if s, ok := strings.CutSuffix(form, "н"); ok && endsInAny(s, "ұлы", "қызы", "улы", "кызы") {
		return s, true // ұлын, accusative after a possessive
	}
	return cutSuffix(form, kazakhCases)
}

func cutPlural(form string) (string, bool) { return cutSuffix(form, kazakhPlurals) }

func cutSuffix(form string, list []suffix) (string, bool) {
	for i := range list {
		stem, ok := strings.CutSuffix(form, list[i].text)
		if ok && utf8.RuneCountInString(stem) >= minBase && sortsOf(stem)&list[i].after != 0 {
			return stem, true
		}
	}
	return "", false
}

// adjectival are the case endings of surnames in -ов, -ев, -ин, -ын, -ский and
// -цкий that have a consonant; nominal are those of other names.
var (
	adjectival = []string{"ыми", "ими", "ым", "им", "ых", "их", "ого", "его", "ому", "ему", "ом"}
	nominal    = []string{"ом", "ем", "ами", "ями", "ах", "ях"}
	surnames   = []string{"ов", "ев", "ин", "ын", "ск", "цк"}
)

// cutRussian takes off the Russian case endings that have a consonant.
func cutRussian(form string) (string, bool) {
	for _, e := range adjectival {
		stem, ok := strings.CutSuffix(form, e)
		if ok && utf8.RuneCountInString(stem) >= minBase && endsInAny(stem, surnames...) {
			return stem, true
		}
	}
	for _, e := range nominal {
		stem, ok := strings.CutSuffix(form, e)
		if !ok || utf8.RuneCountInString(stem) < minBase {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(stem); e == "ем" || !strings.ContainsRune(cyrillicVowels, last) {
			return stem, true
		}
	}
	return "", false
}

const cyrillicVowels = "аәеёиоөуұүыіэюя"

// shortGiven are the stems of given names of three letters that Russian declines:
// Иса, Исы, Исой. Another name with such a stem is none of them: Али is no case
// of Аля, and Ян none of Яна, so these are not here.
var shortGiven = map[string]bool{
	"ад": true, "аз": true, "ай": true, "ан": true, "ас": true, "ев": true, "зо": true, "ид": true, "ил": true, "ир": true, "ис": true,
	"ли": true, "ма": true, "ол": true, "ра": true, "ри": true, "ул": true, "эл": true, "юл": true,
}

// shortStem is a given name of three letters in a Russian case without its
// ending; the form itself if it is none.
func shortStem(form string) string {
	for _, e := range [...]string{"ой", "ей", "а", "я", "у", "ю", "ы", "и", "е"} {
		if stem, ok := strings.CutSuffix(form, e); ok && shortGiven[stem] {
			return stem
		}
	}
	return form
}

// russianStem is a Russian name without the vowels that its cases change:
// Мария, Марии; Жыланбаев, Жыланбаеву; Сергей, Сергея; Зеленский, Зеленскому.
func russianStem(form string) string {
	if s, ok := cutRussian(form); ok {
		form = s
	}
	for _, e := range [...]string{"ией", "ий", "ая", "ую", "ой", "ей", "ою", "ею", "ый", "ия", "ии", "ию", "ье", "ья", "ьи", "ью", "а", "я", "у", "ю", "ы", "и", "е", "й", "ь", "о"} {
		if stem, ok := strings.CutSuffix(form, e); ok && utf8.RuneCountInString(stem) >= minBase {
			return stem
		}
	}
	return form
}

// latinCases are the Kazakh case endings in the Latin alphabets that end no
// name of another language; after -ov and -ev the plain letters do.
var (
	latinCases    = []string{"nyń", "niń", "dyń", "diń", "tyń", "tiń", "nyñ", "niñ", "dyñ", "diñ", "tyñ", "tiñ", "nıñ", "dıñ", "tıñ", "ǵa", "ğa"}
	latinAfterOvs = []string{"tyn", "tin", "tan", "ten", "pen", "qa", "ka", "ke", "ty", "ti", "ta", "te"}
)

func cutLatinKazakh(form string) (string, bool) {
	for _, e := range latinCases {
		if s, ok := strings.CutSuffix(form, e); ok && utf8.RuneCountInString(s) >= minBase {
			return s, true
		}
	}
	for _, e := range latinAfterOvs {
		if s, ok := strings.CutSuffix(form, e); ok && len(s) > minBase && endsInAny(s, "ov", "ev") {
			return s, true
		}
	}
	return "", false
}
