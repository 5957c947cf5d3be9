package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// Kind is what a part of a name is, as far as the part itself shows it. A given
// name and a surname look alike, and stand in any order.
type Kind uint8

// The kinds of parts.
const (
	Word       Kind = iota // a given name or a surname
	Initial                // a letter or two for a name: М., Zh.
	Patronymic             // Серікұлы, Серикович, Серік ұлы
	Particle               // де, von, al
)

// maxParts and maxName bound a name, in parts and in bytes; what is longer is no
// name.
const (
	maxParts = 8
	maxName  = 512
)

// Part is one word of a name.
type Part struct {
	Text string // as written
	Form string // folded
	Kind Kind

	readings []string
	root     []string // readings of the father's name in a patronymic
	given    int      // group of equivalent given names; 0 if none
	father   int      // the same of the root
}

// Name is a person's name taken apart.
type Name struct {
	Text  string
	Parts []Part // in the order they stand
}

// Parse takes a person's name apart, in any order of its parts: words at spaces,
// commas, hyphens and points. What stands in brackets is left out. Beyond eight
// parts, or 512 bytes, it stops reading.
func Parse(s string) Name {
	if len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName], "")
	}
	n := Name{Text: s}
	s = withoutBrackets(s)
	for i := 0; i < len(s) && len(n.Parts) < maxParts; {
		start, end := nextWord(s, i)
		if start == end {
			break
		}
		n.add(s[start:end], strings.HasPrefix(s[end:], "."), start > 0 && s[start-1] == '-')
		i = end
	}
	n.settle()
	return n
}

// settle makes words of what looks like a patronymic and is none by its place:
// a patronymic is not first, and does not follow one.
func (n *Name) settle() {
	before := Patronymic
	for i := range n.Parts {
		p := &n.Parts[i]
		if p.Kind == Patronymic && before == Patronymic {
			p.Kind = Word
		}
		before = p.Kind
	}
}

// withoutBrackets leaves out what a label says beside the name: "(politician)".
func withoutBrackets(s string) string {
	for {
		before, rest, found := strings.Cut(s, "(")
		if !found {
			return s
		}
		_, after, closed := strings.Cut(rest, ")")
		if !closed {
			return before + " " + rest
		}
		s = before + " " + after
	}
}

// nextWord returns the first run of letters from i on; an apostrophe between
// letters belongs to it.
func nextWord(s string, i int) (start, end int) {
	start = -1
	for pos, r := range s[i:] {
		inside := unicode.IsLetter(r) || unicode.IsMark(r) || start >= 0 && isApostrophe(r)
		switch {
		case inside && start < 0:
			start = i + pos
		case !inside && start >= 0:
			return start, i + pos
		}
	}
	if start < 0 {
		return len(s), len(s)
	}
	return start, len(s)
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’ʹʺʻʼ‘`´", r) }

// add reads one word of a name.
func (n *Name) add(text string, point, hyphen bool) {
	text = strings.TrimRightFunc(text, isApostrophe)
	form := strings.TrimRight(lang.Fold(text), "'")
	if k := len(n.Parts); k > 0 && isSonOf(form) && n.Parts[k-1].Kind != Initial {
		n.Parts[k-1].becomePatronymic()
		return
	}
	p := newPart(text, form, point)
	if k := len(n.Parts); hyphen && k > 0 && p.Kind == Patronymic { // Магомед-Саламович
		last := n.Parts[k-1]
		n.Parts[k-1] = newPart(last.Text+"-"+text, last.Form+form, false)
		return
	}
	if len(p.readings) > 0 {
		n.Parts = append(n.Parts, p)
	}
}

func newPart(text, form string, point bool) Part {
	p := Part{Text: text, Form: form, readings: readingsOf(withYo(text, form))}
	letters := utf8.RuneCountInString(form)
	switch {
	case letters == 1, point && letters <= 2, point && letters == 3 && !strings.ContainsAny(form[1:], "aeiouаеиоу"):
		p.Kind = Initial
		return p
	case isParticle(form):
		p.Kind = Particle
	}
	p.given = givenGroup(p.readings)
	if root, ok := patronymicRoot(form); ok {
		p.Kind = Patronymic
		p.setRoot(readingsOf(root))
	}
	return p
}

func (p *Part) becomePatronymic() {
	p.Kind = Patronymic
	p.setRoot(p.readings)
}

func (p *Part) setRoot(readings []string) {
	p.root, p.father = readings, givenGroup(readings)
}

// withYo gives the form that readings are made of: the fold writes ё as е, but
// where it stands it tells how the name is said.
func withYo(text, form string) string {
	if strings.ContainsAny(text, "ёЁ") {
		return strings.ToLower(text)
	}
	return form
}

func isParticle(form string) bool {
	switch form {
	case "de", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "ibn", "ben", "abu",
		"де", "да", "ди", "ван", "фон", "дер", "ла", "ле", "аль", "эль", "бин", "ибн", "бен", "абу":
		return true
	}
	return false
}
