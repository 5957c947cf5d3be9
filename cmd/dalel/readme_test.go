package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dalel/search"
	"dalel/ui/i18n"
)

// tries returns the searches that the README tells a newcomer to try: those
// between backticks in the sentence that begins with "Try".
func tries(t *testing.T) []string {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## Try it\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, sentence, ok := strings.Cut(strings.ReplaceAll(section, "\n", " "), " Try `")
	if !ok {
		t.Fatal("README.md tells nothing to try")
	}
	var out []string
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch("`"+sentence, -1) {
		out = append(out, m[1])
	}
	return out
}

// shown returns the examples of the start page and of the help in a language.
// Filters are left out: the specimens have not all that they ask for.
func shown(p *i18n.Printer) (out []string) {
	for _, part := range []string{"example", "help.words", "help.exact", "help.near", "help.law"} {
		for n := 1; p.Has(part + "." + strconv.Itoa(n)); n++ {
			out = append(out, p.T(part+"."+strconv.Itoa(n)))
		}
	}
	return out
}

// examplesFindSomething holds what a newcomer to the demo is told to try,
// in the README and on the page: passages of the specimens.
func examplesFindSomething(t *testing.T, engine *search.Engine) {
	ctx := t.Context()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	examples := map[string][]string{"README.md": tries(t)}
	for _, l := range i18n.Langs {
		examples[string(l)] = shown(words[l])
	}
	for where, all := range examples {
		if len(all) < 3 {
			t.Errorf("%s tells to try %q, want a search in each language", where, all)
		}
		for _, q := range all {
			if res, err := engine.Search(ctx, search.Request{Query: q, Limit: 1}); err != nil || res.Hits == 0 {
				t.Errorf("%s: %s finds nothing in the demo: %v", where, q, err)
			}
		}
	}
}
