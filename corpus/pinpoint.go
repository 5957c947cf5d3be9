package corpus

// Pinpoint is a place in the published original, as printed there.
type Pinpoint struct {
	Kind  PinpointKind // never converted from one to another
	Label string       // as printed: "47", "12 bis", "C"; "" if none
	Page  int          // 1-based physical page; 0 if the original has no pages
}

// PinpointKind is what the label of a Pinpoint counts.
type PinpointKind string

// The kinds of pinpoints.
const (
	PinPara     PinpointKind = "para"
	PinPage     PinpointKind = "page"
	PinArticle  PinpointKind = "article"
	PinSection  PinpointKind = "section"
	PinFootnote PinpointKind = "footnote"
	PinRecital  PinpointKind = "recital"
)
