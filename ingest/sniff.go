package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/ingest/charset"
)

// The media types that dalel knows how to read, given an Extractor or a
// Container for them.
const (
	TypeText = "text/plain"
	TypeHTML = "text/html"
	TypePDF  = "application/pdf"
	TypeRTF  = "application/rtf"
	TypeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	TypeODT  = "application/vnd.oasis.opendocument.text"
	TypeODS  = "application/vnd.oasis.opendocument.spreadsheet"
	TypeODP  = "application/vnd.oasis.opendocument.presentation"
	TypeDOC  = "application/msword"
	TypeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypePPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	TypeEPUB = "application/epub+zip"
	TypeCSV  = "text/csv"
	TypeEML  = "message/rfc822"
	TypeMSG  = "application/vnd.ms-outlook"
	TypeMHT  = "multipart/related"
	TypeZip  = "application/zip"
	TypeGzip = "application/gzip"
	TypeWARC = "application/warc"
	TypePNG  = "image/png"
	TypeJPEG = "image/jpeg"
	TypeTIFF = "image/tiff"
)

// sniffed is how many bytes of a file tell its type.
const sniffed = 16 << 10

// maxDirectory bounds the directory of an archive, in bytes: about 80,000
// entries. archive/zip holds all of it in memory.
const maxDirectory = 8 << 20

// Sniff returns the media type of a file by its bytes. Its name decides only
// between kinds of plain text: Markdown and tables are text that is not read.
// The error is corpus.ErrUnsupported for what dalel does not read, with the
// reason in words, and corpus.ErrDamaged for what nobody could.
func Sniff(name string, r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(sniffed, size))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", &corpus.Error{Op: "ingest.sniff", Subj: name, Kind: corpus.ErrDamaged, Err: err}
	}
	head = head[:n]
	if len(head) == 0 {
		return "", sniffError(name, corpus.ErrDamaged, "the file is empty")
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			if m.reason != "" {
				return m.mediaType, sniffError(name, corpus.ErrUnsupported, m.reason)
			}
			return m.mediaType, nil
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return sniffZip(name, r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(name, r, size)
	case bytes.Contains(head[:min(1024, len(head))], []byte("%PDF-")):
		return TypePDF, nil
	}
	return sniffText(name, head)
}

func sniffError(name string, kind error, reason string) error {
	return &corpus.Error{Op: "ingest.sniff", Subj: name, Kind: kind, Err: errors.New(reason)}
}

// magics are the first bytes of formats that need no closer look.
var magics = []struct{ magic, mediaType, reason string }{
	{"%PDF-", TypePDF, ""},
	{`{\rtf`, TypeRTF, ""},
	{"\x89PNG\r\n", TypePNG, ""},
	{"\xff\xd8\xff", TypeJPEG, ""},
	{"GIF8", "image/gif", imageReason},
	{"II*\x00", TypeTIFF, ""},
	{"MM\x00*", TypeTIFF, ""},
	{"WARC/", TypeWARC, ""},
	{"AT&TFORM", "image/vnd.djvu", "DjVu is not read: convert it to PDF"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", archiveReason},
	{"Rar!\x1a\x07", "application/vnd.rar", archiveReason},
	{"\x1f\x8b", TypeGzip, ""},
	{"BZh", "application/x-bzip2", archiveReason},
	{"\xfd7zXZ\x00", "application/x-xz", archiveReason},
	{"\x7fELF", "application/x-executable", programReason},
	{"MZ\x90\x00", "application/x-executable", programReason},
	{"SQLite format 3\x00", "application/vnd.sqlite3", "a database is not read"},
}

const (
	imageReason   = "an image of this kind is not read: save it as PNG, JPEG or TIFF"
	archiveReason = "this kind of archive is not read: unpack it or make a ZIP"
	programReason = "a program is not read"
)

// OpenZip opens an archive whose directory is not absurdly long. The names in
// it are as hostile as before.
func OpenZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	budget := &budgetReader{r: r, left: maxDirectory}
	z, err := zip.NewReader(budget, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	budget.left = -1
	return z, nil
}

var errDirectory = errors.New("too many entries in the archive")

// budgetReader refuses to read more than left bytes; any number when negative.
type budgetReader struct {
	r    io.ReaderAt
	left int
}

func (b *budgetReader) ReadAt(p []byte, off int64) (int, error) {
	if b.left >= 0 {
		if b.left -= len(p); b.left < 0 {
			b.left = 0
			return 0, errDirectory
		}
	}
	return b.r.ReadAt(p, off)
}

// sniffZip tells office files from archives, by the names inside.
func sniffZip(name string, r io.ReaderAt, size int64) (string, error) {
	z, err := OpenZip(r, size)
	if err != nil {
		return TypeZip, &corpus.Error{Op: "ingest.sniff", Subj: name, Kind: corpus.ErrDamaged, Err: err}
	}
	if len(z.File) > 0 && z.File[0].Name == "mimetype" {
		return sniffMimetype(name, z.File[0])
	}
	if !hasEntry(z, "[Content_Types].xml") {
		return TypeZip, nil
	}
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "word/"):
			return TypeDOCX, nil
		case strings.HasPrefix(f.Name, "xl/"):
			return TypeXLSX, nil
		case strings.HasPrefix(f.Name, "ppt/"):
			return TypePPTX, nil
		}
	}
	return TypeDOCX, nil // parts may have any name: the reader follows the relations
}

