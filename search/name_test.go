package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
)

// people is a library about invented persons, SPECIMEN all.
func people() *fake {
	return newFake(
		doc("ru", nil,
			para("Суд допросил Даулетияра Коныртауова и отпустил его."),
			para("Свидетель Коныртауов Д. Е. показал, что пасеку держит давно."),
			para("Даулетияр Енсепович Коныртауов пчеловод."),
			para("Пришёл и Даурен Коныртауов, его сосед."),
			para("Слова «коныртауов» в реестре нет."),
			para("Об этом писала Асемгуль. Шильдебек ей возражала."),
			para("Список: Асемгуль Шильдебек.")),
		doc("kk", nil,
			para("Сот Дәулетияр Қоңыртауовтың шағымын қарады."),
			para("Дәулетияр Шахпанұлы Қоңыртауов келмеді."),
			para("Қоңыртауовқа айып тағылды.")),
		doc("en", nil,
			para("The source adds that Dauletiyar Konyrtauov was beaten."),
			para("Mr. Konyrtauov’s wife was not told. Daulet Konyrtauov was."),
			para("Assemgul Shildebek")),
	)
}

func TestNamesAreFoundInAnySpelling(t *testing.T) {
	for _, tt := range []struct{ query, want, why string }{
		{`name:"Даулетияр Коныртауов"`, "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "cases, scripts, an initial; not Даурен, not Daulet, not a word without capital"},
		{`name:"Коныртауов Даулетияр"`, "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "the other order"},
		{`name:"Dauletiyar Konyrtauov"`, "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "asked in Latin letters"},
		{"name:\"Дaулетияр Кoныртауов\"", "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "Latin a and o among Cyrillic letters"},
		{`name:"Қоңыртауов"`, "en#1 en#2 kk#1 kk#2 kk#3 ru#1 ru#2 ru#3 ru#4", "a surname alone"},
		{`name:"Коныртауов Д."`, "en#1 en#2 kk#1 kk#2 ru#1 ru#2 ru#3 ru#4", "a surname and an initial: of all who begin so"},
		{`name:"Даулетияр Шахпанович Коныртауов"`, "en#1 kk#1 kk#2 ru#1", "with a patronymic: nobody of another one"},
		{`name:="Konyrtauov"`, "en#1 en#2", "this spelling only"},
		{`name:"Қоңыртауов -коныртауов -коныртауова"`, "en#1 en#2 kk#1 kk#2 kk#3", "spellings that are not wanted"},
		{`name:"Асемгуль Шильдебек"`, "en#3 ru#7", "words of two sentences are no name"},
		{"Даулетияра Коныртауова", "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "what reads as a name is one"},
		{"даулетияр коныртауов", "en#1 kk#1 kk#2 ru#1 ru#2 ru#3", "without capitals too"},
		{"Даулетияра Коныртауова as:words", "ru#1 ru#3", "the way out"},
		{"Коныртауов пасека", "ru#2", "a surname among words"},
		{`-name:"Даурен Коныртауов" Коныртауов`, "en#1 en#2 kk#1 kk#2 kk#3 ru#1 ru#3 ru#5", "a name left out, also by its initial; the word without capital is found as a word"},
		{`name:"Даулетияр Коныртауов" /s wife`, "", "the wife is another paragraph's"},
		{`Konyrtauov /s wife`, "en#2", "near a word"},
	} {
		res, err := people().engine().Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		if got := places(res); got != tt.want {
			t.Errorf("%s finds %q, want %q: %s", tt.query, got, tt.want, tt.why)
		}
	}
}

// In lower case, words that end as surnames do are names only where they are all
// that was typed, or the library or a list of given names knows one of them.
func TestWordsInLowerCaseAreSeldomNames(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  bool
		why   string
	}{
		{"блокировка карт активистов", false, "nobody knows either word as a name"},
		{"карт активистов", true, "nothing else was typed; it may be a spelling of one that is here"},
		{"суд даулетияр коныртауов", true, "the library writes it so"},
		{"свидетель марат сарымханов", true, "a given name"},
	} {
		res, err := people().engine().Search(t.Context(), Request{Query: tt.query, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(res.Notes, func(n Note) bool { return n.Kind == NoteName }); got != tt.want {
			t.Errorf("%q is read as a name: %v, want %v: %s", tt.query, got, tt.want, tt.why)
		}
	}
}

func TestSpellingsAreListedWithTheirPassages(t *testing.T) {
	res, err := people().engine().Search(t.Context(), Request{Query: `name:"Коныртауов"`, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range res.Spellings {
		got = append(got, fmt.Sprintf("%s %d %.2f", s.Form, s.Passages, s.Score))
	}
	want := []string{"коныртауов 3 1.00", "коныртауова 1 0.97", "konyrtauov 2 0.95", "қоңыртауов 1 0.95", "қоңыртауовтың 1 0.95", "қоңыртауовқа 1 0.95"}
	if !slices.Equal(got, want) {
		t.Errorf("spellings %q, want %q: the best first, every passage counted", got, want)
	}
}

func TestExactSpellingsComeFirst(t *testing.T) {
	res, err := people().engine().Search(t.Context(), Request{Query: `name:"Даулетияр Коныртауов"`, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range res.Passages {
		got = append(got, string(h.Doc.ID))
		if h.Likeness < 0.8 || h.Likeness > 1 {
			t.Errorf("%s#%d agrees %.2f", h.Doc.ID, h.Para.Ord, h.Likeness)
		}
	}
	if s := strings.Join(got, " "); !strings.HasPrefix(s, "ru ru ru ") {
		t.Errorf("order %q, want the spelling typed, then its cases, then other scripts", s)
	}
	for _, m := range res.Passages[0].Matches {
		if m.Why != WhyName {
			t.Errorf("%+v is no match by name", m)
		}
	}
}

func TestDistantSpellingsAreToldAsSuch(t *testing.T) {
	res, err := people().engine().Search(t.Context(), Request{Query: `name:"Гульнара Шильдебек"`, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if got := places(res); got != "en#3 ru#7" {
		t.Errorf("found %q, want the rows of lists that have the surname", got)
	}
	if !slices.ContainsFunc(res.Notes, func(n Note) bool { return n.Kind == NoteDistant }) || res.Passages[0].Likeness >= 0.8 {
		t.Errorf("notes %+v, likeness %.2f: a distant spelling is not told as one", res.Notes, res.Passages[0].Likeness)
	}
}

func TestAGivenNameAndAPatronymicAreAPerson(t *testing.T) {
	f := newFake(doc("a", nil,
		para("Свидетель видел Тимура Петровича у ворот."),
		para("Тогда Тимур Фёдорович вышел."),
		para("Тимур Петрович и Тимур П. стояли рядом."),
		para("Тимуру Петровичу и тимурову Петру."),
		para("К Тимуру П. пришли."),
		para("Т. Петрович молчал."),
		para("Тимур Петрович, Петрович!")))
	res, err := f.engine().Search(t.Context(), Request{Query: `name:"Тимур Петрович"`, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	if got := places(res); got != "a#1 a#3 a#4 a#6 a#7" {
		t.Errorf("found %q, want no other patronymic, and not its initial alone", got)
	}
}

func TestNamesThatAreNone(t *testing.T) {
	for _, q := range []string{`name:"Л."`, `name:"А. Б."`, `name:"123"`, `name:"№"`, `name:"1 2 3"`} {
		_, err := people().engine().Search(t.Context(), Request{Query: q})
		if !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v, want a sentence that it is no name", q, err)
		}
	}
}

func TestAliasesAreFoundWithAWayOut(t *testing.T) {
	f := newFake(
		doc("a", nil, para("Активисты ДВК были осуждены."), para("Демократического выбора Казахстана более нет."), para("слово двк в нижнем регистре")),
		doc("b", nil, para("Members of the Democratic Choice of Kazakhstan (DCK) were tried."), para("The dck of a ship.")),
		doc("c", nil, para("ҚДТ деген үш әріп.")),
		doc("d", nil, para("«Қазақстанның демократиялық таңдауы» туралы."), para("ҚДТ ұйымына тыйым салынды.")),
	)
	for _, tt := range []struct{ query, want, why string }{
		{"ДВК", "a#1 a#2 a#3 b#1 d#1 d#2", "as typed in any case; its other names with capitals, and three letters that may be others' beside one of them only"},
		{"ДВК as:words", "a#1 a#3", "the way out"},
		{"=ДВК", "a#1 a#3", "an exact word is no alias"},
		{"ДВК осуждены", "a#1", "beside other words"},
	} {
		res, err := f.engine().Search(t.Context(), Request{Query: tt.query, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		if got := places(res); got != tt.want {
			t.Errorf("%s finds %q, want %q: %s", tt.query, got, tt.want, tt.why)
		}
	}
}
