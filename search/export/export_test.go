package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"dalel/corpus"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

// shelf is a library of two documents in memory.
type shelf map[corpus.ID]*corpus.Document

func (s shelf) Document(_ context.Context, id corpus.ID) (*corpus.Document, error) {
	if d := s[id]; d != nil {
		return d, nil
	}
	return nil, &corpus.Error{Op: "shelf", Kind: corpus.ErrNotFound}
}

func (s shelf) TextVersion(_ context.Context, id corpus.ID, _ string) (*corpus.Text, error) {
	return s[id].Text, nil
}

func id(c string) corpus.ID { return corpus.ID(strings.Repeat(c, 64)) }

func newShelf(evil string) shelf {
	fact := func(v ...string) corpus.Fact { return corpus.Fact{Values: v} }
	source := []corpus.Source{{Path: "/home/asel/cases/secret.pdf", Added: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}}
	opinion := &corpus.Document{
		ID: id("a"), Size: 7, MediaType: "application/pdf", Sources: source,
		Read: corpus.Facts{
			"kind": fact("wgad_opinion"), "title": fact("Opinion No. 931/2022 concerning D. K. (Kazakhstan)" + evil), "number": fact("931/2022"),
			"symbol": fact("A/HRC/WGAD/2022/931"), "date": fact("2022-11-16"), "lang": fact("en"), "folder": fact("cases/secret"), "note": fact("for Asel"),
		},
		Text: &corpus.Text{Extractor: "pdftext@1", Pages: []corpus.Page{{No: 1, Status: corpus.PageOK}, {No: 2, Status: corpus.PageDoubtful}}, Paragraphs: []corpus.Paragraph{
			{Ord: 1, Label: "47", Text: "47. The Group notes the delay." + evil, Voice: corpus.VoiceBody, Lang: "en", Pages: []corpus.PageSpan{{Page: 1, Label: "1"}}},
			{Ord: 2, Label: "48", Text: "48. It finds that he was beaten & robbed <twice>.", Lang: "en", Pages: []corpus.PageSpan{{Page: 1, Label: "1"}, {Page: 2, Label: "2", Start: 20}}},
		}},
	}
	verdict := &corpus.Document{
		ID: id("b"), Size: 9, MediaType: "text/plain", Sources: source,
		Read:      corpus.Facts{"kind": fact("verdict"), "title": fact("Үкім"), "lang": fact("kk"), "date": fact("2021-11-25")},
		Corrected: corpus.Facts{"court": fact("Қарасеңгір қаласының № 2 соты"), "withheld": fact("yes")},
		Text: &corpus.Text{Extractor: "text@1", Paragraphs: []corpus.Paragraph{
			{Ord: 1, Text: "Сотталушы Д. Ш. Қоңыртауов өзін кінәлі деп мойындамады.", Lang: "kk", Voice: corpus.VoiceCourt, Path: []string{"ҮКІМ"}},
		}},
	}
	return shelf{opinion.ID: opinion, verdict.ID: verdict}
}

func brief(t *testing.T, s shelf) *quote.Brief {
	t.Helper()
	one := &quote.Brief{Name: "Жалоба 1", Style: cite.UN, Lang: "en"}
	one.Add(quote.Item{Heading: "Torture"})
	one.Add(quote.Item{Words: "The words before."})
	opinion, verdict := s[id("a")], s[id("b")]
	pieces, err := quote.Parse("It finds […] *he was beaten* & robbed <twice>.", opinion.Text, 2, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	first := quote.Whole(opinion.ID, opinion.Text.Hash(), &opinion.Text.Paragraphs[0])
	one.Add(quote.Item{Quote: &first, Note: "a note for me alone", Tags: []string{"пытки"}})
	one.Add(quote.Item{Quote: &quote.Quote{Doc: opinion.ID, Text: opinion.Text.Hash(), Pieces: pieces}})
	third := quote.Whole(verdict.ID, verdict.Text.Hash(), &verdict.Text.Paragraphs[0])
	third.Translation = &quote.Translation{Text: "The defendant did not admit guilt.", Lang: "en"}
	one.Add(quote.Item{Quote: &third})
	again := first
	one.Add(quote.Item{Quote: &again})
	return one
}

func build(t *testing.T, evil string) *export.Bundle {
	t.Helper()
	s := newShelf(evil)
	b, err := export.Build(t.Context(), s, nil, brief(t, s), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, f export.Format, b *export.Bundle) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, b); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out.Bytes()
}

// plain is all that a file holds, out of its archive.
func plain(t *testing.T, b []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return string(b)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(f.Name + "\n" + string(text) + "\n")
	}
	return all.String()
}

