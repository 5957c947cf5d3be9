package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Sounds are written in one letter each:
//
//	vowels      a e i o u, and A O U for ia io iu
//	consonants  b p v f m n l r t d s z k x g, C for ч, S for ш and щ, J for ж and дж
//
// ц is ts. What the scripts do not tell apart is not told apart here: ә is a,
// қ is k, ы is i; palatal signs have no sound.

const (
	maxReadings = 6  // ways to read one word
	maxSounds   = 48 // length of a reading; longer words are no names
	maxLetters  = 40 // of a word that may be a name
)

// reader collects the readings of one word. It holds no pointers to the heap,
// so that a vocabulary is read without allocation.
type reader struct {
	text [maxReadings][maxSounds]byte
	size [maxReadings]int
	n    int
}

// readingsOf returns the readings of a folded word as strings, the usual one
// first.
func readingsOf(word string) []string {
	var r reader
	r.read(word)
	out := make([]string, r.n)
	for i := range r.n {
		out[i] = string(r.reading(i))
	}
	return out
}

func (r *reader) reading(i int) []byte { return r.text[i][:r.size[i]] }

// read reads a folded word in all its ways. A word without letters of the two
// scripts has none.
func (r *reader) read(word string) {
	r.n, r.size[0] = 1, 0
	if utf8.RuneCountInString(word) > maxLetters {
		r.n = 0
		return
	}
	if first, _ := utf8.DecodeRuneInString(word); isCyrillic(first) {
		r.readCyrillic(word)
	} else {
		r.readLatin(word)
		r.korean(word)
	}
	for i := range r.n {
		r.squash(i)
	}
	r.dropTwins()
}

// fork continues every reading in each of the given ways, as long as there is
// room; the first way always has it.
func (r *reader) fork(ways ...string) {
	old := r.n
	for _, w := range ways[1:] {
		for i := range old {
			if r.n == maxReadings {
				break
			}
			r.text[r.n], r.size[r.n] = r.text[i], r.size[i]
			r.extend(r.n, w)
			r.n++
		}
	}
	for i := range old {
		r.extend(i, ways[0])
	}
}

// add continues every reading in one way.
func (r *reader) add(way string) {
	for i := range r.n {
		r.extend(i, way)
	}
}

func (r *reader) extend(i int, way string) {
	r.size[i] += copy(r.text[i][r.size[i]:], way)
}

// dropTwins keeps the first of equal readings, and drops empty ones.
func (r *reader) dropTwins() {
	kept := 0
	for i := range r.n {
		twin := r.size[i] == 0
		for j := range kept {
			twin = twin || string(r.reading(i)) == string(r.reading(j))
		}
		if twin {
			continue
		}
		if kept != i {
			r.text[kept], r.size[kept] = r.text[i], r.size[i]
		}
		kept++
	}
	r.n = kept
}

// squash takes out of a reading what spellings do not agree on: doubled
// sounds, the i between vowels, the d of дж; and joins i to the vowel after it.
func (r *reader) squash(i int) {
	in := r.reading(i)
	n := 0
	for _, c := range in {
		if n > 0 {
			last := &r.text[i][n-1]
			switch {
			case *last == c:
				continue
			case *last == 'd' && c == 'J':
				*last = 'J'
				continue
			case *last == 'i' && isVowel(c):
				if *last = iotated(c); n > 1 && r.text[i][n-2] == *last {
					n--
				}
				continue
			}
		}
		r.text[i][n] = c
		n++
	}
	r.size[i] = n
}

// iotated is i and a vowel as one sound. After i there is nothing to tell e
// from ie: Дмитриев is Dmitryev.
func iotated(vowel byte) byte {
	switch vowel {
	case 'a':
		return 'A'
	case 'o':
		return 'O'
	case 'u':
		return 'U'
	}
	return vowel
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'A', 'O', 'U':
		return true
	}
	return false
}

const (
	cyrillicFirst = 0x400
	cyrillicEnd   = 0x530
)

func isCyrillic(r rune) bool { return r >= cyrillicFirst && r < cyrillicEnd }

// cyrillicSounds is the sound of each lower-case Cyrillic letter: Russian,
// Kazakh, Ukrainian, Belarusian, Kyrgyz, Tajik, Uzbek and Serbian.
var cyrillicSounds = func() (t [cyrillicEnd - cyrillicFirst]string) {
	for letters, sound := range map[string]string{
		"аәӓӑ": "a", "б": "b", "в": "v", "гғґ": "g", "д": "d", "еэєѐӗ": "e", "ё": "io", "жҷӂџ": "J", "зѕ": "z",
		"иіїйыӣѝј": "i", "кқҡ": "k", "лљ": "l", "м": "m", "нңњҥ": "n", "оөӧ": "o", "п": "p", "р": "r",
		"сҫ": "s", "т": "t", "уұүўӯӱ": "u", "ф": "f", "хһҳ": "x", "ц": "ts", "чћ": "C", "шщ": "S",
		"ю": "iu", "я": "ia", "ђ": "J",
	} {
		for _, r := range letters {
			t[r-cyrillicFirst] = sound
		}
	}
	return t
}()

