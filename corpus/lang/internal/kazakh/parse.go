package kazakh

import "strings"

// maxRunes bounds the words that are analysed; longer ones are not words.
const maxRunes = 40

// maxEndings bounds a chain.
const maxEndings = 7

// maxCandidates bounds the readings of one word.
const maxCandidates = 64

// kind is what a reading takes a word for.
type kind uint8

const (
	kindBare    kind = iota // no ending
	kindNoun                // nominal endings
	kindVerb                // verbal endings
	kindNominal             // verbal endings, then nominal ones
)

// repair is what was done to the letters of a stem.
type repair uint8

const (
	repairNone   repair = iota
	repairVoice         // б, ғ, г at the end, as п, қ, к
	repairY             // я, ю as й + а, у
	repairHigh          // и as ы + й; ы or і lost before у
	repairLabial        // тауып: у as п
	repairElided        // орны: орын
	repairSoft          // моделі: модель
	repairKnown         // a listed form
)

// Reading is one reading of a word.
type Reading struct {
	Stem  string // as it is compared: see canonical
	kind  kind
	fixed repair
	chain [maxEndings]uint8 // rows of endings
	n     int
	runes int  // of the stem as written
	tail  int  // runes of the endings
	front bool // harmony of the endings
}

// parser collects the readings of one word.
type parser struct {
	word  []rune // letters, of the word or of a repaired spelling of it
	split int
	fixed repair
	out   []Reading
	chain [maxEndings]uint8
	verb  bool
	front bool
}

// Parse returns the readings of a word, the bare one first.
func Parse(form string) []Reading {
	word := []rune(form)
	p := parser{out: make([]Reading, 0, 24)}
	p.out = append(p.out, bare(word))
	if len(word) > maxRunes {
		return p.out
	}
	hasVowel := false
	for i := range word {
		if i >= 2 && hasVowel {
			p.at(word, i, repairNone, true)
		}
		if i >= 1 {
			p.repaired(word, i)
		}
		hasVowel = hasVowel || isVowel(word[i])
	}
	return p.out
}

func bare(word []rune) Reading {
	stem, fixed := canonical(word)
	return Reading{Stem: stem, kind: kindBare, fixed: fixed, runes: len(word)}
}

// repaired tries the splits at i where the stem is not written as it sounds.
func (p *parser) repaired(word []rune, i int) {
	switch word[i] {
	case 'я':
		p.at(spliced(word, i, 'й', 'а'), i+1, repairY, false)
	case 'ю':
		p.at(spliced(word, i, 'й', 'у'), i+1, repairY, false)
	case 'и':
		p.at(spliced(word, i, 'ы', 'й'), i+1, repairHigh, false)
		p.at(spliced(word, i, 'і', 'й'), i+1, repairHigh, false)
	case 'у':
		if i >= 2 && !isVowel(word[i-1]) {
			p.at(spliced(word, i, 'ы', 'у'), i+1, repairHigh, false)
			p.at(spliced(word, i, 'і', 'у'), i+1, repairHigh, false)
		}
	}
}

// spliced is the word with the letter at i written as two.
func spliced(word []rune, i int, a, b rune) []rune {
	out := make([]rune, 0, len(word)+1)
	out = append(out, word[:i]...)
	out = append(out, a, b)
	return append(out, word[i+1:]...)
}

// at tries all chains behind the stem word[:i].
func (p *parser) at(word []rune, i int, fixed repair, nouns bool) {
	if fixed != repairNone && !strings.ContainsFunc(string(word[:i]), isVowel) {
		return
	}
	p.word, p.split, p.fixed = word, i, fixed
	back, front := harmonies(word[:i])
	for _, h := range []bool{false, true} {
		if h && !front || !h && !back {
			continue
		}
		p.front = h
		if nouns {
			p.verb = false
			p.follow(nounStarts, 0, i, false)
		}
		p.verb = true
		p.follow(verbStarts, 0, i, false)
	}
}

// follow extends the chain by each ending of next that stands at pos.
func (p *parser) follow(next byLetter, n, pos int, again bool) {
	if n == maxEndings {
		return
	}
	prev := sound(p.word[:pos])
	for _, k := range next[p.word[pos]] {
		e := &endings[k]
		if again && e.to == attributed {
			continue
		}
		end := match(e.spelling, p.word, pos, prev, p.front)
		if end < 0 {
			continue
		}
		p.chain[n] = k
		if end == len(p.word) {
			p.add(n + 1)
			continue
		}
		p.follow(following[k], n+1, end, again || e.to == attributed)
	}
}

