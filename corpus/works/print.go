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
		text := unlabelled(para)
		if len(p.Marks) < maxMarks {
			p.Marks = append(p.Marks, markOf(text, para.Label))
		}
		for w := range strings.FieldsSeq(text) {
			if w = strings.TrimFunc(w, notWord); w != "" {
				s.add(lang.Fold(w))
				p.Words++
			}
		}
	}
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

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// unlabelled returns the text of a paragraph without its printed number.
func unlabelled(p *corpus.Paragraph) string {
	if rest, ok := strings.CutPrefix(p.Text, p.Label); ok && p.Label != "" {
		return strings.TrimLeft(rest, ".)] \u00a0\t")
	}
	return p.Text
}

func markOf(text, label string) Mark {
	m := Mark{Runes: uint16(min(utf8.RuneCountInString(text), 1<<16-1))}
	if label != "" {
		h := hash32(strings.ToLower(label))
		m.Label = uint16(h^h>>16) | 1
	}
	m.Numbers = numbersOf(text)
	return m
}

// numbersOf hashes the numbers of a text, whatever their order: it changes
// between languages. Single digits are written as words too often to count.
func numbersOf(text string) uint32 {
	sum := uint32(0)
	for i := 0; i < len(text); {
		if text[i] < '0' || text[i] > '9' {
			i++
			continue
		}
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		if j-i > 1 {
			sum += hash32(text[i:j]) | 1
		}
		i = j
	}
	return sum
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
	mins  []uint32
	words [run]uint64
	n     int
}

func (s *sketch) add(word string) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(word)) // a hash never fails to write
	s.words[s.n%run] = h.Sum64()
	if s.n++; s.n < run {
		return
	}
	sum := uint64(0)
	for i := range run {
		sum = sum*1_099_511_628_211 + s.words[(s.n+i)%run]
	}
	sum ^= sum >> 31
	sum *= 0x9e3779b97f4a7c15
	sum ^= sum >> 29
	sum *= 0xbf58476d1ce4e5b9
	at := sum % permutations
	s.mins[at] = min(s.mins[at], uint32(sum>>32)|1)
}

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
