package names

import "dalel/corpus/lang"

// Father is the father's name that a patronymic has: what tells namesakes apart.
type Father struct {
	Text     string // the patronymic as written, in the case it stands in
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
		if root := fatherReadings(p.Form); words > 1 && root != nil {
			return Father{Text: p.Text, readings: root, given: givenGroup(root)}, true
		}
	}
	return f, ok && words == 1
}

// fatherReadings are the readings of the root of a patronymic in a case form;
// nil if a word is none.
func fatherReadings(form string) []string {
	var list bases
	list.of(lang.Fold(form))
	for i := range list.n {
		for _, f := range [...]string{list.text[i], patronymicOf(list.text[i])} {
			if root, ok := patronymicRoot(f); ok && looksPatronymic(f) {
				return readingsOf(root)
			}
		}
	}
	return nil
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
