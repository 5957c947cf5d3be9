package mail_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/charset"
	"dalel/ingest/extracttest"
	"dalel/ingest/mail"
)

// in8 encodes s in an 8-bit set.
func in8(t testing.TB, s, set string) string {
	t.Helper()
	var b []byte
	for _, r := range s {
		found := false
		for c := range 256 {
			if charset.DecodeByte(set, byte(c)) == r {
				b, found = append(b, byte(c)), true
				break
			}
		}
		if !found {
			t.Fatalf("%q is not in %s", r, set)
		}
	}
	return string(b)
}

func word(set, s string) string {
	return "=?" + set + "?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
}

func TestLetters(t *testing.T) {
	const kazakh = "Сіздің арызыңыз қаралды. Жұмыс тобының пікірі әлі түскен жоқ. Өтініш бойынша шешім кейін хабарланады."
	for _, tt := range []struct {
		why, in string
		want    []string
	}{
		{"plain, in UTF-8", "From: A <a@example.org>\r\nTo: b@example.org\r\nDate: Mon, 6 Feb 2023 10:00:00 +0600\r\nSubject: SPECIMEN\r\n\r\nFirst line.\r\n\r\nSecond paragraph.\r\n", []string{
			"From: A <a@example.org>", "To: b@example.org", "Date: Mon, 6 Feb 2023 10:00:00 +0600", "heading: SPECIMEN", "First line.", "Second paragraph.",
		}},
		{
			"heads and body in KZ-1048, which few libraries know",
			"From: " + word("kz-1048", in8(t, "Әсемгүл", charset.KZ1048)) + " <a@example.org>\r\nTo: b@example.org\r\nSubject: " + word("kz-1048", in8(t, "Өтініш", charset.KZ1048)) +
				"\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=kz-1048\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				base64.StdEncoding.EncodeToString([]byte(in8(t, kazakh, charset.KZ1048))) + "\r\n",
			[]string{"From: Әсемгүл <a@example.org>", "To: b@example.org", "heading: Өтініш", kazakh},
		},
		{
			"koi8-r, quoted-printable heads", "From: a@example.org\r\nTo: =?koi8-r?Q?" + quoted(in8(t, "Прокурору", charset.KOI8R)) + "?=\r\nSubject: x\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n" +
				in8(t, "Прошу возобновить производство по делу и вызвать свидетелей защиты.", charset.KOI8R),
			[]string{"From: a@example.org", "To: Прокурору", "heading: x", "Прошу возобновить производство по делу и вызвать свидетелей защиты."},
		},
		{
			"text is chosen before HTML, files are named", "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n" +
				"--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>HTML words</p>\r\n--a--\r\n" +
				"--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"act.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--m--\r\n",
			[]string{"From: a@example.org", "To: b@example.org", "heading: x", "Plain words.", "[act.pdf]"},
		},
		{
			"HTML alone", "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<title>Template</title><p>Один<p>Два",
			[]string{"From: a@example.org", "To: b@example.org", "heading: x", "Один", "Два"},
		},
	} {
		t.Run(tt.why, func(t *testing.T) {
			if got := extracttest.MustRun(t, mail.Extractor{}, []byte(tt.in)).Lines(); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// TestDeep refuses what would take for ever, and reads a digest of many letters.
func TestDeep(t *testing.T) {
	const head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
	var deep, digest strings.Builder
	deep.WriteString(head)
	digest.WriteString(head + "Content-Type: multipart/mixed; boundary=all\r\n\r\n")
	for i := range 100 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		fmt.Fprintf(&digest, "--all\r\nContent-Type: multipart/alternative; boundary=\"c%d\"\r\n\r\n--c%d\r\nContent-Type: text/plain\r\n\r\nSPECIMEN\r\n--c%d--\r\n", i, i, i)
	}
	if _, err := extracttest.Run(t.Context(), mail.Extractor{}, []byte(deep.String())); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("a hundred parts inside each other: %v, want damaged", err)
	}
	if r, err := extracttest.Run(t.Context(), mail.Extractor{}, []byte(digest.String()+"--all--\r\n")); err != nil || len(r.Paragraphs) < 4 {
		t.Errorf("a hundred parts beside each other: %q, %v", r.Lines(), err)
	}
}

func quoted(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "=%02X", c)
	}
	return b.String()
}

