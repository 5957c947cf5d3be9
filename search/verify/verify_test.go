package verify

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"iter"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/cite"
)

func TestQuotations(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
		why  string
	}{
		{"Он сказал: «одно два три четыре» и ушёл.", []string{"одно два три четыре"}, "Russian marks"},
		{"She said “one two three four”, then “five six”.", []string{"one two three four"}, "short ones are names and titles"},
		{`It says "one two three four" here.`, []string{"one two three four"}, "straight marks"},
		{"‘one two three four’ and the State’s own words don’t count", []string{"one two three four"}, "apostrophes are no marks"},
		{"«внешняя цитата «внутри неё» ещё слова»", []string{"внешняя цитата «внутри неё» ещё слова"}, "the outer one"},
		{"„eins zwei drei vier“ ok", []string{"eins zwei drei vier"}, "low marks"},
		{"«не закрыта одна два три", nil, "a mark that does not close"},
		{"«қазақша төрт сөз бар»", []string{"қазақша төрт сөз бар"}, "Kazakh"},
	} {
		d := plainDraft(tt.text)
		var got []string
		for _, q := range d.quotations() {
			got = append(got, q.text)
			if p := d.paras[q.para].text; p[q.start:q.end] != q.text || q.after <= q.end {
				t.Errorf("%q: it stands at %d to %d, %d", tt.text, q.start, q.end, q.after)
			}
		}
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%q: %q, want %q: %s", tt.text, got, tt.want, tt.why)
		}
	}
}

// FuzzQuotations checks that quotations lie in their paragraph, whole and in
// order.
func FuzzQuotations(f *testing.F) {
	f.Add("«a b c d» (п. 4) “e f g h”")
	f.Fuzz(func(t *testing.T, text string) {
		d := plainDraft(text)
		for _, q := range d.quotations() {
			p := d.paras[q.para].text
			if q.start > q.end || q.end > q.after || q.after > len(p) || p[q.start:q.end] != q.text {
				t.Errorf("%q: %+v", text, q)
			}
		}
	})
}

