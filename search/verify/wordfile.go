package verify

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of a Word file that is read: of a part once unpacked, and of the depth
// of its elements.
const (
	maxPart  = 64 << 20
	maxDepth = 200
)

// Namespaces of WordprocessingML: the usual one, and that of strict files.
var wordSpaces = []string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"http://purl.oclc.org/ooxml/wordprocessingml/main",
}

// wordFile is a Word file as far as quotes need it.
type wordFile struct {
	zip    *zip.Reader
	body   *wordPart
	notes  *wordPart // nil if there are none
	custom [][]byte  // custom XML parts
}

// wordPart is the text of one part of a Word file.
type wordPart struct {
	name   string
	raw    []byte
	prefix string // of WordprocessingML names: "w:", or ""
	paras  []wordPara
	marks  map[string]string // words between the ends of a bookmark, by its name
	byNote map[string]string // of the part of notes: their text, by id
}

// wordPara is a paragraph.
type wordPara struct {
	text  string
	runs  []wordRun
	refs  []noteRef // marks of notes in it
	style string
}

// wordRun is a w:t: a stretch of the paragraph's text, and where it stands in
// the part.
type wordRun struct {
	start, end       int    // bytes of the paragraph's text
	rawStart, rawEnd int    // of the content of the w:t, in the part
	runStart, runEnd int    // of the w:r around it
	props            string // its w:rPr, as it stands in the part
}

// noteRef is the mark of a note.
type noteRef struct {
	at int // bytes of the paragraph's text
	id string
}

