package cite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/search/cite"
)

func doc(lang string, facts ...string) *corpus.Document {
	d := &corpus.Document{
		ID: "5f3a9c0d5f3a9c0d5f3a9c0d5f3a9c0d5f3a9c0d5f3a9c0d5f3a9c0d5f3a9c0d", Read: corpus.Facts{},
		Sources: []corpus.Source{{Path: "a.pdf", Added: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}},
	}
	d.Read[corpus.KeyLang] = corpus.Fact{Values: []string{lang}}
	for _, f := range facts {
		k, v, _ := strings.Cut(f, "=")
		d.Read[corpus.Key(k)] = corpus.Fact{Values: append(d.Read[corpus.Key(k)].Values, v)}
	}
	return d
}

func para(label string) cite.Place { return cite.Place{Kind: corpus.PinPara, Label: label, Page: 4} }

// subject is a document of the golden table, with a place in it. Persons and
// papers are invented; numbers lie outside the real ranges, but for treaties
// and codes, which are what they are.
type subject struct {
	name string
	doc  *corpus.Document
	at   cite.Place
	opt  cite.Options
	only []cite.Style // nil for all
}

func subjects() []subject {
	opinion := doc("en", "kind=wgad_opinion", "title=Opinion No. 931/2022 concerning Dauletiyar Konyrtauov and Assemgul Shildebek (Kazakhstan) (SPECIMEN)",
		"number=931/2022", "symbol=A/HRC/WGAD/2022/931", "date=2022-11-16", "body=Working Group on Arbitrary Detention", "country=KZ")
	body, source := para("48"), para("13")
	body.Voice, source.Voice = corpus.VoiceBody, corpus.VoiceSource
	verdict := doc("kk", "kind=verdict", "title=№ 9999-21-00-1/931 қылмыстық іс бойынша үкім (ҮЛГІ)", "case=9999-21-00-1/931", "date=2021-11-25",
		"court=Қарасеңгір қаласының № 2 соты", "country=KZ")
	verdictRU := doc("ru", "kind=verdict", "title=Приговор по делу № 9999-21-00-1/931", "case=9999-21-00-1/931", "date=2021-11-25",
		"court=Суд № 2 города Карасенгира", "country=KZ", "status=appealed")
	page := cite.Place{Kind: corpus.PinPage, Label: "4", Page: 5, Printed: "4", Voice: corpus.VoiceCourt}
	return []subject{
		{"opinion, findings", opinion, body, cite.Options{}, nil},
		{"opinion, a party's words", opinion, source, cite.Options{}, nil},
		{"advance version", doc("en", "kind=wgad_opinion", "title=Opinion No. 931/2022 concerning D. K. (Kazakhstan)", "number=931/2022", "symbol=A/HRC/WGAD/2022/931", "date=2022-12-30", "status=advance"), body, cite.Options{}, []cite.Style{cite.UN, cite.OSCOLA, cite.KZ}},
		{"opinion without a symbol or date", doc("en", "kind=wgad_opinion", "title=Opinion No. 931/2022 concerning D. K. (Kazakhstan)", "number=931/2022"), body, cite.Options{}, nil},
		{"views", doc("en", "kind=views", "title=Konyrtauov v. Kazakhstan", "symbol=CCPR/C/999/D/9931/2022", "date=2024-03-22", "body=Human Rights Committee"), body, cite.Options{}, nil},
		{"UN paper", doc("en", "kind=un_document", "title=Methods of work of the Working Group on Arbitrary Detention", "symbol=A/HRC/36/38", "date=2017-07-13", "body=Human Rights Council"), para("15"), cite.Options{}, nil},
		{"UN resolution", doc("en", "kind=un_document", "title=Measures to eliminate international terrorism", "symbol=A/RES/51/210", "date=1996-12-17"), para("3"), cite.Options{}, nil},
		{"Parliament", doc("en", "kind=resolution", "title=European Parliament resolution of 16 March 2023 on the situation in Kazakhstan", "number=P9_TA(2023)0931", "date=2023-03-16", "body=European Parliament"), para("2"), cite.Options{}, nil},
		{"Parliament, recital", doc("en", "kind=resolution", "title=European Parliament resolution of 16 March 2023 on the situation in Kazakhstan", "number=P9_TA(2023)0931", "date=2023-03-16", "body=European Parliament"), cite.Place{Kind: corpus.PinRecital, Label: "C"}, cite.Options{}, []cite.Style{cite.OSCOLA, cite.GOST, cite.UN}},
		{"motion", doc("en", "kind=motion", "title=Motion for a resolution on the situation in Kazakhstan", "number=B9-9931/2023", "date=2023-03-13", "body=European Parliament"), para("2"), cite.Options{}, nil},
		{"PACE", doc("en", "kind=resolution", "title=Allegations of torture in places of detention", "number=9931 (2024)", "date=2024-01-26", "body=Parliamentary Assembly of the Council of Europe"), para("7.2"), cite.Options{}, nil},
		{"European Court", doc("en", "kind=judgment", "title=CASE OF KONYRTAUOV AND OTHERS v. UKRAINE", "number=99931/14", "date=2019-09-03", "body=European Court of Human Rights"), cite.Place{Kind: corpus.PinPara, Label: "48", Voice: corpus.VoiceCourt}, cite.Options{}, nil},
		{"European Court, paragraphs", doc("en", "kind=judgment", "title=Konyrtauov v. Ukraine", "number=99931/14", "date=2019-09-03"), cite.Place{Kind: corpus.PinPara, Label: "45", Last: "47", Voice: corpus.VoiceCourt}, cite.Options{}, []cite.Style{cite.ECHR, cite.OSCOLA, cite.Bluebook, cite.UN}},
		{"Kazakh verdict", verdict, page, cite.Options{}, nil},
		{"Russian verdict, translated by us", verdictRU, page, cite.Options{Translated: true}, nil},
		{"verdict, file sheet", verdictRU, cite.Place{Kind: corpus.PinPage, Page: 4, Sheet: "т. 2, л.д. 114", Voice: corpus.VoiceWitness}, cite.Options{}, []cite.Style{cite.KZ, cite.GOST}},
		{"hearing record, file sheet inline", doc("ru", "kind=hearing_record", "title=Протокол судебного заседания", "date=2021-10-14", "case=9999-21-00-1/931"), cite.Place{Sheet: "т. 2, л.д. 114", Voice: corpus.VoiceWitness}, cite.Options{Form: cite.Inline}, []cite.Style{cite.KZ, cite.GOST}},
		{"ruling without pages", doc("ru", "kind=ruling", "case=9999-22-00-1а/931", "date=2022-02-17", "court=Сарыжазыкский областной суд"), cite.Place{Kind: corpus.PinSection, Label: "УСТАНОВИЛА", Voice: corpus.VoiceCourt}, cite.Options{}, []cite.Style{cite.KZ, cite.GOST, cite.UN, cite.OSCOLA}},
		{"normative resolution", doc("ru", "kind=normative_resolution", "title=О проверке судами заявлений о пытках", "number=932", "date=2020-04-21", "court=Верховный Суд Республики Казахстан", "status=repealed"), para("3"), cite.Options{}, nil},
		{"normative resolution in Kazakh", doc("kk", "kind=normative_resolution", "title=Азаптау туралы арыздарды соттардың тексеруі туралы", "number=933", "date=2024-11-28"), cite.Place{Kind: corpus.PinPara, Label: "4", Sub: "2)"}, cite.Options{}, []cite.Style{cite.KZ, cite.GOST, cite.UN}},
		{"code", doc("ru", "kind=statute", "title=Уголовный кодекс Республики Казахстан", "number=226-V", "date=2014-07-03"), cite.Place{Kind: corpus.PinArticle, Label: "405", Part: "2", Edition: "2025-07-16"}, cite.Options{}, nil},
		{"law with points", doc("ru", "kind=statute", "title=О противодействии экстремизму", "number=31", "date=2005-02-18"), cite.Place{Kind: corpus.PinArticle, Label: "8", Part: "1"}, cite.Options{}, []cite.Style{cite.KZ, cite.OSCOLA, cite.UN}},
		{"treaty", doc("en", "kind=treaty", "title=International Covenant on Civil and Political Rights", "date=1966-12-16"), cite.Place{Kind: corpus.PinArticle, Label: "9", Part: "3"}, cite.Options{}, nil},
		{"submission, bullet", doc("en", "kind=submission", "title=Extremism without extremists", "date=2024-07-15", "body=Tobylgy Legal Watch", "url=https://tobylgy.example/upr"), cite.Place{Kind: corpus.PinPara, Label: "2.7", Bullet: 4}, cite.Options{}, nil},
		{"news", doc("ru", "kind=news", "title=Суд в Карасенгире вынес приговор", "date=2021-11-25", "body=Камыстыколь хабары", "url=https://kamystykol.example/ru/prigovor"), cite.Place{}, cite.Options{}, nil},
		{"other paper, quoted there", doc("en", "kind=other", "title=A paper", "date=2024-02"), cite.Place{Kind: corpus.PinPage, Page: 12, Printed: "10", Nested: true}, cite.Options{Emphasis: true}, []cite.Style{cite.UN, cite.OSCOLA, cite.GOST, cite.Bluebook}},
		{"nothing leads there", doc("en", "kind=submission", "title=A web page", "date=2024-07-15", "body=Tobylgy Legal Watch"), cite.Place{}, cite.Options{}, []cite.Style{cite.UN, cite.OSCOLA, cite.GOST}},
		{"later note", opinion, body, cite.Options{Form: cite.Short, Note: "3"}, nil},
		{"later note, verdict", verdict, page, cite.Options{Form: cite.Short, Note: "3"}, []cite.Style{cite.KZ, cite.GOST, cite.OSCOLA}},
		{"the next note", opinion, body, cite.Options{Form: cite.Ibid}, nil},
		{"in the running text", opinion, body, cite.Options{Form: cite.Inline}, nil},
		{"machine translation", opinion, body, cite.Options{Translated: true, Machine: true}, []cite.Style{cite.KZ}},
	}
}

