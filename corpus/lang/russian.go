package lang

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// russianStems is snowball.
func russianStems(form string) []string {
	env := snowballstem.NewEnv(form)
	russian.Stem(env)
	return []string{env.Current()}
}
