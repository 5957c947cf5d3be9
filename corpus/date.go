package corpus

import (
	"strconv"
	"strings"
	"time"
)

// Date is a calendar date as far as it is known, in the form of ISO 8601:
// "2023-11-30", "2023-11" or "2023"; "" when unknown.
type Date string

// Valid reports whether d is a possible date between the years 1000 and 9999.
func (d Date) Valid() bool {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, string(d)); err == nil && t.Year() >= 1000 {
			return true
		}
	}
	return false
}

// Year returns the year of d; 0 if unknown.
func (d Date) Year() int {
	if !d.Valid() {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4])) // Valid has checked the digits
	return y
}

// Days returns the first and the last day of d as numbers yyyymmdd; 0, 0 if
// unknown. An unknown month counts from 1 to 12, an unknown day from 1 to 31.
func (d Date) Days() (first, last int) {
	if !d.Valid() {
		return 0, 0
	}
	parts := strings.Split(string(d), "-")
	lo, hi := [3]int{0, 1, 1}, [3]int{0, 12, 31}
	for i, p := range parts {
		n, _ := strconv.Atoi(p) // Valid has checked the digits
		lo[i], hi[i] = n, n
	}
	day := func(v [3]int) int { return v[0]*10000 + v[1]*100 + v[2] }
	return day(lo), day(hi)
}
