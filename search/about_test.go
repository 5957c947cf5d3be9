package search

import (
	"context"
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
)

// opinions is a library of invented texts on three opinions, SPECIMEN all: the
// first is held, a passage tells whom the second is about, and a row of the
// user's table does of the third.
func opinions() *fake {
	f := newFake(
		doc("held", map[corpus.Key]string{
			corpus.KeySymbol: "A/HRC/WGAD/2022/931", corpus.KeyParty: "Dauletiyar Konyrtauov", corpus.KeyKind: string(corpus.WGADOpinion),
		},
			para("Opinion No. 931/2022 concerning Dauletiyar Konyrtauov (Kazakhstan), SPECIMEN."),
			para("The Working Group finds that Mr. Konyrtauov was held arbitrarily.")),
		doc("cites", nil,
			para("SPECIMEN. See Opinion No. 931/2022, para. 48."),
			para("In Opinion No. 944/2023 concerning Ms. Assemgul Shildebek and Mr. Zhomart Sarybidai the Working Group found no legal basis."),
			para("Opinion No. 955/2023 was adopted in the spring, said Raikhan Mendigulova.")),
		doc("en", nil,
			para("SPECIMEN. The UN WGAD concluded that Konyrtauov had been beaten until he signed."),
			para("Konyrtauov kept bees. In his opinion the winter was long."),
			para("The Working Group on bee-keeping heard Bakhyt Konyrtauov."),
			para("WGAD heard of Erbol Konyrtauov, a namesake."),
			para("The United Nations Working Group on Arbitrary Detention urged the release of A. Shildebek."),
			para("Arbitrary was the word that Ms. Sarybidai chose.")),
		doc("ru", nil,
			para("SPECIMEN. Казахстан не исполнил мнение Рабочей группы ООН по делу Коныртауова."),
			para("РГПЗ признала задержание Даулетияра Коныртауова произвольным."),
			para("По мнению Коныртауова, зима была долгой."),
			para("Мнение № 931/2022 касается Коныртауова, решила Рабочая группа."),
			para("Рабочая группа по произвольным задержаниям назвала и Ковылистова.")),
		doc("kk", nil,
			para("SPECIMEN. Негізсіз ұстау жөніндегі жұмыс тобы Дәулетияр Қоңыртауовтың ісі бойынша пікір қабылдады."),
			para("Жұмыс тобының пікірі Қоңыртауовқа қатысты еді."),
			para("Қоңыртауовтың пікірінше, қыс ұзақ болды.")),
	)
	for i := range f.texts {
		tokens := lang.Tokens(f.texts[i].Text)
		for _, p := range names.RecogniseTokens(f.texts[i].Text, tokens) {
			m := Mention{Mention: corpus.Mention{Kind: corpus.MentionPerson, ID: PersonValue(p.Name.Nominative(), p.Name.Nominative()), Start: p.Start, End: p.End}}
			m.First = slices.IndexFunc(tokens, func(t lang.Token) bool { return t.End > p.Start })
			for m.After = m.First; m.After < len(tokens) && tokens[m.After].Start < p.End; m.After++ {
			}
			f.found[i] = append(f.found[i], m)
		}
		slices.SortStableFunc(f.found[i], func(a, b Mention) int { return a.Start - b.Start })
	}
	return f
}

// opinionsEngine knows by a row of the user's whom Opinion No. 966/2023 is about.
func opinionsEngine() *Engine {
	e := opinions().engine()
	table := names.NewAliasTable(names.BuiltinAliases(), []names.Alias{
		{ID: "A/HRC/WGAD/2023/966", Type: "person", Lang: lang.RU, Form: "Аркадий Ковылистов", Kind: names.FullName},
	})
	e.Aliases = func(context.Context) *names.AliasTable { return table }
	return e
}

