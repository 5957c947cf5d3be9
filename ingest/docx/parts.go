package docx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"dalel/ingest"
)

// Limits of one part of a file, against bombs.
const (
	maxPart  = 200 << 20 // bytes of XML; the longest real one seen had 20 MB
	maxDepth = 256       // elements inside each other
)

var (
	errPart  = fmt.Errorf("a part is longer than %d MiB", maxPart>>20)
	errDepth = fmt.Errorf("elements are nested deeper than %d", maxDepth)
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
	if d.part(name) == nil && part != "" {
		return nil, nil
	}
	var raw struct {
		List []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if err := d.decode(name, &raw); err != nil {
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

// part returns an open part, or nil. Names differ in case in some files.
func (d *document) part(name string) io.ReadCloser {
	for _, f := range d.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			if rc, err := f.Open(); err == nil {
				return rc
			}
			return nil
		}
	}
	return nil
}

// decode reads a small part into v.
func (d *document) decode(name string, v any) error {
	rc := d.part(name)
	if rc == nil {
		return fmt.Errorf("no part %s", name)
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	return xml.NewDecoder(&limited{r: rc, left: maxPart / 4}).Decode(v)
}

// limited is a reader that fails when there is more than there may be.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errPart
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// handler takes the elements of a part.
type handler interface {
	start(e xml.StartElement)
	end(name xml.Name)
	chars(s []byte)
	failed() error // asked after each event
}

// scan runs through a part.
func (d *document) scan(name string, h handler) error {
	rc := d.part(name)
	if rc == nil {
		return fmt.Errorf("no part %s", name)
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	dec := xml.NewDecoder(&limited{r: rc, left: maxPart})
	depth := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return h.failed()
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errDepth
			}
			h.start(t)
		case xml.EndElement:
			depth--
			h.end(t.Name)
		case xml.CharData:
			h.chars(t)
		}
		if err := h.failed(); err != nil {
			return err
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a switch such as <w:strike w:val="0"/>: on unless it says not.
func on(val string) bool { return val != "0" && val != "false" && val != "off" }

// word reports whether a name is of WordprocessingML, transitional or strict.
// DrawingML has elements of the same names.
func word(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") }

// oneLine makes the text of a paragraph.
func oneLine(s string) string { return ingest.OneLine(s) }
