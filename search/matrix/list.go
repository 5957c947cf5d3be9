package matrix

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
)

// Limits of a list. 10,000 names are 500 KB.
const (
	MaxBytes = 64 << 20
	maxRows  = 200_000
	maxCell  = 10_000 // bytes; what is longer is no name
)

// Field is what the rows of a list are.
type Field string

// The fields. A query is in the language of queries.
const (
	Query   Field = "query"
	Name    Field = "name"
	Article Field = "article"
)

// Fields lists them.
var Fields = []Field{Query, Name, Article}

// Decoder makes text of bytes in any character set, and says how many
// characters it could not read.
type Decoder func(b []byte) (text string, damaged int)

// List is a list as it was read.
type List struct {
	Header []string // nil for plain lines
	Rows   []Row
	Field  Field
	// Damaged is how many characters could not be read in the character set that
	// the list seems to be in.
	Damaged int
}

// Row is a row of a list.
type Row struct {
	No      int        // from 1, the header not counted
	Values  []string   // its cells
	ID      string     // of the row, where the list has one
	Text    string     // what is looked up
	Aliases []string   // further names of the person
	Birth   int        // year; 0 if unknown
	Twin    bool       // another row has the same name
	Fault   *ListError // why it cannot be looked up; nil if it can
}

// ListError is why a list, a row of it, or a decision cannot be taken. Pages have
// words for the codes.
type ListError struct {
	Code FaultCode
	Arg  string
}

// FaultCode is a kind of fault.
type FaultCode string

// The codes, and what Error says of them.
const (
	FaultEmpty   FaultCode = "empty"   // nothing in the cell
	FaultLetter  FaultCode = "letter"  // one letter is no name
	FaultNumber  FaultCode = "number"  // no letters at all
	FaultLong    FaultCode = "long"    // too long for a name or a reference
	FaultCharset FaultCode = "charset" // characters that could not be read
	FaultArticle FaultCode = "article" // no article
	FaultQuery   FaultCode = "query"   // the search refuses it

	FaultList    FaultCode = "list"    // there is none of this name
	FaultTitle   FaultCode = "title"   // a list needs a name
	FaultRows    FaultCode = "rows"    // a list without rows, or with too many
	FaultTable   FaultCode = "table"   // no table that can be read
	FaultColumns FaultCode = "columns" // no matrix

	FaultVerdict  FaultCode = "verdict"  // a decision in no words of ours
	FaultPlace    FaultCode = "place"    // it names no passage
	FaultDocument FaultCode = "document" // not in the library
	FaultMoved    FaultCode = "moved"    // the document has another text now
	FaultPassage  FaultCode = "passage"  // the document has no such passage
	FaultChanged  FaultCode = "changed"  // the list has other rows now
)

var faultWords = map[FaultCode]string{
	FaultEmpty:   "the row has no text",
	FaultLetter:  "one letter is no name: %s",
	FaultNumber:  "a name has letters, and this has none: %s",
	FaultLong:    "%s characters are too long for a name",
	FaultCharset: "characters could not be read: save the list as UTF-8",
	FaultArticle: "not an article: %s",
	FaultQuery:   "%s",

	FaultList:    "there is no such list",
	FaultTitle:   "a list needs a name of letters or digits",
	FaultRows:    "a list has at least one row, and at most %s",
	FaultTable:   "not a table that can be read: %s",
	FaultColumns: "the table needs the columns decision, doc and para (or ref) of a matrix",

	FaultVerdict:  "its decision is not same, another or unsure",
	FaultPlace:    "it does not say which passage it is about",
	FaultDocument: "the document is not in the library",
	FaultMoved:    "the document has been read anew since: look the list up again",
	FaultPassage:  "no such passage, or no such person",
	FaultChanged:  "the list has changed since: look at it again",
}

func (f *ListError) Error() string {
	words := faultWords[f.Code]
	if strings.Contains(words, "%s") {
		return fmt.Sprintf(words, f.Arg)
	}
	return words
}

