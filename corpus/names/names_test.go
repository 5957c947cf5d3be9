package names

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// shareKey reports whether two tokens share a key.
func shareKey(a, b string) bool {
	return slices.ContainsFunc(Keys(a), func(k string) bool { return slices.Contains(Keys(b), k) })
}

func TestSpellingsShareAKey(t *testing.T) {
	for _, tt := range []struct{ a, b, why string }{
		{"Әблязов", "Ablyazov", "ә is a in Latin"},
		{"Джакупов", "Жақыпов", "Russian дж is Kazakh ж"},
		{"Мұхамедкәрім", "Mukhamedkarim", "Kazakh letters only"},
		{"Уәли", "Вали", "у before a vowel is в in Russian"},
		{"Әнуар", "Анвар", "the same within a word"},
		{"Қоңыртауов", "Коныртауов", "ң is н"},
		{"Қоңыртауов", "Kongyrtauov", "ң is ng in old passports"},
		{"Боқаев", "Bokayev", "BGN"},
		{"Бокаев", "Boqaev", "Kazakh Latin"},
		{"Жыланбаев", "Zhylanbayev", "English"},
		{"Жыланбаев", "Jylanbaev", "Kazakh Latin, 2018 and 2021"},
		{"Жыланбаев", "Žylanbaev", "ISO 9"},
		{"Жыланбаев", "Schylanbajew", "German"},
		{"Жыланбаев", "Jylanbaïev", "French"},
		{"Жыланбаев", "Żyłanbajew", "Polish"},
		{"Шевченко", "Chevtchenko", "French ch is ш"},
		{"Чернов", "Tschernow", "German tsch is ч"},
		{"Щукин", "Chtchoukine", "French, with a mute e"},
		{"Щербаков", "Shcherbakov", "English shch"},
		{"Щербаков", "Szczerbakow", "Polish szcz"},
		{"Ержанов", "Yerzhanov", "zh after r is not rz"},
		{"Құсайынов", "Kussainov", "doubled s in French and English"},
		{"Марсель", "Marcel", "c before e is с in French and English"},
		{"Чагатаев", "Tsjagatajev", "Norwegian and Dutch tsj is ч"},
		{"Сергеев", "Serguéev", "French gu: weaker, but the consonants stand"},
		{"Пётр", "Pyotr", "ё is yo"},
		{"Петр", "Pyotr", "ё written e"},
		{"Ғабит", "Ğabit", "2021 alphabet"},
		{"Шоқан", "Şoqan", "2021 alphabet, also Turkish"},
		{"Жыланбаевтың", "Жыланбаев", "Kazakh genitive"},
		{"Жыланбаевпен", "Zhylanbayev", "Kazakh instrumental across scripts"},
		{"Асқарға", "Асқар", "Kazakh dative after р"},
		{"Жылқыбекке", "Жылқыбек", "Kazakh dative after к"},
		{"Жыланбаевым", "Жыланбаев", "Russian instrumental"},
		{"Зеленскому", "Зеленский", "Russian adjectival dative"},
		{"Маратом", "Marat", "Russian instrumental of a given name"},
		{"Zhylanbayev's", "Zhylanbayev", "English possessive"},
		{"ЖЫЛАНБАЕВ", "жыланбаев", "capitals"},
		{"Серікұлы", "Серикович", "patronymics of one father"},
		{"Жанаев", "Жaнаев", "a Latin a inside"},
		{"Холодинский", "Халадзінскі", "Belarusian дз before і"},
		{"Қаржаубай", "Карджаубай", "дж for ж"},
		{"Хасен", "Kasen", "х is k in some passports"},
	} {
		if !shareKey(tt.a, tt.b) {
			t.Errorf("%s %v and %s %v share no key: %s", tt.a, Keys(tt.a), tt.b, Keys(tt.b), tt.why)
		}
	}
}

func TestOtherNamesShareNoKey(t *testing.T) {
	for _, tt := range []struct{ a, b, why string }{
		{"Марат", "Мурат", "the first vowel parts short names"},
		{"Ержан", "Оржан", "an initial vowel has its class"},
		{"Жыланбаев", "Жолдасбаев", "other consonants"},
		{"Серик", "Серікұлы", "a name is not the patronymic of it"},
		{"ДВК", "ҚДТ", "abbreviations are for the table of aliases"},
	} {
		if shareKey(tt.a, tt.b) {
			t.Errorf("%s and %s share a key: %s", tt.a, tt.b, tt.why)
		}
	}
}

