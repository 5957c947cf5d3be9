package samples

import (
	"html/template"
	"strings"

	_ "embed"
)

// pageHTML is the page of a document, with the clutter of a news site around
// it when the header names a site.
//
//go:embed page.html
var pageHTML string

// page is what the template shows.
type page struct {
	Head     map[string]string
	Nav      []string // links of the site's menu
	Aside    []string // headlines of other news
	Body     template.HTML
	Notes    []pageNote
	SiteText bool
}

// pageNote is a footnote at the end of a page.
type pageNote struct {
	No   int
	Text template.HTML
}

// renderHTML makes a web page.
func renderHTML(d *document) ([]byte, error) {
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return nil, err
	}
	p := page{
		Head: d.head, Nav: list(d.head["nav"]), Aside: list(d.head["aside"]),
		Body: htmlBlocks(d.blocks), SiteText: d.head["site"] != "",
	}
	for _, n := range d.noteNumbers() {
		p.Notes = append(p.Notes, pageNote{n, htmlSpans(d.notes[n])})
	}
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

// wrappers are the elements that hold consecutive blocks of one kind.
var wrappers = map[blockKind]string{bullet: "ul", row: "table", mast: "table"}

// htmlBlocks renders the blocks, with lists and tables around their lines.
func htmlBlocks(blocks []block) template.HTML {
	var b strings.Builder
	open := ""
	for _, blk := range blocks {
		want := wrappers[blk.kind]
		if open != want {
			if open != "" {
				b.WriteString("</" + open + ">\n")
			}
			if want != "" {
				b.WriteString("<" + want + ` class="` + string(blk.kind) + "\">\n")
			}
			open = want
		}
		b.WriteString(htmlBlock(blk))
	}
	if open != "" {
		b.WriteString("</" + open + ">\n")
	}
	return template.HTML(b.String()) //nolint:gosec // every text in it went through htmlSpans
}

// htmlBlock renders one block.
func htmlBlock(b block) string {
	s := string(htmlSpans(b.spans))
	switch b.kind {
	case heading:
		tag := "h" + string(rune('0'+b.level))
		return "<" + tag + ">" + s + "</" + tag + ">\n"
	case numbered:
		id := strings.TrimRight(b.label, ".")
		return `<p id="z` + id + `">` + b.label + " " + s + "</p>\n"
	case item:
		return `<p class="item">` + b.label + " " + s + "</p>\n"
	case bullet:
		return "<li>" + s + "</li>\n"
	case row, mast:
		return "<tr>" + htmlCells(b.cells) + "</tr>\n"
	case quote:
		return "<blockquote><p>" + s + "</p></blockquote>\n"
	case centred, flush:
		return `<p class="` + string(b.kind) + `">` + s + "</p>\n"
	case breakPg, scan:
		return ""
	case plain:
	}
	return "<p>" + s + "</p>\n"
}

func htmlCells(cells [][]span) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString("<td>" + string(htmlSpans(c)) + "</td>")
	}
	return b.String()
}

// htmlSpans escapes text; a note mark links to its footnote.
func htmlSpans(spans []span) template.HTML {
	var b strings.Builder
	for _, s := range spans {
		switch text := template.HTMLEscapeString(s.text); {
		case s.note != 0:
			n := itoa(s.note)
			b.WriteString(`<sup><a href="#fn` + n + `">` + n + `</a></sup>`)
		case s.italic:
			b.WriteString("<em>" + text + "</em>")
		default:
			b.WriteString(text)
		}
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above
}

// list cuts a header value at its bars.
func list(s string) []string {
	if s == "" {
		return nil
	}
	out := strings.Split(s, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}
