// Package query is the query language: Parse reads it, Node holds it, String
// prints it so that Parse(n.String()) gives n again.
package query

// Node is a part of a query.
type Node interface {
	// String prints the node so that Parse gives it again.
	String() string
	// Span returns the bytes of the query that the node was read from.
	Span() Span
}

// Span is a run of bytes of the query as typed, end exclusive.
type Span struct{ Start, End int }

// Word is one word as typed, in any of its forms unless Exact. It may analyse
// to several tokens ("405(2)", "A/HRC/WGAD/2018/67"), which then stand together.
type Word struct {
	Text  string
	Exact bool // =word: this form only
	At    Span
}

// Pattern is a word with * (any letters) or ? (one letter), on exact forms.
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
	Words       int
	Ordered     bool // pre/5
	At          Span
}

// Same is two operands in one sentence or in one document.
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

// And is all of its kids, in one paragraph.
type And struct {
	Kids []Node
	At   Span
}

// Or is any of its kids.
type Or struct {
	Kids []Node
	At   Span
}

// Not is without its kid.
type Not struct {
	Kid Node
	At  Span
}

// Match is what a field must hold: a person, a reference or a fact.
type Match struct {
	Field Field
	Text  string
	Exact bool // name:="…": this spelling only
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
	FieldIn       Field = "in" // a section: in:operative
)