// Read reads a list. The name of the file tells its form by its ending; pasted
// text has none and is a table if it looks like one. A list that is no list at
// all is corpus.ErrInvalid.
func Read(name string, b []byte, field Field, decode Decoder) (*List, error) {
	invalid := func(err error) (*List, error) {
		return nil, &corpus.Error{Op: "matrix.read", Subj: name, Kind: corpus.ErrInvalid, Err: err}
	}
	if len(b) > MaxBytes {
		return invalid(&ListError{FaultTable, fmt.Sprintf("larger than %d MB", MaxBytes>>20)})
	}
	l := &List{Field: field}
	ext := strings.ToLower(path.Ext(name))
	var rows [][]string
	var err error
	switch {
	case ext == ".xlsx" || ext == "" && bytes.HasPrefix(b, []byte("PK\x03\x04")):
		rows, err = readXLSX(b)
	default:
		var text string
		text, l.Damaged = decode(b)
		text = strings.TrimPrefix(text, "\ufeff")
		if ext == ".csv" || ext == ".tsv" || ext != ".txt" && ext != ".lines" && looksLikeTable(text) {
			rows = readCSV(text)
			break
		}
		return l.lines(text)
	}
	switch {
	case err != nil:
		return invalid(&ListError{FaultTable, err.Error()})
	case len(rows) == 0:
		return invalid(&ListError{FaultRows, strconv.Itoa(maxRows)})
	}
	return l.table(rows)
}

// lines reads a list of plain lines. An empty one is a row that says so.
func (l *List) lines(text string) (*List, error) {
	for line := range strings.Lines(text) {
		if len(l.Rows) == maxRows {
			return nil, tooMany()
		}
		line = strings.TrimRight(line, "\r\n")
		l.Rows = append(l.Rows, Row{No: len(l.Rows) + 1, Values: []string{line}, Text: line})
	}
	l.settle()
	return l, nil
}

func tooMany() error {
	return &corpus.Error{Op: "matrix.read", Kind: corpus.ErrInvalid, Err: &ListError{FaultRows, strconv.Itoa(maxRows)}}
}

// table reads a table: the header is the first of its rows that names a column
// we know, or the first row; a list whose first row is a name has none.
func (l *List) table(rows [][]string) (*List, error) {
	if len(rows) > maxRows {
		return nil, tooMany()
	}
	at := headerAt(rows, l.Field)
	var c columns
	if at < 0 {
		c = columns{text: []int{0}, id: -1, alias: -1, birth: -1}
	} else {
		l.Header = trimmed(rows[at])
		c = columnsOf(l.Header, l.Field)
	}
	for _, cells := range rows[at+1:] {
		r := Row{No: len(l.Rows) + 1, Values: cells, ID: cell(cells, c.id)}
		var words []string
		for _, i := range c.text {
			if w := strings.TrimSpace(cell(cells, i)); w != "" {
				words = append(words, w)
			}
		}
		r.Text = strings.Join(words, " ")
		r.Aliases = aliases(cell(cells, c.alias))
		r.Birth = year(cell(cells, c.birth))
		l.Rows = append(l.Rows, r)
	}
	l.settle()
	return l, nil
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(c)
	}
	return out
}

func cell(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

// maxAliases is how many further names of a person are looked for.
const maxAliases = 12

func aliases(s string) []string {
	var out []string
	for a := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(";|\n/", r) }) {
		if a = strings.Join(strings.Fields(a), " "); a != "" && len(out) < maxAliases && faultOf(a, Name) == nil {
			out = append(out, a)
		}
	}
	return out
}

// The years in which a person of a list can be born.
const (
	firstBirth = 1850
	lastBirth  = 2100
)

// year finds the year in a date of birth.
func year(s string) int {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsDigit(r) }) {
		if n, err := strconv.Atoi(w); err == nil && len(w) == 4 && n >= firstBirth && n <= lastBirth {
			return n
		}
	}
	return 0
}

// settle finds the faults of rows, and the rows of one name.
func (l *List) settle() {
	seen := map[string]int{}
	for i := range l.Rows {
		r := &l.Rows[i]
		r.Fault = faultOf(r.Text, l.Field)
		if r.Fault != nil || l.Field != Name {
			continue
		}
		key := nameKey(r.Text)
		if first, ok := seen[key]; ok {
			l.Rows[first].Twin, r.Twin = true, true
			continue
		}
		seen[key] = i
	}
}

