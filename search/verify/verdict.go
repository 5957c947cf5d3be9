package verify

import (
	"dalel/corpus"
)

// Verdict is what a check of one quote came to. The values are those of
// `verify -json`.
type Verdict string

// The verdicts on quotes with a card, then those on all others.
const (
	Verbatim          Verdict = "VERBATIM"
	VerbatimFolded    Verdict = "VERBATIM-FOLDED" // but for blanks, ligatures, signs that nobody sees
	WrongPinpoint     Verdict = "WRONG-PINPOINT"
	Altered           Verdict = "ALTERED"
	OriginalChanged   Verdict = "ORIGINAL-CHANGED"
	OriginalMissing   Verdict = "ORIGINAL-MISSING"
	ExtractionDiffers Verdict = "EXTRACTION-DIFFERS"
	OCRUncertain      Verdict = "OCR-UNCERTAIN"
	LogChanged        Verdict = "LOG-CHANGED" // the proof in the log does not hold

	Found  Verdict = "FOUND"
	Near   Verdict = "NEAR"
	Absent Verdict = "ABSENT" // from this collection
)

// Good reports whether a verdict lets a quote stand as it is.
func (v Verdict) Good() bool { return v == Verbatim || v == Found }

// Result is the verdict on one quote, name or reference.
type Result struct {
	N       int         `json:"n"`
	Kind    Kind        `json:"kind"`
	Text    string      `json:"text"` // as it stands in the file
	Verdict Verdict     `json:"verdict"`
	Doc     corpus.ID   `json:"doc"`
	Page    int         `json:"page"`
	Label   string      `json:"label"`
	Detail  string      `json:"detail"`
	Why     Why         `json:"why,omitempty"`
	About   string      `json:"about,omitempty"`   // what Why speaks of
	Witness Witness     `json:"witness,omitempty"` // of pdftotext
	Places  []Candidate `json:"places,omitempty"`  // where it stands, or may come from; best first
	Diff    []Edit      `json:"diff,omitempty"`    // of NEAR and ALTERED
	para    int         // of the draft: where a note goes
	after   int
}

// Kind says what was looked for.
type Kind string

// The kinds.
const (
	KindQuote    Kind = "quote"
	KindName     Kind = "name"
	KindArticle  Kind = "article"
	KindDocument Kind = "document"
)

// Witness is what an independent reader of the original says.
type Witness string

// What the witness says; "" when it was not asked.
const (
	Agrees  Witness = "agrees"
	Differs Witness = "differs"
)

// Candidate is a place in the collection.
type Candidate struct {
	Doc      corpus.ID `json:"doc"`
	Title    string    `json:"title"`
	Text     string    `json:"text"` // hash of the text version
	Para     int       `json:"para"` // ordinal
	Label    string    `json:"label"`
	Page     int       `json:"page"`
	Score    float64   `json:"score"` // 1 for the same words
	Words    string    `json:"words"` // of the paragraph, or the part that is alike
	Lang     string    `json:"lang"`
	Citation string    `json:"citation,omitempty"`
	start    int       // bytes of the paragraph
	end      int
}

// Edit is a run of a difference: equal, only in the file, or only in the
// collection.
type Edit struct {
	Op   EditOp `json:"op"`
	Text string `json:"text"`
}

// EditOp is the kind of an Edit.
type EditOp string

// The kinds of edits.
const (
	Equal   EditOp = "="
	InFile  EditOp = "+" // the file has it, the document does not
	Missing EditOp = "-" // the document has it, the file does not
)
