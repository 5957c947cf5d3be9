package search

import (
	"cmp"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWildcardMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, form string
		want          bool
		why           string
	}{
		{"задерж*", "задержанный", true, "ending"},
		{"*вшийся", "удалившийся", true, "beginning"},
		{"осужд?нный", "осужденный", true, "one letter"},
		{"осужд?нный", "осуждеенный", false, "two letters are not one"},
		{"а*б*в", "аббв", true, "the first * must give back"},
		{"а*б", "аб", true, "* may be nothing"},
		{"аб", "а", false, "shorter"},
		{"қ?ма*", "қамауға", true, "Kazakh letters are one letter each"},
	} {
		if got := wildcardMatch(tt.pattern, tt.form); got != tt.want {
			t.Errorf("%q on %q: %v, want %v: %s", tt.pattern, tt.form, got, tt.want, tt.why)
		}
	}
}

func FuzzWildcardMatch(f *testing.F) {
	f.Add("а*б?", "абвб")
	f.Add("**", "")
	f.Fuzz(func(t *testing.T, pattern, form string) {
		if len(pattern) > 50 || len(form) > 50 || !utf8.ValidString(pattern) || !utf8.ValidString(form) {
			return
		}
		expr := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(pattern))
		if got, want := wildcardMatch(pattern, form), regexp.MustCompile(`^(?s:`+expr+`)$`).MatchString(form); got != want {
			t.Errorf("%q on %q: %v, the regular expression says %v", pattern, form, got, want)
		}
	})
}

func TestBestIsTheBeginningOfTheSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		values := make([]int, r.IntN(60))
		for i := range values {
			values[i] = r.IntN(20)
		}
		less := func(a, b int) int { return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b)) }
		all := best(len(values), len(values), less)
		if !slices.IsSortedFunc(all, less) || len(all) != len(values) {
			t.Fatalf("all of %v: %v", values, all)
		}
		k := r.IntN(70)
		if got := best(len(values), k, less); !slices.Equal(got, all[:min(k, len(all))]) {
			t.Fatalf("best %d of %v: %v, want %v", k, values, got, all[:min(k, len(all))])
		}
	}
}

func TestKeysOrderPassages(t *testing.T) {
	in := []passage{{tier: 0, score: 9}, {tier: 0, score: 2}, {tier: 0, score: 1.5}, {tier: 0}, {tier: 0, score: -1}, {tier: 0, score: -2}, {tier: 1, score: 50}, {tier: 1, score: 3}}
	var keys []uint64
	for _, p := range in {
		keys = append(keys, p.key())
	}
	if !slices.IsSorted(keys) {
		t.Fatalf("%x of %v", keys, in)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		some := make([]uint64, 1+r.IntN(60))
		for i := range some {
			some[i] = keys[r.IntN(len(keys))]
		}
		for n, want := range slices.Sorted(slices.Values(some)) {
			if got := nth(some, n); got != want {
				t.Fatalf("%x: number %d is %x, want %x", some, n, got, want)
			}
		}
	}
}

func TestShortestWindow(t *testing.T) {
	for _, tt := range []struct {
		spots   []spot
		leaves  int
		length  int
		ordered bool
		why     string
	}{
		{[]spot{{0, 1, 1}, {1, 2, 2}}, 2, 2, true, "side by side"},
		{[]spot{{1, 1, 1}, {0, 2, 2}}, 2, 2, false, "side by side, turned round"},
		{[]spot{{0, 1, 1}, {1, 9, 9}, {0, 11, 11}}, 2, 3, false, "the later pair is closer"},
		{[]spot{{0, 1, 3}, {1, 4, 4}}, 2, 4, true, "a phrase has a length"},
		{[]spot{{0, 5, 5}, {2, 7, 7}}, 2, 3, true, "a leaf that is not met does not count"},
	} {
		length, ordered := shortestWindow(tt.spots, tt.leaves, 3)
		if length != tt.length || ordered != tt.ordered {
			t.Errorf("%v: %d %v, want %d %v: %s", tt.spots, length, ordered, tt.length, tt.ordered, tt.why)
		}
	}
}
