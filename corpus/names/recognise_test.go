package names

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	for _, tt := range []struct{ text, want, why string }{
		{"Суд допросил Даулетияра Шахпановича Коныртауова вчера.", "Даулетияра Шахпановича Коныртауова", "Russian, in the genitive"},
		{"адвокат З. К. Тобылгыбаева заявила", "З. К. Тобылгыбаева", "initials before"},
		{"следователь Тасжарганов М. вёл дело", "Тасжарганов М.", "an initial behind, with its point"},
		{"бұл туралы Асемгүл Шілдебекова айтты", "Асемгүл Шілдебекова", "Kazakh, by the ending of the surname"},
		{"бұл туралы Асемгүл Толбасықызы айтты", "Асемгүл Толбасықызы", "Kazakh, by the patronymic"},
		{"Министр Сергей Кравец сказал", "Сергей Кравец", "a given name; the title is no part"},
		{"Үкімет Қоңыртауов мырзаны ұрғанын жоққа шығарады", "", "who denies it is no part of a name, and a surname alone is none"},
		{"said Alexander Whitfield in court", "Alexander Whitfield", "English, a given name"},
		{"Признать С. Ж. Донесова виновным", "С. Ж. Донесова", "a verb with a capital before the initials"},
		{"содержится в V. Трудах и в IV. Разделе", "", "numbers of headings are no initials"},
		{"В Россию приехал А. Кан", "А. Кан", "a preposition is no initial"},
		{"қарулы күштер, Қарулы Күштері", "", "қарулы is no patronymic"},
		{"Верховный Суд Республики Казахстан", "", "an organ"},
		{"Сонымен Коныртауов айтты", "", "a word that begins a sentence, and a lone surname"},
		{"город Усть-Каменогорск", "", "a place"},
		{"", "", "nothing"},
	} {
		var got []string
		for _, p := range Recognise(tt.text) {
			got = append(got, tt.text[p.Start:p.End])
		}
		if s := strings.Join(got, "|"); s != tt.want {
			t.Errorf("Recognise(%s) = %q, want %q: %s", tt.text, s, tt.want, tt.why)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, p := range Recognise(s) {
			if p.Start < end || p.End <= p.Start || p.End > len(s) {
				t.Errorf("Recognise(%q): %d to %d behind %d", s, p.Start, p.End, end)
			}
			end = p.End
		}
	})
}

// TestRecognisedPersonsAreNamed measures how many of the names found in text
// overlap with one that people marked, and how many of those of two words or
// more are found.
func TestRecognisedPersonsAreNamed(t *testing.T) {
	dir := evalData(t)
	for _, tt := range []struct {
		name  string
		words []word
		p, r  float64
	}{
		{"kazakh", kaznerd(t, filepath.Join(dir, "kaznerd", "IOB2_valid.txt")), 0.95, 0.75},
		{"russian", factru(t, filepath.Join(dir, "factru", "devset")).words, 0.95, 0.55},
	} {
		found, right := 0, 0
		covered := map[int]bool{}
		for _, sentence := range sentences(tt.words) {
			text, starts := joinedText(sentence)
			for _, p := range Recognise(text) {
				found++
				hit := false
				for i, at := range starts {
					if at >= p.Start && at < p.End && sentence[i].person >= 0 {
						hit = true
						covered[sentence[i].person] = true
					}
				}
				if hit {
					right++
				} else if os.Getenv("DALEL_SHOW") == tt.name {
					t.Logf("wrong: %s", text[p.Start:p.End])
				}
			}
		}
		gold, hit := 0, 0
		for id, n := range mentionSizes(tt.words) {
			if n < 2 {
				continue
			}
			gold++
			if covered[id] {
				hit++
			}
		}
		t.Logf("%s: %d found", tt.name, found)
		floor(t, tt.name+" P, overlap", float64(right)/float64(max(1, found)), tt.p)
		floor(t, tt.name+" R, two words", float64(hit)/float64(max(1, gold)), tt.r)
	}
}

func sentences(words []word) (out [][]word) {
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && words[j].sentence == words[i].sentence {
			j++
		}
		out = append(out, words[i:j])
		i = j
	}
	return out
}

// joinedText writes a sentence with points against the word before.
func joinedText(words []word) (text string, starts []int) {
	var b strings.Builder
	for i, w := range words {
		if i > 0 && !slices.Contains([]string{".", ",", ":", ";", "!", "?"}, w.text) {
			b.WriteByte(' ')
		}
		starts = append(starts, b.Len())
		b.WriteString(w.text)
	}
	return b.String(), starts
}

func mentionSizes(words []word) map[int]int {
	out := map[int]int{}
	for _, w := range words {
		if w.person >= 0 && w.text != "." {
			out[w.person]++
		}
	}
	return out
}
