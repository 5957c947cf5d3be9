package cite

import (
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
)

// gapWords name what is missing, in the citation itself.
var gapWords = map[string][3]string{ // en, ru, kk
	"number":  {"number", "номер", "нөмірі"},
	"symbol":  {"symbol", "условное обозначение", "шартты белгісі"},
	"date":    {"date", "дата", "күні"},
	"dateof":  {"date", "дата", "күні"},
	"year":    {"year", "год", "жылы"},
	"title":   {"title", "название", "атауы"},
	"parties": {"name of the case", "имена", "есімдері"},
	"country": {"State", "государство", "мемлекет"},
	"body":    {"body", "орган", "орган"},
	"court":   {"court", "суд", "сот"},
	"case":    {"case number", "номер дела", "іс нөмірі"},
	"url":     {"address", "адрес", "мекенжайы"},
	"pin":     {"no printed number", "место без номера", "нөмірі жоқ жері"},
	"note":    {"note", "сноска", "сілтеме"},
	"app":     {"application number", "номер жалобы", "шағым нөмірі"},
	"author":  {"author", "автор", "авторы"},
	"series":  {"treaty series", "сборник договоров", "шарттар жинағы"},
}

// gap is the visible mark of a field that is not known.
func gap(name, lang string) string { return "[" + pick(lang, gapWords[name]) + "?]" }

func pick(lang string, w [3]string) string {
	switch lang {
	case "ru":
		return w[1]
	case "kk":
		return w[2]
	}
	return w[0]
}

var (
	monthsEN = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	monthsBB = []string{"Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."} // Bluebook table T12
	monthsRU = []string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"}
	monthRU  = []string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}
	monthsKK = []string{"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"}
	// attrKK are the endings of "of the … of": 2023 жылғы 27 ақпандағы. They follow
	// the last sound: -дағы, -дегі; after a voiceless consonant -тағы, -тегі.
	attrKK = []string{"дағы", "дағы", "дағы", "дегі", "дағы", "дағы", "дегі", "дағы", "тегі", "дағы", "дағы", "дағы"}
)

// dateIn writes a date in the manner of a style.
func dateIn(d corpus.Date, s Style, lang string) string {
	if !d.Valid() {
		return ""
	}
	parts := strings.Split(string(d), "-")
	n := [3]int{}
	for i, p := range parts {
		n[i], _ = strconv.Atoi(p) // Valid has checked the digits
	}
	year := parts[0]
	switch len(parts) {
	case 1:
		return year + yearWord(s, lang)
	case 2:
		return monthIn(n[1]-1, year, s, lang)
	}
	day, m := strconv.Itoa(n[2]), n[1]-1
	switch {
	case lang == "ru" && s == GOST:
		return parts[2] + "." + parts[1] + "." + year
	case lang == "ru":
		return day + " " + monthsRU[m] + " " + year + " г."
	case lang == "kk":
		return year + " жылғы " + day + " " + monthsKK[m]
	case s == Bluebook:
		return monthsBB[m] + " " + day + ", " + year
	}
	return day + " " + monthsEN[m] + " " + year
}

// yearWord is what follows a year that stands alone.
func yearWord(s Style, lang string) string {
	switch {
	case lang == "ru" && s != GOST:
		return " г."
	case lang == "kk":
		return " жыл"
	}
	return ""
}

func monthIn(m int, year string, s Style, lang string) string {
	switch {
	case lang == "ru" && s == GOST:
		return fmt.Sprintf("%02d.%s", m+1, year)
	case lang == "ru":
		return monthRU[m] + " " + year + " г."
	case lang == "kk":
		return year + " жылғы " + monthsKK[m]
	case s == Bluebook:
		return monthsBB[m] + " " + year
	}
	return monthsEN[m] + " " + year
}

// dateOfKK writes a date as what a thing is of: "2023 жылғы 27 ақпандағы".
func dateOfKK(d corpus.Date) string {
	s := dateIn(d, KZ, "kk")
	if n := strings.Count(string(d), "-"); s == "" || n < 2 {
		return strings.TrimSuffix(s, " жыл") + map[bool]string{true: " жылғы", false: ""}[s != "" && n == 0]
	}
	m, _ := strconv.Atoi(string(d)[5:7]) // Valid has checked the digits
	return s + attrKK[m-1]
}

// dativeKK writes a date as a bound: "2025 жылғы 16 шілдеге" дейінгі, up to it.
func dativeKK(d corpus.Date) string {
	s := dateIn(d, KZ, "kk")
	switch {
	case s == "":
		return ""
	case strings.HasSuffix(s, "жыл"):
		return s + "ға"
	case strings.HasSuffix(s, "шілде"), strings.HasSuffix(s, "сәуір"):
		return s + "ге"
	case strings.HasSuffix(s, "қыркүйек"):
		return s + "ке"
	}
	return s + "ға"
}

