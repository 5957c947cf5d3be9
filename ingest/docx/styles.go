package docx

import (
	"strconv"
	"strings"

	"dalel/ingest/xmlpart"
)

// value is an element that says all in its attribute val.
type value struct {
	Val string `xml:"val,attr"`
}

func (v *value) int(otherwise int) int {
	if v == nil {
		return otherwise
	}
	n, err := strconv.Atoi(v.Val)
	if err != nil {
		return otherwise
	}
	return n
}

// style is a paragraph style.
type style struct {
	ID      string `xml:"styleId,attr"`
	Type    string `xml:"type,attr"`
	Default string `xml:"default,attr"`
	Name    value  `xml:"name"`
	Based   value  `xml:"basedOn"`
	Outline *value `xml:"pPr>outlineLvl"`
	NumID   *value `xml:"pPr>numPr>numId"`
	Level   *value `xml:"pPr>numPr>ilvl"`
}

type styles map[string]*style

func (d *document) loadStyles(name string) error {
	var raw struct {
		List []*style `xml:"style"`
	}
	err := xmlpart.Decode(d.zip, name, &raw)
	d.styles = make(styles, len(raw.List))
	for _, s := range raw.List {
		d.styles[s.ID] = s
	}
	return err
}

// maxBased is how many styles may be based on one another.
const maxBased = 16

// heading returns the level of headings in a style, from 1; 0 for text.
// Built-in styles keep their English names in files of every language.
func (ss styles) heading(id string) int {
	for range maxBased {
		s := ss[id]
		if s == nil {
			return 0
		}
		name := strings.ToLower(s.Name.Val)
		if n, ok := strings.CutPrefix(name, "heading "); ok {
			if level, err := strconv.Atoi(n); err == nil && level >= 1 && level <= 9 {
				return level
			}
		}
		if name == "title" {
			return 1
		}
		if level := s.Outline.int(9); level < 9 {
			return level + 1
		}
		id = s.Based.Val
	}
	return 0
}

// numbering returns the list that a style numbers its paragraphs with, and its
// level there; "" if none.
func (ss styles) numbering(id string) (numID string, level int) {
	level = -1
	for range maxBased {
		s := ss[id]
		if s == nil {
			break
		}
		if level < 0 && s.Level != nil {
			level = s.Level.int(0)
		}
		if s.NumID != nil {
			return s.NumID.Val, max(level, 0)
		}
		id = s.Based.Val
	}
	return "", 0
}
