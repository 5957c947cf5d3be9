package pdf

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFloorScore holds that real texts in Kazakh and Russian are not called bad:
// whole, and in stretches of about a page. They are no part of the project.
func TestFloorScore(t *testing.T) {
	dir := os.Getenv("DALEL_EVAL_DATA")
	if dir == "" {
		t.Skip("measured when DALEL_EVAL_DATA names the folder of the evaluation data; .ci/eval sets it, which .ci/run calls")
	}
	for _, lang := range []string{"kk", "ru", "en"} {
		files, err := filepath.Glob(filepath.Join(dir, "documents", lang+"_*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no texts: %v", err)
		}
		bad, all := 0, 0
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if s := score(string(b)); s < repairBelow {
				t.Errorf("%s: %.3f", filepath.Base(file), s)
			}
			const page = 350 // words
			for words := strings.Fields(string(b)); len(words) >= page; words = words[page:] {
				text := strings.Join(words[:page], " ")
				all++
				if r := bestRepair(text); r != nil || score(text) < doubtfulScore {
					bad++
					t.Logf("%s: %.3f %.60q", filepath.Base(file), score(text), text)
				}
			}
		}
		t.Logf("%s: %d files, %d of %d pages called bad", lang, len(files), bad, all)
		if bad*100 > all {
			t.Errorf("%s: %d of %d pages are called bad, want 1 %%", lang, bad, all)
		}
	}
}
