package verify

// Why says what decided a verdict, for a page that speaks the reader's
// language; Detail says the same and more in English.
type Why string

// The reasons. About, beside them, is what they speak of.
const (
	WhyRecord     Why = "record"     // the record in the log is about another original
	WhyOriginal   Why = "original"   // the original has another hash
	WhyReader     Why = "reader"     // the same extractor reads another text; About is its name
	WhyNoText     Why = "notext"     // the text is not kept, and today's extractor reads another; About is its name
	WhyUnread     Why = "unread"     // the original cannot be read
	WhyGone       Why = "gone"       // neither the original nor the text is here
	WhyOnlyText   Why = "onlytext"   // only the text is here, and agrees
	WhyKept       Why = "kept"       // the kept text agrees; About is today's extractor
	WhyBlanks     Why = "blanks"     // blanks differ
	WhyNotThere   Why = "notthere"   // the words are not in the file; About is the words
	WhyCard       Why = "card"       // the card contradicts the text
	WhyPlace      Why = "place"      // the words stand elsewhere; About is where
	WhyCitation   Why = "citation"   // the citation in the file has another place; About is where the words stand
	WhyLog        Why = "log"        // the record does not agree with the log
	WhyDoubtful   Why = "doubtful"   // the page was read doubtfully
	WhyByEye      Why = "byeye"      // so it was, and a person compared it; About is when
	WhyOtherDoc   Why = "otherdoc"   // the words stand in another document than the one cited
	WhySaid       Why = "said"       // the words stand elsewhere; About is the place given in the text
	WhyMany       Why = "many"       // the words stand in several places; About is how many
	WhyTranslated Why = "translated" // they may be a translation; About is the original
)

// Signature says what the state of the log in a file rests on.
type Signature string

// The signatures.
const (
	Unsigned   Signature = "none"    // there is no state of the log
	SignedOwn  Signature = "own"     // the key of this library
	SignedWith Signature = "given"   // the key that was given
	SignedFile Signature = "file"    // the key in the file: to be compared with its owner's
	Forged     Signature = "invalid" // it does not hold
)