// ordinals name bullets up to the twentieth; later ones are written in digits.
var ordinalsEN = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth")

var ordinalsRU = strings.Fields("первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый двадцатый")

var ordinalsKK = strings.Split("бірінші|екінші|үшінші|төртінші|бесінші|алтыншы|жетінші|сегізінші|тоғызыншы|оныншы|он бірінші|он екінші|он үшінші|он төртінші|он бесінші|он алтыншы|он жетінші|он сегізінші|он тоғызыншы|жиырмасыншы", "|")

// bullet names one of the unnumbered items under a number.
func bullet(n int, lang string) string {
	if n > len(ordinalsEN) {
		return pick(lang, [3]string{"bullet " + strconv.Itoa(n), strconv.Itoa(n) + "-й элемент перечня", "тізімнің " + strconv.Itoa(n) + "-элементі"})
	}
	return pick(lang, [3]string{ordinalsEN[n-1] + " bullet", ordinalsRU[n-1] + " элемент перечня", "тізімнің " + ordinalsKK[n-1] + " элементі"})
}

// voices name a party's words, as they stand after the pinpoint.
var voiceWords = map[corpus.Voice][3]string{
	corpus.VoiceSource:      {"source’s submission", "доводы источника", "өтініш берушінің уәждері"},
	corpus.VoiceGovernment:  {"Government’s reply", "ответ правительства", "Үкіметтің жауабы"},
	corpus.VoiceDissent:     {"separate opinion", "особое мнение", "ерекше пікір"},
	corpus.VoiceProsecution: {"prosecution’s case", "доводы обвинения", "айыптаушы тараптың уәждері"},
	corpus.VoiceDefence:     {"defence’s argument", "доводы защиты", "қорғау тарапының уәждері"},
	corpus.VoiceWitness:     {"witness’s testimony", "показания свидетеля", "куәнің айғақтары"},
	corpus.VoiceExpert:      {"expert’s opinion", "заключение эксперта", "сарапшының қорытындысы"},
}

// statusWords tell what became of a document. Final and in force need no word.
var statusWords = map[string][3]string{
	"advance":  {"advance unedited version", "предварительная неотредактированная версия", "алдын ала, редакцияланбаған нұсқасы"},
	"appealed": {"under appeal", "обжалуется", "шағым жасалған"},
	"annulled": {"annulled", "отменено", "күші жойылды"},
	"repealed": {"repealed", "утратило силу", "күші жойылған"},
}

var (
	nestedWords   = [3]string{"quoting another text", "цитата из другого текста", "басқа мәтіннен келтірілген дәйексөз"}
	emphasisWords = [3]string{"emphasis added", "выделено нами", "ерекшелеген – біз"}
	oursWords     = [3]string{"our translation", "перевод наш", "аударма біздікі"}
	machineWords  = [3]string{"machine translation", "машинный перевод", "машиналық аударма"}
	byWords       = [3]string{"translation by ", "перевод: ", "аударған: "}
	editionWords  = [3]string{"edition not established", "редакция не установлена", "редакциясы белгісіз"}
	unofficial    = [3]string{"unofficial translation", "неофициальный перевод", "бейресми аударма"}
)

// countries are names of the States that the documents speak of most, by the
// code of ISO 3166-1: those of Central Asia and their neighbours, and of the
// Council of Europe's cases on removal to them.
var countries = map[string][3]string{
	"KZ": {"Kazakhstan", "Казахстан", "Қазақстан"}, "RU": {"Russia", "Россия", "Ресей"},
	"KG": {"Kyrgyzstan", "Кыргызстан", "Қырғызстан"}, "UZ": {"Uzbekistan", "Узбекистан", "Өзбекстан"},
	"TJ": {"Tajikistan", "Таджикистан", "Тәжікстан"}, "TM": {"Turkmenistan", "Туркменистан", "Түрікменстан"},
	"BY": {"Belarus", "Беларусь", "Беларусь"}, "UA": {"Ukraine", "Украина", "Украина"},
	"TR": {"Türkiye", "Турция", "Түркия"}, "CN": {"China", "Китай", "Қытай"}, "AZ": {"Azerbaijan", "Азербайджан", "Әзербайжан"},
	"GE": {"Georgia", "Грузия", "Грузия"}, "AM": {"Armenia", "Армения", "Армения"}, "FR": {"France", "Франция", "Франция"},
	"PL": {"Poland", "Польша", "Польша"}, "SI": {"Slovenia", "Словения", "Словения"}, "GB": {"United Kingdom", "Великобритания", "Ұлыбритания"},
	"US": {"United States", "США", "АҚШ"}, "DE": {"Germany", "Германия", "Германия"}, "IT": {"Italy", "Италия", "Италия"},
}
