package lang

import (
	"slices"
	"strings"
	"testing"
)

// share reports whether two forms have a stem in common.
func share(a, b string, c Code) bool {
	for _, s := range Stems(a, c) {
		if slices.Contains(Stems(b, c), s) {
			return true
		}
	}
	return false
}

func TestStemsJoin(t *testing.T) {
	for _, tt := range []struct {
		code  Code
		forms string
		why   string
	}{
		{KK, "бап бабы бабының баптар баптарда бабына", "article: the last letter is voiced before a vowel"},
		{KK, "мамай мамайдың мамайға мамайды мамаймен", "a surname that looks like a form"},
		{KK, "жаз жазылғандарының жазылған жазды жазып", "voice, participle, plural, possessive, case"},
		{KK, "азаптау азаптауға азаптаудан азаптаудың", "torture"},
		{KK, "дәлелдеме дәлелдемені дәлелдемелерді дәлелдемесі дәлелдемесін дәлелдемеге дәлелдемеден дәлелдемелермен дәлелдемеміз", "a noun that looks like a negation"},
		{KK, "сараптама сараптаманы сараптамасын сараптамаға сараптамалардың", "and one in а"},
		{KK, "хаттама хаттамасы хаттамада хаттаманың хаттамаларында", "record"},
		{KK, "жазба жазбада жазбаны жазбасын жазбалардан", "record of sound, behind з"},
		{KK, "анықтама анықтаманы анықтамаға анықтамасында", "certificate"},
		{KK, "үкім үкімі үкімнің үкімдер үкімінде", "verdict"},
		{KK, "орын орны орнында орнынан", "a vowel lost"},
		{KK, "халық халқы халқының халыққа", "a vowel lost, a letter voiced"},
		{KK, "тап табу тапты табылды тауып", "to find"},
		{KK, "ол оны оның оған одан олардың", "pronoun"},
		{KK, "қазақстан қазақстанның қазақстандағы", "country"},
		{KK, "сот соттың сотқа сотта соттар соттардың", "court"},
		{KK, "назарбаев назарбаевтың назарбаевқа назарбаевты", "surname"},
		{KK, "қамау қамауға қамаудан қамаудағы", "detention"},
		{KK, "qazaqstan қазақстанның", "Latin alphabet"},
		{KK, "qaýipsizdigi қауіпсіздігі", "Latin alphabet of 2018"},
		{KK, "ğalym ғалымның", "Latin alphabet of 2021"},
		{RU, "назарбаев назарбаева назарбаеву назарбаевым назарбаеве", "surname"},
		{RU, "мамин мамина маминым мамину", "surname in -ин"},
		{RU, "осужденный осужденного осужденным осужденные", "adjective"},
		{RU, "пытка пыток пытки пытками", "a vowel that comes and goes"},
		{RU, "использовать использует использованный использовали", "a verb in -овать"},
		{RU, "лишение лишения лишением", "noun"},
		{RU, "список списка списками", "noun in -ок"},
		{RU, "суд суда судом суды", "court"},
		{RU, "человек люди людей", "irregular"},
		{RU, "нурлан нурлана нурлану нурланом нурлане", "a name that looks like a participle"},
		{RU, "сергей сергея сергею сергеем", "a name in -ей"},
		{RU, "мамай мамая мамаю мамаем", "a surname in -ай"},
		{RU, "наркоман наркомана наркоманов", "a noun in -ан"},
		{RU, "боқаев боқаева", "Kazakh letters in a Russian paragraph"},
		{EN, "detention detentions", "noun"},
		{EN, "arrested arrests arrest", "verb"},
		{EN, "be is was were been", "irregular"},
		{EN, "take took taken takes", "irregular"},
		{EN, "do don't doesn't did", "contracted not"},
		{EN, "government's government", "possessive"},
		{RU, "rights right", "English in a Russian paragraph"},
	} {
		forms := strings.Fields(tt.forms)
		for _, f := range forms[1:] {
			if !share(forms[0], f, tt.code) {
				t.Errorf("%s: %s %v and %s %v have no stem in common: %s", tt.code, forms[0], Stems(forms[0], tt.code), f, Stems(f, tt.code), tt.why)
			}
		}
	}
}

func TestStemsPart(t *testing.T) {
	for _, tt := range []struct {
		code Code
		a, b string
		why  string
	}{
		{KK, "бап", "бас", "article and head"},
		{KK, "сот", "сотталған", "court and convicted: another word"},
		{RU, "личность", "личный", "person and personal"},
		{RU, "суд", "судно", "court and ship"},
		{RU, "суд", "судья", "court and judge"},
	} {
		if share(tt.a, tt.b, tt.code) {
			t.Errorf("%s: %s and %s share a stem of %v: %s", tt.code, tt.a, tt.b, Stems(tt.a, tt.code), tt.why)
		}
	}
}

func TestStemsOfSymbols(t *testing.T) {
	for _, form := range []string{"405", "405(2)", "a/hrc/wgad/2023/46", "25.06.2016", "q", "а", "§", ""} {
		for _, c := range []Code{KK, RU, EN, Und} {
			if got := Stems(form, c); len(got) != 1 || got[0] != form {
				t.Errorf("Stems(%q, %s) = %q, want itself", form, c, got)
			}
		}
	}
}

func TestStemmerRemembers(t *testing.T) {
	var s Stemmer
	for range 2 {
		for _, c := range []Code{KK, RU, EN} {
			if got, want := s.Stems("соттың", c), Stems("соттың", c); !slices.Equal(got, want) {
				t.Errorf("Stemmer.Stems(%s) = %q, want %q", c, got, want)
			}
		}
	}
}

func FuzzStems(f *testing.F) {
	for _, s := range []string{"жазылғандарының", "назарбаева", "government", "қадір-қасиеті", "ъь", "яяяя", "уыу", "ся", "нный", "ғğ", "-", "и́"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		form := Fold(s)
		for _, c := range []Code{KK, RU, EN, Und} {
			stems := Stems(form, c)
			if len(stems) == 0 || len(stems) > 8 {
				t.Fatalf("Stems(%q, %s) gives %d stems", form, c, len(stems))
			}
			for _, stem := range stems {
				if stem == "" && form != "" {
					t.Fatalf("Stems(%q, %s) gives an empty stem", form, c)
				}
			}
			if again := Stems(form, c); !slices.Equal(stems, again) {
				t.Fatalf("Stems(%q, %s) is %q and then %q", form, c, stems, again)
			}
		}
	})
}