func TestReadPin(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want pinned
	}{
		{"Мнение № 931/2022, п. 48", pinned{para: "48", doc: "931/2022"}},
		{"п. 43", pinned{para: "43"}},
		{"A/HRC/WGAD/2022/931, para. 45", pinned{para: "45", doc: "A/HRC/WGAD/2022/931"}},
		{"§ 92", pinned{para: "92"}},
		{"48-тармақ", pinned{para: "48"}},
		{"с. 4", pinned{page: "4"}},
		{"4-бет", pinned{page: "4"}},
		{"приговор, мотивировочная часть", pinned{}},
		{"НП ВС № 932, п. 3", pinned{para: "3", doc: "932"}},
		{"para 2.7, fourth bullet", pinned{para: "2.7"}},
	} {
		if got := readPin(tt.in); got != tt.want {
			t.Errorf("%q: %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestHolds(t *testing.T) {
	for _, tt := range []struct {
		citation, pin string
		want          bool
		why           string
	}{
		{"X, para. 48.", "para. 48", true, "the end of a sentence"},
		{"X, para. 48.", "para. 4", false, "a longer number"},
		{"X, para. 4.2.", "para. 4", false, "a part of a number"},
		{"X. П. 45.", "п. 45", true, "a capital letter"},
		{"X, p. 4 (PDF p. 5).", "p. 4 (PDF p. 5)", true, "two pages"},
		{"X, para. 148", "48", false, "the end of a longer number"},
		{"X", "", true, "nothing was printed"},
	} {
		if got := holds(tt.citation, tt.pin); got != tt.want {
			t.Errorf("%q in %q: %v, want %v: %s", tt.pin, tt.citation, got, tt.want, tt.why)
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
		why  string
	}{
		{"a\u00a0b", "a b", true, "a blank that does not break"},
		{"de\u00adtention", "detention", true, "a soft hyphen"},
		{"ﬁnds", "finds", true, "a ligature"},
		{"а", "a", false, "a letter of another alphabet"},
		{"1–2", "1-2", false, "a dash"},
		{"«a»", "“a”", false, "a quotation mark"},
		{"Not", "not", false, "a capital letter"},
	} {
		if got := Fold(tt.a) == Fold(tt.b); got != tt.same {
			t.Errorf("%q and %q: %v, want %v: %s", tt.a, tt.b, got, tt.same, tt.why)
		}
	}
}

// FuzzDiff checks that a difference holds both texts, whole.
func FuzzDiff(f *testing.F) {
	f.Add("не может быть", "может быть")
	f.Fuzz(func(t *testing.T, a, b string) {
		var left, right strings.Builder
		for _, e := range Diff(a, b) {
			if e.Op != InFile {
				left.WriteString(e.Text)
			}
			if e.Op != Missing {
				right.WriteString(e.Text)
			}
		}
		if left.String() != a || right.String() != b {
			t.Errorf("Diff(%q, %q) holds %q and %q", a, b, left.String(), right.String())
		}
	})
}

func TestLikeness(t *testing.T) {
	const passage = "51. Расследование пыток не может быть беспристрастным, если его ведёт управление."
	for _, tt := range []struct {
		text  string
		least float64
		most  float64
		why   string
	}{
		{"Расследование пыток может быть беспристрастным", 1, 1, "a word is left out"},
		{"Расследование пыток не можетбыть беспристрастным", 1, 1, "glued words"},
		{"Суд отклонил ходатайство защиты о вызове свидетелей", 0, 0.3, "another sentence"},
	} {
		if _, _, got := likeness(tt.text, passage); got < tt.least || got > tt.most {
			t.Errorf("%q: %.2f, want %.2f to %.2f: %s", tt.text, got, tt.least, tt.most, tt.why)
		}
	}
}

func TestDatesIn(t *testing.T) {
	got := datesIn("резолюция от 16 марта 2023 года; 3 July 2014; 2021 жылғы 5 қараша; 01.02.2020")
	if strings.Join(got, " ") != "2023-03-16 2014-07-03 2021-11-05 2020-02-01" {
		t.Errorf("%v", got)
	}
}

// oneDoc is a library of one document.
type oneDoc struct{ d *corpus.Document }

func (o oneDoc) Documents(context.Context) iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) { yield(o.d, nil) }
}

func (o oneDoc) Text(context.Context, corpus.ID) (*corpus.Text, error) { return o.d.Text, nil }

func (o oneDoc) Search(_ context.Context, r search.Request) (*search.Result, error) {
	res := &search.Result{}
	for _, p := range o.d.Text.Paragraphs {
		if strings.Contains(p.Text, strings.Trim(r.Query, `"`)) || r.Any {
			res.Passages = append(res.Passages, search.Hit{Doc: o.d, Para: p})
		}
	}
	res.Hits = len(res.Passages)
	return res, nil
}

func opinion() oneDoc {
	return oneDoc{&corpus.Document{
		ID: corpus.ID(strings.Repeat("a", 64)), Read: corpus.Facts{
			"kind": {Values: []string{"wgad_opinion"}}, "title": {Values: []string{"Opinion No. 931/2022 concerning D. K. (Kazakhstan)"}},
			"number": {Values: []string{"931/2022"}}, "symbol": {Values: []string{"A/HRC/WGAD/2022/931"}}, "lang": {Values: []string{"en"}},
		},
		Text: &corpus.Text{Paragraphs: []corpus.Paragraph{
			{Ord: 1, Label: "48", Lang: "en", Text: "48. The Group finds that he was beaten & robbed."},
		}},
	}}
}

// wordWith makes a Word file with a body, and further parts.
func wordWith(t *testing.T, body string, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`)
	add("word/document.xml", body)
	add("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="x" Target="styles.xml"/></Relationships>`)
	for i := 0; i+1 < len(parts); i += 2 {
		add(parts[i], parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func TestWriteBack(t *testing.T) {
	lib := opinion()
	for _, tt := range []struct {
		name, body, want string
	}{
		{
			"the run ends with the quotation",
			`<w:document ` + wordNS + `><w:body><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>“he was beaten &amp; robbed”</w:t></w:r></w:p></w:body></w:document>`,
			`robbed”</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r></w:p>`,
		},
		{
			"the run goes on, and keeps its look",
			`<w:document ` + wordNS + `><w:body><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>A &lt; B: “he was beaten &#38; robbed”, it said.</w:t></w:r></w:p></w:body></w:document>`,
			`robbed”</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">, it said.</w:t></w:r></w:p>`,
		},
		{
			"in several runs, under another prefix",
			`<x:document xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:body><x:p><x:r><x:t>“he was </x:t></x:r><x:r><x:t>beaten &amp; robbed”</x:t></x:r></x:p></x:body></x:document>`,
			`robbed”</x:t></x:r><x:r><x:rPr><x:vertAlign x:val="superscript"/></x:rPr><x:footnoteReference x:id="1"/></x:r></x:p>`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := File{Name: "a.docx", Bytes: wordWith(t, tt.body, "word/styles.xml", "<styles/>", "other.bin", "\x00\x01")}
			d := &Drafts{Search: lib, Library: lib, Style: cite.UN}
			results, err := d.File(t.Context(), f)
			if err != nil || len(results) == 0 || results[0].Verdict != Found {
				t.Fatalf("%+v, %v", results, err)
			}
			var out bytes.Buffer
			if n, err := d.WriteBack(t.Context(), &out, f, results, func(*Result) bool { return true }); err != nil || n != 1 {
				t.Fatalf("%d notes, %v", n, err)
			}
			before, after := partsOf(t, f.Bytes), partsOf(t, out.Bytes())
			if !strings.Contains(after["word/document.xml"], tt.want) {
				t.Errorf("%s", after["word/document.xml"])
			}
			if !strings.Contains(after["word/footnotes.xml"], "A/HRC/WGAD/2022/931, para. 48.") {
				t.Errorf("%s", after["word/footnotes.xml"])
			}
			for name, text := range before {
				if name == "word/styles.xml" || name == "other.bin" {
					if after[name] != text {
						t.Errorf("%s was changed", name)
					}
				}
			}
			again, err := d.File(t.Context(), File{Name: "a.docx", Bytes: out.Bytes()})
			if err != nil || again[0].Text != results[0].Text {
				t.Errorf("read again: %+v, %v", again, err)
			}
			var twice bytes.Buffer
			if n, err := d.WriteBack(t.Context(), &twice, File{Bytes: out.Bytes()}, again, func(*Result) bool { return true }); err != nil || n != 0 || !bytes.Equal(partsBytes(t, twice.Bytes()), partsBytes(t, out.Bytes())) {
				t.Errorf("a second time: %d notes, %v", n, err)
			}
		})
	}
}

func partsOf(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		in, err := unzip(f)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(in)
	}
	return out
}

func partsBytes(t *testing.T, b []byte) []byte {
	t.Helper()
	var out []byte
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := unzip(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(append(out, f.Name...), in...)
	}
	return out
}

// FuzzOpenWord checks that no part of a Word file makes the reader fail badly,
// and that the places of words point at words.
func FuzzOpenWord(f *testing.F) {
	f.Add(`<w:document ` + wordNS + `><w:body><w:p><w:r><w:rPr/><w:t>a &amp; b</w:t></w:r></w:p></w:body></w:document>`)
	f.Add(`<w:document ` + wordNS + `><w:p><w:r><w:t/></w:r><w:p><w:r><w:t>x</w:t></w:r></w:p></w:p></w:document>`)
	f.Fuzz(func(t *testing.T, body string) {
		w, err := openWord(wordWith(t, body))
		if err != nil {
			return
		}
		for i := range w.body.paras {
			p := &w.body.paras[i]
			for _, r := range p.runs {
				if r.start > r.end || r.end > len(p.text) || r.rawStart > r.rawEnd || r.rawEnd > len(w.body.raw) {
					t.Errorf("%q: %+v", body, r)
				}
			}
		}
	})
}

// Files that are no exports of ours are told apart from damaged ones.
func TestReadExport(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		cards      bool
		fails      bool
	}{
		{"plain text", "Words.", false, false},
		{"a page of somebody's", "<!doctype html><p>Words</p>", false, false},
		{"somebody's JSON", `{"a":1}`, false, false},
		{"our page with damaged cards", `<!doctype html><pre id="dalel-cards">{"dalel:ca</pre>`, false, true},
		{"our cards", `{"dalel:cards":"1","items":[]}`, true, false},
		{"cards of a later program", `{"dalel:cards":"9","items":[]}`, false, true},
	} {
		_, err := readExport(t.Context(), File{Name: "f", Bytes: []byte(tt.text)}, nil)
		if got := err == nil; got != tt.cards || tt.fails != (err != nil && err != errNoCards) { //nolint:errorlint // the very value
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}
