package verify

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
	"dalel/search/cite"
	"dalel/search/query"
	"dalel/search/quote"
)

// Searcher answers queries.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Result, error)
}

// Library is the collection that a draft is compared with.
type Library interface {
	Documents(ctx context.Context) iter.Seq2[*corpus.Document, error]
	Text(ctx context.Context, id corpus.ID) (*corpus.Text, error)
}

// Drafts checks texts that somebody else wrote.
type Drafts struct {
	Search  Searcher
	Library Library
	Text    TextOf
	Style   cite.Style // of the citations that are offered; "" for UN
	Lang    string
}

// Limits of one check: how many passages a question may bring back, how many
// candidates are shown.
const (
	perQuestion = 30
	shown       = 5
)

// File finds the quotations, names, articles and numbers of documents in a
// draft and looks for each: the quotations first, in the order of the text.
func (s *Drafts) File(ctx context.Context, f File) ([]Result, error) {
	d, err := readDraft(ctx, f, s.Text)
	if err != nil {
		return nil, err
	}
	run := &drafting{Drafts: s, draft: d, texts: map[corpus.ID]*corpus.Text{}}
	if err := run.catalogue(ctx); err != nil {
		return nil, err
	}
	for _, q := range d.quotations() {
		r, err := run.quotation(ctx, &q)
		if err != nil {
			return nil, err
		}
		r.N = len(run.out) + 1
		run.out = append(run.out, r)
	}
	if err := run.references(ctx); err != nil {
		return nil, err
	}
	return run.out, nil
}

// drafting is a check of one draft under way.
type drafting struct {
	*Drafts
	draft  *draft
	out    []Result
	texts  map[corpus.ID]*corpus.Text
	facts  map[corpus.ID]*corpus.Document
	byName map[string][]corpus.ID // documents by number, symbol and case
	last   []corpus.ID            // of the document that was cited last
}

// catalogue lists the documents by the names that drafts cite them by.
func (s *drafting) catalogue(ctx context.Context) error {
	s.byName, s.facts = map[string][]corpus.ID{}, map[corpus.ID]*corpus.Document{}
	for d, err := range s.Library.Documents(ctx) {
		if err != nil {
			return err
		}
		s.facts[d.ID] = d
		for _, k := range []corpus.Key{corpus.KeyNumber, corpus.KeySymbol, corpus.KeyCase} {
			for _, v := range d.Values(k) {
				name := nameOf(v)
				if name != "" && !slices.Contains(s.byName[name], d.ID) {
					s.byName[name] = append(s.byName[name], d.ID)
				}
			}
		}
	}
	return nil
}

// nameOf folds the number of a document.
func nameOf(s string) string { return strings.ToLower(strings.TrimRight(squeezeNumber(s), ".")) }

var notNumber = regexp.MustCompile(`[\s\x{2010}-\x{2015}-]+`)

func squeezeNumber(s string) string { return notNumber.ReplaceAllString(s, "-") }

// cutAtMarks divides a quotation at what its author left out or put in.
var cutAtMarks = regexp.MustCompile(`\s*(?:\[[^\]]*\]|<[.…]+>|\((?:…|\.\.\.)\)|…)\s*`)

// segments are the words of a quotation between its marks, without fragments of
// words.
func segments(text string) []string {
	var out []string
	for _, part := range cutAtMarks.Split(text, -1) {
		if strings.TrimSpace(part) != "" && len(lang.Tokens(part)) > 0 {
			out = append(out, strings.TrimSpace(part))
		}
	}
	return out
}

// quotation looks for one quotation.
func (s *drafting) quotation(ctx context.Context, q *quotation) (Result, error) {
	r := Result{Kind: KindQuote, Text: q.text, Verdict: Absent, Detail: "not in this collection", para: q.para, after: q.after}
	pin := readPin(q.cited)
	docs := s.citedDocs(pin, q.cited)
	places, err := s.exact(ctx, q.text)
	if err != nil {
		return r, err
	}
	if len(places) > 0 {
		s.settle(&r, q, pin, docs, places)
		return r, nil
	}
	near, err := s.near(ctx, q.text)
	if err != nil {
		return r, err
	}
	// A phrase can miss what signs between words divide otherwise.
	if same := slices.DeleteFunc(slices.Clone(near), func(c Candidate) bool { return !s.stands(&c, q.text) }); len(same) > 0 {
		s.settle(&r, q, pin, docs, same)
		return r, nil
	}
	if len(near) == 0 {
		if near, err = s.translated(ctx, q, pin, docs); err != nil {
			return r, err
		}
	}
	if len(near) == 0 {
		return r, nil
	}
	r.Verdict, r.Places = Near, near[:min(len(near), shown)]
	best := &r.Places[0]
	r.at(best)
	if best.Lang != "" && best.Lang != string(languageOf(q.text)) {
		r.Why, r.About, r.Detail = WhyTranslated, best.Words, "perhaps translated from: "+best.Words
		return r, nil
	}
	r.Diff = Diff(best.Words, q.text)
	r.Detail = Describe(r.Diff)
	return r, nil
}

