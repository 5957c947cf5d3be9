package query

import "strconv"

// Parse reads a query as a person typed it: words joined by AND, and the
// operators of the package comment. Its errors are *corpus.Error of kind
// corpus.ErrInvalid around an *Error that points at the place.
func Parse(q string) (Node, error) {
	if len(q) > MaxBytes {
		return nil, tooLong(q, len(q))
	}
	p := parser{lex: newLexer(q)}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.tok.kind == tokEnd {
		return nil, fail(q, Span{End: len(q)}, CodeEmpty)
	}
	n, err := p.or()
	switch {
	case err != nil:
		return nil, err
	case p.tok.kind == tokClose:
		return nil, p.fail(p.tok.at, CodeNoOpenParen)
	case !HasPositive(n):
		return nil, p.fail(n.Span(), CodeOnlyNegative)
	}
	if err := printed(q, n); err != nil {
		return nil, err
	}
	return n, nil
}

// printed checks that what prints n is within the budgets too: a short Russian
// query may print longer in English, and every printed query must parse.
func printed(q string, n Node) error {
	if size := len(n.String()); size > MaxBytes {
		return tooLong(q, size)
	}
	if depth(n) > MaxDepth {
		return fail(q, n.Span(), CodeTooDeep, strconv.Itoa(MaxDepth))
	}
	return nil
}

func tooLong(q string, size int) error {
	at := Span{Start: min(len(q), runeStart(q, MaxBytes)), End: len(q)}
	return fail(q, at, CodeTooLong, strconv.Itoa(size), strconv.Itoa(MaxBytes))
}

// parser reads tokens by recursive descent, a function for each strength of
// binding, with one token of look-ahead.
type parser struct {
	lex   *lexer
	tok   token // the next one
	prev  token // the last one passed
	begun bool  // prev is set
	depth int   // open parentheses
}

func (p *parser) fail(at Span, code string, args ...string) error {
	return fail(p.lex.query, at, code, args...)
}

// advance passes over the next token.
func (p *parser) advance() (err error) {
	p.begun = p.tok.at.End > 0
	p.prev = p.tok
	p.tok, err = p.lex.next()
	return err
}

// text returns a token as typed.
func (p *parser) text(t token) string { return t.at.Of(p.lex.query) }

// or reads a OR b OR c.
func (p *parser) or() (Node, error) {
	kids, err := p.list(p.document, func() (more, skip bool) {
		return p.tok.kind == tokOr, p.tok.kind == tokOr
	})
	if err != nil || len(kids) == 1 {
		return first(kids), err
	}
	or := &Or{At: around(kids)}
	for _, k := range kids {
		if !HasPositive(k) {
			return nil, p.fail(k.Span(), CodeOrNegative)
		}
		if inner, ok := k.(*Or); ok {
			or.Kids = append(or.Kids, inner.Kids...)
			continue
		}
		or.Kids = append(or.Kids, k)
	}
	return or, nil
}

// and reads a b AND c.
func (p *parser) and() (Node, error) {
	kids, err := p.list(p.sentence, func() (more, skip bool) {
		switch p.tok.kind {
		case tokAnd:
			return true, true
		case tokLeaf, tokOpen, tokNot:
			return true, false
		case tokEnd, tokClose, tokOr, tokNear, tokBefore, tokSentence, tokDocument:
		}
		return false, false
	})
	if err != nil || len(kids) == 1 {
		return first(kids), err
	}
	and := &And{At: around(kids)}
	for _, k := range kids {
		if inner, ok := k.(*And); ok {
			and.Kids = append(and.Kids, inner.Kids...)
			continue
		}
		and.Kids = append(and.Kids, k)
	}
	return and, nil
}

// list reads operands while more says so; skip says that an operator stands
// before the next one.
func (p *parser) list(operand func() (Node, error), goOn func() (more, skip bool)) ([]Node, error) {
	var kids []Node
	for {
		k, err := operand()
		if err != nil {
			return nil, err
		}
		kids = append(kids, k)
		more, skip := goOn()
		if !more {
			return kids, nil
		}
		if skip {
			if err := p.advance(); err != nil {
				return nil, err
			}
		}
	}
}

func first(kids []Node) Node {
	if len(kids) == 0 {
		return nil
	}
	return kids[0]
}

// around returns the bytes from the first of kids to the last.
func around(kids []Node) Span {
	return Span{Start: kids[0].Span().Start, End: kids[len(kids)-1].Span().End}
}

// document reads a /d b, from left to right.
func (p *parser) document() (Node, error) {
	return p.same(tokDocument, Document, p.and, HasPositive)
}

// sentence reads a /s b, from left to right.
func (p *parser) sentence() (Node, error) {
	return p.same(tokSentence, Sentence, p.near, hasPlace)
}

