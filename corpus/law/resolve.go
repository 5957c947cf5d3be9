package law

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"dalel/corpus/lang"
)

// write resolves what is still open and turns nodes and acts into references.
func (f *finder) write() {
	slices.SortStableFunc(f.nodes, func(a, b *node) int { return cmp.Compare(a.start, b.start) })
	for _, n := range f.nodes {
		if n.act != nil {
			n.act.bound = true
		}
	}
	f.out = slices.Grow(f.out, f.atMost())
	k := 0
	for i := range f.items {
		m := f.items[i].act
		if m == nil {
			continue
		}
		for k < len(f.nodes) && f.nodes[k].start < m.start {
			f.writeNode(f.nodes, k)
			k++
		}
		m.said = f.resolve(m, "", english)
		if !m.bound {
			f.writeAct(m, m.said)
		}
		f.remember(m, m.said)
	}
	for ; k < len(f.nodes); k++ {
		f.writeNode(f.nodes, k)
	}
	f.settleEditions()
}

// atMost is how many references the nodes and the acts may become.
func (f *finder) atMost() (n int) {
	for _, node := range f.nodes {
		n += max(1, len(node.specs))
	}
	for i := range f.items {
		if f.items[i].act != nil {
			n++
		}
	}
	return n
}

// writeAct writes an act that stands by itself.
func (f *finder) writeAct(m *mention, key string) {
	if key == "" || m.self || m.weak && m.country == "" {
		return
	}
	f.out = append(f.out, f.ref(Ref{Kind: Instrument, Instrument: key, Edition: m.edition}, m.start, m.end))
}

func (f *finder) ref(r Ref, start, end int) Ref {
	r.Start, r.End = f.ts[start].start, f.ts[f.shut(start, end)-1].end
	return r
}

// shut leaves a bracket at the end of a run of tokens out where it closes one
// that was opened before the run: "(Opinion No. 931/2022, para. 48)". That of
// "п. 4)" closes nothing and belongs to the number.
func (f *finder) shut(start, end int) int {
	if end-start < 2 || !f.is(end-1, ")") {
		return end
	}
	if f.opened == nil {
		f.opened = f.brackets()
	}
	if at := f.opened[end-1]; at >= 0 && at < start {
		return end - 1
	}
	return end
}

// brackets returns for each closing bracket the token that opened it; -1 for
// one that closes nothing, and for all other tokens.
func (f *finder) brackets() []int {
	out, open := make([]int, len(f.ts)), []int{}
	for i := range f.ts {
		out[i] = -1
		switch f.ts[i].form {
		case "(":
			open = append(open, i)
		case ")":
			if n := len(open); n > 0 {
				out[i], open = open[n-1], open[:n-1]
			}
		}
	}
	return out
}

// remember keeps an act for the back references that follow.
func (f *finder) remember(m *mention, key string) {
	if key == "" {
		return
	}
	f.mem.families[family(key)] = key
	if m.country != "" {
		f.mem.country = m.country
	}
	if m.edition != "" {
		f.mem.editions[key] = m.edition
	}
}

// family tells which general word means an act later on.
func family(key string) head {
	en := ""
	if i, ok := reg.byKey[key]; ok {
		en = reg.acts[i].EN
	}
	switch {
	case strings.Contains(en, "Protocol"):
		return protocolHead
	case strings.Contains(en, "Covenant"):
		return covenantHead
	case strings.Contains(en, "Convention"):
		return conventionHead
	case strings.Contains(en, "Declaration"):
		return declarationHead
	case strings.Contains(key, "LAW"):
		return lawHead
	case strings.HasSuffix(key, "-CONST"):
		return constitutionHead
	case reg.codes[key[strings.IndexByte(key, '-')+1:]]:
		return codeHead
	}
	return rulesHead
}

