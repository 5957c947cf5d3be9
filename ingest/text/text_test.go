package text

import (
	"errors"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/extracttest"
)

func TestParagraphs(t *testing.T) {
	for _, tt := range []struct{ why, in, want string }{
		{"a blank line ends a paragraph", "SPECIMEN one\n\ntwo\n\n\nthree\n", "SPECIMEN one|two|three"},
		{"lines without a blank one are joined", "one\ngoes on\n\ntwo", "one goes on|two"},
		{"where there is no blank line, every line is one", "one\ntwo\nthree\n", "one|two|three"},
		{"blank lines at the ends divide nothing", "\n\none\ntwo\n\n", "one|two"},
		{"a line of blanks is blank", "one\n \t\u00a0\ntwo\nmore", "one|two more"},
		{"Windows lines", "one\r\n\r\ntwo\r\nmore\r\n", "one|two more"},
		{"old Macs", "one\r\rtwo\rmore", "one|two more"},
		{"bullets are their own", "Found:\n- one;\n- two\n  and more;\n• three.\n\nEnd", "Found:|- one;|- two and more;|• three.|End"},
		{"a dash in a sentence is no bullet", "The court\n-like body\n\nsat", "The court -like body|sat"},
		{"points that count on are their own", "Решил:\n1. Признать.\n2. Назначить\nнаказание.\n\nКонец", "Решил:|1. Признать.|2. Назначить наказание.|Конец"},
		{"a number at the start of a line is not", "by article\n405. The\n\nend", "by article 405. The|end"},
		{"a page break is a blank", "one\n\fmore\n\ntwo", "one more|two"},
		{"words divided by hyphens", "inter-\nnational\u00ad\nly\n\nКемеңгер-\nлік", "inter-nationally|Кемеңгер-лік"},
		{"runs of blanks are one", "A/HRC/99/1      SPECIMEN\n\nx", "A/HRC/99/1 SPECIMEN|x"},
		{"controls are no text", "a\x00b\u200bc\ufeff\n\nx", "abc|x"},
		{"rules stay", "one\n\n---\n\ntwo", "one|---|two"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte(tt.in))
			if s := strings.Join(got.Lines(), "|"); s != tt.want {
				t.Errorf("paragraphs of %q are %q, want %q", tt.in, s, tt.want)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	in := "title: SPECIMEN: a case\nurl: https://specimen.example/a (built from the number)\ndate: 2021-11-25\n" +
		"type: court_judgment_echr\nlanguage: en\nsource: specimen\nlicence: none\nnote: first\nnumber: 931/2022\n---\n\nOne.\n\nTwo.\n"
	got := extracttest.MustRun(t, Extractor{}, []byte(in))
	if s := strings.Join(got.Lines(), "|"); s != "One.|Two." {
		t.Errorf("paragraphs are %q, want those after the header", s)
	}
	for k, want := range map[corpus.Key]string{
		corpus.KeyTitle: "SPECIMEN: a case", corpus.KeyURL: "https://specimen.example/a", corpus.KeyDate: "2021-11-25",
		corpus.KeyKind: "judgment", corpus.KeyLang: "en", corpus.KeyLicence: "none", corpus.KeyNote: "source: specimen|first",
		corpus.KeyNumber: "931/2022",
	} {
		f := got.Facts[k]
		if s := strings.Join(f.Values, "|"); s != want || f.Origin != corpus.FromHeader {
			t.Errorf("%s is %q from %s, want %q from the header", k, s, f.Origin, want)
		}
	}
}

func TestHeaderValues(t *testing.T) {
	for _, tt := range []struct {
		line, want, why string
		key             corpus.Key
	}{
		{"type: treaty_instrument", "treaty", "types of other collections", corpus.KeyKind},
		{"type: ngo_submission", "submission", "types of other collections", corpus.KeyKind},
		{"type: un_hrc_upr", "un_document", "any paper of the UN", corpus.KeyKind},
		{"type: gov_news", "news", "news of a government", corpus.KeyKind},
		{"type: ngo_guide", "other", "not known", corpus.KeyKind},
		{"kind: wgad_opinion", "wgad_opinion", "our own words", corpus.KeyKind},
		{"date: 2024-07", "2024-07", "a month", corpus.KeyDate},
		{"date: 25.11.2021", "2021-11-25", "as written in Russian and Kazakh", corpus.KeyDate},
		{"date: 2014/2015", "", "no date", corpus.KeyDate},
		{"date: 4 июля 2019 (first date in text)", "", "words beside it make it a guess", corpus.KeyDate},
		{"date: unknown", "", "unknown", corpus.KeyDate},
		{"url: not recorded", "", "no address", corpus.KeyURL},
		{"url: javascript:alert(1)", "", "an address that is none", corpus.KeyURL},
		{"language: Kazakh", "kk", "in words", corpus.KeyLang},
		{"withheld: no", "", "a file does not decide what is published", corpus.KeyWithheld},
	} {
		t.Run(tt.line, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte("title: SPECIMEN\n"+tt.line+"\n---\nText."))
			if s := strings.Join(got.Facts[tt.key].Values, "|"); s != tt.want {
				t.Errorf("%s is %q, want %q: %s", tt.key, s, tt.want, tt.why)
			}
		})
	}
}

