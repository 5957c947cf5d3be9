package names

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// Person is a person's name found in running text.
type Person struct {
	Start, End int // bytes of the text, end exclusive
	Name       Name
}

// maxRun bounds the words of a name in running text.
const maxRun = 5

// Recognise finds persons in running text by the shape of their names: two
// words at least, or a word and an initial, of which one shows what it is by
// its ending or is a given name known in several languages. It is made to be
// right about what it finds, for lists of persons; it does not find all.
// Search does not depend on it.
func Recognise(text string) []Person { return RecogniseTokens(text, lang.Tokens(text)) }

// RecogniseTokens is Recognise for a text whose tokens are known.
func RecogniseTokens(text string, tokens []lang.Token) []Person {
	var out []Person
	tokens = wholeWords(tokens)
	for i := 0; i < len(tokens); {
		run := capitalRun(text, tokens[i:])
		if len(run) > 0 {
			run[0].first = i == 0 || tokens[i-1].Sentence != tokens[i].Sentence || strings.Contains(text[tokens[i-1].End:tokens[i].Start], "\n")
		}
		if len(run) == 0 {
			i++
			continue
		}
		if from, to, ok := nameIn(run); ok {
			start, end := run[from].Start, run[to-1].End
			if run[to-1].initial && strings.HasPrefix(text[end:], ".") {
				end++
			}
			out = append(out, Person{start, end, Parse(text[start:end])})
			i += to
			continue
		}
		i += len(run)
	}
	return out
}

// wholeWords leaves out the parts of compounds.
func wholeWords(tokens []lang.Token) []lang.Token {
	out := tokens[:0:0]
	end := 0
	for _, t := range tokens {
		if t.Start < end {
			continue
		}
		out = append(out, t)
		if t.Joined {
			end = t.End
		}
	}
	return out
}

// shaped is a capitalised word with what its shape says.
type shaped struct {
	lang.Token
	initial    bool
	patronymic bool
	surname    bool // ends as surnames do, and few other words: -ов, -ев, -енко
	perhaps    bool // ends as surnames do, and other words too: -ин, -ский
	given      bool // in the table of given names
	title      bool // an office or a word that often stands before a name
	first      bool // begins the text or a sentence
	capitals   bool // nothing but capitals
}

// capitalRun returns the capitalised words that tokens begin with, as far as
// they stand in one sentence with nothing but spaces between, or the points of
// initials.
func capitalRun(text string, tokens []lang.Token) []shaped {
	var run []shaped
	for i, t := range tokens {
		if !t.Cap || len(run) == maxRun {
			break
		}
		if i > 0 && !adjoins(text, run[i-1], t) {
			break
		}
		s := shapeOf(text, t)
		if s.initial && !strings.HasPrefix(text[t.End:], ".") {
			break // В России
		}
		run = append(run, s)
	}
	return run
}

// adjoins reports whether a word stands right behind another.
func adjoins(text string, before shaped, t lang.Token) bool {
	between := text[before.End:t.Start]
	if before.initial {
		between = strings.TrimPrefix(between, ".")
	} else if before.Sentence != t.Sentence {
		return false
	}
	return len(between) <= 4 && strings.Trim(between, " \u00a0") == ""
}

func shapeOf(text string, t lang.Token) shaped {
	s := shaped{Token: t}
	letters := utf8.RuneCountInString(t.Form)
	if s.initial = letters == 1; s.initial {
		return s
	}
	word := text[t.Start:t.End]
	s.capitals = strings.ToUpper(word) == word
	s.title = isTitle(t.Form)
	var list bases
	list.of(t.Form)
	for i := range list.n {
		base := list.text[i]
		stem := base
		if isCyrillicForm(base) {
			stem = russianStem(base)
		}
		s.patronymic = s.patronymic || letters >= minPatronymic && looksPatronymic(base)
		s.surname = s.surname || endsAsSurname(base, stem)
		s.perhaps = s.perhaps || mayEndAsSurname(base, stem)
		s.given = s.given || isGiven(base) || stem != base && nominativeGiven(base) != ""
	}
	return s
}

// IsPatronymic reports whether a folded word is a patronymic in some case.
func IsPatronymic(form string) bool {
	return utf8.RuneCountInString(form) >= minPatronymic && looksPatronymic(form)
}

// looksPatronymic is IsPatronymic for a word that is long enough. In Kazakh
// letters only ұлы and қызы end one: қарулы is armed.
func looksPatronymic(form string) bool {
	if strings.ContainsAny(form, kazakhLetters) && endsInAny(form, "улы", "кызы", "оглы") {
		return false
	}
	if _, ok := patronymicRoot(form); ok {
		return true
	}
	_, ok := patronymicRoot(patronymicOf(form))
	return ok
}

const kazakhLetters = "әғқңөұүһі"

// minPatronymic is the fewest letters of a patronymic in running text.
const minPatronymic = 6

// patronymicOf takes the vowel of a Russian case off a patronymic: Ивановича
// is Иванович, Ивановну is Ивановна.
func patronymicOf(form string) string {
	for _, e := range [...]string{"ичу", "ича", "иче"} {
		if s, ok := strings.CutSuffix(form, e); ok {
			return s + "ич"
		}
	}
	for _, e := range [...]string{"ну", "ны", "не", "ной"} {
		if s, ok := strings.CutSuffix(form, e); ok {
			return s + "на"
		}
	}
	return form
}

