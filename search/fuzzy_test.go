package search

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// lexiconOf makes a lexicon of words.
func lexiconOf(words ...string) Lexicon {
	order := make([]FormID, len(words))
	for i := range words {
		order[i] = FormID(i)
	}
	slices.SortFunc(order, func(a, b FormID) int { return strings.Compare(words[a], words[b]) })
	return NewLexicon(words, order)
}

func (l Lexicon) words(ids []FormID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = l.form(slices.Index(l.Order, id))
	}
	return out
}

func never() error { return nil }

func TestFuzzyForms(t *testing.T) {
	long := strings.Repeat("қ", maxFuzzy)
	for _, tt := range []struct {
		word, form string
		distance   int
		ok         bool
		why        string
	}{
		{"тлеубаев", "тлеубаев", 1, true, "itself"},
		{"тлеубаев", "тлеубаева", 1, true, "one more"},
		{"тлеубаев", "леубаев", 1, true, "one less, the first"},
		{"тлеубаев", "тлеубае", 1, true, "one less, the last"},
		{"тлеубаев", "тлеужаев", 1, true, "one other"},
		{"тлеубаев", "тлуебаев", 1, false, "two swapped are two steps"},
		{"тлеубаев", "тлуебаев", 2, true, "and two are allowed here"},
		{"тлеубаев", "тлеу", 2, false, "four less"},
		{"аб", "", 2, true, "nothing is two less"},
		{"а", "бв", 1, false, "one other and one more"},
		{long, long[2:], 1, true, "the longest word"},
		{long + "қ", long, 1, false, "a longer one is looked for as it stands"},
		{long + "қ", long + "қ", 1, true, "and found"},
	} {
		ids, _, err := fuzzyForms(lexiconOf(tt.form), tt.word, tt.distance, never)
		if err != nil || (len(ids) == 1) != tt.ok {
			t.Errorf("%q to %q within %d: %v, %v, want %v: %s", tt.word, tt.form, tt.distance, ids, err, tt.ok, tt.why)
		}
	}
}

// TestFuzzyFormsAreThoseOfTheTable compares the walk with the table of all
// distances, over words that share beginnings.
func TestFuzzyFormsAreThoseOfTheTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	word := func() string {
		letters := []rune("абвгқ𐌰a")
		w := make([]rune, rng.IntN(7))
		for i := range w {
			w[i] = letters[rng.IntN(len(letters))]
		}
		return string(w)
	}
	for range 300 {
		list := make([]string, rng.IntN(200))
		for i := range list {
			list[i] = word()
		}
		slices.Sort(list)
		l := lexiconOf(slices.Compact(list)...)
		for distance := 1; distance <= 2; distance++ {
			typed := word()
			ids, _, err := fuzzyForms(l, typed, distance, never)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, form := range l.words(l.Order) {
				if levenshtein(typed, form) <= distance {
					want = append(want, form)
				}
			}
			if got := l.words(ids); !slices.Equal(got, want) {
				t.Fatalf("%q~%d of %q: %q, want %q", typed, distance, l.words(l.Order), got, want)
			}
		}
	}
}

// levenshtein is the distance by its definition.
func levenshtein(a, b string) int {
	row := make([]int, utf8.RuneCountInString(b)+1)
	for i := range row {
		row[i] = i
	}
	for _, x := range a {
		diagonal := row[0]
		row[0]++
		j := 0
		for _, y := range b {
			j++
			cost := diagonal
			if x != y {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
		}
	}
	return row[len(row)-1]
}

func TestPlaceIsTheFirstNotBelow(t *testing.T) {
	l := lexiconOf("а", "аб", "абв", "в", "г")
	for text, want := range map[string]int{"": 0, "а": 0, "абб": 2, "б": 3, "г": 4, "я": 5} {
		if got := l.place(text); got != want {
			t.Errorf("place(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestPassGoesOverAllThatBeginSo(t *testing.T) {
	long := strings.Repeat("a", 300)
	l := lexiconOf("а", "аб", "абв", "абвг", "ав", "г", "да", "дб", "дв", "дг", "дд", "де", "дж", "дз", "ди", "дк", "дл", "е", long+"x", long+"y")
	for _, tt := range []struct {
		from string
		n    int
		want string
		why  string
	}{
		{"аб", 4, "ав", "two letters"},
		{"аб", 2, "г", "one letter"},
		{"абв", 6, "ав", "with one behind it"},
		{"да", 2, "е", "more than eight"},
		{long + "x", 127, "а", "as many bytes as are known of, past all of them"},
		{long + "x", 200, long + "y", "more than are known of: perhaps one that begins so"},
		{"е", 1, "", "to the end"},
	} {
		got := ""
		if at := l.pass(l.place(tt.from), tt.n); at < len(l.Order) {
			got = l.form(at)
		}
		if got != tt.want {
			t.Errorf("%s: from %.9q by %d: %.9q, want %.9q", tt.why, tt.from, tt.n, got, tt.want)
		}
	}
}

func BenchmarkFuzzyForms(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	syllables := []string{"ба", "ер", "гүл", "дар", "жан", "ке", "ла", "мұ", "нұр", "ол", "са", "та", "ұлы", "хан", "ша"}
	list := make([]string, 150_000)
	for i := range list {
		var w strings.Builder
		for range 2 + rng.IntN(4) {
			w.WriteString(syllables[rng.IntN(len(syllables))])
		}
		list[i] = w.String()
	}
	slices.Sort(list)
	l := lexiconOf(slices.Compact(list)...)
	for distance := 1; distance <= 2; distance++ {
		b.Run(strconv.Itoa(distance), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := fuzzyForms(l, "нұржанбаев", distance, never); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
