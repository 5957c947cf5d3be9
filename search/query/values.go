package query

import (
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/law"
)

// value is a value of a field, and the words that are read as it, in lower
// case, with ё as е and blanks for hyphens.
type value struct {
	name  string
	words []string // English, Russian, Kazakh
}

// TermsOff is the value of FieldTerms that leaves legal terms in other
// languages out of a search.
const TermsOff = "off"

// AsWords is the value of FieldAs.
const AsWords = "words"

// values are the fields that hold one of few values. The words are those of the
// pages, and what people shorten them to.
var values = map[Field][]value{
	FieldKind: {
		{string(corpus.WGADOpinion), []string{
			"opinion", "wgad", "мнение", "мнение рабочей группы", "мнение рабочей группы по произвольным задержаниям",
			"пікір", "жұмыс тобының пікірі", "негізсіз ұстау жөніндегі жұмыс тобының пікірі",
		}},
		{string(corpus.Petition), []string{
			"communication", "обращение", "петиция", "обращение в рабочую группу", "өтініш", "жұмыс тобына өтініш",
		}},
		{string(corpus.Views), []string{
			"соображения", "соображения комитета", "комитет пікірі", "комитеттің пікірі",
		}},
		{string(corpus.UNDocument), []string{"un", "оон", "документ оон", "бұұ", "бұұ құжаты"}},
		{string(corpus.Judgment), []string{
			"judgement", "решение международного суда", "халықаралық сот шешімі", "халықаралық соттың шешімі",
		}},
		{string(corpus.Verdict), []string{"verdicts", "приговор", "приговоры", "үкім", "үкімдер"}},
		{string(corpus.Ruling), []string{"rulings", "постановление", "постановления", "қаулы", "қаулылар"}},
		{string(corpus.Decision), []string{"decisions", "решение", "решения", "шешім", "шешімдер"}},
		{string(corpus.NormativeResolution), []string{
			"нормативное постановление", "нормативное постановление верховного суда",
			"нормативтік қаулы", "жоғарғы соттың нормативтік қаулысы",
		}},
		{string(corpus.Indictment), []string{"обвинительный акт", "обвинительное заключение", "айыптау актісі"}},
		{string(corpus.ExpertReport), []string{
			"заключение эксперта", "экспертиза", "сараптама", "сарапшының қорытындысы", "сарапшы қорытындысы",
		}},
		{string(corpus.HearingRecord), []string{
			"протокол судебного заседания", "протокол заседания", "сот отырысының хаттамасы",
		}},
		{string(corpus.Interrogation), []string{
			"interrogation record", "протокол допроса", "допрос", "жауап алу", "жауап алу хаттамасы",
		}},
		{string(corpus.Appeal), []string{
			"жалоба", "апелляция", "кассация", "апелляционная жалоба", "кассационная жалоба",
			"шағым", "апелляциялық шағым", "кассациялық шағым",
		}},
		{string(corpus.Resolution), []string{"resolutions", "резолюция", "резолюции", "қарар", "қарарлар"}},
		{string(corpus.Motion), []string{"проект резолюции", "қарар жобасы"}},
		{string(corpus.Statute), []string{"law", "code", "закон", "кодекс", "заң"}},
		{string(corpus.Regulation), []string{"подзаконный акт", "правила", "приказ", "ереже", "бұйрық"}},
		{string(corpus.Treaty), []string{
			"convention", "договор", "международный договор", "конвенция", "шарт", "халықаралық шарт", "конвенциялар",
		}},
		{string(corpus.Submission), []string{
			"submissions", "ngo submission", "доклад", "доклады", "доклад нпо", "баяндама", "үеұ баяндамасы",
		}},
		{string(corpus.News), []string{"news item", "новость", "новости", "жаңалық", "жаңалықтар"}},
		{string(corpus.Other), []string{"другое", "прочее", "иное", "басқа"}},
	},
	FieldLang: {
		{"kk", []string{"kz", "kaz", "kazakh", "казахский", "қазақ", "қазақша", "қазақ тілі"}},
		{"ru", []string{"rus", "russian", "русский", "орыс", "орысша", "орыс тілі"}},
		{"en", []string{"eng", "english", "английский", "ағылшын", "ағылшынша", "ағылшын тілі"}},
	},
	FieldVoice: {
		{string(corpus.VoiceSource), []string{
			"petitioner", "источник", "доводы источника", "заявитель", "өтініш беруші", "өтініш берушінің",
			"өтініш берушінің уәждері",
		}},
		{string(corpus.VoiceGovernment), []string{
			"state", "правительство", "правительства", "ответ правительства", "үкімет", "үкіметтің", "үкіметтің жауабы",
		}},
		{string(corpus.VoiceBody), []string{
			"findings", "орган", "органа", "выводы органа", "рабочая группа", "органның", "органның тұжырымдары", "жұмыс тобы",
		}},
		{string(corpus.VoiceDissent), []string{"dissenting opinion", "особое мнение", "ерекше пікір"}},
		{string(corpus.VoiceProsecution), []string{
			"prosecutor", "обвинение", "обвинения", "прокурор", "айыптаушы", "айыптаушының", "прокурордың",
		}},
		{string(corpus.VoiceDefence), []string{
			"defense", "defence counsel", "защита", "защиты", "защитник", "адвокат", "қорғаушы", "қорғаушының", "адвокаттың",
		}},
		{string(corpus.VoiceWitness), []string{"свидетель", "свидетеля", "куә", "куәнің"}},
		{string(corpus.VoiceExpert), []string{"эксперт", "эксперта", "сарапшы", "сарапшының"}},
		{string(corpus.VoiceCourt), []string{"суд", "суда", "сот", "соттың"}},
		{string(corpus.VoiceAuthor), []string{"автор", "автора", "автордың"}},
		{string(corpus.VoiceThird), []string{"third party", "intervener", "третья сторона", "третьей стороны", "үшінші тарап", "үшінші тараптың"}},
	},
	FieldCategory: {
		{"I", []string{"1", "і"}},
		{"II", []string{"2", "іі"}},
		{"III", []string{"3", "ііі"}},
		{"IV", []string{"4", "іv"}},
		{"V", []string{"5"}},
	},
	FieldStatus: {
		{"final", []string{"вступил в законную силу", "окончательный", "заңды күшіне енген", "түпкілікті"}},
		{"appealed", []string{"under appeal", "обжалуется", "обжалован", "шағым жасалған"}},
		{"not_final", []string{"not yet in force", "не вступил в законную силу", "заңды күшіне енбеген"}},
		{"changed", []string{"changed on appeal", "изменен", "өзгертілген", "өзгертілді"}},
		{"annulled", []string{"отменен", "күші жойылды"}},
		{"repealed", []string{"утратил силу", "күші жойылған"}},
		{"in_force", []string{"действует", "в силе", "қолданыста"}},
		{"advance", []string{"advance version", "предварительный", "алдын ала"}},
	},
	FieldTerms: {
		{TermsOff, []string{"no", "выкл", "нет", "өшірулі", "жоқ"}},
	},
	FieldAs: {
		{AsWords, []string{"word", "слова", "слово", "сөз", "сөздер"}},
	},
	FieldIn: {
		{string(corpus.SectionProcedure), []string{"производство", "ход производства", "іс жүргізу барысы"}},
		{string(corpus.SectionFacts), []string{
			"факты", "обстоятельства", "описательная", "описательная часть", "фактілер", "мән жайлар", "сипаттау", "сипаттау бөлігі",
		}},
		{string(corpus.SectionSubmissions), []string{
			"submissions of the parties", "доводы", "доводы сторон", "уәждер", "тараптардың уәждері",
		}},
		{string(corpus.SectionReasoning), []string{
			"мотивировочная", "мотивировочная часть", "мотивировочной", "уәждеу", "уәждеу бөлігі",
		}},
		{string(corpus.SectionOperative), []string{
			"operative part", "disposition", "резолютивная", "резолютивная часть", "резолютивной", "қарар", "қарар бөлігі",
		}},
		{string(corpus.SectionRecitals), []string{"preamble", "recital", "преамбула", "преамбулы", "кіріспе", "кіріспе бөлігі"}},
	},
}

