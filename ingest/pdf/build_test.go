package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"dalel/corpus"
)

// file assembles a PDF from objects, numbered from 1.
type file struct {
	objects []string
	trailer string // entries beside Size and Root
}

// add adds an object and returns its number.
func (f *file) add(s string) int {
	f.objects = append(f.objects, s)
	return len(f.objects)
}

// stream adds a stream object.
func (f *file) stream(dict, data string) int {
	return f.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// bytes returns the file. Object root is the catalog.
func (f *file) bytes(root int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offs := make([]int, 0, len(f.objects))
	for i, o := range f.objects {
		offs = append(offs, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offs)+1)
	for _, o := range offs {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(offs)+1, root, f.trailer, at)
	return b.Bytes()
}

// The fonts of test pages: H and B are standard fonts; K and L are two fonts
// whose codes are Unicode and whose letters are half an em wide.
const toUnicodeIdentity = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " +
	"1 beginbfrange <0020> <FFFD> <0020> endbfrange endcmap"

// pages returns a file with a page for each content.
func pages(contents ...string) []byte { return pagesWith("", contents...) }

// pagesWith returns such a file whose pages have more entries.
func pagesWith(entries string, contents ...string) []byte {
	f := &file{}
	res, tree := f.resources()
	kids := make([]string, 0, len(contents))
	for _, c := range contents {
		s := f.stream("", c)
		p := f.add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 600 800]/Resources %d 0 R/Contents %d 0 R%s>>", tree, res, s, entries))
		kids = append(kids, fmt.Sprintf("%d 0 R", p))
	}
	f.objects[tree-1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " "))
	return f.bytes(f.add(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", tree)))
}

// resources adds the fonts and an image, and keeps a place for the page tree.
func (f *file) resources() (res, tree int) {
	tu := f.stream("", toUnicodeIdentity)
	cid := f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Specimen/DW 500>>")
	h := f.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	b := f.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
	k := f.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Specimen/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", cid, tu))
	l := f.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Other/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", cid, tu))
	im := f.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "\x00")
	res = f.add(fmt.Sprintf("<</Font<</H %d 0 R/B %d 0 R/K %d 0 R/L %d 0 R>>/XObject<</I %d 0 R>>>>", h, b, k, l, im))
	return res, f.add("")
}

// at returns operators that show Latin text at a place.
func at(x, y float64, font string, size float64, s string) string {
	s = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s)
	return fmt.Sprintf("BT /%s %g Tf %g %g Td (%s) Tj ET\n", font, size, x, y, s)
}

// wide is the same for fonts K and L: any text.
func wide(x, y float64, font string, size float64, s string) string {
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04X", u)
	}
	return fmt.Sprintf("BT /%s %g Tf %g %g Td <%s> Tj ET\n", font, size, x, y, hex.String())
}

// column returns lines 14 points apart from y down.
func column(x, y float64, lines ...string) string {
	var sb strings.Builder
	for i, l := range lines {
		sb.WriteString(at(x, y-14*float64(i), "H", 10, l))
	}
	return sb.String()
}

// result is what an extraction emitted.
type result struct {
	pages []corpus.Page
	paras []corpus.Paragraph
	facts corpus.Facts
	warns []string
}

func (r *result) Page(p corpus.Page) error           { r.pages = append(r.pages, p); return nil }
func (r *result) Paragraph(p corpus.Paragraph) error { r.paras = append(r.paras, p); return nil }
func (r *result) Warn(s string) error                { r.warns = append(r.warns, s); return nil }
func (r *result) Fact(k corpus.Key, f corpus.Fact) error {
	if r.facts == nil {
		r.facts = corpus.Facts{}
	}
	r.facts[k] = f
	return nil
}

// texts returns the texts of paragraphs of a role; of all with "".
func (r *result) texts(role corpus.Role) []string {
	var out []string
	for i := range r.paras {
		if role == "" || r.paras[i].Role == role {
			out = append(out, r.paras[i].Text)
		}
	}
	return out
}

func extract(b []byte) (*result, error) {
	r := &result{}
	err := Extractor{}.Extract(context.Background(), bytes.NewReader(b), r)
	return r, err
}

// read extracts a file that must be readable.
func read(t *testing.T, b []byte) *result {
	t.Helper()
	r, err := extract(b)
	if err != nil {
		t.Fatalf("Extract: %v", err)
	}
	return r
}
