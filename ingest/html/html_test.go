package html

import (
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest/extracttest"
)

func TestParagraphs(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"blocks", "<p>SPECIMEN one<p>two <b>bold</b>\n words<div>three</div>", "SPECIMEN one|two bold words|three"},
		{"text around blocks", "<div>before<p>inside</p>after</div>", "before|inside|after"},
		{"headings", "<h1>Үкім</h1><p>Сот анықтады.</p>", "heading: Үкім|Сот анықтады."},
		{"two line breaks are a paragraph, one is a blank", "one<br>two<br><br>three", "one two|three"},
		{"bullets", "<ul><li>one<li>two</ul>", "• one|• two"},
		{"numbers of lists", "<ol start=3><li>one<li>two</ol><ol type=a><li><p>x</p><p>y</p></li></ol>", "3. one|4. two|a. x|y"},
		{"lists in lists", "<ol><li>one<ul><li>in</ul><li>two</ol>", "1. one|• in|2. two"},
		{"a table of data", "<table><tr><th>Year<th>Verdicts<tr><td>2021<td>12</table>", "table: Year | Verdicts|table: 2021 | 12"},
		{"a table that lays a page out", "<table><tr><td><p>one<p>two<td>menu</table>", "one|two|menu"},
		{"a table in a cell", "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "table: a | b | c"},
		{"navigation is kept, apart", "<nav><a>Home</a><a>Courts</a></nav><p>text</p><footer>© SPECIMEN</footer>", "header: Home Courts|text|header: © SPECIMEN"},
		{"what stands around the main part", "<p>Banner</p><main><p>text</p></main><p>Share</p>", "header: Banner|text|header: Share"},
		{"lists of links around an article", "<ul><li><a>other</a></ul><article><a>linked</a></article><p>said the court", "header: • other|linked|said the court"},
		{"what is not shown", "<p>seen</p><script>x</script><style>y</style><p hidden>no</p><p style='display: none'>no</p><template>z</template>", "seen"},
		{"raised digits stay apart", "<p>статья 402<sup>1</sup>, H<sub>2</sub>", "статья 402¹, H2"},
		{"preformatted text", "<pre>one\ntwo\n\nthree</pre>", "one two|three"},
		{"entities", "<p>&laquo;сот&raquo; &amp; &#1179;&nbsp;x", "«сот» & қ x"},
		{"ends without beginnings", "</ul></tr></div></nav></pre><p>text</li>", "text"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte("<!doctype html>"+tt.in))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("paragraphs of %s\nare  %s\nwant %s", tt.in, s, tt.want)
			}
		})
	}
}

func TestPath(t *testing.T) {
	got := extracttest.MustRun(t, Extractor{}, []byte("<h1>A</h1><h2>B</h2><p>x</p><h2>C</h2><p>y</p>"))
	if p := got.Paragraphs[4].Path; len(p) != 2 || p[0] != "A" || p[1] != "C" {
		t.Errorf("path of y is %v, want A, C", p)
	}
	if p := got.Paragraphs[2].Path; len(p) != 2 || p[1] != "B" {
		t.Errorf("path of x is %v, want A, B: paths do not share memory", p)
	}
}

