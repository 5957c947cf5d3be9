package export

import (
	"io"
	"slices"
)

// Format is a way of writing a bundle into one file.
type Format struct {
	Name  string // of `export -format`
	Ext   string // of the file, with the dot
	Media string // type of the content
	More  bool   // for tools rather than people: listed after the others
	Write func(w io.Writer, b *Bundle) error
}

// Formats lists the formats of one file, in the order of menus. A bag is many
// files; see Bag.
var Formats = []Format{
	{"docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, DOCX},
	{"pdf", ".pdf", "application/pdf", false, PDF},
	{"html", ".html", "text/html; charset=utf-8", false, HTML},
	{"md", ".md", "text/markdown; charset=utf-8", false, Markdown},
	{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, XLSX},
	{"csv", ".csv", "text/csv; charset=utf-8", false, CSV},
	{"ris", ".ris", "application/x-research-info-systems", true, RIS},
	{"biblatex", ".bib", "application/x-bibtex", true, BibLaTeX},
	{"csl", ".json", "application/vnd.citationstyles.csl+json", true, CSL},
	{"jsonld", ".jsonld", "application/ld+json", true, JSONLD},
}

// FormatNamed returns a format by its name.
func FormatNamed(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}
