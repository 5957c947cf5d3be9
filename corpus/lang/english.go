package lang

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// englishStems is porter2, after a possessive ending.
func englishStems(form string) []string {
	form = strings.TrimSuffix(form, "'s")
	env := snowballstem.NewEnv(form)
	english.Stem(env)
	return []string{env.Current()}
}
