package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"dalel/search"
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

// TestReadmeExamplesFindSomething holds what the README promises of the demo:
// one search in each language, with passages in the specimens.
func TestReadmeExamplesFindSomething(t *testing.T) {
	ctx := t.Context()
	all := tries(t)
	if len(all) < 3 {
		t.Fatalf("README.md tells to try %q, want a search in each language", all)
	}
	engine, _ := specimenLibrary(ctx, t)
	for _, q := range all {
		if res, err := engine.Search(ctx, search.Request{Query: q, Limit: 1}); err != nil || res.Hits == 0 {
			t.Errorf("%s finds nothing in the demo: %v", q, err)
		}
	}
}
