package quote

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// marks are what a person may type between words: […], [...], [sic], [words].
// Emphasis is typed as *words*, where the document has no asterisks.
var marks = regexp.MustCompile(`\s*\[[^\[\]\n]*\]\s*`)

// Parse reads a quote as a person types it: the words of one or more
// consecutive paragraphs, from first to last, without those to be left out. The
// words must stand there letter by letter; blanks may differ. Where the first
// words stand more than once, near says which is meant: code points into the
// first paragraph.
func Parse(typed string, t *corpus.Text, first, last, near int) ([]Piece, error) {
	if first < 1 || last < first || last > len(t.Paragraphs) {
		return nil, &corpus.Error{Op: "quote", Kind: corpus.ErrInvalid, Err: fmt.Errorf("no paragraphs ~%d to ~%d", first, last)}
	}
	s := newScope(t, first, last)
	p := &typing{scope: s, emphasis: !strings.Contains(string(s.runes), "*")}
	p.at = s.near(near)
	if err := p.read(typed); err != nil {
		return nil, &corpus.Error{Op: "quote", Kind: corpus.ErrInvalid, Err: err}
	}
	return p.pieces, nil
}

// scope is consecutive paragraphs as one run of characters, without running
// heads and notes, divided by line feeds.
type scope struct {
	runes []rune
	para  []int       // of each rune: its paragraph; 0 for the line feeds
	at    []int       // of each rune: its place in the paragraph, in code points
	heads map[int]int // of each paragraph: code points of its printed number
}

func newScope(t *corpus.Text, first, last int) *scope {
	s := &scope{heads: map[int]int{}}
	for ord := first; ord <= last; ord++ {
		p := &t.Paragraphs[ord-1]
		if ord != first && ord != last && (p.Role == corpus.RoleHeader || p.Role == corpus.RoleFootnote) {
			continue
		}
		if len(s.runes) > 0 {
			s.runes, s.para, s.at = append(s.runes, '\n'), append(s.para, 0), append(s.at, 0)
		}
		s.heads[ord] = labelRunes(p)
		i := 0
		for _, r := range p.Text {
			s.runes, s.para, s.at = append(s.runes, r), append(s.para, ord), append(s.at, i)
			i++
		}
	}
	return s
}

func (s *scope) near(n int) int { return max(0, min(n, len(s.runes))) }

// typing is a Parse under way.
type typing struct {
	*scope
	at       int // where the search goes on
	emphasis bool
	on       bool // within *…*
	begun    bool
	pieces   []Piece
	ours     []string // marks that wait for the words after them
}

func (p *typing) read(typed string) error {
	for typed != "" {
		loc := marks.FindStringIndex(typed)
		if loc == nil {
			loc = []int{len(typed), len(typed)}
		}
		words := typed[:loc[0]]
		if mark := typed[loc[0]:loc[1]]; mark != "" && p.literal(words+mark) {
			// The document has these brackets itself.
			words, loc = words+mark, []int{loc[1], loc[1]}
		}
		if err := p.words(words); err != nil {
			return err
		}
		p.mark(typed[loc[0]:loc[1]])
		typed = typed[loc[1]:]
	}
	if !p.begun {
		return errors.New("no words to quote")
	}
	p.flush(false)
	if n := len(p.pieces) - 1; p.pieces[n].Ours() {
		p.pieces[n].Show = strings.TrimRight(p.pieces[n].Show, " \n")
	}
	return nil
}

// mark keeps what is ours until the next words.
func (p *typing) mark(text string) {
	switch {
	case strings.TrimSpace(text) == "":
	case isOmission(text):
		p.ours = append(p.ours, " "+Omission+" ")
	default:
		p.ours = append(p.ours, strings.ReplaceAll(text, "\n", " "))
	}
}

// flush writes the marks before words, or at the end. There is nothing to leave
// out at either end of a quote.
func (p *typing) flush(inside bool) {
	for _, show := range p.ours {
		if inside || !isOmission(show) {
			p.pieces = append(p.pieces, Piece{Show: show})
		}
	}
	p.ours = nil
}

func isOmission(text string) bool {
	switch strings.Trim(text, " \n[]") {
	case "…", "...", ". . .":
		return true
	}
	return false
}