// resolve names the instrument of a mention; "" if that is not sure.
func (f *finder) resolve(m *mention, art string, l tongue) string {
	switch {
	case m.key != "":
		return m.key
	case m.self, m.opaque:
		return ""
	case m.code != "":
		if l != russian {
			art = ""
		}
		return f.landOf(m, art) + "-" + m.code
	case m.head == constitutionHead:
		return f.landOf(m, art) + "-CONST"
	}
	if key := f.mem.families[m.head]; key != "" && m.head != rulesHead {
		return key
	}
	switch m.head {
	case covenantHead:
		return "ICCPR"
	case declarationHead:
		return "UDHR"
	case conventionHead:
		if art != "" && l == english && f.capitalArticle(m) {
			return "ECHR"
		}
	default:
	}
	return ""
}

// capitalArticle reports whether the convention is cited as the European
// Court does: "Article 5 of the Convention", with a capital or with §. The
// treaty bodies write "article 5".
func (f *finder) capitalArticle(m *mention) bool {
	for k := m.start - 1; k >= 0 && k > m.start-40; k-- {
		if f.is(k, "article", "articles") {
			return f.ts[k].caps > 0
		}
		if f.is(k, "§") {
			return true
		}
	}
	return false
}

// landOf tells the country of a code that is named without one: the country
// beside it in the sentence or in the text, else the one named before. A
// number with a dot is one of the codes of Russia.
func (f *finder) landOf(m *mention, art string) string {
	if m.country != "" {
		return m.country
	}
	if strings.Contains(art, ".") && m.code != "CONST" {
		return "RU"
	}
	from, to := f.sentence(m.start)
	for _, scope := range [][2]int{{from, to}, {0, len(f.ts)}} {
		if land := f.landIn(scope[0], scope[1]); land == "KZ" || land != "" && f.ctx.Lang != lang.KK {
			return land
		}
	}
	return cmp.Or(f.mem.country, f.mem.mainLand())
}

// mainLand returns the country that a document is about: Kazakhstan if it
// names that or none, otherwise the one it names most.
func (m *Memory) mainLand() string {
	best, times := "KZ", 0
	if m.lands[best] > 0 {
		return best
	}
	for _, land := range slices.Sorted(maps.Keys(m.lands)) {
		if m.lands[land] > times {
			best, times = land, m.lands[land]
		}
	}
	return best
}

// landIn returns the country that the tokens from a to b name first, and
// Kazakhstan if they name it at all.
func (f *finder) landIn(a, b int) string {
	first, _ := slices.BinarySearchFunc(f.lands, a, func(l land, at int) int { return l.at - at })
	found := ""
	for _, l := range f.lands[first:min(len(f.lands), first+maxList)] {
		if l.at >= b || l.code == "KZ" {
			if l.at < b {
				return l.code
			}
			break
		}
		found = cmp.Or(found, l.code)
	}
	return found
}

// writeNode writes the references of the k-th node.
func (f *finder) writeNode(nodes []*node, k int) {
	n := nodes[k]
	r := Ref{Kind: Statute, Article: n.article}
	if n.act != nil {
		r.Instrument, r.Edition = f.resolve(n.act, cmp.Or(n.article, "-"), n.tongue), n.act.edition
	} else {
		r.Instrument = cmp.Or(f.elsewhere(n), f.byOffence(nodes, k))
	}
	if n.back {
		r.Article = f.mem.article
		r.Instrument = cmp.Or(r.Instrument, f.mem.act)
		if r.Article == "" {
			return
		}
	}
	if n.rule && !hasRules(r.Instrument) || r.Article == "" && len(n.specs) == 0 {
		return
	}
	if a, p, ok := strings.Cut(r.Article, "."); ok && len(n.specs) == 0 && dotsPlaces(r.Instrument, n.tongue) {
		r.Article, n.specs = a, []spec{{brackets: []string{p}}}
	}
	if r.Edition == "" {
		r.Edition = f.told(nodes, k, r)
	}
	if r.Article != "" && r.Instrument != "" {
		f.keep(r)
	}
	if len(n.specs) == 0 {
		f.out = append(f.out, f.ref(r, n.start, n.end))
		return
	}
	for i := range n.specs {
		one := n.specs[i].in(r, n.tongue)
		f.out = append(f.out, f.ref(one, n.start, n.end))
	}
}

