package search

import (
	"context"
	"iter"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// ParaNo numbers the paragraphs of a library across documents, from 0, in the
// order they were stored. A number is never used twice in one generation.
type ParaNo = uint32

// Field is a field of the engine's index.
type Field string

// The fields. The exact forms of a paragraph's words are in the field of its
// language; a paragraph of doubtful language is in both FieldRU and FieldKK.
// Stems are not in the engine: Forward knows which forms have a stem, and a
// word in any of its forms is a Way with all of them.
const (
	FieldKK   Field = "kk"
	FieldRU   Field = "ru"
	FieldEN   Field = "en"
	FieldRefs Field = "refs" // canonical references, each prefix: KZ-UK, KZ-UK-2014/405, KZ-UK-2014/405/2
)

// Way is one way in which a paragraph may have a leaf: any of some terms of a
// field, which count as one word in several forms. A term stands once in it.
type Way struct {
	Field  Field
	Terms  []string // folded forms, or a canonical key; in any order, and not changed by engines
	Weight float64  // 1 for the word itself, less for a translation
}

// Plan asks an engine for candidates. Any of the ways of a leaf will do.
type Plan struct {
	Leaves [][]Way
}

// Candidate is a paragraph that has at least one leaf.
type Candidate struct {
	Para  ParaNo
	Leaf  int     // index into Plan.Leaves
	Score float32 // BM25 of the leaf's best way, times its weight
	Way   int     // which way of the leaf that was
}

// Term is an entry of an engine's vocabulary.
type Term struct {
	Text  string
	Paras int // paragraphs that have it
}

// Index is what search needs of an engine. Implementations are safe for
// concurrent use and see every batch that was stored before the call.
type Index interface {
	// Candidates yields, leaf by leaf and within a leaf by ascending Para,
	// every paragraph that has a term of the leaf. It stops soon after ctx is
	// done; the error ends the stream.
	Candidates(ctx context.Context, p Plan) iter.Seq2[Candidate, error]
	// Terms yields the terms of a field that begin with prefix, in byte order.
	Terms(ctx context.Context, f Field, prefix string) iter.Seq2[Term, error]
}

// Token is one word of a paragraph's token stream.
type Token struct {
	Exact    FormID // the folded form, in the vocabulary of Forward
	Pos      uint32 // parts of a compound share the position of the whole's first part
	Sentence uint16 // from 0
	Cap      bool   // the original begins with a capital letter
	Initial  bool   // one capital letter with a full stop behind it
}

// FormID numbers the exact forms that occur in a library.
type FormID = uint32

// FormProbe is a set of forms by a few bits of each: it has all of them, and
// perhaps others. It is a power of two long.
type FormProbe []uint64

// Has reports whether f is in the set.
func (p FormProbe) Has(f FormID) bool { return p[f/64&uint32(len(p)-1)]>>(f%64)&1 == 1 }

// newFormProbe makes room for n forms, sixteen bits each.
func newFormProbe(n int) FormProbe {
	words := 8
	for words*4 < n {
		words *= 2
	}
	return make(FormProbe, words)
}

func (p FormProbe) add(f FormID) { p[f/64&uint32(len(p)-1)] |= 1 << (f % 64) }

// Mention is something recognised in a paragraph, with its tokens.
type Mention struct {
	corpus.Mention
	First, After int // tokens of the stream, the second exclusive
}

// FormUses says how often a form is written in which way.
type FormUses struct {
	Inside uint32 // with a capital, inside a sentence: mostly names
	First  uint32 // with a capital, as the first word of a sentence
	Lower  uint32 // without a capital
}

// Para is the slim record of a paragraph that ranking and filters read.
type Para struct {
	Doc     DocNo
	Ord     int32
	Scope   int32 // ordinal that words are ANDed within
	Role    corpus.Role
	Section corpus.SectionKind
	Voice   corpus.Voice
	Lang    string
}

// DocNo numbers the documents of a library, from 0.
type DocNo = uint32

// Forward is the store beside the engine: token streams, texts, documents.
// It answers from one snapshot; View pins it.
type Forward interface {
	// View returns a consistent snapshot. Release it when done.
	View() View
}

// View is a snapshot of a Forward store. It is safe for concurrent use.
type View interface {
	Release()
	// Size returns how many paragraph and document numbers have been given out.
	Size() (paras, docs int)
	Para(p ParaNo) Para
	// DocOf, ScopeOf, LangOf and SpeechOf return parts of Para(p), sooner.
	DocOf(p ParaNo) DocNo
	ScopeOf(p ParaNo) int32
	LangOf(p ParaNo) string
	SpeechOf(p ParaNo) (corpus.SectionKind, corpus.Voice)
	// TokenCount returns the length of the token stream of p.
	TokenCount(p ParaNo) int
	// AvgTokens returns the mean length of the token streams that are not
	// empty, of documents that are still in the library; 0 if there are none.
	AvgTokens() float64
	// Alive reports whether the document of p is still in the library.
	Alive(d DocNo) bool
	// Paras returns the first paragraph number of a document, and the number after its last.
	Paras(d DocNo) (first, end ParaNo)
	// Tokens appends the token stream of p to dst: all of it if only is nil, else
	// the tokens whose forms it has; and no more once dst has enough, unless that is nil.
	Tokens(p ParaNo, only FormProbe, dst []Token, enough func([]Token) bool) ([]Token, error)
	// Paragraph returns the whole record of p, text included.
	Paragraph(p ParaNo) (corpus.Paragraph, error)
	// ID returns the identity of a document.
	ID(d DocNo) corpus.ID
	// CompareIDs orders two documents by their identities.
	CompareIDs(x, y DocNo) int
	// TextHash returns the hash of the text version that was stored of a document.
	TextHash(d DocNo) string
	// Doc returns the facts of a document, without its text. Callers do not change it.
	Doc(d DocNo) *corpus.Document
	// Work returns the number of the work a document belongs to.
	Work(d DocNo) uint32
	// Facet returns the ordinals of the values of a fact, a slice for each document,
	// and the values they stand for.
	Facet(k corpus.Key) FacetColumn
	// Days returns the first and the last day that the date of a document may
	// mean, as numbers yyyymmdd; 0, 0 when unknown.
	Days(d DocNo) (first, last int)
	// Unread returns the pages of all documents that were not read, and those read doubtfully.
	Unread() (unread, doubtful int)
	// Mentions appends what was recognised in p to dst, by Start.
	Mentions(p ParaNo, dst []Mention) ([]Mention, error)
	// Uses returns how a form is written in the library. It is evidence, not a
	// count: documents that were removed or read again still weigh in it.
	Uses(f FormID) FormUses
	// Named returns the forms written with a capital that have a key of package
	// names, by number.
	Named(key string) []FormID
	// StemForms appends the forms that have a stem, in paragraphs of a language.
	StemForms(code lang.Code, stem string, dst []FormID) []FormID
	// Form returns the number of an exact form.
	Form(form string) (FormID, bool)
	// FormText returns the form that f numbers.
	FormText(f FormID) string
	// Lexicon returns all exact forms. Callers do not change it.
	Lexicon() Lexicon
}

// FacetColumn holds one fact of all documents as ordinals.
type FacetColumn struct {
	Values []string   // by ordinal
	Of     [][]uint32 // by DocNo; a document may have several values, or none
}
