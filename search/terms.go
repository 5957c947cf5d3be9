package search

import (
	"strings"

	"dalel/corpus/lang"
	"dalel/corpus/lang/terms"
	"dalel/search/query"
)

// termWeight is what a legal term in another language is worth beside the
// words as typed.
const termWeight = 0.4

// synonymWeight is that of another name in the language of the query:
// "кассационный пересмотр" for «кассация».
const synonymWeight = 0.7

// turnedOff reports whether a query has a switch: terms:off, as:words.
func turnedOff(n query.Node, field query.Field) bool {
	off := false
	query.Walk(n, func(n query.Node) bool {
		m, ok := n.(*query.Match)
		off = off || ok && m.Field == field
		return true
	})
	return off
}

// and compiles words that must all be there. A run of plain words that names
// a legal notion may also be there under its names in the other languages.
func (c *compiler) and(nodes []query.Node) (*expr, error) {
	var kids []*expr
	for i := 0; i < len(nodes); {
		run := plainWords(nodes[i:])
		if run == 0 {
			kid, err := c.node(nodes[i])
			if err != nil {
				return nil, err
			}
			if kid != nil {
				kids = append(kids, kid)
			}
			i++
			continue
		}
		more, err := c.wordRun(nodes[i : i+run])
		if err != nil {
			return nil, err
		}
		kids = append(kids, more...)
		i += run
	}
	return joined(opAnd, kids), nil
}

// plainWords counts the words at the beginning of nodes that may be in any form.
func plainWords(nodes []query.Node) int {
	for i, n := range nodes {
		if w, ok := n.(*query.Word); !ok || w.Exact {
			return i
		}
	}
	return len(nodes)
}

// termRun compiles plain words that stand side by side in the query, and the
// legal terms among them.
func (c *compiler) termRun(nodes []query.Node) ([]*expr, error) {
	if c.neg || !c.terms || len(nodes) == 0 {
		return c.plain(nodes)
	}
	list := wordsOf(nodes)
	var kids []*expr
	done := 0
	for _, m := range terms.Lookup(list.words, lang.Und) {
		first, end, ok := list.nodes(m.Start, m.End)
		if !ok || first < done {
			continue
		}
		plain, err := c.plain(nodes[done:first])
		if err != nil {
			return nil, err
		}
		term, err := c.term(nodes[first:end], &m)
		if err != nil {
			return nil, err
		}
		kids, done = append(append(kids, plain...), term), end
	}
	rest, err := c.plain(nodes[done:])
	return append(kids, rest...), err
}

// wordList is the words of a run of nodes.
type wordList struct {
	words []string
	owner []int // the node of each word
}

func wordsOf(nodes []query.Node) (l wordList) {
	for i, n := range nodes {
		for _, w := range terms.Words(n.(*query.Word).Text) {
			l.words, l.owner = append(l.words, w), append(l.owner, i)
		}
	}
	return l
}

// nodes returns the nodes of a run of words; ok is false if it begins or ends
// inside one.
func (l *wordList) nodes(start, end int) (first, after int, ok bool) {
	first, after = l.owner[start], l.owner[end-1]+1
	return first, after, (start == 0 || l.owner[start-1] != first) && (end == len(l.owner) || l.owner[end] != after-1)
}

// plain compiles words that name no notion.
func (c *compiler) plain(nodes []query.Node) ([]*expr, error) {
	var kids []*expr
	for _, n := range nodes {
		op, err := c.operand(n)
		if err != nil {
			return nil, err
		}
		if op == nil {
			continue
		}
		kid, err := c.leaf(op)
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
	}
	return kids, nil
}

// term compiles words that name a notion: all of them, or one of its names in
// another language.
func (c *compiler) term(nodes []query.Node, m *terms.Match) (*expr, error) {
	typed, err := c.plain(nodes)
	if err != nil {
		return nil, err
	}
	other := &anyOp{}
	var said []string
	for _, name := range m.Others() {
		other.kids = append(other.kids, c.termName(&name, termWeight))
		said = append(said, name.Text)
	}
	if len(nodes) > 1 { // a single word has its forms, and is often another notion's too
		for _, name := range m.Synonyms() {
			other.kids = append(other.kids, c.termName(&name, synonymWeight))
			said = append(said, name.Text)
		}
	}
	if len(other.kids) == 0 {
		return joined(opAnd, typed), nil
	}
	from, to := nodes[0].Span().Start, nodes[len(nodes)-1].Span().End
	c.note(Note{
		Kind: NoteTerm, Text: query.Span{Start: from, End: to}.Of(c.text), Value: strings.Join(said, " · "),
		Query: strings.TrimSpace(c.text) + " " + string(query.FieldTerms) + ":" + query.TermsOff,
	})
	translated, err := c.leaf(other)
	if err != nil {
		return nil, err
	}
	return joined(opOr, []*expr{joined(opAnd, typed), translated}), nil
}

// termName is a name of a notion in one language: its words side by side, in
// any form.
func (c *compiler) termName(n *terms.Name, weight float64) operand {
	p := &phraseOp{}
	for i, stems := range n.Words {
		w := &wordOp{reason: WhyTerm}
		var wanted [numLangs - 1][]string
		wanted[langNumber(string(n.Code))] = stems
		c.withStems(w, wanted, nil, weight)
		p.parts, p.offsets = append(p.parts, w), append(p.offsets, uint32(i))
	}
	return p
}
