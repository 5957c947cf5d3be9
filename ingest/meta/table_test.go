package meta

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"dalel/corpus"
)

func TestReadTable(t *testing.T) {
	for _, tt := range []struct{ why, in string }{
		{"commas", "id,title,kind,date,lang\n0123abcd,SPECIMEN,verdict,2021-11-25,kk; ru\n"},
		{"semicolons and a byte order mark", "\ufeffID;Title;Kind;Date;Lang\r\n0123ABCD;SPECIMEN;Verdict;25.11.2021;KK;\r\n"},
		{"tabs, a name of a kind in Russian, an unknown column", "id\ttitle\tkind\tdate\tlang\tcolour\n0123abcd\tSPECIMEN\tприговор\t2021-11-25\tkk\tred\n\t\t\n"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			rows, _, err := ReadTable(strings.NewReader(tt.in))
			if err != nil || len(rows) != 1 {
				t.Fatalf("ReadTable = %d rows, %v", len(rows), err)
			}
			f := rows[0].Facts
			if rows[0].ID != "0123abcd" || f[corpus.KeyTitle].Values[0] != "SPECIMEN" || f[corpus.KeyKind].Values[0] != "verdict" ||
				f[corpus.KeyDate].Values[0] != "2021-11-25" || f[corpus.KeyLang].Values[0] != "kk" || rows[0].Line != 2 {
				t.Errorf("row is %+v", rows[0])
			}
			if _, ok := f[corpus.KeyCourt]; ok {
				t.Error("a column that is not there gave a fact")
			}
		})
	}
}

func TestReadTableEmptyCell(t *testing.T) {
	rows, unknown, err := ReadTable(strings.NewReader("path,title,colour\na.txt,,red\n"))
	if err != nil || len(unknown) != 1 || unknown[0] != "colour" {
		t.Fatalf("unknown columns %q, %v", unknown, err)
	}
	if f, ok := rows[0].Facts[corpus.KeyTitle]; !ok || len(f.Values) != 0 {
		t.Errorf("an empty cell gives %+v, want a fact without values", f)
	}
}

func TestReadTableMistakes(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"", "the table is empty", "nothing"},
		{"title,kind\nx,verdict\n", "no column id or path", "which document?"},
		{"id,title,title\n", "line 1, column 3", "a column twice"},
		{"id,kind\n0123abcd,novel\n", `line 2, column 2: "novel" is no kind`, "a kind that is none"},
		{"id,date\n0123abcd,2021-13-01\n", `line 2, column 2: "2021-13-01" is no date`, "a date that is none"},
		{"id,lang\n0123abcd,kk;fr\n", `line 2, column 2: "fr" is no language`, "one of two values"},
		{"id,title\nxyz,SPECIMEN\n", `line 2, column 1: "xyz" is no id`, "an id that is none"},
		{"id,title\n,SPECIMEN\n", "line 2, column 1: no id and no path", "a line about nothing"},
		{"path,title\na.txt,b,c\n", "line 2, column 3: there are more cells", "a comma too many"},
		{"path,title\n\"a\nb\",x\nc,d,e\n", "line 4, column 3", "lines are those of the file"},
		{"path,title\n\xd1\xf3\xe4,x\n", "not UTF-8", "saved in an old set"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			_, _, err := ReadTable(strings.NewReader(tt.in))
			if !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ReadTable(%q) = %v, want %q", tt.in, err, tt.want)
			}
		})
	}
}

func TestTableRoundTrip(t *testing.T) {
	rows := []Row{{
		ID: "0123abcd", Path: `a, "b".pdf`, Line: 2,
		Facts: corpus.Facts{
			corpus.KeyTitle: {Values: []string{"Үкім; SPECIMEN, \"1\"\nтом 2"}},
			corpus.KeyLang:  {Values: []string{"kk", "ru"}},
			corpus.KeyTag:   {Values: []string{"a", "b"}},
			corpus.KeyCourt: {Values: []string{"Суд; вторая коллегия", `"Алға" соты`, `a "b"; c`, "one, two", "first\nsecond; third", " blank ", `"`, `";"`}},
		},
	}}
	var b bytes.Buffer
	if err := WriteTable(&b, rows); err != nil {
		t.Fatal(err)
	}
	got, unknown, err := ReadTable(&b)
	if err != nil || len(unknown) != 0 || len(got) != 1 {
		t.Fatalf("ReadTable = %v, %v, %v", got, unknown, err)
	}
	for k, f := range rows[0].Facts {
		if !reflect.DeepEqual(got[0].Facts[k].Values, f.Values) {
			t.Errorf("%s came back as %q, want %q", k, got[0].Facts[k].Values, f.Values)
		}
	}
	if got[0].Path != rows[0].Path {
		t.Errorf("path came back as %q", got[0].Path)
	}
}

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
		why  string
	}{
		{"kk; ru", []string{"kk", "ru"}, "two values"},
		{"kk;;ru;", []string{"kk", "ru"}, "semicolons without a value between them"},
		{`"a; b"; c`, []string{"a; b", "c"}, "a semicolon inside quotation marks"},
		{`c; "a; ""b"""`, []string{"c", `a; "b"`}, "doubled quotation marks"},
		{`"Алға" соты; x`, []string{`"Алға" соты`, "x"}, "quotation marks of the name itself"},
		{`the "a; b" case`, []string{`the "a`, `b" case`}, "quotation marks begin the value, or are part of it"},
		{`"open; x`, []string{`"open`, "x"}, "not closed"},
		{`""; x`, []string{"x"}, "an empty value is none"},
		{" ", nil, "nothing"},
	} {
		if got := split(tt.in); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("split(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

// FuzzCell checks that any values come back out of their cell.
func FuzzCell(f *testing.F) {
	f.Add("a; b", `"c"`)
	f.Add(`";"`, "d\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		if a == "" || b == "" || strings.Contains(a+b, "\r") {
			return
		}
		if got := split(Cell(corpus.KeyTag, []string{a, b})); !reflect.DeepEqual(got, []string{a, b}) {
			t.Errorf("%q, %q came back as %q", a, b, got)
		}
	})
}

// FuzzTable checks that what is read can be written and read again.
func FuzzTable(f *testing.F) {
	f.Add("id,title,kind,date\n0123abcd,SPECIMEN,verdict,2021\n")
	f.Add("\ufeffpath;lang;tag\r\na;kk;\"x;y\"\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, _, err := ReadTable(strings.NewReader(s))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteTable(&b, rows); err != nil {
			t.Fatal(err)
		}
		again, _, err := ReadTable(&b)
		if err != nil || len(again) != len(rows) {
			t.Errorf("%q gave %d rows, and then %d: %v", s, len(rows), len(again), err)
		}
	})
}
