package html

import (
	"strings"

	"golang.org/x/net/html"
)

func set(names string) map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq(names) {
		m[name] = true
	}
	return m
}

var (
	// void elements have no end tag.
	void = set("area base br col embed hr img input link meta source track wbr")
	// hidden elements show no text of their own.
	hidden = set("script style template noscript svg iframe object select button textarea audio video canvas")
	// blocks begin and end a paragraph.
	blocks = set(`address article aside blockquote body caption center dd details div dl dt fieldset figcaption
		figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot
		th thead tr ul`)
)

// headingLevel returns 1 to 6 for h1 to h6; 0 for other elements.
func headingLevel(tag string) int {
	if len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}

// clutter reports elements that hold no text of the document.
func clutter(tag string, attrs []html.Attribute) bool {
	role := attr(attrs, "role")
	return tag == "nav" || tag == "footer" || role == "navigation" || role == "menu" || role == "contentinfo"
}

// principal reports elements that hold the text of the document, by the word
// of the page.
func principal(tag string, attrs []html.Attribute) bool {
	return tag == "main" || tag == "article" || attr(attrs, "role") == "main"
}

// unseen reports elements that a browser does not show.
func unseen(tag string, attrs []html.Attribute) bool {
	if hidden[tag] {
		return true
	}
	for _, a := range attrs {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(strings.ToLower(strings.ReplaceAll(a.Val, " ", "")), "display:none") {
			return true
		}
	}
	return false
}

func attr(attrs []html.Attribute, name string) string {
	for _, a := range attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
