package quote

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
)

// Quote is words of one text version of a document.
type Quote struct {
	Doc    corpus.ID `json:"doc"`
	Text   string    `json:"text"` // hash of the text version
	Pieces []Piece   `json:"pieces"`
	// Sheet is the place in a case file, as the person knows it: "т. 2, л.д. 114".
	Sheet       string       `json:"sheet,omitempty"`
	Translation *Translation `json:"translation,omitempty"`
	// ByEye is the day on which a person compared the words with the picture of
	// the page, as 2026-11-22; "" if nobody did.
	ByEye string `json:"by_eye,omitempty"`
}

// Piece is a run of words, or what stands between two of them.
type Piece struct {
	Para     int    `json:"para,omitempty"`  // ordinal of the paragraph; 0 for what is ours
	Start    int    `json:"start,omitempty"` // code points into the paragraph
	End      int    `json:"end,omitempty"`   // exclusive
	Emphasis bool   `json:"emphasis,omitempty"`
	Show     string `json:"show,omitempty"` // what is ours: " […] ", "[T]", " [sic]"
}

// Translation is the words of a quote in another language.
type Translation struct {
	Text    string `json:"text"`
	Lang    string `json:"lang"`
	By      string `json:"by,omitempty"` // "" for the author of the brief
	Machine bool   `json:"machine,omitempty"`
}

// Ours reports whether a piece is not the document's.
func (p Piece) Ours() bool { return p.Para == 0 }

// Omission is how words left out are shown.
const Omission = "[…]"

// bracketed is the form of all that is ours: one pair of brackets, with the
// blanks around it.
var bracketed = regexp.MustCompile(`^\s*\[[^\[\]]*\]\s*$`)

// Run is a piece with its words.
type Run struct {
	Piece
	Text string
}

// Excerpt is a quote with its words.
type Excerpt struct {
	Quote
	Runs  []Run
	Shown string      // the words as they are shown, paragraphs divided by a line feed
	Spans []cite.Span // of the words, in bytes
}

// Resolve reads the words of a quote out of its text. It fails when the pieces
// do not lie in the text, or not in its order, or when words are left out
// without a mark.
func (q Quote) Resolve(t *corpus.Text) (*Excerpt, error) {
	x := &Excerpt{Quote: q}
	var last *Run // the words before
	var b strings.Builder
	marked := false
	for _, p := range q.Pieces {
		run, span, err := resolve(p, t)
		if err != nil {
			return nil, &corpus.Error{Op: "quote", Subj: q.Doc.Short(), Kind: corpus.ErrInvalid, Err: err}
		}
		if p.Ours() {
			marked = true
		} else {
			joint, err := join(t, last, &run, marked)
			if err != nil {
				return nil, &corpus.Error{Op: "quote", Subj: q.Doc.Short(), Kind: corpus.ErrInvalid, Err: err}
			}
			b.WriteString(joint)
			if joint != "" {
				x.Runs = append(x.Runs, Run{Text: joint})
			}
			x.Spans = append(x.Spans, span)
			last, marked = &run, false
		}
		b.WriteString(run.Text)
		x.Runs = append(x.Runs, run)
	}
	if last == nil {
		return nil, &corpus.Error{Op: "quote", Subj: q.Doc.Short(), Kind: corpus.ErrInvalid, Err: errors.New("no words")}
	}
	x.Shown = b.String()
	return x, nil
}

// resolve reads one piece.
func resolve(p Piece, t *corpus.Text) (Run, cite.Span, error) {
	if p.Ours() {
		if !bracketed.MatchString(p.Show) {
			return Run{}, cite.Span{}, fmt.Errorf("%q is not in square brackets", p.Show)
		}
		return Run{Piece: p, Text: p.Show}, cite.Span{}, nil
	}
	if p.Para < 1 || p.Para > len(t.Paragraphs) {
		return Run{}, cite.Span{}, fmt.Errorf("there is no paragraph ~%d", p.Para)
	}
	text := t.Paragraphs[p.Para-1].Text
	from, to := ByteOffset(text, p.Start), ByteOffset(text, p.End)
	if p.Start < 0 || from < 0 || to < 0 || from >= to {
		return Run{}, cite.Span{}, fmt.Errorf("paragraph ~%d has no characters %d to %d", p.Para, p.Start, p.End)
	}
	return Run{Piece: p, Text: text[from:to]}, cite.Span{Ord: p.Para, Start: from, End: to}, nil
}

