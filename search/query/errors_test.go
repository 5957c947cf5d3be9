package query

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

// badQueries has a row for every code; place is what the error points at.
var badQueries = []struct{ in, code, place, why string }{
	{"", CodeEmpty, "", "nothing"},
	{" \t\x00\u200f ", CodeEmpty, " \t\x00\u200f ", "blanks of all kinds"},
	{"?! … «", CodeNoCloseQuote, "«", "punctuation, and a quote that opens"},
	{"?! … №", CodeEmpty, "?! … №", "punctuation alone"},
	{"👍", CodeEmpty, "👍", "a sign is not a word"},

	{`"open`, CodeNoCloseQuote, `"open`, "never closed"},
	{`a «b" c`, CodeNoCloseQuote, `«b" c`, "closed by another mark"},
	{"“a", CodeNoCloseQuote, "“a", "English"},
	{"‘tis", CodeNoCloseQuote, "‘tis", "single"},
	{`15" a`, CodeNoCloseQuote, `" a`, "inches open a quote"},
	{"алға» a", CodeNoOpenQuote, "»", "closed, never opened"},
	{"алға”", CodeNoOpenQuote, "”", "English"},
	{`a ""`, CodeEmptyQuote, `""`, "nothing inside"},
	{`«...»`, CodeEmptyQuote, `«...»`, "punctuation inside"},
	{`"осужд* лиц"`, CodeWildInQuote, "*", "a wildcard inside"},
	{`"осужд?нных"`, CodeWildInQuote, "?", "a letter inside"},
	{`"Тілек~1"`, CodeWildInQuote, "~", "a distance inside"},

	{"a (b", CodeNoCloseParen, "(b", "never closed"},
	{"(", CodeNoCloseParen, "(", "at the end"},
	{"((a)", CodeNoCloseParen, "((a)", "the outer one"},
	{"a) b", CodeNoOpenParen, ")", "never opened"},
	{")", CodeNoOpenParen, ")", "first"},
	{"a ( ,)", CodeEmptyParen, "( ,)", "punctuation inside"},
	{`"a b"-c`, CodeGluedMinus, "-", "without, or an ending?"},
	{"(a)-b", CodeGluedMinus, "-", "without, or a hyphen?"},

	{"AND a", CodeNoLeft, "AND", "nothing before"},
	{"ИЛИ", CodeNoLeft, "ИЛИ", "an operator alone"},
	{"(OR a)", CodeNoLeft, "OR", "first in a group"},
	{"w/5 a", CodeNoLeft, "w/5", "a distance from nothing"},
	{"/s a", CodeNoLeft, "/s", "a sentence with nothing"},
	{"a OR", CodeNoRight, "OR", "nothing behind"},
	{"a AND OR b", CodeNoRight, "AND", "two in a row"},
	{"(a ЖӘНЕ) b", CodeNoRight, "ЖӘНЕ", "last in a group"},
	{"a НЕ", CodeNoRight, "НЕ", "without nothing"},
	{"a - НЕ", CodeNoRight, "НЕ", "behind a dash"},
	{"a /d", CodeNoRight, "/d", "nothing behind"},
	{"айыппұл ЕМЕС", CodeEmesLast, "ЕМЕС", "as Kazakh grammar has it"},
	{"(айыппұл ЕМЕС) сот", CodeEmesLast, "ЕМЕС", "in a group"},
	{"a NOT NOT b", CodeDoubleNot, "NOT", "twice"},
	{"a --b", CodeDoubleNot, "-", "twice, as on a command line"},
	{"a -(-b)", CodeDoubleNot, "-b", "through a group"},
	{"a NOT (-b -c)", CodeDoubleNot, "(-b -c)", "of negatives alone"},
	{"-a", CodeOnlyNegative, "-a", "one"},
	{"-a НЕ b", CodeOnlyNegative, "-a НЕ b", "two"},
	{"(-a -b)", CodeOnlyNegative, "(-a -b)", "in a group"},
	{"a OR -b", CodeOrNegative, "-b", "half of everything"},
	{"(-a -b) OR c", CodeOrNegative, "(-a -b)", "in a group"},

	{"a w/0 b", CodeNearRange, "w/0", "too near"},
	{"a PRE/101 b", CodeNearRange, "PRE/101", "too far"},
	{"a w/5x b", CodeNearRange, "w/5x", "not a number"},
	{"a w/99999999999999999999 b", CodeNearRange, "w/99999999999999999999", "beyond any number"},
	{"(a b) w/5 c", CodeNearOperand, "(a b)", "how near is AND?"},
	{"a w/5 kind:news", CodeNearOperand, "kind:news", "a fact has no place"},
	{"a /s (b c)", CodeNearOperand, "(b c)", "the sentence is one already"},
	{"a /s kind:news", CodeNearOperand, "kind:news", "a fact has no place"},
	{"(a /d b) /s c", CodeNearOperand, "(a /d b)", "a document has no sentence"},
	{"-a w/5 b", CodeNearNegative, "-a", "near to nothing"},
	{"a /d -b", CodeNearNegative, "-b", "beside nothing"},
	{"a w/5 b pre/5 c", CodeNearChain, "pre/5", "is b the same?"},
	{"пытки /5 СИЗО", CodeSlashNumber, "/5", "a distance in other systems"},

	{"*", CodeLoneStar, "*", "everything"},
	{"a AND **", CodeLoneStar, "**", "twice everything"},
	{"/.*/", CodeLoneStar, "*", "a regular expression"},
	{"*?*", CodeLoneStar, "*?*", "any letters"},
	{"a*", CodeShortPattern, "a*", "one letter"},
	{"*ab", CodeShortPattern, "*ab", "two letters behind a wildcard"},
	{"a?b", CodeShortPattern, "a?b", "one before, two in all"},
	{"слово~3", CodeFuzzyRange, "~3", "too far"},
	{"слово~0", CodeFuzzyRange, "~0", "not far"},
	{"слово~0.8", CodeFuzzyRange, "~0.8", "a similarity in other systems"},
	{"слово~x", CodeFuzzyRange, "~x", "not a number"},
	{"он~", CodeFuzzyShort, "он~", "matches every word of two letters"},
	{"суд~2", CodeFuzzyShort, "суд~2", "matches every word of one letter"},
	{"осужд*~1", CodeFuzzyPattern, "осужд*~1", "both"},
	{`"a b"~5`, CodeFuzzyGroup, "~", "a distance in other systems"},
	{"(a b)~1", CodeFuzzyGroup, "~", "of a group"},
	{"=(a b)", CodeExactGroup, "=", "of a group"},
	{"==a", CodeExactGroup, "=", "twice"},
	{"=name:Тілек", CodeExactField, "=", "before the field"},
	{"=слово~1", CodeExactFuzzy, "=слово~1", "this form, and others"},

	{"name:", CodeNoValue, "name:", "nothing"},
	{"ст: AND a", CodeNoValue, "ст:", "an operator"},
	{"name: w/5 a", CodeNoValue, "name:", "a distance"},
	{"name: /s a", CodeNoValue, "name:", "a sentence"},
	{"name: court:x", CodeNoValue, "name:", "another field"},
	{"name: -a", CodeNoValue, "name:", "what to leave out"},
	{"(a name:)", CodeNoValue, "name:", "the end of a group"},
	{`name:""`, CodeNoValue, `name:""`, "empty quotes"},
	{"name:...", CodeNoValue, "name:", "punctuation"},
	{"name:=", CodeNoValue, "name:=", "an exact nothing"},
	{"kind:(verdict OR news)", CodeFieldGroup, "(", "groups go around fields"},
	{"name:Тіл*", CodeFieldWild, "*", "a wildcard in a value"},
	{"name:Тілек~1", CodeFieldWild, "~", "a distance of a value"},
	{"cites:A/HRC/?/1", CodeFieldWild, "?", "one letter in a value"},
	{"kind:sonnet", CodeBadValue, "sonnet", "no such kind"},
	{`a lang:"de facto"`, CodeBadValue, "de facto", "no such language"},
	{"in:prison", CodeBadValue, "prison", "no such section"},
	{"category:VI", CodeBadValue, "VI", "no such category"},
	{"date:2023-13", CodeBadDate, "2023-13", "no such month"},
	{"date:..", CodeBadDate, "..", "no date"},
	{"date:05/31/2023", CodeBadDate, "05/31/2023", "May or the 31st month?"},
	{"article:казах", CodeBadRef, "казах", "a word is no article"},
	{`бап:"сот үкімі"`, CodeBadRef, "сот үкімі", "nor are two"},
	{"about:Жыланбаев", CodeBadNumber, "Жыланбаев", "a name is not the number of a document"},
	{`about:"ст. 405 УК РК"`, CodeBadNumber, "ст. 405 УК РК", "nor is an article"},
	{"article:1234567890", CodeBadRef, "1234567890", "no code has so many"},
	{"date:2023..2019", CodeDateOrder, "2023..2019", "backwards"},

	{strings.Repeat("ы", MaxBytes/2) + " ы", CodeTooLong, " ы", "the place is where reading stops"},
	{strings.Repeat("a ", MaxWords) + "b", CodeTooManyWords, "b", "the first word beyond"},
	{`"` + strings.Repeat("a ", MaxWords+1) + `"`, CodeTooManyWords, `"` + strings.Repeat("a ", MaxWords+1) + `"`, "words in quotes count"},
	{strings.Repeat("abc* ", MaxPatterns) + "abcd~1", CodeTooManyWild, "abcd~1", "the first pattern beyond"},
	{strings.Repeat("(", MaxDepth+1) + "a" + strings.Repeat(")", MaxDepth+1), CodeTooDeep, "(", "the first parenthesis beyond"},
}

