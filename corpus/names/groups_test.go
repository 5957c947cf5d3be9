package names

import (
	"fmt"
	"testing"
)

func TestNominative(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"Даулетияр Коныртауов", "Даулетияр Коныртауов", "a nominative stays"},
		{"Даулетияра Коныртауова", "Даулетияр Коныртауов", "Russian genitive, shown by a name that is common in Kazakhstan"},
		{"Чжунмина Коныртауова", "Чжунмина Коныртауова", "the given name is in no table: nothing tells a genitive from a woman"},
		{"Марата Коныртауова", "Марат Коныртауов", "Russian genitive, shown by the given name"},
		{"Маратом Коныртауовым", "Марат Коныртауов", "Russian instrumental"},
		{"Анна Коныртауова", "Анна Коныртауова", "a woman's nominative"},
		{"Анной Коныртауовой", "Анна Коныртауова", "a woman's instrumental"},
		{"Марат Коныртауовқа", "Марат Коныртауов", "Kazakh dative"},
		{"Марат Қоңыртауовтың", "Марат Қоңыртауов", "Kazakh genitive"},
		{"МАРАТ ҚОҢЫРТАУОВ", "Марат Қоңыртауов", "capitals of a heading"},
		{"Марат Серикович Коныртауов", "Марат Коныртауов", "no patronymic"},
		{"Марат Серікұлы Қоңыртауов", "Марат Қоңыртауов", "no Kazakh patronymic"},
		{"М. Коныртауову", "М. Коныртауов", "Russian dative behind an initial"},
		{"Александра Стромского", "Александра Стромский", "what is a nominative of another name stays"},
		{"Пётр Ёлкин", "Пётр Ёлкин", "ё is kept as it stands"},
		{"Marat Konyrtauov’s", "Marat Konyrtauov", "English possessive"},
	} {
		if got := Parse(tt.in).Nominative(); got != tt.want {
			t.Errorf("Nominative(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestGroups(t *testing.T) {
	g := NewGroups(nil)
	for _, tt := range []struct{ in, want, why string }{
		{"Даулетияр Коныртауов", "Даулетияр Коныртауов", "the first of a group names it"},
		{"Коныртауов Даулетияр", "Даулетияр Коныртауов", "the other order"},
		{"Даулетияра Коныртауова", "Даулетияр Коныртауов", "Russian genitive"},
		{"Дәулетияр Қоңыртауовтың", "Даулетияр Коныртауов", "Kazakh genitive"},
		{"Dauletiyar Konyrtauov", "Даулетияр Коныртауов", "the other script"},
		{"Даулетияр Енсепович Коныртауов", "Даулетияр Коныртауов", "a patronymic makes no other group"},
		{"Даурен Коныртауов", "Даурен Коныртауов", "another given name"},
		{"Даулетияр Коныратов", "Даулетияр Коныратов", "another surname"},
		{"Коныртауов", "", "one word is no group"},
		{"Д. Коныртауов", "Д. Коныртауов", "an initial may be another person's"},
	} {
		if got := g.Of(Parse(tt.in), nil); got != tt.want {
			t.Errorf("Of(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
	for _, tt := range []struct {
		in        string
		here      []string
		want, why string
	}{
		{"Д. Коныртауов", []string{"Даулетияр Коныртауов"}, "Даулетияр Коныртауов", "the document names one whom the initial fits"},
		{"Д. Коныртауову", []string{"Даулетияр Коныртауов", "Даурен Коныртауов"}, "Д. Коныртауов", "it names two"},
		{"С. Коныртауов", []string{"Даулетияр Коныртауов"}, "С. Коныртауов", "it names nobody of that initial"},
	} {
		if got := g.Of(Parse(tt.in), tt.here); got != tt.want {
			t.Errorf("Of(%q) beside %q = %q, want %q: %s", tt.in, tt.here, got, tt.want, tt.why)
		}
	}
	again := NewGroups([]string{"Даулетияр Коныртауов", "Даурен Коныртауов"})
	if got := again.Of(Parse("Dauren Konyrtauov"), nil); got != "Даурен Коныртауов" {
		t.Errorf("after opening again: %q", got)
	}
}

func BenchmarkGroups(b *testing.B) {
	var labels []string
	for i := range 2000 {
		labels = append(labels, fmt.Sprintf("Марат %s%sов", []string{"Бак", "Тул", "Жан", "Кайс", "Омар"}[i%5], []string{"ир", "ан", "ет", "ул", "ым"}[i/5%5]))
	}
	g := NewGroups(labels)
	n := Parse("Марата Жанулова")
	for b.Loop() {
		_ = g.Of(n, nil)
	}
}
