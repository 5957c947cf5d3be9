package law

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dalel/corpus"
)

// keysOf lists the keys found in a text; an open edition shows as it prints.
func keysOf(text string, ctx Context) string {
	var keys []string
	for _, r := range Find(text, ctx) {
		keys = append(keys, r.Key())
	}
	return strings.Join(keys, " ")
}

type row struct{ text, want, why string }

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.text, func(t *testing.T) {
			if got := keysOf(tt.text, Context{}); got != tt.want {
				t.Errorf("Find(%q)\n got %s\nwant %s\n%s", tt.text, got, tt.want, tt.why)
			}
			for _, r := range Find(tt.text, Context{}) {
				if !readsAgain(tt.text, r) {
					t.Errorf("Find(%q): the span %q of %s is not read so by itself", tt.text, tt.text[r.Start:r.End], r.Key())
				}
			}
		})
	}
}

func TestFindsRussianReferences(t *testing.T) {
	check(t, []row{
		{"осужден по ч. 2 ст. 405 УК РК", "KZ-UK-2014/405/2", "the plain form; numbers above 393 are of 2014"},
		{"осуждён по статье 405 части 2 Уголовного кодекса Республики Казахстан", "KZ-UK-2014/405/2", "part after the article"},
		{"ст.405 ч.2 УК РК", "KZ-UK-2014/405/2", "no blanks"},
		{"УК РК, ст. 405, ч. 2", "KZ-UK-2014/405/2", "the code first"},
		{"часть вторая статьи 405 УК", "KZ-UK-2014/405/2", "the part in words after its noun"},
		{"по второй части 405-й статьи УК РК", "KZ-UK-2014/405/2", "the part in words before it, the article as an ordinal"},
		{"по 405 статье УК РК", "KZ-UK-2014/405", "the press puts the number first"},
		{"ст.ст. 174, 256-258 УК РК", "KZ-UK/174 KZ-UK/256 KZ-UK/257 KZ-UK/258", "a list with a range, one code"},
		{"пп. 1, 3 ч. 3 ст. 272 УК РК", "KZ-UK/272/3/p1 KZ-UK/272/3/p3", "пп. before a part means points"},
		{"пп. 4) п. 1 ст. 6 Закона РК «О миграции населения»", "KZ-LAW-MIGRATION/6/p1/pp4", "пп. before a point means a subpoint"},
		{"п/п 2 п. 3 ст. 20 Конституции РК", "KZ-CONST/20/p3/pp2", "п/п"},
		{"ч. 3 ст. 30, ч. 1 ст. 318 УК РФ", "RU-UK/30/3 RU-UK/318/1", "an attempt pair shares the code"},
		{"ст. 24 ч. 3 ст. 99 УК РК", "KZ-UK/24/3 KZ-UK/99", "written article first: the part is not of art. 99"},
		{"ст. 24-188 УК РК", "KZ-UK/24 KZ-UK/188", "an attempt pair with a hyphen"},
		{"ст. 30 ч. 3, ст. 105 ч. 2 п. «а» УК РФ", "RU-UK/30/3 RU-UK/105/2/pа", "article first, twice"},
		{"п.п. «а», «б» ч. 2 ст. 105 УК РФ", "RU-UK/105/2/pа RU-UK/105/2/pб", "lettered points"},
		{"п. «a» ч. 2 ст. 105 УК РФ", "RU-UK/105/2/pа", "a Latin a among Cyrillic"},
		{"ст. 188 (Кража) и ст. 190 (Мошенничество) УК РК", "KZ-UK-2014/188 KZ-UK-2014/190", "titles between, which tell the edition"},
		{"ст. 330 ч. 1 УК РК «незаконное пересечение Государственной границы»", "KZ-UK-1997/330/1", "the title is of the code of 1997"},
		{"ст. 164 УК РК (возбуждение национальной вражды)", "KZ-UK-1997/164", "the title is of 1997"},
		{"ст. 174 УК РК (разжигание розни)", "KZ-UK-2014/174", "the title is of 2014"},
		{"статья 141-1 УК РК", "KZ-UK-1997/141-1", "an added article that only one Code has"},
		{"статья 174 УК РК 1997 года", "KZ-UK-1997/174", "the year says it"},
		{"статьи 12 и 13 Закона Республики Казахстан от 18 февраля 2005 года № 31 «О противодействии экстремизму»", "KZ-LAW-EXTREMISM/12 KZ-LAW-EXTREMISM/13", "a law with all its details"},
		{"подпункт 4-1) пункта 2-1 статьи 9-1 Закона «Об адвокатской деятельности и юридической помощи»", "KZ-LAW-ADVOCACY/9-1/p2-1/pp4-1", "hyphens at all levels"},
		{"пунктом 5 постановления Правительства Республики Казахстан от 3 марта 2011 года № 931", "KZ-GOV-931-2011/p5", "an act without articles"},
		{"пункт 7 нормативного постановления Верховного Суда Республики Казахстан от 8 декабря 2017 года № 11", "KZ-NPVS-11-2017/p7", "a normative resolution"},
		{"нормативное постановление Верховного Суда РК № 5 от 11 мая 2007 года", "KZ-NPVS-5-2007", "and as a whole"},
		{"п. 3 ст. 9 и ст. 14 МПГПП", "ICCPR/9/p3 ICCPR/14", "a treaty by its abbreviation"},
		{"пункт 1 статьи 19 Пакта", "ICCPR/19/p1", "the Covenant"},
		{"пункт 5 статьи 20 Конституционного закона Республики Казахстан «О выборах»", "KZ-CLAW-ELECTIONS/20/p5", "a constitutional law is not the Constitution"},
		{"статья 20.2 КоАП", "RU-KOAP/20.2", "a dot is Russian numbering"},
		{"ст. 489 КРКобАП", "KZ-KOAP/489", "an old nickname"},
		{"статей 3 и 4 УПК Кыргызской Республики", "KG-UPK/3 KG-UPK/4", "a neighbour's code"},
		{"Cтатья 405 УК PК", "KZ-UK-2014/405", "Latin C and P among Cyrillic"},
		{"ст. 405 УК РК", "KZ-UK-2014/405", "no-break spaces"},
		{"стать\u00adи 405 УК РК", "KZ-UK-2014/405", "a soft hyphen"},
		{"статьи 9, 14 и 19 Международного пакта о гражданских и политических правах", "ICCPR/9 ICCPR/14 ICCPR/19", "a list and a long name"},
		{"часть 2 той же статьи", "", "no article before"},
		{"по ст. 405 УК РК. Часть 2 той же статьи гласит", "KZ-UK-2014/405 KZ-UK-2014/405/2", "a back reference"},
		{"статья 5 настоящего Закона", "*/5", "the act that speaks itself"},
		{"пункт 11 настоящих Правил", "*/p11", "rules without a name"},
		{"ст. 15 Федерального закона от 4 мая 2011 г. № 99-ФЗ", "RU-FZ-99-2011/15", "a federal law"},
	})
}

