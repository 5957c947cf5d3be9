package html

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
)

// maxSize is the longest page, in bytes. Trees take some ten times as much.
const maxSize = 48 << 20

// Extractor reads web pages.
type Extractor struct{}

// Name returns engine and version.
func (Extractor) Name() string { return "html@2" }

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the page is larger than %d MiB", maxSize>>20))
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return damaged(err)
	}
	t := charset.Decode(b, declared(b))
	if t.Damaged > 0 {
		if err := out.Warn(fmt.Sprintf("%d characters could not be decoded from %s", t.Damaged, t.Name)); err != nil {
			return err
		}
	}
	p := newPage(out)
	tree, err := html.Parse(strings.NewReader(t.String))
	if err == nil {
		if p.main, p.apart = marked(tree); !p.main && !p.apart {
			p.article = article(tree)
		}
		err = p.walk(ctx, tree)
	} else {
		err = p.tokens(ctx, t.String)
	}
	if err != nil {
		return err
	}
	return p.finish()
}

func damaged(err error) error {
	return &corpus.Error{Op: "html.extract", Kind: corpus.ErrDamaged, Err: err}
}

// declaredSet finds the character set that a page names, in its first bytes
// (HTML Standard, 13.2.3.2: 1024 of them; real pages are later).
var declaredSet = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_:-]+)`)

func declared(b []byte) string {
	m := declaredSet.FindSubmatch(b[:min(4096, len(b))])
	if m == nil {
		return ""
	}
	return string(m[1])
}

// walk turns a tree into the events of a page. It does not recurse: the
// parser allows 512 levels, and later ones may allow more.
func (p *page) walk(ctx context.Context, root *html.Node) error {
	for n := root; n != nil && p.err == nil; {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.enter(n)
		if n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != nil && n.NextSibling == nil {
			p.leave(n)
			n = n.Parent
		}
		if n != nil {
			p.leave(n)
			n = n.NextSibling
		}
	}
	return p.err
}

func (p *page) enter(n *html.Node) {
	switch n.Type {
	case html.ElementNode:
		p.start(n.Data, n.Attr)
	case html.TextNode:
		p.text(n.Data)
	case html.CommentNode:
		p.comment(n.Data)
	case html.ErrorNode, html.DocumentNode, html.DoctypeNode, html.RawNode:
	}
}

func (p *page) leave(n *html.Node) {
	if n.Type == html.ElementNode {
		p.end(n.Data, n.Attr)
	}
}

// tokens reads a page without making a tree.
func (p *page) tokens(ctx context.Context, s string) error {
	if err := p.out.Warn("the page is nested too deep: its navigation could not be told from its text"); err != nil {
		return err
	}
	z := html.NewTokenizer(strings.NewReader(s))
	for ctx.Err() == nil && p.err == nil {
		switch z.Next() {
		case html.ErrorToken:
			return p.err
		case html.TextToken:
			p.text(string(z.Text()))
		case html.CommentToken:
			p.comment(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if !void[t.Data] {
				t.Attr = nil // an end tag has none to undo what they switch on
			}
			p.start(t.Data, t.Attr)
		case html.EndTagToken:
			t := z.Token()
			p.end(t.Data, nil)
		case html.DoctypeToken:
		}
	}
	if p.err != nil {
		return p.err
	}
	return ctx.Err()
}

// marked reports whether a page marks its main part, and articles.
func marked(root *html.Node) (main, article bool) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			main = main || n.Data == "main" || attr(n.Attr, "role") == "main"
			article = article || n.Data == "article"
		}
	}
	return main, article
}
