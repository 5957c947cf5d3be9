package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus/lang"
	"dalel/corpus/lang/terms"
	"dalel/corpus/law"
	"dalel/corpus/names"
	"dalel/search/query"
)

// A reading is a run of plain words of a query that means something else: a
// reference, a person's name, another name of an organisation or a place.
type reading struct {
	first, end int // nodes, end exclusive
	expr       *expr
}

// wordRun compiles plain words that stand side by side in the query: what
// reads as a reference, a name or an alias as that, the rest as words.
func (c *compiler) wordRun(nodes []query.Node) ([]*expr, error) {
	if c.neg || !c.read {
		return c.termRun(nodes)
	}
	readings, err := c.readings(nodes)
	if err != nil {
		return nil, err
	}
	var kids []*expr
	done := 0
	for _, r := range readings {
		words, err := c.termRun(nodes[done:r.first])
		if err != nil {
			return nil, err
		}
		kids, done = append(append(kids, words...), r.expr), r.end
	}
	words, err := c.termRun(nodes[done:])
	return append(kids, words...), err
}

// readings finds the references of a run, the names between them, and the
// aliases between those. They come out in the order of the words.
func (c *compiler) readings(nodes []query.Node) (all []reading, err error) {
	free := make([]bool, len(nodes))
	for i := range free {
		free[i] = true
	}
	for _, read := range []func([]query.Node) ([]reading, error){c.readReferences, c.readNames, c.readAliases} {
		for _, run := range runsOf(free) {
			found, err := read(nodes[run[0]:run[1]])
			if err != nil {
				return nil, err
			}
			for _, r := range found {
				r.first, r.end = r.first+run[0], r.end+run[0]
				for i := r.first; i < r.end; i++ {
					free[i] = false
				}
				all = append(all, r)
			}
		}
	}
	slices.SortFunc(all, func(a, b reading) int { return a.first - b.first })
	return all, nil
}

// runsOf lists the runs of what is true: first, and the one after the last.
func runsOf(ok []bool) (runs [][2]int) {
	for i := 0; i < len(ok); i++ {
		if !ok[i] {
			continue
		}
		j := i
		for j < len(ok) && ok[j] {
			j++
		}
		runs = append(runs, [2]int{i, j})
		i = j
	}
	return runs
}

// textOf returns a run of nodes as typed, and where it begins in the query.
func (c *compiler) textOf(nodes []query.Node) (text string, start int) {
	start = nodes[0].Span().Start
	return query.Span{Start: start, End: nodes[len(nodes)-1].Span().End}.Of(c.text), start
}

// covered returns the nodes that a run of bytes of the query covers; ok is
// false if it ends inside one, or covers none.
func covered(nodes []query.Node, start, end int) (first, after int, ok bool) {
	first, after = len(nodes), 0
	for i, n := range nodes {
		at := n.Span()
		switch {
		case at.End <= start || at.Start >= end:
		case at.Start < start || trimmedEnd(n) > end:
			return 0, 0, false
		default:
			first, after = min(first, i), i+1
		}
	}
	return first, after, first < after
}

// trimmedEnd is the end of a node without the point behind an abbreviation.
func trimmedEnd(n query.Node) int {
	if w, ok := n.(*query.Word); ok && strings.HasSuffix(w.Text, ".") {
		return w.At.End - 1
	}
	return n.Span().End
}