func TestFindsKazakhReferences(t *testing.T) {
	check(t, []row{
		{"ҚР ҚК 405-бабының 2-бөлігі бойынша", "KZ-UK-2014/405/2", "the plain form"},
		{"Қылмыстық кодекстің 405-бабының екінші бөлігімен", "KZ-UK-2014/405/2", "the part in words"},
		{"Қазақстан Республикасы Қылмыстық кодексінің төрт жүз бесінші бабы", "KZ-UK-2014/405", "the article in words"},
		{"Қылмыстық кодекстің үш жүз он жетінші бабының үшінші бөлігі", "KZ-UK/317/3", "17 after a hundred"},
		{"Қылмыстық кодекстің 174 және 256-баптары", "KZ-UK/174 KZ-UK/256", "a list"},
		{"Қылмыстық кодекстің 255–258-баптары", "KZ-UK/255 KZ-UK/256 KZ-UK/257 KZ-UK/258", "a range"},
		{"ҚК-нің 366-ншы бабы 4-інші бөлігімен", "KZ-UK/366/4", "endings after an abbreviation and after numbers"},
		{"ҚР ҚК 152-бабының 3-бөлімімен", "KZ-UK/152/3", "бөлім for бөлік"},
		{"ҚР ҚК 188-бабының 2-тармағымен", "KZ-UK/188/2", "тармақ for бөлік in a code that has parts"},
		{"Конституцияның 20-бабының 3-тармағы", "KZ-CONST/20/p3", "a point where the act has points"},
		{"Ата Заңның 14-бабы 2-тармағының 1) тармақшасы", "KZ-CONST/14/p2/pp1", "a nickname and three levels"},
		{"«Діни қызмет және діни бірлестіктер туралы» Заңның 5 бабының 4) тармақшасы", "KZ-LAW-RELIGION/5/pp4", "no hyphen, but a place below"},
		{"2005 жылғы 18 ақпандағы № 31 Заңының 12-бабы", "KZ-LAW-EXTREMISM/12", "the date names the law"},
		{"Қылмыстық кодекстің 3 бабы бойынша", "KZ-UK", "three articles, not article 3"},
		{"Қылмыстық кодекстің үш бабы бойынша", "KZ-UK", "three articles in words"},
		{"Қылмыстық кодекстің бірнеше бабы", "KZ-UK", "some articles"},
		{"3 бап", "*/3", "a heading"},
		{"ҚР ҚК 330-1 б.", "KZ-UK-1997/330-1", "б. for бап"},
		{"осы баптың 2-тармағы", "*/p2", "this article"},
		{"Үкіметтің 2011 жылғы 5 наурыздағы № 931 қаулысының 11-тармағы", "KZ-GOV-931-2011/p11", "an act without articles"},
		{"QR QPK 201-babyna sáıkes", "KZ-UPK/201", "Kazakh in Latin letters"},
		{"77-baby 3-tarmaǵynyń 1-tarmaqshasyna", "*/77/p3/pp1", "three levels in Latin letters"},
		{"Қылмыстық кодекстiң 405-бабы", "KZ-UK-2014/405", "a Latin i"},
		{"Азаматтық және саяси құқықтар туралы халықаралық пактінің 9-бабы", "ICCPR/9", "a treaty"},
		{"405-бабының 3-тар-мағына", "*/405/p3", "a hyphen left from the end of a line"},
	})
}

