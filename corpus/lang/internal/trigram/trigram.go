// Package trigram tells Kazakh from Russian by the letters of a word.
package trigram

import _ "embed"

// Slots is the size of the table: a weight for each hash of three letters.
const Slots = 1 << 13

// unit is the weight of one step of the table, in natural logarithms.
const unit = 1.0 / 16

// table holds, for each hash, how much likelier the three letters are in
// Kazakh than in Russian. The program in train makes it of official lines in
// both languages, KazQAD and XQuAD (both CC BY-SA 4.0); it has log-ratios of
// counts alone.
//
//go:embed table.bin
var table string

// Score returns the log-odds that a word in lower case is Kazakh rather than
// Russian.
func Score(word string) float64 {
	if len(table) != Slots {
		return 0
	}
	sum := 0
	Each(word, func(slot uint32) { sum += int(int8(table[slot])) })
	return float64(sum) * unit
}

// Each calls do with the slot of every three letters of a word, its edges
// being letters too.
func Each(word string, do func(slot uint32)) {
	a, b := rune(' '), rune(' ')
	for _, c := range word {
		if c == 'ё' {
			c = 'е'
		}
		if b != ' ' || a != ' ' {
			do(slot(a, b, c))
		} else {
			do(slot(' ', '^', c))
		}
		a, b = b, c
	}
	do(slot(a, b, ' '))
}

// slot hashes three letters.
func slot(a, b, c rune) uint32 {
	h := uint32(a)*2654435761 ^ uint32(b)*2246822519 ^ uint32(c)*3266489917
	h ^= h >> 15
	h *= 2246822519
	return h >> 19
}

// Quantise writes a weight as Score reads it.
func Quantise(w float64) byte {
	return byte(int8(min(max(w/unit, -127), 127)))
}
