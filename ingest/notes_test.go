package ingest

import (
	"fmt"
	"strings"
	"testing"

	"dalel/corpus"
)

// TestTieNotes ties notes to their marks: "note label: paragraph, mark".
func TestTieNotes(t *testing.T) {
	on := func(page int, role corpus.Role, label, text string) corpus.Paragraph {
		return corpus.Paragraph{Role: role, Label: label, Text: text, Pages: []corpus.PageSpan{{Page: page}}}
	}
	body := func(page int, text string) corpus.Paragraph { return on(page, corpus.RoleBody, "", text) }
	note := func(page int, label, text string) corpus.Paragraph { return on(page, corpus.RoleFootnote, label, text) }
	for _, tt := range []struct {
		why  string
		in   []corpus.Paragraph
		want string
	}{
		{"raised digits, in order", []corpus.Paragraph{body(1, "Бірінші¹ және екінші.²"), note(1, "1", "¹ a"), note(1, "2", "² b")}, "1: 1 ¹; 2: 1 ²"},
		{"numbers that begin again on each page", []corpus.Paragraph{body(1, "Суд.¹"), note(1, "1", "¹ a"), body(2, "Сот.¹"), note(2, "1", "¹ b")}, "1: 1 ¹; 1: 3 ¹"},
		{"notes at the end", []corpus.Paragraph{body(1, "Один¹ два²"), body(2, "три³"), note(9, "1", "¹ a"), note(9, "2", "² b"), note(9, "3", "³ c")}, "1: 1 ¹; 2: 1 ²; 3: 2 ³"},
		{"two digits are one mark", []corpus.Paragraph{body(1, "слово¹²"), note(1, "12", "¹² a"), note(1, "1", "¹ b")}, "12: 1 ¹²; 1: -"},
		{"stars", []corpus.Paragraph{on(1, corpus.RoleHeading, "", "Доклад* и ответ**"), note(1, "*", "* a"), note(1, "**", "** b")}, "*: 1 *; **: 1 **"},
		{"endnotes with Roman numbers", []corpus.Paragraph{body(0, "text[iv] more"), note(0, "iv", "[iv] a")}, "iv: 1 [iv]"},
		{"the slash of old UN documents", []corpus.Paragraph{body(1, "see resolution 1/ and 5/1 of 2007"), note(1, "1", "1/ Resolution")}, "1: 1 1/"},
		{"a number of a resolution is no mark", []corpus.Paragraph{body(1, "resolution 5/ of"), note(1, "5", "⁵ a")}, "5: -"},
		{"a note may refer to a note: not tied", []corpus.Paragraph{note(1, "1", "¹ see²"), note(1, "2", "² b")}, "1: -; 2: -"},
	} {
		for i := range tt.in {
			tt.in[i].Ord = i + 1
		}
		tieNotes(tt.in)
		var got []string
		for _, p := range tt.in {
			if p.Role != corpus.RoleFootnote {
				continue
			}
			s := p.Label + ": -"
			if a := p.Anchor; a != nil {
				s = fmt.Sprintf("%s: %d %s", p.Label, a.Para, tt.in[a.Para-1].Text[a.Start:a.End])
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.why, s, tt.want)
		}
	}
}
