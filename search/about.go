package search

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/lang/terms"
	"dalel/corpus/law"
	"dalel/corpus/names"
	"dalel/search/query"
)

// Concern is a person whom a numbered document is about, and how that is known.
// People say "the opinion on X" in place of its number, so the name leads to
// passages that the number does not. They are offered and never counted.
type Concern struct {
	Name   string
	Basis  Basis
	Source string    // reference of the document or the passage; the address that a row of our table names
	Doc    corpus.ID // of a source that the library holds
	Ord    int       // the passage of it; 0 for the document
}

// Basis is how the program knows whom a document is about.
type Basis string

// The bases, the surest first.
const (
	ByDocument Basis = "document" // the document itself says so; the library holds it
	ByPassage  Basis = "passage"  // a passage of the library names the number together with the person
	ByAlias    Basis = "alias"    // a row of the table of other names has the number as its ID
	ByTable    Basis = "table"    // a row of the table that comes with the program
)

// Unnumbered is what is offered beside the passages that name a document: those
// that name its case, near a word for such a document, without its number.
type Unnumbered struct {
	Query    string // finds them all
	About    []Concern
	Hits     int // passages
	Docs     int
	Works    int
	Passages []Hit // the best
}

// unnumberedShown is how many passages are offered at once.
const unnumberedShown = 5

// paper is a kind of numbered document that is about persons, and the words
// that stand for it.
type paper struct {
	prefix string   // of its keys
	notion string   // a name of its body in the table of legal terms
	body   []string // what the body is called for short; other bodies are called so too
	words  []string // for the document, and for what it says
}

// papers holds what the bodies and the press of the three languages write.
var papers = []paper{
	{
		"A/HRC/WGAD/", "WGAD",
		[]string{"Working Group", "Рабочая группа", "жұмыс тобы"},
		[]string{"opinion", "decision", "arbitrary", "мнение", "решение", "произвольный", "произвольно", "пікір", "қорытынды", "шешім", "негізсіз", "озбыр"},
	},
	{
		"CCPR/C/", "Human Rights Committee",
		[]string{"Committee", "Комитет", "комитет"},
		[]string{"views", "communication", "соображения", "сообщение", "решение", "пікір", "хабарлама", "шешім"},
	},
	{
		"CAT/C/", "Committee against Torture",
		[]string{"Committee", "Комитет", "комитет"},
		[]string{"decision", "communication", "complaint", "решение", "сообщение", "жалоба", "шешім", "хабарлама", "шағым"},
	},
	{
		"ECHR/", "ECtHR",
		[]string{"European Court", "Strasbourg", "Европейский суд", "Страсбург", "Еуропалық сот"},
		[]string{"judgment", "application", "постановление", "решение", "жалоба", "қаулы", "шешім", "шағым"},
	},
}

func paperOf(key string) *paper {
	i := slices.IndexFunc(papers, func(p paper) bool { return strings.HasPrefix(key, p.prefix) })
	if i < 0 {
		return nil
	}
	return &papers[i]
}

// concernOp is the places that name the case of a document without its number:
// a person whom it is about in one sentence with the body that it comes from,
// or with a word for such a document where the paragraph has the body too.
type concernOp struct {
	key                 string
	whom                []whom
	notion, body, words operand
	isSelf              func(DocNo) bool // the document itself, and its other versions
}

// whom is a person by the whole name, and by the surname alone; nil where no
// part of the name is known to be one.
type whom struct {
	full, surname *nameOp
}

func (o *concernOp) candidates() need {
	said := anyNeed(o.notion.candidates(), o.body.candidates(), o.words.candidates())
	var named []need
	for _, w := range o.whom {
		named = append(named, w.full.candidates())
		if w.surname != nil {
			named = append(named, w.surname.candidates())
		}
	}
	if len(named) == 0 {
		return said
	}
	return need{slot: -1, kids: []need{anyNeed(named...), said}}
}

