package names

import (
	"strings"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// Enough is the score from which MatchToken takes a capitalised word for the
// name that was asked. Below it Kazakh and Russian text has more wrong words
// than right ones.
const Enough = 0.75

// The scores of the ways to match, best first.
const (
	scoreExact    = 1.0
	scoreCase     = 0.97 // another case of the same spelling
	scoreAlphabet = 0.95 // the same sounds, written otherwise
	scoreForms    = 0.85 // another form of the same given name
	scoreFather   = 0.90 // a patronymic of the same name
	scoreInitial  = 0.85 // an initial
)

// MatchToken says how well a capitalised word of running text agrees with a
// word of a name that was asked for, and why: the same spelling, a case form of
// it, another script or alphabet, another form of a given name, or something
// weaker. Both may be in any case; neither needs to be folded.
func MatchToken(query, token string) (score float64, why string) {
	return NewMatcher(query).Match(token)
}

// Matcher is a word of a query, ready to be set against many tokens. It is
// not changed by matching and may be shared.
type Matcher struct {
	form     string
	bases    []wordForm
	cyrillic bool
}

// wordForm is a word that a token may be a case form of.
type wordForm struct {
	text     string
	kind     ending
	stem     string // without the vowels of Russian cases; Cyrillic only
	readings []string
	root     []string // of a patronymic
	given    int
	father   int
}

// NewMatcher reads a word of a query.
func NewMatcher(query string) *Matcher {
	form := lang.Fold(query)
	return &Matcher{form: form, bases: wordForms(form), cyrillic: isCyrillicForm(form)}
}

func wordForms(form string) []wordForm {
	var list bases
	list.of(form)
	out := make([]wordForm, 0, list.n)
	for i := range list.n {
		w := wordForm{text: list.text[i], kind: list.kind[i], stem: list.text[i], readings: readingsOf(list.text[i])}
		if len(w.readings) == 0 {
			continue
		}
		w.given = givenGroup(w.readings)
		if root, ok := rootInCase(w.text); ok {
			w.root = readingsOf(root)
			w.father = givenGroup(w.root)
		}
		if isCyrillicForm(w.text) {
			if w.stem = shortStem(w.text); w.stem == w.text {
				w.stem = russianStem(w.text)
			}
			if w.given == 0 && w.stem != w.text {
				w.given = declinedGiven(w.stem)
			}
		}
		out = append(out, w)
	}
	return out
}

// declinedGiven is the group of the given name that has a stem: маш is of Маша.
func declinedGiven(stem string) int {
	for _, e := range [...]string{"", "а", "я", "й", "ь"} {
		if no := givenGroup(readingsOf(stem + e)); no > 0 {
			return no
		}
	}
	return 0
}

// Match sets a token against the query.
func (m *Matcher) Match(token string) (score float64, why string) {
	form := lang.Fold(token)
	score, why, _ = m.match(form, wordForms(form))
	return score, why
}

// match sets a folded token against the query, with the words that it may be a
// case form of. name is the token without its case ending: the query's own form
// if it is a case of that.
func (m *Matcher) match(form string, forms []wordForm) (score float64, why, name string) {
	if form == m.form && len(m.bases) > 0 {
		return scoreExact, "the same spelling", form
	}
	if len(forms) == 0 || len(m.bases) == 0 {
		return 0, whyNothing, form
	}
	if isLetter(m.form) || isLetter(form) {
		score, why = m.initial(forms)
		return score, why, form
	}
	why, name = whyNothing, form
	for i := range m.bases {
		for j := range forms {
			if s, w := m.pair(&m.bases[i], &forms[j]); s > score {
				score, why, name = s, w, nearer(&m.bases[i], &forms[j])
			}
		}
	}
	if score == scoreCase {
		name = m.form
	}
	return score, why, name
}

// nearer returns a token as it stands or without the vowels of its case,
// whichever is nearer to the query.
func nearer(q, t *wordForm) string {
	if t.stem != t.text && bestLikeness(q.readings, readingsOf(t.stem)) > bestLikeness(q.readings, t.readings) {
		return t.stem
	}
	return t.text
}

// whyNothing is the reason of a match that is none.
const whyNothing = "another name"

// whyCase are the reasons of a case form, by the language of its ending.
func whyCase(a, b ending) string {
	switch max(a, b) {
	case kazakhEnding:
		return "a Kazakh case form"
	case englishEnding:
		return "a possessive or plural"
	case russianEnding, noEnding:
	}
	return "a Russian case form"
}

// isLetter reports whether a folded token is an initial.
func isLetter(form string) bool { return utf8.RuneCountInString(form) == 1 }

func (m *Matcher) initial(forms []wordForm) (float64, string) {
	for _, a := range m.bases[0].readings {
		for _, b := range forms[0].readings {
			if beginAlike(a, b) {
				return scoreInitial, "an initial"
			}
		}
	}
	return 0, whyNothing
}

// pair sets a base of the query against a base of the token.
func (m *Matcher) pair(q, t *wordForm) (float64, string) {
	sameScript := m.cyrillic == isCyrillicForm(t.text)
	if sameScript && (q.text == t.text || m.cyrillic && sameButCase(q, t)) {
		return scoreCase, whyCase(q.kind, t.kind)
	}
	if s, why := fathers(q, t); s > 0 {
		return s, why
	}
	s := bestLikeness(q.readings, t.readings)
	if sameScript {
		s = strict(max(s, m.sameStem(q, t)), q.readings[0])
	} else {
		s = max(s, acrossScripts(q, t))
	}
	if s < 1 && q.given > 0 && q.given == t.given && s*scoreAlphabet < scoreForms {
		return scoreForms, "another form of the given name"
	}
	switch {
	case s == 1 && sameScript:
		return scoreAlphabet, "another spelling of the same sounds"
	case s == 1:
		return scoreAlphabet, "the other script" + inCase(q.kind, t.kind)
	case s >= 0.9:
		return s * scoreAlphabet, "a near spelling" + inCase(q.kind, t.kind)
	}
	return s * scoreAlphabet, "a distant spelling" + inCase(q.kind, t.kind)
}

// sameButCase reports whether two Cyrillic words differ in the vowels of a Russian
// case alone.
func sameButCase(q, t *wordForm) bool {
	return q.stem == t.stem && (declines(q.stem) || q.stem != q.text && shortGiven[q.stem])
}

func inCase(a, b ending) string {
	if a == noEnding && b == noEnding {
		return ""
	}
	return ", " + whyCase(a, b)
}

// strict makes differences count for more between words of one script: there
// they are not the work of a transliteration, and in a short name even one
// vowel makes another name (Мерк is not Марк).
func strict(s float64, reading string) float64 {
	consonants := 0
	for i := range len(reading) {
		if !isVowel(reading[i]) {
			consonants++
		}
	}
	if consonants <= shortSkeleton {
		return max(0, 1-2.5*(1-s))
	}
	return max(0, 1-1.3*(1-s))
}

// declines reports whether a stem is long enough for its vowel endings to be
// taken for case.
func declines(stem string) bool { return utf8.RuneCountInString(stem) >= minBase }

// sameStem compares words of one script without their vowel endings, where the
// spelling differs too: Боқаевқа, Бокаева.
func (m *Matcher) sameStem(q, t *wordForm) float64 {
	if !m.cyrillic || q.stem == q.text && t.stem == t.text {
		return 0
	}
	if !declines(q.stem) || !declines(t.stem) {
		return 0
	}
	return min(0.98, bestLikeness(readingsOf(q.stem), readingsOf(t.stem)))
}

// acrossScripts compares a Cyrillic word with a Latin one without the vowel
// ending that Russian cases put on it: Жыланбаева, Zhylanbayev.
func acrossScripts(a, b *wordForm) float64 {
	cyrillic, latin := a, b
	if cyrillic.stem == cyrillic.text {
		cyrillic, latin = b, a
	}
	if cyrillic.stem == cyrillic.text {
		return 0
	}
	stem := readingsOf(cyrillic.stem)
	best := min(0.99, bestLikeness(stem, latin.readings))
	for _, r := range latin.readings {
		if bare := strings.TrimRight(r, "aeiouAOU"); bare != r && len(bare) >= minBase {
			best = max(best, min(0.98, bestLikeness(stem, []string{bare})))
		}
	}
	return best
}

// fathers compares patronymics by the father's name.
func fathers(q, t *wordForm) (float64, string) {
	if len(q.root) == 0 || len(t.root) == 0 {
		return 0, ""
	}
	s := bestLikeness(q.root, t.root)
	if q.father > 0 && q.father == t.father {
		s = max(s, givenScore)
	}
	if s < fatherAlikeFrom || bestLikeness(q.readings, t.readings) >= s {
		return 0, ""
	}
	return s * scoreFather, "a patronymic of the same name"
}
