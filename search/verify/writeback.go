package verify

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
	"dalel/search/quote"
)

// insertion is a note to be put into a Word file.
type insertion struct {
	para int // of the body
	at   int // byte of its text
	runs []cite.Run
	id   int
}

// WriteBack writes a Word file with a note for each quotation that was found and
// accepted; everything else in it stays as it is, byte for byte. It returns how
// many notes it wrote. A quotation that has a note already keeps it.
func (s *Drafts) WriteBack(ctx context.Context, out io.Writer, f File, results []Result, accept func(*Result) bool) (int, error) {
	w, err := openWord(f.Bytes)
	if err != nil {
		return 0, &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrUnsupported, Err: fmt.Errorf("only Word files can be written back: %w", err)}
	}
	var notes []insertion
	for i := range results {
		r := &results[i]
		if r.Kind != KindQuote || r.Verdict != Found || len(r.Places) == 0 || !accept(r) || hasNote(&w.body.paras[r.para], r.after) {
			continue
		}
		runs, err := s.cite(ctx, &r.Places[0])
		if err != nil {
			return 0, err
		}
		notes = append(notes, insertion{para: r.para, at: r.after, runs: runs})
	}
	return len(notes), w.write(out, notes)
}

// hasNote reports whether the mark of a note stands right behind a quotation.
func hasNote(p *wordPara, at int) bool {
	return slices.ContainsFunc(p.refs, func(r noteRef) bool { return r.at >= at && r.at <= at+2 })
}

// cite cites the place of a quotation.
func (s *Drafts) cite(ctx context.Context, c *Candidate) ([]cite.Run, error) {
	t, err := s.Library.Text(ctx, c.Doc)
	if err != nil {
		return nil, err
	}
	var doc *corpus.Document
	for d, err := range s.Library.Documents(ctx) {
		if err != nil {
			return nil, err
		}
		if d.ID == c.Doc {
			doc = d
		}
	}
	if doc == nil {
		return nil, &corpus.Error{Op: "verify", Subj: c.Doc.Short(), Kind: corpus.ErrNotFound, Err: errors.New("the document is gone")}
	}
	start := max(c.start, min(quote.LabelEnd(&t.Paragraphs[c.Para-1]), c.end-1))
	at := cite.Locate(t, doc.Kind(), []cite.Span{{Ord: c.Para, Start: start, End: c.end}})
	style := s.Style
	if style == "" {
		style = cite.UN
	}
	lang, err := style.Lang(s.Lang, doc.Value(corpus.KeyLang))
	if err != nil {
		lang = ""
	}
	cited, err := cite.Cite(doc, at, cite.Options{Style: style, Lang: lang})
	return cited.Runs, err
}

