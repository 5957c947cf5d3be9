package ui

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
)

// segment is a run of text that is shown in one way. The template escapes it:
// no text of a document ever becomes markup.
type segment struct {
	Text string
	Why  search.Why       // marked as found; "" when it is plain
	Page *corpus.PageSpan // a page begins before it
	Cut  bool             // stands for text that was left out; Text is empty
}

// cut is a run of a paragraph's text, in bytes.
type cut struct{ start, end int }

// segments cuts a paragraph's text at its matches and where a page begins.
// Only the bytes within keep are shown. A match that is out of bounds or
// splits a letter is not shown; where two overlap, the first wins.
func segments(p *corpus.Paragraph, matches []search.Match, keep []cut) []segment {
	var out []segment
	marks := sound(p.Text, matches)
	for i, k := range keep {
		if i > 0 || k.start > 0 && k.start > labelEnd(p) {
			out = append(out, segment{Cut: true})
		}
		out = append(out, run(p, marks, k)...)
	}
	if n := len(keep); n > 0 && keep[n-1].end < len(p.Text) {
		out = append(out, segment{Cut: true})
	}
	return out
}

// run cuts the bytes of one cut.
func run(p *corpus.Paragraph, marks []search.Match, k cut) []segment {
	var out []segment
	add := func(from, to int, why search.Why) {
		from, to = max(from, k.start), min(to, k.end)
		for from < to {
			s := segment{Why: why}
			end := to
			for i := range p.Pages {
				switch at := p.Pages[i].Start; {
				case at == from && at > 0:
					s.Page = &p.Pages[i]
				case at > from && at < end && utf8.RuneStart(p.Text[at]):
					end = at
				}
			}
			s.Text = p.Text[from:end]
			out = append(out, s)
			from = end
		}
	}
	at := k.start
	for _, m := range marks {
		add(at, m.Start, "")
		add(max(at, m.Start), m.End, m.Why)
		at = max(at, m.End)
	}
	add(at, k.end, "")
	return out
}

// sound returns the matches that lie within the text, in order, without
// overlaps.
func sound(text string, matches []search.Match) []search.Match {
	sorted := slices.Clone(matches)
	slices.SortStableFunc(sorted, func(a, b search.Match) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var out []search.Match
	at := 0
	for _, m := range sorted {
		if m.Start < at || m.End <= m.Start || m.End > len(text) || splits(text, m.Start) || splits(text, m.End) {
			continue
		}
		out = append(out, m)
		at = m.End
	}
	return out
}

// splits reports whether byte i of the text is inside a letter.
func splits(text string, i int) bool { return i < len(text) && !utf8.RuneStart(text[i]) }

// labelEnd returns where the text of a paragraph begins after its printed
// number, which the page shows in the margin: "34. The Group …" gives 4.
func labelEnd(p *corpus.Paragraph) int {
	if p.Label == "" || !strings.HasPrefix(p.Text, p.Label) {
		return 0
	}
	rest := p.Text[len(p.Label):]
	end := len(rest) - len(strings.TrimLeft(rest, ".)] \u00a0\t"))
	if end == 0 || end == len(rest) {
		return 0 // "34A" is not the number 34, and a number alone is the text
	}
	return len(p.Label) + end
}

// Lengths of snippets, in bytes of text; a Cyrillic letter has two.
const (
	shortPara  = 1100 // a paragraph up to here is shown whole
	around     = 260  // shown on each side of a match
	maxSnippet = 1600 // of one paragraph
)

// snippet chooses what of a paragraph stands on a page of results: all of a
// short one, the surroundings of its matches in a long one.
func snippet(p *corpus.Paragraph, matches []search.Match) []cut {
	begin := labelEnd(p)
	if len(p.Text)-begin <= shortPara {
		return []cut{{begin, len(p.Text)}}
	}
	var out []cut
	total := 0
	for _, m := range sound(p.Text, matches) {
		c := cut{word(p.Text, m.Start-around, begin), wordEnd(p.Text, m.End+around)}
		if n := len(out); n > 0 && c.start <= out[n-1].end+around/4 {
			total += c.end - out[n-1].end
			out[n-1].end = c.end
		} else {
			total += c.end - c.start
			out = append(out, c)
		}
		if total > maxSnippet {
			break
		}
	}
	if len(out) == 0 {
		return []cut{{begin, wordEnd(p.Text, begin+2*around)}}
	}
	return out
}

// word returns the beginning of the word that byte i is in, but not less than
// low; low when little would be left out.
func word(text string, i, low int) int {
	if i <= low+around/4 {
		return low
	}
	if at := strings.LastIndexByte(text[:i], ' '); at >= low {
		return at + 1
	}
	return low
}

// wordEnd returns the end of the word that byte i is in; the end of the text
// when little would be left out.
func wordEnd(text string, i int) int {
	if i >= len(text)-around/4 {
		return len(text)
	}
	if at := strings.IndexByte(text[i:], ' '); at >= 0 {
		return i + at
	}
	return len(text)
}

// sentencesOf chooses the sentences of a paragraph that matches stand in.
func sentencesOf(p *corpus.Paragraph, matches []search.Match) []cut {
	tokens := lang.Tokens(p.Text)
	var out []cut
	begin := labelEnd(p)
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && tokens[j].Sentence == tokens[i].Sentence {
			j++
		}
		c := cut{max(begin, tokens[i].Start), len(p.Text)}
		if i == 0 {
			c.start = begin
		}
		if j < len(tokens) {
			c.end = tokens[j-1].End + len(strings.TrimRight(p.Text[tokens[j-1].End:tokens[j].Start], " \n\u00a0«“(—–-"))
		}
		if slices.ContainsFunc(matches, func(m search.Match) bool { return m.Start < c.end && m.End > c.start }) {
			if n := len(out); n > 0 && out[n-1].end >= c.start-2 {
				out[n-1].end = c.end
			} else {
				out = append(out, c)
			}
		}
		i = j
	}
	if len(out) == 0 {
		return snippet(p, matches)
	}
	return out
}
