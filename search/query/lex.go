package query

import (
	"strconv"
	"strings"
)

// tokenKind is what the grammar needs to know of a token.
type tokenKind int

const (
	tokEnd tokenKind = iota
	tokLeaf
	tokOpen
	tokClose
	tokNot
	tokAnd
	tokOr
	tokNear     // w/5
	tokBefore   // pre/5
	tokSentence // /s
	tokDocument // /d
)

// token is a leaf of the tree, an operator or a parenthesis.
type token struct {
	kind  tokenKind
	node  Node // of a tokLeaf
	words int  // of a tokNear or tokBefore
	at    Span
}

// lexer cuts a query into tokens. It stops at the first error.
type lexer struct {
	query    string
	g        []glyph
	i        int         // the next glyph
	closed   int         // where the last quote or group ended; -1 if none
	negated  int         // where the last minus ended; -1 if none
	pairs    map[int]int // « to », once needed
	words    int
	patterns int
}

func newLexer(q string) *lexer {
	return &lexer{query: q, g: glyphs(q), closed: -1, negated: -1}
}

// span returns the bytes of the glyphs from start to end.
func (l *lexer) span(start, end int) Span {
	if start >= end {
		return Span{Start: int(l.g[start].start), End: int(l.g[start].start)}
	}
	return Span{Start: int(l.g[start].start), End: int(l.g[end-1].end)}
}

func (l *lexer) fail(start, end int, code string, args ...string) error {
	return fail(l.query, l.span(start, end), code, args...)
}

// atStart reports whether the next glyph is the first of its run: signs that
// stand before a word mean something there only.
func (l *lexer) atStart() bool {
	return l.i == 0 || l.i == l.negated || l.g[l.i-1].r == blank || l.g[l.i-1].r == '('
}

// next returns the next token; tokEnd at the end, again and again.
func (l *lexer) next() (token, error) {
	for l.i < len(l.g) {
		t, err := l.one()
		if err != nil || t.kind != tokEnd {
			return t, err
		}
	}
	end := len(l.query)
	return token{kind: tokEnd, at: Span{Start: end, End: end}}, nil
}

// one reads a token, or passes over punctuation and returns tokEnd.
func (l *lexer) one() (token, error) {
	r := l.g[l.i].r
	switch r {
	case '(':
		return l.sign(tokOpen), nil
	case ')':
		t := l.sign(tokClose)
		l.closed = l.i
		return t, nil
	case '=':
		return l.exact()
	case '/':
		return l.slash()
	case '~':
		return l.tilde()
	}
	switch {
	case isQuote(r), r == '‘' && l.atStart():
		return l.phrase(l.i)
	case isDash(r):
		return l.dash()
	case isAlnum(r), isWild(r) && wordAt(l.g, l.i, true):
		return l.fieldOrWord()
	case r == '?': // a run of them is one, so that none is looked at twice
		l.i = skip(l.g, l.i, isQuestion)
		return token{}, nil
	}
	l.i++
	return token{}, nil
}

// sign is a token of one glyph.
func (l *lexer) sign(k tokenKind) token {
	l.i++
	return token{kind: k, at: l.span(l.i-1, l.i)}
}

// leaf is a token that stands for a node.
func leaf(n Node) token { return token{kind: tokLeaf, node: n, at: n.Span()} }

// starts reports whether something that can be excluded or marked as exact
// begins at i.
func (l *lexer) starts(i int) bool {
	if i = skip(l.g, i, isDash); l.g[i].r == '=' {
		i++
	}
	r := l.g[i].r
	return wordAt(l.g, i, true) || r == '(' || r == '‘' || isQuote(r)
}

// dash reads a minus before a word as NOT, and passes over any other dash.
func (l *lexer) dash() (token, error) {
	switch {
	case l.atStart() && l.starts(l.i+1):
		t := l.sign(tokNot)
		l.negated = l.i
		return t, nil
	case l.i == l.closed && l.starts(l.i+1):
		if end := l.endingEnd(l.i + 1); end > 0 {
			l.i = end
			return token{}, nil
		}
		return token{}, l.fail(l.i, l.i+1, CodeGluedMinus, string(l.g[l.i].r))
	}
	l.i = skip(l.g, l.i, isDash) // a run of dashes is one
	return token{}, nil
}

// caseEndings are the case endings of Kazakh nouns, as they are written with a
// hyphen after a name in quotes: «Алға»-ның.
const caseEndings = " ның нің дың дің тың тің ға ге қа ке на не а е ны ні ды ді ты ті н" +
	" да де та те нда нде дан ден тан тен нан нен мен бен пен дағы дегі тағы тегі ндағы ндегі "

// longestEnding is the length of the longest of caseEndings.
const longestEnding = 5

// endingEnd returns the end of a case ending that begins at i; 0 if there is
// none, or if it ends a parenthesis.
func (l *lexer) endingEnd(i int) int {
	end := i
	for end-i <= longestEnding && isWordChar(l.g[end].r) {
		end++
	}
	if end == i || l.g[i-2].r == ')' || !strings.Contains(caseEndings, " "+strings.ToLower(text(l.g[i:end]))+" ") {
		return 0
	}
	return end
}

