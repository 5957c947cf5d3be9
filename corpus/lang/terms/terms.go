// Package terms is a bridge between the three languages: a table of legal
// terms, each with its names in Russian, Kazakh and English. A query that has
// a term in one language can offer its names in the others. Words are compared
// by stem, so any form of a term is found. The expansion is for plain words
// only; phrases and exact words are what they say.
package terms

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"dalel/corpus/lang"
)

// Field is the part of the law that a term belongs to.
type Field string

// The fields.
const (
	Detention  Field = "detention"
	Restraint  Field = "restraint" // measures of restraint
	Procedure  Field = "procedure"
	Court      Field = "court"
	Evidence   Field = "evidence"
	Punishment Field = "punishment"
	Offence    Field = "offence"
	Torture    Field = "torture"
	Rights     Field = "rights"
	UN         Field = "un" // bodies, procedures and treaties
	Law        Field = "law"
)

// Entry is one notion with its names.
type Entry struct {
	Field Field
	Names []Name // Russian, Kazakh, English; the usual name of a language first
}

// Name is what a notion is called in one language.
type Name struct {
	Code  lang.Code
	Text  string     // as a person reads it
	Words [][]string // the stems of each word: any one of them will do
	forms []string   // the folded words
}

// Match is a run of words of a query that names a notion.
type Match struct {
	Start, End int // words of the query, end exclusive
	Entry      *Entry
	Name       int // the name that was found, in Entry.Names
}

// Others returns the names of the notion in the languages that it was not
// found in, the usual one of each language first.
func (m *Match) Others() []Name {
	var out []Name
	found := m.Entry.Names[m.Name].Code
	for _, n := range m.Entry.Names {
		if n.Code != found {
			out = append(out, n)
		}
	}
	return out
}

// Synonyms returns the other names of the notion in the language that it was
// found in.
func (m *Match) Synonyms() []Name {
	var out []Name
	for i, n := range m.Entry.Names {
		if i != m.Name && n.Code == m.Entry.Names[m.Name].Code {
			out = append(out, n)
		}
	}
	return out
}

//go:embed terms.txt
var source string

// table is the parsed source and the names by the stems of their first word.
type table struct {
	entries []Entry
	first   map[key][]place
}

type key struct {
	code lang.Code
	stem string
}

type place struct{ entry, name int }

var loaded = sync.OnceValue(func() *table { return parse(source) })

// parse reads the table; see the head of terms.txt.
func parse(text string) *table {
	t := &table{first: map[key][]place{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		t.add(line)
	}
	return t
}

func (t *table) add(line string) {
	field, rest, _ := strings.Cut(line, "|")
	e := Entry{Field: Field(strings.TrimSpace(field))}
	codes := []lang.Code{lang.RU, lang.KK, lang.EN}
	for i, names := range strings.Split(rest, "|") {
		for text := range strings.SplitSeq(names, ";") {
			n := Name{Code: codes[min(i, 2)], Text: strings.TrimSpace(text)}
			n.forms = Words(n.Text)
			for _, form := range n.forms {
				n.Words = append(n.Words, lang.Stems(form, n.Code))
			}
			e.Names = append(e.Names, n)
		}
	}
	for i, n := range e.Names {
		if len(n.Words) == 0 {
			continue
		}
		for _, stem := range n.Words[0] {
			k := key{n.Code, stem}
			t.first[k] = append(t.first[k], place{len(t.entries), i})
		}
	}
	t.entries = append(t.entries, e)
}

// Words returns the folded words of a text as Lookup wants them: compounds by
// their parts.
func Words(text string) []string {
	var out []string
	for _, tok := range lang.Tokens(text) {
		if !tok.Joined {
			out = append(out, tok.Form)
		}
	}
	return out
}

// Entries returns the whole table. Do not change it.
func Entries() []Entry { return loaded().entries }

// Lookup finds the terms among the folded words of a query, read as language
// c; if c is Und, in the languages that their letters allow. Matches are in
// order and do not overlap; of two that begin at one word the longer is given,
// of two as long the one that is written more alike.
func Lookup(words []string, c lang.Code) []Match {
	t := loaded()
	var out []Match
	for i := 0; i < len(words); {
		m, ok := t.at(words, i, c)
		if !ok {
			i++
			continue
		}
		out = append(out, m)
		i = m.End
	}
	return out
}

// at returns the best term that begins at word i.
func (t *table) at(words []string, i int, c lang.Code) (best Match, ok bool) {
	bestLike := 0
	for _, code := range codesOf(words[i], c) {
		for _, stem := range lang.Stems(words[i], code) {
			for _, p := range t.first[key{code, stem}] {
				e := &t.entries[p.entry]
				n := &e.Names[p.name]
				end := i + len(n.Words)
				if ok && end < best.End || !n.isAt(words[i:]) {
					continue
				}
				if like := n.likeness(words[i:end]); !ok || end > best.End || like > bestLike {
					best, bestLike, ok = Match{i, end, e, p.name}, like, true
				}
			}
		}
	}
	return best, ok
}

// likeness tells names of the same stems apart, as "prisoner" and "prison", or
// a Kazakh verb and its denial: the bytes that words have in common with
// those of the name from the beginning, less those that only the name has.
func (n *Name) likeness(words []string) int {
	like := 0
	for k, form := range n.forms {
		common := 0
		for common < min(len(form), len(words[k])) && form[common] == words[k][common] {
			common++
		}
		like += 2*common - len(form)
	}
	return like
}

// isAt reports whether the words begin with the name.
func (n *Name) isAt(words []string) bool {
	if len(words) < len(n.Words) {
		return false
	}
	for k, want := range n.Words {
		stems := lang.Stems(words[k], n.Code)
		if !slices.ContainsFunc(stems, func(s string) bool { return slices.Contains(want, s) }) {
			return false
		}
	}
	return true
}

// codesOf returns the languages that a word may be looked up in.
func codesOf(word string, c lang.Code) []lang.Code {
	if c != lang.Und {
		return []lang.Code{c}
	}
	if strings.Trim(word, "iv") == "" { // a Roman number
		return []lang.Code{lang.RU, lang.KK, lang.EN}
	}
	for _, r := range word {
		switch {
		case strings.ContainsRune("әғқңөұүһі", r):
			return []lang.Code{lang.KK}
		case r < 0x250:
			return []lang.Code{lang.EN}
		}
	}
	return []lang.Code{lang.RU, lang.KK}
}
