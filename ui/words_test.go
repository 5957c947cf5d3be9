package ui

import (
	"testing"

	"dalel/corpus"
	"dalel/ui/i18n"
)

func TestCountriesAreNamedInTheLanguageOfThePage(t *testing.T) {
	printers, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lang            i18n.Lang
		code, want, why string
	}{
		{"kk", "KZ", "Қазақстан", "a word of the page"},
		{"kk", "LI", "Лихтенштейн", "one that the page has no word for"},
		{"ru", "LI", "Лихтенштейн", "in Russian"},
		{"en", "li", "Liechtenstein", "in English, a code in small letters"},
		{"en", "the moon", "the moon", "no code stays as it was read"},
	} {
		if got := (words{printers[tt.lang]}).Value(corpus.KeyCountry, tt.code); got != tt.want {
			t.Errorf("%s in %s is %q, want %q: %s", tt.code, tt.lang, got, tt.want, tt.why)
		}
	}
}
