package meta

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// otherNames are names of States that the library does not have: those of the
// United Nations terminology bulletin, of old judgments, and official ones.
var otherNames = map[string]string{
	"republic of kazakhstan": "KZ", "республика казахстан": "KZ", "республики казахстан": "KZ", "казахстана": "KZ", "қазақстан республикасы": "KZ",
	"russian federation": "RU", "the russian federation": "RU", "российская федерация": "RU", "ресей федерациясы": "RU", "россии": "RU", "российской федерации": "RU",
	"кыргызстан": "KG", "кыргызская республика": "KG", "кыргызстана": "KG", "қырғыз республикасы": "KG", "узбекистана": "UZ", "таджикистана": "TJ",
	"туркменистана": "TM", "беларуси": "BY", "республика беларусь": "BY", "украины": "UA", "молдовы": "MD", "республика молдова": "MD", "азербайджана": "AZ",
	"грузии": "GE", "армении": "AM", "турции": "TR", "польши": "PL", "литвы": "LT", "латвии": "LV", "эстонии": "EE", "германии": "DE", "франции": "FR",
	"republic of moldova": "MD", "the republic of moldova": "MD", "türkiye": "TR", "turkey": "TR", "түркия": "TR", "the united kingdom": "GB",
	"united kingdom of great britain and northern ireland": "GB", "соединенное королевство": "GB", "united states of america": "US", "the united states of america": "US",
	"соединенные штаты америки": "US", "the netherlands": "NL", "netherlands": "NL", "czech republic": "CZ", "the czech republic": "CZ", "north macedonia": "MK",
	"the former yugoslav republic of macedonia": "MK", "syrian arab republic": "SY", "сирийская арабская республика": "SY", "iran (islamic republic of)": "IR",
	"исламская республика иран": "IR", "viet nam": "VN", "lao people's democratic republic": "LA", "democratic people's republic of korea": "KP",
	"republic of korea": "KR", "республика корея": "KR", "venezuela (bolivarian republic of)": "VE", "bolivia (plurinational state of)": "BO",
	"united republic of tanzania": "TZ", "democratic republic of the congo": "CD", "cabo verde": "CV", "brunei darussalam": "BN", "state of palestine": "PS",
	"islamic republic of iran": "IR", "federal republic of germany": "DE", "the federal republic of germany": "DE", "people's republic of china": "CN", "греции": "GR", "румынии": "RO", "болгарии": "BG",
}

// states maps the names of States, in lower case, to their codes (ISO 3166-1).
var states = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, 1000)
	for _, tag := range []language.Tag{language.English, language.Russian, language.MustParse("kk")} {
		names := display.Regions(tag)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				code := string(a) + string(b)
				r, err := language.ParseRegion(code)
				if err != nil || !r.IsCountry() || r.Canonicalize() != r {
					continue
				}
				if n := names.Name(r); n != "" {
					out[plainName(n)] = code
				}
			}
		}
	}
	for n, code := range otherNames {
		out[plainName(n)] = code
	}
	return out
})

var plainNames = strings.NewReplacer("ё", "е", "’", "'", "-", " ", "‑", " ")

func plainName(s string) string {
	return strings.Join(strings.Fields(plainNames.Replace(strings.ToLower(s))), " ")
}

// countryOf returns the code of a State by its name; "" if it is none.
func countryOf(name string) string { return states()[plainName(strings.Trim(name, " .,;*"))] }
