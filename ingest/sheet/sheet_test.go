package sheet_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"dalel/ingest/extracttest"
	"dalel/ingest/sheet"
)

func TestCSV(t *testing.T) {
	for _, tt := range []struct {
		why, in string
		want    []string
	}{
		{"commas and quotes", "name,note\n\"Даулетияр, SPECIMEN\",\"line one\nline two\"\n", []string{"table: name | note", "table: Даулетияр, SPECIMEN | line one line two"}},
		{"semicolons, as Excel writes in Russian", "имя;дата;сумма\nА;1.02.2020;3,5\n", []string{"table: имя | дата | сумма", "table: А | 1.02.2020 | 3,5"}},
		{"windows-1251", "\xe8\xec\xff;\xe4\xe0\xf2\xe0 \xef\xf0\xe8\xe3\xee\xe2\xee\xf0\xe0\n", []string{"table: имя | дата приговора"}},
		{"rows of different lengths, empty cells", "a,b,c\n1,,3\n\n4\n", []string{"table: a | b | c", "table: 1 | 3", "table: 4"}},
		{"a quote inside a cell", "a,5\" pipe,b\n", []string{"table: a | 5\" pipe | b"}},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := extracttest.MustRun(t, sheet.CSV{}, []byte(tt.in)).Lines(); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func book(t testing.TB) []byte {
	f := excelize.NewFile()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		f.SetSheetName("Sheet1", "Тізім"),
		f.SetSheetRow("Тізім", "A1", &[]any{"Аты", "Күні"}),
		f.SetSheetRow("Тізім", "A2", &[]any{"Әсемгүл SPECIMEN", 44927}),
		f.SetCellStyle("Тізім", "B2", "B2", date),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Empty"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSX(t *testing.T) {
	want := []string{"heading: Тізім", "table: Аты | Күні", "table: Әсемгүл SPECIMEN | 01-01-23", "heading: Empty"}
	if got := extracttest.MustRun(t, sheet.XLSX{}, book(t)).Lines(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("a,b\n\"c\n"))
	f.Add([]byte("\xef\xbb\xbfa;b\r\n;;"))
	f.Fuzz(func(t *testing.T, b []byte) { extracttest.Check(t, sheet.CSV{}, b) })
}
