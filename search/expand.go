package search

import (
	"strings"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// patternForms lists the forms of the vocabulary that a wildcard stands for,
// in byte order, and whether the list was cut at maxForms.
func patternForms(v View, pattern string, stop func() error) (forms []string, cut bool, err error) {
	folded := lang.Fold(pattern)
	prefix := folded
	if i := strings.IndexAny(folded, "*?"); i >= 0 {
		prefix = folded[:i]
	}
	seen := 0
	for form := range v.Forms(prefix) {
		if seen++; seen%checkEvery == 0 && stop() != nil {
			return nil, false, stop()
		}
		if !wildcardMatch(folded, form) {
			continue
		}
		if len(forms) == maxForms {
			return forms, true, nil
		}
		forms = append(forms, form)
	}
	return forms, false, nil
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

// fuzzyForms lists the forms within a spelling distance of a word, in byte
// order, and whether the list was cut at maxForms.
func fuzzyForms(v View, word string, distance int, stop func() error) (forms []string, cut bool, err error) {
	want := []rune(word)
	row := make([]int, len(want)+1)
	seen := 0
	for form := range v.Forms("") {
		if seen++; seen%checkEvery == 0 && stop() != nil {
			return nil, false, stop()
		}
		n := utf8.RuneCountInString(form)
		if n < len(want)-distance || n > len(want)+distance || !withinDistance(want, form, distance, row) {
			continue
		}
		if len(forms) == maxForms {
			return forms, true, nil
		}
		forms = append(forms, form)
	}
	return forms, false, nil
}

// withinDistance reports whether form is at most so many insertions,
// deletions and substitutions of letters from want (Levenshtein 1965). row is
// scratch of len(want)+1.
func withinDistance(want []rune, form string, distance int, row []int) bool {
	for i := range row {
		row[i] = i
	}
	y := 0
	for _, r := range form {
		diagonal, best := row[0], y+1
		row[0] = y + 1
		for x, w := range want {
			cost := diagonal
			if w != r {
				cost = 1 + min(diagonal, row[x], row[x+1])
			}
			diagonal, row[x+1] = row[x+1], cost
			best = min(best, cost)
		}
		if best > distance {
			return false
		}
		y++
	}
	return row[len(want)] <= distance
}
