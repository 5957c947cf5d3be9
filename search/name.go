package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"dalel/corpus/names"
)

// nameSpan is how far apart the parts of a name may stand, in words (DESIGN section 6).
const nameSpan = 3

// weakSpelling is the score from which a word may be a part of a name whose
// other parts are certain; the name as a whole decides then (names.Same).
const weakSpelling = 0.5

// In a row of a list that is a name and nothing else, one word in common is
// shown too when nothing better is found: a person who has changed the surname
// is there under the other words. maxRow is the most tokens of such a row.
const (
	distantRow = 0.2
	maxRow     = 5
)

// nameOp is a person's name in any spelling, order and case form. Its places
// are runs of words that agree with it.
type nameOp struct {
	expander   *names.Expander
	asked      string // the name
	surnames   uint   // words that are no given names, else patronymics, as bits; 0 if all may be
	parts      uint   // to be met, as bits: words and initials
	must       int    // how many of them at least
	distant    bool   // rows of lists that have one word in common are looked for
	alone      bool   // one word was asked for
	patronymic bool   // one was asked for beside the words
	forms      map[FormID]nameForm
	seeds      [seedSize]uint64 // bits of the numbers of forms: most words are told to be none without a look at the map
	off        map[string]bool  // forms that are not wanted
	need       need

	near   map[FormID]uint    // parts that a form may be beside a certain one
	scores map[string]float64 // of runs of words, by their form numbers
	best   float64            // of the last find
	full   bool               // the last find saw the patronymic that was asked for, or its initial
	used   []FormID           // spellings that the last find saw

	sets    map[string]uint32 // numbers of sets of spellings
	spelled [][]FormID        // the sets
	found   []nameHit         // what was kept, by paragraph
}

const seedSize = 256

// nameForm is a form of the vocabulary that may be a part of the name.
type nameForm struct {
	strong, weak uint    // parts, as bits
	score        float64 // the best of them
	part         int     // the one it is best for
	why          string
	common       bool // more often a common word than a name
}

// nameHit is a paragraph that has the name.
type nameHit struct {
	para  ParaNo
	set   uint32  // of spellings
	score float32 // how well the name agrees, 0 to 1
	full  bool    // with the patronymic, if one was asked for
}

func (n *nameOp) candidates() need { return n.need }

func (n *nameOp) why(s *stream, i int) Why {
	if s.tokens[i].Cap && !isCompound(s, i) {
		return WhyName
	}
	return ""
}

func (n *nameOp) typed(*stream, int) bool { return false }

// find appends the places of the name.
func (n *nameOp) find(s *stream, dst []place) []place {
	n.best, n.used, n.full = 0, n.used[:0], !n.patronymic
	if n.distant {
		return n.row(s, dst)
	}
	for i := 0; i < len(s.tokens); i++ {
		t := &s.tokens[i]
		if !t.Cap || n.seeds[t.Exact%seedSize]>>(t.Exact/seedSize%64)&1 == 0 {
			continue
		}
		f := n.forms[t.Exact]
		if f.strong == 0 || isCompound(s, i) {
			continue
		}
		p, score, ok := n.at(s, i, &f)
		if !ok {
			continue
		}
		n.best = max(n.best, score)
		dst = append(dst, p)
		i = max(i, p.tokens[1])
	}
	return dst
}

// at reports whether the name stands at token i, one of its certain words.
func (n *nameOp) at(s *stream, i int, f *nameForm) (p place, score float64, ok bool) {
	if n.alone {
		if f.common && f.score < 1 {
			return place{}, 0, false
		}
		n.use(s.tokens[i].Exact)
		return placeOf(s, i, i), f.score, true
	}
	for part := range len(n.expander.Parts()) {
		if f.strong>>part&1 == 0 {
			continue
		}
		if p, score, ok = n.around(s, i, part); ok {
			return p, score, true
		}
	}
	return place{}, 0, false
}

