package ui

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// palettes returns the colours of the light and the two dark themes, as the
// style sheet names them.
func palettes(t *testing.T) map[string]map[string]string {
	t.Helper()
	b, err := staticFiles.ReadFile("static/dalel.css")
	if err != nil {
		t.Fatal(err)
	}
	css, _, _ := strings.Cut(string(b), "@media print")
	block := regexp.MustCompile(`:root([^{,]*)\{([^}]*)\}`)
	prop := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`)
	out := map[string]map[string]string{}
	for _, m := range block.FindAllStringSubmatch(css, -1) {
		p := map[string]string{}
		for _, c := range prop.FindAllStringSubmatch(m[2], -1) {
			p[c[1]] = c[2]
		}
		out[strings.TrimSpace(m[1])] = p
	}
	return out
}

// luminance is the relative luminance of a colour (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	channel := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Text must stand out from what it stands on, 4.5 to 1, in every theme.
func TestContrast(t *testing.T) {
	all := palettes(t)
	if len(all) != 3 {
		t.Fatalf("%d themes found, want light, dark, and dark by the system", len(all))
	}
	texts := []string{
		"ink", "soft", "faint", "link", "warn", "under",
		"source", "government", "body", "dissent", "accuser", "defence", "neutral",
	}
	for theme, p := range all {
		for _, text := range texts {
			for _, ground := range []string{"desk", "paper"} {
				if got := contrast(t, p[text], p[ground]); got < 4.5 {
					t.Errorf("theme %q: %s on %s is %.2f to 1, want 4.5", theme, text, ground, got)
				}
			}
		}
		for _, ground := range []string{"marker", "marker-thin", "wash"} {
			if got := contrast(t, p["ink"], p[ground]); got < 4.5 {
				t.Errorf("theme %q: ink on %s is %.2f to 1, want 4.5", theme, ground, got)
			}
		}
	}
	for name, colour := range all[`[data-theme="dark"]`] {
		if other := all[`:not([data-theme="light"])`][name]; other != colour {
			t.Errorf("dark by choice has --%s %s, dark by the system %s", name, colour, other)
		}
	}
}

// There is no key to press on a phone.
func TestPhonesShowNoKeys(t *testing.T) {
	b, err := staticFiles.ReadFile("static/dalel.css")
	if err != nil {
		t.Fatal(err)
	}
	_, narrow, _ := strings.Cut(string(b), "@media (max-width: 56rem) {")
	narrow, _, _ = strings.Cut(narrow, "@media")
	if !strings.Contains(narrow, ".tools .copy kbd { display: none; }") {
		t.Error("a narrow screen shows the key for copying")
	}
}
