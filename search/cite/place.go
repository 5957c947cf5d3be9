package cite

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// Span is a run of words in one paragraph of a text.
type Span struct {
	Ord        int // of the paragraph
	Start, End int // bytes of its text
}

// Place is where words stand in the published original, as printed there.
type Place struct {
	Kind    corpus.PinpointKind `json:"kind,omitempty"`        // "" if nothing printed leads to the words
	Label   string              `json:"label,omitempty"`       // "45", "2.7", "C"; of a section its heading
	Last    string              `json:"last,omitempty"`        // the last label of several paragraphs; "" for one
	Sub     string              `json:"sub,omitempty"`         // a lettered or numbered item under Label: "(a)", "2)"
	Bullet  int                 `json:"bullet,omitempty"`      // which bullet under Label, from 1; 0 if none
	Part    string              `json:"part,omitempty"`        // of an article: its part or point, as printed
	Page    int                 `json:"page,omitempty"`        // physical page, from 1; 0 if the original has none
	Printed string              `json:"printed,omitempty"`     // the number printed on that page; "" if none
	LastPg  int                 `json:"lastPage,omitempty"`    // the last page, where the words go on; 0 for one
	LastPr  string              `json:"lastPrinted,omitempty"` // as printed
	Sheet   string              `json:"sheet,omitempty"`       // of a case file, as a person gave it: "т. 2, л.д. 114"
	Voice   corpus.Voice        `json:"voice,omitempty"`       // whose words; "" if unknown or of several
	Nested  bool                `json:"nested,omitempty"`      // the words stand in quotation marks there: somebody else's
	Edition string              `json:"edition,omitempty"`     // of a statute: the last amendment that its text notes, yyyy-mm-dd
}

// Locate returns the place of words in a text. Spans are in the order of the
// text; there is one at least.
func Locate(t *corpus.Text, kind corpus.Kind, spans []Span) Place {
	first, last := spans[0], spans[len(spans)-1]
	p, q := &t.Paragraphs[first.Ord-1], &t.Paragraphs[last.Ord-1]
	var at Place
	at.pages(p, q, first.Start, max(last.End-1, 0))
	at.Voice = p.Voice
	for _, s := range spans {
		if t.Paragraphs[s.Ord-1].Voice != at.Voice {
			at.Voice = ""
		}
	}
	at.Nested = nested(p.Text, first.Start, first.End)
	if kind == corpus.Statute || kind == corpus.Regulation {
		at.Edition = amended(t)
	}
	if statute := kind == corpus.Statute || kind == corpus.Treaty || kind == corpus.Regulation; !statute || !at.article(t, p) {
		at.paragraph(t, p, q)
	}
	if at.Kind == "" {
		at.fallBack(p)
	}
	return at
}

func (at *Place) pages(p, q *corpus.Paragraph, from, to int) {
	a, b := p.PageAt(from), q.PageAt(to)
	at.Page, at.Printed = a.Page, a.Label
	if b.Page > a.Page {
		at.LastPg, at.LastPr = b.Page, b.Label
	}
}

// letters are the labels of recitals: one or two capital Latin letters.
var letters = regexp.MustCompile(`^[A-Z]{1,2}$`)

// paragraph sets a printed number, or the bullet or item under one.
func (at *Place) paragraph(t *corpus.Text, p, q *corpus.Paragraph) {
	if p.Role == corpus.RoleFootnote {
		if p.Label != "" {
			at.Kind, at.Label = corpus.PinFootnote, p.Label
		}
		return
	}
	label := at.under(t, p)
	if label == "" {
		return
	}
	at.Kind, at.Label = corpus.PinPara, label
	if letters.MatchString(label) {
		at.Kind = corpus.PinRecital
	}
	if p == q {
		return
	}
	var end Place
	if last := end.under(t, q); last != "" && last != label {
		at.Last, at.Sub, at.Bullet = last, "", 0
	} else if last == "" || end.Sub != at.Sub || end.Bullet != at.Bullet {
		at.Sub, at.Bullet = "", 0 // the whole numbered paragraph
	}
}

