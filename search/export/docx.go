package export

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"dalel/search/cite"
	"dalel/search/quote"
)

// The parts of a Word file that are the same in all (ECMA-376, part 1).
//
//go:embed parts/content-types.xml
var docxTypes string

//go:embed parts/rels.xml
var docxRels string

//go:embed parts/document-rels.xml
var docxDocumentRels string

//go:embed parts/styles.xml
var docxStyles string

//go:embed parts/settings.xml
var docxSettings string

const (
	wordNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	firstRef = 2 // notes 0 and 1 are the separators
	cardsNS  = "urn:dalel:cards:1"
)

// zipTime stands on every file in a zip: two exports are the same bytes.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// DOCX writes a Word file without hidden data, fit to be filed. Its cards go
// into a file of their own.
func DOCX(w io.Writer, b *Bundle) error { return writeDOCX(w, b, false) }

// DOCXWithCards writes a Word file with its cards in a custom XML part.
func DOCXWithCards(w io.Writer, b *Bundle) error { return writeDOCX(w, b, true) }

func writeDOCX(w io.Writer, b *Bundle, cards bool) error {
	d := &docx{b: b}
	d.document()
	types, rels := docxTypes, docxDocumentRels
	parts := []part{{"word/document.xml", d.body.String()}, {"word/footnotes.xml", d.footnotes()}, {"word/styles.xml", docxStyles}, {"word/settings.xml", docxSettings}}
	if cards {
		in, err := quote.MarshalCards(b.Cards())
		if err != nil {
			return err
		}
		rels = strings.Replace(rels, "</Relationships>", `<Relationship Id="rIdCards" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item1.xml"/></Relationships>`, 1)
		types = strings.Replace(types, "</Types>", `<Override PartName="/customXml/item1.xml" ContentType="application/xml"/></Types>`, 1)
		parts = append(parts, part{"customXml/item1.xml", xmlHead + `<cards xmlns="` + cardsNS + `">` + escape(string(in)) + `</cards>`})
	}
	head := []part{{"[Content_Types].xml", types}, {"_rels/.rels", docxRels}, {"word/_rels/document.xml.rels", rels}}
	return writeZip(w, append(head, parts...))
}

// part is a file in a zip.
type part struct{ name, text string }

func writeZip(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.text); err != nil {
			return err
		}
	}
	return z.Close()
}

// docx is the text of a Word file under way.
type docx struct {
	b    *Bundle
	body strings.Builder
	mark int // bookmarks so far
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer never fails to write
	return b.String()
}

func (d *docx) document() {
	d.body.WriteString(xmlHead + `<w:document ` + wordNS + `><w:body>`)
	d.para("Title", d.b.Title)
	if d.b.Note != "" {
		d.para("Normal", d.b.Note)
	}
	for _, it := range d.b.Items {
		switch {
		case it.Quote != nil:
			d.quote(it.Quote)
		case it.Heading != "":
			d.para("Heading1", it.Heading)
		default:
			for line := range strings.SplitSeq(it.Words, "\n") {
				d.para("BodyText", line)
			}
		}
	}
	if len(d.b.Works) > 0 {
		d.exhibits()
		d.authorities()
		d.howTo()
	}
	d.body.WriteString(`<w:sectPr><w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`)
}

// para writes a paragraph of one style.
func (d *docx) para(style, text string) { d.open(style); d.run(text, ""); d.end() }

func (d *docx) open(style string) {
	d.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
}

func (d *docx) end() { d.body.WriteString(`</w:p>`) }

// textRun is a run of text; properties may be "".
func textRun(text, properties string) string {
	if text == "" {
		return ""
	}
	if properties != "" {
		properties = `<w:rPr>` + properties + `</w:rPr>`
	}
	return `<w:r>` + properties + `<w:t xml:space="preserve">` + escape(text) + `</w:t></w:r>`
}

func (d *docx) run(text, properties string) { d.body.WriteString(textRun(text, properties)) }

// langOf marks the language of a run, for spelling and hyphenation.
func langOf(code string) string {
	switch code {
	case "ru":
		return `<w:lang w:val="ru-RU"/>`
	case "kk":
		return `<w:lang w:val="kk-KZ"/>`
	case "en":
		return `<w:lang w:val="en-GB"/>`
	}
	return ""
}

// quote writes the words of a quote in quotation marks, with its note. Bookmarks
// stand around the words, so that they are found again after editing.
func (d *docx) quote(q *Quote) {
	opening, closing := d.b.marks()
	d.open("Quote")
	d.run(opening, "")
	id, name := d.bookmark("dalel_" + strconv.Itoa(q.N))
	d.body.WriteString(name)
	for _, r := range q.Runs {
		properties := ""
		if r.Emphasis {
			properties = "<w:i/>"
		}
		if !r.Ours() {
			properties += langOf(q.Text.Paragraphs[r.Para-1].Lang)
		}
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				d.end()
				d.open("Quote")
			}
			d.run(line, properties)
		}
	}
	d.body.WriteString(id)
	d.run(closing, "")
	d.reference(q)
	d.end()
	if q.Translation != nil {
		d.open("Quote")
		d.run(wTranslation.in(d.b.Lang)+": "+opening+q.Translation.Text+closing, langOf(q.Translation.Lang))
		d.end()
	}
}

