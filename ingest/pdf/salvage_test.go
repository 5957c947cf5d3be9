package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dalel/corpus"
)

// statuses returns the statuses of pages, by their first letters.
func (r *result) statuses() string {
	var sb strings.Builder
	for _, p := range r.pages {
		sb.WriteByte(p.Status[0])
	}
	return sb.String()
}

// Each row is a file that is not whole. What is missing is told by the
// accounts of its pages: o for ok, d for doubtful, u for unread.
func TestDamagedFilesAreDoubtful(t *testing.T) {
	three := pages(at(50, 700, "H", 10, sentence), at(50, 700, "H", 10, sentence+" Two."), at(50, 700, "H", 10, sentence+" Three."))
	count := func(b []byte, n string) []byte {
		return regexp.MustCompile(`/Count \d+`).ReplaceAll(b, []byte("/Count "+n))
	}
	noTable := func(b []byte) []byte { return b[:bytes.LastIndex(b, []byte("xref\n0 "))] }
	cut := func(b []byte, mark string) []byte { return b[:bytes.LastIndex(b, []byte(mark))] }
	linear := bytes.Replace(three, []byte("%PDF-1.7\n"), []byte("%PDF-1.7\n99 0 obj\n<</Linearized 1/N 5>>\nendobj\n"), 1)
	for _, tt := range []struct {
		name  string
		file  []byte
		pages string
		texts int
		why   string
	}{
		{"whole", three, "ooo", 3, "the control"},
		{"no table of objects", noTable(three), "ddd", 3, "nobody knows what else was in the file"},
		{"cut before the page tree's root", cut(three, "<</Type/Catalog"), "dddu", 3, "one page stands for the end"},
		{"cut in the last page", cut(three, sentence+" Three."), "ddu", 2, "its text is not there"},
		{"cut, with the number of pages at its beginning", cut(linear, "<</Type/Catalog"), "ddduu", 3, "linearized files tell it first"},
		{"a page tree that counts more", count(three, "5"), "ooouu", 3, "two are missing"},
		{"an absurd count", count(three, "99999999"), "ddd", 3, "no file has as many"},
		{"a page that is not there", regexp.MustCompile(`/Kids\[(\d+) `).ReplaceAll(three, []byte("/Kids[77 ")), "uoo", 2, "the others keep their numbers"},
		{"an empty page in a damaged file", noTable(pages(at(50, 700, "H", 10, sentence), "")), "du", 1, "it may have had text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, tt.file)
			if got := r.statuses(); got != tt.pages || strings.Count(strings.Join(r.texts(""), " "), sentence) != tt.texts {
				t.Errorf("pages %s with %q, want %s with %d texts: %s", got, r.texts(""), tt.pages, tt.texts, tt.why)
			}
			if strings.ContainsAny(tt.pages, "d") != (len(r.warns) > 0) && tt.name != "a page that is not there" {
				t.Errorf("warnings %q", r.warns)
			}
		})
	}
}

// Letters that stand for nothing are no text: they are not indexed.
func TestGarbledPagesHaveNoText(t *testing.T) {
	f := &file{}
	cid := f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Specimen/DW 500>>")
	k := f.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Specimen/Encoding/Identity-H/DescendantFonts[%d 0 R]>>", cid))
	s := f.stream("", wide(50, 700, "K", 10, strings.Repeat("garbled words ", 5)))
	p := f.add("")
	tree := f.add(fmt.Sprintf("<</Type/Pages/Count 1/Kids[%d 0 R]>>", p))
	f.objects[p-1] = fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 600 800]/Resources<</Font<</K %d 0 R>>>>/Contents %d 0 R>>", tree, k, s)
	r := read(t, f.bytes(f.add(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", tree))))
	if r.statuses() != "u" || len(r.paras) != 0 {
		t.Errorf("pages %s, paragraphs %q", r.statuses(), r.texts(""))
	}
	if w := strings.Join(r.pages[0].Warnings, "; "); !strings.Contains(w, "letters have no text in the file") {
		t.Errorf("warnings %q", w)
	}
}

// A picture under a running head is a page that nobody has read.
func TestPicturesUnderRunningHeads(t *testing.T) {
	head := at(50, 780, "H", 8, "SPECIMEN CASE FILE No 9999-21-00-1/931 of the court")
	picture := "q 600 0 0 800 0 0 cm /I Do Q\n"
	r := read(t, pages(head+at(50, 700, "H", 10, sentence), head+picture, head+at(50, 700, "H", 10, sentence), head+picture))
	if got := r.statuses(); got != "ouou" {
		t.Errorf("pages %s, want the pictures unread", got)
	}
	for _, p := range r.paras {
		if p.Role == corpus.RoleBody && p.Text != sentence {
			t.Errorf("body %q", p.Text)
		}
	}
}