func TestNoHeader(t *testing.T) {
	for _, tt := range []struct{ why, in string }{
		{"no line ends it", "title: SPECIMEN\n\nText."},
		{"no key is known", "Witness: yes\nJudge: no\n---\nText."},
		{"a sentence between", "title: SPECIMEN\nThis is text\n---\nText."},
		{"the line comes first", "---\ntitle: SPECIMEN\n---\nText."},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got := extracttest.MustRun(t, Extractor{}, []byte(tt.in))
			if len(got.Facts) > 0 || !strings.Contains(strings.Join(got.Lines(), " "), strings.Split(tt.in, "\n")[0]) {
				t.Errorf("%q was read as a header: %v", tt.in, got.Lines())
			}
		})
	}
}

func TestLongLine(t *testing.T) {
	word := strings.Repeat("сөз ", 100_000)
	got := extracttest.Check(t, Extractor{}, []byte(word))
	if len(got.Paragraphs) < 2 || len(got.Warnings) != 1 {
		t.Fatalf("%d paragraphs and %d warnings, want it cut and told", len(got.Paragraphs), len(got.Warnings))
	}
	if s := strings.Join(got.Lines(), " "); s != strings.TrimSpace(word) {
		t.Errorf("the pieces do not make the whole")
	}
}

// huge is a file of many bytes that nobody should read.
type huge struct{ ingest.Reader }

func (huge) Size() int64 { return maxSize + 1 }

func TestTooLong(t *testing.T) {
	err := Extractor{}.Extract(t.Context(), huge{}, &extracttest.Result{})
	if !errors.Is(err, corpus.ErrDamaged) || !strings.Contains(err.Error(), "split it") {
		t.Errorf("Extract = %v, want a refusal that says what to do", err)
	}
}

// FuzzText checks, beside what holds for all extractors, the promise on
// paragraphs: N lines divided by blank lines are N paragraphs, in order.
func FuzzText(f *testing.F) {
	f.Add([]byte("title: SPECIMEN\n---\n1. One\n2. Two\n\n- three\n"))
	f.Add([]byte("\xff\xfe\x20\x04\x35\x04"))
	f.Add([]byte("\xcf\xf0\xe8\xe3\xee\xe2\xee\xf0\r\n\r\n\xf1\xf3\xe4"))
	f.Fuzz(func(t *testing.T, b []byte) {
		extracttest.Check(t, Extractor{}, b)
		var want []string
		for line := range strings.SplitSeq(strings.ToValidUTF8(string(b), ""), "\n") {
			if s := ingest.OneLine(line); s != "" {
				want = append(want, s)
			}
		}
		if len(want) < 2 {
			return
		}
		got := extracttest.MustRun(t, Extractor{}, []byte("\ufeff"+strings.Join(want, "\n\n")))
		if len(got.Facts) == 0 && strings.Join(got.Lines(), "\n") != strings.Join(want, "\n") {
			t.Errorf("%q became %q", want, got.Lines())
		}
	})
}
