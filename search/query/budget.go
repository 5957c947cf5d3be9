package query

// The budgets. A query beyond one of them is an Error that names it, before
// any engine sees the query.
const (
	// MaxBytes is the longest query that Parse reads, in bytes, as typed and
	// as printed. It holds a printed paragraph in Cyrillic.
	MaxBytes = 4096
	// MaxAnyBytes is how much of a text ParseAny reads, in bytes.
	MaxAnyBytes = 64 << 10
	// MaxWords is how many words a query may have, those in quotes and in
	// fields included.
	MaxWords = 256
	// MaxDepth is how deep parentheses may nest, as typed and as printed.
	MaxDepth = 32
	// MaxPatterns is how many words with wildcards or a spelling distance a
	// query may have: each may stand for thousands of forms.
	MaxPatterns = 64
	// MaxNear is the greatest distance of w/ and pre/, in words.
	MaxNear = 100
	// MaxDistance is the greatest spelling distance.
	MaxDistance = 2
)

const (
	// minLiterals is how many letters or digits a pattern needs.
	minLiterals = 3
	// minPrefix is how many are enough if they stand before its first wildcard.
	minPrefix = 2
	// fuzzySlack is how many letters a fuzzy word has beyond its distance:
	// with fewer, every short word of the library would match.
	fuzzySlack = 2
	// maxGlued is the longest text between parentheses that are glued to a
	// number, in characters: 405(2), 12(1)(viii).
	maxGlued = 4
)
