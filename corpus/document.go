package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"time"
)

// ID names a Document: the lower-case hex SHA-256 of its original bytes. Two
// copies of one PDF are one document; a corrected PDF is another.
type ID string

// minPrefix is the shortest prefix of an ID that names a document (CLI.md).
const minPrefix = 8

// NewID returns the ID of the document whose original bytes r yields, and
// their number.
func NewID(r io.Reader) (id ID, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	return ID(hex.EncodeToString(h.Sum(nil))), size, err
}

// Short returns the first 8 hex digits of id, for people. It is never a key.
func (id ID) Short() string { return string(id[:min(minPrefix, len(id))]) }

// Valid reports whether id has the form of an ID: 64 lower-case hex digits.
func (id ID) Valid() bool { return len(id) == 2*sha256.Size && isHex(string(id)) }

// ValidPrefix reports whether s can be the beginning of an ID: 8 to 64
// lower-case hex digits.
func ValidPrefix(s string) bool {
	return len(s) >= minPrefix && len(s) <= 2*sha256.Size && isHex(s)
}

func isHex(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return s != ""
}

// Document is one published file.
type Document struct {
	ID        ID
	Size      int64  // bytes of the original
	MediaType string // sniffed from the bytes, never from the name
	Sources   []Source
	Read      Facts // read from the file or beside it
	Corrected Facts // set by a person; wins over Read
	Work      string
	TextHash  string // of the reading in use; names the text version
	Text      *Text  // the reading in use; nil when only facts were asked for
}

// Source says where an original came from. One document may have several.
type Source struct {
	Path     string    `json:"path"`          // as given; "outer.zip!inner.pdf" for a member of an archive
	URL      string    `json:"url,omitempty"` // where it was published, if known
	Added    time.Time `json:"added"`         // UTC
	Modified time.Time `json:"modified,omitzero"`
}

// Values returns the values of a fact: the person's if there are any,
// otherwise those read from the file. A correction to nothing is a Fact
// without values: it hides what was read.
func (d *Document) Values(k Key) []string {
	if f, ok := d.Corrected[k]; ok {
		return f.Values
	}
	return d.Read[k].Values
}

// Value returns the first value of a fact, or "".
func (d *Document) Value(k Key) string {
	if v := d.Values(k); len(v) > 0 {
		return v[0]
	}
	return ""
}

// Kind returns the kind of d; Other when nothing says.
func (d *Document) Kind() Kind {
	if k := Kind(d.Value(KeyKind)); k != "" {
		return k
	}
	return Other
}

// Date returns the date of d; "" if unknown.
func (d *Document) Date() Date { return Date(d.Value(KeyDate)) }

// Path returns the first path that d was read from.
func (d *Document) Path() string {
	if len(d.Sources) == 0 {
		return ""
	}
	return d.Sources[0].Path
}

// Facts are the metadata of a document.
type Facts map[Key]Fact

// Fact is one piece of metadata: its values, and where they were read.
type Fact struct {
	Values     []string `json:"values"`
	Origin     Origin   `json:"origin,omitempty"`
	Para       int      `json:"para,omitempty"`       // ordinal of the paragraph it was read in; 0 if none
	Start      int      `json:"start,omitempty"`      // bytes into that paragraph
	End        int      `json:"end,omitempty"`        // exclusive
	Confidence float64  `json:"confidence,omitempty"` // 0 to 1; 0 when not estimated
}

// Origin says where a Fact comes from.
type Origin string

// The origins of facts, weakest first.
const (
	FromText   Origin = "text"   // recognised in the text
	FromFile   Origin = "file"   // properties inside the file: PDF info, DOCX core, HTML meta
	FromHeader Origin = "header" // header lines before the text
	FromTable  Origin = "table"  // a spreadsheet of metadata
	FromPerson Origin = "person" // typed in by a person
)

// Key names a fact. The values are column names of `dalel meta` and words of
// the query language, so they never change meaning.
type Key string

// The keys of facts.
const (
	KeyKind     Key = "kind"     // a Kind
	KeyTitle    Key = "title"    //
	KeyNumber   Key = "number"   // as printed: "931/2022"
	KeySymbol   Key = "symbol"   // UN or other document symbol: "A/HRC/WGAD/2018/67"
	KeyDate     Key = "date"     // a Date, of the document
	KeyAdopted  Key = "adopted"  // a Date, where the text was adopted on another day than that of the document
	KeyBody     Key = "body"     // the body that speaks: a working group, a parliament, an organisation
	KeyCourt    Key = "court"    //
	KeyCase     Key = "case"     // the court's number of the case
	KeyCountry  Key = "country"  // ISO 3166-1 alpha-2 of the country concerned
	KeyLang     Key = "lang"     // "kk", "ru", "en", most frequent first
	KeyURL      Key = "url"      // where it was published
	KeyLicence  Key = "licence"  //
	KeyNote     Key = "note"     //
	KeyFolder   Key = "folder"   // the folder it was read from, relative to what was named
	KeyTag      Key = "tag"      // words a person gave it
	KeyStatus   Key = "status"   // later history: one of Statuses
	KeyCategory Key = "category" // WGAD categories "I" to "V"
	KeyWithheld Key = "withheld" // "yes": not for publication

	KeyParty      Key = "party"       // who the case is about and against: persons, the State
	KeyCharge     Key = "charge"      // articles charged, as keys: "KZ-UK-2014/405/2"
	KeyViolated   Key = "violated"    // articles found to be violated, as keys: "ICCPR/9"
	KeyOutcome    Key = "outcome"     // what was decided: one of Outcomes
	KeySentence   Key = "sentence"    // the punishment, as printed
	KeyReplaces   Key = "replaces"    // number of the document that this one ends
	KeyReplacedBy Key = "replaced_by" // number of the document that ended this one
	KeyOriginal   Key = "original"    // language of the original, where this is a translation
	KeyOfficial   Key = "official"    // "no": an unofficial translation
)

