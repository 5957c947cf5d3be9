package lang

import (
	"strings"
	"unicode/utf8"
)

// maxAtom bounds a run of letters or digits, in bytes. Longer runs are not
// words; they are cut, so that no form is longer than this or than maxSegment.
const maxAtom = 128

// maxSegment bounds a run of atoms that may become one token, in bytes.
const maxSegment = 256

// maxParts bounds the parts of a compound that has a joined form.
const maxParts = 6

// Tokens returns the words of a text in order. The rules:
//
//   - A word is letters, marks and apostrophes between letters; 's at the end
//     is left out. A number keeps its inner points: 3.1, 25.06.2016.
//   - A number and the Cyrillic letters glued to it are two words: 2016ж.
//   - A reference is one word: A/HRC/WGAD/2023/46, 12-2, 405(2), 2/3. A half
//     of it would be taken for an article.
//   - A date, a number with its year, a law's number and a numbered name are
//     compounds: 15.05.2014 (15.05, 2014), 46/2023, 2014-2016, 226-V, COVID-19.
//   - A word after a hyphen that follows a number or a reference is a word of
//     its own at the next position (405-бабы is 405, бабы), unless it is a case
//     ending, which is left out: ҚК-нің is ҚК, 7-го is 7. So "405 бабы" finds
//     405-бабы, as a phrase too.
//   - A compound gives its joined form first (Joined), then its parts at
//     successive positions from the same one on. A query takes either the
//     joined form or the parts, which stand together.
//   - Points separate: Н.А.Назарбаев is three words. The name of a host is a
//     compound: adilet.zan.kz.
//   - №, §, and note marks (²) separate and are no words.
//
// Fold of the original span of a token is its Form. A Form may share memory
// with text or with the forms of other tokens; strings.Clone what is kept long.
func Tokens(text string) []Token {
	return AppendTokens(make([]Token, 0, len(text)/10+1), text)
}

// AppendTokens appends the words of a text to dst. It allocates for the whole
// text at once, not for each word, where the words are plain.
func AppendTokens(dst []Token, text string) []Token { return AppendFirst(dst, text, len(text)) }

// AppendFirst appends the first n words of a text to dst, and perhaps some more
// that stand with the last of them.
func AppendFirst(dst []Token, text string, n int) []Token {
	t := tokenizer{text: text, out: dst, base: len(dst)}
	for i := 0; i < len(text) && len(t.out)-t.base < n; {
		if end := t.skip(i); end > i {
			i = end
			continue
		}
		i = t.word(i)
	}
	return t.out
}

// tokenizer is the state of one pass over one text.
type tokenizer struct {
	text     string
	lowered  strings.Builder // of the plain words with capitals, one after another
	out      []Token
	base     int // tokens of dst that are not ours
	pos      int
	sentence int
	stop     stop
}

// rune decodes the rune at i; width 0 at the end of the text.
func (t *tokenizer) rune(i int) (rune, int) {
	if i < len(t.text) && t.text[i] < utf8.RuneSelf {
		return rune(t.text[i]), 1
	}
	return utf8.DecodeRuneInString(t.text[i:])
}

// skip passes over one rune that begins no word, and notes what it says about
// the end of a sentence. It returns i where a word begins.
func (t *tokenizer) skip(i int) int {
	r, n := t.rune(i)
	switch classOf(r) {
	case classLower, classUpper, classDigit:
		return i
	case classSilent, classMark:
		return i + n
	case classOther:
	}
	t.stop.see(r)
	return i + n
}

// atom is a run of letters or digits.
type atom struct {
	start, end int
	letters    bool // has a letter
	digits     bool // has a digit
	plain      bool // ASCII or Cyrillic only, not both
	capital    bool // some letter is a capital
	latin      bool // has a Latin letter
	cyrillic   bool // has a Cyrillic letter
	possessive int  // where the next atom may begin, behind a dropped 's; 0 if none
}

// atom reads the run of letters and digits at i: "ж", "25.06.2016", "o'brien",
// "k1400000226". Digits before Cyrillic letters are a run of their own.
func (t *tokenizer) atom(i int) atom {
	a := atom{start: i, end: i, plain: true}
	for a.end < len(t.text) && a.end-i < maxAtom {
		if t.letters(&a, min(len(t.text), i+maxAtom)) {
			continue
		}
		r, n := t.rune(a.end)
		if !t.extends(&a, r, n) {
			return a
		}
		a.take(r)
		a.end += n
	}
	return a
}

// letters goes on with an atom over the letters of English and Russian, nearly
// all there is, up to limit, and reports whether there were any. It is what
// extends and take make of them, and ё is left to those.
func (t *tokenizer) letters(a *atom, limit int) bool {
	from := a.end
	if a.digits && !a.letters {
		return false
	}
	for a.end < limit {
		if c := t.text[a.end]; c|0x20 >= 'a' && c|0x20 <= 'z' {
			a.latin, a.capital = true, a.capital || c < 'a'
			a.end++
			continue
		}
		capital, ok := russianLetter(t.text[a.end:])
		if !ok {
			break
		}
		a.cyrillic, a.capital = true, a.capital || capital
		a.end += 2
	}
	if a.end == from {
		return false
	}
	a.letters = true
	a.plain = a.plain && (!a.latin || !a.cyrillic)
	return true
}

