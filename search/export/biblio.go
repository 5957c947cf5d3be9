package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"dalel/corpus"
	"dalel/search/quote"
)

// ref is a quote as reference managers see it: a document, cited at a place.
type ref struct {
	q         *Quote
	id        string
	title     string
	body      string
	number    string
	date      string // ISO 8601
	url       string
	kind      string
	pin       string
	quoteText string
}

func (b *Bundle) refs() []ref {
	var out []ref
	for _, q := range b.Quotes() {
		d := q.Doc
		out = append(out, ref{
			q: q, id: "dalel" + strconv.Itoa(q.N) + "-" + d.ID.Short(),
			title:  firstOf(oneLine(d.Value(corpus.KeyTitle)), "["+string(d.Kind())+"]"),
			body:   oneLine(firstOf(d.Value(corpus.KeyCourt), strings.Join(d.Values(corpus.KeyBody), "; "))),
			number: oneLine(firstOf(d.Value(corpus.KeySymbol), d.Value(corpus.KeyNumber), d.Value(corpus.KeyCase))),
			date:   string(d.Date()), url: d.Value(corpus.KeyURL), kind: strings.ReplaceAll(string(d.Kind()), "_", " "),
			pin: q.Full.Pin, quoteText: oneLine(q.Shown),
		})
	}
	return out
}

// RIS writes the references for Zotero, EndNote and Mendeley. All are reports:
// other types lose the body and the number in common readers. A body is the
// publisher and no author: readers make persons of authors. The place is said in
// words.
func RIS(w io.Writer, b *Bundle) error {
	out := bufio.NewWriter(w)
	for _, r := range b.refs() {
		line := func(tag, value string) {
			if value != "" {
				fmt.Fprintf(out, "%s  - %s\r\n", tag, risClean(value))
			}
		}
		line("TY", "RPRT")
		line("ID", r.id)
		line("TI", r.title)
		line("PY", strings.SplitN(r.date, "-", 2)[0])
		line("DA", strings.ReplaceAll(r.date, "-", "/"))
		line("M1", r.number)
		line("M3", r.kind)
		line("PB", r.body)
		line("UR", r.url)
		line("AB", r.quoteText)
		line("N1", r.pin)
		line("N1", r.q.Full.String())
		line("U1", "SHA-256 "+string(r.q.Doc.ID))
		_, _ = out.WriteString("ER  - \r\n\r\n") // Flush tells of an error
	}
	return out.Flush()
}

// risClean keeps a value on its line.
func risClean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// BibLaTeX writes the references for biber. Titles and bodies stand in double
// braces, which keeps their capitals.
func BibLaTeX(w io.Writer, b *Bundle) error {
	out := bufio.NewWriter(w)
	for _, r := range b.refs() {
		fmt.Fprintf(out, "@report{%s,\n", r.id)
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(out, "  %s = {%s},\n", name, value)
			}
		}
		field("title", "{"+texEscape(r.title)+"}")
		body := firstOf(r.body, "[body?]")
		field("author", "{"+texEscape(body)+"}")
		field("institution", "{"+texEscape(body)+"}")
		field("type", texEscape(r.kind))
		field("number", texEscape(r.number))
		field("date", firstOf(r.date, "unknown"))
		field("url", texURL(r.url))
		field("note", texEscape(r.pin))
		field("abstract", texEscape(r.quoteText))
		field("addendum", "SHA-256 "+string(r.q.Doc.ID))
		_, _ = out.WriteString("}\n\n") // Flush tells of an error
	}
	return out.Flush()
}

var texReplacer = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
)

// texEscape keeps text from being commands of TeX.
func texEscape(s string) string { return texReplacer.Replace(risClean(s)) }

// texURL keeps an address within its braces.
func texURL(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("{}\\", r) || unicode.IsControl(r) || r == ' ' {
			return -1
		}
		return r
	}, s)
}

// cslItem is an item of CSL-JSON 1.0. Its schema allows no fields but its own,
// so ours stand under custom.
type cslItem struct {
	ID        string   `json:"id"`
	Type      string   `json:"type"`
	Title     string   `json:"title"`
	Authority string   `json:"authority,omitempty"`
	Publisher string   `json:"publisher,omitempty"`
	Number    string   `json:"number,omitempty"`
	Issued    *cslDate `json:"issued,omitempty"`
	URL       string   `json:"URL,omitempty"`
	Abstract  string   `json:"abstract,omitempty"`
	Note      string   `json:"note,omitempty"`
	Custom    cslOurs  `json:"custom"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

type cslOurs struct {
	Pinpoint string     `json:"pinpoint,omitempty"`
	Citation string     `json:"citation"`
	Card     quote.Card `json:"card"`
}

// cslTypes are the types of CSL 1.0.2 for kinds of documents.
var cslTypes = map[corpus.Kind]string{
	corpus.Judgment: "legal_case", corpus.Verdict: "legal_case", corpus.Ruling: "legal_case", corpus.Decision: "legal_case",
	corpus.Statute: "legislation", corpus.Regulation: "regulation", corpus.NormativeResolution: "legislation", corpus.Treaty: "treaty",
	corpus.News: "article-newspaper", corpus.HearingRecord: "hearing",
}

// CSL writes CSL-JSON, for tools. Styles of CSL lose the kind of a pinpoint, so
// the citation itself stands under custom.
func CSL(w io.Writer, b *Bundle) error {
	items := []cslItem{}
	for _, r := range b.refs() {
		kind := firstOf(cslTypes[r.q.Doc.Kind()], "report")
		items = append(items, cslItem{
			ID: r.id, Type: kind, Title: r.title, Authority: r.body, Publisher: r.body, Number: r.number, Issued: cslDateOf(r.q.Doc.Date()),
			URL: r.url, Abstract: r.q.Shown, Note: r.pin, Custom: cslOurs{r.pin, r.q.Full.String(), r.q.Card},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(items)
}

func cslDateOf(d corpus.Date) *cslDate {
	if !d.Valid() {
		return nil
	}
	var parts []int
	for p := range strings.SplitSeq(string(d), "-") {
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil
		}
		parts = append(parts, n)
	}
	return &cslDate{[][]int{parts}}
}

// JSONLD writes the cards alone: Web Annotations.
func JSONLD(w io.Writer, b *Bundle) error {
	out, err := quote.MarshalCards(b.Cards())
	if err != nil {
		return err
	}
	_, err = w.Write(append(out, '\n'))
	return err
}