// dotsPlaces reports whether 5.1 means a place under article 5. The codes of
// Russia number added articles so; Kazakhstan and the treaties do not, and
// other codes are cited so in English.
func dotsPlaces(key string, l tongue) bool {
	return isTreaty(key) || strings.HasPrefix(key, "KZ-") || l == english && key != "" && !strings.HasPrefix(key, "RU-")
}

func isTreaty(key string) bool {
	return key != "" && !strings.Contains(key, "-") || strings.HasPrefix(key, "ECHR-")
}

func hasRules(key string) bool {
	return key == "MANDELA" || key == "BODY-PRINCIPLES" || key == "WGAD-PRINCIPLES" || key == "BASIC-PRINCIPLES-LAWYERS"
}

// keep remembers the article of a reference.
func (f *finder) keep(r Ref) {
	f.mem.article, f.mem.act = r.Article, r.Instrument
	f.mem.bound[r.Instrument] = true
	if len(f.mem.articles) < maxRemembered {
		f.mem.articles[r.Article] = r.Instrument
	}
}

// elsewhere tells the act of an article that stands without one: the only act
// of its sentence, or the one the same article was named with before, or the
// only code of the document.
func (f *finder) elsewhere(n *node) string {
	if n.self {
		return ""
	}
	found, several := f.actOfSentence(n)
	if found != "" && !several {
		return found
	}
	if key := f.mem.articles[n.article]; key != "" {
		return key
	}
	if len(f.mem.bound) == 1 && !several {
		for key := range f.mem.bound {
			if reg.unitOf(key) == part {
				return key
			}
		}
	}
	return ""
}

// actOfSentence returns the act that the sentence of n names, and whether it
// names several or one that is not known.
func (f *finder) actOfSentence(n *node) (found string, several bool) {
	from, to := f.sentence(n.start)
	if f.said.to == to && to > 0 {
		return f.said.act, f.said.several
	}
	defer func() { f.said.to, f.said.act, f.said.several = to, found, several }()
	first, _ := slices.BinarySearchFunc(f.items, from, func(it item, at int) int { return it.start - at })
	for _, it := range f.items[first:] {
		m := it.act
		if it.start >= to {
			break
		}
		if m == nil {
			continue
		}
		key := cmp.Or(m.said, f.resolve(m, n.article, n.tongue))
		if key == "" || m.self || found != "" && found != key {
			return found, true
		}
		found = key
	}
	return found, false
}

// in writes a place into a reference, with the units that its act has.
func (sp *spec) in(r Ref, l tongue) Ref {
	for _, u := range []unit{part, section, point, subpoint} {
		if sp.at[u] != "" {
			r.set(u, sp.at[u])
		}
	}
	for _, b := range sp.brackets {
		if u := r.below(isDigits(b)); u != noUnit {
			r.set(u, b)
		}
	}
	if isTreaty(r.Instrument) {
		r.Point, r.Subpoint = sameScript(r.Point, english), sameScript(r.Subpoint, english)
	}
	// The European Court writes the part of a code as it does its own: § 2.
	if r.Part == "" && r.Paragraph != "" && isPenal(r.Instrument) {
		r.Part, r.Paragraph = r.Paragraph, ""
	}
	// Journalists and translators call the part of a criminal code тармақ and paragraph.
	if l != russian && r.Article != "" && r.Part+r.Paragraph == "" && isDigits(r.Point) && isPenal(r.Instrument) {
		r.Part, r.Point, r.Subpoint = r.Point, r.Subpoint, ""
	}
	return r
}

// below returns the unit of the next bracket: the part or the point that the
// act has right under an article, then what stands under that.
func (r Ref) below(number bool) unit {
	switch {
	case r.Part+r.Paragraph+r.Point+r.Subpoint == "" && number && reg.unitOf(r.Instrument) == part:
		return part
	case r.Paragraph+r.Point+r.Subpoint == "":
		return point
	case r.Subpoint == "":
		return subpoint
	}
	return noUnit
}

// isPenal reports whether an act is one of the codes whose articles have parts
// and nothing else right under them.
func isPenal(key string) bool {
	return strings.HasSuffix(key, "-UK") || strings.HasSuffix(key, "-UPK") || strings.HasSuffix(key, "-KOAP")
}