// Keys lists every key, in the order of columns of a metadata table.
var Keys = []Key{
	KeyKind, KeyTitle, KeyNumber, KeySymbol, KeyDate, KeyAdopted, KeyBody, KeyCourt, KeyCase, KeyCountry, KeyParty,
	KeyCharge, KeyOutcome, KeyCategory, KeyViolated, KeySentence, KeyStatus, KeyReplaces, KeyReplacedBy,
	KeyLang, KeyOriginal, KeyOfficial, KeyURL, KeyLicence, KeyNote, KeyFolder, KeyTag, KeyWithheld,
}

// Known reports whether k is one of Keys.
func (k Key) Known() bool { return slices.Contains(Keys, k) }

// The values of KeyStatus: the later history of a document.
const (
	StatusFinal    = "final"
	StatusAdvance  = "advance"   // a version before the final one
	StatusNotFinal = "not_final" // an act of a court that says it is not yet in force
	StatusAppealed = "appealed"
	StatusChanged  = "changed" // in part, on appeal
	StatusAnnulled = "annulled"
	StatusInForce  = "in_force"
	StatusRepealed = "repealed"
)

// Statuses lists the values of KeyStatus, in the order of menus.
var Statuses = []string{
	StatusFinal, StatusInForce, StatusAdvance, StatusNotFinal, StatusAppealed, StatusChanged, StatusAnnulled, StatusRepealed,
}

// The values of KeyOutcome. One act may have several.
const (
	OutcomeArbitrary    = "arbitrary"     // the detention, to WGAD
	OutcomeNotArbitrary = "not_arbitrary" //
	OutcomeFiled        = "filed"         // the case was filed or closed without a finding
	OutcomeViolation    = "violation"
	OutcomeNoViolation  = "no_violation"
	OutcomeInadmissible = "inadmissible" // all of it
	OutcomeConvicted    = "convicted"
	OutcomeAcquitted    = "acquitted"
	OutcomeDismissed    = "dismissed" // the case or a count of it was closed
	OutcomeUpheld       = "upheld"    // on appeal
	OutcomeChanged      = "changed"   //
	OutcomeAnnulled     = "annulled"  //
	OutcomeAdopted      = "adopted"   // a resolution
)

// Outcomes lists the values of KeyOutcome, in the order of menus.
var Outcomes = []string{
	OutcomeArbitrary, OutcomeNotArbitrary, OutcomeFiled, OutcomeViolation, OutcomeNoViolation, OutcomeInadmissible,
	OutcomeConvicted, OutcomeAcquitted, OutcomeDismissed, OutcomeUpheld, OutcomeChanged, OutcomeAnnulled, OutcomeAdopted,
}

// Kind is the kind of a Document. Its values are stored, searched with kind:
// and printed in exports, so they never change meaning.
type Kind string

// The kinds of documents.
const (
	WGADOpinion         Kind = "wgad_opinion"         // opinion of the UN Working Group on Arbitrary Detention
	Petition            Kind = "petition"             // a communication to WGAD or a treaty body
	Views               Kind = "views"                // views of a UN treaty body on a communication
	UNDocument          Kind = "un_document"          // any other UN paper
	Judgment            Kind = "judgment"             // of an international court
	Verdict             Kind = "verdict"              // приговор, үкім
	Ruling              Kind = "ruling"               // постановление, қаулы
	Decision            Kind = "decision"             // решение, шешім
	NormativeResolution Kind = "normative_resolution" // of a supreme court
	Indictment          Kind = "indictment"           //
	ExpertReport        Kind = "expert_report"        //
	HearingRecord       Kind = "hearing_record"       // протокол судебного заседания
	Interrogation       Kind = "interrogation"        // протокол допроса
	Appeal              Kind = "appeal"               // апелляционная, кассационная жалоба
	Resolution          Kind = "resolution"           // of a parliament or assembly, adopted
	Motion              Kind = "motion"               // a resolution not yet adopted
	Statute             Kind = "statute"              // a law or a code
	Regulation          Kind = "regulation"           // rules, orders and resolutions of government
	Treaty              Kind = "treaty"               //
	Submission          Kind = "submission"           // of an NGO
	News                Kind = "news"                 //
	Other               Kind = "other"                //
)

// Kinds lists every Kind, in the order of menus.
var Kinds = []Kind{
	WGADOpinion, Petition, Views, UNDocument, Judgment, Verdict, Ruling, Decision, NormativeResolution,
	Indictment, ExpertReport, HearingRecord, Interrogation, Appeal, Resolution, Motion, Statute, Regulation,
	Treaty, Submission, News, Other,
}

// Known reports whether k is one of Kinds.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }
