package ui

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search"
)

// shown writes segments as a reader sees them: «found», | where a page
// begins, … where text was left out.
func shown(segs []segment) string {
	var b strings.Builder
	for _, s := range segs {
		if s.Page != nil {
			b.WriteString("|")
		}
		switch {
		case s.Cut:
			b.WriteString("…")
		case s.Why != "":
			b.WriteString("«" + s.Text + "»")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func at(start, end int) search.Match {
	return search.Match{Start: start, End: end, Why: search.WhyExact}
}

func TestSegments(t *testing.T) {
	for _, tt := range []struct {
		text    string
		matches []search.Match
		pages   []int
		want    string
		why     string
	}{
		{"abc", nil, nil, "abc", "nothing found"},
		{"abc", []search.Match{at(1, 2)}, nil, "a«b»c", "in the middle"},
		{"abc", []search.Match{at(0, 3)}, nil, "«abc»", "all of it"},
		{"abcd", []search.Match{at(2, 3), at(0, 1)}, nil, "«a»b«c»d", "out of order"},
		{"abcd", []search.Match{at(0, 2), at(1, 3)}, nil, "«ab»cd", "overlapping: the first wins"},
		{"abcd", []search.Match{at(0, 1), at(0, 3)}, nil, "«abc»d", "from one place: the longer wins"},
		{"abc", []search.Match{at(-1, 2), at(2, 9), at(2, 2), at(3, 1)}, nil, "abc", "out of bounds"},
		{"қар", []search.Match{at(1, 4)}, nil, "қар", "splits a letter"},
		{"abcd", nil, []int{0, 2}, "ab|cd", "a page begins inside"},
		{"abcd", []search.Match{at(1, 3)}, []int{0, 2}, "a«b»|«c»d", "a page begins inside what was found"},
		{"abcd", nil, []int{0, 99, -3}, "abcd", "pages out of bounds"},
	} {
		p := &corpus.Paragraph{Text: tt.text}
		for i, start := range tt.pages {
			p.Pages = append(p.Pages, corpus.PageSpan{Page: i + 1, Start: start})
		}
		if got := shown(segments(p, tt.matches, []cut{{0, len(tt.text)}})); got != tt.want {
			t.Errorf("segments(%q, %v) = %s, want %s: %s", tt.text, tt.matches, got, tt.want, tt.why)
		}
	}
}

// What is shown is the text, in order, without a letter lost or added.
func FuzzSegments(f *testing.F) {
	f.Add("34. Қоңыртауов сотта", "34", 4, 12, 8, 20, 6)
	f.Add("\xff\xfe", "", -1, 3, 0, 1, 1)
	f.Fuzz(func(t *testing.T, text, label string, a, b, c, d, page int) {
		p := &corpus.Paragraph{Text: text, Label: label, Pages: []corpus.PageSpan{{Page: 1}, {Page: 2, Start: page}}}
		begin := labelEnd(p)
		var got strings.Builder
		for _, s := range segments(p, []search.Match{at(a, b), at(c, d)}, []cut{{begin, len(text)}}) {
			if s.Cut {
				t.Errorf("%q: the whole text is shown, and something cut", text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(s.Text) {
				t.Errorf("%q: a letter is split: %q", text, s.Text)
			}
			got.WriteString(s.Text)
		}
		if got.String() != text[begin:] {
			t.Errorf("shown %q of %q", got.String(), text)
		}
		for _, k := range snippet(p, []search.Match{at(a, b), at(c, d)}) {
			if k.start < begin || k.end < k.start || k.end > len(text) {
				t.Errorf("%q: a snippet of %d to %d", text, k.start, k.end)
			}
		}
	})
}

func TestSnippetOfALongParagraph(t *testing.T) {
	text := "12. " + strings.Repeat("before ", 300) + "Коныртауов " + strings.Repeat("after ", 300)
	start := strings.Index(text, "Кон")
	p := &corpus.Paragraph{Text: text, Label: "12"}
	m := []search.Match{at(start, start+len("Коныртауов"))}
	got := shown(segments(p, m, snippet(p, m)))
	if !strings.HasPrefix(got, "…before ") || !strings.HasSuffix(got, " after…") || !strings.Contains(got, "«Коныртауов»") {
		t.Errorf("snippet %q", got)
	}
	if len(got) > 700 {
		t.Errorf("a snippet of %d bytes", len(got))
	}
	if got := shown(segments(p, nil, snippet(p, nil))); strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") {
		t.Errorf("without matches the snippet is %q, want the beginning", got)
	}
}

func TestLabelEnd(t *testing.T) {
	for _, tt := range []struct {
		label, text string
		want        int
		why         string
	}{
		{"34", "34. The Group", 4, "with its full stop"},
		{"C", "C. whereas", 3, "a letter"},
		{"(a)", "(a) his arrest", 4, "in parentheses"},
		{"3", "34. The Group", 0, "another number"},
		{"34", "34", 0, "nothing else: the number is the text"},
		{"", "34. The Group", 0, "not a number of the document"},
		{"34", "The Group", 0, "the text lacks it"},
		{"2.3", "2.3\u00a0Text", 5, "a blank that does not break"},
	} {
		if got := labelEnd(&corpus.Paragraph{Label: tt.label, Text: tt.text}); got != tt.want {
			t.Errorf("labelEnd(%q, %q) = %d, want %d: %s", tt.label, tt.text, got, tt.want, tt.why)
		}
	}
}
