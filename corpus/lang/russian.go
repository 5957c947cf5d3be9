package lang

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// russianStems is snowball, corrected where it parts what belongs together or
// joins what does not:
//
//   - irregular words are listed;
//   - nouns in -ость keep it: личность is not личный;
//   - a vowel that comes and goes is left out: список, списка;
//   - verbs in -овать lose it: использует, использовал;
//   - a verb in -ся is another word, but its present tense may be a passive;
//   - participles in -нный give the stem of their verb too;
//   - a form that ends in a consonant may be a bare noun: альбом is not альб + ом;
//   - what may be a surname in -ов, -ев, -ин, -ын gives the form without its
//     case ending too: snowball makes two words of Назарбаев and Назарбаева.
func russianStems(form string) []string {
	if s, ok := russianIrregular[form]; ok {
		return []string{s}
	}
	if s, ok := abstractNoun(form); ok {
		return []string{s}
	}
	var out stemList
	verb, reflexive := cutReflexive(form)
	out.reflexive = reflexive
	main := snowballRussian(verb)
	out.add(canonicalRussian(verb, main))
	out.addParticiple(verb)
	if !reflexive {
		out.addBare(form, main)
		return out.stems
	}
	if endsInAny(verb, "т") { // a passive: рассматривается, рассматривать
		out.reflexive = false
		out.add(canonicalRussian(verb, main))
	}
	return out.stems
}

// stemList is the stems of one form, each once.
type stemList struct {
	stems     []string
	reflexive bool
}

func (l *stemList) add(stem string) {
	if l.reflexive {
		stem += "ся"
	}
	if stem != "" && !slices.Contains(l.stems, stem) {
		l.stems = append(l.stems, stem)
	}
}

func snowballRussian(form string) string {
	env := snowballstem.NewEnv(form)
	russian.Stem(env)
	return env.Current()
}

// cutReflexive takes -ся and -сь off a verb.
func cutReflexive(form string) (verb string, ok bool) {
	if utf8.RuneCountInString(form) < 6 {
		return form, false
	}
	if v, ok := strings.CutSuffix(form, "ся"); ok {
		return v, true
	}
	if v, ok := strings.CutSuffix(form, "сь"); ok && endsInAny(v, "аеиоуюя") {
		return v, true
	}
	return form, false
}

func endsInAny(s, letters string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(letters, r)
}

// abstractNoun returns the stem of a noun in -ость.
func abstractNoun(form string) (string, bool) {
	for _, e := range []string{"остями", "остью", "остям", "остях", "остей", "ости", "ость"} {
		if base, ok := strings.CutSuffix(form, e); ok && utf8.RuneCountInString(base) >= 3 {
			return base + "ост", true
		}
	}
	return "", false
}

// canonicalRussian is a snowball stem without what comes and goes.
func canonicalRussian(form, stem string) string {
	n := utf8.RuneCountInString(stem)
	switch {
	case n >= 6 && isInfinitiveOrPast(form) && (strings.HasSuffix(stem, "ова") || strings.HasSuffix(stem, "ева")):
		return stem[:len(stem)-len("ова")]
	case n >= 4 && strings.HasSuffix(form, "лю") && len(stem) > 4 && endsInAny(stem[:len(stem)-len("л")], "пбмвф"):
		return stem[:len(stem)-len("л")] // ставлю, ставит
	}
	return dropFleeting(stem, n)
}

func isInfinitiveOrPast(form string) bool {
	for _, e := range []string{"ть", "л", "ла", "ло", "ли", "в", "вши", "вш"} {
		if strings.HasSuffix(form, e) {
			return true
		}
	}
	return strings.Contains(form, "вш")
}

// dropFleeting leaves out the last о or е before к, ц, н at the end of a stem:
// список, отец, нужен.
func dropFleeting(stem string, n int) string {
	const letter = 2 // bytes
	if n < 4 {
		return stem
	}
	head, tail := stem[:len(stem)-2*letter], stem[len(stem)-2*letter:]
	switch tail {
	case "ок", "ек":
	case "ец":
	default:
		return stem
	}
	if endsInAny(head, "аеиоуыэюя") {
		return stem
	}
	return head + tail[letter:]
}

