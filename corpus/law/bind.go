package law

import (
	"slices"
	"strings"
)

// node is one article, or a place in an act that has none, on its way to
// become references.
type node struct {
	article    string
	specs      []spec
	start, end int // tokens
	tongue     tongue
	act        *mention
	back       bool
	rule       bool
	self       bool
	tail       bool // more units may attach
}

// nodesMade is how many nodes are made at once.
const nodesMade = 16

// made keeps a node where its neighbours are.
func (f *finder) made(n node) *node {
	if len(f.slab) == cap(f.slab) {
		f.slab = make([]node, 0, nodesMade)
	}
	f.slab = append(f.slab, n)
	return &f.slab[len(f.slab)-1]
}

// bindAll cuts the items into clusters, binds each, and writes the references.
func (f *finder) bindAll() {
	for a := 0; a < len(f.items); {
		b := a + 1
		for b < len(f.items) && f.items[a].doc == "" && f.items[b].doc == "" && !f.between(f.items[b-1].end, f.items[b].start).stop {
			b++
		}
		if f.items[a].doc != "" {
			b = f.bindDocument(a)
		} else {
			c := cluster{finder: f, items: f.items[a:b]}
			c.bind()
		}
		a = b
	}
	f.write()
}

// bindDocument writes a document with the paragraph that follows it. It
// returns the item after them.
func (f *finder) bindDocument(a int) int {
	it := f.items[a]
	r, end := Ref{Kind: Document, ID: it.doc}, it.end
	b := a + 1
	if b < len(f.items) && (f.items[b].unit == point || f.items[b].unit == section) && f.items[b].doc == "" {
		if g := f.between(it.end, f.items[b].start); !g.stop && !g.conj && !g.of {
			v := f.items[b].values[0]
			r.Paragraph = v.text
			end = f.items[b].end
			b++
		}
	}
	f.out = append(f.out, f.ref(r, it.start, end))
	return b
}

// cluster is a run of items that only commas, conjunctions and explanations
// stand between.
type cluster struct {
	*finder
	items []item
	nodes []*node
	pend  []int    // units that wait for the article after them
	lead  *mention // an act that stands before its articles
	leadK int
	open  int // the first node without an act
}

func (c *cluster) gapBefore(k int) gap {
	if k == 0 {
		return gap{stop: true}
	}
	return c.between(c.items[k-1].end, c.items[k].start)
}

func (c *cluster) bind() {
	for k := range c.items {
		it := &c.items[k]
		switch {
		case it.isAct():
			c.bindAct(k)
		case it.unit == article:
			c.bindArticle(k)
		default:
			c.bindUnit(k)
		}
	}
	for _, n := range c.nodes[c.open:] {
		n.act = c.lead
	}
	c.finder.nodes = append(c.finder.nodes, c.nodes...)
}

// bindAct gives an act to the articles before it, or keeps it for those after.
func (c *cluster) bindAct(k int) {
	m, g := c.items[k].act, c.gapBefore(k)
	if len(c.nodes) > c.open {
		c.claim(m, k, g)
	} else if len(c.pend) > 0 && (g.tight || g.of || !g.comma && !g.conj) {
		c.unitOnly(m, k)
	}
	c.pend = nil
	c.giveLead(len(c.nodes))
	c.lead, c.leadK = m, k
}

// claim gives an act to the open nodes before it: to all, or to the last where
// another act leads them. Kazakh names the act first, so that one that comes
// later is for what follows.
func (c *cluster) claim(m *mention, k int, g gap) {
	last := len(c.nodes) - 1
	apart := (g.comma || g.conj) && !g.last // "article 14, paragraph 3, of the Covenant"
	switch {
	case c.nodes[last].tongue == kazakh && !g.open:
		return
	case c.lead == nil && apart && !g.open, c.lead != nil && (apart || m.self):
		return
	case c.lead != nil:
		c.giveLead(last)
	}
	for _, n := range c.nodes[c.open:] {
		n.act = m
	}
	c.nodes[last].end = c.items[k].end
	c.open = len(c.nodes)
}

