package export

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/quote"
)

// The folders of a bag.
const (
	BagQuotes    = "data/quotes/"    // 001.json the card, 001.quote.txt the words, 001.cite.txt the citation
	BagOriginals = "data/originals/" // by SHA-256, those that were chosen
	BagTexts     = "data/texts/"     // of the chosen documents: T as <hash>.txt, its paragraphs and pages as <hash>.jsonl
	BagDocuments = "data/documents.json"
	BagBrief     = "data/brief.json"
	BagNote      = "data/log/checkpoint.note"
	BagKey       = "data/log/key.txt"
)

//go:embed parts/VERIFY.txt
var verifyText []byte

// Opener opens the original bytes of a document.
type Opener func(ctx context.Context, id corpus.ID) (io.ReadCloser, error)

// BagFiles lists the files of a bag: cards, words and citations of the quotes,
// facts of the documents, the state of the log, a recipe to check it all by
// hand, and the originals and texts of the documents that were chosen. An
// original may hold more than the quotes show; see Hidden.
func (b *Bundle) BagFiles(ctx context.Context, originals []corpus.ID, open Opener) ([]bagit.File, error) {
	files := []bagit.File{bagit.Bytes("VERIFY.txt", verifyText)}
	for _, q := range b.Quotes() {
		card, err := json.MarshalIndent(q.Card, "", " ")
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("%s%03d", BagQuotes, q.N)
		files = append(files,
			bagit.Bytes(name+".json", append(card, '\n')), bagit.Bytes(name+".quote.txt", []byte(q.Shown+"\n")),
			bagit.Bytes(name+".cite.txt", []byte(q.Cite.String()+"\n")),
		)
	}
	if b.Log.Key != "" {
		files = append(files, bagit.Bytes(BagNote, b.Log.Note), bagit.Bytes(BagKey, []byte(b.Log.Key+"\n")))
	}
	about, err := b.bagTables()
	if err != nil {
		return nil, err
	}
	files = append(files, about...)
	for _, id := range originals {
		more, err := b.chosen(ctx, id, open)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

// BagInfo is what bag-info.txt says: nothing of the user.
var BagInfo = []bagit.Info{{Label: "Bag-Software-Agent", Value: "dalel"}, {Label: "External-Description", Value: "Cited quotes with their cards; VERIFY.txt says how to check them"}}

// chosen lists the files of a document that goes along whole.
func (b *Bundle) chosen(ctx context.Context, id corpus.ID, open Opener) ([]bagit.File, error) {
	if b.exhibit(id) == 0 {
		return nil, &corpus.Error{Op: "export.bag", Subj: string(id), Kind: corpus.ErrInvalid, Err: errors.New("no quote is from this document")}
	}
	files := []bagit.File{{Name: BagOriginals + string(id), Open: func() (io.ReadCloser, error) { return open(ctx, id) }}}
	var done []string
	for _, q := range b.Quotes() {
		if q.Doc.ID != id || slices.Contains(done, q.Card.Text) {
			continue
		}
		done = append(done, q.Card.Text)
		var t bytes.Buffer
		if _, err := q.Text.WriteTo(&t); err != nil {
			return nil, err
		}
		lines, err := textLines(q.Text)
		if err != nil {
			return nil, err
		}
		name := BagTexts + string(id) + "/" + q.Card.Text
		files = append(files, bagit.Bytes(name+".txt", t.Bytes()), bagit.Bytes(name+".jsonl", lines))
	}
	return files, nil
}

// BagText is the first line of the account of a text in a bag.
type BagText struct {
	Extractor  string `json:"extractor"`
	Pages      int    `json:"pages"`
	Paragraphs int    `json:"paragraphs"`
}

// textLines writes the pages and paragraphs of a text as JSON lines: what a
// citation rests on beside the words.
func textLines(t *corpus.Text) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(BagText{t.Extractor, len(t.Pages), len(t.Paragraphs)})
	for i := range t.Pages {
		err = errors.Join(err, enc.Encode(t.Pages[i]))
	}
	for i := range t.Paragraphs {
		p := t.Paragraphs[i]
		p.Text = ""
		p.Pages = slices.Clone(p.Pages)
		for j := range p.Pages { // code points: this leaves the program
			p.Pages[j].Start = utf8.RuneCountInString(t.Paragraphs[i].Text[:p.Pages[j].Start])
		}
		err = errors.Join(err, enc.Encode(p))
	}
	return b.Bytes(), err
}

// ReadBagText reads a text out of a bag: the words, and the account of its
// pages and paragraphs.
func ReadBagText(words, lines []byte) (*corpus.Text, error) {
	dec := json.NewDecoder(bytes.NewReader(lines))
	var head BagText
	if err := dec.Decode(&head); err != nil {
		return nil, err
	}
	t := &corpus.Text{Extractor: head.Extractor}
	for range head.Pages {
		var p corpus.Page
		if err := dec.Decode(&p); err != nil {
			return nil, err
		}
		t.Pages = append(t.Pages, p)
	}
	texts := strings.Split(string(words), "\n")
	for i := range head.Paragraphs {
		var p corpus.Paragraph
		if err := dec.Decode(&p); err != nil {
			return nil, err
		}
		if i >= len(texts) || p.Ord != i+1 {
			return nil, errors.New("the account of the paragraphs is not that of the words")
		}
		p.Text = texts[i]
		for j := range p.Pages {
			at := quote.ByteOffset(p.Text, p.Pages[j].Start)
			if at < 0 {
				return nil, errors.New("a page begins outside its paragraph")
			}
			p.Pages[j].Start = at
		}
		t.Paragraphs = append(t.Paragraphs, p)
	}
	return t, nil
}

// BagDocument is what a bag tells of a document. No path is in it.
type BagDocument struct {
	ID        corpus.ID               `json:"id"`
	Size      int64                   `json:"size"`
	MediaType string                  `json:"media_type"`
	Facts     map[corpus.Key][]string `json:"facts"`
	Corrected []corpus.Key            `json:"corrected,omitempty"` // by a person
}

// private are the facts that are the user's own business.
var private = []corpus.Key{corpus.KeyFolder, corpus.KeyNote, corpus.KeyTag}

// BagItem is a line of the brief in a bag: the quote is a card, by its number.
type BagItem struct {
	Heading string       `json:"heading,omitempty"`
	Words   string       `json:"words,omitempty"`
	N       int          `json:"n,omitempty"`
	Quote   *quote.Quote `json:"quote,omitempty"`
}

// BagBriefFile is the brief in a bag. Notes to quotes, tags and marks of the
// user are not in it.
type BagBriefFile struct {
	Name  string     `json:"name"`
	Style cite.Style `json:"style"`
	Form  cite.Form  `json:"form"`
	Items []BagItem  `json:"items"`
}

// bagTables writes the facts of the documents and the order of the brief.
func (b *Bundle) bagTables() ([]bagit.File, error) {
	docs := []BagDocument{}
	for _, w := range b.Works {
		d := BagDocument{ID: w.Doc.ID, Size: w.Doc.Size, MediaType: w.Doc.MediaType, Facts: map[corpus.Key][]string{}}
		for _, k := range corpus.Keys {
			if v := w.Doc.Values(k); len(v) > 0 && !slices.Contains(private, k) {
				d.Facts[k] = v
			}
			if _, ok := w.Doc.Corrected[k]; ok && !slices.Contains(private, k) {
				d.Corrected = append(d.Corrected, k)
			}
		}
		docs = append(docs, d)
	}
	brief := BagBriefFile{Name: b.Title, Style: b.Style, Form: b.Form, Items: []BagItem{}}
	for _, it := range b.Items {
		item := BagItem{Heading: it.Heading, Words: it.Words}
		if it.Quote != nil {
			item.N, item.Quote = it.Quote.N, &it.Quote.Quote
		}
		brief.Items = append(brief.Items, item)
	}
	var out []bagit.File
	for name, v := range map[string]any{BagDocuments: docs, BagBrief: brief} {
		in, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			return nil, err
		}
		out = append(out, bagit.Bytes(name, append(in, '\n')))
	}
	return out, nil
}
