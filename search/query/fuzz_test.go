package query

import (
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
)

// lines returns the lines of a file of testdata.
func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// FuzzParse holds that a query either parses, to a tree within the budgets that
// prints as a query with the same tree, or has an error that points into it.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"ordinary.txt", "hostile.txt"} {
		for _, q := range lines(f, name) {
			f.Add(q)
		}
	}
	for _, tt := range badQueries {
		f.Add(tt.in)
	}
	f.Fuzz(checkParse)
}

// checkParse holds what FuzzParse promises of one query.
func checkParse(t *testing.T, q string) {
	n, err := Parse(q)
	if err != nil {
		checkError(t, q, err)
		return
	}
	again, err := Parse(n.String())
	if err != nil || !Equal(n, again) {
		t.Fatalf("%q prints %q, which reads as %v, %v", q, n, again, err)
	}
	if again.String() != n.String() {
		t.Errorf("%q prints %q, then %q", q, n, again)
	}
	checkTree(t, q, n)
}

// A fuzzer seldom finds a word of the language; this test speaks it, badly.
func TestShuffledQueriesRoundTrip(t *testing.T) {
	fragments := strings.Fields(`a слово AND И OR НЕМЕСЕ NOT НЕ ЕМЕС - – — ( ) ( ) ( ) " " « » “ ” „ ‘ ’ ' = ~ ~1 ~2 * ? , . .. … :
		: / /s /d /p w/5 pre/3 w/0 405 (2) (a) A/HRC/1 name: ст: kind: приговор date: 2019 2023 lang: ru tag: folder: in:
		operative http:// И. л.д. абв абвг* аб?в -ның № | \ ^ [ ] 1,2 12:30 x_y @ категория: II ` + "\u0301 \u200b \u202e \x00 \xff")
	rng := rand.New(rand.NewPCG(1, 2))
	parsed := 0
	for range 20_000 {
		var q strings.Builder
		for range 1 + rng.IntN(12) {
			q.WriteString(fragments[rng.IntN(len(fragments))])
			if rng.IntN(2) == 0 {
				q.WriteByte(' ')
			}
		}
		checkParse(t, q.String())
		if _, err := Parse(q.String()); err == nil {
			parsed++
		}
		if t.Failed() {
			return
		}
	}
	if parsed < 1000 {
		t.Errorf("only %d of the queries parse", parsed)
	}
}

func FuzzParseAny(f *testing.F) {
	for _, q := range lines(f, "hostile.txt") {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		n := ParseAny(q)
		if n == nil {
			return
		}
		words := Words(n)
		if _, or := n.(*Or); or == (len(words) == 1) {
			t.Errorf("ParseAny(%q) = %s", q, dump(n))
		}
		if s := n.String(); len(s) <= MaxBytes && len(words) <= MaxWords {
			if again, err := Parse(s); err != nil || !Equal(n, again) {
				t.Errorf("ParseAny(%q) prints %q, which reads as %v, %v", q, s, again, err)
			}
		}
	})
}

func checkError(t *testing.T, q string, err error) {
	t.Helper()
	var e *Error
	switch {
	case !errors.Is(err, corpus.ErrInvalid), !errors.As(err, &e):
		t.Fatalf("Parse(%q) = %v, want an *Error of kind corpus.ErrInvalid", q, err)
	case e.At.Start < 0 || e.At.Start > e.At.End || e.At.End > len(q):
		t.Errorf("Parse(%q) points at %v", q, e.At)
	case strings.Contains(e.Error(), "%!("):
		t.Errorf("Parse(%q): the sentence does not fit: %s", q, e.Error())
	case strings.Count(e.Caret(), "\n") != 1:
		t.Errorf("Parse(%q): the caret has not two lines: %q", q, e.Caret())
	}
}

// checkTree checks the promises of the node types.
func checkTree(t *testing.T, q string, n Node) {
	t.Helper()
	words, patterns := 0, 0
	Walk(n, func(n Node) bool {
		s := n.Span()
		if s.Start < 0 || s.Start >= s.End || s.End > len(q) || utf8.ValidString(q) && !utf8.ValidString(s.Of(q)) {
			t.Errorf("Parse(%q): %s has the span %v", q, n, s)
		}
		parts := kids(n)
		for _, k := range parts {
			if k.Span().Start < s.Start || k.Span().End > s.End {
				t.Errorf("Parse(%q): %s reaches out of %s", q, k, n)
			}
			if _, same := n.(*Same); !same && strengthOf(k) == strengthOf(n) {
				t.Errorf("Parse(%q): %s is not flat", q, n)
			}
			if _, not := k.(*Not); not && strengthOf(n) != bindsAnd {
				t.Errorf("Parse(%q): a Not outside an And in %s", q, n)
			}
		}
		switch n := n.(type) {
		case *And, *Or:
			if len(parts) < 2 {
				t.Errorf("Parse(%q): %s has %d kids", q, n, len(parts))
			}
		case *Pattern, *Fuzzy:
			patterns++
		case *Near:
			if n.Words < 1 || n.Words > MaxNear {
				t.Errorf("Parse(%q): %s", q, n)
			}
		}
		if len(parts) == 0 {
			words++
		}
		return true
	})
	if !HasPositive(n) || words > MaxWords || patterns > MaxPatterns || depth(n) > MaxDepth {
		t.Errorf("Parse(%q): %d words, %d patterns, depth %d, positive %v", q, words, patterns, depth(n), HasPositive(n))
	}
}
