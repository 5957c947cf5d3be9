package slides_test

import (
	"fmt"
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/ingest/extracttest"
	"dalel/ingest/slides"
)

const (
	rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	kind = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	ns   = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)

func shape(holder, text string) string {
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:nvPr><p:ph type=%q/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>%s</a:t></a:r></a:p></p:txBody></p:sp>`, holder, text)
}

func show(t testing.TB) []byte {
	return extracttest.Zip(t, "[Content_Types].xml", "",
		"_rels/.rels", rels+`<Relationship Id="r1" Type="`+kind+`officeDocument" Target="ppt/presentation.xml"/></Relationships>`,
		"ppt/presentation.xml", `<p:presentation `+ns+`><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels+`<Relationship Id="r1" Type="`+kind+`slide" Target="slides/slide1.xml"/><Relationship Id="r2" Type="`+kind+`slide" Target="slides/slide2.xml"/></Relationships>`,
		"ppt/slides/slide1.xml", `<p:sld `+ns+`><p:cSld><p:spTree><p:pic/></p:spTree></p:cSld></p:sld>`,
		"ppt/slides/slide2.xml", `<p:sld `+ns+`><p:cSld><p:spTree>`+shape("title", "Азаптау")+shape("body", "SPECIMEN: деректер")+
			`<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Жыл</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Саны</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl>`+
			shape("sldNum", "1")+`</p:spTree></p:cSld></p:sld>`,
		"ppt/slides/_rels/slide2.xml.rels", rels+`<Relationship Id="r1" Type="`+kind+`notesSlide" Target="../notesSlides/n.xml"/></Relationships>`,
		"ppt/notesSlides/n.xml", `<p:notes `+ns+`><p:cSld><p:spTree>`+shape("body", "Заметка докладчика.")+`</p:spTree></p:cSld></p:notes>`)
}

func TestSlides(t *testing.T) {
	got := extracttest.MustRun(t, slides.Extractor{}, show(t))
	want := []string{"heading: Азаптау", "SPECIMEN: деректер", "table: Жыл | Саны", "header: 1", "Заметка докладчика."}
	if !slices.Equal(got.Lines(), want) {
		t.Errorf("Lines = %q, want %q: in the order of the show", got.Lines(), want)
	}
	if len(got.Pages) != 2 || got.Pages[0].Status != corpus.PageOK || got.Pages[1].Status != corpus.PageDoubtful {
		t.Errorf("pages %+v; want the second doubtful: it is a picture", got.Pages)
	}
}

func FuzzSlides(f *testing.F) {
	f.Add(show(f))
	f.Fuzz(func(t *testing.T, b []byte) { extracttest.Check(t, slides.Extractor{}, b) })
}
