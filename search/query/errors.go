package query

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// Error says what is wrong with a query, and where. Parse returns it inside a
// *corpus.Error of kind corpus.ErrInvalid.
type Error struct {
	Query string   // as typed
	At    Span     // the place
	Code  string   // one of the Code values: the key of a translation
	Args  []string // what the sentence of the code is about, in its order
}

// The codes of errors, with the Args of each.
const (
	CodeEmpty        = "empty"              // no word
	CodeTooLong      = "too_long"           // bytes, MaxBytes
	CodeTooManyWords = "too_many_words"     // MaxWords
	CodeTooDeep      = "too_deep"           // MaxDepth
	CodeTooManyWild  = "too_many_wildcards" // MaxPatterns

	CodeNoCloseQuote = "no_close_quote" // the closing quote
	CodeNoOpenQuote  = "no_open_quote"  // the closing quote
	CodeEmptyQuote   = "empty_quote"    //
	CodeWildInQuote  = "wild_in_quote"  // the character: *, ? or ~
	CodeNoCloseParen = "no_close_paren" //
	CodeNoOpenParen  = "no_open_paren"  //
	CodeEmptyParen   = "empty_paren"    //
	CodeGluedMinus   = "glued_minus"    // the dash

	CodeNoLeft       = "no_left"       // the operator
	CodeNoRight      = "no_right"      // the operator
	CodeEmesLast     = "emes_last"     //
	CodeDoubleNot    = "double_not"    //
	CodeOnlyNegative = "only_negative" //
	CodeOrNegative   = "or_negative"   //

	CodeNearRange    = "near_range"    // the operator, MaxNear
	CodeNearOperand  = "near_operand"  // the operator
	CodeNearNegative = "near_negative" // the operator
	CodeNearChain    = "near_chain"    // the operator
	CodeSlashNumber  = "slash_number"  // the number

	CodeLoneStar     = "lone_star"     //
	CodeShortPattern = "short_pattern" // the pattern, minLiterals, minPrefix
	CodeFuzzyRange   = "fuzzy_range"   // MaxDistance
	CodeFuzzyShort   = "fuzzy_short"   // the distance, the letters it needs
	CodeFuzzyPattern = "fuzzy_pattern" //
	CodeFuzzyGroup   = "fuzzy_group"   //
	CodeExactGroup   = "exact_group"   //
	CodeExactField   = "exact_field"   // the field
	CodeExactFuzzy   = "exact_fuzzy"   //

	CodeNoValue    = "no_value"    // the field
	CodeFieldGroup = "field_group" // the field
	CodeFieldWild  = "field_wild"  // the field, the character
	CodeBadValue   = "bad_value"   // the field, the value, the values there are
	CodeBadDate    = "bad_date"    // the value
	CodeBadRef     = "bad_ref"     // the field, the value
	CodeBadNumber  = "bad_number"  // the field, the value
	CodeDateOrder  = "date_order"  // the first date, the last date
)

