package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is one reading of an original.
type Text struct {
	Extractor  string // engine and version: "pdftext@1"
	Pages      []Page // every page of the original, in order; none if it has no pages
	Paragraphs []Paragraph
	Warnings   []string // about the whole document, in words
}

// Page is the account of reading one page.
type Page struct {
	No        int        `json:"page"`                 // 1-based physical page
	Label     string     `json:"page_label,omitempty"` // as printed; "" if none
	Status    PageStatus `json:"status"`
	Score     float64    `json:"score"` // quality of its text, 0 to 1
	Extractor string     `json:"extractor"`
	Warnings  []string   `json:"warnings"`

	// Confidence is that of a program that read the page from an image, 0 to 1;
	// 0 when the text is that of the file.
	Confidence float64 `json:"confidence,omitempty"`
}

// PageStatus says how well a page was read.
type PageStatus string

// The statuses of pages. A page without letters is never "ok", unless it is
// known to be blank.
const (
	PageOK       PageStatus = "ok"
	PageDoubtful PageStatus = "doubtful"
	PageUnread   PageStatus = "unread"
)

// Paragraph is the unit of index, of search and of citation.
type Paragraph struct {
	Ord     int         // ordinal in the document, from 1; never printed in a citation
	Pages   []PageSpan  // where it stands; empty if the original has no pages
	Label   string      // number as printed: "34", "2.3", "C"; "" if none. Text keeps it too
	Role    Role        //
	Section SectionKind // "" if unknown
	Path    []string    // headings above it, outermost first
	Voice   Voice       // whose words; "" if unknown
	Lang    string      // "kk", "ru", "en"; "und" if doubtful
	Under   int         // ordinal of the numbered paragraph that this bullet or continuation hangs on; 0 if none
	Quotes  []Quote     // what of it stands in quotation marks, by Start; short ones are left out
	Text    string      // one line, no line feeds
	Raw     string      // what the file says, where Text is a repair of it; "" where it is the same
	Anchor  *Anchor     // of a note: where its mark stands; nil if it is no note, or that is not known
}

// Anchor is a place in another paragraph.
type Anchor struct {
	Para  int `json:"para"`  // ordinal
	Start int `json:"start"` // bytes of its text
	End   int `json:"end"`
}

// Quote is a run of a paragraph that its speaker quotes. The rest of the
// paragraph is the speaker's own.
type Quote struct {
	Start int   `json:"start"`           // bytes of the paragraph's text, after the mark
	End   int   `json:"end"`             // exclusive, before the mark
	Voice Voice `json:"voice,omitempty"` // whose words are quoted; "" if the paragraph does not say
}

// Quoted returns the quotation that the bytes [start, end) of the text lie in;
// ok is false when they reach beyond one.
func (p *Paragraph) Quoted(start, end int) (q Quote, ok bool) {
	for _, q := range p.Quotes {
		if q.Start <= start && end <= q.End {
			return q, true
		}
	}
	return Quote{}, false
}

// PageSpan says from which byte of a paragraph's text on it stands on a page.
type PageSpan struct {
	Page  int    `json:"page"`
	Label string `json:"label,omitempty"` // as printed on the page
	Start int    `json:"start"`
	Seen  bool   `json:"seen,omitempty"` // the text of the page was read from its image
}

// MarkSeen tells each paragraph which of its pages were read from an image.
func (t *Text) MarkSeen() {
	seen := map[int]bool{}
	for i := range t.Pages {
		if t.Pages[i].Confidence > 0 {
			seen[t.Pages[i].No] = true
		}
	}
	for i := range t.Paragraphs {
		for k := range t.Paragraphs[i].Pages {
			s := &t.Paragraphs[i].Pages[k]
			s.Seen = seen[s.Page]
		}
	}
}

// Seen reports whether a page that the paragraph stands on was read from its
// image: letters may be wrong.
func (p *Paragraph) Seen() bool {
	return slices.ContainsFunc(p.Pages, func(s PageSpan) bool { return s.Seen })
}

// Page returns the page the paragraph starts on; 0 if the original has none.
func (p *Paragraph) Page() int {
	if len(p.Pages) == 0 {
		return 0
	}
	return p.Pages[0].Page
}

// PageAt returns the span of the page that byte offset off of the text is on.
func (p *Paragraph) PageAt(off int) PageSpan {
	var at PageSpan
	for _, s := range p.Pages {
		if s.Start > off && at.Page != 0 {
			break
		}
		at = s
	}
	return at
}

// Scope returns the ordinal of the numbered paragraph that p belongs to: its
// own, unless it hangs under another. Words are ANDed within a scope.
func (p *Paragraph) Scope() int {
	if p.Under != 0 {
		return p.Under
	}
	return p.Ord
}

// Role is what a paragraph is on the page.
type Role string