func hasEntry(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// sniffMimetype reads the first entry of an OpenDocument or EPUB file.
func sniffMimetype(name string, f *zip.File) (string, error) {
	rc, err := f.Open()
	if err != nil {
		return TypeZip, &corpus.Error{Op: "ingest.sniff", Subj: name, Kind: corpus.ErrDamaged, Err: err}
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	b, err := io.ReadAll(io.LimitReader(rc, 256))
	if err != nil {
		return TypeZip, &corpus.Error{Op: "ingest.sniff", Subj: name, Kind: corpus.ErrDamaged, Err: err}
	}
	switch mime := strings.TrimSpace(string(b)); {
	case mime == TypeODT, mime == TypeODS, mime == TypeODP, mime == TypeEPUB:
		return mime, nil
	case mime == TypeODT+"-template":
		return TypeODT, nil
	case strings.HasPrefix(mime, "application/vnd.oasis.opendocument."):
		return mime, sniffError(name, corpus.ErrUnsupported, "a drawing, formula or chart is not read: save it as PDF")
	}
	return TypeZip, nil
}

// sniffOLE looks into the old Office container. A protected DOCX is one that
// holds a stream EncryptedPackage (MS-OFFCRYPTO 2.3.2); stream names are
// UTF-16 and stand in the directory, which may be anywhere.
func sniffOLE(name string, r io.ReaderAt, size int64) (string, error) {
	const ole = "application/x-ole-storage"
	switch {
	case containsAt(r, size, utf16le("EncryptedPackage")):
		return ole, sniffError(name, corpus.ErrDamaged, "protected by a password")
	case containsAt(r, size, utf16le("WordDocument")):
		return TypeDOC, nil
	case containsAt(r, size, utf16le("__properties_version1.0")):
		return TypeMSG, nil
	}
	return ole, sniffError(name, corpus.ErrUnsupported, "an old Office file is not read: save it as DOCX or PDF")
}

func utf16le(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// containsAt searches the file for want, by blocks that overlap.
func containsAt(r io.ReaderAt, size int64, want []byte) bool {
	const block = 1 << 20
	buf := make([]byte, block+len(want))
	for off := int64(0); off < size; off += block {
		n, err := r.ReadAt(buf, off)
		if bytes.Contains(buf[:n], want) {
			return true
		}
		if err != nil {
			return false
		}
	}
	return false
}

// sniffText tells the kinds of text apart, and text from binary data.
func sniffText(name string, head []byte) (string, error) {
	text := charset.Decode(head, "")
	if binary(text) {
		return "application/octet-stream", sniffError(name, corpus.ErrUnsupported, "binary data of no format that is read")
	}
	if looksHTML(text.String) {
		return TypeHTML, nil
	}
	if t := looksMIME(head); t != "" {
		return t, nil
	}
	if strings.HasPrefix(strings.TrimSpace(text.String), "<?xml") {
		return "application/xml", sniffError(name, corpus.ErrUnsupported, "XML is not read: save it as HTML, text or PDF")
	}
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, "\\", "/")))
	if (ext == ".html" || ext == ".htm" || ext == ".xhtml") && strings.Contains(text.String, "</") {
		return TypeHTML, nil
	}
	if ext == ".csv" {
		return TypeCSV, nil
	}
	if reason := unreadText[ext]; reason != "" {
		return TypeText, sniffError(name, corpus.ErrUnsupported, reason)
	}
	return TypeText, nil
}

// unreadText are kinds of text whose words are not prose, by ending.
var unreadText = map[string]string{
	".md":       "Markdown is not read: save it as text, HTML or DOCX",
	".markdown": "Markdown is not read: save it as text, HTML or DOCX",
	".tsv":      tableReason,
	".json":     dataReason,
	".jsonl":    dataReason,
	".xml":      dataReason,
	".yaml":     dataReason,
	".yml":      dataReason,
	".toml":     dataReason,
	".ini":      dataReason,
	".js":       programReason,
	".css":      programReason,
	".py":       programReason,
	".sh":       programReason,
	".go":       programReason,
	".mbox":     "a box of many messages is not read: save each message as a file",
}

const (
	tableReason = "a table with tabs is not read: save it as CSV or XLSX"
	dataReason  = "a file of data (JSON, XML and the like) is not read"
)

// binary reports whether a decoded text is no text: controls that no writer
// types, or characters that could not be decoded, more than 1 in 50.
func binary(t charset.Text) bool {
	bad, n := 0, 0
	for _, r := range t.String {
		n++
		switch {
		case r == utf8.RuneError, r == 0x7f, r >= 0x80 && r < 0xa0 && r != 0x85:
			bad++
		case r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a\x1b", r):
			bad++
		}
	}
	return bad*50 > n
}

// looksHTML reports whether the text begins as web pages begin, after comments
// and an XML declaration.
func looksHTML(s string) bool {
	s = strings.ToLower(strings.TrimLeft(s, "\ufeff \t\r\n"))
	for range 8 {
		var found bool
		switch {
		case strings.HasPrefix(s, "<!--"):
			_, s, found = strings.Cut(s, "-->")
		case strings.HasPrefix(s, "<?xml"):
			_, s, found = strings.Cut(s, "?>")
		default:
			return beginsAsHTML(s)
		}
		if !found {
			return false
		}
		s = strings.TrimSpace(s)
	}
	return false
}

func beginsAsHTML(s string) bool {
	for _, tag := range []string{
		"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<link",
		"<div", "<p>", "<p ", "<table", "<h1", "<h2", "<h3", "<article", "<main", "<section", "<br", "<ul", "<ol", "<center", "<font",
	} {
		if strings.HasPrefix(s, tag) {
			return true
		}
	}
	return false
}
