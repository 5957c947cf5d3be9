package query

import (
	"strconv"
	"strings"
)

// strength is how tightly a node binds its parts when it prints.
type strength int

const (
	bindsOr strength = iota
	bindsDocument
	bindsAnd
	bindsSentence
	bindsNear
	bindsNot
	bindsLeaf
)

func strengthOf(n Node) strength {
	switch n := n.(type) {
	case *Or:
		return bindsOr
	case *And:
		return bindsAnd
	case *Same:
		if n.Unit == Sentence {
			return bindsSentence
		}
		return bindsDocument
	case *Near:
		return bindsNear
	case *Not:
		return bindsNot
	}
	return bindsLeaf
}

// kids returns the parts of n, in order.
func kids(n Node) []Node {
	switch n := n.(type) {
	case *And:
		return n.Kids
	case *Or:
		return n.Kids
	case *Not:
		return []Node{n.Kid}
	case *Near:
		return []Node{n.Left, n.Right}
	case *Same:
		return []Node{n.Left, n.Right}
	}
	return nil
}

// grouped reports whether part i of n prints in parentheses. Some do not need
// them: an And, and what is inside an Or, have them to show how the query was read.
func grouped(n Node, i int, kid Node) bool {
	least := strengthOf(n) + 1
	switch n.(type) {
	case *Or:
		least = bindsSentence
	case *Same:
		if i == 0 { // a /s b /s c is read from left to right
			least--
		}
	}
	_, and := kid.(*And)
	return and || strengthOf(kid) < least
}

// depth returns how deep the parentheses of n nest when it prints.
func depth(n Node) int {
	deepest := 0
	for i, k := range kids(n) {
		d := depth(k)
		if grouped(n, i, k) {
			d++
		}
		deepest = max(deepest, d)
	}
	return deepest
}

// between returns what prints between the parts of n.
func between(n Node) string {
	switch n := n.(type) {
	case *Or:
		return " OR "
	case *Near:
		op := " w/"
		if n.Ordered {
			op = " pre/"
		}
		return op + strconv.Itoa(n.Words) + " "
	case *Same:
		return " /" + string(n.Unit) + " "
	}
	return " "
}

// joined prints a node that has parts.
func joined(n Node) string {
	var b strings.Builder
	render(&b, n)
	return b.String()
}

func render(b *strings.Builder, n Node) {
	switch strengthOf(n) {
	case bindsLeaf:
		b.WriteString(n.String())
		return
	case bindsNot:
		b.WriteByte('-')
	case bindsOr, bindsDocument, bindsAnd, bindsSentence, bindsNear:
	}
	sep := between(n)
	for i, k := range kids(n) {
		if i > 0 {
			b.WriteString(sep)
		}
		if grouped(n, i, k) {
			b.WriteByte('(')
			render(b, k)
			b.WriteByte(')')
			continue
		}
		render(b, k)
	}
}

// String returns the word, after = if it is exact.
func (n *Word) String() string {
	if n.Exact {
		return "=" + n.Text
	}
	return n.Text
}

// String returns the pattern.
func (n *Pattern) String() string { return n.Text }

// String returns the word with ~ and the distance.
func (n *Fuzzy) String() string { return n.Text + "~" + strconv.Itoa(n.Distance) }

// String returns the phrase between straight quotes.
func (n *Phrase) String() string { return `"` + n.Text + `"` }

// String returns the operands with w/ or pre/ between.
func (n *Near) String() string { return joined(n) }

// String returns the operands with /s or /d between.
func (n *Same) String() string { return joined(n) }

// String returns the kids with blanks between.
func (n *And) String() string { return joined(n) }

// String returns the kids with OR between.
func (n *Or) String() string { return joined(n) }

// String returns the kid after a minus.
func (n *Not) String() string { return joined(n) }

// String returns the field in English and its value, in quotes where it must.
func (n *Match) String() string {
	s := string(n.Field) + ":"
	if n.Exact {
		s += "="
	}
	if plainValue(n.Field, n.Text) {
		return s + n.Text
	}
	return s + `"` + n.Text + `"`
}

// Span returns where the word was typed.
func (n *Word) Span() Span { return n.At }

// Span returns where the pattern was typed.
func (n *Pattern) Span() Span { return n.At }

// Span returns where the word and its distance were typed.
func (n *Fuzzy) Span() Span { return n.At }

// Span returns where the phrase was typed, with its quotes.
func (n *Phrase) Span() Span { return n.At }

// Span returns the bytes from the left operand to the right one, or the
// parentheses.
func (n *Near) Span() Span { return n.At }

// Span returns the bytes from the left operand to the right one, or the
// parentheses.
func (n *Same) Span() Span { return n.At }

// Span returns the bytes from the first kid to the last, or the parentheses.
func (n *And) Span() Span { return n.At }

// Span returns the bytes from the first kid to the last, or the parentheses.
func (n *Or) Span() Span { return n.At }

// Span returns the minus or the operator, and its kid.
func (n *Not) Span() Span { return n.At }

// Span returns the field with its value.
func (n *Match) Span() Span { return n.At }
