package pdf

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
)

// textCases show how one arrangement of glyphs reads each.
var textCases = []struct {
	name, content string
	want          []string
	why           string
}{
	{
		"spaces by TJ", "BT /H 10 Tf 50 700 Td [(The)-400(Court)-20(s)] TJ ET",
		[]string{"The Courts"},
		"TeX moves the pen instead of showing blanks; a small move is kerning",
	},
	{
		"two fonts", "BT /K 10 Tf 50 700 Td [<0041043B0434>-500<043B>-500<043D>] TJ ET " + wide(65, 700, "L", 10, "ұ") + wide(75, 700, "L", 10, "ң"),
		[]string{"Aлдұлңн"},
		"word processors paint Kazakh letters of a second font after the line",
	},
	{
		"overprint", at(50, 700, "H", 10, "Case 4:20-cv-01") + at(52, 700, "H", 10, "Page 3 of 12 filed"),
		[]string{"Case 4:20-cv-01", "Page 3 of 12 filed"},
		"two stamps over each other are two texts, not one of mixed letters",
	},
	{
		"fake bold", at(50, 700, "H", 10, "DECISION") + at(50.3, 700, "H", 10, "DECISION"),
		[]string{"DECISION"},
		"a text printed twice is one text",
	},
	{
		"underlined form", at(50, 700, "H", 10, "____________________") + at(60, 700, "H", 10, "Reliable"),
		[]string{"Reliable"},
		"underscores under letters are a rule",
	},
	{
		"padded cells", at(50, 700, "H", 10, "a1        ") + at(70, 700, "H", 10, "09/18/2015"),
		[]string{"a1 09/18/2015"},
		"blanks that reach into the next cell do not cut its words",
	},
	{
		"symbol", at(400, 700, "H", 20, "A") + at(413.4, 700, "H", 10, "/HRC/28/15"),
		[]string{"A/HRC/28/15"},
		"UN mastheads set the A larger, on the same baseline",
	},
	{
		"symbol off the line", at(50, 702.7, "H", 14, "United Nations") + at(400, 700, "H", 20, "A") + at(413.4, 700, "H", 10, "/HRC/28/15"),
		[]string{"United Nations", "A/HRC/28/15"},
		"nor does a baseline beside it that is a little higher cut the symbol",
	},
	{
		"note mark", at(50, 700, "H", 10, "the report") + at(94.5, 703.5, "H", 6, "12") + at(104, 700, "H", 10, "of the State"),
		[]string{"the report¹² of the State"},
		"a raised number stays at its word and apart from digits",
	},
	{
		"letter spacing", "BT /H 10 Tf 3 Tc 50 700 Td (VERDICT) Tj ET",
		[]string{"VERDICT"},
		"letter spacing makes no blanks",
	},
	{
		"inline image", at(50, 700, "H", 10, "before") + "BI /W 2 /H 1 ID \x01 EI \xff\xfe\x80 EI\n" + at(50, 600, "H", 10, "after"),
		[]string{"before", "after"},
		"an EI inside image data ends nothing",
	},
	{
		"columns", at(50, 760, "H", 10, "A line that goes over the whole page and cuts it, as a title does on many pages.") +
			column(50, 700, "The left column has lines of", "some length, so that it is", "text and not a list of cells", "in a table.") +
			column(320, 693, "The right column is read after", "the left one has come to its", "end, although its lines stand", "beside it."),
		[]string{
			"A line that goes over the whole page and cuts it, as a title does on many pages.",
			"The left column has lines of some length, so that it is text and not a list of cells in a table.",
			"The right column is read after the left one has come to its end, although its lines stand beside it.",
		},
		"a full line cuts first; then the left column is read before the right",
	},
	{
		"masthead", at(50, 700, "H", 10, "General Assembly") + at(300, 700, "H", 10, "Distr.: General") + at(50, 688, "H", 10, "Human Rights Council"),
		[]string{"General Assembly", "Distr.: General", "Human Rights Council"},
		"texts that only stand on one height are apart",
	},
	{
		"turned", "0 1 -1 0 300 100 cm " + at(0, 0, "H", 10, "up the page"),
		[]string{"up the page"},
		"text in another direction is a line too",
	},
}