// giveLead gives the leading act to the open nodes before node end.
func (c *cluster) giveLead(end int) {
	for _, n := range c.nodes[c.open:end] {
		n.act = c.lead
	}
	c.open = end
}

// unitOnly makes a node of the waiting units: "пункт 11 Правил".
func (c *cluster) unitOnly(m *mention, k int) {
	if m.code == "GK" || m.code == "NK" || strings.HasSuffix(m.key, "-GK") || strings.HasSuffix(m.key, "-NK") {
		return // часть 4 ГК РФ is a volume of the code
	}
	first := &c.items[c.pend[0]]
	c.nodes = append(c.nodes, c.made(node{specs: c.build(c.pend, true), start: first.start, end: c.items[k].end, tongue: first.tongue, act: m}))
	c.open = len(c.nodes)
}

// bindArticle makes nodes of an article's numbers.
func (c *cluster) bindArticle(k int) {
	it := &c.items[k]
	g := c.gapBefore(k)
	c.dropLead(k, g)
	specs, start := c.build(c.pend, true), c.startOf(k)
	switch {
	case it.self || it.back:
		c.nodes = append(c.nodes, c.made(node{specs: specs, start: start, end: it.end, tongue: it.tongue, self: it.self, back: it.back, tail: true}))
	case len(c.nodes) > 0 && len(it.values) == 1 && c.repeats(k, g):
		return
	default:
		c.addNodes(k, specs, start)
	}
	c.pend = nil
}

// startOf returns the token that the citation of article k starts with: its
// units, or the act right before them.
func (c *cluster) startOf(k int) int {
	first := k
	if len(c.pend) > 0 {
		first = c.pend[0]
	}
	fresh := len(c.nodes) == 0 || c.nodes[len(c.nodes)-1].act != c.lead
	if c.lead != nil && fresh && c.leadK == first-1 && c.gapBefore(first).tight {
		return c.lead.start
	}
	return c.items[first].start
}

// dropLead forgets the act before article k where it has nothing to do with
// it: "the Constitution and article 5 of the Code", "ст. 5 УК, ст. 6 …".
func (c *cluster) dropLead(k int, g gap) {
	if c.lead == nil || c.leadK != k-1 {
		return
	}
	past := len(c.nodes) > 0 && c.nodes[len(c.nodes)-1].act == c.lead
	if g.conj || past && !g.tight && c.items[k].tongue != kazakh {
		c.lead = nil
	}
}

// addNodes makes a node of each number; the units before the list go to the
// numbers that take them.
func (c *cluster) addNodes(k int, specs []spec, start int) {
	it := &c.items[k]
	for i, v := range it.values {
		n := c.made(node{article: v.text, start: v.start, end: max(v.end, v.start+1), tongue: it.tongue, rule: it.rule, tail: i == len(it.values)-1, specs: v.subs})
		if i == 0 && (specs == nil || c.takes(k, i)) {
			n.start = start
		}
		if v.split {
			n.start = start // the crime of an attempt pair: its parts stand before the pair
		}
		if n.tail {
			n.end = it.end
		}
		if n.specs == nil && c.takes(k, i) {
			n.specs = specs
		}
		c.nodes = append(c.nodes, n)
	}
}

// takes reports whether the i-th number of an article's list has the units
// before the list: the first has, and each of "части 1 статей 3 и 4"; of an
// attempt pair only the crime has.
func (c *cluster) takes(k, i int) bool {
	it := &c.items[k]
	for _, v := range it.values {
		if v.split {
			return i == len(it.values)-1
		}
	}
	word := c.ts[it.start].form
	return i == 0 || word == "статей" || word == "статьям" || word == "articles" && len(c.pend) > 0
}

// repeats reports whether an article in brackets repeats the one before it:
// "Article 5 (art. 5)".
func (c *cluster) repeats(k int, g gap) bool {
	last := c.nodes[len(c.nodes)-1]
	it := &c.items[k]
	if it.unit != article || !c.is(it.start-1, "(") || g.comma || g.conj || last.article != it.values[0].text {
		return false
	}
	last.end = it.end
	return true
}

