package law

import (
	"strings"
	"testing"

	"dalel/corpus"
)

func TestOwnIsTheKeyOfCitations(t *testing.T) {
	type facts map[corpus.Key]string
	for _, tt := range []struct {
		facts      facts
		cited      string // how another document cites it
		want, says string
	}{
		{facts{corpus.KeyKind: "wgad_opinion", corpus.KeyNumber: "931/2022"}, "see opinion No. 931/2022, para. 34", "A/HRC/WGAD/2022/931", "a number becomes the symbol"},
		{facts{corpus.KeyKind: "wgad_opinion", corpus.KeyNumber: "931/2022", corpus.KeySymbol: "A/HRC/WGAD/2022/931"}, "A/HRC/WGAD/2022/931", "A/HRC/WGAD/2022/931", "once"},
		{facts{corpus.KeyKind: "judgment", corpus.KeyCase: "47056/11"}, "(application no. 47056/11)", "ECHR/47056/11", "an application"},
		{facts{corpus.KeyKind: "views", corpus.KeyNumber: "1932/2010", corpus.KeyBody: "Human Rights Committee"}, "по сообщению № 1932/2010", "CCPR/C/D/1932/2010", "a communication"},
		{facts{corpus.KeyKind: "views", corpus.KeyNumber: "444/2010", corpus.KeyBody: "Committee against Torture"}, "сообщение № 444/2010 Комитета против пыток", "CAT/C/D/444/2010", "of another committee"},
		{facts{corpus.KeyKind: "resolution", corpus.KeyNumber: "P8_TA(2019)0203"}, "P8_TA-PROV(2019)0203", "P8_TA(2019)0203", "provisional and final are one"},
		{facts{corpus.KeyKind: "motion", corpus.KeyNumber: "B9‑9931/2023"}, "B9-9931/2023", "B9-9931/2023", "a no-break hyphen"},
		{facts{corpus.KeyKind: "resolution", corpus.KeyNumber: "1526 (2006)"}, "Resolution 1526 (2006)", "PACE/RES/1526(2006)", "of the Assembly"},
		{facts{corpus.KeyKind: "verdict", corpus.KeyCase: "9999-21-00-1/931"}, "по делу № 9999-21-00-1/931", "9999-21-00-1/931", "a case"},
		{facts{corpus.KeyKind: "normative_resolution", corpus.KeyNumber: "11", corpus.KeyDate: "2017-12-08"}, "нормативное постановление Верховного Суда РК от 8 декабря 2017 года № 11", "KZ-NPVS-11-2017", "an act by number"},
		{facts{corpus.KeyKind: "statute", corpus.KeyDate: "2014-07-03", corpus.KeyTitle: "Кодекс"}, "Уголовный кодекс РК от 3 июля 2014 года", "KZ-UK-2014", "by the day of adoption"},
		{facts{corpus.KeyKind: "statute", corpus.KeyTitle: "О противодействии экстремизму: Закон Республики Казахстан"}, "", "", "a title that no rule reads is none"},
		{facts{corpus.KeyKind: "treaty", corpus.KeyTitle: "Международный пакт о гражданских и политических правах"}, "статья 9 МПГПП", "ICCPR", "a treaty"},
		{facts{corpus.KeyKind: "news", corpus.KeyNumber: "5"}, "", "", "news have no number"},
	} {
		d := &corpus.Document{Read: corpus.Facts{}}
		for k, v := range tt.facts {
			d.Read[k] = corpus.Fact{Values: []string{v}}
		}
		if got := strings.Join(Own(d), " "); got != tt.want {
			t.Errorf("Own(%v) = %q, want %q: %s", tt.facts, got, tt.want, tt.says)
		}
		if tt.cited == "" {
			continue
		}
		found := false
		for _, r := range Find(tt.cited, Context{}) {
			for _, p := range Prefixes(r.Key()) {
				found = found || p == tt.want
			}
		}
		if !found {
			t.Errorf("%q does not cite %s: %s", tt.cited, tt.want, tt.says)
		}
	}
}