func TestText(t *testing.T) {
	for _, tt := range textCases {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, pages(tt.content)).texts(""); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q: %s", got, tt.want, tt.why)
			}
		})
	}
}

func TestRotatedPageReadsUpright(t *testing.T) {
	// On a page turned by 90 degrees, text that runs up in user space runs to
	// the right on the page, and a larger x is a lower line.
	content := "0 1 -1 0 100 50 cm " + at(0, 0, "H", 10, "The first line of a page that is turned,") +
		at(0, -14, "H", 10, "and the second.")
	got := read(t, pagesWith("/Rotate 90", content)).texts("")
	if want := []string{"The first line of a page that is turned, and the second."}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParagraphs(t *testing.T) {
	full := "The Working Group received the reply of the Government on the same day and took note of it, as the"
	for _, tt := range []struct {
		name  string
		lines []string
		want  []string
		why   string
	}{
		{
			"numbers",
			[]string{full, "rules say.", "12. Numbered.", "13. The next."},
			[]string{full + " rules say.", "12. Numbered.", "13. The next."},
			"a number begins a paragraph after a short line that ends a sentence",
		},
		{
			"number in a sentence",
			[]string{full, "opinion of article", "12. The Court has said " + full[:60], "so."},
			[]string{full + " opinion of article 12. The Court has said " + full[:60] + " so."},
			"a sentence that is not finished goes on, whatever the line begins with",
		},
		{
			"date",
			[]string{full, "was sent on the day of", "24 March 2025 to all."},
			[]string{full + " was sent on the day of 24 March 2025 to all."},
			"a date is no paragraph number",
		},
		{
			"points",
			[]string{full, "following:", "(a) the first;", "(b) the second."},
			[]string{full + " following:", "(a) the first;", "(b) the second."},
			"points are paragraphs of their own",
		},
		{
			"hyphen",
			[]string{"The mem-", "bers of the Working Group held a meeting with the non-", "governmental bodies and other non-governmental people of the place that they had visited on this occasion."},
			[]string{"The members of the Working Group held a meeting with the non-governmental bodies and other non-governmental people of the place that they had visited on this occasion."},
			"a hyphen at the end of a line stays when the word has it elsewhere",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, pages(column(50, 700, tt.lines...))).texts(""); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q\nwant %q: %s", got, tt.want, tt.why)
			}
		})
	}
}

// specimen returns three pages with heads, numbers, notes and a paragraph
// that goes over two pages.
func specimen() []byte {
	var contents []string
	for i, lines := range [][]string{
		{"1. The source is an invented person, whose case serves as a specimen only,", "and this paragraph goes on, over the end of the page, because its sentence is"},
		{"not finished before the next page has begun.", "2. The Government has replied.", "3. It says nothing."},
		{"4. The last page has one paragraph."},
	} {
		head := at(50, 770, "H", 8, fmt.Sprintf("A/HRC/SPECIMEN/%d", 1))
		foot := at(50, 30, "H", 8, strconv.Itoa(i+3)) + at(400, 30, "H", 8, "GE.31-0000")
		notes := at(50, 72, "H", 5, strconv.Itoa(i+1)) + at(60, 70, "H", 8, "See the reply of the Government,") + at(50, 60, "H", 8, fmt.Sprintf("annex %c.", 'A'+i))
		contents = append(contents, head+column(50, 700, lines...)+notes+foot)
	}
	return pages(contents...)
}

