package trigram

import "testing"

func TestScore(t *testing.T) {
	if len(table) != Slots {
		t.Fatalf("the table has %d slots, want %d", len(table), Slots)
	}
	for _, tt := range []struct {
		word   string
		kazakh bool
		why    string
	}{
		{"болып", true, "no letter that Russian lacks"},
		{"бармады", true, "a negative past"},
		{"статьи", false, "Russian genitive"},
		{"которого", false, "Russian pronoun"},
		{"приговором", false, "Russian instrumental"},
		{"адамдар", true, "Kazakh plural"},
	} {
		if got := Score(tt.word) > 0; got != tt.kazakh {
			t.Errorf("Score(%q) = %.1f: %s", tt.word, Score(tt.word), tt.why)
		}
	}
	if Score("") > 5 || Score("") < -5 {
		t.Errorf("nothing scores %.1f", Score(""))
	}
}