// endsAsSurname reports whether a word, or what is left of it without the
// vowels of its case, ends as surnames do and few other words.
func endsAsSurname(base, stem string) bool {
	letters := utf8.RuneCountInString(base)
	return letters >= minSurname && !strings.HasSuffix(base, "ь") && endsInAny(stem, "ов", "ев", "ov", "ev", "ova", "eva") ||
		letters > minSurname && endsInAny(base, "енко", "швили", "дзе", "enko", "shvili")
}

// IsSurname reports whether a folded word ends as surnames do and few other
// words: -ов, -ев, -ова, -ева and their cases, -енко, -швили, -дзе.
func IsSurname(form string) bool {
	stem := form
	if isCyrillicForm(form) {
		stem = russianStem(form)
	}
	return !titles[form] && endsAsSurname(form, stem)
}

// mayEndAsSurname is the same for endings that other words have as well.
func mayEndAsSurname(base, stem string) bool {
	return utf8.RuneCountInString(stem) >= minSurname &&
		(endsInAny(stem, "ын", "ин", "in", "ck", "ina") || endsInAny(base, "ский", "цкий", "ская", "цкая", "ского", "скому", "ским", "ской", "sky", "skaya", "ян", "yan"))
}

// minSurname is the fewest letters of a surname that its ending shows.
const minSurname = 5

// nameIn finds the name in a run of capitalised words: the longest; of those
// the one that shows most of itself, then the leftmost.
func nameIn(run []shaped) (from, to int, ok bool) {
	for size := len(run); size >= 2; size-- {
		best := -1
		for i := range len(run) - size + 1 {
			part := run[i : i+size]
			if c, _ := countShapes(part); isPerson(part) && c.evidence() > best {
				best, from, to = c.evidence(), i, i+size
			}
		}
		if best >= 0 {
			return from, to, true
		}
	}
	return 0, 0, false
}

// counts is what the words of a run are, counted.
type counts struct{ words, initials, surnames, perhaps, given, patronymics int }

// evidence is how many words show that they are part of a name.
func (c counts) evidence() int { return c.surnames + c.perhaps + c.given + c.patronymics }

// isPerson reports whether words next to each other are a person's name.
func isPerson(run []shaped) bool {
	c, ok := countShapes(run)
	switch {
	case !ok, c.words == 0, c.words > 3:
		return false
	case c.initials > 0:
		return c.words == 1 && initialsFit(run, c)
	case c.patronymics > 0:
		return c.patronymics == 1 && (!run[0].patronymic || !run[0].first)
	case c.given > 0:
		return true
	}
	return c.surnames == 1 && c.words == 2 && !run[0].surname
}

// countShapes counts; ok is false for words that belong to no name: titles, and
// abbreviations among other words.
func countShapes(run []shaped) (c counts, ok bool) {
	capitals := 0
	for _, s := range run {
		if s.title {
			return c, false
		}
		if s.initial {
			c.initials++
			continue
		}
		c.words++
		switch {
		case s.patronymic:
			c.patronymics++
		case s.given:
			c.given++
		case s.surname:
			c.surnames++
		case s.perhaps:
			c.perhaps++
		}
		if s.capitals {
			capitals++
			if !s.surname && !s.perhaps && !s.patronymic && !s.given && utf8.RuneCountInString(s.Form) <= maxAbbreviation {
				return c, false
			}
		}
	}
	return c, true
}

// maxAbbreviation is the most letters of a word in capitals that is taken for
// an abbreviation: США, ҚК, ОДКБ.
const maxAbbreviation = 4

// initialsFit reports whether a word with initials around it is a name. One
// initial alone may be the number of a heading or of a category.
func initialsFit(run []shaped, c counts) bool {
	shapely := c.surnames+c.perhaps+c.patronymics > 0
	switch {
	case c.initials > 2 || c.given > 0 && !shapely:
		return false
	case !shapely && !run[0].initial && run[0].first:
		return false // Признать С. Ж. виновным
	case c.initials == 2, shapely:
		return run[0].initial || run[1].initial
	}
	return run[0].initial && !run[0].first && !isCyrillicTitle(run[1]) && !strings.Contains("ivxcl", run[0].Form)
}

// isCyrillicTitle reports whether a word can only be the beginning of a heading.
func isCyrillicTitle(s shaped) bool { return utf8.RuneCountInString(s.Form) < 3 }

//go:embed titles.txt
var titleList string

// titles are words that stand with a capital before a name and are no part of it.
var titles = func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(titleList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			out[w] = true
		}
	}
	return out
}()

// IsTitle reports whether a folded word, in any case form, is an office or
// another word that stands with a capital before names.
func IsTitle(form string) bool { return isTitle(form) }

// isTitle reports whether a folded word, in any case form, is a title.
func isTitle(form string) bool {
	if titles[form] {
		return true
	}
	var list bases
	list.of(form)
	for i := range list.n {
		if titles[list.text[i]] || isCyrillicForm(form) && titles[russianStem(list.text[i])] {
			return true
		}
	}
	return false
}
