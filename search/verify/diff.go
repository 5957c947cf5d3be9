package verify

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxDiff bounds the words of a difference on each side: the work grows with
// their product.
const maxDiff = 1500

// Diff returns the difference between the words of a document and those of a
// file, word by word. Beyond maxDiff words it says only that all differs.
func Diff(document, file string) []Edit {
	a, b := pieces(document), pieces(file)
	if len(a) > maxDiff || len(b) > maxDiff {
		return []Edit{{Missing, document}, {InFile, file}}
	}
	table := lcs(a, b)
	var out []Edit
	add := func(op EditOp, text string) {
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += text
			return
		}
		out = append(out, Edit{op, text})
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			add(Equal, a[i])
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			add(Missing, a[i])
			i++
		default:
			add(InFile, b[j])
			j++
		}
	}
	for ; i < len(a); i++ {
		add(Missing, a[i])
	}
	for ; j < len(b); j++ {
		add(InFile, b[j])
	}
	return out
}

// lcs is the table of longest common subsequences of the ends of two lists.
func lcs(a, b []string) [][]uint16 {
	table := make([][]uint16, len(a)+1)
	for i := range table {
		table[i] = make([]uint16, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// pieces cuts a text into words and what stands between them.
func pieces(s string) []string {
	var out []string
	start, kind := 0, -1
	for i, r := range s {
		k := 0
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			k = 1
		case unicode.IsSpace(r):
			k = 2
		}
		if i > 0 && (k != kind || k == 0) {
			out = append(out, s[start:i])
			start = i
		}
		kind = k
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// Describe writes a difference as text: [-gone-] and {+added+}, with some of
// what is equal around.
func Describe(edits []Edit) string {
	const around = 24
	var b strings.Builder
	for i, e := range edits {
		switch e.Op {
		case InFile:
			b.WriteString("{+" + e.Text + "+}")
		case Missing:
			b.WriteString("[-" + e.Text + "-]")
		default:
			r := []rune(e.Text)
			switch {
			case len(r) <= 2*around:
				b.WriteString(e.Text)
			case i == 0:
				b.WriteString("…" + string(r[len(r)-around:]))
			case i == len(edits)-1:
				b.WriteString(string(r[:around]) + "…")
			default:
				b.WriteString(string(r[:around]) + "…" + string(r[len(r)-around:]))
			}
		}
	}
	return b.String()
}

// Fold makes two texts alike that differ only in what nobody sees: kinds and
// numbers of blanks, ligatures and composed letters, soft hyphens, signs without
// width. Letters of another alphabet, dashes and quotation marks stay.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad', r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff':
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, norm.NFKC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// squeeze is Fold without blanks, hyphens and dashes: two readers of one page
// part words and lines in their own ways.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, Fold(s))
}
