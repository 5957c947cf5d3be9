package samples

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
)

// document is one specimen as written: facts, then blocks in reading order.
type document struct {
	head   map[string]string
	blocks []block
	notes  map[int][]span // footnotes by number
	said   said           // of the blocks that are read next
}

// block is one paragraph, or another thing of the height of one.
type block struct {
	kind  blockKind
	level int      // of a heading: 1 is the title
	label string   // printed number with its punctuation: "34.", "A.", "1)"
	spans []span   //
	cells [][]span // of a table row; of a masthead line: left, right
	said  said     // who speaks in it, and where
}

// said is whose words a block holds, by its author's word; "" where it is
// nobody's: of headings, mastheads and signatures. It is not printed.
type said struct {
	voice   corpus.Voice
	section corpus.SectionKind
}

// blockKind is what a block is on the page.
type blockKind string

// The kinds of blocks.
const (
	plain    blockKind = "plain"
	numbered blockKind = "numbered" // "34. text"
	item     blockKind = "item"     // "1) text", "(a) text": a lettered item under a number
	bullet   blockKind = "bullet"   // "- text"
	heading  blockKind = "heading"  // "# title", "## section", "### part", "#### topic"
	centred  blockKind = "centred"  // "= text"
	flush    blockKind = "flush"    // "< text": flush right, for sheet marks and signatures
	quote    blockKind = "quote"    // "> text"
	row      blockKind = "row"      // "| a | b |"
	mast     blockKind = "mast"     // "^ left || right"
	breakPg  blockKind = "break"    // "---"
	scan     blockKind = "scan"     // "@scan text": a page that is only a picture
)

// span is a run of text in one style, or the mark of a footnote.
type span struct {
	text   string
	italic bool
	note   int // number of the footnote marked here; 0 if text
	change change
}

// change is a tracked change. Files of Word keep it; in all others it is as if
// every change had been accepted.
type change uint8

// The changes.
const (
	kept     change = iota
	inserted        // "{+text+}"
	deleted         // "{-text-}"
)

var (
	reNumbered = regexp.MustCompile(`^((?:\d{1,3}\.)+|[A-Z]{1,2}\.)\s+(\S.*)$`)
	reItem     = regexp.MustCompile(`^(\d{1,2}\)|\([a-z]{1,4}\))\s+(\S.*)$`)
	reNote     = regexp.MustCompile(`^\[\^([1-9]\d{0,2})\]:\s+(\S.*)$`)
	reInline   = regexp.MustCompile(`\[\^([1-9]\d{0,2})\]|\*([^*\s](?:[^*]*[^*\s])?)\*|\{\+([^+]+)\+\}|\{-(.+?)-\}`)
	reSays     = regexp.MustCompile(`^@says (\S+) (\S+)$`)
)

// prefixes are the block marks that are followed by a space.
var prefixes = []struct {
	mark  string
	kind  blockKind
	level int
}{
	{"#", heading, 1},
	{"##", heading, 2},
	{"###", heading, 3},
	{"####", heading, 4},
	{"=", centred, 0},
	{"<", flush, 0},
	{">", quote, 0},
	{"-", bullet, 0},
	{"@scan", scan, 0},
}

// parse reads the markup. Header lines "key: value" stand before the first
// line "---". Blocks follow, with blank lines between them; the lines of a
// block are one paragraph, but each table or masthead line is a block of its
// own. The kinds of blocks list their marks. In a block *text* is italic and
// [^1] is the mark of the footnote that a block "[^1]: text" gives. A block
// "@says voice section" is not printed: it tells whose words the blocks after it
// hold, up to the next one; "-" is none.
func parse(text string) (*document, error) {
	head, body, ok := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n---\n")
	if !ok {
		return nil, invalid("no line --- after the header")
	}
	d := &document{head: map[string]string{}, notes: map[int][]span{}}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			return nil, invalid("header line %q has no colon", line)
		}
		d.head[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	for chunk := range strings.SplitSeq(body, "\n\n") {
		if err := d.addChunk(strings.Trim(chunk, blanks)); err != nil {
			return nil, err
		}
	}
	if d.format() != "docx" {
		d.acceptChanges()
	}
	return d, d.check()
}

// acceptChanges makes the text what it is when every change is accepted.
func (d *document) acceptChanges() {
	for i := range d.blocks {
		d.blocks[i].spans = accepted(d.blocks[i].spans)
	}
}

func accepted(spans []span) []span {
	out := slices.DeleteFunc(slices.Clone(spans), func(s span) bool { return s.change == deleted })
	for i := range out {
		out[i].change = kept
	}
	return out
}

// addChunk adds what stands between two blank lines.
func (d *document) addChunk(chunk string) error {
	if chunk == "" {
		return nil
	}
	if m := reNote.FindStringSubmatch(joinLines(chunk)); m != nil {
		n, _ := strconv.Atoi(m[1]) // the expression has checked the digits
		if d.notes[n] != nil {
			return invalid("footnote %d is given twice", n)
		}
		d.notes[n] = inline(m[2])
		return nil
	}
	if m := reSays.FindStringSubmatch(chunk); m != nil {
		return d.says(m[1], m[2])
	}
	if chunk[0] != '|' && chunk[0] != '^' {
		b := parseBlock(joinLines(chunk))
		if spoken(b.kind) {
			b.said = d.said
		}
		d.blocks = append(d.blocks, b)
		return nil
	}
	for line := range strings.SplitSeq(chunk, "\n") {
		b, err := parseCells(strings.Trim(line, blanks))
		if err != nil {
			return err
		}
		d.blocks = append(d.blocks, b)
	}
	return nil
}