// readReferences reads articles and document numbers: "ч. 2 ст. 405 УК РК",
// 405(2), A/HRC/WGAD/2018/67. An act without an article is left to be words.
func (c *compiler) readReferences(nodes []query.Node) (all []reading, err error) {
	text, start := c.textOf(nodes)
	refs := law.Find(text, law.Context{})
	if len(refs) == 0 && len(nodes) == 1 && strings.ContainsRune(text, '(') {
		refs, _ = law.ParseQuery(string(query.FieldArticle) + ":" + text)
	}
	for i := 0; i < len(refs); {
		from, to := refs[i].Start, refs[i].End
		j := i
		var group []law.Ref
		for ; j < len(refs) && (j == i || refs[j].Start < to); j++ {
			to = max(to, refs[j].End)
			if refs[j].Kind == law.Document || refs[j].Article != "" {
				group = append(group, refs[j])
			}
		}
		i = j
		first, after, ok := covered(nodes, start+from, start+to)
		if !ok || len(group) == 0 {
			continue
		}
		op := c.references(group, text[from:to], reference{at: query.Span{Start: start + from, End: start + to}, words: true})
		e, err := c.leaf(op)
		if err != nil {
			return nil, err
		}
		if group[0].Kind == law.Document { // its own words tell of it as well: a title, a masthead
			words, err := c.termRun(nodes[first:after])
			if err != nil {
				return nil, err
			}
			e = joined(opOr, []*expr{e, joined(opAnd, words)})
		}
		all = append(all, reading{first, after, e})
	}
	return all, nil
}

// readNames reads persons: names that show themselves as such, and a surname
// alone. Of a surname the word in its forms is found as well: it may be none.
func (c *compiler) readNames(nodes []query.Node) (all []reading, err error) {
	text, start := c.textOf(nodes)
	taken := 0
	for _, p := range c.persons(text) {
		first, after, ok := covered(nodes, start+p.Start, start+p.End)
		if !ok || first < taken {
			continue
		}
		e, err := c.nameLeaf(text[p.Start:p.End], query.Span{Start: start + p.Start, End: start + p.End})
		if err != nil {
			return nil, err
		}
		all, taken = append(all, reading{first, after, e}), after
	}
	for i, n := range nodes {
		if slices.ContainsFunc(all, func(r reading) bool { return r.first <= i && i < r.end }) || !c.isSurname(n.(*query.Word).Text) {
			continue
		}
		e, err := c.surname(n)
		if err != nil {
			return nil, err
		}
		all = append(all, reading{i, i + 1, e})
	}
	return all, nil
}

// nameLeaf compiles words that read as a name.
func (c *compiler) nameLeaf(text string, at query.Span) (*expr, error) {
	told := len(c.prog.notes)
	op, err := c.person(text, at)
	if err != nil {
		return nil, err
	}
	for i := range c.prog.notes[told:] {
		if n := &c.prog.notes[told+i]; n.Kind == NoteName || n.Kind == NoteAlias {
			n.Query = c.asWords()
		}
	}
	return c.leaf(op)
}

// surname compiles a word that reads as a surname: as a name, or as the word.
func (c *compiler) surname(n query.Node) (*expr, error) {
	name, err := c.nameLeaf(n.(*query.Word).Text, n.Span()) // before the words: a match is shown as a name
	if err != nil {
		return nil, err
	}
	words, err := c.plain([]query.Node{n})
	if err != nil {
		return nil, err
	}
	return joined(opOr, append(words, name)), nil
}

// persons finds names in a run of words. Where nothing has a capital, as
// people type, the words are read as if they had, and the library must write
// them so.
func (c *compiler) persons(text string) []names.Person {
	if strings.IndexFunc(text, unicode.IsUpper) >= 0 {
		return names.Recognise(text)
	}
	titled := titleCase(text)
	if len(titled) != len(text) {
		return nil
	}
	found := names.Recognise(titled)
	return slices.DeleteFunc(found, func(p names.Person) bool {
		known := p.Start == 0 && p.End == len(text) // nothing but a name was typed
		for _, part := range p.Name.Parts {
			if part.Kind == names.Word && !c.isWrittenAsName(part.Form) {
				return true
			}
			known = known || names.IsGiven(part.Form) || c.isKnown(part.Form)
		}
		return !known // банковских карт активистов
	})
}

// isKnown reports whether the library has a form.
func (c *compiler) isKnown(form string) bool {
	_, ok := c.view.Form(form)
	return ok
}

// titleCase gives each word a capital.
func titleCase(s string) string {
	out := []rune(s)
	for i, r := range out {
		if unicode.IsLetter(r) && (i == 0 || !unicode.IsLetter(out[i-1]) && !strings.ContainsRune("’'ʼ", out[i-1])) {
			out[i] = unicode.ToUpper(r)
		}
	}
	return string(out)
}

