package names

import (
	_ "embed"
	"strings"
	"sync"
)

// givenTable has one given name a line, in the forms that languages have of
// it, with its diminutives.
//
//go:embed given.txt
var givenTable string

// givenGroups numbers the lines of the table by the readings of their names,
// with and without a last vowel, as roots of patronymics have them.
var givenGroups = func() map[string]int {
	groups := map[string]int{}
	no := 0
	for line := range strings.Lines(givenTable) {
		if !isGivenLine(line) {
			continue
		}
		no++
		for word := range strings.FieldsSeq(line) {
			plain := strings.ReplaceAll(word, "ё", "е")
			for _, r := range append(readingsOf(word), readingsOf(plain)...) {
				addGiven(groups, r, no)
				if n := len(r) - 1; n >= minRoot && isVowel(r[n]) {
					addGiven(groups, r[:n], no)
				}
			}
		}
	}
	return groups
}()

// commonTable has further given names, without other forms.
//
//go:embed given_more.txt
var commonTable string

// givenReadings are the readings of all given names of both tables, whole.
var givenReadings = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, table := range []string{givenTable, commonTable} {
		for line := range strings.Lines(table) {
			if !isGivenLine(line) {
				continue
			}
			for word := range strings.FieldsSeq(line) {
				for _, r := range append(readingsOf(word), readingsOf(strings.ReplaceAll(word, "ё", "е"))...) {
					known[r] = true
				}
			}
		}
	}
	return known
})

// isGiven reports whether a folded word is a given name of the tables, in the
// nominative.
func isGiven(form string) bool {
	for _, r := range readingsOf(form) {
		if givenReadings()[r] {
			return true
		}
	}
	return false
}

// minRoot is the fewest sounds of a root without its last vowel: серге of
// Сергеевич, but not сен of Сеня.
const minRoot = 4

// addGiven enters a reading; the line that has it first keeps it.
func addGiven(groups map[string]int, reading string, no int) {
	if _, taken := groups[reading]; !taken {
		groups[reading] = no
	}
}

// givenGroup returns the number of the given name that readings are; 0 if it
// is not in the table.
func givenGroup(readings []string) int {
	for _, r := range readings {
		if no := givenGroups[r]; no > 0 {
			return no
		}
	}
	return 0
}

// givenBegins reports whether some form of a given name begins with an initial:
// О. stands for Александр in a Ukrainian document.
func givenBegins(group int, initial []string) bool {
	for _, r := range initial {
		if givenInitials[[2]int{group, int(firstSound(r[0]))}] {
			return true
		}
	}
	return false
}

// givenInitials are the groups with the first sounds of their names.
var givenInitials = func() map[[2]int]bool {
	out := map[[2]int]bool{}
	for r, no := range givenGroups {
		out[[2]int{no, int(firstSound(r[0]))}] = true
	}
	return out
}()

// givenKeys returns the keys of all forms of a given name.
func givenKeys(group int) []string {
	if group == 0 {
		return nil
	}
	var out []string
	no := 0
	for line := range strings.Lines(givenTable) {
		if !isGivenLine(line) {
			continue
		}
		if no++; no != group {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			out = append(out, Keys(word)...)
		}
	}
	return out
}

func isGivenLine(line string) bool {
	return !strings.HasPrefix(line, "#") && strings.TrimSpace(line) != ""
}
