package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"dalel/corpus"
	"dalel/corpus/names"
	"dalel/search/query"
)

// bestPerDoc is how many passages of a document a grouped answer shows, if the
// Request does not say.
const bestPerDoc = 3

// Engine answers Requests.
type Engine struct {
	Index   Index
	Forward Forward
	Clock   func() time.Time // for Result.Took
	// Aliases gives the table of other names in use; nil for the built-in one.
	Aliases func(context.Context) *names.AliasTable

	people  personGroups
	scratch sync.Pool // of *scratch
}

// builtinAliases is the table that comes with the program.
var builtinAliases = sync.OnceValue(func() *names.AliasTable { return names.NewAliasTable(names.BuiltinAliases()) })

func (e *Engine) aliases(ctx context.Context) *names.AliasTable {
	if e.Aliases == nil {
		return builtinAliases()
	}
	return e.Aliases(ctx)
}

// answer is one search under way.
type answer struct {
	view   View
	req    Request
	prog   *program
	filter *compiledFilter
	leaves [][]posting
	found  *found
	names  []*nameOp // of the query
	people *personGroups
	ranker ranker
	docs   []docEntry    // those that fail no filter
	cited  map[DocNo]int // how many works cite a document; made when an order asks
}

// Search answers one Request. A query that cannot be read is
// corpus.ErrInvalid, one that took too long corpus.ErrUnavailable.
func (e *Engine) Search(ctx context.Context, req Request) (res *Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			res, err = nil, &corpus.Error{Op: "search", Kind: corpus.ErrDamaged, Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	start := e.Clock()
	node, err := parse(req)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	view := e.Forward.View()
	defer view.Release()
	res, err = e.answer(limited, view, req, node)
	if err != nil && ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded) {
		return nil, &corpus.Error{Op: "search", Subj: req.Query, Kind: corpus.ErrUnavailable, Err: ErrCostly}
	}
	if err != nil {
		return nil, err
	}
	if d, ok := view.(interface{ Doubt() error }); ok && d.Doubt() != nil {
		res.Notes = append(res.Notes, Note{Kind: NoteRebuilt})
	}
	res.Took = e.Clock().Sub(start)
	return res, nil
}

var (
	errDates = errors.New("the first date is after the last")
	errRange = errors.New("offset and limit must not be negative, and works have no passage to begin after")
)

// index returns the index that goes with a view, where the view knows one:
// another may have taken its place in e since.
func (e *Engine) index(v View) Index {
	if own, ok := v.(interface{ Index() Index }); ok {
		return own.Index()
	}
	return e.Index
}

func parse(req Request) (query.Node, error) {
	if req.Limit < 0 || req.Offset < 0 || req.Best < 0 || req.Group && req.After != "" {
		return nil, &corpus.Error{Op: "search", Kind: corpus.ErrInvalid, Err: errRange}
	}
	first, _ := req.Filter.From.Days()
	if _, last := req.Filter.To.Days(); last > 0 && first > last {
		return nil, &corpus.Error{Op: "search", Kind: corpus.ErrInvalid, Err: errDates}
	}
	if !req.Any {
		return query.Parse(req.Query)
	}
	if n := query.ParseAny(req.Query); n != nil {
		return n, nil
	}
	return nil, &corpus.Error{Op: "search", Subj: req.Query, Kind: corpus.ErrInvalid, Err: errNoWords}
}

func (e *Engine) answer(ctx context.Context, view View, req Request, node query.Node) (*Result, error) {
	tokens := e.begin(view)
	defer e.end(tokens)
	prog, err := e.compile(ctx, tokens, req, node)
	if err != nil {
		return nil, err
	}
	res, err := e.run(ctx, tokens, req, node, prog)
	if err != nil || res.Hits > 0 {
		return res, err
	}
	if res.Outside, err = e.outside(ctx, tokens, req, node); err != nil || !prog.loosen() {
		return res, err
	}
	distant, err := e.run(ctx, tokens, req, node, prog)
	if err != nil || distant.Hits == 0 {
		return res, err
	}
	distant.Notes = append(distant.Notes, Note{Kind: NoteDistant, Text: req.Query})
	return distant, nil
}

// sweepFor finds the passages of a compiled query.
func (e *Engine) sweepFor(ctx context.Context, tokens *stream, req Request, prog *program) (*answer, error) {
	leaves, typed, err := gather(ctx, e.index(tokens.view), tokens, prog, req.Any)
	if err != nil {
		return nil, err
	}
	view := tokens.view
	a := &answer{
		view: view, req: req, prog: prog, leaves: leaves, names: prog.names(), people: &e.people, filter: compileFilter(view, req.Filter),
		ranker: newRanker(tokens, prog, typed, req.Any),
	}
	s := &sweep{view: view, prog: prog, filter: a.filter, leaves: leaves, any: req.Any, found: tokens.scratch.found.empty()}
	a.found, err = s.run(ctx)
	if err == nil {
		tokens.scratch.found = *a.found
	}
	return a, err
}

