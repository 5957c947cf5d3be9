package law

import (
	"regexp"
	"slices"
	"strings"

	"dalel/corpus/lang"
)

// maxQuery is the longest query read as a reference, in bytes.
const maxQuery = 1 << 10

// queryFields are the names under which a query asks for an article.
var queryFields = []string{"article", "ст", "статья", "бап", "art", "cites", "ref"}

// ParseQuery reads what a person types for a reference: a key
// (KZ-UK-2014/405/2), a bare number (405(2), 12-2), a citation in any way of
// writing it (ч. 2 ст. 405 УК РК), or a document's number; with or without the
// name of the field and quotes. It returns the references that the query
// means; a bare number means the article of any instrument. It reports false
// where something else stands in the query too.
func ParseQuery(s string) ([]Ref, bool) {
	if len(s) > maxQuery {
		return nil, false
	}
	s, field := bareQuery(s)
	if r, ok := ParseKey(s); ok && (r.Kind == Statute || isKnown(r.Instrument)) {
		return []Ref{r.whole(s)}, true
	}
	if refs, ok := Whole(s); ok {
		return refs, true
	}
	if !field {
		return nil, false
	}
	refs, ok := numberQuery(s)
	return refs, ok
}

// bareQuery takes the field and the quotes off a query; field is true if there
// was one that asks for articles.
func bareQuery(s string) (rest string, field bool) {
	s = strings.TrimSpace(s)
	if name, value, ok := strings.Cut(s, ":"); ok && slices.Contains(queryFields, lang.Fold(strings.TrimSpace(name))) {
		s, field = strings.TrimSpace(value), true
	}
	for _, q := range []string{`""`, "«»", "“”", "„“", "''"} {
		r := []rune(q)
		if t, ok := strings.CutPrefix(s, string(r[0])); ok {
			if t, ok = strings.CutSuffix(t, string(r[1])); ok {
				return strings.TrimSpace(t), field
			}
		}
	}
	return s, field
}

func (r Ref) whole(s string) Ref {
	r.End = len(s)
	return r
}

// isKnown reports whether an instrument is one of the registry.
func isKnown(key string) bool {
	if _, ok := reg.units[key]; ok {
		return true
	}
	land, code, ok := strings.Cut(key, "-")
	if !ok || !reg.lands[land] {
		return false
	}
	kind, _, numbered := strings.Cut(code, "-")
	return reg.codes[code] || numbered && slices.Contains(numberedActs, kind)
}

// numberedActs are the kinds of acts that a key names by number, date or title.
var numberedActs = []string{"LAW", "CLAW", "FZ", "DECREE", "GOV", "ORDER", "NPVS", "VS"}

// madeID are the numbers of documents that this package writes and no text does.
var madeID = regexp.MustCompile(`^(?:ECHR/\d{1,5}/\d\d|PACE/(?:RES|REC)/\d{3,4}\(\d{4}\)|PACE/DOC/\d{4,5}|EU/\d{4}/\d+/[A-Z]+|\*/GC/\d{1,2}|(?:CCPR|CAT|CEDAW|CRC|CRPD|CERD|CED)/C/D/\d{1,4}/\d{4})$`)

// Whole reads a text that is one reference, or one list of them, and nothing
// else. It tells a query, or a part of one, that reads as a reference.
func Whole(s string) ([]Ref, bool) {
	if madeID.MatchString(s) {
		return []Ref{{Kind: Document, ID: s, End: len(s)}}, true
	}
	refs := Find(s, Context{})
	if len(refs) == 0 {
		return nil, false
	}
	from, to := len(s), 0
	for _, r := range refs {
		if r.Kind == Statute && r.Article == "" && r.Instrument == "" {
			return nil, false
		}
		from, to = min(from, r.Start), max(to, r.End)
	}
	for _, t := range tokenize(s[:from] + " " + s[to:]) {
		if t.kind != isSign && !isJoin(t.form) {
			return nil, false
		}
	}
	return refs, true
}

// numberQuery reads "405", "405(2)", "12-2", "14(3)(b)" of any instrument. The
// brackets are a part in one act and a point in another, so both are meant.
func numberQuery(s string) ([]Ref, bool) {
	sc := scanner{text: s, ts: tokenize(s)}
	n, next, ok := sc.number(0)
	if !ok {
		return nil, false
	}
	subs, next := sc.subs(next)
	if next != len(sc.ts) || !isPlace(n) {
		return nil, false
	}
	base := Ref{Kind: Statute, Article: n, End: len(s)}
	if len(subs) == 0 {
		return []Ref{base}, true
	}
	var out []Ref
	for i := range subs {
		for _, top := range []string{criminalCode, "ICCPR"} {
			r := base
			r.Instrument = top
			r = subs[i].in(r, russian)
			r.Instrument = ""
			if !slices.ContainsFunc(out, func(o Ref) bool { return o.Key() == r.Key() }) {
				out = append(out, r)
			}
		}
	}
	return out, true
}
