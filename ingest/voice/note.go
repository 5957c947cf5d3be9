package voice

import (
	"strings"

	"dalel/corpus"
)

// noteReach is how many paragraphs before a note its mark may stand: a page of
// a long list.
const noteReach = 60

// notes gives footnotes the voice of the paragraph that marks them. A note
// whose mark is not found stays unknown.
func notes(ps []corpus.Paragraph) {
	for i := range ps {
		n := &ps[i]
		if n.Role != corpus.RoleFootnote || n.Label == "" || n.Voice != "" {
			continue
		}
		if a := n.Anchor; a != nil && a.Para > 0 && a.Para <= len(ps) {
			n.Voice = ps[a.Para-1].Voice
			continue
		}
		mark := superscript(n.Label)
		for k := i - 1; k >= max(0, i-noteReach); k-- {
			if ps[k].Role != corpus.RoleFootnote && hasMark(ps[k].Text, mark, "["+n.Label+"]") {
				n.Voice = ps[k].Voice
				break
			}
		}
	}
}

const (
	digits       = "0123456789"
	superDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	superscripts = superDigits + "⁽⁾"
)

// superscript writes a number as the mark of a note.
func superscript(label string) string {
	var b strings.Builder
	super := []rune(superDigits)
	for _, r := range label {
		if at := strings.IndexRune(digits, r); at >= 0 {
			b.WriteRune(super[at])
		} else {
			return ""
		}
	}
	return b.String()
}

// hasMark reports whether a text has a mark that is not part of a longer one.
func hasMark(text, mark, bracketed string) bool {
	if strings.Contains(text, bracketed) {
		return true
	}
	for at := 0; mark != ""; {
		i := strings.Index(text[at:], mark)
		if i < 0 {
			return false
		}
		before, after := text[:at+i], text[at+i+len(mark):]
		if !endsSuper(before) && strings.IndexFunc(after, isSuper) != 0 {
			return true
		}
		at += i + len(mark)
	}
	return false
}

func isSuper(r rune) bool { return strings.ContainsRune(superscripts, r) }

func endsSuper(s string) bool { return strings.TrimRightFunc(s, isSuper) != s }