// exact reads =word and ="…".
func (l *lexer) exact() (token, error) {
	start := l.i
	if !l.atStart() || !l.starts(start+1) {
		l.i++
		return token{}, nil
	}
	switch r := l.g[start+1].r; {
	case isQuote(r) || r == '‘':
		l.i++
		return l.phrase(start)
	case !isAlnum(r) && !isWild(r):
		return token{}, l.fail(start, start+1, CodeExactGroup)
	}
	if f, _ := l.fieldAt(start + 1); f != "" {
		return token{}, l.fail(start, start+1, CodeExactField, string(f))
	}
	l.i++
	return l.word(start)
}

// slash reads /s, /d and /p, and refuses /5: in other systems it is a distance.
func (l *lexer) slash() (token, error) {
	start, end := l.i, skip(l.g, l.i+1, isAlnum)
	s := text(l.g[start+1 : end])
	if !l.atStart() || !endsToken(l.g[end].r) || s == "" {
		l.i++
		return token{}, nil
	}
	if k, ok := units[strings.ToLower(s)]; ok {
		l.i = end
		return token{kind: k, at: l.span(start, end)}, nil
	}
	if n, err := strconv.Atoi(s); err == nil && n <= MaxNear {
		return token{}, l.fail(start, end, CodeSlashNumber, s)
	}
	l.i++
	return token{}, nil
}

// endsToken reports whether r ends an operator that has letters.
func endsToken(r rune) bool { return r == blank || r == '(' || r == ')' || isQuote(r) }

// tilde refuses the ~ of a phrase or a group, and passes over any other.
func (l *lexer) tilde() (token, error) {
	if l.i++; l.i-1 == l.closed {
		return token{}, l.fail(l.i-1, l.i, CodeFuzzyGroup)
	}
	return token{}, nil
}

// fieldOrWord reads name:value, an operator or a word.
func (l *lexer) fieldOrWord() (token, error) {
	if f, colon := l.fieldAt(l.i); f != "" {
		return l.match(f, colon)
	}
	return l.word(l.i)
}

// word reads a word, a pattern, a fuzzy word or an operator. The token begins
// at start: before the next glyph if there is a = between.
func (l *lexer) word(start int) (token, error) {
	begin, exact := l.i, l.i > start
	end := wordEnd(l.g, begin, true)
	l.i = end
	s, wild := pattern(text(l.g[begin:end]))
	switch {
	case l.g[end].r == '~' && !strings.Contains(s, "://"):
		return l.fuzzy(start, s, wild)
	case wild:
		return l.pattern(start, s)
	}
	at := l.span(start, end)
	if k, n := operator(s); k != tokEnd && !exact {
		if k == tokNear || k == tokBefore {
			return l.near(token{kind: k, words: n, at: at})
		}
		return token{kind: k, at: at}, nil
	}
	return leaf(&Word{Text: s, Exact: exact, At: at}), l.count(at, 1, 0)
}

// near checks the distance of w/5 and pre/5.
func (l *lexer) near(t token) (token, error) {
	if t.words < 1 {
		op, _, _ := strings.Cut(t.at.Of(l.query), "/")
		return t, fail(l.query, t.at, CodeNearRange, op+"/", strconv.Itoa(MaxNear))
	}
	return t, nil
}

// pattern checks a word with wildcards.
func (l *lexer) pattern(start int, s string) (token, error) {
	all, before := literals(s)
	switch {
	case all == 0:
		return token{}, l.fail(start, l.i, CodeLoneStar)
	case all < minLiterals && before < minPrefix:
		return token{}, l.fail(start, l.i, CodeShortPattern, s, strconv.Itoa(minLiterals), strconv.Itoa(minPrefix))
	}
	at := l.span(start, l.i)
	return leaf(&Pattern{Text: s, At: at}), l.count(at, 1, 1)
}

// fuzzy reads the distance after a word; ~ alone is 1.
func (l *lexer) fuzzy(start int, s string, wild bool) (token, error) {
	tilde := l.i
	l.i = max(tilde+1, wordEnd(l.g, tilde+1, false))
	distance := 1
	if number := text(l.g[tilde+1 : l.i]); number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > MaxDistance {
			return token{}, l.fail(tilde, l.i, CodeFuzzyRange, strconv.Itoa(MaxDistance))
		}
		distance = n
	}
	need := distance + fuzzySlack
	letters, _ := literals(s)
	switch {
	case wild:
		return token{}, l.fail(start, l.i, CodeFuzzyPattern)
	case l.g[start].r == '=':
		return token{}, l.fail(start, l.i, CodeExactFuzzy)
	case letters < need:
		return token{}, l.fail(start, l.i, CodeFuzzyShort, strconv.Itoa(distance), strconv.Itoa(need))
	}
	at := l.span(start, l.i)
	return leaf(&Fuzzy{Text: s, Distance: distance, At: at}), l.count(at, 1, 1)
}

// count adds to what the budgets bound.
func (l *lexer) count(at Span, words, patterns int) error {
	l.words += words
	l.patterns += patterns
	switch {
	case l.words > MaxWords:
		return fail(l.query, at, CodeTooManyWords, strconv.Itoa(MaxWords))
	case l.patterns > MaxPatterns:
		return fail(l.query, at, CodeTooManyWild, strconv.Itoa(MaxPatterns))
	}
	return nil
}