func (o *concernOp) find(s *stream, dst []place) []place {
	named := o.named(s)
	if len(named) == 0 || o.isSelf(s.view.DocOf(s.no)) || o.isNumbered(s) {
		return dst
	}
	notion, body, words := o.notion.find(s, nil), o.body.find(s, nil), o.words.find(s, nil)
	anyBody := len(notion)+len(body) > 0
	for _, p := range named {
		n, b, w := ofSentence(notion, p), ofSentence(body, p), ofSentence(words, p)
		switch {
		case len(n) > 0:
			dst = append(append(dst, p), n...)
		case len(b) > 0 && len(words)+len(notion) > 0:
			dst = append(append(dst, p), b...)
		case len(w) > 0 && anyBody:
			dst = append(append(dst, p), w...)
		}
	}
	sortPlaces(dst)
	return slices.CompactFunc(dst, func(a, b place) bool { return a.tokens == b.tokens })
}

// isNumbered reports whether a paragraph names the number: it is counted then.
func (o *concernOp) isNumbered(s *stream) bool {
	return slices.ContainsFunc(s.mentioned(), func(m Mention) bool { return m.ID == o.key })
}

// named returns the places of the persons. A surname that stands in the name of
// somebody else is none.
func (o *concernOp) named(s *stream) (out []place) {
	for _, w := range o.whom {
		out = w.full.find(s, out)
		if w.surname == nil {
			continue
		}
		for _, p := range w.surname.find(s, nil) {
			if !w.isOther(s, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// isOther reports whether the surname at p is part of a name that is not the
// person's.
func (w *whom) isOther(s *stream, p place) bool {
	for _, m := range s.mentioned() {
		if m.Kind == corpus.MentionPerson && m.First <= p.tokens[0] && p.tokens[1] < m.After && m.After-m.First > 1 {
			var forms []string
			for i := m.First; i < m.After; i++ {
				forms = append(forms, s.form(i))
			}
			score, _ := w.full.expander.Mention(forms)
			return score < names.Same
		}
	}
	for _, i := range [2]int{p.tokens[0] - 1, p.tokens[1] + 1} {
		if i < 0 || i >= len(s.tokens) || !s.tokens[i].Cap || s.tokens[i].Sentence != p.sentence || !beside(s, i, p.tokens[0], p.tokens[1]) {
			continue
		}
		if (s.tokens[i].Initial || names.IsGiven(s.form(i))) && w.full.mayBe(s.form(i)) == 0 {
			return true
		}
	}
	return false
}

func ofSentence(places []place, p place) (out []place) {
	for _, q := range places {
		if q.sentence == p.sentence {
			out = append(out, q)
		}
	}
	return out
}

func (o *concernOp) why(s *stream, i int) Why {
	for _, w := range o.whom {
		for _, n := range []*nameOp{w.full, w.surname} {
			if n != nil && n.why(s, i) != "" && n.mayBe(s.form(i)) != 0 {
				return WhyName
			}
		}
	}
	for _, op := range []operand{o.notion, o.body, o.words} {
		if why := op.why(s, i); why != "" {
			return why
		}
	}
	return ""
}

func (o *concernOp) typed(*stream, int) bool { return false }

// about compiles a question for the passages that name the case of a document
// without its number. It is nil where nobody knows whom the document is about.
func (c *compiler) about(m *query.Match) (operand, error) {
	refs, ok := law.Whole(m.Text)
	if !ok || len(refs) != 1 { // the parser of queries refuses these
		return nil, &corpus.Error{Op: "search", Subj: m.Text, Kind: corpus.ErrInvalid, Err: errNoNumber}
	}
	key := refs[0].Key()
	of := paperOf(key)
	var list []Concern
	if of != nil {
		var err error
		if list, err = c.concerns(key); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 {
		c.note(Note{Kind: NoteAbout, Text: key})
		return c.formsWord("", nil), nil
	}
	c.prog.concerned = list
	op := &concernOp{key: key, isSelf: isVersionOf(c.view, key)}
	for _, who := range list {
		c.note(Note{Kind: NoteAbout, Text: key, Value: who.Name, Basis: who.Basis, Source: who.Source})
		if w, ok := c.whom(who.Name); ok {
			op.whom = append(op.whom, w)
		}
	}
	defer func(was Why) { c.why = was }(c.why)
	c.why = WhyTerm
	notion, body, words := &anyOp{}, &anyOp{}, &anyOp{}
	for _, found := range terms.Lookup(terms.Words(of.notion), lang.Und) {
		for i := range found.Entry.Names {
			notion.kids = append(notion.kids, c.termName(&found.Entry.Names[i], termWeight))
		}
	}
	for _, text := range of.body {
		body.kids = append(body.kids, c.phrase(lang.Tokens(text), false))
	}
	for _, text := range of.words {
		words.kids = append(words.kids, c.stemWord(lang.Fold(text)))
	}
	op.notion, op.body, op.words = notion, body, words
	return op, nil
}

// whom compiles a person's name, and the surname where one part alone can be it.
func (c *compiler) whom(name string) (w whom, ok bool) {
	told := len(c.prog.notes)
	defer func() { c.prog.notes = c.prog.notes[:told] }()
	full, err := c.name(name)
	if err != nil {
		return w, false
	}
	w.full, ok = full.(*nameOp)
	var surnames []string
	for _, p := range w.full.expander.Parts() {
		if p.Kind == names.Word && !names.IsGiven(p.Form) {
			surnames = append(surnames, p.Text)
		}
	}
	if len(w.full.expander.Parts()) > 1 && len(surnames) == 1 {
		if op, err := c.name(surnames[0]); err == nil {
			w.surname, _ = op.(*nameOp)
		}
	}
	return w, ok
}

// isVersionOf is true for the documents that are cited under a key, and for the
// other documents of their works.
func isVersionOf(v View, key string) func(DocNo) bool {
	works := map[uint32]bool{}
	for _, d := range newLinker(v).held[key] {
		works[v.Work(d)] = true
	}
	return func(d DocNo) bool { return works[v.Work(d)] }
}

// maxConcerns is how many persons of one document are looked for.
const maxConcerns = 20

// concerns tells whom a document is about: by itself, by passages that name
// both, by the tables. A person whom a surer source has named is not repeated.
func (e *Engine) concerns(ctx context.Context, view View, key string) ([]Concern, error) {
	var out []Concern
	add := func(c Concern) {
		if len(out) == maxConcerns || slices.ContainsFunc(out, func(o Concern) bool { return samePerson(o.Name, c.Name) }) {
			return
		}
		out = append(out, c)
	}
	for _, d := range newLinker(view).held[key] {
		doc := view.Doc(d)
		for _, name := range parties(doc) {
			add(Concern{Name: name, Basis: ByDocument, Source: doc.ID.Short(), Doc: doc.ID})
		}
	}
	if err := e.concernsOfPassages(ctx, view, key, add); err != nil {
		return nil, err
	}
	for _, a := range e.aliases(ctx).Of(key) {
		if a.Type == "person" {
			add(Concern{Name: a.Form, Basis: ByAlias})
		}
	}
	for _, c := range law.Concerns(key) {
		add(Concern{Name: c.Name, Basis: ByTable, Source: c.Source})
	}
	return out, nil
}

func samePerson(a, b string) bool {
	var forms []string
	for _, t := range lang.Tokens(b) {
		forms = append(forms, t.Form)
	}
	score, _ := names.NewExpander(a).Mention(forms)
	return score >= names.Same
}

// parties returns the persons of a document's facts, without the State.
func parties(d *corpus.Document) []string {
	return slices.DeleteFunc(slices.Clone(d.Values(corpus.KeyParty)), law.IsCountry)
}

// maxCiting is how many passages that name a number are read for the person.
const maxCiting = 400

// concernsOfPassages finds persons who are named together with the number.
func (e *Engine) concernsOfPassages(ctx context.Context, view View, key string, add func(Concern)) error {
	own := e.begin(view)
	defer e.end(own)
	slots, _, err := gatherSlots(ctx, e.index(view), own, [][]Way{{keyWay(key)}}, false)
	if err != nil {
		return err
	}
	var mentions []Mention
	for _, p := range slots[0][:min(len(slots[0]), maxCiting)] {
		if !view.Alive(view.DocOf(p.para)) {
			continue
		}
		if mentions, err = view.Mentions(p.para, mentions[:0]); err != nil {
			return err
		}
		para, err := view.Paragraph(p.para)
		if err != nil {
			return err
		}
		d := view.DocOf(p.para)
		for _, name := range namedWith(para.Text, mentions, key) {
			add(Concern{Name: name, Basis: ByPassage, Source: corpus.Permalink(view.ID(d), view.TextHash(d), para.Ord), Doc: view.ID(d), Ord: para.Ord})
		}
	}
	return nil
}

// The words that tie a number to a person: "Opinion No. 931/2022 concerning Mr.
// X and Ms. Y", "the case of X (Opinion No. 931/2022)", "X-қа қатысты № 931/2022
// пікір". A name that merely stands beside a number says nothing.
var (
	titles     = `(?:(?i:mr|ms|mrs|dr|messrs|г|гг|г-н|г-жа|г-на|г-жи)\.?\s+)?`
	tiesAfter  = regexp.MustCompile(`^[\s,;:)»”"]*(?:\([^()]*\)[\s,]*)?(?i:concerning|regarding|on|in the case of|in re|в отношении|по делу|касательно|о|қатысты)\s+` + titles + `$|^\s*\(` + titles + `$`)
	tiesNext   = regexp.MustCompile(`^\s*(?:,|,?\s*(?i:and|и|және|мен|пен|бен))\s*` + titles + `$`)
	tiesBefore = regexp.MustCompile(`^[\s,’']*(?:s\s+)?(?i:case|ісі бойынша|ісіне қатысты|ісі|қатысты)?[\s,]*(?:\(|\s)\s*(?i:see\s+|см\.\s*|қараңыз:?\s*)?$`)
	caseOf     = regexp.MustCompile(`(?i:case of|cases of|concerning|дел[оауе]м?|в отношении|по делу)\s+` + titles + `$`)
	caseWord   = regexp.MustCompile(`(?i:case|ісі|қатысты)`)
)

// namedWith returns the persons whom a text ties to a document that it names.
func namedWith(text string, mentions []Mention, key string) (out []string) {
	for i, d := range mentions {
		if d.ID != key {
			continue
		}
		at, tie := d.End, tiesAfter
		for _, m := range mentions[i+1:] {
			if m.Kind != corpus.MentionPerson || m.Start < at || !tie.MatchString(text[at:m.Start]) {
				if m.Start >= at && m.ID != key {
					break
				}
				continue
			}
			_, name := PersonOf(m.ID)
			out, at, tie = append(out, name), m.End, tiesNext
		}
		if i > 0 && mentions[i-1].Kind == corpus.MentionPerson && mentions[i-1].End <= d.Start {
			m := mentions[i-1]
			gap := text[m.End:d.Start]
			if tiesBefore.MatchString(gap) && (caseWord.MatchString(gap) || caseOf.MatchString(text[:m.Start])) {
				_, name := PersonOf(m.ID)
				out = append(out, name)
			}
		}
	}
	return out
}

// unnumbered answers what is offered beside the passages that name a document
// by its number; nil if there is nothing to offer.
func (e *Engine) unnumbered(ctx context.Context, tokens *stream, req Request, prog *program) (*Unnumbered, error) {
	if prog.about == "" {
		return nil, nil //nolint:nilnil // no number was asked for
	}
	node, err := query.Parse(prog.about)
	if err != nil {
		return nil, nil //nolint:nilnil,nilerr // the rest of the query stands for nothing without the number
	}
	ask := Request{Query: prog.about, Filter: req.Filter, Limit: unnumberedShown}
	other, err := e.compile(ctx, tokens, ask, node)
	if err != nil {
		return nil, err
	}
	out := &Unnumbered{Query: prog.about}
	if out.About = other.concerned; len(out.About) == 0 {
		return nil, nil //nolint:nilnil // nobody knows whom it is about
	}
	a, err := e.sweepFor(ctx, tokens, ask, other)
	if err != nil {
		return nil, err
	}
	res, err := a.result(ctx, node)
	if err != nil || res.Hits == 0 {
		return nil, err
	}
	out.Hits, out.Docs, out.Works, out.Passages = res.Hits, res.Docs, res.Works, res.Passages
	return out, nil
}