// stands reports whether the words of a quotation stand at a candidate.
func (s *drafting) stands(c *Candidate, text string) bool {
	_, _, ok := standsIn(s.texts[c.Doc], c.Para, segments(text))
	return ok
}

func (r *Result) at(c *Candidate) { r.Doc, r.Page, r.Label = c.Doc, c.Page, c.Label }

// settle chooses among the places where the words stand, by what the draft
// cites, and compares its pinpoint.
func (s *drafting) settle(r *Result, q *quotation, pin pinned, docs []corpus.ID, places []Candidate) {
	r.Verdict, r.Detail = Found, ""
	cited := slices.DeleteFunc(slices.Clone(places), func(c Candidate) bool { return len(docs) > 0 && !slices.Contains(docs, c.Doc) })
	if len(docs) > 0 && len(cited) == 0 {
		r.Places = places[:min(len(places), shown)]
		r.at(&places[0])
		r.Why, r.Detail = WhyOtherDoc, "the words stand in another document than the one that is cited"
		return
	}
	if len(cited) == 0 {
		cited = places
	}
	fit := slices.DeleteFunc(slices.Clone(cited), func(c Candidate) bool { return !s.fits(pin, &c) })
	if len(fit) == 0 {
		r.Verdict, r.Places = WrongPinpoint, cited[:min(len(cited), shown)]
		r.at(&cited[0])
		r.Why, r.About, r.Detail = WhySaid, q.cited, "found at "+whereabouts(&cited[0])+"; the text says: "+q.cited
		return
	}
	// Same language first: a translation may have the same numbers.
	r.Places = fit[:min(len(fit), shown)]
	r.at(&fit[0])
	if len(fit) > 1 {
		r.Why, r.About = WhyMany, strconv.Itoa(len(fit))
		r.Detail = "the words stand in " + r.About + " places"
	}
}

func whereabouts(c *Candidate) string {
	var parts []string
	if c.Label != "" {
		parts = append(parts, "para. "+c.Label)
	}
	if c.Page > 0 {
		parts = append(parts, "page "+strconv.Itoa(c.Page))
	}
	parts = append(parts, c.Title)
	return strings.Join(parts, ", ")
}

// fits reports whether a place is the one that a draft gives. What the place
// has no number for cannot contradict.
func (s *drafting) fits(pin pinned, c *Candidate) bool {
	switch {
	case pin.para != "" && c.Label != "":
		return strings.EqualFold(strings.Trim(c.Label, ".()"), pin.para)
	case pin.page != "" && c.Page > 0:
		t := s.texts[c.Doc]
		if t == nil {
			return true
		}
		span := t.Paragraphs[c.Para-1].PageAt(c.start)
		return pin.page == strconv.Itoa(span.Page) || pin.page == span.Label
	}
	return true
}

// citedDocs returns the documents that a draft cites: by the number after the
// quotation, by a date, or, where only a place is given, those cited before.
func (s *drafting) citedDocs(pin pinned, cited string) []corpus.ID {
	switch dates := datesIn(cited); {
	case pin.doc != "":
		s.last = s.byName[nameOf(pin.doc)]
	case len(dates) > 0:
		s.last = nil
		for id, d := range s.facts {
			if slices.Contains(dates, string(d.Date())) {
				s.last = append(s.last, id)
			}
		}
		slices.Sort(s.last)
	case pin.para == "" && pin.page == "":
		return nil
	case wordy(cited):
		s.last = nil // it names something else, in words
	}
	return s.last
}

// wordy reports whether a citation says more than a place and "ibid.".
func wordy(cited string) bool {
	const few = 8 // letters: "там же, п.", "ibid., para."
	rest := pagePin.ReplaceAllString(paraPin.ReplaceAllString(cited, ""), "")
	return strings.Count(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return 'x'
		}
		return -1
	}, rest), "x") > few
}

