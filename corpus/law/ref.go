package law

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Kind says what a Ref points at.
type Kind string

// The kinds of references.
const (
	Statute    Kind = "statute"    // an article or another place in an instrument
	Instrument Kind = "instrument" // an instrument as a whole
	Document   Kind = "document"   // a numbered document: a UN symbol, an application number
)

// AnyInstrument stands in a key for an instrument that is not known.
const AnyInstrument = "*"

// Ref is one reference in a text.
type Ref struct {
	Start, End int // bytes of the text, end exclusive
	Kind       Kind
	Instrument string // "KZ-UK", "ICCPR"; "" if unknown or the act that speaks itself
	Edition    string // "2014"; "" if unknown or the instrument has but one
	Article    string // "405", "12-2", "20.3"; "" for a place in an act without articles
	Part       string // часть, бөлік, part
	Point      string // пункт, тармақ, paragraph
	Subpoint   string // подпункт, тармақша, subparagraph
	Paragraph  string // §; of a document: its paragraph
	ID         string // of a document: "A/HRC/WGAD/2018/67"
	// Candidates are what it may be where it stays open: the editions, latest
	// first; the acts of a general word; the general comments of a number.
	Candidates []string
}

// unit is a level under an instrument.
type unit uint8

const (
	noUnit unit = iota
	subpoint
	point
	section // §
	part
	article
)

// markOf is how a unit is marked in a key, after the slash. A part has no mark.
func markOf(u unit) string {
	switch u {
	case point:
		return "p"
	case subpoint:
		return "pp"
	case section:
		return "par"
	default:
		return ""
	}
}

// Key returns the canonical name of what r points at: KZ-UK-2014/405/2,
// ICCPR/14/p3/pp(b) without the brackets, or the ID of a document.
func (r Ref) Key() string {
	if r.Kind == Document {
		return r.ID
	}
	var b strings.Builder
	b.WriteString(instrumentKey(r.Instrument, r.Edition))
	for _, p := range r.places() {
		b.WriteByte('/')
		b.WriteString(p)
	}
	return b.String()
}

func instrumentKey(instrument, edition string) string {
	switch {
	case instrument == "":
		return AnyInstrument
	case edition == "":
		return instrument
	}
	return instrument + "-" + edition
}

// places returns the marked places of r, from the article down.
func (r Ref) places() []string {
	var out []string
	if r.Article != "" {
		out = append(out, r.Article)
	}
	if r.Part != "" {
		// Without an article the bare number would read as one.
		if r.Article == "" {
			out = append(out, "ch"+r.Part)
		} else {
			out = append(out, r.Part)
		}
	}
	for _, v := range []struct {
		u unit
		s string
	}{{section, r.Paragraph}, {point, r.Point}, {subpoint, r.Subpoint}} {
		if v.s != "" {
			out = append(out, markOf(v.u)+v.s)
		}
	}
	return out
}

func (r *Ref) set(u unit, v string) {
	switch u {
	case article:
		r.Article = v
	case part:
		r.Part = v
	case point:
		r.Point = v
	case subpoint:
		r.Subpoint = v
	case section:
		r.Paragraph = v
	case noUnit:
	}
}

