package lang

import (
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Code
		why  string
	}{
		{"Сот үкімді өзгеріссіз қалдырды.", KK, "letters of Kazakh"},
		{"Ол бармады, бала да келмеді.", KK, "no letter of its own"},
		{"Қылмыстық кодекстiң бабы", KK, "with Latin i"},
		{"Суд оставил приговор без изменения.", RU, "Russian"},
		{"Суд города Қонаев оставил приговор без изменения, а жалобу без удовлетворения.", RU, "a Kazakh name in Russian prose"},
		{"The court upheld the verdict.", EN, "English"},
		{"Сот шешімі: Human Rights Watch ұйымының есебі туралы", KK, "an English name in Kazakh prose"},
		{"Qazaqstan Respýblıkasynyń ulttyq qaýipsizdigi", KK, "Latin alphabet of 2018"},
		{"№ 12-34", Und, "no letters"},
		{
			strings.Repeat("Сот үкімді өзгеріссіз қалдырып, шағымды қанағаттандырмады. ", 2) +
				strings.Repeat("Суд оставил приговор без изменения, а жалобу без удовлетворения. ", 2), Und, "two languages",
		},
	} {
		if got, p := Detect(tt.in); got != tt.want || p < 0 || p > 1 {
			t.Errorf("Detect(%q) = %s, %.2f, want %s: %s", tt.in, got, p, tt.want, tt.why)
		}
	}
}

func TestDetectIsUnsureOfShortTexts(t *testing.T) {
	for _, s := range []string{"да", "сот", "ok", "Н.", "12 бап"} {
		if code, p := Detect(s); p >= .6 {
			t.Errorf("Detect(%q) = %s, %.2f, want less than .6", s, code, p)
		}
	}
}
