package odt

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/extracttest"
)

const namespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
	` xmlns:table="urn:t" xmlns:style="urn:s" xmlns:draw="urn:d" xmlns:dc="urn:dc"`

// lists is a list style: 1., (a), 1.1 at its three levels.
const lists = `<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3" text:start-value="5"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>`

func specimen(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.text"},
		{"meta.xml", `<office:document-meta` + namespaces + `><office:meta><dc:title>SPECIMEN petition</dc:title></office:meta></office:document-meta>`},
		{"content.xml", `<office:document-content` + namespaces + `><office:automatic-styles>` + lists + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, part[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHeads keeps the headers and footers of pages apart, once each; and reads
// the tables of spreadsheets.
func TestHeads(t *testing.T) {
	const style = ` xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"`
	b := extracttest.Zip(t, "mimetype", ingest.TypeODS,
		"styles.xml", `<office:document-styles`+namespaces+style+`><style:master-page><style:header><text:p>Іс<text:tab/>№ 1</text:p></style:header><style:footer><text:p>SPECIMEN</text:p></style:footer>`+
			`<style:header-left><text:p>SPECIMEN</text:p></style:header-left><style:header-style>x</style:header-style></style:master-page></office:document-styles>`,
		"content.xml", `<office:document-content`+namespaces+` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table><table:table-row>`+
			`<table:table-cell><text:p>Жыл</text:p></table:table-cell><table:table-cell><text:p>Саны</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`)
	want := []string{"table: Жыл | Саны", "header: Іс № 1", "header: SPECIMEN"}
	if got := extracttest.MustRun(t, Extractor{}, b).Lines(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBody(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"blanks are elements", `<text:p>SPECIMEN<text:s text:c="3"/>one<text:tab/>two<text:line-break/>three <text:span>bold</text:span></text:p>`, "SPECIMEN one two three bold"},
		{"headings", `<text:h text:outline-level="2">Facts</text:h><text:p>text</text:p>`, "heading: Facts|text"},
		{"tracked changes and comments are left out", `<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept<office:annotation><text:p>comment</text:p></office:annotation></text:p>`, "kept"},
		{"numbers of lists", `<text:list text:style-name="L1"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>x</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>y</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p><text:p>goes on</text:p></text:list-item></text:list>`, "1. one|(a) x|1.a.5 deep|(b) y|2. two|goes on"},
		{"a list that goes on", `<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item></text:list><text:p>between</text:p><text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>two</text:p></text:list-item></text:list><text:list text:style-name="L1"><text:list-item><text:p>anew</text:p></text:list-item></text:list>`, "1. one|between|2. two|1. anew"},
		{"bullets", `<text:list text:style-name="L2"><text:list-item><text:p>x</text:p></text:list-item></text:list>`, "• x"},
		{"notes follow their paragraph", `<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p><text:p>more</text:p></text:note-body></text:note>.</text:p><text:p>Two</text:p>`, "One¹.|footnote: ¹ note|footnote: more|Two"},
		{"text boxes follow their paragraph", `<text:p>out<draw:text-box><text:p>box</text:p></draw:text-box>side</text:p>`, "outside|box"},
		{"tables", `<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>2021</text:p></table:table-cell></table:table-row></table:table>`, "table: Year | 2021"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, specimen(t, tt.in))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
			if got.Facts[corpus.KeyTitle].Values[0] != "SPECIMEN petition" {
				t.Errorf("title is %v", got.Facts[corpus.KeyTitle])
			}
		})
	}
}

func TestHostile(t *testing.T) {
	for _, tt := range []struct {
		why string
		in  []byte
	}{
		{"no archive", []byte("PK\x03\x04")},
		{"elements without end", specimen(t, strings.Repeat("<text:p>", 1000))},
		{"broken XML", specimen(t, "<text:p></text:q>")},
	} {
		if _, err := extracttest.Run(t.Context(), Extractor{}, tt.in); !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("%s: Extract = %v, want corpus.ErrDamaged", tt.why, err)
		}
	}
}

// FuzzODT runs on the XML of the body.
func FuzzODT(f *testing.F) {
	f.Add(`<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item></text:list>`)
	f.Add(`<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note`)
	f.Fuzz(func(t *testing.T, body string) {
		extracttest.Check(t, Extractor{}, specimen(t, body))
	})
}
