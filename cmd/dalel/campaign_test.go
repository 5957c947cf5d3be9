package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"html"
	"io"
	"io/fs"
	mrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/dejavu/dejavuserif"
	"github.com/go-pdf/fpdf"

	"dalel/corpus"
	"dalel/corpus/custody"
	"dalel/corpus/samples"
	"dalel/indexer"
	"dalel/indexer/memidx"
	"dalel/ingest"
	"dalel/ingest/zip"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
	"dalel/search/verify"
)

// The campaign quotes documents of every kind, exports the quotes in every
// format, reads them back, and then alters them. Its short form runs with every
// `go test`; the long one is
//
//	DALEL_CAMPAIGN=2000 DALEL_CAMPAIGN_DOCS=$PWD/../shared/data/documents go test ./cmd/dalel -run TestCampaign -timeout 60m -v
//
// DALEL_CAMPAIGN is the number of true quotes and of alterations,
// DALEL_CAMPAIGN_DOCS a folder of further documents, its whole path.
const shortCampaign = 32

// campaign is a library of documents, and everything read once.
type campaign struct {
	*env
	lib    *indexer.Library
	docs   []*corpus.Document // with their texts
	random *mrand.Rand
	texts  map[string]*corpus.Text // by original, read anew by the extractor
	fresh  int                     // extractions
}

