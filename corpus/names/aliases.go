package names

import (
	"bufio"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// AliasKind is what a name is beside the others of the same thing.
type AliasKind string

// The kinds of aliases.
const (
	FullName     AliasKind = "full"   // inflected, and compared by stems
	Abbreviation AliasKind = "abbr"   // as written; capitals count in a text
	FormerName   AliasKind = "former" // Nur-Sultan
	Gloss        AliasKind = "gloss"  // a translation that is no name of its own
	ShortName    AliasKind = "short"  // Генпрокуратура
)

// Alias is one name of an organisation, a place or a person that has several.
type Alias struct {
	ID      string    // "org:dvk": what has the name
	Type    string    // "org", "place", "person" or "form" (a legal form of companies)
	Lang    lang.Code // of the name; lang.Und if it is of no one language
	Form    string    // as written
	Kind    AliasKind
	Context bool // means something else as well: counts only beside another name of the ID
}

// The columns of a row of the table.
const (
	minAliasColumns = 5
	maxAliasColumns = 6
)

// Limits of a table that people write.
const (
	maxAliasForm  = 200 // bytes
	maxAliasLine  = 4096
	maxAliasLines = 100_000
	maxAliasFault = 20 // faults that are told
)

// AliasError is a row of a table that cannot be read. The rest of the table can.
type AliasError struct {
	Line int       // from 1
	Code AliasCode //
	Arg  string    // what the row says there, or the limit that it breaks
}

// AliasCode is what is wrong with a row. Pages have words for the codes.
type AliasCode string

// The codes, and what Error says of them.
const (
	FaultColumns AliasCode = "columns" // another number of columns than five or six
	FaultFlag    AliasCode = "flag"    // a flag that is not ctx
	FaultUTF8    AliasCode = "utf8"    // not UTF-8
	FaultID      AliasCode = "id"      // no ID
	FaultType    AliasCode = "type"    // not one of AliasTypes
	FaultLang    AliasCode = "lang"    // not kk, ru, en or und
	FaultKind    AliasCode = "kind"    // not a kind of aliases
	FaultLong    AliasCode = "long"    // a form of too many bytes
	FaultEmpty   AliasCode = "empty"   // a form without a word
	FaultLine    AliasCode = "line"    // a line of too many bytes; what follows is not read
	FaultLines   AliasCode = "lines"   // too many lines; what follows is not read
)

var faultWords = map[AliasCode]string{
	FaultColumns: "%s columns, want id, type, language, form, kind and perhaps ctx",
	FaultFlag:    "flag %q, want ctx or nothing",
	FaultUTF8:    "not UTF-8",
	FaultID:      "no id",
	FaultType:    "type %q, want org, place, person or form",
	FaultLang:    "language %q, want kk, ru, en or und",
	FaultKind:    "kind %q, want full, abbr, former, gloss or short",
	FaultLong:    "a form of %s bytes, too long",
	FaultEmpty:   "form %q has no word",
	FaultLine:    "a line of more than %s bytes; the rest is not read",
	FaultLines:   "more than %s lines; the rest is not read",
}

func (f *AliasError) Error() string {
	words := faultWords[f.Code]
	if strings.Contains(words, "%") {
		words = fmt.Sprintf(words, f.Arg)
	}
	return fmt.Sprintf("line %d: %s", f.Line, words)
}

// AliasTypes lists the types of what has several names: organisations, places,
// persons, legal forms of companies.
var AliasTypes = []string{"org", "place", "person", "form"}

// ReadAliases reads a table of aliases. A row has the columns id, type,
// language, form, kind and, if the form needs context, the flag ctx, apart by
// tabs; # begins a comment, and a row that begins with id and type is a heading.
// Rows that are wrong are left out and told, the first twenty of them.
func ReadAliases(r io.Reader) (out []Alias, faults []*AliasError) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, maxAliasLine), maxAliasLine)
	line := 0
	for in.Scan() {
		if line++; line > maxAliasLines {
			return out, append(faults, &AliasError{line, FaultLines, strconv.Itoa(maxAliasLines)})
		}
		a, fault := ParseAlias(strings.TrimPrefix(in.Text(), "\ufeff"))
		switch {
		case fault != nil && len(faults) < maxAliasFault:
			fault.Line = line
			faults = append(faults, fault)
		case fault == nil && a.ID != "":
			out = append(out, a)
		}
	}
	if in.Err() != nil {
		faults = append(faults, &AliasError{line + 1, FaultLine, strconv.Itoa(maxAliasLine)})
	}
	return out, faults
}

// ParseAliases is ReadAliases with the faults as one error of kind ErrInvalid.
// subject names the table in it.
func ParseAliases(subject string, r io.Reader) ([]Alias, error) {
	out, faults := ReadAliases(r)
	if len(faults) == 0 {
		return out, nil
	}
	all := make([]error, len(faults))
	for i, f := range faults {
		all[i] = f
	}
	return out, &corpus.Error{Op: "names.aliases", Subj: subject, Kind: corpus.ErrInvalid, Err: errors.Join(all...)}
}

