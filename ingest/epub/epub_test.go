package epub_test

import (
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/ingest/epub"
	"dalel/ingest/extracttest"
)

const (
	container = `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`
	opf       = `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>SPECIMEN: азаптау туралы есеп</dc:title><dc:date>2021-05-04</dc:date></metadata>
<manifest><item id="b" href="second%20part.xhtml"/><item id="a" href="text/first.xhtml"/><item id="c" href="none.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>`
)

func book(t testing.TB) []byte {
	return extracttest.Zip(t, "mimetype", "application/epub+zip", "META-INF/container.xml", container, "OPS/book.opf", opf,
		"OPS/second part.xhtml", `<html><head><title>x</title></head><body><p>Второй.</p></body></html>`,
		"OPS/text/first.xhtml", `<?xml version="1.0" encoding="utf-8"?><html><body><h1>Бірінші бөлім</h1><p>Бірінші.</p></body></html>`)
}

func TestBook(t *testing.T) {
	got := extracttest.MustRun(t, epub.Extractor{}, book(t))
	if want := []string{"heading: Бірінші бөлім", "Бірінші.", "Второй."}; !slices.Equal(got.Lines(), want) {
		t.Errorf("Lines = %q, want %q: the order is that of the spine", got.Lines(), want)
	}
	if len(got.Pages) != 1 || got.Pages[0].Status != corpus.PageUnread {
		t.Errorf("a missing chapter is accounted for as %+v, want one unread", got.Pages)
	}
	if d, v := got.Facts[corpus.KeyDate].Values, got.Facts[corpus.KeyTitle].Values; !slices.Equal(d, []string{"2021-05-04"}) || len(v) != 1 {
		t.Errorf("date %q, title %q", d, v)
	}
}

func FuzzEPUB(f *testing.F) {
	f.Add(book(f))
	f.Fuzz(func(t *testing.T, b []byte) { extracttest.Check(t, epub.Extractor{}, b) })
}
