package cite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dalel/corpus"
)

// Options choose how a citation is written, and tell what is known of the words
// beside where they stand.
type Options struct {
	Style Style
	Lang  string // "en", "ru", "kk"; "" for the document's own, or the style's usual one
	Form  Form   // "" for Footnote
	Whole bool   // the document as a whole, as in a list: no pinpoint and no words of anybody
	Note  string // for Short: the number of the note with the full citation
	// Of the words quoted:
	Translated bool   // they are a translation of what the document says
	By         string // who translated; "" for us
	Machine    bool   // a machine translated
	Emphasis   bool   // the emphasis is ours
}

// Warning is a reason to look again before a citation is published. The values
// are stable; words for people are elsewhere.
type Warning string

// The warnings.
const (
	WarnVoice    Warning = "voice"    // it is not known whose words they are
	WarnParty    Warning = "party"    // they are a party's words; the citation says so
	WarnGap      Warning = "gap"      // a field is not known
	WarnPin      Warning = "pin"      // nothing printed leads to the words
	WarnNested   Warning = "nested"   // they are quoted from elsewhere
	WarnNotFinal Warning = "notfinal" // advance, appealed, annulled, repealed, a motion
	WarnEdition  Warning = "edition"  // the edition of a statute is not known
	WarnMismatch Warning = "mismatch" // number and symbol contradict each other
	WarnTransl   Warning = "translation"
)

// Citation is a citation and what to know before it is published.
type Citation struct {
	Runs     []Run
	Pin      string // the pinpoint as it stands in Runs; "" if none
	Warnings []Warning
	Source   string // of the form: a manual, or "by analogy with …"
	Lang     string
}

