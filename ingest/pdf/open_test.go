package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dalel/corpus"

	"github.com/go-pdf/fpdf"
)

const sentence = "The source is an invented person and this page is a specimen."

// Each row is a file with something wrong about it that is read all the same.
func TestDamagedFilesAreRead(t *testing.T) {
	good := pages(at(50, 700, "H", 10, sentence))
	replace := func(old, with string) []byte { return bytes.Replace(good, []byte(old), []byte(with), 1) }
	for _, tt := range []struct {
		name string
		file []byte
		why  string
	}{
		{"as it is", good, "the control"},
		{"junk before the header", append([]byte("\r\nX-Junk: 1\r\n\r\n"), good...), "offsets count from the header"},
		{"version 2.0", replace("%PDF-1.7", "%PDF-2.0"), "the library knows 1.0 to 1.7"},
		{"blank after the version", replace("%PDF-1.7\n", "%PDF-1.7 "), "the library wants an end of line"},
		{"text after the end", append(bytes.Clone(good), strings.Repeat("<!-- served by nobody -->", 20)...), "servers append to files"},
		{"cut end", good[:len(good)-40], "the trailer is there, startxref is not"},
		{"no table", good[:bytes.LastIndex(good, []byte("xref\n0 "))], "objects are found by looking for them"},
		{"wrong startxref", replace("startxref\n", "startxref\n9"), "it points behind the file"},
		{"absurd size", replace("/Size ", "/Size 99999999"), "the library would allocate for every object"},
		{"loop of tables", bytes.Replace(good, []byte("trailer\n<<"), fmt.Appendf(nil, "trailer\n<</Prev %d", bytes.LastIndex(good, []byte("xref\n0 "))), 1), "the library would never return"},
		{"wrong length", replace("/Length ", "/Length 9"), "endstream tells the length"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := extract(tt.file)
			if err != nil {
				t.Fatalf("Extract: %v: %s", err, tt.why)
			}
			if got := r.texts(""); len(got) != 1 || got[0] != sentence {
				t.Errorf("got %q: %s", got, tt.why)
			}
		})
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		name string
		file []byte
		want error
		says string
	}{
		{"empty", nil, corpus.ErrDamaged, "empty"},
		{"another format", []byte("PK\x03\x04 not a PDF"), corpus.ErrUnsupported, "no PDF header"},
		{"header alone", []byte("%PDF-1.7\n%%EOF\n"), corpus.ErrDamaged, "no objects"},
		{"password", protected(t, "secret"), corpus.ErrDamaged, "needs a password"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := extract(tt.file)
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Extract = %v, want %v with %q", err, tt.want, tt.says)
			}
		})
	}
}

func TestOwnerPasswordKeepsNobodyFromReading(t *testing.T) {
	if got := read(t, protected(t, "")).texts(""); len(got) != 1 || got[0] != sentence {
		t.Errorf("got %q", got)
	}
}

