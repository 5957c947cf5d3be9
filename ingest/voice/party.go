package voice

import (
	"strings"
	"unicode"

	"dalel/corpus"
)

// withParties adds to a form whom the title of a case names: "CASE OF LAWLESS
// v. IRELAND (No. 3)". Old judgments call the applicant by his name.
func withParties(f *form, ps []corpus.Paragraph) *form {
	for i := range ps[:min(len(ps), titlePlace)] {
		names := applicants(ps[i].Text)
		if len(names) == 0 {
			continue
		}
		named := speaker{voice: corpus.VoiceSource, verbs: &said, names: phrases(strings.Join(names, ";"))}
		out := *f
		out.speakers = append([]speaker{named}, f.speakers...)
		return &out
	}
	return f
}

// titlePlace is how many paragraphs at most stand before the title of a case.
const titlePlace = 12

// applicants returns the family names of the first party of a case's title, as
// words are folded; none when s is no such title.
func applicants(s string) []string {
	rest := s
	for _, before := range []string{"CASE OF ", "In the case of "} {
		if _, after, ok := strings.Cut(s, before); ok {
			rest = after
			break
		}
	}
	first, _, ok := strings.Cut(rest, " v. ")
	if !ok || len(first) > 80 || rest == s && !strings.HasPrefix(s, "CASE") {
		return nil
	}
	var out []string
	for w := range strings.FieldsSeq(first) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if n := plain(w); len(n) > 3 && !others.has([]string{n}) {
			out = append(out, n)
		}
	}
	return out
}

// others are words of a title that are no names.
var others = phrases(`others|another|other|company|party|association|limited|and|state|ltd|church;`)
