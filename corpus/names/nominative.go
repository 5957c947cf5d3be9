package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nominative writes a name found in running text as a list would have it: in
// the nominative as far as the endings tell, with one capital a word, without
// patronymics. Where an ending may belong to the name it stays: a list with a
// genitive in it is better than one with a name that nobody bears.
func (n Name) Nominative() string {
	var words []string
	declined := false // a Russian case has shown itself in a given name
	for i := range n.Parts {
		if p := &n.Parts[i]; p.Kind == Word && !isGiven(p.Form) && nominativeGiven(p.Form) != "" {
			declined = true
		}
	}
	for i := range n.Parts {
		p := &n.Parts[i]
		switch p.Kind {
		case Patronymic:
			continue
		case Initial:
			words = append(words, strings.ToUpper(p.Text)+".")
		case Particle:
			words = append(words, p.Form)
		case Word:
			if i > 0 && len(words) > 0 && IsPatronymic(p.Form) && !endsAsName(n, i) {
				continue // in a case form: Шахпановича
			}
			words = append(words, nominativeWord(p, declined))
		}
	}
	return strings.Join(words, " ")
}

// nominativeWord takes the case ending off a word of a name.
func nominativeWord(p *Part, declined bool) string {
	form := p.Form
	switch {
	case isGiven(form):
	case nominativeGiven(form) != "":
		form = nominativeGiven(form)
	default:
		form = nominativeSurname(form, declined)
	}
	if form == p.Form && utf8.RuneCountInString(p.Text) == utf8.RuneCountInString(form) {
		return capitalised(strings.ToLower(p.Text)) // keeps ё, which the fold does not
	}
	return capitalised(form)
}

// IsGiven reports whether a folded word is, in some case, one of the given names
// that are common in the region.
func IsGiven(form string) bool { return isGiven(form) || nominativeGiven(form) != "" }

// nominativeGiven returns the given name that a form is a case of; "" if it is
// none of the table.
func nominativeGiven(form string) string {
	if !isCyrillicForm(form) {
		return ""
	}
	var list bases
	list.of(form)
	for i := range list.n {
		if list.kind[i] == kazakhEnding && isGiven(list.text[i]) {
			return list.text[i]
		}
	}
	stem := russianStem(form)
	if stem == form {
		return ""
	}
	for _, e := range [...]string{"а", "я", "", "й", "ь"} { // Анну is not of Ann
		if isGiven(stem + e) {
			return stem + e
		}
	}
	return ""
}

// russianSurnameCases are the oblique endings of surnames that the nominative
// does not have, after the stems that take them, and what stands for them.
var russianSurnameCases = []struct {
	ending string
	stems  []string
	to     string
}{
	{"ого", []string{"ск", "цк"}, "ий"},
	{"ому", []string{"ск", "цк"}, "ий"},
	{"им", []string{"ск", "цк"}, "ий"},
	{"ую", []string{"ск", "цк"}, "ая"},
	{"ым", []string{"ов", "ев", "ин", "ын"}, ""},
	{"ой", []string{"ов", "ев", "ин", "ын"}, "а"},
	{"у", []string{"ов", "ев"}, ""},
	{"е", []string{"ов", "ев"}, ""},
}

func nominativeSurname(form string, declined bool) string {
	if !isCyrillicForm(form) {
		if s, ok := strings.CutSuffix(form, "'s"); ok {
			return s
		}
		return form
	}
	if stem, ok := cutKazakh(form); ok && kazakhCaseIsSure(form, stem) {
		return stem
	}
	for _, c := range russianSurnameCases {
		stem, ok := strings.CutSuffix(form, c.ending)
		if ok && utf8.RuneCountInString(stem) >= minSurname-1 && endsInAny(stem, c.stems...) {
			return stem + c.to
		}
	}
	if stem, ok := strings.CutSuffix(form, "а"); ok && declined && endsInAny(stem, "ов", "ев", "ин", "ын") {
		return stem // Марата Жыланбаева; Анна Жыланбаева keeps it
	}
	return form
}

// kazakhCaseIsSure reports whether what was cut off is a case ending and not
// the end of a name: a long ending, or any behind a surname.
func kazakhCaseIsSure(form, stem string) bool {
	cut := utf8.RuneCountInString(form) - utf8.RuneCountInString(stem)
	return endsInAny(stem, "ов", "ев", "ин", "ын", "ұлы", "қызы", "ский") || cut >= 3 && utf8.RuneCountInString(stem) > minSurname
}

func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// endsAsName reports whether a part that looks like a patronymic is all that a
// name has beside one word: Анна Рабинович.
func endsAsName(n Name, i int) bool {
	words := 0
	for k := range n.Parts {
		if k != i && (n.Parts[k].Kind == Word || n.Parts[k].Kind == Initial) {
			words++
		}
	}
	return words < 2
}