func TestSameBytesTwice(t *testing.T) {
	for _, f := range export.Formats {
		if a, b := write(t, f, build(t, "")), write(t, f, build(t, "")); !bytes.Equal(a, b) {
			t.Errorf("%s: two exports of one brief differ", f.Name)
		}
	}
}

// Nothing of the user, the computer or the folders leaves, and no note that was
// for the user alone.
func TestNothingPrivateLeaves(t *testing.T) {
	for _, f := range append(slices.Clone(export.Formats), export.Format{Name: "docx with cards", Write: export.DOCXWithCards}) {
		out := plain(t, write(t, f, build(t, "")))
		for _, word := range []string{"asel", "Asel", "secret", "/home", "for me alone", "xuri"} {
			if strings.Contains(out, word) {
				t.Errorf("%s: %q is in it", f.Name, word)
			}
		}
	}
	files, err := build(t, "").BagFiles(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		r, _ := f.Open()
		b, _ := io.ReadAll(r)
		for _, word := range []string{"asel", "Asel", "secret", "/home", "for me alone"} {
			if strings.Contains(string(b), word) {
				t.Errorf("bag: %q is in %s", word, f.Name)
			}
		}
	}
}

// Strings that documents are planted with stay text in every format.
func TestPlantedStringsAreInert(t *testing.T) {
	for _, evil := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</pre><script>x</script>`, `]]><a/>`, `&lt;script&gt;`,
		"[x](javascript:alert(1))", "![](http://evil.example/x.png)", "`code`", "*a* _b_ ~~c~~", "# head", "<!-- x -->", "{{.}}", "${x}",
		`=cmd|' /C calc'!A0`, `+1+1`, `@SUM(A1)`, "-2+3", `\input{/etc/passwd}`, `}\write18{x}`, "ER  - ", "\u202eevil", "'=1+1",
	} {
		b := build(t, evil)
		checkHTML(t, evil, write(t, named(t, "html"), b))
		checkXML(t, evil, write(t, named(t, "docx"), b))
		checkTable(t, evil, write(t, named(t, "csv"), b))
		md := string(write(t, named(t, "md"), b))
		if body, _, _ := strings.Cut(md, "```json"); regexp.MustCompile(`(^|[^\\])(<script|<img|\]\(|!\[|<!--)`).MatchString(body) {
			t.Errorf("%q is markup in Markdown:\n%s", evil, body)
		}
		ris := string(write(t, named(t, "ris"), b))
		if n := strings.Count("\n"+ris, "\nER  - \r\n"); n != 4 {
			t.Errorf("%q ends a record: %d ends", evil, n)
		}
		bib := string(write(t, named(t, "biblatex"), b))
		if strings.Contains(bib, `\input`) || strings.Contains(bib, `\write`) || strings.Count(bib, "{")-strings.Count(bib, `\{`) != strings.Count(bib, "}")-strings.Count(bib, `\}`) {
			t.Errorf("%q is a command of TeX:\n%s", evil, bib)
		}
	}
}

func named(t *testing.T, name string) export.Format {
	t.Helper()
	f, ok := export.FormatNamed(name)
	if !ok {
		t.Fatalf("no format %s", name)
	}
	return f
}

func checkHTML(t *testing.T, evil string, b []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "img", "iframe", "object", "link", "form"}, n.Data) {
			t.Errorf("%q: <%s> in the page", evil, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("%q: %s=%q in the page", evil, a.Key, a.Val)
			}
		}
	}
}

func checkXML(t *testing.T, evil string, b []byte) {
	t.Helper()
	out := plain(t, b)
	for _, tag := range []string{"<script", "<img", "<a/>"} {
		if strings.Contains(out, tag) {
			t.Errorf("%q: %s in the Word file", evil, tag)
		}
	}
}

func checkTable(t *testing.T, evil string, b []byte) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte(export.BOM)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%q: the cell %q is a formula", evil, cell)
			}
		}
	}
}

func FuzzGuard(f *testing.F) {
	f.Add("=1")
	f.Add("'=1")
	f.Fuzz(func(t *testing.T, cell string) {
		g := export.Guard(cell)
		if export.Unguard(g) != cell || g != "" && strings.ContainsRune("=+-@\t\r", rune(g[0])) {
			t.Errorf("%q is guarded as %q", cell, g)
		}
	})
}

func TestXLSXCellsAreText(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, named(t, "xlsx"), build(t, "=1+1"))))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("quotes")
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i := range rows {
		for j := range rows[i] {
			name, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if formula, _ := f.GetCellFormula("quotes", name); formula != "" {
				t.Errorf("%s is the formula %q", name, formula)
			}
		}
	}
}

