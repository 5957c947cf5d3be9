package samples

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"text/template"

	_ "embed"
)

// docxParts holds every part of a Word file but the body and the footnotes,
// as a template.
//
//go:embed docx.tmpl
var docxParts string

// partMark begins the line of a template that names the part below it.
const partMark = "=== "

// word writes one document as WordprocessingML.
type word struct {
	doc  *document
	auto bool // numbers of paragraphs are Word's own, not typed
	b    strings.Builder

	changes int // tracked so far
}

// renderDOCX makes a Word file with real footnotes, a running head and page
// numbers. With "numbering: auto" in the header the paragraphs are numbered
// by Word, so that the numbers stand nowhere in the text.
func renderDOCX(d *document) ([]byte, error) {
	w := &word{doc: d, auto: d.head["numbering"] == "auto"}
	if err := w.checkAuto(); err != nil {
		return nil, err
	}
	for i := range d.blocks {
		w.block(d.blocks, i)
	}
	body := w.b.String()
	w.b.Reset()
	for _, n := range d.noteNumbers() {
		w.note(n)
	}
	left, right, _ := strings.Cut(d.head["running"], "||")
	return zipParts(d, docxParts, map[string]string{
		"Title": escape(d.head["title"]), "Lang": d.head["lang"], "Date": d.made().Format("2006-01-02T15:04:05Z"),
		"Left": escape(strings.TrimSpace(left)), "Right": escape(strings.TrimSpace(right)),
		"Body": body, "Notes": w.b.String(),
	})
}

// checkAuto makes sure that Word will count as the author did.
func (w *word) checkAuto() error {
	want := 1
	for _, b := range w.doc.blocks {
		if !w.auto || b.kind != numbered {
			continue
		}
		if b.label != strconv.Itoa(want)+"." {
			return invalid("paragraph %s where Word counts %d", b.label, want)
		}
		want++
	}
	return nil
}

// zipParts fills in the template and packs its parts with fixed times.
func zipParts(d *document, parts string, data map[string]string) ([]byte, error) {
	t, err := template.New("parts").Parse(parts)
	if err != nil {
		return nil, err
	}
	var all strings.Builder
	if err := t.Execute(&all, data); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for part := range strings.SplitSeq(strings.TrimPrefix(all.String(), partMark), "\n"+partMark) {
		name, body, _ := strings.Cut(part, "\n")
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.made()})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(body)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// paraStyles are the styles of blocks that need nothing else.
var paraStyles = map[blockKind]string{
	bullet: "Bullet", centred: "Centred", flush: "Flush", quote: "Quote", plain: "Plain",
}

// block writes a paragraph, or a whole table at its first row.
func (w *word) block(blocks []block, i int) {
	switch b := blocks[i]; b.kind {
	case row, mast:
		if i == 0 || blocks[i-1].kind != b.kind {
			w.table(blocks[i:], b.kind)
		}
	case breakPg:
		w.b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
	case heading:
		w.para("Heading"+strconv.Itoa(b.level), "", b.spans)
	case numbered:
		if w.auto {
			w.para("Numbered", "", b.spans)
			return
		}
		w.para("Plain", b.label+"\t", b.spans)
	case item:
		w.para("Item", b.label+"\t", b.spans)
	case bullet, centred, flush, quote, plain:
		w.para(paraStyles[b.kind], "", b.spans)
	case scan: // Word files of ours have no pictures
	}
}

// para writes a paragraph with a style and a typed label before its text.
func (w *word) para(style, label string, spans []span) {
	fmt.Fprintf(&w.b, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	if text, ok := strings.CutSuffix(label, "\t"); ok {
		fmt.Fprintf(&w.b, `<w:r><w:t>%s</w:t></w:r><w:r><w:tab/></w:r>`, escape(text))
	}
	w.runs(spans)
	w.b.WriteString("</w:p>")
}

// runs writes spans; a note mark becomes a reference to a real footnote.
func (w *word) runs(spans []span) {
	for _, s := range spans {
		switch {
		case s.note != 0:
			fmt.Fprintf(&w.b, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, s.note)
		case s.change != kept:
			w.changed(s)
		case s.italic:
			fmt.Fprintf(&w.b, `<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, escape(s.text))
		default:
			fmt.Fprintf(&w.b, `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, escape(s.text))
		}
	}
}

// changed writes a tracked change, as Word keeps it until somebody decides.
func (w *word) changed(s span) {
	tag, text := "ins", "t"
	if s.change == deleted {
		tag, text = "del", "delText"
	}
	w.changes++
	fmt.Fprintf(&w.b, `<w:%[1]s w:id="%[2]d" w:author="SPECIMEN" w:date="%[3]s"><w:r><w:%[4]s xml:space="preserve">%[5]s</w:%[4]s></w:r></w:%[1]s>`,
		tag, w.changes, w.doc.made().Format("2006-01-02T15:04:05Z"), text, escape(s.text))
}

// note writes one footnote.
func (w *word) note(n int) {
	fmt.Fprintf(&w.b, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>`+
		`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>`+
		`<w:r><w:t xml:space="preserve"> </w:t></w:r>`, n)
	w.runs(w.doc.notes[n])
	w.b.WriteString("</w:p></w:footnote>")
}

// table writes the rows of one kind at the beginning of blocks. A masthead is
// a table without borders.
func (w *word) table(blocks []block, kind blockKind) {
	style := "Grid"
	if kind == mast {
		style = "Masthead"
	}
	fmt.Fprintf(&w.b, `<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>`, style)
	w.b.WriteString("<w:tblGrid>" + strings.Repeat("<w:gridCol/>", len(blocks[0].cells)) + "</w:tblGrid>")
	for _, b := range blocks {
		if b.kind != kind {
			break
		}
		w.b.WriteString("<w:tr>")
		for _, c := range b.cells {
			w.b.WriteString("<w:tc>")
			w.para("Cell", "", c)
			w.b.WriteString("</w:tc>")
		}
		w.b.WriteString("</w:tr>")
	}
	w.b.WriteString("</w:tbl>")
	w.para("Plain", "", nil)
}

// escape makes text safe inside XML.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
