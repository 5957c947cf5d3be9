package matrix

import (
	"slices"
	"strings"

	"dalel/corpus/lang"
	"dalel/corpus/names"
)

// columns are the columns of a list that mean something to us.
type columns struct {
	text             []int // what is looked up; several where a name is divided
	id, alias, birth int   // -1 if there is none
}

// heading is what a column is called in English, Russian and Kazakh, folded.
type heading []string

var (
	queryHeading   = heading{"query", "запрос", "сурау", "сұрау"}
	articleHeading = heading{"article", "articles", "статья", "статьи", "бап", "баптар", "reference"}
	nameHeading    = heading{
		"name", "names", "full name", "fullname", "person", "фио", "ф.и.о", "ф и о", "имя и фамилия", "фамилия и имя",
		"фамилия имя отчество", "фамилия, имя, отчество", "лицо", "человек", "полное имя", "аты-жөні", "аты жөні", "аты - жөні", "есімі",
		"тегі, аты, әкесінің аты", "тегі аты әкесінің аты", "тегі, аты", "адам", "тұлға", "толық аты-жөні",
	}
	surnameHeading    = heading{"surname", "last name", "lastname", "family name", "фамилия", "тегі"}
	givenHeading      = heading{"given name", "first name", "firstname", "forename", "имя", "аты"}
	patronymicHeading = heading{"patronymic", "middle name", "отчество", "әкесінің аты"}
	aliasHeading      = heading{
		"alias", "aliases", "aka", "a.k.a", "also known as", "other names", "other spellings", "variants", "псевдоним", "псевдонимы", "другие имена",
		"другое имя", "другие написания", "варианты", "варианты написания", "басқа есімдері", "басқа есімі", "басқаша жазылуы", "лақап аты", "бүркеншік аты",
	}
	birthHeading = heading{
		"born", "birth", "birth year", "birthyear", "year of birth", "date of birth", "birth date", "birthdate", "dob", "yob", "год рождения", "дата рождения",
		"г.р", "г. р", "гр", "родился", "рожд", "туған жылы", "туған күні", "туған", "т.ж", "жылы туған",
	}
	idHeading       = heading{"id", "no", "nr", "number", "номер", "код", "нөмірі", "реттік нөмірі", "р/с", "n п/п", "п/п", "no п/п"}
	decisionHeading = heading{"decision", "решение", "шешім", "шешімі", "вывод"}
	docHeading      = heading{"doc", "document", "sha256"}
	paraHeading     = heading{"para", "paragraph"}
	refHeading      = heading{"ref"}
)

// headings are those by which a table is known for one.
var headings = slices.Concat(queryHeading, articleHeading, nameHeading, surnameHeading, givenHeading, aliasHeading, birthHeading, idHeading)

// foldHeading is a heading without the differences of writing.
func foldHeading(s string) string {
	s = strings.NewReplacer("_", " ", "№", "no", "\ufeff", "").Replace(s)
	var words []string
	for w := range strings.FieldsSeq(s) {
		words = append(words, lang.Fold(w))
	}
	return strings.Trim(strings.Join(words, " "), " .:*")
}

func (h heading) has(cell string) bool { return slices.Contains(h, foldHeading(cell)) }

func (h heading) in(header []string) int { return slices.IndexFunc(header, h.has) }

func isColumn(cell string) bool { return headings.has(cell) }

// headerReach is how many rows a title may stand above the header.
const headerReach = 12

// headerAt returns the row that is the header; -1 where the first row is a row
// of the list already.
func headerAt(rows [][]string, f Field) int {
	wanted := map[Field]heading{
		Query: queryHeading, Article: articleHeading, Name: slices.Concat(nameHeading, surnameHeading),
	}
	for _, h := range []heading{wanted[f], slices.Concat(queryHeading, nameHeading, articleHeading)} {
		for i := range min(len(rows), headerReach) {
			if h.in(rows[i]) >= 0 {
				return i
			}
		}
	}
	if f == Name && len(rows[0]) > 0 && len(names.Recognise(rows[0][0])) > 0 {
		return -1
	}
	return 0
}

// columnsOf finds the columns of a header. What is looked up stands in the
// column of the field, else in that of names, else in the first.
func columnsOf(header []string, f Field) columns {
	c := columns{id: idHeading.in(header), alias: -1, birth: -1}
	for _, h := range map[Field][]heading{
		Query: {queryHeading, nameHeading, articleHeading}, Name: {nameHeading, queryHeading}, Article: {articleHeading, queryHeading, nameHeading},
	}[f] {
		if i := h.in(header); i >= 0 {
			c.text = []int{i}
			break
		}
	}
	if f == Name {
		c.alias, c.birth = aliasHeading.in(header), birthHeading.in(header)
	}
	if c.text == nil && f != Article {
		for _, h := range []heading{surnameHeading, givenHeading, patronymicHeading} {
			if i := h.in(header); i >= 0 {
				c.text = append(c.text, i)
			}
		}
	}
	if c.text == nil {
		c.text = []int{0}
	}
	return c
}