// Prefixes returns every key under which a reference is indexed, so that a
// wider key finds it: the instrument, the article and each place in it, with
// the edition and without it, and the article of any instrument. For
// KZ-UK-2014/405/2 these are KZ-UK, KZ-UK-2014, KZ-UK/405, KZ-UK-2014/405,
// */405 and so on. A document has its key, the one that its other numbers share
// (Identity), and of a general comment the one of any committee.
func Prefixes(key string) []string {
	r, ok := ParseKey(key)
	if !ok || r.Kind == Document {
		return asked(key)
	}
	heads := []string{AnyInstrument}
	if r.Instrument != "" {
		heads = append(heads, r.Instrument)
		if r.Edition != "" {
			heads = append(heads, instrumentKey(r.Instrument, r.Edition))
		}
	}
	var out []string
	places := r.places()
	for _, h := range heads {
		if h != AnyInstrument {
			out = append(out, h)
		}
		if h == AnyInstrument && r.Article == "" {
			continue
		}
		for i := range places {
			out = append(out, h+"/"+strings.Join(places[:i+1], "/"))
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	return out
}

// ArticleOf returns the instrument of a key and the article with it, without
// what is below: KZ-UK-2014 and KZ-UK-2014/405 for KZ-UK-2014/405/2. What the
// key does not have is "".
func ArticleOf(key string) (instrument, article string) {
	r, ok := ParseKey(key)
	if !ok {
		return "", ""
	}
	if r.Instrument != "" {
		instrument = instrumentKey(r.Instrument, r.Edition)
	}
	if r.Article != "" {
		article = instrumentKey(r.Instrument, r.Edition) + "/" + r.Article
	}
	return instrument, article
}

// tabledHead begins the number of a motion of the European Parliament,
// RC-B9-9931/2023, which has the form of a key.
var tabledHead = regexp.MustCompile(`^(?:RC-)?B\d{1,2}-\d{4}$`)

// ParseKey reads a key as Key prints it. It takes any instrument of the right
// form, known or not, and no document.
func ParseKey(key string) (Ref, bool) {
	head, rest, _ := strings.Cut(key, "/")
	r := Ref{Kind: Instrument}
	if head != AnyInstrument {
		if !isInstrumentKey(head) || tabledHead.MatchString(head) {
			return Ref{}, false
		}
		r.Instrument, r.Edition = splitEdition(head)
	}
	if rest == "" {
		return r, head != AnyInstrument && !strings.HasSuffix(key, "/")
	}
	r.Kind = Statute
	for i, p := range strings.Split(rest, "/") {
		u, v := placeOf(p, i == 0)
		if !isPlace(v) || !r.descends(u) {
			return Ref{}, false
		}
		r.set(u, v)
	}
	if r.Instrument == "ECHR" && len(r.Part) == 2 {
		return Ref{}, false // an application to the Court; the articles of the Convention have no parts
	}
	return r, true
}

// descends reports whether a place of unit u may follow those that r has.
func (r Ref) descends(u unit) bool {
	switch u {
	case article:
		return true
	case part:
		return r.Part == "" && r.Paragraph == "" && r.Point == "" && r.Subpoint == ""
	case section:
		return r.Paragraph == "" && r.Point == "" && r.Subpoint == ""
	case point:
		return r.Point == "" && r.Subpoint == ""
	case subpoint:
		return r.Subpoint == ""
	default:
		return false
	}
}

// placeOf reads one marked place of a key.
func placeOf(s string, first bool) (unit, string) {
	digit := func(v string) bool { return v != "" && v[0] >= '0' && v[0] <= '9' }
	if digit(s) {
		if first {
			return article, s
		}
		return part, s
	}
	for _, m := range []struct {
		mark string
		u    unit
	}{{"par", section}, {"pp", subpoint}, {"p", point}, {"ch", part}} {
		if v, ok := strings.CutPrefix(s, m.mark); ok && v != "" && (m.u != part || first) {
			return m.u, v
		}
	}
	if !first {
		return part, s // a part that is a letter
	}
	return noUnit, ""
}

// splitEdition cuts the year of an edition off an instrument's key.
func splitEdition(s string) (instrument, edition string) {
	i := len(s) - len("-2014")
	if i <= 0 || s[i] != '-' || !isYear(s[i+1:]) || isWhole(s) || isDated(s) {
		return s, ""
	}
	return s[:i], s[i+1:]
}

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && isDigits(s[2:])
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isInstrumentKey reports whether s has the form of an instrument's key:
// capitals, digits, inner hyphens, with a hyphen or at least three letters.
func isInstrumentKey(s string) bool {
	if len(s) < 3 || len(s) > 64 || s[0] < 'A' || s[0] > 'Z' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && (c != '-' || s[i-1] == '-') {
			return false
		}
	}
	return true
}

// isPlace reports whether s can be the number or letter of a place.
func isPlace(s string) bool {
	n, digits := 0, false
	for i, r := range s {
		n++
		isDigit := r >= '0' && r <= '9'
		digits = digits || isDigit
		if !isDigit && !isPlaceLetter(r) && (i == 0 || r != '-' && r != '.') {
			return false
		}
	}
	if n == 0 || n > maxPlace || !digits && n > maxLetters {
		return false
	}
	return s[len(s)-1] != '-' && s[len(s)-1] != '.'
}

func isPlaceLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'а' && r <= 'я' || strings.ContainsRune("әғқңөұүһі", r)
}

// maxPlace is the longest number of a place, in runes: "1273-12.10a" and the like.
const maxPlace = 12

// maxLetters is the longest place without digits: "viii".
const maxLetters = 4

// Compare orders keys as a reader expects: by instrument, then by the numbers of
// article, part and point, as numbers.
func Compare(a, b string) int {
	x, okX := ParseKey(a)
	y, okY := ParseKey(b)
	if !okX || !okY {
		return strings.Compare(a, b)
	}
	if c := strings.Compare(x.Instrument, y.Instrument); c != 0 {
		return c
	}
	p, q := x.places(), y.places()
	for i := range min(len(p), len(q)) {
		if c := comparePlaces(p[i], q[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(p), len(q)), strings.Compare(x.Edition, y.Edition))
}

// comparePlaces compares 9 with 10 and 12-2 with 12.
func comparePlaces(a, b string) int {
	digits := func(s string) (mark, number, rest string) {
		from := strings.IndexFunc(s, unicode.IsDigit)
		if from < 0 {
			return s, "", ""
		}
		to := from
		for to < len(s) && s[to] >= '0' && s[to] <= '9' {
			to++
		}
		return s[:from], s[from:to], s[to:]
	}
	markA, a, restA := digits(a)
	markB, b, restB := digits(b)
	return cmp.Or(strings.Compare(markA, markB), cmp.Compare(atoi(a), atoi(b)), strings.Compare(restA, restB))
}
