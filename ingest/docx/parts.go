package docx

import (
	"encoding/xml"
	"path"
	"strings"

	"dalel/ingest"
	"dalel/ingest/xmlpart"
)

// relation is where a part leads to.
type relation struct{ kind, target string }

type relations []relation

// first returns the part of a kind; "" if there is none.
func (rs relations) first(kind string) string {
	for _, r := range rs {
		if r.kind == kind {
			return r.target
		}
	}
	return ""
}

// relations reads the relations of a part; "" is the whole file. The kinds are
// the last words of the addresses that name them, which strict files spell
// differently.
func (d *document) relations(part string) (relations, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if part != "" && !xmlpart.Has(d.zip, name) {
		return nil, nil
	}
	var raw struct {
		List []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if err := xmlpart.Decode(d.zip, name, &raw); err != nil {
		return nil, err
	}
	var out relations
	for _, r := range raw.List {
		if r.Mode == "External" {
			continue
		}
		target := path.Join(dir, r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = path.Clean(r.Target[1:])
		}
		out = append(out, relation{path.Base(r.Type), target})
	}
	return out, nil
}

// on reads a switch such as <w:strike w:val="0"/>: on unless it says not.
func on(val string) bool { return val != "0" && val != "false" && val != "off" }

// word reports whether a name is of WordprocessingML, transitional or strict.
// DrawingML has elements of the same names.
func word(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") }

// oneLine makes the text of a paragraph.
func oneLine(s string) string { return ingest.OneLine(s) }