// words finds typed words from here on and adds them as pieces.
func (p *typing) words(text string) error {
	for i, part := range p.split(text) {
		if i > 0 {
			p.on = !p.on
		}
		for line := range strings.SplitSeq(part, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			if err := p.find(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// split cuts typed words at the signs of emphasis.
func (p *typing) split(text string) []string {
	if !p.emphasis {
		return []string{text}
	}
	return strings.Split(text, "*")
}

// literal reports whether typed words stand in the document as they are, from
// here on.
func (p *typing) literal(text string) bool {
	_, _, ok := p.locate(strings.ReplaceAll(text, "*", ""), p.at)
	return ok
}

func (p *typing) find(text string) error {
	from, to, ok := p.locate(text, p.at)
	if !ok && !p.begun {
		from, to, ok = p.locate(text, 0) // near may lie behind the words
	}
	if !ok {
		return fmt.Errorf("these words do not stand there: %q", strings.TrimSpace(text))
	}
	if p.begun && p.ours == nil && !p.passable(p.at, from) {
		return fmt.Errorf("words are left out before %q: put %s there", strings.TrimSpace(text), Omission)
	}
	if p.begun && p.ours == nil {
		from = p.at // the blank between two parts
	}
	p.flush(p.begun)
	p.begun = true
	p.add(from, to)
	p.at = to
	return nil
}

// passable reports whether a stretch between words goes without saying: blanks,
// or the printed number at the head of the next paragraph, which the page shows
// in its margin. It is quoted with the rest.
func (p *typing) passable(from, to int) bool {
	rest := strings.TrimSpace(string(p.runes[from:to]))
	if rest == "" {
		return true
	}
	for i := from; i < to; i++ {
		if p.para[i] == 0 && i+1 < to && strings.TrimSpace(string(p.runes[from:i])) == "" {
			return to-i-1 <= p.heads[p.para[i+1]]
		}
	}
	return false
}

// locate finds words at or after a place, with any blanks between them.
func (p *typing) locate(text string, start int) (from, to int, ok bool) {
	want := []rune(strings.TrimSpace(text))
	for from = start; from < len(p.runes); from++ {
		if to, ok = p.matches(want, from); ok {
			return from, to, true
		}
	}
	return 0, 0, false
}

func (p *typing) matches(want []rune, at int) (end int, ok bool) {
	for i := 0; i < len(want); i++ {
		if isBlank(want[i]) {
			if at >= len(p.runes) || !isBlank(p.runes[at]) {
				return 0, false
			}
			for i+1 < len(want) && isBlank(want[i+1]) {
				i++
			}
			for at < len(p.runes) && isBlank(p.runes[at]) {
				at++
			}
			continue
		}
		if at >= len(p.runes) || p.runes[at] != want[i] {
			return 0, false
		}
		at++
	}
	return at, true
}

func isBlank(r rune) bool { return strings.ContainsRune(" \n\t\r\u00a0\u202f", r) }

// add adds a run of the scope as one piece a paragraph.
func (p *typing) add(from, to int) {
	for from < to {
		if p.para[from] == 0 {
			from++
			continue
		}
		end := from
		for end < to && p.para[end] == p.para[from] {
			end++
		}
		piece := Piece{Para: p.para[from], Start: p.scope.at[from], End: p.scope.at[end-1] + 1, Emphasis: p.on}
		if n := len(p.pieces); n > 0 && p.pieces[n-1].Para == piece.Para && p.pieces[n-1].End == piece.Start && p.pieces[n-1].Emphasis == piece.Emphasis {
			p.pieces[n-1].End = piece.End
		} else {
			p.pieces = append(p.pieces, piece)
		}
		from = end
	}
}

// Typed writes a quote as Parse reads it.
func (x *Excerpt) Typed() string {
	var b strings.Builder
	for _, r := range x.Runs {
		if r.Emphasis {
			b.WriteString("*" + r.Text + "*")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// Range returns a quote of the words from a code point of one paragraph to one
// of the same or a later paragraph.
func Range(t *corpus.Text, first, start, last, end int) ([]Piece, error) {
	if first < 1 || last < first || last > len(t.Paragraphs) {
		return nil, &corpus.Error{Op: "quote", Kind: corpus.ErrInvalid, Err: fmt.Errorf("no paragraphs ~%d to ~%d", first, last)}
	}
	var out []Piece
	for ord := first; ord <= last; ord++ {
		p := &t.Paragraphs[ord-1]
		if ord != first && ord != last && (p.Role == corpus.RoleHeader || p.Role == corpus.RoleFootnote) {
			continue
		}
		n := utf8.RuneCountInString(p.Text)
		piece := Piece{Para: ord, Start: 0, End: n}
		if ord == first {
			piece.Start = max(0, min(start, n))
		}
		if ord == last {
			piece.End = max(0, min(end, n))
		}
		if piece.Start < piece.End {
			out = append(out, piece)
		}
	}
	if len(out) == 0 {
		return nil, &corpus.Error{Op: "quote", Kind: corpus.ErrInvalid, Err: fmt.Errorf("no words between %d and %d", start, end)}
	}
	return out, nil
}
