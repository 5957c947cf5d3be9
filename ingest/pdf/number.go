package pdf

import (
	"regexp"
	"strconv"
	"strings"
)

// printedNumber finds the number that a paragraph begins with: "12.", "3.4.",
// "12-1.", "[12]", "§ 45", "(a)", "(iv)", "a)", "IV.", "A.".
var (
	printedNumber = regexp.MustCompile(`^(?:` +
		`(?:§§?\s*|№\s*)(\d{1,4}(?:[.-]\d{1,3}){0,4})[.)]?` +
		`|\[(\d{1,4})\]` +
		`|(\d{1,4}(?:[.-]\d{1,3}){0,4})[.)]` +
		`|(\d{1,3}(?:\.\d{1,3}){1,4})` +
		`|\((\p{L}{1,2}|[ivxlIVXL]{1,6}|\d{1,3})\)` +
		`|(\p{Ll}{1,2}|[ivx]{1,5})\)` +
		`|([IVXL]{1,6}|[A-HА-ЖЗ])\.` +
		`)\s+\S`)
	bareStart   = regexp.MustCompile(`^(\d{1,3})\s+\S`)
	bulletStart = regexp.MustCompile(`^[•●○◦▪■–—\-·]\s+\S`)
)

// label returns the printed number that a line begins with, "" if none. A
// bare number counts when a tab follows it: otherwise it is a date or a count.
func label(l *line) string {
	if m := printedNumber.FindStringSubmatch(l.text); m != nil {
		for _, g := range m[1:] {
			if g != "" {
				return g
			}
		}
	}
	if len(l.cells) > 1 && l.mark == "" && l.cells[1]-l.cells[0] < 6*l.size {
		if m := bareStart.FindStringSubmatch(l.text); m != nil {
			return m[1]
		}
	}
	return ""
}

func isBullet(s string) bool { return bulletStart.MatchString(s) }

// successor reports whether label b follows label a: 12 after 11, 3.4 after
// 3.3, b after a.
func successor(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	i, k := strings.LastIndexAny(a, ".-"), strings.LastIndexAny(b, ".-")
	if a[:i+1] != b[:k+1] {
		return false
	}
	x, err1 := strconv.Atoi(a[i+1:])
	y, err2 := strconv.Atoi(b[k+1:])
	if err1 == nil && err2 == nil {
		return y == x+1
	}
	ra, rb := []rune(a), []rune(b)
	return len(ra) == 1 && len(rb) == 1 && rb[0] == ra[0]+1
}
