package voice

import (
	"strings"

	"dalel/corpus"
)

// Apply fills in Voice, Section and Quotes of the paragraphs of a text, from
// the form of its kind. Paragraphs must have their numbers, roles and Under.
// What an extractor knew already stands.
func Apply(kind corpus.Kind, t *corpus.Text) {
	f := formOf(kind)
	if f == nil {
		markQuotes(nil, t.Paragraphs)
		return
	}
	if kind == corpus.Judgment {
		f = withParties(f, t.Paragraphs)
	}
	w := &walk{form: f, ps: t.Paragraphs, now: f.first, masthead: true}
	for i := range w.ps {
		w.step(i)
	}
	notes(t.Paragraphs)
	markQuotes(f, t.Paragraphs)
}

// walk goes through the paragraphs of one document.
type walk struct {
	form  *form
	ps    []corpus.Paragraph
	now   state
	stack []level      // the headings that hold, outermost first
	said  corpus.Voice // of the last turn that still holds; "" if none
	// numbered tells whether said comes from a numbered paragraph. What a line
	// without a number begins, as "State party:" on the first page of views,
	// ends at the first number.
	numbered bool
	group    string       // of dotted numbers, "4" of "4.2"
	open     corpus.Voice // of the line before, if its sentence goes on in the next

	masthead bool // nothing has been said yet
}

// level is a heading that holds, with what held before it.
type level struct {
	depth  int
	before state
}

// step gives paragraph i its voice and section.
func (w *walk) step(i int) {
	p := &w.ps[i]
	if p.Role == corpus.RoleHeader || p.Role == corpus.RoleFootnote {
		return // running heads are nobody's; notes come last
	}
	l := newLine(p.Text, p.Label)
	if (w.open == "" || p.Role == corpus.RoleHeading) && w.heads(p, &l) {
		w.open = ""
		if !w.masthead || w.now != w.form.first {
			p.Section = w.now.section
		}
		return
	}
	found, next := w.marks(&l)
	if w.masthead = w.masthead && !found && p.Label == "" && (titleLike(p, &l) || w.field(p, &l)); w.masthead {
		return // names of organs, places and days are nobody's words
	}
	w.say(p, &l)
	if next != nil {
		w.enter(*next)
	}
}

// say writes down who speaks in a paragraph.
func (w *walk) say(p *corpus.Paragraph, l *line) {
	voice := w.open
	if voice == "" || p.Label != "" || p.Role != corpus.RoleBody {
		voice = w.voiceOf(p, l)
	}
	w.open = ""
	if !l.stop && len(l.words) >= wrapped {
		w.open = voice
	}
	if p.Voice == "" {
		p.Voice = voice
	}
	if p.Section == "" {
		p.Section = w.sectionOf(voice, l)
	}
}

// heads moves to another part if p is a heading, and reports whether it is one.
func (w *walk) heads(p *corpus.Paragraph, l *line) bool {
	if !titleLike(p, l) {
		return false
	}
	depth := depthOf(p.Label)
	if h := w.head(l); h != nil {
		w.under(h, depth)
		return true
	}
	if w.now.closed {
		return p.Role == corpus.RoleHeading
	}
	if depth > 0 {
		w.leave(depth)
	}
	if depth > 0 || p.Role == corpus.RoleHeading {
		w.said = ""
	}
	return p.Role == corpus.RoleHeading
}

// head returns the head that a line is; nil if it is none, or none that may
// come here.
func (w *walk) head(l *line) *head {
	for i := range w.form.heads {
		h := &w.form.heads[i]
		if w.now.closed && !h.state.closed || h.in != "" && h.in != w.now.section {
			continue
		}
		if h.phrases.whole(l.words) {
			return h
		}
	}
	return nil
}

// wrapped is how many words a line has at least whose sentence goes on in the
// next: texts that were set with a line end in every line.
const wrapped = 7

// maxTitle is the longest line, in words, that can be a heading of a part.
const maxTitle = 24