func TestEnclosedFiles(t *testing.T) {
	in := "From: a@example.org\r\nTo: b@example.org\r\nDate: Mon, 6 Feb 2023 10:00:00 +0600\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n" +
		"--m\r\nContent-Type: text/plain\r\n\r\nWords.\r\n" +
		"--m\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../../etc/note.txt\"\r\n\r\nEnclosed.\r\n" +
		"--m\r\nContent-Type: application/octet-stream; name=\"" + word("utf-8", "Үкім.pdf") + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--m--\r\n"
	local := filepath.Join(t.TempDir(), "a.eml")
	if err := os.WriteFile(local, []byte(in), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var got []string
	for f, err := range (mail.Container{}).Files(t.Context(), ingest.File{Name: "a.eml", Local: local, Size: int64(len(in))}, dir) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(f.Local)
		if err != nil || filepath.Dir(f.Local) != dir || !f.Time.Equal(time.Date(2023, 2, 6, 4, 0, 0, 0, time.UTC)) {
			t.Errorf("%q is at %s of %v: %v", f.Name, f.Local, f.Time, err)
		}
		got = append(got, f.Name+": "+strings.TrimSpace(string(b)))
	}
	if want := []string{"note.txt: Enclosed.", "Үкім.pdf: %PDF-"}; !slices.Equal(got, want) {
		t.Errorf("enclosed are %q, want %q", got, want)
	}
}

func TestSavedPage(t *testing.T) {
	in := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/1\r\nSubject: x\r\nDate: Mon, 6 Feb 2023 10:00:00 -0000\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n" +
		"Content-Location: https://example.org/news/1\r\n\r\n<html><head><meta charset=3D\"utf-8\"><title>SPECIMEN</title></head><body><p>=D0=A1=D1=83=D0=B4 =D0=BF=\r\nринял решение.</p></body></html>\r\n" +
		"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a.png\r\n\r\niVBORw0=\r\n--b--\r\n"
	got := extracttest.MustRun(t, mail.Saved{}, []byte(in))
	if want := []string{"Суд принял решение."}; !slices.Equal(got.Lines(), want) {
		t.Errorf("Lines = %q, want %q", got.Lines(), want)
	}
	if u, n := got.Facts[corpus.KeyURL].Values, got.Facts[corpus.KeyNote].Values; !slices.Equal(u, []string{"https://example.org/news/1"}) || !slices.Equal(n, []string{"saved 2023-02-06"}) {
		t.Errorf("address %q, note %q", u, n)
	}
}

// utf16le encodes text as properties of Outlook are.
func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func TestOutlook(t *testing.T) {
	fixed := make([]byte, 32, 48)
	sent := time.Date(2023, 2, 6, 4, 0, 0, 0, time.UTC)
	ticks := uint64(sent.Unix()+11_644_473_600) * 10_000_000
	fixed = append(fixed, 0x40, 0, 0x39, 0, 0, 0, 0, 0)
	for k := range 8 {
		fixed = append(fixed, byte(ticks>>(8*k)))
	}
	b := compound(
		stream{"", "__properties_version1.0", fixed},
		stream{"", "__substg1.0_0037001F", utf16le("SPECIMEN: өтініш")},
		stream{"", "__substg1.0_0C1A001F", utf16le("Әсемгүл")},
		stream{"", "__substg1.0_0E04001F", utf16le("b@example.org")},
		stream{"", "__substg1.0_1000001F", utf16le("Бірінші абзац.\r\n\r\nЕкінші абзац.")},
		stream{"__attach_version1.0_#00000000", "__substg1.0_3707001F", utf16le("a.txt")},
		stream{"__attach_version1.0_#00000000", "__substg1.0_37010102", []byte("Enclosed.")},
	)
	x := mail.Extractor{Outlook: true}
	want := []string{"From: Әсемгүл", "To: b@example.org", "Date: 2023-02-06 04:00 UTC", "heading: SPECIMEN: өтініш", "Бірінші абзац.", "Екінші абзац.", "[a.txt]"}
	if got := extracttest.MustRun(t, x, b).Lines(); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if kind, err := ingest.Sniff("a", bytes.NewReader(b), int64(len(b))); kind != ingest.TypeMSG || err != nil {
		t.Errorf("Sniff = %s, %v", kind, err)
	}
}

func FuzzLetter(f *testing.F) {
	f.Add([]byte("From: a\r\nTo: b\r\nSubject: c\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nx\r\n--m--"))
	f.Add([]byte("From: =?koi8-r?B?8NLP?=\n\nx"))
	f.Fuzz(func(t *testing.T, b []byte) {
		extracttest.Check(t, mail.Extractor{}, b)
		extracttest.Check(t, mail.Saved{}, b)
	})
}

func FuzzOutlook(f *testing.F) {
	f.Add(compound(stream{"", "__substg1.0_0037001F", utf16le("x")}))
	f.Fuzz(func(t *testing.T, b []byte) { extracttest.Check(t, mail.Extractor{Outlook: true}, b) })
}
