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

// creationConfidence is how far the creation date of a file is believed to be
// the date of the document: scans and conversions are made years later.
const creationConfidence = 0.3

// titleConfidence is the same for the title in the properties of a file,
// which is often that of the template.
const titleConfidence = 0.5

var (
	programTitle = regexp.MustCompile(`(?i)^(microsoft |untitled|slide \d|document\s*\d*$|print|без имени|безымянный|документ\s*\d*$|layout \d)`)
	fileTitle    = regexp.MustCompile(`(?i)\.(docx?|pdf|indd|rtf|odt|wpd|qxd|tex|dvi|xlsx?|pptx?|html?|txt|tiff?|jpe?g)$`)
	xmpTitle     = regexp.MustCompile(`(?s)<dc:title>.{0,80}?<rdf:Alt>.{0,80}?<rdf:li[^>]*>([^<]{1,400})</rdf:li>`)
	pdfDate      = regexp.MustCompile(`^(?:D:)?(\d{4})(\d\d)(\d\d)`)
)

// emitFacts emits the title and the date of the file's properties, where
// they make sense.
func emitFacts(d *document, out ingest.Emitter) error {
	var title, date string
	err := safely(func() error {
		info := d.rd.Trailer().Key("Info")
		title = sensibleTitle(d.infoText(info.Key("Title")))
		if m := pdfDate.FindStringSubmatch(d.infoText(info.Key("CreationDate"))); m != nil {
			date = m[1] + "-" + m[2] + "-" + m[3]
		}
		if title == "" {
			title = d.xmpTitle()
		}
		return nil
	})
	if err != nil {
		d.warnOnce("the file's properties could not be read: " + err.Error())
	}
	if title != "" {
		f := corpus.Fact{Values: []string{title}, Origin: corpus.FromFile, Confidence: titleConfidence}
		if err := out.Fact(corpus.KeyTitle, f); err != nil {
			return err
		}
	}
	if dt := corpus.Date(date); dt.Valid() && dt.Year() >= 1980 { // no PDF is older than its format
		f := corpus.Fact{Values: []string{date}, Origin: corpus.FromFile, Confidence: creationConfidence}
		return out.Fact(corpus.KeyDate, f)
	}
	return nil
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
	case !strings.Contains(s, " ") && strings.ContainsFunc(s, unicode.IsDigit):
		return ""
	case strings.ContainsFunc(s, unicode.IsControl), strings.ContainsAny(s, `\{}`):
		return ""
	}
	return s
}
