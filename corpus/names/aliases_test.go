package names

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

func TestBuiltinAliasesAreSound(t *testing.T) {
	rows := BuiltinAliases()
	if len(rows) < 200 {
		t.Fatalf("%d rows", len(rows))
	}
	langs, types := map[string]map[string]bool{}, map[string]string{}
	seen := map[[3]string]bool{}
	for _, a := range rows {
		if kind, _, _ := strings.Cut(a.ID, ":"); kind != a.Type || types[a.ID] != "" && types[a.ID] != a.Type {
			t.Errorf("%s is of type %s", a.ID, a.Type)
		}
		types[a.ID] = a.Type
		key := [3]string{a.ID, string(a.Lang), a.Form}
		if seen[key] {
			t.Errorf("%v stands twice", key)
		}
		seen[key] = true
		if langs[a.ID] == nil {
			langs[a.ID] = map[string]bool{}
		}
		langs[a.ID][string(a.Lang)] = true
	}
	for id, have := range langs {
		if !have["ru"] || !have["en"] {
			t.Errorf("%s is not named in ru and en: %v", id, have)
		}
	}
}

func TestAliasesOfOneThing(t *testing.T) {
	table := NewAliasTable(BuiltinAliases())
	for _, tt := range []struct{ name, want, why string }{
		{"ДВК", "ҚДТ", "three abbreviations of one movement"},
		{"DCK", "ДВК", "from English"},
		{"двк", "DVK", "a query without capitals"},
		{"Демократического выбора Казахстана", "ҚДТ", "the Russian genitive of a full name"},
		{"Қазақстанның демократиялық таңдауының", "ДВК", "the Kazakh genitive"},
		{"Астана", "Nur-Sultan", "a former name"},
		{"Нур-Султан", "Астана", "and back"},
		{"Рабочей группы по произвольным задержаниям", "WGAD", "a body of the United Nations"},
		{"Working Group on Arbitrary Detention", "Негізсіз ұстау жөніндегі жұмыс тобы", "to Kazakh"},
		{"КНБ", "ҰҚК", "an organ"},
		{"ТОО", "LLP", "a legal form"},
	} {
		got := table.Find(tt.name)
		if !slices.ContainsFunc(got, func(a Alias) bool { return a.Form == tt.want }) {
			t.Errorf("Find(%s) has no %s: %s: %v", tt.name, tt.want, tt.why, got)
		}
	}
	if got := table.Find("Жыланбаев"); got != nil {
		t.Errorf("Find of a name that is not there = %v", got)
	}
	for _, a := range table.Find("DCK") {
		if a.Form == "DCK" && !a.Context {
			t.Error("DCK means other things as well: it needs context")
		}
	}
}

func TestUsersMergePersons(t *testing.T) {
	own, err := ParseAliases("own", strings.NewReader("id\ttype\tlang\tform\tkind\n"+
		"# one and the same\nperson:1\tperson\tru\tДаулетияр Коныртауов\tfull\n\nperson:1\tperson\ten\tDaniel Conrad\tfull\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := NewAliasTable(BuiltinAliases(), own).Find("Даулетияра Коныртауова")
	if len(got) != 2 || got[1].Form != "Daniel Conrad" {
		t.Errorf("Find = %v", got)
	}
}

func TestWrongRowsAreToldByLine(t *testing.T) {
	in := "org:a\torg\ten\tAlpha\tfull\norg:b\torg\ten\norg:c\tfirm\ten\tC\tfull\norg:d\torg\tde\tD\tfull\norg:e\torg\ten\tE\tname\n" +
		"org:f\torg\ten\tF\tfull\tU\n\torg\ten\tG\tfull\norg:h\torg\ten\t...\tfull\norg:i\torg\ten\tI\xff\tfull\norg:z\torg\tkk\tЗет\tabbr\tctx\n"
	rows, err := ParseAliases("aliases.tsv", strings.NewReader(in))
	if !errors.Is(err, corpus.ErrInvalid) {
		t.Fatalf("error %v, want corpus.ErrInvalid", err)
	}
	for _, want := range []string{
		"aliases.tsv", "line 2: 3 columns", `line 3: type "firm"`, `line 4: language "de"`, `line 5: kind "name"`, `line 6: flag "U"`,
		"line 7: no id", `line 8: form "..." has no word`, "line 9: not UTF-8",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q lacks %q", err, want)
		}
	}
	if len(rows) != 2 || rows[1].Form != "Зет" || !rows[1].Context {
		t.Errorf("rows %v, want the first and the last", rows)
	}
}

func FuzzParseAliases(f *testing.F) {
	f.Add(builtinAliases[:400])
	f.Add("org:a\torg\ten\tAlpha\tfull\tctx\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := ParseAliases("fuzz", strings.NewReader(s))
		if err != nil && !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("error %v is not corpus.ErrInvalid", err)
		}
		table := NewAliasTable(rows)
		for _, a := range rows {
			if !slices.Contains(table.Find(a.Form), a) && !slices.ContainsFunc(table.Find(a.Form), func(b Alias) bool { return b.ID == a.ID && b.Form == a.Form }) {
				t.Errorf("%v is not found by its form", a)
			}
		}
	})
}
