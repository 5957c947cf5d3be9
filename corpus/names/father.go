package names

import "dalel/corpus/lang"

// Father is the father's name that a patronymic has: what tells namesakes apart.
type Father struct {
	Text     string // the patronymic, in the nominative as far as its ending tells
	Initial  bool   // only the first letter is known
	readings []string
	given    int
}

// FatherIn returns the father's name in the words of a name as they stand in a
// text, in any case form: Серікұлының, Сериковича, Серік ұлы. Of a surname with
// two initials the second is the first letter of the father's name.
func FatherIn(n Name) (f Father, ok bool) {
	words, initials := 0, 0
	for i := range n.Parts {
		p := &n.Parts[i]
		switch p.Kind {
		case Initial:
			initials++
			if initials == 2 {
				f, ok = Father{Text: p.Text, Initial: true, readings: p.readings}, true
			}
			continue
		case Patronymic:
			return Father{Text: p.Text, readings: p.root, given: p.father}, len(p.root) > 0
		case Word, Particle:
			words++
		}
		if name, root := fatherReadings(p.Form); words > 1 && root != nil {
			if name == p.Form {
				name = p.Text // keeps ё, which the fold does not
			}
			return Father{Text: capitalised(name), readings: root, given: givenGroup(root)}, true
		}
	}
	return f, ok && words == 1
}

// fatherReadings returns the nominative of a patronymic in a case form, and the
// readings of its root; nil if a word is none.
func fatherReadings(form string) (name string, root []string) {
	var list bases
	list.of(lang.Fold(form))
	for i := range list.n {
		for _, f := range [...]string{list.text[i], patronymicOf(list.text[i])} {
			if root, ok := patronymicRoot(f); ok && looksPatronymic(f) {
				return f, readingsOf(root)
			}
		}
	}
	return "", nil
}

// Same reports whether two patronymics may be of one father's name: Серікұлы
// and Серикович; an initial and what begins with it.
func (f Father) Same(o Father) bool {
	if f.Initial || o.Initial {
		for _, a := range f.readings {
			for _, b := range o.readings {
				if a != "" && b != "" && beginAlike(a, b) {
					return true
				}
			}
		}
		return false
	}
	return f.given > 0 && f.given == o.given || bestLikeness(f.readings, o.readings) >= fatherAlikeFrom
}