// run answers a compiled query.
func (e *Engine) run(ctx context.Context, tokens *stream, req Request, node query.Node, prog *program) (*Result, error) {
	a, err := e.sweepFor(ctx, tokens, req, prog)
	if err != nil {
		return nil, err
	}
	bare, bareQuery, err := a.withoutPart(ctx, e.index(tokens.view), a.leaves)
	if err != nil {
		return nil, err
	}
	res, err := a.result(ctx, node)
	if err != nil {
		return nil, err
	}
	res.WithoutPart, res.WithoutPartQuery = bare, bareQuery
	res.Unnumbered, err = e.unnumbered(ctx, tokens, req, prog)
	return res, err
}

// result counts what was found, ranks it and fetches what is shown.
func (a *answer) result(ctx context.Context, node query.Node) (*Result, error) {
	res := &Result{Query: node.String(), Notes: a.prog.notes, DocsApart: len(a.found.apart)}
	a.docs = withoutFails(a.found.docs)
	for _, d := range a.docs {
		res.Hits += d.to - d.from
	}
	res.Docs = len(a.docs)
	for range worksIn(a.view, a.docs) {
		res.Works++
	}
	// Not in the order of the index, which is another once it is built again.
	slices.SortFunc(a.found.apart, func(x, y DocNo) int { return cmp.Or(a.newest(x, y), a.view.CompareIDs(x, y)) })
	for _, d := range a.found.apart {
		res.Apart = append(res.Apart, a.view.ID(d))
	}
	res.Unread, res.Doubtful = a.view.Unread()
	if a.req.Facets {
		res.Facets = append(facets(a.view, a.filter, a.people, a.req.Filter, a.found.docs), a.speech()...)
	}
	passages := a.admitted()
	res.Spellings = a.spellings(passages)
	a.tiers(passages)
	if err := a.rank(ctx, passages); err != nil {
		return nil, err
	}
	var err error
	if a.req.Group {
		res.Groups, err = a.groups(ctx, passages)
	} else {
		res.Passages, res.Rank, err = a.page(ctx, passages)
	}
	return res, err
}

// withoutFails returns the documents that fail no filter.
func withoutFails(docs []docEntry) []docEntry {
	fails := func(d docEntry) bool { return d.fails != 0 }
	if !slices.ContainsFunc(docs, fails) {
		return docs
	}
	return slices.DeleteFunc(slices.Clone(docs), fails)
}

// admitted moves the passages of admitted documents together.
func (a *answer) admitted() []passage {
	if len(a.docs) == len(a.found.docs) {
		return a.found.passages
	}
	var out []passage
	for i := range a.docs {
		d := &a.docs[i]
		from := len(out)
		out = append(out, a.found.passages[d.from:d.to]...)
		d.from, d.to = from, len(out)
	}
	return out
}

// rank gives the passages their final scores.
func (a *answer) rank(ctx context.Context, p []passage) error {
	if a.prog.root == nil {
		return nil
	}
	return a.ranker.lift(ctx, p, a.toLift(p))
}

// toLift returns the rankDepth best passages, in no order.
func (a *answer) toLift(p []passage) []int {
	keys := a.ranker.stream.scratch.keys[:0]
	for i := range p {
		keys = append(keys, p[i].key())
	}
	a.ranker.stream.scratch.keys = keys
	worst := ^uint64(0)
	if len(p) > rankDepth {
		worst = nth(keys, rankDepth-1)
	}
	var out, ties []int
	for i, k := range keys {
		switch {
		case k < worst:
			out = append(out, i)
		case k == worst:
			ties = append(ties, i)
		}
	}
	for _, i := range best(len(ties), rankDepth-len(out), func(x, y int) int { return a.byScore(p, ties[x], ties[y]) }) {
		out = append(out, ties[i])
	}
	return out
}

// byScore orders passages best first; ties by date, newest first, then by
// document ID and ordinal.
func (a *answer) byScore(p []passage, x, y int) int {
	if c := cmp.Compare(p[x].tier, p[y].tier); c != 0 {
		return c
	}
	if c := cmp.Compare(p[y].score, p[x].score); c != 0 {
		return c
	}
	return a.byPlace(p[x].para, p[y].para)
}

func (a *answer) byPlace(x, y ParaNo) int {
	dx, dy := a.view.DocOf(x), a.view.DocOf(y)
	if dx == dy {
		return cmp.Compare(x, y)
	}
	if c := a.newest(dx, dy); c != 0 {
		return c
	}
	return a.view.CompareIDs(dx, dy)
}

// newest orders documents by the first day their date may mean, latest first;
// unknown last.
func (a *answer) newest(x, y DocNo) int {
	dx, _ := a.view.Days(x)
	dy, _ := a.view.Days(y)
	return cmp.Compare(dy, dx)
}

