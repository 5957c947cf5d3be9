package law

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortWord is the length in bytes up to which any word may start something:
// the letter of a point, an abbreviation.
const shortWord = 2

// starters holds the first runes (indexKey) of every word that the grammar
// starts from, so that other words cost one look.
var starters = func() map[string]bool {
	m := map[string]bool{"com": true, "ком": true, "sub": true, "под": true, "ibi": true, "там": true, indexKey("нп"): true}
	for w := range unitWords {
		m[indexKey(w)] = true
	}
	for w := range ruleWords {
		m[indexKey(w)] = true
	}
	for w := range belowWords {
		m[indexKey(w)] = true
	}
	for w := range heads {
		m[indexKey(w)] = true
	}
	for _, numbers := range []map[string]int{kazakhNumbers, kazakhOrdinals, russianNumbers, russianOrdinals, englishOrdinals} {
		for w := range numbers {
			m[indexKey(w)] = true
		}
	}
	for _, k := range kazakhUnits {
		m[indexKey(k.stem)] = true
	}
	for _, w := range documentWords {
		m[indexKey(w.stem)] = true
	}
	for k := range reg.names {
		m[k] = true
	}
	return m
}()

// anchorRunes is how many runes of a word the first look compares.
const anchorRunes = 4

// anchors holds the beginnings of words that every reference needs one of: a
// word for an article, an act, a document. A part or a point alone is none.
var anchors = func() map[string]bool {
	m := map[string]bool{}
	add := func(w string) { m[w[:runesPrefix(w, anchorRunes)]] = true }
	for w, u := range unitWords {
		if u.unit == article {
			add(w)
		}
	}
	for w := range ruleWords {
		add(w)
	}
	for w := range heads {
		add(w)
	}
	for _, k := range kazakhUnits {
		for _, e := range []string{"", "т", "қ", "п", "т", "ы", "н", "y", "q", "t", "p"} {
			if k.unit == article {
				add(k.stem + e)
			}
		}
	}
	for _, w := range documentWords {
		add(w.stem)
	}
	add("нп") // НП ВС РК
	add("комитет")
	add("committee")
	add("subcommittee")
	add("подкомитет")
	for _, list := range reg.names {
		for _, n := range list {
			if n.sense == ofCode || n.sense == ofAct {
				add(n.words[0].form)
			}
		}
	}
	return m
}()

// mayRefer looks through a text for a word that a reference needs, or a sign
// of one: a slash or a low line of a symbol, §, letters of two scripts in one
// word, a soft hyphen.
func mayRefer(text string) bool {
	var key [4 * anchorRunes]byte
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && !isLetterByte(c) {
			if isSymbolSign(text, i) {
				return true
			}
			i++
			continue
		}
		first, next, mixed := anchor(text, i, key[:0])
		if mixed || len(first) > 0 && anchors[string(first)] {
			return true
		}
		if len(first) == 0 && isHiddenSign(text[i:]) {
			return true
		}
		i = next
	}
	return false
}

// isSymbolSign reports whether the sign at i may be part of a symbol.
func isSymbolSign(text string, i int) bool {
	switch text[i] {
	case '_', '[':
		return true
	case '/':
		return i+1 < len(text) && text[i+1] != ' '
	case '-':
		return strings.HasSuffix(text[:i], "001")
	}
	return false
}

// isHiddenSign reports whether a text begins with §, or with a character that
// hides inside words.
func isHiddenSign(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == '§' || classOf(r) == silent
}

// anchor reads the word at i: its first runes in lower case, where it ends,
// and whether it mixes Latin and other letters.
func anchor(text string, i int, key []byte) (first []byte, next int, mixed bool) {
	runes, latin, other := 0, false, false
	for i < len(text) {
		r, n := rune(text[i]), 1
		switch {
		case r < utf8.RuneSelf:
			if !isLetterByte(text[i]) {
				return key, i, latin && other
			}
			latin = true
			r |= 0x20
		default:
			r, n = utf8.DecodeRuneInString(text[i:])
			if !unicode.IsLetter(r) {
				if runes == 0 {
					return nil, i + n, false
				}
				return key, i, latin && other
			}
			other = other || isTwin(r)
			if runes < anchorRunes {
				r = unicode.ToLower(r)
				if r == 'ё' {
					r = 'е'
				}
			}
		}
		if runes < anchorRunes {
			key = utf8.AppendRune(key, r)
		}
		runes++
		i += n
	}
	return key, i, latin && other
}

// isTwin reports whether a letter is Cyrillic.
func isTwin(r rune) bool { return r >= 0x400 && r < 0x530 }

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