func TestFindsEnglishReferences(t *testing.T) {
	check(t, []row{
		{"under Article 405(2) of the Criminal Code of Kazakhstan", "KZ-UK-2014/405/2", "brackets are a part in a criminal code"},
		{"Article 405 Part 2 of the Criminal Code of the Republic of Kazakhstan", "KZ-UK-2014/405/2", "the part after it"},
		{"part 2 of article 405 of the Kazakh Criminal Code", "KZ-UK-2014/405/2", "the part before it"},
		{"Kazakhstan’s Criminal Code, Article 405", "KZ-UK-2014/405", "the code first"},
		{"Art. 405 CC RK", "KZ-UK-2014/405", "abbreviated"},
		{"articles 9, 14 (3) (b) and 19 (2) of the International Covenant on Civil and Political Rights", "ICCPR/9 ICCPR/14/p3/ppb ICCPR/19/p2", "brackets are paragraphs in a covenant"},
		{"article 14, paragraph 3 (b), of the Covenant", "ICCPR/14/p3/ppb", "the style of the treaty bodies"},
		{"articles 14 (1) and (3) (d) of the Covenant", "ICCPR/14/p1 ICCPR/14/p3/ppd", "two paragraphs of one article"},
		{"Articles 6, 7 and 5 § 1 of the European Convention on Human Rights", "ECHR/6 ECHR/7 ECHR/5/par1", "§ binds to the last"},
		{"under Article 405 § 2 of the Criminal Code of Kazakhstan", "KZ-UK-2014/405/2", "§ of a code is its part"},
		{"Article 5 §§ 1 and 4 of the Convention", "ECHR/5/par1 ECHR/5/par4", "§§ is a list"},
		{"Article 5 §§ 1 (f), 2 and 4 of the Convention", "ECHR/5/par1/ppf ECHR/5/par2 ECHR/5/par4", "a letter within the list"},
		{"Article 5 (art. 5) of the Convention", "ECHR/5", "the old style repeats the article"},
		{"article 2, read in conjunction with article 26, of the ICCPR", "ICCPR/2 ICCPR/26", "words of joining"},
		{"articles 3, 9 and 10 of the Universal Declaration of Human Rights and articles 9 and 14 of the Covenant", "UDHR/3 UDHR/9 UDHR/10 ICCPR/9 ICCPR/14", "two acts"},
		{"the Law “On Countering Extremism” and Article 12-2 of it", "KZ-LAW-EXTREMISM KZ-LAW-EXTREMISM/12-2", "the only act of the sentence"},
		{"paragraph 1 (*a*) of this article", "*/p1/ppa", "emphasis left in the text; this article"},
		{"Rule 43 of the Nelson Mandela Rules", "MANDELA/43", "rules in place of articles"},
		{"rule 43 of the club", "", "not a rule that we know"},
		{"article II of the Genocide Convention", "GENOCIDE/2", "a Roman numeral"},
		{"Criminal Code64", "KZ-UK", "a note number glued to the code"},
	})
}