// byDate orders documents by the first day their date may mean; unknown last.
func (a *answer) byDate(x, y DocNo) int {
	dx, _ := a.view.Days(x)
	dy, _ := a.view.Days(y)
	switch {
	case dx == dy:
		return 0
	case dx == 0:
		return 1
	case dy == 0:
		return -1
	case a.req.Sort == ByDateDown:
		return cmp.Compare(dy, dx)
	}
	return cmp.Compare(dx, dy)
}

// page fetches passages offset … offset+limit of the order asked for, and says
// the rank of the first.
func (a *answer) page(ctx context.Context, p []passage) (hits []Hit, rank int, err error) {
	passed := 0
	if a.req.After != "" {
		if p, passed, err = a.rest(p); err != nil {
			return nil, 0, err
		}
	}
	wanted := saturating(a.req.Offset, a.req.Limit)
	var order []int
	if a.order() == nil {
		order = bestPassages(p, wanted, a.passageOrder(p))
	} else {
		order = best(len(p), wanted, a.passageOrder(p))
	}
	for _, i := range order[min(a.req.Offset, len(order)):] {
		h, err := a.hit(ctx, p[i])
		if err != nil {
			return nil, 0, err
		}
		hits = append(hits, h)
	}
	return hits, passed + a.req.Offset + 1, nil
}

// passageOrder compares passages by their places in p.
func (a *answer) passageOrder(p []passage) func(x, y int) int {
	by := a.order()
	if by == nil {
		return func(x, y int) int { return a.byScore(p, x, y) }
	}
	return func(x, y int) int {
		return cmp.Or(by(a.view.DocOf(p[x].para), a.view.DocOf(p[y].para)), a.byScore(p, x, y))
	}
}

var errAfter = errors.New("this passage is not in the answer, which may have changed; begin from the start")

// rest returns the passages that come after Request.After, and how many do not.
func (a *answer) rest(p []passage) (rest []passage, passed int, err error) {
	ref, err := corpus.ParseRef(a.req.After)
	if err != nil {
		return nil, 0, err
	}
	at := slices.IndexFunc(p, func(x passage) bool {
		return a.view.Para(x.para).Ord == int32(ref.Ord) && strings.HasPrefix(string(a.view.ID(a.view.DocOf(x.para))), ref.Doc)
	})
	if at < 0 {
		return nil, 0, &corpus.Error{Op: "search", Subj: a.req.After, Kind: corpus.ErrInvalid, Err: errAfter}
	}
	less := a.passageOrder(p)
	for i := range p {
		if less(i, at) > 0 {
			rest = append(rest, p[i])
		}
	}
	return rest, len(p) - len(rest), nil
}

// saturating adds without running over.
func saturating(a, b int) int {
	if a > int(^uint(0)>>1)-b {
		return int(^uint(0) >> 1)
	}
	return a + b
}

func (a *answer) hit(ctx context.Context, p passage) (Hit, error) {
	if err := ctx.Err(); err != nil {
		return Hit{}, err
	}
	slim := a.view.Para(p.para)
	h := Hit{Doc: a.view.Doc(slim.Doc), Text: a.view.TextHash(slim.Doc), Score: float64(p.score)}
	if a.req.Bare {
		h.Para.Ord = int(slim.Ord)
	} else if err := a.read(p.para, &h); err != nil {
		return Hit{}, err
	}
	for _, n := range a.names {
		h.Likeness = max(h.Likeness, float64(n.likeness(p.para)))
	}
	return h, nil
}

// read fetches the text of a hit and what the query found in it.
func (a *answer) read(no ParaNo, h *Hit) (err error) {
	if h.Para, err = a.view.Paragraph(no); err != nil {
		return err
	}
	h.Matches, err = a.ranker.matches(no, h.Para.Text)
	return err
}

func (a *answer) group(ctx context.Context, d docEntry, all []passage) (Group, error) {
	p := all[d.from:d.to]
	g := Group{Doc: a.view.Doc(d.doc), Hits: len(p)}
	for _, i := range best(len(p), cmp.Or(a.req.Best, bestPerDoc), func(x, y int) int { return a.byScore(p, x, y) }) {
		h, err := a.hit(ctx, p[i])
		if err != nil {
			return Group{}, err
		}
		g.Best = append(g.Best, h)
	}
	return g, nil
}

var sorts = []Sort{ByRelevance, ByDate, ByDateDown, ByCited}

// order is the order of documents that was asked for; nil for relevance.
func (a *answer) order() func(x, y DocNo) int {
	switch a.req.Sort {
	case ByDate, ByDateDown:
		return a.byDate
	case ByCited:
		return a.citedMost
	default:
		return nil
	}
}

// Known reports whether s is an order; "" is ByRelevance.
func (s Sort) Known() bool { return s == "" || slices.Contains(sorts, s) }