func TestMatchToken(t *testing.T) {
	for _, tt := range []struct {
		query, token string
		least, most  float64
		why, reason  string
	}{
		{"Жыланбаев", "ЖЫЛАНБАЕВ", 1, 1, "the same spelling", "case of letters does not count"},
		{"Жыланбаев", "Жыланбаевтың", 0.97, 0.97, "a Kazakh case form", "genitive"},
		{"Жыланбаев", "Жыланбаевым", 0.97, 0.97, "a Russian case form", "instrumental"},
		{"Жыланбаева", "Жыланбаевой", 0.97, 0.97, "a Russian case form", "feminine genitive"},
		{"Коныртауова", "Коныртауов", 0.97, 0.97, "a Russian case form", "the query may stand in a case"},
		{"Сергей", "Сергеем", 0.97, 0.97, "a Russian case form", "a name in й"},
		{"Мария", "Марией", 0.97, 0.97, "a Russian case form", "a name in ия"},
		{"Жыланбаев", "Zhylanbayev", 0.95, 0.95, "the other script", "English"},
		{"Zhylanbayev", "Жыланбаевқа", 0.95, 0.95, "the other script, a Kazakh case form", "Latin query, Kazakh dative"},
		{"Zhylanbayev", "Жыланбаева", 0.92, 0.95, "a near spelling", "Latin query, Russian genitive"},
		{"Бокаев", "Боқаев", 0.95, 0.95, "another spelling of the same sounds", "Russian and Kazakh letters"},
		{"Бокаев", "Боқаевқа", 0.95, 0.95, "another spelling of the same sounds", "and in the dative"},
		{"Алексей", "Олексій", 0.85, 0.85, "another form of the given name", "Ukrainian"},
		{"Иса", "Исы", 0.97, 0.97, "a Russian case form", "a given name of three letters"},
		{"Исой", "Иса", 0.97, 0.97, "a Russian case form", "the query in a case"},
		{"Али", "Алю", 0, 0.74, "", "Алю is of Аля"},
		{"Мария", "Маши", 0.85, 0.85, "another form of the given name", "a diminutive in the genitive"},
		{"Серікұлы", "Сериковичу", 0.85, 0.95, "a patronymic of the same name", "and in a Russian one"},
		{"Серікқызы", "Сериковной", 0.85, 0.95, "a patronymic of the same name", "of a woman"},
		{"Сергеевич", "Сергеичу", 0.8, 0.95, "a patronymic of the same name", "a patronymic as it is said"},
		{"Миронович", "Мироныч", 0.85, 0.95, "a patronymic of the same name", "and after a consonant"},
		{"Серікұлы", "Сериковичтің", 0.85, 0.95, "a patronymic of the same name", "Russian patronymic in a Kazakh case"},
		{"Марат", "М", 0.85, 0.85, "an initial", "an initial stands for a name"},
		{"Zhanar", "Ж", 0.85, 0.85, "an initial", "of the other script"},
		{"Марат", "Мурат", 0, 0.74, "a distant spelling", "other names are below Enough"},
		{"Мерк", "Марк", 0, 0.74, "a distant spelling", "short names of one script differ by a vowel"},
		{"Марат", "№", 0, 0, "another name", "no letters"},
	} {
		got, why := MatchToken(tt.query, tt.token)
		if got < tt.least-1e-9 || got > tt.most+1e-9 || !strings.HasPrefix(why, tt.why) {
			t.Errorf("MatchToken(%s, %s) = %.3f, %q; want %.2f to %.2f, %q: %s", tt.query, tt.token, got, why, tt.least, tt.most, tt.why, tt.reason)
		}
	}
}