// bindUnit attaches a unit below the article to the article before it, or
// keeps it for the one after.
func (c *cluster) bindUnit(k int) {
	it := &c.items[k]
	if it.unit == section && !c.gapBefore(k).tight && !c.gapBefore(k).comma {
		return
	}
	if c.volumeOfCode(k) {
		return
	}
	if len(c.pend) == 0 && c.backward(k) {
		c.hang(k)
		return
	}
	if it.tongue == kazakh && c.lead != nil && len(c.nodes) == c.open && len(c.pend) == 0 {
		c.nodes = append(c.nodes, c.made(node{start: c.items[c.leadK].start, end: it.end, tongue: kazakh, act: c.lead, specs: c.build([]int{k}, false), tail: true}))
		c.open = len(c.nodes)
		return
	}
	c.pend = append(c.pend, k)
}

// volumeOfCode reports whether a part is a volume of a code: ч. 4 ГК РФ.
func (c *cluster) volumeOfCode(k int) bool {
	if c.items[k].unit != part || k+1 >= len(c.items) || !c.items[k+1].isAct() || !c.gapBefore(k+1).tight {
		return false
	}
	m := c.items[k+1].act
	return m.code == "GK" || m.code == "NK" || strings.HasSuffix(m.key, "-GK") || strings.HasSuffix(m.key, "-NK")
}

// backward reports whether unit k belongs to the article before it.
func (c *cluster) backward(k int) bool {
	if len(c.nodes) == 0 || !c.nodes[len(c.nodes)-1].tail {
		return false
	}
	if c.items[k].tongue == kazakh {
		return c.lead == nil || len(c.nodes) > c.open || c.nodes[len(c.nodes)-1].act == c.lead && c.leadK < k-1
	}
	return c.backwardOf(k)
}

// backwardOf is backward for Russian and English, where a unit may stand on
// either side of its article.
func (c *cluster) backwardOf(k int) bool {
	g := c.gapBefore(k)
	if g.comma && c.opensAct(k) || c.items[k-1].isAct() && !g.tight && !g.open && !g.comma {
		return false
	}
	ahead, straight := c.articleAhead(k)
	if !ahead || g.comma || g.conj {
		return !ahead || !straight
	}
	return g.tight && c.items[k-1].unit != noUnit && c.startedWithArticle(k)
}

// lookAhead is how many items may decide what a unit belongs to.
const lookAhead = 24

// opensAct reports whether unit k and those right after it lead up to an act
// that has no articles: "…, пунктом 3 Указа".
func (c *cluster) opensAct(k int) bool {
	for j := k + 1; j < min(len(c.items), k+lookAhead); j++ {
		g := c.gapBefore(j)
		if !g.tight && !g.of || c.items[j].unit == article {
			return false
		}
		if m := c.items[j].act; m != nil {
			return m.kind == decreeHead || m.kind == resolutionHead || m.kind == orderHead || m.kind == rulesHead
		}
	}
	return false
}

// articleAhead reports whether units from k on lead up to an article, and
// whether the last of them stands right before it.
func (c *cluster) articleAhead(k int) (ahead, straight bool) {
	for j := k + 1; j < min(len(c.items), k+lookAhead); j++ {
		it := &c.items[j]
		g := c.gapBefore(j)
		switch {
		case it.isAct():
			return false, false
		case it.unit == article:
			return true, g.tight || g.of
		case it.tongue == english && (g.comma || g.conj):
			return false, false
		}
	}
	return false, false
}

// startedWithArticle reports whether the run of items since the last comma or
// conjunction begins with an article: "ст. 30 ч. 3 ст. 105".
func (c *cluster) startedWithArticle(k int) bool {
	j := k
	for j > max(0, k-lookAhead) {
		g := c.gapBefore(j)
		if g.comma || g.conj {
			break
		}
		j--
	}
	return c.items[j].unit == article
}

