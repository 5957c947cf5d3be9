package verify

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/lang/terms"
	"dalel/corpus/law"
	"dalel/corpus/names"
	"dalel/search"
	"dalel/search/quote"
)

// Bars of likeness, from 0 to 1. Below them a passage is not offered: two
// sentences of one field share a third of their words.
const (
	alikeAt      = 0.62 // words of the quotation, in order, in the passage
	translatedAt = 0.5  // weight of what survives translation, shared
	fewestShared = 2    // things shared by a translation
)

// near finds passages that have most of the words of a quotation in its order.
func (s *drafting) near(ctx context.Context, text string) ([]Candidate, error) {
	words := plainWords(text)
	if len(words) < fewest {
		return nil, nil
	}
	hits, err := s.ask(ctx, search.Request{Query: strings.Join(words[:min(len(words), 40)], " "), Any: true, Limit: perQuestion})
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
		p := &t.Paragraphs[h.Para.Ord-1]
		if start, end, score := likeness(text, p.Text); score >= alikeAt {
			out = append(out, s.candidate(t, h.Doc, p.Ord, max(start, min(quote.LabelEnd(p), end)), end, score))
		}
	}
	byScore(out)
	return out, nil
}

func byScore(c []Candidate) {
	slices.SortStableFunc(c, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Para, b.Para))
	})
}

// likeness returns the part of a passage that is most like a quotation, and how
// much of the quotation's words it has, in order.
func likeness(text, passage string) (start, end int, score float64) {
	q, p := lang.Tokens(text), lang.Tokens(passage)
	q, p = q[:min(len(q), maxDiff)], p[:min(len(p), maxDiff)]
	if len(q) == 0 || len(p) == 0 {
		return 0, 0, 0
	}
	a, b := forms(q), forms(p)
	table := lcs(a, b)
	first, last, n := -1, -1, 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			if first < 0 {
				first = j
			}
			last = j
			n++
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	if first < 0 {
		return 0, 0, 0
	}
	// Glued words count as the words they are.
	score = float64(n) / float64(len(a))
	if strings.Contains(strings.ToLower(squeeze(passage)), strings.ToLower(squeeze(text))) {
		score = 1
	}
	return p[first].Start, p[last].End, score
}

func forms(tokens []lang.Token) []string {
	out := make([]string, 0, len(tokens))
	for _, t := range tokens {
		if !t.Joined {
			out = append(out, t.Form)
		}
	}
	return out
}

// trait is something that survives translation: a name, an article, a number, a
// legal term.
type trait struct {
	id     string
	query  string
	any    bool
	weight float64
}

// traits lists what survives translation in a text.
func traits(text string, code lang.Code) []trait {
	var out []trait
	add := func(t trait) {
		if !slices.ContainsFunc(out, func(o trait) bool { return o.id == t.id }) {
			out = append(out, t)
		}
	}
	for _, p := range names.Recognise(text) {
		name := p.Name.Nominative()
		add(trait{id: "name " + strings.ToLower(name), query: `name:"` + strings.ReplaceAll(name, `"`, "") + `"`, weight: 3})
	}
	for _, r := range law.Find(text, law.Context{Lang: code}) {
		switch r.Kind {
		case law.Statute:
			add(trait{id: "article " + r.Article, query: `article:"` + r.Article + `"`, weight: 3})
		case law.Document:
			add(trait{id: "document " + r.ID, query: `cites:"` + r.ID + `"`, weight: 3})
		default:
		}
	}
	for _, n := range numbers.FindAllString(text, -1) {
		add(trait{id: "number " + n, query: n, any: true, weight: 1.5})
	}
	for _, m := range terms.Lookup(terms.Words(text), code) {
		var other []string
		for _, o := range m.Others() {
			other = append(other, o.Text)
		}
		if len(other) > 0 {
			add(trait{id: "term " + m.Entry.Names[0].Text, query: strings.Join(other, " "), any: true, weight: 1})
		}
	}
	return out
}

// translated finds passages in other languages that share names, articles,
// numbers and legal terms with a quotation. What the draft cites counts too.
func (s *drafting) translated(ctx context.Context, q *quotation, pin pinned, docs []corpus.ID) ([]Candidate, error) {
	code := languageOf(q.text)
	all := traits(q.text, code)
	dates := datesIn(q.cited)
	type key struct {
		doc corpus.ID
		ord int
	}
	seen := map[key]search.Hit{}
	for _, t := range all {
		hits, err := s.ask(ctx, search.Request{Query: t.query, Any: t.any, Limit: 4 * perQuestion})
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if h.Para.Lang != string(code) {
				seen[key{h.Doc.ID, h.Para.Ord}] = h
			}
		}
	}
	var out []Candidate
	for _, h := range seen {
		score, shared := s.shares(all, &h, pin, docs, dates)
		if score < translatedAt || shared < fewestShared {
			continue
		}
		t, err := s.text(ctx, h.Doc.ID)
		if err != nil {
			return nil, err
		}
		p := &t.Paragraphs[h.Para.Ord-1]
		out = append(out, s.candidate(t, h.Doc, p.Ord, quote.LabelEnd(p), len(p.Text), score))
	}
	byScore(out)
	return out, nil
}

// shares weighs what a passage has in common with a quotation, and with what the
// draft says of its place.
func (s *drafting) shares(all []trait, h *search.Hit, pin pinned, docs []corpus.ID, dates []string) (score float64, shared int) {
	theirs := traits(h.Para.Text, lang.Code(h.Para.Lang))
	total := 0.0
	for _, t := range all {
		total += t.weight
		if has(theirs, t) {
			score += t.weight
			shared++
		}
	}
	if total == 0 {
		return 0, 0
	}
	// What stands in the citation weighs as one name: the document, its date, the
	// number of the paragraph.
	const hint = 3
	label := pin.para != "" && strings.EqualFold(strings.Trim(h.Para.Label, ".()"), pin.para)
	sameDoc := slices.Contains(docs, h.Doc.ID) || slices.Contains(dates, string(h.Doc.Date()))
	if pin.para != "" || len(docs)+len(dates) > 0 {
		total += hint
		if label && sameDoc {
			score += hint
			shared++
		} else if label || sameDoc {
			score += hint / 3
		}
	}
	return score / total, shared
}

// has reports whether a trait is among others. Names are compared by sound,
// across alphabets.
func has(others []trait, t trait) bool {
	name, isName := strings.CutPrefix(t.id, "name ")
	return slices.ContainsFunc(others, func(o trait) bool {
		if o.id == t.id {
			return true
		}
		other, ok := strings.CutPrefix(o.id, "name ")
		if !isName || !ok {
			return false
		}
		_, same, _ := names.Score(names.Parse(name), names.Parse(other))
		return same
	})
}
