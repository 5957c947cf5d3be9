package corpus

// Mention is something recognised in a paragraph. It is derived: other rules
// find others in the same text, so it is part of an index and never of a text.
type Mention struct {
	Kind MentionKind
	// ID is canonical: the key of a statute reference ("KZ-UK-2014/405/2"), the
	// number of a document ("A/HRC/WGAD/2018/67"), or the name under which a
	// library counts a person.
	ID         string
	Start, End int // bytes of the paragraph's text, end exclusive
}

// MentionKind is what a Mention points at. The values are stored.
type MentionKind string

// The kinds of mentions.
const (
	MentionStatute    MentionKind = "statute"    // an article or another place in an instrument
	MentionInstrument MentionKind = "instrument" // a code, law or treaty as a whole
	MentionDocument   MentionKind = "document"   // a numbered document
	MentionPerson     MentionKind = "person"
)