func TestCampaign(t *testing.T) {
	n := shortCampaign
	if s := os.Getenv("DALEL_CAMPAIGN"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	c := newCampaign(t, n > shortCampaign)
	t.Run("true quotes", func(t *testing.T) { c.truths(t, n) })
	t.Run("alterations", func(t *testing.T) { c.alterations(t, n) })
}

// newCampaign makes a library of the specimens and of their conversions.
func newCampaign(t *testing.T, whole bool) *campaign {
	t.Helper()
	e, ctx := testEnv(t), t.Context()
	lib, err := indexer.Create(ctx, t.TempDir(), indexer.Options{
		Create: func(string) (indexer.Backend, error) { return new(memidx.Index), nil },
		Open:   func(string) (indexer.Backend, error) { return new(memidx.Index), nil },
		Tool:   "dalel test", Log: e.log, Clock: time.Now, Sync: func(*os.File) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lib.Close() })
	c := &campaign{env: e, lib: lib, random: mrand.New(mrand.NewPCG(8, 2026)), texts: map[string]*corpus.Text{}}
	dir := t.TempDir()
	if err := samples.Write(ctx, dir, (*samples.File).ForLibrary); err != nil {
		t.Fatal(err)
	}
	c.ingest(t, dir)
	if more := os.Getenv("DALEL_CAMPAIGN_DOCS"); more != "" {
		if _, err := os.Stat(more); err != nil {
			t.Fatal(err)
		}
		c.ingest(t, more)
	}
	converted := t.TempDir()
	c.convert(t, converted, whole)
	c.ingest(t, converted)
	c.docs = c.all(t)
	t.Logf("%d documents", len(c.docs))
	return c
}

func (c *campaign) pipeline(sink ingest.Sink) *ingest.Pipeline {
	f := formats(false, 0)
	return &ingest.Pipeline{
		Formats: f, Runner: ingest.InProcess{Formats: f}, Containers: map[string]ingest.Container{ingest.TypeZip: zip.Container{}},
		Sink: sink, Workers: 2, Log: c.log, Clock: time.Now,
	}
}

func (c *campaign) ingest(t *testing.T, path string) {
	t.Helper()
	if _, err := c.pipeline(c.lib).Run(t.Context(), ingest.Source{Paths: []string{path}}); err != nil {
		t.Fatal(err)
	}
}

// all returns the documents that have something to quote.
func (c *campaign) all(t *testing.T) []*corpus.Document {
	t.Helper()
	var out []*corpus.Document
	for d, err := range c.lib.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Text, err = c.lib.Text(t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
		if len(quotable(d.Text)) > 0 {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b *corpus.Document) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// quotable lists the paragraphs that a person would quote.
func quotable(t *corpus.Text) []int {
	bad := map[int]bool{}
	for _, p := range t.Pages {
		bad[p.No] = p.Status != corpus.PageOK
	}
	var out []int
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		whole := len(p.Pages) > 0 || len(bad) == 0
		for _, s := range p.Pages {
			whole = whole && !bad[s.Page]
		}
		if whole && (p.Role == corpus.RoleBody || p.Role == corpus.RoleTable) && len(strings.Fields(p.Text)) >= 8 {
			out = append(out, p.Ord)
		}
	}
	return out
}

// convert writes the documents there are in other formats. In the short form it
// takes every sixth.
func (c *campaign) convert(t *testing.T, dir string, whole bool) {
	t.Helper()
	for i, d := range c.all(t) {
		if !whole && i%6 != 0 {
			continue
		}
		paras := d.Text.Paragraphs[:min(len(d.Text.Paragraphs), 150)]
		name := filepath.Join(dir, d.ID.Short())
		for ext, write := range map[string]func([]corpus.Paragraph) ([]byte, error){".txt": asText, ".html": asHTML, ".docx": asWord, ".pdf": asPDF} {
			b, err := write(paras)
			if err == nil {
				err = os.WriteFile(name+ext, b, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func asText(paras []corpus.Paragraph) ([]byte, error) {
	var b bytes.Buffer
	for _, p := range paras {
		b.WriteString(p.Text + "\n\n")
	}
	return b.Bytes(), nil
}

func asHTML(paras []corpus.Paragraph) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("<!doctype html><html><head><meta charset=utf-8><title>SPECIMEN, converted</title></head><body>")
	for _, p := range paras {
		b.WriteString("<p>" + html.EscapeString(p.Text) + "</p>\n")
	}
	b.WriteString("</body></html>")
	return b.Bytes(), nil
}

// asWord writes the paragraphs as a brief of the user's own words.
func asWord(paras []corpus.Paragraph) ([]byte, error) {
	var b bytes.Buffer
	bundle := &export.Bundle{Title: "SPECIMEN, converted", Lang: "en"}
	for _, p := range paras {
		bundle.Items = append(bundle.Items, export.Item{Words: p.Text})
	}
	err := export.DOCX(&b, bundle)
	return b.Bytes(), err
}

func asPDF(paras []corpus.Paragraph) ([]byte, error) {
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("serif", "", bytes.Clone(dejavuserif.TTF))
	f.SetFont("serif", "", 11)
	f.AddPage()
	for _, p := range paras {
		f.MultiCell(0, 6, p.Text, "", "L", false)
		f.Ln(4)
	}
	var b bytes.Buffer
	err := f.Output(&b)
	return b.Bytes(), err
}

// pick makes a quote: a whole paragraph, some words, words with some left out,
// or two paragraphs.
func (c *campaign) pick(t *testing.T) *quote.Quote {
	t.Helper()
	d := c.docs[c.random.IntN(len(c.docs))]
	ords := quotable(d.Text)
	p := &d.Text.Paragraphs[ords[c.random.IntN(len(ords))]-1]
	q := quote.Whole(d.ID, d.TextHash, p)
	words := wordStarts(p.Text)
	switch kind := c.random.IntN(10); {
	case kind < 3 && len(words) > 6:
		from := c.random.IntN(len(words) - 5)
		to := from + 4 + c.random.IntN(len(words)-from-4)
		q.Pieces = []quote.Piece{{Para: p.Ord, Start: words[from], End: wordEnd(p.Text, words[to])}}
	case kind < 5 && len(words) > 9:
		a, b := 3, len(words)-3
		q.Pieces = []quote.Piece{
			{Para: p.Ord, Start: q.Pieces[0].Start, End: wordEnd(p.Text, words[a])},
			{Show: " […] "},
			{Para: p.Ord, Start: words[b], End: utf8.RuneCountInString(p.Text)},
		}
		if q.Pieces[0].Start >= q.Pieces[0].End {
			q = quote.Whole(d.ID, d.TextHash, p)
		}
	case kind == 5 && p.Ord < len(d.Text.Paragraphs):
		pieces, err := quote.Range(d.Text, p.Ord, q.Pieces[0].Start, p.Ord+1, utf8.RuneCountInString(d.Text.Paragraphs[p.Ord].Text))
		if err == nil {
			two := q
			two.Pieces = pieces
			if x, err := two.Resolve(d.Text); err == nil && !x.Doubtful(d.Text) {
				q = two
			}
		}
	}
	return &q
}

// wordStarts returns where words begin, in code points.
func wordStarts(text string) []int {
	var out []int
	before, i := ' ', 0
	for _, r := range text {
		if unicode.IsSpace(before) && !unicode.IsSpace(r) {
			out = append(out, i)
		}
		before = r
		i++
	}
	return out
}

func wordEnd(text string, from int) int {
	runes := []rune(text)
	for from < len(runes) && !unicode.IsSpace(runes[from]) {
		from++
	}
	return from
}

// brief makes a brief of n quotes.
func (c *campaign) brief(t *testing.T, n int) *quote.Brief {
	t.Helper()
	styles := cite.Styles
	one := &quote.Brief{Name: "campaign", Style: styles[c.random.IntN(len(styles))]}
	if c.random.IntN(4) == 0 {
		one.Form = cite.Inline
	}
	for range n {
		one.Add(quote.Item{Quote: c.pick(t)})
	}
	return one
}

// checker checks with the library, reading each original anew once.
func (c *campaign) checker(places ...verify.Collection) *verify.Checker {
	if places == nil {
		places = []verify.Collection{kept{c.lib}}
	}
	return &verify.Checker{Places: places, Log: c.lib, Text: c.extract, Extract: c.extract}
}

func (c *campaign) extract(ctx context.Context, name string, b []byte) (*corpus.Text, error) {
	id, _, err := corpus.NewID(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if t := c.texts[string(id)]; t != nil {
		return t, nil
	}
	path := filepath.Join(os.TempDir(), "dalel-campaign-"+strconv.Itoa(os.Getpid())+safeExt(name))
	defer os.Remove(path)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return nil, err
	}
	var text *corpus.Text
	if _, err := c.pipeline(textSink{func(t *corpus.Text) { text = t }}).Run(ctx, ingest.Source{Paths: []string{path}}); err != nil {
		return nil, err
	}
	if text == nil {
		return nil, errors.New("nothing read")
	}
	c.fresh++
	c.texts[string(id)] = text
	return text, nil
}

// formatsThere are the formats whose words are read back letter by letter.
var formatsThere = []string{"docx", "html", "md", "csv", "xlsx", "jsonld", "csl", "bag"}

// written exports a bundle, as a file to be checked or a bag.
func (c *campaign) written(t *testing.T, format string, b *export.Bundle) (verify.File, fstest.MapFS) {
	t.Helper()
	if format == "bag" {
		return verify.File{}, c.bag(t, b, nil)
	}
	var out bytes.Buffer
	f, _ := export.FormatNamed(format)
	write := f.Write
	if format == "docx" {
		write = export.DOCXWithCards
	}
	if err := write(&out, b); err != nil {
		t.Fatal(err)
	}
	return verify.File{Name: "campaign" + f.Ext, Bytes: out.Bytes()}, nil
}

func (c *campaign) bag(t *testing.T, b *export.Bundle, originals []corpus.ID) fstest.MapFS {
	t.Helper()
	files, err := b.BagFiles(t.Context(), originals, func(ctx context.Context, id corpus.ID) (io.ReadCloser, error) { return c.lib.Original(ctx, id) })
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := bagit.WriteDir(filepath.Join(dir, "bag"), export.BagInfo, files); err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(filepath.Join(dir, "bag")), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, "bag", name))
		out[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (c *campaign) verdicts(t *testing.T, check *verify.Checker, f verify.File, bag fstest.MapFS) *verify.Report {
	t.Helper()
	if bag != nil {
		rep, err := check.Bag(t.Context(), bag)
		if err != nil {
			t.Fatal(err)
		}
		return rep
	}
	rep, ok, err := check.File(t.Context(), f)
	if err != nil || !ok {
		t.Fatalf("%s: %v, cards: %v", f.Name, err, ok)
	}
	return rep
}

// truths exports and reads back n quotes through every format.
func (c *campaign) truths(t *testing.T, n int) {
	const perBrief = 50
	quoted, langs, media, tally := map[corpus.ID]bool{}, map[string]int{}, map[string]int{}, map[string]int{}
	agree, differ := 0, []string{}
	for done := 0; done < n; done += perBrief {
		one := c.brief(t, min(perBrief, n-done))
		b, err := export.Build(t.Context(), c.lib, ledger{c.lib}, one, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range b.Quotes() {
			quoted[q.Doc.ID] = true
			langs[q.Text.Paragraphs[q.Spans[0].Ord-1].Lang]++
			media[q.Doc.MediaType]++
		}
		for i, format := range formatsThere {
			check := c.checker()
			if i == 0 {
				check.Witness = witness{c.env}
			}
			f, bag := c.written(t, format, b)
			rep := c.verdicts(t, check, f, bag)
			if len(rep.Results) != len(b.Quotes()) {
				t.Fatalf("%s: %d verdicts on %d quotes", format, len(rep.Results), len(b.Quotes()))
			}
			for j, r := range rep.Results {
				q := b.Quotes()[j]
				tally[format+" "+string(r.Verdict)]++
				if r.Verdict != verify.Verbatim || r.Page != q.Place.Page || r.Label != q.Place.Label {
					t.Errorf("%s: %s, %s, page %d, %q: %s\n%s", format, r.Verdict, q.Doc.Path(), r.Page, r.Label, r.Detail, r.Text)
				}
				switch r.Witness {
				case verify.Agrees:
					agree++
				case verify.Differs:
					differ = append(differ, q.Doc.Path()+": "+r.Text)
				}
			}
		}
	}
	t.Logf("%d quotes from %d documents; paragraphs by language %v; by format %v", n, len(quoted), langs, media)
	t.Logf("verdicts %v; %d originals read anew", tally, c.fresh)
	if all := agree + len(differ); all > 0 {
		t.Logf("pdftotext agrees on %d of %d (%.2f %%)", agree, all, 100*float64(agree)/float64(all))
		for _, d := range differ {
			t.Logf("it differs on %s", d)
		}
		const bar = 0.99
		if float64(agree) < bar*float64(all) && all > 100 {
			t.Errorf("pdftotext agrees on less than 99 %%")
		}
	}
	if n >= 2000 && len(quoted) < 150 {
		t.Errorf("quotes from %d documents, want 150", len(quoted))
	}
}

// witness is pdftotext, with the pages of a file remembered.
type witness struct{ *env }

func (w witness) Page(ctx context.Context, original []byte, media string, first, last int) (string, bool) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		return "", false
	}
	return pdftotext(w).Page(ctx, original, media, first, last)
}

// alteration changes a bundle of one quote, or what it is checked against. It
// reports false where the quote has nothing to change.
type alteration struct {
	name string
	want []verify.Verdict
	do   func(c *campaign, t *testing.T, a *altered) bool
}

// altered is a quote on its way to be altered.
type altered struct {
	b     *export.Bundle
	q     *export.Quote
	check *verify.Checker
	// raw changes the file that was written; nil leaves it.
	raw func(f *verify.File, bag fstest.MapFS)
}

var textual = []verify.Verdict{verify.Altered}

// alterationKinds are the ways of R21: of the words, of the place, of the
// original, of the log.
var alterationKinds = []alteration{
	{"a letter", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, unicode.IsLetter, otherLetter, false)
	}},
	{"a letter, in the card too", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, unicode.IsLetter, otherLetter, true)
	}},
	{"a look-alike letter", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, func(r rune) bool { return lookalikes[r] != 0 }, func(r rune) rune { return lookalikes[r] }, c.random.IntN(2) == 0)
	}},
	{"a dropped word", textual, (*campaign).dropWord},
	{"a digit", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, unicode.IsDigit, func(r rune) rune { return '0' + (r-'0'+1)%10 }, c.random.IntN(2) == 0)
	}},
	{"a dash", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, func(r rune) bool { return unicode.Is(unicode.Pd, r) }, otherDash, c.random.IntN(2) == 0)
	}},
	{"a quotation mark inside", textual, func(c *campaign, _ *testing.T, a *altered) bool {
		return c.swapRune(a, func(r rune) bool { return strings.ContainsRune("«»“”„\"", r) }, func(r rune) rune { return map[bool]rune{true: '“', false: '«'}[r == '«'] }, false)
	}},
	{"segments swapped", textual, (*campaign).swapSegments},
	{"a page off by one", []verify.Verdict{verify.WrongPinpoint}, (*campaign).movePage},
	{"a paragraph off by one", []verify.Verdict{verify.WrongPinpoint}, (*campaign).moveLabel},
	{"another document's hash", []verify.Verdict{verify.OriginalChanged}, (*campaign).otherDoc},
	{"a byte of the original", []verify.Verdict{verify.OriginalChanged}, (*campaign).damageOriginal},
	{"the log edited", []verify.Verdict{verify.LogChanged}, (*campaign).editLog},
	{"the log cut", []verify.Verdict{verify.LogChanged}, (*campaign).cutLog},
	{"the log reordered", []verify.Verdict{verify.LogChanged}, (*campaign).reorderLog},
	{"the log signed anew", []verify.Verdict{verify.LogChanged}, (*campaign).resignLog},
}