// bookmark returns the end and the start of a new bookmark.
func (d *docx) bookmark(name string) (end, start string) {
	d.mark++
	id := strconv.Itoa(d.mark)
	return `<w:bookmarkEnd w:id="` + id + `"/>`, `<w:bookmarkStart w:id="` + id + `" w:name="` + name + `"/>`
}

// reference writes the mark of the note, or the citation itself in brackets.
func (d *docx) reference(q *Quote) {
	if d.b.Form != cite.Inline {
		fmt.Fprintf(&d.body, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, q.N+firstRef-1)
		return
	}
	end, start := d.bookmark("dalel_c" + strconv.Itoa(q.N))
	d.run(" ", "")
	d.body.WriteString(start + citeRuns(q.Cite.Runs) + end)
}

// citeRuns writes a citation.
func citeRuns(runs []cite.Run) string {
	var b strings.Builder
	for _, r := range runs {
		properties := ""
		if r.Italic {
			properties += "<w:i/>"
		}
		if r.Gap {
			properties += `<w:highlight w:val="yellow"/>`
		}
		b.WriteString(textRun(r.Text, properties))
	}
	return b.String()
}

// footnotes writes the part of notes.
func (d *docx) footnotes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:footnotes ` + wordNS + `>` +
		`<w:footnote w:type="separator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	if d.b.Form != cite.Inline {
		for _, q := range d.b.Quotes() {
			fmt.Fprintf(&b, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>`, q.N+firstRef-1)
			end, start := d.bookmark("dalel_c" + strconv.Itoa(q.N))
			b.WriteString(textRun(" ", "") + start + citeRuns(q.Cite.Runs) + end + `</w:p></w:footnote>`)
		}
	}
	b.WriteString(`</w:footnotes>`)
	return b.String()
}

// exhibits writes the list of documents with their hashes, on a page of its own.
func (d *docx) exhibits() {
	d.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/></w:pPr>` + textRun(wExhibits.in(d.b.Lang), "") + `</w:p>`)
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="9355" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="700"/><w:gridCol w:w="5055"/><w:gridCol w:w="3600"/></w:tblGrid>`)
	d.row(true, wNo.in(d.b.Lang), []cite.Run{{Text: wDocument.in(d.b.Lang)}}, wHash.in(d.b.Lang))
	for i, w := range d.b.Works {
		d.row(false, strconv.Itoa(i+1), w.Cite.Runs, spaced(string(w.Doc.ID)))
	}
	d.body.WriteString(`</w:tbl>`)
}

// spaced divides a hash into groups that a person can read out.
func spaced(hash string) string {
	const group = 8
	var parts []string
	for len(hash) > group {
		parts, hash = append(parts, hash[:group]), hash[group:]
	}
	return strings.Join(append(parts, hash), " ")
}

func (d *docx) row(head bool, no string, document []cite.Run, hash string) {
	header, properties := "", ""
	if head {
		header, properties = `<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`, "<w:b/>"
		document = []cite.Run{{Text: document[0].Text}}
	} else {
		header = `<w:trPr><w:cantSplit/></w:trPr>`
	}
	cell := func(width int, style, content string) {
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>%s</w:p></w:tc>`, width, style, content)
	}
	d.body.WriteString(`<w:tr>` + header)
	cell(700, "TableText", textRun(no, properties))
	if head {
		cell(5055, "TableText", textRun(document[0].Text, properties))
		cell(3600, "TableText", textRun(hash, properties))
	} else {
		cell(5055, "TableText", citeRuns(document))
		cell(3600, "TableHash", textRun(hash, ""))
	}
	d.body.WriteString(`</w:tr>`)
}

// authorities writes the table of authorities: each document with the notes that
// quote it.
func (d *docx) authorities() {
	d.para("Heading1", wAuthorities.in(d.b.Lang))
	for _, a := range d.b.authorities() {
		d.para("Heading2", a.Name)
		for _, w := range a.Works {
			d.open("BodyText")
			d.body.WriteString(citeRuns(w.Cite.Runs) + textRun(" ("+d.b.numbers(w.Quotes)+")", ""))
			d.end()
		}
	}
}

func (d *docx) howTo() {
	d.para("Heading1", wCheck.in(d.b.Lang))
	for _, line := range d.b.checkLines() {
		d.para("Normal", line)
	}
}
