package html

import (
	"encoding/json"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"

	"dalel/ingest"
	"dalel/ingest/meta"
)

// Limits of the search for the article of a page.
const (
	maxNodes   = 60_000 // of a page that is looked at: the search is slow on more
	minArticle = 400    // letters of an article that is believed
	maxAside   = 90     // bytes of a block outside of it that is no text
)

// article is the text of the main part of a page that does not mark it, as a
// library finds it; "" when it finds none. What stands outside of it is set
// apart only where it looks like what surrounds texts: links, and short lines
// without the end of a sentence. A text is never hidden for being in the wrong
// place: courts lay their decisions out as tables.
func article(root *html.Node) (text string) {
	defer func() {
		if recover() != nil { // a strange page is read whole
			text = ""
		}
	}()
	p := readability.NewParser()
	p.MaxElemsToParse, p.DisableJSONLD = maxNodes, true
	a, err := p.ParseDocument(root, nil)
	if err != nil || a.Node == nil {
		return ""
	}
	var b strings.Builder
	for n := range a.Node.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	squeezed := squeeze(b.String())
	if len([]rune(squeezed)) < minArticle {
		return ""
	}
	return squeezed
}

// squeeze drops what differs between two ways to write one text: white space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// aside reports whether a block outside of the article is none of the text.
func (p *page) aside(text string, links int) bool {
	if p.article == "" || strings.Contains(p.article, squeeze(text)) {
		return false
	}
	return links*2 > len(text) || len(text) < maxAside && !strings.ContainsAny(text[len(text)-1:], ".!?:;")
}

// maxLinked is how many bytes of linked data are read.
const maxLinked = 1 << 20

// linked takes the data about a page that is written for programs (JSON-LD,
// schema.org): its headline and the day of publication.
func (f *facts) linked(s string) {
	if len(s) > maxLinked {
		return
	}
	var v any
	if json.Unmarshal([]byte(strings.TrimSpace(s)), &v) != nil {
		return
	}
	f.node(v, 0)
}

// node takes a node of linked data, and those in it.
func (f *facts) node(v any, depth int) {
	const maxDepth = 6
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			f.node(x, depth+1)
		}
	case map[string]any:
		f.node(v["@graph"], depth+1)
		kind, _ := v["@type"].(string)
		if list, many := v["@type"].([]any); many && len(list) > 0 {
			kind, _ = list[0].(string)
		}
		if works[kind] {
			f.work(kind, v)
		}
	}
}

// works are the types of schema.org that are a text.
var works = set("Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BlogPosting WebPage Report Legislation")

// work takes what linked data says about a text.
func (f *facts) work(kind string, v map[string]any) {
	f.article = f.article || strings.HasSuffix(kind, "NewsArticle")
	if d, ok := v["datePublished"].(string); ok && f.date == "" {
		f.date, f.dateRank = meta.ParseDate(d), len(dateNames)
	}
	if h, ok := v["headline"].(string); ok {
		f.headline = ingest.OneLine(h)
	}
}
