package law

import (
	"slices"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// Context is what is known about a text beside its words.
type Context struct {
	Date   corpus.Date // of the document; "" if unknown
	Lang   lang.Code   // of the text; "" or Und if unknown
	Memory *Memory     // what the paragraphs before said; nil if there are none
}

// Memory carries over a document what back references need: "the Covenant",
// "той же статьи", an article whose act was named before. The zero value is
// ready. It is filled by Find and belongs to one document.
type Memory struct {
	families map[head]string   // the last act of a family
	articles map[string]string // the act an article was last named with
	editions map[string]string // the edition last told of an instrument
	bound    map[string]bool   // instruments that articles were bound to
	document string            // the last document
	article  string            // the last article
	act      string            // and its instrument
	country  string            // of the last code named with a country
	lands    map[string]int    // how often each country was named
}

// maxRemembered bounds the articles that a Memory keeps.
const maxRemembered = 4096

func (m *Memory) init() {
	if m.families == nil {
		m.families, m.articles = map[head]string{}, map[string]string{}
		m.editions, m.bound, m.lands = map[string]string{}, map[string]bool{}, map[string]int{}
	}
}

// Find returns the references of a text in the order of their beginnings.
// Lists give one reference for each article or place they reach.
func Find(text string, ctx Context) []Ref {
	if !mayRefer(text) {
		return nil
	}
	mem := ctx.Memory
	if mem == nil {
		mem = new(Memory)
	}
	mem.init()
	f := finder{scanner: scanner{text: text, ts: tokenize(text)}, ctx: ctx, mem: mem}
	f.items = make([]item, 0, len(f.ts)/tokensPerItem+4)
	f.scan()
	f.nodes = make([]*node, 0, len(f.items)+4)
	for _, l := range f.lands {
		mem.lands[l.code]++
	}
	f.bindAll()
	slices.SortStableFunc(f.out, func(a, b Ref) int { return a.Start - b.Start })
	return f.out
}

// tokensPerItem is how many tokens an item and what stands around it have in a
// text dense with references.
const tokensPerItem = 8

// finder is the state of one Find.
type finder struct {
	scanner
	ctx    Context
	mem    *Memory
	items  []item
	nodes  []*node
	slab   []node // where nodes are made
	out    []Ref
	lands  []land   // countries named in the text
	stops  []int    // tokens that end a sentence
	opened []int    // what each bracket closes; nil until it is asked for
	said   struct { // what actOfSentence found for the sentence that ends at to
		to      int
		act     string
		several bool
	}
}

// land is a country named at a token.
type land struct {
	at   int
	code string
}

// scan fills the items.
func (f *finder) scan() {
	for i := 0; i < len(f.ts); {
		next := f.one(i)
		for ; i < next; i++ {
			if f.endsSentence(i) {
				f.stops = append(f.stops, i)
			}
		}
	}
}

// one reads what starts at token i and returns the token after it.
func (f *finder) one(i int) int {
	switch t := &f.ts[i]; {
	case t.kind == isWord && len(t.form) > shortWord && !starters[indexKey(t.form)] && !f.is(i+1, "/"), t.kind == isSign && isInner(t.form):
		return i + 1
	}
	if docs, next := f.documentsAt(i); len(docs) > 0 {
		for _, d := range docs {
			f.mem.document = d.id
			f.items = append(f.items, item{start: d.start, end: d.end, doc: d.id})
		}
		return next
	}
	for _, read := range []func(int) (item, bool){f.unitAt, f.bareArticle, f.sameDocument} {
		if it, ok := read(i); ok {
			f.items = append(f.items, it)
			f.follow(it)
			return it.end
		}
	}
	return f.oneAct(i)
}

// isInner reports whether a sign only stands inside a reference or between two.
func isInner(sign string) bool {
	switch sign[0] {
	case ',', '.', ')', ':', ';', '/':
		return true
	}
	return false
}

// oneAct reads an act, or a country by itself, at token i.
func (f *finder) oneAct(i int) int {
	if m, ok := f.act(i); ok && m.end > i && (!m.isVague() || f.touches(&m)) {
		kept := m // m itself must not escape: most tokens are no act
		f.items = append(f.items, item{start: m.start, end: m.end, act: &kept, tongue: m.tongue})
		if m.country != "" {
			f.lands = append(f.lands, land{i, m.country})
		}
		return m.end
	}
	if n, next := reg.match(f.ts, i); n != nil && n.sense == ofCountry {
		f.lands = append(f.lands, land{i, n.key})
		return next
	}
	return i + 1
}

// follow keeps where a run that began with an article has come to.
func (f *finder) follow(it item) {
	switch {
	case it.doc != "":
		f.run = 0
	case it.unit == article && it.tongue != kazakh:
		f.run, f.atArticle, f.many = it.end, it.end, it.plural && it.tongue == english
	case f.run > 0 && it.start <= f.run+2:
		f.run = it.end
	default:
		f.run = 0
	}
}

// bareArticle reads the further articles of a list whose articles have parts:
// "ст.ст. 188 ч. 3, 190 ч. 2".
func (f *finder) bareArticle(i int) (item, bool) {
	if f.run == 0 || !f.isNumber(i) {
		return item{}, false
	}
	if f.many && f.is(f.run, ",") && (i == f.run+1 || i == f.run+2 && f.is(i-1, "and")) {
		return f.bareInEnglish(i)
	}
	bracket := f.run == i-2 && f.is(i-2, ")") // статьи 188 (ч. 3), 190 (ч. 4)
	if f.run != i-1 && !bracket || !f.is(i-1, ",", "и") {
		return item{}, false
	}
	n, next, ok := f.number(i)
	behind := next
	if bracket && f.is(next, "(") {
		behind++
	}
	if !ok || unitWords[f.formAt(behind)].unit != part {
		return item{}, false
	}
	v := value{text: n, start: i, end: next}
	return item{start: i, end: next, unit: article, tongue: russian, values: []value{v}}, true
}

// bareInEnglish reads the further articles of "articles 19, paragraph 3, and 21".
func (f *finder) bareInEnglish(i int) (item, bool) {
	w := unitWord{article, english, true, false}
	list, next := f.values(i, w)
	if len(list) == 0 || i == f.run+1 && len(list) == 1 && !f.is(next, ",", "and", "of") {
		return item{}, false
	}
	return item{start: i, end: next, unit: article, tongue: english, plural: true, values: list}, true
}

// sameDocument reads "Ibid., para. 55": the document named last.
func (f *finder) sameDocument(i int) (item, bool) {
	if f.mem.document == "" || !f.is(i, "ibid", "ibidem") && (!f.is(i, "там") || !f.is(i+1, "же")) {
		return item{}, false
	}
	next := i + 1
	for f.is(next, "же", ".") {
		next++
	}
	return item{start: i, end: next, doc: f.mem.document}, true
}

// touches reports whether a word such as "the Law" stands right beside a unit;
// elsewhere it is a word like others: "equality before the law".
func (f *finder) touches(m *mention) bool {
	switch m.head {
	case conventionHead, covenantHead, declarationHead, protocolHead:
		if m.tongue == english && f.ts[m.start].caps == 0 && !m.self {
			return false
		}
	default:
	}
	if n := len(f.items); n > 0 && m.start-f.items[n-1].end < near && !f.between(f.items[n-1].end, m.start).stop {
		return true
	}
	k := m.end
	for f.is(k, "(", ",", ":") {
		k++
	}
	if k >= len(f.ts) {
		return false
	}
	_, ok := f.unitAt(k)
	return ok
}

// endsSentence reports whether a sentence ends with token i: a full stop that
// is no abbreviation's, before a capital.
func (f *finder) endsSentence(i int) bool {
	if !f.is(i, ".", "!", "?", "…") || i+1 >= len(f.ts) {
		return false
	}
	n := f.ts[i+1]
	if n.glued || n.kind == isWord && n.caps == 0 {
		return false
	}
	return i == 0 || f.ts[i-1].kind != isWord || len(f.ts[i-1].form) > 6 && !f.isUnit(i-1)
}

// sentence returns the tokens of the sentence that token i is in.
func (f *finder) sentence(i int) (from, to int) {
	k, _ := slices.BinarySearch(f.stops, i)
	to = len(f.ts)
	if k < len(f.stops) {
		to = f.stops[k]
	}
	if k > 0 {
		from = f.stops[k-1] + 1
	}
	return from, to
}

// gap is what stands between two items.
type gap struct {
	tight bool // nothing, or a bracket that opens
	of    bool // "of the", and nothing else
	last  bool // "of the" comes last
	comma bool
	conj  bool
	open  bool // a bracket or a colon opens
	stop  bool // other words: the items have nothing to do with each other
}

// between looks at the tokens from a to b; explanations do not count.
func (f *finder) between(a, b int) gap {
	g := gap{tight: true}
	if b-a > maxGloss*3 {
		return gap{stop: true}
	}
	for i := a; i < b; {
		if end := f.pastGloss(i); end > i && end <= b {
			i = end
			continue
		}
		form := f.ts[i].form
		g.last = form == "of" || form == "the" && (g.last || g.tight)
		switch {
		case form == ",", form == ";":
			g.comma, g.tight, g.of = true, false, false
		case form == "(", form == ":":
			g.open = true
		case form == ")", form == "–", form == "-", form == "/", form == "»", form == "«", form == `"`:
		case form == "of", form == "the", form == "its":
			g.of, g.tight = !g.comma && !g.conj, false
		case isListWord(form), form == "также", form == "а", form == "as", form == "well", form == "сондай", form == "ақ":
			g.conj, g.tight, g.of = true, false, false
		case isJoin(form):
			g.tight = false
		default:
			return gap{stop: true}
		}
		i++
	}
	return g
}

// isJoin reports whether a word may stand between the parts of one citation.
func isJoin(form string) bool {
	switch form {
	case "of", "the", "its", "under", "to", "with", "read", "in", "conjunction", "both", "new", "former", "alone", "together", "taken", "by", "from",
		"по", "со", "с", "в", "к", "из", "на", "же", "той", "этого", "того", "настоящего", "ранее", "действовавшего", "действующего", "прежнего", "настоящей", "настоящих", "этой", "данной", "данного", "самого", "новой", "редакции",
		"осы", "сол", "аталған", "this", "present", "same", "said", "that", "совокупности", "также",
		"федерального", "федеральным", "федеральный", "конституционного", "конституционным", "нормативного", "нормативным", "нормативтік", "конституциялық":
		return true
	}
	return false
}
