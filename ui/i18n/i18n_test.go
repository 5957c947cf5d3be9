package i18n

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func printers(t *testing.T) map[Lang]*Printer {
	t.Helper()
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCatalogsHoldTheSameKeys(t *testing.T) {
	all := printers(t)
	for _, l := range []Lang{KK, RU} {
		for key := range all[EN].words {
			if !all[l].Has(key) {
				t.Errorf("%s.json has no %q", l, key)
			}
		}
		for key := range all[l].words {
			if !all[EN].Has(key) {
				t.Errorf("en.json has no %q, %s.json has", key, l)
			}
		}
	}
}

// A key that stands twice in a file would hide a message.
func TestCatalogsHoldAKeyOnce(t *testing.T) {
	for _, l := range Langs {
		b, err := files.ReadFile(string(l) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		dec, seen := json.NewDecoder(strings.NewReader(string(b))), map[string]bool{}
		depth, isKey := 0, true
		for {
			tok, err := dec.Token()
			if err != nil {
				break
			}
			switch v := tok.(type) {
			case json.Delim:
				if v == '{' || v == '[' {
					depth++
				} else {
					depth--
					isKey = true
				}
			case string:
				if depth != 1 {
					continue
				}
				if isKey && seen[v] {
					t.Errorf("%s.json: %q stands twice", l, v)
				}
				if isKey {
					seen[v] = true
				}
				isKey = !isKey
			}
		}
	}
}

func TestPluralForms(t *testing.T) {
	all := printers(t)
	for key, m := range all[EN].words {
		plural := len(m) > 1
		for _, l := range Langs {
			want := 1
			if plural {
				want = l.forms()
			}
			if got := len(all[l].words[key]); got != want {
				t.Errorf("%s.json: %q has %d forms, want %d", l, key, got, want)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z0-9]+\}`)

func TestPlaceholdersAreAlike(t *testing.T) {
	all := printers(t)
	names := func(s string) []string {
		return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(s, -1))))
	}
	for key, m := range all[EN].words {
		want := names(m[0])
		for _, l := range Langs {
			for _, form := range all[l].words[key] {
				if got := names(form); !slices.Equal(got, want) {
					t.Errorf("%s.json: %q has %v, want %v", l, key, got, want)
				}
			}
		}
	}
}

// After a numeral a Kazakh noun stays singular: «14 бет оқылмады».
func TestKazakhNounsAreSingularAfterNumerals(t *testing.T) {
	plural := regexp.MustCompile(`\{n\} \p{L}+?(лар|лер|дар|дер|тар|тер)(\P{L}|$|ы|і|дың|дің|тың|тің|ның|нің|да|де|та|те)`)
	for key, m := range printers(t)[KK].words {
		for _, form := range m {
			if found := plural.FindString(form); found != "" {
				t.Errorf("kk.json: %q says %q", key, found)
			}
		}
	}
}

// Kazakh words must not be written with letters of other alphabets that look
// the same, or a reader's own search would not find them.
func TestNoLatinLettersInsideCyrillicWords(t *testing.T) {
	mixed := regexp.MustCompile(`\p{Cyrillic}[A-Za-z]|[A-Za-z]\p{Cyrillic}`)
	for _, l := range Langs {
		for key, m := range printers(t)[l].words {
			for _, form := range m {
				if found := mixed.FindString(form); found != "" {
					t.Errorf("%s.json: %q mixes alphabets at %q", l, key, found)
				}
			}
		}
	}
}

func TestN(t *testing.T) {
	all := printers(t)
	for _, tt := range []struct {
		lang Lang
		n    int
		want string
		why  string
	}{
		{RU, 1, "1 страница не прочитана", "one"},
		{RU, 21, "21 страница не прочитана", "ends in one"},
		{RU, 11, "11 страниц не прочитано", "eleven does not"},
		{RU, 3, "3 страницы не прочитаны", "few"},
		{RU, 13, "13 страниц не прочитано", "thirteen is many"},
		{RU, 112, "112 страниц не прочитано", "so is a hundred and twelve"},
		{RU, 0, "0 страниц не прочитано", "none is many"},
		{KK, 1, "1 бет оқылмады", "one"},
		{KK, 14, "14 бет оқылмады", "the noun stays singular"},
		{EN, 1, "1 page was not read", "one"},
		{EN, 2, "2 pages were not read", "other"},
	} {
		if got := all[tt.lang].N("count.unread", tt.n); got != tt.want {
			t.Errorf("%s N(%d) = %q, want %q: %s", tt.lang, tt.n, got, tt.want, tt.why)
		}
	}
}

func TestNum(t *testing.T) {
	all := printers(t)
	for _, tt := range []struct {
		lang Lang
		n    int
		want string
		why  string
	}{
		{RU, 7, "7", "short"},
		{RU, 1541, "1541", "four digits stand together"},
		{RU, 12450, "12\u202f450", "five are grouped by a thin space"},
		{KK, 1234567, "1\u202f234\u202f567", "twice"},
		{EN, 1541, "1,541", "English groups four"},
		{EN, 100000, "100,000", "the first group may be full"},
		{EN, -12, "−12", "a minus, not a hyphen"},
	} {
		if got := all[tt.lang].Num(tt.n); got != tt.want {
			t.Errorf("%s Num(%d) = %q, want %q: %s", tt.lang, tt.n, got, tt.want, tt.why)
		}
	}
}

func TestDate(t *testing.T) {
	all := printers(t)
	for _, tt := range []struct {
		lang     Lang
		in, want string
		why      string
	}{
		{KK, "2022-08-30", "2022\u00a0жылғы\u00a030\u00a0тамыз", "the year first"},
		{KK, "2022-08", "2022\u00a0жылғы\u00a0тамыз", "no day"},
		{RU, "2022-08-30", "30\u00a0августа 2022\u00a0г.", "the month in the genitive"},
		{RU, "2022-08", "август 2022\u00a0г.", "the month in the nominative"},
		{EN, "2022-08-03", "3\u00a0August 2022", "no leading zero"},
		{EN, "2022-08", "August 2022", "no day"},
		{RU, "2022", "2022", "a year alone"},
		{RU, "late 2022", "late 2022", "not a date: as it is"},
		{RU, "", "", "none"},
	} {
		if got := all[tt.lang].Date(tt.in); got != tt.want {
			t.Errorf("%s Date(%q) = %q, want %q: %s", tt.lang, tt.in, got, tt.want, tt.why)
		}
	}
	if got := all[EN].Day(time.Time{}); got != "" {
		t.Errorf("Day(zero) = %q, want nothing", got)
	}
}

func TestBytes(t *testing.T) {
	all := printers(t)
	for _, tt := range []struct {
		lang Lang
		n    int64
		want string
	}{{EN, 999, "999 bytes"}, {RU, 1500, "1,5 КБ"}, {EN, 214_332, "214 KB"}, {KK, 2_000_000, "2 МБ"}} {
		if got := all[tt.lang].Bytes(tt.n); got != tt.want {
			t.Errorf("%s Bytes(%d) = %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Lang
		why  string
	}{
		{"", EN, "nothing asked"},
		{"kk", KK, "Kazakh"},
		{"ru-KZ,ru;q=0.9,en;q=0.8", RU, "the first that we have"},
		{"fr-FR,fr;q=0.9,ru;q=0.5", RU, "a later one that we have"},
		{"fr", EN, "none that we have"},
		{"en-GB", EN, "a kind of English"},
		{"kk-Cyrl-KZ", KK, "with its script"},
		{";;;q=", EN, "not a header"},
		{strings.Repeat("a,", 9000), EN, "a long one"},
	} {
		if got := Choose(tt.in); got != tt.want {
			t.Errorf("Choose(%.40q) = %s, want %s: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestUnknownKeysShow(t *testing.T) {
	p := printers(t)[EN]
	if got := p.T("no.such"); got != "no.such" {
		t.Errorf("T = %q, want the key", got)
	}
	if got := p.N("no.such", 3); got != "no.such" {
		t.Errorf("N = %q, want the key", got)
	}
	if got := p.Or("no.such", "as read"); got != "as read" {
		t.Errorf("Or = %q, want what was read", got)
	}
}

// What fills a placeholder is never searched for placeholders itself.
func TestFillIsNotRecursive(t *testing.T) {
	p := &Printer{Lang: EN, words: map[string]message{"k": {"{a} and {b}"}}}
	if got := p.T("k", "a", "{b}", "b", "x"); got != "{b} and x" {
		t.Errorf("T = %q, want the braces kept", got)
	}
}

// Every language of the menu names itself alike in all catalogs.
func TestLanguagesNameThemselves(t *testing.T) {
	all := printers(t)
	for _, l := range Langs {
		var names []string
		for _, p := range slices.Sorted(maps.Keys(all)) {
			names = append(names, all[p].T("lang.self."+string(l)))
		}
		if len(slices.Compact(names)) != 1 {
			t.Errorf("%s is named %v", l, names)
		}
	}
}
