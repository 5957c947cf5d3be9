package kazakh

import "strings"

// state is how far a chain of endings has come.
type state uint16

// The states of a chain. A set of them is written with |.
const (
	noun       state = 1 << iota // behind a nominal stem
	plural                       // behind the plural
	owned12                      // behind a possessive of the first or second person
	owned3                       // behind a possessive of the third person
	inCase                       // behind a case
	attributed                   // behind -дағы or -нікі, where the chain begins anew, once
	closed                       // nothing may follow
	verb                         // behind a verbal stem
	voiced                       // behind one voice ending
	voiced2                      // behind two
	negated                      // behind the negation
	participle                   // behind a participle or a verbal noun: nominal endings follow
	person                       // behind a tense: endings of person follow
)

// ending is one morpheme: where it may stand, how it is written, what follows.
//
// Its spelling is Cyrillic letters and these signs, which depend on harmony
// and on the sound before: A а/е, I ы/і, G ғ/г or қ/к, D д or т, N н, д or т
// (genitive), C the same but д after a nasal (accusative), E the same as D but
// н after a nasal (ablative), L л, д or т (plural), M м, б or п, V the sound
// before is a vowel, K it is a consonant.
type ending struct {
	name     string
	from     state
	spelling []rune
	to       state
}

// rows reads the table below: name, states before, spellings, state after.
func rows(name string, from state, spellings string, to state) []ending {
	var out []ending
	for s := range strings.FieldsSeq(spellings) {
		out = append(out, ending{name, from, []rune(s), to})
	}
	return out
}

// nominal are the states in which a noun without a case is.
const (
	bareNoun = noun | participle | attributed
	caseless = bareNoun | plural | owned12 | owned3
	anyVerb  = verb | voiced | voiced2
	maybeNeg = anyVerb | negated
)