func TestWhatIsNoArticle(t *testing.T) {
	check(t, []row{
		{"САПП Республики Казахстан, 2013 г., № 34, ст. 504", "", "an item of a gazette"},
		{"Ведомости Парламента, 1996 г., N 1, ст. 178; 1997 г., N 12, ст. 193", "", "items of a gazette"},
		{"Собрание законодательства, 2002, № 1 (ч. 1), ст. 3", "", "a gazette in parts"},
		{"осужден по 3 статьям, наказан 5 годами", "", "three articles"},
		{"в 15 ч. 20 мин. на ст. Алматы-2", "", "hours and a station"},
		{"дело № 7599-23-00-1/123", "7599-23-00-1/123", "a case number is a document"},
		{"часть 2 книги", "", "a part of a book"},
		{"статьи 2014 года", "", "articles of a year"},
		{"Chapter 5 and paragraph 7 above", "", "a paragraph of the text itself"},
		{"two articles, 5 people", "", "no number after the word"},
	})
}

func TestFindsDocuments(t *testing.T) {
	check(t, []row{
		{"see A/HRC/WGAD/2018/67, para. 34", "A/HRC/WGAD/2018/67", "a symbol with a paragraph"},
		{"Opinion No. 67/2018", "A/HRC/WGAD/2018/67", "an opinion is its symbol"},
		{"Мнение № 67/2018 Рабочей группы", "A/HRC/WGAD/2018/67", "in Russian"},
		{"№ 67/2018 пікір", "A/HRC/WGAD/2018/67", "in Kazakh"},
		{"CCPR/C/KAZ/CO/2.", "CCPR/C/KAZ/CO/2", "the full stop is not part of it"},
		{"A/HRC/52/33/Add.2, para. 7", "A/HRC/52/33/Add.2", "an addendum"},
		{"А/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a Cyrillic А"},
		{"application no. 47056/11", "ECHR/47056/11", "an application"},
		{"(applications nos. 47056/11, 931/12 and 4/13)", "ECHR/47056/11 ECHR/931/12 ECHR/4/13", "several"},
		{"Жалоба № 47056/11", "ECHR/47056/11", "in Russian"},
		{"по сообщению № 931/2010", "CCPR/C/D/931/2010", "a communication"},
		{"P8_TA-PROV(2019)0203 and P8_TA(2019)0203", "P8_TA(2019)0203 P8_TA(2019)0203", "the provisional text is the final one"},
		{"RC-B8-0204/2019; B8‑0205/2019", "RC-B8-0204/2019 B8-0205/2019", "tabled texts, a no-break hyphen"},
		{"(2019/2610(RSP))", "2019/2610(RSP)", "a procedure"},
		{"Resolution 1526 (2006)", "PACE/RES/1526(2006)", "the Parliamentary Assembly"},
		{"Human Rights Council resolution 16/21", "A/HRC/RES/16/21", "the Council"},
		{"General Assembly resolution 60/147", "A/RES/60/147", "the Assembly"},
		{"General comment No. 34 (2011)", "CCPR/C/GC/34", "a general comment"},
		{"[2009] ECHR 1903", "[2009] ECHR 1903", "a neutral citation"},
	})
}

