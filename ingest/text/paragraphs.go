package text

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/ingest/number"
)

// paragraphs joins lines to paragraphs: by blank lines where the text has any
// between its first and last line, else every line is one.
func paragraphs(lines []string) iter.Seq[string] {
	lines = trimBlank(lines)
	if !hasBlank(lines) {
		return func(yield func(string) bool) {
			for _, l := range lines {
				if !yield(l) {
					return
				}
			}
		}
	}
	return func(yield func(string) bool) {
		var block []string
		var list number.List // counts on from block to block
		for i := 0; i <= len(lines); i++ {
			if i < len(lines) && !blank(lines[i]) {
				block = append(block, lines[i])
				continue
			}
			for _, p := range splitBlock(block, &list) {
				if !yield(p) {
					return
				}
			}
			block = block[:0]
		}
	}
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func hasBlank(lines []string) bool {
	return slices.ContainsFunc(lines, blank)
}

// splitBlock joins the lines of a block to one paragraph, except that bullets
// and the points of a list that counts on ("1. … 2. …") begin one of their own.
// A line that merely begins with a number, in the middle of a sentence, does
// not: the number must follow the one before it.
func splitBlock(block []string, list *number.List) []string {
	var out []string
	list.Begin()
	for i, line := range block {
		point := list.Next(line)
		if i == 0 || point || number.Bullet(line) {
			out = append(out, strings.TrimSpace(line))
			continue
		}
		out[len(out)-1] = join(out[len(out)-1], strings.TrimSpace(line))
	}
	return out
}

// join puts a line after another. A word divided by a hyphen is put together,
// with its hyphen: whether it belongs to the word, only a dictionary knows.
func join(a, b string) string {
	if before, ok := strings.CutSuffix(a, "\u00ad"); ok {
		return before + b
	}
	if rest, ok := strings.CutSuffix(a, "-"); ok {
		last, _ := utf8.DecodeLastRuneInString(rest)
		first, _ := utf8.DecodeRuneInString(b)
		if unicode.IsLetter(last) && unicode.IsLower(first) {
			return a + b
		}
	}
	return a + " " + b
}