// The roles of paragraphs.
const (
	RoleBody     Role = "body"
	RoleHeading  Role = "heading"
	RoleFootnote Role = "footnote"
	RoleTable    Role = "table"
	RoleHeader   Role = "header" // running heads, page numbers: kept, not searched
)

// SectionKind is the part of an act a paragraph stands in.
type SectionKind string

// The sections. What the parties argue is none of the others: in it, the words
// of a finding are not yet one.
const (
	SectionProcedure   SectionKind = "procedure"   // how the case came before the body
	SectionFacts       SectionKind = "facts"       // описательная часть, сипаттау бөлігі; the law that applied, too
	SectionSubmissions SectionKind = "submissions" // what the parties argue
	SectionReasoning   SectionKind = "reasoning"   // мотивировочная часть, уәждеу бөлігі
	SectionOperative   SectionKind = "operative"   // резолютивная часть, қарар бөлігі; a disposition
	SectionRecitals    SectionKind = "recitals"    // preamble of a resolution
)

// Sections lists every SectionKind, in the order of menus.
var Sections = []SectionKind{
	SectionProcedure, SectionFacts, SectionSubmissions, SectionReasoning, SectionOperative, SectionRecitals,
}

// Voice is who is speaking in a paragraph. Unknown is allowed, and said.
type Voice string

// The voices.
const (
	VoiceSource      Voice = "source"      // a petitioner's submission
	VoiceGovernment  Voice = "government"  // a government's reply
	VoiceBody        Voice = "body"        // findings and disposition of the body
	VoiceDissent     Voice = "dissent"     // a separate opinion
	VoiceProsecution Voice = "prosecution" //
	VoiceDefence     Voice = "defence"     //
	VoiceWitness     Voice = "witness"     //
	VoiceExpert      Voice = "expert"      //
	VoiceCourt       Voice = "court"       //
	VoiceAuthor      Voice = "author"      // of a submission, a motion or a news item
	VoiceThird       Voice = "third"       // who intervenes without being a party: another State, an organisation, a commission
)

// Voices lists every Voice, in the order of menus.
var Voices = []Voice{
	VoiceBody, VoiceCourt, VoiceSource, VoiceGovernment, VoiceDissent, VoiceProsecution, VoiceDefence, VoiceWitness,
	VoiceExpert, VoiceAuthor, VoiceThird,
}

// Decides reports whether v is the voice of who decides the case: what it says
// can be cited as a finding.
func (v Voice) Decides() bool { return v == VoiceBody || v == VoiceCourt }

// WriteTo writes the canonical text T: the paragraphs joined by line feeds.
// Its SHA-256 names this version of the text.
func (t *Text) WriteTo(w io.Writer) (int64, error) {
	var n int64
	for i := range t.Paragraphs {
		if i > 0 {
			k, err := io.WriteString(w, "\n")
			n += int64(k)
			if err != nil {
				return n, err
			}
		}
		k, err := io.WriteString(w, t.Paragraphs[i].Text)
		n += int64(k)
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// Hash returns the lower-case hex SHA-256 of the canonical text T.
func (t *Text) Hash() string {
	h := sha256.New()
	_, _ = t.WriteTo(h) // a hash never fails to write
	return hex.EncodeToString(h.Sum(nil))
}

// Unread counts the pages that were not read, and those read doubtfully.
func (t *Text) Unread() (unread, doubtful int) {
	for _, p := range t.Pages {
		switch p.Status {
		case PageUnread:
			unread++
		case PageDoubtful:
			doubtful++
		case PageOK:
		}
	}
	return unread, doubtful
}

// CodePoints returns a with offsets in code points, for all that leaves the
// program; nil when there is none.
func (a *Anchor) CodePoints(t *Text) *Anchor {
	if a == nil || a.Para < 1 || a.Para > len(t.Paragraphs) {
		return nil
	}
	s := t.Paragraphs[a.Para-1].Text
	if a.Start < 0 || a.Start > a.End || a.End > len(s) {
		return nil
	}
	start := utf8.RuneCountInString(s[:a.Start])
	return &Anchor{a.Para, start, start + utf8.RuneCountInString(s[a.Start:a.End])}
}

// Labelled returns the ordinals of the paragraphs whose printed number is
// label. A number may occur twice: in a judgment that starts again, in a list.
// Notes count by themselves and are passed over; headings are meant only where
// no other paragraph has the number.
func (t *Text) Labelled(label string) []int {
	var ords, headings []int
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		switch {
		case p.Role == RoleFootnote || !strings.EqualFold(p.Label, label):
		case p.Role == RoleHeading:
			headings = append(headings, p.Ord)
		default:
			ords = append(ords, p.Ord)
		}
	}
	if len(ords) == 0 {
		return headings
	}
	return ords
}