// write writes the file with notes. Parts that are not concerned are copied as
// they are, compressed as they are.
func (w *wordFile) write(out io.Writer, notes []insertion) error {
	slices.SortStableFunc(notes, func(a, b insertion) int { return cmp.Or(cmp.Compare(a.para, b.para), cmp.Compare(a.at, b.at)) })
	next := w.nextNote()
	for i := range notes {
		notes[i].id = next + i
	}
	changed := map[string][]byte{}
	if len(notes) > 0 {
		body, err := w.withMarks(notes)
		if err != nil {
			return err
		}
		changed["word/document.xml"] = body
		if err := w.withNotes(changed, notes); err != nil {
			return err
		}
	}
	z := zip.NewWriter(out)
	for _, f := range w.zip.File {
		b, ok := changed[f.Name]
		if !ok {
			if err := z.Copy(f); err != nil {
				return err
			}
			continue
		}
		delete(changed, f.Name)
		if err := replacePart(z, f, b); err != nil {
			return err
		}
	}
	for _, name := range []string{"word/footnotes.xml", "word/_rels/document.xml.rels"} {
		if b, ok := changed[name]; ok {
			if err := addPart(z, name, b); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

func replacePart(z *zip.Writer, f *zip.File, b []byte) error {
	h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified}
	h.ModifiedDate, h.ModifiedTime = f.ModifiedDate, f.ModifiedTime //nolint:staticcheck // as it was, also where it was never set
	p, err := z.CreateHeader(h)
	if err == nil {
		_, err = p.Write(b)
	}
	return err
}

func addPart(z *zip.Writer, name string, b []byte) error {
	p, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err == nil {
		_, err = p.Write(b)
	}
	return err
}

// nextNote returns a number that no note of the file has.
func (w *wordFile) nextNote() int {
	next := 1
	if w.notes == nil {
		return next
	}
	for id := range w.notes.byNote {
		if n, err := strconv.Atoi(id); err == nil && n >= next {
			next = n + 1
		}
	}
	return next
}

// withMarks puts the marks of notes into the body, the last first, so that the
// places before stay where they are.
func (w *wordFile) withMarks(notes []insertion) ([]byte, error) {
	raw := slices.Clone(w.body.raw)
	styled := w.hasStyle("FootnoteReference")
	for _, n := range slices.Backward(notes) {
		run := w.body.paras[n.para].runAt(n.at)
		if run == nil {
			return nil, fmt.Errorf("paragraph %d has no run of words at %d", n.para+1, n.at)
		}
		at, err := rawOffset(w.body.raw[run.rawStart:run.rawEnd], n.at-run.start)
		if err != nil {
			return nil, err
		}
		mark := w.body.mark(n.id, styled)
		cut := run.rawStart + at
		if cut == run.rawEnd && simpleEnd(w.body, run) {
			raw = slices.Insert(raw, run.runEnd, []byte(mark)...)
			continue
		}
		p := w.body.prefix
		split := "</" + p + "t></" + p + "r>" + mark + "<" + p + "r>" + run.props + "<" + p + `t xml:space="preserve">`
		raw = slices.Insert(raw, cut, []byte(split)...)
	}
	return raw, nil
}

// simpleEnd reports whether nothing but the ends of elements follows the words
// of a run.
func simpleEnd(p *wordPart, run *wordRun) bool {
	tail := string(p.raw[run.rawEnd:run.runEnd])
	return tail == "</"+p.prefix+"t></"+p.prefix+"r>"
}

// runAt returns the run whose words reach up to a byte of the paragraph.
func (p *wordPara) runAt(at int) *wordRun {
	for i := range p.runs {
		if r := &p.runs[i]; r.start < at && at <= r.end {
			return r
		}
	}
	return nil
}

// rawOffset returns where byte n of the decoded words stands in their XML.
func rawOffset(raw []byte, n int) (int, error) {
	at := 0
	for n > 0 {
		if at >= len(raw) {
			return 0, errors.New("the words end before their place")
		}
		size, width := 1, 1
		switch raw[at] {
		case '&':
			end := bytes.IndexByte(raw[at:], ';')
			if end < 0 {
				return 0, errors.New("an entity without its end")
			}
			var s string
			if err := xml.Unmarshal(append(append([]byte("<a>"), raw[at:at+end+1]...), "</a>"...), &s); err != nil {
				return 0, err
			}
			size, width = end+1, len(s)
		case '<': // a CDATA section or a comment: too rare to cut
			return 0, errors.New("markup inside the words")
		case '\r': // XML reads it as a line feed, with or without one behind it
			if at+1 < len(raw) && raw[at+1] == '\n' {
				size = 2
			}
		default:
			_, k := utf8.DecodeRune(raw[at:])
			size, width = k, k
		}
		at, n = at+size, n-width
	}
	return at, nil
}

// mark is the run that refers to a note.
func (p *wordPart) mark(id int, styled bool) string {
	w := p.prefix
	look := `<` + w + `vertAlign ` + w + `val="superscript"/>`
	if styled {
		look = `<` + w + `rStyle ` + w + `val="FootnoteReference"/>`
	}
	return fmt.Sprintf(`<%[1]sr><%[1]srPr>%[2]s</%[1]srPr><%[1]sfootnoteReference %[1]sid="%[3]d"/></%[1]sr>`, w, look, id)
}

// hasStyle reports whether the file defines a style.
func (w *wordFile) hasStyle(id string) bool {
	for _, f := range w.zip.File {
		if f.Name == "word/styles.xml" {
			b, err := unzip(f)
			return err == nil && bytes.Contains(b, []byte(`styleId="`+id+`"`))
		}
	}
	return false
}

const relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

// withNotes adds the notes to their part, or makes one, with what has to name it.
func (w *wordFile) withNotes(changed map[string][]byte, notes []insertion) error {
	if w.notes != nil {
		p := w.notes.prefix
		end := bytes.LastIndex(w.notes.raw, []byte("</"+p+"footnotes>"))
		if end < 0 {
			return errors.New("word/footnotes.xml has no end")
		}
		raw := slices.Clone(w.notes.raw)
		changed["word/footnotes.xml"] = slices.Insert(raw, end, []byte(w.notesXML(p, notes))...)
		return nil
	}
	changed["word/footnotes.xml"] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<w:footnotes xmlns:w="` + wordSpaces[0] + `">` +
		`<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>` +
		w.notesXML("w:", notes) + `</w:footnotes>`)
	return w.nameNotes(changed)
}

func (w *wordFile) notesXML(p string, notes []insertion) string {
	textStyle, refLook := "", `<`+p+`vertAlign `+p+`val="superscript"/>`
	if w.hasStyle("FootnoteText") {
		textStyle = `<` + p + `pPr><` + p + `pStyle ` + p + `val="FootnoteText"/></` + p + `pPr>`
	}
	if w.hasStyle("FootnoteReference") {
		refLook = `<` + p + `rStyle ` + p + `val="FootnoteReference"/>`
	}
	small := `<` + p + `sz ` + p + `val="20"/>`
	if textStyle != "" {
		small = ""
	}
	var b strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&b, `<%[1]sfootnote %[1]sid="%[2]d"><%[1]sp>%[3]s<%[1]sr><%[1]srPr>%[4]s</%[1]srPr><%[1]sfootnoteRef/></%[1]sr>`, p, n.id, textStyle, refLook)
		for i, r := range n.runs {
			look, text := small, r.Text
			if r.Italic {
				look = `<` + p + `i/>` + look
			}
			if r.Gap {
				look += `<` + p + `highlight ` + p + `val="yellow"/>`
			}
			if i == 0 {
				text = " " + text
			}
			if look != "" {
				look = `<` + p + `rPr>` + look + `</` + p + `rPr>`
			}
			fmt.Fprintf(&b, `<%[1]sr>%[2]s<%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sr>`, p, look, escapeXML(text))
		}
		fmt.Fprintf(&b, `</%[1]sp></%[1]sfootnote>`, p)
	}
	return b.String()
}

func escapeXML(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer never fails to write
	return b.String()
}

var relID = regexp.MustCompile(`Id="rId(\d+)"`)

// nameNotes enters a new part of notes into the lists of types and relations.
func (w *wordFile) nameNotes(changed map[string][]byte) error {
	types, err := w.part("[Content_Types].xml")
	if err != nil {
		return err
	}
	const override = `<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>`
	if changed["[Content_Types].xml"], err = before(types, "</Types>", override); err != nil {
		return err
	}
	rels, err := w.part("word/_rels/document.xml.rels")
	if err != nil {
		rels = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`)
	}
	if open, ok := bytes.CutSuffix(bytes.TrimSpace(rels), []byte("/>")); ok { // an empty list, closed at once
		rels = append(slices.Clone(open), "></Relationships>"...)
	}
	most := 0
	for _, m := range relID.FindAllSubmatch(rels, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil {
			most = max(most, n)
		}
	}
	rel := fmt.Sprintf(`<Relationship Id="rId%d" Type="%s" Target="footnotes.xml"/>`, most+1, relType)
	changed["word/_rels/document.xml.rels"], err = before(rels, "</Relationships>", rel)
	return err
}

func before(b []byte, end, what string) ([]byte, error) {
	at := bytes.LastIndex(b, []byte(end))
	if at < 0 {
		return nil, fmt.Errorf("no %s in the file", end)
	}
	return slices.Insert(slices.Clone(b), at, []byte(what)...), nil
}

func (w *wordFile) part(name string) ([]byte, error) {
	for _, f := range w.zip.File {
		if f.Name == name {
			return unzip(f)
		}
	}
	return nil, fmt.Errorf("%s is missing", name)
}
