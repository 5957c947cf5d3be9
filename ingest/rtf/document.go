package rtf

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
	"dalel/ingest/meta"
	"dalel/ingest/number"
)

// place is where text goes.
type place int

const (
	body    place = iota
	nowhere       // pictures, styles, fields' codes
	fonts         // the table of fonts
	title         // the title among the properties
	note          // a footnote
	head          // a running head
)

// state is what a group inherits and restores.
type state struct {
	to       place
	first    bool // nothing has come in this group
	optional bool // after \*: skip the destination if it is not known
	skip     int  // \uc: characters after a \u for older readers
	font     int
	raised   bool
	deleted  bool
}

// document is one file being read.
type document struct {
	out     ingest.Emitter
	err     error
	state   state
	stack   []state
	set     string         // of the document: \ansicpg
	sets    map[int]string // of fonts
	pending int            // characters to skip, after a \u
	high    rune           // first half of a pair of \u
	text    map[place]*strings.Builder
	heading int // outline level of the paragraph, from 1; 0 for text
	notes   []corpus.Paragraph
	count   int // notes so far
	row     *ingest.Row
	table   bool // the paragraph is in a table
	outline number.Outline
}

func newDocument(out ingest.Emitter) *document {
	d := &document{out: out, set: charset.CP1252, sets: make(map[int]string), text: make(map[place]*strings.Builder)}
	d.state.skip = 1
	for p := body; p <= head; p++ {
		d.text[p] = new(strings.Builder)
	}
	return d
}

// destinations are the groups that do not hold the text of the body.
var destinations = map[string]place{
	"fonttbl": fonts, "title": title, "footnote": note, "endnote": note,
	"header": head, "headerl": head, "headerr": head, "headerf": head,
	"footer": head, "footerl": head, "footerr": head, "footerf": head,
	"colortbl": nowhere, "stylesheet": nowhere, "info": nowhere, "pict": nowhere, "object": nowhere, "fldinst": nowhere,
	"listtable": nowhere, "listoverridetable": nowhere, "rsidtbl": nowhere, "generator": nowhere, "themedata": nowhere,
	"colorschememapping": nowhere, "latentstyles": nowhere, "datastore": nowhere, "annotation": nowhere, "atnid": nowhere,
	"atnauthor": nowhere, "xe": nowhere, "tc": nowhere, "bkmkstart": nowhere, "bkmkend": nowhere, "nonshppict": nowhere,
	"revtbl": nowhere, "filetbl": nowhere, "pgdsctbl": nowhere, "mmathPr": nowhere, "ftnsep": nowhere, "aftnsep": nowhere,
}

// charsets are the sets of \fcharset and of \ansicpg.
var charsets = map[int]string{
	0: charset.CP1252, 204: charset.CP1251, 1251: charset.CP1251, 1252: charset.CP1252, 866: charset.CP866, 20866: charset.KOI8R,
}

// signs are the words that stand for a character.
var signs = map[string]rune{
	"line": ' ', "tab": ' ', "emspace": ' ', "enspace": ' ', "emdash": '—', "endash": '–', "lquote": '‘', "rquote": '’',
	"ldblquote": '“', "rdblquote": '”', "bullet": '•',
}

// word takes a control word.
func (d *document) word(word string, value int, given bool) {
	if d.destination(word) {
		return
	}
	switch word {
	case "u":
		d.unicode(value)
	case "uc":
		d.state.skip = min(max(value, 0), 8)
	case "super":
		d.state.raised = !given || value != 0
	case "plain", "nosupersub":
		d.state.raised = false
		d.state.deleted = d.state.deleted && word != "plain"
	case "deleted":
		d.state.deleted = !given || value != 0
	case "chftn":
		d.mark()
	case "ansicpg", "pc", "f", "fcharset":
		d.charset(word, value)
	default:
		if r, ok := signs[word]; ok {
			d.rune(r)
		}
		d.layout(word, value)
	}
}

// destination reports whether a word begins a group that is not the body's
// text. After \*, any unknown word does.
func (d *document) destination(word string) bool {
	if to, ok := destinations[word]; ok {
		d.enter(to)
		return true
	}
	if d.state.optional && d.state.first && !shown[word] {
		d.state.to = nowhere
	}
	return false
}

// shown are destinations that old readers skip and people see: text of boxes,
// numbers of lists.
var shown = map[string]bool{"shptxt": true, "shpinst": true, "listtext": true, "pntext": true}

// charset takes the words that say in which set bytes are.
func (d *document) charset(word string, value int) {
	set, known := charsets[value]
	switch {
	case word == "f":
		d.state.font = value
	case word == "pc":
		d.set = charset.CP866
	case !known:
	case word == "ansicpg":
		d.set = set
	case d.state.to == fonts && value != 0: // 0 says no more than the document does
		d.sets[d.state.font] = set
	}
}

