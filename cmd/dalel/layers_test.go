package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "dalel/"

// mayImport is the architecture: who may import whom within this module.
// Below a folder, everything may import that folder's own packages.
var mayImport = map[string]string{
	"corpus":  "",
	"search":  "corpus",
	"ingest":  "corpus",
	"indexer": "corpus search",
	"ui":      "corpus search",
	"cmd":     "corpus search ingest indexer ui",
}

// onlyIn says which library is known to which packages alone: one, or some with
// blanks between.
var onlyIn = map[string]string{
	"github.com/blevesearch/bleve":     "indexer/bleveidx",
	"github.com/blevesearch/bleve_":    "indexer/bleveidx",
	"github.com/blevesearch/snowball":  "corpus/lang",
	"github.com/ledongthuc/pdf":        "ingest/pdf",
	"github.com/gorilla/mux":           "ui",
	"github.com/opensearch-project/":   "indexer/opensearch",
	"github.com/go-pdf/fpdf":           "corpus/samples search/export",
	"github.com/go-fonts/dejavu":       "corpus/samples search/export",
	"golang.org/x/mod/sumdb":           "corpus/custody",
	"codeberg.org/readeck/":            "ingest/html",
	"github.com/schollz/progressbar/v": "cmd/dalel",
}

func TestImportsFollowThePicture(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if n := strings.Count(string(out), "\n"); n < 20 {
		t.Fatalf("go list found %d packages; the test looks in the wrong place", n)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		pkg := strings.TrimPrefix(words[0], module)
		top, _, _ := strings.Cut(pkg, "/")
		allowed, ok := mayImport[top]
		if !ok {
			t.Errorf("%s: no such layer", pkg)
		}
		for _, imp := range words[1:] {
			checkImport(t, pkg, top, allowed, imp)
		}
	}
}

func checkImport(t *testing.T, pkg, top, allowed, imp string) {
	t.Helper()
	if own, ok := strings.CutPrefix(imp, module); ok {
		layer, _, _ := strings.Cut(own, "/")
		if layer != top && !strings.Contains(" "+allowed+" ", " "+layer+" ") {
			t.Errorf("%s imports %s; %s may import only %q", pkg, own, top, allowed)
		}
	}
	for lib, owner := range onlyIn {
		if strings.HasPrefix(imp, lib) && !slices.ContainsFunc(strings.Fields(owner), func(o string) bool { return strings.HasPrefix(pkg, o) }) {
			t.Errorf("%s imports %s, which is for %s alone", pkg, imp, owner)
		}
	}
}

// TestCorpusStandsAlone holds that the words of the domain need nothing but
// the standard library.
func TestCorpusStandsAlone(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{join .Imports " "}}`, module+"corpus").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for imp := range strings.FieldsSeq(string(out)) {
		if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") || strings.HasPrefix(imp, module) {
			t.Errorf("corpus imports %s", imp)
		}
	}
}
