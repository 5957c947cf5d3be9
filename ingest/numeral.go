package ingest

import (
	"strconv"
	"strings"
)

// Superscript returns s with its digits raised, as raised digits are printed:
// "статья 402¹" must not become article 4021.
func Superscript(s string) string { return raise.Replace(s) }

var raise = strings.NewReplacer(
	"0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
)

// Numeral returns n as lists count: form "a" and "A" with letters, "i" and "I"
// with Roman numbers, anything else with digits.
func Numeral(form string, n int) string {
	switch {
	case n <= 0 || n > 3999:
	case form == "a":
		return letters(n)
	case form == "A":
		return strings.ToUpper(letters(n))
	case form == "i":
		return strings.ToLower(roman(n))
	case form == "I":
		return roman(n)
	}
	return strconv.Itoa(n)
}

// letters counts a to z, aa to zz and so on, as browsers do.
func letters(n int) string {
	var b []byte
	for ; n > 0; n = (n - 1) / 26 {
		b = append([]byte{byte('a' + (n-1)%26)}, b...)
	}
	return string(b)
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		v int
		s string
	}{
		{1000, "M"},
		{900, "CM"},
		{500, "D"},
		{400, "CD"},
		{100, "C"},
		{90, "XC"},
		{50, "L"},
		{40, "XL"},
		{10, "X"},
		{9, "IX"},
		{5, "V"},
		{4, "IV"},
		{1, "I"},
	} {
		for ; n >= d.v; n -= d.v {
			b.WriteString(d.s)
		}
	}
	return b.String()
}
