package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/corpus/names"
)

// Count is a value and how many passages and works have it.
type Count struct {
	Value    string
	Passages int
	Works    int
}

// DocReport is what one document says of what a report is about.
type DocReport struct {
	Doc      *corpus.Document // facts only
	Passages int
	First    int  // ordinal of the first passage
	Party    bool // of a person: the facts of the document name the person as a party
	// Father is the patronymic that the document gives the person, as written;
	// "" if it gives none.
	Father string
}

// PersonReport is all that a library says of a person: how the name is written,
// where, and what articles stand in the same sentence.
type PersonReport struct {
	Result    *Result     // counts, facets, spellings and notes of the query; no passages
	Written   []Count     // the whole name as it stands, most passages first
	Namesakes []Namesake  // by patronymic, most passages first
	Docs      []DocReport // newest first
	Articles  []Count     // keys of articles in the same sentence, most passages first
}

// Namesake is the part of a person report that one patronymic has.
type Namesake struct {
	Father   string   // the patronymic, most often written so; "" where none is given
	Fathers  []string // every way it is written
	Written  []string
	Passages int
	Docs     []corpus.ID

	father names.Father
	counts map[string]int
	docs   map[DocNo]bool
}

// report runs write on a snapshot within the time of one search.
func (e *Engine) report(ctx context.Context, subject string, write func(ctx context.Context, view View) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &corpus.Error{Op: "search.report", Kind: corpus.ErrDamaged, Err: fmt.Errorf("panic: %v", p)}
		}
	}()
	limited, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	view := e.Forward.View()
	defer view.Release()
	err = write(limited, view)
	if err != nil && ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded) {
		return &corpus.Error{Op: "search.report", Subj: subject, Kind: corpus.ErrUnavailable, Err: ErrCostly}
	}
	return err
}

// NameQuery asks for a person in any spelling.
func NameQuery(name string) string {
	return `name:"` + strings.Join(strings.Fields(strings.ReplaceAll(name, `"`, " ")), " ") + `"`
}

// ArticleQuery asks for what a key points at.
func ArticleQuery(key string) string { return `article:"` + strings.ReplaceAll(key, `"`, "") + `"` }

// Person reports on a person; the name is as in a name: query, with the forms
// that are not wanted.
func (e *Engine) Person(ctx context.Context, name string, f Filter) (*PersonReport, error) {
	req := Request{Query: NameQuery(name), Filter: f, Facets: true}
	res, err := e.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	r := &PersonReport{Result: res}
	err = e.report(ctx, name, func(ctx context.Context, view View) error {
		p := &personWalk{
			view: view, written: newTally(view), articles: newTally(view), docs: map[DocNo]*DocReport{},
		}
		if err := e.walk(ctx, view, req, p.visit); err != nil {
			return err
		}
		p.parties(name)
		r.Written, r.Articles = p.written.counts(), p.articles.counts()
		r.Namesakes, r.Docs = p.settle(), p.list()
		return nil
	})
	return r, err
}

// personWalk gathers what a PersonReport holds.
type personWalk struct {
	view      View
	written   *tally
	articles  *tally
	namesakes []*Namesake
	docs      map[DocNo]*DocReport
}

func (p *personWalk) visit(w *walked) error {
	d := p.docs[w.doc]
	if d == nil {
		d = &DocReport{Doc: p.view.Doc(w.doc), First: int(p.view.Para(w.para).Ord)}
		p.docs[w.doc] = d
	}
	d.Passages++
	for _, at := range w.places {
		start, end := w.span(at.tokens[0], at.tokens[1])
		if w.stream.tokens[at.tokens[1]].Initial && strings.HasPrefix(w.text[end:], ".") {
			end++
		}
		text := strings.Join(strings.Fields(w.text[start:end]), " ")
		p.written.add(text, w)
		father, _ := names.FatherIn(names.Parse(text))
		p.namesake(father, text, w)
		if father.Text != "" && (d.Father == "" || len(d.Father) < len(father.Text)) {
			d.Father = father.Text
		}
	}
	countArticles(w, InSentence, p.articles)
	return nil
}

