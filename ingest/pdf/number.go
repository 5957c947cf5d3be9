package pdf

import (
	"regexp"
	"strconv"
	"strings"
)

// Numbers that a paragraph begins with: "12.", "3.4.", "12-1.", "[12]", "§ 45",
// "IV.", "A."; and those of points: "(a)", "(iv)", "1)", "i.", "b.".
var (
	printedNumber = regexp.MustCompile(`^(?:` +
		`(?:§§?\s*|№\s*)(\d{1,4}(?:[.-]\d{1,3}){0,4})[.)]?` +
		`|\[(\d{1,4})\]` +
		`|(\d{1,4}(?:[.-]\d{1,3}){0,4})\.` +
		`|(\d{1,3}(?:\.\d{1,3}){1,4})` +
		`|([IVXL]{1,6}|[A-HА-ЖЗ])\.` +
		`|(\((?:\p{L}{1,2}|[ivxlIVXL]{1,6}|\d{1,3})\))` +
		`|((?:\d{1,3}|\p{Ll}{1,2}|[ivx]{1,5})\))` +
		`|([ivxl]{1,6}\.|\p{Ll}\.)` +
		`)\s+\S`)
	initials    = regexp.MustCompile(`^\p{Lu}\.\s*\p{Lu}\.`) // of a person: "Д. Ш. Қоңыртауов"
	bareStart   = regexp.MustCompile(`^(\d{1,3})\s+\S`)
	bulletStart = regexp.MustCompile(`^[•●○◦▪■–—\-·]\s+\S`)

	// leader ends a line of a table of contents.
	leader = regexp.MustCompile(`(?:\.{4,}|(?:\. ){4,}|…{2,})[\s.]*[\dIVXLivxl]{1,6}$`)
)

// label returns the printed number that a line begins with, "" if none. A
// bare number counts when a tab follows it: otherwise it is a date or a count.
func label(l *line) string {
	if m := printedNumber.FindStringSubmatch(l.text); m != nil && !initials.MatchString(l.text) {
		for _, g := range m[1:] {
			if g != "" {
				return g
			}
		}
	}
	if l.tab > 0 && l.tab < 6*l.size && l.mark == "" {
		if m := bareStart.FindStringSubmatch(l.text); m != nil {
			return m[1]
		}
	}
	return ""
}

func isBullet(s string) bool { return bulletStart.MatchString(s) }

// isPoint reports whether a number is that of a point inside a paragraph,
// which may also stand in running text.
func isPoint(num string) bool { return strings.HasSuffix(num, ")") || isWeak(num) }

// isWeak reports whether a number counts only in a sequence: "i.", "b.".
func isWeak(num string) bool { return strings.HasSuffix(num, ".") }

// isFirst reports whether a number begins a sequence.
func isFirst(num string) bool {
	switch strings.ToLower(strings.Trim(num, "().")) {
	case "1", "i", "a", "а":
		return true
	}
	return false
}

// successor reports whether label b follows label a: 12 after 11, 3.4 after
// 3.3, (b) after (a), iv. after iii.
func successor(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if b == strings.TrimSuffix(a, ".")+".1" || b == strings.TrimSuffix(a, ".")+".1." {
		return true // the first paragraph of a numbered section
	}
	if trim := strings.Trim(a, "()."); trim != a {
		inner := strings.Trim(b, "().")
		if strings.Replace(a, trim, inner, 1) != b {
			return false // other brackets
		}
		a, b = trim, inner
	}
	i, k := strings.LastIndexAny(a, ".-"), strings.LastIndexAny(b, ".-")
	if a == "" || b == "" || a[:i+1] != b[:k+1] {
		return false
	}
	x, err1 := strconv.Atoi(a[i+1:])
	y, err2 := strconv.Atoi(b[k+1:])
	if err1 == nil && err2 == nil {
		return y == x+1
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) == 1 && len(rb) == 1 && rb[0] == ra[0]+1 {
		return true
	}
	n := fromRoman(a)
	return n > 0 && fromRoman(b) == n+1
}

// fromRoman returns the value of a Roman numeral up to 89; 0 if s is none.
func fromRoman(s string) int {
	up := strings.ToUpper(s)
	for n := 1; n < 90 && len(up) < 8; n++ {
		if roman(n) == up {
			return n
		}
	}
	return 0
}
