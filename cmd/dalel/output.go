package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// jsonLines writes one object a line, without escaping <, > and &.
func jsonLines(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// printable makes text from a document safe for a terminal: control and
// direction-changing characters become U+FFFD.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// hitJSON is a passage as CLI.md promises it.
type hitJSON struct {
	Rank  int         `json:"rank"`
	Doc   corpus.ID   `json:"doc"`
	Ref   string      `json:"ref"`
	Path  string      `json:"path"`
	Title string      `json:"title"`
	Kind  corpus.Kind `json:"kind"`
	Lang  string      `json:"lang"`
	Date  corpus.Date `json:"date"`
	Page  int         `json:"page"`
	Para  int         `json:"para"`
	Label string      `json:"label"`
	// Pinpoint is where a bullet under a printed number stands, of passages that
	// are offered.
	Pinpoint string `json:"pinpoint,omitempty"`
	Section  string `json:"section"`
	Voice    string `json:"voice"`
	// Status is what has become of the document: "repealed", "advance".
	Status []string `json:"status,omitempty"`
	// Seen tells of text that was read from an image of its page.
	Seen  bool    `json:"seen,omitempty"`
	Score float64 `json:"score"`
	// Likeness is how well the name found agrees with the one asked for.
	Likeness float64     `json:"likeness,omitempty"`
	Text     string      `json:"text"`
	Matches  []matchJSON `json:"matches"`
}

type matchJSON struct {
	Start int        `json:"start"`
	End   int        `json:"end"`
	Term  string     `json:"term"`
	Why   search.Why `json:"why"`
}

func newHitJSON(rank int, h *search.Hit) hitJSON {
	return hitJSON{
		Rank: rank, Doc: h.Doc.ID, Ref: corpus.Permalink(h.Doc.ID, h.Text, h.Para.Ord), Path: h.Doc.Path(),
		Title: h.Doc.Value(corpus.KeyTitle), Kind: h.Doc.Kind(), Lang: h.Para.Lang, Date: h.Doc.Date(),
		Page: h.Para.Page(), Para: h.Para.Ord, Label: h.Para.Label, Section: string(h.Para.Section),
		Voice: string(h.Para.Voice), Status: h.Doc.Values(corpus.KeyStatus), Seen: h.Para.Seen(), Score: h.Score, Likeness: h.Likeness, Text: h.Para.Text, Matches: newMatchesJSON(h),
	}
}

func newMatchesJSON(h *search.Hit) []matchJSON {
	offsets := make([]int, 0, 2*len(h.Matches))
	for _, m := range h.Matches {
		offsets = append(offsets, m.Start, m.End)
	}
	points := corpus.CodePoints(h.Para.Text, offsets...)
	out := make([]matchJSON, len(h.Matches))
	for i, m := range h.Matches {
		out[i] = matchJSON{points[2*i], points[2*i+1], m.Term, m.Why}
	}
	return out
}

// summaryJSON is the last line of a search.
type summaryJSON struct {
	Summary   bool                    `json:"summary"`
	Query     string                  `json:"query"`
	Hits      int                     `json:"hits"`
	Docs      int                     `json:"docs"`
	Works     int                     `json:"works"`
	DocsApart int                     `json:"docs_apart"`
	Seconds   float64                 `json:"seconds"`
	Facets    map[string][]facetValue `json:"facets,omitempty"`
	Spellings []spellingJSON          `json:"spellings"`
	Notes     []noteJSON              `json:"notes,omitempty"`
	NoPart    int                     `json:"without_part,omitempty"`
	NoPartAs  string                  `json:"without_part_query,omitempty"`
	Outside   *outsideJSON            `json:"outside,omitempty"`
	NoNumber  *unnumberedJSON         `json:"unnumbered,omitempty"`
	Unread    int                     `json:"unread_pages"`
	Doubtful  int                     `json:"doubtful_pages"`
}

// outsideJSON is what a query without hits finds without its marks.
type outsideJSON struct {
	Marks []query.Field `json:"marks"`
	Query string        `json:"query"`
	Hits  int           `json:"hits"`
	Works int           `json:"works"`
}

// unnumberedJSON is what names the case of a document that was asked for by its
// number, without the number. It is offered, and in none of the counts.
type unnumberedJSON struct {
	Query    string        `json:"query"`
	About    []concernJSON `json:"about"`
	Hits     int           `json:"hits"`
	Docs     int           `json:"docs"`
	Works    int           `json:"works"`
	Passages []hitJSON     `json:"passages"`
}

// concernJSON is a person whom a document is about, and how that is known.
type concernJSON struct {
	Name   string       `json:"name"`
	Basis  search.Basis `json:"basis"`
	Source string       `json:"source,omitempty"`
}

func newUnnumberedJSON(u *search.Unnumbered) *unnumberedJSON {
	if u == nil {
		return nil
	}
	out := &unnumberedJSON{Query: u.Query, Hits: u.Hits, Docs: u.Docs, Works: u.Works}
	for _, c := range u.About {
		out.About = append(out.About, concernJSON{c.Name, c.Basis, c.Source})
	}
	for i := range u.Passages {
		out.Passages = append(out.Passages, newHitJSON(i+1, &u.Passages[i]))
	}
	return out
}

// spellingJSON is a way in which a part of a name is written in the passages.
type spellingJSON struct {
	Name     string  `json:"name"`
	Part     string  `json:"part"`
	Form     string  `json:"form"`
	Passages int     `json:"passages"`
	Score    float64 `json:"score"`
	Why      string  `json:"why"`
}

// noteJSON is how a part of the query was read, and the query without that.
type noteJSON struct {
	Kind  search.NoteKind `json:"kind"`
	Text  string          `json:"text"`
	Value string          `json:"value"`
	Query string          `json:"query,omitempty"`
	// Of a note on whom a document is about: how that is known.
	Basis  search.Basis `json:"basis,omitempty"`
	Source string       `json:"source,omitempty"`
}

type facetValue struct {
	Value string   `json:"value"`
	Works int      `json:"works"`
	Names []string `json:"names,omitempty"` // of a person, as documents write it
}

func newSummaryJSON(r *search.Result) summaryJSON {
	s := summaryJSON{
		Summary: true, Query: r.Query, Hits: r.Hits, Docs: r.Docs, Works: r.Works, DocsApart: r.DocsApart,
		Seconds: r.Took.Seconds(), Spellings: []spellingJSON{}, NoPart: r.WithoutPart, NoPartAs: r.WithoutPartQuery, Unread: r.Unread, Doubtful: r.Doubtful,
	}
	if o := r.Outside; o != nil {
		s.Outside = &outsideJSON{o.Fields, o.Query, o.Hits, o.Works}
	}
	s.NoNumber = newUnnumberedJSON(r.Unnumbered)
	for _, sp := range r.Spellings {
		s.Spellings = append(s.Spellings, spellingJSON(sp))
	}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, noteJSON{n.Kind, n.Text, n.Value, n.Query, n.Basis, n.Source})
	}
	for _, f := range r.Facets {
		if s.Facets == nil {
			s.Facets = map[string][]facetValue{}
		}
		for _, v := range f.Values {
			s.Facets[string(f.Key)] = append(s.Facets[string(f.Key)], facetValue{v.Value, v.Works, v.Names})
		}
	}
	return s
}

