package export

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"
	"strconv"
	"strings"

	"dalel/search/cite"
	"dalel/search/quote"
)

// Markdown writes CommonMark with notes in the manner of pandoc and GitHub. The
// cards stand in a code block at the end.
func Markdown(w io.Writer, b *Bundle) error {
	cards, err := quote.MarshalCards(b.Cards())
	if err != nil {
		return err
	}
	m := &markdown{w: bufio.NewWriter(w), b: b}
	m.line("# " + mdEscape(b.Title))
	if b.Note != "" {
		m.line(mdEscape(b.Note))
	}
	for _, it := range b.Items {
		switch {
		case it.Quote != nil:
			m.quote(it.Quote)
		case it.Heading != "":
			m.line("## " + mdEscape(it.Heading))
		default:
			for line := range strings.SplitSeq(it.Words, "\n") {
				m.line(mdEscape(line))
			}
		}
	}
	m.lists()
	for _, q := range b.Quotes() {
		if b.Form != cite.Inline {
			m.line("[^" + strconv.Itoa(q.N) + "]: " + mdCitation(q.Cite.Runs))
		}
	}
	m.line("## " + wCards.in(b.Lang))
	m.line("```json\n" + string(cards) + "\n```")
	return m.w.Flush()
}

type markdown struct {
	w *bufio.Writer
	b *Bundle
}

// line writes a block and the blank line after it.
func (m *markdown) line(s string) { _, _ = m.w.WriteString(s + "\n\n") } // Flush tells of an error

func (m *markdown) quote(q *Quote) {
	opening, closing := m.b.marks()
	var words strings.Builder
	for _, r := range q.Runs {
		text := mdEscape(r.Text)
		if r.Emphasis {
			text = mdEmphasis(text)
		}
		words.WriteString(text)
	}
	ref := "[^" + strconv.Itoa(q.N) + "]"
	if m.b.Form == cite.Inline {
		ref = " " + mdCitation(q.Cite.Runs)
	}
	body := opening + words.String() + closing + ref
	m.line("> " + strings.ReplaceAll(body, "\n", "\n>\n> "))
	if q.Translation != nil {
		m.line("> " + wTranslation.in(m.b.Lang) + ": " + opening + mdEscape(oneLine(q.Translation.Text)) + closing)
	}
}

// oneLine keeps words of a person on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (m *markdown) lists() {
	if len(m.b.Works) == 0 {
		return
	}
	m.line("## " + wExhibits.in(m.b.Lang))
	for i, w := range m.b.Works {
		m.line(strconv.Itoa(i+1) + ". " + mdCitation(w.Cite.Runs) + " SHA-256: `" + string(w.Doc.ID) + "`")
	}
	m.line("## " + wCheck.in(m.b.Lang))
	for _, line := range m.b.checkLines() {
		m.line(mdEscape(line))
	}
}

// mdSpecial are the signs that CommonMark, its tables, its links and its HTML
// make something of.
const mdSpecial = "\\`*_{}[]()<>#+-.!|~$&=:@\"'^"

// mdEscape keeps text from being markup: each sign gets a backslash, so that it
// is shown as it is.
func mdEscape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && strings.ContainsRune(mdSpecial, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mdEmphasis puts text in italics; blanks stay outside, as CommonMark wants.
func mdEmphasis(s string) string {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return s
	}
	before, after, _ := strings.Cut(s, trimmed)
	return before + "*" + trimmed + "*" + after
}

func mdCitation(runs []cite.Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Italic {
			b.WriteString(mdEmphasis(mdEscape(r.Text)))
		} else {
			b.WriteString(mdEscape(r.Text))
		}
	}
	return b.String()
}

//go:embed parts/page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"lines": func(s string) []string { return strings.Split(s, "\n") },
	"inc":   func(n int) int { return n + 1 },
}).Parse(pageText))

// page is the data of an HTML file.
type page struct {
	*Bundle
	Open, Close string
	Inline      bool
	CardsJSON   string
}

// HTML writes a page of its own: no script, nothing from elsewhere. The cards
// stand in it as text that can be opened.
func HTML(w io.Writer, b *Bundle) error {
	cards, err := quote.MarshalCards(b.Cards())
	if err != nil {
		return err
	}
	p := page{Bundle: b, Inline: b.Form == cite.Inline, CardsJSON: string(cards)}
	p.Open, p.Close = b.marks()
	return pageTemplate.Execute(w, p)
}

// The words of the page.
func (p page) Exhibits() string  { return wExhibits.in(p.Lang) }
func (p page) Document() string  { return wDocument.in(p.Lang) }
func (p page) HashWord() string  { return wHash.in(p.Lang) }
func (p page) NotesWord() string { return wNotes.in(p.Lang) }
func (p page) TransWord() string { return wTranslation.in(p.Lang) }
func (p page) HowTo() string     { return wCheck.in(p.Lang) }
func (p page) CardsWord() string { return wCards.in(p.Lang) }
func (p page) Checks() []string  { return p.checkLines() }
func (p page) LangOf(q *Quote) string {
	if l := q.Text.Paragraphs[q.Spans[0].Ord-1].Lang; l != "und" {
		return l
	}
	return ""
}
