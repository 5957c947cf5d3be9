package works

import (
	"cmp"
	"slices"

	"dalel/corpus"
)

// Compare orders the versions of a work, the one to show first: what is final
// before what is not, then the reader's language, then an original before a
// translation, an official translation before another, the newest, and the ID.
func Compare(a, b *corpus.Document, reader string) int {
	return cmp.Or(
		cmp.Compare(standing(a), standing(b)),
		cmp.Compare(inLanguage(a, reader), inLanguage(b, reader)),
		cmp.Compare(translated(a), translated(b)),
		newest(a, b),
		cmp.Compare(a.ID, b.ID),
	)
}

// standing is 0 for what is final or says nothing, more for what came before.
func standing(d *corpus.Document) int {
	if d.Kind() == corpus.Motion {
		return 2
	}
	if slices.Contains(d.Values(corpus.KeyStatus), corpus.StatusAdvance) {
		return 1
	}
	return 0
}

func inLanguage(d *corpus.Document, reader string) int {
	if reader == "" || d.Value(corpus.KeyLang) == reader {
		return 0
	}
	return 1
}

// translated is 0 for an original, 1 for a translation, 2 for an unofficial one.
func translated(d *corpus.Document) int {
	switch {
	case d.Value(corpus.KeyOfficial) == "no":
		return 2
	case d.Value(corpus.KeyOriginal) != "" && d.Value(corpus.KeyOriginal) != d.Value(corpus.KeyLang):
		return 1
	}
	return 0
}

func newest(a, b *corpus.Document) int {
	x, _ := a.Date().Days()
	y, _ := b.Date().Days()
	return cmp.Compare(y, x)
}

// Difference is how a version differs from the one that is shown.
type Difference string

// The differences, as pages say them.
const (
	Copy        Difference = "copy"
	Advance     Difference = "advance"     // came before the final text
	Final       Difference = "final"       // came after an advance version
	Draft       Difference = "motion"      // what was adopted differs from it
	Adopted     Difference = "adopted"     //
	Language    Difference = "language"    // the same in another language
	Translation Difference = "translation" // and not the original
	Original    Difference = "original"    // of a translation
)

// Differ says how version d differs from another.
func Differ(d, from *corpus.Document) Difference {
	switch {
	case d.Kind() == corpus.Motion && from.Kind() != corpus.Motion:
		return Draft
	case d.Kind() != corpus.Motion && from.Kind() == corpus.Motion:
		return Adopted
	case standing(d) > standing(from):
		return Advance
	case standing(d) < standing(from):
		return Final
	case d.Value(corpus.KeyLang) == from.Value(corpus.KeyLang):
		return Copy
	case translated(d) > translated(from):
		return Translation
	case translated(d) < translated(from):
		return Original
	}
	return Language
}