// adjectiveEnds are the endings of adjectives, as participles have them.
var adjectiveEnds = []string{"ыми", "ого", "ому", "ый", "ая", "ое", "ые", "ой", "ую", "ых", "ым", "ом"}

// addParticiple adds the stem of the verb to a passive participle.
func (l *stemList) addParticiple(form string) {
	base := ""
	for _, e := range adjectiveEnds {
		if b, ok := strings.CutSuffix(form, "нн"+e); ok {
			base = b
			break
		}
	}
	if base == "" {
		for _, e := range []string{"на", "но", "ны", "н"} {
			if b, ok := strings.CutSuffix(form, e); ok && utf8.RuneCountInString(b) > 4 {
				base = b
				break
			}
		}
	}
	if utf8.RuneCountInString(base) < 4 {
		return
	}
	switch {
	case strings.HasSuffix(base, "ова"), strings.HasSuffix(base, "ева"):
		l.add(base[:len(base)-len("ова")])
	case endsInAny(base, "ая"):
		l.add(base)
	case strings.HasSuffix(base, "е"):
		l.addVerbOf(strings.TrimSuffix(base, "е"))
	}
}

// addVerbOf adds the stem of a verb in -ить by that of its participle in -енный.
func (l *stemList) addVerbOf(base string) {
	l.add(base)
	cut := func(end, to string) bool {
		b, ok := strings.CutSuffix(base, end)
		if ok {
			l.add(b + to)
		}
		return ok
	}
	switch {
	case cut("пл", "п"), cut("бл", "б"), cut("мл", "м"), cut("вл", "в"), cut("фл", "ф"):
	case cut("жд", "д"), cut("ж", "з"):
	case cut("щ", "т"):
	case cut("ш", "с"):
	case cut("ч", "т"):
	}
}

// addBare adds what the form is if it is a noun without an ending, a gerund,
// or a surname with a case ending.
func (l *stemList) addBare(form, main string) {
	if main != form && endsInAny(form, "бвгджзклмнпрстфхцчшщ") && !isPlainlyInflected(form) {
		l.add(dropFleeting(form, utf8.RuneCountInString(form)))
	}
	for _, e := range []string{"ая", "яя", "ей", "ай", "уй", "яй", "ею", "еем", "аем"} {
		if base, ok := strings.CutSuffix(form, e); ok && base != "" { // учитывая; Сергей, Сергеем
			l.add(form[:len(base)+len("а")])
			break
		}
	}
	for _, e := range []string{"на", "ны", "но", "ла", "ло", "лы", "ли"} {
		if base, ok := strings.CutSuffix(form, e); ok && base == main { // Нурлана, канала: no participle, no past
			l.add(form[:len(base)+len("н")])
		}
	}
	if s, ok := surname(form); ok {
		l.add(s)
	}
}

// isPlainlyInflected reports whether a form ends as no bare noun does.
func isPlainlyInflected(form string) bool {
	for _, e := range []string{"ых", "их", "ах", "ях", "ями", "ает", "яет", "ают", "яют", "уют", "ует", "ним", "ным", "ием"} {
		if strings.HasSuffix(form, e) {
			return true
		}
	}
	return false
}

// surnameEndings are the case endings of surnames in -ов, -ев, -ин, -ын, the
// longer first.
var surnameEndings = []string{"ыми", "ого", "ому", "ой", "ою", "ых", "ым", "ом", "а", "у", "е", "ы", ""}

// surname returns a surname without its case ending.
func surname(form string) (string, bool) {
	for _, e := range surnameEndings {
		base, ok := strings.CutSuffix(form, e)
		if !ok {
			continue
		}
		for _, s := range []string{"ов", "ев", "ин", "ын"} {
			if strings.HasSuffix(base, s) && utf8.RuneCountInString(base) >= 4 {
				return base, true
			}
		}
	}
	return "", false
}