// namesake counts a place under its patronymic.
func (p *personWalk) namesake(f names.Father, text string, w *walked) {
	var to *Namesake
	for _, n := range p.namesakes {
		if (f.Text == "") == (n.father.Text == "") && (f.Text == "" || n.father.Initial == f.Initial && n.father.Same(f)) {
			to = n
			break
		}
	}
	if to == nil {
		to = &Namesake{father: f, counts: map[string]int{}, docs: map[DocNo]bool{}}
		p.namesakes = append(p.namesakes, to)
	}
	to.Passages++
	to.counts[text]++
	if f.Text != "" {
		to.counts["\t"+f.Text]++
	}
	to.docs[w.doc] = true
}

// settle gives each namesake its names. Initials go to the one namesake whose
// patronymic begins so.
func (p *personWalk) settle() []Namesake {
	kept := p.namesakes[:0:0]
	for _, n := range p.namesakes {
		if to := p.wholeOf(n); to != nil {
			to.take(n)
			continue
		}
		kept = append(kept, n)
	}
	out := make([]Namesake, 0, len(kept))
	for _, n := range kept {
		forms := mostFirst(n.counts)
		for _, f := range forms {
			if father, ok := strings.CutPrefix(f, "\t"); ok {
				n.Fathers = append(n.Fathers, father)
				n.Father = n.Fathers[0]
				continue
			}
			n.Written = append(n.Written, f)
		}
		for d := range n.docs {
			n.Docs = append(n.Docs, p.view.ID(d))
		}
		slices.Sort(n.Docs)
		out = append(out, *n)
	}
	slices.SortStableFunc(out, func(a, b Namesake) int { return cmp.Compare(b.Passages, a.Passages) })
	return out
}

// wholeOf returns the only namesake whose patronymic an initial can stand for.
func (p *personWalk) wholeOf(n *Namesake) (found *Namesake) {
	if !n.father.Initial {
		return nil
	}
	for _, o := range p.namesakes {
		if o == n || o.father.Initial || o.father.Text == "" || !o.father.Same(n.father) {
			continue
		}
		if found != nil {
			return nil
		}
		found = o
	}
	return found
}

func (n *Namesake) take(o *Namesake) {
	n.Passages += o.Passages
	for text, c := range o.counts {
		if !strings.HasPrefix(text, "\t") {
			n.counts[text] += c
		}
	}
	for d := range o.docs {
		n.docs[d] = true
	}
}

