package law

import (
	"slices"
	"strings"
	"testing"
)

func TestGeneralCommentsHaveTheirCommittee(t *testing.T) {
	check(t, []row{
		{"Human Rights Committee, general comment No. 35 (2014) on liberty and security of person, para. 33", "CCPR/C/GC/35", "the committee stands before"},
		{"general comment No. 35, para. 33", "CCPR/C/GC/35", "no other committee has so many"},
		{"Комитет против пыток, Замечание общего порядка № 2 (2007)", "CAT/C/GC/2", "in Russian"},
		{"General Comment No. 13 of the Committee on Economic, Social and Cultural Rights", "E/C.12/GC/13", "it stands behind; its name has a comma"},
		{"general comment No. 7 (2005)", "*/GC/7", "nothing tells which"},
		{"Committee on the Rights of the Child, general comment No. 24 (2019) on children's rights", "CRC/C/GC/24", "children"},
		{"General Comment No. 2 (CAT/C/GC/2), para. 5", "CAT/C/GC/2 CAT/C/GC/2", "the symbol tells"},
		{"CESCR General Comment No. 14: the right to health", "ICESCR E/C.12/GC/14", "an abbreviation, which is the treaty's too"},
		{"CEDAW, General Recommendation No. 35 on gender-based violence", "CEDAW CEDAW/C/GC/35", "women's is a recommendation, and above 27"},
		{"Комитет по ликвидации дискриминации в отношении женщин, общая рекомендация № 19", "CEDAW/C/GC/19", "in Russian"},
		{"замечание общего порядка № 34 Комитета по правам человека", "CCPR/C/GC/34", "a committee in the genitive"},
		{"Адам құқықтары жөніндегі комитеттің № 35 жалпы ескертпесі", "CCPR/C/GC/35", "in Kazakh the number stands first"},
		{"Азаптауға қарсы комитеттің № 2 жалпы түсініктемесі", "CAT/C/GC/2", "the committee against torture in Kazakh"},
		{"Бала құқықтары жөніндегі комитеттің № 10 жалпы ескертпесі", "CRC/C/GC/10", "the child's in Kazakh"},
		{"Общий комментарий № 31 КПЧ ООН", "CCPR/C/GC/31", "another translation, and an abbreviation"},
		{"The European Committee for the Prevention of Torture and general comment No. 3", "*/GC/3", "that committee comments on no treaty of the United Nations"},
		{"General recommendation No. 31", "*/GC/31", "women's or racial discrimination: not the Human Rights Committee's"},
		{"The Committee against Torture met. The weather was fine, and general comment No. 35 was read.", "CCPR/C/GC/35", "another sentence does not tell"},
		{"CCPR/C/21/Rev.1/Add.13, para. 15", "CCPR/C/21/Rev.1/Add.13", "an older symbol stays as printed"},
		{"a general comment in 12 parts", "", "no number of a comment"},
	})
}

func TestAnOpenCommentListsWhatItMayBe(t *testing.T) {
	for _, tt := range []struct {
		before, text, want string
		candidates         []string
		why                string
	}{
		{"", "general comment No. 7", "*/GC/7", []string{"CCPR/C/GC/7", "E/C.12/GC/7", "CRC/C/GC/7", "CRPD/C/GC/7"}, "four committees have a seventh"},
		{"", "general recommendation No. 35", "*/GC/35", []string{"CEDAW/C/GC/35", "CERD/C/GC/35"}, "two have recommendations of that number"},
		{"The Committee on the Rights of the Child was heard.", "general comment No. 7", "CRC/C/GC/7", nil, "the only committee of the document"},
		{"Комитет против пыток и Комитет по правам человека.", "замечание общего порядка № 3", "*/GC/3", []string{"CCPR/C/GC/3", "E/C.12/GC/3", "CRC/C/GC/3", "CAT/C/GC/3", "CRPD/C/GC/3", "CMW/C/GC/3"}, "the document names two"},
		{"The Subcommittee on Prevention of Torture came.", "general comment No. 3", "*/GC/3", nil, "the Subcommittee has no comments"},
	} {
		var m Memory
		Find(tt.before, Context{Memory: &m})
		refs := Find(tt.text, Context{Memory: &m})
		if len(refs) != 1 || refs[0].ID != tt.want || tt.candidates != nil && !slices.Equal(refs[0].Candidates, tt.candidates) {
			t.Errorf("%q after %q: %+v, want %s of %q: %s", tt.text, tt.before, refs, tt.want, tt.candidates, tt.why)
		}
		if open := refs[0].ID == tt.want && tt.want[0] == '*'; open != (len(refs[0].Candidates) > 1) {
			t.Errorf("%q: %d candidates of %s: an open one has several, another none", tt.text, len(refs[0].Candidates), refs[0].ID)
		}
	}
}