// exact finds where the words of a quotation stand, all of them, in order.
func (s *drafting) exact(ctx context.Context, text string) ([]Candidate, error) {
	parts := segments(text)
	if len(parts) == 0 {
		return nil, nil
	}
	longest := slices.MaxFunc(parts, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	hits, err := s.phrase(ctx, longest)
	if err != nil {
		return nil, err
	}
	var out []Candidate
	for i := range hits {
		h := &hits[i]
		t, err := s.text(ctx, h.Doc.ID)
		if err != nil {
			return nil, err
		}
		if start, end, ok := standsIn(t, h.Para.Ord, parts); ok {
			out = append(out, s.candidate(t, h.Doc, h.Para.Ord, start, end, 1))
		}
	}
	return out, nil
}

// phraseWords is how many words of a quotation are searched for at once.
const phraseWords = 8

// phrase searches for words as a phrase: the first, else the last, of a long
// run. What it brings back is compared letter by letter by the caller.
func (s *drafting) phrase(ctx context.Context, text string) ([]search.Hit, error) {
	words := plainWords(text)
	if len(words) == 0 {
		return nil, nil
	}
	windows := [][]string{words[:min(len(words), phraseWords)]}
	if len(words) > phraseWords {
		windows = append(windows, words[len(words)-phraseWords:])
	}
	for _, w := range windows {
		hits, err := s.ask(ctx, search.Request{Query: `"` + strings.Join(w, " ") + `"`, Limit: perQuestion})
		if err != nil || len(hits) > 0 {
			return hits, err
		}
	}
	return nil, nil
}

// plainWords are the words of a text without anything that a query makes
// something of.
func plainWords(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// ask searches; a question that cannot be read has no answer.
func (s *drafting) ask(ctx context.Context, req search.Request) ([]search.Hit, error) {
	res, err := s.Search.Search(ctx, req)
	if bad := (*query.Error)(nil); errors.As(err, &bad) || errors.Is(err, corpus.ErrInvalid) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return res.Passages, nil
}

func (s *drafting) text(ctx context.Context, id corpus.ID) (*corpus.Text, error) {
	if t := s.texts[id]; t != nil {
		return t, nil
	}
	t, err := s.Library.Text(ctx, id)
	if err == nil {
		s.texts[id] = t
	}
	return t, err
}

// look makes what typists change without changing words alike: kinds of
// quotation marks, dashes and apostrophes.
var look = strings.NewReplacer("«", `"`, "»", `"`, "“", `"`, "”", `"`, "„", `"`, "‟", `"`, "’", "'", "‘", "'", "–", "-", "—", "-", "‑", "-", "‐", "-", "−", "-", "…", "...")

// plain is a text as quotations are compared: folded, with signs alike, without
// the end of the sentence. A capital first letter is one of the author's
// sentence.
func plain(s string) string {
	s = strings.TrimRight(look.Replace(Fold(s)), " .,;:")
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// standsIn reports whether the parts of a quotation stand in a paragraph and
// those after it, in their order, and where the first of them does.
func standsIn(t *corpus.Text, ord int, parts []string) (start, end int, ok bool) {
	const further = 3 // paragraphs that a quotation may run on to
	var all strings.Builder
	for i := ord - 1; i < min(len(t.Paragraphs), ord+further); i++ {
		if r := t.Paragraphs[i].Role; r != corpus.RoleHeader && r != corpus.RoleFootnote || i == ord-1 {
			all.WriteString(look.Replace(Fold(t.Paragraphs[i].Text)) + " ")
		}
	}
	text, at := all.String(), 0
	for i, p := range parts {
		k := indexPart(text[at:], p)
		if k < 0 || i == 0 && at+k >= len(look.Replace(Fold(t.Paragraphs[ord-1].Text))) {
			return 0, 0, false
		}
		at += k + len(plain(p))
	}
	// Folding moves bytes: the span is that of the whole paragraph, unless the
	// words stand in it as they are.
	p := t.Paragraphs[ord-1].Text
	if k := strings.Index(p, parts[0]); k >= 0 && len(parts) == 1 {
		return k, k + len(parts[0]), true
	}
	return quote.LabelEnd(&t.Paragraphs[ord-1]), len(p), true
}

// indexPart finds a part of a quotation as whole words. Its first letter may be
// a capital on either side.
func indexPart(text, part string) int {
	want := plain(part)
	if want == "" {
		return -1
	}
	_, n := utf8.DecodeRuneInString(want)
	upper := string(unicode.ToUpper([]rune(want)[0])) + want[n:]
	best := -1
	for _, w := range []string{want, upper} {
		for at := 0; at < len(text); {
			k := strings.Index(text[at:], w)
			if k < 0 {
				break
			}
			if whole(text, at+k, at+k+len(w)) {
				if best < 0 || at+k < best {
					best = at + k
				}
				break
			}
			at += k + 1
		}
	}
	return best
}

// whole reports whether a run neither begins nor ends inside a word.
func whole(text string, from, to int) bool {
	inside := func(at int) bool {
		a, _ := utf8.DecodeLastRuneInString(text[:at])
		b, _ := utf8.DecodeRuneInString(text[at:])
		return at > 0 && at < len(text) && isWord(a) && isWord(b)
	}
	return !inside(from) && !inside(to)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// candidate describes a place.
func (s *drafting) candidate(t *corpus.Text, d *corpus.Document, ord, start, end int, score float64) Candidate {
	p := &t.Paragraphs[ord-1]
	c := Candidate{
		Doc: d.ID, Title: d.Value(corpus.KeyTitle), Text: t.Hash(), Para: ord, Label: p.Label, Page: p.PageAt(start).Page,
		Score: score, Words: p.Text[start:end], Lang: p.Lang, start: start, end: end,
	}
	if p.Under > 0 && p.Under <= len(t.Paragraphs) {
		c.Label = first(t.Paragraphs[p.Under-1].Label, c.Label)
	}
	return c
}

// languageOf returns the language of a quotation.
func languageOf(text string) lang.Code {
	code, _ := lang.Detect(text)
	return code
}
