package query

import "slices"

// Walk calls visit for n and for every node under it, in the order of the
// query. Where visit returns false, the parts of that node are passed over.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, k := range kids(n) {
		Walk(k, visit)
	}
}

// Words returns the words that n looks for, in order: those of every Word that
// is not under a Not.
func Words(n Node) []*Word {
	var words []*Word
	Walk(n, func(n Node) bool {
		if w, ok := n.(*Word); ok {
			words = append(words, w)
		}
		_, not := n.(*Not)
		return !not
	})
	return words
}

// HasPositive reports whether n asks for something that must be there, and not
// only for what must not.
func HasPositive(n Node) bool {
	switch n := n.(type) {
	case nil, *Not:
		return false
	case *And:
		return slices.ContainsFunc(n.Kids, HasPositive)
	case *Or:
		return all(n.Kids, HasPositive)
	}
	return true
}

// Equal reports whether a and b ask the same, wherever they were typed.
func Equal(a, b Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return bare(a) == bare(b) && slices.EqualFunc(kids(a), kids(b), Equal)
}

// bare returns a node without its place and its parts, for comparison with ==.
func bare(n Node) any {
	switch n := n.(type) {
	case *Word:
		return Word{Text: n.Text, Exact: n.Exact}
	case *Pattern:
		return Pattern{Text: n.Text}
	case *Fuzzy:
		return Fuzzy{Text: n.Text, Distance: n.Distance}
	case *Phrase:
		return Phrase{Text: n.Text}
	case *Match:
		return Match{Field: n.Field, Text: n.Text, Exact: n.Exact}
	case *Near:
		return Near{Words: n.Words, Ordered: n.Ordered}
	case *Same:
		return Same{Unit: n.Unit}
	}
	return strengthOf(n) // And, Or, Not
}

// Without returns n without the conditions of some fields that narrow the whole
// of it, and the fields of those that were there. It is nil if nothing is left.
func Without(n Node, fields ...Field) (rest Node, gone []Field) {
	is := func(n Node) bool {
		m, ok := n.(*Match)
		if !ok || !slices.Contains(fields, m.Field) {
			return false
		}
		gone = append(gone, m.Field)
		return true
	}
	and, ok := n.(*And)
	if !ok {
		if is(n) {
			return nil, gone
		}
		return n, nil
	}
	kids := slices.DeleteFunc(slices.Clone(and.Kids), is)
	switch len(kids) {
	case 0:
		return nil, gone
	case 1:
		return kids[0], gone
	}
	return &And{Kids: kids}, gone
}