// join returns what is shown between two runs of words that follow each other:
// nothing within a paragraph, a line feed from one paragraph to the next. Words
// that were passed over need a mark.
func join(t *corpus.Text, a, b *Run, marked bool) (string, error) {
	if a == nil {
		return "", nil
	}
	switch {
	case b.Para < a.Para || b.Para == a.Para && b.Start < a.End:
		return "", errors.New("the words are not in the order of the document")
	case b.Para == a.Para:
		if !marked && b.Start != a.End {
			return "", fmt.Errorf("words were left out of paragraph ~%d without %s", a.Para, Omission)
		}
		return "", nil
	case marked:
		return "", nil
	}
	endsWhole := a.End == utf8.RuneCountInString(t.Paragraphs[a.Para-1].Text)
	if !endsWhole || b.Start > labelRunes(&t.Paragraphs[b.Para-1]) || !follows(t, a.Para, b.Para) {
		return "", fmt.Errorf("words were left out between paragraphs ~%d and ~%d without %s", a.Para, b.Para, Omission)
	}
	return "\n", nil
}

// follows reports whether nothing but running heads, page numbers and notes
// stands between two paragraphs.
func follows(t *corpus.Text, a, b int) bool {
	for i := a; i < b-1; i++ {
		if r := t.Paragraphs[i].Role; r != corpus.RoleHeader && r != corpus.RoleFootnote {
			return false
		}
	}
	return true
}

// labelRunes returns how many code points the printed number at the head of a
// paragraph takes, with the blank after it.
func labelRunes(p *corpus.Paragraph) int { return utf8.RuneCountInString(p.Text[:LabelEnd(p)]) }

// LabelEnd returns where the words of a paragraph begin, in bytes: after its
// printed number, "34. ", or the mark of its bullet.
func LabelEnd(p *corpus.Paragraph) int {
	rest, ok := strings.CutPrefix(p.Text, p.Label)
	if p.Label == "" || !ok {
		r, n := utf8.DecodeRuneInString(p.Text)
		if strings.ContainsRune("•·●▪◦‣", r) && strings.HasPrefix(p.Text[n:], " ") {
			return n + 1
		}
		return 0
	}
	n := len(rest) - len(strings.TrimLeft(rest, ".)] \u00a0\t"))
	if n == 0 || n == len(rest) {
		return 0 // "34A" is not the number 34, and a number alone is the text
	}
	return len(p.Label) + n
}

// ByteOffset returns the byte at which code point n of text begins; -1 if the
// text is shorter.
func ByteOffset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	if n == 0 {
		return len(text)
	}
	return -1
}

// Whole returns a quote of all the words of a paragraph, without its number.
func Whole(doc corpus.ID, hash string, p *corpus.Paragraph) Quote {
	return Quote{Doc: doc, Text: hash, Pieces: []Piece{{Para: p.Ord, Start: labelRunes(p), End: utf8.RuneCountInString(p.Text)}}}
}

// Omits reports whether words of the document are left out inside the quote.
func (q Quote) Omits() bool {
	for _, p := range q.Pieces {
		if p.Ours() && strings.TrimSpace(p.Show) != "[sic]" {
			return true
		}
	}
	return false
}

// Emphasised reports whether some words are marked by us.
func (q Quote) Emphasised() bool {
	for _, p := range q.Pieces {
		if p.Emphasis {
			return true
		}
	}
	return false
}

// Key returns a short name of the words: the same quote has the same name.
func (q Quote) Key() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %v", q.Doc, q.Text, q.Pieces)
	const digits = 12
	return hex.EncodeToString(h.Sum(nil))[:digits]
}

// Options returns what a citation needs to know of the quote.
func (q Quote) Options(style cite.Style, lang string, form cite.Form) cite.Options {
	opt := cite.Options{Style: style, Lang: lang, Form: form, Emphasis: q.Emphasised()}
	if q.Translation != nil {
		opt.Translated, opt.By, opt.Machine = true, q.Translation.By, q.Translation.Machine
	}
	return opt
}

// Place returns where the quote stands, for its citation.
func (x *Excerpt) Place(t *corpus.Text, kind corpus.Kind) cite.Place {
	at := cite.Locate(t, kind, x.Spans)
	at.Sheet = x.Sheet
	return at
}
