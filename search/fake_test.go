package search

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/corpus/names"
)

// fake is a library in memory: the Index and the Forward of these tests.
type fake struct {
	docs  []*corpus.Document
	paras []Para
	texts []corpus.Paragraph
	first []ParaNo
	forms []string
	ids   map[string]FormID
	toks  [][]Token
	uses  []FormUses
	found [][]Mention
}

// newFake makes a library of documents. Lang "" is found out.
func newFake(docs ...*corpus.Document) *fake {
	f := &fake{ids: map[string]FormID{}}
	for _, d := range docs {
		f.add(d)
	}
	return f
}

func (f *fake) add(d *corpus.Document) {
	no := DocNo(len(f.docs))
	f.docs = append(f.docs, d)
	f.first = append(f.first, ParaNo(len(f.paras)))
	for i, p := range d.Text.Paragraphs {
		p.Ord = i + 1
		if p.Lang == "" {
			code, _ := lang.Detect(p.Text)
			p.Lang = string(code)
		}
		f.texts = append(f.texts, p)
		f.paras = append(f.paras, Para{no, int32(p.Ord), int32(p.Scope()), p.Role, p.Section, p.Voice, p.Lang})
		f.toks = append(f.toks, f.tokens(p.Text))
		f.found = append(f.found, references(p.Text, d.Date()))
	}
}

// references are those of a paragraph by itself.
func references(text string, date corpus.Date) (out []Mention) {
	tokens := lang.Tokens(text)
	for _, r := range law.Find(text, law.Context{Date: date}) {
		m := Mention{Mention: corpus.Mention{Kind: corpus.MentionKind(r.Kind), ID: r.Key(), Start: r.Start, End: r.End}}
		m.First = slices.IndexFunc(tokens, func(t lang.Token) bool { return t.End > r.Start })
		m.After = m.First
		for m.After < len(tokens) && tokens[m.After].Start < r.End {
			m.After++
		}
		out = append(out, m)
	}
	return out
}

func (f *fake) tokens(text string) []Token {
	var out []Token
	sentence := -1
	for _, t := range lang.Tokens(text) {
		id, ok := f.ids[t.Form]
		if !ok {
			id = FormID(len(f.forms))
			f.ids[t.Form] = id
			f.forms, f.uses = append(f.forms, t.Form), append(f.uses, FormUses{})
		}
		switch u := &f.uses[id]; {
		case !t.Cap:
			u.Lower++
		case t.Sentence != sentence:
			u.First++
		default:
			u.Inside++
		}
		sentence = t.Sentence
		out = append(out, Token{id, uint32(t.Pos), uint16(t.Sentence), t.Cap, t.Initial})
	}
	return out
}

// Candidates scores a paragraph by how often it has the leaf.
func (f *fake) Candidates(_ context.Context, p Plan) iter.Seq2[Candidate, error] {
	return func(yield func(Candidate, error) bool) {
		for leaf, ways := range p.Leaves {
			for no := range f.paras {
				if n := f.count(no, ways); n > 0 && !yield(Candidate{Para: ParaNo(no), Leaf: leaf, Score: float32(n)}, nil) {
					return
				}
			}
		}
	}
}

func (f *fake) count(no int, ways []Way) (n int) {
	fields := map[Field]lang.Code{FieldKK: lang.KK, FieldRU: lang.RU, FieldEN: lang.EN}
	codes := stemLangs[:]
	if n := langNumber(f.paras[no].Lang); n != readAll {
		codes = stemLangs[n : n+1]
	}
	for _, m := range f.found[no] {
		for _, prefix := range law.Prefixes(m.ID) {
			if slices.ContainsFunc(ways, func(w Way) bool { return w.Field == FieldRefs && slices.Contains(w.Terms, prefix) }) {
				n++
			}
		}
	}
	for _, t := range f.toks[no] {
		if slices.ContainsFunc(ways, func(w Way) bool {
			return slices.Contains(codes, fields[w.Field]) && slices.Contains(w.Terms, f.forms[t.Exact])
		}) {
			n++
		}
	}
	return n
}

func (f *fake) Terms(context.Context, Field, string) iter.Seq2[Term, error] {
	return func(func(Term, error) bool) {}
}

func (f *fake) View() View         { return f }
func (f *fake) Release()           {}
func (f *fake) Size() (int, int)   { return len(f.paras), len(f.docs) }
func (f *fake) Para(p ParaNo) Para { return f.paras[p] }
func (f *fake) Alive(DocNo) bool   { return true }
func (f *fake) Paras(d DocNo) (first, end ParaNo) {
	if int(d)+1 < len(f.first) {
		return f.first[d], f.first[d+1]
	}
	return f.first[d], ParaNo(len(f.paras))
}

