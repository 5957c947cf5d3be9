package lang

import (
	"strings"
	"unicode/utf8"
)

// stop is what stands between two words, as far as it tells the end of a
// sentence.
type stop struct {
	point  bool // a full stop
	strong bool // ! ? … or a line end
	space  bool // a space after it
	closed bool // something else stands between the word and the full stop
	any    bool
}

// see takes in one rune between two words.
func (s *stop) see(r rune) {
	switch r {
	case '.':
		s.closed = s.closed || s.any && !s.point
		s.point, s.space = true, false
	case '!', '?', '…', '。', 0x2029:
		s.strong, s.space = true, false
	case '\n', 0x2028:
		s.strong, s.space = true, true
	case ' ', '\t', 0xA0, 0x202F, 0x2009:
		s.space = true
	}
	s.any = true
}

// ended returns 1 if a sentence ends between the last token and the next one,
// else 0.
func (t *tokenizer) ended(next *Token) int {
	if !t.stop.point && !t.stop.strong || !t.opens(next) {
		return 0
	}
	k := t.lastWhole()
	last := &t.out[k]
	switch {
	case t.stop.strong:
		if t.stop.space {
			return 1
		}
		return 0
	case !t.stop.space:
		return glued(last, next)
	case t.stop.closed, endsEtc(t.text[:last.End]):
		return 1
	case isAbbreviation(last.Form), t.isListNumber(k):
		return 0
	}
	return 1
}

// opens reports whether a token can begin a sentence: a capital or a number.
func (t *tokenizer) opens(next *Token) bool {
	if next.Cap {
		return true
	}
	r, _ := utf8.DecodeRuneInString(t.text[next.Start:])
	return classOf(r) == classDigit
}

// glued tells a sentence that begins without a space ("решил.Суд") from
// initials and abbreviations.
func glued(last, next *Token) int {
	if next.Cap && !last.Cap && utf8.RuneCountInString(last.Form) > 3 && utf8.RuneCountInString(next.Form) > 1 &&
		!isAbbreviation(last.Form) {
		return 1
	}
	return 0
}

// lastWhole returns the index of the last word: of a compound, the joined form.
func (t *tokenizer) lastWhole() int {
	last := len(t.out) - 1
	for k := last - 1; k >= max(t.base, last-maxParts); k-- {
		if t.out[k].Joined && t.out[k].End == t.out[last].End {
			return k
		}
	}
	return last
}

// isListNumber reports whether token k is a number that opens its sentence, as
// "12." does: the sentence goes on behind it.
func (t *tokenizer) isListNumber(k int) bool {
	last := &t.out[k]
	first := k == t.base || t.out[k-1].Sentence < last.Sentence
	return first && last.Form[0] >= '0' && last.Form[0] <= '9'
}

// endsEtc reports whether a text ends in "т.д", "т.п" or "т.б": a capital
// after these begins a sentence, though a full stop stands after a letter.
func endsEtc(text string) bool {
	for _, etc := range []string{"т.д", "т.п", "т.б", "т. д", "т. п", "т. б", "т.с.с", "etc"} {
		if strings.HasSuffix(text, etc) {
			return true
		}
	}
	return false
}

// isAbbreviation reports whether a full stop after the form belongs to the
// word: a single letter, or one of the abbreviations of legal prose.
func isAbbreviation(form string) bool {
	if utf8.RuneCountInString(form) == 1 {
		return form[0] < '0' || form[0] > '9'
	}
	switch form {
	case "ст", "пп", "гг", "ч", "чч", "абз", "подп", "разд", "гл", "см", "ср", "им", "ул", "обл", "пос", "дер", "просп",
		"руб", "коп", "тыс", "млн", "млрд", "трлн", "акад", "проф", "доц", "гр", "тов", "изд", "сост", "ред", "стр", "рис",
		"табл", "прим", "напр", "англ", "рус", "каз", "нем", "фр", "лат", "др", "пр", "св", "мл", "зам", "нач", "пом", "дол",
		"бап", "баб", "бт", "тарм", "жж", "мыс", "көш", "ауд", "қал", "тел", "тг", "мин", "сек", "шам", "шығ", "қар",
		"no", "nos", "mr", "mrs", "ms", "dr", "prof", "vs", "art", "arts", "para", "paras", "pp", "ch", "sec", "sect", "fig",
		"al", "op", "cit", "inc", "ltd", "jr", "sr", "st", "eg", "ie", "cf", "vol", "ed", "eds", "rev", "hon", "gen", "col",
		"app", "supp", "doc", "res", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}
