package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// repairBelow is the score under which repairs are tried: good pages of real
// documents have more.
const repairBelow = 0.8

// repair is a way to read letters that a file names wrongly.
type repair struct {
	name  string
	apply func(string) string
	sure  bool // it changes nothing but text that no language has: any score may rise
}

// repairs are tried in this order; the one with the best score is taken, and
// none where the score does not rise.
var repairs = []repair{
	{"windows-1251 that the file calls Latin", asCyrillic, false},
	{"KZ-1048 that the file calls windows-1251", asKazakh, true},
	{"KZ-1048 that the file calls Latin", func(s string) string { return asKazakh(asCyrillic(s)) }, false},
	{"letters that were set apart", closeUp, false},
}

// bestRepair returns the repair that makes a text likelier to be one; nil when
// none does.
func bestRepair(text string) *repair {
	before := score(text)
	best := before
	var found *repair
	for i := range repairs {
		r := &repairs[i]
		if before >= repairBelow && !r.sure {
			continue
		}
		fixed := r.apply(text)
		if fixed == text {
			continue
		}
		least := 0.1 // of a rise; less may be chance
		if r.sure {
			least = 0.02
		}
		if s := score(fixed); s > best && s > before+least && s >= doubtfulScore {
			found, best = r, s
		}
	}
	return found
}

// asCyrillic reads Latin letters with accents as the bytes of windows-1251 that
// they are in windows-1252: "Ïðèãîâîð" is "Приговор".
func asCyrillic(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok || b < 0x80 {
			return r
		}
		if c := charmap.Windows1251.DecodeByte(b); c != unicode.ReplacementChar {
			return c
		}
		return r
	}, s)
}

// Letters of windows-1251 and what the same bytes are in KZ-1048, which differs
// from it in sixteen (STRK 1048-2002).
const (
	in1251 = "ЌЋќћЎўЈҐЄЇґєјЅѕї"
	in1048 = "ҚҺқһҰұӘӨҒҮөғәҢңү"
)

// asKazakh reads letters of other languages as those of Kazakh, in a text that
// has both such as Ukrainian has and such as Macedonian has: no language has.
func asKazakh(s string) string {
	if !strings.ContainsAny(s, "їєґў") || !strings.ContainsAny(s, "ќјѕ") {
		return s
	}
	from, to := []rune(in1251), []rune(in1048)
	return strings.Map(func(r rune) rune {
		for i, c := range from {
			if r == c {
				return to[i]
			}
		}
		return r
	}, s)
}

// closeUp joins letters that stand apart: "П р и г о в о р". Four in a row are
// no initials.
func closeUp(s string) string {
	const least = 4
	words := strings.Split(s, " ")
	var out []string
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && isLetterAlone(words[j]) {
			j++
		}
		if j-i >= least {
			out = append(out, strings.Join(words[i:j], ""))
			i = j
			continue
		}
		out = append(out, words[i])
		i++
	}
	return strings.Join(out, " ")
}

// isSpaced reports whether a text is one word whose letters stand apart, as in
// the headings of verdicts: "Ү К І М". Joined it must look like a word.
func isSpaced(s string) bool {
	const least, most, likely = 3, 24, 0.8
	words := strings.Fields(s)
	if len(words) < least || len(words) > most {
		return false
	}
	for _, w := range words {
		if !isLetterAlone(w) {
			return false
		}
	}
	var t tally
	t.word(strings.Join(words, ""))
	return t.mixed == 0 && float64(t.hits) >= likely*float64(t.pairs)
}

func isLetterAlone(w string) bool {
	rs := []rune(w)
	return len(rs) == 1 && unicode.IsLetter(rs[0])
}

// mend applies a repair to a paragraph and keeps what the file says.
func (b *paragraph) mend() {
	if b.repair == nil && isSpaced(b.text) {
		b.repair = &repair{apply: closeUp}
	}
	if b.repair == nil {
		return
	}
	fixed := b.repair.apply(b.text)
	if fixed == b.text {
		return
	}
	for i := range b.spans {
		b.spans[i].Start = len(b.repair.apply(b.text[:b.spans[i].Start]))
	}
	b.raw, b.text = b.text, fixed
}

// mend looks for a repair of a page.
func (p *page) mend() {
	if p.ocr > 0 || p.garbled() {
		return
	}
	if p.repair = bestRepair(p.text()); p.repair != nil {
		p.warn("its letters are read as " + p.repair.name + "; what the file says is kept beside")
	}
}

// repaired returns the text of a page as it is given.
func (p *page) repaired() string {
	if p.repair == nil {
		return p.text()
	}
	return p.repair.apply(p.text())
}