// endings is the grammar of inflection. Derivation (-лық, -шы, -лы, -сыз) is
// left alone: it makes other words.
var endings = concat(
	// Nouns.
	rows("pl", bareNoun, "LAр", plural),
	rows("p1", bareNoun|plural, "KIм Vм KIмIз VмIз", owned12),
	rows("p2", bareNoun|plural, "KIң Vң KIңIз VңIз", owned12),
	rows("p3", bareNoun|plural, "KI VсI", owned3),
	rows("gen", bareNoun|plural|owned12, "NIң", inCase),
	rows("gen", owned3, "нIң", inCase),
	rows("acc", bareNoun|plural|owned12, "CI", inCase),
	rows("acc", owned3, "н", inCase),
	rows("dat", bareNoun|plural, "GA", inCase),
	rows("dat", owned12, "A GA", inCase), // атыма, елімізге
	rows("dat", owned3, "нA", inCase),
	rows("loc", bareNoun|plural|owned12, "DA", inCase),
	rows("loc", owned3, "ндA", inCase),
	rows("abl", bareNoun|plural|owned12, "EAн", inCase),
	rows("abl", owned3, "нAн", inCase),
	rows("ins", caseless, "мен бен пен менен бенен пенен", inCase),
	rows("equ", bareNoun|plural|owned12, "шA", inCase),
	rows("equ", owned3, "ншA", inCase),
	rows("sim", bareNoun|plural|owned12, "DAй", inCase),
	rows("sim", owned3, "ндAй", inCase),
	rows("attr", noun|participle|plural|owned12, "DAGI", attributed),
	rows("attr", owned3, "ндAGI", attributed),
	rows("own", noun|participle|plural|owned12, "нікі дікі тікі", attributed),
	rows("own", owned3, "нікі", attributed),
	rows("pred", caseless|inCase, "MIн мIн MIз мIз сIң сIз сIңдAр сIздAр", closed),
	rows("cmp", noun, "KIрAG VрAG", plural),
	// Voices.
	rows("pass", verb, "KIл Vл KIн Vн", voiced),
	rows("pass", voiced, "KIл Vл KIн Vн", voiced2),
	rows("rec", verb, "KIс Vс", voiced),
	rows("rec", voiced, "KIс Vс", voiced2),
	rows("caus", verb, "DIр тIр GIз т KIт", voiced),
	rows("caus", voiced, "DIр тIр GIз т", voiced2),
	rows("caus", voiced2, "DIр т KIл", voiced2),
	rows("neg", anyVerb, "MA", negated),
	// Finite forms and converbs.
	rows("past", maybeNeg, "DI DIм DIң DIG DIңIз DIңдAр DIңIздAр", closed),
	rows("pres", maybeNeg, "Vй KA", person),
	rows("prs1", person, "мIн мIз м", closed),
	rows("prs2", person, "сIң сIз сIңдAр сIздAр", closed),
	rows("prs3", person, "дI", closed),
	rows("cvb", maybeNeg, "KIп Vп", closed),
	rows("cvbp", maybeNeg, "KIптI VптI KIппIн VппIн KIпсIң VпсIң KIппIз VппIз KIпсIз VпсIз KIптIм VптIм", closed),
	rows("cond", maybeNeg, "сA сAм сAң сAG сAңIз сAңдAр сAңIздAр сAйшI сAңшI сAңIзшI", closed),
	rows("imp2", maybeNeg, "KIң Vң KIңIз VңIз KIңдAр VңдAр KIңIздAр VңIздAр KIңызшы KIңізші KIңшI", closed),
	rows("imp3", maybeNeg, "сIн сIншI", closed),
	rows("imp1", maybeNeg, "VйIн KAйIн VйIG KAйIG KAйIншI VйIншI KAйIGшI VйIGшI", closed),
	rows("until", maybeNeg, "GAншA GAлI", closed),
	rows("wish", maybeNeg, "GAй", closed),
	rows("unless", negated, "йIншA", closed),
	rows("mys", anyVerb, "MIш", closed),
	// Participles and verbal nouns.
	rows("ptp", maybeNeg, "GAн", participle),
	rows("ptp", maybeNeg, "GAндIG", participle),
	rows("hab", maybeNeg, "VйтIн KAтIн KAтұғын", participle),
	rows("hab", maybeNeg, "VйтIндIG KAтIндIG", participle),
	rows("aor", maybeNeg, "Vр KAр", participle),
	rows("aord", maybeNeg, "VрлIG KAрлIG", participle),
	rows("naor", negated, "с", participle),
	rows("naord", negated, "стIG стAн", participle),
	rows("fut", maybeNeg, "MAG MAGшI", participle),
	rows("vn", maybeNeg, "у", participle),
	rows("agent", anyVerb, "ушI", participle),
	rows("state", anyVerb, "улI", participle),
	rows("wish2", maybeNeg, "GI", participle),
	rows("vn2", anyVerb, "KIс Vс", participle),
)

