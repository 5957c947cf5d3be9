package i18n

import (
	"strconv"
	"strings"
	"time"
)

// narrowSpace groups digits in Kazakh and Russian: U+202F, a thin space at
// which a line is not broken.
const narrowSpace = "\u202f"

// Num prints a whole number. Kazakh and Russian group digits by a thin space
// from five digits on, English by a comma from four.
func (p *Printer) Num(n int) string {
	digits := strconv.Itoa(max(n, -n))
	group, from := narrowSpace, 5
	if p.Lang == EN {
		group, from = ",", 4
	}
	if len(digits) >= from {
		first := (len(digits)-1)%3 + 1
		parts := []string{digits[:first]}
		for ; first < len(digits); first += 3 {
			parts = append(parts, digits[first:first+3])
		}
		digits = strings.Join(parts, group)
	}
	if n < 0 {
		return "−" + digits
	}
	return digits
}

// Date prints a date as far as it is known: "2022-08-30", "2022-08" or
// "2022". What is not a date is printed as it is.
func (p *Printer) Date(iso string) string {
	if t, err := time.Parse("2006-01-02", iso); err == nil {
		return p.day(t)
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return p.T("date.month", "year", strconv.Itoa(t.Year()), "month", p.month("month", t.Month()))
	}
	return iso
}

// Day prints the day of a moment, in its own time zone.
func (p *Printer) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return p.day(t)
}

func (p *Printer) day(t time.Time) string {
	return p.T("date.day",
		"year", strconv.Itoa(t.Year()), "month", p.month("month.of", t.Month()), "day", strconv.Itoa(t.Day()))
}

func (p *Printer) month(group string, m time.Month) string {
	return p.T(group + "." + strconv.Itoa(int(m)))
}

// Bytes prints a size in the unit that reads best: bytes, KB or MB of 1,000.
func (p *Printer) Bytes(n int64) string {
	switch {
	case n < 1000:
		return p.T("size.b", "n", int(n))
	case n < 1000*1000:
		return p.T("size.kb", "n", p.decimal(float64(n)/1000))
	}
	return p.T("size.mb", "n", p.decimal(float64(n)/1000/1000))
}

// decimal prints a number with one digit after the point below ten, none
// from there on; the point is a comma in Kazakh and Russian.
func (p *Printer) decimal(f float64) string {
	if f >= 10 {
		return p.Num(int(f + 0.5))
	}
	s := strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	if p.Lang != EN {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Join lists things: "a, b".
func (p *Printer) Join(things []string) string { return strings.Join(things, ", ") }
