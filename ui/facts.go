package ui

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/gorilla/mux"

	"dalel/corpus"
)

// factRow is a fact as it is shown: what holds, what was read, and where.
type factRow struct {
	Key       corpus.Key
	Values    []string // that hold
	Read      corpus.Fact
	Corrected bool
	URL       string // of the paragraph it was read in
}

// unsure is the confidence below which a fact is shown as uncertain.
const unsure = 0.5

// Unsure reports whether what was read may well be wrong.
func (r factRow) Unsure() bool {
	return !r.Corrected && r.Read.Confidence > 0 && r.Read.Confidence < unsure
}

// editable lists the facts that a person may correct here. Languages of the
// text and the folder are what they are.
var editable = []corpus.Key{
	corpus.KeyKind, corpus.KeyTitle, corpus.KeyNumber, corpus.KeySymbol, corpus.KeyDate, corpus.KeyAdopted, corpus.KeyBody,
	corpus.KeyCourt, corpus.KeyCase, corpus.KeyCountry, corpus.KeyParty, corpus.KeyCharge, corpus.KeyOutcome,
	corpus.KeyCategory, corpus.KeyViolated, corpus.KeySentence, corpus.KeyStatus, corpus.KeyReplaces, corpus.KeyReplacedBy,
	corpus.KeyOriginal, corpus.KeyOfficial, corpus.KeyTag, corpus.KeyNote, corpus.KeyWithheld,
}

// choicesOf lists the values that a fact can have, where there is a list; the
// first of them is what a document has when nothing is said.
var choicesOf = map[corpus.Key][]string{
	corpus.KeyKind:     kinds(),
	corpus.KeyStatus:   append([]string{""}, corpus.Statuses...),
	corpus.KeyOriginal: {"", "kk", "ru", "en"},
	corpus.KeyOfficial: {"", "yes", "no"},
	corpus.KeyWithheld: {"", "yes"},
}

func kinds() []string {
	out := make([]string, 0, len(corpus.Kinds))
	for _, k := range corpus.Kinds {
		out = append(out, string(k))
	}
	return out
}

// several lists the facts that may have more values than one, parted by
// semicolons in the form.
var several = []corpus.Key{
	corpus.KeyCountry, corpus.KeyTag, corpus.KeyCategory, corpus.KeySymbol, corpus.KeyBody, corpus.KeyCase, corpus.KeyParty,
	corpus.KeyCharge, corpus.KeyOutcome, corpus.KeyViolated, corpus.KeyReplaces, corpus.KeyReplacedBy,
}

// factRows lists the facts that a document has, in the order of corpus.Keys.
func factRows(d *corpus.Document) []factRow {
	var out []factRow
	for _, k := range corpus.Keys {
		_, corrected := d.Corrected[k]
		row := factRow{Key: k, Values: d.Values(k), Read: d.Read[k], Corrected: corrected}
		if len(row.Values) == 0 && len(row.Read.Values) == 0 {
			continue
		}
		if row.Read.Para != 0 {
			row.URL = passageURL(d.ID, "", row.Read.Para)
		}
		out = append(out, row)
	}
	return out
}

// field is a fact in the form.
type field struct {
	factRow
	Input   string   // what stands in the form
	Choices []string // nil for free text
	Several bool
	Wrong   bool // what was typed cannot be
}

// factsPage is the data of the form.
type factsPage struct {
	Doc    *corpus.Document
	Fields []field
	Wrong  bool
}

func (s *Server) factsForm(w http.ResponseWriter, r *http.Request) error {
	d, err := s.library.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	return s.showFacts(w, r, http.StatusOK, d, nil)
}

// showFacts shows the form; typed holds what a person typed when some of it
// cannot be.
func (s *Server) showFacts(w http.ResponseWriter, r *http.Request, status int, d *corpus.Document, typed map[corpus.Key]string) error {
	data := factsPage{Doc: d}
	for _, k := range editable {
		_, corrected := d.Corrected[k]
		f := field{
			factRow: factRow{Key: k, Values: d.Values(k), Read: d.Read[k], Corrected: corrected},
			Choices: choicesOf[k], Several: slices.Contains(several, k),
		}
		f.Input = strings.Join(f.Values, "; ")
		if in, ok := typed[k]; ok {
			f.Input = in
			f.Wrong = !possible(k, split(k, in))
			data.Wrong = data.Wrong || f.Wrong
		}
		if f.Choices != nil && !slices.Contains(f.Choices, f.Input) {
			f.Choices = append([]string{f.Input}, f.Choices...)
		}
		data.Fields = append(data.Fields, f)
	}
	v := s.view(r, func(w words) string { return w.T("facts.title") + " · " + w.DocTitle(d) })
	v.Data = data
	return s.render(w, status, "facts", v)
}