func concat(lists ...[]ending) []ending {
	var out []ending
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// byLetter lists endings by the letter that they may begin with.
type byLetter map[rune][]uint8

// nounStarts and verbStarts are the endings that may stand behind a stem.
var nounStarts, verbStarts = startsOf(noun), startsOf(verb)

// startsOf lists the endings that may stand in a state.
func startsOf(s state) byLetter {
	out := byLetter{}
	for i := range endings {
		if endings[i].from&s == 0 {
			continue
		}
		for _, r := range firstLetters(endings[i].spelling) {
			out[r] = append(out[r], uint8(i))
		}
	}
	return out
}

// firstLetters returns the letters that a spelling may begin with.
func firstLetters(spelling []rune) string {
	for _, sign := range spelling {
		switch sign {
		case 'V', 'K':
			continue
		case 'A':
			return "ае"
		case 'I':
			return "ыі"
		case 'G':
			return "ғгқк"
		case 'D':
			return "дт"
		case 'E', 'N', 'C':
			return "ндт"
		case 'L':
			return "лдт"
		case 'M':
			return "мбп"
		}
		return string(sign)
	}
	return ""
}

// following are, by the place of an ending in the table, those that may follow it.
var following = func() []byLetter {
	byState := map[state]byLetter{}
	out := make([]byLetter, len(endings))
	for i := range endings {
		to := endings[i].to
		if byState[to] == nil {
			byState[to] = startsOf(to)
		}
		out[i] = byState[to]
	}
	return out
}()

// isVowel counts у and и, which behave as either.
func isVowel(r rune) bool { return isFullVowel(r) || isGlide(r) }

func isFullVowel(r rune) bool {
	switch r {
	case 'а', 'ә', 'е', 'о', 'ө', 'ұ', 'ү', 'ы', 'і', 'э', 'я', 'ё':
		return true
	}
	return false
}

func isGlide(r rune) bool { return r == 'у' || r == 'и' || r == 'ю' }

func isNasal(r rune) bool { return r == 'м' || r == 'н' || r == 'ң' }

// isHard reports whether an ending begins with a voiceless sound after r: a
// voiceless consonant, or one of the voiced ones that end loans only.
func isHard(r rune) bool {
	switch r {
	case 'п', 'ф', 'к', 'қ', 'т', 'с', 'ш', 'щ', 'ч', 'ц', 'х', 'һ', 'б', 'в', 'г', 'д', 'ғ':
		return true
	}
	return false
}

// match compares the letters at pos with an ending behind the sound prev. It
// returns where the ending ends; -1 if it is not there.
func match(spelling, word []rune, pos int, prev rune, front bool) int {
	for _, sign := range spelling {
		switch sign {
		case 'V':
			if !isVowel(prev) {
				return -1
			}
			continue
		case 'K':
			if isFullVowel(prev) {
				return -1
			}
			continue
		}
		if pos == len(word) || !fits(sign, word[pos], prev, front) {
			return -1
		}
		prev = word[pos]
		pos++
	}
	return pos
}

// fits reports whether a letter is what a sign of a spelling becomes.
func fits(sign, r, prev rune, front bool) bool {
	switch sign {
	case 'A':
		return r == pick(front, 'е', 'а')
	case 'I':
		return r == pick(front, 'і', 'ы')
	case 'G':
		// A vowel is followed by ғ, г in a case and by қ, к in the first person.
		if isHard(prev) || isFullVowel(prev) && (r == 'қ' || r == 'к') {
			return r == pick(front, 'к', 'қ')
		}
		return r == pick(front, 'г', 'ғ')
	case 'L':
		return r == afterSonorant(prev, 'л', 'д', 'т')
	case 'M':
		return r == afterSonorant(prev, 'м', 'б', 'п') || prev == 'л' && r == 'м'
	case 'D', 'E', 'N', 'C':
		return fitsDental(sign, r, prev)
	}
	return r == sign
}

// fitsDental is fits for the signs that become н, д or т. After у and и both
// the letters of a vowel and those of a consonant are written, after в both
// those of a voiced and of a voiceless one.
func fitsDental(sign, r, prev rune) bool {
	nasal := false
	switch sign {
	case 'E':
		nasal = isNasal(prev)
	case 'N':
		nasal = isNasal(prev) || isFullVowel(prev)
	case 'C':
		nasal = isFullVowel(prev)
	}
	if r == pick(nasal, 'н', pick(isHard(prev), 'т', 'д')) || prev == 'в' && r == 'д' {
		return true
	}
	return sign != 'D' && sign != 'E' && isGlide(prev) && r == 'н'
}

// afterSonorant picks by the sound before: vowel, р, й; other sonorants, л, з,
// ж; the rest.
func afterSonorant(prev, soft, middle, hard rune) rune {
	switch {
	case isHard(prev):
		return hard
	case isNasal(prev), prev == 'з', prev == 'ж', prev == 'л':
		return middle
	}
	return soft
}

func pick(first bool, a, b rune) rune {
	if first {
		return a
	}
	return b
}
