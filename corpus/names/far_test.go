package names

import (
	"slices"
	"testing"
)

func TestFarKeysReachTheOtherTradition(t *testing.T) {
	for _, tt := range []struct {
		query, token string
		want         bool
		why          string
	}{
		{"Коныртауов Даулетияр", "Konyrtau", true, "without the Russian ending"},
		{"Қоңыртау Дәулетияр", "Konyrtauov", true, "with it"},
		{"Жарыкбаев Даулетияр", "Zharykbai", true, "-баев is -бай"},
		{"Zharykbay Dauletiyar", "Жарықбаев", true, "from Latin"},
		{"Сарымханов Даулетияр", "Sarymkhanuly", true, "a patronymic as surname"},
		{"Сарымханұлы Дәулетияр", "Sarymkhanov", true, "and back"},
		{"Аспандияров Даулетияр", "Asfendiyarov", true, "п heard as ф"},
		{"Байкенжин Даулетияр", "Baigenzhin", true, "к heard as г"},
		{"Шарапханов Даулетияр", "Charapkhanov", true, "French ch is ш"},
		{"Charapkhanov Daouletiyar", "Шарапханов", true, "and back"},
		{"Жүсіпәлиев Даулетияр", "Yusupaliyev", true, "Kazakh ж is й elsewhere"},
		{"Yusupaliyev Dauletiyar", "Жүсіпәлиев", true, "and back"},
		{"Юнусханов Даулетияр", "Жүнісханов", true, "in one script"},
		{"Коныртауов Даулетияр", "Smirnov", false, "another surname"},
		{"Коныртауов Даулетияр", "Taubaev", false, "another with a part in common"},
	} {
		e := NewExpander(tt.query)
		far := e.FarKeys(0)
		got := slices.ContainsFunc(Keys(tt.token), func(k string) bool { return slices.Contains(far, k) || slices.Contains(e.Keys(0), k) })
		if got != tt.want {
			t.Errorf("%s and %s share a key: %v, want %v: %s", tt.query, tt.token, got, tt.want, tt.why)
		}
		if len(far) > maxFarKeys {
			t.Errorf("%s has %d far keys", tt.query, len(far))
		}
	}
}
