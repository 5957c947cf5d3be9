package ui

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/search"
)

// pageSize is how many documents stand on a page of results.
const pageSize = 20

// maxPage keeps the offset of a page far from the largest number.
const maxPage = 1 << 20

// maxValues is the most values that an address may give one filter.
const maxValues = 50

// Filters that are not facts of a document.
const (
	keyYear  corpus.Key = "year"
	keyVoice corpus.Key = "voice"
	keyIn    corpus.Key = "in" // a section
)

// filterKeys lists the filters that take values, in the order of the page.
// Their names are parameters of the address and never change.
var filterKeys = []corpus.Key{
	keyVoice, corpus.KeyKind, search.KeyPerson, search.KeyArticle, corpus.KeyBody, corpus.KeyCourt, corpus.KeyCountry,
	corpus.KeyLang, keyIn, corpus.KeyCategory, corpus.KeyStatus, search.KeyInstrument, search.KeyCites,
	corpus.KeyFolder, corpus.KeyTag,
}

// state is what the search page shows, which is what its address says.
type state struct {
	Q        string
	Values   map[corpus.Key][]string // by filterKeys
	Year     string                  // "2021"; stands for From and To
	From, To corpus.Date
	Sort     search.Sort
	Page     int  // from 1
	Any      bool // any of the words is enough
	Apart    bool // list the documents that have the words apart
}

// inputError is something in an address or a form that cannot be: which
// field, and what it says. People see it in words.
type inputError struct {
	Key, Value string
	After      string // the date that Value must not be before; "" for other mistakes
}

// words says what is wrong.
func (e *inputError) words(w words) string {
	if e.After != "" {
		return w.T("query.date_order", 1, e.After, 2, e.Value)
	}
	return w.T("error.input.says", "name", e.Key, "value", e.Value)
}

func (e *inputError) Error() string {
	return fmt.Sprintf("%s %q: %v", e.Key, e.Value, corpus.ErrInvalid)
}

func (e *inputError) Unwrap() error { return corpus.ErrInvalid }

// parseState reads the parameters of an address. Empty values count as not
// given, so that a plain form works.
func parseState(v url.Values) (state, error) {
	s := state{
		Q: strings.TrimSpace(v.Get("q")), Values: map[corpus.Key][]string{},
		Year: v.Get("year"), From: corpus.Date(v.Get("from")), To: corpus.Date(v.Get("to")),
		Sort: search.Sort(v.Get("sort")), Any: v.Get("any") != "", Apart: v.Get("apart") != "",
	}
	if err := s.readValues(v); err != nil {
		return s, err
	}
	for _, d := range []pair{{"year", s.Year}, {"from", string(s.From)}, {"to", string(s.To)}} {
		if d.Value != "" && !corpus.Date(d.Value).Valid() {
			return s, &inputError{Key: d.Name, Value: d.Value}
		}
	}
	first, _ := s.From.Days()
	if _, last := s.To.Days(); last > 0 && first > last {
		return s, &inputError{Key: "to", Value: string(s.To), After: string(s.From)}
	}
	switch s.Sort {
	case "":
		s.Sort = search.ByRelevance
	case search.ByRelevance, search.ByDate, search.ByDateDown, search.ByCited:
	default:
		return s, &inputError{Key: "sort", Value: string(s.Sort)}
	}
	var err error
	if s.Page, err = number(v.Get("page"), "page", 1, maxPage); err == nil && s.Page == 0 {
		err = &inputError{Key: "page", Value: v.Get("page")}
	}
	return s, err
}

// readValues reads the filters that take values.
func (s *state) readValues(v url.Values) error {
	for _, k := range filterKeys {
		for _, value := range v[string(k)] {
			if value != "" && !slices.Contains(s.Values[k], value) {
				s.Values[k] = append(s.Values[k], value)
			}
		}
		if len(s.Values[k]) > maxValues {
			return &inputError{Key: string(k), Value: strconv.Itoa(len(s.Values[k]))}
		}
	}
	return nil
}

// number reads a parameter that is a number from 0 to most.
func number(s, name string, otherwise, most int) (int, error) {
	if s == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > most {
		return 0, &inputError{Key: name, Value: s}
	}
	return n, nil
}

