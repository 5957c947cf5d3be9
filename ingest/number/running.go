package number

import (
	"strings"

	"dalel/corpus"
	"dalel/ingest/lazyregexp"
)

// runningParts are what running heads of printed papers are made of: job
// numbers and symbols of the UN, page numbers.
var runningParts = lazyregexp.New(`GE\.\d\d-\d{4,6}(?: ?\([A-Z]\))?|\b[A-Z]+(?:/[A-Z0-9.]+){2,}|(?i:page|стр\.|с\.|бет)|\d+|[-–—|*]`)

// maxRunning is the longest running head, in bytes.
const maxRunning = 80

// running marks the lines that consist of such parts only and come at least
// twice, page numbers apart. They stay where they are.
func (w *work) running() {
	seen := make(map[string]int)
	form := func(t string) string {
		if !onlySymbols(t) {
			return ""
		}
		return strings.Join(symbols.FindAllString(t, -1), " ")
	}
	forms := make([]string, len(w.ps))
	for i := range w.ps {
		if w.ps[i].Role == corpus.RoleBody {
			forms[i] = form(w.ps[i].Text)
			seen[forms[i]]++
		}
	}
	for i, f := range forms {
		if f != "" && seen[f] > 1 {
			w.ps[i].Role = corpus.RoleHeader
		}
	}
}

// onlySymbols reports whether a line has nothing to read but symbols and
// numbers.
func onlySymbols(t string) bool {
	return len(t) <= maxRunning && strings.ContainsAny(t, "0123456789") &&
		strings.TrimSpace(runningParts.ReplaceAllString(t, "")) == ""
}

// symbols are the parts of a running head that stay the same.
var symbols = lazyregexp.New(`GE\.\d\d-\d{4,6}|\b[A-Z]+(?:/[A-Z0-9.]+){2,}`)
