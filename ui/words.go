package ui

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/search"
	"dalel/ui/i18n"
)

// words says the values of the domain in the reader's language.
type words struct{ *i18n.Printer }

// organ names a body or court as the reader's language does, if it has a name
// of its own there.
func (w words) organ(name string) string {
	if o := corpus.OrganNamed(name); o != nil {
		return o.In(string(w.Lang))
	}
	return name
}

// country names a country as this page does, or else as Unicode's CLDR does; v is
// its code of ISO 3166-1.
func (w words) country(v string) string {
	region, err := language.ParseRegion(v)
	if err != nil {
		return v
	}
	return w.Or("country."+strings.ToUpper(v), display.Regions(language.Make(string(w.Lang))).Name(region))
}

// Kind names a kind of document.
func (w words) Kind(k corpus.Kind) string { return w.Or("kind."+string(k), string(k)) }

// Voice names who is speaking.
func (w words) Voice(v corpus.Voice) string { return w.Or("voice."+string(v), string(v)) }

// Speaker names who is speaking in a paragraph. What a body tells of its own
// procedure is no finding of it.
func (w words) Speaker(p *corpus.Paragraph) string { return w.T("voice." + speaker(p)) }

// speaker is the voice of a paragraph, "organ" for a body that finds nothing there.
func speaker(p *corpus.Paragraph) string {
	if p.Voice == corpus.VoiceBody && p.Section != corpus.SectionReasoning && p.Section != corpus.SectionOperative {
		return "organ"
	}
	return string(p.Voice)
}

// Section names a part of an act.
func (w words) Section(s corpus.SectionKind) string { return w.Or("section."+string(s), string(s)) }

// Why says why a run of text was found.
func (w words) Why(y search.Why) string { return w.Or("why."+string(y), string(y)) }

// Basis says how it is known whom a document is about.
func (w words) Basis(b search.Basis) string { return w.Or("basis."+string(b), string(b)) }

// Language names a language of a document.
func (w words) Language(code string) string { return w.Or("lang."+code, code) }

// Key names a fact.
func (w words) Key(k corpus.Key) string { return w.Or("key."+string(k), string(k)) }

// Value prints a value of a fact. Values that are not ours to word, as the
// name of a court, stay as they were read.
func (w words) Value(k corpus.Key, value string) string {
	if say, ok := sayings[k]; ok {
		return say(w, value)
	}
	return value
}

// sayings are the facts whose values are ours to word.
var sayings = map[corpus.Key]func(w words, value string) string{
	corpus.KeyKind:     func(w words, v string) string { return w.Kind(corpus.Kind(v)) },
	corpus.KeyLang:     words.Language,
	corpus.KeyBody:     words.organ,
	corpus.KeyCourt:    words.organ,
	corpus.KeyDate:     func(w words, v string) string { return w.Date(v) },
	corpus.KeyCountry:  words.country,
	corpus.KeyStatus:   func(w words, v string) string { return w.Or("status."+v, v) },
	corpus.KeyAdopted:  func(w words, v string) string { return w.Date(v) },
	corpus.KeyOutcome:  func(w words, v string) string { return w.Or("outcome."+v, v) },
	corpus.KeyOriginal: words.Language,
	corpus.KeyOfficial: func(w words, v string) string { return w.Or("official."+v, v) },
	corpus.KeyWithheld: func(w words, v string) string { return w.Or("withheld."+v, v) },
	corpus.KeyCategory: func(w words, v string) string { return w.T("category", "value", v) },
	keyVoice:           func(w words, v string) string { return w.Voice(corpus.Voice(v)) },
	keyIn:              func(w words, v string) string { return w.Section(corpus.SectionKind(v)) },

	corpus.KeyCharge:     words.Say,
	corpus.KeyViolated:   words.Say,
	search.KeyArticle:    words.Say,
	search.KeyCites:      words.Say,
	search.KeyInstrument: words.Say,
}

// Say says what a key points at, as the reader's language cites it.
func (w words) Say(key string) string { return law.Say(key, lang.Code(w.Lang)) }

// Heading is the heading of an article; "" where none is known.
func (w words) Heading(key string) string { return law.Heading(key, lang.Code(w.Lang)) }

// Label prints a value of a facet or a filter. A person is named in the
// reader's script, where a document writes the name so.
func (w words) Label(k corpus.Key, value string, names []string) string {
	if k == search.KeyPerson {
		return w.nameOf(value, names)
	}
	return w.Value(k, value)
}