func TestErrorsPointAtThePlace(t *testing.T) {
	seen := map[string]bool{}
	for _, tt := range badQueries {
		n, err := Parse(tt.in)
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("Parse(%q) = %v, %v, want %s: %s", tt.in, n, err, tt.code, tt.why)
			continue
		}
		if e.Code != tt.code || e.At.Of(tt.in) != tt.place || e.Query != tt.in {
			t.Errorf("Parse(%q) = %s at %q, want %s at %q: %s", tt.in, e.Code, e.At.Of(tt.in), tt.code, tt.place, tt.why)
		}
		if s := e.Error(); strings.Contains(s, "%!") || strings.Contains(s, "EXTRA") {
			t.Errorf("Parse(%q): the sentence does not fit its args: %s", tt.in, s)
		}
		var outer *corpus.Error
		if !errors.As(err, &outer) || outer.Op != "query" || !errors.Is(outer.Kind, corpus.ErrInvalid) {
			t.Errorf("Parse(%q) = %#v, want a *corpus.Error of query", tt.in, err)
		}
		seen[e.Code] = true
	}
	for _, code := range Codes() {
		if !seen[code] {
			t.Errorf("no row shows the code %s", code)
		}
	}
}

func TestErrorSentences(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`"open`, `query: "open: invalid: no closing " (at character 1: "open)`},
		{`ст. «свобода`, `query: ст. «свобода: invalid: no closing » (at character 5: «свобода)`},
		{"", `query: invalid: no word to search for`},
		{"a w/0 b", `query: a w/0 b: invalid: the distance of w/ must be from 1 to 100 (at character 3: w/0)`},
		{"lang:de", `query: lang:de: invalid: lang: has no value de; there are kk, ru, en (at character 6: de)`},
		{"айыппұл ЕМЕС", `query: айыппұл ЕМЕС: invalid: ЕМЕС goes before the word it leaves out: ЕМЕС айыппұл, or -айыппұл (at character 9: ЕМЕС)`},
		{"a\x1b[2J (b\u202e", "query: a [2J (b : invalid: no closing ) (at character 7: (b )"},
	} {
		_, err := Parse(tt.in)
		if err == nil || err.Error() != tt.want {
			t.Errorf("Parse(%q)\n got %v\nwant %s", tt.in, err, tt.want)
		}
	}
	_, err := Parse(strings.Repeat("ы ", 1<<20))
	if err == nil || len(err.Error()) > 1000 {
		t.Errorf("the message about a long query has %d bytes", len(fmt.Sprint(err)))
	}
}