func TestDateTellsTheEdition(t *testing.T) {
	const text = "ст. 174 УК РК"
	for _, tt := range []struct {
		date corpus.Date
		want string
		why  string
	}{
		{"", "KZ-UK/174", "open"},
		{"2010-05-01", "KZ-UK-1997/174", "before 2015"},
		{"2014-12-31", "KZ-UK-1997/174", "the last day"},
		{"2015-01-01", "KZ-UK-2014/174", "the first day"},
		{"2015", "KZ-UK-2014/174", "the whole year is on one side"},
		{"1990", "KZ-UK/174", "before both"},
	} {
		if got := keysOf(text, Context{Date: tt.date}); got != tt.want {
			t.Errorf("on %q: %s, want %s: %s", tt.date, got, tt.want, tt.why)
		}
	}
	if r := Find(text, Context{}); len(r) != 1 || fmt.Sprint(r[0].Candidates) != "[2014 1997]" {
		t.Errorf("candidates of an open edition: %v", r)
	}
}

func TestMemoryCarriesOverParagraphs(t *testing.T) {
	var m Memory
	ctx := Context{Memory: &m}
	for _, tt := range []row{
		{"по статье 405 Уголовного кодекса", "KZ-UK-2014/405", "names the code"},
		{"по статье 405 вины нет", "KZ-UK-2014/405", "the article was named with its code"},
		{"the Convention against Torture", "CAT", "names a convention"},
		{"article 15 of the Convention", "CAT/15", "the Convention is that one"},
		{"часть 2 той же статьи", "CAT/15/2", "the last article"},
	} {
		if got := keysOf(tt.text, ctx); got != tt.want {
			t.Errorf("%q: %s, want %s: %s", tt.text, got, tt.want, tt.why)
		}
	}
}

func TestDocumentTellsTheCountry(t *testing.T) {
	var m Memory
	Find("The applicant was tried in Spain under the Act of 1973.", Context{Memory: &m})
	if got := keysOf("Article 14 of the Constitution", Context{Memory: &m}); got != "ES-CONST/14" {
		t.Errorf("in a document on Spain: %s", got)
	}
	if got := keysOf("Article 14 of the Constitution", Context{}); got != "KZ-CONST/14" {
		t.Errorf("in a document that names no country: %s", got)
	}
}

func TestOffsetsAreOfTheOriginal(t *testing.T) {
	text := "Әй! по ч.\u00a02 ст. 405 УК\u00ad РК, сказал он"
	refs := Find(text, Context{})
	if len(refs) != 1 || text[refs[0].Start:refs[0].End] != "ч.\u00a02 ст. 405 УК\u00ad РК" {
		t.Errorf("Find(%q) = %+v", text, refs)
	}
}

// valid reports what is wrong with the references of a text; "" if nothing.
func valid(text string, refs []Ref) string {
	last := 0
	for _, r := range refs {
		if r.Start < last || r.End <= r.Start || r.End > len(text) {
			return fmt.Sprintf("offsets %d:%d after %d", r.Start, r.End, last)
		}
		last = r.Start
		if utf8.ValidString(text) && !utf8.ValidString(text[r.Start:r.End]) {
			return "cuts a rune"
		}
		if r.Kind == Document {
			continue
		}
		back, ok := ParseQuery(r.Key())
		if !ok || len(back) != 1 || back[0].Key() != r.Key() {
			return fmt.Sprintf("key %q reads back as %v", r.Key(), back)
		}
	}
	return ""
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"ч. 2 ст. 405 УК РК", "405-бабының 2-бөлігі", "Articles 5 § 1 (c) and 14(3)(b) of the Covenant", "ст.ст. 1-5, 7 УК",
		"«Заң» 2001 жылғы 23 қаңтардағы № 31 Заңының 5-бабы", "A/HRC/WGAD/2018/67, para. 5", "п. «а» ч. 2 ст. 105 (убийство) УК РФ", "\xff ст. 5",
		"0000000000ч о) УК", "2000ж1қаңтар№0Заң", "ы) бап 5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		refs := Find(s, Context{})
		if bad := valid(s, refs); bad != "" {
			t.Errorf("%q: %s", s, bad)
		}
		for _, r := range refs[:min(len(refs), 10)] {
			if !readsAgain(s, r) {
				t.Errorf("%q: the span %q of %s is not read so by itself", s, s[r.Start:r.End], r.Key())
			}
		}
	})
}

