package names

import (
	"cmp"
	"iter"
	"slices"

	"dalel/corpus/lang"
)

// Spelling is a word of a vocabulary that is a spelling or a case form of a
// part of a name.
type Spelling struct {
	Form  string
	Count int     // as the vocabulary has it
	Part  int     // index into Parts of the Expander
	Score float64 // of MatchToken; Enough at least
	Why   string
}

// Expander finds the spellings of a name in a vocabulary. It is not changed by
// use and may be shared.
type Expander struct {
	name     Name
	matchers []*Matcher
	keys     map[string][]int // parts that have a key
}

// NewExpander reads a name. It may stand in any case.
func NewExpander(query string) *Expander {
	e := &Expander{name: Parse(query), keys: map[string][]int{}}
	for i, p := range e.name.Parts {
		e.matchers = append(e.matchers, NewMatcher(p.Form))
		for _, k := range Keys(p.Form) {
			e.keys[k] = append(e.keys[k], i)
		}
		for _, k := range givenKeys(p.given) {
			if !slices.Contains(e.keys[k], i) {
				e.keys[k] = append(e.keys[k], i)
			}
		}
	}
	return e
}

// Parts returns the parts of the name that was asked for.
func (e *Expander) Parts() []Part { return e.name.Parts }

// Keys returns the keys of a part, those of other forms of a given name
// included. The order is fixed.
func (e *Expander) Keys(part int) []string {
	var out []string
	for k, parts := range e.keys {
		if slices.Contains(parts, part) {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// Match sets a folded form against a part, as Matcher.Match does.
func (e *Expander) Match(part int, form string) (score float64, why string) {
	return e.matchers[part].Match(form)
}

// Scores returns how well a folded form agrees with each part, as Match does.
func (e *Expander) Scores(form string) []float64 {
	scores, words := make([]float64, len(e.matchers)), wordForms(form)
	for i, m := range e.matchers {
		scores[i], _, _ = m.match(form, words)
	}
	return scores
}

// Expand goes through a vocabulary of folded forms with their counts and
// returns the spellings of each part: by part, then the best first. It reads
// every form; a Vocabulary answers the same without.
func (e *Expander) Expand(forms iter.Seq2[string, int]) []Spelling {
	var out []Spelling
	var k keyer
	for form, count := range forms {
		k.token(form)
		out = e.match(out, form, count, e.partsOf(&k))
	}
	return sorted(out)
}

// partsOf returns, as bits, the parts that share a key with a token.
func (e *Expander) partsOf(k *keyer) uint {
	var parts uint
	for i := range k.n {
		for _, p := range e.keys[string(k.key(i))] {
			parts |= 1 << p
		}
	}
	return parts
}

// match appends the spellings that a form is of the given parts.
func (e *Expander) match(out []Spelling, form string, count int, parts uint) []Spelling {
	for i, m := range e.matchers {
		if parts>>i&1 == 0 {
			continue
		}
		if s, why := m.Match(form); s >= Enough {
			out = append(out, Spelling{form, count, i, s, why})
		}
	}
	return out
}

// Mention says how well capitalised words that stand together in a text agree
// with the name, in whatever case, and why: the score of a passage for a name.
// Words that belong to no part of the name cost little, unless they are another
// patronymic or another initial.
func (e *Expander) Mention(forms []string) (score float64, why string) {
	n := Name{}
	strangers, endings := 0, 0
	for _, f := range forms {
		f = lang.Fold(f)
		best, name := 0.0, f
		words := wordForms(f)
		for _, m := range e.matchers {
			if s, _, as := m.match(f, words); s > best {
				best, name = s, as
			}
		}
		if _, ok := patronymicRoot(f); ok {
			name = f // its last vowel is no case: Серікұлы
		}
		p := newPart(f, name, false)
		switch {
		case len(p.readings) == 0 || len(n.Parts) == maxParts:
		case best >= distant || p.Kind == Initial || p.Kind == Patronymic:
			n.Parts = append(n.Parts, p)
			if name != f {
				endings++
			}
		default:
			strangers++
		}
	}
	n.settle()
	score, _, why = Score(e.name, n)
	if strangers > 0 {
		score *= costOfStrangers
	}
	for range endings {
		score *= costOfEnding
	}
	return score, why
}

// distant is the score from which a word takes part in a mention: it may be a
// bad spelling of a part whose others are certain.
const distant = 0.5

// costOfEnding is taken for each word that agrees only without a case ending.
const costOfEnding = 0.99

// costOfStrangers is taken from a passage where other capitalised words stand
// among those of the name.
const costOfStrangers = 0.97

func sorted(out []Spelling) []Spelling {
	slices.SortFunc(out, func(a, b Spelling) int {
		return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(b.Score, a.Score), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Form, b.Form))
	})
	return out
}

// Vocabulary keeps forms by key, so that a name is expanded without going
// through all of them. One goroutine may add, or many may expand.
type Vocabulary struct {
	forms  []string
	counts []int
	byForm map[string]int32
	byKey  map[string][]int32
	keyer  keyer
}

// NewVocabulary returns an empty vocabulary.
func NewVocabulary() *Vocabulary {
	return &Vocabulary{byForm: map[string]int32{}, byKey: map[string][]int32{}}
}

// Len returns the number of different forms.
func (v *Vocabulary) Len() int { return len(v.forms) }

// Add counts a form; it is folded if it was not.
func (v *Vocabulary) Add(form string, count int) {
	form = lang.Fold(form)
	if no, ok := v.byForm[form]; ok {
		v.counts[no] += count
		return
	}
	no := int32(len(v.forms))
	v.forms, v.counts = append(v.forms, form), append(v.counts, count)
	v.byForm[form] = no
	v.keyer.token(form)
	for i := range v.keyer.n {
		k := string(v.keyer.key(i))
		v.byKey[k] = append(v.byKey[k], no)
	}
}

// Expand returns what Expand of the Expander returns for all forms added.
func (v *Vocabulary) Expand(e *Expander) []Spelling {
	parts := map[int32]uint{}
	for k, of := range e.keys {
		for _, no := range v.byKey[k] {
			for _, p := range of {
				parts[no] |= 1 << p
			}
		}
	}
	var out []Spelling
	for no, bits := range parts {
		out = e.match(out, v.forms[no], v.counts[no], bits)
	}
	return sorted(out)
}