// printHit prints a passage for a person: where it stands, then its text with
// the words found marked.
func printHit(w io.Writer, rank string, h *search.Hit, bullet string, colour bool) {
	title := h.Doc.Value(corpus.KeyTitle)
	if title == "" {
		title = h.Doc.Path()
	}
	fmt.Fprintf(w, "%s %s\n   %s\n   %s\n\n", rank, printable(title), whereabouts(h, bullet), marked(h, colour))
}

// whereabouts says where a passage stands: "para. 34, p. 4 · body · 2022-08-30 · DOC@T#~17".
// Of a bullet under a printed number, bullet says where it stands.
func whereabouts(h *search.Hit, bullet string) string {
	var parts []string
	if h.Para.Label != "" {
		parts = append(parts, "para. "+printable(h.Para.Label))
	}
	if bullet != "" {
		parts = append(parts, bullet)
	}
	if p := h.Para.Page(); p > 0 {
		parts = append(parts, fmt.Sprintf("p. %d", p))
	}
	if h.Para.Seen() {
		parts = append(parts, "read from an image")
	}
	place := strings.Join(parts, ", ")
	parts = nil
	for _, s := range []string{place, string(h.Para.Voice), strings.Join(h.Doc.Values(corpus.KeyStatus), ", "), string(h.Doc.Date()), corpus.Permalink(h.Doc.ID, h.Text, h.Para.Ord)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

func marked(h *search.Hit, colour bool) string {
	on, off := "[", "]"
	if colour {
		on, off = "\x1b[1;33m", "\x1b[0m"
	}
	var b strings.Builder
	at := 0
	for _, m := range h.Matches {
		b.WriteString(printable(h.Para.Text[at:m.Start]) + on + printable(h.Para.Text[m.Start:m.End]) + off)
		at = m.End
	}
	b.WriteString(printable(h.Para.Text[at:]))
	return b.String()
}
