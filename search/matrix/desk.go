package matrix

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search"
)

// Desk keeps the lists of a library, looks them up, and keeps what a reader
// decided. Lists are plain files of the library, in UTF-8.
type Desk struct {
	Search  Searcher
	Counter Counter
	Files   Files
	Decode  Decoder
	Clock   func() time.Time
}

const listDir = "lists"

// Stored is a list that the library keeps.
type Stored struct {
	Name string // for people, and in addresses
	Rows int
}

// listName makes a name of a file of what a person calls a list: letters and
// digits of all languages, blanks, hyphens and underscores.
func listName(title string) (string, error) {
	var b strings.Builder
	for _, r := range strings.TrimSuffix(title, path.Ext(title)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-_", r) {
			b.WriteRune(r)
		} else {
			b.WriteByte(' ')
		}
	}
	name := strings.Join(strings.Fields(b.String()), " ")
	const most = 60
	if runes := []rune(name); len(runes) > most {
		name = strings.TrimSpace(string(runes[:most]))
	}
	if name == "" || !utf8.ValidString(name) {
		return "", &corpus.Error{Op: "matrix.list", Subj: title, Kind: corpus.ErrInvalid, Err: &ListError{Code: FaultTitle}}
	}
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, strings.ToLower(name)) {
		name += " " // Windows keeps these for devices
		name = strings.TrimSpace(name) + "_"
	}
	return name, nil
}

func listFile(name string) string { return listDir + "/" + name + ".csv" }

// Lists lists what the library keeps, by name.
func (d *Desk) Lists(ctx context.Context) ([]Stored, error) {
	files, err := d.Files.UserFiles(ctx, listDir)
	if err != nil {
		return nil, err
	}
	var out []Stored
	for _, f := range files {
		name, ok := strings.CutSuffix(path.Base(f), ".csv")
		if !ok {
			continue
		}
		l, err := d.List(ctx, name)
		if err != nil {
			out = append(out, Stored{Name: name})
			continue
		}
		out = append(out, Stored{name, len(l.Rows)})
	}
	return out, nil
}

// List returns a list; corpus.ErrNotFound if there is none.
func (d *Desk) List(ctx context.Context, name string) (*List, error) {
	clean, err := listName(name)
	if err != nil || clean != name {
		return nil, noList(name)
	}
	b, err := d.Files.UserFile(ctx, listFile(name))
	if err != nil {
		return nil, err
	}
	if b == nil {
		return nil, noList(name)
	}
	return Read(name+".csv", b, Name, d.Decode)
}

func noList(name string) error {
	return &corpus.Error{Op: "matrix.list", Subj: name, Kind: corpus.ErrNotFound, Err: &ListError{Code: FaultList}}
}

// maxStored is how many rows a list that is kept may have: a page is made of it.
const maxStored = 20_000

