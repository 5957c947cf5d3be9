package voice

import "dalel/corpus"

// state is who speaks, and where, until a heading or a mark says otherwise.
type state struct {
	voice   corpus.Voice
	section corpus.SectionKind
	turns   turns
	parties *state // what begins where a party is first heard; nil if that changes nothing
	closed  bool   // only a head of another closed part ends it: a separate opinion has headings of its own
}

// turns says which openings give a paragraph another voice.
type turns uint8

const (
	noTurns    turns = iota // the heading has said who speaks
	ownTurn                 // only the body or court itself, reporting what it did
	accounts                // "According to the applicant": in a narrative, nothing less
	openTurns               // any opening, for its paragraph and what goes on from it
	heldTurns               // any opening, and it holds until the next
	spokenTurn              // a record: each line names its speaker
)

// head is a heading, and what stands under it.
type head struct {
	phrases *set
	state   state
	inner   bool               // stands inside a part, and ends with the next numbered heading
	in      corpus.SectionKind // only after this section, if given
}

// mark is a phrase that ends a part wherever it stands: the state begins with
// the next paragraph, or with its own.
type mark struct {
	phrases *set     // at the beginning of a paragraph, if there are any
	last    []string // or its last word, with a colon
	state   state
	own     bool               // its own paragraph belongs to the new part
	in      corpus.SectionKind // only in this section, if given
}

// noSection is where a mark holds that begins the first part of a text.
const noSection corpus.SectionKind = "none"

// form is what the documents of a kind look like.
type form struct {
	first    state // before any heading or mark
	heads    []head
	marks    []mark
	speakers []speaker
	grouped  bool // 4.2 goes on from 4.1
	pleads   *set // who pleads in a narrative, where others testify
}

// heading makes a head of a part.
func heading(s state, list string) head { return head{phrases: phrases(list), state: s} }

// within makes a head inside a part.
func within(s state, list string) head { return head{phrases: phrases(list), state: s, inner: true} }

// formOf returns the form of a kind of document; nil when nobody speaks in it,
// or nothing tells who.
func formOf(kind corpus.Kind) *form {
	switch kind {
	case corpus.WGADOpinion:
		return &opinion
	case corpus.Views:
		return &views
	case corpus.Judgment:
		return &judgment
	case corpus.Verdict, corpus.Ruling, corpus.Decision:
		return &verdict
	case corpus.NormativeResolution:
		return &normative
	case corpus.Indictment:
		return &indictment
	case corpus.HearingRecord, corpus.Interrogation:
		return &record
	case corpus.ExpertReport:
		return &expertise
	case corpus.Appeal:
		return &appeal
	case corpus.Petition:
		return &petition
	case corpus.Resolution:
		return &resolution
	case corpus.Motion:
		return &motion
	case corpus.Submission, corpus.News:
		return &article
	case corpus.UNDocument:
		return &paper
	case corpus.Statute, corpus.Regulation, corpus.Treaty, corpus.Other:
	}
	return nil
}
