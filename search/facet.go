package search

import (
	"cmp"
	"math/bits"
	"slices"

	"dalel/corpus"
)

// facetKeys are the facts that are counted, in the order they are shown.
var facetKeys = []corpus.Key{
	KeyYear, corpus.KeyKind, corpus.KeyBody, corpus.KeyCourt, corpus.KeyCountry, corpus.KeyLang,
	corpus.KeyStatus, corpus.KeyCategory, corpus.KeyFolder, corpus.KeyTag,
	KeyPerson, KeyArticle, KeyInstrument, KeyCites,
}

// foundKeys are the facets of what documents name. They may have thousands of
// values, of which the most frequent foundValues are given and the rest counted.
var foundKeys = []corpus.Key{KeyPerson, KeyArticle, KeyInstrument, KeyCites}

const foundValues = 200

// facetCounter counts works by the values of facts. Documents are visited work
// by work, so that copies and language versions count once.
type facetCounter struct {
	view   View
	filter *compiledFilter
	docs   []docEntry // by work
}

// facets counts works by the values of each fact.
func facets(v View, f *compiledFilter, people *personGroups, asked Filter, docs []docEntry) []Facet {
	c := &facetCounter{v, f, byWork(v, docs)}
	out := make([]Facet, 0, len(facetKeys))
	for _, k := range facetKeys {
		var facet Facet
		if k == KeyPerson {
			facet = c.personFacet(people, asked.Facts[k])
		} else {
			column := v.Facet(k)
			facet = facetOf(k, column.Values, c.count(column, k, nil), asked.Facts[k])
		}
		if len(facet.Values) > 0 {
			out = append(out, facet)
		}
	}
	return out
}

// count counts works by the values of a column, or by what of makes of them:
// numbers below the number of the column's values.
func (c *facetCounter) count(column FacetColumn, k corpus.Key, of func(uint32) uint32) []int {
	mask := c.filter.without(k)
	counts := make([]int, len(column.Values))
	last := make([]uint32, len(column.Values)) // the work last counted, plus one
	for _, e := range c.docs {
		if e.fails&mask != 0 || int(e.doc) >= len(column.Of) {
			continue
		}
		work := c.view.Work(e.doc) + 1
		for _, value := range column.Of[e.doc] {
			if of != nil {
				value = of(value)
			}
			if last[value] != work {
				last[value] = work
				counts[value]++
			}
		}
	}
	return counts
}

func facetOf(k corpus.Key, values []string, counts []int, on []string) Facet {
	f := Facet{Key: k}
	for i, n := range counts {
		if isOn := slices.Contains(on, values[i]); n > 0 || isOn {
			f.Values = append(f.Values, FacetValue{Value: values[i], Works: n, On: isOn})
		}
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		if k == KeyYear {
			return cmp.Compare(a.Value, b.Value)
		}
		return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Value, b.Value))
	})
	if slices.Contains(foundKeys, k) {
		f.cut()
	}
	return f
}

// cut leaves the most frequent values, and those that are on.
func (f *Facet) cut() {
	if len(f.Values) <= foundValues {
		return
	}
	kept := f.Values[:foundValues:foundValues]
	for _, v := range f.Values[foundValues:] {
		if v.On {
			kept = append(kept, v)
		} else {
			f.Left++
		}
	}
	f.Values = kept
}

// speech counts works by the voices and by the sections of their passages.
func (a *answer) speech() []Facet {
	var voices, sections markCounter
	for docs := range worksIn(a.view, a.docs) {
		var v, s uint64
		for _, e := range docs {
			for _, p := range a.found.passages[e.from:e.to] {
				section, voice := a.view.SpeechOf(p.para)
				s |= sections.bit(string(section))
				v |= voices.bit(string(voice))
			}
		}
		voices.count(v)
		sections.count(s)
	}
	asked := a.req.Filter
	var out []Facet
	for _, f := range []Facet{
		voices.facet(keyVoice, func(s string) bool { return slices.Contains(asked.Voices, corpus.Voice(s)) }),
		sections.facet(keySection, func(s string) bool { return slices.Contains(asked.Sections, corpus.SectionKind(s)) }),
	} {
		if len(f.Values) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// markCounter counts works by what their passages are marked with: a set of
// bits a work, for there are some twenty marks and may be many passages.
type markCounter struct {
	values []string
	works  [64]int // by value
}

// bit returns the bit of a value; none for "", or of more than 64 values.
func (c *markCounter) bit(value string) uint64 {
	if value == "" {
		return 0
	}
	i := slices.Index(c.values, value)
	if i < 0 {
		i = len(c.values)
		c.values = append(c.values, value)
	}
	return 1 << i
}

// count counts a work with a set of values.
func (c *markCounter) count(set uint64) {
	for ; set != 0; set &= set - 1 {
		c.works[bits.TrailingZeros64(set)]++
	}
}

func (c *markCounter) facet(k corpus.Key, on func(string) bool) Facet {
	f := Facet{Key: k}
	for i, v := range c.values[:min(len(c.values), len(c.works))] {
		f.Values = append(f.Values, FacetValue{Value: v, Works: c.works[i], On: on(v)})
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Value, b.Value))
	})
	return f
}