// String returns the citation as plain text.
func (c Citation) String() string {
	var b strings.Builder
	for _, r := range c.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Cite writes the citation of words at a place in a document.
func Cite(d *corpus.Document, at Place, opt Options) (Citation, error) {
	if opt.Form == "" {
		opt.Form = Footnote
	}
	if !slices.Contains(Forms, opt.Form) {
		return Citation{}, &corpus.Error{Op: "cite", Subj: string(opt.Form), Kind: corpus.ErrInvalid, Err: fmt.Errorf("no such form; there are %v", Forms)}
	}
	lang, err := opt.Style.Lang(opt.Lang, d.Value(corpus.KeyLang))
	if err != nil {
		return Citation{}, err
	}
	if opt.Whole {
		at = Place{Edition: at.Edition}
	}
	s := newSource(d, at, opt, lang)
	t := templateFor(s.group, opt.Style, lang, opt.Form)
	c := Citation{Source: t.Source, Lang: lang, Pin: s.pin()}
	body := fill(t.Text, lang, s.field)
	if opt.Form == Inline && at.Sheet != "" && (opt.Style == KZ || opt.Style == GOST) {
		body = []Run{{Text: at.Sheet}} // in an appeal all sheets are of one case file
	}
	if c.Pin == "" && opt.Form != Ibid && s.wantsPin() {
		body = append(body, Run{Text: pinJoint(opt.Style, lang)}, Run{Text: gap("pin", lang), Gap: true})
	}
	c.Runs = finish(body, s.remarks(), opt)
	c.warn(s)
	return c, nil
}

// pinJoint is what stands before a pinpoint.
func pinJoint(s Style, lang string) string {
	switch {
	case s == GOST:
		return ". "
	case s == OSCOLA && lang == "en":
		return " "
	}
	return ", "
}

// wantsPin reports whether a citation without a pinpoint is incomplete. A news
// item is short; anything else is not.
func (s *source) wantsPin() bool { return s.group != gNews && !s.opt.Whole }

// finish adds the remarks and closes the citation: notes end with a full stop,
// citations in the running text stand in brackets.
func finish(body []Run, remarks []string, opt Options) []Run {
	trimmed := trimStop(body)
	if len(remarks) > 0 && opt.Form == Inline {
		trimmed = append(trimmed, Run{Text: "; " + strings.Join(remarks, "; ")})
	} else if len(remarks) > 0 {
		trimmed = append(trimmed, Run{Text: " (" + strings.Join(remarks, "; ") + ")"})
	}
	if opt.Form == Inline {
		return merge(slices.Concat([]Run{{Text: "("}}, trimmed, []Run{{Text: ")"}}))
	}
	if last := len(trimmed) - 1; last >= 0 && len(remarks) == 0 && strings.HasSuffix(trimmed[last].Text, ".") {
		return merge(trimmed) // "г." and "т." end with their own
	}
	return merge(append(trimmed, Run{Text: "."}))
}

// trimStop takes away the spaces at the end.
func trimStop(runs []Run) []Run {
	out := slices.Clone(runs)
	if n := len(out) - 1; n >= 0 {
		out[n].Text = strings.TrimRight(out[n].Text, " ")
	}
	return out
}

// remarks lists what a reader must know before relying on the words, in the
// order of a citation: whose words, quoted from whom, translated by whom, what
// became of the document, what we added.
func (s *source) remarks() []string {
	var out []string
	add := func(w [3]string) { out = append(out, pick(s.lang, w)) }
	if w, ok := voiceWords[s.at.Voice]; ok && s.voiceMatters() {
		add(w)
	}
	if s.at.Nested {
		add(nestedWords)
	}
	switch {
	case s.opt.Translated && s.opt.Machine:
		add(machineWords)
	case s.opt.Translated && s.opt.By != "":
		out = append(out, pick(s.lang, byWords)+s.opt.By)
	case s.opt.Translated:
		add(oursWords)
	case translated(s.doc):
		add(unofficial)
	}
	for _, v := range s.doc.Values(corpus.KeyStatus) {
		if w, ok := statusWords[v]; ok {
			add(w)
		}
	}
	if s.group == gStatute && s.at.Edition == "" {
		add(editionWords)
	}
	if s.opt.Emphasis {
		add(emphasisWords)
	}
	return out
}

// voiceMatters reports whether a document holds the words of several sides. In
// a paper of one side that is clear from its name.
func (s *source) voiceMatters() bool {
	switch s.group {
	case gWGAD, gViews, gJudgment, gCourt:
		return true
	default:
		return s.doc.Kind() == corpus.HearingRecord
	}
}

// translation words in titles and notes of documents.
var translationRE = regexp.MustCompile(`(?i)\b(unofficial )?translation\b|перевод|аударма`)

// translated reports whether a document says of itself that it is a translation.
func translated(d *corpus.Document) bool {
	return translationRE.MatchString(d.Value(corpus.KeyTitle)) || translationRE.MatchString(d.Value(corpus.KeyNote))
}

// wgadSymbol is the symbol of an opinion since 2012: A/HRC/WGAD/year/number.
var wgadSymbol = regexp.MustCompile(`^A/HRC/WGAD/(\d{4})/(\d+)$`)

// warn lists what is to be looked at again.
func (c *Citation) warn(s *source) {
	add := func(w Warning) {
		if !slices.Contains(c.Warnings, w) {
			c.Warnings = append(c.Warnings, w)
		}
	}
	if s.voiceMatters() {
		if s.at.Voice == "" {
			add(WarnVoice)
		} else if _, party := voiceWords[s.at.Voice]; party {
			add(WarnParty)
		}
	}
	if s.at.Nested {
		add(WarnNested)
	}
	for _, r := range c.Runs {
		if r.Gap {
			add(WarnGap)
		}
	}
	if c.Pin == "" && s.wantsPin() {
		add(WarnPin)
	}
	if s.opt.Translated || translated(s.doc) {
		add(WarnTransl)
	}
	if s.notFinal() {
		add(WarnNotFinal)
	}
	if s.group == gStatute && s.at.Edition == "" {
		add(WarnEdition)
	}
	if s.mismatch() {
		add(WarnMismatch)
	}
}

func (s *source) notFinal() bool {
	if s.doc.Kind() == corpus.Motion {
		return true
	}
	return slices.ContainsFunc(s.doc.Values(corpus.KeyStatus), func(v string) bool { _, ok := statusWords[v]; return ok })
}

// mismatch reports whether the symbol of an opinion is not that of its number.
func (s *source) mismatch() bool {
	symbol, number := s.doc.Value(corpus.KeySymbol), s.doc.Value(corpus.KeyNumber)
	m := wgadSymbol.FindStringSubmatch(symbol)
	return s.group == gWGAD && m != nil && number != "" && number != m[2]+"/"+m[1]
}
