package meta

import (
	"strings"
	"testing"

	"dalel/corpus"
)

func TestParseDate(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"2023-11-30", "2023-11-30", "ISO"},
		{"2023", "2023", "a year"},
		{"2021-11-25T09:30:00+06:00", "2021-11-25", "a time"},
		{"30.11.2023", "2023-11-30", "dots"},
		{"30 November 2023", "2023-11-30", "English"},
		{"November 30, 2023", "2023-11-30", "American"},
		{"3 июля 2014 года", "2014-07-03", "Russian"},
		{"17 мая 2013 г.", "2013-05-17", "мая begins as март does"},
		{"2014 жылғы 3 шілдедегі", "2014-07-03", "Kazakh, year first, with a case ending"},
		{"2005 жылғы 18 ақпан", "2005-02-18", "Kazakh"},
		{"31.02.2023", "", "no such day"},
		{"2014/2015", "", "two years"},
		{"4 июля 2019 (first date in text)", "", "more than a date"},
		{"5 decision 2019", "", "not every word that begins as a month does is one"},
	} {
		if got := ParseDate(tt.in); string(got) != tt.want {
			t.Errorf("ParseDate(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

// page makes a text of lines; a line that begins with # is a heading.
func page(lines ...string) *corpus.Text {
	t := &corpus.Text{}
	for i, l := range lines {
		p := corpus.Paragraph{Ord: i + 1, Role: corpus.RoleBody, Text: l}
		if rest, ok := strings.CutPrefix(l, "# "); ok {
			p.Role, p.Text = corpus.RoleHeading, rest
		}
		t.Paragraphs = append(t.Paragraphs, p)
	}
	return t
}

func TestFromText(t *testing.T) {
	for _, tt := range []struct {
		why   string
		lines []string
		want  map[corpus.Key]string
	}{
		{
			"a verdict with the headings of its parts",
			[]string{"SPECIMEN", "# ҮКІМ", "# ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АТЫНАН", "2021 жылғы 25 қараша, Қарасеңгір қаласы", "# Сарапшылардың қорытындылары", "# Айыптау актісі"},
			map[corpus.Key]string{"kind": "verdict", "date": "2021-11-25", "country": "KZ"},
		},
		{
			"a decree that quotes an indictment",
			[]string{"SPECIMEN", "# ПОСТАНОВЛЕНИЕ", "о прекращении досудебного расследования", "2 июня 2021 года, город Карасенгир", "# ЗАКЛЮЧЕНИЕ ЭКСПЕРТА"},
			map[corpus.Key]string{"kind": "ruling", "date": "2021-06-02"},
		},
		{
			"a submission with the names of those who hand it in",
			[]string{"SPECIMEN", "# Joint submission to the Universal Periodic Review of Kazakhstan", "# Submitted by Tobylgy Legal Watch and the Steppe Files Network, 15 July 2024"},
			map[corpus.Key]string{"kind": "submission", "date": "2024-07-15"},
		},
		{
			"a numbered paragraph is no title",
			[]string{"1. Азамат Үлгіев 2021 жылғы наурызда ұсталды.", "2. Ол босатылды."},
			map[corpus.Key]string{"title": ""},
		},
		{
			"signs that stand for nothing are no title",
			[]string{"# \ufffd\ufffd\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd", "# A title of the SPECIMEN"},
			map[corpus.Key]string{"title": "A title of the SPECIMEN"},
		},
		{
			"an opinion in English",
			[]string{
				"Advance unedited version", "United Nations A/HRC/WGAD/2022/931 General Assembly Distr.: General 30 December 2022", "Original: English",
				"# Opinions adopted by the Working Group on Arbitrary Detention at its ninety-fifth session", "# Opinion No. 931/2022 concerning SPECIMEN (Kazakhstan)",
				"1. The Working Group was established in resolution 1991/42.", "2. On 20 May 2022 it sent a communication.",
				"50. The deprivation of liberty of SPECIMEN is arbitrary and falls within categories I, II and V.", "51. The rest.", "[Adopted on 16 November 2022]",
			},
			map[corpus.Key]string{"kind": "wgad_opinion", "number": "931/2022", "symbol": "A/HRC/WGAD/2022/931", "date": "2022-12-30", "country": "KZ", "body": "Working Group on Arbitrary Detention", "status": "advance", "category": "I|II|V"},
		},
		{
			"an opinion of the years before mastheads",
			[]string{"OPINION No. 9041/2008 (UZBEKISTAN)", "Communication addressed to the Government on 4 March 2008", "1. The Working Group on Arbitrary Detention was established by resolution 1991/42.", "Adopted on 25 November 2008"},
			map[corpus.Key]string{"kind": "wgad_opinion", "number": "9041/2008", "body": "Working Group on Arbitrary Detention", "date": "2008-11-25", "adopted": "2008-11-25", "country": "UZ"},
		},
		{
			"an opinion under the title of its session",
			[]string{"27 June 2017", "# Opinions adopted by the Working Group on Arbitrary Detention at its seventy-eighth session", "# Opinion No. 9016/2017 concerning SPECIMEN (Kazakhstan)"},
			map[corpus.Key]string{"title": "Opinion No. 9016/2017 concerning SPECIMEN (Kazakhstan)", "date": "2017-06-27"},
		},
		{
			"an opinion in Russian",
			[]string{"Организация Объединённых Наций A/HRC/WGAD/2022/931", "Генеральная Ассамблея", "Рассылка: общая 27 февраля 2023 года", "Оригинал: английский", "# Мнение № 931/2022 в отношении ОБРАЗЦА (Казахстан)", "1. Рабочая группа создана резолюцией 1991/42."},
			map[corpus.Key]string{"kind": "wgad_opinion", "number": "931/2022", "date": "2023-02-27", "country": "KZ"},
		},
		{
			"a verdict in Kazakh",
			[]string{"# ҮЛГІ · SPECIMEN", "№ 9999-21-00-1/931 іс", "# ҮКІМ", "# ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АТЫНАН", "2021 жылғы 25 қараша, Қарасеңгір қаласы", "Қарасеңгір қаласының № 2 соты, төрағалық етуші судья, анықтады."},
			map[corpus.Key]string{"kind": "verdict", "number": "9999-21-00-1/931", "case": "9999-21-00-1/931", "date": "2021-11-25", "country": "KZ", "court": "Қарасеңгір қаласының № 2 соты", "title": "ҮКІМ ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АТЫНАН"},
		},
		{
			"a verdict in Russian, with letters set apart",
			[]string{"П Р И Г О В О Р", "ИМЕНЕМ РЕСПУБЛИКИ КАЗАХСТАН", "12 марта 2023 года город Карасенгир", "Карасенгирский городской суд в составе судьи ОБРАЗЕЦ установил."},
			map[corpus.Key]string{"kind": "verdict", "date": "2023-03-12", "court": "Карасенгирский городской суд", "country": "KZ"},
		},
		{
			"news about a verdict is no verdict",
			[]string{"# Приговор активисту вынесен в Карасенгире", "25 ноября 2021 года суд вынес приговор ОБРАЗЦУ, сообщает редакция со ссылкой на адвоката и на суд № 2 города."},
			map[corpus.Key]string{"kind": "", "number": "", "court": "", "date": "", "country": ""},
		},
		{
			"a judgment",
			[]string{"# FIRST SECTION", "# CASE OF SPECIMEN v. NOWHERE", "(Applications nos. 99001/21 and 99002/21)", "# JUDGMENT", "# STRASBOURG", "1 February 2021", "The European Court of Human Rights, sitting as a Chamber"},
			map[corpus.Key]string{"kind": "judgment", "case": "99001/21|99002/21", "number": "99001/21", "date": "2021-02-01", "court": "European Court of Human Rights"},
		},
		{
			"a resolution of the European Parliament",
			[]string{"P9_TA(2023)0931", "# European Parliament resolution of 16 March 2023 on SPECIMEN (2023/9931(RSP))", "The European Parliament,"},
			map[corpus.Key]string{"kind": "resolution", "number": "P9_TA(2023)0931", "case": "2023/9931(RSP)", "date": "2023-03-16", "body": "European Parliament"},
		},
		{
			"a motion",
			[]string{"European Parliament", "B9‑9931/2023", "13.3.2023", "# MOTION FOR A RESOLUTION", "on SPECIMEN"},
			map[corpus.Key]string{"kind": "motion", "number": "B9-9931/2023", "date": "2023-03-13"},
		},
		{
			"a normative resolution, with a note of its end",
			[]string{"Утративший силу", "# О применении ОБРАЗЦА", "Нормативное постановление Верховного Суда Республики Казахстан от 26 июня 2015 года № 931.", "Сноска. Утратило силу постановлением от 21.04.2020 № 932."},
			map[corpus.Key]string{"kind": "normative_resolution", "number": "931", "date": "2015-06-26", "status": "repealed", "court": "Верховный Суд Республики Казахстан"},
		},
		{
			"a normative resolution in Kazakh",
			[]string{"Жаңа", "# ҮЛГІ туралы", "Қазақстан Республикасы Жоғарғы Сотының 2024 жылғы 28 қарашадағы № 933 нормативтік қаулысы."},
			map[corpus.Key]string{"kind": "normative_resolution", "number": "933", "date": "2024-11-28", "status": "in_force", "court": "Қазақстан Республикасының Жоғарғы Соты"},
		},
		{
			"a law in Kazakh",
			[]string{"# Қазақстан Республикасының 2005 жылғы 18 ақпандағы N 931 Заңы", "1. Осы Заң ҮЛГІ туралы."},
			map[corpus.Key]string{"kind": "statute", "number": "931", "date": "2005-02-18"},
		},
		{
			"an appeal that speaks of another act's date",
			[]string{"# КАССАЦИЯЛЫҚ ШАҒЫМ", "# Соттың 2021 жылғы 25 қарашадағы үкіміне"},
			map[corpus.Key]string{"kind": "appeal", "date": ""},
		},
		{
			"a paper of the UN",
			[]string{"United Nations A/HRC/99/15/Add.1 General Assembly Distr.: General 24 March 2025", "Human Rights Council", "# Report of the SPECIMEN"},
			map[corpus.Key]string{"kind": "un_document", "symbol": "A/HRC/99/15/Add.1", "date": "2025-03-24"},
		},
		{
			"a submission that names an opinion",
			[]string{"# Extremism without extremists: joint submission to the Universal Periodic Review", "1.1. In opinion No. 931/2022 the Working Group found SPECIMEN."},
			map[corpus.Key]string{"kind": "submission", "number": "", "symbol": ""},
		},
		{
			"plain prose says nothing",
			[]string{"SPECIMEN met a friend on 5 May 2021 in the street and talked about the resolution 1526 (2006) and other things."},
			map[corpus.Key]string{"kind": "", "date": "", "number": "", "court": ""},
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			facts, text := corpus.Facts{}, page(tt.lines...)
			FromText(facts, text)
			FromParts(facts, text)
			for k, want := range tt.want {
				f := facts[k]
				if got := strings.Join(f.Values, "|"); got != want {
					t.Errorf("%s is %q, want %q", k, got, want)
				}
			}
			for k, f := range facts {
				if f.Para < 1 || f.Start >= f.End || f.End > len(text.Paragraphs[f.Para-1].Text) || f.Confidence <= 0 || f.Confidence > 1 {
					t.Errorf("%s: %+v does not say where it was read", k, f)
				}
			}
		})
	}
}

func TestAdd(t *testing.T) {
	f := func(o corpus.Origin, c float64) corpus.Fact {
		return corpus.Fact{Values: []string{string(o)}, Origin: o, Confidence: c}
	}
	for _, tt := range []struct {
		first, second corpus.Fact
		want, why     string
	}{
		{f(corpus.FromText, .9), f(corpus.FromHeader, .1), "header", "a header wins over the text"},
		{f(corpus.FromTable, 0), f(corpus.FromHeader, 1), "table", "a table wins over a header"},
		{f(corpus.FromFile, .5), f(corpus.FromText, 1), "file", "properties win over the text"},
		{f(corpus.FromFile, .5), corpus.Fact{Origin: corpus.FromTable}, "file", "a fact without values is none"},
	} {
		facts := corpus.Facts{}
		Add(facts, corpus.KeyTitle, tt.first)
		Add(facts, corpus.KeyTitle, tt.second)
		if got := facts[corpus.KeyTitle].Values[0]; got != tt.want {
			t.Errorf("the fact is from %s, want %s: %s", got, tt.want, tt.why)
		}
	}
}
