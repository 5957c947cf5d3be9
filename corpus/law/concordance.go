package law

import (
	"slices"
	"strings"

	"dalel/corpus/lang"
)

// offence is a row of the concordance: one offence in the Criminal Codes of
// 1997 and 2014, and the beginnings of words that name it.
type offence struct {
	old, now string // article; "" if that Code has none
	relation string
	source   string
	words    [][]string // alternatives; the words of one stand in this order
}

func newOffence(row []string) *offence {
	o := &offence{old: strings.TrimPrefix(row[0], "-"), now: strings.TrimPrefix(row[1], "-"), relation: row[2], source: row[3]}
	for alt := range strings.SplitSeq(row[4], ";") {
		var words []string
		for w := range strings.FieldsSeq(alt) {
			words = append(words, lang.Fold(w))
		}
		o.words = append(o.words, words)
	}
	return o
}

// criminalCode is the instrument of the concordance.
const (
	criminalCode = "KZ-UK"
	oldCode      = "1997"
	newCode      = "2014"
)

// Successor is an article that took the place of another one, or had its
// place before.
type Successor struct {
	Key      string // "KZ-UK-2014/405"
	Relation string // same, near, wider, narrower, merged, split
	Source   string // what the pairing rests on: contents, notes, resolution, believed
}

// Successors returns what became of an article when its code was replaced, and
// for an article of the later code what it was before. Only the article of
// the key counts: parts were renumbered too. There are none for a key without
// an edition, because the number alone means different offences.
func Successors(key string) []Successor {
	r, ok := ParseKey(key)
	if !ok || r.Instrument != criminalCode || r.Article == "" {
		return nil
	}
	var out []Successor
	for _, o := range reg.offences[r.Article] {
		from, to, edition := o.old, o.now, newCode
		switch r.Edition {
		case oldCode:
		case newCode:
			from, to, edition = o.now, o.old, oldCode
		default:
			return nil
		}
		if from == r.Article && to != "" {
			s := Successor{Ref{Kind: Statute, Instrument: criminalCode, Edition: edition, Article: to}.Key(), o.relation, o.source}
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// lastOld is the highest article of the Code of 1997.
const lastOld = 393

// MayExist reports whether there can be an article with a key: the Criminal Code
// of 1997 ends before 394.
func MayExist(key string) bool {
	r, ok := ParseKey(key)
	number, _, _ := strings.Cut(r.Article, "-")
	return ok && (r.Instrument != criminalCode || r.Edition != oldCode || atoi(number) <= lastOld)
}

// offenceEdition tells the edition of an article of the Criminal Code from its
// number and from the words around it; "" if they do not tell.
func offenceEdition(art string, words []token) string {
	number, _, hyphen := strings.Cut(art, "-")
	if atoi(number) > lastOld {
		return newCode
	}
	var inOld, inNew, knownOld, knownNew bool
	for _, o := range reg.offences[art] {
		knownOld, knownNew = knownOld || o.old == art, knownNew || o.now == art
		if o.isNamed(words) {
			inOld, inNew = inOld || o.old == art, inNew || o.now == art
		}
	}
	if e := oneOf(inOld, inNew); e != "" || !hyphen {
		return e
	}
	return oneOf(knownOld, knownNew)
}

// oneOf returns the edition that alone is meant; "" for both or neither.
func oneOf(old, now bool) string {
	switch {
	case old && !now:
		return oldCode
	case now && !old:
		return newCode
	}
	return ""
}

// begins is strings.HasPrefix for words most of which do not: their last byte
// tells.
func begins(form, prefix string) bool {
	n := len(prefix)
	return len(form) >= n && form[n-1] == prefix[n-1] && form[:n] == prefix
}

// isNamed reports whether the words of the offence stand among the tokens.
func (o *offence) isNamed(ts []token) bool {
	return slices.ContainsFunc(o.words, func(words []string) bool {
		w := 0
		for i := range ts {
			if ts[i].kind == isWord && begins(ts[i].form, words[w]) {
				if w++; w == len(words) {
					return true
				}
			}
		}
		return false
	})
}

// atoi reads a short run of digits; anything else is 0.
func atoi(s string) int {
	if !isDigits(s) || len(s) > 6 {
		return 0
	}
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
