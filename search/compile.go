package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/search/query"
)

// maxForms is how many exact forms a wildcard or a fuzzy word may stand for.
// More is told by a NoteLimit.
const maxForms = 4096

// A leaf is a part of a query that a paragraph has or has not.
type leaf struct {
	op       operand
	check    bool // candidates must be checked on their token streams
	negative bool // under a NOT: it neither scores nor highlights
}

// program is a compiled query.
type program struct {
	root      *expr
	leaves    []leaf
	slots     [][]Way // one for each wordOp: what the engine is asked
	preds     []pred  // conditions that stand beside all words
	alone     int     // slot of the very form typed, of a program of one word; -1 for others
	notes     []Note
	concerned []Concern // whom the document of an about: is about
	about     string    // the query for passages that name the case of the document asked for without its number; "" for none
}

// expr is a boolean over leaves and conditions.
type expr struct {
	kind opKind
	leaf int
	pred *pred
	kids []*expr
	uses leafSet // leaves below, for a document scope
}

type opKind int

const (
	opLeaf opKind = iota
	opPred
	opAnd
	opOr
	opNot
	opDocument // kids all in one document
	opContext  // the first kid here, the second anywhere in the document
)

// compiler turns a query into a program.
type compiler struct {
	view     View
	stop     func() error // of the context: the vocabulary is long
	text     string       // the query as typed, for notes
	prog     program
	neg      bool        // inside a NOT
	terms    bool        // legal terms are looked for in the other languages too
	read     bool        // plain words are read as names, references and aliases where they are
	why      Why         // what the words being compiled are part of; "" for plain words
	from, to corpus.Date // of the documents that are asked for; "" where open

	stemmer  *lang.Stemmer
	aliases  *names.AliasTable
	concerns func(key string) ([]Concern, error) // whom a document is about
	forms    int                                 // that words with * or ~ stand for so far
}

var errNoWords = errors.New("no words to look for")

// compile turns a query into a program against one view.
func (e *Engine) compile(ctx context.Context, tokens *stream, req Request, n query.Node) (*program, error) {
	text := req.Query
	c := &compiler{
		view: tokens.view, text: text, stop: looking(ctx.Err), stemmer: &tokens.scratch.stemmer, aliases: e.aliases(ctx),
		concerns: func(key string) ([]Concern, error) { return e.concerns(ctx, tokens.view, key) },
		terms:    !req.Any && !turnedOff(n, query.FieldTerms), read: !req.Any && !turnedOff(n, query.FieldAs),
	}
	c.from, c.to = datesOf(req, n)
	root, err := c.node(n)
	if err != nil {
		return nil, err
	}
	root = c.liftPreds(root)
	if root == nil && len(c.prog.preds) == 0 {
		return nil, &corpus.Error{Op: "search", Subj: text, Kind: corpus.ErrInvalid, Err: errNoWords}
	}
	c.prog.root, c.prog.alone = root, -1
	if w := c.prog.word(); w != nil && w.known {
		c.prog.alone = c.typedSlot(w)
	}
	return &c.prog, nil
}

// word returns the word of a program of one word; nil if it has more leaves, or
// the engine cannot tell them.
func (p *program) word() *wordOp {
	if len(p.leaves) != 1 || p.leaves[0].check || p.leaves[0].negative {
		return nil
	}
	w, _ := p.leaves[0].op.(*wordOp)
	return w
}

// typedSlot asks the engine for the paragraphs that have a word in the very form
// typed. It is the slot of the word itself, if the word has no other form.
func (c *compiler) typedSlot(w *wordOp) int {
	form := c.view.FormText(w.word)
	var ways []Way
	others := false
	for _, way := range c.prog.slots[w.slot] {
		others = others || len(way.Terms) != 1 || way.Terms[0] != form
		if slices.Contains(way.Terms, form) {
			ways = append(ways, Way{Field: way.Field, Terms: []string{form}, Weight: way.Weight})
		}
	}
	if !others {
		return w.slot
	}
	return c.waySlot(ways)
}