func TestCaret(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"ст. \"a", "ст. \"a\n    ^", "columns are characters, not bytes"},
		{"a\tb (c", "a\tb (c\n \t  ^", "a tab stays a tab"},
		{"a\nb\x1b (c", "a b  (c\n     ^", "two lines, whatever was typed"},
		{"a\xffb (c", "a\ufffdb (c\n    ^", "a byte that is not UTF-8 is one column"},
		{"и\u0306 (c", "и\u0306 (c\n   ^", "so is a combining mark"},
		{"", "\n^", "nothing at all"},
	} {
		_, err := Parse(tt.in)
		if e, ok := errors.AsType[*Error](err); !ok {
			t.Errorf("Parse(%q) = %v, want an *Error", tt.in, err)
		} else if e.Caret() != tt.want {
			t.Errorf("Caret of %q\n got %q\nwant %q: %s", tt.in, e.Caret(), tt.want, tt.why)
		}
	}
}

func TestCodes(t *testing.T) {
	codes := Codes()
	if !slices.IsSorted(codes) || !slices.Contains(codes, CodeEmpty) || len(codes) != len(sentences) {
		t.Errorf("Codes = %v", codes)
	}
}

// What a query prints must parse, so the budgets hold for it too.
func TestPrintedQueryIsWithinTheBudgets(t *testing.T) {
	deep := "a"
	for range MaxDepth {
		deep = "b OR c (" + deep + ")" // prints b OR (c (…))
	}
	for _, tt := range []struct{ in, code, why string }{
		{strings.Repeat("ст:405-1(2) ", MaxWords), CodeTooLong, "article: is longer than ст:"},
		{deep, CodeTooDeep, "an And inside an Or prints in parentheses"},
	} {
		_, err := Parse(tt.in)
		var e *Error
		if len(tt.in) > MaxBytes || !errors.As(err, &e) || e.Code != tt.code {
			t.Errorf("Parse of %d bytes = %v, want %s: %s", len(tt.in), err, tt.code, tt.why)
		}
	}
}