// isWrittenAsName reports whether a form is written with a capital inside
// sentences, and seldom without. One that the library does not have is: it may
// be a spelling of one that it has.
func (c *compiler) isWrittenAsName(form string) bool {
	id, ok := c.view.Form(form)
	if !ok {
		return true
	}
	u := c.view.Uses(id)
	return u.Inside+u.First > u.Lower
}

// isSurname reports whether a word typed alone reads as a surname: by its
// ending, and by how the library writes it.
func (c *compiler) isSurname(word string) bool {
	form := lang.Fold(word)
	if !names.IsSurname(form) {
		return false
	}
	if id, ok := c.view.Form(form); ok {
		u := c.view.Uses(id)
		return u.Inside+u.First > u.Lower
	}
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// readAliases reads organisations and places, and persons of several names,
// that the table of aliases has.
func (c *compiler) readAliases(nodes []query.Node) (all []reading, err error) {
	list := wordsOf(nodes)
	notions := terms.Lookup(list.words, lang.Und)
	for _, m := range c.aliases.Scan(list.words, c.stemmer.Stems) {
		first, after, ok := list.nodes(m.Start, m.End)
		if !ok || c.terms && slices.ContainsFunc(notions, func(t terms.Match) bool { return t.Start <= m.Start && m.End <= t.End && m.End-m.Start < t.End-t.Start }) {
			continue // it is a part of a longer notion: a resolution of the Supreme Court
		}
		e, err := c.alias(nodes[first:after], m.Aliases)
		if err != nil {
			return nil, err
		}
		all = append(all, reading{first, after, e})
	}
	return all, nil
}

// alias compiles words that name a thing: they or one of its other names. A
// name that means something else as well counts only in a document that has
// another one.
func (c *compiler) alias(nodes []query.Node, aliases []names.Alias) (*expr, error) {
	typed, err := c.termRun(nodes)
	if err != nil {
		return nil, err
	}
	text, _ := c.textOf(nodes)
	sure, unsure := &anyOp{}, &anyOp{}
	var said []string
	for i := range aliases {
		op := c.aliasForm(&aliases[i], text)
		switch {
		case op == nil:
			continue
		case aliases[i].Context:
			unsure.kids = append(unsure.kids, op)
		default:
			sure.kids = append(sure.kids, op)
		}
		if !slices.Contains(said, aliases[i].Form) {
			said = append(said, aliases[i].Form)
		}
	}
	ways := []*expr{joined(opAnd, typed)}
	if len(sure.kids) > 0 {
		e, err := c.leaf(sure)
		if err != nil {
			return nil, err
		}
		ways = append(ways, e)
		if len(unsure.kids) > 0 {
			u, err := c.leaf(unsure)
			if err != nil {
				return nil, err
			}
			ways = append(ways, &expr{kind: opContext, kids: []*expr{u, e}, uses: u.uses})
		}
	}
	if len(ways) > 1 {
		c.note(Note{Kind: NoteAlias, Text: text, Value: strings.Join(said, " · "), Query: c.asWords()})
	}
	return joined(opOr, ways), nil
}

// aliasForm is one other name; nil if it is what was typed.
func (c *compiler) aliasForm(a *names.Alias, typed string) operand {
	if foldWords(a.Form) == foldWords(typed) {
		return nil
	}
	defer func(was Why) { c.why = was }(c.why)
	c.why = WhyAlias
	tokens := lang.Tokens(a.Form)
	parts, _ := splitCompounds(tokens)
	if a.Type == "person" {
		op, err := c.name(a.Form)
		c.prog.notes = c.prog.notes[:len(c.prog.notes)-1] // told with the alias
		if err != nil {
			return nil
		}
		return op
	}
	if a.Kind != names.Abbreviation {
		return c.phrase(tokens, false)
	}
	p := &phraseOp{}
	for _, t := range parts {
		w := c.formsWord(t.Form, []string{t.Form})
		w.capital = t.Cap
		p.parts, p.offsets = append(p.parts, w), append(p.offsets, uint32(t.Pos-parts[0].Pos))
	}
	return p
}