// row finds a row of a list that is a name with a word in common. It is looked
// for when nothing better is found.
func (n *nameOp) row(s *stream, dst []place) []place {
	if !isRow(s) {
		return dst
	}
	known := false
	for i := range s.tokens {
		form := s.form(i)
		if names.IsTitle(form) || isCommon(s.view.Uses(s.tokens[i].Exact)) {
			return dst
		}
		known = known || n.forms[s.tokens[i].Exact].strong != 0
	}
	last := len(s.tokens) - 1
	score := n.score(s, 0, last)
	if !known || score < distantRow {
		return dst
	}
	n.best = score
	n.note(s, 0, last)
	return append(dst, placeOf(s, 0, last))
}

// isRow reports whether a paragraph is a few capitalised words and no more.
func isRow(s *stream) bool {
	return len(s.tokens) <= maxRow && !slices.ContainsFunc(s.tokens, func(t Token) bool { return !t.Cap })
}

// around looks for the other parts of the name near token i, which is one part.
func (n *nameOp) around(s *stream, i, part int) (place, float64, bool) {
	first, last := i, i
	met, whole := uint(1)<<part, uint(1)<<part // whole: by a word, not by an initial
	for step := 1; step < len(s.tokens); step++ {
		near := false
		for _, j := range [2]int{i + step, i - step} { // of two equally near, the one behind
			if j < 0 || j >= len(s.tokens) || !together(s, j, first, last) {
				continue
			}
			near = true
			if isLetter(s, j) && !beside(s, j, first, last) {
				continue // D. whereas Mr Konyrtauov: the letter of a recital
			}
			if bit := n.partAt(s, j) &^ met; bit != 0 {
				bit &= -bit
				met |= bit
				if !isLetter(s, j) {
					whole |= bit
				}
				first, last = min(first, j), max(last, j)
			}
		}
		if !near {
			break
		}
	}
	if !n.enough(met, whole) {
		return place{}, 0, false
	}
	first, last = n.widen(s, first, last)
	score := n.score(s, first, last)
	if score < names.Same {
		return place{}, 0, false
	}
	n.note(s, first, last)
	return placeOf(s, first, last), score, true
}

// enough reports whether the parts that were met can be the name: as many as
// must be, a surname among them in full. "В. Иван" is nobody of the name of
// Иван Варламов.
func (n *nameOp) enough(met, whole uint) bool {
	return (n.surnames == 0 || whole&n.surnames != 0) && bits.OnesCount(met&n.parts) >= n.must
}

// isLetter reports whether token i is an initial.
func isLetter(s *stream, i int) bool {
	return s.tokens[i].Initial || isRow(s) && isOneLetter(s.form(i))
}

func isOneLetter(form string) bool { return utf8.RuneCountInString(form) == 1 }

// note remembers the spellings of a place, and whether it has a patronymic.
// One that is another's has been refused by then.
func (n *nameOp) note(s *stream, first, last int) {
	words := 0
	for j := first; j <= last; j++ {
		if !s.tokens[j].Cap || isCompound(s, j) {
			continue
		}
		words++
		if _, ok := n.forms[s.tokens[j].Exact]; ok {
			n.use(s.tokens[j].Exact)
		}
		n.full = n.full || names.IsPatronymic(s.form(j))
	}
	n.full = n.full || words > bits.OnesCount(n.parts) // an initial beside them
}

// beside reports whether token j stands right before or behind a run of tokens.
func beside(s *stream, j, first, last int) bool {
	pos := s.tokens[j].Pos
	return pos == s.tokens[last].Pos+1 || pos+1 == s.tokens[first].Pos
}

// together reports whether token j stands near enough to a run of tokens.
func together(s *stream, j, first, last int) bool {
	t := &s.tokens[j]
	if t.Sentence != s.tokens[first].Sentence {
		return false
	}
	if j > last {
		return t.Pos-s.tokens[last].Pos <= nameSpan
	}
	return j >= first || s.tokens[first].Pos-t.Pos <= nameSpan
}

