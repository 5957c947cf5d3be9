package verify

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/search/bagit"
	"dalel/search/export"
	"dalel/search/quote"
)

// File is a file to check.
type File struct {
	Name  string // as it was given
	Bytes []byte
	Side  []byte // cards that lie beside it; nil if there are none
}

// body is what really stands in a file of one quote.
type body struct {
	words, cite       string
	hasWords, hasCite bool
}

// exported is one of our own exports.
type exported struct {
	cards  quote.Cards
	bodies map[int]body // by number of the quote
	all    string       // all text of the file, where the quotes are not marked
	dir    fs.FS        // of a bag
	broken error        // what is wrong with the bag as a whole
}

// TextOf reads the text of a file that only an extractor can read: a PDF.
type TextOf func(ctx context.Context, name string, b []byte) (*corpus.Text, error)

// errNoCards says that a file is no export of ours.
var errNoCards = errors.New("no cards")

// readExport reads an export; errNoCards if the file is none.
func readExport(ctx context.Context, f File, text TextOf) (*exported, error) {
	x := &exported{bodies: map[int]body{}}
	var err error
	switch {
	case bytes.HasPrefix(f.Bytes, []byte("PK")):
		err = x.zipped(f)
	case bytes.HasPrefix(f.Bytes, []byte("%PDF")):
		err = x.pdf(ctx, f, text)
	default:
		err = x.plain(f)
	}
	if err != nil {
		return nil, err
	}
	if len(x.cards.Items) == 0 && f.Side != nil {
		if err := json.Unmarshal(f.Side, &x.cards); err != nil {
			return nil, &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: fmt.Errorf("the cards beside it: %w", err)}
		}
	}
	if x.cards.Format == "" {
		return nil, errNoCards
	}
	if x.cards.Format != "1" {
		return nil, &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrUnsupported, Err: fmt.Errorf("cards of format %s", x.cards.Format)}
	}
	return x, nil
}

// zipped reads a Word file, a workbook, or a bag in an archive.
func (x *exported) zipped(f File) error {
	z, err := zip.NewReader(bytes.NewReader(f.Bytes), int64(len(f.Bytes)))
	if err != nil {
		return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
	}
	for _, part := range z.File {
		dir, isBag := strings.CutSuffix(part.Name, "bagit.txt")
		switch {
		case part.Name == "word/document.xml":
			return x.word(f)
		case part.Name == "xl/workbook.xml":
			return x.workbook(f)
		case isBag && strings.Count(dir, "/") <= 1:
			sub, err := fs.Sub(z, strings.TrimSuffix(dir, "/"))
			if dir == "" {
				sub, err = z, nil
			}
			if err != nil {
				return err
			}
			return x.bag(sub)
		}
	}
	return errNoCards
}

func (x *exported) word(f File) error {
	w, err := openWord(f.Bytes)
	if err != nil {
		return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
	}
	for _, part := range w.custom {
		var c struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		}
		if xml.Unmarshal(part, &c) == nil && c.XMLName.Local == "cards" {
			if err := json.Unmarshal([]byte(c.Text), &x.cards); err != nil {
				return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
			}
		}
	}
	for _, part := range []*wordPart{w.body, w.notes} {
		if part != nil {
			x.marks(part)
			x.all += part.all()
		}
	}
	return nil
}

// marks takes the words between our bookmarks.
func (x *exported) marks(part *wordPart) {
	for name, words := range part.marks {
		var n int
		if _, err := fmt.Sscanf(name, "dalel_c%d", &n); err == nil {
			b := x.bodies[n]
			b.cite, b.hasCite = words, true
			x.bodies[n] = b
		} else if _, err := fmt.Sscanf(name, "dalel_%d", &n); err == nil {
			b := x.bodies[n]
			b.words, b.hasWords = words, true
			x.bodies[n] = b
		}
	}
}

func (x *exported) workbook(f File) error {
	book, err := excelize.OpenReader(bytes.NewReader(f.Bytes), excelize.Options{UnzipSizeLimit: maxPart, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
	}
	defer func() { _ = book.Close() }() // in memory
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
	}
	return x.table(rows, func(s string) string { return s })
}

// table reads rows under a header with the columns quote, citation and card.
func (x *exported) table(rows [][]string, cell func(string) string) error {
	if len(rows) == 0 {
		return errNoCards
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	value := func(row []string, name string) string {
		if i, ok := at[name]; ok && i < len(row) {
			return cell(row[i])
		}
		return ""
	}
	if _, ok := at["card"]; !ok {
		return errNoCards
	}
	for _, row := range rows[1:] {
		var c quote.Card
		if err := json.Unmarshal([]byte(value(row, "card")), &c); err != nil {
			return &corpus.Error{Op: "verify", Kind: corpus.ErrDamaged, Err: fmt.Errorf("a card in the table: %w", err)}
		}
		x.cards.Items = append(x.cards.Items, c)
		x.bodies[c.N] = body{words: value(row, "quote"), cite: value(row, "citation"), hasWords: true, hasCite: true}
	}
	x.cards.Format = "1"
	return nil
}

func (x *exported) pdf(ctx context.Context, f File, text TextOf) error {
	if f.Side == nil || text == nil {
		return errNoCards
	}
	t, err := text(ctx, f.Name, f.Bytes)
	if err != nil {
		return err
	}
	for i := range t.Paragraphs {
		x.all += t.Paragraphs[i].Text + "\n"
	}
	return nil
}

// plain reads HTML, Markdown, CSV, and our JSON.
func (x *exported) plain(f File) error {
	s := strings.TrimPrefix(string(f.Bytes), export.BOM)
	head := strings.ToLower(s[:min(len(s), 512)])
	switch {
	case strings.HasPrefix(strings.TrimSpace(head), "<!doctype html"), strings.HasPrefix(strings.TrimSpace(head), "<html"):
		return x.page(s)
	case strings.HasPrefix(s, "n,heading,quote,"):
		rows, err := csv.NewReader(strings.NewReader(s)).ReadAll()
		if err != nil {
			return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrDamaged, Err: err}
		}
		return x.table(rows, export.Unguard)
	case strings.HasPrefix(s, "{"), strings.HasPrefix(s, "["):
		return x.json(s)
	case strings.Contains(s, "```json\n"):
		return x.markdown(s)
	}
	x.all = s
	return nil
}