// under returns the printed number that p stands under and sets which item or
// bullet of it p is; "" when nothing is printed.
func (at *Place) under(t *corpus.Text, p *corpus.Paragraph) string {
	if p.Under == 0 || p.Under > len(t.Paragraphs) {
		return p.Label
	}
	top := &t.Paragraphs[p.Under-1]
	if p.Label != "" {
		at.Sub = p.Label
	} else if bulleted(p.Text) {
		for i := p.Under; i < p.Ord; i++ {
			if o := &t.Paragraphs[i]; o.Under == p.Under && o.Label == "" && bulleted(o.Text) {
				at.Bullet++
			}
		}
	}
	if top.Label == "" {
		at.Sub, at.Bullet = "", 0
	}
	return top.Label
}

// bulleted reports whether a text begins with the mark of a list.
func bulleted(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("•·●▪◦‣⁃–—-*○■", r) && strings.HasPrefix(text[n:], " ")
}

// heads find the number of an article in its heading.
var heads = regexp.MustCompile(`^(?:Статья|СТАТЬЯ|Article|ARTICLE|Art\.)\s+(\d+(?:-\d+)?|[IVXLC]+)\b|^(\d+(?:-\d+)?)\s*-\s*бап`)

// article sets the article of a statute that p stands in, and its part.
func (at *Place) article(t *corpus.Text, p *corpus.Paragraph) bool {
	for i := p.Ord - 1; i >= 0; i-- {
		o := &t.Paragraphs[i]
		m := heads.FindStringSubmatch(o.Text)
		if m == nil {
			continue
		}
		at.Kind, at.Label = corpus.PinArticle, m[1]+m[2]
		if i != p.Ord-1 {
			at.Part = strings.Trim(p.Label, ".")
			if p.Under > i+1 && p.Under <= len(t.Paragraphs) {
				at.Part, at.Sub = strings.Trim(t.Paragraphs[p.Under-1].Label, "."), p.Label
			}
		}
		return true
	}
	return false
}

// fallBack sets the page, or the heading, when no number leads to p.
func (at *Place) fallBack(p *corpus.Paragraph) {
	switch {
	case at.Page > 0:
		at.Kind, at.Label = corpus.PinPage, at.Printed
	case len(p.Path) > 0:
		at.Kind, at.Label = corpus.PinSection, p.Path[len(p.Path)-1]
	}
}

// nested reports whether text[from:to] lies between quotation marks that were
// opened before it and close after it. Straight marks open and close alike, and
// are not counted.
func nested(text string, from, to int) bool {
	depth := 0
	for _, r := range text[:min(from, len(text))] {
		depth = max(depth+quoteStep(r), 0)
	}
	if depth == 0 {
		return false
	}
	inner := depth
	for _, r := range text[min(from, len(text)):min(to, len(text))] {
		if inner += quoteStep(r); inner <= 0 {
			return false
		}
	}
	return strings.ContainsAny(text[min(to, len(text)):], "»”")
}

func quoteStep(r rune) int {
	switch r {
	case '«', '“', '„':
		return 1
	case '»', '”':
		return -1
	}
	return 0
}

// amendments are notes on changes in the texts of adilet: "Сноска. Статья 405 с
// изменением … от 16.07.2025 № 211-VIII", "Ескерту. … ҚР 12.07.2018 № 180-VI".
var (
	noteRE = regexp.MustCompile(`(?:Сноска|Ескерту)\.`)
	dateRE = regexp.MustCompile(`\b(\d\d)\.(\d\d)\.(\d{4})\s*(?:[жг]\.\s*)?[№N]|\b(\d{4})\.(\d\d)\.(\d\d)\s*[№N]`)
)

// amended returns the latest date of an amendment that the text itself notes.
func amended(t *corpus.Text) string {
	latest := ""
	for i := range t.Paragraphs {
		text := t.Paragraphs[i].Text
		if !noteRE.MatchString(text) {
			continue
		}
		for _, m := range dateRE.FindAllStringSubmatch(text, -1) {
			d := m[3] + "-" + m[2] + "-" + m[1]
			if m[4] != "" {
				d = m[4] + "-" + m[5] + "-" + m[6]
			}
			if corpus.Date(d).Valid() && d > latest {
				latest = d
			}
		}
	}
	return latest
}