// layout takes the words that shape paragraphs.
func (d *document) layout(word string, value int) {
	switch word {
	case "par", "sect", "page":
		d.endParagraph()
	case "pard":
		d.table, d.heading = false, 0
	case "intbl":
		d.table = true
	case "outlinelevel":
		if value >= 0 && value < 9 {
			d.heading = value + 1
		}
	case "cell", "nestcell":
		d.endParagraph()
		if d.row != nil {
			d.row.Cell()
		}
	case "row", "nestrow":
		d.endRow()
	}
}

// enter begins a destination. Inside one that is skipped, all are.
func (d *document) enter(to place) {
	switch {
	case d.state.to == nowhere && to != title:
	case to == note && d.state.to == body:
		d.text[note].Reset()
		d.state.to = note
	default:
		d.state.to = to
	}
}

// closeGroup ends a group, and what it was for.
func (d *document) closeGroup() {
	n := len(d.stack)
	if n == 0 {
		return
	}
	was := d.state.to
	d.state = d.stack[n-1]
	d.state.first = false
	d.stack = d.stack[:n-1]
	if was == d.state.to {
		return
	}
	switch was {
	case note:
		d.endNote()
	case head:
		d.endHead()
	case body, nowhere, fonts, title:
	}
}

// char takes a byte of text, in the set of the font.
func (d *document) char(c byte) {
	if d.pending > 0 {
		d.pending--
		return
	}
	set := d.sets[d.state.font]
	if set == "" {
		set = d.set
	}
	d.rune(charset.DecodeByte(set, c))
}

// unicode takes \u: a UTF-16 unit as a signed number, with what older readers
// show after it.
func (d *document) unicode(value int) {
	d.pending = 0
	r := rune(uint16(value))
	switch {
	case utf16.IsSurrogate(r) && d.high == 0:
		d.high = r
	case d.high != 0:
		d.rune(utf16.DecodeRune(d.high, r))
		d.high = 0
	default:
		d.rune(r)
	}
	d.pending = d.state.skip
}

func (d *document) rune(r rune) {
	if d.state.to == nowhere || d.state.to == fonts || d.state.deleted {
		return
	}
	b := d.text[d.state.to]
	if b.Len() > 4*ingest.MaxParagraph && d.state.to == body {
		d.endParagraph()
	}
	if d.state.raised && r >= '0' && r <= '9' {
		b.WriteString(ingest.Superscript(string(r)))
		return
	}
	b.WriteRune(r)
}

// mark writes the number of a note, in the text and again in the note.
func (d *document) mark() {
	if d.state.to == body {
		d.count++
		d.text[body].WriteString(ingest.Superscript(strconv.Itoa(d.count)))
	}
}

func (d *document) endNote() {
	text := ingest.OneLine(d.text[note].String())
	d.text[note].Reset()
	if text == "" {
		return
	}
	label := strconv.Itoa(d.count)
	d.notes = append(d.notes, corpus.Paragraph{Role: corpus.RoleFootnote, Label: label, Text: ingest.Superscript(label) + " " + text})
}

func (d *document) endHead() {
	text := ingest.OneLine(d.text[head].String())
	d.text[head].Reset()
	if text != "" {
		d.emit(corpus.Paragraph{Role: corpus.RoleHeader, Text: text})
	}
}

// endParagraph ends a paragraph of the body; elsewhere it is a blank.
func (d *document) endParagraph() {
	if d.state.to != body {
		d.rune(' ')
		return
	}
	if d.table && d.row == nil {
		d.row = new(ingest.Row)
		d.row.Cell()
	} else if !d.table {
		d.endRow()
	}
	text := ingest.OneLine(d.text[body].String())
	d.text[body].Reset()
	for _, piece := range ingest.SplitLong(text) {
		if piece != "" {
			d.add(corpus.Paragraph{Role: corpus.RoleBody, Text: piece})
		}
	}
	for _, p := range d.notes {
		d.emit(p)
	}
	d.notes = nil
}

// add places a paragraph under its headings, and into the row that is open.
func (d *document) add(p corpus.Paragraph) {
	if d.heading > 0 && d.row == nil {
		p.Role = corpus.RoleHeading
		d.outline.Heading(d.heading, p.Text)
		p.Path = d.outline.Above()
	} else {
		p.Path = d.outline.Path()
	}
	if d.row == nil || !d.row.Add(p) {
		d.emit(p)
	}
}

func (d *document) endRow() {
	if d.row == nil {
		return
	}
	row := d.row
	d.row = nil
	for _, p := range row.Paragraphs() {
		d.emit(p)
	}
}

func (d *document) emit(p corpus.Paragraph) {
	if d.err == nil {
		d.err = d.out.Paragraph(p)
	}
}

// finish ends what is open and gives the title.
func (d *document) finish() error {
	d.state = state{to: body}
	d.endParagraph()
	d.endRow()
	if d.err != nil {
		return d.err
	}
	if t := ingest.OneLine(d.text[title].String()); meta.GoodTitle(t) {
		return d.out.Fact(corpus.KeyTitle, corpus.Fact{Values: []string{t}, Origin: corpus.FromFile, Confidence: 0.6})
	}
	return nil
}
