package quote

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
)

// Card is a quote as a stranger gets it, to be checked: a Web Annotation (W3C
// Recommendation of 23 February 2017) with what the standard has no word for
// under names that begin with "dalel:". Positions are Unicode code points of
// the canonical text T, in which paragraphs are divided by one line feed.
type Card struct {
	Context    []any       `json:"@context"`
	ID         string      `json:"id"`
	Type       string      `json:"type"`
	Motivation string      `json:"motivation"`
	Body       []Body      `json:"body,omitempty"`
	Target     []Target    `json:"target"`
	N          int         `json:"dalel:n"` // of the quotes of one export, from 1
	Doc        corpus.ID   `json:"dalel:doc"`
	Text       string      `json:"dalel:text"` // SHA-256 of T
	Extractor  string      `json:"dalel:extractor"`
	MediaType  string      `json:"dalel:mediaType"`
	Size       int64       `json:"dalel:size"`
	Normal     string      `json:"dalel:normal"` // "n1": nothing but paragraphs of one line, in UTF-8
	Shown      []Shown     `json:"dalel:shown"`
	Quote      string      `json:"dalel:quoteHash"` // SHA-256 of the words as they are shown
	Place      cite.Place  `json:"dalel:place"`
	Kind       corpus.Kind `json:"dalel:kind"`
	Unit       string      `json:"dalel:unit,omitempty"` // under an article: "part" or "point"
	Pin        string      `json:"dalel:pinpoint"`       // as it stands in the citation
	Citation   string      `json:"dalel:citation"`
	Style      cite.Style  `json:"dalel:style"`
	Lang       string      `json:"dalel:lang"`
	Form       cite.Form   `json:"dalel:form"`
	ByEye      string      `json:"dalel:comparedByEye,omitempty"`
	Doubtful   bool        `json:"dalel:doubtful,omitempty"` // stands on a page that was read doubtfully
	Log        *LogRef     `json:"dalel:log,omitempty"`
}

// Body is a translation.
type Body struct {
	Type     string `json:"type"`
	Value    string `json:"value"`
	Language string `json:"language,omitempty"`
	Purpose  string `json:"purpose"`
}

// Target is one run of words.
type Target struct {
	Type      string     `json:"type"`
	Source    string     `json:"source"`
	Selector  []Selector `json:"selector"`
	Para      int        `json:"dalel:paragraph"` // ordinal: for programs, never for a citation
	Label     string     `json:"dalel:label,omitempty"`
	Page      int        `json:"dalel:page,omitempty"`
	PageLabel string     `json:"dalel:pageLabel,omitempty"`
}

// Selector is a TextPositionSelector or a TextQuoteSelector.
type Selector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// Shown is one piece of the quote as it stands in the export: a target, by its
// index, or words of the author's in brackets.
type Shown struct {
	Target   int    `json:"target"` // -1 for the author's
	Emphasis bool   `json:"emphasis,omitempty"`
	Words    string `json:"words,omitempty"`
}

// LogRef proves that the record of the document's text is in the log of the
// library it was quoted in (RFC 6962, section 2.1.1).
type LogRef struct {
	Index  int64    `json:"index"`  // of the record, from 0
	Record string   `json:"record"` // its bytes
	Size   int64    `json:"size"`   // of the tree
	Root   string   `json:"root"`   // base64
	Proof  []string `json:"proof"`  // base64
}

// Cards are all cards of an export, as an AnnotationPage.
type Cards struct {
	Context    any    `json:"@context"`
	Type       string `json:"type"`
	Format     string `json:"dalel:cards"`                // "1"
	Checkpoint string `json:"dalel:checkpoint,omitempty"` // signed note of the log (C2SP tlog-checkpoint)
	Key        string `json:"dalel:key,omitempty"`        // that verifies it
	Items      []Card `json:"items"`
}

// NewCards returns the cards of an export.
func NewCards(checkpoint, key string, items []Card) Cards {
	return Cards{Context: anno, Type: "AnnotationPage", Format: "1", Checkpoint: checkpoint, Key: key, Items: items}
}

// anno is the context of Web Annotations.
const anno = "http://www.w3.org/ns/anno.jsonld"

// around is the number of code points that a card gives beside the words.
const around = 32