// ParseAlias reads one row; a comment or an empty line is an Alias without ID.
func ParseAlias(line string) (Alias, *AliasError) {
	line = strings.TrimRight(line, " \t\r")
	if line == "" || line[0] == '#' || strings.HasPrefix(line, "id\ttype\t") {
		return Alias{}, nil
	}
	if !utf8.ValidString(line) {
		return Alias{}, &AliasError{Code: FaultUTF8}
	}
	c := strings.Split(line, "\t")
	for i := range c {
		c[i] = strings.TrimSpace(c[i])
	}
	if len(c) < minAliasColumns || len(c) > maxAliasColumns {
		return Alias{}, &AliasError{Code: FaultColumns, Arg: strconv.Itoa(len(c))}
	}
	a := Alias{ID: c[0], Type: c[1], Lang: lang.Code(c[2]), Form: c[3], Kind: AliasKind(c[4])}
	if len(c) == maxAliasColumns {
		a.Context = c[5] == "ctx"
		if c[5] != "" && !a.Context {
			return Alias{}, &AliasError{Code: FaultFlag, Arg: c[5]}
		}
	}
	return a, a.Check()
}

// Row writes an alias as a row of the table, without the end of the line.
func (a *Alias) Row() string {
	row := strings.Join([]string{a.ID, a.Type, string(a.Lang), a.Form, string(a.Kind)}, "\t")
	if a.Context {
		row += "\tctx"
	}
	return row
}

// Check says what is wrong with a row; nil if nothing is.
func (a *Alias) Check() *AliasError {
	bad := func(code AliasCode, arg string) *AliasError { return &AliasError{Code: code, Arg: arg} }
	switch {
	case a.ID == "" || strings.ContainsAny(a.ID, "\t\n#"):
		return bad(FaultID, "")
	case !slices.Contains(AliasTypes, a.Type):
		return bad(FaultType, a.Type)
	case !slices.Contains([]lang.Code{lang.KK, lang.RU, lang.EN, lang.Und}, a.Lang):
		return bad(FaultLang, string(a.Lang))
	case !slices.Contains(AliasKinds, a.Kind):
		return bad(FaultKind, string(a.Kind))
	case len(a.Form) > maxAliasForm:
		return bad(FaultLong, strconv.Itoa(len(a.Form)))
	case len(lang.Tokens(a.Form)) == 0 || strings.ContainsAny(a.Form, "\t\n"):
		return bad(FaultEmpty, a.Form)
	}
	return nil
}

// AliasKinds lists the kinds, in the order of menus.
var AliasKinds = []AliasKind{FullName, Abbreviation, FormerName, Gloss, ShortName}

//go:embed aliases.tsv
var builtinAliases string

// BuiltinAliases returns the rows that come with the program: parties, organs
// of Kazakhstan, bodies of the United Nations and of Europe, renamed cities.
func BuiltinAliases() []Alias {
	rows, err := ParseAliases("aliases.tsv", strings.NewReader(builtinAliases))
	if err != nil {
		panic(err) // a bug in our own file; a test reads it
	}
	return rows
}

// AliasTable answers under which names a thing is known. It is not changed by
// use and may be shared.
type AliasTable struct {
	byID   map[string][]Alias
	byName map[string][]string // IDs by the stems of a name
	begins map[string]bool     // the language and first stem of each of those
	people map[string][]person // of type person, by the keys of a name: found by any spelling
	seen   map[Alias]bool
}

// person is a name of a person and whose it is.
type person struct {
	id   string
	name Name
}

// NewAliasTable makes a table of rows: the built-in ones and those of users.
// A row that is there already is taken once.
func NewAliasTable(rows ...[]Alias) *AliasTable {
	t := &AliasTable{byID: map[string][]Alias{}, byName: map[string][]string{}, begins: map[string]bool{}, people: map[string][]person{}, seen: map[Alias]bool{}}
	for _, list := range rows {
		for _, a := range list {
			t.add(a)
		}
	}
	return t
}

func (t *AliasTable) add(a Alias) {
	if t.seen[a] {
		return
	}
	t.seen[a] = true
	t.byID[a.ID] = append(t.byID[a.ID], a)
	if a.Type == "person" {
		n := Parse(a.Form)
		for _, k := range firstKeys(n) {
			t.people[k] = append(t.people[k], person{a.ID, n})
		}
	}
	for _, k := range nameStems(a.Form, a.Kind) {
		first, _, _ := strings.Cut(k, " ")
		t.begins[first] = true
		if !slices.Contains(t.byName[k], a.ID) {
			t.byName[k] = append(t.byName[k], a.ID)
		}
	}
}

