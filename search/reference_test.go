package search

import (
	"slices"
	"testing"

	"dalel/corpus"
)

// cases is a library of invented texts with references, SPECIMEN all.
func cases() *fake {
	return newFake(
		doc("new", map[corpus.Key]string{corpus.KeyDate: "2021-05-14"},
			para("Осуждён по ч. 2 ст. 405 УК РК."),
			para("405-баптың 2-бөлігі бойынша сотталды (ҚР ҚК)."),
			para("Convicted under Article 405, part 2, of the Criminal Code of Kazakhstan."),
			para("Преследование по ст. 405 УК РК продолжается."),
			para("Признан виновным по ч. 1 ст. 405 УК РК."),
			para("По ст. 174 УК РК дело прекращено."),
			para("Постановлено по делу № 405/2021, всего 405 листов.")),
		doc("old", map[corpus.Key]string{corpus.KeyDate: "2011-03-01"},
			para("Осуждён по ст. 164 УК РК за возбуждение розни."),
			para("По ст. 174 УК РК за уклонение от мобилизации.")),
		doc("cites", map[corpus.Key]string{corpus.KeyDate: "2023-01-20"},
			para("In its Opinion No. 67/2018 the Working Group found the detention arbitrary."),
			para("See A/HRC/WGAD/2018/67, para. 45.")),
	)
}

func TestReferencesAreFoundInAnyWriting(t *testing.T) {
	for _, tt := range []struct{ query, want, why string }{
		{"article:405(2)", "new#1 new#2 new#3", "three languages, not part 1"},
		{`ст:"ч. 2 ст. 405 УК РК"`, "new#1 new#2 new#3", "written out"},
		{`бап:"ҚК 405-бабының 2-бөлігі"`, "new#1 new#2 new#3", "in Kazakh"},
		{"ч. 2 ст. 405 УК РК", "new#1 new#2 new#3", "a query that reads as a reference is one"},
		{"Article 405, part 2", "new#1 new#2 new#3", "in English"},
		{"405(2)", "new#1 new#2 new#3", "as lawyers write it in short"},
		{"ст. 405 УК РК преследование", "new#4", "beside a word"},
		{"article:405", "new#1 new#2 new#3 new#4 new#5", "the whole article finds its parts; a case number and sheets are none"},
		{"article:KZ-UK-1997/174", "old#2", "the edition tells two offences apart"},
		{"article:KZ-UK-2014/174", "new#6", "the other one"},
		{"ст. 174 УК РК date:..2012", "old#2", "the dates asked for tell the edition"},
		{`article:"ст. 164, 405 УК РК"`, "", "two articles: both in one paragraph"},
		{"cites:A/HRC/WGAD/2018/67", "cites#1 cites#2", "the symbol finds the number"},
		{`cites:"Opinion No. 67/2018"`, "cites#1 cites#2", "and the number the symbol"},
		{"A/HRC/WGAD/2018/67", "cites#1 cites#2", "typed without the field"},
		{"article:405(2) /s осуждён", "new#1", "in one sentence with a word"},
		{"article:=405", "new#4", "the article as a whole, without a part"},
		{`article:="ст. 405 УК РК"`, "new#4", "the same written out"},
		{"article:405 -article:405(2)", "new#4 new#5", "what is left out"},
	} {
		res, err := cases().engine().Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		if got := places(res); got != tt.want {
			t.Errorf("%s finds %q, want %q: %s", tt.query, got, tt.want, tt.why)
		}
	}
}

func TestReferencesAreTold(t *testing.T) {
	for _, tt := range []struct {
		query   string
		bare    int
		offered []string
		why     string
	}{
		{"ч. 2 ст. 405 УК РК", 1, []string{"KZ-UK-1997/337-1"}, "one paragraph names no part; the article had another number before"},
		{"article:405", 0, nil, "no part was asked for"},
		{"article:KZ-UK-1997/164", 0, []string{"KZ-UK-2014/174"}, "its successor"},
		{"ст. 174 УК РК date:..2012", 0, []string{"KZ-UK-2014/388", "KZ-UK-1997/164"}, "its successor, and what the number means now"},
	} {
		res, err := cases().engine().Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		var offered []string
		for _, n := range res.Notes {
			if n.Kind == NoteSuccessor {
				offered = append(offered, n.Value)
			}
		}
		if res.WithoutPart != tt.bare || !slices.Equal(offered, tt.offered) {
			t.Errorf("%s: %d without the part, offered %q; want %d, %q: %s", tt.query, res.WithoutPart, offered, tt.bare, tt.offered, tt.why)
		}
		if tt.bare == 0 {
			continue
		}
		without, err := cases().engine().Search(t.Context(), Request{Query: res.WithoutPartQuery, Limit: 20})
		if err != nil || without.Hits != tt.bare {
			t.Errorf("%s finds %d passages, %v; want the %d without the part", res.WithoutPartQuery, without.Hits, err, tt.bare)
		}
	}
}

func TestAReferenceIsMarkedWhole(t *testing.T) {
	res, err := cases().engine().Search(t.Context(), Request{Query: "article:405(2)", Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Passages {
		if len(h.Matches) != 1 || h.Matches[0].Why != WhyArticle || h.Matches[0].Term != "KZ-UK-2014/405/2" {
			t.Errorf("%q: matches %+v, want the reference in one piece", h.Para.Text, h.Matches)
		}
	}
}
