package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Trait is something that an original holds beside the words on its pages.
type Trait struct {
	What string // "author", "tracked changes", "comments", …; stable
	Text string // what of it, if it is short
}

// maxProbe bounds what is read of an original to look for traits, in bytes.
const maxProbe = 64 << 20

// Hidden lists what an original tells beside its text: who wrote it, what was
// changed, what was remarked. It finds what is commonly there, and is no proof
// that there is nothing else.
func Hidden(r io.Reader, size int64, media string) ([]Trait, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxProbe))
	if err != nil {
		return nil, err
	}
	var out []Trait
	switch {
	case bytes.HasPrefix(b, []byte("PK")):
		out = hiddenZip(b)
	case bytes.HasPrefix(b, []byte("%PDF")):
		out = hiddenPDF(b)
	case strings.Contains(media, "html"):
		out = match(b, htmlTraits)
	case bytes.Contains(b[:min(len(b), 4096)], []byte("\nReceived:")) || strings.Contains(media, "rfc822"):
		out = match(b, mailTraits)
	}
	if size > maxProbe {
		out = append(out, Trait{"more", "only the first 64 MB were looked at"})
	}
	return out, nil
}

// trait is a pattern whose first group is what was found.
type trait struct {
	what string
	re   *regexp.Regexp
}

var (
	officeTraits = []trait{
		{"author", regexp.MustCompile(`<dc:creator>([^<]+)<`)},
		{"last author", regexp.MustCompile(`<cp:lastModifiedBy>([^<]+)<`)},
		{"company", regexp.MustCompile(`<Company>([^<]+)<`)},
		{"author", regexp.MustCompile(`<meta:initial-creator>([^<]+)<`)},
		{"tracked changes", regexp.MustCompile(`<w:(?:ins|del) [^>]*w:author="([^"]*)"`)},
		{"tracked changes", regexp.MustCompile(`<text:tracked-changes>()`)},
		{"hidden text", regexp.MustCompile(`<w:vanish/>()`)},
		{"comments", regexp.MustCompile(`<w:comment [^>]*w:author="([^"]*)"`)},
	}
	pdfTraits = []trait{
		{"author", regexp.MustCompile(`/Author\s*\(([^)]{1,200})\)`)},
		{"program", regexp.MustCompile(`/Creator\s*\(([^)]{1,200})\)`)},
		{"comments", regexp.MustCompile(`/Subtype\s*/(?:Text|FreeText|Highlight)()\b`)},
		{"attached files", regexp.MustCompile(`/EmbeddedFiles()\b`)},
		{"metadata", regexp.MustCompile(`<x:xmpmeta()`)},
	}
	htmlTraits = []trait{
		{"author", regexp.MustCompile(`(?i)<meta[^>]+name="author"[^>]+content="([^"]+)"`)},
		{"comments", regexp.MustCompile(`<!--()`)},
		{"scripts", regexp.MustCompile(`(?i)<script()`)},
	}
	mailTraits = []trait{
		{"sender", regexp.MustCompile(`(?mi)^From: *(.+)$`)},
		{"receiver", regexp.MustCompile(`(?mi)^To: *(.+)$`)},
		{"way of the mail", regexp.MustCompile(`(?mi)^Received: *(.+)$`)},
	}
)

// match lists the traits found in bytes, each once.
func match(b []byte, traits []trait) []Trait {
	var out []Trait
	for _, t := range traits {
		for _, m := range t.re.FindAllSubmatch(b, 20) {
			found := Trait{t.what, strings.TrimSpace(string(m[1]))}
			if !slices.Contains(out, found) {
				out = append(out, found)
			}
		}
	}
	return out
}

func hiddenPDF(b []byte) []Trait { return match(b, pdfTraits) }

// hiddenZip looks into the parts of an office file.
func hiddenZip(b []byte) []Trait {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return []Trait{{"more", "the archive cannot be looked into"}}
	}
	var out []Trait
	left := int64(maxProbe)
	for _, f := range z.File {
		switch {
		case strings.HasPrefix(f.Name, "word/media/"), strings.HasPrefix(f.Name, "Pictures/"):
			out = append(out, Trait{"pictures", "may hold where and with what they were taken"})
		case strings.HasPrefix(f.Name, "customXml/"), strings.HasPrefix(f.Name, "docProps/custom"):
			out = append(out, Trait{"data of other programs", f.Name})
		}
		if !strings.HasSuffix(f.Name, ".xml") || left <= 0 {
			continue
		}
		text, err := readPart(f, left)
		if err != nil {
			out = append(out, Trait{"more", f.Name + " cannot be looked into"})
			continue
		}
		left -= int64(len(text))
		out = append(out, match(text, officeTraits)...)
	}
	slices.SortStableFunc(out, func(a, b Trait) int { return strings.Compare(a.What+a.Text, b.What+b.Text) })
	return slices.Compact(out)
}

// readPart reads a part of an archive, up to a number of bytes.
func readPart(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		err = errors.New("too large")
	}
	return text, err
}