// TestGoldens holds every citation against a file that people have read. The
// columns are subject, style, language, form, citation and the source of the
// form.
func TestGoldens(t *testing.T) {
	var got bytes.Buffer
	n := 0
	for _, s := range subjects() {
		styles := s.only
		if styles == nil {
			styles = cite.Styles
		}
		for _, style := range styles {
			for _, lang := range style.Langs() {
				opt := s.opt
				opt.Style, opt.Lang = style, lang
				c, err := cite.Cite(s.doc, s.at, opt)
				if err != nil {
					t.Fatal(err)
				}
				form := opt.Form
				if form == "" {
					form = cite.Footnote
				}
				fmt.Fprintf(&got, "%s\t%s\t%s\t%s\t%s\t%s\n", s.name, style, lang, form, c, c.Source)
				n++
				if c.Source == "" {
					t.Errorf("%s, %s: the form has no source", s.name, style)
				}
			}
		}
	}
	if n < 150 {
		t.Errorf("%d goldens, want 150 or more", n)
	}
	const file = "testdata/goldens.tsv"
	if os.Getenv("DALEL_UPDATE") != "" {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wants := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(wants) || line != wants[i] {
			t.Fatalf("line %d of %s\n got %s\nwant %s", i+1, file, line, wants[min(i, len(wants)-1)])
		}
	}
}

