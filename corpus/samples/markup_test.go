package samples

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

const head = "file: a/b.pdf\nlang: en\nkind: other\ntitle: T\ndate: 2022-11-16\n---\n"

func TestParseBlocks(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want block
		why  string
	}{
		{"a\nb", block{kind: plain, spans: []span{{text: "a b"}}}, "lines of a block are one paragraph"},
		{"12. The text", block{kind: numbered, label: "12.", spans: []span{{text: "The text"}}}, "a printed number"},
		{"2.4. The text", block{kind: numbered, label: "2.4.", spans: []span{{text: "The text"}}}, "a number of two levels"},
		{"A. whereas", block{kind: numbered, label: "A.", spans: []span{{text: "whereas"}}}, "a recital"},
		{"12 March 2021", block{kind: plain, spans: []span{{text: "12 March 2021"}}}, "a date is not a number"},
		{"2021. The year", block{kind: plain, spans: []span{{text: "2021. The year"}}}, "nor is a year"},
		{"1) item", block{kind: item, label: "1)", spans: []span{{text: "item"}}}, "a subpoint"},
		{"(a) item", block{kind: item, label: "(a)", spans: []span{{text: "item"}}}, "a lettered item"},
		{"- item", block{kind: bullet, spans: []span{{text: "item"}}}, "a bullet"},
		{"– having regard", block{kind: plain, spans: []span{{text: "– having regard"}}}, "a printed dash is text"},
		{"## Facts", block{kind: heading, level: 2, spans: []span{{text: "Facts"}}}, "a heading"},
		{"---", block{kind: breakPg}, "a page break"},
		{"| a | b |", block{kind: row, cells: [][]span{{{text: "a"}}, {{text: "b"}}}}, "a table row"},
		{"^ a || b", block{kind: mast, cells: [][]span{{{text: "a"}}, {{text: "b"}}}}, "a masthead line"},
		{"*a* 2*3*4", block{kind: plain, spans: []span{{text: "a", italic: true}, {text: " 2"}, {text: "3", italic: true}, {text: "4"}}}, "italics"},
		{"№\u00a0931", block{kind: plain, spans: []span{{text: "№\u00a0931"}}}, "a no-break space stays"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			d, err := parse(head + tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.blocks) != 1 || !reflect.DeepEqual(d.blocks[0], tt.want) {
				t.Errorf("parse(%q) = %+v, want %+v: %s", tt.in, d.blocks, tt.want, tt.why)
			}
		})
	}
}

func TestParseFootnotes(t *testing.T) {
	d, err := parse(head + "a[^1] b\n\n[^1]: CCPR/C/GC/35, *para.* 33.")
	if err != nil {
		t.Fatal(err)
	}
	want := []span{{text: "a"}, {note: 1}, {text: " b"}}
	if !reflect.DeepEqual(d.blocks[0].spans, want) {
		t.Errorf("spans = %+v, want %+v", d.blocks[0].spans, want)
	}
	if got := textSpans(d.notes[1]); got != "CCPR/C/GC/35, para. 33." {
		t.Errorf("note = %q", got)
	}
}

func TestParseRefusesSlips(t *testing.T) {
	for _, tt := range []struct{ in, why string }{
		{"file: a.pdf\n", "no body"},
		{"file a.pdf\n---\n", "a header line without a colon"},
		{"file: a.pdf\n---\ntext", "a header without kind and date"},
		{strings.Replace(head, "2022-11-16", "yesterday", 1) + "text", "a date that is none"},
		{head + "a[^1]", "a mark without its footnote"},
		{head + "a\n\n[^1]: n", "a footnote without its mark"},
		{head + "a[^1]\n\n[^1]: n\n\n[^1]: n", "a footnote given twice"},
		{head + "^ one side", "half a masthead line"},
		{head + "| a |\nb", "a paragraph among table rows"},
	} {
		if _, err := parse(tt.in); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("parse(%q) = %v, want corpus.ErrInvalid: %s", tt.in, err, tt.why)
		}
	}
}

// FuzzParse shows that a document printed in the markup reads as the same
// document, and that no document stops a renderer.
func FuzzParse(f *testing.F) {
	f.Add(head + "# T\n\n1. a[^1] *b*\n\n- c\n\n| d | |\n| e | f |\n\n^ g || h\n\n[^1]: n")
	f.Add(head + "@scan a b\n\n< c\n\n---\n\n> d\n\n1) e")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := parse(s)
		if err != nil {
			return
		}
		again, err := parse(markup(d))
		if err != nil || !reflect.DeepEqual(d, again) {
			t.Fatalf("%q does not round-trip through %q: %v", s, markup(d), err)
		}
		for _, format := range []string{"txt", "html", "docx"} {
			if _, err := renderers[format](d); err != nil && !errors.Is(err, corpus.ErrInvalid) {
				t.Errorf("%s: %v", format, err)
			}
		}
	})
}

// markup writes a document in the markup.
func markup(d *document) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(d.head)) {
		b.WriteString(key + ": " + d.head[key] + "\n")
	}
	b.WriteString("---\n")
	for _, blk := range d.blocks {
		b.WriteString(printBlock(blk) + "\n\n")
	}
	for _, n := range d.noteNumbers() {
		b.WriteString("[^" + itoa(n) + "]: " + printSpans(d.notes[n]) + "\n\n")
	}
	return b.String()
}

func printBlock(b block) string {
	s := printSpans(b.spans)
	cells := make([]string, len(b.cells))
	for i, c := range b.cells {
		cells[i] = printSpans(c)
	}
	if b.kind == breakPg {
		return "---"
	}
	if b.label != "" {
		return b.label + " " + s
	}
	if b.kind == row {
		return "| " + strings.Join(cells, " | ") + " |"
	}
	if b.kind == mast {
		return "^ " + strings.Join(cells, " || ")
	}
	for _, p := range prefixes {
		if p.kind == b.kind && p.level == b.level {
			return p.mark + " " + s
		}
	}
	return s
}

func printSpans(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch {
		case s.note != 0:
			b.WriteString("[^" + itoa(s.note) + "]")
		case s.italic:
			b.WriteString("*" + s.text + "*")
		default:
			b.WriteString(s.text)
		}
	}
	return b.String()
}