// titleLike reports whether a paragraph can be a heading: it is one, or it is
// a line without an end.
func titleLike(p *corpus.Paragraph, l *line) bool {
	if len(l.words) == 0 || len(l.words) > maxTitle || !l.whole {
		return false
	}
	if p.Role == corpus.RoleHeading {
		return true
	}
	return p.Role == corpus.RoleBody && !l.bullet && !l.quote && !l.colon && l.upper && (!l.stop || strings.HasSuffix(p.Text, ","))
}

// maxField is the longest line of a masthead, in words, that names a day, a
// language or a party: "27 June 2017 English Original: English".
const maxField = 12

// field reports whether a line of a masthead is no sentence.
func (w *walk) field(p *corpus.Paragraph, l *line) bool {
	return p.Role == corpus.RoleBody && w.form.first.turns != spokenTurn && len(l.words) > 0 && len(l.words) <= maxField &&
		(!l.stop || l.colon) && !l.bullet && !l.quote
}

// depthOf returns how deep a numbered heading stands, from its number: I, A,
// 1, (a), i. It is 0 for a heading without a number.
func depthOf(label string) int {
	bare := strings.Trim(label, "().")
	switch {
	case bare == "":
		return 0
	case strings.Trim(bare, "IVXLІХ") == "" && bare != "C" && bare != "D":
		return 1
	case strings.HasPrefix(label, "("):
		return 4
	case bare[0] >= '0' && bare[0] <= '9':
		return 3
	case strings.Trim(bare, "ivx") == "":
		return 5
	case bare == strings.ToUpper(bare):
		return 2
	}
	return 4
}

// under moves to what stands under a head. A head of a part ends all that
// held; one inside a part holds until the next of its depth.
func (w *walk) under(h *head, depth int) {
	if !h.inner {
		w.stack = nil
		w.enter(h.state)
		return
	}
	if depth > 0 {
		w.leave(depth)
	} else {
		depth = w.below()
	}
	s := h.state
	if s.section == "" {
		s.section = w.now.section
	}
	w.stack = append(w.stack, level{depth, w.now})
	w.enter(s)
}

// below returns the depth of an unnumbered heading inside a part: it takes the
// place of another unnumbered one, and any numbered one ends it.
func (w *walk) below() int {
	const unnumbered = 9
	w.leave(unnumbered)
	return unnumbered
}

// leave ends the headings of a depth and of those below it.
func (w *walk) leave(depth int) {
	for n := len(w.stack); n > 0 && w.stack[n-1].depth >= depth; n-- {
		w.enter(w.stack[n-1].before)
		w.stack = w.stack[:n-1]
	}
}

func (w *walk) enter(s state) { w.now, w.said, w.group = s, "", "" }

// marks looks for a mark in a line. A mark whose own paragraph belongs to the
// new part takes effect at once; otherwise the new state is returned.
func (w *walk) marks(l *line) (found bool, next *state) {
	if w.now.closed {
		return false, nil
	}
	for i := range w.form.marks {
		m := &w.form.marks[i]
		if !m.holdsIn(w.now.section) || !m.found(l) {
			continue
		}
		if m.own {
			w.stack = nil
			w.enter(m.state)
			return true, nil
		}
		return true, &m.state
	}
	return false, nil
}

func (m *mark) holdsIn(s corpus.SectionKind) bool {
	return m.in == "" || m.in == s || m.in == noSection && s == ""
}

func (m *mark) found(l *line) bool {
	for _, word := range m.last {
		if l.last == word && (l.colon || len(l.words) <= 2) {
			return true
		}
	}
	return m.phrases.has(l.words)
}

