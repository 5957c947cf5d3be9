package samples

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"dalel/corpus"
)

// documents returns every text of the tree, parsed, by the name of its file.
func documents(t *testing.T) map[string]*document {
	t.Helper()
	names, err := texts.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*document{}
	for _, e := range names {
		if path.Ext(e.Name()) != ".txt" {
			continue
		}
		data, err := texts.ReadFile("texts/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		d, err := parse(string(data))
		if err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		if out[d.head["file"]] != nil {
			t.Errorf("%s: another text makes %s too", e.Name(), d.head["file"])
		}
		out[d.head["file"]] = d
	}
	return out
}

// allText returns all that a document says, a paragraph a line.
func (d *document) allText() string {
	var b strings.Builder
	for _, blk := range d.blocks {
		b.WriteString(blk.label + " " + textSpans(blk.all()) + "\n")
	}
	for _, n := range d.noteNumbers() {
		b.WriteString(textSpans(d.notes[n]) + "\n")
	}
	return b.String()
}

func TestFilesRenderToTheSameBytes(t *testing.T) {
	first := map[string][]byte{}
	for f, err := range Files() {
		if err != nil {
			t.Fatal(err)
		}
		first[f.Name] = f.Bytes
	}
	for f, err := range Files() {
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Bytes) == 0 || !bytes.Equal(first[f.Name], f.Bytes) {
			t.Errorf("%s: %d bytes, then %d others", f.Name, len(first[f.Name]), len(f.Bytes))
		}
	}
}

func TestSpecimensAreManyAndOfAllSorts(t *testing.T) {
	count := map[string]int{}
	kinds := map[corpus.Kind]bool{}
	for name, d := range documents(t) {
		kind := corpus.Kind(d.head["kind"])
		if !kind.Known() {
			t.Errorf("%s: unknown kind %q", name, kind)
		}
		kinds[kind] = true
		count[d.head["lang"]]++
		count[d.format()]++
	}
	for what, least := range map[string]int{"kk": 5, "ru": 10, "en": 6, "pdf": 7, "docx": 6, "html": 7, "txt": 4} {
		if count[what] < least {
			t.Errorf("%d specimens are %s, want at least %d", count[what], what, least)
		}
	}
	if len(kinds) < 10 {
		t.Errorf("%d kinds of documents, want at least 10", len(kinds))
	}
}

func TestSpecimensSayThatTheyAre(t *testing.T) {
	for name, d := range documents(t) {
		if !strings.Contains(d.head["title"], "SPECIMEN") {
			t.Errorf("%s: the title does not say SPECIMEN", name)
		}
		if f := d.format(); (f == "pdf" || f == "docx") && len(d.blocks) > 3 && !strings.Contains(d.head["running"], "SPECIMEN") {
			t.Errorf("%s: the running head does not say SPECIMEN", name)
		}
		var face strings.Builder
		face.WriteString(d.head["byline"])
		for _, b := range d.blocks[:min(8, len(d.blocks))] {
			face.WriteString(textSpans(b.all()) + "\n")
		}
		if !strings.Contains(face.String(), "SPECIMEN") {
			t.Errorf("%s: its face does not say SPECIMEN", name)
		}
	}
}

// Numbers of real papers must not occur: a search for one would find an
// invented text. Opinions of one year stay below 100, texts adopted below 600,
// and no court has the code 9999.
func TestNumbersAreOutsideTheRealRanges(t *testing.T) {
	for _, rule := range []struct {
		re    *regexp.Regexp
		least int
	}{
		{regexp.MustCompile(`A/HRC/WGAD/\d{4}/(\d+)`), 900},
		{regexp.MustCompile(`(?i)opinions? No\. (\d+)/`), 900},
		{regexp.MustCompile(`(?i)мнени[еия] № (\d+)/`), 900},
		{regexp.MustCompile(`№ (\d+)/\d{4} пікір`), 900},
		{regexp.MustCompile(`P\d_TA\(\d{4}\)(\d+)`), 900},
		{regexp.MustCompile(`B9.(\d+)/\d{4}`), 9000},
		{regexp.MustCompile(`\b(\d{4})-\d\d-00-\d`), 9999},
		{regexp.MustCompile(`нормативно\S+ постановлени\S+[^.;]{0,90}? № (\d+)`), 900},
		{regexp.MustCompile(`№ (\d+) нормативтік`), 900},
	} {
		seen := 0
		for name, d := range documents(t) {
			for _, m := range rule.re.FindAllStringSubmatch(d.allText(), -1) {
				seen++
				if n, _ := strconv.Atoi(m[1]); n < rule.least {
					t.Errorf("%s: %q could be real", name, m[0])
				}
			}
		}
		if seen == 0 {
			t.Errorf("%s occurs nowhere", rule.re)
		}
	}
}

