package odt

import (
	"encoding/xml"
	"strconv"
	"strings"

	"dalel/ingest"
	"dalel/ingest/xmlpart"
)

// maxLevels is how many levels a list style has (ISO/IEC 26300, 16.30).
const maxLevels = 10

// level is how a level of a list counts.
type level struct {
	bullet         bool
	format         string // "1", "a", "A", "i", "I"; "" prints none
	prefix, suffix string
	start          int
	display        int // how many levels are printed: 2 for "1.1"
}

// styleReader collects list styles, which stand in two parts.
type styleReader struct {
	styles map[string][]level
	name   string
}

// Start implements xmlpart.Handler.
func (r *styleReader) Start(e xml.StartElement) {
	switch e.Name.Local {
	case "list-style":
		r.name = xmlpart.Attr(e, "name")
		r.styles[r.name] = make([]level, maxLevels)
	case "list-level-style-bullet", "list-level-style-number", "list-level-style-image":
		n, err := strconv.Atoi(xmlpart.Attr(e, "level"))
		if err != nil || n < 1 || n > maxLevels || r.styles[r.name] == nil {
			return
		}
		r.styles[r.name][n-1] = level{
			bullet: e.Name.Local != "list-level-style-number", format: xmlpart.Attr(e, "num-format"),
			prefix: xmlpart.Attr(e, "num-prefix"), suffix: xmlpart.Attr(e, "num-suffix"),
			start: atLeastOne(xmlpart.Attr(e, "start-value")), display: atLeastOne(xmlpart.Attr(e, "display-levels")),
		}
	}
}

// atLeastOne reads a positive number; 1 if it is none.
func atLeastOne(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// End implements xmlpart.Handler.
func (r *styleReader) End(name xml.Name) {
	if name.Local == "list-style" {
		r.name = ""
	}
}

// Chars implements xmlpart.Handler.
func (*styleReader) Chars([]byte) {}

// Failed implements xmlpart.Handler.
func (*styleReader) Failed() error { return nil }

// list is a list that is open, at one level.
type list struct {
	style string
	count *counts
	depth int
}

// counts are the numbers of a whole list, by level.
type counts [maxLevels]int

// newList opens a list, or a level of the one around it. A list that
// continues the numbering of another goes on with its counts.
func (s *story) newList(e xml.StartElement) *list {
	l := &list{style: xmlpart.Attr(e, "style-name"), count: new(counts)}
	if n := len(s.lists); n > 0 {
		outer := s.lists[n-1]
		l.count, l.depth = outer.count, min(outer.depth+1, maxLevels-1)
		if l.style == "" {
			l.style = outer.style
		}
		l.count[l.depth] = 0
		return l
	}
	if xmlpart.Attr(e, "continue-numbering") == "true" || xmlpart.Attr(e, "continue-list") != "" {
		if before := s.ended[l.style]; before != nil {
			l.count = before
		}
	}
	s.ended[l.style] = l.count
	return l
}

// next counts a list item and returns its mark.
func (s *story) next() string {
	n := len(s.lists)
	if n == 0 {
		return ""
	}
	l := s.lists[n-1]
	levels := s.styles[l.style]
	if levels == nil {
		return "•"
	}
	lv := levels[l.depth]
	if lv.bullet {
		return "•"
	}
	if l.count[l.depth] == 0 {
		l.count[l.depth] = lv.start
	} else {
		l.count[l.depth]++
	}
	if lv.format == "" {
		return ""
	}
	var parts []string
	for i := max(0, l.depth-max(lv.display, 1)+1); i <= l.depth; i++ {
		parts = append(parts, ingest.Numeral(levels[i].format, max(l.count[i], 1)))
	}
	return ingest.OneLine(lv.prefix + strings.Join(parts, ".") + lv.suffix)
}