// liftPreds takes the conditions that stand beside all words out of the
// expression: they hold for every passage, not for a scope.
func (c *compiler) liftPreds(e *expr) *expr {
	if e == nil {
		return nil
	}
	if e.kind == opPred {
		c.prog.preds = append(c.prog.preds, *e.pred)
		return nil
	}
	if e.kind != opAnd {
		return e
	}
	kept := e.kids[:0]
	for _, k := range e.kids {
		if k.kind == opPred {
			c.prog.preds = append(c.prog.preds, *k.pred)
			continue
		}
		kept = append(kept, k)
	}
	return joined(opAnd, kept)
}

// node compiles one node; nil when it has no words ("-", "№").
func (c *compiler) node(n query.Node) (*expr, error) {
	switch n := n.(type) {
	case *query.And:
		return c.and(n.Kids)
	case *query.Word:
		if !n.Exact {
			return c.and([]query.Node{n})
		}
	case *query.Or:
		return c.kids(opOr, n.Kids)
	case *query.Not:
		c.neg = !c.neg
		kid, err := c.node(n.Kid)
		c.neg = !c.neg
		if err != nil || kid == nil {
			return nil, err
		}
		return &expr{kind: opNot, kids: []*expr{kid}, uses: kid.uses}, nil
	case *query.Same:
		if n.Unit == query.Document {
			return c.kids(opDocument, []query.Node{n.Left, n.Right})
		}
	case *query.Match:
		if p, ok, err := c.condition(n); ok || err != nil {
			if !n.Field.IsSwitch() {
				c.note(Note{Kind: NoteFilter, Text: n.String(), Value: n.Text, Query: c.without(n.At, "")})
			}
			return &expr{kind: opPred, pred: p}, err
		}
	}
	op, err := c.operand(n)
	if err != nil || op == nil {
		return nil, err
	}
	return c.leaf(op)
}

func (c *compiler) kids(kind opKind, nodes []query.Node) (*expr, error) {
	kids := make([]*expr, 0, len(nodes))
	for _, n := range nodes {
		k, err := c.node(n)
		if err != nil {
			return nil, err
		}
		if k != nil {
			kids = append(kids, k)
		}
	}
	return joined(kind, kids), nil
}

// joined makes one expression of several; nil of none.
func joined(kind opKind, kids []*expr) *expr {
	switch {
	case len(kids) == 0:
		return nil
	case len(kids) == 1 && kind != opNot:
		return kids[0]
	}
	e := &expr{kind: kind, kids: kids}
	for _, k := range kids {
		e.uses.union(k.uses)
	}
	return e
}

// maxLeaves is how many leaves a bits value can hold.
const maxLeaves = 256

var errTooMany = errors.New("more than 256 words")

func (c *compiler) leaf(op operand) (*expr, error) {
	if len(c.prog.leaves) == maxLeaves {
		return nil, &corpus.Error{Op: "search", Subj: c.text, Kind: corpus.ErrInvalid, Err: errTooMany}
	}
	e := &expr{kind: opLeaf, leaf: len(c.prog.leaves)}
	e.uses.add(e.leaf)
	c.prog.leaves = append(c.prog.leaves, leaf{op: op, check: !engineTells(op), negative: c.neg})
	return e, nil
}

// engineTells reports whether every candidate of an operand has it.
func engineTells(op operand) bool {
	switch op := op.(type) {
	case *wordOp:
		return !op.capital
	case *phraseOp:
		return len(op.parts) == 1 && engineTells(op.parts[0])
	case *anyOp:
		return !slices.ContainsFunc(op.kids, func(k operand) bool { return !engineTells(k) })
	case *refOp:
		return !op.whole
	}
	return false
}

// operand compiles a node that has a place in the text. It is nil when the node
// has no words.
func (c *compiler) operand(n query.Node) (op operand, err error) {
	switch n := n.(type) {
	case *query.Word:
		op = c.word(n.Text, n.Exact)
	case *query.Phrase:
		c.note(Note{Kind: NotePhrase, Text: n.String(), Value: n.Text, Query: c.without(n.At, n.Text)})
		op = c.phrase(lang.Tokens(n.Text), true)
	case *query.Pattern:
		forms, cut, stopped := patternForms(c.view.Lexicon(), n.Text, c.stop)
		op, err = c.expanded(n.Text, forms, cut, WhyWildcard), stopped
	case *query.Fuzzy:
		forms, cut, stopped := fuzzyForms(c.view.Lexicon(), lang.Fold(n.Text), n.Distance, c.stop)
		op, err = c.expanded(n.Text, forms, cut, WhyFuzzy), stopped
	case *query.Or:
		op, err = c.anyOf(n.Kids)
	case *query.Near:
		op, err = c.near(n.Left, n.Right, nearOp{distance: uint32(n.Words), ordered: n.Ordered})
	case *query.Same:
		op, err = c.near(n.Left, n.Right, nearOp{sentence: true})
	case *query.Match:
		op, err = c.match(n)
	default:
		err = &corpus.Error{Op: "search", Subj: n.String(), Kind: corpus.ErrInvalid, Err: errNoPlace}
	}
	if isNil(op) {
		return nil, err
	}
	return op, err
}

