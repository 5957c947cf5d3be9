package law

import (
	"slices"
	"strings"
)

// Concern is a person whom a numbered document is about.
type Concern struct {
	Name   string
	Source string // the address at which number and person were read together
}

// Concerns returns whom a document is about, by the table that comes with the
// program; nil for a document that the table does not have.
func Concerns(id string) []Concern { return slices.Clone(reg.cases[id]) }

// IsCountry reports whether a text is the name of a country, in any of the three
// languages, that the registry has.
func IsCountry(text string) bool {
	ts := tokenize(strings.TrimSpace(text))
	if len(ts) == 0 {
		return false
	}
	n, next := reg.match(ts, 0)
	return n != nil && n.sense == ofCountry && next == len(ts)
}
