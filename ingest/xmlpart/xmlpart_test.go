package xmlpart

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// archive makes a ZIP of one part.
func archive(t *testing.T, content string) *zip.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("part.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// counter counts elements.
type counter struct{ n int }

func (c *counter) Start(xml.StartElement) { c.n++ }
func (c *counter) End(xml.Name)           {}
func (c *counter) Chars([]byte)           {}
func (c *counter) Failed() error          { return nil }

func TestScanRefuses(t *testing.T) {
	for _, tt := range []struct {
		why, part string
		want      error
	}{
		{"a document", "<a><b>SPECIMEN</b></a>", nil},
		{"two MiB of one word are few", "<a>" + strings.Repeat("word ", 400_000) + "</a>", nil},
		{"eleven MiB of one element", "<a>" + strings.Repeat("<b>word</b>", 1<<20) + "</a>", errRatio},
		{"an entity of its own", `<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>`, errNames},
		{"a part that ends in the middle", "<a><b>SPECI", errCut},
		{"elements in elements", strings.Repeat("<a>", maxDepth+1), errDepth},
	} {
		var c counter
		if err := Scan(archive(t, tt.part), "part.xml", &c); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.why, err, tt.want)
		}
		if errors.Is(tt.want, errRatio) && c.n > 0 {
			t.Errorf("%s: %d elements were read before it was refused", tt.why, c.n)
		}
	}
}
