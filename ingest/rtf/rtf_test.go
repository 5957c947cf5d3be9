package rtf

import (
	"errors"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest/extracttest"
)

func TestBody(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"paragraphs", `SPECIMEN {\b one}\par two\line more\par}`, "SPECIMEN one|two more"},
		{"line ends of the file are nothing", "one\r\n two\\par", "one two"},
		{"Unicode, with what older readers show", `\uc1\u1178?\u1179\'3f\uc0\u1199 x\par`, "Ққүx"},
		{"pairs of Unicode units", `\u-10179?\u-8704?\par`, "😀"},
		{"bytes in the set of the document", `\ansicpg1251\'d1\'f3\'e4\par`, "Суд"},
		{"bytes in the set of the font", `{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}\f1\'d1\'f3\'e4\f0 \'e9\par`, "Судé"},
		{"numbers of lists", `{\listtext\pard\plain 12.\tab}SPECIMEN\par{\*\pntext 13.\tab}two\par`, "12. SPECIMEN|13. two"},
		{"what is no text", `{\*\generator x}{\stylesheet{\s1 heading 1;}}{\pict 0102}{\*\unknown {y}}{\info{\author z}}text\par`, "text"},
		{"raw bytes", `a\bin3 }{\b\par`, "ab"},
		{"fields show their result", `{\field{\*\fldinst PAGE}{\fldrslt 4}} pages\par`, "4 pages"},
		{"notes", `One\chftn{\footnote\chftn  a note}.\par Two\par`, "One¹.|footnote: ¹ a note|Two"},
		{"running heads", `{\header SPECIMEN\par}text\par`, "header: SPECIMEN|text"},
		{"tables", `\trowd\intbl Year\cell 2021\cell\row\pard after\par`, "table: Year | 2021|after"},
		{"headings", `\outlinelevel0 Facts\par\pard text\par`, "heading: Facts|text"},
		{"raised digits", `402{\super 1}\par`, "402¹"},
		{"deleted text", `a{\deleted b}c\par`, "ac"},
		{"ends without beginnings", `}}}text\par`, "text"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte(`{\rtf1\ansi `+tt.in+`}`))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	got := extracttest.MustRun(t, Extractor{}, []byte(`{\rtf1\ansi\ansicpg1251{\info{\title \'cf\'f0\'e8\'e3\'ee\'e2\'ee\'f0 SPECIMEN}{\author x}}text\par}`))
	if f := got.Facts[corpus.KeyTitle]; len(f.Values) != 1 || f.Values[0] != "Приговор SPECIMEN" {
		t.Errorf("title is %v", f)
	}
}

func TestDeepGroups(t *testing.T) {
	_, err := extracttest.Run(t.Context(), Extractor{}, []byte(`{\rtf1 `+strings.Repeat("{", 100_000)))
	if !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Extract = %v, want corpus.ErrDamaged", err)
	}
}

func FuzzRTF(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1251 {\listtext 1.\tab}\'d1\u1179?\par\trowd\intbl a\cell\row}`))
	f.Add([]byte(`{\rtf1 a\chftn{\footnote b}\bin9999999999 x{\header y}`))
	f.Fuzz(func(t *testing.T, b []byte) { extracttest.Check(t, Extractor{}, b) })
}
