package works

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// Row is a place of two versions side by side: the ordinals of opposite
// paragraphs, 0 where a version has none.
type Row struct{ A, B int }

// Align sets the paragraphs of two versions of one text side by side, in order.
// Every paragraph stands in one row, running heads apart. Versions in one
// language are aligned by their words; others by printed numbers, the numbers
// in them and their lengths. Notes follow the rest.
func Align(a, b *corpus.Text) []Row {
	rows := alignRole(a, b, func(r corpus.Role) bool { return r != corpus.RoleFootnote && r != corpus.RoleHeader })
	return append(rows, alignRole(a, b, func(r corpus.Role) bool { return r == corpus.RoleFootnote })...)
}

// side is what is compared of one version.
type side struct {
	ords  []int
	marks []Mark
	words [][]uint32 // the least hashes of the words of each paragraph
	langs []string
}

func sideOf(t *corpus.Text, keep func(corpus.Role) bool) side {
	var s side
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if !keep(p.Role) {
			continue
		}
		text := unlabelled(p)
		s.ords = append(s.ords, p.Ord)
		s.marks = append(s.marks, markOf(text, p.Label))
		s.words = append(s.words, leastWords(text))
		s.langs = append(s.langs, p.Lang)
	}
	return s
}

// keptWords is how many words of a paragraph are compared.
const keptWords = 24

func leastWords(text string) []uint32 {
	var out []uint32
	for w := range strings.FieldsSeq(text) {
		if w = strings.TrimFunc(w, notWord); w != "" {
			h := fnv.New32a()
			_, _ = h.Write([]byte(lang.Fold(w))) // a hash never fails to write
			out = append(out, h.Sum32())
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(keptWords, len(out))]
}

func alignRole(a, b *corpus.Text, keep func(corpus.Role) bool) []Row {
	x, y := sideOf(a, keep), sideOf(b, keep)
	scale := float64(total(y.marks)) / math.Max(float64(total(x.marks)), 1)
	pairs := align(len(x.ords), len(y.ords), func(i, j int) float64 {
		if x.langs[i] != y.langs[j] || x.langs[i] == "" {
			return likeness(x.marks[i], y.marks[j], scale)
		}
		return wordsAlike(x.words[i], y.words[j])
	})
	return rowsOf(pairs, x.ords, y.ords)
}

// wordsAlike is 2 for the same words, -1 for none in common.
func wordsAlike(a, b []uint32) float64 {
	same, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			same, i, j = same+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 3*float64(same)/math.Max(float64(min(len(a), len(b))), 1) - 1
}

// rowsOf puts what has no opposite between the pairs.
func rowsOf(pairs [][2]int, a, b []int) []Row {
	var rows []Row
	i, j := 0, 0
	upTo := func(toI, toJ int) {
		for ; i < toI; i++ {
			rows = append(rows, Row{A: a[i]})
		}
		for ; j < toJ; j++ {
			rows = append(rows, Row{B: b[j]})
		}
	}
	for _, p := range pairs {
		upTo(p[0], p[1])
		rows = append(rows, Row{a[i], b[j]})
		i, j = i+1, j+1
	}
	upTo(len(a), len(b))
	return rows
}