func TestPagesOfASpecimen(t *testing.T) {
	r := read(t, specimen())
	for _, tt := range []struct {
		role corpus.Role
		want []string
	}{
		{corpus.RoleHeader, []string{
			"A/HRC/SPECIMEN/1", "3 GE.31-0000", "A/HRC/SPECIMEN/1", "4 GE.31-0000", "A/HRC/SPECIMEN/1", "5 GE.31-0000",
		}},
		{corpus.RoleFootnote, []string{
			"¹ See the reply of the Government, annex A.", "² See the reply of the Government, annex B.", "³ See the reply of the Government, annex C.",
		}},
		{corpus.RoleBody, []string{
			"1. The source is an invented person, whose case serves as a specimen only, and this paragraph goes on, " +
				"over the end of the page, because its sentence is not finished before the next page has begun.",
			"2. The Government has replied.", "3. It says nothing.", "4. The last page has one paragraph.",
		}},
	} {
		if got := r.texts(tt.role); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %q\nwant %q", tt.role, got, tt.want)
		}
	}
}

func TestSpansSayWhereAPageBegins(t *testing.T) {
	for _, p := range read(t, specimen()).paras {
		if p.Label != "1" || p.Role != corpus.RoleBody {
			continue
		}
		start := strings.Index(p.Text, "not finished")
		want := []corpus.PageSpan{{Page: 1, Label: "3"}, {Page: 2, Label: "4", Start: start}}
		if !reflect.DeepEqual(p.Pages, want) {
			t.Errorf("Pages = %+v, want %+v", p.Pages, want)
		}
		return
	}
	t.Error("paragraph 1 was not found")
}

func TestParagraphsComeBeforeTheirPage(t *testing.T) {
	r := read(t, specimen())
	for i, p := range r.pages {
		if p.No != i+1 || p.Label != strconv.Itoa(i+3) {
			t.Errorf("page %d: No %d, Label %q; want %d, %q", i, p.No, p.Label, i+1, strconv.Itoa(i+3))
		}
	}
}

