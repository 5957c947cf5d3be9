package names

import "testing"

func TestFathersTellNamesakesApart(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
		why  string
	}{
		{"Даулетияр Шахпанович Коныртауов", "Дәулетияр Шахпанұлы Қоңыртауов", true, "Russian and Kazakh"},
		{"Даулетияра Шахпановича Коныртауова", "Dauletiyar Shakhpanovich Konyrtauov", true, "a genitive and Latin"},
		{"Қоңыртауов Дәулетияр Шахпанұлының", "Коныртауову Даулетияру Шахпановичу", true, "a Kazakh genitive and a Russian dative"},
		{"Даулетияр Шахпанович Коныртауов", "Даулетияр Енсепович Коныртауов", false, "a namesake"},
		{"Дәулетияр Еңсепұлы Қоңыртауов", "Коныртауов Д. Е.", true, "an initial"},
		{"Дәулетияр Шахпанұлы Қоңыртауов", "Коныртауов Д. Е.", false, "another initial"},
		{"Марат Серік ұлы Жыланбаев", "Марат Серикович Жыланбаев", true, "two words"},
	} {
		a, okA := FatherIn(Parse(tt.a))
		b, okB := FatherIn(Parse(tt.b))
		if !okA || !okB || a.Same(b) != tt.same || b.Same(a) != tt.same {
			t.Errorf("%q (%v) and %q (%v): same = %v, want %v: %s", tt.a, okA, tt.b, okB, a.Same(b), tt.same, tt.why)
		}
	}
	for name, want := range map[string]string{
		"Даулетияра Шахпановича Коныртауова":  "Шахпанович",
		"Асемгуль Фёдоровне Шильдебек":        "Федоровна", // the fold has no ё
		"Қоңыртауов Дәулетияр Шахпанұлының":   "Шахпанұлы",
		"Асемгуль Фёдоровна Шильдебек":        "Фёдоровна",
		"Dauletiyar Shakhpanovich Konyrtauov": "Shakhpanovich",
	} {
		if f, _ := FatherIn(Parse(name)); f.Text != want {
			t.Errorf("FatherIn(%q) = %q, want %q", name, f.Text, want)
		}
	}
	for _, none := range []string{"Даулетияр Коныртауов", "Коныртауов Д.", "Рабинович", "Коныртауов"} {
		if f, ok := FatherIn(Parse(none)); ok {
			t.Errorf("FatherIn(%q) = %q, want none", none, f.Text)
		}
	}
}