// readCyrillic reads a Cyrillic word.
func (r *reader) readCyrillic(word string) {
	var before rune
	for i, c := range word {
		if isCyrillic(c) {
			after, _ := utf8.DecodeRuneInString(word[i+utf8.RuneLen(c):])
			r.cyrillic(c, before, after)
		}
		before = c
	}
}

// cyrillic reads one letter between its neighbours. Some letters are read in
// two ways: the г of нг, which is the Kazakh ң; у before a vowel, which Russian
// spells в (Уәли is Вали); ў, a vowel in Uzbek and half a consonant in
// Belarusian, where it follows a vowel; the Belarusian дз before і, which
// Russian spells д.
func (r *reader) cyrillic(c, before, after rune) {
	switch {
	case c == 'г' && before == 'н', c == 'ғ' && (before == 'ң' || before == 'н'):
		r.fork("", "g")
	case c == 'у' && strings.ContainsRune("аәеиоыі", after) && before != 'й' && before != 'ь':
		r.fork("u", "v")
	case c == 'ў' && strings.ContainsRune(cyrillicVowels, before):
		r.fork("u", "v")
	case c == 'ў':
		r.fork("o", "u")
	case c == 'з' && before == 'д' && strings.ContainsRune("іеяюь", after):
		r.fork("z", "")
	default:
		r.add(cyrillicSounds[c-cyrillicFirst])
	}
}

// koreanSurnames are the sounds of surnames as Cyrillic has them in Kazakhstan and
// its neighbours, by the Latin spellings of the Republic of Korea: Пак is Park
// there, Цой is Choi.
var koreanSurnames = map[string]string{
	"park": "pak", "lee": "li", "yi": "li", "rhee": "li", "choi": "tsoi", "choe": "tsoi", "jung": "ten", "jeong": "ten", "chung": "ten",
	"chang": "tian", "jang": "tian", "cho": "Jo", "suh": "So", "seo": "So", "yoon": "iun", "youn": "iun", "ryu": "iu", "yoo": "iu", "noh": "no", "roh": "no",
}

// korean adds the reading of a Korean surname.
func (r *reader) korean(word string) {
	if way := koreanSurnames[word]; way != "" && r.n < maxReadings {
		r.size[r.n] = copy(r.text[r.n][:], way)
		r.n++
	}
}

// spelling is a group of Latin letters and the ways to read it.
type spelling struct {
	letters string
	ways    []string
}

// latinGroups are the groups of Latin letters that are one sound, by first
// letter, the longer first: English, French (tch, dj, ou), German (sch, tsch),
// Polish (cz, sz, rz), Scandinavian (sj, tj, zj) and Kazakh usage.
var latinGroups = func() (t [26][]spelling) {
	for _, s := range []spelling{
		{"schtsch", []string{"S"}},
		{"shtsh", []string{"S"}},
		{"shch", []string{"S"}},
		{"stsch", []string{"S"}},
		{"sjtj", []string{"S"}},
		{"szcz", []string{"S"}},
		{"zjtj", []string{"S"}},
		{"tsjsj", []string{"C"}},
		{"tsj", []string{"C"}},
		{"dsch", []string{"J"}},
		{"tsch", []string{"C"}},
		{"tzsch", []string{"C"}},
		{"dzh", []string{"J"}},
		{"dzj", []string{"J"}},
		{"dsh", []string{"J"}},
		{"tch", []string{"C"}},
		{"tzh", []string{"tJ"}},
		{"rzh", []string{"rJ"}},
		{"szh", []string{"sJ"}},
		{"shh", []string{"S"}},
		{"sch", []string{"S", "J"}},
		{"zh", []string{"J"}},
		{"zj", []string{"J"}},
		{"dj", []string{"J"}},
		{"sh", []string{"S"}},
		{"sj", []string{"S"}},
		{"sz", []string{"S"}},
		{"sc", []string{"sk", "sts"}},
		{"cz", []string{"C", "ts"}},
		{"tj", []string{"tJ", "C", "ti"}},
		{"kh", []string{"x"}},
		{"gh", []string{"g"}},
		{"ck", []string{"k"}},
		{"ph", []string{"f"}},
		{"th", []string{"t"}},
		{"tz", []string{"ts"}},
		{"rz", []string{"rz", "J"}},
		{"ou", []string{"u"}},
		{"oo", []string{"u", "o"}},
		{"ng", []string{"n", "ng"}},
	} {
		first := s.letters[0] - 'a'
		t[first] = append(t[first], s)
	}
	return t
}()

