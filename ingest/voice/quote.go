package voice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
)

// minQuote is the shortest quotation that is kept, in runes: shorter ones are
// names and words of which the writer keeps his distance.
const minQuote = 25

// marksOf are quotation marks, opening and closing. A straight one is both.
var marksOf = []struct{ open, close string }{
	{"«", "»"}, {"“", "”"}, {"„", "“"}, {"\"", "\""},
}

// markQuotes fills in Quotes: what stands in quotation marks, also where a
// quotation goes on over several paragraphs.
func markQuotes(f *form, ps []corpus.Paragraph) {
	open := "" // the mark that ends a quotation begun above
	for i := range ps {
		p := &ps[i]
		if p.Role == corpus.RoleHeader || p.Role == corpus.RoleFootnote || p.Quotes != nil {
			continue
		}
		if p.Role == corpus.RoleHeading && (open == "" || !strings.Contains(p.Text, open)) {
			open = ""
			continue
		}
		p.Quotes, open = quotes(p.Text, open)
		for k := range p.Quotes {
			p.Quotes[k].Voice = quoted(f, p, &p.Quotes[k])
		}
	}
}

// quotes finds the quotations of a text. Until is the mark that ends one begun
// above it, "" if there is none; the second result is the same for what comes
// below. A text that begins with the same opening mark starts anew.
func quotes(text, until string) ([]corpus.Quote, string) {
	var out []corpus.Quote
	at := 0
	if until != "" && !strings.HasPrefix(text, opener(until)) {
		end := strings.Index(text, until)
		if end < 0 && text == "" {
			return nil, until
		}
		if end < 0 {
			return []corpus.Quote{{Start: 0, End: len(text)}}, carry(text, until)
		}
		out = keep(out, text, 0, end)
		at = end + len(until)
	}
	for at < len(text) {
		start, closing := nextQuote(text[at:])
		if start < 0 {
			break
		}
		start += at
		n := matching(text[start:], closing)
		if n < 0 { // it ends in a paragraph below, or was never one
			if !opensText(text[:start-len(opener(closing))]) {
				break
			}
			return keep(out, text, start, len(text)), carry(text, closing)
		}
		out = keep(out, text, start, start+n)
		at = start + n + len(closing)
	}
	return out, ""
}

// carry keeps a quotation open into the next paragraph, unless the paragraph
// is so long that its mark was lost.
func carry(text, closing string) string {
	const longest = 20_000
	if len(text) > longest || closing == `"` {
		return ""
	}
	return closing
}

// opensText reports whether nothing but a printed number stands before a mark.
func opensText(before string) bool {
	return len(before) < 8 && !strings.ContainsFunc(before, unicode.IsLetter)
}

func opener(closing string) string {
	for _, m := range marksOf {
		if m.close == closing {
			return m.open
		}
	}
	return closing
}

// nextQuote returns where the first quotation of text begins, after its mark,
// and the mark that ends it.
func nextQuote(text string) (start int, closing string) {
	start = -1
	for _, m := range marksOf {
		if i := strings.Index(text, m.open); i >= 0 && (start < 0 || i+len(m.open) < start) {
			start, closing = i+len(m.open), m.close
		}
	}
	return start, closing
}

// matching returns where the quotation that text begins with ends. Quotations
// inside it are passed over.
func matching(text, closing string) int {
	open, depth := opener(closing), 1
	for i := 0; i < len(text); {
		switch {
		case strings.HasPrefix(text[i:], closing):
			if depth--; depth == 0 {
				return i
			}
			i += len(closing)
		case open != closing && strings.HasPrefix(text[i:], open):
			depth++
			i += len(open)
		default:
			i++
		}
	}
	return -1
}

func keep(out []corpus.Quote, text string, start, end int) []corpus.Quote {
	if utf8.RuneCountInString(text[start:end]) < minQuote {
		return out
	}
	return append(out, corpus.Quote{Start: start, End: end})
}

// quoted tells whose words a quotation holds: of who speaks in the sentence
// before it, if that is another than the speaker of the paragraph.
func quoted(f *form, p *corpus.Paragraph, q *corpus.Quote) corpus.Voice {
	if f == nil || len(f.speakers) == 0 {
		return ""
	}
	before := p.Text[:q.Start]
	if at := strings.LastIndex(before, ". "); at >= 0 {
		before = before[at+2:]
	}
	l := newLine(before, "")
	l.sentence = len(l.words)
	if o, ok := f.opened(&l); ok && o.voice != p.Voice {
		return o.voice
	}
	return ""
}
