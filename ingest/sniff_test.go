package ingest_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ingest"
)

func TestSniff(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		kind           error
		why            string
	}{
		{"a.txt", "SPECIMEN", ingest.TypeText, nil, "text"},
		{"a", "Үкім", ingest.TypeText, nil, "no ending"},
		{"a.pdf", "This is text.", ingest.TypeText, nil, "the ending lies"},
		{"a.txt", "%PDF-1.4\n", ingest.TypePDF, nil, "the ending lies"},
		{"a.txt", "junk\r\n%PDF-1.7\n", ingest.TypePDF, nil, "junk before the header"},
		{"a.txt", "\xcf\xf0\xe8\xe3\xee\xe2\xee\xf0 \xf1\xf3\xe4\xe0", ingest.TypeText, nil, "windows-1251"},
		{"a.txt", "S\x00P\x00E\x00C\x00I\x00M\x00E\x00N\x00", ingest.TypeText, nil, "UTF-16"},
		{"a.txt", "\x01\x02\x03\x04\x05\x00\x00\x00\xff", "application/octet-stream", corpus.ErrUnsupported, "binary"},
		{"a.txt", "<!-- x --><!DOCTYPE html><p>", ingest.TypeHTML, nil, "a page, whatever its name"},
		{"a.html", "plain words", ingest.TypeText, nil, "no tag in it"},
		{"a.htm", "Суд <b>решил</b>", ingest.TypeHTML, nil, "a page without a head"},
		{"a.doc", `{\rtf1 x}`, ingest.TypeRTF, nil, "RTF named .doc"},
		{"a.xml", "<?xml version='1.0'?><a/>", "application/xml", corpus.ErrUnsupported, "XML is no page"},
		{"README.MD", "# SPECIMEN", ingest.TypeText, corpus.ErrUnsupported, "Markdown"},
		{"a.tsv", "a\tb", ingest.TypeText, corpus.ErrUnsupported, "a table"},
		{"a.zip!b.csv", "a,b", ingest.TypeCSV, nil, "a table in an archive"},
		{"a", "From: a@example.org\r\nTo: b@example.org\r\nSubject: SPECIMEN\r\n\r\nText", ingest.TypeEML, nil, "a letter without an ending"},
		{"a.txt", "From: the office\n\nSPECIMEN text", ingest.TypeText, nil, "a text that begins with From"},
		{"a.txt", "Subject: SPECIMEN\nFrom: Astana\nno head any more", ingest.TypeText, nil, "lines without a colon are no head"},
		{"a.mht", "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b", ingest.TypeMHT, nil, "a saved page"},
		{"a.bin", "WARC/1.0\r\n", ingest.TypeWARC, nil, "an archive of pages"},
		{"a.gz", "\x1f\x8b\x08", ingest.TypeGzip, nil, "gzip"},
		{"a.txt", "II*\x00", ingest.TypeTIFF, nil, "a scan named as text"},
		{"a.jpg", "\xff\xd8\xff\xe0", ingest.TypeJPEG, nil, "an image"},
		{"a.gif", "GIF89a", "image/gif", corpus.ErrUnsupported, "an image of the web"},
		{"a.txt", "", "", corpus.ErrDamaged, "empty"},
		{"a.docx", "PK\x03\x04", ingest.TypeZip, corpus.ErrDamaged, "cut"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			got, err := ingest.Sniff(tt.name, strings.NewReader(tt.in), int64(len(tt.in)))
			if got != tt.want || (err == nil) != (tt.kind == nil) || tt.kind != nil && !errors.Is(err, tt.kind) {
				t.Errorf("Sniff(%q, %q) = %q, %v; want %q, %v", tt.name, tt.in, got, err, tt.want, tt.kind)
			}
		})
	}
}

func TestSniffArchives(t *testing.T) {
	for _, tt := range []struct {
		why  string
		in   []string
		want string
		kind error
	}{
		{"any archive", []string{"a.txt", "x"}, ingest.TypeZip, nil},
		{"a Word document", []string{"[Content_Types].xml", "", "word/document.xml", ""}, ingest.TypeDOCX, nil},
		{"a spreadsheet", []string{"[Content_Types].xml", "", "xl/workbook.xml", ""}, ingest.TypeXLSX, nil},
		{"a presentation", []string{"[Content_Types].xml", "", "ppt/presentation.xml", ""}, ingest.TypePPTX, nil},
		{"an OpenDocument table", []string{"mimetype", ingest.TypeODS}, ingest.TypeODS, nil},
		{"an OpenDocument text", []string{"mimetype", ingest.TypeODT}, ingest.TypeODT, nil},
		{"an EPUB", []string{"mimetype", ingest.TypeEPUB}, ingest.TypeEPUB, nil},
	} {
		t.Run(tt.why, func(t *testing.T) {
			b := []byte(zipOf(t, tt.in...))
			got, err := ingest.Sniff("x", bytes.NewReader(b), int64(len(b)))
			if got != tt.want || (err == nil) != (tt.kind == nil) || tt.kind != nil && !errors.Is(err, tt.kind) {
				t.Errorf("Sniff = %q, %v; want %q, %v", got, err, tt.want, tt.kind)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"case/Үкім 1.pdf", "case/Үкім 1.pdf", "letters and blanks"},
		{"a\nb", `"a\nb"`, "a line end would forge a line"},
		{"a\x1b[2Jb", `"a\x1b[2Jb"`, "a terminal would obey"},
		{"a\u202etxt.exe", `"a\u202etxt.exe"`, "reversed letters hide the ending"},
		{"a\xff", `"a\xff"`, "not UTF-8"},
	} {
		if got := ingest.Printable(tt.in); got != tt.want {
			t.Errorf("Printable(%q) = %s, want %s: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestNumeral(t *testing.T) {
	for _, tt := range []struct {
		form string
		n    int
		want string
	}{{"1", 12, "12"}, {"a", 1, "a"}, {"a", 28, "ab"}, {"A", 26, "Z"}, {"i", 4, "iv"}, {"I", 1999, "MCMXCIX"}, {"i", 0, "0"}, {"", -3, "-3"}} {
		if got := ingest.Numeral(tt.form, tt.n); got != tt.want {
			t.Errorf("Numeral(%q, %d) = %q, want %q", tt.form, tt.n, got, tt.want)
		}
	}
}
