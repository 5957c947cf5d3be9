package export

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"

	"dalel/corpus"
	"dalel/corpus/custody"
	"dalel/search/cite"
	"dalel/search/quote"
)

// Library gives what an export needs of a library.
type Library interface {
	// Document returns the facts of a document.
	Document(ctx context.Context, id corpus.ID) (*corpus.Document, error)
	// TextVersion returns the text of a document whose hash begins with hash.
	TextVersion(ctx context.Context, id corpus.ID, hash string) (*corpus.Text, error)
}

// Ledger proves what stands in the library's log.
type Ledger interface {
	Checkpoint(ctx context.Context) (Signed, error)
	// Prove returns the record that brought a text, its number from 0, and its
	// place in a log of size records.
	Prove(ctx context.Context, id corpus.ID, text string, size int64) (Proof, error)
}

// Signed is a signed checkpoint of a log.
type Signed struct {
	custody.Checkpoint
	Note []byte
	Key  string
}

// Proof is the proof that a record is in a log.
type Proof struct {
	Index  int64
	Record []byte
	Hashes []custody.Hash
}

// Bundle is what is exported.
type Bundle struct {
	Title string
	Lang  string // of our own words in the export: "en", "ru", "kk"
	Form  cite.Form
	Style cite.Style
	Items []Item
	Log   Signed
	Works []Work // the documents quoted, in the order of their first quotes
	Note  string // printed under the title: a cap, if the user set one
}

// Item is a heading, the user's own words, or a quote.
type Item struct {
	Heading string
	Words   string
	Quote   *Quote
}

// Quote is a quote with its citation and card.
type Quote struct {
	*quote.Excerpt
	N          int // from 1; the number of its note
	Doc        *corpus.Document
	Text       *corpus.Text
	Place      cite.Place
	Full       cite.Citation // as in a first note, with all its warnings
	Cite       cite.Citation // as it stands in this export
	Card       quote.Card
	Restricted bool // the document, the quote or the brief is not for publication
	Tags       []string
}

// Work is a document that is quoted.
type Work struct {
	Doc    *corpus.Document
	Text   *corpus.Text
	Cite   cite.Citation // of the document as a whole
	Quotes []int         // numbers of quotes
}

// Options choose what a bundle looks like. Zero values take the brief's.
type Options struct {
	Style cite.Style
	Lang  string // of citations
	Words string // of our own words; "" for that of the citations
	Form  cite.Form
	Title string
	Cap   Cap // of a search that the user limited; the export says so
}

// Cap is how many of the passages found are in an export.
type Cap struct{ Shown, Of int }

// Build resolves a brief.
func Build(ctx context.Context, lib Library, ledger Ledger, brief *quote.Brief, opt Options) (*Bundle, error) {
	b := &builder{lib: lib, ledger: ledger, brief: brief, opt: opt, docs: map[string]*source{}}
	b.opt.Style = firstOf(opt.Style, brief.Style, cite.UN)
	b.opt.Form = firstOf(opt.Form, brief.Form, cite.Footnote)
	b.opt.Lang = firstOf(opt.Lang, brief.Lang)
	b.out = &Bundle{Title: firstOf(opt.Title, brief.Name), Form: b.opt.Form, Style: b.opt.Style}
	if err := b.build(ctx); err != nil {
		return nil, err
	}
	return b.out, nil
}