func TestScore(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
		why  string
	}{
		{"Марат Жыланбаев", "Zhylanbayev Marat", true, "other script, other order"},
		{"Жыланбаев М.", "Marat Zhylanbayev", true, "an initial"},
		{"М.А.Жыланбаев", "Марат Асқарұлы Жыланбаев", true, "two initials, no spaces"},
		{"Асемгуль Шильдебек", "Әсемгүл Толбасықызы Шілдебек", true, "patronymic missing in one"},
		{"Даулетияр Шахпанович Коныртауов", "Дәулетияр Шахпанұлы Қоңыртауов", true, "Russian and Kazakh patronymics of one father"},
		{"Даулетияр Шахпан улы Коныртауов", "Дәулетияр Шахпанұлы Қоңыртауов", true, "a patronymic in two words"},
		{"Қасым-Жомарт Жүнісов", "Kassymzhomart Zhunisov", true, "a double name written as one"},
		{"Оразақ Смағұлұлы", "Orazak Smagulov", true, "a surname made of the patronymic"},
		{"Алексей Омельченко", "Oleksii Omelchenko", true, "Ukrainian form of the given name"},
		{"Жыланбаев, Марат (журналист)", "Марат Жыланбаев", true, "a catalogue's comma and note"},
		{"Пётр Фёдоров", "Petr Fedorov", true, "ё without its dots"},
		{"Жүнісәлі Жақыпбергенов", "Yunusali Yakupbergenov", true, "Kazakh ж is й elsewhere, in both words"},
		{"Дәулетияр Жүсіпәлиев", "Юсупалиев Даулетияр", true, "the same in one script"},
		{"Джусупали Коныртауов", "Yusufali Konyrtauov", true, "Russian дж for it"},
		{"Даулетияр Жолдасбаев", "Dauletiyar Yoldashbayev", true, "Uzbek and Turkish"},
		{"Нелли Пак", "Nelly Park", true, "a Korean surname as Seoul spells it"},
		{"Цой Тимур", "Timur Choi", true, "another"},
		{"Салтанат Нурманова", "Saltanat Noormanova", true, "English oo is у"},
		{"Марал Жанова", "Марал Енова", false, "ж with another vowel behind it is no й"},
		{"Марсель Сарымов", "Marcel Sarymov", true, "c before e is с in French and English"},
		{"Чагатай Коныртауов", "Tsjagataj Konyrtauov", true, "tsj is ч in Norwegian and Dutch"},
		{"Марат Оспанов", "Murat Ospanov", false, "another given name"},
		{"Марат Оспанов", "Марат Оспанбеков", false, "another surname"},
		{"Жыланбаев М.", "Даулет Жыланбаев", false, "a wrong initial"},
		{"Марат Серікұлы Оспанов", "Марат Ержанұлы Оспанов", false, "conflicting patronymics"},
		{"Марат", "Марат Оспанов", false, "one word of two is not enough"},
		{"А. Б.", "А. Б.", false, "initials alone are nobody"},
		{"", "Марат Оспанов", false, "no name"},
	} {
		score, same, why := Score(Parse(tt.a), Parse(tt.b))
		if same != tt.same {
			t.Errorf("Score(%s, %s) = %.3f, %v (%s), want %v: %s", tt.a, tt.b, score, same, why, tt.same, tt.why)
		}
	}
}

func TestScoreSaysWhy(t *testing.T) {
	_, _, why := Score(Parse("Марат Серікұлы Оспанов"), Parse("Ospanov M."))
	want := "Марат ~ M (initial); Оспанов = Ospanov (other script); Серікұлы (patronymic only in one)"
	if why != want {
		t.Errorf("why = %q, want %q", why, want)
	}
}

func TestParse(t *testing.T) {
	kinds := map[Kind]string{Word: "w", Initial: "i", Patronymic: "p", Particle: "-"}
	for _, tt := range []struct{ in, want, why string }{
		{"М.А.Жыланбаев", "i:М i:А w:Жыланбаев", "no spaces"},
		{"Жыланбаев Марат Асқарұлы", "w:Жыланбаев w:Марат p:Асқарұлы", "Kazakh patronymic"},
		{"Серик улы Марат", "w:Серик w:Марат", "a patronymic that stands first is a surname"},
		{"Марат Серік ұлы", "w:Марат p:Серік", "in two words"},
		{"Рабинович Иван Петрович", "w:Рабинович w:Иван p:Петрович", "a surname in -ович stands first"},
		{"Иван Петрович Рабинович", "w:Иван p:Петрович w:Рабинович", "or after the patronymic"},
		{"Ильяс Магомед-Саламович Умаров", "w:Ильяс p:Магомед-Саламович w:Умаров", "a double father"},
		{"Zh. Baimurzin", "i:Zh w:Baimurzin", "an initial of two letters"},
		{"Халид аль-Масри", "w:Халид -:аль w:Масри", "a particle"},
		{"Vandar’yeva O’Neil", "w:Vandar’yeva w:O’Neil", "apostrophes inside"},
		{"(скрыто)", "", "a note alone"},
		{"12 № !", "", "no letters"},
	} {
		var got []string
		for _, p := range Parse(tt.in).Parts {
			got = append(got, kinds[p.Kind]+":"+p.Text)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Parse(%s) = %s, want %s: %s", tt.in, s, tt.want, tt.why)
		}
	}
}