func TestRolesByType(t *testing.T) {
	body := []string{"Text of the body, in the size that most of the document has, so that it", "can be told from what is larger."}
	content := at(50, 740, "B", 14, "Opinions adopted by the Working Group") + column(50, 700, body...) +
		at(50, 600, "H", 10, "Name") + at(200, 600, "H", 10, "Date") + at(350, 600, "H", 10, "Place") +
		at(50, 586, "H", 10, "Specimen") + at(200, 586, "H", 10, "2031") + at(350, 586, "H", 10, "Nowhere")
	r := read(t, pages(content))
	if got := r.texts(corpus.RoleHeading); len(got) != 1 {
		t.Errorf("headings %q, want the bold line", got)
	}
	want := []string{"Name Date Place", "Specimen 2031 Nowhere"}
	if got := r.texts(corpus.RoleTable); !reflect.DeepEqual(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
}

// A row whose cells are full has narrow gaps: the rows beside it tell where
// cells begin.
func TestFullRowsAreRows(t *testing.T) {
	row := func(y float64, cells ...string) string {
		return at(50, y, "H", 10, cells[0]) + at(146, y, "H", 10, cells[1]) + at(312, y, "H", 10, cells[2])
	}
	content := column(50, 700, "Text of the body, in the size that most of the document has, so that it", "can be told from what is larger.") +
		row(600, "25 November 2021", "Specimen person, the first of two", "six years") +
		row(586, "25 November 2021", "Specimen person, the other of two", "three years") +
		row(572, "4 August 2022", "Nobody", "one year") + row(558, "4 May 2024", "Noone", "two years")
	if got := read(t, pages(content)).texts(corpus.RoleTable); len(got) != 4 {
		t.Errorf("rows %q, want four", got)
	}
}

func TestJoin(t *testing.T) {
	v := vocabulary{}
	v.add("long-term cooperation, long-term plans; задержание и по-прежнему")
	for _, tt := range []struct{ a, b, want, why string }{
		{"the coop-", "eration", "the cooperation", "the joined word is no worse attested"},
		{"a long-", "term plan", "a long-term plan", "the text has it with a hyphen"},
		{"за\u00ad", "держание", "задержание", "a soft hyphen always goes"},
		{"кто-", "либо", "кто-либо", "a Russian particle keeps its hyphen"},
		{"СИЗО-", "1 города", "СИЗО-1 города", "before a digit it is part of the name"},
		{"Нью-", "Йорк", "Нью-Йорк", "before a capital it is part of the name"},
		{"art. 12.", "1 and", "art. 12. 1 and", "digits are never joined"},
		{"A/HRC/", "WGAD/2018/67", "A/HRC/WGAD/2018/67", "a symbol goes on after a slash"},
		{"2019-", "2020", "2019- 2020", "a hyphen after a digit divides no word"},
		{"бас", "бостандығы", "бас бостандығы", "words have a blank between"},
	} {
		got, start := v.join(tt.a, tt.b)
		if got != tt.want {
			t.Errorf("join(%q, %q) = %q, want %q: %s", tt.a, tt.b, got, tt.want, tt.why)
		}
		if !strings.HasPrefix(got[start:], tt.b) {
			t.Errorf("join(%q, %q): %d is not where the second line begins", tt.a, tt.b, start)
		}
	}
}

func TestLabel(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"12. Text", "12", "a paragraph number"},
		{"3.4. Text", "3.4", "of two levels"},
		{"12-1. Text", "12-1", "an inserted article"},
		{"[45] Text", "45", "in brackets"},
		{"§ 45 Text", "45", "with a section sign"},
		{"(a) Text", "(a)", "a point keeps its brackets"},
		{"1) Text", "1)", "so that it is not paragraph 1"},
		{"ә) Мәтін", "ә)", "a Kazakh letter"},
		{"IV. Text", "IV", "a Roman numeral"},
		{"24 March 2025", "", "a date"},
		{"2018 жылғы", "", "a year"},
		{"Д. Ш. Қоңыртауов", "", "the initials of a person"},
		{"12.", "", "nothing follows"},
	} {
		if got := label(&line{text: tt.in, look: look{size: 10}}); got != tt.want {
			t.Errorf("label(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestEndsSentence(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want bool
		why  string
	}{
		{"as it said.", true, "a full stop"},
		{"as it said.¹²", true, "a note mark after it"},
		{"азаматша Р.", false, "an initial"},
		{"пункта 2 ст.", false, "an abbreviation before a number"},
		{"in violation of art.", false, "the same in English"},
		{"the Government said so in part.", true, "a word that ends like one"},
		{"as the Court", false, "no stop"},
	} {
		if got := endsSentence(tt.in); got != tt.want {
			t.Errorf("endsSentence(%q) = %t, want %t: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestSuccessor(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"11", "12", true},
		{"3.3", "3.4", true},
		{"3.3", "4.4", false},
		{"(a)", "(b)", true},
		{"(a)", "b)", false},
		{"iii.", "iv.", true},
		{"(ix)", "(x)", true},
		{"", "1", false},
		{"12", "12", false},
	} {
		if got := successor(tt.a, tt.b); got != tt.want {
			t.Errorf("successor(%q, %q) = %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestAnOldNoteDoesNotCutTheBody(t *testing.T) {
	// One note on the first page and none later; a paragraph begins on the
	// fourth page and ends on the sixth.
	long := column(50, 700, "The sentence goes on and on, over the end of one page and then of the other,", "and has no end and no full stop before the last page of this file is reached,")
	short := column(50, 700, "One page of text that has an end.")
	note := at(50, 72, "H", 5, "1") + at(60, 70, "H", 8, "A note.")
	r := read(t, pages(note+short, short, short, long, column(50, 700, "and it goes on,"), column(50, 700, "so here it ends.")))
	got := r.texts(corpus.RoleBody)
	if last := got[len(got)-1]; !strings.HasSuffix(last, "so here it ends.") || !strings.HasPrefix(last, "The sentence") {
		t.Errorf("the last paragraph is %q, want the whole sentence", last)
	}
}
