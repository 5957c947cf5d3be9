// Package i18n holds the words of the page in Kazakh, Russian and English.
//
// A catalog is a JSON object from keys to messages. A message is a string, or
// a list of plural forms: one, other in Kazakh and English; one, few, many in
// Russian. A placeholder is a name in braces: "{n}". The three catalogs hold
// the same keys with the same placeholders; a test sees to it.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// Lang is a language of the page.
type Lang string

// The languages of the page.
const (
	KK Lang = "kk"
	RU Lang = "ru"
	EN Lang = "en"
)

// Langs lists the languages, in the order of the menu.
var Langs = []Lang{KK, RU, EN}

// Known reports whether l is one of Langs.
func (l Lang) Known() bool { return l == KK || l == RU || l == EN }

// forms returns how many plural forms l has.
func (l Lang) forms() int {
	if l == RU {
		return 3
	}
	return 2
}

// form returns which plural form of l stands with n. After a numeral a Kazakh
// noun stays singular, but the words around it may change.
func (l Lang) form(n int) int {
	n = max(n, -n)
	if l != RU {
		if n == 1 {
			return 0
		}
		return 1
	}
	tens, ones := n%100, n%10
	switch {
	case ones == 1 && tens != 11:
		return 0
	case ones >= 2 && ones <= 4 && (tens < 12 || tens > 14):
		return 1
	}
	return 2
}

// Choose returns the language that fits the value of an Accept-Language
// header; English when none does.
func Choose(header string) Lang {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return EN
	}
	_, i, confidence := language.NewMatcher([]language.Tag{language.English, language.Kazakh, language.Russian}).Match(tags...)
	if confidence == language.No {
		return EN
	}
	return []Lang{EN, KK, RU}[i]
}

// message is one entry of a catalog: one form, or the plural forms.
type message []string

// UnmarshalJSON reads a string or a list of strings.
func (m *message) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return json.Unmarshal(b, (*[]string)(m))
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*m = message{s}
	return nil
}

// Load reads the catalogs.
func Load() (map[Lang]*Printer, error) {
	printers := make(map[Lang]*Printer, len(Langs))
	for _, l := range Langs {
		b, err := files.ReadFile(string(l) + ".json")
		if err != nil {
			return nil, fmt.Errorf("i18n: reading the catalog: %w", err)
		}
		p := &Printer{Lang: l}
		if err := json.Unmarshal(b, &p.words); err != nil {
			return nil, fmt.Errorf("i18n: %s.json: %w", l, err)
		}
		printers[l] = p
	}
	return printers, nil
}

// Printer says things in one language. It is safe for concurrent use.
type Printer struct {
	Lang  Lang
	words map[string]message
}

// Has reports whether there is a message with this key.
func (p *Printer) Has(key string) bool { return len(p.words[key]) > 0 }

// T returns the message of a key. The args are pairs of a placeholder's name
// and its value; whole numbers are printed as the language does. An unknown
// key is returned as it is, so that a reader sees something to report.
func (p *Printer) T(key string, args ...any) string {
	m := p.words[key]
	if len(m) == 0 {
		return key
	}
	return p.fill(m[0], args)
}

// N returns the message of a key in the plural form for n, which also fills
// the placeholder {n}.
func (p *Printer) N(key string, n int, args ...any) string {
	m := p.words[key]
	if len(m) == 0 {
		return key
	}
	return p.fill(m[min(p.Lang.form(n), len(m)-1)], append([]any{"n", n}, args...))
}

func (p *Printer) fill(s string, args []any) string {
	if len(args) == 0 {
		return s
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		value := fmt.Sprint(args[i+1])
		if n, ok := args[i+1].(int); ok {
			value = p.Num(n)
		}
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), value)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Or returns the message of a key, or other when there is none: for values
// that documents bring along, of which we know only some.
func (p *Printer) Or(key, other string) string {
	if !p.Has(key) {
		return other
	}
	return p.T(key)
}
