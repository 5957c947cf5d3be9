package lang

import "testing"

// The short way for plain words must fold as the long one does.
func TestLoweredIsTheFoldOfPlainWords(t *testing.T) {
	var words []string
	for r := rune(0x20); r < 0x530; r++ {
		words = append(words, string(r), "Ж"+string(r)+"н", "K"+string(r)+"t")
	}
	words = append(words, "Ёлка", "ҚОҢЫРТАУОВ", "Әсемгүл", "Һәм", "ӀӀ", "Konyrtauov", "KЗ", "")
	took := 0
	for _, w := range words {
		got, ok := lowered(w)
		if !ok {
			continue
		}
		took++
		if want := foldAny(w); got != want {
			t.Errorf("lowered(%q) = %q, the fold is %q", w, got, want)
		}
	}
	if took < 600 {
		t.Errorf("%d words went the short way, want most of them", took)
	}
}