// longest is how many bytes of a row a search can take.
const longest = 512

func faultOf(text string, f Field) *ListError {
	short := text
	if len(short) > 60 {
		short = strings.ToValidUTF8(short[:60], "") + "…"
	}
	switch {
	case strings.TrimSpace(text) == "":
		return &ListError{Code: FaultEmpty}
	case strings.ContainsRune(text, utf8.RuneError) || !utf8.ValidString(text):
		return &ListError{Code: FaultCharset}
	case f == Query:
		return nil
	case len(text) > longest:
		return &ListError{FaultLong, strconv.Itoa(utf8.RuneCountInString(text))}
	case f == Article:
		return nil
	case strings.IndexFunc(text, unicode.IsLetter) < 0:
		return &ListError{FaultNumber, short}
	}
	for _, p := range names.Parse(text).Parts {
		if p.Kind != names.Initial && utf8.RuneCountInString(p.Form) > 1 {
			return nil
		}
	}
	return &ListError{FaultLetter, short}
}

// nameKey is what two rows, or a row and a decision, have in common if they are
// about one person: the folded words in alphabetical order.
func nameKey(name string) string {
	var forms []string
	for _, t := range lang.Tokens(name) {
		if !t.Joined {
			forms = append(forms, t.Form)
		}
	}
	slices.Sort(forms)
	return strings.Join(forms, " ")
}

// readXLSX reads the first sheet that has anything.
func readXLSX(b []byte) (rows [][]string, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: 4 * MaxBytes, UnzipXMLSizeLimit: MaxBytes})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, sheet := range f.GetSheetList() {
		if rows, err = f.GetRows(sheet); err != nil || len(rows) > 0 {
			return rows, err
		}
	}
	return nil, nil
}

// dividers are the signs that divide the cells of a table, the likeliest last.
const dividers = ",;\t"

// divider is the sign that stands most often in the first line.
func divider(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, r := range dividers {
		if n := strings.Count(line, string(r)); n > 0 && n >= most {
			best, most = r, n
		}
	}
	return best
}

// looksLikeTable reports whether pasted text is a table: its first line has cells,
// one of which names a column, or its lines are divided by tabs alike.
func looksLikeTable(text string) bool {
	line, rest, _ := strings.Cut(text, "\n")
	r := divider(line)
	cells := strings.Split(strings.TrimRight(line, "\r"), string(r))
	if len(cells) < 2 {
		return false
	}
	next, _, _ := strings.Cut(rest, "\n")
	return slices.ContainsFunc(cells, isColumn) || r == '\t' && strings.Count(next, "\t") == len(cells)-1
}

// readCSV reads comma-separated text, whatever sign divides its cells. Where a
// quote that nobody closes swallows the rest, every line is read by itself.
func readCSV(text string) [][]string {
	comma := divider(text)
	rows, err := csvRows(strings.NewReader(text), comma)
	if err == nil && !swallowed(rows) {
		return rows
	}
	rows = nil
	for line := range strings.Lines(text) {
		one, err := csvRows(strings.NewReader(line), comma)
		if err != nil || len(one) != 1 || strings.Count(line, `"`)%2 == 1 {
			one = [][]string{strings.Split(strings.TrimRight(line, "\r\n"), string(comma))}
			for i, c := range one[0] {
				one[0][i] = strings.Trim(c, `"`)
			}
		}
		rows = append(rows, one[0])
	}
	return rows
}

func csvRows(r io.Reader, comma rune) ([][]string, error) {
	in := csv.NewReader(r)
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, true, -1
	return in.ReadAll()
}

// manyLines is how many lines a cell has when a quote was not closed.
const manyLines = 4

func swallowed(rows [][]string) bool {
	if len(rows) == 0 {
		return false
	}
	return slices.ContainsFunc(rows, func(row []string) bool {
		return slices.ContainsFunc(row, func(c string) bool {
			return strings.Count(c, "\n") >= manyLines || len(c) > maxCell && strings.Contains(c, "\n")
		})
	}) || slices.ContainsFunc(rows[len(rows)-1], func(c string) bool { return strings.Contains(strings.TrimSpace(c), "\n") })
}
