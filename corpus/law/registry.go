package law

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
)

//go:embed tables/*.txt
var tables embed.FS

// Act is an instrument of the registry.
type Act struct {
	Key      string // "KZ-UK", "ICCPR"; of a code of many countries the type alone: "UK"
	RU       string
	KK       string
	EN       string
	Unit     string // the unit right under an article: "part" or "point"
	Editions []Edition
}

// Edition is an instrument as it was adopted anew.
type Edition struct {
	Year    string      // the edition in the key; "" of an instrument with one edition only
	Since   corpus.Date // in force from
	Adopted corpus.Date
	Number  string
	Seen    bool // in a dated text; otherwise believed, and not verified
}

// sense is what a name stands for.
type sense uint8

const (
	ofCode    sense = iota // a type of code: the country is said beside it
	ofCountry              //
	ofTitle                // a title: the word for a law is beside it
	ofAct                  // an act by itself
)

// name is one way of writing a code, a country or an act, as a row of words.
type name struct {
	words []pattern
	sense sense
	key   string
	bare  bool // stands for the act without anything beside it
	abbr  bool // an abbreviation, written in capitals
}

// pattern is a word of a name: a form, or the beginning of one.
type pattern struct {
	form string
	open bool // any ending may follow
}

// maxEnding is how many bytes an ending adds to a pattern: "республикасындағы".
const maxEnding = 26

func (p pattern) matches(t *token) bool {
	if !p.open {
		return t.form == p.form
	}
	return len(t.form) <= len(p.form)+maxEnding && strings.HasPrefix(t.form, p.form)
}

// registry is the tables in the form that Find needs.
type registry struct {
	acts     []Act
	units    map[string]unit       // by type of code or key of act
	editions map[string][]Edition  // by key, oldest first
	names    map[string][]name     // by the first runes of the first word, longest first
	codes    map[string]bool       // types of codes
	lands    map[string]bool       // codes of countries
	numbers  map[string]string     // "number year" or "date" of adoption to key and edition
	offences map[string][]*offence // by article of either Code
	byKey    map[string]int        // index into acts
	shorts   map[string]short      // by type of code or key of act
	headings map[string]short      // by key of the article
	cases    map[string][]Concern  // by key of the document
}

var reg = mustLoad()

// mustLoad reads the tables; they are ours, so a mistake in them is a bug.
func mustLoad() *registry {
	r := &registry{
		units: map[string]unit{}, editions: map[string][]Edition{}, names: map[string][]name{},
		codes: map[string]bool{}, lands: map[string]bool{}, numbers: map[string]string{}, offences: map[string][]*offence{},
		byKey: map[string]int{}, shorts: map[string]short{}, headings: map[string]short{},
		cases: map[string][]Concern{},
	}
	for _, row := range mustRows("editions.txt", 6) {
		e := Edition{Year: strings.TrimPrefix(row[1], "-"), Since: corpus.Date(row[2]), Adopted: corpus.Date(row[3]), Number: row[4], Seen: row[5] == "seen"}
		r.editions[row[0]] = append(r.editions[row[0]], e)
		r.numbers[row[3]] = instrumentKey(row[0], e.Year)
	}
	for _, row := range mustRows("codes.txt", 6) {
		r.codes[row[0]] = true
		r.add(row, ofCode)
	}
	for _, row := range mustRows("acts.txt", 6) {
		r.add(row, ofTitle)
	}
	for _, row := range mustRows("titles.txt", 2) {
		r.addNames(row[0], row[1], ofTitle)
	}
	for _, row := range mustRows("countries.txt", 2) {
		r.lands[row[0]] = true
		r.addNames(row[0], row[1], ofCountry)
	}
	for _, row := range mustRows("criminal.txt", 5) {
		o := newOffence(row)
		for _, a := range []string{o.old, o.now} {
			if list := r.offences[a]; a != "" && !slices.Contains(list, o) {
				r.offences[a] = append(list, o)
			}
		}
	}
	for _, row := range mustRows("shorts.txt", 4) {
		r.shorts[row[0]] = short{row[1], row[2], row[3]}
	}
	for _, row := range mustRows("headings.txt", 5) {
		r.headings[row[0]] = short{row[1], row[2], row[3]}
	}
	for _, row := range mustRows("cases.txt", 3) {
		r.cases[row[0]] = append(r.cases[row[0]], Concern{row[1], row[2]})
	}
	for k := range r.names {
		slices.SortStableFunc(r.names[k], func(a, b name) int { return len(b.words) - len(a.words) })
	}
	return r
}

