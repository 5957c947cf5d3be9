package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest/extracttest"
)

const (
	wordNS   = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictNS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	relNS    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts are the parts of a file by name.
type parts map[string]string

// specimen makes a DOCX of a body; more parts are related by their names.
func specimen(t testing.TB, body string, more parts) []byte {
	t.Helper()
	all := parts{
		"[Content_Types].xml": "<Types/>",
		"_rels/.rels": `<Relationships><Relationship Type="` + relNS + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Type="x/core-properties" Target="docProps/core.xml"/></Relationships>`,
		"word/document.xml": `<w:document xmlns:w="` + wordNS + `" xmlns:a="urn:drawing" xmlns:mc="urn:mc"><w:body>` + body + `</w:body></w:document>`,
	}
	var rels strings.Builder
	for _, kind := range []string{"styles", "numbering", "footnotes", "endnotes", "header"} {
		if content, ok := more[kind]; ok {
			rels.WriteString(`<Relationship Type="` + relNS + kind + `" Target="` + kind + `.xml"/>`)
			all["word/"+kind+".xml"] = `<w:x xmlns:w="` + wordNS + `">` + content + `</w:x>`
		}
	}
	all["word/_rels/document.xml.rels"] = "<Relationships>" + rels.String() + "</Relationships>"
	for name, content := range more {
		if strings.Contains(name, "/") {
			all[name] = content
		}
	}
	return pack(t, all)
}

func pack(t testing.TB, all parts) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range all {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// p is a paragraph with properties and runs.
func p(props, text string) string {
	return "<w:p><w:pPr>" + props + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
}

func numbered(list, level, text string) string {
	return p(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, text)
}

func TestBody(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"runs of one paragraph", "<w:p><w:r><w:t>SPECI</w:t></w:r><w:r><w:t>MEN</w:t><w:tab/><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>", "SPECIMEN one two"},
		{"empty paragraphs are none", p("", "one") + p("", " ") + p("", "two"), "one|two"},
		{"deleted and moved text is left out", "<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:t>gone</w:t><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins></w:p>", "kept new"},
		{"codes of fields are no text", "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>4</w:t></w:r></w:p>", "4"},
		{"raised digits", "<w:p><w:r><w:t>ст. 402</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t> УК</w:t></w:r></w:p>", "ст. 402¹ УК"},
		{"hyphens that do not break", "<w:p><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r></w:p>", "A‑B"},
		{"a text box comes after its paragraph, once", "<w:p><w:r><w:t>out</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>" +
			"<w:txbxContent>" + p("", "box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + p("", "box") +
			"</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>side</w:t></w:r></w:p>", "outside|box"},
		{"drawings have paragraphs of their own", "<w:p><a:p><a:r><a:t>chart</a:t></a:r></a:p><w:r><w:t>text</w:t></w:r></w:p>", "text"},
		{"a table of data", "<w:tbl><w:tr><w:tc>" + p("", "Year") + "</w:tc><w:tc>" + p("", "2021") + "</w:tc></w:tr></w:tbl>", "table: Year | 2021"},
		{"a table that lays out", "<w:tbl><w:tr><w:tc>" + p("", "one") + p("", "two") + "</w:tc><w:tc>" + p("", "side") + "</w:tc></w:tr></w:tbl>", "one|two|side"},
		{"levels of outline are headings", p(`<w:outlineLvl w:val="0"/>`, "Facts") + p("", "text"), "heading: Facts|text"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, specimen(t, tt.in, nil))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

// lists is a numbering part: list 1 counts 1., (a); list 2 is the same
// definition, started again; list 3 has bullets; list 4 counts А. with parts
// A.1; list 5 has Roman numbers that legal parts print as digits.
const lists = `
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="russianUpper"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/><w:lvlRestart w:val="0"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="0"/></w:num>`

func TestNumbering(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"paragraphs and points", numbered("1", "0", "one") + numbered("1", "1", "x") + numbered("1", "1", "y") + numbered("1", "0", "two") + numbered("1", "1", "z"), "1. one|(a) x|(b) y|2. two|(a) z"},
		{"an empty paragraph is counted", numbered("1", "0", "one") + numbered("1", "0", "") + numbered("1", "0", "three"), "1. one|3. three"},
		{"a list of the same definition goes on", numbered("1", "0", "one") + numbered("6", "0", "two"), "1. one|2. two"},
		{"a list with its own start begins again", numbered("1", "0", "one") + numbered("1", "0", "two") + numbered("2", "0", "one") + numbered("2", "0", "two"), "1. one|2. two|1. one|2. two"},
		{"bullets", numbered("3", "0", "x"), "• x"},
		{"Russian letters, and a level with its own start", numbered("4", "0", "x") + numbered("4", "1", "y") + numbered("4", "0", "z"), "А. x|А.3. y|Б. z"},
		{"legal numbers, which do not restart", numbered("5", "0", "x") + numbered("5", "1", "y") + numbered("5", "0", "z") + numbered("5", "1", "w"), "I. x|1.1. y|II. z|2.2. w"},
		{"list 0 is none", numbered("0", "0", "x"), "x"},
		{"a list that is not there", numbered("99", "0", "x") + numbered("1", "12", "y"), "x|y"},
		{"a number by style", p(`<w:pStyle w:val="Para"/>`, "one") + p(`<w:pStyle w:val="Sub"/>`, "x") + p(`<w:pStyle w:val="Para"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "none") + p(`<w:pStyle w:val="Para"/>`, "two"), "1. one|(a) x|none|2. two"},
		{"headings by style, and by the style it is based on", p(`<w:pStyle w:val="1"/>`, "Facts") + p(`<w:pStyle w:val="Own"/>`, "Law"), "heading: Facts|heading: Law"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			styles := `<w:style w:styleId="Para"><w:name w:val="SingleTxt"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Para"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Мой заголовок"/><w:basedOn w:val="1"/></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>`
			got := extracttest.MustRun(t, Extractor{}, specimen(t, tt.in, parts{"numbering": lists, "styles": styles}))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	body := `<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>.</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>Two</w:t><w:footnoteReference w:id="2"/><w:endnoteReference w:id="1"/></w:r></w:p>`
	got := extracttest.MustRun(t, Extractor{}, specimen(t, body, parts{
		"footnotes": `<w:footnote w:id="2">` + p("", "second") + p("", "goes on") + `</w:footnote><w:footnote w:id="7">` + p("", "first") + `</w:footnote>`,
		"endnotes":  `<w:endnote w:id="1">` + p("", "end") + `</w:endnote>`,
		"header":    p("", "SPECIMEN running head"),
	}))
	want := "One¹.|footnote: ¹ first|Two²[i]|footnote: ² second|footnote: goes on|footnote: [i] end|header: SPECIMEN running head"
	if s := strings.Join(got.Lines(), "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if got.Paragraphs[1].Label != "1" || got.Paragraphs[5].Label != "i" {
		t.Errorf("labels of notes are %q and %q, want 1 and i", got.Paragraphs[1].Label, got.Paragraphs[5].Label)
	}
}

func TestOtherParts(t *testing.T) {
	strict := strings.ReplaceAll(`<w:document xmlns:w="NS"><w:body>`+p("", "strict")+`</w:body></w:document>`, "NS", strictNS)
	for _, tt := range []struct {
		why  string
		more parts
		want string
	}{
		{"strict files", parts{"word/document.xml": strict}, "strict"},
		{"a main part of another name", parts{
			"_rels/.rels": `<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/a/main2.xml"/></Relationships>`,
			"a/main2.xml": strict,
		}, "strict"},
		{"a byte order mark", parts{"word/document.xml": "\ufeff" + strict}, "strict"},
		{"broken styles are told, not fatal", parts{"styles": "<w:style", "word/document.xml": strict}, "strict"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, specimen(t, "", tt.more))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"SPECIMEN: a petition", "SPECIMEN: a petition"},
		{"Microsoft Word - petition.doc", ""},
		{"Документ1", ""},
		{"petition.docx", ""},
		{"", ""},
	} {
		core := parts{"docProps/core.xml": `<x xmlns:dc="urn:dc"><dc:title>` + tt.title + `</dc:title><dc:created>2020-01-01</dc:created></x>`}
		got := extracttest.MustRun(t, Extractor{}, specimen(t, p("", "text"), core))
		if s := strings.Join(got.Facts[corpus.KeyTitle].Values, "|"); s != tt.want {
			t.Errorf("title %q is read as %q, want %q", tt.title, s, tt.want)
		}
		if len(got.Facts[corpus.KeyDate].Values) > 0 {
			t.Error("the day the file was made is taken for the day of the document")
		}
	}
}