// nameOf chooses among the ways a name is written: in the reader's script, for
// Kazakh with Kazakh letters and for Russian without, the most frequent first.
func (w words) nameOf(label string, names []string) string {
	best, score := label, 0
	for _, n := range names {
		if s := w.reads(n); s > score {
			best, score = n, s
		}
	}
	return best
}

// reads says how well a name fits the reader's language: 3 its own letters, 2
// its script, 1 another script.
func (w words) reads(name string) int {
	cyrillic := strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	kazakh := strings.ContainsAny(strings.ToLower(name), "әғқңөұүһі")
	switch {
	case w.Lang == i18n.EN && !cyrillic, w.Lang == i18n.KK && kazakh, w.Lang == i18n.RU && cyrillic && !kazakh:
		return 3
	case w.Lang != i18n.EN && cyrillic:
		return 2
	}
	return 1
}

// DocTitle names a document: by its title, its number, or its file.
func (w words) DocTitle(d *corpus.Document) string {
	if t := strings.TrimSpace(d.Value(corpus.KeyTitle)); t != "" {
		return t
	}
	for _, k := range []corpus.Key{corpus.KeySymbol, corpus.KeyNumber} {
		if n := d.Value(k); n != "" {
			return w.Kind(d.Kind()) + " " + n
		}
	}
	if p := d.Path(); p != "" {
		return path.Base(strings.ReplaceAll(p, "!", "/"))
	}
	return w.T("doc.untitled", "id", d.ID.Short())
}

// DocLang returns the language of a document's title for the lang attribute;
// "" when it is not known, so that none is claimed.
func (w words) DocLang(d *corpus.Document) string { return attrLang(d.Value(corpus.KeyLang)) }

func attrLang(code string) string {
	if code == "und" {
		return ""
	}
	return code
}

// Facts lists what stands under a document's title: who, which, when, where.
func (w words) Facts(d *corpus.Document) []pair {
	var out []pair
	add := func(name, value string) {
		if value != "" && (len(out) <= 0 || out[len(out)-1].Value != value) {
			out = append(out, pair{name, value})
		}
	}
	add("kind", w.Kind(d.Kind()))
	add("body", w.organ(first(d.Value(corpus.KeyCourt), d.Value(corpus.KeyBody))))
	c := d.Value(corpus.KeyCase)
	if n := first(d.Value(corpus.KeySymbol), d.Value(corpus.KeyNumber)); n != c {
		add("number", n)
	}
	if k := d.Kind(); k == corpus.Resolution || k == corpus.Motion {
		add("case", c) // a procedure, not a court's case
	} else if c != "" {
		add("case", w.T("facts.case", "value", c))
	}
	add("date", w.Date(string(d.Date())))
	for _, c := range d.Values(corpus.KeyCountry) {
		add("country", w.Value(corpus.KeyCountry, c))
	}
	if c := d.Values(corpus.KeyCategory); len(c) > 0 {
		add("category", w.T("category", "value", w.Join(c)))
	}
	for _, c := range d.Values(corpus.KeyStatus) {
		add(standing(c), w.Value(corpus.KeyStatus, c))
	}
	if d.Value(corpus.KeyWithheld) == "yes" {
		add("withheld", w.T("withheld.yes"))
	}
	for _, t := range d.Values(corpus.KeyTag) {
		add("tag", t)
	}
	return out
}

// standing says whether a status is a warning: what was annulled or may still
// change is not cited as it stands.
func standing(status string) string {
	switch status {
	case "final", "in_force":
		return "status"
	}
	return "status doubted"
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// whys lists the reasons, in the order of the page that explains them.
var whys = []search.Why{
	search.WhyExact, search.WhyStem, search.WhyName, search.WhyArticle, search.WhyDocument,
	search.WhyTerm, search.WhyAlias, search.WhyWildcard, search.WhyFuzzy,
}

// hint returns the key of what a field of the form expects; "" when it takes
// anything.
func hint(k corpus.Key) string {
	if slices.Contains([]corpus.Key{corpus.KeyDate, corpus.KeyCountry, corpus.KeyCategory, corpus.KeyWithheld}, k) {
		return "hint." + string(k)
	}
	return ""
}

// spans prints page numbers, runs of them as one: "3, 7–9".
func spans(pages []int) string {
	var out []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		s := strconv.Itoa(pages[i])
		if j > i {
			s += "–" + strconv.Itoa(pages[j])
		}
		out = append(out, s)
		i = j + 1
	}
	return strings.Join(out, ", ")
}
