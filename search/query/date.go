package query

import (
	"strings"
	"time"

	"dalel/corpus"
)

// DateRange reads the value of date: and returns its first and its last date,
// each as exact as it was written; "" where the range is open. A date is
// 2023-05-31, 2023-05, 2023, or 31.05.2023 and 05.2023 as it is written in
// Kazakhstan. A range is 2019..2023, ..2014, 2020.., 2019-2023 for years, or
// one date after >=, >, <= or <. Its error is an *Error about text.
func DateRange(text string) (from, to corpus.Date, err error) {
	from, to, code, args := dateRange(text)
	if code != "" {
		return "", "", fail(text, Span{End: len(text)}, code, args...)
	}
	return from, to, nil
}

// canonicalDate returns a range in the form that prints.
func canonicalDate(s string) (printed, code string, args []string) {
	from, to, code, args := dateRange(s)
	if from == to {
		return string(from), code, args
	}
	return string(from) + ".." + string(to), code, args
}

func dateRange(s string) (from, to corpus.Date, code string, args []string) {
	s = strings.TrimSpace(s)
	var ok bool
	if strings.IndexAny(s, "<>≤≥") == 0 {
		from, to, ok = compared(s)
	} else {
		from, to, ok = dateOrRange(s)
	}
	if !ok {
		return "", "", CodeBadDate, []string{s}
	}
	first, _ := from.Days()
	if _, last := to.Days(); to != "" && first > last {
		return "", "", CodeDateOrder, []string{string(from), string(to)}
	}
	return from, to, "", nil
}

// comparisons are the signs before a date, the longer ones first.
var comparisons = []struct {
	sign  string
	until bool // the date is the last, not the first
	step  int  // to the date that counts
}{
	{">=", false, 0}, {"≥", false, 0}, {"<=", true, 0}, {"≤", true, 0}, {">", false, 1}, {"<", true, -1},
}

// compared reads a date behind a sign.
func compared(s string) (from, to corpus.Date, ok bool) {
	for _, c := range comparisons {
		rest, found := strings.CutPrefix(s, c.sign)
		if !found {
			continue
		}
		d, ok := oneDate(rest)
		if !ok {
			return "", "", false
		}
		if d = step(d, c.step); c.until {
			return "", d, d.Valid()
		}
		return d, "", d.Valid()
	}
	return "", "", false
}

// step returns the date n days, months or years after d, as exact as d is.
func step(d corpus.Date, n int) corpus.Date {
	layout := "2006-01-02"[:len(d)]
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return ""
	}
	switch len(d) {
	case len("2006"):
		t = t.AddDate(n, 0, 0)
	case len("2006-01"):
		t = t.AddDate(0, n, 0)
	default:
		t = t.AddDate(0, 0, n)
	}
	return corpus.Date(t.Format(layout))
}

// dateOrRange reads one date, or two with dots between, one of which may be missing.
func dateOrRange(s string) (from, to corpus.Date, ok bool) {
	left, right, isRange := strings.Cut(strings.ReplaceAll(s, "…", ".."), "..")
	if !isRange {
		left, right, isRange = years(s)
	}
	if !isRange {
		d, ok := oneDate(s)
		return d, d, ok
	}
	right = strings.TrimLeft(right, ".")
	okFrom, okTo := true, true
	if left = strings.TrimSpace(left); left != "" {
		from, okFrom = oneDate(left)
	}
	if right = strings.TrimSpace(right); right != "" {
		to, okTo = oneDate(right)
	}
	return from, to, okFrom && okTo && (from != "" || to != "")
}

// years reads 2019-2023: no date has this form.
func years(s string) (from, to string, ok bool) {
	s = strings.NewReplacer("–", "-", "—", "-", "‑", "-", "−", "-").Replace(s)
	from, to, ok = strings.Cut(s, "-")
	return from, to, ok && len(from) == len("2006") && len(to) == len("2006")
}

// dateLayouts are the ways of writing a date, and how exact each is. Dots are
// always day, month, year: no country of the collection writes the month first.
var dateLayouts = []struct{ layout, canonical string }{
	{"2006-1-2", "2006-01-02"},
	{"2006-1", "2006-01"},
	{"2006", "2006"},
	{"2.1.2006", "2006-01-02"},
	{"1.2006", "2006-01"},
}

func oneDate(s string) (corpus.Date, bool) {
	s = strings.TrimSpace(s)
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			d := corpus.Date(t.Format(l.canonical))
			return d, d.Valid()
		}
	}
	return "", false
}
