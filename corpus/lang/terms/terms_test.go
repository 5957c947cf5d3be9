package terms

import (
	"slices"
	"strings"
	"testing"

	"dalel/corpus/lang"
)

func TestTableIsWhole(t *testing.T) {
	entries := Entries()
	if len(entries) < 500 {
		t.Errorf("%d terms, want at least 500", len(entries))
	}
	fields := map[Field]bool{
		Detention: true, Restraint: true, Procedure: true, Court: true, Evidence: true, Punishment: true,
		Offence: true, Torture: true, Rights: true, UN: true, Law: true,
	}
	seen := map[string]string{}
	for _, e := range entries {
		have := map[lang.Code]bool{}
		for _, n := range e.Names {
			have[n.Code] = true
			if n.Text == "" || len(n.Words) == 0 {
				t.Errorf("%s: a name without words: %q", e.Names[0].Text, n.Text)
			}
			k := string(n.Code) + strings.ToLower(n.Text)
			if other, ok := seen[k]; ok && other == e.Names[0].Text {
				t.Errorf("%s: %q stands twice", e.Names[0].Text, n.Text)
			}
			seen[k] = e.Names[0].Text
		}
		if !have[lang.RU] || !have[lang.KK] || !have[lang.EN] || !fields[e.Field] {
			t.Errorf("%s: field %q, languages %v", e.Names[0].Text, e.Field, have)
		}
	}
}

func TestNoNameIsMixed(t *testing.T) {
	for _, e := range Entries() {
		for _, n := range e.Names {
			for _, r := range withoutRoman(n.Text) {
				cyrillic := r >= 0x400 && r < 0x530
				latin := r|0x20 >= 'a' && r|0x20 <= 'z'
				if latin && n.Code != lang.EN || cyrillic && n.Code == lang.EN {
					t.Errorf("%s: %q has a letter of another script", n.Code, n.Text)
					break
				}
			}
		}
	}
}

// withoutRoman leaves out Roman numbers, which are Latin in every language.
func withoutRoman(text string) string {
	words := strings.Fields(text)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return strings.Trim(w, "IV") == "" }), " ")
}

func TestLookup(t *testing.T) {
	for _, tt := range []struct {
		query, want string
		code        lang.Code
		why         string
	}{
		{"лишения свободы", "бас бостандығынан айыру", lang.Und, "genitive"},
		{"бас бостандығынан айырылған", "лишение свободы", lang.KK, "a participle"},
		{"deprivations of liberty", "лишение свободы", lang.Und, "plural"},
		{"незаконного лишения свободы", "бас бостандығынан заңсыз айыру", lang.RU, "the longer term wins"},
		{"пытками", "азаптау", lang.Und, "instrumental"},
		{"азаптаудың", "пытки", lang.Und, "genitive in Kazakh"},
		{"тыйым салынған ұйымның", "запрещенная организация", lang.Und, "three words"},
		{"presumption of innocence", "презумпция невиновности", lang.Und, "English"},
		{"WGAD", "Рабочая группа по произвольным задержаниям", lang.Und, "abbreviation"},
		{"негізсіз ұстауды", "произвольное задержание", lang.KK, "Kazakh accusative"},
		{"заңсыз ұстау", "незаконное задержание", lang.KK, "unlawful, not arbitrary"},
		{"азаптау арқылы алынған дәлелдемеге", "доказательства, полученные под пыткой", lang.Und, "words that link"},
		{"доказательством, полученным под пыткой", "доказательства, полученные под пыткой", lang.Und, "a comma, the instrumental"},
		{"evidence obtained under torture", "доказательства, полученные под пыткой", lang.Und, "another preposition"},
		{"кассациялық қайта қараудың негіздері", "основания кассационного пересмотра", lang.Und, "genitive and plural"},
		{"grounds for cassation review", "основания кассационного пересмотра", lang.Und, "four words"},
		{"нормативтік қаулысының", "нормативное постановление", lang.Und, "a possessive genitive"},
		{"category II", "вторая категория", lang.Und, "a Roman number"},
		{"III санаттың", "третья категория", lang.Und, "a Roman number first"},
		{"prisoners", "заключенный", lang.Und, "prison has the same stem"},
		{"prisons", "тюрьма", lang.Und, "and the other way round"},
		{"charges", "обвинение", lang.Und, "the nearer form of charge and charged"},
		{"дәлелдемеге жол берілмейді", "недопустимые доказательства", lang.Und, "a denial"},
		{"дәлелдеменің жол берілетіндігін", "допустимость доказательств", lang.Und, "no denial"},
		{"категории III", "третья категория", lang.Und, "a Roman number among Cyrillic words"},
	} {
		got := Lookup(Words(tt.query), tt.code)
		if len(got) != 1 || !hasName(got[0].Entry, tt.want) || got[0].Start != 0 || got[0].End != len(Words(tt.query)) {
			t.Errorf("Lookup(%q) = %v, want the entry of %q: %s", tt.query, describe(got), tt.want, tt.why)
		}
	}
}

func TestLookupLeavesOtherWords(t *testing.T) {
	got := Lookup(Words("жалоба на арест адвоката в Алматы"), lang.Und)
	var at []int
	for _, m := range got {
		at = append(at, m.Start, m.End)
	}
	if len(got) != 3 || at[0] != 0 || at[2] != 2 || at[4] != 3 {
		t.Errorf("matches %v at %v, want words 0, 2 and 3", describe(got), at)
	}
	if got := Lookup(Words("погода завтра"), lang.Und); len(got) != 0 {
		t.Errorf("everyday words give %v", describe(got))
	}
	if got := Lookup(nil, lang.Und); got != nil {
		t.Errorf("no words give %v", got)
	}
}

func TestOthersAreInOtherLanguages(t *testing.T) {
	m := Lookup(Words("меры пресечения"), lang.Und)
	if len(m) != 1 {
		t.Fatalf("matches %v, want one", describe(m))
	}
	for _, n := range m[0].Others() {
		if n.Code == lang.RU {
			t.Errorf("%q is in the language of the query", n.Text)
		}
	}
	if first := m[0].Others()[0].Text; first != "бұлтартпау шарасы" {
		t.Errorf("first other name %q, want the usual Kazakh one", first)
	}
}

// shared are names that stand for two notions; the first of the table is given.
var shared = []string{"қамауға алу", "нормативтік қаулы"}

// TestEveryNameFindsItself holds stems and table together: a name is that of
// its own notion, though another has a name with the same stems.
func TestEveryNameFindsItself(t *testing.T) {
	for i := range Entries() {
		e := &Entries()[i]
		for _, n := range e.Names {
			for _, code := range []lang.Code{n.Code, lang.Und} {
				m := Lookup(Words(n.Text), code)
				if len(m) == 0 || m[0].End != len(n.Words) {
					t.Errorf("%s: %q finds %v", code, n.Text, describe(m))
				} else if m[0].Entry != e && !slices.Contains(shared, n.Text) {
					t.Errorf("%s: %q of %q finds %q", code, n.Text, e.Names[0].Text, m[0].Entry.Names[0].Text)
				}
			}
		}
	}
}

func hasName(e *Entry, text string) bool {
	for _, n := range e.Names {
		if n.Text == text {
			return true
		}
	}
	return false
}

func describe(matches []Match) []string {
	var out []string
	for _, m := range matches {
		out = append(out, m.Entry.Names[m.Name].Text)
	}
	return out
}

func BenchmarkLookup(b *testing.B) {
	words := Words("жалоба на незаконное лишение свободы адвоката")
	Entries()
	for b.Loop() {
		Lookup(words, lang.Und)
	}
}
