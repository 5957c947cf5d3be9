package search

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/search/query"
)

// refOp is a reference to a statute or a document, in any way of writing it.
// The engine has every prefix of every reference, so that 405 finds 405(2).
type refOp struct {
	slot  int
	keys  map[string]bool // any of these, or what is below them
	whole bool            // articles as a whole only, without a part or a point
	memo  map[string]bool // by the key of a mention
	bare  string          // the query for the article without the part that was asked for
}

// reference is where a query asks for one.
type reference struct {
	at    query.Span
	words bool // in plain words, which may be words after all
	whole bool // the article as a whole is asked for: article:=405
}

func (r *refOp) candidates() need { return need{slot: r.slot} }

func (r *refOp) find(s *stream, dst []place) []place {
	for _, m := range s.mentioned() {
		if m.First < m.After && r.wants(m.ID) {
			dst = append(dst, placeOf(s, m.First, m.After-1))
		}
	}
	sortPlaces(dst)
	return dst
}

// wants reports whether the key of a mention is one that was asked for.
func (r *refOp) wants(key string) bool {
	ok, known := r.memo[key]
	if !known {
		ok = slices.ContainsFunc(law.Prefixes(key), func(p string) bool { return r.keys[p] })
		if ok && r.whole {
			_, article := law.ArticleOf(key)
			ok = article == key
		}
		r.memo[key] = ok
	}
	return ok
}

func (r *refOp) why(s *stream, i int) Why {
	for _, m := range s.mentioned() {
		if m.First <= i && i < m.After && r.wants(m.ID) {
			if m.Kind == corpus.MentionDocument {
				return WhyDocument
			}
			return WhyArticle
		}
	}
	return ""
}

func (r *refOp) typed(*stream, int) bool { return false }

var (
	errNoArticle = errors.New("not an article")
	errNoNumber  = errors.New("not the number of a document")
)

// reference makes an operand of keys any of which may stand for it.
func (c *compiler) reference(keys []string) *refOp {
	r := &refOp{keys: map[string]bool{}, memo: map[string]bool{}}
	var ways []Way
	for _, k := range keys {
		if !r.keys[k] {
			r.keys[k] = true
			ways = append(ways, keyWay(k))
		}
	}
	r.slot = c.waySlot(ways)
	return r
}

// keyWay asks for a reference by its key.
func keyWay(key string) Way { return Way{Field: FieldRefs, Terms: []string{key}, Weight: 1} }

// article compiles an article in any way of writing it. What several articles
// are meant by, all must be there; of one article whose part may be a point as
// well, either.
func (c *compiler) article(m *query.Match) (operand, error) {
	refs, ok := law.ParseQuery(string(query.FieldArticle) + ":" + m.Text)
	if !ok { // the parser of queries refuses these
		return nil, &corpus.Error{Op: "search", Subj: m.Text, Kind: corpus.ErrInvalid, Err: errNoArticle}
	}
	return c.references(refs, m.Text, reference{at: m.At, whole: m.Exact}), nil
}

// references compiles what law read in a text of the query.
func (c *compiler) references(refs []law.Ref, text string, in reference) operand {
	var op operand
	for _, group := range byArticle(c.dated(refs)) {
		keys := make([]string, len(group))
		for i, r := range group {
			keys[i] = r.Key()
		}
		one := c.reference(keys)
		one.whole = in.whole
		if one.hasPart() {
			one.bare = c.without(in.at, bareQuery(keys))
		}
		c.noteReference(text, group[0], in)
		c.offerCase(group[0], in)
		if op == nil {
			op = one
			continue
		}
		op = &nearOp{left: op, right: one, distance: anyDistance}
	}
	return op
}

// anyDistance joins operands that must stand in one paragraph.
const anyDistance = 1 << 30