func TestExpandFindsTheSpellings(t *testing.T) {
	forms := map[string]int{
		"жыланбаев": 9, "жыланбаевтың": 4, "zhylanbayev": 7, "жыланбаеву": 2, "марат": 30, "маратқа": 3, "marat": 8, "мурат": 20, "м": 99, "суд": 500,
	}
	e := NewExpander("Марат Жыланбаев")
	v := NewVocabulary()
	seq := func(yield func(string, int) bool) {
		for f, n := range forms {
			if !yield(f, n) {
				return
			}
		}
	}
	for f, n := range forms {
		v.Add(f, n)
	}
	got := e.Expand(seq)
	want := []string{"0 марат 30", "0 маратқа 3", "0 marat 8", "1 жыланбаев 9", "1 жыланбаевтың 4", "1 жыланбаеву 2", "1 zhylanbayev 7"}
	if s := listed(got); !slices.Equal(s, want) {
		t.Errorf("Expand = %q, want %q", s, want)
	}
	if s := listed(v.Expand(e)); !slices.Equal(s, want) {
		t.Errorf("Vocabulary.Expand = %q, want %q", s, want)
	}
}

func TestMentionScoresAPassage(t *testing.T) {
	e := NewExpander("Марат Серікұлы Оспанов")
	score := func(words string) float64 {
		s, why := e.Mention(strings.Fields(words))
		if why == "" {
			t.Errorf("Mention(%s) gives no reason", words)
		}
		return s
	}
	for _, tt := range []struct{ better, worse, why string }{
		{"Марат Серікұлы Оспановтың", "Марата Оспанова", "with the patronymic before without"},
		{"Марата Оспанова", "Министр Марат Оспанов", "words of the name alone before others among them"},
		{"Марату Оспанову", "Оспанову М", "a given name before its initial"},
		{"Marat Ospanov", "Марат Ержанұлы Оспанов", "a missing patronymic before a conflicting one"},
		{"Оспановым М", "Оспанов Ж", "the right initial before a wrong one"},
		{"Маратом Оспановым", "Мурата Оспанова", "case endings do not count against a name"},
		{"Оспанов М", "Марат", "a surname with an initial before a given name"},
	} {
		if a, b := score(tt.better), score(tt.worse); a <= b {
			t.Errorf("%s has %.3f, %s has %.3f: want %s", tt.better, a, tt.worse, b, tt.why)
		}
	}
}

func listed(spellings []Spelling) (out []string) {
	for _, s := range spellings {
		out = append(out, strings.Join([]string{string(rune('0' + s.Part)), s.Form, itoa(s.Count)}, " "))
	}
	return out
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func TestGivenNamesAreFoundInOtherForms(t *testing.T) {
	v := NewVocabulary()
	for _, f := range []string{"олексій", "алеша", "aliaksei", "алексеевич", "андрей"} {
		v.Add(f, 1)
	}
	var got []string
	for _, s := range v.Expand(NewExpander("Алексей")) {
		got = append(got, s.Form)
	}
	slices.Sort(got)
	if want := []string{"aliaksei", "алеша", "олексій"}; !slices.Equal(got, want) {
		t.Errorf("Алексей is found as %q, want %q", got, want)
	}
}

// TestHugeInputIsRefusedFast would take minutes if anything went through a text
// once for each of its words.
func TestHugeInputIsRefusedFast(t *testing.T) {
	for _, unit := range []string{"()", "А. ", "Иванов ", "Ян-", "ц", "\xff", "A'", "Ё.", "Қ "} {
		huge := strings.Repeat(unit, 20_000)
		Score(Parse(huge), Parse(huge))
		MatchToken(huge, huge)
		Keys(huge)
		Recognise(huge)
		NewExpander(huge).Mention(strings.Fields(huge))
	}
}

var seeds = []string{
	"Марат Жыланбаев", "М.А.Жыланбаев", "Zhylanbayev’s", "Қасым-Жомарт", "Серік ұлы", "Schtschukin", "O‘zbek Qo'ziyeva", "Жaнаев", "İbrahim ýáli",
	"\xff\xfe", "ААААААААААААААААААААААААААААААААААААААААААААААААААААА", "wwwwwwwwwwww", "ццццццццццццццццццццццццццццццццццццццц", "()((", "ё", "ʹ", "a b c d e f g h i j k",
}

func FuzzKeys(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		keys := Keys(s)
		if !slices.Equal(keys, Keys(s)) {
			t.Errorf("Keys(%q) differs between calls", s)
		}
		if len(keys) > maxKeys {
			t.Errorf("Keys(%q) has %d keys", s, len(keys))
		}
		for i, k := range keys {
			if k == "" || !utf8.ValidString(k) || len(k) > maxSounds+2 || slices.Contains(keys[:i], k) {
				t.Errorf("Keys(%q) = %q", s, keys)
			}
		}
	})
}

