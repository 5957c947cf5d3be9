package works

import (
	"hash/fnv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// Print is what is kept of a text to compare it with others.
type Print struct {
	Lang  string   // of most of the text
	Marks []Mark   // of its paragraphs, running heads and notes apart
	Mins  []uint32 // the least hashes of its runs of words, one a permutation; none if the text is too short
	Words int      // of the text
}

// Mark is what is kept of a paragraph.
type Mark struct {
	Runes   uint16 // length of the text, without the printed number
	Label   uint16 // hash of its printed number; 0 if it has none
	Numbers uint32 // hash of the numbers in it; 0 if it has none
}

const (
	// run is how many words a shingle has: five are seldom met twice by chance.
	run = 5
	// permutations is how many least hashes are kept. The share of equal ones
	// is the resemblance of two texts, with a standard error of .04 (Broder,
	// On the resemblance and containment of documents, 1997).
	permutations = 128
	// maxMarks bounds the print of a long text; 4,000 paragraphs are a code.
	maxMarks = 4000
	// minWords is the length under which a text has no runs worth comparing.
	minWords = 40
)

// NewPrint makes the print of a text.
func NewPrint(t *corpus.Text) *Print {
	p := &Print{}
	s := sketch{mins: make([]uint32, permutations)}
	for i := range s.mins {
		s.mins[i] = ^uint32(0)
	}
	sizes := map[string]int{}
	for i := range t.Paragraphs {
		para := &t.Paragraphs[i]
		if para.Role == corpus.RoleHeader || para.Role == corpus.RoleFootnote {
			continue
		}
		sizes[para.Lang] += len(para.Text)
		m := s.read(unlabelled(para))
		m.Label = labelOf(para.Label)
		if len(p.Marks) < maxMarks {
			p.Marks = append(p.Marks, m)
		}
	}
	p.Words = s.n
	s.finish()
	for l, n := range sizes {
		if n > sizes[p.Lang] || n == sizes[p.Lang] && l < p.Lang {
			p.Lang = l
		}
	}
	if p.Words >= minWords {
		p.Mins = s.mins
	}
	return p
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// unlabelled returns the text of a paragraph without its printed number.
func unlabelled(p *corpus.Paragraph) string {
	if rest, ok := strings.CutPrefix(p.Text, p.Label); ok && p.Label != "" {
		return strings.TrimLeft(rest, ".)] \u00a0\t")
	}
	return p.Text
}

// labelOf hashes a printed number; 0 for none.
func labelOf(label string) uint16 {
	if label == "" {
		return 0
	}
	h := hash32(strings.ToLower(label))
	return uint16(h^h>>16) | 1
}

func markOf(text, label string) Mark {
	var s sketch
	m := s.read(text)
	m.Label = labelOf(label)
	return m
}

func hash32(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // a hash never fails to write
	return h.Sum32()
}

// sketch keeps the least hashes of runs of words. Of each run one hash is
// taken, whose place says which of the least hashes it may become: one pass
// for all permutations (Li, Owen, Zhang, One permutation hashing, 2012).
type sketch struct {
	mins  []uint32 // nil if only marks are wanted
	words [run]uint64
	at    int    // of the oldest word
	sum   uint64 // of the last words, as a polynomial
	n     int    // words
}

// Primes of FNV-1a.
const (
	prime64, offset64 = 1_099_511_628_211, 14_695_981_039_346_656_037
	prime32, offset32 = 16_777_619, 2_166_136_261
)

// primeRun is prime64 to the power of run, modulo 2 to the power of 64.
const primeRun = prime64 * prime64 % (1 << 64) * prime64 % (1 << 64) * prime64 % (1 << 64) * prime64 % (1 << 64)

// add takes in the hash of a word.
func (s *sketch) add(word uint64) {
	s.n++
	if s.mins == nil {
		return
	}
	s.sum = s.sum*prime64 + word - s.words[s.at]*primeRun
	s.words[s.at] = word
	if s.at++; s.at == run {
		s.at = 0
	}
	if s.n < run {
		return
	}
	sum := s.sum
	sum ^= sum >> 31
	sum *= 0x9e3779b97f4a7c15
	sum ^= sum >> 29
	sum *= 0xbf58476d1ce4e5b9
	at := sum % permutations
	s.mins[at] = min(s.mins[at], uint32(sum>>32)|1)
}

// read takes in the words of a paragraph, in one pass, and returns its mark,
// but for the label. A word is a field without what is neither letter nor digit
// at its ends, folded.
func (s *sketch) read(text string) Mark {
	runes, numbers := 0, uint32(0)
	for i := 0; i < len(text); {
		start := i
		w := word{hash: offset64}
		for space := false; i < len(text) && !space; {
			r, size := rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			runes++
			i += size
			space = w.add(r)
		}
		numbers += w.numbers + w.number()
		if w.trimmed != 0 {
			s.add(w.sum(text[start:i]))
		}
	}
	return Mark{Runes: uint16(min(runes, 1<<16-1)), Numbers: numbers}
}

// word is what is known of a word while its runes are read.
type word struct {
	hash    uint64 // of the runes so far, from the first letter or digit on
	trimmed uint64 // the same up to the last letter or digit; 0 before the first
	scripts uint8
	odd     bool // it must be folded before it is hashed

	digits  int // of the number that is being read
	digit   uint32
	numbers uint32 // sum of the hashes of numbers before
}

// add takes in a rune, and reports whether it is a space, which ends the word.
func (w *word) add(r rune) (space bool) {
	if r < maxPlain {
		if p := &plains[r]; p.kind >= runeLatin && w.digits == 0 { // nearly all
			w.scripts |= p.kind
			w.hash = (w.hash ^ uint64(p.lower)) * prime64
			w.trimmed = w.hash
			return false
		}
	}
	return w.addOther(r)
}

// addOther takes in what is no plain letter, or stands after a digit.
func (w *word) addOther(r rune) (space bool) {
	kind, lower := runeOther, r
	switch {
	case r < maxPlain:
		kind, lower = plains[r].kind, plains[r].lower
	case unicode.IsSpace(r):
		kind = runeSpace
	case !notWord(r):
		kind = runeOdd
	}
	w.count(r, kind)
	switch kind {
	case runeSpace:
		return true
	case runeOther:
		if w.trimmed != 0 {
			w.odd = w.odd || r >= utf8.RuneSelf || r == '`'
			w.hash = (w.hash ^ uint64(r)) * prime64
		}
		return false
	case runeOdd:
		w.odd = true
	case runeDigit:
	default:
		w.scripts |= kind
	}
	w.hash = (w.hash ^ uint64(lower)) * prime64
	w.trimmed = w.hash
	return false
}

// count goes on with a number, or ends it.
func (w *word) count(r rune, kind uint8) {
	if kind != runeDigit {
		w.numbers += w.number()
		w.digits = 0
		return
	}
	if w.digits == 0 {
		w.digit = offset32
	}
	w.digits++
	w.digit = (w.digit ^ uint32(r)) * prime32
}

// number returns the hash of the number that is being read, and 0 for none. The
// sum of the hashes of a text does not change with their order: it changes
// between languages. Single digits are written as words too often to count.
func (w *word) number() uint32 {
	if w.digits < 2 {
		return 0
	}
	return w.digit | 1
}

// sum returns the hash of the word that field is, folded.
func (w *word) sum(field string) uint64 {
	if !w.odd && w.scripts != runeLatin|runeCyrillic {
		return w.trimmed
	}
	h := uint64(offset64)
	for _, r := range lang.Fold(strings.TrimFunc(field, notWord)) {
		h = (h ^ uint64(r)) * prime64
	}
	return h
}

// Kinds of runes, as far as a word is folded without looking at the whole. The
// letters are bits.
const (
	runeOther uint8 = iota // neither letter nor digit
	runeSpace              // ends a word
	runeOdd                // folded with its word
	runeDigit
	runeLatin
	runeCyrillic uint8 = 8
)

// maxPlain bounds the runes of plain words: Basic Latin to Cyrillic.
const maxPlain = 0x500

// plains are the runes below maxPlain: what each is, and folded.
var plains = func() (t [maxPlain]struct {
	lower rune
	kind  uint8
},
) {
	for r := range rune(maxPlain) {
		switch {
		case r >= '0' && r <= '9':
			t[r].lower, t[r].kind = r, runeDigit
		case unicode.IsSpace(r):
			t[r].lower, t[r].kind = r, runeSpace
		case notWord(r):
			t[r].lower, t[r].kind = r, runeOther
		case r < utf8.RuneSelf:
			t[r].lower, t[r].kind = unicode.ToLower(r), runeLatin
		case unicode.Is(unicode.Cyrillic, r) && r != 'ё' && r != 'Ё' && utf8.RuneCountInString(lang.Fold(string(r))) == 1:
			t[r].lower, t[r].kind = unicode.ToLower(r), runeCyrillic
		default:
			t[r].lower, t[r].kind = r, runeOdd
		}
	}
	return t
}()

// finish fills the places that no run fell on from those after them, in the
// same way for every text (Shrivastava, Densifying one permutation hashing,
// 2017).
func (s *sketch) finish() {
	const empty = ^uint32(0)
	filled := make([]uint32, permutations)
	for i := range s.mins {
		for d := range permutations {
			if v := s.mins[(i+d)%permutations]; v != empty {
				filled[i] = v + uint32(d)*0x9e3779b1
				break
			}
		}
	}
	s.mins = filled
}

// resemblance estimates which share of their runs of words two texts have in
// common; 0 if one has none.
func resemblance(a, b *Print) float64 {
	if len(a.Mins) != permutations || len(b.Mins) != permutations {
		return 0
	}
	same := 0
	for i := range a.Mins {
		if a.Mins[i] == b.Mins[i] {
			same++
		}
	}
	return float64(same) / permutations
}
