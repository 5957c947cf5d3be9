package lang

// Detect tells the language of a paragraph, and how sure it is, from 0 to 1.
// It is Und below a few letters, and where the signs of two languages are
// mixed: such a paragraph is read as each of them.
func Detect(text string) (Code, float64) {
	var kazakh, cyrillic, latin int
	for _, r := range text {
		switch r = lower(r); {
		case isKazakh(r):
			kazakh++
			cyrillic++
		case isCyrillic(r):
			cyrillic++
		case isLatin(r):
			latin++
		}
	}
	switch {
	case latin+cyrillic < 3:
		return Und, 0
	case latin > cyrillic:
		return EN, float64(latin) / float64(latin+cyrillic)
	case kazakh*50 >= cyrillic:
		return KK, .9
	}
	return RU, .9
}