// split returns the values that stand in a field of the form.
func split(k corpus.Key, in string) []string {
	parts := []string{in}
	if slices.Contains(several, k) {
		parts = strings.Split(in, ";")
	}
	out := []string{}
	for _, p := range parts {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// longestValue is the most bytes that one value may have.
const longestValue = 4000

// possible reports whether a fact can have these values.
func possible(k corpus.Key, values []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool {
		if len(v) > longestValue || strings.ContainsFunc(v, unicode.IsControl) {
			return true
		}
		if c, ok := choicesOf[k]; ok {
			return !slices.Contains(c, v)
		}
		form, ok := forms[k]
		return ok && !form(v)
	})
}

// forms are what single values of some facts look like.
var forms = map[corpus.Key]func(string) bool{
	corpus.KeyDate:     func(v string) bool { return corpus.Date(v).Valid() },
	corpus.KeyAdopted:  func(v string) bool { return corpus.Date(v).Valid() },
	corpus.KeyOutcome:  func(v string) bool { return slices.Contains(corpus.Outcomes, v) },
	corpus.KeyCountry:  regexp.MustCompile(`^[A-Z]{2}$`).MatchString,
	corpus.KeyCategory: regexp.MustCompile(`^(I|II|III|IV|V)$`).MatchString,
}

// correctFacts takes the form. A field that says what was read is no
// correction; one that differs from what holds is.
func (s *Server) correctFacts(w http.ResponseWriter, r *http.Request) error {
	d, err := s.library.Document(r.Context(), mux.Vars(r)["id"])
	if err != nil {
		return err
	}
	if k := corpus.Key(r.PostFormValue("revert")); slices.Contains(editable, k) {
		if err := s.library.Correct(r.Context(), d.ID, k, nil); err != nil {
			return err
		}
		http.Redirect(w, r, "/doc/"+string(d.ID)+"/facts", http.StatusSeeOther) //nolint:gosec // a path of ours with an ID of the library
		return nil
	}
	typed, wrong := typedFacts(r, d)
	if wrong {
		return s.showFacts(w, r, http.StatusBadRequest, d, typed)
	}
	for _, k := range editable {
		if in, ok := typed[k]; ok {
			if err := s.library.Correct(r.Context(), d.ID, k, correction(d, k, in)); err != nil {
				return err
			}
		}
	}
	http.Redirect(w, r, "/doc/"+string(d.ID), http.StatusSeeOther) //nolint:gosec // as above
	return nil
}

// typedFacts returns the fields that say something else than what holds, and
// whether one of them cannot be.
func typedFacts(r *http.Request, d *corpus.Document) (typed map[corpus.Key]string, wrong bool) {
	typed = map[corpus.Key]string{}
	for _, k := range editable {
		in := r.PostFormValue(string(k))
		if _, sent := r.PostForm[string(k)]; sent && changed(d, k, in) {
			typed[k] = in
			wrong = wrong || !possible(k, split(k, in))
		}
	}
	return typed, wrong
}

// correction returns the values of a field as Library.Correct takes them: nil
// when they are what was read.
func correction(d *corpus.Document, k corpus.Key, in string) []string {
	values, read := split(k, in), d.Read[k].Values
	if slices.Equal(values, read) || len(values) == 0 && len(read) == 0 {
		return nil
	}
	return values
}

// changed reports whether a field says something else than what holds.
func changed(d *corpus.Document, k corpus.Key, in string) bool {
	was := strings.Join(d.Values(k), "; ")
	if strings.Join(strings.Fields(in), " ") == strings.Join(strings.Fields(was), " ") {
		return false
	}
	return !slices.Equal(split(k, in), d.Values(k))
}