// sentences holds the English sentence of each code; %s takes the Args. A page
// has its own for Kazakh and Russian.
var sentences = map[string]string{
	CodeEmpty:        `no word to search for`,
	CodeTooLong:      `the query has %s bytes, at most %s are read`,
	CodeTooManyWords: `more than %s words`,
	CodeTooDeep:      `parentheses nest deeper than %s`,
	CodeTooManyWild:  `more than %s words with *, ? or ~`,

	CodeNoCloseQuote: `no closing %s`,
	CodeNoOpenQuote:  `%s closes a quote that was not opened`,
	CodeEmptyQuote:   `no word between the quotes`,
	CodeWildInQuote:  `%s does not work inside quotes; take it out, or join words with w/5`,
	CodeNoCloseParen: `no closing )`,
	CodeNoOpenParen:  `) closes a parenthesis that was not opened`,
	CodeEmptyParen:   `no word between the parentheses`,
	CodeGluedMinus:   `put a blank before %s to leave a word out, or take it away`,

	CodeNoLeft:       `%s needs something before it; in small letters AND, OR and NOT are words`,
	CodeNoRight:      `%s needs something after it; in small letters AND, OR and NOT are words`,
	CodeEmesLast:     `ЕМЕС goes before the word it leaves out: ЕМЕС айыппұл, or -айыппұл`,
	CodeDoubleNot:    `leaving out what is left out; say what must be there instead`,
	CodeOnlyNegative: `the query only says what to leave out; add a word that must be there`,
	CodeOrNegative:   `a side of OR cannot only leave words out; write (a OR b) -c`,

	CodeNearRange:    `the distance of %s must be from 1 to %s`,
	CodeNearOperand:  `%s stands between words, phrases, or (a OR b) of these`,
	CodeNearNegative: `%s cannot stand beside what is left out; put parentheses: -(a w/5 b)`,
	CodeNearChain:    `%s joins two words only; write a w/5 b AND b w/5 c`,
	CodeSlashNumber:  `/%[1]s is not an operator; write w/%[1]s for a distance, or %[1]s for the number`,

	CodeLoneStar:     `* needs the beginning of a word before it, as in задерж*`,
	CodeShortPattern: `%s needs %s letters, or %s before the first * or ?`,
	CodeFuzzyRange:   `the number after ~ must be from 1 to %s`,
	CodeFuzzyShort:   `~%s needs a word of at least %s letters`,
	CodeFuzzyPattern: `* or ? and ~ do not go together`,
	CodeFuzzyGroup:   `~ goes after one word; for words near each other write a w/5 b`,
	CodeExactGroup:   `= goes before one word or a phrase`,
	CodeExactField:   `= goes after the colon: %s:=…`,
	CodeExactFuzzy:   `= and ~ do not go together`,

	CodeNoValue:    `%s: needs a word or a "phrase" after the colon`,
	CodeFieldGroup: `%[1]s: takes one word or a "phrase"; write (%[1]s:a OR %[1]s:b)`,
	CodeFieldWild:  `%s: does not take %s; put the value in quotes if it is part of it`,
	CodeBadValue:   `%s: has no value %s; there are %s`,
	CodeBadDate:    `%s is not a date; write 2023, 2023-05, 2023-05-31, 2019..2023, ..2014 or 2020..`,
	CodeBadRef:     `%s: %s is no article; write 405(2), ст. 405 УК РК, 405-бап or KZ-UK-2014/405/2`,
	CodeBadNumber:  `%s: %s is no number of one document; write A/HRC/WGAD/2018/67 or "Opinion No. 67/2018"`,
	CodeDateOrder:  `%s is after %s`,
}

// Codes returns every code, sorted, so that a test of translations can tell
// that none is missing.
func Codes() []string { return slices.Sorted(maps.Keys(sentences)) }

// maxShown is how much of a query an error message shows, in code points, and
// maxPlace how much of the place it points at.
const (
	maxShown = 200
	maxPlace = 24
)

// Error returns the sentence and the place, counted in code points from 1, for
// example `no closing " (at character 1: "open)`.
func (e *Error) Error() string {
	args := make([]any, len(e.Args))
	for i, a := range e.Args {
		args[i] = shown(a, maxShown)
	}
	msg := fmt.Sprintf(sentences[e.Code], args...)
	if e.At.Start >= e.At.End {
		return msg
	}
	at := utf8.RuneCountInString(Span{End: e.At.Start}.Of(e.Query)) + 1
	return msg + " (at character " + strconv.Itoa(at) + ": " + shown(e.At.Of(e.Query), maxPlace) + ")"
}

// Caret returns two lines for a terminal: the query, and a ^ under the place.
// Columns are code points; tabs are kept, and other characters that would move
// the cursor or hide text are shown as blanks.
func (e *Error) Caret() string {
	before := Span{End: e.At.Start}.Of(e.Query)
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, before)
	return printable(e.Query) + "\n" + pad + "^"
}

// printable replaces what a terminal would act upon by blanks, code point by
// code point, except tabs.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (isBlank(r) || isIgnorable(r)) {
			return ' '
		}
		return r
	}, s)
}

// shown is s for a message: printable, and no longer than limit code points.
func shown(s string, limit int) string {
	n := 0
	for i := range s {
		if n++; n > limit {
			return printable(s[:i]) + "…"
		}
	}
	return printable(s)
}

// fail returns an Error about a place of the query q.
func fail(q string, at Span, code string, args ...string) error {
	return &corpus.Error{
		Op: "query", Subj: shown(q, maxShown), Kind: corpus.ErrInvalid,
		Err: &Error{Query: q, At: at, Code: code, Args: args},
	}
}
