package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// PersonValue is a value of KeyPerson: the label of a group of names, and a
// name as it is written.
func PersonValue(group, name string) string { return group + "\t" + name }

// PersonOf takes a value of KeyPerson apart.
func PersonOf(value string) (group, name string) {
	group, name, _ = strings.Cut(value, "\t")
	return group, name
}

// personGroups numbers the groups that the values of KeyPerson belong to. It is
// made when a facet first asks, and made anew when values have come since.
type personGroups struct {
	mu     sync.Mutex
	first  *string // of the values that were gone through last
	of     []uint32
	labels []string
}

// over returns the number of the group of each value, and the labels of groups.
func (g *personGroups) over(values []string) (of []uint32, labels []string) {
	if len(values) == 0 {
		return nil, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first == &values[0] && len(g.of) == len(values) {
		return g.of, g.labels
	}
	g.first, g.of, g.labels = &values[0], make([]uint32, len(values)), nil
	numbers := map[string]uint32{}
	for i, v := range values {
		label, _ := PersonOf(v)
		no, ok := numbers[label]
		if !ok {
			no = uint32(len(g.labels))
			numbers[label] = no
			g.labels = append(g.labels, label)
		}
		g.of[i] = no
	}
	return g.of, g.labels
}

// maxNames is how many ways of writing a person's name a facet gives: enough
// for one in each script.
const maxNames = 8

// personFacet counts works by person. A value is the label of a group; the
// names that documents write come with it, most frequent first.
func (f *facetCounter) personFacet(groups *personGroups, on []string) Facet {
	column := f.view.Facet(KeyPerson)
	of, labels := groups.over(column.Values)
	whole := FacetColumn{Values: labels, Of: column.Of}
	facet := facetOf(KeyPerson, labels, f.count(whole, KeyPerson, func(i uint32) uint32 { return of[i] }), on)
	at := make(map[string]int, len(facet.Values))
	for i := range facet.Values {
		at[facet.Values[i].Value] = i
	}
	type written struct {
		name  string
		works int
	}
	names := make([][]written, len(facet.Values))
	for value, n := range f.count(column, KeyPerson, nil) {
		if label, name := PersonOf(column.Values[value]); n > 0 {
			if i, ok := at[label]; ok {
				names[i] = append(names[i], written{name, n})
			}
		}
	}
	for i, list := range names {
		slices.SortFunc(list, func(a, b written) int { return cmp.Or(cmp.Compare(b.works, a.works), cmp.Compare(a.name, b.name)) })
		for _, w := range list[:min(len(list), maxNames)] {
			facet.Values[i].Names = append(facet.Values[i].Names, w.name)
		}
	}
	return facet
}
