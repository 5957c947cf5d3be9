package search

import (
	"time"

	"dalel/corpus"
)

// Request is one question.
type Request struct {
	Query  string
	Filter Filter
	Sort   Sort
	Offset int // passages to pass over; works, when Group is set
	Limit  int // passages wanted; works, when Group is set
	// After is the reference of a passage of the same answer ("DOC@T#~17"): only
	// those that come after it in the order are wanted, and Offset counts from
	// there. Not with Group.
	After  string
	Group  bool
	Reader string // language of the reader: of the versions of a work that answer as well, the one shown; "" for any
	Facets bool
	Any    bool // plain words, any of which may match
	Best   int  // passages shown of each document, when Group is set; 0 for bestPerDoc
	Bare   bool // hits have a document, an ordinal and a score, but neither text nor matches
}

// Filter narrows a Request. Values of one fact are alternatives; facts combine.
type Filter struct {
	Facts    map[corpus.Key][]string
	Docs     []corpus.ID // in these documents only; all when empty
	Voices   []corpus.Voice
	Sections []corpus.SectionKind
	From, To corpus.Date // inclusive
}

// Sort is an order of passages.
type Sort string

// The orders. Ties are broken by document ID and ordinal.
const (
	ByRelevance Sort = "relevance"
	ByDate      Sort = "date"  // oldest first
	ByDateDown  Sort = "-date" // newest first
	ByCited     Sort = "cited" // cited by most works of the library first
)

// Result is an answer.
type Result struct {
	Query     string // normalised
	Notes     []Note // how the query was understood, for chips and warnings
	Hits      int    // passages
	Docs      int    // documents that have them
	Works     int    // copies and language versions counted once
	DocsApart int    // further documents that have all words, but not in one paragraph
	Apart     []corpus.ID
	Passages  []Hit   // when not grouped
	Rank      int     // of the first of Passages, from 1
	Groups    []Group // when grouped
	Facets    []Facet
	Spellings []Spelling // of the names asked for, part by part, the best first
	// WithoutPart is how many further passages have the article that was asked
	// for with a part, but without one.
	WithoutPart      int
	WithoutPartQuery string // finds those passages
	// Unnumbered is offered where a document was asked for by its number: what
	// names its case without it. It is in none of the counts; nil for none.
	Unnumbered *Unnumbered
	// Outside tells of passages where the marks asked for do not hold, when
	// nothing was found; nil if there are none.
	Outside  *Outside
	Unread   int // pages of the library that were not read
	Doubtful int // pages read doubtfully
	Took     time.Duration
}

// Note is one thing the reader should know about how a query was read.
type Note struct {
	Kind  NoteKind
	Text  string // the part of the query it is about
	Value string // what it was read as
	Query string // the query without this reading: the way out; of a successor the query for it
	// Start and End are the bytes of the query that a name or a reference stands
	// at; 0, 0 where it stands nowhere by itself.
	Start, End int
	// Basis and Source are of a NoteAbout: how the program knows whom the document
	// is about.
	Basis  Basis
	Source string
}

// NoteKind is what a Note tells.
type NoteKind string

// The kinds of notes.
const (
	NoteFilter NoteKind = "filter" // a filter is on
	NotePhrase NoteKind = "phrase" // a phrase in these forms only
	NoteName   NoteKind = "name"
	NoteRef    NoteKind = "reference"
	NoteTerm   NoteKind = "term"  // a legal term in other languages
	NoteAlias  NoteKind = "alias" // another name of an organisation, a place or a person
	NoteLimit  NoteKind = "limit" // a budget stopped an expansion; the answer may be short
	// NoteCommon tells a word of a question that was left out, because too many
	// paragraphs have it.
	NoteCommon NoteKind = "common"
	// NoteRebuilt says that the index is being made again, and that the one that
	// answers meanwhile may lack something.
	NoteRebuilt NoteKind = "rebuilt"
	// NoteDistant says that a name was found in distant spellings only, as rows of
	// lists, which may be another's.
	NoteDistant NoteKind = "distant"
	// NoteSuccessor offers the article that took the place of the one asked for
	// when its code was replaced, or had its place before.
	NoteSuccessor NoteKind = "successor"
	// NoteAbout says whom a document is about, in the answer to about:; the value
	// is "" if nobody knows.
	NoteAbout NoteKind = "about"
)

// Group is a work with the best passages of the version that is shown.
type Group struct {
	Doc      *corpus.Document // facts only
	Hits     int              // passages in the document
	Best     []Hit            // at most Request.Best, best first
	Score    float64          // of the best passage of the work
	Versions []Version        // the others of the work
}

// Hit is one passage that matched.
type Hit struct {
	Doc   *corpus.Document // facts only
	Text  string           // hash of the text version
	Para  corpus.Paragraph
	Score float64 // comparable within one Result only
	// Likeness says how well the name asked for agrees with the one found, from 0
	// to 1; 0 if no name was asked for.
	Likeness float64
	Matches  []Match // by Start
}

// Spelling is a way in which a part of a name that was asked for is written in
// the passages found.
type Spelling struct {
	Name     string // that was asked for, as the note on it has it
	Part     string // of the name, as typed
	Form     string // folded
	Passages int
	Score    float64 // how well it agrees with the part, 0 to 1
	Why      string  // in words of package names
}

// Match is a run of a passage that the query found.
type Match struct {
	Start, End int // bytes of Para.Text
	Term       string
	Why        Why
}

// Why says what made a Match.
type Why string

// The reasons. They are printed in JSON and on the page.
const (
	WhyExact    Why = "exact"
	WhyStem     Why = "stem"
	WhyName     Why = "name"
	WhyArticle  Why = "article"
	WhyDocument Why = "document"
	WhyTerm     Why = "term"
	WhyAlias    Why = "alias"
	WhyWildcard Why = "wildcard"
	WhyFuzzy    Why = "fuzzy"
)

// Facet counts works by the values of one fact, most frequent first.
type Facet struct {
	Key    corpus.Key // or "year", "voice", and what documents name: KeyPerson …
	Values []FacetValue
	Left   int // further values, less frequent, that are not listed
}

// FacetValue is one value and the works that have it.
type FacetValue struct {
	Value string
	Works int
	On    bool // the filter asks for it
	// Names are the ways in which documents write the name of a person, the most
	// frequent first; Value is then the label that the person is counted under.
	Names []string
}