func TestLanguagesAreWhatTheHeaderSays(t *testing.T) {
	const kazakh = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
	for name, d := range documents(t) {
		var latin, cyrillic, special float64
		for _, c := range d.allText() {
			switch {
			case strings.ContainsRune(kazakh, c):
				special++
			case unicode.Is(unicode.Cyrillic, c):
				cyrillic++
			case unicode.Is(unicode.Latin, c):
				latin++
			}
		}
		all := latin + cyrillic + special
		got := "ru"
		if latin > 0.9*all {
			got = "en"
		} else if special > 0.1*all {
			got = "kk"
		}
		if got != d.head["lang"] {
			t.Errorf("%s: the alphabet says %s, the header %s (latin %.0f, cyrillic %.0f, kazakh %.0f)",
				name, got, d.head["lang"], latin, cyrillic, special)
		}
	}
}

func TestPDFsHaveThePromisedPages(t *testing.T) {
	rePage := regexp.MustCompile(`/Type /Page\b`)
	for name, least := range map[string]int{
		"case/01-obvinitelnyi-akt-ru.pdf":           4,
		"case/02-ukim-kk.pdf":                       4,
		"un/opinion-931-2022-advance-en.pdf":        8,
		"un/opinion-931-2022-final-en.pdf":          8,
		"un/mnenie-931-2022-ru.pdf":                 8,
		"ep/resolution-ta-9-2023-0931-en.pdf":       4,
		"ngo/upr-submission-en.pdf":                 4,
		"case/08-zaklyuchenie-eksperta-skan-ru.pdf": 4,
	} {
		d := documents(t)[name]
		if d == nil {
			t.Errorf("no text makes %s", name)
			continue
		}
		data, err := renderPDF(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(rePage.FindAll(data, -1)); got < least {
			t.Errorf("%s has %d pages, want at least %d", name, got, least)
		}
	}
}

func TestWordPartsAreWellFormed(t *testing.T) {
	for name, d := range documents(t) {
		if d.format() != "docx" {
			continue
		}
		data, err := renderDOCX(d)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			dec := xml.NewDecoder(r)
			for err == nil {
				_, err = dec.Token()
			}
			if !errors.Is(err, io.EOF) {
				t.Errorf("%s: %s: %v", name, part.Name, err)
			}
		}
	}
}

func TestWordCountsAsTheAuthorDid(t *testing.T) {
	d, err := parse(head + "1. a\n\n3. b")
	if err != nil {
		t.Fatal(err)
	}
	d.head["numbering"] = "auto"
	if _, err := renderDOCX(d); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("renderDOCX = %v, want corpus.ErrInvalid: Word would number 3 as 2", err)
	}
}

// One sentence stands three times in each version of the opinion, in three
// voices; the final version counts one paragraph more than the advance one.
func TestOneSentenceInThreeVoices(t *testing.T) {
	const en, ru = "beaten for two nights in the basement of the police department until he signed the confession",
		"две ночи избивали в подвале управления полиции, пока он не подписал подготовленное для него признание"
	for _, tt := range []struct {
		file, sentence string
		source, reply  string
		finding        string
	}{
		{"un/opinion-931-2022-advance-en.pdf", en, "12.", "26.", "47."},
		{"un/opinion-931-2022-final-en.pdf", en, "13.", "27.", "48."},
		{"un/mnenie-931-2022-ru.pdf", ru, "13.", "27.", "48."},
	} {
		var got []string
		for _, b := range documents(t)[tt.file].blocks {
			if strings.Contains(textSpans(b.spans), tt.sentence) {
				got = append(got, b.label)
			}
		}
		if want := []string{tt.source, tt.reply, tt.finding}; strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: the sentence stands in %v, want %v", tt.file, got, want)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := Write(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "un", "mnenie-931-2022-ru.pdf")
	before, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "meta.csv"), []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(name); err != nil || !os.SameFile(before, after) {
		t.Errorf("%s was written again", name)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "meta.csv")); err != nil || string(data) == "spoilt" {
		t.Errorf("meta.csv was not mended: %v", err)
	}
}

func TestWriteStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, t.TempDir(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Write = %v, want context.Canceled", err)
	}
}

// The draft to try verify on has ten quotes. Seven stand word for word in a
// specimen (one of them is cited with a wrong number); one lost its «не», one
// is a translation, one is nowhere.
func TestDraftHasSevenQuotesWordForWord(t *testing.T) {
	docs := documents(t)
	var others strings.Builder
	for name, d := range docs {
		if !strings.HasPrefix(name, TryDir+"/") {
			others.WriteString(d.allText())
		}
	}
	reQuote := regexp.MustCompile(`«[^»]{20,}»`)
	quotes := reQuote.FindAllString(docs[TryDir+"/brief-10-quotes-ru.docx"].allText(), -1)
	found := 0
	for _, q := range quotes {
		if strings.Contains(others.String(), strings.Trim(q, "«»")) {
			found++
		}
	}
	if len(quotes) != 10 || found != 7 {
		t.Errorf("%d quotes, %d of them word for word, want 10 and 7", len(quotes), found)
	}
}
