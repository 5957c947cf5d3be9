package pdf

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"dalel/corpus"
	"dalel/ingest"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// titleConfidence is how far the title in the properties of a file is
// believed: it is often that of the template, or the first line only.
const titleConfidence = 0.5

// minTitleWords is the least number of words of a title. Shorter ones are
// symbols, job numbers and first lines.
const minTitleWords = 3

var (
	programTitle = regexp.MustCompile(`(?i)^(microsoft |untitled|slide \d|document\s*\d*$|print|без имени|безымянный|документ\s*\d*$|layout \d)`)
	fileTitle    = regexp.MustCompile(`(?i)\.(docx?|pdf|indd|rtf|odt|wpd|qxd|tex|dvi|xlsx?|pptx?|html?|txt|tiff?|jpe?g|png|gif|bmp|svg|csv)$`)
	xmpTitle     = regexp.MustCompile(`(?s)<dc:title>.{0,80}?<rdf:Alt>.{0,80}?<rdf:li[^>]*>([^<]{1,400})</rdf:li>`)
)

// emitFacts emits the title of the file's properties where it makes sense.
// The dates in there are those of the file, not of the act in it: a document
// of 2019 is converted again in 2025.
func emitFacts(d *document, out ingest.Emitter) error {
	title := ""
	err := safely(func() error {
		title = sensibleTitle(d.infoText(d.rd.Trailer().Key("Info").Key("Title")))
		if title == "" {
			title = d.xmpTitle()
		}
		return nil
	})
	if err != nil {
		d.warnOnce("the file's properties could not be read: " + err.Error())
	}
	if title == "" {
		return nil
	}
	f := corpus.Fact{Values: []string{title}, Origin: corpus.FromFile, Confidence: titleConfidence}
	return out.Fact(corpus.KeyTitle, f)
}

// infoText decodes a text string of the file's properties (ISO 32000-1,
// 7.9.2.2; PDF 2.0 allows UTF-8).
func (d *document) infoText(v pdf.Value) string {
	s := d.crypt.text(d.info.num, d.info.gen, v.RawString())
	switch {
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(s[3:], replacement)
	case strings.HasPrefix(s, "\xFE\xFF"):
		return string(utf16.Decode(units([]byte(s[2:]))))
	}
	b, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return ""
	}
	return b
}

// xmpTitle returns the title in the XMP metadata.
func (d *document) xmpTitle() string {
	meta := d.rd.Trailer().Key("Root").Key("Metadata")
	if meta.Kind() != pdf.Stream {
		return ""
	}
	b, _ := d.data(meta, 1<<20) // what could be read is enough
	m := xmpTitle.FindSubmatch(b)
	if m == nil {
		return ""
	}
	r := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")
	return sensibleTitle(strings.ToValidUTF8(r.Replace(string(m[1])), replacement))
}

// sensibleTitle returns a title that a person wrote, "" for those that
// programs make up: file names, job numbers, names of programs.
func sensibleTitle(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case len(s) > 400, letters(s) < 4, strings.Contains(s, replacement):
		return ""
	case programTitle.MatchString(s), fileTitle.MatchString(s):
		return ""
	case len(strings.Fields(s)) < minTitleWords:
		return ""
	case strings.ContainsFunc(s, unicode.IsControl), strings.ContainsAny(s, `\{}`):
		return ""
	}
	return s
}
