package corpus_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dalel/corpus"
)

func TestCodePoints(t *testing.T) {
	for _, tt := range []struct {
		text    string
		offsets []int
		want    []int
		why     string
	}{
		{"қамау", []int{0, 2, 10}, []int{0, 1, 5}, "two bytes a letter"},
		{"қамау", []int{10, 0, 2, 2}, []int{5, 0, 1, 1}, "in any order, and twice"},
		{"қамау", []int{-3, 99}, []int{0, 5}, "outside"},
		{"қамау", []int{1, 3}, []int{0, 1}, "inside a letter"},
		{"a𐍈б", []int{1, 2, 4, 5, 7}, []int{1, 1, 1, 2, 3}, "four bytes"},
		{"", []int{0, 1}, []int{0, 0}, "no text"},
		{"x", nil, []int{}, "no offsets"},
	} {
		if got := corpus.CodePoints(tt.text, tt.offsets...); !slices.Equal(got, tt.want) {
			t.Errorf("CodePoints(%q, %v) = %v, want %v: %s", tt.text, tt.offsets, got, tt.want, tt.why)
		}
	}
}

// A paragraph of a hostile document may be megabytes of the word that is
// searched for.
func TestCodePointsWalkOnce(t *testing.T) {
	text := strings.Repeat("суд ", 1<<18)
	offsets := make([]int, 0, 1<<18)
	for at := 0; at < len(text); at += len("суд ") {
		offsets = append(offsets, at)
	}
	start := time.Now()
	got := corpus.CodePoints(text, offsets...)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("%d offsets took %v", len(offsets), took)
	}
	if last := got[len(got)-1]; last != 4*(len(offsets)-1) {
		t.Errorf("the last offset is code point %d", last)
	}
}

// FuzzCodePoints checks that places of code points are counted as runes are.
func FuzzCodePoints(f *testing.F) {
	f.Add("Қоңыртауов 𐍈", 3, 1)
	f.Fuzz(func(t *testing.T, text string, a, b int) {
		got := corpus.CodePoints(text, a, b)
		for i, off := range []int{a, b} {
			if off >= 0 && off <= len(text) && utf8.ValidString(text) && (off == len(text) || utf8.RuneStart(text[off])) && got[i] != utf8.RuneCountInString(text[:off]) {
				t.Errorf("CodePoints(%q, %d) = %d", text, off, got[i])
			}
		}
	})
}