// TestHostileTextTakesLinearTime repeats what each loop of the grammar looks
// ahead over. The bound is wide, for the race
// detector on a busy machine: a quadratic loop takes minutes.
func TestHostileTextTakesLinearTime(t *testing.T) {
	for _, s := range hostile {
		text := strings.Repeat(s, 60_000/len(s))
		start := time.Now()
		refs := Find(text, Context{})
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%q repeated to 60 kB takes %v", s, took)
		}
		if bad := valid(text, refs[:min(len(refs), 50)]); bad != "" {
			t.Errorf("%q: %s", s, bad)
		}
	}
}

var hostile = []string{
	"(", "«", "\"", "ст. ", "ст. 5, ", "5, ", "5-", "5 и ", "закон ", "of the ", "УК РК ", "п. 1 ", "ч. 1 ", "§ 1 ", "A/", "(1) ", "Article 5 (", "2001 жылғы ", "№ 5 ",
	"«Туралы ", "Қазақстан ", "бір жүз ", "5 бабы ", "1) ", "application no. 1/11, ", "статьи 1 (x) и ", "\u00ad", "Конвенция ", "п. 1 ч. 2, ", "Article 5 and ", "a\u00ad",
	"ст. 5 (x) ", "ст. 1-60, ", "Article 5(1)(a), (b), ", "кодекс от 3 июля 2014 года № 5 ", "ст. 174 розн ",
}

func BenchmarkFind(b *testing.B) {
	plain := strings.Repeat("Адвокат заявил ходатайство о вызове свидетелей, однако судья в его удовлетворении отказала без объяснения причин. ", 8)
	dense := "Суд признал его виновным по ч. 2 ст. 405 УК РК и ст.ст. 174, 256-258 УК РК, хотя статьи 9, 14 и 19 Пакта этого не допускают. "
	mixed := strings.Repeat(plain+"\n"+plain+"\n"+dense+plain+"\n", 20)
	for name, text := range map[string]string{"plain": plain, "dense": strings.Repeat(dense, 20), "mixed": mixed} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for range b.N {
				for p := range strings.Lines(text) {
					Find(p, Context{})
				}
			}
		})
	}
}

// Further forms, one a line. With the tables above they are more than 400.
func TestFindsFurtherForms(t *testing.T) {
	raw, err := os.ReadFile("testdata/forms.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range strings.Lines(string(raw)) {
		if text, keys, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok && !strings.HasPrefix(line, "#") {
			rows = append(rows, row{text, keys, ""})
		}
	}
	if len(rows) < 250 {
		t.Fatalf("%d forms, want 250 and more", len(rows))
	}
	check(t, rows)
}

// TestAMegabyteOfNothing is what a hostile file holds: the time must be in
// proportion to the length.
func TestAMegabyteOfNothing(t *testing.T) {
	for _, s := range []string{"ст. ", "5", "405 "} {
		took := func(size int) time.Duration {
			text := strings.Repeat(s, size/len(s))
			start := time.Now()
			Find(text, Context{})
			return time.Since(start)
		}
		small, large := took(1<<17), took(1<<20)
		if large > 30*time.Second || large > 40*small && large > time.Second {
			t.Errorf("%q: 128 kB take %v and a megabyte %v, want 8 times as much", s, small, large)
		}
	}
}
