package search

import (
	"slices"

	"dalel/corpus"
)

// Lifts of what a passage is, whatever its words: who speaks there, in which
// part of the act, and what has become of the act. A lawyer looks for what was
// decided and why; a party's submission says the same words and decides nothing.
// Each is held by search expectations (search/testdata/search/sections.txt).
const (
	headingLift    = 0.6 // a heading names what its paragraphs say
	footnoteLift   = 0.85
	pointLift      = 0.9  // a point of a list is a part of the sentence above it
	findingLift    = 1.55 // of an international body or court: the precedent itself
	reasonLift     = 1.4  // why a court of a State decided so
	operativeLift  = 1.15 // what was decided
	partyLift      = 0.85 // of a party, or of an author who decides nothing
	dissentLift    = 0.9
	endedLift      = 0.7  // repealed, or annulled
	draftLift      = 0.85 // a motion, or a version before the final one
	unofficialLift = 0.8  // a translation that nobody may cite
)

// liftFor is the weight of what a paragraph is. Names are looked for wherever
// they stand: of voices and sections, they take no account.
func liftFor(p *Para, names bool) float32 {
	lift := float32(1)
	switch p.Role {
	case corpus.RoleHeading:
		return headingLift
	case corpus.RoleFootnote:
		lift = footnoteLift
	case corpus.RoleBody, corpus.RoleTable, corpus.RoleHeader:
	}
	if names {
		return lift
	}
	if p.Scope != p.Ord {
		lift *= pointLift
	}
	return lift * speechLift(p)
}

// partial are the voices of those who argue or tell, and decide nothing.
// Witnesses and experts are evidence.
var partial = []corpus.Voice{
	corpus.VoiceSource, corpus.VoiceGovernment, corpus.VoiceDefence, corpus.VoiceProsecution, corpus.VoiceAuthor, corpus.VoiceThird,
}

func speechLift(p *Para) float32 {
	switch {
	case p.Voice == corpus.VoiceDissent:
		return dissentLift
	case slices.Contains(partial, p.Voice):
		return partyLift
	case p.Section == corpus.SectionReasoning && p.Voice == corpus.VoiceBody:
		return findingLift
	case p.Section == corpus.SectionReasoning:
		return reasonLift
	case p.Section == corpus.SectionOperative:
		return operativeLift
	}
	return 1
}

// docLifts returns the weight of what a document has become. What ended it is
// told by its status, what comes after it by its kind.
func docLifts(v View) func(DocNo) float32 {
	is := func(k corpus.Key, values ...string) func(DocNo) bool {
		return docWith(v, k, func(s string) bool { return slices.Contains(values, s) })
	}
	ended := is(corpus.KeyStatus, corpus.StatusRepealed, corpus.StatusAnnulled)
	advance, motion := is(corpus.KeyStatus, corpus.StatusAdvance), is(corpus.KeyKind, string(corpus.Motion))
	unofficial := is(corpus.KeyOfficial, "no")
	return func(d DocNo) float32 {
		lift := float32(1)
		switch {
		case ended(d):
			lift = endedLift
		case advance(d) || motion(d):
			lift = draftLift
		}
		if unofficial(d) {
			lift *= unofficialLift
		}
		return lift
	}
}

// namesOnly reports whether a query asks for names and for nothing else.
func (p *program) namesOnly() bool {
	if len(p.leaves) == 0 {
		return false
	}
	return !slices.ContainsFunc(p.leaves, func(l leaf) bool {
		_, is := l.op.(*nameOp)
		return !is
	})
}