func TestTheCaseOfADocumentIsOfferedAndNotCounted(t *testing.T) {
	e := opinionsEngine()
	for _, tt := range []struct {
		query, counted, offered string
		about                   []string
		why                     string
	}{
		{
			"cites:A/HRC/WGAD/2022/931", "cites#1 held#1 ru#4", "en#1 kk#1 kk#2 ru#1 ru#2",
			[]string{"Dauletiyar Konyrtauov by document"},
			"the opinion is held; neither its own words, the number, a namesake, nor somebody's opinion are offered",
		},
		{
			`"Opinion No. 931/2022" as:words`, "cites#1 held#1", "", nil,
			"words in quotation marks ask for themselves",
		},
		{
			"Opinion No. 931/2022", "cites#1 held#1 ru#4", "en#1 kk#1 kk#2 ru#1 ru#2",
			[]string{"Dauletiyar Konyrtauov by document"},
			"a query that reads as the number is one",
		},
		{
			"cites:A/HRC/WGAD/2022/931 lang:ru", "ru#4", "ru#1 ru#2",
			[]string{"Dauletiyar Konyrtauov by document"},
			"what narrows the query narrows the offer",
		},
		{
			"cites:A/HRC/WGAD/2023/944", "cites#2", "en#5",
			[]string{"Assemgul Shildebek by passage", "Zhomart Sarybidai by passage"},
			"a passage names number and persons; another Sarybidai used a common word",
		},
		{
			"cites:A/HRC/WGAD/2023/955", "cites#3", "", nil,
			"who merely spoke of an opinion is not whom it is about",
		},
		{
			"cites:A/HRC/WGAD/2023/966", "", "ru#5",
			[]string{"Аркадий Ковылистов by alias"},
			"a row of the user's says whom it is about",
		},
		{
			"cites:A/HRC/WGAD/2019/977", "", "", nil,
			"nobody knows whom it is about",
		},
		{
			"-cites:A/HRC/WGAD/2022/931 lang:kk жұмыс", "kk#1 kk#2", "", nil,
			"what is left out offers nothing",
		},
	} {
		res, err := e.Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		offered, about := "", []string(nil)
		if u := res.Unnumbered; u != nil {
			offered = places(&Result{Passages: u.Passages})
			for _, c := range u.About {
				about = append(about, c.Name+" by "+string(c.Basis))
			}
		}
		if got := places(res); got != tt.counted || res.Hits != len(res.Passages) || offered != tt.offered || !slices.Equal(about, tt.about) {
			t.Errorf("%s counts %q, offers %q about %q; want %q, %q, %q: %s", tt.query, got, offered, about, tt.counted, tt.offered, tt.about, tt.why)
		}
	}
}

// The query that is offered finds what was offered, and says why.
func TestTheOfferIsAQuery(t *testing.T) {
	e := opinionsEngine()
	res, err := e.Search(t.Context(), Request{Query: "cites:A/HRC/WGAD/2022/931", Limit: 20})
	if err != nil || res.Unnumbered == nil {
		t.Fatalf("nothing offered: %v", err)
	}
	u := res.Unnumbered
	all, err := e.Search(t.Context(), Request{Query: u.Query, Limit: 20})
	if err != nil || all.Hits != u.Hits || places(all) != places(&Result{Passages: u.Passages}) {
		t.Errorf("%s finds %q, %v; %d were offered", u.Query, places(all), err, u.Hits)
	}
	if n := all.Notes; len(n) != 1 || n[0].Kind != NoteAbout || n[0].Value != "Dauletiyar Konyrtauov" || n[0].Basis != ByDocument || n[0].Source != "held" {
		t.Errorf("notes %+v, want whom the opinion is about and by what", n)
	}
	for _, h := range all.Passages {
		var whys []Why
		for _, m := range h.Matches {
			whys = append(whys, m.Why)
		}
		if !slices.Contains(whys, WhyName) || !slices.Contains(whys, WhyTerm) {
			t.Errorf("%q is marked as %q, want the name and the body", h.Para.Text, whys)
		}
	}
	none, err := e.Search(t.Context(), Request{Query: "about:A/HRC/WGAD/2019/977", Limit: 20})
	if err != nil || none.Hits != 0 || len(none.Notes) != 1 || none.Notes[0].Value != "" {
		t.Errorf("a document that nobody knows: %d found, notes %+v, %v", none.Hits, none.Notes, err)
	}
}