// alterations alters n quotes, each in one way, and wants each caught.
func (c *campaign) alterations(t *testing.T, n int) {
	caught := map[string]int{}
	for i := 0; i < n; {
		kind := alterationKinds[i%len(alterationKinds)]
		a := c.toAlter(t)
		if !kind.do(c, t, a) {
			continue // this quote has no digit, no dash, …: take another
		}
		format := c.formatFor(kind.name)
		f, bag := c.written(t, format, a.b)
		if a.raw != nil {
			a.raw(&f, bag)
		}
		rep := c.verdicts(t, a.check, f, bag)
		if r := rep.Results[0]; slices.Contains(kind.want, r.Verdict) {
			caught[kind.name]++
		} else {
			t.Errorf("%s, in %s: %s (%s), want %v\n%s\n%s", kind.name, format, r.Verdict, r.Detail, kind.want, r.Text, a.q.Cite)
		}
		i++
	}
	t.Logf("%d alterations caught: %v", n, caught)
}

// formatFor chooses a format that carries what is altered: a table has no state
// of the log.
func (c *campaign) formatFor(name string) string {
	all := []string{"docx", "html", "md", "bag"}
	if !strings.HasPrefix(name, "the log") {
		all = append(all, "csv", "xlsx")
	}
	if !strings.HasSuffix(name, "by one") && (strings.HasSuffix(name, "card too") || strings.HasPrefix(name, "another") || strings.HasPrefix(name, "a byte")) {
		all = append(all, "jsonld")
	}
	return all[c.random.IntN(len(all))]
}