var errNoPlace = errors.New("this part of the query has no place in a sentence; use words, phrases or OR of them")

// isNil reports whether an operand holds nothing, not even a typed nil.
func isNil(op operand) bool {
	switch op := op.(type) {
	case *wordOp:
		return op == nil
	case *phraseOp:
		return op == nil
	}
	return op == nil
}

func (c *compiler) anyOf(nodes []query.Node) (operand, error) {
	a := &anyOp{}
	for _, n := range nodes {
		op, err := c.operand(n)
		if err != nil {
			return nil, err
		}
		if op != nil {
			a.kids = append(a.kids, op)
		}
	}
	if len(a.kids) == 0 {
		return nil, nil //nolint:nilnil // no words is an answer, not a failure
	}
	return a, nil
}

func (c *compiler) near(left, right query.Node, n nearOp) (operand, error) {
	l, err := c.operand(left)
	if err != nil {
		return nil, err
	}
	r, err := c.operand(right)
	if err != nil || l == nil || r == nil {
		return nil, err
	}
	n.left, n.right = l, r
	return &n, nil
}

// word compiles a word as typed. One that analyses to several tokens stands
// for them side by side, or for the compound they make.
func (c *compiler) word(text string, exact bool) operand {
	tokens := lang.Tokens(text)
	parts, wholes := splitCompounds(tokens)
	switch {
	case len(parts) == 0:
		return nil
	case len(parts) == 1 && !exact && !isNumber(parts[0].Form):
		return c.stemWord(parts[0].Form)
	case len(parts) == 1:
		return c.numberOrExact(parts[0].Form, exact)
	}
	phrase := c.phrase(parts, exact)
	if len(wholes) != 1 {
		return phrase
	}
	return &anyOp{kids: []operand{phrase, c.formsWord(wholes[0].Form, []string{wholes[0].Form})}}
}

// splitCompounds parts the tokens that share a position into the parts, which
// tile the text, and the wholes that cover several of them. A number stands
// whole: "931/2022" is not 931 beside 2022.
func splitCompounds(tokens []lang.Token) (parts, wholes []lang.Token) {
	number := 0 // where the last number ends
	for _, t := range tokens {
		switch {
		case t.Start < number: // a part of it
		case t.Joined && t.Form[0] >= '0' && t.Form[0] <= '9':
			parts, number = append(parts, t), t.End
		case t.Joined:
			wholes = append(wholes, t)
		default:
			parts = append(parts, t)
		}
	}
	return parts, wholes
}

