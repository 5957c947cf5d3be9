package names

import (
	"slices"

	"dalel/corpus/lang"
)

// maxKeys bounds the keys of one token.
const maxKeys = 10

// shortSkeleton is how many consonants a skeleton may have and still be too
// vague to stand alone: the first vowel is added to it. Without it, pure
// consonants find twice as many wrong names in running text.
const shortSkeleton = 3

// rootMark begins the key of a patronymic's root: Серікұлы and Серикович share
// one, and a person called Серик has it not.
const rootMark = '~'

// Keys returns a few short keys of a token, for the index and for a query
// alike: two tokens that are spellings or case forms of one name share a key
// nearly always. The token may be folded already. What is no word of the two
// scripts has no keys. The order is fixed; keys are ASCII.
func Keys(token string) []string {
	var k keyer
	k.token(lang.Fold(token))
	out := make([]string, 0, k.n)
	for i := range k.n {
		out = append(out, string(k.key(i)))
	}
	return out
}

// keyer collects the keys of one token, each once, without allocating.
type keyer struct {
	reader reader
	text   [maxKeys][maxSounds + 2]byte
	size   [maxKeys]int
	n      int
}

func (k *keyer) key(i int) []byte { return k.text[i][:k.size[i]] }

// token collects the keys of a folded token: of the token as it stands, of
// what is left of it without a case ending, of its root if it is a patronymic.
func (k *keyer) token(form string) {
	k.n = 0
	var list bases
	list.of(form)
	for i := range list.n {
		k.word(list.text[i])
	}
	for i := range list.n {
		if root, ok := rootInCase(list.text[i]); ok {
			k.root(root)
			break
		}
	}
}

func (k *keyer) word(form string) {
	k.reader.read(form)
	for i := range k.reader.n {
		k.skeletons(k.reader.reading(i), "")
	}
}

func (k *keyer) root(form string) {
	k.reader.read(form)
	for i := range k.reader.n {
		k.skeletons(k.reader.reading(i), string(rootMark))
	}
}

// skeletons adds the key of a reading; two of them where its vowel is io, which
// many write e: Пётр, Петр, Pyotr.
func (k *keyer) skeletons(sounds []byte, prefix string) {
	first := slices.IndexFunc(sounds, isVowel)
	if first < 0 || sounds[first] != 'O' {
		k.skeleton(sounds, first, prefix, 0)
		return
	}
	k.skeleton(sounds, first, prefix, 'A')
	k.skeleton(sounds, first, prefix, 'U')
}

// skeleton adds the consonants of a reading, x as k, a mark for an initial
// vowel, and the class of the first vowel if that is short. A class that is
// not 0 is taken instead of that of the vowel.
func (k *keyer) skeleton(sounds []byte, first int, prefix string, class byte) {
	if k.n == maxKeys || len(sounds) == 0 {
		return
	}
	if first >= 0 && class == 0 {
		class = vowelClass(sounds[first])
	}
	b := append(k.text[k.n][:0], prefix...)
	start := len(b)
	if first == 0 {
		b = append(b, 'a')
	}
	head := len(b)
	for _, c := range sounds {
		if isVowel(c) {
			continue
		}
		if c == 'x' {
			c = 'k'
		}
		if n := len(b); n == head || b[n-1] != c {
			b = append(b, c)
		}
	}
	if len(b)-head <= shortSkeleton && first >= 0 {
		if first == 0 {
			b[start] = class
		} else {
			b = append(b, class)
		}
	}
	k.size[k.n] = len(b)
	k.keepNew()
}

// keepNew keeps the key just written unless it is there already.
func (k *keyer) keepNew() {
	for i := range k.n {
		if string(k.key(i)) == string(k.key(k.n)) {
			return
		}
	}
	k.n++
}

// vowelClass is what spellings of a vowel agree on.
func vowelClass(vowel byte) byte {
	switch vowel {
	case 'a', 'e', 'A':
		return 'A'
	case 'i':
		return 'I'
	}
	return 'U'
}