func (c *campaign) toAlter(t *testing.T) *altered {
	t.Helper()
	b, err := export.Build(t.Context(), c.lib, ledger{c.lib}, c.brief(t, 1), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &altered{b: b, q: b.Quotes()[0], check: c.checker()}
}

// setWords puts changed words into a run of a quote, and into its card if the
// forger was thorough.
func (a *altered) setWords(run int, text string, card bool) {
	a.q.Runs[run].Text = text
	var shown strings.Builder
	for _, r := range a.q.Runs {
		shown.WriteString(r.Text)
	}
	a.q.Shown = shown.String()
	if !card {
		return
	}
	target := 0
	for i := range run {
		if !a.q.Runs[i].Ours() {
			target++
		}
	}
	a.q.Card.Target[target].Selector[1].Exact = text
	a.q.Card.Quote = quote.Hash(a.q.Shown)
}

// swapRune changes one character of the words.
func (c *campaign) swapRune(a *altered, wanted func(rune) bool, other func(rune) rune, card bool) bool {
	type spot struct{ run, at int }
	var spots []spot
	for i, r := range a.q.Runs {
		if r.Ours() {
			continue
		}
		for at, x := range []rune(r.Text) {
			if wanted(x) {
				spots = append(spots, spot{i, at})
			}
		}
	}
	if len(spots) == 0 {
		return false
	}
	s := spots[c.random.IntN(len(spots))]
	runes := []rune(a.q.Runs[s.run].Text)
	runes[s.at] = other(runes[s.at])
	a.setWords(s.run, string(runes), card)
	return true
}

func otherLetter(r rune) rune {
	if next := r + 1; unicode.IsLetter(next) && unicode.ToLower(next) != unicode.ToLower(r) {
		return next
	}
	return 'ж'
}

func otherDash(r rune) rune {
	if r == '–' {
		return '-'
	}
	return '–'
}

// lookalikes are letters of one alphabet that look like those of another.
var lookalikes = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H',
	'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'Х': 'X', 'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'y': 'у', 'x': 'х', 'i': 'і',
}

