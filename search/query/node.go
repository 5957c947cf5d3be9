// Package query is the query language: Parse reads it, Node holds it, String
// prints it so that Parse(n.String()) gives n again.
//
// The words of a query are joined by AND. From the tightest to the loosest, which
// is from the least of the text to all of it, and OR last:
//
//	слово  =слово  "…"  задерж*  осужд?нный  Тлеубаев~1  name:…  (…)
//	-x  NOT x                         without x (also НЕ, ЕМЕС)
//	a w/5 b   a pre/5 b               within 5 words, in either or in this order
//	a /s b                            in one sentence
//	a b   a AND b   a /p b            both in one paragraph (also И, ЖӘНЕ)
//	a /d b                            in one document
//	a OR b                            either (also ИЛИ, НЕМЕСЕ)
//
// What a reader of queries should know:
//
//   - AND, OR, NOT and their Russian and Kazakh forms are operators in capitals
//     only; in lower case they are words. A capital before a dot is an initial:
//     "И. Ахметов" has no AND.
//   - ЕМЕС stands before what it excludes, like NOT, though Kazakh grammar puts
//     it after: "азаптау ЕМЕС айыппұл" is "азаптау -айыппұл". As the last word
//     of a query it is an error that says so.
//   - A minus or dash excludes at the start of a word only. Inside a word it is
//     a hyphen, between blanks it is punctuation, and after a closing quote it
//     may carry a Kazakh case ending («Алға»-ның), which is left out.
//   - A question mark at the end of a word that has no other wildcard is
//     punctuation, so that a question may be asked as one; inside a word it is
//     one letter. A * is any number of letters, also none.
//   - 405(2), 12(1)(b), A/HRC/WGAD/2018/67, 25.06.2016, 405-1, ст.405, 1,273 and
//     12:30 are one word each. The colon of an unknown field is part of the word.
//   - Other punctuation is a blank, and so are control characters, marks of
//     writing direction and bytes that are not UTF-8. Zero-width characters and
//     soft hyphens are left out.
//
// Everything else is an Error that points at its place: nothing is repaired in
// silence. Reading takes time in proportion to the length of the query, which
// is bounded, like the number of its words, its patterns and its depth.
package query

// Node is a part of a query: one of the pointers *Word, *Pattern, *Fuzzy,
// *Phrase, *Near, *Same, *And, *Or, *Not and *Match.
type Node interface {
	// String prints the node so that Parse gives it again.
	String() string
	// Span returns the bytes of the query that the node was read from.
	Span() Span
}

// Span is a run of bytes of the query as typed, end exclusive.
type Span struct{ Start, End int }

// Of returns the bytes of query that s names: what was typed, with the
// punctuation that the nodes leave out.
func (s Span) Of(query string) string {
	start := max(0, min(s.Start, len(query)))
	return query[start:max(start, min(s.End, len(query)))]
}

// Word is one word as typed, in any of its forms unless Exact. It may analyse
// to several tokens ("405(2)", "A/HRC/WGAD/2018/67"), which then stand together.
// Punctuation around it is left out, except the dot of an initial ("И.", "л.д.").
type Word struct {
	Text  string
	Exact bool // =word: this form only
	At    Span
}

// Pattern is a word with * (any letters) or ? (one letter), on exact forms. It
// has at least minLiterals letters or digits, or minPrefix before its first
// wildcard.
type Pattern struct {
	Text string
	At   Span
}

// Fuzzy is a word and those within a spelling distance of it.
type Fuzzy struct {
	Text     string
	Distance int // 1 or 2
	At       Span
}

// Phrase is these forms in this order, side by side.
type Phrase struct {
	Text string // without the quotes
	At   Span
}

// Near is two operands within so many words of each other, in this order if
// Ordered. An operand is a Word, Pattern, Fuzzy, Phrase, or an Or of those.
type Near struct {
	Left, Right Node
	Words       int  // 1 to MaxNear
	Ordered     bool // pre/5
	At          Span
}

// Same is two operands in one sentence or in one document. An operand of one
// sentence has a place in the text: what Near takes, a Near, a Same of one
// sentence, a Match of a name, an article or a citation, or an Or of those. An
// operand of one document is anything that is not negative.
type Same struct {
	Left, Right Node
	Unit        Unit
	At          Span
}

// Unit is what a Same shares.
type Unit string

// The units.
const (
	Sentence Unit = "s" // a /s b
	Document Unit = "d" // a /d b
)

// And is all of its kids, in one paragraph. It has two or more, none of them
// an And, and at least one that is not a Not.
type And struct {
	Kids []Node
	At   Span
}

// Or is any of its kids. It has two or more, none of them an Or or a Not.
type Or struct {
	Kids []Node
	At   Span
}

// Not is without its kid. It stands in an And only.
type Not struct {
	Kid Node
	At  Span
}

// Match is what a field must hold: a person, a reference or a fact. The text of
// kind, lang, voice, category, status and in is a value of corpus, whatever
// language it was typed in; that of date is a range that DateRange reads.
type Match struct {
	Field Field
	Text  string
	Exact bool // name:="…": this spelling only; article:=405: without a part or a point
	At    Span
}

// Field is the part of a Match before the colon, in its English form.
type Field string

// The fields. Russian and Kazakh names of them (ст:, бап:, имя:, аты: …) are
// read too and print in English.
const (
	FieldName     Field = "name"
	FieldArticle  Field = "article"
	FieldCites    Field = "cites"
	FieldAbout    Field = "about" // about:A/HRC/WGAD/2018/67 names the case of that document without its number
	FieldKind     Field = "kind"
	FieldLang     Field = "lang"
	FieldDate     Field = "date"
	FieldCourt    Field = "court"
	FieldBody     Field = "body"
	FieldCountry  Field = "country"
	FieldPerson   Field = "person"
	FieldVoice    Field = "voice"
	FieldCategory Field = "category"
	FieldStatus   Field = "status"
	FieldFolder   Field = "folder"
	FieldTag      Field = "tag"
	FieldIn       Field = "in"    // a section: in:operative
	FieldTerms    Field = "terms" // terms:off leaves legal terms in other languages out
	FieldAs       Field = "as"    // as:words reads no word as a name, a reference or an alias
)

// IsSwitch reports whether a field says how the rest of a query is read, and
// asks for nothing itself.
func (f Field) IsSwitch() bool { return f == FieldTerms || f == FieldAs }
