package names

import "slices"

// sameGroup is the score of Mention from which a name of a text is counted with
// those of a group. It is higher than Same: lists of persons are to be right
// before they are complete.
const sameGroup = 0.88

// Groups puts names together that are spellings and case forms of one name, so
// that a person is counted once. Persons of one name are in one group, whatever
// their patronymics: which of them is meant, a text says seldom. A Groups is
// not safe for concurrent use.
type Groups struct {
	groups []group
	byKey  map[string][]int
	byName map[string]int
}

type group struct {
	label    string
	words    int
	expander *Expander
}

// NewGroups makes groups of the labels that Of gave before, in that order.
func NewGroups(labels []string) *Groups {
	g := &Groups{byKey: map[string][]int{}, byName: map[string]int{}}
	for _, l := range labels {
		g.add(l)
	}
	return g
}

func (g *Groups) add(label string) {
	if _, known := g.byName[label]; known {
		return
	}
	no := len(g.groups)
	g.byName[label] = no
	n := Parse(label)
	words, _ := partsOf(n)
	g.groups = append(g.groups, group{label, words, NewExpander(label)})
	for _, k := range wordKeys(n) {
		g.byKey[k] = append(g.byKey[k], no)
	}
}

// wordKeys returns the keys of the words of a name.
func wordKeys(n Name) []string {
	var keys []string
	for i := range n.Parts {
		if n.Parts[i].Kind == Word {
			keys = append(keys, Keys(n.Parts[i].Form)...)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Of returns the label of the group that a name belongs to: the best of those
// that it agrees with, or a new one, called by the name itself. A surname with
// initials belongs to the one group of those in its document (here) that it
// agrees with; else it is a group of its own, for nobody knows what the initial
// stands for. A name without two parts belongs to none: "".
func (g *Groups) Of(n Name, here []string) string {
	words, forms := partsOf(n)
	switch {
	case words == 0 || len(forms) < 2:
		return ""
	case words == 1:
		if label, ok := g.oneOf(here, forms); ok {
			return label
		}
	}
	label := n.Nominative()
	if _, ok := g.byName[label]; ok {
		return label
	}
	if words > 1 {
		if no, ok := g.best(n, forms); ok {
			return g.groups[no].label
		}
	}
	g.add(label)
	return label
}

// partsOf counts the words of a name and lists its parts but for patronymics.
func partsOf(n Name) (words int, forms []string) {
	for i := range n.Parts {
		switch n.Parts[i].Kind {
		case Word:
			words++
			forms = append(forms, n.Parts[i].Form)
		case Initial, Particle:
			forms = append(forms, n.Parts[i].Form)
		case Patronymic:
		}
	}
	return words, forms
}

// oneOf returns the only label of a list that the parts of a name agree with.
func (g *Groups) oneOf(labels, forms []string) (string, bool) {
	found := ""
	for _, l := range labels {
		no, ok := g.byName[l]
		if !ok || g.groups[no].words < 2 {
			continue
		}
		if s, _ := g.groups[no].expander.Mention(forms); s < Same {
			continue
		}
		if found != "" && found != l {
			return "", false
		}
		found = l
	}
	return found, found != ""
}

// best returns the group that a name agrees with best, if any does.
func (g *Groups) best(n Name, forms []string) (no int, ok bool) {
	best := sameGroup
	seen := map[int]bool{}
	for _, k := range wordKeys(n) {
		for _, i := range g.byKey[k] {
			if seen[i] || g.groups[i].words < 2 {
				continue
			}
			seen[i] = true
			s, _ := g.groups[i].expander.Mention(forms)
			if s > best || s == best && (!ok || i < no) {
				best, no, ok = s, i, true
			}
		}
	}
	return no, ok
}