func (p *parser) same(kind tokenKind, unit Unit, operand func() (Node, error), allowed func(Node) bool) (Node, error) {
	left, err := operand()
	for err == nil && p.tok.kind == kind {
		op := p.tok
		if err = p.advance(); err != nil {
			break
		}
		var right Node
		if right, err = operand(); err != nil {
			break
		}
		if err = p.operands(op, allowed, left, right); err != nil {
			break
		}
		left = &Same{Left: left, Right: right, Unit: unit, At: around([]Node{left, right})}
	}
	return left, err
}

// near reads a w/5 b. A chain of them is refused: whether b must be the same
// word in both halves is not for us to guess.
func (p *parser) near() (Node, error) {
	left, err := p.not()
	op := p.tok
	if err != nil || op.kind != tokNear && op.kind != tokBefore {
		return left, err
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	right, err := p.not()
	if err != nil {
		return nil, err
	}
	if err := p.operands(op, isNearOperand, left, right); err != nil {
		return nil, err
	}
	if p.tok.kind == tokNear || p.tok.kind == tokBefore {
		return nil, p.fail(p.tok.at, CodeNearChain, p.text(p.tok))
	}
	n := &Near{Left: left, Right: right, Words: op.words, Ordered: op.kind == tokBefore}
	n.At = around([]Node{left, right})
	return n, nil
}

// operands checks what stands beside an operator of nearness.
func (p *parser) operands(op token, allowed func(Node) bool, operands ...Node) error {
	for _, n := range operands {
		switch {
		case !HasPositive(n):
			return p.fail(n.Span(), CodeNearNegative, p.text(op))
		case !allowed(n):
			return p.fail(n.Span(), CodeNearOperand, p.text(op))
		}
	}
	return nil
}

// isNearOperand reports whether n may stand beside w/5.
func isNearOperand(n Node) bool {
	switch n := n.(type) {
	case *Word, *Pattern, *Fuzzy, *Phrase:
		return true
	case *Or:
		return all(n.Kids, isNearOperand)
	}
	return false
}

// hasPlace reports whether n may stand beside /s: it has a place in the text.
func hasPlace(n Node) bool {
	switch n := n.(type) {
	case *Near:
		return true
	case *Same:
		return n.Unit == Sentence
	case *Match:
		return n.Field == FieldName || n.Field == FieldArticle || n.Field == FieldCites || n.Field == FieldAbout
	case *Or:
		return all(n.Kids, hasPlace)
	}
	return isNearOperand(n)
}

func all(kids []Node, ok func(Node) bool) bool {
	for _, k := range kids {
		if !ok(k) {
			return false
		}
	}
	return true
}

// not reads -x and NOT x.
func (p *parser) not() (Node, error) {
	if p.tok.kind != tokNot {
		return p.primary()
	}
	op := p.tok
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.tok.kind == tokNot {
		return nil, p.fail(p.tok.at, CodeDoubleNot)
	}
	kid, err := p.primary()
	if err != nil {
		return nil, err
	}
	if !HasPositive(kid) {
		return nil, p.fail(kid.Span(), CodeDoubleNot)
	}
	return &Not{Kid: kid, At: Span{Start: op.at.Start, End: kid.Span().End}}, nil
}

// primary reads a leaf or a group.
func (p *parser) primary() (Node, error) {
	switch p.tok.kind {
	case tokLeaf:
		n := p.tok.node
		return n, p.advance()
	case tokOpen:
		return p.group()
	case tokEnd, tokClose, tokNot, tokAnd, tokOr, tokNear, tokBefore, tokSentence, tokDocument:
	}
	return nil, p.dangling()
}

// group reads ( … ). The span of what it holds grows to the parentheses.
func (p *parser) group() (Node, error) {
	open := p.tok
	if p.depth++; p.depth > MaxDepth {
		return nil, p.fail(open.at, CodeTooDeep, strconv.Itoa(MaxDepth))
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.tok.kind != tokClose {
		return nil, p.fail(Span{Start: open.at.Start, End: p.tok.at.End}, CodeNoCloseParen)
	}
	at := Span{Start: open.at.Start, End: p.tok.at.End}
	switch n := n.(type) {
	case *And:
		n.At = at
	case *Or:
		n.At = at
	case *Near:
		n.At = at
	case *Same:
		n.At = at
	}
	p.depth--
	return n, p.advance()
}

// dangling says what is missing where an operand should stand.
func (p *parser) dangling() error {
	switch {
	case p.begun && p.prev.kind == tokNot && p.text(p.prev) == emes:
		return p.fail(p.prev.at, CodeEmesLast)
	case p.begun && p.prev.kind != tokOpen:
		return p.fail(p.prev.at, CodeNoRight, p.text(p.prev))
	case p.tok.kind == tokEnd:
		return p.fail(p.prev.at, CodeNoCloseParen)
	case p.tok.kind != tokClose:
		return p.fail(p.tok.at, CodeNoLeft, p.text(p.tok))
	case p.begun:
		return p.fail(Span{Start: p.prev.at.Start, End: p.tok.at.End}, CodeEmptyParen)
	default:
		return p.fail(p.tok.at, CodeNoOpenParen)
	}
}
