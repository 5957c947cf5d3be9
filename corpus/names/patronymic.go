package names

import (
	"strings"
	"unicode/utf8"
)

// patronymicEndings are the endings of patronymics, longer before shorter where
// one ends in another: Russian as it is written and as it is said (Сергеич,
// Иваныч), Ukrainian, Belarusian, Kazakh, Kyrgyz, Uzbek, Azerbaijani.
var patronymicEndings = struct{ cyrillic, latin []string }{
	cyrillic: []string{
		"евич", "ович", "йович", "ич", "еич", "аич", "ьич", "ыч", "евна", "овна", "инична", "ична",
		"евіч", "овіч", "авіч", "ьович", "аўна", "еўна", "оўна", "івна", "ївна",
		"ұлы", "улы", "уулу", "қызы", "кызы", "кизи", "қизи", "угли", "ўғли", "оглы", "оғлы", "зода",
	},
	latin: []string{
		"evich", "ovich", "avich", "ivich", "evych", "ovych", "avych", "ivych", "evic", "ovic", "avic", "ewicz", "owicz",
		"ewitsch", "owitsch", "evitch", "ovitch", "evitsj", "ovitsj", "evitj", "ovitj", "avitj", "evits", "ovits", "yich", "ich",
		"evna", "ovna", "avna", "ewna", "owna", "auna", "awna", "euna", "ouna", "ivna", "yivna", "ichna", "inichna", "icna",
		"uly", "uli", "uulu", "kyzy", "qyzy", "kizi", "qizi", "gyzy", "ugli", "ogli", "ogly", "oghli", "oglu", "zoda",
	},
}

// patronymicNames are the patronymics in -ич and -ична that are told from
// surnames by the name alone: Ильич, Кузьмич, Никитична.
var shortPatronymics = map[string]bool{
	"иль": true, "кузьм": true, "фом": true, "лук": true, "никит": true, "савв": true, "фок": true, "ильин": true, "кузьмин": true, "фомин": true, "лукин": true,
	"il": true, "ily": true, "kuzm": true, "kuz'm": true, "fom": true, "luk": true, "nikit": true, "il'": true,
}

// patronymicRoot returns the father's name in a patronymic, folded as the
// patronymic is: серік of серікұлы, серик of серикович. A root has two
// letters at least.
func patronymicRoot(form string) (string, bool) {
	first, _ := utf8.DecodeRuneInString(form)
	ends := patronymicEndings.cyrillic
	if !isCyrillic(first) {
		ends, form = patronymicEndings.latin, bareLatin(form)
	}
	best := ""
	for _, e := range ends {
		if strings.HasSuffix(form, e) && len(e) > len(best) {
			best = e
		}
	}
	if best == "" {
		return "", false
	}
	root := strings.TrimRight(strings.TrimSuffix(form, best), "-'")
	switch best {
	case "ич", "ична", "инична", "ich", "ichna", "inichna", "icna", "yich":
		return root, shortPatronymics[root]
	}
	return root, utf8.RuneCountInString(root) >= 2
}

// rootInCase is patronymicRoot of a patronymic that may have the vowel of a Russian
// case: Сериковичу, Сериковны.
func rootInCase(form string) (string, bool) {
	if root, ok := patronymicRoot(form); ok {
		return root, true
	}
	if isCyrillicForm(form) {
		if name := patronymicOf(form); name != form {
			return patronymicRoot(name)
		}
	}
	return "", false
}

// bareLatin takes marks and palatal signs off the letters that endings of
// patronymics are written with.
func bareLatin(form string) string {
	for _, r := range form {
		if r >= utf8.RuneSelf {
			return latinMarks.Replace(form)
		}
	}
	return form
}

var latinMarks = strings.NewReplacer(
	"ı", "i", "ï", "i", "ī", "i", "í", "i", "ì", "i", "č", "ch", "ć", "ch", "ū", "u", "ü", "u", "ú", "u", "ŭ", "u", "ů", "u",
	"ý", "y", "ʹ", "", "ş", "sh", "ó", "o", "ò", "o", "é", "e", "è", "e",
)

// particle says what a word that stands for a patronymic's ending is: ұлы in
// "Серік ұлы", бек оглы.
func isSonOf(form string) bool {
	switch form {
	case "ұлы", "улы", "уулу", "қызы", "кызы", "кизи", "оглы", "угли", "ўғли",
		"uly", "uulu", "kyzy", "qyzy", "kizi", "ogly", "oglu", "ugli", "ogli":
		return true
	}
	return false
}
