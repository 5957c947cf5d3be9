package number

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
)

func paragraphs(texts ...string) []corpus.Paragraph {
	ps := make([]corpus.Paragraph, len(texts))
	for i, t := range texts {
		ps[i] = corpus.Paragraph{Role: corpus.RoleBody, Text: t}
	}
	return ps
}

// long is a sentence that a heading can introduce.
const long = "SPECIMEN: the Working Group considers that the detention of the two invented persons lacked any legal basis from the hour of their arrest."

func TestLabels(t *testing.T) {
	for _, tt := range []struct {
		why   string
		texts []string
		want  string // labels, divided by |
	}{
		{"plain numbers", []string{"1. One.", "2. Two.", "3. Three."}, "1|2|3"},
		{"an extract begins anywhere", []string{"34. The source submits.", "35. The Government replies."}, "34|35"},
		{"one alone is a number too", []string{"Before.", "47. The Group finds."}, "|47"},
		{"dotted, with and without a dot", []string{"2.1. One.", "2.2. Two.", "140.1 Ratify it (Chile);", "140.2 Sign it (Peru);"}, "2.1|2.2|140.1|140.2"},
		{"a quantity is no number", []string{"3.5 million people fled.", "12.5 per cent stayed."}, "|"},
		{"a date is no number", []string{"12.03.2019 the court sat.", "24 March 2025", "5 қараша күні.", "12.03.19 суд."}, "|||"},
		{"a month after a number is a date", []string{"5. марта 2019 года суд решил."}, ""},
		{"Kazakh articles are no numbers", []string{"3 бабы бұзылды.", "405-бап. Тыйым"}, "|"},
		{"years need a sequence", []string{"2019. The year began."}, ""},
		{"a year that continues a sequence", []string{"1000. One.", "1001. Two."}, "|"},
		{"initials are no letters of a list", []string{"А. Б. Сынақов келді.", "Б. Сынақовтар отбасы.", "Д. Ш. Қоңыртауов өтті.", "Е. Қ. Үлгілі қалды."}, "|||"},
		{"lettered sections are", []string{"A. Submissions", "B. Discussion", "C. Disposition"}, "A|B|C"},
		{"inserted paragraphs", []string{"12. One.", "12-1. Inserted.", "12 bis. Again.", "13. Next."}, "12|12-1|12 bis|13"},
		{"a number glued to its text", []string{"1.Признать виновным.", "2.Назначить наказание."}, "1|2"},
		{"signs and brackets", []string{"§ 45 Text.", "§ 46. Text.", "[12] Note.", "[13] Note."}, "45|46|12|13"},
		{"points under numbers keep their parentheses", []string{"1. Finds:", "(a) that;", "(b) this;", "1) first;", "2) second;", "а) один;", "б) два."}, "1|(a)|(b)|1)|2)|а)|б)"},
		{"1) where nothing else counts", []string{"1) first;", "2) second;"}, "1|2"},
		{"recitals", []string{"A. whereas one;", "B. whereas two;", "C. whereas three;"}, "A|B|C"},
		{"initials are no recitals", []string{"A. Smith spoke.", "Nobody answered."}, "|"},
		{"letters go on after Z", []string{"Z. whereas;", "AA. whereas;", "AB. whereas;"}, "Z|AA|AB"},
		{"Roman headings", []string{"I. Facts", long, "II. Law", long}, "I||II|"},
		{"Roman typed in Cyrillic", []string{"І. Факты", long, "ІІ. Право", long}, "І||ІІ|"},
		{"restarts", []string{"1. One.", "2. Two.", "FOR THESE REASONS", "1. Holds;", "2. Dismisses."}, "1|2||1|2"},
		{"a label glued to the words before it", []string{"Download submission1.1. This Submission is a SPECIMEN.", "1.2. It goes on."}, "1.1|1.2"},
		{"a version inside a sentence is no label", []string{"See version1.1. This is it.", "Nothing follows."}, "|"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			ps := paragraphs(tt.texts...)
			Apply(ps)
			var got []string
			for i, p := range ps {
				got = append(got, p.Label)
				if p.Ord != i+1 || p.Text != tt.texts[i] {
					t.Errorf("paragraph %d is %d %q, want its text untouched", i+1, p.Ord, p.Text)
				}
			}
			if s := strings.Join(got, "|"); s != tt.want {
				t.Errorf("labels of %q are %s, want %s", tt.texts, s, tt.want)
			}
		})
	}
}