// hang attaches unit k, which stands after its article.
func (c *cluster) hang(k int) {
	n := c.nodes[len(c.nodes)-1]
	it := &c.items[k]
	n.end = max(n.end, it.end)
	if len(n.specs) == 0 {
		n.specs = []spec{{}}
	}
	last := n.specs[len(n.specs)-1]
	switch low := last.lowest(); {
	case low == noUnit || rank(it.unit) < rank(low):
		c.lower(n, it)
	case rank(it.unit) > rank(low) && last.at[it.unit] == "" && c.gapBefore(k).tight && !c.items[k-1].isAct():
		c.raise(n, it) // "ст. 105 (п. 5 ч. 3)"
	default:
		// A sibling: "ч. 2 п. 1, ч. 3" keeps what stands above it.
		var base spec
		for u := article; u > noUnit; u-- {
			if rank(u) > rank(it.unit) {
				base.at[u] = last.at[u]
			}
		}
		n.specs = capped(append(n.specs, base.times(it)...))
	}
}

// lower adds a unit below the places already attached: below the last, and in
// Kazakh below all of the list that the last belongs to.
func (c *cluster) lower(n *node, it *item) {
	from := len(n.specs) - 1
	last := n.specs[from]
	for it.tongue == kazakh && from > 0 && n.specs[from-1].lowest() == last.lowest() && n.specs[from-1].shared(last, it.unit) {
		from--
	}
	var tail []spec
	for _, sp := range n.specs[from:] {
		tail = append(tail, sp.times(it)...)
	}
	n.specs = capped(append(n.specs[:from:from], tail...))
}

// raise adds a unit that stands above the places already attached.
func (c *cluster) raise(n *node, it *item) {
	var out []spec
	for _, sp := range n.specs {
		if sp.at[it.unit] == "" {
			out = append(out, sp.times(it)...)
		} else {
			out = append(out, sp)
		}
	}
	n.specs = capped(out)
}

// shared reports whether two places come from one list above unit u.
func (sp *spec) shared(o spec, u unit) bool {
	for v := article; v > noUnit; v-- {
		if rank(v) > rank(u) && (sp.at[v] == "") != (o.at[v] == "") {
			return false
		}
	}
	return true
}

func capped(specs []spec) []spec { return specs[:min(len(specs), maxList)] }

// rank orders units from the lowest; § and part are on one level.
func rank(u unit) int {
	if u == section {
		return int(part)
	}
	return int(u)
}

func (sp *spec) lowest() unit {
	for _, u := range []unit{subpoint, point, section, part} {
		if sp.at[u] != "" {
			return u
		}
	}
	return noUnit
}

// times returns the place with each number of a unit added.
func (sp spec) times(it *item) []spec {
	var out []spec
	for _, v := range it.values {
		one := sp
		one.at[it.unit] = v.text
		if len(v.subs) == 0 {
			out = append(out, one)
		}
		for _, sub := range v.subs {
			two := one
			two.brackets = append(slices.Clone(one.brackets), sub.brackets...)
			if sub.at[section] != "" {
				two.at[section] = sub.at[section]
			}
			out = append(out, two)
		}
	}
	return capped(out)
}

// build makes places of units that stand one before another. Ascending units
// lead up to the article: "п. 1 ч. 2, ч. 3" is part 2 point 1, and part 3.
func (c *cluster) build(units []int, ascending bool) []spec {
	var groups [][]*item
	for _, k := range units {
		it := &c.items[k]
		if g := len(groups) - 1; g >= 0 {
			prev := groups[g][len(groups[g])-1]
			if ascending && rank(it.unit) > rank(prev.unit) || !ascending && rank(it.unit) < rank(prev.unit) {
				groups[g] = append(groups[g], it)
				continue
			}
		}
		groups = append(groups, []*item{it})
	}
	var out, next []spec
	for _, group := range slices.Backward(groups) {
		var base spec
		if ascending && len(next) > 0 {
			top := group[len(group)-1].unit
			for u := article; rank(u) > rank(top); u-- {
				base.at[u] = next[0].at[u]
			}
		}
		next = []spec{base}
		for _, it := range group {
			var more []spec
			for _, sp := range next {
				more = append(more, sp.times(it)...)
			}
			next = capped(more)
		}
		out = capped(append(slices.Clone(next), out...))
	}
	return capped(out)
}
