package lang

import "slices"

// Analyzed is a token with its stems.
type Analyzed struct {
	Token
	Stems []string
}

// Analyze returns the words of a text with their stems, read as language c; if
// c is Und, as the language that Detect finds, which is returned too.
func Analyze(text string, c Code) (Code, []Analyzed) {
	if c == Und {
		c, _ = Detect(text)
	}
	tokens := Tokens(text)
	out := make([]Analyzed, len(tokens))
	for i, t := range tokens {
		out[i] = Analyzed{Token: t, Stems: stemsOfAny(t.Form, c)}
	}
	return c, out
}

// stemsOfAny is Stems, where a paragraph of doubtful language is read as
// Kazakh and as Russian.
func stemsOfAny(form string, c Code) []string {
	if c != Und {
		return Stems(form, c)
	}
	kk, ru := Stems(form, KK), Stems(form, RU)
	out := append(make([]string, 0, len(kk)+len(ru)), kk...)
	for _, s := range ru {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