func firstOf[T ~string](values ...T) T {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// source is a text version of a document.
type source struct {
	doc   *corpus.Document
	text  *corpus.Text
	first int // number of its first quote
	proof *quote.LogRef
}

type builder struct {
	lib    Library
	ledger Ledger
	brief  *quote.Brief
	opt    Options
	docs   map[string]*source
	out    *Bundle
	last   corpus.ID // of the quote before
	n      int
}

func (b *builder) build(ctx context.Context) error {
	if b.ledger != nil && b.brief.Quotes() > 0 {
		var err error
		if b.out.Log, err = b.ledger.Checkpoint(ctx); err != nil {
			return err
		}
	}
	for i := range b.brief.Items {
		if err := ctx.Err(); err != nil {
			return err
		}
		it := &b.brief.Items[i]
		item := Item{Heading: it.Heading, Words: it.Words}
		if it.Quote != nil {
			q, err := b.quote(ctx, it)
			if err != nil {
				return fmt.Errorf("quote %d of %s: %w", it.No, b.brief.Name, err)
			}
			item.Quote = q
		}
		b.out.Items = append(b.out.Items, item)
	}
	b.out.Lang = firstOf(b.opt.Words, b.opt.Lang, b.wordsLang())
	if c := b.opt.Cap; c.Shown < c.Of {
		b.out.Note = fmt.Sprintf(wCap.in(b.out.Lang), c.Shown, c.Of)
	}
	return b.works()
}

// wordsLang is the language of most citations.
func (b *builder) wordsLang() string {
	counts, best := map[string]int{}, ""
	for _, it := range b.out.Items {
		if it.Quote != nil {
			counts[it.Quote.Cite.Lang]++
		}
	}
	for _, lang := range []string{"en", "ru", "kk"} {
		if counts[lang] > counts[best] {
			best = lang
		}
	}
	return firstOf(best, "en")
}

func (b *builder) quote(ctx context.Context, it *quote.Item) (*Quote, error) {
	src, err := b.source(ctx, it.Quote)
	if err != nil {
		return nil, err
	}
	x, err := it.Quote.Resolve(src.text)
	if err != nil {
		return nil, err
	}
	b.n++
	q := &Quote{Excerpt: x, N: b.n, Doc: src.doc, Text: src.text, Place: x.Place(src.text, src.doc.Kind()), Tags: it.Tags}
	q.Restricted = it.Withheld || b.brief.Withheld || src.doc.Value(corpus.KeyWithheld) == "yes"
	opt := x.Options(b.opt.Style, b.langFor(src.doc), b.opt.Form)
	if q.Full, err = cite.Cite(src.doc, q.Place, opt); err != nil {
		return nil, err
	}
	if q.Cite, err = b.later(src, q, &opt); err != nil {
		return nil, err
	}
	if src.first == 0 {
		src.first = q.N
	}
	b.last = src.doc.ID
	q.Card = quote.NewCard(x, src.doc, src.text, q.Cite, opt, q.Restricted)
	q.Card.N, q.Card.Log = q.N, src.proof
	return q, nil
}

// langFor returns the language to cite a document in: the brief's, where the
// style is written in it.
func (b *builder) langFor(d *corpus.Document) string {
	lang, err := b.opt.Style.Lang(b.opt.Lang, d.Value(corpus.KeyLang))
	if err != nil {
		lang = ""
	}
	return lang
}

// later shortens the citation of a document that was cited before.
func (b *builder) later(src *source, q *Quote, opt *cite.Options) (cite.Citation, error) {
	if src.first == 0 || b.opt.Form != cite.Footnote {
		return q.Full, nil
	}
	opt.Form, opt.Note = cite.Short, strconv.Itoa(src.first)
	if b.last == src.doc.ID {
		opt.Form = cite.Ibid
	}
	return cite.Cite(src.doc, q.Place, *opt)
}

// source reads a text version once.
func (b *builder) source(ctx context.Context, q *quote.Quote) (*source, error) {
	key := string(q.Doc) + q.Text
	if s := b.docs[key]; s != nil {
		return s, nil
	}
	if q.Text == "" {
		return nil, &corpus.Error{Op: "export", Subj: q.Doc.Short(), Kind: corpus.ErrInvalid, Err: errors.New("the quote names no text version")}
	}
	doc, err := b.lib.Document(ctx, q.Doc)
	if err != nil {
		return nil, err
	}
	text, err := b.lib.TextVersion(ctx, q.Doc, q.Text)
	if err != nil {
		return nil, err
	}
	s := &source{doc: doc, text: text}
	if b.ledger != nil {
		if s.proof, err = b.prove(ctx, q); err != nil {
			return nil, err
		}
	}
	b.docs[key] = s
	return s, nil
}

func (b *builder) prove(ctx context.Context, q *quote.Quote) (*quote.LogRef, error) {
	p, err := b.ledger.Prove(ctx, q.Doc, q.Text, b.out.Log.Size)
	if err != nil {
		return nil, err
	}
	ref := &quote.LogRef{Index: p.Index, Record: string(p.Record), Size: b.out.Log.Size, Root: b.out.Log.Root.String()}
	for _, h := range p.Hashes {
		ref.Proof = append(ref.Proof, base64.StdEncoding.EncodeToString(h[:]))
	}
	return ref, nil
}

// works lists the documents, each cited as a whole.
func (b *builder) works() error {
	at := map[corpus.ID]int{}
	for _, it := range b.out.Items {
		if it.Quote == nil {
			continue
		}
		q := it.Quote
		i, seen := at[q.Doc.ID]
		if !seen {
			c, err := cite.Cite(q.Doc, q.Place, cite.Options{Style: b.opt.Style, Lang: b.langFor(q.Doc), Whole: true})
			if err != nil {
				return err
			}
			i = len(b.out.Works)
			at[q.Doc.ID] = i
			b.out.Works = append(b.out.Works, Work{Doc: q.Doc, Text: q.Text, Cite: c})
		}
		b.out.Works[i].Quotes = append(b.out.Works[i].Quotes, q.N)
	}
	return nil
}

// Quotes returns the quotes of a bundle.
func (b *Bundle) Quotes() []*Quote {
	var out []*Quote
	for _, it := range b.Items {
		if it.Quote != nil {
			out = append(out, it.Quote)
		}
	}
	return out
}

// Cards returns the cards of a bundle.
func (b *Bundle) Cards() quote.Cards {
	items := []quote.Card{}
	for _, q := range b.Quotes() {
		items = append(items, q.Card)
	}
	return quote.NewCards(string(b.Log.Note), b.Log.Key, items)
}

// exhibit returns the number of a document among Works, from 1.
func (b *Bundle) exhibit(id corpus.ID) int {
	for i := range b.Works {
		if b.Works[i].Doc.ID == id {
			return i + 1
		}
	}
	return 0
}
