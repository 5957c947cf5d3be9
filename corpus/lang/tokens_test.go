package lang

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// forms joins the forms of a text's tokens, each with its position: "405@0 бабы@1".
func forms(text string) string {
	var b strings.Builder
	for i, t := range Tokens(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Form + "@" + string(rune('0'+t.Pos)))
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"", "", "nothing"},
		{"Сот шешімі", "сот@0 шешімі@1", "plain words in lower case"},
		{"Н.А.Назарбаев", "н@0 а@1 назарбаев@2", "initials glued to a surname"},
		{"К.Мәсімов", "к@0 мәсімов@1", "one initial"},
		{"Назарбаев Н.А.", "назарбаев@0 н@1 а@2", "initials behind"},
		{"25.06.2016ж.", "25.06.2016@0 25.06@0 2016@1 ж@2", "a date and its letter"},
		{"2016г.", "2016@0 г@1", "a year and its letter"},
		{"405-бабы", "405@0 бабы@1", "article and its word"},
		{"405 бабы", "405@0 бабы@1", "the same without a hyphen"},
		{"174‑бап", "174@0 бап@1", "non-breaking hyphen"},
		{"405-1-бап", "405-1@0 бап@1", "an inserted article"},
		{"405-баптың 2-бөлігі", "405@0 баптың@1 2@2 бөлігі@3", "part of an article"},
		{"ҚК-нің 174-бабы", "қк@0 174@1 бабы@2", "case ending after an abbreviation"},
		{"БҰҰ-ның", "бұұ@0", "case ending"},
		{"бұұ-ның", "бұұ@0", "the same typed small"},
		{"АҚШ-та", "ақш@0", "an ending that is a word elsewhere, after capitals"},
		{"ақш-та", "ақш@0", "and after a short word"},
		{"отец-сын", "отец-сын@0 отец@0 сын@1", "a word that is an ending elsewhere"},
		{"Facebook-те", "facebook@0", "after Latin letters"},
		{"7-го мая", "7@0 мая@1", "ending of a numeral"},
		{"3-ші бөлім", "3@0 бөлім@1", "ending of a numeral"},
		{"18-летний", "18@0 летний@1", "a word, not an ending"},
		{"131-ФЗ", "131@0 фз@1", "capitals as small letters"},
		{"№ 226-V", "226-v@0 226@0 v@1", "a law with a Roman number"},
		{"№ 46/2023", "46/2023@0 46@0 2023@1", "the sign is no word"},
		{"№46/2023", "46/2023@0 46@0 2023@1", "nor glued"},
		{"A/HRC/WGAD/2023/46", "a/hrc/wgad/2023/46@0", "document symbol"},
		{"А/HRC/59/15", "a/hrc/59/15@0", "its first letter typed in Cyrillic"},
		{"CCPR/C/KAZ/CO/2,", "ccpr/c/kaz/co/2@0", "treaty body symbol"},
		{"ст. 405(2)", "ст@0 405(2)@1", "a part in brackets"},
		{"14(3)(d)", "14(3)(d)@0", "part and point"},
		{"5(пяти) лет", "5@0 пяти@1 лет@2", "a number in words is no part"},
		{"un/405(а)", "un/405(a)@0", "a bracket in the other script"},
		{"ст.405", "ст@0 405@1", "no space"},
		{"ст. 3.1.", "ст@0 3.1@1", "last point is not the number's"},
		{"12-2, 2-00-00/00-03-155", "12-2@0 2-00-00/00-03-155@1", "numbers with hyphens"},
		{"174,405", "174@0 405@1", "a list"},
		{"и/или", "и@0 или@1", "a slash between words"},
		{"қадір-қасиеті", "қадір-қасиеті@0 қадір@0 қасиеті@1", "a compound and its parts"},
		{"қадір‐қасиеті", "қадір-қасиеті@0 қадір@0 қасиеті@1", "U+2010"},
		{"IT-компания", "it-компания@0 it@0 компания@1", "parts of two scripts"},
		{"ИК-6", "ик-6@0 ик@0 6@1", "a numbered place"},
		{"собрание² было", "собрание@0 было@1", "a note mark"},
		{"м²", "м@0", "a raised digit"},
		{"§ 12", "12@0", "a sign"},
		{"Council’s", "council@0", "possessive"},
		{"O’Brien d’Арк", "o'brien@0 d'арк@1", "apostrophes"},
		{"'цитата'", "цитата@0", "quotes are no apostrophes"},
		{"т.д., U.N.", "т@0 д@1 u@2 n@3", "abbreviations with points"},
		{"соци\u00adальный", "социальный@0", "soft hyphen"},
		{"сот\u200bтың", "соттың@0", "zero-width space"},
		{"осуждённый", "осужденный@0", "ё"},
		{"за\u0301мок", "замок@0", "stress"},
		{"и\u0306од", "йод@0", "decomposed й"},
		{"oﬃce", "office@0", "ligature"},
		{"İstanbul", "istanbul@0", "a capital whose small letter is narrower"},
		{"«Атамекен»нің есебі", "атамекен@0 есебі@1", "case ending after a quotation mark"},
		{"https://adilet.zan.kz/rus", "https@0 adilet.zan.kz@1 adilet@1 zan@2 kz@3 rus@4", "an address"},
	} {
		if got := forms(tt.in); got != tt.want {
			t.Errorf("Tokens(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

// TestPartsOfNumbers shows which numbers are found by their parts too, and
// which are one word because a part of them would be taken for an article.
func TestPartsOfNumbers(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"15.05.2014", "15.05.2014@0 15.05@0 2014@1", "the year of a date; its day is no article 15"},
		{"1.5.2014-да", "1.5.2014@0 1.5@0 2014@1", "with a case ending"},
		{"2014.05.15", "2014.05.15@0 2014@0 05.15@1", "the year first"},
		{"2014-05-15", "2014-05-15@0 2014@0 05-15@1", "as machines write it"},
		{"15/05/2014", "15/05/2014@0 15/05@0 2014@1", "with slashes"},
		{"15-05-2014", "15-05-2014@0 15-05@0 2014@1", "with hyphens"},
		{"05.2014", "05.2014@0 05@0 2014@1", "a month"},
		{"35.05.2014 15.15.2014 5.2014", "35.05.2014@0 15.15.2014@1 5.2014@2", "no days, no months"},
		{"15.05.14", "15.05.14@0", "a year of two digits may be a section"},
		{"192.168.20.2014", "192.168.20.2014@0", "four numbers are no date"},
		{"15.05.20\u00ad14", "15.05.2014@0", "a soft hyphen inside: the whole is repaired, not cut"},
		{"7/2014", "7/2014@0 7@0 2014@1", "number and year"},
		{"2015/34", "2015/34@0 2015@0 34@1", "year and number"},
		{"931/2022-хат", "931/2022@0 931@0 2022@1 хат@2", "with a word behind"},
		{"2-1234/2021", "2-1234/2021@0 2-1234@0 2021@1", "a court's case"},
		{"2014-2016", "2014-2016@0 2014@0 2016@1", "from year to year"},
		{"2014\u20112016", "2014-2016@0 2014@0 2016@1", "with a hyphen that is not ASCII"},
		{"210-VIII", "210-viii@0 210@0 viii@1", "a law and its parliament"},
		{"Қазақстан-2050", "қазақстан-2050@0 қазақстан@0 2050@1", "a programme"},
		{"COVID-19-дың", "covid-19@0 covid@0 19@1", "with a case ending"},
		{"Астана-EXPO-2017", "астана-expo-2017@0 астана@0 expo@1 2017@2", "two words, two scripts"},
		{"2/3 53/144", "2/3@0 53/144@1", "no year, one number"},
		{"405-1 405-1(2) 12-2", "405-1@0 405-1(2)@1 12-2@2", "articles"},
		{"405(2)-бап", "405(2)@0 бап@1", "part of an article"},
		{"405/2014(2)", "405/2014(2)@0", "brackets"},
		{"A/HRC/WGAD/2018/67 A/77/2022", "a/hrc/wgad/2018/67@0 a/77/2022@1", "symbols"},
		{"ЛА-155/14", "ла-155/14@0", "the number of a colony"},
		{"T-34 Б-1", "t-34@0 б-1@1", "one letter is no word"},
		{"+7-727-258-2014", "7-727-258-2014@0", "a telephone"},
		{"II-2050", "ii-2050@0", "a Roman number is no word"},
		{"F16-2020", "f16-2020@0", "nor are letters with digits"},
	} {
		if got := forms(tt.in); got != tt.want {
			t.Errorf("Tokens(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

// TestPartsTileTheirWhole holds what a query relies on: the parts of a
// compound follow it, begin and end with it, and do not overlap.
func TestPartsTileTheirWhole(t *testing.T) {
	toks := Tokens("Заң № 210-VIII, 15.05.2014ж. 7/2014, «Қазақстан-2050», adilet.zan.kz, 2-1234/2021 қадір-қасиеті")
	wholes := 0
	for i, whole := range toks {
		if !whole.Joined {
			continue
		}
		wholes++
		end, pos := whole.Start, whole.Pos
		for _, part := range toks[i+1:] {
			if part.Start >= whole.End {
				break
			}
			if part.Joined || part.Start < end || part.Pos != pos {
				t.Errorf("%q: part %q at %d, position %d", whole.Form, part.Form, part.Start, part.Pos)
			}
			end, pos = part.End, pos+1
		}
		if end != whole.End || toks[i+1].Start != whole.Start || pos < whole.Pos+2 {
			t.Errorf("%q is not tiled: to byte %d of %d, position %d of %d", whole.Form, end, whole.End, pos, whole.Pos)
		}
	}
	if wholes != 7 {
		t.Errorf("%d wholes, want 7", wholes)
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"кодексiнiң", "кодексінің", "Latin i in a Kazakh word"},
		{"ӘЛЕУМЕТТIК", "әлеуметтік", "the same in capitals"},
		{"дiни", "діни", "one of four letters"},
		{"Kaзахстан", "казахстан", "Latin K and a"},
		{"Кazakhstan", "kazakhstan", "Cyrillic К in a Latin word"},
		{"KAЗAXCTAH", "казахстан", "only one way is open"},
		{"ақпараt", "ақпарат", "t"},
		{"Kazakhstan", "kazakhstan", "a Latin word stays"},
		{"xyz", "xyz", "twins alone stay"},
		{"осужд?нный*", "осужд?нный*", "a pattern keeps its signs"},
		{"кодексi*", "кодексі*", "a pattern is repaired too"},
		{"Ⅳ", "iv", "Roman numeral sign"},
		{"№", "№", "kept apart"},
		{"İ", "i", "valid UTF-8"},
		{"O‘zbek", "o'zbek", "apostrophes are one"},
		{"ＡＢ", "ab", "full width"},
	} {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
		why  string
	}{
		{"Суд решил. Прокурор возразил.", 2, "plain"},
		{"По ч. 2 ст. 405 УК РК и п. 3 г. Алматы.", 1, "ч., ст., п., г."},
		{"Обыски, аресты и т.д. Суд решил.", 2, "т.д. before a capital"},
		{"Обыски и т.д. продолжались.", 1, "т.д. before a small letter"},
		{"405-бап. 2-тарм. Сот", 1, "бап., тарм."},
		{"Opinion No. 46/2023 of Mr. Doe.", 1, "No., Mr."},
		{"Н. А. Назарбаев прибыл.", 1, "initials"},
		{"По Закону № 226-V. Суд решил.", 2, "a Roman number is no initial"},
		{"В пикете 15.05.2014. Суд решил.", 2, "a date"},
		{"15.05.2014 суд решил. Прокурор", 2, "a date opens a sentence"},
		{"12. Суд решил. 13. Прокурор", 2, "numbers of a list belong to what follows"},
		{"Правда ли это? Нет! Да…", 3, "other signs"},
		{"Суд решил.Прокурор возразил.", 2, "no space"},
		{"Так сказал он (суд.) Потом ушёл.", 2, "a bracket"},
	} {
		toks := Tokens(tt.in)
		if got := toks[len(toks)-1].Sentence + 1; got != tt.want {
			t.Errorf("%q: %d sentences, want %d: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestCap(t *testing.T) {
	var caps []bool
	for _, tok := range Tokens("Әділ сот ЁЖ 12 İ") {
		caps = append(caps, tok.Cap)
	}
	if want := []bool{true, false, true, false, true}; !slices.Equal(caps, want) {
		t.Errorf("Cap = %v, want %v", caps, want)
	}
}

func FuzzTokensOffsets(f *testing.F) {
	for _, s := range []string{
		"Н.А.Назарбаев 25.06.2016ж. ҚК-нің 405(2)", "соци\u00adальный кодексiнiң қадір‐қасиеті", "A/HRC/WGAD/2023/46 № 46/2023",
		"İstanbul oﬃce за\u0301мок м²", "adilet.zan.kz Council’s «А»ның", "1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16-17-18", "\xff\xd0ё`", "K'İ̇sё",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last, pos := 0, 0
		for i, tok := range Tokens(s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("%q: token %d at %d-%d after %d", s, i, tok.Start, tok.End, last)
			}
			if !utf8.RuneStart(s[tok.Start]) || tok.End < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[tok.End]) {
				t.Fatalf("%q: token %d-%d cuts a letter", s, tok.Start, tok.End)
			}
			if got := Fold(s[tok.Start:tok.End]); got != tok.Form {
				t.Fatalf("%q: Form %q, Fold of the span %q", s, tok.Form, got)
			}
			if Fold(tok.Form) != tok.Form || !utf8.ValidString(tok.Form) {
				t.Fatalf("%q: Form %q folds to %q", s, tok.Form, Fold(tok.Form))
			}
			if tok.Pos < pos || tok.Pos > pos+1 {
				t.Fatalf("%q: position %d after %d", s, tok.Pos, pos)
			}
			last, pos = tok.Start, tok.Pos
			if !tok.Joined {
				last = tok.End
			}
		}
	})
}

func TestTheFirstTokensAreThoseOfAll(t *testing.T) {
	text := "А.Б. Осужденов (ч. 2 ст. 405-2 ҚК-нің), 15.05.2014 ж. Суд шешті: adilet.zan.kz. The State party's reply. Ё"
	all := Tokens(text)
	for n := range len(all) + 2 {
		got := AppendFirst(nil, text, n)
		if len(got) < min(n, len(all)) || !slices.Equal(got, all[:len(got)]) {
			t.Errorf("the first %d: %v, of %v", n, got, all)
		}
	}
}