// json reads cards alone, or CSL-JSON that carries them. Their words are those
// of the annotations themselves.
func (x *exported) json(s string) error {
	if strings.HasPrefix(s, "[") {
		return x.csl(s)
	}
	if json.Unmarshal([]byte(s), &x.cards) != nil || x.cards.Format == "" {
		return errNoCards
	}
	for _, c := range x.cards.Items {
		x.bodies[c.N] = body{words: wordsOf(&c), cite: c.Citation, hasWords: true, hasCite: true}
	}
	return nil
}

func (x *exported) csl(s string) error {
	var items []struct {
		Abstract string `json:"abstract"`
		Custom   struct {
			Citation string      `json:"citation"`
			Card     *quote.Card `json:"card"`
		} `json:"custom"`
	}
	if json.Unmarshal([]byte(s), &items) != nil {
		return errNoCards
	}
	for _, it := range items {
		if it.Custom.Card == nil {
			return errNoCards
		}
		c := *it.Custom.Card
		x.cards.Items = append(x.cards.Items, c)
		x.bodies[c.N] = body{words: it.Abstract, cite: c.Citation, hasWords: true, hasCite: true}
	}
	x.cards.Format = "1"
	return nil
}

// wordsOf puts the words of a card's targets together as they are shown.
func wordsOf(c *quote.Card) string {
	var b strings.Builder
	para := 0
	for _, s := range c.Shown {
		if s.Target < 0 || s.Target >= len(c.Target) {
			b.WriteString(s.Words)
			para = 0
			continue
		}
		t := &c.Target[s.Target]
		if para != 0 && t.Para != para {
			b.WriteString("\n")
		}
		for _, sel := range t.Selector {
			b.WriteString(sel.Exact)
		}
		para = t.Para
	}
	return b.String()
}

// page reads our HTML: the words stand in elements that name their quote.
func (x *exported) page(s string) error {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return &corpus.Error{Op: "verify", Kind: corpus.ErrDamaged, Err: err}
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			var no int
			switch {
			case a.Key == "id" && a.Val == "dalel-cards":
				if err := json.Unmarshal([]byte(textOf(n)), &x.cards); err != nil {
					return &corpus.Error{Op: "verify", Kind: corpus.ErrDamaged, Err: fmt.Errorf("the cards in the page: %w", err)}
				}
			case a.Key == "data-quote" && number(a.Val, &no):
				b := x.bodies[no]
				if b.hasWords {
					b.words += "\n"
				}
				b.words, b.hasWords = b.words+textOf(n), true
				x.bodies[no] = b
			case a.Key == "data-cite" && number(a.Val, &no):
				b := x.bodies[no]
				b.cite, b.hasCite = b.cite+textOf(n), true
				x.bodies[no] = b
			}
		}
	}
	if x.cards.Format == "" {
		x.all = textOf(root)
	}
	return nil
}

func number(s string, n *int) bool {
	_, err := fmt.Sscanf(s, "%d", n)
	return err == nil
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// bag reads a bag: the words and citations lie in files of their own.
func (x *exported) bag(dir fs.FS) error {
	x.dir = dir
	x.broken = bagit.Check(dir)
	cards, err := fs.Glob(dir, export.BagQuotes+"*.json")
	if err != nil || len(cards) == 0 {
		return errNoCards
	}
	for _, name := range cards {
		var c quote.Card
		in, err := readSome(dir, name)
		if err == nil {
			err = json.Unmarshal(in, &c)
		}
		if err != nil {
			return &corpus.Error{Op: "verify", Subj: name, Kind: corpus.ErrDamaged, Err: err}
		}
		x.cards.Items = append(x.cards.Items, c)
		var b body
		base := strings.TrimSuffix(name, ".json")
		if in, err := readSome(dir, base+".quote.txt"); err == nil {
			b.words, b.hasWords = strings.TrimSuffix(string(in), "\n"), true
		}
		if in, err := readSome(dir, base+".cite.txt"); err == nil {
			b.cite, b.hasCite = strings.TrimSuffix(string(in), "\n"), true
		}
		x.bodies[c.N] = b
	}
	note, _ := readSome(dir, export.BagNote) // without it the log is not checked, and that is told
	key, _ := readSome(dir, export.BagKey)
	x.cards.Format, x.cards.Checkpoint, x.cards.Key = "1", string(note), strings.TrimSpace(string(key))
	return nil
}

// readSome reads a file of a bag, up to a limit.
func readSome(dir fs.FS, name string) ([]byte, error) {
	fi, err := fs.Stat(dir, name)
	if err != nil {
		return nil, err
	}
	if fi.Size() > maxPart || !fi.Mode().IsRegular() {
		return nil, errors.New("too large, or no file")
	}
	return fs.ReadFile(dir, name)
}