// voiceOf tells who speaks in a paragraph.
func (w *walk) voiceOf(p *corpus.Paragraph, l *line) corpus.Voice {
	if w.now.turns == noTurns || p.Role == corpus.RoleTable {
		return w.now.voice
	}
	if w.now.turns == spokenTurn {
		return w.spoken(p, l)
	}
	if w.hangs(p, l) {
		return w.ps[p.Under-1].Voice
	}
	if v, ok := w.turn(l); ok {
		if w.now.parties != nil && !v.Decides() {
			w.enter(*w.now.parties)
			w.said = v
		}
		w.numbered = p.Label != ""
		w.begin(p.Label)
		return v
	}
	switch {
	case w.said == "":
	case w.now.turns == heldTurns && (p.Label == "" || w.numbered), l.continues(), l.quote, w.form.grouped && w.sameGroup(p.Label):
		return w.said
	}
	w.begin(p.Label)
	w.said = ""
	return w.now.voice
}

// hangs reports whether a paragraph belongs to the numbered one above it and
// says nothing of its own: a point of a list, a quotation, a line that goes on.
func (w *walk) hangs(p *corpus.Paragraph, l *line) bool {
	if p.Under == 0 || w.ps[p.Under-1].Voice == "" {
		return false
	}
	if l.bullet || l.quote || p.Label != "" || !l.upper || w.now.turns == accounts {
		return true
	}
	_, opens := w.form.opened(l)
	return !opens
}

// turn tells whether the opening of a line gives it another voice.
func (w *walk) turn(l *line) (corpus.Voice, bool) {
	if l.bullet || l.quote {
		return "", false
	}
	o, ok := w.form.opened(l)
	if !ok {
		return "", false
	}
	switch w.now.turns {
	case ownTurn:
		if !o.voice.Decides() {
			return "", false
		}
		return o.voice, true // reports what was done; what follows is the party's again
	case accounts:
		if !o.account {
			return "", false
		}
	case noTurns, openTurns, heldTurns, spokenTurn:
	}
	w.said = o.voice
	if o.voice == w.now.voice && w.now.turns != heldTurns {
		w.said = ""
	}
	return o.voice, true
}

// begin notes the group of a dotted number.
func (w *walk) begin(label string) {
	w.group, _, _ = strings.Cut(label, ".")
}

// sameGroup reports whether a dotted number goes on from the one before.
func (w *walk) sameGroup(label string) bool {
	group, _, dotted := strings.Cut(label, ".")
	return dotted && group == w.group && group != ""
}

// sectionOf returns the section of a paragraph with a voice: what a party says
// in a part where the court reasons is its submission, and so is what counsel
// say where the court tells the facts.
func (w *walk) sectionOf(v corpus.Voice, l *line) corpus.SectionKind {
	if v == "" || v.Decides() {
		return w.now.section
	}
	switch w.now.section { //nolint:exhaustive // others are as they are
	case corpus.SectionReasoning:
		if v != w.now.voice {
			return corpus.SectionSubmissions
		}
	case corpus.SectionFacts, "":
		if (v == corpus.VoiceDefence || v == corpus.VoiceProsecution) && w.pleading(l) {
			return corpus.SectionSubmissions
		}
	}
	return w.now.section
}

// maxPleader is how far into a sentence counsel may be named who pleads in it.
const maxPleader = 8

func (w *walk) pleading(l *line) bool {
	if w.form.pleads == nil || w.now.voice == corpus.VoiceProsecution && w.said != corpus.VoiceDefence {
		return false
	}
	for at := range min(l.sentence, maxPleader) {
		if w.form.pleads.has(l.words[at:]) {
			return true
		}
	}
	return false
}

// spoken returns the voice of a line of a record: the speaker it names, or
// else who spoke last, if it is no note of the record's own.
func (w *walk) spoken(p *corpus.Paragraph, l *line) corpus.Voice {
	if l.lead == "" {
		if p.Under != 0 || l.bullet {
			return w.said
		}
		w.said = ""
		return w.now.voice
	}
	words := strings.Fields(l.lead)
	for i := range w.form.speakers {
		if w.form.speakers[i].names.has(words) {
			w.said = w.form.speakers[i].voice
			return w.said
		}
	}
	w.said = ""
	return w.now.voice
}