// mustRows returns the rows of a table, fields trimmed.
func mustRows(file string, fields int) [][]string {
	b, err := tables.ReadFile("tables/" + file)
	if err != nil {
		panic(fmt.Sprintf("law: table %s: %v", file, err))
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, " | ")
		if len(row) != fields {
			panic(fmt.Sprintf("law: table %s: %d fields, want %d: %s", file, len(row), fields, line))
		}
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		out = append(out, row)
	}
	return out
}

func (r *registry) add(row []string, s sense) {
	u := point
	if row[1] == "part" {
		u = part
	}
	r.units[row[0]] = u
	r.byKey[row[0]] = len(r.acts)
	r.acts = append(r.acts, Act{Key: row[0], Unit: row[1], RU: row[2], KK: row[3], EN: row[4], Editions: r.editions[row[0]]})
	r.addNames(row[0], row[5], s)
}

func (r *registry) addNames(key, list string, s sense) {
	for text := range strings.SplitSeq(list, ";") {
		text = strings.TrimSpace(text)
		bare := strings.HasPrefix(text, "+")
		n := name{sense: s, key: key, bare: bare}
		if bare && s == ofTitle {
			n.sense = ofAct
		}
		words := strings.Fields(strings.TrimPrefix(text, "+"))
		for _, w := range words {
			form, open := strings.CutSuffix(w, "*")
			n.words = append(n.words, pattern{lang.Fold(form), open})
		}
		n.abbr = len(words) == 1 && capitals(words[0]) > 1
		at := indexKey(n.words[0].form)
		r.names[at] = append(r.names[at], n)
	}
}

func capitals(s string) int {
	n := 0
	for _, c := range s {
		if unicode.IsUpper(c) {
			n++
		}
	}
	return n
}

// indexRunes is how many runes of the first word lead to a name: the shortest
// open pattern is as long.
const indexRunes = 3

func indexKey(form string) string {
	n := 0
	for i := range form {
		if n == indexRunes {
			return form[:i]
		}
		n++
	}
	return form
}

// match finds the longest name that starts at token i. It returns the token
// after it.
func (r *registry) match(ts []token, i int) (*name, int) {
	list := r.names[indexKey(ts[i].form)]
	for k := range list {
		n := &list[k]
		if n.abbr && ts[i].caps < 2 {
			continue
		}
		if next := n.fits(ts, i); next > 0 {
			return n, next
		}
	}
	return nil, i
}

// fits returns the token after the name if it stands at i, otherwise 0.
// Commas, quotes and brackets between its words do not count.
func (n *name) fits(ts []token, i int) int {
	for w := range n.words {
		for w > 0 && i < len(ts) && ts[i].kind == isSign && ts[i].form != n.words[w].form && isSoft(ts[i].form) {
			i++
		}
		if i >= len(ts) || !n.words[w].matches(&ts[i]) {
			return 0
		}
		i++
	}
	return i
}

func isSoft(s string) bool {
	switch s {
	case ",", "(", ")", "«", "»", `"`, "-", "–", "'", "’":
		return true
	}
	return false
}

// unitOf returns the unit right under an article of an instrument.
func (r *registry) unitOf(instrument string) unit {
	if u, ok := r.units[instrument]; ok {
		return u
	}
	if _, kind, ok := strings.Cut(instrument, "-"); ok {
		if u, ok := r.units[kind]; ok {
			return u
		}
	}
	return point
}

// isWhole reports whether a key that ends in a year is one name all the same.
func isWhole(s string) bool {
	_, ok := reg.units[s]
	return ok
}

// isDated reports whether a key ends in a whole date, not in a year.
func isDated(s string) bool {
	i := len(s) - len("2001-01-23")
	return i > 0 && corpus.Date(s[i:]).Valid() && s[i-1] == '-'
}

// Acts lists the instruments of the registry that have a name of their own,
// and the codes under the keys of Kazakhstan.
func Acts() []Act {
	out := make([]Act, 0, len(reg.acts))
	for _, a := range reg.acts {
		if reg.codes[a.Key] {
			a.Key = "KZ-" + a.Key
			a.Editions = reg.editions[a.Key]
		}
		a.Editions = slices.Clone(a.Editions)
		out = append(out, a)
	}
	return out
}