// NewCard makes the card of an excerpt. restricted keeps the words beside it
// out, and so does an omission: they may hold the name that was left out.
func NewCard(x *Excerpt, d *corpus.Document, t *corpus.Text, c cite.Citation, opt cite.Options, restricted bool) Card {
	at := x.Place(t, d.Kind())
	card := Card{
		Context: []any{anno, map[string]string{"dalel": "urn:dalel:terms:1:"}},
		ID:      "urn:dalel:quote:" + x.Key(), Type: "Annotation", Motivation: "highlighting",
		Doc: x.Doc, Text: x.Quote.Text, Extractor: t.Extractor, MediaType: d.MediaType, Size: d.Size, Normal: "n1",
		Quote: Hash(x.Shown), Place: at, Kind: d.Kind(), Unit: cite.Unit(d), Pin: c.Pin, Citation: c.String(),
		Style: opt.Style, Lang: c.Lang, Form: opt.Form, ByEye: x.ByEye, Doubtful: x.Doubtful(t),
	}
	if card.Form == "" {
		card.Form = cite.Footnote
	}
	if x.Translation != nil {
		card.Body = []Body{{Type: "TextualBody", Value: x.Translation.Text, Language: x.Translation.Lang, Purpose: "describing"}}
	}
	card.setTargets(x, t, !restricted && !x.Omits() && len(x.Spans) == 1)
	return card
}

// Hash returns the lower-case hex SHA-256 of words.
func Hash(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:])
}

// setTargets writes the pieces. Runs of words that touch each other are one
// target, unless their dress differs.
func (card *Card) setTargets(x *Excerpt, t *corpus.Text, withContext bool) {
	starts := Starts(t)
	for _, r := range x.Runs {
		if r.Ours() {
			if r.Text != "\n" {
				card.Shown = append(card.Shown, Shown{Target: -1, Words: r.Text})
			}
			continue
		}
		card.Shown = append(card.Shown, Shown{Target: len(card.Target), Emphasis: r.Emphasis})
		p := &t.Paragraphs[r.Para-1]
		from, to := starts[r.Para-1]+r.Start, starts[r.Para-1]+r.End
		page := p.PageAt(ByteOffset(p.Text, r.Start))
		words := Selector{Type: "TextQuoteSelector", Exact: r.Text}
		if withContext {
			words.Prefix, words.Suffix = beside(p.Text, r.Start, r.End)
		}
		card.Target = append(card.Target, Target{
			Type: "SpecificResource", Source: "urn:sha256:" + string(x.Doc),
			Selector: []Selector{{Type: "TextPositionSelector", Start: &from, End: &to}, words},
			Para:     r.Para, Label: p.Label, Page: page.Page, PageLabel: page.Label,
		})
	}
}

// Starts returns at which code point of T each paragraph begins.
func Starts(t *corpus.Text) []int {
	out := make([]int, len(t.Paragraphs))
	at := 0
	for i := range t.Paragraphs {
		out[i] = at
		at += utf8.RuneCountInString(t.Paragraphs[i].Text) + 1
	}
	return out
}

// beside returns the words before and after a run, within its paragraph.
func beside(text string, from, to int) (prefix, suffix string) {
	runes := []rune(text)
	return string(runes[max(0, from-around):from]), string(runes[to:min(len(runes), to+around)])
}

// Doubtful reports whether the words stand on a page that was not read well.
func (x *Excerpt) Doubtful(t *corpus.Text) bool {
	for _, s := range x.Spans {
		p := &t.Paragraphs[s.Ord-1]
		first, last := p.PageAt(s.Start).Page, p.PageAt(s.End-1).Page
		for _, page := range t.Pages {
			if page.Status != corpus.PageOK && (page.No >= first && page.No <= last || len(p.Pages) == 0) {
				return true
			}
		}
	}
	return false
}

// MarshalCards writes cards as JSON that may stand in HTML and XML: no <, >
// or & is in it.
func MarshalCards(c Cards) ([]byte, error) { return json.MarshalIndent(c, "", " ") }

// Fragment returns the text fragment that shows the words in a browser
// (WICG scroll-to-text-fragment); "" where it would tell more than the quote.
func (card *Card) Fragment() string {
	if len(card.Target) != 1 || len(card.Shown) != 1 {
		return ""
	}
	const longest = 60
	words := []rune(card.Target[0].Selector[1].Exact)
	if len(words) <= longest {
		return "#:~:text=" + escapeFragment(string(words))
	}
	head, tail := firstWords(words), lastWords(words)
	return "#:~:text=" + escapeFragment(head) + "," + escapeFragment(tail)
}

func firstWords(r []rune) string {
	f := strings.Fields(string(r))
	return strings.Join(f[:min(4, len(f))], " ")
}

func lastWords(r []rune) string {
	f := strings.Fields(string(r))
	return strings.Join(f[max(0, len(f)-4):], " ")
}

func escapeFragment(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			b.WriteByte(c)
			continue
		}
		b.WriteString(string([]byte{'%', hexDigits[c>>4], hexDigits[c&15]}))
	}
	return b.String()
}