// packed returns a file whose page, page tree and catalog are in an object
// stream, with a cross-reference stream.
func packed() []byte {
	inside := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</H 4 0 R>>>>>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	var head, body strings.Builder
	for i, o := range inside {
		fmt.Fprintf(&head, "%d %d ", i+1, body.Len())
		body.WriteString(o + " ")
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	content := at(50, 700, "H", 10, sentence)
	offs := []int{b.Len()}
	fmt.Fprintf(&b, "5 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", len(content), content)
	offs = append(offs, b.Len())
	fmt.Fprintf(&b, "6 0 obj\n<</Type/ObjStm/N %d/First %d/Length %d>>\nstream\n%s%s\nendstream\nendobj\n", len(inside), head.Len(), head.Len()+body.Len(), head.String(), body.String())
	offs = append(offs, b.Len())
	rows := []byte{0, 0, 0, 0, 2, 0, 6, 0, 2, 0, 6, 1, 2, 0, 6, 2, 2, 0, 6, 3}
	for _, o := range offs {
		rows = append(rows, 1, byte(o>>8), byte(o), 0)
	}
	fmt.Fprintf(&b, "7 0 obj\n<</Type/XRef/Size 8/W[1 2 1]/Root 1 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", len(rows), rows, offs[2])
	return b.Bytes()
}

func TestObjectStreams(t *testing.T) {
	whole := packed()
	for name, b := range map[string][]byte{"whole": whole, "cut": whole[:bytes.Index(whole, []byte("7 0 obj"))]} {
		if got := read(t, b).texts(""); len(got) != 1 || got[0] != sentence {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// protected returns a file that another writer encrypted.
func protected(t *testing.T, password string) []byte {
	t.Helper()
	doc := fpdf.New("P", "pt", "A4", "")
	doc.SetProtection(fpdf.CnProtectPrint, password, "owner")
	doc.SetCompression(false)
	doc.AddPage()
	doc.SetFont("Helvetica", "", 10)
	doc.Text(50, 100, sentence)
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestLostContentIsNoBlankPage looks for the content of a page where the table
// of objects leads astray, and never calls a page blank that has lost it.
func TestLostContentIsNoBlankPage(t *testing.T) {
	whole := pages(at(50, 700, "H", 10, sentence))
	_, after, _ := strings.Cut(string(whole), "/Contents ")
	num, _, _ := strings.Cut(after, " ")
	gone := bytes.Replace(whole, []byte("\n"+num+" 0 obj"), []byte("\n"+num+" 0 xbj"), 1)
	r := read(t, gone)
	if len(r.pages) != 1 || r.pages[0].Status == corpus.PageOK || len(r.pages[0].Warnings) == 0 {
		t.Errorf("a page whose content is lost is %+v", r.pages)
	}
}

// TestWhatIsNoPageIsTold does not take another object for a blank page.
func TestWhatIsNoPageIsTold(t *testing.T) {
	f := &file{}
	f.add("<</Type/Catalog/Pages 2 0 R>>")
	f.add("<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>")
	f.add("<</Type/Page/Parent 2 0 R>>")
	f.add("<</K 30/S/P>>")
	r := read(t, f.bytes(1))
	if len(r.pages) != 2 || r.pages[0].Status != corpus.PageOK || r.pages[1].Status != corpus.PageUnread {
		t.Errorf("pages %+v, want a blank one and one unread", r.pages)
	}
}

// TestOnlyAttachmentsEncrypted opens a file that encrypts what is attached to it
// and nothing else: no password is needed for its pages.
func TestOnlyAttachmentsEncrypted(t *testing.T) {
	b := bytes.Replace(pages(at(50, 700, "H", 10, sentence)), []byte("trailer\n<<"),
		[]byte("trailer\n<</Encrypt<</Filter/Standard/V 5/R 6/CF<</StdCF<</CFM/AESV3>>>>/StmF/Identity/StrF/Identity/EFF/StdCF/U(x)/O(x)>>"), 1)
	if got := read(t, b).texts(""); len(got) != 1 || got[0] != sentence {
		t.Errorf("got %q", got)
	}
}

func TestPageTreeLoopEnds(t *testing.T) {
	f := &file{}
	f.add("<</Type/Catalog/Pages 2 0 R>>")
	f.add("<</Type/Pages/Count 9999999999/Kids[2 0 R 3 0 R 3 0 R 4 0 R]>>")
	f.add("<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>")
	f.add("<</Type/Page/Parent 2 0 R>>")
	r := read(t, f.bytes(1))
	if len(r.pages) != 1 || r.pages[0].Status != corpus.PageOK {
		t.Errorf("pages %+v, want one blank page", r.pages)
	}
	if len(r.warns) == 0 {
		t.Error("no warning about the loop")
	}
}

func TestCancelledExtractionStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := pages(strings.Repeat(at(50, 700, "H", 10, sentence), 10_000))
	err := Extractor{}.Extract(ctx, bytes.NewReader(b), &result{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Extract = %v, want context.Canceled", err)
	}
}

func TestOperatorLimitIsToldNotSilent(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three million operators; left out by -short alone, which .ci/run does not ask for")
	}
	start := time.Now()
	r := read(t, pages(at(50, 700, "H", 10, sentence)+strings.Repeat("q Q\n", maxOperators/2+1)))
	if len(r.texts("")) != 1 || len(r.pages) != 1 || len(r.pages[0].Warnings) == 0 {
		t.Errorf("got %q, pages %+v; want the text and a warning", r.texts(""), r.pages)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v", d)
	}
}

// Each row is a page and how well it was read.
func TestPageStatus(t *testing.T) {
	image := "600 0 0 800 0 0 cm /I Do\n"
	text := column(50, 700, sentence, sentence, sentence, sentence, sentence, sentence, sentence)
	for _, tt := range []struct {
		name, content string
		want          corpus.PageStatus
		why           string
	}{
		{"text", text, corpus.PageOK, "the control"},
		{"blank", "", corpus.PageOK, "nothing is there to be read"},
		{"scan", "q " + image + "Q", corpus.PageUnread, "what the image says was not read"},
		{"stamp over a scan", "q " + image + "Q " + at(50, 50, "H", 10, "Received by the court on 1 May 2031"), corpus.PageDoubtful, "the stamp is not the text"},
		{"text over a background", "q " + image + "Q " + text, corpus.PageOK, "there are words enough"},
		{"white", "1 g 0 0 600 800 re f 0 g 50 50 m 550 50 l S", corpus.PageOK, "printers paint blank pages white, and rule them"},
		{"drawn letters", strings.Repeat("0 0 m 9 9 l 1 2 3 4 5 6 c S ", 12), corpus.PageUnread, "letters may be drawn as outlines"},
		{"no meaning", wide(50, 700, "K", 10, strings.Repeat("\uFFFD", 40)), corpus.PageUnread, "codes without text are not text"},
		{"mojibake", wide(50, 700, "K", 10, "Ñóä ïðèçíàë åãî âèíîâíûì è íàçíà÷èë íàêàçàíèå â âèäå ëèøåíèÿ ñâîáîäû"), corpus.PageOK, "it is repaired"},
		{"garbage", wide(50, 700, "K", 10, "Ñqz ïxjqkw åvq zxjkqw è xqzvk÷jq ñzqxkv â xqzj ëqxzjk ñvqzxj"), corpus.PageDoubtful, "no language has these pairs of letters"},
		{"numbers", column(50, 700, "1 204 33.5 2 118 07.1", "9 871 44.0 3 300 12.9", "5 120 99.1 8 450 31.6"), corpus.PageOK, "a table of numbers has no letters to score"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, pages(tt.content))
			if len(r.pages) != 1 || r.pages[0].Status != tt.want {
				t.Fatalf("pages %+v, want %s: %s", r.pages, tt.want, tt.why)
			}
			if p := r.pages[0]; (p.Status != corpus.PageOK) != (len(p.Warnings) > 0) && tt.name != "mojibake" {
				t.Errorf("status %s with warnings %q", p.Status, p.Warnings)
			}
		})
	}
}

func TestBrokenPartIsTold(t *testing.T) {
	f := &file{}
	res, tree := f.resources()
	a := f.stream("", at(50, 700, "H", 10, sentence))
	b := f.stream("/Filter/JBIG2Decode", "????")
	p := f.add(fmt.Sprintf("<</Type/Page/Resources %d 0 R/Contents[%d 0 R %d 0 R]>>", res, a, b))
	f.objects[tree-1] = fmt.Sprintf("<</Kids[%d 0 R]>>", p)
	r := read(t, f.bytes(f.add(fmt.Sprintf("<</Pages %d 0 R>>", tree))))
	if got := r.texts(""); len(got) != 1 || got[0] != sentence {
		t.Errorf("got %q", got)
	}
	if len(r.pages) != 1 || r.pages[0].Status != corpus.PageDoubtful || len(r.pages[0].Warnings) != 1 {
		t.Errorf("pages %+v, want one doubtful page with a warning", r.pages)
	}
}

func TestFormFieldsAreRead(t *testing.T) {
	f := &file{}
	res, tree := f.resources()
	look := f.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources %d 0 R", res), at(2, 5, "H", 10, "filled in"))
	field := f.add(fmt.Sprintf("<</Type/Annot/Subtype/Widget/Rect[100 500 200 520]/AP<</N %d 0 R>>>>", look))
	secret := f.add(fmt.Sprintf("<</Type/Annot/Subtype/Widget/F 2/Rect[100 400 200 420]/AP<</N %d 0 R>>>>", look))
	c := f.stream("", at(50, 505, "H", 10, "Name:"))
	p := f.add(fmt.Sprintf("<</Type/Page/Resources %d 0 R/Contents %d 0 R/Annots[%d 0 R %d 0 R]>>", res, c, field, secret))
	f.objects[tree-1] = fmt.Sprintf("<</Kids[%d 0 R]>>", p)
	r := read(t, f.bytes(f.add(fmt.Sprintf("<</Pages %d 0 R>>", tree))))
	if got := strings.Join(r.texts(""), "|"); got != "Name: filled in" {
		t.Errorf("got %q, want the field once, beside its name", got)
	}
}

func TestFacts(t *testing.T) {
	for _, tt := range []struct{ info, want, why string }{
		{"/Title(Opinion on a specimen)", "Opinion on a specimen", "a title that a person wrote"},
		{"/Title<FEFF041F044004380433043E0432043E044000200438043C0435043D0435043C>", "", "two words are the first line only"},
		{"/Title<FEFF041C044B0020043F044004380433043E0432043E04400438043B0438002004350433043E>", "Мы приговорили его", "UTF-16"},
		{"/Title(Microsoft Word - a draft of it.doc)", "", "a program wrote it"},
		{"/Title(the last opinion final.docx)", "", "a file name"},
		{"/CreationDate(D:20310501120000Z)", "", "the date is that of the file"},
	} {
		f := &file{}
		_, tree := f.resources()
		f.objects[tree-1] = fmt.Sprintf("<</Kids[%d 0 R]>>", f.add("<</Type/Page>>"))
		f.trailer = fmt.Sprintf("/Info %d 0 R", f.add("<<"+tt.info+">>"))
		r := read(t, f.bytes(f.add(fmt.Sprintf("<</Pages %d 0 R>>", tree))))
		if got := strings.Join(r.facts[corpus.KeyTitle].Values, "|"); got != tt.want || len(r.facts[corpus.KeyDate].Values) > 0 {
			t.Errorf("%s: title %q, want %q: %s", tt.info, got, tt.want, tt.why)
		}
	}
}

func TestPageLabelsOfTheFile(t *testing.T) {
	d := &document{labels: []labelRange{{0, "r", "", 1}, {4, "D", "A-", 7}, {6, "A", "", 27}}}
	for page, want := range []string{"i", "ii", "iii", "iv", "A-7", "A-8", "AA"} {
		if got := d.pageLabel(page); got != want {
			t.Errorf("pageLabel(%d) = %q, want %q", page, got, want)
		}
	}
}