// add notes the present chain of n endings as a reading.
func (p *parser) add(n int) {
	if len(p.out) >= maxCandidates {
		return
	}
	stem := p.word[:p.split]
	c := Reading{kind: p.kindOf(n), fixed: p.fixed, chain: p.chain, n: n, front: p.front}
	c.runes, c.tail = len(stem), len(p.word)-len(stem)
	clear(c.chain[n:])
	var fixed repair
	c.Stem, fixed = canonical(stem)
	if c.fixed == repairNone {
		c.fixed = fixed
	}
	p.out = append(p.out, c)
	p.addAltered(c, stem)
}

// addAltered adds readings whose stem has lost or changed a letter inside.
func (p *parser) addAltered(c Reading, stem []rune) {
	first := endings[c.chain[0]]
	if c.kind == kindNoun {
		if full, ok := elided(c.Stem); ok && isFullVowel(p.word[p.split]) {
			c.Stem, c.fixed = full, repairElided
			p.out = append(p.out, c)
		}
		return
	}
	if last := len(stem) - 1; last >= 2 && stem[last] == 'у' && isFullVowel(stem[last-1]) && (first.name == "cvb" || first.name == "cvbp") {
		c.Stem, c.fixed = string(stem[:last])+"п", repairLabial
		p.out = append(p.out, c)
	}
}

// kindOf returns what a chain of n endings makes of the word.
func (p *parser) kindOf(n int) kind {
	if !p.verb {
		return kindNoun
	}
	for _, k := range p.chain[:n-1] {
		if endings[k].to == participle {
			return kindNominal
		}
	}
	return kindVerb
}

// sound returns the letter that decides what stands behind a stem.
func sound(stem []rune) rune {
	last := len(stem) - 1
	if last > 0 && (stem[last] == 'ь' || stem[last] == 'ъ') {
		last--
	}
	return stem[last]
}

// harmonies reports which vowels the endings of a stem may have. Loans and
// stems without a decisive vowel take either.
func harmonies(stem []rune) (back, front bool) {
	last := len(stem) - 1
	if isLoan(stem) || isGlide(stem[last]) || last > 0 && isGlide(stem[last-1]) {
		return true, true
	}
	for i := last; i >= 0; i-- {
		switch stem[i] {
		case 'а', 'о', 'ұ', 'ы', 'я', 'ё':
			return true, false
		case 'ә', 'ө', 'ү', 'і', 'е', 'э':
			return false, true
		}
	}
	return true, true
}

// loanEnds are ends of loans after which either harmony is written.
var loanEnds = []string{"изм", "ист", "ик", "ий", "ин", "ент", "ер", "ель", "ие", "ат", "ет", "ор", "ал"}

func isLoan(stem []rune) bool {
	for _, r := range stem {
		switch r {
		case 'в', 'ф', 'ц', 'щ', 'ъ', 'ь', 'э', 'ё', 'ч', 'ю', 'я':
			return true
		}
	}
	s := string(stem)
	if len(stem) < 5 {
		return false
	}
	for _, e := range loanEnds[:5] {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// Canonical is a lemma as stems are compared.
func Canonical(lemma string) string {
	stem, _ := canonical([]rune(lemma))
	if full, ok := elided(stem); ok {
		return full
	}
	return stem
}

// canonical is a stem as it is compared: without the soft sign, and with the
// voiceless consonant that б, ғ, г at its end stand for before a vowel.
func canonical(stem []rune) (string, repair) {
	last := len(stem) - 1
	if last < 2 {
		switch {
		case last == 1 && (stem[1] == 'ғ' || stem[1] == 'г' || stem[1] == 'б'): // ағады: ақ
			return string(stem[:1]) + string(voiceless(stem[1])), repairVoice
		}
		return string(stem), repairNone
	}
	switch stem[last] {
	case 'б', 'ғ', 'г':
		return string(stem[:last]) + string(voiceless(stem[last])), repairVoice
	case 'ь':
		return string(stem[:last]), repairSoft
	}
	return string(stem), repairNone
}

func voiceless(r rune) rune {
	switch r {
	case 'б':
		return 'п'
	case 'ғ':
		return 'қ'
	}
	return 'к'
}

// Verbal reports whether the word is read as a form of a verb, and Bare
// whether it is read as a stem alone.
func (c *Reading) Verbal() bool { return c.kind == kindVerb || c.kind == kindNominal }

// Bare reports whether the word is read as a stem alone.
func (c *Reading) Bare() bool { return c.kind == kindBare }

// Tail returns a number for the chain of endings.
func (c *Reading) Tail() [maxEndings]uint8 { return c.chain }
