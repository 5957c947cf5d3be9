package lang

import "strings"

// kazakhStems strips the commonest endings.
func kazakhStems(form string) []string {
	for _, e := range []string{"тарының", "дарының", "ларының", "терінің", "дерінің", "лерінің", "ының", "інің", "сының", "сінің", "ның", "нің", "дың", "дің", "тың", "тің", "лар", "лер", "дар", "дер", "тар", "тер", "сы", "сі", "ға", "ге", "қа", "ке", "ы", "і"} {
		if rest, ok := strings.CutSuffix(form, e); ok && len(rest) >= 6 {
			return []string{rest}
		}
	}
	return []string{form}
}

// latinKazakhStems reads a Latin word of a Kazakh text as what it is.
func latinKazakhStems(form string) []string { return englishStems(form) }