func FuzzScore(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i+5)%len(seeds)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Parse(a), Parse(b)
		one, same, why := Score(x, y)
		two, again, _ := Score(y, x)
		if one != two || same != again {
			t.Errorf("Score(%q, %q) = %v, the other way %v", a, b, one, two)
		}
		if one < 0 || one > 1 || same != (one >= Same) || why == "" || !utf8.ValidString(why) {
			t.Errorf("Score(%q, %q) = %v, %v, %q", a, b, one, same, why)
		}
		words := 0
		for _, p := range x.Parts {
			if p.Kind == Word || p.Kind == Patronymic {
				words++
			}
		}
		if self, _, _ := Score(x, x); words >= 2 && self < 1-1e-9 {
			t.Errorf("Score(%q, itself) = %v", a, self)
		}
	})
}

func FuzzMatchToken(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, seeds[(i+3)%len(seeds)])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		s, why := MatchToken(a, b)
		if s < 0 || s > 1 || why == "" {
			t.Errorf("MatchToken(%q, %q) = %v, %q", a, b, s, why)
		}
		if m, why := NewExpander(a).Mention(strings.Fields(b)); m < 0 || m > 1 || why == "" {
			t.Errorf("Mention of %q by %q = %v, %q", a, b, m, why)
		}
		if self, _ := MatchToken(a, a); len(Keys(a)) > 0 && self != scoreExact {
			t.Errorf("MatchToken(%q, itself) = %v", a, self)
		}
	})
}

// vocabularyForBench is forms of invented names in their cases.
func vocabularyForBench() []string {
	var out []string
	for _, a := range []string{"жылан", "қоңыр", "бай", "шілде", "даулет", "асем", "ержан", "тлеу", "нұр", "сәуле"} {
		for _, b := range []string{"баев", "тауов", "бек", "бердин", "ханов", "ғали", "сұлтан", "ский"} {
			for _, c := range []string{"", "тың", "қа", "а", "у", "ым", "пен", "дан"} {
				out = append(out, a+b+c)
			}
		}
		for _, b := range []string{"bayev", "tauov", "bek", "berdin"} {
			out = append(out, a+b, "zh"+b, "sch"+b)
		}
	}
	return out
}

func BenchmarkExpand(b *testing.B) {
	forms := vocabularyForBench()
	e := NewExpander("Марат Жыланбаев")
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		e.Expand(func(yield func(string, int) bool) {
			for _, f := range forms {
				if !yield(f, 1) {
					return
				}
			}
		})
		n += len(forms)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "forms/s")
}

func BenchmarkKeys(b *testing.B) {
	forms := vocabularyForBench()
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range forms {
			Keys(f)
		}
	}
	b.ReportMetric(float64(b.N*len(forms))/b.Elapsed().Seconds(), "forms/s")
}

func BenchmarkScore(b *testing.B) {
	x, y := Parse("Даулетияр Шахпанович Коныртауов"), Parse("Dauletiyar Konyrtauov")
	b.ReportAllocs()
	for b.Loop() {
		Score(x, y)
	}
}