// Values returns the values of a field that holds one of few, in the order of
// menus; nil for other fields.
func Values(f Field) []string {
	names := make([]string, 0, len(values[f]))
	for _, v := range values[f] {
		names = append(names, v.name)
	}
	return slices.Clip(names)
}

// canonical returns the value that s is a word for.
func canonical(f Field, s string) (string, bool) {
	s = plainWords(s)
	for _, v := range values[f] {
		if s == strings.ToLower(strings.ReplaceAll(v.name, "_", " ")) || slices.Contains(v.words, s) {
			return v.name, true
		}
	}
	return "", false
}

// spelling replaces what may be written in more than one way.
var spelling = strings.NewReplacer("ё", "е", "_", " ", "-", " ", "‐", " ", "‑", " ")

// plainWords takes away the differences of writing that the tables do not have.
func plainWords(s string) string {
	return strings.Join(strings.Fields(spelling.Replace(strings.ToLower(s))), " ")
}

// resolve gives the text of m its printed form, or says what is wrong with it.
func (m *Match) resolve() (code string, args []string) {
	switch m.Field {
	case FieldDate:
		m.Exact = false
		m.Text, code, args = canonicalDate(m.Text)
	case FieldKind, FieldLang, FieldVoice, FieldCategory, FieldStatus, FieldIn, FieldTerms, FieldAs:
		m.Exact = false
		v, ok := canonical(m.Field, m.Text)
		if !ok {
			return CodeBadValue, []string{string(m.Field), m.Text, strings.Join(Values(m.Field), ", ")}
		}
		m.Text = v
	case FieldArticle:
		if _, ok := law.ParseQuery(string(FieldArticle) + ":" + m.Text); !ok {
			return CodeBadRef, []string{string(m.Field), m.Text}
		}
	case FieldAbout:
		refs, ok := law.Whole(m.Text)
		if !ok || len(refs) != 1 || refs[0].Kind != law.Document {
			return CodeBadNumber, []string{string(m.Field), m.Text}
		}
	case FieldName, FieldCites, FieldCourt, FieldBody, FieldCountry, FieldPerson, FieldFolder, FieldTag:
	}
	return code, args
}
