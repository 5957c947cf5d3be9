package query

import (
	"strconv"
	"strings"
	"unicode"
)

// isWild reports whether r is a wildcard.
func isWild(r rune) bool { return r == '*' || r == '?' }

// wordAt reports whether a character of a word stands at i. Question marks are
// some only if a word goes on behind them.
func wordAt(g []glyph, i int, wild bool) bool {
	if wild {
		i = skip(g, i, isQuestion)
	}
	return isWordChar(g[i].r) || wild && g[i].r == '*'
}

func isQuestion(r rune) bool { return r == '?' }

// skip returns the first glyph from i on that is not one of those.
func skip(g []glyph, i int, those func(rune) bool) int {
	for i < len(g)-1 && those(g[i].r) {
		i++
	}
	return i
}

// wordEnd returns the end of the word that starts at begin. With wild, * and ? are
// characters of it, and so are the colons of unknown fields and of addresses.
func wordEnd(g []glyph, begin int, wild bool) int {
	digits := false
	for i := begin; ; {
		next := i
		switch {
		case wild && g[i].r == '?', wordAt(g, i, wild), i > begin && joins(g, i, wild):
			digits = digits || unicode.IsDigit(g[i].r)
			next = i + 1
		case wild && isAddress(g[i:]):
			return addressEnd(g, i)
		case digits && g[i].r == '(':
			next = gluedEnd(g, begin, i)
		}
		if next == i {
			return initialEnd(g, begin, trimQuestion(g, begin, i))
		}
		i = next
	}
}

// joins reports whether the character at i keeps what is before and behind it
// together.
func joins(g []glyph, i int, wild bool) bool {
	if i+1 >= len(g) || !wordAt(g, i+1, wild) {
		return false
	}
	number := unicode.IsDigit(g[i-1].r) && unicode.IsDigit(g[i+1].r)
	switch r := g[i].r; r {
	case ',': // 1,273
		return number
	case ':': // a plain text has "слово:слово"; a query has fields
		return number || wild
	default:
		return isJoiner(r)
	}
}

// isAddress reports whether g goes on with ://, as in a web address.
func isAddress(g []glyph) bool {
	return len(g) > 3 && g[0].r == ':' && g[1].r == '/' && g[2].r == '/' && isAlnum(g[3].r)
}

// addressEnd returns the end of a web address: it goes on to a blank, a quote
// or a parenthesis, and its last character is one of a word.
func addressEnd(g []glyph, i int) int {
	end := i
	for ; g[i].r != blank && !isQuote(g[i].r) && g[i].r != '(' && g[i].r != ')'; i++ {
		if isWordChar(g[i].r) {
			end = i + 1
		}
	}
	return end
}

// longestOperator is the length of the longest operator that ends in a number:
// near/100.
const longestOperator = 8

// gluedEnd returns the end of "(2)" at i, a part glued to the number of an
// article that begins at begin; i if there is none. Question marks and
// operators have no parts: w/5(b) goes on with a group.
func gluedEnd(g []glyph, begin, i int) int {
	if g[i-1].r == '?' {
		return i
	}
	if i-begin <= longestOperator {
		if k, _ := operator(text(g[begin:i])); k != tokEnd {
			return i
		}
	}
	j := i + 1
	for j-i <= maxGlued && (isAlnum(g[j].r) || j > i+1 && joins(g, j, false)) {
		j++
	}
	if j > i+1 && g[j].r == ')' {
		return j + 1
	}
	return i
}

// trimQuestion leaves question marks at the end out of a word that has no other
// wildcard: they are those of a question.
func trimQuestion(g []glyph, begin, end int) int {
	last := end
	for last > begin && g[last-1].r == '?' {
		last--
	}
	for _, c := range g[begin:last] {
		if isWild(c.r) {
			return end
		}
	}
	return last
}

// initialEnd takes the dot into a word that is an initial or an abbreviation of
// single letters: "И.", "А.Б.", "л.д.". Other dots end a sentence.
func initialEnd(g []glyph, begin, end int) int {
	if begin == end || g[end].r != '.' {
		return end
	}
	letters := 0
	for _, c := range g[begin:end] {
		switch {
		case c.r == '.':
			letters = 0
		case unicode.IsLetter(c.r) && letters == 0:
			letters++
		case !unicode.IsMark(c.r):
			return end
		}
	}
	return end + 1
}

// pattern returns the text of a word with wildcards, ** being the same as *,
// and reports whether it has any.
func pattern(s string) (string, bool) {
	if !strings.ContainsAny(s, "*?") || strings.Contains(s, "://") {
		return s, false
	}
	for strings.Contains(s, "**") {
		s = strings.ReplaceAll(s, "**", "*")
	}
	return s, true
}

// literals counts the letters and digits of a pattern, in all and before its
// first wildcard.
func literals(s string) (all, before int) {
	seen := false
	for _, r := range s {
		switch {
		case isWild(r):
			seen = true
		case isAlnum(r):
			all++
			if !seen {
				before++
			}
		}
	}
	return all, before
}

// operators are the words that join others, in capitals only.
var operators = map[string]tokenKind{
	"AND": tokAnd, "И": tokAnd, "ЖӘНЕ": tokAnd,
	"OR": tokOr, "ИЛИ": tokOr, "НЕМЕСЕ": tokOr,
	"NOT": tokNot, "НЕ": tokNot, "ЕМЕС": tokNot,
}

// emes is the Kazakh NOT, which grammar puts after what it negates.
const emes = "ЕМЕС"

// units are the operators with a slash that take no number. A paragraph is
// where AND looks anyway.
var units = map[string]tokenKind{"s": tokSentence, "d": tokDocument, "p": tokAnd}

// operator returns the kind of the operator that s is, tokEnd if it is a word,
// and the distance of w/5 and pre/5; 0 if it is out of range.
func operator(s string) (kind tokenKind, words int) {
	if k, ok := operators[s]; ok {
		return k, 0
	}
	head, tail, ok := strings.Cut(strings.ToLower(s), "/")
	if !ok || head != "w" && head != "pre" && head != "near" {
		return tokEnd, 0
	}
	if k, ok := units[tail]; ok && head == "w" {
		return k, 0
	}
	if tail == "" || tail[0] < '0' || tail[0] > '9' {
		return tokEnd, 0
	}
	kind = tokNear
	if head == "pre" {
		kind = tokBefore
	}
	n, err := strconv.Atoi(tail)
	if err != nil || n > MaxNear {
		return kind, 0
	}
	return kind, n
}