// nameStems returns the keys a name is found under: its forms, and the stems
// of them if it is one that is inflected.
func nameStems(name string, kind AliasKind) []string {
	out := []string{stemKey(name, lang.Und)}
	if kind == Abbreviation {
		return out
	}
	for _, code := range []lang.Code{lang.KK, lang.RU, lang.EN} {
		if k := stemKey(name, code); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// stemKey joins the first stems of the words of a name in a language; their
// forms for lang.Und.
func stemKey(name string, code lang.Code) string {
	b := []byte(code + ":")
	for _, tok := range lang.Tokens(name) {
		if tok.Joined {
			continue
		}
		word := tok.Form
		if stems := lang.Stems(tok.Form, code); code != lang.Und && len(stems) > 0 {
			word = stems[0]
		}
		b = append(append(b, word...), ' ')
	}
	return string(b)
}

// Find returns all names of what is called name: in any case form, with or
// without capitals; of a person, in any spelling. Several things may be called so; each has its ID. The names
// of one ID stand in the order of the table, the IDs in alphabetical order.
func (t *AliasTable) Find(name string) []Alias {
	var ids []string
	for _, k := range nameStems(name, FullName) {
		ids = append(ids, t.byName[k]...)
	}
	asked := Parse(name)
	for _, p := range asked.Parts {
		for _, k := range Keys(p.Form) {
			for _, someone := range t.people[k] {
				if spellsAs(asked, someone.name) {
					ids = append(ids, someone.id)
				}
			}
		}
	}
	return t.all(ids)
}

// Of returns the rows of an ID, and of IDs that add to it after a number sign,
// "A/HRC/WGAD/2022/931#2": names of several things that belong to it.
func (t *AliasTable) Of(id string) (out []Alias) {
	var ids []string
	for other := range t.byID {
		if rest, ok := strings.CutPrefix(other, id); ok && (rest == "" || rest[0] == '#') {
			ids = append(ids, other)
		}
	}
	return t.all(ids)
}

// AliasMatch is a run of words that is a name of something.
type AliasMatch struct {
	Start, End int // words, end exclusive
	Aliases    []Alias
}

// maxAliasWords is the most words of a name that Scan looks for.
const maxAliasWords = 8

// Scan finds the names of the table among folded words, the longest first, none
// overlapping, in the order of the words. stems gives the stems of a form, as
// lang.Stems does. Persons are found as they are written in the table only.
func (t *AliasTable) Scan(forms []string, stems func(form string, c lang.Code) []string) []AliasMatch {
	codes := [...]lang.Code{lang.Und, lang.KK, lang.RU, lang.EN}
	words := make([][len(codes)]string, len(forms))
	for i, f := range forms {
		for k, code := range codes {
			words[i][k] = f
			if code != lang.Und {
				if list := stems(f, code); len(list) > 0 {
					words[i][k] = list[0]
				}
			}
		}
	}
	var out []AliasMatch
	for i := 0; i < len(forms); i++ {
		for n := min(maxAliasWords, len(forms)-i); n > 0; n-- {
			if ids := t.named(codes[:], words[i:i+n]); len(ids) > 0 {
				out = append(out, AliasMatch{i, i + n, t.all(ids)})
				i += n - 1
				break
			}
		}
	}
	return out
}

// named returns the IDs that words name, each word as a form and as a stem of
// three languages.
func (t *AliasTable) named(codes []lang.Code, words [][4]string) (ids []string) {
	for k, code := range codes {
		if !t.begins[string(code)+":"+words[0][k]] {
			continue
		}
		b := []byte(code + ":")
		for i := range words {
			b = append(append(b, words[i][k]...), ' ')
		}
		ids = append(ids, t.byName[string(b)]...)
	}
	return ids
}

// all returns the rows of IDs, each ID once, in alphabetical order.
func (t *AliasTable) all(ids []string) (out []Alias) {
	slices.SortFunc(ids, cmp.Compare[string])
	for _, id := range slices.Compact(ids) {
		out = append(out, t.byID[id]...)
	}
	return out
}

// firstKeys are the keys of the first part of a name; whoever is asked for by
// all parts of it is asked for by that one too.
func firstKeys(n Name) []string {
	if len(n.Parts) == 0 {
		return nil
	}
	return Keys(n.Parts[0].Form)
}

// spellsAs reports whether every part of two names is a spelling or a case form
// of a part of the other.
func spellsAs(a, b Name) bool {
	return len(a.Parts) > 0 && len(a.Parts) == len(b.Parts) && eachSpelt(a.Parts, b.Parts) && eachSpelt(b.Parts, a.Parts)
}

func eachSpelt(parts, in []Part) bool {
	for _, p := range parts {
		m := NewMatcher(p.Form)
		if !slices.ContainsFunc(in, func(o Part) bool { s, _ := m.Match(o.Form); return s >= sureSpelling }) {
			return false
		}
	}
	return true
}

// sureSpelling is the score of MatchToken that leaves no doubt.
const sureSpelling = 0.9
