package lang

import (
	"strings"
	"unicode/utf8"
)

// Stems returns what the forms of one word have in common: one stem or a few,
// of a folded form read as a word of language c. Numbers, references and
// symbols are their own stems. A word of the other script is read as what it
// is (an English name in a Russian paragraph), so that a query and a text
// agree whatever the language around the word. For Und the caller asks for
// each language the word may be in.
//
// Stems is a pure function of form and c. It costs microseconds a word; keep
// a Stemmer where the same words come again.
func Stems(form string, c Code) []string {
	script := scriptOf(form)
	switch {
	case script == scriptNone || utf8.RuneCountInString(form) < 2:
		return []string{form}
	case script == scriptLatin && c == KK:
		return latinKazakhStems(form)
	case script == scriptLatin:
		return englishStems(form)
	case c == KK, script == scriptKazakh:
		return kazakhStems(form)
	}
	return russianStems(form)
}

// script is what the letters of a form tell about its language.
type script uint8

const (
	scriptNone     script = iota // has a digit, or no letter
	scriptLatin                  // Latin letters only
	scriptCyrillic               // Cyrillic letters, all of them used in Russian
	scriptKazakh                 // Cyrillic letters, some of them not used in Russian
)

func scriptOf(form string) script {
	s := scriptNone
	for _, r := range form {
		switch {
		case r >= '0' && r <= '9':
			return scriptNone
		case isKazakh(r):
			s = scriptKazakh
		case isCyrillic(r):
			s = max(s, scriptCyrillic)
		case isLatin(r):
			s = max(s, scriptLatin)
		}
	}
	return s
}

// maxCached bounds the forms of a language that a Stemmer keeps.
const maxCached = 1 << 17

// Stemmer is Stems with a memory. It is not safe for concurrent use. The zero
// value is ready.
type Stemmer struct {
	known [4]map[string][]string // by language
}

// place is the number of a language among those that a Stemmer knows.
func (c Code) place() int {
	switch c {
	case KK:
		return 0
	case RU:
		return 1
	case EN:
		return 2
	case Und:
	}
	return 3
}

// Stems is the function Stems. The slice is shared: do not change it.
func (s *Stemmer) Stems(form string, c Code) []string {
	known := &s.known[c.place()]
	if stems, ok := (*known)[form]; ok {
		return stems
	}
	if *known == nil || len(*known) >= maxCached {
		*known = make(map[string][]string)
	}
	stems := Stems(form, c)
	(*known)[strings.Clone(form)] = stems
	return stems
}
