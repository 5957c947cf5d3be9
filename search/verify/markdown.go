package verify

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"dalel/corpus"
)

var (
	noteMark = regexp.MustCompile(`\[\^(\d+)\]$`)
	noteLine = regexp.MustCompile(`^\[\^(\d+)\]: (.*)$`)
)

// markdown reads our Markdown: a block of quoted lines for each quote, in their
// order, notes below, cards in a block of code at the end.
func (x *exported) markdown(s string) error {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	at := strings.LastIndex(s, "\n```json\n")
	text, code := s[:max(at, 0)], s[at+len("\n```json\n"):]
	code, _, _ = strings.Cut(code, "\n```")
	if at < 0 || json.Unmarshal([]byte(code), &x.cards) != nil || x.cards.Format == "" {
		if strings.Contains(code, `"dalel:cards"`) {
			return &corpus.Error{Op: "verify", Kind: corpus.ErrDamaged, Err: errors.New("the cards in the file are damaged")}
		}
		x.all = s
		return nil
	}
	blocks := quotedBlocks(text)
	next := 0
	for i := range x.cards.Items {
		c := &x.cards.Items[i]
		if next >= len(blocks) {
			break
		}
		x.block(c.N, wordsOf(c), blocks[next])
		next++
		if len(c.Body) > 0 {
			next++ // its translation
		}
	}
	for line := range strings.Lines(text) {
		m := noteLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		var n int
		if m == nil || !number(m[1], &n) {
			continue
		}
		b := x.bodies[n]
		b.cite, b.hasCite = unmark(m[2]), true
		x.bodies[n] = b
	}
	return nil
}

// quotedBlocks returns the runs of lines that begin with >, without it. Two
// blocks are parted by a blank line.
func quotedBlocks(text string) []string {
	var out []string
	var block []string
	flush := func() {
		if len(block) > 0 {
			out = append(out, strings.Join(block, "\n"))
		}
		block = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		rest, ok := strings.CutPrefix(line, ">")
		switch {
		case !ok:
			flush()
		case strings.TrimSpace(rest) != "":
			block = append(block, strings.TrimPrefix(rest, " "))
		}
	}
	flush()
	return out
}

// block takes the words of a quote out of its block: between quotation marks,
// before the mark of its note or its citation. expected tells where words end
// that hold a closing mark themselves; they are compared elsewhere.
func (x *exported) block(n int, expected, text string) {
	b := x.bodies[n]
	if m := noteMark.FindStringIndex(text); m != nil {
		text = text[:m[0]]
	}
	plain := []rune(unmark(text))
	if len(plain) < 2 {
		return
	}
	inner := string(plain[1:])
	if rest, ok := strings.CutPrefix(inner, expected); ok && rest != "" && strings.ContainsRune("»”’", []rune(rest)[0]) {
		b.words, b.hasWords = expected, true
		if cite := strings.TrimSpace(string([]rune(rest)[1:])); cite != "" {
			b.cite, b.hasCite = cite, true
		}
	} else {
		end := strings.LastIndexAny(inner, "»”’")
		if end < 0 {
			end = len(inner)
		}
		b.words, b.hasWords = inner[:end], true
	}
	x.bodies[n] = b
}

// unmark takes Markdown's signs away: a backslash before a sign, an asterisk
// without one.
func unmark(s string) string {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r != '*':
			b.WriteRune(r)
		}
	}
	return b.String()
}
