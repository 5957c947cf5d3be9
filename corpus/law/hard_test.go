package law

import "testing"

// Forms that were read wrongly once, each with what is particular about it.
func TestHardForms(t *testing.T) {
	check(t, []row{
		{"ст.ст.174 ч.2, 256 ч.1, 258 УК РК", "KZ-UK/174/2 KZ-UK/256/1 KZ-UK/258", "no article has 258 parts"},
		{"по ст. 170 ч. 3, 233-3 УК РК 1997 года", "KZ-UK-1997/170/3 KZ-UK-1997/233-3", "nor a part 233-3"},
		{"ст. 256 ч. 1, 2 УК РК", "KZ-UK/256/1 KZ-UK/256/2", "but a part 2"},
		{"по ст. 256 ч. 1 УК РК, 2021 года рождения", "KZ-UK/256/1", "a year is no article"},
		{"ст. 174-ч.2 УК РК", "KZ-UK/174/2", "a hyphen before the word for a part"},
		{"согласно статьям 13 (пункты 1 и 2) и 39 (пункт 3) Конституции Республики Казахстан", "KZ-CONST/13/p1 KZ-CONST/13/p2 KZ-CONST/39/p3", "the list of points ends with its bracket"},
		{"по статье 400 УК (нарушение порядка организации собраний) и 488 КоАП", "KZ-UK-2014/400 KZ-KOAP/488", "another code follows the bare number"},
		{"по статье 400 УК и 15 июня", "KZ-UK-2014/400", "a day does not"},
		{"ст. 6 § 1 и § 3 (c) Конвенции о защите прав человека и основных свобод", "ECHR/6/par1 ECHR/6/par3/ppc", "the sign stands twice"},
		{"Сноска. Статья 405 с изменениями, внесенными Законом РК от 16.07.2025 № 210-VIII", "*/405 KZ-LAW-210-VIII-2025", "an act that amends an article does not have it"},
		{"Ескерту. 405-бапқа өзгеріс енгізілді – ҚР 16.07.2025 № 210-VIII Заңымен", "*/405 KZ-LAW-210-VIII-2025", "in Kazakh"},
		{"пункт 26 статьи 2 Конституции штата Огайо", "*/2/p26", "a state within a country has a constitution of its own"},
		{"ҚК 3-бабының 3) тармағы", "KZ-UK/3/p3", "a bracket is a point's, also right under an article of a criminal code"},
		{"ҚК 188-бабының 3-тармағы", "KZ-UK/188/3", "without one the press means the part"},
		{"ҚР ҚК 405 б. 2 б. бойынша", "KZ-UK-2014/405/2", "бап and бөлік are both б."},
		{"art. 405, pt. 2 of the Criminal Code", "KZ-UK-2014/405/2", "pt. after a comma"},
		{"Section 2 of Article 405 of the Penal Code", "KZ-UK-2014/405/2", "section for a part"},
		{"Section 2 of the report on Kazakhstan", "", "of no article"},
		{"Article 3, item 39, of the Criminal Code", "KZ-UK/3/p39", "item for a point"},
		{"item 3 of the agenda", "", "of no article"},
		{"articles 9 (1), 14 (2) and (3) (b), (d) and (e) and 19 (2) of the Covenant", "ICCPR/9/p1 ICCPR/14/p2 ICCPR/14/p3/ppb ICCPR/14/p3/ppd ICCPR/14/p3/ppe ICCPR/19/p2", "letters under the last number, then the next article"},
		{"article 9 (1) (a), (3) and (4) of the Covenant", "ICCPR/9/p1/ppa ICCPR/9/p3 ICCPR/9/p4", "and back up to numbers"},
		{"CCPR art. 14(5)", "ICCPR/14/p5", "the committee's abbreviation is the treaty's"},
		{"former Article 164 of the 1997 Criminal Code, now Article 174", "KZ-UK-1997/164 KZ-UK-2014/174", "now is of today's edition"},
		{"ст. 164 УК 1997 года (ныне ст. 174 УК)", "KZ-UK-1997/164 KZ-UK-2014/174", "in Russian"},
		{"Sholpanbay v. Liechtenstein [GC], no. 93720/06, § 127", "ECHR/93720/06", "how the Court cites itself"},
		{"Invoice no. 93720/06 was paid", "", "without parties it is a number like others"},
		{"Opinions No. 916/2017, paras. 41–45; No. 967/2018, para. 50", "A/HRC/WGAD/2017/916 A/HRC/WGAD/2018/967", "a list with paragraphs between"},
		{"Мнение Рабочей группы по произвольным задержаниям № 922/2022", "A/HRC/WGAD/2022/922", "the body between the word and the number"},
	})
}
