package matrix

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/law"
	"dalel/search"
)

// Searcher answers questions.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Result, error)
}

// Cell is a passage of an answer.
type Cell struct {
	Doc     *corpus.Document // facts only
	Text    string           // hash of the text version
	Para    corpus.Paragraph
	Matches []search.Match
	Score   float64 // how well the name agrees, 0 to 1; of other fields the score of the search
	Form    string  // the words found, as they stand
	Birth   Birth
	Verdict Verdict // "" if nothing was decided
	Moved   bool    // it was decided of another extraction of the paragraph, or of a copy
	New     bool    // undecided, and its document came after the person's last decision
}

// Birth says whether the year of birth of a list and of a passage agree.
type Birth string

// What is known of the year of birth.
const (
	BirthAgrees  Birth = "agrees"
	BirthDiffers Birth = "differs"
)

// Answer is a row with what was found for it.
type Answer struct {
	*Row
	Error   string // why nothing was looked up; "" if something was
	Hits    int    // passages
	Docs    int
	Cells   []Cell // best first
	Decided int    // of the cells
	New     int
}

// Run is the look-up of a list. Decisions are looked at when there is a Ledger,
// and then all passages are.
type Run struct {
	Search Searcher
	Ledger *Ledger // nil leaves decisions out
	Limit  int     // cells a row; all when negative
	Any    bool    // of queries: plain words, any of which may match
	Filter search.Filter
}