// byArticle puts the references together that are ways to read one article.
func byArticle(refs []law.Ref) (groups [][]law.Ref) {
	for _, r := range refs {
		i := slices.IndexFunc(groups, func(g []law.Ref) bool {
			return g[0].Article != "" && g[0].Article == r.Article && g[0].Instrument == r.Instrument && r.Kind == law.Statute
		})
		if i < 0 {
			groups = append(groups, []law.Ref{r})
			continue
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// dated chooses the edition that was in force at the time that the query asks
// about, where the reference leaves it open.
func (c *compiler) dated(refs []law.Ref) []law.Ref {
	out := slices.Clone(refs)
	for i := range out {
		if out[i].Edition == "" && out[i].Instrument != "" {
			out[i].Edition = law.EditionBetween(out[i].Instrument, c.from, c.to)
		}
	}
	return out
}

// noteReference tells how a reference was read, and what else is offered: the
// article that it became, or was, when the code was replaced.
func (c *compiler) noteReference(text string, r law.Ref, in reference) {
	n := Note{Kind: NoteRef, Text: text, Value: r.Key(), Start: in.at.Start, End: in.at.End}
	if in.words {
		n.Query = c.asWords()
	}
	c.note(n)
	_, article := law.ArticleOf(r.Key())
	for _, s := range law.Successors(article) {
		c.noteSuccessor(article, s.Key)
	}
	// What the number means in the other edition has a number of its own in this.
	for _, edition := range law.Editions(r.Instrument) {
		if edition.Year == r.Edition || r.Edition == "" {
			continue
		}
		other := law.Ref{Kind: law.Statute, Instrument: r.Instrument, Edition: edition.Year, Article: r.Article}
		for _, s := range law.Successors(other.Key()) {
			if ref, ok := law.ParseKey(s.Key); ok && ref.Edition == r.Edition && ref.Article != r.Article {
				c.noteSuccessor(other.Key(), s.Key)
			}
		}
	}
}

// offerCase has the passages looked for that name the case of a document and
// not its number.
func (c *compiler) offerCase(r law.Ref, in reference) {
	if r.Kind != law.Document || c.neg || c.prog.about != "" || paperOf(r.Key()) == nil {
		return
	}
	c.prog.about = c.without(in.at, string(query.FieldAbout)+`:"`+r.Key()+`"`)
}

func (c *compiler) noteSuccessor(of, key string) {
	c.note(Note{Kind: NoteSuccessor, Text: of, Value: key, Query: string(query.FieldArticle) + ":" + key})
}

// withoutPart counts the passages that have the article asked for without the
// part that was asked for, and are none of those found: an author may have
// meant it. query finds them; it is "" for a query that asks for no part.
func (a *answer) withoutPart(ctx context.Context, x Index, leaves [][]posting) (n int, query string, err error) {
	i := slices.IndexFunc(a.prog.leaves, func(l leaf) bool {
		r, is := l.op.(*refOp)
		return is && !l.negative && r.hasPart()
	})
	if i < 0 {
		return 0, "", nil
	}
	bare := &refOp{keys: map[string]bool{}, whole: true, memo: map[string]bool{}}
	var ways []Way
	for key := range a.prog.leaves[i].op.(*refOp).keys {
		if _, article := law.ArticleOf(key); !bare.keys[article] {
			bare.keys[article] = true
			ways = append(ways, keyWay(article))
		}
	}
	slots, _, err := gatherSlots(ctx, x, a.ranker.stream, [][]Way{ways}, false)
	if err != nil {
		return 0, "", err
	}
	leaves = slices.Clone(leaves)
	if leaves[i], err = checked(ctx, a.ranker.stream, bare, slots[0]); err != nil {
		return 0, "", err
	}
	s := &sweep{view: a.view, prog: a.prog, filter: a.filter, leaves: leaves, any: a.req.Any}
	others, err := s.run(ctx)
	if err != nil {
		return 0, "", err
	}
	for _, d := range others.docs {
		for _, p := range others.passages[d.from:d.to] {
			if d.fails == 0 && !a.has(p.para) {
				n++
			}
		}
	}
	return n, a.prog.leaves[i].op.(*refOp).bare, nil
}

// has reports whether a paragraph is among the passages found.
func (a *answer) has(p ParaNo) bool {
	_, ok := slices.BinarySearchFunc(a.found.passages, p, func(x passage, p ParaNo) int { return int(x.para) - int(p) })
	return ok
}

// hasPart reports whether a part or a point was asked for.
func (r *refOp) hasPart() bool {
	for key := range r.keys {
		if _, article := law.ArticleOf(key); article == "" || article == key {
			return false
		}
	}
	return len(r.keys) > 0
}

// asWords is the query with every word as a word: the way out of readings.
func (c *compiler) asWords() string {
	return strings.TrimSpace(c.text) + " " + string(query.FieldAs) + ":" + query.AsWords
}

// cited compiles the number of a document, in any way of writing it.
func (c *compiler) cited(m *query.Match) operand {
	refs, ok := law.Whole(m.Text)
	if !ok || slices.ContainsFunc(refs, func(r law.Ref) bool { return r.Kind != law.Document }) {
		return c.phrase(lang.Tokens(m.Text), true)
	}
	return c.references(refs, m.Text, reference{at: m.At})
}

// bareQuery asks for the articles of keys as a whole, where the keys themselves
// do not stand.
func bareQuery(keys []string) string {
	var articles, parts []string
	for _, key := range keys {
		_, article := law.ArticleOf(key)
		if q := string(query.FieldArticle) + `:="` + article + `"`; !slices.Contains(articles, q) {
			articles = append(articles, q)
		}
		parts = append(parts, "-"+string(query.FieldArticle)+`:"`+key+`"`)
	}
	q := strings.Join(articles, " OR ")
	if len(articles) > 1 {
		q = "(" + q + ")"
	}
	return q + " " + strings.Join(parts, " ")
}

// datesOf returns the dates that a request asks about: from its filter, and
// from the conditions that stand beside the words of its query; "" where open.
func datesOf(req Request, n query.Node) (from, to corpus.Date) {
	from, to = req.Filter.From, req.Filter.To
	kids := []query.Node{n}
	if and, ok := n.(*query.And); ok {
		kids = and.Kids
	}
	for _, k := range kids {
		m, ok := k.(*query.Match)
		if !ok || m.Field != query.FieldDate {
			continue
		}
		if f, t, err := query.DateRange(m.Text); err == nil {
			from, to = cmp.Or(from, f), cmp.Or(to, t) // of two conditions on dates the first tells
		}
	}
	return from, to
}