func TestNotesShorten(t *testing.T) {
	b := build(t, "")
	var got []string
	for _, q := range b.Quotes() {
		got = append(got, q.Cite.String())
	}
	want := []string{
		"Working Group on Arbitrary Detention, opinion No. 931/2022 concerning D. K. (Kazakhstan), A/HRC/WGAD/2022/931, para. 47.",
		"Ibid., para. 48 (emphasis added).",
		"Қарасеңгір қаласының № 2 соты, verdict of 25 November 2021, case No. [case number?], section “ҮКІМ” (our translation).",
		"Opinion No. 931/2022, para. 47.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(b.Works) != 2 || !slices.Equal(b.Works[0].Quotes, []int{1, 2, 4}) || strings.Contains(b.Works[0].Cite.String(), "para.") {
		t.Errorf("works: %+v", b.Works)
	}
}

func TestCheck(t *testing.T) {
	issues := build(t, "").Check()
	var got []string
	for _, i := range issues {
		s := string(i.Why)
		if i.Red {
			s += "!"
		}
		got = append(got, s)
	}
	want := []string{"doubtful!", "by_eye", "voice!", "restricted!", "gap!", "translation"}
	if !slices.Equal(got, want) || !export.Red(issues) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A quote that leaves words out, or is not for publication, tells nothing beside
// its words.
func TestNoWordsBesideQuotes(t *testing.T) {
	for _, q := range build(t, "").Quotes() {
		for _, target := range q.Card.Target {
			beside := target.Selector[1].Prefix + target.Selector[1].Suffix
			if open := !q.Restricted && !q.Omits(); beside != "" && !open {
				t.Errorf("quote %d: %q", q.N, beside)
			}
		}
	}
}

func TestDOCXHasRealNotes(t *testing.T) {
	out := plain(t, write(t, named(t, "docx"), build(t, "")))
	if n := strings.Count(out, "<w:footnoteReference "); n != 4 {
		t.Errorf("%d marks of notes, want 4", n)
	}
	if n := strings.Count(out, "<w:footnoteRef/>"); n != 4 {
		t.Errorf("%d notes, want 4", n)
	}
	if strings.Contains(out, "customXml") {
		t.Error("a file for filing has hidden data")
	}
	if !strings.Contains(plain(t, writeWith(t, export.DOCXWithCards)), "dalel:doc") {
		t.Error("the cards are not in it")
	}
}

func writeWith(t *testing.T, w func(io.Writer, *export.Bundle) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := w(&out, build(t, "")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCSLItems(t *testing.T) {
	var items []map[string]any
	if err := json.Unmarshal(write(t, named(t, "csl"), build(t, "")), &items); err != nil || len(items) != 4 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	custom, _ := items[0]["custom"].(map[string]any)
	if items[0]["number"] != "A/HRC/WGAD/2022/931" || custom["pinpoint"] != "para. 47" {
		t.Errorf("%v", items[0])
	}
}

func TestBag(t *testing.T) {
	b := build(t, "")
	open := func(context.Context, corpus.ID) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("content")), nil
	}
	files, err := b.BagFiles(t.Context(), []corpus.ID{id("a")}, open)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := bagit.WriteZip(&out, "bag", export.BagInfo, files); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	for _, want := range []string{"bag/VERIFY.txt", "bag/data/originals/" + string(id("a")), "bag/data/quotes/004.json", "bag/data/texts/" + string(id("a")) + "/" + b.Quotes()[0].Card.Text + ".txt"} {
		if !slices.Contains(names, want) {
			t.Errorf("%s is not in %v", want, names)
		}
	}
	if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, string(id("b"))) }) {
		t.Error("a document that was not chosen is in the bag")
	}
	if _, err := b.BagFiles(t.Context(), []corpus.ID{id("c")}, open); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("a document that no quote is from: %v", err)
	}
}

// A text comes back out of a bag as it went in.
func TestBagText(t *testing.T) {
	b := build(t, "")
	files, err := b.BagFiles(t.Context(), []corpus.ID{id("a")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range files {
		if strings.HasPrefix(f.Name, export.BagTexts) {
			r, _ := f.Open()
			in, _ := io.ReadAll(r)
			parts[f.Name[strings.LastIndexByte(f.Name, '.'):]] = in
		}
	}
	got, err := export.ReadBagText(parts[".txt"], parts[".jsonl"])
	if err != nil {
		t.Fatal(err)
	}
	want := b.Quotes()[0].Text
	if got.Hash() != want.Hash() || got.Paragraphs[1].Pages[1] != want.Paragraphs[1].Pages[1] || got.Paragraphs[0].Voice != want.Paragraphs[0].Voice || got.Pages[1].Status != corpus.PageDoubtful {
		t.Errorf("%+v, want %+v", got, want)
	}
}
