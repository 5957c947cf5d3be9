package law

import (
	"testing"

	"dalel/corpus/lang"
)

func TestSay(t *testing.T) {
	for _, tt := range []struct{ key, ru, kk, en, why string }{
		{"KZ-UK-2014/405/2", "ч. 2 ст. 405 УК РК (2014)", "ҚР ҚК (2014) 405-бабының 2-бөлігі", "Criminal Code of Kazakhstan (2014), art. 405(2)", "a part"},
		{"KZ-UK/174", "ст. 174 УК РК", "ҚР ҚК 174-бабы", "Criminal Code of Kazakhstan, art. 174", "the edition is open"},
		{"KZ-UK/272/3/p1", "п. 1 ч. 3 ст. 272 УК РК", "ҚР ҚК 272-бабының 3-бөлігінің 1-тармағы", "Criminal Code of Kazakhstan, art. 272(3)(1)", "three levels"},
		{"ICCPR/14/p3/ppb", "пп. «b» п. 3 ст. 14 МПГПП", "Азаматтық және саяси құқықтар пактісінің 14-бабының 3-тармағының b) тармақшасы", "ICCPR, art. 14(3)(b)", "a lettered subparagraph of a treaty"},
		{"ECHR/5/par1/ppf", "пп. «f» § 1 ст. 5 ЕКПЧ", "Еуропалық конвенцияның 5-бабының 1-параграфының f) тармақшасы", "ECHR, art. 5 § 1(f)", "§"},
		{"KZ-CONST/20", "ст. 20 Конституции РК", "ҚР Конституциясының 20-бабы", "Constitution of Kazakhstan, art. 20", "a word in the genitive"},
		{"KZ-LAW-MIGRATION/6", "ст. 6 Закона о миграции населения", "Халықтың көші-қоны туралы Заңның 6-бабы", "Law on Migration of the Population, art. 6", "a law without a short name"},
		{"KZ-NPVS-11-2017/p7", "п. 7 НП ВС РК № 11 (2017)", "ҚР Жоғарғы Соты нормативтік қаулысының № 11 (2017) 7-тармағы", "Normative Resolution of the Supreme Court of Kazakhstan No. 11 (2017), para. 7", "an act by number"},
		{"*/405", "ст. 405", "405-бабы", "art. 405", "any act"},
		{"KZ-UK-2014", "УК РК (2014)", "ҚР ҚК (2014)", "Criminal Code of Kazakhstan (2014)", "an instrument"},
		{"KZ-CONST", "Конституция РК", "ҚР Конституция", "Constitution of Kazakhstan", "an instrument in the nominative"},
		{"CAT", "КПП", "Азаптауларға және басқа да қатыгез, адамгершілікке жатпайтын немесе қадір-қасиетті кемсітетін іс-әрекеттер мен жазалау түрлеріне қарсы конвенция", "CAT", "a treaty"},
		{"A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a document"},
		{"ECHR/47056/11", "жалоба № 47056/11 (ЕСПЧ)", "№ 47056/11 шағым (АҚЕС)", "application no. 47056/11 (ECtHR)", "a number that needs its court"},
		{"XX-FOO/3", "ст. 3 XX-FOO", "XX-FOO 3-бабы", "XX-FOO, art. 3", "an instrument that the registry does not know"},
	} {
		for l, want := range map[lang.Code]string{lang.RU: tt.ru, lang.KK: tt.kk, lang.EN: tt.en} {
			if got := Say(tt.key, l); got != want {
				t.Errorf("Say(%q, %s)\n got %s\nwant %s: %s", tt.key, l, got, want, tt.why)
			}
		}
	}
}

func TestHeadingsAreOfArticlesThatTheRegistryKnows(t *testing.T) {
	if len(reg.headings) < 120 {
		t.Fatalf("%d headings", len(reg.headings))
	}
	for _, row := range mustRows("headings.txt", 5) {
		r, ok := ParseKey(row[0])
		if !ok || !isKnown(r.Instrument) || r.Article == "" || r.Key() != row[0] || r.Part+r.Point != "" {
			t.Errorf("%s is no article of the registry", row[0])
		}
		if len(Editions(r.Instrument)) > 0 && r.Edition == "" {
			t.Errorf("%s: the number alone means different offences", row[0])
		}
		for _, l := range []lang.Code{lang.RU, lang.KK, lang.EN} {
			if Heading(row[0], l) == "" {
				t.Errorf("%s has no heading in %s", row[0], l)
			}
		}
	}
	if got := Heading("KZ-UK-2014/405/2", lang.KK); got == "" || got != Heading("KZ-UK-2014/405", lang.KK) {
		t.Errorf("the heading of a part is that of its article, got %q", got)
	}
	if got := Heading("KZ-UK/405", lang.RU); got != "" {
		t.Errorf("an article of an open edition has the heading %q", got)
	}
}