func mostFirst(counts map[string]int) []string {
	out := make([]string, 0, len(counts))
	for s := range counts {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return out
}

// parties marks the documents whose facts have the person as a party. In those
// the person is meant by other words too: the applicant, подсудимый.
func (p *personWalk) parties(name string) {
	asked, _ := withoutSpellings(name)
	e := names.NewExpander(asked)
	is := docWith(p.view, corpus.KeyParty, func(v string) bool {
		var forms []string
		for _, t := range lang.Tokens(v) {
			forms = append(forms, t.Form)
		}
		score, _ := e.Mention(forms)
		return score >= names.Same
	})
	_, docs := p.view.Size()
	for d := range DocNo(docs) {
		if !p.view.Alive(d) || !is(d) {
			continue
		}
		if p.docs[d] == nil {
			p.docs[d] = &DocReport{Doc: p.view.Doc(d)}
		}
		p.docs[d].Party = true
	}
}

// list orders the documents: newest first.
func (p *personWalk) list() []DocReport {
	out := make([]DocReport, 0, len(p.docs))
	for _, d := range p.docs {
		out = append(out, *d)
	}
	sortDocs(out)
	return out
}

func sortDocs(docs []DocReport) {
	slices.SortFunc(docs, func(a, b DocReport) int {
		return cmp.Or(cmp.Compare(b.Doc.Date(), a.Doc.Date()), cmp.Compare(a.Doc.ID, b.Doc.ID))
	})
}

// tally counts the passages and the works that values stand in.
type tally struct {
	view View
	by   map[string]*tallied
}

type tallied struct {
	passages int
	last     ParaNo // the passage last counted
	works    map[uint32]bool
}

func newTally(v View) *tally { return &tally{view: v, by: map[string]*tallied{}} }

// add counts a value in a passage, once.
func (t *tally) add(value string, w *walked) {
	c := t.by[value]
	if c == nil {
		c = &tallied{works: map[uint32]bool{}, last: ^ParaNo(0)}
		t.by[value] = c
	}
	if c.last != w.para {
		c.last = w.para
		c.passages++
	}
	c.works[t.view.Work(w.doc)] = true
}

// counts returns the values, those of most passages first.
func (t *tally) counts() []Count {
	out := make([]Count, 0, len(t.by))
	for v, c := range t.by {
		out = append(out, Count{v, c.passages, len(c.works)})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Passages, a.Passages), cmp.Compare(b.Works, a.Works), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// ArticleReport is all that a library says of an article, or of a place in it.
type ArticleReport struct {
	Key      string
	Result   *Result // counts, facets and notes of the query; no passages
	Places   []Count // the article and its parts and points that occur, by key, in the order of the article
	Together []Count // other articles in the same paragraphs, most passages first
	Persons  []Count // groups of persons named in the same sentence; they are mentioned together, no more
	Docs     []DocReport
}

// Article reports on what a key points at.
func (e *Engine) Article(ctx context.Context, key string, f Filter) (*ArticleReport, error) {
	_, article := law.ArticleOf(key)
	if article == "" {
		return nil, &corpus.Error{Op: "search.article", Subj: key, Kind: corpus.ErrInvalid, Err: errNoArticle}
	}
	req := Request{Query: ArticleQuery(key), Filter: f, Facets: true}
	res, err := e.Search(ctx, req)
	if err != nil {
		return nil, err
	}
	r := &ArticleReport{Key: key, Result: res}
	err = e.report(ctx, key, func(ctx context.Context, view View) error {
		a := &articleWalk{
			view: view, key: key, places: newTally(view), together: newTally(view), persons: newTally(view), docs: map[DocNo]*DocReport{},
		}
		if err := e.walk(ctx, view, req, a.visit); err != nil {
			return err
		}
		r.Places, r.Together, r.Persons = a.places.counts(), a.together.counts(), a.persons.counts()
		slices.SortFunc(r.Places, func(x, y Count) int { return law.Compare(x.Value, y.Value) })
		for _, d := range a.docs {
			r.Docs = append(r.Docs, *d)
		}
		sortDocs(r.Docs)
		return nil
	})
	return r, err
}

// articleWalk gathers what an ArticleReport holds.
type articleWalk struct {
	view                      View
	key                       string
	places, together, persons *tally
	docs                      map[DocNo]*DocReport
}

func (a *articleWalk) visit(w *walked) error {
	d := a.docs[w.doc]
	if d == nil {
		d = &DocReport{Doc: a.view.Doc(w.doc), First: int(a.view.Para(w.para).Ord)}
		a.docs[w.doc] = d
	}
	d.Passages++
	in := w.sentences()
	for _, m := range w.stream.mentioned() {
		switch {
		case m.First >= m.After:
		case m.Kind == corpus.MentionPerson && in[w.stream.tokens[m.First].Sentence]:
			group, _ := PersonOf(m.ID)
			a.persons.add(group, w)
		case m.Kind != corpus.MentionStatute:
		case slices.Contains(law.Prefixes(m.ID), a.key):
			a.places.add(m.ID, w)
		default:
			if _, article := law.ArticleOf(m.ID); article != "" && !strings.HasPrefix(article, law.AnyInstrument) {
				a.together.add(article, w)
			}
		}
	}
	return nil
}

// Scope is how near two things stand that are counted as mentioned together.
type Scope string

// The scopes.
const (
	InSentence  Scope = "sentence"
	InParagraph Scope = "paragraph"
)

// Scopes lists them, the narrowest first.
var Scopes = []Scope{InSentence, InParagraph}

// Together counts the articles that stand in one sentence, or one paragraph,
// with what a query finds: by key, most passages first.
func (e *Engine) Together(ctx context.Context, q string, scope Scope, f Filter) (out []Count, err error) {
	err = e.report(ctx, q, func(ctx context.Context, view View) error {
		articles := newTally(view)
		err := e.walk(ctx, view, Request{Query: q, Filter: f}, func(w *walked) error {
			countArticles(w, scope, articles)
			return nil
		})
		out = articles.counts()
		return err
	})
	return out, err
}

// countArticles counts the articles of a passage that stand with its places.
func countArticles(w *walked, scope Scope, to *tally) {
	in := w.sentences()
	for _, m := range w.stream.mentioned() {
		if m.Kind != corpus.MentionStatute || m.First >= m.After || scope == InSentence && !in[w.stream.tokens[m.First].Sentence] {
			continue
		}
		if _, article := law.ArticleOf(m.ID); article != "" {
			to.add(article, w)
		}
	}
}
