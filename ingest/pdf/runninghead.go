package pdf

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Rules of running heads.
const (
	edgeLines    = 3   // lines at the top and at the bottom that may be heads
	edgeShift    = 5.0 // points that a head may move between pages
	shortFile    = 8   // pages; in longer files a head must stand on three
	maxEdgeTexts = 50_000
)

var (
	digitRun   = regexp.MustCompile(`\d+`)
	bareNumber = regexp.MustCompile(`(?i)^[-–—|•·\s]*(?:page|p\.|стр\.?|страница|бет|б\.)?\s*(\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of|из|-ден|ішінен)\s*\d{1,4})?\s*(?:-?\s*(?:бет|б\.))?[-–—|•·\s]*$`)
	ofNumber   = regexp.MustCompile(`(?i)(?:page|стр\.?|страница|бет)\s*(\d{1,4})|(\d{1,4})\s*(?:/|of|из)\s*\d{1,4}|(\d{1,4})\s*-?\s*бет`)
	jobNumber  = regexp.MustCompile(`^(?:GE|NY|V)[.:]\s?\d\d-\d{4,6}\b.{0,40}$`) // on the first page of UN documents
	outerDigit = regexp.MustCompile(`^(\d{1,4})\s|\s(\d{1,4})$`)
)

// heads remembers what stands at the edges of pages.
type heads struct {
	at      map[string][]float64 // heights, by masked text
	offsets map[int]int          // votes for printed number - page
}

func newHeads() heads { return heads{at: map[string][]float64{}, offsets: map[int]int{}} }

// maskDigits makes heads that count comparable.
func maskDigits(s string) string {
	return digitRun.ReplaceAllString(strings.ToLower(s), "#")
}

// edge returns the indexes of the lines nearest to the top and the bottom,
// from the outermost inwards.
func (p *page) edge() (top, bottom []int) {
	var idx []int
	for i := range p.lines {
		if p.lines[i].frame == p.lines[0].frame {
			idx = append(idx, i)
		}
	}
	slices.SortStableFunc(idx, func(a, b int) int { return cmp.Compare(p.lines[b].y, p.lines[a].y) })
	n := min(edgeLines, len(idx))
	top = slices.Clone(idx[:n])
	bottom = slices.Clone(idx[len(idx)-n:])
	slices.Reverse(bottom)
	return top, bottom
}

// note remembers the edges of a page.
func (h *heads) note(p *page) {
	top, bottom := p.edge()
	seen := map[string]bool{}
	votes := map[int]bool{}
	for k, i := range slices.Concat(top, bottom) {
		l := &p.lines[i]
		key := maskDigits(l.text)
		if hs, ok := h.at[key]; !seen[key] && (ok || len(h.at) < maxEdgeTexts) && len(hs) < 4096 {
			h.at[key] = append(hs, l.y)
			seen[key] = true
		}
		if k%max(1, len(top)) > 1 {
			continue // numbers stand in the outer two lines
		}
		for _, n := range numbersIn(l.text) {
			if v := n - p.no; !votes[v] {
				votes[v] = true
				h.offsets[v]++
			}
		}
	}
}

// numbersIn returns the numbers of a line that may be a page number.
func numbersIn(s string) []int {
	var out []int
	for _, re := range []*regexp.Regexp{bareNumber, ofNumber, outerDigit} {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			for _, g := range m[1:] {
				if n, err := strconv.Atoi(g); err == nil {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// isHead reports whether a line at the edge repeats on other pages, at about
// the same height. In a file of up to shortFile pages two are enough. An
// inner line must stand on many pages: "Ibid." is no running head.
func (h *heads) isHead(l *line, pages, inner int) bool {
	need := 2
	if pages > shortFile {
		need = 3
	}
	if inner > 0 {
		need = max(need, min(pages, 2*lookahead)*2/5)
	}
	key := maskDigits(l.text)
	if letters(key) == 0 && !strings.Contains(key, "#") {
		return false
	}
	n := 0
	for _, y := range h.at[key] {
		if math.Abs(y-l.y) <= edgeShift {
			n++
		}
	}
	return n >= need
}

// split takes the running heads and page numbers at the top and at the bottom
// out of a page, and reads the printed number.
func (h *heads) split(p *page, pages int) (top, body, bottom []line) {
	if len(p.lines) == 0 {
		return nil, nil, nil
	}
	upper, lower := p.edge()
	isTop, isBottom := h.mark(p, upper, pages), h.mark(p, lower, pages)
	for i, l := range p.lines {
		switch {
		case isTop[i]:
			top = append(top, l)
		case isBottom[i]:
			bottom = append(bottom, l)
		default:
			body = append(body, l)
		}
	}
	p.label = h.printed(slices.Concat(top, bottom), p.no)
	return top, body, bottom
}

// mark returns which lines of one edge are heads, from the outermost inwards:
// a head stands outside of all that is none.
func (h *heads) mark(p *page, edge []int, pages int) map[int]bool {
	is := map[int]bool{}
	open := true
	for k, i := range edge {
		l := &p.lines[i]
		number := k == 0 && isPageNumber(l.text) && len(p.lines) > 1
		if open = open && (number || h.isHead(l, pages, k)); open {
			is[i] = true
		}
	}
	return is
}

// isPageNumber reports whether a line is nothing but a page number, or what
// printers put in its place. A year alone is none.
func isPageNumber(s string) bool {
	if s == "/..." || s == "/…" || jobNumber.MatchString(s) { // UN documents
		return true
	}
	m := bareNumber.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	if !unicode.IsDigit(rune(m[1][0])) {
		return strings.TrimSpace(s) == strings.ToLower(strings.TrimSpace(s))
	}
	n, _ := strconv.Atoi(m[1]) // the pattern has digits only
	return n < 1900 || n > 2100 || m[1] != strings.TrimSpace(s)
}

// printed returns the page number in the heads of a page: of several numbers
// the one that keeps step with the pages.
func (h *heads) printed(ls []line, no int) string {
	best, label := 0, ""
	for i := range ls {
		for _, n := range numbersIn(ls[i].text) {
			if v := h.offsets[n-no]; v > best {
				best, label = v, strconv.Itoa(n)
			}
		}
	}
	if best >= 2 {
		return label
	}
	for i := range ls {
		if m := bareNumber.FindStringSubmatch(ls[i].text); m != nil {
			return m[1]
		}
	}
	return ""
}
