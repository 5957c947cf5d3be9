package ingest

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
)

// FileReport is what became of one file: a line of `ingest -json`.
type FileReport struct {
	Path       string        `json:"path"`
	Status     corpus.Status `json:"status"`
	Reason     string        `json:"reason"` // in words; "" if stored without a doubt
	ID         corpus.ID     `json:"id"`
	Kind       corpus.Kind   `json:"kind"`
	Lang       string        `json:"lang"`
	Pages      int           `json:"pages"`
	Paragraphs int           `json:"paragraphs"`
	Warnings   []string      `json:"warnings"`
	Error      string        `json:"error"`
}

// Read reports whether the file is in the library.
func (f *FileReport) Read() bool {
	return f.Status != corpus.Unreadable && f.Status != corpus.Unsupported
}

// Report counts what became of the files of a run: the last line of
// `ingest -json`.
type Report struct {
	Summary     bool    `json:"summary"` // always true
	Stored      int     `json:"stored"`
	Updated     int     `json:"updated"`
	Duplicate   int     `json:"duplicate"`
	Doubtful    int     `json:"doubtful"`
	Unreadable  int     `json:"unreadable"`
	Unsupported int     `json:"unsupported"`
	Seconds     float64 `json:"seconds"`

	blind int // documents that are in the library without a word of text
}

// Missed returns the number of files of which nothing can be found: those that
// are not in the library, and those that are there without a word of text.
func (r *Report) Missed() int { return r.Unreadable + r.Unsupported + r.blind }

func (r *Report) add(f *FileReport) {
	if f.Status == corpus.IsDoubtful && f.Paragraphs == 0 {
		r.blind++
	}
	switch f.Status {
	case corpus.Stored:
		r.Stored++
	case corpus.Updated:
		r.Updated++
	case corpus.Duplicate:
		r.Duplicate++
	case corpus.IsDoubtful:
		r.Doubtful++
	case corpus.Unreadable:
		r.Unreadable++
	case corpus.Unsupported:
		r.Unsupported++
	}
}

// Printable returns a file name for people. A name with characters that could
// steer a terminal, or that are not UTF-8, is quoted.
func Printable(name string) string {
	if !utf8.ValidString(name) {
		return strconv.Quote(name)
	}
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return strconv.Quote(name)
		}
	}
	return name
}
