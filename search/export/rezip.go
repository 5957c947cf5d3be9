package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Rezip writes a workbook with its parts in order and without times or names of
// programs, so that two exports are the same bytes.
func Rezip(w io.Writer, f *excelize.File) error {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return cmp.Compare(rankPart(a.Name)+a.Name, rankPart(b.Name)+b.Name) })
	var parts []part
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		parts = append(parts, part{f.Name, string(text)})
	}
	return writeZip(w, parts)
}

// rankPart puts the list of types first, as readers expect.
func rankPart(name string) string {
	if name == "[Content_Types].xml" {
		return "0"
	}
	return "1"
}