func TestHostile(t *testing.T) {
	deep := strings.Repeat("<w:x>", 2000)
	for _, tt := range []struct {
		why  string
		in   []byte
		kind error
	}{
		{"no archive", []byte("PK\x03\x04 SPECIMEN"), corpus.ErrDamaged},
		{"no relations", pack(t, parts{"word/document.xml": "x"}), corpus.ErrDamaged},
		{"no main part", pack(t, parts{"_rels/.rels": "<Relationships/>"}), corpus.ErrUnsupported},
		{"the main part is not there", specimen(t, "", parts{"_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="gone.xml"/></Relationships>`}), corpus.ErrDamaged},
		{"elements without end", specimen(t, deep, nil), corpus.ErrDamaged},
		{"broken XML", specimen(t, "<w:p><w:r><w:t>x</w:q>", nil), corpus.ErrDamaged},
		{"entities", specimen(t, "", parts{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>`}), corpus.ErrDamaged},
		{"cut in the middle", specimen(t, p("", "x"), nil)[:200], corpus.ErrDamaged},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if _, err := extracttest.Run(t.Context(), Extractor{}, tt.in); !errors.Is(err, tt.kind) {
				t.Errorf("Extract = %v, want %v", err, tt.kind)
			}
		})
	}
}

func TestKeepsWhatCameBefore(t *testing.T) {
	r, err := extracttest.Run(t.Context(), Extractor{}, specimen(t, p("", "one")+p("", "two")+"<w:p><broken", nil))
	if !errors.Is(err, corpus.ErrDamaged) || strings.Join(r.Lines(), "|") != "one|two" {
		t.Errorf("Extract gave %q and %v, want the paragraphs before the damage", r.Lines(), err)
	}
}

// TestHiddenIsTold leaves out what Word does not print, and says so.
func TestHiddenIsTold(t *testing.T) {
	r := extracttest.MustRun(t, Extractor{}, specimen(t, `<w:p><w:r><w:t>seen </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>`+
		`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>too</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>`, nil))
	if len(r.Warnings) != 1 || strings.Join(r.Lines(), "|") != "seen too•" {
		t.Errorf("%q with warnings %q", r.Lines(), r.Warnings)
	}
}

func TestDeletedIsTold(t *testing.T) {
	r := extracttest.MustRun(t, Extractor{}, specimen(t, "<w:p><w:r><w:t>x</w:t></w:r><w:del><w:r><w:t>y</w:t></w:r></w:del></w:p>", nil))
	if len(r.Warnings) != 1 {
		t.Errorf("warnings are %q, want one on tracked changes", r.Warnings)
	}
}

// FuzzDOCX runs on the XML of the parts: random bytes are hardly ever a ZIP.
func FuzzDOCX(f *testing.F) {
	f.Add(numbered("1", "0", "one")+numbered("1", "1", "x"), lists, `<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>`)
	f.Add("<w:tbl><w:tr><w:tc>"+p("", "Year")+"</w:tc></w:tr></w:tbl>", "<w:num w:numId='1'/>", "")
	f.Add(`<w:p><w:r><w:txbxContent><w:p><w:footnoteReference w:id="2"/></w:p></w:txbxContent></w:r></w:p>`, "", "")
	f.Fuzz(func(t *testing.T, body, numbering, styles string) {
		extracttest.Check(t, Extractor{}, specimen(t, body, parts{
			"numbering": numbering, "styles": styles, "footnotes": `<w:footnote w:id="2">` + body + `</w:footnote>`,
		}))
	})
}

// What could not be read leaves an account, or nobody would know.
func TestLostPartsLeaveAGap(t *testing.T) {
	for _, tt := range []struct {
		part string
		want corpus.PageStatus
		why  string
	}{
		{"footnotes", corpus.PageUnread, "their text is missing"},
		{"styles", corpus.PageDoubtful, "headings are missing, no text is"},
	} {
		b := specimen(t, p("", "SPECIMEN"), parts{tt.part: "<w:p><broken"})
		r, err := extracttest.Run(t.Context(), Extractor{}, b)
		if err != nil || len(r.Paragraphs) != 1 || len(r.Pages) != 1 || r.Pages[0].Status != tt.want {
			t.Errorf("%s: %+v, %v; want one account, %s: %s", tt.part, r.Pages, err, tt.want, tt.why)
		}
	}
}