// A pinpoint keeps its kind in every style: the word of no other kind stands in
// the citation, and the label does.
func TestPinpointsKeepTheirKind(t *testing.T) {
	marks := map[corpus.PinpointKind][]string{
		corpus.PinPara:     {"para", "¶", "§", "п. ", "П. ", "-т."},
		corpus.PinPage:     {"p. ", "p 4", "pp ", "at ", "с. ", "С. ", "-бет"},
		corpus.PinArticle:  {"art", "Art", "ст. ", "Ст. ", "-бап"},
		corpus.PinRecital:  {"recital", "преамбул"},
		corpus.PinFootnote: {"footnote", "fn ", "n.", "сноска", "Сноска", "-ескертпе"},
		corpus.PinSection:  {"section", "раздел", "Раздел", "бөлімі"},
	}
	d := doc("en", "kind=submission", "title=X", "body=Y", "date=2024-07-15")
	for kind := range marks {
		at := cite.Place{Kind: kind, Label: "777", Page: 4, Printed: "777"}
		for _, style := range cite.Styles {
			for _, lang := range style.Langs() {
				c, err := cite.Cite(d, at, cite.Options{Style: style, Lang: lang})
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(c.Pin, "777") || !slices.ContainsFunc(marks[kind], func(m string) bool { return strings.Contains(c.Pin, m) || strings.Contains(capitalised(c.Pin), m) }) {
					t.Errorf("%s %s %s: pinpoint %q", style, lang, kind, c.Pin)
				}
				for other, words := range marks {
					for _, w := range words {
						if other != kind && kind != corpus.PinSection && strings.Contains(" "+c.Pin, " "+w) && !sameMark(kind, other) {
							t.Errorf("%s %s: a %s is printed as a %s: %q", style, lang, kind, other, c.Pin)
						}
					}
				}
			}
		}
	}
}