func TestFacts(t *testing.T) {
	for _, tt := range []struct {
		why, in, want string
		key           corpus.Key
	}{
		{"the title of the window", "<title> SPECIMEN:\n a case </title>", "SPECIMEN: a case", corpus.KeyTitle},
		{"without the name of the site", `<title>A case | Specimen News</title><meta property="og:site_name" content="Specimen News">`, "A case", corpus.KeyTitle},
		{"the page's own title", `<title>x</title><meta property="og:title" content="A case">`, "A case", corpus.KeyTitle},
		{"the day of publication", `<meta property="article:published_time" content="2021-11-25T09:30:00+06:00">`, "2021-11-25", corpus.KeyDate},
		{"the headline for programs", `<title>x | y</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Үкім шықты","datePublished":"2021-11-25T09:30:00+06:00"}]}</script>`, "Үкім шықты", corpus.KeyTitle},
		{"the day for programs", `<script type="application/ld+json">[{"@type":["NewsArticle"],"datePublished":"2021-11-25"}]</script>`, "2021-11-25", corpus.KeyDate},
		{"the surest date", `<meta name="date" content="2020"><meta name="DCTERMS.issued" content="2021-11-25">`, "2021-11-25", corpus.KeyDate},
		{"no date", `<meta name="date" content="yesterday">`, "", corpus.KeyDate},
		{"the address", `<link rel="canonical" href="https://specimen.example/a">`, "https://specimen.example/a", corpus.KeyURL},
		{"an address that is none", `<link rel="canonical" href="javascript:alert(1)">`, "", corpus.KeyURL},
		{"the address of a saved page", "<!-- saved from url=(0026)https://specimen.example/b -->", "https://specimen.example/b", corpus.KeyURL},
		{"an article of a site is news", `<meta property="og:type" content="article"><meta property="og:site_name" content="Specimen">`, "news", corpus.KeyKind},
		{"any other page is not", `<title>x</title>`, "", corpus.KeyKind},
		{"the title of a picture is none", `<svg><title>icon</title></svg><title>Case</title>`, "Case", corpus.KeyTitle},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte(tt.in+"<p>text</p>"))
			if s := strings.Join(got.Facts[tt.key].Values, "|"); s != tt.want {
				t.Errorf("%s is %q, want %q", tt.key, s, tt.want)
			}
		})
	}
}

func TestCharset(t *testing.T) {
	in := "<meta charset=windows-1251><p>\xd1\xf3\xe4 \xf0\xe5\xf8\xe8\xeb \xef\xf0\xe8\xe7\xed\xe0\xf2\xfc</p>"
	got := extracttest.MustRun(t, Extractor{}, []byte(in))
	if s := strings.Join(got.Lines(), "|"); s != "Суд решил признать" {
		t.Errorf("text is %q", s)
	}
}

func TestDeepPage(t *testing.T) {
	in := "<title>SPECIMEN</title>" + strings.Repeat("<div>", 3000) + "<p>deep</p><nav>menu</nav>" + strings.Repeat("</div>", 3000) + "<p>end</p>"
	got := extracttest.MustRun(t, Extractor{}, []byte(in))
	if s := strings.Join(got.Lines(), "|"); s != "deep|header: menu|end" || len(got.Warnings) != 1 {
		t.Errorf("deep page gives %q and warnings %q", s, got.Warnings)
	}
}

// FuzzHTML checks, beside what holds for all extractors, that no word of a
// plain paragraph is lost.
func FuzzHTML(f *testing.F) {
	f.Add([]byte("<table><tr><td>a<td><ul><li>b</table><nav>c<p>d<h2>e</nav><sup>1</sup>"))
	f.Add([]byte("<svg><title>x<pre>a\n\nb<select><option>c<template><p>d"))
	f.Add([]byte(strings.Repeat("<b>", 600) + "x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		extracttest.Check(t, Extractor{}, b)
		got, err := extracttest.Run(t.Context(), Extractor{}, append([]byte("<!doctype html><body><p>SPECIMEN words</p>"), b...))
		if err == nil && len(got.Paragraphs) == 0 {
			t.Errorf("the first paragraph is lost")
		}
	})
}

// TestArticle sets apart what stands around the text of a page that marks
// nothing, and hides no sentence for it.
func TestArticle(t *testing.T) {
	sentence := "<p>SPECIMEN: сот отырысында қорғаушы айыптаудың дәлелдері жеткіліксіз екенін, куәлардың жауаптары бір-біріне қайшы келетінін айтты.</p>"
	in := `<body><div class="menu"><a href="/">Басты бет</a> <a href="/n">Жаңалықтар</a></div><div class="post"><h1>Сот отырысы</h1>` + strings.Repeat(sentence, 8) +
		`</div><div class="side"><div><a href="/x">Тағы оқыңыз: басқа іс</a></div><div>Қаралым: 512</div><div>Сот шешімі заңды күшіне енген жоқ.</div></div></body>`
	got := extracttest.MustRun(t, Extractor{}, []byte("<!doctype html>"+in)).Lines()
	for _, want := range []string{"heading: Сот отырысы", "header: Басты бет Жаңалықтар", "header: Тағы оқыңыз: басқа іс", "header: Қаралым: 512", "Сот шешімі заңды күшіне енген жоқ."} {
		if !slices.Contains(got, want) {
			t.Errorf("no paragraph %q in %q", want, got)
		}
	}
}