// latinSounds is the sound of the Latin letters that are always read alike.
// Other letters with marks are read as without.
var latinSounds = func() (t [0x260]string) {
	for letters, sound := range map[string]string{
		"aäáåàãāăąə": "a", "b": "b", "d": "d", "eéèêėęě": "e", "f": "f", "gğǵģǧġ": "g", "iíıïîīĭyÿ": "i",
		"kqķ": "k", "lł": "l", "m": "m", "nñńņŋ": "n", "oöøõōôő": "o", "p": "p", "rř": "r", "sś": "s", "t": "t",
		"uúüūůŭű": "u", "v": "v", "zź": "z", "šşŝș": "S", "žż": "J", "čçć": "C", "ț": "ts",
		"ë": "io", "â": "ia", "û": "iu", "ó": "o", "þ": "t", "ß": "s", "æ": "a", "œ": "o",
	} {
		for _, r := range letters {
			t[r] = sound
		}
	}
	return t
}()

// readLatin reads a Latin word.
func (r *reader) readLatin(word string) {
	word = plainEnding(word)
	french := strings.Contains(word, "tch") || strings.Contains(word, "ou") || strings.Contains(word, "dj")
	turkish := strings.ContainsAny(word, "ışğəçİ")
	for i := 0; i < len(word); {
		if n := r.group(word[i:]); n > 0 {
			i += n
			continue
		}
		c, n := utf8.DecodeRuneInString(word[i:])
		before, _ := utf8.DecodeLastRuneInString(word[:i])
		after, _ := utf8.DecodeRuneInString(word[i+n:])
		switch {
		case c == 'c' && strings.HasPrefix(word[i:], "chtch"):
			n = len("chtch")
			r.add("S")
		case c == 'c' && after == 'h':
			n++
			r.ch(french)
		case c == 'c' && turkish:
			r.add("J")
		case c == 'u' && i == 0 && isLatinVowel(after):
			r.fork("u", "v")
		case !r.ambiguous(c, before, after):
			r.letter(c)
		}
		i += n
	}
}

// plainEnding spells -off and -eff, and the German -ow and -ew, as -ov and -ev.
func plainEnding(word string) string {
	for _, e := range [...]string{"off", "eff"} {
		if strings.HasSuffix(word, e) {
			return word[:len(word)-2] + "v"
		}
	}
	return word
}

// group reads the group of letters that rest begins with, and returns its length.
func (r *reader) group(rest string) int {
	if rest[0] < 'a' || rest[0] > 'z' {
		return 0
	}
	for _, s := range latinGroups[rest[0]-'a'] {
		if strings.HasPrefix(rest, s.letters) {
			r.fork(s.ways...)
			return len(s.letters)
		}
	}
	return 0
}

// ch is ч in English, х in German and Polish, ш in French.
func (r *reader) ch(french bool) {
	if french {
		r.fork("S", "C")
		return
	}
	r.fork("C", "x")
}

// ambiguous reads a letter that languages disagree on, and reports whether it was one.
func (r *reader) ambiguous(c, before, after rune) bool {
	switch c {
	case 'j':
		if isLatinVowel(before) || !isLatinVowel(after) {
			r.fork("i", "J")
		} else {
			r.fork("J", "i")
		}
	case 'w':
		if isLatinVowel(before) && !isLatinVowel(after) && after != utf8.RuneError {
			r.fork("u", "v")
		} else {
			r.fork("v", "u")
		}
	case 'x':
		r.fork("ks", "x")
	case 'c':
		r.softC(after)
	case 'h':
		r.fork("x", "g")
	case 'ý': // у in the Kazakh alphabet of 2018, ы in Czech and Turkmen
		r.fork("i", "u")
	default:
		return false
	}
	return true
}

// softC reads a c that stands alone: ц or к, or ч without its mark, which it
// mostly lost before e, i and y and at the end; before those it is с in English
// and French (Marcel, Cyril).
func (r *reader) softC(after rune) {
	switch after {
	case 'e', 'i', 'y':
		r.fork("C", "ts", "k", "s")
	case utf8.RuneError:
		r.fork("C", "ts", "k")
	case 'k', 't', 'l', 'r', 'o':
		r.fork("k", "ts", "C")
	default:
		r.fork("k", "C", "ts")
	}
}

func (r *reader) letter(c rune) {
	if c < rune(len(latinSounds)) {
		if s := latinSounds[c]; s != "" {
			r.add(s)
			return
		}
	}
	if c < utf8.RuneSelf || !unicode.Is(unicode.Latin, c) {
		return
	}
	bare, _ := utf8.DecodeRuneInString(norm.NFD.String(string(c)))
	if bare < rune(len(latinSounds)) && bare != c {
		r.add(latinSounds[bare])
	}
}

func isLatinVowel(c rune) bool {
	return c != utf8.RuneError && strings.ContainsRune("aeiouyäáâəăåàāéèêëěíıïîīöóôøúüūûůŭý", c)
}