// sameMark lists marks that two kinds share: "at 4" is a page and never a
// paragraph, but "PDF p. 4" stands beside one; a recital is a point of a preamble.
func sameMark(a, b corpus.PinpointKind) bool {
	return a == corpus.PinPage || b == corpus.PinPage && a == corpus.PinFootnote || a == corpus.PinRecital && b == corpus.PinPara
}

func capitalised(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// An ordinal never stands in a citation, whatever the text is like.
func TestNoOrdinals(t *testing.T) {
	text := &corpus.Text{}
	for i := range 999 {
		text.Paragraphs = append(text.Paragraphs, corpus.Paragraph{Ord: i + 1, Text: "Words without a number."})
	}
	for _, kind := range corpus.Kinds {
		at := cite.Locate(text, kind, []cite.Span{{Ord: 777, Start: 0, End: 5}})
		for _, style := range cite.Styles {
			c, err := cite.Cite(doc("ru", "kind="+string(kind), "title=X"), at, cite.Options{Style: style})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(c.String(), "777") {
				t.Errorf("%s, %s: the ordinal stands in %q", kind, style, c)
			}
		}
	}
}

func TestLocate(t *testing.T) {
	text := &corpus.Text{Paragraphs: []corpus.Paragraph{
		{Ord: 1, Text: "2.7. Since 2019:", Label: "2.7"},
		{Ord: 2, Text: "• one", Under: 1},
		{Ord: 3, Text: "• two", Under: 1},
		{Ord: 4, Text: "goes on", Under: 1},
		{Ord: 5, Text: "• three", Under: 1, Pages: []corpus.PageSpan{{Page: 3, Label: "1"}}},
		{Ord: 6, Text: "(a) a letter", Label: "(a)", Under: 1},
		{Ord: 7, Text: "3. He said «we were beaten for two nights» and left.", Label: "3"},
		{Ord: 8, Text: "C. whereas", Label: "C"},
		{Ord: 9, Text: "¹ A note.", Label: "1", Role: corpus.RoleFootnote},
		{Ord: 10, Text: "Plain words.", Path: []string{"A", "Findings"}},
		{Ord: 11, Text: "Plain words.", Pages: []corpus.PageSpan{{Page: 12, Label: "10"}}},
	}}
	for _, tt := range []struct {
		from, to int
		want     cite.Place
		why      string
	}{
		{1, 1, cite.Place{Kind: corpus.PinPara, Label: "2.7"}, "a printed number"},
		{5, 5, cite.Place{Kind: corpus.PinPara, Label: "2.7", Bullet: 3, Page: 3, Printed: "1"}, "a bullet counts among bullets"},
		{4, 4, cite.Place{Kind: corpus.PinPara, Label: "2.7"}, "what goes on under a number has no bullet"},
		{6, 6, cite.Place{Kind: corpus.PinPara, Label: "2.7", Sub: "(a)"}, "a letter under a number"},
		{2, 3, cite.Place{Kind: corpus.PinPara, Label: "2.7"}, "two bullets: the whole number"},
		{1, 7, cite.Place{Kind: corpus.PinPara, Label: "2.7", Last: "3"}, "across numbers"},
		{8, 8, cite.Place{Kind: corpus.PinRecital, Label: "C"}, "a letter is a recital"},
		{9, 9, cite.Place{Kind: corpus.PinFootnote, Label: "1"}, "a note"},
		{10, 10, cite.Place{Kind: corpus.PinSection, Label: "Findings"}, "no number, no page: the heading"},
		{11, 11, cite.Place{Kind: corpus.PinPage, Label: "10", Page: 12, Printed: "10"}, "the page as printed"},
	} {
		end := len(text.Paragraphs[tt.to-1].Text)
		got := cite.Locate(text, corpus.Submission, []cite.Span{{tt.from, 0, 1}, {tt.to, 0, end}})
		if got != tt.want {
			t.Errorf("paragraphs %d to %d: %+v, want %+v: %s", tt.from, tt.to, got, tt.want, tt.why)
		}
	}
	p := text.Paragraphs[6].Text
	in := strings.Index(p, "beaten")
	if at := cite.Locate(text, corpus.Submission, []cite.Span{{7, in, in + len("beaten")}}); !at.Nested {
		t.Error("words inside quotation marks are somebody else's")
	}
	if at := cite.Locate(text, corpus.Submission, []cite.Span{{7, 0, len(p)}}); at.Nested {
		t.Error("a quotation that is whole in the words needs no remark")
	}
}

func TestLocateArticle(t *testing.T) {
	text := &corpus.Text{Paragraphs: []corpus.Paragraph{
		{Ord: 1, Text: "Статья 405. Организация и участие", Role: corpus.RoleHeading},
		{Ord: 2, Text: "Сноска. Статья 405 с изменением, внесенным Законом РК от 16.07.2025 № 211-VIII."},
		{Ord: 3, Text: "2. Участие в деятельности", Label: "2"},
	}}
	got := cite.Locate(text, corpus.Statute, []cite.Span{{3, 0, 5}})
	want := cite.Place{Kind: corpus.PinArticle, Label: "405", Part: "2", Edition: "2025-07-16"}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestWarnings(t *testing.T) {
	d := doc("en", "kind=wgad_opinion", "title=Opinion No. 2/2022 concerning D. K. (Kazakhstan)", "number=2/2022", "symbol=A/HRC/WGAD/2022/3", "status=advance")
	c, err := cite.Cite(d, cite.Place{Nested: true}, cite.Options{Style: cite.UN, Translated: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []cite.Warning{cite.WarnVoice, cite.WarnNested, cite.WarnGap, cite.WarnPin, cite.WarnTransl, cite.WarnNotFinal, cite.WarnMismatch} {
		if !slices.Contains(c.Warnings, w) {
			t.Errorf("no warning %q in %v for %q", w, c.Warnings, c)
		}
	}
}

func TestUnknownChoices(t *testing.T) {
	for _, opt := range []cite.Options{{Style: "apa"}, {Style: cite.OSCOLA, Lang: "kk"}, {Style: cite.UN, Form: "endnote"}} {
		if _, err := cite.Cite(doc("en"), cite.Place{}, opt); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%+v: %v, want corpus.ErrInvalid", opt, err)
		}
	}
}

// FuzzCite checks that no fact of a hostile document breaks a template: the
// citation is there, ends as a note does, and has the pinpoint, but for the space
// around it.
func FuzzCite(f *testing.F) {
	f.Add("Opinion <{x}> concerning _A_ (B)", "1/2", "45")
	f.Add("Opinion", "2/1", "\x00  ")
	f.Fuzz(func(t *testing.T, title, number, label string) {
		for _, kind := range corpus.Kinds {
			d := doc("en", "kind="+string(kind), "title="+title, "number="+number)
			c, err := cite.Cite(d, para(label), cite.Options{Style: cite.UN})
			if err != nil || c.String() == "" || !strings.Contains(c.String(), strings.TrimSpace(label)) {
				t.Errorf("%s %q %q %q: %q, %v", kind, title, number, label, c, err)
			}
		}
	})
}