// dropWord leaves a word out: a negation, if there is one.
func (c *campaign) dropWord(_ *testing.T, a *altered) bool {
	for i, r := range a.q.Runs {
		words := strings.Split(r.Text, " ")
		if r.Ours() || len(words) < 4 {
			continue
		}
		at := slices.IndexFunc(words, func(w string) bool { return slices.Contains([]string{"не", "not", "емес", "no", "без"}, w) })
		if at < 0 {
			at = 1 + c.random.IntN(len(words)-2)
		}
		if strings.TrimSpace(words[at]) == "" {
			continue
		}
		a.setWords(i, strings.Join(slices.Delete(words, at, at+1), " "), false)
		return true
	}
	return false
}

// swapSegments puts the second run of words before the first, in the card too.
func (c *campaign) swapSegments(_ *testing.T, a *altered) bool {
	if len(a.q.Card.Target) < 2 || len(a.q.Card.Shown) != 3 {
		return false
	}
	first, last := 0, len(a.q.Runs)-1
	a.q.Runs[first].Text, a.q.Runs[last].Text = a.q.Runs[last].Text, a.q.Runs[first].Text
	a.setWords(first, a.q.Runs[first].Text, false)
	t := a.q.Card.Target
	t[0], t[1] = t[1], t[0]
	a.q.Card.Quote = quote.Hash(a.q.Shown)
	return true
}

