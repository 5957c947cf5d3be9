package samples

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// textKeys are the header lines of a text file, in this order.
var textKeys = []string{"title", "url", "date", "type", "language", "source", "licence", "note"}

// textFrom says which key of the markup a header line of a text file shows.
var textFrom = map[string]string{"type": "kind", "language": "lang"}

// mastWidth is the column, in characters, where the right side of a masthead
// begins in a text file.
const mastWidth = 60

// renderText makes a plain text file: header lines, ---, then paragraphs with
// blank lines between them and the footnotes at the end.
func renderText(d *document) ([]byte, error) {
	var b strings.Builder
	for _, key := range textKeys {
		from := key
		if k, ok := textFrom[key]; ok {
			from = k
		}
		if v := d.head[from]; v != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, v)
		}
	}
	b.WriteString("---\n")
	var last blockKind
	for _, blk := range d.blocks {
		line := textLine(blk)
		if line == "" {
			continue
		}
		if last != "" && (last != blk.kind || !runsOn(blk.kind)) {
			b.WriteString("\n")
		}
		b.WriteString(line + "\n")
		last = blk.kind
	}
	for _, n := range d.noteNumbers() {
		fmt.Fprintf(&b, "\n[%d] %s\n", n, textSpans(d.notes[n]))
	}
	return []byte(b.String()), nil
}

// runsOn reports whether blocks of a kind follow each other without a blank line.
func runsOn(k blockKind) bool { return k == mast || k == row }

// textLine returns a block as one line; "" if it has no words.
func textLine(b block) string {
	s := textSpans(b.spans)
	switch b.kind {
	case numbered, item:
		return b.label + " " + s
	case bullet:
		return "- " + s
	case mast:
		left, right := textSpans(b.cells[0]), textSpans(b.cells[1])
		pad := max(1, mastWidth-utf8.RuneCountInString(left))
		return strings.TrimRight(left+strings.Repeat(" ", pad)+right, " ")
	case row:
		cells := make([]string, len(b.cells))
		for i, c := range b.cells {
			cells[i] = textSpans(c)
		}
		return strings.Join(cells, " | ")
	case breakPg, scan:
		return ""
	case plain, heading, centred, flush, quote:
	}
	return s
}

// textSpans returns spans without style; a note mark is its number in brackets,
// and tracked changes are as if they were accepted.
func textSpans(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.change == deleted {
			continue
		}
		if s.note != 0 {
			fmt.Fprintf(&b, "[%d]", s.note)
			continue
		}
		b.WriteString(s.text)
	}
	return b.String()
}

// itoa prints a number.
func itoa(n int) string { return strconv.Itoa(n) }

// noteNumbers returns the numbers of the footnotes in ascending order.
func (d *document) noteNumbers() []int {
	out := make([]int, 0, len(d.notes))
	for n := range d.notes {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}