func isNumber(form string) bool {
	return form != "" && strings.IndexFunc(form, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// numberOrExact is a form as it stands. A number also finds the articles that
// begin with it: 405 finds 405(2).
func (c *compiler) numberOrExact(form string, exact bool) operand {
	forms := []string{form}
	if !exact {
		forms = append(forms, c.gluedForms(form)...)
		for _, f := range c.view.Lexicon().begin(form + "(") {
			if forms = append(forms, f); len(forms) == maxForms {
				break
			}
		}
	}
	return c.formsWord(form, forms)
}

// phrase is words side by side, in exact forms or in any.
func (c *compiler) phrase(tokens []lang.Token, exact bool) operand {
	parts, _ := splitCompounds(tokens)
	if len(parts) == 0 {
		return nil
	}
	p := &phraseOp{}
	for _, t := range parts {
		if exact || isNumber(t.Form) {
			p.parts = append(p.parts, c.formsWord(t.Form, []string{t.Form}))
		} else {
			p.parts = append(p.parts, c.stemWord(t.Form))
		}
		p.offsets = append(p.offsets, uint32(t.Pos-parts[0].Pos))
	}
	return p
}

// stemWord is a word in any of its forms.
func (c *compiler) stemWord(form string) *wordOp {
	glued := c.gluedForms(form)
	w := &wordOp{reason: cmp.Or(c.why, WhyStem)}
	w.word, w.known = c.view.Form(form)
	var stems [numLangs - 1][]string
	for n, code := range stemLangs {
		stems[n] = c.stemmer.Stems(form, code)
	}
	c.withStems(w, stems, c.formIDs(glued), 1)
	return w
}

// glue is the short English words that texts copied from web pages and PDF
// files stick to their neighbours: "theformer", "unableto", "On8 June".
// Only those are here that begin or end no other words of this length, as "in"
// does: "admissible" must not find "inadmissible".
var (
	glueBefore   = []string{"the", "of", "and", "from"}
	glueAfter    = []string{"the", "of", "to", "and"}
	glueToNumber = []string{"on", "of", "in", "by", "to", "from", "and"}
	notGlued     = map[string]bool{"therapist": true, "therapists": true}
)

// minGlued is the shortest word, in bytes, that is looked for with its
// neighbour stuck to it. "ten" would find "often".
const minGlued = 6

// gluedForms lists the forms of the library that are the word with a short
// neighbour stuck to it.
func (c *compiler) gluedForms(form string) []string {
	number := isNumber(form)
	if !number && (len(form) < minGlued || strings.IndexFunc(form, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0) {
		return nil
	}
	var forms []string
	add := func(f string) {
		if _, ok := c.view.Form(f); ok && !notGlued[f] {
			forms = append(forms, f)
		}
	}
	if number {
		for _, g := range glueToNumber {
			add(g + form)
		}
		return forms
	}
	for _, g := range glueBefore {
		add(g + form)
	}
	for _, g := range glueAfter {
		add(form + g)
	}
	return forms
}

// formsWord is one of these exact forms.
func (c *compiler) formsWord(typed string, forms []string) *wordOp {
	w := &wordOp{slot: c.slot(forms), reason: cmp.Or(c.why, WhyExact)}
	w.word, w.known = c.view.Form(typed)
	w.withForms(c.formIDs(forms))
	return w
}

func (c *compiler) expanded(typed string, ids []FormID, cut bool, why Why) operand {
	if room := maxAllForms - c.forms; len(ids) > room {
		ids, cut = ids[:room], true
	}
	if c.forms += len(ids); cut {
		c.note(Note{Kind: NoteLimit, Text: typed})
	}
	w := c.formsWord(typed, c.formTexts(ids))
	w.reason = why
	return w
}

// slot asks the engine for the paragraphs that have one of the forms.
func (c *compiler) slot(forms []string) int {
	ways := make([]Way, len(fieldsOf))
	for n, field := range fieldsOf {
		ways[n] = Way{Field: field, Terms: forms, Weight: 1}
	}
	return c.waySlot(ways)
}

// waySlot asks the engine for the paragraphs that have one of the ways.
func (c *compiler) waySlot(ways []Way) int {
	c.prog.slots = append(c.prog.slots, ways)
	return len(c.prog.slots) - 1
}

// match compiles a name or a reference.
func (c *compiler) match(n *query.Match) (operand, error) {
	switch n.Field {
	case query.FieldName:
		if n.Exact {
			return c.nameAsWritten(n.Text), nil
		}
		return c.person(n.Text, n.At)
	case query.FieldCites:
		return c.cited(n), nil
	case query.FieldAbout:
		return c.about(n)
	default:
		return c.article(n)
	}
}

// nameAsWritten is a name in this spelling only: its words in any order, not
// far apart.
func (c *compiler) nameAsWritten(text string) operand {
	defer func(was Why) { c.why = was }(c.why)
	c.why = WhyName
	parts, _ := splitCompounds(lang.Tokens(text))
	var op operand
	for _, t := range parts {
		w := c.formsWord(t.Form, []string{t.Form})
		if op == nil {
			op = w
			continue
		}
		op = &nearOp{left: op, right: w, distance: nameSpan}
	}
	return op
}

func (c *compiler) note(n Note) { c.prog.notes = append(c.prog.notes, n) }

// without returns the query with one part replaced.
func (c *compiler) without(at query.Span, by string) string {
	if at.Start < 0 || at.End > len(c.text) || at.Start > at.End {
		return by
	}
	return strings.TrimSpace(c.text[:at.Start] + by + c.text[at.End:])
}
