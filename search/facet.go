package search

import (
	"cmp"
	"slices"

	"dalel/corpus"
)

// facetKeys are the facts that are counted, in the order they are shown.
var facetKeys = []corpus.Key{
	KeyYear, corpus.KeyKind, corpus.KeyBody, corpus.KeyCourt, corpus.KeyCountry, corpus.KeyLang,
	corpus.KeyStatus, corpus.KeyCategory, corpus.KeyFolder, corpus.KeyTag,
}

// facets counts works by the values of each fact. Documents are visited work
// by work, so that copies and language versions count once.
func facets(v View, f *compiledFilter, asked Filter, docs []docEntry) []Facet {
	byWork := slices.Clone(docs)
	slices.SortStableFunc(byWork, func(a, b docEntry) int { return cmp.Compare(v.Work(a.doc), v.Work(b.doc)) })
	out := make([]Facet, 0, len(facetKeys))
	for _, k := range facetKeys {
		column := v.Facet(k)
		counts := countWorks(v, column, f.without(k), byWork)
		if facet := facetOf(k, column.Values, counts, asked.Facts[k]); len(facet.Values) > 0 {
			out = append(out, facet)
		}
	}
	return out
}

func countWorks(v View, column FacetColumn, mask uint32, byWork []docEntry) []int {
	counts := make([]int, len(column.Values))
	last := make([]uint32, len(column.Values)) // the work last counted, plus one
	for _, e := range byWork {
		if e.fails&mask != 0 || int(e.doc) >= len(column.Of) {
			continue
		}
		work := v.Work(e.doc) + 1
		for _, value := range column.Of[e.doc] {
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
			f.Values = append(f.Values, FacetValue{values[i], n, isOn})
		}
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		if k == KeyYear {
			return cmp.Compare(a.Value, b.Value)
		}
		return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Value, b.Value))
	})
	return f
}

// voiceFacet counts works by the voices of their passages.
func voiceFacet(v View, asked []corpus.Voice, docs []docEntry, passages []passage) Facet {
	type seen struct {
		voice corpus.Voice
		work  uint32
	}
	counts, once := map[string]int{}, map[seen]bool{}
	for _, e := range docs {
		if e.fails != 0 {
			continue
		}
		for _, p := range passages[e.from:e.to] {
			s := seen{v.Para(p.para).Voice, v.Work(e.doc)}
			if s.voice != "" && !once[s] {
				once[s] = true
				counts[string(s.voice)]++
			}
		}
	}
	f := Facet{Key: keyVoice}
	for voice, n := range counts {
		f.Values = append(f.Values, FacetValue{voice, n, slices.Contains(asked, corpus.Voice(voice))})
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Works, a.Works), cmp.Compare(a.Value, b.Value))
	})
	return f
}
