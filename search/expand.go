package search

import (
	"strings"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// patternForms lists the forms of a library that a wildcard stands for, in
// byte order, and whether the list was cut at maxForms.
func patternForms(l Lexicon, pattern string, stop func() error) (forms []FormID, cut bool, err error) {
	folded := lang.Fold(pattern)
	prefix := folded
	if i := strings.IndexAny(folded, "*?"); i >= 0 {
		prefix = folded[:i]
	}
	seen, literal := 0, longestLiteral(folded)
	for id, form := range l.begin(prefix) {
		if seen++; seen%checkEvery == 0 && stop() != nil {
			return nil, false, stop()
		}
		if !strings.Contains(form, literal) || !wildcardMatch(folded, form) {
			continue
		}
		if len(forms) == maxForms {
			return forms, true, nil
		}
		forms = append(forms, id)
	}
	return forms, false, nil
}

// longestLiteral returns the longest run of letters of a pattern: most forms of a
// library do not have it, which is told sooner than that they do not match.
func longestLiteral(pattern string) (longest string) {
	for run := range strings.FieldsFuncSeq(pattern, func(r rune) bool { return r == '*' || r == '?' }) {
		if len(run) > len(longest) {
			longest = run
		}
	}
	return longest
}

// wildcardMatch reports whether a form matches a pattern of letters, * (any
// letters) and ? (one letter). It goes back to the last * only, so it takes
// at most len(pattern) x len(form) steps.
func wildcardMatch(pattern, form string) bool {
	star, resume := -1, 0
	p, f := 0, 0
	for f < len(form) {
		_, size := utf8.DecodeRuneInString(form[f:])
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, f
			p++
		case p < len(pattern) && pattern[p] == '?':
			p++
			f += size
		case p+size <= len(pattern) && pattern[p:p+size] == form[f:f+size]:
			p += size
			f += size
		case star >= 0:
			_, step := utf8.DecodeRuneInString(form[resume:])
			resume += step
			p, f = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