// movePage says another page: in the card, or in the citation too.
func (c *campaign) movePage(_ *testing.T, a *altered) bool {
	p := &a.q.Card.Place
	if p.Page == 0 {
		return false
	}
	old := a.q.Card.Pin
	p.Page++
	for i := range a.q.Card.Target {
		a.q.Card.Target[i].Page++
	}
	if p.Kind == corpus.PinPage && p.Printed != "" {
		if n, err := strconv.Atoi(p.Printed); err == nil {
			p.Printed, p.Label = strconv.Itoa(n+1), strconv.Itoa(n+1)
		}
	}
	a.repin(old)
	return true
}

// moveLabel says the paragraph after it: in the citation alone, or in the card
// too.
func (c *campaign) moveLabel(_ *testing.T, a *altered) bool {
	p := &a.q.Card.Place
	n, err := strconv.Atoi(p.Label)
	if p.Kind != corpus.PinPara || err != nil || p.Last != "" {
		return false
	}
	old := a.q.Card.Pin
	p.Label = strconv.Itoa(n + 1)
	pin := p.Pin(a.q.Card.Style, a.q.Card.Lang, a.q.Card.Unit)
	if c.random.IntN(2) == 0 { // the card stays true
		p.Label = strconv.Itoa(n)
		a.recite(old, pin)
		return true
	}
	a.repin(old)
	return true
}

