package names

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Surnames of Kazakhstan live in two traditions: Оразбаев is Оразбай, Досмұхамедов
// is Досмұхамедұлы, and a person may be in documents under both. A third way
// apart is a consonant that neighbours hear otherwise: Аспандияров, Asfendiyarov.
// FarKeys finds those. They are too many to stand alone: a word that shares no
// more than a far key with a part is taken beside another part that is certain.

// surnameEndings are the endings that Russian has given to surnames, the longer first.
var surnameEndings = []string{"ова", "ева", "ёва", "ов", "ев", "ёв", "ova", "eva", "ov", "ev", "off", "eff"}

// confusable are the consonants of keys that languages of the region take for
// each other in names, and ш with ч, for ch is both: Chakhanov is Шаханов to a
// Frenchman.
var confusable = map[byte]byte{'p': 'f', 'f': 'p', 'k': 'g', 'g': 'k', 'S': 'C', 'C': 'S'}

// maxFarKeys bounds the keys that FarKeys gives.
const maxFarKeys = 12

// minSurnameRoot is how many letters a surname keeps without its ending.
const minSurnameRoot = 4

// FarKeys returns the keys of a part in the other tradition of surnames and with
// a consonant heard otherwise, without those of Keys. The order is fixed.
func (e *Expander) FarKeys(part int) []string {
	p := &e.name.Parts[part]
	own := e.Keys(part)
	var out []string
	add := func(key string) {
		if len(out) < maxFarKeys && !slices.Contains(own, key) && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, form := range otherTradition(p.Form) {
		for _, key := range Keys(form) {
			add(key)
		}
		add(string(rootMark) + strings.TrimLeft(first(Keys(form)), string(rootMark)))
	}
	for _, r := range p.readings {
		for _, key := range yodKeys(r) {
			add(key)
		}
	}
	for _, key := range Keys(p.Form) {
		for i := range len(key) {
			if c, ok := confusable[key[i]]; ok {
				add(key[:i] + string(c) + key[i+1:])
			}
		}
	}
	return out
}

// yodKeys are the keys of a reading with й for an initial ж, or the other way
// about: Жүсіпов is Yusupov.
func yodKeys(reading string) []string {
	var k keyer
	switch {
	case len(reading) > 2 && reading[0] == 'J' && isVowel(reading[1]):
		k.skeletons([]byte(yodOf(reading)), "")
	case len(reading) > 1 && strings.IndexByte("AOUei", reading[0]) >= 0:
		k.skeletons([]byte("J"+reading), "")
	}
	var out []string
	for i := range k.n {
		out = append(out, string(k.key(i)))
	}
	return out
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// otherTradition writes a surname without the ending that Russian gave it, or
// with it.
func otherTradition(form string) []string {
	if root, ok := patronymicRoot(form); ok {
		return []string{withRussian(root)}
	}
	for _, e := range surnameEndings {
		if root, ok := strings.CutSuffix(form, e); ok && utf8.RuneCountInString(root) >= minSurnameRoot {
			return []string{root}
		}
	}
	if utf8.RuneCountInString(form) < minSurnameRoot {
		return nil
	}
	return []string{withRussian(form)}
}

// withRussian gives a surname the ending that Russian gives it, in its script.
func withRussian(root string) string {
	if isCyrillicForm(root) {
		return root + "ов"
	}
	return root + "ov"
}