func (f *fake) Tokens(p ParaNo, only FormProbe, dst []Token, enough func([]Token) bool) ([]Token, error) {
	for _, t := range f.toks[p] {
		if only == nil || only.Has(t.Exact) {
			if dst = append(dst, t); enough != nil && enough(dst) {
				break
			}
		}
	}
	return dst, nil
}
func (f *fake) DocOf(p ParaNo) DocNo   { return f.Para(p).Doc }
func (f *fake) ScopeOf(p ParaNo) int32 { return f.Para(p).Scope }
func (f *fake) LangOf(p ParaNo) string { return f.Para(p).Lang }
func (f *fake) SpeechOf(p ParaNo) (corpus.SectionKind, corpus.Voice) {
	return f.Para(p).Section, f.Para(p).Voice
}
func (f *fake) Paragraph(p ParaNo) (corpus.Paragraph, error) { return f.texts[p], nil }
func (f *fake) Doc(d DocNo) *corpus.Document                 { return f.docs[d] }
func (f *fake) Days(d DocNo) (first, last int)               { return f.docs[d].Date().Days() }
func (f *fake) Unread() (unread, doubtful int)               { return 3, 1 }
func (f *fake) Form(form string) (FormID, bool)              { id, ok := f.ids[form]; return id, ok }
func (f *fake) FormText(id FormID) string                    { return f.forms[id] }

func (f *fake) Uses(id FormID) FormUses { return f.uses[id] }

func (f *fake) Mentions(p ParaNo, dst []Mention) ([]Mention, error) {
	return append(dst, f.found[p]...), nil
}

func (f *fake) StemForms(code lang.Code, stem string, dst []FormID) []FormID {
	for id, form := range f.forms {
		if slices.Contains(lang.Stems(form, code), stem) {
			dst = append(dst, FormID(id))
		}
	}
	return dst
}

func (f *fake) Named(key string) (out []FormID) {
	for id, form := range f.forms {
		if f.uses[id].Inside+f.uses[id].First > 0 && slices.Contains(names.Keys(form), key) {
			out = append(out, FormID(id))
		}
	}
	return out
}

func (f *fake) TokenCount(p ParaNo) int { return len(f.toks[p]) }
func (f *fake) AvgTokens() float64      { return 10 }

func (f *fake) ID(d DocNo) corpus.ID      { return f.docs[d].ID }
func (f *fake) CompareIDs(x, y DocNo) int { return strings.Compare(string(f.ID(x)), string(f.ID(y))) }

func (f *fake) TextHash(d DocNo) string { return f.docs[d].TextHash }

// Work puts documents with the same Work together.
func (f *fake) Work(d DocNo) uint32 {
	if f.docs[d].Work == "" {
		return d
	}
	return uint32(slices.IndexFunc(f.docs, func(o *corpus.Document) bool { return o.Work == f.docs[d].Work }))
}

func (f *fake) Facet(k corpus.Key) FacetColumn {
	c := FacetColumn{Of: make([][]uint32, len(f.docs))}
	for i, d := range f.docs {
		values := f.values(i, d, k)
		for _, v := range values {
			at := slices.Index(c.Values, v)
			if at < 0 {
				at = len(c.Values)
				c.Values = append(c.Values, v)
			}
			c.Of[i] = append(c.Of[i], uint32(at))
		}
	}
	return c
}

// values are the values that a document has of a column.
func (f *fake) values(i int, d *corpus.Document, k corpus.Key) (out []string) {
	switch k {
	case KeyYear:
		if d.Date() == "" {
			return nil
		}
		return []string{string(d.Date()[:4])}
	case KeyOwn:
		return law.Own(d)
	case KeyArticle, KeyInstrument, KeyCites:
		first, end := f.Paras(DocNo(i))
		for p := first; p < end; p++ {
			for _, m := range f.found[p] {
				instrument, article := law.ArticleOf(m.ID)
				v := map[corpus.Key]string{KeyArticle: article, KeyInstrument: instrument}[k]
				if k == KeyCites && m.Kind == corpus.MentionDocument {
					v = m.ID
				}
				if v != "" && !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
		return out
	default:
		return d.Values(k)
	}
}

func (f *fake) Lexicon() Lexicon {
	order := make([]FormID, len(f.forms))
	for i := range order {
		order[i] = FormID(i)
	}
	slices.SortFunc(order, func(a, b FormID) int { return strings.Compare(f.forms[a], f.forms[b]) })
	return NewLexicon(f.forms, order)
}

func (f *fake) engine() *Engine {
	return &Engine{Index: f, Forward: f, Clock: func() time.Time { return time.Unix(0, 0) }}
}

// doc makes a document of paragraphs. Its ID is its name.
func doc(name string, facts map[corpus.Key]string, paras ...corpus.Paragraph) *corpus.Document {
	d := &corpus.Document{ID: corpus.ID(name), Read: corpus.Facts{}, Text: &corpus.Text{Paragraphs: paras}}
	for k, v := range facts {
		d.Read[k] = corpus.Fact{Values: []string{v}}
	}
	return d
}

func para(text string) corpus.Paragraph { return corpus.Paragraph{Text: text, Role: corpus.RoleBody} }
