package html

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/meta"
)

// facts are what the head of a page says about it.
type facts struct {
	title, ogTitle string
	headline       string // in the data for programs
	site           string // name of the site
	article        bool   // the page says that it is an article of a site
	date           corpus.Date
	dateRank       int // of the meta element that gave the date, the smaller the better
	canonical      string
	saved          string // address in the comment of a browser that saved the page
}

// dateNames are the names of meta elements that hold the day of publication,
// the surer first.
var dateNames = []string{
	"article:published_time", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "date", "pubdate",
	"publish-date", "datepublished",
}

// element takes a meta or link element.
func (f *facts) element(tag string, attrs []html.Attribute) {
	if tag == "link" {
		if strings.EqualFold(attr(attrs, "rel"), "canonical") && web(attr(attrs, "href")) {
			f.canonical = attr(attrs, "href")
		}
		return
	}
	name := cmp.Or(attr(attrs, "property"), attr(attrs, "name"), attr(attrs, "itemprop"))
	f.meta(strings.ToLower(name), strings.TrimSpace(attr(attrs, "content")))
}

// meta takes what a meta element says.
func (f *facts) meta(name, content string) {
	switch name {
	case "og:title":
		f.ogTitle = content
	case "og:site_name":
		f.site = ingest.OneLine(content)
	case "og:type":
		f.article = f.article || content == "article"
	case "article:published_time":
		f.article = true
	case "og:url":
		if f.canonical == "" && web(content) {
			f.canonical = content
		}
	}
	rank := slices.Index(dateNames, name)
	if d := meta.ParseDate(content); rank >= 0 && d != "" && (f.date == "" || rank < f.dateRank) {
		f.date, f.dateRank = d, rank
	}
}

func web(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// comment takes a comment: " saved from url=(0031)https://example.org/a ".
func (p *page) comment(s string) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "saved from url=(")
	if !ok || p.facts.saved != "" {
		return
	}
	if _, address, found := strings.Cut(rest, ")"); found && web(strings.TrimSpace(address)) {
		p.facts.saved = strings.TrimSpace(address)
	}
}

// emit gives the facts. The title of the window often carries the name of the
// site; og:title is the page's own.
func (f *facts) emit(out ingest.Emitter) error {
	title := ingest.OneLine(f.ogTitle)
	if title == "" {
		title = cmp.Or(f.headline, ingest.OneLine(f.title))
	}
	if head, ok := strings.CutSuffix(title, f.site); ok && f.site != "" {
		title = strings.TrimRight(head, " |–—-·:•")
	}
	address := f.canonical
	if address == "" {
		address = f.saved
	}
	for _, kv := range []struct {
		k corpus.Key
		v string
	}{{corpus.KeyTitle, title}, {corpus.KeyDate, string(f.date)}, {corpus.KeyURL, address}} {
		if kv.v == "" {
			continue
		}
		fact := corpus.Fact{Values: []string{kv.v}, Origin: corpus.FromFile, Confidence: 0.8}
		if err := out.Fact(kv.k, fact); err != nil {
			return err
		}
	}
	if !f.article || f.site == "" {
		return nil
	}
	// An article of a site is news, unless its text says what it is.
	news := corpus.Fact{Values: []string{string(corpus.News)}, Origin: corpus.FromText, Confidence: 0.5}
	return out.Fact(corpus.KeyKind, news)
}
