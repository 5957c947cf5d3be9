package query

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

func TestFields(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{`name:"Әсел Нұрболат"`, "name:<Әсел Нұрболат>", "a value in quotes"},
		{"name:Нұрболат суд", "and(name:<Нұрболат> суд)", "one word without quotes"},
		{"name: Нұрболат", "name:<Нұрболат>", "a blank after the colon"},
		{"имя: «Әсел Нұрболат»", "name:<Әсел Нұрболат>", "with quotes"},
		{"АТЫ:Нұрболат Name:x", "and(name:<Нұрболат> name:<x>)", "in any case"},
		{"name:=Nurbolat", "name:=<Nurbolat>", "this spelling only"},
		{`name:="Asel Nurbolat"`, "name:=<Asel Nurbolat>", "in quotes"},
		{"name: = Nurbolat,", "name:=<Nurbolat>", "with blanks; punctuation behind it"},
		{"article:405(2)", "article:<405(2)>", "parentheses in a value"},
		{"(бап:405(2)(a))", "article:<405(2)(a)>", "in a group"},
		{`ст:"ч. 2 ст. 405 УК"`, "article:<ч. 2 ст. 405 УК>", "a reference as written"},
		{"сілтеме:A/HRC/WGAD/2031/931.", "cites:<A/HRC/WGAD/2031/931>", "a document"},
		{"касается:A/HRC/WGAD/2031/931 қатысты:\"Opinion No. 67/2018\"", "and(about:<A/HRC/WGAD/2031/931> about:<Opinion No. 67/2018>)", "whom a document is about"},
		{`court:"Суд № 2 (бывший)"`, "court:<Суд № 2 (бывший)>", "prints in quotes again"},
		{`folder:"C:\Дела\2023?"`, `folder:<C:\Дела\2023?>`, "in quotes nothing is a wildcard"},
		{"папка:дела/2023 tag:★", "and(folder:<дела/2023> tag:<★>)", "a path; a tag that is a sign"},
		{`tag:"="`, "tag:<=>", "a tag that would read as a sign"},
		{`tag:"a "b`, "and(tag:<a> b)", "a blank at the end of a value"},
		{"name:O’Brien’", "name:<O’Brien>", "an apostrophe in a value"},
		{"person:OR", "person:<OR>", "glued to the colon it is a value"},
		{"x-name:y", "x-name:y", "not a field"},
		{"в:резолютивная чьи:правительства", "and(in:<operative> voice:<government>)", "short Russian names"},
		{"ел:KZ тұлға:Тілек орган:WGAD", "and(country:<KZ> person:<Тілек> body:<WGAD>)", "Kazakh names"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestFieldNamesAreComplete(t *testing.T) {
	seen := map[Field]bool{}
	for name, f := range fieldNames {
		if n := len([]rune(name)); n > longestField {
			t.Errorf("field %s has %d letters, longestField is %d", name, n, longestField)
		}
		seen[f] = true
	}
	all := []Field{
		FieldName, FieldArticle, FieldCites, FieldAbout, FieldKind, FieldLang, FieldDate, FieldCourt, FieldBody, FieldCountry,
		FieldPerson, FieldVoice, FieldCategory, FieldStatus, FieldFolder, FieldTag, FieldIn,
	}
	for _, f := range all {
		if !seen[f] || fieldNames[string(f)] != f {
			t.Errorf("field %s has no name of its own", f)
		}
	}
}

func TestValues(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"kind:Verdict", "verdict", "any case"},
		{"kind:wgad_opinion", "wgad_opinion", "the stored value"},
		{"kind:wgad-opinion", "wgad_opinion", "with a hyphen"},
		{`kind:"WGAD opinion"`, "wgad_opinion", "with a blank"},
		{"kind:приговор", "verdict", "Russian"},
		{"вид:үкім", "verdict", "Kazakh"},
		{`вид:"Обвинительный акт"`, "indictment", "two words"},
		{"kind:обвинительный_акт", "indictment", "joined"},
		{`түрі:"Жоғарғы Соттың нормативтік қаулысы"`, "normative_resolution", "as the page has it"},
		{"lang:русский", "ru", "Russian"},
		{"тіл:Қазақша", "kk", "Kazakh"},
		{"lang:KZ", "kk", "the country for the language"},
		{"voice:правительство", "government", "Russian"},
		{`кімнің:"Органның тұжырымдары"`, "body", "Kazakh"},
		{"category:2", "II", "a digit"},
		{"санат:ІІ", "II", "Cyrillic letters"},
		{`status:"отменён"`, "annulled", "ё is е"},
		{"мәртебе:қолданыста", "in_force", "Kazakh"},
		{"in:қарар", "operative", "Kazakh"},
	} {
		n, err := Parse(tt.in)
		if m, ok := n.(*Match); err != nil || !ok || m.Text != tt.want {
			t.Errorf("Parse(%q) = %v, %v, want %s: %s", tt.in, n, err, tt.want, tt.why)
		}
	}
}

