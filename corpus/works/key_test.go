package works

import (
	"reflect"
	"strings"
	"testing"

	"dalel/corpus"
)

func TestPlainSymbol(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"A/HRC/WGAD/2099/931", "A/HRC/WGAD/2099/931", ""},
		{"a/hrc/wgad/2099/931/Rev.1", "A/HRC/WGAD/2099/931", "a revision is the same work"},
		{"A/HRC/WGAD/2099/931 (E)", "A/HRC/WGAD/2099/931", "the language, as the UN marks it"},
		{"A/HRC/WGAD/2099/931/Rev.2(R)", "A/HRC/WGAD/2099/931", "both"},
		{"A/HRC/WGAD/2099/931-RU", "A/HRC/WGAD/2099/931", "the language, as archives mark it"},
		{"А/НRС/WGAD/2099/931", "A/HRC/WGAD/2099/931", "Cyrillic А, Н and С"},
		{"A/HRC/40/1/Add.2", "A/HRC/40/1/ADD.2", "an addendum is another text"},
		{"P9_TA(2099)0931", "P9_TA(2099)0931", "a number in brackets is no language"},
		{"/Rev.1", "/REV.1", "nothing would be left"},
		{"", "", ""},
	} {
		if got := plainSymbol(tt.in); got != tt.want {
			t.Errorf("plainSymbol(%q) = %q, want %q: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

// A print comes back as it was written; broken bytes are refused, and never
// make a print that is larger than they are.
func FuzzPrintRecord(f *testing.F) {
	text := &corpus.Text{Paragraphs: []corpus.Paragraph{{Label: "1.", Lang: "ru", Text: "1. В деле 2024 года. " + strings.Repeat("слово дело суд ", 30)}}}
	b, _ := NewPrint(text).AppendBinary(nil)
	f.Add(b)
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 255, 255, 255, 255, 15})
	f.Fuzz(func(t *testing.T, b []byte) {
		var p, again Print
		if p.UnmarshalBinary(b) != nil {
			return
		}
		if len(p.Marks) > len(b) || len(p.Mins) > len(b) {
			t.Fatalf("%d bytes made %d marks", len(b), len(p.Marks))
		}
		back, err := p.AppendBinary(nil)
		if err == nil {
			err = again.UnmarshalBinary(back)
		}
		if err != nil || !reflect.DeepEqual(p, again) {
			t.Fatalf("%+v came back as %+v, %v", p, again, err)
		}
	})
}