// partAt returns the parts that token j may be beside a certain one, as bits:
// with a form that shares no key too, for the name as a whole decides.
func (n *nameOp) partAt(s *stream, j int) uint {
	t := &s.tokens[j]
	if !t.Cap || isCompound(s, j) {
		return 0
	}
	parts, ok := n.near[t.Exact]
	if !ok {
		parts = n.forms[t.Exact].weak | n.mayBe(s.form(j))
		n.near[t.Exact] = parts
	}
	if parts != 0 && !t.Initial && isOneLetter(s.form(j)) && !isLetter(s, j) {
		return 0 // В, И, A at the beginning of a sentence are words
	}
	return parts
}

// mayBe returns the parts that a form may be: a weak spelling, or an initial.
func (n *nameOp) mayBe(form string) (parts uint) {
	if n.off[form] {
		return 0
	}
	for i, score := range n.expander.Scores(form) {
		least := weakSpelling
		if isOneLetter(form) || n.expander.Parts()[i].Kind == names.Initial {
			least = names.Enough
		}
		if score >= least {
			parts |= 1 << i
		}
	}
	return parts
}

// widen takes in the words that stand right beside a run and belong to a name:
// an initial or a patronymic, which may be another one's.
func (n *nameOp) widen(s *stream, first, last int) (int, int) {
	belongs := func(j, beside int) bool {
		if j < 0 || j >= len(s.tokens) || !s.tokens[j].Cap || isCompound(s, j) || s.tokens[j].Sentence != s.tokens[beside].Sentence {
			return false
		}
		return isLetter(s, j) || names.IsPatronymic(s.form(j))
	}
	for last+1 < len(s.tokens) && s.tokens[last+1].Pos == s.tokens[last].Pos+1 && belongs(last+1, last) {
		last++
	}
	for first > 0 && s.tokens[first-1].Pos+1 == s.tokens[first].Pos && belongs(first-1, first) {
		first--
	}
	return first, last
}

// score says how well the capitalised words of a run agree with the name.
func (n *nameOp) score(s *stream, first, last int) float64 {
	var key []byte
	var forms []string
	for j := first; j <= last; j++ {
		if !s.tokens[j].Cap || isCompound(s, j) {
			continue
		}
		id := s.tokens[j].Exact
		key = append(key, byte(id), byte(id>>8), byte(id>>16), byte(id>>24))
		forms = append(forms, s.form(j))
	}
	score, ok := n.scores[string(key)]
	if !ok {
		score, _ = n.expander.Mention(forms)
		n.scores[string(key)] = score
	}
	return score
}

func (n *nameOp) use(f FormID) {
	if !slices.Contains(n.used, f) {
		n.used = append(n.used, f)
	}
}

// keep remembers what the last find saw in a paragraph.
func (n *nameOp) keep(p ParaNo) {
	slices.Sort(n.used)
	var key []byte
	for _, f := range n.used {
		key = append(key, byte(f), byte(f>>8), byte(f>>16), byte(f>>24))
	}
	set, ok := n.sets[string(key)]
	if !ok {
		set = uint32(len(n.spelled))
		n.sets[string(key)] = set
		n.spelled = append(n.spelled, slices.Clone(n.used))
	}
	n.found = append(n.found, nameHit{p, set, float32(n.best), n.full})
}

// likeness returns how well the name agrees in a paragraph that has it.
func (n *nameOp) likeness(p ParaNo) float32 {
	i, ok := slices.BinarySearchFunc(n.found, p, func(h nameHit, p ParaNo) int { return int(h.para) - int(p) })
	if !ok {
		return 0
	}
	return n.found[i].score
}

// isCompound reports whether token i is the whole of a compound: its parts
// follow at the same position.
func isCompound(s *stream, i int) bool {
	return i+1 < len(s.tokens) && s.tokens[i+1].Pos == s.tokens[i].Pos && strings.Contains(s.form(i), "-")
}

func placeOf(s *stream, first, last int) place {
	return place{s.tokens[first].Pos, s.tokens[last].Pos, s.tokens[first].Sentence, [2]int{first, last}}
}