// Each answers the rows, several at a time, and gives them on in order. The
// error of do ends it.
func (r *Run) Each(ctx context.Context, l *List, rows []Row, do func(*Answer) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	queue := make(chan chan *Answer, runtime.GOMAXPROCS(0))
	wg.Go(func() {
		defer close(queue)
		for i := range rows {
			answer := make(chan *Answer, 1)
			select {
			case queue <- answer:
			case <-ctx.Done():
				return
			}
			wg.Go(func() { answer <- r.answer(ctx, l.Field, &rows[i]) })
		}
	})
	for answer := range queue {
		a := <-answer
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := do(a); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// QueryOf is the query that a row stands for.
func QueryOf(f Field, row *Row) string {
	switch f {
	case Name:
		parts := []string{search.NameQuery(row.Text)}
		for _, a := range row.Aliases {
			parts = append(parts, search.NameQuery(a))
		}
		return strings.Join(parts, " OR ")
	case Article:
		return search.ArticleQuery(row.Text)
	case Query:
	}
	return row.Text
}

// answer looks one row up. Its error is the row's.
func (r *Run) answer(ctx context.Context, f Field, row *Row) *Answer {
	a := &Answer{Row: row}
	if row.Fault != nil {
		a.Error = row.Fault.Error()
		return a
	}
	if _, ok := law.ParseQuery("article:" + row.Text); f == Article && !ok {
		row.Fault = &ListError{FaultArticle, row.Text}
		a.Error = row.Fault.Error()
		return a
	}
	limit := r.Limit
	if limit < 0 || r.Ledger.knows(row) {
		limit = int(^uint(0) >> 1)
	}
	res, err := r.Search.Search(ctx, search.Request{Query: QueryOf(f, row), Any: r.Any && f == Query, Limit: limit, Filter: r.Filter})
	if err != nil {
		a.Error = err.Error()
		if errors.Is(err, corpus.ErrInvalid) {
			row.Fault = &ListError{FaultQuery, err.Error()}
		}
		return a
	}
	a.Hits, a.Docs = res.Hits, res.Docs
	for i := range res.Passages {
		a.Cells = append(a.Cells, newCell(f, row, &res.Passages[i]))
	}
	r.decide(f, a)
	if r.Limit >= 0 && len(a.Cells) > r.Limit {
		a.Cells = a.Cells[:r.Limit]
	}
	return a
}

// newCell makes a cell of a hit, which may be another's as well and is not changed.
func newCell(f Field, row *Row, found *search.Hit) Cell {
	hit := *found
	h := &hit
	h.Matches = slices.DeleteFunc(slices.Clone(h.Matches), func(m search.Match) bool { return !sound(h.Para.Text, m) })
	c := Cell{Doc: h.Doc, Text: h.Text, Para: h.Para, Matches: h.Matches, Score: h.Score, Form: FoundForm(h)}
	if f == Name {
		c.Score = h.Likeness
		c.Birth = bornIn(row.Birth, &h.Para, h.Matches)
	}
	return c
}

// sound reports whether a match lies in a text, on whole letters.
func sound(text string, m search.Match) bool {
	return m.Start >= 0 && m.Start < m.End && m.End <= len(text) && utf8.RuneStart(text[m.Start]) && (m.End == len(text) || utf8.RuneStart(text[m.End]))
}

// FoundForm is the words found in a passage, as they stand there, each once.
func FoundForm(h *search.Hit) string {
	var words []string
	seen := map[string]bool{}
	for _, m := range h.Matches {
		if w := h.Para.Text[m.Start:m.End]; !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// Person is the row as decisions know it.
func (r *Row) Person() Person {
	return Person{Name: strings.Join(strings.Fields(r.Text), " "), Birth: r.Birth, ID: r.ID}
}

// decide fills in what was decided of the cells, and which are new.
func (r *Run) decide(f Field, a *Answer) {
	if r.Ledger == nil || f != Name {
		return
	}
	person := a.Person()
	last := r.Ledger.Last(person, a.Twin)
	for i := range a.Cells {
		c := &a.Cells[i]
		if d, moved, ok := r.Ledger.of(person, a.Twin, newPlace(c.Doc, c.Text, &c.Para)); ok {
			c.Verdict, c.Moved = d.Verdict, moved
			a.Decided++
			continue
		}
		if c.New = !last.IsZero() && added(c.Doc).After(last); c.New {
			a.New++
		}
	}
}

// added is when a document first came into the library.
func added(d *corpus.Document) (first time.Time) {
	for _, s := range d.Sources {
		if first.IsZero() || s.Added.Before(first) {
			first = s.Added
		}
	}
	return first
}

// bornReach is how many bytes behind a name its year of birth may stand.
const bornReach = 160

// bornBehind and bornBefore stand behind and before a year of birth, in
// Russian, Kazakh and English.
var (
	bornBehind = []string{"года рождения", "г.р", "г. р", "жылы туған", "туған", "ж.т"}
	bornBefore = []string{"рождения", "родивш", "родился", "родилась", "born", "date of birth"}
)

// bornIn compares the year of birth of a list with the one that a passage gives
// behind the name; "" where either is unknown.
func bornIn(year int, p *corpus.Paragraph, matches []search.Match) Birth {
	if year == 0 {
		return ""
	}
	found := Birth("")
	for _, m := range matches {
		if m.Why != search.WhyName && m.Why != search.WhyAlias {
			continue
		}
		behind := strings.ToValidUTF8(p.Text[m.End:min(len(p.Text), m.End+bornReach)], "")
		if y := bornYear(behind); y == year {
			return BirthAgrees
		} else if y != 0 {
			found = BirthDiffers
		}
	}
	return found
}

// bornYear finds a year of birth at the beginning of a text; 0 if there is none.
func bornYear(s string) int {
	lower := strings.ToLower(s)
	for _, w := range bornBehind {
		if before, _, ok := strings.Cut(lower, w); ok {
			if years := yearsIn(before); len(years) > 0 {
				return years[len(years)-1]
			}
		}
	}
	for _, w := range bornBefore {
		if _, behind, ok := strings.Cut(lower, w); ok {
			if years := yearsIn(firstClause(behind)); len(years) > 0 {
				return years[0]
			}
		}
	}
	return 0
}

// firstClause is a text up to the end of its sentence or a semicolon.
func firstClause(s string) string {
	if i := strings.IndexAny(s, ";!?"); i >= 0 {
		s = s[:i]
	}
	s, _, _ = strings.Cut(s, ". ")
	return s
}

// yearsIn lists the numbers that can be years of birth.
func yearsIn(s string) (years []int) {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if n := year(w); n != 0 {
			years = append(years, n)
		}
	}
	return years
}