// says reads whose words come next.
func (d *document) says(voice, section string) error {
	d.said = said{}
	if voice != "-" {
		d.said.voice = corpus.Voice(voice)
		if !slices.Contains(corpus.Voices, d.said.voice) {
			return invalid("unknown voice %q", voice)
		}
	}
	if section != "-" {
		d.said.section = corpus.SectionKind(section)
		if !slices.Contains(corpus.Sections, d.said.section) {
			return invalid("unknown section %q", section)
		}
	}
	return nil
}

// spoken reports whether blocks of a kind are words of somebody.
func spoken(k blockKind) bool {
	return k == plain || k == numbered || k == item || k == bullet || k == quote
}

// parseBlock reads any block but table and masthead lines.
func parseBlock(s string) block {
	if s == "---" {
		return block{kind: breakPg}
	}
	mark, rest, _ := strings.Cut(s, " ")
	for _, p := range prefixes {
		if mark == p.mark && rest != "" {
			return block{kind: p.kind, level: p.level, spans: inline(rest)}
		}
	}
	if m := reNumbered.FindStringSubmatch(s); m != nil {
		return block{kind: numbered, label: m[1], spans: inline(m[2])}
	}
	if m := reItem.FindStringSubmatch(s); m != nil {
		return block{kind: item, label: m[1], spans: inline(m[2])}
	}
	return block{kind: plain, spans: inline(s)}
}

// parseCells reads a line of a table or of a masthead.
func parseCells(line string) (block, error) {
	kind, sep := row, "|"
	switch {
	case strings.HasPrefix(line, "^"):
		kind, sep, line = mast, "||", line[1:]
	case strings.HasPrefix(line, "|"):
		line = strings.Trim(line, "|")
	default:
		return block{}, invalid("%q stands among table lines", line)
	}
	b := block{kind: kind}
	for cell := range strings.SplitSeq(line, sep) {
		b.cells = append(b.cells, inline(joinLines(cell)))
	}
	if kind == mast && len(b.cells) != 2 {
		return block{}, invalid("masthead line %q has not two sides", line)
	}
	return b, nil
}

// inline cuts a paragraph into spans.
func inline(s string) []span {
	var out []span
	for s != "" {
		m := reInline.FindStringSubmatchIndex(s)
		if m == nil {
			return append(out, span{text: s})
		}
		if m[0] > 0 {
			out = append(out, span{text: s[:m[0]]})
		}
		switch {
		case m[2] >= 0:
			n, _ := strconv.Atoi(s[m[2]:m[3]]) // the expression has checked the digits
			out = append(out, span{note: n})
		case m[4] >= 0:
			out = append(out, span{text: s[m[4]:m[5]], italic: true})
		case m[6] >= 0:
			out = append(out, span{text: s[m[6]:m[7]], change: inserted})
		default:
			out = append(out, span{text: s[m[8]:m[9]], change: deleted})
		}
		s = s[m[1]:]
	}
	return out
}

// check finds slips that the renderers would hide: a header without what they
// need, a mark without its footnote, a footnote without its mark.
func (d *document) check() error {
	for _, key := range []string{"file", "lang", "kind", "title", "date"} {
		if d.head[key] == "" {
			return invalid("header has no %s", key)
		}
	}
	if !corpus.Date(d.head["date"]).Valid() {
		return invalid("%q is not a date", d.head["date"])
	}
	marked := map[int]bool{}
	for _, b := range d.blocks {
		for _, s := range b.all() {
			if s.note != 0 && d.notes[s.note] == nil {
				return invalid("footnote %d is marked but not given", s.note)
			}
			marked[s.note] = true
		}
	}
	for n := range d.notes {
		if !marked[n] {
			return invalid("footnote %d has no mark", n)
		}
	}
	return nil
}

// all returns the spans of a block, those of its cells included.
func (b block) all() []span {
	out := b.spans
	for _, c := range b.cells {
		out = append(slices.Clip(out), c...)
	}
	return out
}

// format returns the file format that the name of the file asks for.
func (d *document) format() string { return strings.TrimPrefix(path.Ext(d.head["file"]), ".") }

// made returns the moment that the file gives as that of its making: noon of
// the document's date.
func (d *document) made() time.Time {
	first, _ := corpus.Date(d.head["date"]).Days()
	return time.Date(first/10000, time.Month(first/100%100), first%100, 12, 0, 0, 0, time.UTC)
}

// blanks are the characters that may be folded into one space. A no-break
// space is not among them: specimens need it.
const blanks = " \t\n"

// joinLines makes one line of several.
func joinLines(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(blanks, c) }), " ")
}

func invalid(format string, args ...any) error {
	return &corpus.Error{Op: "samples.parse", Kind: corpus.ErrInvalid, Err: fmt.Errorf(format, args...)}
}
