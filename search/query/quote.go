package query

import "strings"

// phrase reads a phrase whose token begins at start; the next glyph is a quote.
func (l *lexer) phrase(start int) (token, error) {
	from, to, err := l.quoted()
	if err != nil {
		return token{}, err
	}
	s := quotedText(l.g[from:to])
	if !hasAlnum(s) {
		return token{}, l.fail(start, l.i, CodeEmptyQuote)
	}
	for i := from; i < to; i++ {
		if wildInQuote(l.g, i) {
			return token{}, l.fail(i, i+1, CodeWildInQuote, string(l.g[i].r))
		}
	}
	at := l.span(start, l.i)
	return leaf(&Phrase{Text: s, At: at}), l.count(at, len(strings.Fields(s)), 0)
}

// quoted passes over a quote and returns the glyphs between its marks.
func (l *lexer) quoted() (from, to int, err error) {
	open := l.i
	r := l.g[open].r
	closing, ok := closers[r]
	if !ok || r == '”' && !l.atStart() {
		return 0, 0, l.fail(open, open+1, CodeNoOpenQuote, string(r))
	}
	end := l.closing(open, closing)
	if end < 0 {
		mark := []rune(closing)
		return 0, 0, l.fail(open, len(l.g)-1, CodeNoCloseQuote, string(mark[len(mark)-1]))
	}
	l.i = end + 1
	l.closed = l.i
	return open + 1, end, nil
}

// closing returns where the quote that opens at open is closed; -1 if nowhere.
func (l *lexer) closing(open int, marks string) int {
	if l.g[open].r == '«' {
		return l.guillemet(open)
	}
	for i := open + 1; i < len(l.g); i++ {
		r := l.g[i].r
		// An apostrophe looks like a closing single quote, but a word goes on.
		if strings.ContainsRune(marks, r) && (r != '’' || !isWordChar(l.g[i+1].r)) {
			return i
		}
	}
	return -1
}

// guillemet returns the » that closes the « at open. «…» may nest; where marks
// are missing, as in «Фонд «Алға», one » closes all.
func (l *lexer) guillemet(open int) int {
	if l.pairs == nil {
		l.pairs = guillemets(l.g)
	}
	if end, ok := l.pairs[open]; ok {
		return end
	}
	return -1
}

// guillemets pairs each « with its », or with the next one that there is.
func guillemets(g []glyph) map[int]int {
	pairs := map[int]int{}
	var open []int
	for i, c := range g {
		switch {
		case c.r == '«':
			open = append(open, i)
		case c.r == '»' && len(open) > 0:
			pairs[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	next, ok := 0, false
	for i := len(g) - 1; i >= 0; i-- {
		switch g[i].r {
		case '»':
			next, ok = i, true
		case '«':
			if _, paired := pairs[i]; !paired && ok {
				pairs[i] = next
			}
		}
	}
	return pairs
}

// quotedText returns what stands between quotes: blanks collapsed, quotes
// inside it taken for blanks.
func quotedText(g []glyph) string {
	s := strings.Map(func(r rune) rune {
		if isQuote(r) {
			return blank
		}
		return r
	}, text(g))
	return strings.Join(strings.Fields(s), " ")
}

// wildInQuote reports whether the character at i looks like a wildcard or the
// sign of a distance. It is neither in a phrase, and to pass over it would
// search for something else.
func wildInQuote(g []glyph, i int) bool {
	before := i > 0 && isWordChar(g[i-1].r)
	after := isWordChar(g[i+1].r)
	switch g[i].r {
	case '*':
		return before || after
	case '?':
		return before && after
	case '~':
		return before
	default:
		return false
	}
}
