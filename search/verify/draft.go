package verify

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dalel/corpus"
)

// draft is a text that somebody wrote, as paragraphs with their notes.
type draft struct {
	paras []draftPara
	word  *wordFile // of a Word file
}

// draftPara is a paragraph of a draft.
type draftPara struct {
	text  string
	style string
	notes []draftNote
}

// draftNote is a note, at a byte of the paragraph.
type draftNote struct {
	at   int
	text string
}

// readDraft reads a Word file, a PDF, HTML or plain text.
func readDraft(ctx context.Context, f File, text TextOf) (*draft, error) {
	head := strings.ToLower(strings.TrimSpace(string(f.Bytes[:min(len(f.Bytes), 512)])))
	switch {
	case strings.HasPrefix(string(f.Bytes), "PK"):
		w, err := openWord(f.Bytes)
		if err != nil {
			return nil, &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrUnsupported, Err: err}
		}
		return wordDraft(w), nil
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return htmlDraft(string(f.Bytes))
	case strings.HasPrefix(head, "%pdf"), !utf8.Valid(f.Bytes):
		if text == nil {
			return nil, &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrUnsupported, Err: errors.New("nothing here reads it")}
		}
		t, err := text(ctx, f.Name, f.Bytes)
		if err != nil {
			return nil, err
		}
		return textDraft(t), nil
	}
	return plainDraft(string(f.Bytes)), nil
}

func wordDraft(w *wordFile) *draft {
	d := &draft{word: w}
	for i := range w.body.paras {
		p := &w.body.paras[i]
		dp := draftPara{text: p.text, style: p.style}
		for _, r := range p.refs {
			if w.notes != nil {
				dp.notes = append(dp.notes, draftNote{r.at, w.notes.byNote[r.id]})
			}
		}
		d.paras = append(d.paras, dp)
	}
	return d
}

func textDraft(t *corpus.Text) *draft {
	d := &draft{}
	for i := range t.Paragraphs {
		if t.Paragraphs[i].Role != corpus.RoleHeader {
			d.paras = append(d.paras, draftPara{text: t.Paragraphs[i].Text})
		}
	}
	return d
}

// plainDraft reads text: a blank line ends a paragraph, or, where there is none,
// every line does.
func plainDraft(s string) *draft {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "\ufeff"), "\r\n", "\n")
	sep := "\n"
	if strings.Contains(s, "\n\n") {
		sep = "\n\n"
	}
	d := &draft{}
	for block := range strings.SplitSeq(s, sep) {
		if text := strings.Join(strings.Fields(block), " "); text != "" {
			d.paras = append(d.paras, draftPara{text: text})
		}
	}
	return d
}

// blocks are the elements of a page that end a paragraph.
var blockTags = regexp.MustCompile(`^(?:p|div|li|h[1-6]|blockquote|td|th|tr|section|article|br|dd|dt|figcaption|body)$`)

func htmlDraft(s string) (*draft, error) {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, &corpus.Error{Op: "verify", Kind: corpus.ErrDamaged, Err: err}
	}
	d := &draft{}
	var text strings.Builder
	style := ""
	flush := func() {
		if t := strings.Join(strings.Fields(text.String()), " "); t != "" {
			d.paras = append(d.paras, draftPara{text: t, style: style})
		}
		text.Reset()
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if depth > maxDepth || n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "head") {
			return
		}
		block := n.Type == html.ElementNode && blockTags.MatchString(n.Data)
		if block {
			flush()
			if n.Data == "blockquote" {
				style = "Quote"
			}
		}
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
		if block {
			flush()
			if n.Data == "blockquote" {
				style = ""
			}
		}
	}
	walk(root, 0)
	flush()
	return d, nil
}

// quotation is words in quotation marks, or a paragraph of a style for quotes.
type quotation struct {
	para  int    // of the draft, from 0
	start int    // bytes of the paragraph: of the words, without the marks
	end   int    // exclusive
	after int    // behind the closing mark: where a note goes
	text  string // the words, as they stand
	cited string // what stands after it in brackets, and in its note
}

// closing gives the mark that closes what another opens. A straight mark closes
// itself.
var closing = map[rune]rune{'«': '»', '“': '”', '„': '“', '"': '"', '‘': '’', '‹': '›'}

// fewest is the number of words from which a quotation is looked for: shorter
// ones are names, titles and words in doubt.
const fewest = 4

