package lang

import (
	"maps"
	"slices"
	"strings"
)

// LatinKazakh spells a Kazakh word in Latin letters in Cyrillic. Latin is
// written in the alphabets proposed in 2018 (Decree No. 637: á ǵ ı ń ó ú ý, sh,
// ch) and 2021 (ä ğ ı ñ ö ş ū ü), and in mixtures of both in the press. Where
// the letters do not tell the alphabet (u, i and ı differ), it is spelt once
// for each. The words come out as Stems needs them, not always as a book has them.
func LatinKazakh(form string) []string {
	if strings.ContainsAny(form, "áǵńóúý") {
		return []string{cyrillicOf(form, latin2018)}
	}
	if strings.ContainsAny(form, "äğñŋöşūü") {
		return []string{cyrillicOf(form, latin2021)}
	}
	old, present := cyrillicOf(form, latin2018), cyrillicOf(form, latin2021)
	if old == present {
		return []string{present}
	}
	return []string{present, old}
}

// latinKazakhStems gives, for a Latin word of a Kazakh text, the stem it has
// as an English word and those it has as a Kazakh one.
func latinKazakhStems(form string) []string {
	stems := englishStems(form)
	for _, word := range LatinKazakh(form) {
		if word == "" || scriptOf(word) == scriptLatin {
			continue
		}
		for _, s := range kazakhStems(word) {
			if !slices.Contains(stems, s) {
				stems = append(stems, s)
			}
		}
	}
	return stems
}

// alphabet is how letters and pairs of letters are spelt in Cyrillic.
type alphabet map[string]string

// latin2018 and latin2021 share what latinCommon has.
var (
	latinCommon = alphabet{
		"a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "j": "ж", "k": "к", "l": "л", "m": "м",
		"n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с", "t": "т", "v": "в", "w": "у", "x": "х", "y": "ы", "z": "з",
		"sh": "ш", "ch": "ч", "zh": "ж", "gh": "ғ", "ng": "ң", "á": "ә", "ä": "ә", "ǵ": "ғ", "ğ": "ғ", "ń": "ң", "ñ": "ң", "ŋ": "ң",
		"ó": "ө", "ö": "ө", "ú": "ү", "ü": "ү", "ý": "у", "ş": "ш", "ū": "ұ", "ç": "ч",
	}
	latin2018 = extended(latinCommon, alphabet{"i": "і", "ı": "и", "u": "ұ"})
	latin2021 = extended(latinCommon, alphabet{"i": "и", "ı": "і", "u": "у"})
)

func extended(base, more alphabet) alphabet {
	out := make(alphabet, len(base)+len(more))
	maps.Copy(out, base)
	maps.Copy(out, more)
	return out
}

// cyrillicOf spells a word in Cyrillic.
func cyrillicOf(form string, letters alphabet) string {
	var b strings.Builder
	runes := []rune(form)
	for i := 0; i < len(runes); i++ {
		if i+1 < len(runes) {
			if v, ok := letters[string(runes[i:i+2])]; ok {
				b.WriteString(v)
				i++
				continue
			}
		}
		if v, ok := letters[string(runes[i])]; ok {
			b.WriteString(v)
		} else {
			b.WriteRune(runes[i])
		}
	}
	return joinGlides.Replace(b.String())
}

// joinGlides writes и beside a vowel as й, and й with its vowel as one letter.
var joinGlides = strings.NewReplacer(
	"аиа", "ая", "әиә", "әйә", "оиа", "оя", "ұиа", "ұя", "еие", "ейе", "аиу", "аю", "оиу", "ою", "үиу", "үю", "ұиу", "ұю",
	"аи", "ай", "әи", "әй", "еи", "ей", "ои", "ой", "өи", "өй", "ұи", "ұй", "үи", "үй", "ыи", "ый", "іи", "ій",
	"иа", "ия",
)