// openWord reads a Word file.
func openWord(b []byte) (*wordFile, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	w := &wordFile{zip: z}
	for _, f := range z.File {
		switch {
		case f.Name == "word/document.xml":
			w.body, err = readPart(f)
		case f.Name == "word/footnotes.xml":
			w.notes, err = readPart(f)
		case strings.HasPrefix(f.Name, "customXml/item") && strings.HasSuffix(f.Name, ".xml"):
			var in []byte
			if in, err = unzip(f); err == nil {
				w.custom = append(w.custom, in)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if w.body == nil {
		return nil, errors.New("not a Word file: it has no word/document.xml")
	}
	return w, nil
}

// unzip reads a part, up to a limit.
func unzip(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	if err == nil && len(b) > maxPart {
		err = errors.New("too large")
	}
	return b, err
}

func readPart(f *zip.File) (*wordPart, error) {
	raw, err := unzip(f)
	if err != nil {
		return nil, err
	}
	p := &wordPart{name: f.Name, raw: raw, marks: map[string]string{}, byNote: map[string]string{}}
	return p, (&wordReader{part: p}).read()
}

// wordReader walks the elements of a part.
type wordReader struct {
	part  *wordPart
	dec   *xml.Decoder
	stack []string // local names of Word's elements; "" for others
	text  strings.Builder
	para  wordPara
	run   wordRun           // begun
	runs  []int             // indexes of this run's texts in para.runs
	open  map[string]string // ids of open bookmarks: their names
	words map[string]*strings.Builder
	note  string
	noted strings.Builder
	outer []outerPara // around a paragraph in a text box
	skip  int         // depth of the stack at which a second copy for old programs began; 0 if none
}

// outerPara is a paragraph that another one stands in.
type outerPara struct {
	para wordPara
	text string
	run  wordRun
	runs []int
}

func (r *wordReader) read() error {
	r.dec = xml.NewDecoder(bytes.NewReader(r.part.raw))
	r.open, r.words = map[string]string{}, map[string]*strings.Builder{}
	for {
		before := int(r.dec.InputOffset())
		tok, err := r.dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = r.start(t, before)
		case xml.EndElement:
			r.finish(r.local(t.Name))
		case xml.CharData:
			r.chars(string(t))
		}
		if err != nil {
			return err
		}
	}
	for name, b := range r.words {
		r.part.marks[name] = b.String()
	}
	return nil
}

// local returns the name of an element of Word's; "" for other elements.
func (r *wordReader) local(n xml.Name) string {
	if n.Space != strings.TrimSuffix(r.part.prefix, ":") {
		return ""
	}
	return n.Local
}

func (r *wordReader) start(t xml.StartElement, before int) error {
	if len(r.stack) == 0 {
		r.root(t)
	}
	if len(r.stack) >= maxDepth {
		return errors.New("elements nested too deep")
	}
	name := r.local(t.Name)
	r.stack = append(r.stack, name)
	if r.skip == 0 && t.Name.Local == "Fallback" {
		r.skip = len(r.stack)
	}
	if r.skip > 0 {
		return nil
	}
	switch name {
	case "p":
		r.outer = append(r.outer, outerPara{r.para, r.text.String(), r.run, r.runs})
		r.para, r.runs = wordPara{}, nil
		r.text.Reset()
	case "pStyle":
		r.para.style = attr(t, "val")
	case "r":
		r.run, r.runs = wordRun{runStart: before}, nil
	case "rPr":
		if r.in("r") {
			r.run.rawStart = before // until the end of rPr is known
		}
	case "t":
		r.run.rawStart, r.run.start = int(r.dec.InputOffset()), r.text.Len()
	default:
		if sign, ok := wordSigns[name]; ok && r.in("r") {
			r.write(sign)
		}
		r.mark(name, t)
	}
	return nil
}

// wordSigns are elements that stand for a sign.
var wordSigns = map[string]string{"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}

// mark takes bookmarks and notes.
func (r *wordReader) mark(name string, t xml.StartElement) {
	switch name {
	case "footnoteReference":
		r.para.refs = append(r.para.refs, noteRef{r.text.Len(), attr(t, "id")})
	case "footnote":
		r.note = attr(t, "id")
		r.noted.Reset()
	case "bookmarkStart":
		r.open[attr(t, "id")] = attr(t, "name")
	case "bookmarkEnd":
		delete(r.open, attr(t, "id"))
	}
}

// root finds which prefix Word's names have in this part.
func (r *wordReader) root(t xml.StartElement) {
	r.part.prefix = "w:"
	for _, a := range t.Attr {
		for _, space := range wordSpaces {
			if a.Value != space {
				continue
			}
			if a.Name.Space == "xmlns" {
				r.part.prefix = a.Name.Local + ":"
			} else if a.Name.Local == "xmlns" {
				r.part.prefix = ""
			}
		}
	}
}

func attr(t xml.StartElement, local string) string {
	for _, a := range t.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// in reports whether the element around the one just begun has a name.
func (r *wordReader) in(name string) bool {
	return len(r.stack) > 1 && r.stack[len(r.stack)-2] == name
}

func (r *wordReader) finish(name string) {
	after := int(r.dec.InputOffset())
	if r.skip > 0 {
		if len(r.stack) == r.skip {
			r.skip = 0
		}
		name = ""
	}
	if n := len(r.stack); n > 0 {
		r.stack = r.stack[:n-1]
	}
	switch name {
	case "rPr":
		if n := len(r.stack); n > 0 && r.stack[n-1] == "r" {
			r.run.props = string(r.part.raw[r.run.rawStart:after])
		}
	case "t":
		t := r.run
		t.end = r.text.Len()
		t.rawEnd = after - len("</"+r.part.prefix+"t>")
		if t.rawEnd >= t.rawStart {
			r.runs = append(r.runs, len(r.para.runs))
			r.para.runs = append(r.para.runs, t)
		}
	case "r":
		for _, i := range r.runs {
			r.para.runs[i].runEnd = after
		}
		r.runs = nil
	case "p":
		r.endPara()
	case "footnote":
		r.part.byNote[r.note] = strings.TrimSpace(r.noted.String())
		r.note = ""
	}
}

func (r *wordReader) endPara() {
	r.para.text = r.text.String()
	r.part.paras = append(r.part.paras, r.para)
	for _, name := range r.open {
		r.mine(name).WriteString("\n")
	}
	if r.note != "" {
		r.noted.WriteString("\n")
	}
	r.para, r.run, r.runs = wordPara{}, wordRun{}, nil
	r.text.Reset()
	if n := len(r.outer) - 1; n >= 0 {
		o := r.outer[n]
		r.outer = r.outer[:n]
		r.para, r.run, r.runs = o.para, o.run, o.runs
		r.text.WriteString(o.text)
	}
}

// chars takes the text of a w:t; all other text is no words.
func (r *wordReader) chars(s string) {
	if n := len(r.stack); n > 0 && r.stack[n-1] == "t" && r.skip == 0 {
		r.write(s)
	}
}

// write adds words to the paragraph, to the open bookmarks and to the note.
func (r *wordReader) write(s string) {
	r.text.WriteString(s)
	for _, name := range r.open {
		r.mine(name).WriteString(s)
	}
	if r.note != "" {
		r.noted.WriteString(s)
	}
}

func (r *wordReader) mine(name string) *strings.Builder {
	if r.words[name] == nil {
		r.words[name] = new(strings.Builder)
	}
	return r.words[name]
}

// all returns the text of a part, a line a paragraph.
func (p *wordPart) all() string {
	var b strings.Builder
	for i := range p.paras {
		b.WriteString(p.paras[i].text + "\n")
	}
	return b.String()
}