// quotations finds the quotations of a draft.
func (d *draft) quotations() []quotation {
	var out []quotation
	for i := range d.paras {
		found := d.inParagraph(i)
		if len(found) == 0 && quoteStyle(d.paras[i].style) {
			text := strings.TrimSpace(d.paras[i].text)
			if len(strings.Fields(text)) >= fewest {
				start := strings.Index(d.paras[i].text, text)
				found = []quotation{{para: i, start: start, end: start + len(text), after: len(d.paras[i].text), text: text}}
			}
		}
		for _, q := range found {
			q.cited = d.citedAfter(&q)
			out = append(out, q)
		}
	}
	return out
}

func quoteStyle(style string) bool {
	s := strings.ToLower(style)
	return strings.Contains(s, "quote") || strings.Contains(s, "цитат") || strings.Contains(s, "дәйек")
}

// inParagraph finds the outermost quotations of one paragraph.
func (d *draft) inParagraph(i int) []quotation {
	var out []quotation
	text := d.paras[i].text
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		end, ok := closing[r]
		if !ok || !opens(text, at, r) {
			at += n
			continue
		}
		stop := match(text, at+n, r, end)
		if stop < 0 {
			at += n
			continue
		}
		inner := text[at+n : stop]
		after := stop + utf8.RuneLen(end)
		if r == '„' { // closed by “ or ”, as the language has it
			_, size := utf8.DecodeRuneInString(text[stop:])
			after = stop + size
		}
		if len(strings.Fields(inner)) >= fewest {
			out = append(out, quotation{para: i, start: at + n, end: stop, after: after, text: inner})
		}
		at = after
	}
	return out
}

// opens reports whether a mark stands where a quotation can begin: not inside a
// word, as an apostrophe does.
func opens(text string, at int, mark rune) bool {
	if mark != '‘' && mark != '"' {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return at == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—–-", before)
}

// match returns where a quotation that was opened closes; -1 if it does not.
// Marks of the same kind may stand inside.
func match(text string, from int, open, end rune) int {
	depth := 1
	for i, r := range text[from:] {
		at := from + i
		switch {
		case open == '„' && (r == '“' || r == '”'):
			return at
		case r == end && (end != '’' || !insideWord(text, at)):
			if depth--; depth == 0 {
				return at
			}
		case r == open:
			depth++
		}
	}
	return -1
}

func insideWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen('’'):])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// citedAfter returns what a reader takes for the citation of a quotation: the
// brackets that follow it, and the note whose mark does.
func (d *draft) citedAfter(q *quotation) string {
	p := &d.paras[q.para]
	var parts []string
	rest := strings.TrimLeft(p.text[q.after:], " .,;:\u00a0")
	if strings.HasPrefix(rest, "(") {
		if end := strings.IndexByte(rest, ')'); end > 0 {
			depth, stop := 0, end
			for i, r := range rest {
				if r == '(' {
					depth++
				} else if r == ')' {
					if depth--; depth == 0 {
						stop = i
						break
					}
				}
			}
			parts = append(parts, rest[1:stop])
		}
	}
	const near = 4 // bytes between a closing mark and the mark of its note: a full stop, a blank
	for _, n := range p.notes {
		if n.at >= q.after && n.at <= q.after+near {
			parts = append(parts, n.text)
		}
	}
	return strings.Join(parts, "; ")
}

// A pinpoint as people write it after a quotation.
var (
	paraPin = regexp.MustCompile(`(?i)(?:\bparas?\.?|\bparagraphs?|§+|¶+|(?:^|[^\pL])(?:пп?\.|пункт\pL*))\s*(\d+(?:\.\d+)*)|(\d+(?:\.\d+)*)\s*-?\s*(?:т\.|тармақ)`)
	pagePin = regexp.MustCompile(`(?i)(?:\bpp?\.|\bpages?|(?:^|[^\pL])(?:с\.|стр\.|страниц\pL*))\s*(\d+)|(\d+)\s*-?\s*бет`)
	docPin  = regexp.MustCompile(`(?:№|No\.?|Nos\.?)\s*([\dA-Za-zА-Яа-я][\w/.\-А-Яа-я]*\d\pL*)|\b([A-Z]+(?:/[A-Z0-9.]+)+/\d+)\b|\b(P\d_TA\(\d{4}\)\d+)`)
)

// pinned is what a citation in a draft says.
type pinned struct {
	para, page string
	doc        string // a number or symbol of a document
}

func readPin(cited string) pinned {
	var p pinned
	if m := docPin.FindStringSubmatch(cited); m != nil {
		p.doc = first(m[1], m[2], m[3])
	}
	// The number of the document is no pinpoint.
	rest := strings.Replace(cited, p.doc, "", 1)
	if m := paraPin.FindStringSubmatch(rest); m != nil {
		p.para = first(m[1], m[2])
	} else if m := pagePin.FindStringSubmatch(rest); m != nil {
		p.page = first(m[1], m[2])
	}
	return p
}
