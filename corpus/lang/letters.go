package lang

import "unicode"

// class is what a rune is to the tokenizer.
type class uint8

const (
	classOther  class = iota // separates words
	classLower               // a letter without case, or lower case
	classUpper               // a capital letter
	classDigit               // a decimal digit
	classMark                // a combining mark: part of the word before it
	classSilent              // soft hyphen, zero-width characters: nothing at all
)

// tableSize covers Latin, Greek and Cyrillic, which is nearly all of our text.
const tableSize = 0x530

// runeClasses answers classOf for runes below tableSize.
var runeClasses = func() (t [tableSize]class) {
	for r := range rune(tableSize) {
		t[r] = classify(r)
	}
	return t
}()

// classOf returns the class of a rune.
func classOf(r rune) class {
	if r < tableSize {
		return runeClasses[r]
	}
	return classify(r)
}

func classify(r rune) class {
	switch {
	case isSilent(r):
		return classSilent
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return classUpper
	case unicode.IsDigit(r):
		return classDigit
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Mc, r):
		return classMark
	case isSuperscript(r), isApostrophe(r):
		return classOther
	case unicode.IsLetter(r), unicode.Is(unicode.Nl, r):
		return classLower
	}
	return classOther
}

// isSilent reports whether a rune leaves no trace in a form: soft hyphen,
// zero-width space, joiners and marks of direction, byte order mark.
func isSilent(r rune) bool {
	switch r {
	case 0xAD, 0x34F, 0x61C, 0xFEFF:
		return true
	}
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064
}

// isSuperscript reports whether NFKC would glue a rune to the word before it
// although it is a note mark or a sign: "собрание²", "1ª", "№".
func isSuperscript(r rune) bool {
	switch r {
	case 0xAA, 0xB2, 0xB3, 0xB9, 0xBA, 0x2116:
		return true
	}
	return r >= 0x2070 && r <= 0x209C
}

// isStress reports whether a mark shows stress in Cyrillic: acute or grave.
func isStress(r rune) bool { return r == 0x300 || r == 0x301 }

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', 0xB4, 0x2BB, 0x2BC, 0x2BE, 0x2BF, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07:
		return true
	}
	return false
}

// isHyphen reports whether a rune joins the parts of a compound. Dashes do not.
func isHyphen(r rune) bool {
	switch r {
	case '-', 0x2010, 0x2011, 0xFE63, 0xFF0D:
		return true
	}
	return false
}

func isCyrillic(r rune) bool { return r >= 0x400 && r < 0x530 }

func isLatin(r rune) bool {
	switch {
	case r < 0x80:
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	case r < 0x250:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7
	}
	return unicode.Is(unicode.Latin, r)
}

// isKazakh reports whether a lower-case letter is used in Kazakh and not in Russian.
func isKazakh(r rune) bool {
	switch r {
	case 'ә', 'ғ', 'қ', 'ң', 'ө', 'ұ', 'ү', 'һ', 'і':
		return true
	}
	return false
}

// lower is unicode.ToLower with ё written as е.
func lower(r rune) rune {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 'а' && r <= 'я':
		return r
	case r >= 'А' && r <= 'Я':
		return r + 'а' - 'А'
	case r == 'ё', r == 'Ё':
		return 'е'
	}
	return unicode.ToLower(r)
}