// A word that stood for two values would be a guess.
func TestValueWordsAreOneValueEach(t *testing.T) {
	for f, list := range values {
		owner := map[string]string{}
		for _, v := range list {
			for _, w := range append([]string{plainWords(v.name)}, v.words...) {
				if other, taken := owner[w]; taken {
					t.Errorf("%s: %q is both %s and %s", f, w, other, v.name)
				}
				if w != plainWords(w) {
					t.Errorf("%s: %q can never be found, write %q", f, w, plainWords(w))
				}
				owner[w] = v.name
			}
		}
	}
}

func TestValuesAreThoseOfCorpus(t *testing.T) {
	kinds := Values(FieldKind)
	for i, k := range corpus.Kinds {
		if i >= len(kinds) || kinds[i] != string(k) {
			t.Fatalf("Values(kind) = %v, want corpus.Kinds", kinds)
		}
	}
	if len(kinds) != len(corpus.Kinds) || Values(FieldName) != nil && len(Values(FieldName)) != 0 {
		t.Errorf("Values(kind) = %v", kinds)
	}
	if !slices.Contains(Values(FieldIn), string(corpus.SectionOperative)) {
		t.Errorf("Values(in) = %v", Values(FieldIn))
	}
}

func TestDateRange(t *testing.T) {
	for _, tt := range []struct{ in, from, to, why string }{
		{"2023", "2023", "2023", "a year"},
		{"2023-05", "2023-05", "2023-05", "a month"},
		{"2023-5-1", "2023-05-01", "2023-05-01", "a day, without zeros"},
		{"31.05.2023", "2023-05-31", "2023-05-31", "a day, as written in Kazakhstan"},
		{"05.2023", "2023-05", "2023-05", "a month, likewise"},
		{"2019..2023", "2019", "2023", "a range"},
		{"2019…2023", "2019", "2023", "the dots that phones make"},
		{"2019...2023", "2019", "2023", "three dots"},
		{"2019-2023", "2019", "2023", "years with a hyphen: no date looks so"},
		{"2019–2023", "2019", "2023", "years with a dash"},
		{"..2014", "", "2014", "until"},
		{"2020..", "2020", "", "since"},
		{"01.02.2020..2021-03", "2020-02-01", "2021-03", "forms may differ"},
		{">=2020", "2020", "", "since"},
		{"> 2020", "2021", "", "after a year"},
		{">2020-12", "2021-01", "", "after a month"},
		{">2020-12-31", "2021-01-01", "", "after a day"},
		{"<=2020-05", "", "2020-05", "until"},
		{"<2020-01", "", "2019-12", "before a month"},
		{"≥2020", "2020", "", "as it is printed"},
		{"2023-06..2023", "2023-06", "2023", "the end of a year is after its June"},
		{"2023..2023-06", "2023", "2023-06", "and its begin before"},
	} {
		from, to, err := DateRange(tt.in)
		if err != nil || from != corpus.Date(tt.from) || to != corpus.Date(tt.to) {
			t.Errorf("DateRange(%q) = %q, %q, %v, want %q, %q: %s", tt.in, from, to, err, tt.from, tt.to, tt.why)
		}
		n, err := Parse("date:" + strings.ReplaceAll(tt.in, " ", ""))
		if err != nil {
			t.Errorf("Parse(date:%s) = %v", tt.in, err)
			continue
		}
		m := n.(*Match)
		if again, until, err := DateRange(m.Text); err != nil || again != from || until != to {
			t.Errorf("date:%s prints %q, which is %q to %q, %v", tt.in, m.Text, again, until, err)
		}
	}
	for _, in := range []string{
		"", "..", ">", ">=", "soon", "2023-13", "2023-02-30", "31.13.2023", "05/31/2023", "0999", "20233", "2019..x", "x..2019",
		">9999", "2019..2020..2021", "2019-20", "99999999999999999999", "2023..2019", "2023-05..2023-04-30",
	} {
		if from, to, err := DateRange(in); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("DateRange(%q) = %q, %q, %v, want corpus.ErrInvalid", in, from, to, err)
		}
	}
}
