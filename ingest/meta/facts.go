package meta

import (
	"cmp"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// strength orders the origins of facts, weakest first.
var strength = []corpus.Origin{
	corpus.FromText, corpus.FromFile, corpus.FromHeader, corpus.FromTable, corpus.FromPerson,
}

// Add puts a fact among others: the stronger origin wins, of equals the surer,
// and then the one that was there. A fact without values is none.
func Add(facts corpus.Facts, k corpus.Key, f corpus.Fact) {
	if len(f.Values) == 0 {
		return
	}
	old, ok := facts[k]
	if ok {
		by := cmp.Compare(slices.Index(strength, f.Origin), slices.Index(strength, old.Origin))
		if by < 0 || by == 0 && f.Confidence <= old.Confidence {
			return
		}
	}
	facts[k] = f
}

// GoodTitle reports whether a title that a program wrote into a file is one:
// not empty, not a file name, not what programs put there unasked.
func GoodTitle(s string) bool {
	return len(strings.TrimSpace(s)) >= 4 && !badTitle.MatchString(s)
}

var badTitle = lazyregexp.New(`(?i)^\s*(?:microsoft (?:word|powerpoint|excel) - |untitled|без имени|без названия|document ?\d*\s*$|документ ?\d*\s*$|құжат ?\d*\s*$|slide \d)|\.(?:docx?|pdf|odt|rtf|indd|qxd|wpd|html?|txt)\s*$`)
