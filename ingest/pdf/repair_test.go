package pdf

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func latin(t *testing.T, s string) string {
	t.Helper()
	b, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	out, err := charmap.Windows1252.NewDecoder().String(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBestRepair(t *testing.T) {
	const russian = "Суд установил, что доводы защиты о недопустимости доказательств подтверждаются материалами дела, и постановил исключить протокол."
	const kazakh = "Сот қорғаушының дәлелдемелердің жол берілмейтіндігі туралы уәждерін іс материалдарымен расталады деп тапты, өтініш орындалды, ұсталған адам босатылды, үкім күшін жойды, ғимарат, ұйым, үй."
	wrong := strings.NewReplacer("қ", "ќ", "ү", "ї", "ғ", "є", "ө", "ґ", "ә", "ј", "ң", "ѕ", "ұ", "ў", "һ", "ћ").Replace(kazakh)
	for _, tt := range []struct{ why, in, want string }{
		{"good text stays", russian, russian},
		{"good Kazakh stays", kazakh, kazakh},
		{"windows-1251 called Latin", latin(t, russian), russian},
		{"KZ-1048 called windows-1251", wrong, kazakh},
		{"both; the byte of қ is no letter of Latin", latin(t, strings.ReplaceAll(wrong, "ќ", "")), strings.ReplaceAll(kazakh, "қ", "")},
		{"letters set apart", "П р и г о в о р и м е н е м Р е с п у б л и к и", "ПриговоримененРеспублики"},
		{"Ukrainian is a language", "Європейський суд з прав людини встановив, що її заяву про катування не було розслідувано належним чином, і ґрунтів для відмови немає.", "Європейський суд з прав людини встановив, що її заяву про катування не було розслідувано належним чином, і ґрунтів для відмови немає."},
		{"French is a language", "La Cour a estimé que les éléments de preuve étaient irrecevables, là où les aveux avaient été extorqués à l'intéressé.", "La Cour a estimé que les éléments de preuve étaient irrecevables, là où les aveux avaient été extorqués à l'intéressé."},
	} {
		got := tt.in
		if r := bestRepair(tt.in); r != nil {
			got = r.apply(tt.in)
		}
		if tt.why == "letters set apart" {
			if strings.Count(got, " ") > 1 {
				t.Errorf("%s: %q", tt.why, got)
			}
			continue
		}
		if got != tt.want {
			t.Errorf("%s: %q (score %.3f) becomes %q (%.3f)", tt.why, tt.in, score(tt.in), got, score(got))
		}
	}
}

// TestRepairKeepsWhatTheFileSays reads a page whose letters are named wrongly.
func TestRepairKeepsWhatTheFileSays(t *testing.T) {
	const russian = "Суд установил, что доводы защиты о недопустимости доказательств подтверждаются."
	r, err := extract(pages("BT /H 10 Tf 50 700 Td (" + string(must1252(t, latin(t, russian))) + ") Tj ET"))
	if err != nil || len(r.paras) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	p := r.paras[0]
	if p.Text != russian || p.Raw != latin(t, russian) || len(r.pages[0].Warnings) != 1 {
		t.Errorf("text %q, raw %q, warnings %q", p.Text, p.Raw, r.pages[0].Warnings)
	}
}

func TestSpacedHeadings(t *testing.T) {
	for _, tt := range []struct {
		in, want, why string
	}{
		{"П Р И Г О В О Р", "ПРИГОВОР", "a heading in Russian"},
		{"Ү К І М", "ҮКІМ", "and in Kazakh"},
		{"А Б", "А Б", "two letters may be initials"},
		{"a b c d e f g h", "a b c d e f g h", "letters in a row are no word"},
		{"x 1 2", "x 1 2", "digits are no letters"},
	} {
		p := paragraph{text: tt.in}
		p.mend()
		if p.text != tt.want || (p.raw == "") != (tt.in == tt.want) {
			t.Errorf("%q becomes %q, raw %q; want %q: %s", tt.in, p.text, p.raw, tt.want, tt.why)
		}
	}
}

func must1252(t *testing.T, s string) []byte {
	t.Helper()
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestEmptyOwnerPassword undoes what a program does that sets the password of
// the reader and leaves the owner's empty.
func TestEmptyOwnerPassword(t *testing.T) {
	user := append([]byte("specimen"), passwordPad...)[:32]
	key := hashed(md5Of(passwordPad), 16, 3)
	o := bytes.Clone(user)
	for i := range 20 {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		o = rc4With(k, o)
	}
	if got := byOwner(o, 16, 3); !bytes.Equal(got, user) {
		t.Errorf("the password of the reader is %q, want %q", got, user)
	}
}