// repin writes the pinpoint of the card's place into the card and the citation.
func (a *altered) repin(old string) {
	a.q.Card.Pin = a.q.Card.Place.Pin(a.q.Card.Style, a.q.Card.Lang, a.q.Card.Unit)
	a.recite(old, a.q.Card.Pin)
	a.q.Card.Citation = a.q.Cite.String()
}

// recite changes the citation as it stands in the file.
func (a *altered) recite(old, pin string) {
	for i := range a.q.Cite.Runs {
		r := &a.q.Cite.Runs[i]
		r.Text = strings.Replace(r.Text, old, pin, 1)
		r.Text = strings.Replace(r.Text, upper(old), upper(pin), 1)
	}
}

func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (c *campaign) otherDoc(_ *testing.T, a *altered) bool {
	other := c.docs[c.random.IntN(len(c.docs))].ID
	if other == a.q.Card.Doc {
		return false
	}
	a.q.Card.Doc = other
	for i := range a.q.Card.Target {
		a.q.Card.Target[i].Source = "urn:sha256:" + string(other)
	}
	return true
}

// damaged is a library one byte of whose originals is another.
type damaged struct {
	kept
	at int
}

func (d damaged) Original(ctx context.Context, id corpus.ID) (io.ReadCloser, error) {
	r, err := d.kept.Original(ctx, id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err == nil && len(b) > 0 {
		b[d.at%len(b)] ^= 1
	}
	return io.NopCloser(bytes.NewReader(b)), err
}

func (c *campaign) damageOriginal(_ *testing.T, a *altered) bool {
	a.check = c.checker(damaged{kept{c.lib}, c.random.IntN(1 << 20)})
	return true
}

// editLog changes the record that the card carries: its time.
func (c *campaign) editLog(t *testing.T, a *altered) bool {
	t.Helper()
	var rec map[string]any
	if err := json.Unmarshal([]byte(a.q.Card.Log.Record), &rec); err != nil {
		t.Fatal(err)
	}
	when, _ := rec["time"].(string)
	a.q.Card.Log.Record = strings.Replace(a.q.Card.Log.Record, when, "2001"+when[4:], 1)
	return true
}

// cutLog shows a checkpoint of a log that ended before the record.
func (c *campaign) cutLog(t *testing.T, a *altered) bool {
	t.Helper()
	if a.q.Card.Log.Index < 1 {
		return false
	}
	c.otherLog(t, a, a.q.Card.Log.Index, a.b.Log.Key)
	return true
}

// reorderLog says that the record had another number.
func (c *campaign) reorderLog(_ *testing.T, a *altered) bool {
	a.q.Card.Log.Index = (a.q.Card.Log.Index + 1) % a.q.Card.Log.Size
	return true
}

// resignLog signs the true state of the log with another key of the same label.
func (c *campaign) resignLog(t *testing.T, a *altered) bool {
	t.Helper()
	key := a.b.Log.Key
	c.otherLog(t, a, a.b.Log.Size, "")
	if c.random.IntN(2) == 0 {
		a.b.Log.Key = key // or the forger puts his key beside it
	}
	return true
}

// otherLog replaces the checkpoint with one that a forger signed, of so many
// records. key "" shows the forger's own.
func (c *campaign) otherLog(t *testing.T, a *altered, size int64, key string) {
	t.Helper()
	signer, forged, err := custody.NewKey(rand.Reader, a.b.Log.Label)
	if err != nil {
		t.Fatal(err)
	}
	cp := a.b.Log.Checkpoint
	cp.Size = size
	if a.b.Log.Note, err = custody.Sign(cp, signer); err != nil {
		t.Fatal(err)
	}
	if a.b.Log.Key = key; key == "" {
		a.b.Log.Key = forged
	}
	a.q.Card.Log.Size = size
}