// russianLetter reports whether s begins with one of А to я, which UTF-8 writes
// as D0 90 to D0 BF and D1 80 to D1 8F.
func russianLetter(s string) (capital, ok bool) {
	if len(s) < 2 {
		return false, false
	}
	if s[0] == 0xD0 {
		return s[1] < 0xB0, s[1] >= 0x90 && s[1] <= 0xBF
	}
	return false, s[0] == 0xD1 && s[1] >= 0x80 && s[1] <= 0x8F
}

// extends reports whether the rune r, n bytes wide, goes on with the atom.
func (t *tokenizer) extends(a *atom, r rune, n int) bool {
	next := a.end + n
	switch classOf(r) {
	case classDigit:
		return true
	case classLower, classUpper:
		return !a.digits || a.letters || isLatin(r)
	case classMark:
		return a.end > a.start
	case classSilent:
		return t.continues(next)
	case classOther:
	}
	if r == '.' {
		return a.digits && !a.letters && t.digitAt(next)
	}
	if !isApostrophe(r) || !t.letterAt(next) || !t.letterBefore(a.end) {
		return false
	}
	a.possessive = t.possessiveEnd(a.end, n)
	return a.possessive == 0
}

// take notes what a rune of the atom is.
func (a *atom) take(r rune) {
	switch classOf(r) {
	case classDigit:
		a.digits = true
	case classLower, classUpper:
		a.letters = true
		a.capital = a.capital || classOf(r) == classUpper || r == 'ё'
		a.latin = a.latin || isLatin(r)
	case classMark, classSilent, classOther:
	}
	a.cyrillic = a.cyrillic || isCyrillic(r)
	simple := r < utf8.RuneSelf && r != '`' || isPlainCyrillic(r)
	a.plain = a.plain && simple && (!a.latin || !a.cyrillic)
}

// continues reports whether a word goes on at i, behind a silent character.
func (t *tokenizer) continues(i int) bool {
	for i < len(t.text) {
		r, n := t.rune(i)
		switch classOf(r) {
		case classLower, classUpper, classDigit:
			return true
		case classSilent:
			i += n
		default:
			return false
		}
	}
	return false
}

func (t *tokenizer) digitAt(i int) bool {
	r, _ := t.rune(i)
	return classOf(r) == classDigit
}

func (t *tokenizer) letterAt(i int) bool {
	r, _ := t.rune(i)
	c := classOf(r)
	return c == classLower || c == classUpper
}

func (t *tokenizer) letterBefore(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(t.text[:i])
	c := classOf(r)
	return c == classLower || c == classUpper
}

// possessiveEnd returns where the text goes on behind an 's at the end of a
// word; 0 if the apostrophe at i, n bytes wide, begins none.
func (t *tokenizer) possessiveEnd(i, n int) int {
	k := i + n
	if k >= len(t.text) || t.text[k]|0x20 != 's' {
		return 0
	}
	if r, _ := t.rune(k + 1); k+1 < len(t.text) {
		switch classOf(r) {
		case classLower, classUpper, classDigit, classMark, classSilent:
			return 0
		case classOther:
		}
		if isApostrophe(r) && t.letterAt(k+1+utf8.RuneLen(r)) {
			return 0
		}
	}
	return k + 1
}

// word reads the atoms that are joined without a space, from i on, emits their
// tokens, and returns where reading goes on.
func (t *tokenizer) word(i int) int {
	if t.dropsEnding(i) {
		return t.atom(i).end
	}
	if end := t.address(i); end > i {
		return end
	}
	s := segment{t: t}
	next := s.read(i)
	s.emit()
	return next
}

// dropsEnding reports whether a Kazakh case ending stands at i, glued to a
// closing quotation mark: «Атамекен»нің.
func (t *tokenizer) dropsEnding(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(t.text[:i])
	if r != '»' && r != '”' || len(t.out) == t.base {
		return false
	}
	a := t.atom(i)
	return !a.digits && a.plain && isCaseEnding(t.text[a.start:a.end])
}

// emit appends the token of text[start:end] at the next position.
func (t *tokenizer) emit(start, end int, plain, capital bool) {
	t.add(Token{Start: start, End: end, Form: t.form(start, end, plain, capital)})
	t.pos++
}

// add appends a token at the present position.
func (t *tokenizer) add(tok Token) {
	first, n := t.rune(tok.Start)
	tok.Cap = classOf(first) == classUpper
	tok.Initial = tok.Cap && tok.Start+n == tok.End && strings.HasPrefix(t.text[tok.End:], ".")
	if len(t.out) > t.base {
		t.sentence += t.ended(&tok)
	}
	t.stop = stop{}
	tok.Pos, tok.Sentence = t.pos, t.sentence
	t.out = append(t.out, tok)
}

// form folds text[start:end]. Plain words are cut out of the text, or out of
// those in lower case; the others are folded one by one.
func (t *tokenizer) form(start, end int, plain, capital bool) string {
	switch {
	case !plain:
		return Fold(t.text[start:end])
	case !capital:
		return t.text[start:end]
	}
	from := t.lowered.Len()
	if from == 0 {
		t.lowered.Grow(end - start + len(t.text)/8)
	}
	lowerPlain(&t.lowered, t.text[start:end])
	return t.lowered.String()[from:]
}

// lowerPlain appends a plain word in lower case. Its letters keep their width.
func lowerPlain(b *strings.Builder, word string) {
	for _, r := range word {
		b.WriteRune(lower(r))
	}
}
