package search

import (
	"unicode/utf8"

	"dalel/search/query"
)

// maxFuzzy is the longest word, in letters, that is looked for by distance.
const maxFuzzy = 63

// fuzzyForms lists the forms of a library within a spelling distance of a
// word, in byte order, and whether the list was cut at maxForms. A word longer
// than maxFuzzy is looked for as it stands.
//
// It goes through the forms as through a tree: what begins like the form before
// is not read again, and what begins too far from the word is passed over as a
// whole.
func fuzzyForms(l Lexicon, word string, distance int, stop func() error) (forms []FormID, cut bool, err error) {
	if utf8.RuneCountInString(word) > maxFuzzy {
		if at := l.place(word); at < len(l.Order) && l.form(at) == word {
			forms = append(forms, l.Order[at])
		}
		return forms, false, nil
	}
	a := newAutomaton(word, distance)
	path := []step{{state: a.start()}}
	seen := 0
	for at := 0; at < len(l.Order); {
		if seen++; seen%checkEvery == 0 && stop() != nil {
			return nil, false, stop()
		}
		form := l.form(at)
		for path[len(path)-1].end > int(l.shared[at]) {
			path = path[:len(path)-1]
		}
		var dead int
		if path, dead = a.read(path, form); dead > 0 {
			at = l.pass(at, dead)
			continue
		}
		if a.accepts(path[len(path)-1].state) {
			if len(forms) == maxForms {
				return forms, true, nil
			}
			forms = append(forms, l.Order[at])
		}
		at++
	}
	return forms, false, nil
}

// step is what an automaton has come to after the first end bytes of a form.
type step struct {
	end   int
	state state
}

// state has a bit for each letter count i of the word, and for each number of
// errors: the letters read so far may be the first i letters of the word with
// so many errors.
type state [query.MaxDistance + 1]uint64

// automaton reads a form letter by letter and knows how far it is from a word:
// the insertions, deletions and substitutions of Levenshtein (1965), in the
// bit-parallel form of Wu and Manber, Fast text searching allowing errors (1992).
type automaton struct {
	letters []rune   // different ones of the word
	places  []uint64 // of each letter: bit i if it is letter i of the word
	last    uint64   // the bit of the whole word
	errors  int
}

// newAutomaton makes the automaton of a word of at most maxFuzzy letters.
func newAutomaton(word string, distance int) *automaton {
	a := &automaton{last: 1 << utf8.RuneCountInString(word), errors: min(distance, query.MaxDistance)}
	i := 0
	for _, r := range word {
		k := a.index(r)
		if k < 0 {
			k = len(a.letters)
			a.letters, a.places = append(a.letters, r), append(a.places, 0)
		}
		a.places[k] |= 1 << i
		i++
	}
	return a
}

func (a *automaton) index(r rune) int {
	for i, l := range a.letters {
		if l == r {
			return i
		}
	}
	return -1
}

func (a *automaton) start() (s state) {
	for e := range s[:a.errors+1] {
		s[e] = (1<<(e+1) - 1) & (a.last<<1 - 1) // so many letters of the word are left out
	}
	return s
}

// read goes on from the path's end through the rest of a form. If nothing that
// begins so can be near, dead is the number of bytes that show it.
func (a *automaton) read(path []step, form string) (grown []step, dead int) {
	at := path[len(path)-1]
	for at.end < len(form) {
		r, size := utf8.DecodeRuneInString(form[at.end:])
		at.end += size
		if at.state = a.next(at.state, r); at.state[a.errors] == 0 {
			return path, at.end
		}
		path = append(path, at)
	}
	return path, 0
}

// next reads a letter.
func (a *automaton) next(s state, r rune) (n state) {
	var places uint64
	if k := a.index(r); k >= 0 {
		places = a.places[k]
	}
	n[0] = s[0] & places << 1
	for e := 1; e <= a.errors; e++ {
		n[e] = (s[e]&places)<<1 | s[e-1]<<1 | s[e-1] | n[e-1]<<1
		n[e] &= a.last<<1 - 1
	}
	return n
}

func (a *automaton) accepts(s state) bool { return s[a.errors]&a.last != 0 }
