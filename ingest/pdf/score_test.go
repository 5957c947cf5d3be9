package pdf

import "testing"

func TestScore(t *testing.T) {
	for _, tt := range []struct {
		text     string
		min, max float64
		why      string
	}{
		{"Суд признал его виновным и назначил наказание в виде лишения свободы сроком на три года.", 0.85, 1, "Russian"},
		{"Сот оны кінәлі деп танып, үш жыл мерзімге бас бостандығынан айыру жазасын тағайындады.", 0.85, 1, "Kazakh"},
		{"The court found him guilty and sentenced him to three years in prison.", 0.85, 1, "English"},
		{"Қазақстан Республикасының Қылмыстық кодексiнiң 174-бабы бойынша жауаптылық белгiленген.", 0.85, 1, "Kazakh typed with the Latin i"},
		{"Ñóä ïðèçíàë åãî âèíîâíûì è íàçíà÷èë íàêàçàíèå â âèäå ëèøåíèÿ ñâîáîäû", 0, 0.5, "cp1251 read as Latin-1"},
		{"П р и г о в о р и м е н е м Р е с п у б л и к и К а з а х с т а н", 0, 0.5, "spaced out"},
		{"Thecourtfoundhimguiltyandsentencedhimtothreeyearsinprisonwithoutanyblanks", 0, 0.5, "without blanks"},
		{"\uFFFD\uFFFD\uFFFD\uFFFDcourt\uFFFD\uFFFD\uFFFD found \uFFFD\uFFFD\uFFFD", 0, 0.3, "codes without text"},
		{"short", 0, 0, "too short to be scored"},
	} {
		if got := score(tt.text); got < tt.min || got > tt.max {
			t.Errorf("score = %.3f, want %.2f to %.2f: %s", got, tt.min, tt.max, tt.why)
		}
	}
}
