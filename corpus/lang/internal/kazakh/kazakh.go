// Package kazakh finds the stems of Kazakh words.
//
// Parse lists the readings of a word: every way to cut it into a stem and a
// chain of endings that obeys vowel harmony, assimilation and the order of
// endings. A log-linear model chooses among them by the endings, the letters
// and length of the stem, a lexicon of roots, and how often the stem was seen
// with endings in plain text. Its tables are learned by the program in train,
// which names their sources, and embedded here.
package kazakh

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"sync"
)

// weightScale is the unit of the embedded weights.
const weightScale = 1.0 / 20

// second is the probability from which on a second stem is given too. Chosen
// by cross-validation: lower values find more forms and confuse more words.
const second = .12

// The weights are learned from the development halves of kk-klc (an extract of
// the Kazakh Language Corpus in nlacslab/kaznlp, CC BY-SA 4.0), kk-ktb
// (UD_Kazakh-KTB, CC BY-SA 4.0) and kk-unimorph-noun (unimorph/kaz, CC BY-SA
// 3.0). They are numbers by hashed features; no word of the sources is in them.
//
//go:embed weights.bin
var weightBytes []byte

// The support is counted in plain text: official lines and documents, KazQAD
// (CC BY-SA 4.0), KazNERD (CC BY 4.0). Stems stand in it as hashes.
//
//go:embed support.bin
var supportBytes []byte

// tables are the learned numbers: a weight for each slot, and the support of
// stems by the hash of the stem, in order.
type tables struct {
	weights []float32
	keys    []uint32
	levels  []uint16
}

var learned = sync.OnceValue(func() *tables {
	t := &tables{weights: make([]float32, WeightSlots)}
	for i, b := range weightBytes {
		t.weights[i] = float32(int8(b)) * weightScale
	}
	for rest := supportBytes; len(rest) >= entrySize; rest = rest[entrySize:] {
		t.keys = append(t.keys, binary.LittleEndian.Uint32(rest))
		t.levels = append(t.levels, binary.LittleEndian.Uint16(rest[4:]))
	}
	return t
})

// entrySize is the size of one stem in the table of support: its hash, and
// three levels of four bits.
const entrySize = 6

// Support implements Knowledge.
func (t *tables) Support(stem string) (nominal, verbal, alone uint32) {
	i, ok := slices.BinarySearch(t.keys, stemHash(stem))
	if !ok {
		return 0, 0, 0
	}
	l := uint32(t.levels[i])
	return l & 15, l >> 4 & 15, l >> 8 & 15
}

// Class implements Knowledge.
func (t *tables) Class(stem string) uint32 { return Class(stem) }

// stemHash is 32-bit FNV-1a.
func stemHash(stem string) uint32 {
	h := uint32(2166136261)
	for i := range len(stem) {
		h = (h ^ uint32(stem[i])) * 16777619
	}
	return h
}

// Stems returns the likeliest stem of a folded form, the next one if it is not
// much less likely, and the form itself if the lexicon has it.
func Stems(form string) []string {
	if stem, ok := Known(form); ok {
		return []string{stem}
	}
	readings := Parse(form)
	if len(readings) == 1 {
		return []string{readings[0].Stem}
	}
	stems, sums := learned().rank(readings)
	n := 1
	if len(stems) > 1 && sums[1] >= second {
		n = 2
	}
	if bare := readings[0].Stem; Listed(bare) && !slices.Contains(stems[:n], bare) {
		return append(stems[:n:n], bare)
	}
	return stems[:n]
}

// Listed reports whether the lexicon has a stem as a noun or the like. Such a
// word is always its own stem, besides what else it may be a form of: people
// ask for words as dictionaries have them.
func Listed(stem string) bool { return Class(stem)&classNominal != 0 }

// rank returns the two likeliest stems with their probabilities.
func (t *tables) rank(readings []Reading) (stems []string, sums []float64) {
	p := t.probabilities(Features(readings, t, make([][]uint32, 0, len(readings))))
	for i := range readings {
		k := slices.Index(stems, readings[i].Stem)
		if k < 0 {
			stems, sums = append(stems, readings[i].Stem), append(sums, 0)
			k = len(stems) - 1
		}
		sums[k] += p[i]
	}
	for place := range min(2, len(stems)) {
		best := place
		for k := place + 1; k < len(stems); k++ {
			if sums[k] > sums[best] {
				best = k
			}
		}
		stems[place], stems[best] = stems[best], stems[place]
		sums[place], sums[best] = sums[best], sums[place]
	}
	return stems, sums
}

// probabilities is the softmax of the readings' scores.
func (t *tables) probabilities(slots [][]uint32) []float64 {
	p := make([]float64, len(slots))
	best := math.Inf(-1)
	for i, s := range slots {
		var sum float32
		for _, k := range s {
			sum += t.weights[k]
		}
		p[i] = float64(sum)
		best = max(best, p[i])
	}
	total := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - best)
		total += p[i]
	}
	for i := range p {
		p[i] /= total
	}
	return p
}

// Pack writes learned numbers in the form of the embedded tables.
func Pack(weights []float64, support map[string][3]uint32) (weightTable, supportTable []byte) {
	for _, w := range weights {
		q := math.Round(min(max(w/weightScale, -127), 127))
		weightTable = append(weightTable, byte(int8(q)))
	}
	entries := map[uint32]uint16{}
	for stem, l := range support {
		entries[stemHash(stem)] = uint16(l[0]&15 | l[1]&15<<4 | l[2]&15<<8)
	}
	keys := make([]uint32, 0, len(entries))
	for k := range entries {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		supportTable = binary.LittleEndian.AppendUint32(supportTable, k)
		supportTable = binary.LittleEndian.AppendUint16(supportTable, entries[k])
	}
	return weightTable, supportTable
}