// pairs lists the parameters of s in a fixed order, without those that are
// as by default.
func (s state) pairs() []pair {
	var out []pair
	add := func(name, value string) {
		if value != "" {
			out = append(out, pair{name, value})
		}
	}
	flag := func(name string, on bool) {
		if on {
			add(name, "1")
		}
	}
	add("q", s.Q)
	for _, k := range filterKeys {
		for _, value := range s.Values[k] {
			add(string(k), value)
		}
	}
	add("year", s.Year)
	add("from", string(s.From))
	add("to", string(s.To))
	if s.Sort != search.ByRelevance {
		add("sort", string(s.Sort))
	}
	flag("any", s.Any)
	flag("apart", s.Apart)
	if s.Page > 1 {
		add("page", strconv.Itoa(s.Page))
	}
	return out
}

// searchURL returns the address of the search page with the parameters.
func searchURL(params []pair) string {
	var b strings.Builder
	b.WriteString("/search")
	for i, p := range params {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(p.Name + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}

// URL returns the address of s.
func (s state) URL() string { return searchURL(s.pairs()) }

// fresh returns a copy of s on its first page, which the caller may change.
func (s state) fresh() state {
	values := make(map[corpus.Key][]string, len(s.Values))
	for k, v := range s.Values {
		values[k] = slices.Clone(v)
	}
	s.Values, s.Page, s.Apart = values, 1, false
	return s
}

// toggle returns s with a value of a filter added, or taken away.
func (s state) toggle(k corpus.Key, value string) state {
	s = s.fresh()
	if k == keyYear {
		was := s.Year
		s.Year, s.From, s.To = value, "", ""
		if was == value {
			s.Year = ""
		}
		return s
	}
	if i := slices.Index(s.Values[k], value); i >= 0 {
		s.Values[k] = slices.Delete(s.Values[k], i, i+1)
	} else {
		s.Values[k] = append(s.Values[k], value)
	}
	return s
}

// asking returns s with another query.
func (s state) asking(q string) state {
	s = s.fresh()
	s.Q = q
	return s
}

// between returns s with another span of dates.
func (s state) between(from, to corpus.Date) state {
	s = s.fresh()
	s.Year, s.From, s.To = "", from, to
	return s
}

// sorted returns s in another order.
func (s state) sorted(by search.Sort) state {
	s = s.fresh()
	s.Sort = by
	return s
}

// at returns s on another page.
func (s state) at(page int) state {
	s.Page = page
	return s
}

// bare returns s without any filter.
func (s state) bare() state {
	return state{Q: s.Q, Sort: s.Sort, Any: s.Any, Page: 1, Values: map[corpus.Key][]string{}}
}

// asQuery returns the filters of s in the query language: a search needs
// something to look for, and filters alone stand for all that passes them.
func (s state) asQuery() string {
	var parts []string
	for _, k := range filterKeys {
		var values []string
		for _, v := range s.Values[k] {
			field := k
			if k == search.KeyInstrument {
				field = search.KeyArticle // one field asks for both
			}
			values = append(values, string(field)+`:"`+strings.ReplaceAll(v, `"`, " ")+`"`)
		}
		switch len(values) {
		case 0:
		case 1:
			parts = append(parts, values[0])
		default:
			parts = append(parts, "("+strings.Join(values, " OR ")+")")
		}
	}
	if from, to := s.span(); from != "" || to != "" {
		parts = append(parts, "date:"+string(from)+".."+string(to))
	}
	return strings.Join(parts, " ")
}

func (s state) withApart(on bool) state {
	s.Apart = on
	return s
}

// span returns the dates that s asks for.
func (s state) span() (from, to corpus.Date) {
	if s.Year != "" {
		return corpus.Date(s.Year), corpus.Date(s.Year)
	}
	return s.From, s.To
}

// filter returns the filters of s for a search.
func (s state) filter() search.Filter {
	f := search.Filter{Facts: map[corpus.Key][]string{}}
	f.From, f.To = s.span()
	for _, v := range s.Values[keyVoice] {
		f.Voices = append(f.Voices, corpus.Voice(v))
	}
	for _, v := range s.Values[keyIn] {
		f.Sections = append(f.Sections, corpus.SectionKind(v))
	}
	for k, values := range s.Values {
		if k != keyVoice && k != keyIn {
			f.Facts[k] = slices.Clone(values)
		}
	}
	return f
}

// request returns the question that s asks.
func (s state) request() search.Request {
	return search.Request{
		Query: s.Q, Filter: s.filter(), Sort: s.Sort, Any: s.Any,
		Offset: (s.Page - 1) * pageSize, Limit: pageSize, Group: true, Facets: true,
	}
}
