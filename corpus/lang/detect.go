package lang

import (
	"strings"

	"dalel/corpus/lang/internal/trigram"
)

// Detect tells the language of a paragraph, and how sure it is, from 0 to 1.
// Below .6 (a few letters) the language of the text around it is the better
// guess. It is Und without letters, and where much of two languages is mixed:
// such a paragraph is read as each of them.
//
// Words vote with their letters: a letter that only Kazakh has, or the groups
// of three letters that are commoner in one language. Addresses, handles and
// words that mix letters and digits do not vote.
func Detect(text string) (Code, float64) {
	b := count(text)
	letters := b.kazakh + b.russian + b.english + b.latinKazakh
	if letters == 0 {
		return b.guess()
	}
	best, code := b.kazakh+b.latinKazakh, KK
	if b.russian > best {
		best, code = b.russian, RU
	}
	if b.english*latinInCyrillic > best {
		best, code = b.english, EN
	}
	share := best / letters
	switch {
	case share < mixedShare && code != EN && min(b.kazakh, b.russian) > mixedLetters:
		return Und, share
	case letters < sureLetters:
		return code, share * (.3 + .7*letters/sureLetters)
	}
	return code, share
}

const (
	mixedShare   = .75 // of the letters; below it a paragraph may be mixed
	mixedLetters = 30  // of the weaker language; with fewer it is called by the stronger one
	sureLetters  = 20  // with so many letters the answer does not depend on one word

	// Names and titles in Latin letters stand in Cyrillic prose, not the other
	// way round, so they count for less beside it.
	latinInCyrillic = .75
)

// ballot counts letters of words by the language that they vote for.
type ballot struct {
	kazakh, russian, english, latinKazakh float64

	doubt             float64 // log-odds, Kazakh over Russian, of the Cyrillic words that could be either
	doubted           float64 // their letters
	handles, cyrillic int     // letters of words that do not vote
}

// guess answers for a text without a word that votes.
func (b *ballot) guess() (Code, float64) {
	switch {
	case b.cyrillic > b.handles:
		return RU, .2
	case b.handles > 0:
		return EN, .2
	}
	return Und, 0
}

func count(text string) ballot {
	var b ballot
	for field := range strings.FieldsSeq(text) {
		if isAddress(field) {
			latin, cyrillic, _ := scripts(field)
			b.handles += latin
			b.cyrillic += cyrillic
			continue
		}
		b.vote(field)
	}
	b.settle()
	return b
}

// isAddress reports whether a field of a text is a handle, an address or markup.
func isAddress(field string) bool {
	return strings.HasPrefix(field, "@") || strings.Contains(field, "://") ||
		strings.HasPrefix(field, "www.") || strings.HasPrefix(field, "&") && strings.HasSuffix(field, ";") || field == "RT"
}

func scripts(s string) (latin, cyrillic int, kazakh bool) {
	for _, r := range s {
		switch {
		case isLatin(r):
			latin++
		case isCyrillic(r):
			cyrillic++
			kazakh = kazakh || isKazakh(lower(r))
		}
	}
	return latin, cyrillic, kazakh
}

// vote counts the letters of one field.
func (b *ballot) vote(field string) {
	latin, cyrillic, kazakh := scripts(field)
	switch n := float64(latin + cyrillic); {
	case n == 0:
	case cyrillic >= latin && (kazakh || latin > 0 && strings.ContainsAny(field, "iə")):
		b.kazakh += n
	case cyrillic >= latin:
		b.doubted += n
		b.doubt += trigram.Score(letters(field))
	case isLatinKazakh(field):
		b.latinKazakh += n
	default:
		b.english += n
	}
}

// settle gives the doubtful words of each script to one language: one by one
// they say little, together much. A quarter of Latin words with letters of
// Kazakh is enough, as prose in it has more; a foreign name has fewer.
func (b *ballot) settle() {
	if latin := b.latinKazakh + b.english; b.latinKazakh >= latin/4 {
		b.latinKazakh, b.english = latin, 0
	} else {
		b.latinKazakh, b.english = 0, latin
	}
	if b.doubted == 0 {
		return
	}
	// Kazakh prose without a single letter of its own is rare: beside many
	// doubtful letters their absence speaks for Russian, their presence for Kazakh.
	odds := b.doubt
	if b.kazakh > 0 {
		odds += 40 * b.kazakh / (b.kazakh + b.doubted)
	} else {
		odds -= 3 + b.doubted/12
	}
	if odds > 0 {
		b.kazakh += b.doubted
	} else {
		b.russian += b.doubted
	}
}

// letters is a field in lower case without what is no letter.
func letters(field string) string {
	return strings.Map(func(r rune) rune {
		if r = lower(r); isCyrillic(r) {
			return r
		}
		return -1
	}, field)
}

// isLatinKazakh reports whether a word has letters of the Latin alphabets of
// Kazakh (2018, 2021) that English lacks, or a q without u.
func isLatinKazakh(word string) bool {
	marks := 0
	q := false
	for _, r := range strings.ToLower(word) {
		if q && r != 'u' {
			marks++
		}
		q = r == 'q'
		switch r {
		case 'ğ', 'ş', 'ı', 'ǵ', 'ń', 'ū', 'ŋ':
			marks++
		}
	}
	return marks > 0
}