func TestTheOptionalProtocol(t *testing.T) {
	check(t, []row{
		{"The Human Rights Committee recalls that article 5, paragraph 2 (b), of the Optional Protocol does not bar it", "ICCPR-OP1/5/p2/ppb", "the committee tells"},
		{"Under article 4 of the Optional Protocol the Subcommittee may visit any place of detention", "OPCAT/4", "the Subcommittee visits"},
		{"By acceding to the Covenant, the State recognised article 1 of the Optional Protocol", "ICCPR-OP1/1", "the treaty tells"},
		{"article 1 of the Optional Protocol", "*/1", "nothing tells"},
		{"The Human Rights Committee and the Committee against Torture read article 1 of the Optional Protocol", "*/1", "two are named"},
		{"Комитет по правам человека ссылается на статью 2 Факультативного протокола", "ICCPR-OP1/2", "in Russian"},
		{"Адам құқықтары жөніндегі комитет Факультативтік хаттаманың 5-бабын қолданды", "ICCPR-OP1/5", "in Kazakh"},
		{"Протокол допроса приобщён по ст. 115 УПК РК", "KZ-UPK/115", "a record of an interrogation is no treaty"},
	})
	var m Memory
	Find("Article 9 of the International Covenant on Civil and Political Rights was violated.", Context{Memory: &m})
	if refs := Find("It is admissible under article 5 of the Optional Protocol.", Context{Memory: &m}); len(refs) != 1 || refs[0].Instrument != "ICCPR-OP1" {
		t.Errorf("after the Covenant: %+v, want its protocol", refs)
	}
	open := Find("article 1 of the Optional Protocol", Context{})
	if want := []string{"ICCPR-OP1", "ICESCR-OP", "CRC-OP", "OPCAT", "CRPD-OP", "CEDAW-OP"}; len(open) != 1 || !slices.Equal(open[0].Candidates, want) {
		t.Errorf("candidates of an open protocol: %+v, want %q", open, want)
	}
}

func TestIdentity(t *testing.T) {
	for _, tt := range []struct{ key, want, why string }{
		{"CCPR/C/122/D/2291/2013", "CCPR/C/D/2291/2013", "a symbol has the session in it, the number has not"},
		{"CAT/C/61/D/682/2015", "CAT/C/D/682/2015", "of the Committee against Torture"},
		{"CCPR/C/D/2291/2013", "CCPR/C/D/2291/2013", "a number is its own"},
		{"CCPR/C/21/Rev.1/Add.13", "CCPR/C/GC/31", "an older symbol of a comment"},
		{"CRC/C/GC/7/Rev.1", "CRC/C/GC/7", "a revision"},
		{"A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "all others"},
		{"CCPR/C/KAZ/CO/2", "CCPR/C/KAZ/CO/2", "concluding observations"},
	} {
		if got := Identity(tt.key); got != tt.want {
			t.Errorf("Identity(%s) = %s, want %s: %s", tt.key, got, tt.want, tt.why)
		}
		if list := Prefixes(tt.key); !slices.Contains(list, tt.key) || !slices.Contains(list, tt.want) {
			t.Errorf("%s is indexed under %q, want it and %s", tt.key, list, tt.want)
		}
		if _, ok := Whole(tt.want); !ok {
			t.Errorf("%s cannot be asked for", tt.want)
		}
	}
	if list := Prefixes("CCPR/C/GC/35"); !slices.Contains(list, "*/GC/35") {
		t.Errorf("a comment is indexed under %q, want the open number too", list)
	}
}

// The key of a document must not read as that of an article: pages would say
// "B9-9931, art. 2023".
func TestNoNumberOfADocumentIsAStatute(t *testing.T) {
	for _, text := range []string{
		"Opinion No. 931/2022", "B9-9931/2023", "RC-B9-9931/2023", "P9_TA(2023)0931", "2023/9931(RSP)", "PACE Resolution 9931 (2024)", "Parliamentary Assembly, Doc. 99931",
		"application no. 99931/22", "communication No. 9947/2023", "CCPR/C/142/D/9947/2023", "general comment No. 7", "general comment No. 35", "CRC/C/GC/24",
		"General Assembly resolution 60/147", "Human Rights Council resolution 42/22", "resolution 217 A (III)", "9999-21-00-1/931", "001-999999", "E/CN.4/1998/944",
		"CAT/C/KAZ/CO/3", "HRI/GEN/1/Rev.9", "S/RES/1373 (2001)", "framework decision 2008/977/JHA",
	} {
		refs := Find(text, Context{})
		if len(refs) == 0 || refs[len(refs)-1].Kind != Document {
			t.Errorf("%q: %+v, want a document", text, refs)
			continue
		}
		if key := refs[len(refs)-1].Key(); strings.Contains(Say(key, "en"), "art. ") {
			t.Errorf("%q has the key %s, which is said as an article: %s", text, key, Say(key, "en"))
		} else if r, ok := ParseKey(key); ok {
			t.Errorf("%q has the key %s, which reads as %+v", text, key, r)
		}
	}
}