// Keep stores a list under a title and returns its name. file is the name that
// the list had as a file, "" for pasted text. A list of that name is replaced.
func (d *Desk) Keep(ctx context.Context, title, file string, b []byte) (string, error) {
	name, err := listName(title)
	if err != nil {
		return "", err
	}
	l, err := Read(file, b, Name, d.Decode)
	if err != nil {
		return "", err
	}
	if len(l.Rows) == 0 || len(l.Rows) > maxStored {
		return "", &corpus.Error{Op: "matrix.keep", Subj: title, Kind: corpus.ErrInvalid, Err: &ListError{FaultRows, strconv.Itoa(maxStored)}}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	header := l.Header
	if header == nil {
		header = []string{string(Name)}
	}
	rows := [][]string{header}
	for i := range l.Rows {
		rows = append(rows, l.Rows[i].Values)
	}
	for _, row := range rows {
		if len(row) == 0 || len(row) == 1 && row[0] == "" {
			row = []string{" "} // an empty line of CSV is no row
		}
		if err := w.Write(row); err != nil {
			return "", err
		}
	}
	w.Flush()
	return name, d.Files.UpdateUserFile(ctx, listFile(name), func([]byte) ([]byte, error) { return out.Bytes(), nil })
}

// Drop removes a list. What was decided stays: it is of persons, not of lists.
func (d *Desk) Drop(ctx context.Context, name string) error {
	if _, err := d.List(ctx, name); err != nil {
		return err
	}
	return d.Files.UpdateUserFile(ctx, listFile(name), func([]byte) ([]byte, error) { return nil, nil })
}

// LookUp answers rows of a list, with decisions and at most limit passages of
// each, all when negative.
func (d *Desk) LookUp(ctx context.Context, l *List, rows []Row, limit int, do func(*Answer) error) error {
	ledger, _, err := LoadDecisions(ctx, d.Files)
	if err != nil {
		return err
	}
	run := Run{Search: d.Search, Ledger: ledger, Limit: limit}
	return run.Each(ctx, l, rows, do)
}

// Decide keeps what a reader decided of a row and a passage; "" takes it back.
func (d *Desk) Decide(ctx context.Context, row *Row, doc *corpus.Document, ord int, v Verdict) error {
	one, err := d.decision(row, doc, ord, v)
	if err != nil {
		return err
	}
	return Record(ctx, d.Files, []Decision{one})
}

func (d *Desk) decision(row *Row, doc *corpus.Document, ord int, v Verdict) (Decision, error) {
	i := -1
	if doc.Text != nil {
		i = slices.IndexFunc(doc.Text.Paragraphs, func(p corpus.Paragraph) bool { return p.Ord == ord })
	}
	if i < 0 || row.Fault != nil {
		return Decision{}, &corpus.Error{Op: "matrix.decide", Subj: row.Text, Kind: corpus.ErrInvalid, Err: &ListError{Code: FaultPassage}}
	}
	p := &doc.Text.Paragraphs[i]
	at := newPlace(doc, doc.Text.Hash(), p)
	return Decision{
		Person: row.Person(), Doc: doc.ID, Work: doc.Work, Text: at.text, Para: ord, Page: p.Page(), Label: p.Label,
		Print: at.print, Sketch: at.sketch, Verdict: v, At: d.Clock().UTC().Truncate(time.Second),
	}, nil
}

// Imported is what an import of decisions did.
type Imported struct {
	Decided int
	Same    int // decisions that stood already
	Faults  []ImportFault
}

// ImportFault is a row of an imported matrix that says a decision which cannot
// be taken.
type ImportFault struct {
	Line int // of the table, from 1
	Why  *ListError
}

// maxImportFaults is how many faults are told.
const maxImportFaults = 100

// Documents gives documents with their texts, by the beginning of their ID.
type Documents interface {
	Document(ctx context.Context, prefix string) (*corpus.Document, error)
}

// Import reads decisions from a matrix that a person has filled in. It has the
// columns that a matrix is written with: the person's, doc, para (or ref) and
// decision; the rest may be gone.
func (d *Desk) Import(ctx context.Context, docs Documents, file string, b []byte) (Imported, error) {
	var in Imported
	l, err := Read(file, b, Name, d.Decode)
	if err != nil {
		return in, err
	}
	doc, para, ref, decision := docHeading.in(l.Header), paraHeading.in(l.Header), refHeading.in(l.Header), decisionHeading.in(l.Header)
	if decision < 0 || ref < 0 && (doc < 0 || para < 0) {
		return in, &corpus.Error{Op: "matrix.import", Subj: file, Kind: corpus.ErrInvalid, Err: &ListError{Code: FaultColumns}}
	}
	ledger, _, err := LoadDecisions(ctx, d.Files)
	if err != nil {
		return in, err
	}
	i := importing{desk: d, docs: docs, ledger: ledger, cache: map[string]*corpus.Document{}, out: &in}
	for k := range l.Rows {
		r := &l.Rows[k]
		if strings.TrimSpace(cell(r.Values, decision)) == "" {
			continue
		}
		r.Text = strings.TrimPrefix(r.Text, "'")
		i.row(ctx, r, strings.TrimPrefix(cell(r.Values, decision), "'"), cell(r.Values, doc), cell(r.Values, para), cell(r.Values, ref))
	}
	return in, Record(ctx, d.Files, i.all)
}

// importing is an import under way.
type importing struct {
	desk   *Desk
	docs   Documents
	ledger *Ledger
	cache  map[string]*corpus.Document
	all    []Decision
	out    *Imported
}

// row takes the decision of one row, or tells why it cannot be taken.
func (i *importing) row(ctx context.Context, r *Row, word, doc, para, ref string) {
	one, fault := i.read(ctx, r, word, doc, para, ref)
	if fault != "" {
		if len(i.out.Faults) < maxImportFaults {
			i.out.Faults = append(i.out.Faults, ImportFault{r.No + 1, &ListError{Code: fault}})
		}
		return
	}
	at := place{one.Doc, one.Work, one.Text, one.Para, one.Print, one.Sketch}
	if old, moved, ok := i.ledger.of(one.Person, false, at); ok && !moved && old.Verdict == one.Verdict && old.Person == one.Person {
		i.out.Same++
		return
	}
	i.out.Decided++
	i.all = append(i.all, one)
}

func (i *importing) read(ctx context.Context, r *Row, word, doc, para, ref string) (Decision, FaultCode) {
	v, ok := ParseVerdict(word)
	if !ok {
		return Decision{}, FaultVerdict
	}
	at, err := corpus.ParseRef(ref)
	if err != nil || at.Ord == 0 {
		if at, err = corpus.ParseRef(doc + "#~" + strings.TrimSpace(para)); err != nil {
			return Decision{}, FaultPlace
		}
	}
	if doc = strings.TrimSpace(doc); doc != "" {
		at.Doc = doc
	}
	d := i.document(ctx, at.Doc)
	switch {
	case d == nil:
		return Decision{}, FaultDocument
	case d.Text != nil && at.Text != "" && !strings.HasPrefix(d.Text.Hash(), at.Text):
		return Decision{}, FaultMoved
	}
	one, err := i.desk.decision(r, d, at.Ord, v)
	if err != nil {
		return Decision{}, FaultPassage
	}
	return one, ""
}

// document returns a document, nil if there is none.
func (i *importing) document(ctx context.Context, prefix string) *corpus.Document {
	d, known := i.cache[prefix]
	if !known {
		var err error
		if d, err = i.docs.Document(ctx, prefix); err != nil {
			d = nil
		}
		i.cache[prefix] = d
	}
	return d
}

// Together counts the articles that stand with the persons of rows.
type Together struct {
	Articles []string // keys, those of most persons first, then of most passages
	Rows     []TogetherRow
	Left     int // further articles, of fewer persons
}

// TogetherRow is a person of a matrix of persons and articles.
type TogetherRow struct {
	*Row
	Query  string
	Counts []int // passages, by Articles
	Any    bool
}

// Counter counts the articles that stand with what a query finds.
type Counter interface {
	Together(ctx context.Context, query string, scope search.Scope, f search.Filter) ([]search.Count, error)
}

// maxArticles is how many columns a matrix of articles has.
const maxArticles = 24

// Together makes a matrix of persons and articles. It says that they are
// mentioned together, and no more.
func (d *Desk) Together(ctx context.Context, rows []Row, scope search.Scope) (*Together, error) {
	out := &Together{}
	persons, passages := map[string]int{}, map[string]int{}
	counts := make([]map[string]int, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		if r.Fault != nil {
			continue
		}
		q := QueryOf(Name, r)
		list, err := d.Counter.Together(ctx, q, scope, search.Filter{})
		if err != nil {
			return nil, err
		}
		one := map[string]int{}
		for _, n := range list {
			one[n.Value] = n.Passages
			persons[n.Value]++
			passages[n.Value] += n.Passages
		}
		counts = append(counts, one)
		out.Rows = append(out.Rows, TogetherRow{Row: r, Query: q, Any: len(one) > 0})
	}
	for key := range persons {
		out.Articles = append(out.Articles, key)
	}
	slices.SortFunc(out.Articles, func(a, b string) int {
		return cmp.Or(persons[b]-persons[a], passages[b]-passages[a], strings.Compare(a, b))
	})
	if n := len(out.Articles); n > maxArticles {
		out.Left = n - maxArticles
		out.Articles = out.Articles[:maxArticles]
	}
	for i := range out.Rows {
		for _, key := range out.Articles {
			out.Rows[i].Counts = append(out.Rows[i].Counts, counts[i][key])
		}
	}
	return out, nil
}