func TestUnderAndPath(t *testing.T) {
	for _, tt := range []struct {
		why   string
		texts []string
		want  string // role, Under and Path of each
	}{
		{
			"bullets count under their number, until a heading",
			[]string{"3. Consequences", "3.7. Repressions:", "- SPECIMEN case;", "- another.", "4. Conclusions", long},
			"heading 0 []; body 0 [3. Consequences]; body 2 [3. Consequences]; body 2 [3. Consequences]; heading 0 []; body 0 [4. Conclusions]",
		},
		{
			"continuation lines hang while the numbering goes on",
			[]string{"1. One.", "A quotation in between.", "2. Two.", "What follows the last number is anything."},
			"body 0 []; body 1 []; body 0 []; body 0 []",
		},
		{
			"a small letter goes on",
			[]string{"1. Участие в деятельности", "наказывается штрафом."},
			"body 0 []; body 1 []",
		},
		{
			"articles and their parts",
			[]string{"Глава 2. Преступления", "Статья 174. Розжиг", "1. Действия.", "2. Те же действия:", "1) группой;", "Статья 175. Иное", "1. Действия."},
			"heading 0 []; heading 0 [Глава 2. Преступления]; body 0 [Глава 2. Преступления Статья 174. Розжиг]; body 0 [Глава 2. Преступления Статья 174. Розжиг]; body 4 [Глава 2. Преступления Статья 174. Розжиг]; heading 0 [Глава 2. Преступления]; body 0 [Глава 2. Преступления Статья 175. Иное]",
		},
		{
			"Kazakh articles",
			[]string{"174-бап. Араздықты қоздыру", "1. Әрекеттер.", "2. Сол әрекеттер:", "- топ болып;"},
			"heading 0 []; body 0 [174-бап. Араздықты қоздыру]; body 0 [174-бап. Араздықты қоздыру]; body 3 [174-бап. Араздықты қоздыру]",
		},
		{
			"sections of a UN paper",
			[]string{"I. Submissions", "A. Source", "1. One.", "B. Government", "2. Two.", "II. Discussion", "3. Three."},
			"heading 0 []; heading 0 [I. Submissions]; body 0 [I. Submissions A. Source]; heading 0 [I. Submissions]; body 0 [I. Submissions B. Government]; heading 0 []; body 0 [II. Discussion]",
		},
		{
			"capitals are headings",
			[]string{"УСТАНОВИЛ:", "ПРИГОВОР", "Суд установил.", "ҮКІМ", "Сот анықтады."},
			"body 0 []; heading 0 []; body 0 [ПРИГОВОР]; heading 0 []; body 0 [ҮКІМ]",
		},
		{
			"points of a list are no headings",
			[]string{"1. Haftbefehl", "2. Protokoll", "3. Urteil", long},
			"body 0 []; body 0 []; body 0 []; body 0 []",
		},
		{
			"running heads are no paragraphs",
			[]string{"A/HRC/99/1", "1. One.", "GE.99-00001 3 A/HRC/99/1", "2. Two.", "4 GE.99-00001 A/HRC/99/1", "3. Three."},
			"body 0 []; body 0 []; header 0 []; body 0 []; header 0 []; body 0 []",
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			ps := paragraphs(tt.texts...)
			Apply(ps)
			var got []string
			for _, p := range ps {
				got = append(got, fmt.Sprintf("%s %d %v", p.Role, p.Under, p.Path))
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestExtractorsKnowBetter(t *testing.T) {
	ps := paragraphs("Facts", "1. One.", "2. Two.", "¹ A note.", "- a bullet")
	ps[0].Role = corpus.RoleHeading
	ps[1].Label = "17"
	ps[1].Path = []string{"Facts"}
	ps[3].Role, ps[3].Label = corpus.RoleFootnote, "1"
	Apply(ps)
	if ps[1].Label != "17" || ps[3].Label != "1" || ps[2].Path != nil || ps[4].Under != 3 {
		t.Errorf("got %+v, want labels and paths of the extractor to stand and the note to be passed over", ps)
	}
}

func TestList(t *testing.T) {
	for _, tt := range []struct {
		why   string
		lines []string
		want  string // 1 for a line that begins a point
	}{
		{"a list that counts on", []string{"1. One", "goes on", "2. Two", "3. Three"}, "1011"},
		{"a number at the start of a line inside a sentence", []string{"He was fined under article 405, part", "2. of the Code", "in 2019. And then", "3. happened"}, "0000"},
		{"points", []string{"Finds:", "(a) one;", "(b) two;", "(c) three."}, "0111"},
		{"a number set off by hand", []string{"Introduction", "1.     The Working Group", "2.     On 8 January"}, "011"},
		{"a year", []string{"This was in", "2019. The next was in", "2020. So"}, "000"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var l List
			l.Begin()
			var got strings.Builder
			for _, line := range tt.lines {
				if l.Next(line) {
					got.WriteByte('1')
				} else {
					got.WriteByte('0')
				}
			}
			if got.String() != tt.want {
				t.Errorf("Next on %q = %s, want %s", tt.lines, got.String(), tt.want)
			}
		})
	}
}

// FuzzNumber checks that numbering never changes text, points only backwards
// and takes labels from what is printed.
func FuzzNumber(f *testing.F) {
	f.Add("I. Facts\n1. One.\n(a) two\n- three\n2.1. Two\nA. whereas\n12 bis. x")
	f.Add("174-бап. Араздық\n1. Әрекет\nDownload1.1. The\n1.2. B\n§ 45 x\n[1] y")
	f.Add("GE.25-00001 2\nGE.25-00001 3\n## x\nІІ. y")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("readers hand over valid UTF-8 only")
		}
		texts := strings.Split(s, "\n")
		ps, again := paragraphs(texts...), paragraphs(texts...)
		Apply(ps)
		Apply(again)
		for i, p := range ps {
			switch {
			case p.Text != texts[i] || p.Ord != i+1:
				t.Errorf("paragraph %d changed", i)
			case p.Under < 0 || p.Under >= p.Ord:
				t.Errorf("paragraph %d hangs under %d", p.Ord, p.Under)
			case p.Under > 0 && ps[p.Under-1].Label == "":
				t.Errorf("paragraph %d hangs under one without a number", p.Ord)
			case !strings.Contains(p.Text, p.Label):
				t.Errorf("label %q is not in %q", p.Label, p.Text)
			case p.Label != again[i].Label || p.Under != again[i].Under || p.Role != again[i].Role:
				t.Errorf("paragraph %d differs from run to run", p.Ord)
			case len(p.Path) > 16:
				t.Errorf("path of %d headings", len(p.Path))
			}
		}
	})
}
